"""The notes of a dossier and its list of works: what is cited, in a style, as runs of text.

Whoever sets a note or the list asks here, so that every format says the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from corpus.citation import AS_THEY_STAND, refer
from corpus.exchange import Locator, locator
from corpus.model import Bibliography
from corpus.rendering import NOTES, NUMBERED, unnumbered
from index.lists import clean
from webapp.exports.dossier import Entry
from webapp.present import outside

_ITALICS = re.compile(r"(</?i>)")
_ADDRESS = re.compile(r"(https?://[^\s<>“”\"]*[^\s<>“”\".,;:)\]’])")

REFERENCES_KEPT = 1_000
"""References that stay worked out: each takes a hundredth of a second, and a collection is read again and again."""


class Run(NamedTuple):
    """A stretch of text; ``note`` is the number of the note whose mark stands there (0: none)."""

    text: str
    italic: bool = False
    bold: bool = False
    link: str = ""
    note: int = 0


Runs = tuple[Run, ...]


class Source(NamedTuple):
    """A work that is cited, once: its number in the list, its reference, its rights (blank: not known)."""

    number: int
    reference: Runs
    rights: str
    work: Bibliography


def cited_works(entries: Sequence[Entry], style: str, accessed: date | None = None) -> dict[str, Source]:
    """Every work once, by its id: numbered as it first appears in styles with numbers, else by the alphabet."""
    cards = {work.id: work for entry in entries for work in entry.works}
    told = {name: _reference(card, style, accessed) for name, card in cards.items()}
    order = list(cards)
    if style not in NUMBERED:
        order.sort(key=lambda name: (_sorted_as(told[name]), name))
    return {name: Source(at, told[name], clean(cards[name].rights), cards[name]) for at, name in enumerate(order, 1)}


@lru_cache(maxsize=REFERENCES_KEPT)
def _reference(card: Bibliography, style: str, accessed: date | None) -> Runs:
    """The work in the list; of styles that have no list (the United Nations') the note of the whole work."""
    told = refer(card, style=style, accessed=accessed)
    return tuple(_runs(unnumbered(told.reference) or told.in_text))


def _sorted_as(runs: Runs) -> str:
    """Letters and digits only, without accents and case: a title in quotation marks stands by its first word."""
    plain = unicodedata.normalize("NFKD", "".join(run.text for run in runs)).casefold()
    return "".join(c for c in plain if c.isalnum() or c == " ").strip()


def note(entry: Entry, source: Source, style: str, accessed: date | None = None) -> Runs:
    """An entry's note: the reference, the place in the work, the entry's permanent address.

    In styles with notes it is their note; elsewhere the place stands behind the reference, and where the work quotes
    another or we translated, what the style says of that in the text.
    """
    where = locator(entry.span, entry.section)
    if style in NOTES or entry.words != AS_THEY_STAND:
        told = refer(
            entry.work,
            span=entry.span,
            section=entry.section,
            style=style,
            accessed=accessed,
            words=entry.words,
            number=source.number,
        )
        runs = tuple(_runs(told.in_text))
        runs = runs if style in NOTES else (*source.reference, Run(" "), *runs, Run("."))
    else:
        place = _place(where)
        runs = (*source.reference, *((Run(f" {place}."),) if place else ()))
    ours = outside(entry.address)
    return (*runs, Run(" "), Run(clean(ours), link=ours)) if ours and ours != entry.work.url else runs


def _place(where: Locator) -> str:
    """ "P. 4", "Pp. 4–5", "Section “Findings”"; blank for the whole work."""
    if where.first:
        return f"{'Pp.' if where.last else 'P.'} {clean(where.pages)}"
    return f"Section “{clean(where.section)}”" if where.section else ""


def _runs(marked: str) -> Iterator[Run]:
    """HTML whose only tags are <i> as runs, its web addresses as links."""
    italic = False
    for piece in _ITALICS.split(marked):
        if _ITALICS.fullmatch(piece):
            italic = piece == "<i>"
        else:
            yield from (run._replace(italic=italic) for run in plain(unescape(piece)))


def plain(text: str) -> Runs:
    """A text as runs: its web addresses are links, line feeds are spaces."""
    told = clean(" ".join(text.split()) if "\n" in text else text)
    return tuple(
        Run(piece, link=outside(piece) if at % 2 else "") for at, piece in enumerate(_ADDRESS.split(told)) if piece
    )
