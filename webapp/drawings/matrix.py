"""The evidence map as a picture of its own, for a report or a slide."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from webapp.drawings.canvas import Circle, Drawing, Line, Words
from webapp.evidence import BY, Head, Matrix
from webapp.languages import gettext, ngettext
from webapp.words import listed

KIND_COLOURS: Final[Mapping[str, str]] = {
    "good-practice": "#6b3b9b",
    "challenge": "#a12347",
    "lesson": "#2a6b2f",
    "recommendation": "#1f549f",
    "result": "#705600",
}
"""The kinds' colours on paper, those of the stylesheet's light half."""
PAPER, INK, SMALL, LINE = "#ffffff", "#15272b", "#56686c", "#d8d1c3"
LEFT, STEP, ROW, HEAD, MARGIN = 330, 124, 44, 120, 24
LARGEST = 17.0
LABEL_MOST = 40


def radius(programmes: int, most: int) -> float:
    """The radius of a cell's circle: its area grows with the number of programmes."""
    return LARGEST * math.sqrt(programmes / max(most, 4))


def draw(matrix: Matrix, told: str) -> Drawing:
    """The matrix with its title, and under it ``told``: of which library, on which day, and how it is read."""
    parts: list[Circle | Line | Words] = [Words(MARGIN, MARGIN + 8, _title(matrix), 20, INK, bold=True)]
    for n, column in enumerate(matrix.columns):
        colour = KIND_COLOURS.get(column.value, INK) if matrix.by == "kind" else INK
        x, lines = LEFT + STEP * (n + 0.5), _lines(column.label)
        parts += [Words(x, HEAD - 34 + 15 * k, line, 12, colour, "middle", bold=True) for k, line in enumerate(lines)]
    for m, row in enumerate(matrix.rows):
        y = HEAD + ROW * (m + 0.5)
        parts.append(Words(MARGIN, y, _short(row.label), 14, INK))
        for n, column in enumerate(matrix.columns):
            x, cell = LEFT + STEP * (n + 0.5), matrix.cell(row.value, column.value)
            if cell is None:
                parts.append(Circle(x, y, 1.5, LINE, title=_told(row, column, gettext("nothing in this library"))))
                continue
            size = radius(cell.programmes, matrix.most)
            counted = (
                ngettext("%(n)s programme", "%(n)s programmes", cell.programmes),
                ngettext("%(n)s statement", "%(n)s statements", cell.statements),
            )
            title = _told(row, column, listed(counted))
            parts.append(Circle(x, y, size, KIND_COLOURS[cell.kind], not cell.outside, title))
            parts.append(Words(x + size + 6, y, str(cell.programmes), 12, SMALL))
        parts.append(Line(MARGIN, HEAD + ROW * (m + 1), LEFT + STEP * len(matrix.columns), HEAD + ROW * (m + 1), LINE))
    foot = HEAD + ROW * len(matrix.rows) + 26
    parts.append(Words(MARGIN, foot, told, 12, SMALL))
    width = max(LEFT + STEP * len(matrix.columns) + MARGIN, 900)
    return Drawing(
        width=width,
        height=foot + 26,
        ground=PAPER,
        title=f"{gettext('Evidence map')}: {_title(matrix)}",
        parts=tuple(parts),
    )


def _title(matrix: Matrix) -> str:
    return gettext("Themes · %(columns)s", columns=gettext(BY[matrix.by]))


def _told(row: Head, column: Head, what: str) -> str:
    """What a cell says to who points at it."""
    return f"{row.label} · {column.label}: {what}"


def _short(label: str) -> str:
    return label if len(label) <= LABEL_MOST else label[: LABEL_MOST - 1] + "…"


def _lines(label: str) -> list[str]:
    """A heading on at most two lines."""
    words = label.split()
    if len(label) <= 16 or len(words) < 2:
        return [label[:20]]
    cut = min(range(1, len(words)), key=lambda n: abs(len(" ".join(words[:n])) - len(" ".join(words[n:]))))
    return [" ".join(words[:cut])[:20], " ".join(words[cut:])[:20]]
