"""Writes webapp/drawings/world.json, the shapes of countries: python tools/make_world.py countries-110m.json

The source is `world-atlas` 2 of npm (ISC; the shapes are Natural Earth's, public domain), a TopoJSON file, drawn in the
Equal Earth projection (Šavrič, Patterson and Jenny 2018), 1000 units wide, and every country is one SVG path.
"""

from __future__ import annotations

import json
import math
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

from corpus.ids import fold
from corpus.places import countries

TARGET = Path(__file__).resolve().parent.parent / "webapp" / "drawings" / "world.json"
WIDTH = 1000.0
MIDDLE = 11.0
"""The longitude in the drawing's middle, so that it is cut in the Bering Strait."""
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
SMALLEST = 0.6
"""Units: islands and lakes that are smaller are left out, but never a country's only shape."""
LEFT_OUT = {"Antarctica", "Fr. S. Antarctic Lands"}
CALLED = {
    "Bosnia and Herz.": "BA", "Central African Rep.": "CF", "Congo": "CG", "Dem. Rep. Congo": "CD",
    "Dominican Rep.": "DO", "Eq. Guinea": "GQ", "Falkland Is.": "FK", "Kosovo": "XK", "Macedonia": "MK",
    "N. Cyprus": "CY", "S. Sudan": "SS",
    "Solomon Is.": "SB", "Somaliland": "SO", "United States of America": "US", "W. Sahara": "EH", "eSwatini": "SZ",
}  # fmt: skip
"""Names of the source that are no names of ours.  What few states recognise is drawn with the state it lies in."""

SAHARA = 27.667
"""The parallel north of which is Morocco and south of which is Western Sahara, as on the maps of the United Nations."""
CRIMEA = (32.0, 36.7, 44.2, 46.3)
"""West, east, south, north of a ring that the source gives to Russia and the United Nations' maps to Ukraine."""

Point = tuple[float, float]


def project(longitude: float, latitude: float) -> Point:
    """Equal Earth, in units of the drawing from its top left."""
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    squared = theta * theta
    sixth = squared**3
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(theta)
    x /= 3 * (9 * A4 * squared * sixth + 7 * A3 * sixth + 3 * A2 * squared + A1)
    y = theta * (A1 + A2 * squared + sixth * (A3 + A4 * squared))
    widest = 2 * math.sqrt(3) * math.pi / (3 * A1)
    return (x / widest + 1) * WIDTH / 2, -y / widest * WIDTH / 2


def arcs(atlas: dict[str, Any]) -> list[list[Point]]:
    """The borders as longitudes and latitudes, from the differences that TopoJSON keeps."""
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    found = []
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        found.append(points)
    return found


def ring(numbers: list[int], borders: list[list[Point]]) -> list[Point]:
    """One closed line of longitudes and latitudes; a negative number is a border walked backwards."""
    walked: list[Point] = []
    for number in numbers:
        piece = borders[number] if number >= 0 else borders[~number][::-1]
        walked += piece[1:] if walked else piece
    return walked


def owner(code: str, points: list[Point]) -> str:
    """Whose a ring is, by the maps of the United Nations."""
    west, east, south, north = CRIMEA
    inside = all(west <= x <= east and south <= y <= north for x, y in points)
    return "UA" if code == "RU" and inside else code


def side(points: list[Point], parallel: float, northern: bool) -> list[Point]:
    """The part of a ring on one side of a parallel (Sutherland and Hodgman 1974)."""
    kept: list[Point] = []
    for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=True):
        if ((y0 - parallel) > 0) == northern:
            kept.append((x0, y0))
        if ((y0 - parallel) > 0) != ((y1 - parallel) > 0):
            kept.append((x0 + (x1 - x0) * (parallel - y0) / (y1 - y0), parallel))
    return kept


def drawn(walked: list[Point]) -> list[Point]:
    """A ring in the drawing.

    Longitudes go on over the 180th meridian, and the drawing is cut in the Bering Strait instead.
    """
    turned: list[float] = []
    for longitude, _ in walked:
        seen = longitude - MIDDLE
        turns = round((turned[-1] - seen) / 360) if turned else 0
        turned.append(seen + 360 * turns)
    back = 360 * round(sum(turned) / len(turned) / 360)
    return [project(seen - back, latitude) for seen, (_, latitude) in zip(turned, walked, strict=True)]


def size(points: list[Point]) -> float:
    xs, ys = zip(*points, strict=True)
    return max(max(xs) - min(xs), max(ys) - min(ys))


def path(rings: list[list[Point]], top: float) -> str:
    """An SVG path in tenths of a unit, relative moves."""
    told = []
    large = [r for r in rings if size(r) >= SMALLEST] or rings[:1]
    for points in large:
        spots = [(round(x * 10), round((y - top) * 10)) for x, y in points]
        moves = [(x - a, y - b) for (a, b), (x, y) in pairwise(spots) if (a, b) != (x, y)]
        if len(moves) > 1:
            told.append(f"M{spots[0][0]} {spots[0][1]}l" + " ".join(f"{x} {y}" for x, y in moves[:-1]) + "z")
    return "".join(told).replace(" -", "-")


def main() -> None:
    """Read the atlas that is named, write the shapes."""
    atlas = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    codes = {fold(name): country.alpha2 for country in countries().values() for name in country.names}
    borders = arcs(atlas)
    shapes: dict[str, list[list[Point]]] = {}
    for geometry in atlas["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        if name in LEFT_OUT:
            continue
        code = CALLED.get(name) or codes[fold(name)]
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for points in (ring(numbers, borders) for polygon in polygons for numbers in polygon):
            parts = {owner(code, points): points}
            if code == "MA":
                parts = {"MA": side(points, SAHARA, northern=True), "EH": side(points, SAHARA, northern=False)}
            for whose, part in parts.items():
                if part:
                    shapes.setdefault(whose, []).append(drawn(part))
    heights = [y for rings in shapes.values() for points in rings for _, y in points]
    top, bottom = min(heights), max(heights)
    told = {
        "width": round(WIDTH * 10),
        "height": round((bottom - top) * 10),
        "paths": {code: path(rings, top) for code, rings in sorted(shapes.items())},
    }
    TARGET.write_text(json.dumps(told, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main()
