"""Lines → paragraphs and list items: where one ends, and what its words are."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.model import BlockKind
from ingest.layout.characters import is_bullet
from ingest.layout.divisions import division
from ingest.layout.furniture import roman
from ingest.layout.geometry import Line, Rect, hull
from ingest.layout.join import join
from ingest.layout.lines import COUNT

LEADING = 1.28
"""A step to the next line of more than this times the usual one parts paragraphs."""
NOTHING_ABOVE = 99.0
"""The gap, in points, over what opens a column or box."""
FEW_STEPS = 3
"""Line steps of one size: fewer tell nothing."""
RESTYLED = 0.7
"""Points: a change of size by more starts a new paragraph."""
SAME_EDGE = 1.5
"""Points: ink begins at one edge although a "1" is narrower than a "2"."""
LABEL = re.compile(rf"^({COUNT})\s+(?=\S)")
"""The count that opens a list item, with words after it."""
DASHES = frozenset("–—-*·o")
"""Bullets that are as often something else: a dash between clauses, the Spanish "or", a remark's star."""
CLAUSE_SIGNS = frozenset(":;,–—")
"""What goes on with a sentence at a line's beginning, in French with a space before it."""
ENDS = re.compile(r"[.!?:;…][\"”’»)\]]*$")
"""What a sentence or a lead-in ends with."""


@dataclass(slots=True)
class Words:
    """What a document's own words tell about its hyphens (see ``join.keeps_hyphen``)."""

    known: Collection[str] = frozenset()
    hyphenates: bool = True


@dataclass(slots=True)
class Draft:
    """A block in the making: its lines, and what they turned out to be."""

    lines: list[Line]
    page: int
    kind: BlockKind = BlockKind.PARAGRAPH
    text: str = ""
    label: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    side: bool = False
    boxed: bool = False
    continues: bool = False
    cut: bool = False
    """True where the block's last word is cut by the page's end."""
    area: Rect = field(default_factory=lambda: Rect(0, 0, 0, 0))
    left: float = 0.0
    column: float = 0.0
    """Left edge and width of the column that the block stands in, in points."""
    gap: float = NOTHING_ABOVE
    """Points of white above, large where nothing stands above."""


_WORD = re.compile(r"[^\W\d_]+(?:[-‐'’][^\W\d_]+)*")


def learn_words(lines: Iterable[Line]) -> Words:
    """The words that a document writes within its lines, and whether its typesetter cuts words at line ends."""
    known: Counter[str] = Counter()
    cuts: list[tuple[str, str]] = []
    before: Line | None = None
    for line in lines:
        words = _WORD.findall(line.text)
        if before is not None and before.hyphen:
            cuts.append((before.text, line.text))
            words = words[1:]
        known.update(w.casefold() for w in (words[:-1] if line.hyphen else words))
        before = line
    vocabulary = frozenset(known)
    soft = hard = strange = 0
    for first, second in cuts:
        left, right = _last_word(first), _first_word(second)
        if left + right in vocabulary:
            soft += 1
        elif f"{left}-{right}" in vocabulary:
            hard += 1
        elif left.islower() and right.islower() and left not in vocabulary and right not in vocabulary:
            strange += 1
    undecided = soft + hard < 3 and (len(cuts) > 20 or strange > 0.5 * len(cuts))
    return Words(vocabulary, soft > hard or undecided)


def _last_word(text: str) -> str:
    found = _WORD.findall(text)
    return found[-1].casefold() if found else ""


def _first_word(text: str) -> str:
    found = _WORD.search(text)
    return found[0].casefold() if found else ""


def joined(lines: Sequence[Line], words: Words) -> tuple[str, bool]:
    """The lines' words as running text, and whether the last one is cut."""
    text = ""
    for line in lines:
        text = join(text, line.text, words.known, words.hyphenates) if text else line.text
        if line.hyphen:
            text += "-"
    return text, bool(lines) and lines[-1].hyphen


