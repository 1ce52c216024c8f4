"""Ruled grids on a page, and the rows and cells of what stands in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.layout.geometry import Line, Rect, Sheet, cluster, hull

RULE = 3.0
"""A drawn rectangle thinner than this many points is a rule."""
TOUCH = 4.0
"""Rules that come this near belong to one drawing."""
FIT = 2.0
"""A cell's shade ends within so many points of its column's edge; one behind a line of text keeps the cell's margin."""
PAGE_SHARE = 0.75
"""A rectangle over more than this share of the page is its background."""
ROW_RULE_SHARE = 0.3
"""A rule parts rows when it spans at least this share of the grid: cells over several rows leave gaps in it."""


Cells = list[list[list[Line]]]
"""Rows of cells of lines."""


@dataclass(slots=True)
class Grid(Rect):
    """A drawing of rules: ``columns`` and ``rows`` where its edges are, ascending; ``level`` its level rules."""

    columns: list[float]
    rows: list[float]
    level: list[Rect]

    _parted: set[tuple[int, int]] | None = None

    def first_row(self, row: int, column: int) -> int:
        """The row in which the cell begins that covers ``row`` of ``column``: no rule parts the rows of one cell."""
        if self._parted is None:
            self._parted = set(self._rules())
        while row and (row, column) not in self._parted:
            row -= 1
        return row

    def _rules(self) -> Iterator[tuple[int, int]]:
        """Each (row, column) whose upper edge is ruled over more than half of its width."""
        for edge in self.level:
            middle = (edge.y0 + edge.y1) / 2
            rows = [row for row, y in enumerate(self.rows) if abs(middle - y) <= RULE]
            for column, (left, right) in enumerate(pairwise(self.columns)):
                if min(edge.x1, right) - max(edge.x0, left) > 0.5 * (right - left):
                    yield from ((row, column) for row in rows)

    @property
    def is_table(self) -> bool:
        return len(self.columns) >= 3 and len(self.rows) >= 3


@dataclass(slots=True)
class _Edge(Rect):
    """A rule, or one side of a drawn rectangle."""

    rule: bool


def _edges(sheet: Sheet) -> list[_Edge]:
    """Every rule, and every side of every drawn rectangle that is not the page's background."""
    edges: list[_Edge] = []
    for s in sheet.shapes:
        if s.area > PAGE_SHARE * sheet.width * sheet.height or max(s.width, s.height) < 6:
            continue
        if s.width < RULE or s.height < RULE:
            if not s.white:
                edges.append(_Edge(s.x0, s.y0, s.x1, s.y1, True))
        elif s.x1 > 0 and s.x0 < sheet.width:
            sides = (
                (s.x0, s.y0, s.x1, s.y0),
                (s.x0, s.y1, s.x1, s.y1),
                (s.x0, s.y0, s.x0, s.y1),
                (s.x1, s.y0, s.x1, s.y1),
            )
            edges += [_Edge(*side, not s.filled) for side in sides]
    return edges


def _components(edges: Sequence[_Edge]) -> list[list[_Edge]]:
    """Edges grouped by touch; a sweep from top to bottom keeps it near linear."""
    open_groups: list[tuple[Rect, list[_Edge]]] = []
    done: list[list[_Edge]] = []
    for edge in sorted(edges, key=lambda e: e.y0):
        touching, rest = [], []
        for area, members in open_groups:
            if area.y1 + TOUCH < edge.y0:
                done.append(members)
            elif area.x0 - TOUCH <= edge.x1 and edge.x0 <= area.x1 + TOUCH:
                touching.append((area, members))
            else:
                rest.append((area, members))
        members = [edge]
        for _, earlier in touching:
            members += earlier
        rest.append((hull([edge, *(area for area, _ in touching)]), members))
        open_groups = rest
    return done + [members for _, members in open_groups]


