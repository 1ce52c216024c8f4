"""Running headers and footers, recognised by their return from page to page, and the page numbers printed in them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.ids import fold
from ingest.layout.geometry import Line, Sheet

EDGE = 0.14
"""Headers and footers stand within this share of the page's height from its top or bottom."""
SAME_PLACE = 5.0
"""A header returns at the same height give or take so many points."""
OFTEN = 3
"""A text that returns on so many pages is furniture (on every page, where there are fewer)."""
STEADY = 0.7
"""A number counts the pages when value minus physical page is the same on this share of its pages."""
DEEPEST = 6
"""More lines than this at one edge are never furniture."""
OPENER_GAP = 3.2
"""Em: a bullet or number that stands so near before a text on its baseline opens that text."""
LONG_RULE = 0.6
"""The rule below a running header is so much of the page's width."""
NEXT_LINE = 1.6
"""Times its size that the next line of a paragraph stands below a line, at most."""
WORD = 4.0
"""Em by which a paragraph's lines are of different length, at most, but for the last."""
RULE = 3.0
"""Points: what is drawn no wider is a rule, no higher no upright one."""
COLUMN_RULES = 3
"""Upright rules beside a table's head; two are a frame around the page."""
ALONE = ("alone top", "alone")
"""Names of the series of numbers that stand alone at the top and at the bottom of their pages."""