Steps = Mapping[float, float]
"""The usual distance of baselines, in points, for each size of type."""


def usual_steps(lines: Sequence[Line]) -> Steps:
    """The common line step of each size in a stretch of text; a size seen too seldom is left out."""
    steps: defaultdict[float, list[float]] = defaultdict(list)
    for a, b in pairwise(lines):
        if a.size == b.size and 0 < b.base - a.base < 2.4 * a.size:
            steps[a.size].append(b.base - a.base)
    return {size: _common(own) for size, own in steps.items() if len(own) >= FEW_STEPS}


def _common(steps: Sequence[float]) -> float:
    """The smallest step that is common: paragraphs of one line put larger steps between lines as often."""
    counts = Counter(round(s * 2) / 2 for s in steps)
    most = counts.most_common(1)[0][1]
    return min(step for step, count in counts.items() if count >= 0.5 * most)


def split(lines: Sequence[Line], page: int, steps: Steps, boxed: bool = False) -> list[Draft]:
    """One region's lines as paragraphs and items, texts still unwritten; ``steps`` are the usual line steps."""
    drafts: list[Draft] = []
    if not lines:
        return drafts
    before: Line | None = None
    for index, line in enumerate(lines):
        current = drafts[-1] if drafts else None
        near = lines[max(index - 3, 0) : index + 3]
        if (
            current is None
            or before is None
            or _begins(line, before, current, hull(near), steps.get(line.size, 1.3 * line.size))
        ):
            gap = line.y0 - before.y1 if before is not None else NOTHING_ABOVE
            drafts.append(Draft([line], page, boxed=boxed, gap=gap))
        else:
            current.lines.append(line)
        before = line
    column = hull(lines)
    for draft in drafts:
        draft.area, draft.left, draft.column = hull(draft.lines), column.x0, column.width
    return drafts


def _begins(line: Line, before: Line, current: Draft, area: Rect, step: float) -> bool:
    """Whether ``line`` opens a new paragraph after ``before``."""
    down = line.base - before.base
    own_step = max(step, 1.1 * line.size)
    if abs(line.size - before.size) > RESTYLED:
        return True
    if down <= 0 or (down > LEADING * own_step and down > 1.25 * line.size):
        return not (down <= 0 and not ENDS.search(before.text) and _flows(before, line))
    if opens_item(line, before) or _next_item(current.lines[0], line) or (line.style.bold and division(line.text)):
        return True
    if line.style.bold != before.style.bold and (before.hyphen is False) and len(line.text) > 2:
        return not _mid_sentence(before, line, area)
    if before.hyphen:
        return False
    left = min(ln.x0 for ln in current.lines)
    indent = line.x0 - before.x0
    ended = bool(ENDS.search(before.text))
    if indent > 0.9 * line.size and line.x0 - left > 0.9 * line.size and len(current.lines) > 1 and ended:
        return True
    if current.lines[0].opener and line.x0 < current.lines[0].x0 - 3:
        return ended or not _flows(before, line)
    if _hangs(current.lines, line) and (ended or line.text[:1].isdigit()):
        return True
    if not line.text[:1].islower():
        return _room_left(before, line, area, ended)
    return False


def _hangs(lines: Sequence[Line], line: Line) -> bool:
    """Whether a line stands out to the left where the paragraph's first line does (entries of a list of sources)."""
    first, rest = lines[0], lines[1:]
    deep = bool(rest) and rest[0].x0 - first.x0 > 0.9 * first.size
    return deep and all(abs(ln.x0 - rest[0].x0) < SAME_EDGE for ln in rest) and abs(line.x0 - first.x0) < SAME_EDGE


def _flows(before: Line, line: Line) -> bool:
    return line.text[:1].islower() and abs(before.size - line.size) < RESTYLED


