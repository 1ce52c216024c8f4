"""A map of countries as SVG: those of which this library knows something are filled by how much, and are links."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from corpus.model import Value

STEPS = 4
"""Shades, from a single item to as many as the country with most."""


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


def shade(count: int, most: int) -> int:
    """The shade of a count; counts grow in steps of the same ratio, because a few countries have most."""
    return 1 + min(STEPS - 1, int(STEPS * math.log(count) / math.log(most + 1))) if most > 1 else 1


def _least_first(held: Mapping[str, int]) -> Iterable[tuple[str, int]]:
    return sorted(held.items(), key=lambda told: (told[1], told[0]))
