"""Where on a page text stands: boxes, tables, columns, and the order in which they are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from ingest.layout.geometry import Line, Rect, Sheet, hull
from ingest.layout.ladders import ladders
from ingest.layout.lines import join_pieces, to_line, with_openers
from ingest.layout.tables import Cells, Grid, aligned_rows, column_starts, grid_rows, grids

GUTTER = 0.75
"""Columns stand at least this many em apart."""
COLUMN_LINES = 3
"""Fewer lines than this side by side are no columns."""
COLUMN_SHARE = 0.7
"""A box at least so wide, of the text beside it, is a column; boxes in margins are less than half as wide."""
FULL = 0.72
"""A line that fills this share of its column is running prose, not a cell."""
PROSE = 0.5
"""So many of a column's lines must be full before it is read to its end first."""
BROKEN = 5.0
"""What each break of a gutter takes from its worth: one that runs through beats one between bullets and text."""
STEP = 3.0
"""Points between the positions tried for a gutter: half the narrowest gutter in use."""
ROW_WORDS = 150
"""Frames side by side with more words are columns of text, not the one row of a table."""
TALL = 3.0
"""A frame so many times as high as the one line in it is a box all the same, less a bar behind a heading."""
CELL_GAP = 0.4
"""Em: a gap at a column's edge parts two cells of one line; between two kinds of type half of it does."""
NEXT = 2.5
"""Times its size that a line may stand above or below a band of columns to be next to it."""
EDGE = 3.0
"""Points by which text misses the edge of its column, at most."""
GUTTERS_TRIED = 24
"""The commonest gaps are tried; a table has fewer columns."""


@dataclass(slots=True)
class Region:
    """A stretch of the page that is read in one go; ``cells`` where it is a table."""

    kind: Literal["text", "box", "table"]
    lines: list[Line]
    area: Rect
    cells: Cells = field(default_factory=list)
    side: bool = False


def regions(sheet: Sheet, lines: Sequence[Line], contents: tuple[float, float] | None = None) -> list[Region]:
    """A page's lines (header and footer already gone) as regions in reading order, side boxes last.

    ``contents`` is the stretch from y to y where a contents list stands: its lines are read across.
    """
    if contents is not None:
        top, bottom = contents
        above = [ln for ln in lines if ln.y1 < top]
        listed = [ln for ln in lines if ln.y1 >= top and ln.y0 <= bottom]
        below = [ln for ln in lines if ln.y0 > bottom]
        return [*regions(sheet, above), _text(listed), *regions(sheet, below)]
    rest = with_openers(lines, sheet.shapes)
    special: list[Region] = []
    for grid in sorted(grids(sheet), key=lambda g: g.area):
        inside = [ln for ln in rest if grid.holds(ln)]
        region = _framed(sheet, grid, inside)
        if region is not None:
            special.append(region)
            taken = {id(ln) for ln in inside}
            rest = [ln for ln in rest if id(ln) not in taken]
    for ladder in ladders(sheet, rest):
        special.append(Region("table", ladder.lines, ladder.area, ladder.cells))
        taken = {id(ln) for ln in ladder.lines}
        rest = [ln for ln in rest if id(ln) not in taken]
    columns = [r for r in special if _fills_column(r.area, rest)]
    for region in special:
        region.side = region not in columns and any(
            ln.overlap_y(region.area) > 0.5 * ln.height and ln.overlap_x(region.area) < 0 and len(ln.text) > 12
            for ln in rest
        )
    after = _by_columns([r for r in columns if r.area.x0 > hull(rest).x1])
    flow = _flow(rest, [r for r in special if not r.side and r not in after])
    return flow + after + sorted((r for r in special if r.side), key=lambda r: (r.area.y0, r.area.x0))


def _fills_column(area: Rect, rest: Sequence[Line]) -> bool:
    """Whether a box is a column of the page: text stands beside it, none above or below, and it is as wide as that.

    A side box has text flowing around it, or is a narrow one in the margin.
    """
    if not rest or any(ln.overlap_x(area) > 0 for ln in rest):
        return False
    return area.width >= COLUMN_SHARE * hull(rest).width


