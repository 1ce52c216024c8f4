"""Where words stand on a printed page: a quotation's words found among the page's own characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import Match, SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

GAP = 4
"""Words between two found parts that belong to the quotation too: a note's mark, a word cut in two."""
STRAY = 3
"""Words from which a part that stands far from the others is no chance likeness."""

_WORD = re.compile(r"[^\W_]+")
_DIVIDED = re.compile(r"[\u0002\ufffe]\s*|[-\u00ad\u2010][^\S\n]*\n\s*")
"""What parts the halves of a word that a line's end divides; pdfium writes some hyphens as U+0002 or U+FFFE."""


class Word(NamedTuple):
    """A folded word, and the characters from ``start`` to ``end`` that it stands in."""

    folded: str
    start: int
    end: int


class Spot(NamedTuple):
    """Where a quotation stands: runs of characters (start, end), and the share of its words that was found."""

    runs: tuple[tuple[int, int], ...] = ()
    share: float = 0.0


def words_of(text: str) -> list[Word]:
    """The words of a text, folded; the halves of one that a line's end divides are one."""
    words: list[Word] = []
    for found in _WORD.finditer(text):
        folded = _fold(found[0])
        if words and _DIVIDED.fullmatch(text, words[-1].end, found.start()):
            first = words.pop()
            words.append(Word(first.folded + folded, first.start, found.end()))
        else:
            words.append(Word(folded, found.start(), found.end()))
    return words


def _fold(word: str) -> str:
    """A word as it is compared: compatibility forms and accents taken off, in small letters."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def find(page: Sequence[Word], quoted: str) -> Spot:
    """Where the words of a quotation stand on a page: every place of all of them in a row, else their parts."""
    wanted = [word.folded for word in words_of(quoted)]
    there = [word.folded for word in page]
    if not wanted or not there:
        return Spot()
    size = len(wanted)
    whole = [Match(at, 0, size) for at in range(len(there) - size + 1) if there[at : at + size] == wanted]
    parts = whole or _parts(there, wanted)
    runs = tuple((page[part.a].start, page[part.a + part.size - 1].end) for part in _joined(parts))
    return Spot(runs, 1.0 if whole else sum(part.size for part in parts) / size)


def _parts(there: list[str], wanted: list[str]) -> list[Match]:
    """The longest runs of words that both have, in order, without single words far from the others."""
    found = [m for m in SequenceMatcher(None, there, wanted, autojunk=False).get_matching_blocks() if m.size]
    near = [0] * len(found)
    for n, (one, two) in enumerate(pairwise(found)):
        if two.a - (one.a + one.size) <= GAP:
            near[n] = near[n + 1] = 1
    return [part for part, close in zip(found, near, strict=True) if close or part.size >= min(STRAY, len(wanted))]


def _joined(parts: Sequence[Match]) -> list[Match]:
    """Parts with nothing but a few words between them, as one."""
    joined: list[Match] = []
    for part in parts:
        last = joined[-1] if joined else None
        if last and part.a - (last.a + last.size) <= GAP:
            joined[-1] = Match(last.a, last.b, part.a + part.size - last.a)
        else:
            joined.append(part)
    return joined
