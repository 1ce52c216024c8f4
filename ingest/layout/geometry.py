"""What lies on a page before anybody knows what it means: runs of glyphs, lines, rectangles.

Coordinates are points with the origin at the top left of the page as a reader holds it; y grows downwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise


@dataclass(slots=True)
class Rect:
    """An area of the page; ``x0 <= x1`` and ``y0 <= y1``."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def area(self) -> float:
        return self.width * self.height

    def holds(self, other: Rect, slack: float = 2.0) -> bool:
        """Whether the middle of ``other`` lies inside, give or take ``slack`` points."""
        x, y = (other.x0 + other.x1) / 2, (other.y0 + other.y1) / 2
        return self.x0 - slack <= x <= self.x1 + slack and self.y0 - slack <= y <= self.y1 + slack

    def covers(self, other: Rect, slack: float = 1.0) -> bool:
        """Whether all of ``other`` lies inside, give or take ``slack`` points."""
        across = self.x0 - slack <= other.x0 and other.x1 <= self.x1 + slack
        return across and self.y0 - slack <= other.y0 and other.y1 <= self.y1 + slack

    def overlap_y(self, other: Rect) -> float:
        return min(self.y1, other.y1) - max(self.y0, other.y0)

    def overlap_x(self, other: Rect) -> float:
        return min(self.x1, other.x1) - max(self.x0, other.x0)


def hull(rects: Iterable[Rect]) -> Rect:
    """The smallest area that covers all of them (at least one)."""
    every = iter(rects)
    first = next(every)
    x0, y0, x1, y1 = first.x0, first.y0, first.x1, first.y1
    for r in every:  # one pass: this is called for every line
        x0 = r.x0 if r.x0 < x0 else x0
        y0 = r.y0 if r.y0 < y0 else y0
        x1 = r.x1 if r.x1 > x1 else x1
        y1 = r.y1 if r.y1 > y1 else y1
    return Rect(x0, y0, x1, y1)


@dataclass(slots=True)
class Run(Rect):
    """Glyphs set in one go: one font, one size, one baseline.  Bounds are those of the ink.

    ``text`` has them from left to right, whichever way they are read.
    """

    text: str
    size: float
    base: float
    font: str = ""
    bold: bool = False
    italic: bool = False
    tinted: bool = False
    """Printed in a colour, not in black, grey or white."""


@dataclass(slots=True)
class Shape(Rect):
    """A rectangle or rule that is drawn on the page; ``white`` ones only cover.

    ``colour`` is the fill's, as 0xRRGGBB; negative where something shows through or nothing is known of it.
    """

    filled: bool
    white: bool = False
    colour: int = -1


@dataclass(slots=True)
class Sheet:
    """One physical page as drawn.  ``aside`` are runs set at another angle than the page's text."""

    number: int
    width: float
    height: float
    runs: list[Run]
    shapes: list[Shape] = field(default_factory=list)
    images: list[Rect] = field(default_factory=list)
    aside: list[Run] = field(default_factory=list)


@dataclass(slots=True)
class Style:
    """How a line is set: point size to half a point, weight, slant, typeface family, colour or none."""

    size: float
    bold: bool
    italic: bool
    font: str
    tinted: bool = False

    @property
    def key(self) -> tuple[float, bool, bool, str, bool]:
        return (self.size, self.bold, self.italic, self.font, self.tinted)


@dataclass(slots=True)
class Line(Rect):
    """Runs on one baseline, left to right.  ``mark`` is a small raised number that opens the line (a note's own)."""

    text: str
    size: float
    base: float
    style: Style
    runs: list[Run]
    mark: str = ""
    hyphen: bool = False
    """True where the line ends in a hyphen that may be the typesetter's; the hyphen is not in ``text``."""
    opener: str = ""
    """The line's first piece where a gap parts it from the rest (a bullet, "a)", "1.")."""


def cluster(values: Iterable[float], tolerance: float) -> list[float]:
    """Sorted values with those closer than ``tolerance`` to their neighbour made one (their mean)."""
    ordered = sorted(values)
    if not ordered:
        return []
    groups = [[ordered[0]]]
    for before, value in pairwise(ordered):
        if value - before > tolerance:
            groups.append([])
        groups[-1].append(value)
    return [sum(group) / len(group) for group in groups]