def _framed(sheet: Sheet, grid: Grid, inside: list[Line]) -> Region | None:
    """What a drawing of rules is: a table, a box, or nothing of its own."""
    if not inside:
        return None
    if grid.is_table:
        cells = grid_rows(grid, inside)
        if cells and _tabular(cells, grid):
            return Region("table", inside, grid, cells)
    shades = [s for s in sheet.shapes if s.filled and not s.white and s.height > 8 and s.width > 60]
    shaded = sum(s.height for s in shades if grid.holds(s) and s.width > 0.6 * grid.width) > 0.5 * grid.height
    strokes = [
        s
        for s in sheet.shapes
        if not s.white and s.height > 20 and s.width < 4 and s.overlap_y(grid) > 0.7 * grid.height
    ]
    framed = len(strokes) >= 2 and any(s.x0 < grid.x0 + 6 for s in strokes) and any(s.x1 > grid.x1 - 6 for s in strokes)
    framed = framed or any(not s.filled and s.covers(grid, 6) for s in sheet.shapes)
    if (len(inside) >= 2 or grid.height > TALL * inside[0].height) and (shaded or framed):
        ordered = _columns(inside)
        return Region("box", [ln for part in ordered for ln in part.lines], grid)
    return None


def _tabular(cells: Cells, grid: Grid) -> bool:
    """Whether rows hold more than one cell: two of them, one of at least three rows, or a short one that is alone.

    A page's end leaves a table's head, or its last row, alone on a page.
    """
    several = sum(sum(bool(cell) for cell in row) >= 2 for row in cells)
    if len(cells) > 1:
        return several >= (1 if len(cells) > 2 else 2)
    words = sum(len(ln.text.split()) for cell in cells[0] for ln in cell)
    parted = any(grid.parts(column, grid.y0, grid.y1) for column in range(1, len(grid.columns) - 1))
    return bool(several) and parted and words <= ROW_WORDS


def _flow(lines: list[Line], fixed: Sequence[Region]) -> list[Region]:
    """Text regions with the tables and boxes of the flow between them, where they stand."""
    parts: list[Region] = []
    rest = lines
    for region in _by_columns(fixed):
        above = [ln for ln in rest if ln.y1 <= region.area.y0 + 3]
        beside = {id(ln) for ln in above}
        if above and not _alongside(region.area, rest):
            parts += _columns(above)
            rest = [ln for ln in rest if id(ln) not in beside]
        parts.append(region)
    return parts + _columns(rest)


def _by_columns(fixed: Sequence[Region]) -> list[Region]:
    """Tables and boxes top to bottom; where some stand side by side, those of the left column first."""
    bands: list[list[Region]] = []
    bottom = float("-inf")
    for region in sorted(fixed, key=lambda r: r.area.y0):
        if region.area.y0 > bottom - EDGE:
            bands.append([])
        bands[-1].append(region)
        bottom = max(bottom, region.area.y1)
    ordered: list[Region] = []
    for band in bands:
        columns: list[list[Region]] = []
        for region in sorted(band, key=lambda r: r.area.x0):
            if not columns or region.area.x0 > max(r.area.x1 for r in columns[-1]) - EDGE:
                columns.append([])
            columns[-1].append(region)
        ordered += [r for column in columns for r in sorted(column, key=lambda r: r.area.y0)]
    return ordered


def _alongside(area: Rect, lines: Sequence[Line]) -> bool:
    return any(ln.overlap_y(area) > 0 and ln.overlap_x(area) < 0 for ln in lines)


