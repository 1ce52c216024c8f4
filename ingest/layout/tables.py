"""Ruled grids on a page, and the rows and cells of what stands in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.layout.geometry import Line, Rect, Run, Shape, Sheet, cluster, hull

RULE = 3.0
"""A drawn rectangle thinner than this many points is a rule."""
TOUCH = 4.0
"""Rules that come this near belong to one drawing."""
FIT = 2.0
"""A cell's shade ends within so many points of its column's edge; one behind a line of text keeps the cell's margin."""
PAGE_SHARE = 0.75
"""A rectangle over more than this share of the page is its background."""
LOOK_BACK = 24
"""Shapes drawn before a fill among which the one below it is looked for: a cell's shade comes just before."""
UNDERLINE = 0.25
"""Em from the baseline to a rule below it that underlines; those of tables stand further off."""
UNDERLINE_REACH = 9.0
"""The same in points, for the largest type that is looked at."""
NARROW = 8.0
"""Points: no column is narrower."""
ROW_RULE_SHARE = 0.3
"""A rule parts rows when it spans at least this share of the grid: cells over several rows leave gaps in it."""


Cells = list[list[list[Line]]]
"""Rows of cells of lines."""


@dataclass(slots=True)
class _Edge(Rect):
    """A rule, or one side of a drawn rectangle."""

    rule: bool


@dataclass(slots=True)
class Grid(Rect):
    """A drawing of rules: ``columns`` and ``rows`` where its edges are, ascending; ``edges`` the edges themselves."""

    columns: list[float]
    rows: list[float]
    edges: list[_Edge]

    _parted: set[tuple[int, int]] | None = None
    _ruled: set[int] | None = None
    _uprights: dict[int, list[_Edge]] | None = None

    @property
    def is_table(self) -> bool:
        return len(self.columns) >= 3 and len(self.rows) >= 2

    def first_row(self, row: int, column: int) -> int:
        """The row in which the cell begins that covers ``row`` of ``column``: no rule parts the rows of one cell."""
        if self._parted is None or self._ruled is None:
            level = [e for e in self.edges if e.height < RULE]
            self._parted = set(self._over(level))
            self._ruled = {row for row, _ in self._over([e for e in level if e.rule])}
        while row and row in self._ruled and (row, column) not in self._parted:
            row -= 1
        return row

    def _over(self, level: Sequence[_Edge]) -> Iterator[tuple[int, int]]:
        """Each (row, column) whose upper edge is drawn over more than half of its width."""
        for edge in level:
            middle = (edge.y0 + edge.y1) / 2
            rows = range(bisect_left(self.rows, middle - RULE), bisect_right(self.rows, middle + RULE))
            first = max(bisect_right(self.columns, edge.x0) - 1, 0)
            for column in range(first, min(bisect_left(self.columns, edge.x1), len(self.columns) - 1)) if rows else ():
                left, right = self.columns[column], self.columns[column + 1]
                if min(edge.x1, right) - max(edge.x0, left) > 0.5 * (right - left):
                    yield from ((row, column) for row in rows)

    def spans(self, row: int) -> list[range]:
        """The row's columns, those together between which no upright edge stands."""
        top, bottom = self.rows[row], self.rows[row + 1]
        begins = [0]
        for column in range(1, len(self.columns) - 1):
            if self.parts(column, top, bottom) or not self.uprights(column):
                begins.append(column)
        return [range(a, b) for a, b in pairwise([*begins, len(self.columns) - 1])]

    def parts(self, column: int, top: float, bottom: float) -> bool:
        """Whether upright edges at the left of ``column`` go more than half of the way from ``top`` to ``bottom``."""
        drawn = sum(max(min(e.y1, bottom) - max(e.y0, top), 0.0) for e in self.uprights(column))
        return drawn > 0.5 * (bottom - top)

    def uprights(self, column: int) -> list[_Edge]:
        """The upright edges at the left of ``column``."""
        if self._uprights is None:
            self._uprights = {}
            for edge in self.edges:
                if edge.width < RULE:
                    middle = (edge.x0 + edge.x1) / 2
                    for at in range(bisect_left(self.columns, middle - TOUCH), len(self.columns)):
                        if self.columns[at] > middle + TOUCH:
                            break
                        self._uprights.setdefault(at, []).append(edge)
        return self._uprights.get(column, [])


