"""Words of the glossary explained where they stand: the first time that a page names a term, it becomes a link.

A marked term leads to its explanation at the end of the page, which a telephone shows over the page's foot (the note is
the address's target) and a mouse shows beside the word.  Nothing of it needs a script, and no character of the text is
changed: what is added are elements around words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from flask import Flask, g

from corpus.glossary import Term
from corpus.model import Acronym
from index.acronyms import NO_ACRONYMS, Acronyms
from index.terms import mentions

LANGUAGE = "en"
"""The language whose texts are looked through: terms have their names and explanations in it."""

LOOKED_THROUGH_MOST = 100_000
"""Characters of a page that are looked through, a tenth of a second; longer pages have named their terms by then."""


@dataclass
class Page:
    """What is known of the page that is being made: its terms so far, and how many characters were looked through."""

    terms: dict[str, Term] = field(default_factory=dict)
    looked_through: int = 0


def with_terms(
    text: str, language: str = LANGUAGE, acronyms: Acronyms | None = None
) -> Iterator[tuple[str, Term | None]]:
    """A text in pieces, those with a term that name one which the page has not named before.

    Not for headings or for the words of a link.  ``acronyms`` are those that the text's own document explains.
    """
    page = _page()
    page.looked_through += len(text)
    done = 0
    if language.startswith(LANGUAGE) and page.looked_through <= LOOKED_THROUGH_MOST:
        for start, end, term in mentions(text, acronyms or NO_ACRONYMS):
            if term.id in page.terms:
                continue
            page.terms[term.id] = term
            yield text[done:start], None
            yield text[start:end], term
            done = end
    yield text[done:], None


def terms_here() -> list[Term]:
    """The terms that were marked on this page so far, by the alphabet."""
    return sorted(_page().terms.values(), key=lambda term: term.term.casefold())


def acronyms_of(doc: str, told: Iterable[Acronym]) -> Acronyms:
    """What the short forms of one document mean."""
    return Acronyms({doc: tuple(told)})


def install(app: Flask) -> None:
    """Give the templates the filter ``with_terms`` and the terms that were marked."""
    app.jinja_env.filters["with_terms"] = with_terms
    app.jinja_env.globals["terms_here"] = terms_here


def _page() -> Page:
    if "explaining" not in g:
        g.explaining = Page()
    page: Page = g.explaining
    return page
