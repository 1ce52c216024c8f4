"""Documents into answers: the search engine's room.

`query` and `analysis` are pure: what was typed, and how text is cut into terms.  `engine` is the interface that
`whoosh_engine` implements; the index is derived from the catalogue and can be thrown away and rebuilt at any time.
"""