def _columns(lines: list[Line]) -> list[Region]:
    """Lines as text regions: read across until columns stand side by side, then column by column."""
    if not lines:
        return []
    position, bands = _gutter(lines)
    if bands and len(parted := _cut_at(lines, position, bands)) > len(lines):
        lines = parted
        position, bands = _gutter(lines)
    if not bands:
        return [_text(lines)]
    parts: list[Region] = []
    rest = lines
    for top, bottom in bands:
        above = [ln for ln in rest if ln.base < top]
        band = sorted((ln for ln in rest if top <= ln.base <= bottom), key=lambda ln: (ln.base, ln.x0))
        rest = [ln for ln in rest if ln.base > bottom]
        left = [ln for ln in band if ln.x0 + ln.x1 < 2 * position]
        right = [ln for ln in band if ln.x0 + ln.x1 >= 2 * position]
        table = not (_prose(left) and _prose(right)) and _level(left, right)
        if table:
            titles = _titles(band)
            above, band = above + titles, band[len(titles) :]
        if above:
            parts.append(_text(above))
        if table and parts and parts[-1].kind == "table" and band[0].base - parts[-1].area.y1 < NEXT * band[0].size:
            parts[-1] = _unruled([*parts[-1].lines, *band])  # a wide label broke the gutter, not the table
        else:
            parts += [_unruled(band)] if table else _columns(left) + _columns(right)
    return parts + (_columns(rest) if rest else [])


def _cut_at(lines: list[Line], position: float, bands: Sequence[tuple[float, float]]) -> list[Line]:
    """Lines with those cut in two that run over a gutter only because their left part nearly fills its column.

    A cut is made where a run begins at an edge of the right column, in a band of columns or next to it.
    """
    beside = [ln for ln in lines if ln.x0 >= position and any(top <= ln.base <= bottom for top, bottom in bands)]
    starts = [x for x, count in Counter(round(ln.x0) for ln in beside).items() if count >= 2]
    out: list[Line] = []
    for line in lines:
        near = any(top - NEXT * line.size <= line.base <= bottom + NEXT * line.size for top, bottom in bands)
        at = _break(line, starts) if line.x0 < position < line.x1 and near else 0
        out += [to_line(line.runs[:at]), to_line(line.runs[at:])] if at else [line]
    return out


def _break(line: Line, starts: Sequence[float]) -> int:
    """Which run of a line begins a cell at one of ``starts``, 0 for none."""
    for index, (before, run) in enumerate(pairwise(line.runs), start=1):
        gap = (run.x0 - before.x1) / line.size
        restyled = (before.font, before.bold) != (run.font, run.bold)
        wide = gap >= CELL_GAP or (restyled and gap >= CELL_GAP / 2)
        if wide and any(abs(run.x0 - x) <= EDGE for x in starts):
            return index
    return 0


def _titles(band: Sequence[Line]) -> list[Line]:
    """The lines at the top of a table without rules that stand alone in another type: its title, not its first row."""
    taken = 0
    for line, after in pairwise(band):
        if abs(after.base - line.base) < 0.5 * line.size or after.style.key == line.style.key:
            break
        taken += 1
    return list(band[:taken])


def _text(lines: list[Line]) -> Region:
    return Region("text", rows_to_lines(lines), hull(lines))


def rows_to_lines(lines: Sequence[Line]) -> list[Line]:
    """Pieces top to bottom, those on one baseline put together left to right."""
    out: list[Line] = []
    for line in sorted(lines, key=lambda ln: (ln.base, ln.x0)):
        last = out[-1] if out else None
        if (
            last is not None
            and abs(line.base - last.base) <= 0.3 * max(line.size, last.size)
            and last.overlap_x(line) <= 2
        ):
            out[-1] = join_pieces(last, line) if last.x0 <= line.x0 else join_pieces(line, last)
        else:
            out.append(line)
    return out


def _gutter(lines: Sequence[Line]) -> tuple[float, list[tuple[float, float]]]:
    """The best place to part columns, with the first and last baseline of each band it parts (none: one column)."""
    places = _gaps(lines)
    if not places:
        return 0.0, []
    ordered = sorted(lines, key=lambda ln: ln.base)
    alone = _standing_alone(ordered)
    best: tuple[float, float, list[tuple[float, float]]] = (-BROKEN, 0.0, [])
    for x in places:
        bands = _bands(ordered, x, alone)
        score = sum(band[0] for band in bands) - BROKEN * len(bands)
        if bands and score > best[0]:
            best = (score, x, [band[1:] for band in bands])
    return best[1:]