def grids(sheet: Sheet) -> list[Grid]:
    """The drawings of at least two upright and two level edges: tables and frames, top to bottom."""
    found = []
    for members in _components(_edges(sheet)):
        area = hull(members)
        if area.width < 40 or area.height < 8:
            continue
        rules = [e for e in members if e.rule]
        columns = _columns(rules)
        if len(columns) < 3:
            columns = _columns(members)
        # Shades behind single lines of text are no cells: a shade's sides count where they end at the columns' edges.
        rows = _rows([e for e in members if e.rule or _fits(e, columns)], area)
        if len(columns) >= 2 and len(rows) >= 2:
            level = [e for e in members if e.height < RULE]
            found.append(Grid(area.x0, area.y0, area.x1, area.y1, columns, rows, list(level)))
    return sorted(found, key=lambda g: g.y0)


def _columns(edges: Sequence[_Edge]) -> list[float]:
    """Where cells begin and end: upright edges, and the ends of level ones."""
    upright = [(e.x0 + e.x1) / 2 for e in edges if e.width < RULE and e.height >= 5]
    ends = [x for e in edges if e.height < RULE and e.width >= 12 for x in (e.x0, e.x1)]
    return cluster(upright + ends, TOUCH)


def _fits(edge: _Edge, columns: Sequence[float]) -> bool:
    return all(any(abs(x - column) <= FIT for column in columns) for x in (edge.x0, edge.x1))


def _rows(edges: Sequence[_Edge], area: Rect) -> list[float]:
    level = [e for e in edges if e.height < RULE]
    return [y for y in cluster([(e.y0 + e.y1) / 2 for e in level], RULE) if _spans(y, level, area)]


def _spans(y: float, level: Sequence[_Edge], area: Rect) -> bool:
    here = sum(e.width for e in level if abs((e.y0 + e.y1) / 2 - y) <= RULE)
    return here >= ROW_RULE_SHARE * area.width


def grid_rows(grid: Grid, lines: Sequence[Line]) -> Cells:
    """The lines of a grid as rows of cells of lines; columns that stay empty throughout are left out."""
    columns = list(grid.columns)
    table: Cells = [[[] for _ in columns[1:]] for _ in grid.rows[1:]]
    if not table or not table[0]:
        return []
    for line in lines:
        middle = (line.y0 + line.y1) / 2
        column = _slot(columns, min(line.x0 + 3, line.x1))
        table[grid.first_row(_slot(grid.rows, middle), column)][column].append(line)
    used = [c for c in range(len(columns) - 1) if any(row[c] for row in table)]
    return [[row[c] for c in used] for row in table if any(row[c] for c in used)]


def _slot(edges: Sequence[float], value: float) -> int:
    """Which interval of ascending ``edges`` holds the value; outliers go to the nearest."""
    for index, (_, upper) in enumerate(pairwise(edges)):
        if value < upper:
            return index
    return len(edges) - 2


def aligned_rows(lines: Sequence[Line], starts: Sequence[float]) -> Cells:
    """Rows of an unruled table whose columns begin at ``starts``: each row begins where its first column has a line."""
    table: Cells = []
    bottom = float("-inf")
    for line in sorted(lines, key=lambda ln: (round(ln.base), ln.x0)):
        column = max((i for i, x in enumerate(starts) if line.x0 >= x - 4), default=0)
        fresh = not table or (column == 0 and line.base > bottom + 0.4 * line.size)
        if fresh and table and not any(table[-1][1:]) and line.base - bottom < 1.5 * line.size and table[-1][0]:
            fresh = line.base - bottom > 1.3 * line.size or not any(table[-1][1:])
        if fresh:
            table.append([[] for _ in starts])
            bottom = line.base
        table[-1][column].append(line)
        if column == 0:
            bottom = line.base
    return table


def column_starts(lines: Sequence[Line]) -> list[float]:
    """Left edges shared by at least a fifth of the rows, with clear space before them."""
    rows = len({round(ln.base / 3) for ln in lines})
    starts: list[float] = []
    for edge in sorted({round(ln.x0) for ln in lines}):
        here = [ln for ln in lines if abs(ln.x0 - edge) <= 3]
        crossing = sum(ln.x0 < edge - 3 and ln.x1 > edge - 2 for ln in lines)
        if len(here) >= max(2, 0.2 * rows) and crossing <= 0.1 * len(lines) and (not starts or edge - starts[-1] > 8):
            starts.append(edge)
    first = min(ln.x0 for ln in lines)
    return starts if starts and starts[0] - first < 8 else [first, *starts]
