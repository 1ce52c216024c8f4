"""The p95 of searching against the size of the collection, drawn as SVG from the figures of ``bench search --json``."""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 400, 60, 120, 40, 45
COLOURS = {"fingerpost": "#0b5c8a", "tantivy": "#b3471d", "fts5": "#5c7a29", "whoosh": "#6b4a8e"}
NAMES = {"fingerpost": "Fingerpost", "tantivy": "tantivy", "fts5": "SQLite FTS5", "whoosh": "plain Whoosh"}
TITLES = {
    "top10": "Top 10",
    "facets": "Top 10 with counts of four facets",
    "any": "Top 10 with counts of four facets, any word matches",
    "snippets": "Top 10 with snippets",
    "expanded": "Top 10 with three other names of each word",
    "phrases": "Phrases",
}


def drawn(runs: Sequence[dict[str, Any]], kind: str) -> str:
    """The drawing of some runs, one for each size, both axes in decades."""
    runs = sorted(runs, key=lambda run: run["passages"])
    lines = {
        name: [(run["passages"], run[name][kind]["p95_ms"]) for run in runs if name in run and kind in run[name]]
        for name in NAMES
    }
    values = [value for points in lines.values() for _, value in points]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    first, last = math.log10(runs[0]["passages"]), math.log10(runs[-1]["passages"])

    def x(size: float) -> float:
        return LEFT + (math.log10(size) - first) / max(last - first, 1e-9) * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - (math.log10(value) - low) / (high - low) * (HEIGHT - TOP - BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        f'font-size="12" role="img"><title>p95 of searching against passages</title>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="20" font-size="14">{TITLES[kind]}: p95, processor ms</text>',
    ]
    for decade in range(low, high + 1):
        at = y(10**decade)
        parts.append(f'<path d="M{LEFT} {at:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{10**decade:g}</text>')
    for run in runs:
        at = x(run["passages"])
        parts.append(f'<text x="{at:.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{run["passages"]:,}</text>')
    parts.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">passages</text>')
    for name, points in lines.items():
        if points:
            path = "L".join(f"{x(size):.1f} {y(value):.1f}" for size, value in points)
            parts.append(f'<path d="M{path}" fill="none" stroke="{COLOURS[name]}" stroke-width="2"/>')
            parts += [f'<circle cx="{x(s):.1f}" cy="{y(v):.1f}" r="3" fill="{COLOURS[name]}"/>' for s, v in points]
            end, at = x(points[-1][0]) + 8, y(points[-1][1]) + 4
            parts.append(f'<text x="{end:.1f}" y="{at:.1f}" fill="{COLOURS[name]}">{NAMES[name]}</text>')
    return "\n".join([*parts, "</svg>\n"])


def main(argv: Sequence[str]) -> int:
    """Read runs, one JSON file each, and write the drawing."""
    parser = argparse.ArgumentParser(prog="python -m bench search_plot", description=__doc__)
    parser.add_argument("runs", nargs="+", type=Path, help="files that 'bench search --json' has printed")
    parser.add_argument("--kind", default="facets", choices=TITLES, help="which times are drawn")
    parser.add_argument("--out", type=Path, default=Path("docs/search-speed.svg"), help="the drawing")
    options = parser.parse_args(argv)
    runs = [json.loads(path.read_text("utf-8")) for path in options.runs]
    options.out.write_text(drawn(runs, options.kind), "utf-8")
    return 0
