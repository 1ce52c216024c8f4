"""A long text without pages, read in parts: as one page it would be too heavy for a telephone, and for the server."""

from __future__ import annotations

import msgspec

from corpus.model import Page, Passage, Section, Statement, Value
from webapp.languages import ngettext
from webapp.problems import NotHere
from webapp.reading import block_of, heading_of

BLOCKS = 1000
"""Paragraphs, headings and tables of one part: as much as fifty printed pages."""


class Part(Value, frozen=True):
    """A stretch of a text as a page of its own, and which of how many it is."""

    page: Page
    number: int
    last: int


def parts_in(page: Page) -> int:
    """How many parts a text is read in."""
    return max(1, -(-sum(1 for _ in page.running) // BLOCKS))


def part_of(page: Page, asked: str, quotation: Passage | Statement | None, section: Section | None) -> Part:
    """The part that an address asks for: by its number, else where the quotation or the section begins, else the first.

    The notes of the whole stand at the end of its last part.  Raises NotHere where there is no such part.
    """
    running = tuple(page.running)
    last = parts_in(page)
    if last == 1:
        return Part(page=page, number=1, last=1)
    place = block_of(running, quotation, page.number) if quotation else heading_of(running, section) if section else 0
    number = (
        int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 0 if asked else place // BLOCKS + 1
    )
    if not 1 <= number <= last:
        raise NotHere(ngettext("This text has %(n)s part.", "This text has %(n)s parts.", last))
    blocks = running[(number - 1) * BLOCKS : number * BLOCKS]
    notes = page.footnotes if number == last else ()
    return Part(page=msgspec.structs.replace(page, blocks=(*blocks, *notes)), number=number, last=last)
