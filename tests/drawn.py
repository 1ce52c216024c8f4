"""Pages drawn by hand for tests of the layout rules: runs of glyphs where a test wants them."""

from __future__ import annotations

from corpus.model import Page
from ingest.layout.document import lay_out
from ingest.layout.geometry import Run, Shape, Sheet
from ingest.layout.headings import Entry

WIDTH, HEIGHT = 595.0, 842.0
LETTER = 5.0
"""Points a letter of 10-point type is wide in these tests."""
PROSE = "Every evening the harbour team walked the whole quay and asked each child where it slept that week and"


def run(text: str, x: float, base: float, size: float = 10.0, bold: bool = False) -> Run:
    width = LETTER * size / 10 * len(text)
    return Run(x, base - 0.7 * size, x + width, base + 0.2 * size, text, size, base, "Sans", bold)


def prose(x: float, top: float, lines: int, text: str = PROSE, step: float = 13.0) -> list[Run]:
    """So many full lines of running text; the last one ends the paragraph."""
    return [run(text if n < lines - 1 else text[: len(text) // 2] + ".", x, top + n * step) for n in range(lines)]


def sheet(number: int, *runs: Run, shapes: tuple[Shape, ...] = ()) -> Sheet:
    return Sheet(number, WIDTH, HEIGHT, list(runs), list(shapes))


def blocks(*sheets: Sheet, outline: tuple[Entry, ...] = ()) -> list[Page]:
    return list(lay_out(sheets, outline, [None] * len(sheets)).pages)