_ROMAN = re.compile(r"(?<![^\W\d_])[ivxlc]{1,7}(?![^\W_])", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_OPENER = re.compile(r"[^\w\s]|o|[(\[]?(?:\d{1,3}|[a-z]|[ivxlc]{1,5})[.)\]]?", re.IGNORECASE)
_ALONE = re.compile(
    r"(?:p(?:age|ág(?:ina)?|g|\.)?\.?|seite|стр\.?)?\s*[-–—|\[(]*\s*(\d{1,4}|[ivxlc]{1,7})\s*"
    r"(?:(?:/|of|de|sur|von|out of)\s*\d{1,4})?\s*[-–—|\])]*",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Candidate:
    """A line near a page's edge; ``place`` is its distance from that edge, negative at the bottom."""

    page: int
    line: Line
    place: float
    masked: str


def roman(text: str) -> int | None:
    """The value of a Roman numeral, or None."""
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    total = previous = 0
    for letter in reversed(text.lower()):
        value = values.get(letter)
        if value is None:
            return None
        total += value if value >= previous else -value
        previous = max(previous, value)
    return total or None


def masked(text: str) -> str:
    """A line's text as it returns from page to page: folded, numbers as "#"."""
    return _NUMBER.sub("#", fold(text)) or text.strip()


def _candidates(sheet: Sheet, lines: Sequence[Line], page: int) -> list[Candidate]:
    top = sorted((ln for ln in lines if ln.y1 <= EDGE * sheet.height), key=lambda ln: ln.y0)
    # A line that a raised number opens is a note: notes of a few words are often alike.
    low = [ln for ln in lines if ln.y0 >= (1 - EDGE) * sheet.height and not ln.mark]
    bottom = sorted(low, key=lambda ln: -ln.y1)
    found = [Candidate(page, ln, ln.base, masked(ln.text)) for ln in top]
    return found + [Candidate(page, ln, ln.base - sheet.height, masked(ln.text)) for ln in bottom]


def _openers(candidates: Sequence[Candidate], lines: Mapping[int, list[Line]], returning: set[int]) -> set[int]:
    """The ids of bullets and numbers that open a text beside them which does not return itself.

    Lists that begin at the head of their pages, or end at the foot, have them at one place on every page.
    """
    found: set[int] = set()
    for c in candidates:
        if c.line.text and _OPENER.fullmatch(c.line.text) is None:
            continue
        for other in lines[c.page]:
            near = 0 <= other.x0 - c.line.x1 <= OPENER_GAP * other.size
            if near and abs(other.base - c.line.base) <= 0.25 * other.size and id(other) not in returning:
                found.add(id(c.line))
    return found


def _table_heads(
    candidates: Sequence[Candidate], sheets: Mapping[int, Sheet], lines: Mapping[int, list[Line]], returning: set[int]
) -> set[int]:
    """The ids of returning lines that are the head of a table: its upright rules go on beside what does not return."""
    found: set[int] = set()
    for c in candidates:
        if c.place < 0 or id(c.line) not in returning:
            continue
        rules = sorted(
            (s for s in sheets[c.page].shapes if s.width < RULE and s.height > RULE and not s.white), key=lambda s: s.y0
        )
        reach: dict[int, float] = {}
        for rule in rules:
            x = round(rule.x0 / 2)
            if rule.y0 <= (c.line.y0 + c.line.y1) / 2 <= rule.y1 or (x in reach and rule.y0 <= reach[x] + RULE):
                reach[x] = max(reach.get(x, 0.0), rule.y1)
        end = max(reach.values(), default=0.0)
        if len(reach) >= COLUMN_RULES and any(
            ln.y0 >= c.line.y1 and ln.y1 <= end and id(ln) not in returning for ln in lines[c.page]
        ):
            found.add(id(c.line))
    return found


def _run_on(candidates: Sequence[Candidate], lines: Mapping[int, list[Line]], returning: set[int]) -> set[int]:
    """The ids of returning lines whose sentence goes on in a line that does not return: paragraphs may begin alike."""
    found: set[int] = set()
    for c in (c for c in candidates if c.place > 0 and id(c.line) in returning):
        line = c.line
        for other in lines[c.page]:
            below = 0 < other.base - line.base <= NEXT_LINE * line.size and other.style.key == line.style.key
            column = abs(other.x0 - line.x0) <= RULE and line.x1 >= other.x1 - WORD * line.size
            if below and column and other.text[:1].islower() and id(other) not in returning:
                found.add(id(line))
    return found


def _returning(candidates: Sequence[Candidate], pages: int) -> set[int]:
    """The ids of lines whose masked text returns at one place on enough pages."""
    often = min(OFTEN, pages) if pages > 1 else 2
    groups: defaultdict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        groups[candidate.masked].append(candidate)
    found: set[int] = set()
    for group in groups.values():
        group.sort(key=lambda c: c.place)
        start = 0
        for index, candidate in enumerate(group):
            if candidate.place - group[max(index - 1, 0)].place > SAME_PLACE:
                start = index
            same = group[start : index + 1]
            if len({c.page for c in same}) >= often:
                found.update(id(c.line) for c in same)
        if "#" in group[0].masked and group[0].masked != "#":
            found -= _counted_otherwise(group)
    return found


def _counted_otherwise(group: Sequence[Candidate]) -> set[int]:
    """The ids of lines that are alike but for numbers which do not count the pages: "Chapter 2", "Annex 3"."""
    texts = Counter(c.line.text for c in group)
    offsets: Counter[tuple[int, int]] = Counter()
    own: dict[int, list[tuple[int, int]]] = {}
    for c in group:
        numbers = enumerate(_NUMBER.findall(c.line.text))
        own[id(c.line)] = [(position, int(number) - c.page) for position, number in numbers]
        offsets.update(own[id(c.line)])
    return {id(c.line) for c in group if texts[c.line.text] < 2 and all(offsets[key] < 2 for key in own[id(c.line)])}


def _numbers(candidates: Sequence[Candidate], returning: set[int]) -> dict[int, tuple[str, int]]:
    """Page → (printed number, id of its line), for numbers that count along with the pages."""
    series: defaultdict[tuple[str, int, str], list[tuple[int, str, int, int]]] = defaultdict(list)
    for c in candidates:
        alone = _ALONE.fullmatch(c.line.text)
        if alone is not None:
            value = int(alone[1]) if alone[1].isdigit() else roman(alone[1])
            if value is not None:
                kind = "arabic" if alone[1].isdigit() else "roman"
                series[ALONE[c.place < 0], 0, kind].append((c.page, alone[1], value, id(c.line)))
        elif id(c.line) in returning:
            for position, match in enumerate(_NUMBER.finditer(c.line.text)):
                series[c.masked, position, "arabic"].append((c.page, match[0], int(match[0]), id(c.line)))
            for position, match in enumerate(_ROMAN.finditer(c.line.text)):
                value = roman(match[0])
                if value is not None:
                    series[c.masked, position, "roman"].append((c.page, match[0], value, id(c.line)))
    found: dict[int, tuple[str, int]] = {}
    # The longest count wins, of two equally long ones the number that stands alone: notes may count along with pages.
    for _, entries in sorted(series.items(), key=lambda own: (len(own[1]), own[0][0] in ALONE)):
        offsets = Counter(value - page for page, _, value, _ in entries)
        steady = {offset for offset, count in offsets.items() if count >= 2}
        agreeing = [e for e in entries if e[2] - e[0] in steady]
        if len({e[0] for e in agreeing}) >= 2 and len(agreeing) >= STEADY * len(entries):
            found.update({page: (text, line) for page, text, _, line in agreeing})
    return found


def part(
    sheets: Sequence[Sheet], lines: Sequence[list[Line]], pdf_labels: Sequence[str | None]
) -> tuple[list[list[Line]], list[str | None]]:
    """Each page's lines without header and footer, and the label printed on each page (None where none is).

    A page number that stands alone on the only page of a file is believed when it is the outermost line.
    """
    candidates = [c for sheet, own in zip(sheets, lines, strict=True) for c in _candidates(sheet, own, sheet.number)]
    pages = sum(bool(own) for own in lines)
    returning = _returning(candidates, pages)
    numbers = _numbers(candidates, returning)
    by_page = {sheet.number: own for sheet, own in zip(sheets, lines, strict=True)}
    spared = _table_heads(candidates, {sheet.number: sheet for sheet in sheets}, by_page, returning)
    spared |= _run_on(candidates, by_page, returning)
    spared |= _openers(candidates, by_page, returning) - {line for _, line in numbers.values()}
    if spared:
        candidates = [c for c in candidates if id(c.line) not in spared]
        returning -= spared
        numbers = _numbers(candidates, returning)
    if pages == 1:
        numbers = _single(candidates, pdf_labels)
    drop = {line for _, line in numbers.values()} | _connected(candidates, returning)
    if pages < OFTEN:
        drop |= {found for sheet in sheets for found in _ruled_off(sheet, by_page[sheet.number])}
    kept = [[ln for ln in own if id(ln) not in drop] for own in lines]
    labels = [numbers[s.number][0] if s.number in numbers else None for s in sheets]
    if not numbers:
        labels = list(pdf_labels)
    return kept, labels


def _ruled_off(sheet: Sheet, lines: Sequence[Line]) -> set[int]:
    """The ids of the topmost line's pieces where the page's only long rule parts it from the text.

    One or two pages cannot show what returns; a title is larger or bold, a table has more rules.
    """
    rules = [s for s in sheet.shapes if s.height < RULE and s.width >= LONG_RULE * sheet.width and not s.white]
    if len({round(rule.y0) for rule in rules}) != 1 or not lines:
        return set()
    top = min(lines, key=lambda ln: ln.base)
    usual = Counter(ln.size for ln in lines).most_common(1)[0][0]
    plain = top.size <= usual and not top.style.bold and top.y1 <= EDGE * sheet.height
    if not plain or not -RULE <= rules[0].y0 - top.y1 <= top.size:
        return set()
    return {id(ln) for ln in lines if ln.y1 <= rules[0].y0 + RULE}


def _connected(candidates: Sequence[Candidate], returning: set[int]) -> set[int]:
    """Returning lines that lie at the outer edge of their page: a header does not stand below running text."""
    by_edge: defaultdict[tuple[int, bool], list[Candidate]] = defaultdict(list)
    for c in candidates:
        by_edge[c.page, c.place < 0].append(c)
    found: set[int] = set()
    for group in by_edge.values():
        strangers = 0
        for c in sorted(group, key=lambda c: abs(c.place))[: 3 * DEEPEST]:
            if id(c.line) in returning:
                if strangers <= 1:
                    found.add(id(c.line))
            elif _ALONE.fullmatch(c.line.text) is None:
                strangers += 1
    return found


def _single(candidates: Sequence[Candidate], pdf_labels: Sequence[str | None]) -> dict[int, tuple[str, int]]:
    for c in sorted(candidates, key=lambda c: c.line.y0 if c.place > 0 else -c.line.y1):
        alone = _ALONE.fullmatch(c.line.text)
        if alone is not None and (c.place < 0 or alone[1] in pdf_labels):
            return {c.page: (alone[1], id(c.line))}
    return {}
