"""A map of countries as SVG: those of which this library knows something are filled by how much, and are links."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import accumulate
from pathlib import Path

from corpus.model import Value

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in the paths' units."""

STEPS = 4
"""Shades, from a single item to as many as the country with most."""


_NUMBER = re.compile(r"-?\d+")


class Shapes(Value, frozen=True):
    """The world as `tools/make_world.py` wrote it: its size in the paths' units, and a path for each country."""

    width: int
    height: int
    paths: dict[str, str]


class Drawn(Value, frozen=True):
    """One country on the map: its code, its path, its shade from 1 to STEPS."""

    code: str
    path: str
    shade: int


class World(Value, frozen=True):
    """A map: the land of which nothing is known as one path, the other countries, those too small for it."""

    width: int
    height: int
    land: str
    countries: tuple[Drawn, ...]
    not_drawn: tuple[str, ...]
    left: int = 0
    top: int = 0


@cache
def shapes() -> Shapes:
    """The shapes that ship with the program."""
    told = json.loads((Path(__file__).parent / "world.json").read_text("utf-8"))
    return Shapes(width=told["width"], height=told["height"], paths=told["paths"])


def world(counts: Mapping[str, int]) -> World:
    """The map of how much there is about each country (ISO 3166-1 alpha-2)."""
    known = shapes()
    held = {code: count for code, count in counts.items() if count > 0}
    most = max(held.values(), default=1)
    return World(
        width=known.width,
        height=known.height,
        land="".join(path for code, path in known.paths.items() if code not in held),
        countries=tuple(
            Drawn(code=code, path=known.paths[code], shade=shade(count, most))
            for code, count in _least_first(held)
            if code in known.paths
        ),
        not_drawn=tuple(sorted(code for code in held if code not in known.paths)),
    )


NEAR_LEAST = 1500
"""Width of a map of a few countries at least: so much around a small one that one sees where it lies."""
NEAR_MARGIN = 0.15
"""Of its countries' extent, how much a map shows beyond them on each side."""
NEAR_SHAPE = 4 / 3


def near(codes: Iterable[str]) -> World | None:
    """The part of the world where some countries lie, with what else is there; none where none of them is drawn."""
    known, wanted = shapes(), dict.fromkeys(codes)
    drawn = [code for code in wanted if code in known.paths]
    if not drawn:
        return None
    # Of each country the largest part: an island of it in another ocean would make a map of the whole world.
    boxes = [max(map(_box, _parts(known.paths[code])), key=_area) for code in drawn]
    left, top, right, bottom = _window(boxes, known.width, known.height)
    there = {
        code: "".join(part for part in _parts(path) if _meet(_box(part), (left, top, right, bottom)))
        for code, path in known.paths.items()
    }
    return World(
        left=round(left),
        top=round(top),
        width=round(right - left),
        height=round(bottom - top),
        land="".join(path for code, path in there.items() if code not in wanted),
        countries=tuple(Drawn(code=code, path=there[code], shade=STEPS) for code in drawn),
        not_drawn=tuple(code for code in wanted if code not in known.paths),
    )


def _window(boxes: Iterable[Box], width: float, height: float) -> Box:
    """The frame around some boxes, of one shape, moved so that nothing beyond the world is shown."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    across, down = max(rights) - min(lefts), max(bottoms) - min(tops)
    wide = max(NEAR_LEAST, (1 + 2 * NEAR_MARGIN) * max(across, down * NEAR_SHAPE))
    wide = min(wide, width)
    high = min(wide / NEAR_SHAPE, height)
    left = (min(lefts) + max(rights) - wide) / 2
    top = (min(tops) + max(bottoms) - high) / 2
    left, top = min(max(left, 0), width - wide), min(max(top, 0), height - high)
    return left, top, left + wide, top + high


def _parts(path: str) -> list[str]:
    """The closed parts of a country's path."""
    return [part + "z" for part in path.split("z") if part]


@cache
def _box(part: str) -> Box:
    """The box of one part, whose path is an absolute point and relative lines from there."""
    numbers = [int(number) for number in _NUMBER.findall(part)]
    across, down = list(accumulate(numbers[0::2])), list(accumulate(numbers[1::2]))
    return min(across), min(down), max(across), max(down)


def _area(box: Box) -> float:
    left, top, right, bottom = box
    return (right - left) * (bottom - top)


def _meet(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def shade(count: int, most: int) -> int:
    """The shade of a count; counts grow in steps of the same ratio, because a few countries have most."""
    return 1 + min(STEPS - 1, int(STEPS * math.log(count) / math.log(most + 1))) if most > 1 else 1


def _least_first(held: Mapping[str, int]) -> Iterable[tuple[str, int]]:
    return sorted(held.items(), key=lambda told: (told[1], told[0]))
