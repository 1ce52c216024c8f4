"""Footnotes: smaller type at the foot of a page or column, each opened by its number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.layout.geometry import Line, Shape, Sheet

SMALLER = 0.92
"""Notes are set in at most this share of the body's size."""
FOOT = 0.3
"""Notes begin in the lower part of the page: below this share of its height."""
LIST_TOP = 0.4
"""Small print without a rule above it that fills its column from higher up is a list of end notes or sources."""
BODY_SHARE = 0.1
"""Less of a page's letters in the body's size are headings."""
THIN = 2.5
"""Points: a rule is thinner, and what comes nearer to it touches it."""
SEPARATOR = (20.0, 260.0)
"""Points: the rule above notes is shorter than a column of text and longer than a dash."""
_LABEL = re.compile(r"^(\d{1,3}|[*†‡§]{1,3})(?:[.)]?\s+|(?=[^\W\d_\"“‘(«]))(?=\S)")


@dataclass(slots=True)
class Note:
    """A note's lines; ``label`` is empty where it goes on from the page before."""

    label: str
    lines: list[Line]


def label_of(line: Line) -> str:
    """The number that opens a note's first line, or ''."""
    if line.mark:
        return line.mark.strip(" ,")
    match = _LABEL.match(line.text)
    return match[1] if match else ""


def _rule(sheet: Sheet, lowest: float) -> float | None:
    """The lowest rule above ``lowest`` that may part notes: one that meets no other, as those of tables do."""
    low, high = SEPARATOR
    thin = [s for s in sheet.shapes if min(s.width, s.height) < THIN and not s.white]
    rules = [s for s in thin if s.height < THIN and low <= s.width <= high and FOOT * sheet.height < s.y0 <= lowest]
    for rule in sorted(rules, key=lambda s: -s.y0):
        if not any(_meet(rule, other) for other in thin):
            return rule.y0
    return None


def _meet(rule: Shape, other: Shape) -> bool:
    """Whether another rule begins where this one ends, or crosses it; the same rule drawn twice is one."""
    touching = rule.overlap_x(other) > -THIN and rule.overlap_y(other) > -THIN
    return touching and not (rule.covers(other, THIN) and other.covers(rule, THIN))


def _speaks(sheet: Sheet, body: float) -> bool:
    """Whether a good part of a page is set in the body's size: an annex all in small print has no notes for it."""
    letters = sum(len(run.text) for run in sheet.runs)
    return sum(len(run.text) for run in sheet.runs if run.size > SMALLER * body) >= BODY_SHARE * letters


def part(sheet: Sheet, lines: Sequence[Line], body: float) -> tuple[list[Line], list[Note]]:
    """The lines of a page (or column) without its notes, and the notes.

    Notes are the unbroken smaller lines at the bottom, from a separating rule or the first that bears a label on.
    """
    ordered = sorted(lines, key=lambda ln: (ln.base, ln.x0))
    start = len(ordered)
    while start and ordered[start - 1].size <= SMALLER * body and ordered[start - 1].y0 > FOOT * sheet.height:
        start -= 1
    tail = ordered[start:]
    if not tail:
        return list(lines), []
    rule = _rule(sheet, tail[-1].y0)
    small = all(ln.size <= SMALLER * body for ln in ordered)
    if rule is None and ((small and ordered[0].y0 < LIST_TOP * sheet.height) or not _speaks(sheet, body)):
        return list(lines), []
    first = _first(ordered, start, rule, body)
    if first is None:
        return list(lines), []
    notes: list[Note] = []
    indent = min(ln.x0 for ln in ordered[first:])
    for line in ordered[first:]:
        label = label_of(line)
        if label and (line.mark or (_follows(label, notes) and line.x0 <= indent + 2 * body)):
            notes.append(Note(label, [line]))
        elif notes:
            notes[-1].lines.append(line)
        else:
            notes.append(Note("", [line]))
    return ordered[:first], notes


def _first(ordered: Sequence[Line], start: int, rule: float | None, body: float) -> int | None:
    """Where the notes begin in ``ordered``, None where there are none."""
    if rule is not None:
        below = [i for i, ln in enumerate(ordered) if ln.y0 >= rule - 2]
        if below and below[0] >= start and below == list(range(below[0], len(ordered))):
            return below[0]
    for index in range(start, len(ordered)):
        line = ordered[index]
        above = ordered[index - 1] if index else None
        clear = above is None or above.size > SMALLER * body or line.y0 - above.y1 > 0.5 * body
        if label_of(line) and clear:
            return index
    return None


def _follows(label: str, notes: Sequence[Note]) -> bool:
    """Whether a plain number at a line's beginning carries on the count of the notes above."""
    numbers = [int(n.label) for n in notes if n.label.isdigit()]
    return not numbers or not label.isdigit() or int(label) == numbers[-1] + 1