def _edges(sheet: Sheet) -> list[_Edge]:
    """Every rule, and every side of every drawn rectangle, that shows and is not the page's background's."""
    edges: list[_Edge] = []
    words = _Words(sheet.runs)
    for s in _shown(sheet.shapes):
        if s.area > PAGE_SHARE * sheet.width * sheet.height or max(s.width, s.height) < 6:
            continue
        if s.width < RULE or s.height < RULE:
            if not s.white and not words.underlined(s):
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


def _shown(shapes: Sequence[Shape]) -> list[Shape]:
    """Shapes, in the order drawn, without the fills that nobody sees: those of the colour that they lie on.

    Word processors shade a cell and then each line of text within it again.
    """
    shown: list[Shape] = []
    for shape in shapes:
        thin = shape.width < RULE or shape.height < RULE
        if thin or shape.colour < 0 or not _lost(shape, shown[-LOOK_BACK:]):
            shown.append(shape)
    return shown


def _lost(shape: Shape, below: Sequence[Shape]) -> bool:
    """Whether a fill has the colour of what lies below it, the last drawn on top.

    White fills on the bare paper count as seen: they are cells of tables that show level rules only.
    """
    for other in reversed(below):
        if not other.filled or other.overlap_x(shape) <= 1 or other.overlap_y(shape) <= 1:
            continue
        if other.colour != shape.colour:
            return False
        if other.covers(shape):
            return True
    return False


class _Words:
    """Where words stand on a page, to tell rules that underline them from those of tables."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self.runs = sorted(runs, key=lambda r: r.base)
        self.bases = [r.base for r in self.runs]

    def underlined(self, rule: Shape) -> bool:
        """Whether a level rule runs close below words and is no longer than they are."""
        if rule.width < rule.height:
            return False
        low, high = bisect_left(self.bases, rule.y0 - UNDERLINE_REACH), bisect_right(self.bases, rule.y1)
        near = [
            r
            for r in self.runs[low:high]
            if rule.y0 - r.base <= UNDERLINE * r.size and r.x0 < rule.x1 and r.x1 > rule.x0
        ]
        end = rule.x0 + FIT
        for run in sorted(near, key=_left):
            if run.x0 > end + run.size:
                return False
            end = max(end, run.x1)
        return bool(near) and min(map(_left, near)) <= rule.x0 + FIT and end >= rule.x1 - FIT


def _left(rect: Rect) -> float:
    return rect.x0


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
        own = [e for e in members if e.rule or _fits(e, columns)]
        rows = _rows(own, area)
        if len(columns) >= 2 and len(rows) >= 2:
            found.append(Grid(area.x0, area.y0, area.x1, area.y1, columns, rows, own))
    return sorted(found, key=lambda g: g.y0)


def _columns(edges: Sequence[_Edge]) -> list[float]:
    """Where cells begin and end: upright edges, and the ends of level ones."""
    upright = [(e.x0 + e.x1) / 2 for e in edges if e.width < RULE and e.height >= 5]
    ends = [x for e in edges if e.height < RULE and e.width >= 12 for x in (e.x0, e.x1)]
    return _wide_enough(cluster(upright + ends, TOUCH))


def _wide_enough(columns: list[float]) -> list[float]:
    """Edges without those that leave no room for a letter: a table within a cell has its own beside the cell's."""
    kept = columns[:1]
    for x in columns[1:]:
        if x - kept[-1] >= NARROW:
            kept.append(x)
    if len(kept) > 1:
        kept[-1] = columns[-1]
    return kept


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
    used = _used(table)
    for number, row in enumerate(table):
        if any(row):
            spans = [[column for column in span if column in used] for span in grid.spans(number)]
            _merge_cells(row, spans, columns)
    used = _used(table)
    return [[row[c] for c in used] for row in table if any(row)]


def _used(table: Cells) -> list[int]:
    return [column for column in range(len(table[0])) if any(row[column] for row in table)]


def _merge_cells(row: list[list[Line]], spans: Sequence[Sequence[int]], columns: Sequence[float]) -> None:
    """Put the lines of cells over several columns into the first of these.

    Columns without a rule between them are one cell as far as lines of text run over their edges, or where all that is
    written there stands in one of them (centred); else the rules are only left out.
    """
    for span in spans:
        filled = [column for column in span if row[column]]
        if len(span) < 2 or not filled:
            continue
        lines = [line for column in filled for line in row[column]]
        first = span[0]
        alone = len(filled) == 1 and len(spans) > 1
        for column in span[1:]:
            edge = columns[column]
            if alone or any(ln.x0 < edge - FIT and ln.x1 > edge + FIT for ln in lines):
                row[first], row[column] = row[first] + row[column], []
            else:
                first = column


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
