"""Runs of glyphs → lines: what stands on one baseline and belongs together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from ingest.layout.characters import HYPHENS, clean, is_bullet
from ingest.layout.direction import turned
from ingest.layout.geometry import Line, Rect, Run, Shape, Style, hull

SPACE = 0.19
"""Ink gap in em above which two runs are two words: letters' own bearings stay under 0.18, spaces over 0.2."""
DASH_SPACE = 0.28
"""The same for a hyphen set as a run of its own: its bearings are wide."""
APART = 1.0
"""Ink gap in em above which two runs on one baseline may belong to different columns or cells."""
SAME_BASE = 0.22
"""Baselines nearer than this many em are one line."""
SMALL = 0.82
"""A run of at most this share of the line's size, off its baseline, is a superscript or subscript."""
MAIN_SHARE = 0.3
"""A line's size is the largest in which this share of its letters is set: headings carry smaller remarks."""
BOLD_SHARE = 0.7
"""A line counts as bold (italic) when this share of its letters is."""
OPENER_GAP = 3.2
"""Em between a bullet and its text, at most."""
_SMALL_ROMAN = "(?=[ivxl])(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_ROMAN = f"{_SMALL_ROMAN}|{_SMALL_ROMAN.translate(str.maketrans('ivxl', 'IVXL'))}"
COUNT = rf"\((?:[a-zA-Z]|{_ROMAN}|\d{{1,2}})\)|(?:[a-zA-Z]|{_ROMAN}|\d{{1,2}})[.)]|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}\.?"
"""What list items are counted by: "a)", "(iv)", "3.", "IV.", "2.1" (a pattern)."""
_COUNT = re.compile(COUNT)
HYPHEN_RUNS = frozenset({"-", "\x02", "\ufffe", "\xad", "‐"})
_NOTE_MARK = re.compile(r"(?:\d{1,3}|[*†‡§]{1,3}|[ivx]{1,5})(?:\s*,\s*\d{1,3})*$")
_UNIT_BEFORE = re.compile(r"(?:\b[ckm]?m|\bCO|\bH|N|\d)$")
"""After these a raised figure is an exponent or part of a formula, not a note's mark."""
_FAMILY = re.compile(r"[-,].*$|(?:PS)?MT$")


@lru_cache
def family(font: str) -> str:
    """A font's family without its cut: "Lato-Bold" → "Lato"."""
    return _FAMILY.sub("", font)


def distinct(runs: Iterable[Run]) -> list[Run]:
    """Runs without those printed twice at one place to look bold."""
    seen: set[tuple[str, int, int]] = set()
    kept = []
    for run in runs:
        key = (run.text, round(run.x0 / 2), round(run.y0 / 2))
        if key not in seen:
            seen.add(key)
            kept.append(run)
    return kept


def pieces(runs: Sequence[Run], shapes: Sequence[Shape]) -> list[list[Run]]:
    """Runs grouped to stretches of one baseline without a column-wide gap or an upright rule in them.

    Runs come in the order they were drawn, which nearly always is the order of reading within a line.
    """
    uprights = _uprights(shapes)
    found: list[_Stretch] = []
    for run in distinct(runs):
        if found and found[-1].goes_on(run, uprights):
            found[-1].add(_Stretch(run))
        else:
            found.append(_Stretch(run))
    return [stretch.runs for stretch in _merged(found, uprights)]


class _Stretch:
    """Runs on one baseline: ``main`` is the first of the largest size, ``right`` where their ink ends."""

    __slots__ = ("main", "right", "runs")

    def __init__(self, run: Run) -> None:
        self.runs = [run]
        self.main = run
        self.right = run.x1

    def add(self, other: _Stretch) -> None:
        self.runs += other.runs
        self.right = max(self.right, other.right)
        if other.main.size > self.main.size:
            self.main = other.main

    def goes_on(self, run: Run, uprights: Sequence[Shape]) -> bool:
        """Whether a run that is drawn next stands next to the last one, on the same line."""
        last, main = self.runs[-1], self.main
        size = max(main.size, run.size)
        gap = run.x0 - last.x1
        if not -0.6 * size <= gap <= APART * size:
            return False
        if abs(run.base - main.base) > SAME_BASE * size and not _raised(run, main) and not _raised(main, run):
            return False
        return not (gap > 0.3 * size and _parted(last, run, uprights))


def _raised(small: Run, main: Run) -> bool:
    """Whether ``small`` is a superscript or subscript of ``main``."""
    return small.size <= SMALL * main.size and -0.3 * main.size <= main.base - small.base <= 0.65 * main.size


def _parted(left: Rect, right: Rect, uprights: Sequence[Shape]) -> bool:
    middle = (left.y0 + left.y1) / 2
    return any(left.x1 - 1 <= s.x0 and s.x1 <= right.x0 + 1 and s.y0 <= middle <= s.y1 for s in uprights)


def _merged(stretches: Sequence[_Stretch], uprights: Sequence[Shape]) -> list[_Stretch]:
    """Stretches that were drawn apart but stand close together on one baseline, made one."""
    merged: list[_Stretch] = []
    for stretch in sorted(stretches, key=lambda s: (round(s.main.base), s.runs[0].x0)):
        first, other = stretch.runs[0], stretch.main
        for earlier in merged[-3:]:
            main = earlier.main
            gap = first.x0 - earlier.right
            near = -0.3 * main.size <= gap <= 0.5 * main.size
            if not near:
                continue
            level = abs(main.base - other.base) <= SAME_BASE * max(main.size, other.size)
            mark = (_raised(other, main) or _raised(main, other)) and gap <= 0.3 * main.size
            if (level or mark) and not (gap > 0.3 * main.size and _parted(earlier.runs[-1], first, uprights)):
                earlier.add(stretch)
                break
        else:
            merged.append(stretch)
    return merged