def _standing_alone(ordered: Sequence[Line]) -> set[int]:
    """The ids of bold lines with nothing beside them: headings within columns of names and figures."""
    bold = [ln for ln in ordered if ln.style.bold]
    if len(bold) > 0.4 * len(ordered):
        return set()
    bases = [ln.base for ln in ordered]
    return {id(ln) for ln in bold if sum(abs(b - ln.base) < 0.95 * ln.size for b in bases) == 1}


def _gaps(lines: Sequence[Line]) -> list[float]:
    """The middles of gaps between lines that stand side by side; none where too few do for columns."""
    ordered = sorted(lines, key=lambda ln: ln.base)
    middles: Counter[float] = Counter()
    for index, line in enumerate(ordered):
        for other in ordered[index + 1 : index + 6]:
            if other.base - line.base > 0.9 * line.size:
                break
            left, right = (line, other) if line.x0 < other.x0 else (other, line)
            if right.x0 - left.x1 > GUTTER * line.size:
                # Both ends of the gap as well: the widest line of the left column decides where the gutter is.
                for x in (left.x1 + 1, (left.x1 + right.x0) / 2, right.x0 - 1):
                    middles[round(x / STEP) * STEP] += 1
    if middles.total() < 3 * (COLUMN_LINES - 1):
        return []
    return [x for x, _ in middles.most_common(GUTTERS_TRIED)]


def _bands(ordered: Sequence[Line], x: float, alone: set[int]) -> list[tuple[float, float, float]]:
    """Stretches without a line across ``x`` and with text on both sides: (score, first and last baseline)."""
    bands: list[tuple[float, float, float]] = []
    small: list[tuple[float, float, float]] = []
    left: list[Line] = []
    right: list[Line] = []

    def close() -> None:
        # The gutter must be wide for the whole stretch, and the sides must really stand beside each other.
        if left and right:
            space = min(ln.x0 for ln in right) - max(ln.x1 for ln in left)
            size = min(left[0].size, right[0].size)
            top = max(left[0].base, right[0].base) - size
            bottom = min(left[-1].base, right[-1].base) + size
            both = [ln for ln in (*left, *right) if top <= ln.base <= bottom]
            words = sum(len(ln.text) for ln in left) > 4 * len(left)
            if space >= GUTTER * size and words:
                first = min(left[0].base, right[0].base)
                score = 2 * min(len(left), len(right)) + min(space / size, 2)
                full = min(len(left), len(right)) >= COLUMN_LINES and len(both) >= 2 * COLUMN_LINES
                (bands if full else small).append((score, first, max(left[-1].base, right[-1].base)))
        left.clear()
        right.clear()

    for line in ordered:
        if id(line) in alone:
            close()
        elif line.x1 <= x:
            left.append(line)
        elif line.x0 >= x:
            right.append(line)
        else:
            close()
    close()
    # A few rows belong to the columns only where a longer stretch has them at the same place.
    return sorted(bands + small, key=lambda b: b[1]) if bands else []


def _prose(lines: Sequence[Line]) -> bool:
    """Whether lines run like a column of text: long for their column, one under the other."""
    if len(lines) < COLUMN_LINES:
        return False
    area = hull(lines)
    full = sum(ln.width >= FULL * area.width for ln in lines)
    return full >= PROSE * len(lines) and sum(len(ln.text) for ln in lines) >= 18 * len(lines)


def _level(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether most lines of the shorter side share a baseline with one of the other: rows of a table."""
    few, many = sorted((left, right), key=len)
    bases = {round(ln.base) for ln in many}
    hits = sum(any(round(ln.base) + d in bases for d in (-1, 0, 1)) for ln in few)
    return hits >= 0.7 * len(few)


def _unruled(lines: Sequence[Line]) -> Region:
    """A table without rules, columns begin where many lines begin; where there is but one column it is text."""
    starts = column_starts(lines)
    if len(starts) < 2:
        return _text(list(lines))
    cells = aligned_rows(lines, starts)
    return Region("table", list(lines), hull(lines), cells)
