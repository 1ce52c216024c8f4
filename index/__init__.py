"""Documents into answers: the search engine's room.

`library` is its face: `Library(home).search(request)` answers, `bring_up_to_date` and `rebuild` keep the index.  On the
way, `query` reads what was typed, `understanding` and `naming` add what it also means, `things` says what of the
catalogue can be found, an `engine` (`whoosh_engine`) finds it, `labels`, `hits` and `snippets` make it an `answer`.
`analysis` cuts text into terms, the same for all.  The index is derived from the catalogue and can be thrown away and
rebuilt at any time (`generations`).  Nothing is imported here, so that asking for a name of a filter loads no engine.
"""
