"""Headings and their levels, from four witnesses: outline, contents page, typography and numbering."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.ids import fold
from corpus.model import BlockKind
from ingest.layout.divisions import division
from ingest.layout.geometry import Line, hull
from ingest.layout.paragraphs import LABEL, Draft

LONGEST = 220
"""Characters: longer than this is a paragraph, however it is set."""
LARGER = 0.8
"""Points above the body's size that make a line a heading by size alone."""
LONGEST_BOLD = 100
"""Characters: a longer stretch of the body's own type is emphasis, not a heading."""
TITLE_WORDS = 6
TITLE_ECHO = 0.7
"""A line of so many words, this share of them on the cover, repeats the document's title."""
SMALLER = 1.2
"""Points below the body's size under which bold type is a table's or box's own."""
RUNNING_SHARE = 0.08
"""A style that sets so much of all letters is running text wherever it stands."""
RUNNING_LONG = 0.3
"""A style is running text only where so much of it stands in stretches too long for a heading: a law's articles set
more than RUNNING_SHARE of its letters in their headings."""
LEVELS = 6
RARE = 3
"""Headings: a style seen no oftener has no rank of its own."""
TOP_SHARE = 0.1
"""The most prominent style is a rank however rare, when it sets so much of all headings: a short text has few."""
TWIN = 0.34
"""A style in capitals is its twin in small letters when it is seen at most this many times as often."""
STEADY = 0.8
"""The share of a style's entries that must agree on its level."""
CAPTION = re.compile(
    r"^(?i:figure|fig\.|table|tableau|tabla|chart|graph|graphique|gráfico|box|encadré|diagram|map|carte|mapa|photo|cuadro)"
    r"\s*(?:\d{1,3}|[A-Z]|[IVX]{1,4})(?:[.:–-]|\s|$)",
)
_NUMBERED = re.compile(r"^(?:(\d{1,2}(?:\.\d{1,2})*)\.?|([IVX]{1,5}|[A-Z])[.)])\s+\S")
_SOURCE = re.compile(r"(?:sources?|fuentes?|notes?|notas?)\s*:", re.IGNORECASE)
"""What stands below a table or figure."""
_ADDRESS = re.compile(r"(?:https?:|www\.|\S+@)", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
StyleKey = tuple[float, bool, bool, str, bool, bool]
"""Size, bold, italic, family, coloured, all capitals."""


@dataclass(frozen=True, slots=True)
class BodyStyle:
    """How the running text is set; ``running`` holds every (size, family, bold, coloured) with a real share of it."""

    size: float
    font: str
    tinted: bool
    running: frozenset[tuple[float, str, bool, bool]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading that the outline or a contents page names; ``page`` is physical, None where only a label is known."""

    title: str
    level: int
    page: int | None
    label: str = ""

    @property
    def key(self) -> str:
        return bare(self.title)


def bare(title: str) -> str:
    """A heading's words as compared: folded, without spaces (contents pages break and space them differently)."""
    return fold(title).replace(" ", "")


def body_style(lines: Sequence[Line]) -> BodyStyle:
    """How most of the document's letters are set, and every style that runs through much of it."""
    letters: Counter[tuple[float, str, bool, bool]] = Counter()
    for line in lines:
        letters[line.size, line.style.font, line.style.bold, line.style.tinted] += len(line.text)
    if not letters:
        return BodyStyle(11.0, "", False, frozenset())
    size, font, _, tinted = letters.most_common(1)[0][0]
    enough = RUNNING_SHARE * letters.total()
    return BodyStyle(size, font, tinted, frozenset(key for key, count in letters.items() if count >= enough))


def in_long_stretches(body: BodyStyle, drafts: Sequence[Draft]) -> BodyStyle:
    """The body's style with only those running styles that set paragraphs, tables or notes, not short lines alone."""
    letters: Counter[tuple[float, str, bool, bool]] = Counter()
    long: Counter[tuple[float, str, bool, bool]] = Counter()
    for draft in drafts:
        for line in draft.lines:
            key = (line.size, line.style.font, line.style.bold, line.style.tinted)
            letters[key] += len(line.text)
            if draft.rows or len(draft.text) > LONGEST_BOLD:
                long[key] += len(line.text)
    return replace(body, running=frozenset(k for k in body.running if long[k] >= RUNNING_LONG * letters[k]))


def style_of(draft: Draft) -> StyleKey:
    line = draft.lines[0]
    return (*line.style.key, _caps(draft.text) and not division(draft.text))


def _caps(text: str) -> bool:
    letters = [c for c in text[:LONGEST] if c.isalpha()]
    return len(letters) >= 4 and sum(c.isupper() for c in letters) >= 0.9 * len(letters)


def is_caption(text: str) -> bool:
    """Whether a text is the title of a table or figure; "Table 2 shows ..." is a sentence about one."""
    match = CAPTION.match(text)
    if match is None:
        return False
    rest = text[match.end() :].lstrip()
    return text[match.end() - 1] in ".:–-" or not rest[:1].islower()


def _plausible(draft: Draft, named: bool) -> bool:
    """Whether a draft has a heading's form, whatever its type; what the outline names may look like a list's item."""
    text = LABEL.sub("", draft.text) if named else draft.text
    if not text or len(text) > LONGEST or draft.rows or not _LETTER.search(text) or len(draft.lines) > 4:
        return False
    if draft.kind is BlockKind.LIST_ITEM and not draft.label and not named:
        return False
    ended = text[-1] == "." and not text.endswith(("etc.", "...")) and not division(text)
    if text[0].islower() or text[-1] in ",;" or ended:
        return False
    if is_caption(text) or _SOURCE.match(text):
        return False
    return len(text.split()) <= 30 and sum(c.isalpha() for c in text) >= 0.45 * len(text.replace(" ", ""))


def prominent(draft: Draft, body: BodyStyle) -> bool:
    """Whether a draft stands out from the body as headings do."""
    size, bold, _, font, tinted, caps = style_of(draft)
    if (size, font, bold, tinted) in body.running and not caps:
        return False
    if size >= body.size + LARGER:
        return True
    if size < body.size - SMALLER:
        return False
    if bold and all(ln.style.bold for ln in draft.lines):
        return True
    short = len(draft.text) <= LONGEST_BOLD
    if tinted and not body.tinted and short and draft.gap > 0.3 * size and not _ADDRESS.match(draft.text):
        return True
    if caps and len(draft.text.split()) <= 14 and draft.gap > 0.4 * size:
        return True
    other = font not in {key[1] for key in body.running} and draft.text[-1] != ":"
    return other and size >= body.size - 0.2 and draft.gap > 0.5 * size and short


def find(
    drafts: Sequence[Draft],
    body: BodyStyle,
    named: Sequence[Entry],
    labels: Sequence[str | None],
    cover: frozenset[str],
) -> None:
    """Turn the drafts that are headings into headings, with levels.

    ``named`` are the outline's and the contents pages' entries, ``labels`` the printed labels by physical page − 1,
    ``cover`` the folded words of the cover: an annex that repeats the document's title has no heading there.
    """
    body = in_long_stretches(body, drafts)
    by_key: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in named:
        by_key[entry.key].append(entry)
    found: list[Draft] = []
    anchored: dict[int, int] = {}
    asking = _asking(drafts)
    for draft in drafts:
        match = _named(draft, by_key, labels)
        if not _plausible(draft, match is not None):
            continue
        if match is not None and len(draft.text) > 3:
            anchored[id(draft)] = match.level
            found.append(draft)
        elif prominent(draft, body) and not _question(draft, body, asking):
            found.append(draft)
    outside = {style_of(d) for d in found if not d.boxed}
    found = [d for d in found if not d.boxed or id(d) in anchored or style_of(d) in outside]
    common = {key for key, count in Counter(style_of(d) for d in found).items() if count > RARE}
    if anchored:
        found = [
            d for d in found
            if id(d) in anchored or style_of(d) in common or not (_centred(d) or _repeats(d, cover))
        ]  # fmt: skip
    styles = _levels(found, anchored, body)
    deeper, settled = _within_style(found, anchored), _settled(found, anchored)
    for draft in found:
        draft.kind = BlockKind.HEADING
        draft.label = ""
        draft.level = min(styles[style_of(draft)] + deeper.get(id(draft), 0), LEVELS)
        if id(draft) in anchored and style_of(draft) not in settled:
            draft.level = anchored[id(draft)]


def _settled(found: Sequence[Draft], anchored: dict[int, int]) -> set[StyleKey]:
    """The styles that have one level so plainly that an entry which says otherwise is overruled."""
    votes: defaultdict[StyleKey, Counter[int]] = defaultdict(Counter)
    for draft in found:
        if id(draft) in anchored:
            votes[style_of(draft)][anchored[id(draft)]] += 1
    return {key for key, own in votes.items() if own.most_common(1)[0][1] >= max(5, STEADY * own.total())}


def _centred(draft: Draft) -> bool:
    """Whether a draft is set in the middle of its column, as titles on an annex's first page are."""
    left, right = draft.area.x0 - draft.left, draft.left + draft.column - draft.area.x1
    return left > 20 and abs(left - right) < 8


def _repeats(draft: Draft, cover: frozenset[str]) -> bool:
    words = fold(draft.text).split()
    return len(words) >= TITLE_WORDS and sum(w in cover for w in words) >= TITLE_ECHO * len(words)


def _asking(drafts: Sequence[Draft]) -> frozenset[StyleKey]:
    """The styles of a questionnaire's items: at least half of what they number asks something."""
    numbered: Counter[StyleKey] = Counter()
    asked: Counter[StyleKey] = Counter()
    for draft in drafts:
        if draft.label and draft.lines:
            numbered[style_of(draft)] += 1
            asked[style_of(draft)] += "?" in draft.text
    return frozenset(key for key, count in asked.items() if count > RARE and count >= 0.5 * numbered[key])


def _question(draft: Draft, body: BodyStyle, asking: frozenset[StyleKey]) -> bool:
    """Whether a draft that only weight sets apart is a questionnaire's item or a bold paragraph."""
    if division(draft.text):
        return False
    only_bold = draft.lines[0].size < body.size + LARGER and draft.lines[0].style.font == body.font
    numbered = LABEL.match(draft.text) is not None
    asks = numbered and ("?" in draft.text or style_of(draft) in asking)
    return only_bold and (len(draft.text) > LONGEST_BOLD or asks)


def merge_broken(drafts: list[Draft], body: BodyStyle) -> list[Draft]:
    """Drafts with the lines of one heading together, which its own wide line step had parted."""
    out: list[Draft] = []
    for draft in drafts:
        last = out[-1] if out else None
        if last is not None and _one_heading(last, draft, body):
            last.lines += draft.lines
            last.text = f"{last.text} {draft.text}"
            last.area = hull([last.area, draft.area])
        else:
            out.append(draft)
    return out


def _one_heading(first: Draft, second: Draft, body: BodyStyle) -> bool:
    a, b = first.lines[-1], second.lines[0]
    plain = second.kind is BlockKind.PARAGRAPH and (first.kind is BlockKind.PARAGRAPH or bool(first.label))
    same = first.page == second.page and plain and a.style.key == b.style.key
    near = 0 < b.base - a.base < 1.85 * a.size
    if same and 0 < b.base - a.base < 2.5 * a.size and division(first.text, alone=True) and not division(second.text):
        return True
    if same and near and a.style.bold and b.text[:1].islower() and first.text[-1] not in ".:?":
        return True
    large = near and a.size >= body.size + LARGER
    if not (same and large) or _NUMBERED.match(second.text) or first.text[-1] in ".:?":
        return False
    wide = a.width + (len(second.text.split(" ", 1)[0]) + 1) * b.width / max(len(b.text), 1)
    return b.text[:1].islower() or wide > 0.9 * max(second.column, a.width)


def _named(draft: Draft, by_key: Mapping[str, list[Entry]], labels: Sequence[str | None]) -> Entry | None:
    """The outline's or contents page's entry for a draft: the same words on the same page."""
    if not by_key or len(draft.text) > LONGEST:
        return None
    keys = (bare(draft.text), bare(LABEL.sub("", draft.text)))
    label = labels[draft.page - 1] if draft.page <= len(labels) else None
    for entry in (entry for key in keys if key for entry in by_key.get(key, ())):
        if entry.page == draft.page or (entry.page is None and entry.label in (label, "")):
            return entry
    return None


def _levels(found: Sequence[Draft], anchored: dict[int, int], body: BodyStyle) -> dict[StyleKey, int]:
    """Level of every style: by the votes of its anchored headings, else by its rank among the anchored ones.

    Emphasis in the body's own size ranks below every style that outline or contents name; a rare style shares the rank
    of the next common one, and one that only its family tells from a named style shares that one's.
    """
    votes: defaultdict[StyleKey, Counter[int]] = defaultdict(Counter)
    depth: defaultdict[StyleKey, Counter[int]] = defaultdict(Counter)
    for draft in found:
        key = style_of(draft)
        depth[key][_depth(draft.text)] += 1
        if id(draft) in anchored:
            votes[key][anchored[id(draft)]] += 1
    levels = {key: counts.most_common(1)[0][0] for key, counts in votes.items()}
    # A few headings that happen to be all capitals are not a rank of their own.
    rare = {
        k
        for k in depth
        if k[5] and k not in levels and depth[k].total() <= TWIN * depth.get((*k[:5], False), Counter()).total()
    }
    level = 0
    deepest = max(levels.values(), default=0)
    last: StyleKey | None = None
    ranked = sorted(depth.keys() - rare, key=lambda k: (_prominence(k), k not in votes, -depth[k].total(), k[3]))
    for key in ranked:
        if key in levels:
            level = max(level, levels[key])
        elif last is not None and _prominence(last) == _prominence(key):
            levels[key] = level or 1
        else:
            numbered = depth[key].most_common(1)[0][0]
            above = max(level, deepest) if key[0] < body.size + LARGER else level
            levels[key] = numbered if numbered and not votes else above + 1
            top = last is None and depth[key].total() >= TOP_SHARE * len(found)
            if depth[key].total() <= RARE and not top:
                continue
            level = levels[key]
        last = key
    for key in rare:
        levels[key] = levels[(*key[:5], False)]
    return {key: max(1, min(value, LEVELS)) for key, value in levels.items()}


def _prominence(key: StyleKey) -> tuple[float, bool, bool, bool, bool]:
    size, bold, italic, _, tinted, caps = key
    return (-size, not bold, not tinted, not caps, italic)


def _depth(text: str) -> int:
    """How deep a heading's own number goes: "2." is 1, "2.3" is 2; 0 where it has none."""
    match = _NUMBERED.match(text)
    if match is None:
        return 0
    return match[1].count(".") + 1 if match[1] else 1


def _within_style(found: Sequence[Draft], anchored: dict[int, int]) -> dict[int, int]:
    """Draft → ranks below its style's own, where numbers or words of division tell ranks that the type does not."""
    deeper: dict[int, int] = {}
    by_style: defaultdict[StyleKey, list[Draft]] = defaultdict(list)
    for draft in found:
        by_style[style_of(draft)].append(draft)
    for own in by_style.values():
        for rank_of in (division, _depth):
            ranks = sorted({rank_of(d.text) for d in own} - {0})
            told = sum(rank_of(d.text) > 0 for d in own)
            if len(ranks) > 1 and told >= 0.3 * len(own) and not any(id(d) in anchored for d in own):
                deeper.update({id(d): ranks.index(r) for d in own if (r := rank_of(d.text))})
                break
    return deeper
