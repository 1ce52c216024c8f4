"""Tables with level rules only: these tell the rows, and what stands below each other the columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.layout.geometry import Line, Rect, Sheet, hull
from ingest.layout.lines import to_line
from ingest.layout.tables import RULE, Cells, column_starts

WIDE = 150.0
"""Points: shorter rules part notes or underline words."""
RUNGS = 4
"""Fewer rules of one width are a frame, or a header's and a footer's."""
LONGEST_STEP = 160.0
"""Points between two rules of one table, at most: a row is not higher."""
SAME_END = 3.0
"""Rules of one table begin and end at the same place, give or take so many points."""
HEAD_GAP = 2.2
"""Lines of the head follow each other, and the first rule them, within so many times their size."""
CELL_GAP = 0.5
"""Em: a wider gap before a column's edge parts two cells; spaces are narrower."""


@dataclass(slots=True)
class Ladder:
    """A table found: its area, the lines that stand in it, and its rows of cells of lines."""

    area: Rect
    lines: list[Line]
    cells: Cells


def ladders(sheet: Sheet, lines: Sequence[Line]) -> list[Ladder]:
    """The tables without upright rules on a page, top to bottom."""
    found = []
    rest = list(lines)
    for rungs in _groups(sheet):
        ladder = _ladder(rungs, rest)
        if ladder is not None:
            taken = {id(ln) for ln in ladder.lines}
            rest = [ln for ln in rest if id(ln) not in taken]
            found.append(ladder)
    return sorted(found, key=lambda ladder: ladder.area.y0)


def _groups(sheet: Sheet) -> list[list[Rect]]:
    """Level rules of one beginning and end, each group top to bottom; rules drawn twice count once."""
    groups: list[list[Rect]] = []
    for rule in sorted((s for s in sheet.shapes if s.height < RULE and s.width >= WIDE and not s.white), key=_top):
        for group in groups:
            last = group[-1]
            if abs(last.x0 - rule.x0) <= SAME_END and abs(last.x1 - rule.x1) <= SAME_END:
                step = rule.y0 - last.y0
                if step <= RULE:
                    break
                if step <= LONGEST_STEP:
                    group.append(rule)
                    break
        else:
            groups.append([rule])
    return [group for group in groups if len(group) >= RUNGS]


def _top(rect: Rect) -> float:
    return rect.y0


def _ladder(rungs: list[Rect], lines: Sequence[Line]) -> Ladder | None:
    """The table between some rules, None where what stands between them is not set in columns."""
    bands = [_between(lines, above, below) for above, below in pairwise(rungs)]
    below = [ln for band in bands[1:] for ln in band]
    starts = column_starts(below) if below else []
    if len(starts) < 2:
        return None
    first = rungs[0]
    if _running(bands[0], starts):  # the first rule is the page header's: the table begins at the next one
        first, bands = rungs[1], bands[1:]
    rows = [_row(band, starts) for band in bands if band]
    if len(rows) < RUNGS - 1 or sum(_running(band, starts) for band in bands) > 0.2 * len(bands):
        return None
    if sum(sum(bool(cell) for cell in row) >= 2 for row in rows) < 0.5 * len(rows):
        return None
    head = _head(first, lines, starts)
    own = [*head, *(ln for band in bands for ln in band)]
    return Ladder(hull([first, rungs[-1], *head]), own, [_row(head, starts), *rows] if head else rows)


def _between(lines: Sequence[Line], above: Rect, below: Rect) -> list[Line]:
    return [
        ln
        for ln in lines
        if above.y0 < (ln.y0 + ln.y1) / 2 < below.y0 and ln.x0 >= above.x0 - SAME_END and ln.x1 <= above.x1 + SAME_END
    ]


def _running(band: Sequence[Line], starts: Sequence[float]) -> bool:
    """Whether a band holds running text: several lines, one of them across the columns."""
    several = len({round(ln.base) for ln in band}) > 1
    return several and any(ln.x0 < starts[1] - 3 and ln.x1 > starts[1] + 3 for ln in band)


def _row(band: Sequence[Line], starts: Sequence[float]) -> list[list[Line]]:
    row: list[list[Line]] = [[] for _ in starts]
    for line in band:
        for piece in _pieces(line, starts):
            row[max((i for i, x in enumerate(starts) if piece.x0 >= x - 4), default=0)].append(piece)
    return row


def _pieces(line: Line, starts: Sequence[float]) -> list[Line]:
    """A line cut where a column begins after a gap: heads stand closer together than cells."""
    groups = [[line.runs[0]]]
    for run in line.runs[1:]:
        gap = run.x0 - groups[-1][-1].x1
        if gap > CELL_GAP * line.size and any(abs(run.x0 - x) <= 4 for x in starts):
            groups.append([])
        groups[-1].append(run)
    return [line] if len(groups) == 1 else [to_line(group) for group in groups]


def _head(first: Rect, lines: Sequence[Line], starts: Sequence[float]) -> list[Line]:
    """The lines above the first rule that are set in the table's columns."""
    head: list[Line] = []
    edge = first.y0
    above = sorted((ln for ln in lines if ln.y1 <= first.y0 + 1), key=lambda ln: -ln.base)
    while above:
        level = [ln for ln in above if abs(ln.base - above[0].base) <= 2]
        begins = [piece.x0 for ln in level for piece in _pieces(ln, starts)]
        in_columns = all(any(abs(x - start) <= 4 for start in starts) for x in begins)
        if not in_columns or edge - level[0].y1 > (HEAD_GAP - 1) * level[0].size or max(begins) < starts[1] - 4:
            break
        head += level
        edge = min(ln.y0 for ln in level)
        above = above[len(level) :]
    return head[::-1]