def _mid_sentence(before: Line, line: Line, area: Rect) -> bool:
    """Whether emphasis merely changes in the middle of a sentence: not at the line's end, or before a lower letter."""
    if ENDS.search(before.text):
        return before.text[-1] == ":" and line.text[:1].islower()
    unbroken = before.runs[-1].bold == line.runs[0].bold and _room(before, line, area) <= 0.8 * line.size
    return unbroken or line.text[:1].islower() or line.text[:1] in CLAUSE_SIGNS


def _room_left(before: Line, line: Line, area: Rect, ended: bool) -> bool:
    """Whether the line before stopped although the next word would have fitted."""
    room = _room(before, line, area)
    return room > (0.8 if ended else 4.0) * line.size and (ended or room > 0.25 * area.width)


def _room(before: Line, line: Line, area: Rect) -> float:
    """Points that the line before has left over beyond what the next line's first word would need."""
    word = line.text.split(" ", 1)[0]
    per_letter = line.width / max(len(line.text), 1)
    return area.x1 - before.x1 - (len(word) + 1) * per_letter


def opens_item(line: Line, before: Line | None = None) -> bool:
    """Whether a line opens a list item: a bullet, or a count that a gap or an ended line sets apart."""
    sign = bullet_of(line)
    if sign:
        return sign not in DASHES or before is None or _set_apart(line, before) or bullet_of(before) == sign
    if line.opener and LABEL.match(line.opener + " x"):
        return True
    return LABEL.match(line.text) is not None and (
        before is None or _set_apart(line, before) or line.x0 < before.x0 - 2
    )


def bullet_of(line: Line) -> str:
    """The bullet that opens a line, '' where none does."""
    font = line.runs[0].font
    if line.opener and is_bullet(line.opener, font):
        return line.opener
    return line.text[0] if line.text[1:2] == " " and is_bullet(line.text[0], font) else ""


def _set_apart(line: Line, before: Line) -> bool:
    """Whether the line before ended its sentence or clause, or this one stands further in."""
    if before.hyphen:
        return False
    return bool(ENDS.search(before.text)) or before.text[-1:] == "," or line.x0 > before.x0 + 3


def _next_item(first: Line, line: Line) -> bool:
    """Whether a line carries on the count that the current item's first line began, at the same edge."""
    one, other = LABEL.match(first.text), LABEL.match(line.text)
    if one is None or other is None or abs(first.x0 - line.x0) > 3:
        return False
    left, right = one[1].strip("()."), other[1].strip("().")
    if left.isdigit() and right.isdigit():
        return int(right) == int(left) + 1
    if len(left) == len(right) == 1 and ord(right) == ord(left) + 1:
        return True
    return (roman(right) or 0) == (roman(left) or 0) + 1 > 1


def write(draft: Draft, words: Words) -> None:
    """Fill a draft's text, label and kind (paragraph or list item) from its lines."""
    draft.text, draft.cut = joined(draft.lines, words)
    first = draft.lines[0]
    sign = bullet_of(first)
    match = LABEL.match(draft.text)
    if sign:
        draft.kind, draft.level = BlockKind.LIST_ITEM, 1
        draft.text = draft.text.removeprefix(sign).lstrip()
    elif match is not None:
        draft.kind, draft.label, draft.level = BlockKind.LIST_ITEM, match[1], 1


def set_depths(drafts: Sequence[Draft]) -> None:
    """Depth of list items on one page by the indentation of neighbours in the same list, in whichever column."""
    stack: list[float] = []
    before: Draft | None = None
    for draft in drafts:
        if before is not None and draft.gap == NOTHING_ABOVE and draft.area.y0 < before.area.y0:
            stack = [x + draft.left - before.left for x in stack]
        before = draft
        if draft.kind is not BlockKind.LIST_ITEM:
            if draft.kind is BlockKind.HEADING or draft.area.x0 < min(stack, default=0.0):
                stack = []
            continue
        x = draft.lines[0].x0
        while stack and x < stack[-1] - 4:
            stack.pop()
        if not stack or x > stack[-1] + 4:
            stack.append(x)
        draft.level = min(len(stack), 6)
