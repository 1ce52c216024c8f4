"""Text objects that hold a whole row of a table or both ends of a header, cut where their pieces end.

Some programs draw "15    Section 5" in one go, the gap hidden in the spacing.  Only single characters tell it, and they
are slow: they are looked at only in runs that look like it, where rules or shades are near as in tables.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import pypdfium2.raw as raw

from ingest.layout.geometry import Run, Shape

NEAR = 40.0
"""Points between a cell's text and the nearest rule or edge of a shade, at most."""
LONG = 40.0
"""Points: shorter rules are underlines and ticks."""
FEWEST_EDGES = 3
"""Rules and edges of shades on a page: with fewer it has no table."""
SAME_START = 3.0
"""Points: text that begins at one place, give or take so many."""
STARTS = 3
"""Text objects that begin at one place: a column."""
WIDEST = 0.6
"""Em: the mean width of letters is less, a typewriter's apart."""
SPACED = 1.15
"""Times the usual width of a letter: wider objects of the same type have gaps in them."""
CELLS_GAP = 1.0
"""Em: a gap within a text object that parts cells is wider."""
JUSTIFIED = 3.0
"""Em: no justified line has wider spaces."""
APART_GAP = 4.0
"""The same far from rules: the left and right part of a header."""
UNLIKE = 2.0
"""And so many times as wide as the narrowest gap of its line: justified lines have only wide ones."""
REACH = 3.0
"""Points by which a text object's first character may miss the middle of its left edge."""


@dataclass(slots=True)
class _Word:
    text: str
    x0: float
    x1: float


class Suspicion:
    """Which runs of a page may hold several cells, judged by what is cheap to know."""

    def __init__(self, runs: Sequence[Run], shapes: Sequence[Shape]) -> None:
        lines = [(y, s.x0, s.x1) for s in shapes if s.width >= LONG for y in {s.y0, s.y1}]
        self.edges = sorted(lines)
        self.heights = [y for y, _, _ in self.edges]
        begins = Counter(round(run.x0 / SAME_START) for run in runs)
        self.starts = sorted(at * SAME_START for at, count in begins.items() if count >= STARTS)
        widths: defaultdict[tuple[str, float], list[float]] = defaultdict(list)
        for run in runs:
            widths[run.font, run.size].append(run.width / len(run.text))
        self.usual = {key: min(median(own), WIDEST * key[1]) for key, own in widths.items()}

    def gap(self, run: Run) -> float:
        """How many em part the pieces of a run that may hold several; 0 where it looks like any other.

        It does where it is spaced wider than others of its type, or where others begin in its midst and rules are near.
        """
        if " " not in run.text.strip():
            return 0.0
        wide = run.width / len(run.text) > SPACED * self.usual[run.font, run.size]
        at = bisect_right(self.starts, run.x0 + run.size)
        within = at < len(self.starts) and self.starts[at] < run.x1 - run.size
        if (wide or within) and self._near(run):
            return CELLS_GAP
        return APART_GAP if wide else 0.0

    def _near(self, run: Run) -> bool:
        if len(self.edges) < FEWEST_EDGES:
            return False
        low, high = bisect_left(self.heights, run.y0 - NEAR), bisect_right(self.heights, run.y1 + NEAR)
        middle = (run.x0 + run.x1) / 2
        return any(x0 <= middle <= x1 for _, x0, x1 in self.edges[low:high])


def cut(run: Run, gap: float, obj: object, textpage: object) -> list[Run]:
    """A run of unturned text as one or several: parted where its characters leave a gap of more than ``gap`` em."""
    words = _words(run, obj, textpage)
    gaps = [b.x0 - a.x1 for a, b in pairwise(words)]
    usual = min(gaps) if len(gaps) > 1 else 0.0
    widest = max(gap * run.size, min(UNLIKE * usual, JUSTIFIED * run.size))
    groups: list[list[_Word]] = []
    for word in words:
        if not groups or word.x0 - groups[-1][-1].x1 > widest:
            groups.append([])
        groups[-1].append(word)
    if len(groups) < 2:
        return [run]
    return [replace(run, text=" ".join(w.text for w in g), x0=g[0].x0, x1=g[-1].x1) for g in groups]


def _words(run: Run, obj: object, textpage: object) -> list[_Word]:
    """The words of a text object with where they begin and end; none where its characters are not found."""
    at = raw.FPDFText_GetCharIndexAtPos(textpage, run.x0 + 0.5, (run.y0 + run.y1) / 2, REACH, REACH)
    if at < 0 or address(raw.FPDFText_GetTextObject(textpage, at)) != address(obj):
        return []
    words: list[_Word] = []
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    signs = run.text.strip()
    fresh = True
    for index, sign in enumerate(signs, start=at):
        if sign.isspace():
            fresh = True
            continue
        if raw.FPDFText_GetUnicode(textpage, index) != ord(sign):
            return []  # the page tells the characters otherwise than the object: better whole than wrong
        last = index + 1 - at == len(signs) or signs[index + 1 - at].isspace()
        if fresh or last:
            raw.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
        if fresh:
            words.append(_Word("", left.value, right.value))
            fresh = False
        words[-1].text += sign
        words[-1].x1 = right.value
    return words


def address(handle: object) -> int | None:
    """Where an object of pdfium's lies, by which two handles of one object are known."""
    return ctypes.cast(handle, ctypes.c_void_p).value  # type: ignore[arg-type]
