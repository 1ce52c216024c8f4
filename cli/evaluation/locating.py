"""A judged passage found again, by its shingles, in a page's text as the product reads it.  Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low

from cli.evaluation.passages import JudgedPassage, words
from cli.evaluation.shingles import RUN, shingles

FOUND = 0.6
"""Share of a passage's words that must stand in common runs for it to count as found."""
STRETCH = 1.5
"""How many times its own length a passage may be spread over where lines of other blocks come in between."""
ASTRAY = 0.1
"""Share of its length by which a run may stand elsewhere than the passage's middle run says; others are chance."""
_PIECE = re.compile(r"\S+")


@dataclass(frozen=True)
class Located:
    """Where a passage was found: the product's text of it, and the share (0 to 1) of its words in common runs."""

    text: str
    share: float


def share_of(wanted: Sequence[str], length: int, there: frozenset[str]) -> float:
    """Share of ``length`` words, given as their shingles in order, that stand in a run that is there too."""
    held = [False] * length
    for i, shingle in enumerate(wanted):
        if shingle in there:
            held[i : i + RUN] = [True] * RUN
    return sum(held) / length if length else 0.0


def locate(passage: JudgedPassage, pages: Iterable[str]) -> Located | None:
    """The stretch of one of the pages that holds most of the passage, or None where none holds `FOUND` of it."""
    found = [place for page in pages if (place := _on(passage, page))]
    best = max(found, key=lambda place: place.share, default=None)
    return best if best and best.share >= FOUND else None


def _on(passage: JudgedPassage, page: str) -> Located | None:
    pieces = [(m.start(), m.end(), w) for m in _PIECE.finditer(page) for w in words(m[0])]
    there = shingles([word for *_, word in pieces])
    order = {shingle: i for i, shingle in reversed(list(enumerate(passage.shingles)))}
    steps = [order.get(shingle, -RUN) for shingle in there]
    follows = [False, *(b == a + 1 for a, b in pairwise(steps)), False]
    # three common words alone are chance on a page of five hundred; four in the passage's order are not
    hits = [n for n, step in enumerate(steps) if step >= 0 and (follows[n] or follows[n + 1])]
    if not hits:
        return None
    window = max(_windows(hits, int(passage.words * STRETCH)), key=len)
    middle = median_low(n - steps[n] for n in window)
    kept = [n for n in window if abs(n - steps[n] - middle) <= passage.words * ASTRAY]
    first, last = kept[0], kept[-1]
    start = max(0, first - steps[first])
    end = min(len(pieces), last + passage.words - steps[last])
    held = share_of(passage.shingles, passage.words, frozenset(there[n] for n in kept))
    return Located(page[pieces[start][0] : pieces[end - 1][1]], held)


def _windows(hits: Sequence[int], length: int) -> Iterable[Sequence[int]]:
    """The hits within ``length`` words of each."""
    end = 0
    for n, first in enumerate(hits):
        while end < len(hits) and hits[end] < first + length:
            end += 1
        yield hits[n:end]