def to_line(runs: Sequence[Run]) -> Line:
    """One line of the runs given, note marks taken out, an opening mark or bullet kept apart."""
    ordered = sorted(runs, key=lambda r: r.x0) if any(b.x0 < a.x0 for a, b in pairwise(runs)) else list(runs)
    size = _size(ordered)
    main = next(r for r in ordered if round(r.size * 2) / 2 == size)
    area = hull(ordered)
    line = Line(area.x0, area.y0, area.x1, area.y1, "", size, main.base, _style(ordered, size), list(ordered))
    _write(line)
    return line


def _size(runs: Sequence[Run]) -> float:
    """A line's size to half a point: the largest that sets a real share of its letters."""
    letters: dict[float, int] = {}
    for run in runs:
        size = round(run.size * 2) / 2
        letters[size] = letters.get(size, 0) + len(run.text.strip())
    share = MAIN_SHARE * sum(letters.values())
    return max((s for s, count in letters.items() if count >= share), default=max(letters, key=letters.__getitem__))


def _style(runs: Sequence[Run], size: float) -> Style:
    """How most of a line's letters are set, raised and lowered ones apart."""
    total = bold = italic = tinted = 0
    fonts: dict[str, int] = {}
    for run in runs:
        if run.size > SMALL * size:
            letters = len(run.text.strip())
            total += letters
            bold += letters * run.bold
            italic += letters * run.italic
            tinted += letters * run.tinted
            font = family(run.font)
            fonts[font] = fonts.get(font, 0) + len(run.text)
    every = total or 1
    return Style(
        size,
        bold / every >= BOLD_SHARE,
        italic / every >= BOLD_SHARE,
        max(fonts, key=fonts.__getitem__, default=""),
        tinted / every >= BOLD_SHARE,
    )


def _write(line: Line) -> None:
    """Fill the line's text, mark, opener and hyphen from its runs."""
    parts: list[str] = []
    before: Run | None = None
    marked = False
    for run in line.runs:
        text = run.text
        small = run.size <= SMALL * line.size and line.base - run.base > 0.12 * line.size
        if small and _NOTE_MARK.match(text.strip()):
            written = "".join(parts).rstrip()
            if not written:
                line.mark = text.strip()
                continue
            if not (_UNIT_BEFORE.search(written) and text.strip() in {"2", "3"}):
                if text[-1:].isspace():
                    parts.append(" ")
                before, marked = run, True
                continue
        if marked and text[:1] in ".,)":
            parts[-1] = parts[-1].rstrip()  # the space stood before the mark that is gone
        marked = False
        dash = text in HYPHEN_RUNS
        if before is not None and run.x0 - before.x1 > (DASH_SPACE if dash else SPACE) * min(
            line.size, max(run.size, before.size)
        ):
            parts.append(" ")
        elif dash and parts and len(parts[-1]) > 1:
            parts[-1] = parts[-1].rstrip()  # pdfium writes a space before a hyphen that stands alone at a line's end
        if not line.opener and len(parts) <= 1 and before is not None and run.x0 - before.x1 > 0.3 * line.size:
            _open(line, "".join(parts), before.font)
        parts.append(text)
        before = run
    raw = "".join(parts).rstrip()
    if raw[-1:] in HYPHENS:
        line.hyphen, raw = True, raw[:-1].rstrip(" \x02\ufffe\xad")
    for sign in "\x02\ufffe":
        raw = raw.replace(sign, "-")
    if not line.opener and is_bullet(raw[:1]) and not clean(raw[0]):
        line.opener = raw[0]  # a symbol font's bullet without a character of its own: the text loses it
    line.text = clean(turned(raw))
    if not line.hyphen and len(line.text) > 2 and line.text[-1] in "-‐" and line.text[-2].isalnum():
        line.hyphen, line.text = True, line.text[:-1]


def _open(line: Line, text: str, font: str) -> None:
    bare = text.strip()
    if is_bullet(bare, font) or (len(bare) <= 6 and bare[-1:] in ".)"):
        line.opener = bare


def with_openers(lines: Sequence[Line], shapes: Sequence[Shape]) -> list[Line]:
    """Lines with bullets and counts ("a)", "3.") put before the text that they open, across the gap between them."""
    ordered = sorted(lines, key=lambda ln: (round(ln.base), ln.x0))
    out: list[Line] = []
    for line in ordered:
        last = out[-1] if out else None
        if last is not None and _opens(last, line) and not _parted(last, line, _uprights(shapes)):
            out[-1] = join_pieces(last, line)
        else:
            out.append(line)
    return out


def _opens(first: Line, second: Line) -> bool:
    level = abs(first.base - second.base) <= SAME_BASE * second.size
    near = 0 <= second.x0 - first.x1 <= OPENER_GAP * second.size
    return level and near and (is_bullet(first.runs[0].text, first.runs[0].font) or bool(_COUNT.fullmatch(first.text)))


def _uprights(shapes: Sequence[Shape]) -> list[Shape]:
    return [s for s in shapes if s.width < 3 and s.height > 6 and not s.white]


def join_pieces(left: Line, right: Line) -> Line:
    """Two pieces of one baseline as one line (a label and its text, words far apart)."""
    joined = to_line([*left.runs, *right.runs])
    if not joined.opener and (is_bullet(left.text or left.runs[0].text, left.runs[0].font) or len(left.text) <= 6):
        joined = replace(joined, opener=left.text or left.runs[0].text.strip())
    return joined
