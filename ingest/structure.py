"""Blocks into sections and passages.

A section is what stands under one heading.  Its text is cut into passages of even length: at the borders of blocks
where that can be, else between sentences, between rows of a table, or, in text that has neither, between words.  The
cuts are those of least cost over the whole section (dynamic programming), so that nothing is left over at its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, groupby, pairwise

from corpus.ids import Ids, fold
from corpus.model import Block, BlockKind, Page, PageTurn, Passage, Section
from ingest.layout.join import join
from ingest.reading import Reading
from ingest.statements import sentences

WORDS_MIN = 150
WORDS_MAX = 220
"""A passage aims at this length: long enough to be understood alone, short enough to be read as an answer."""

WORDS_HARD = 400
"""A sentence longer than this (a listing, a broken file) is cut between words."""

SENTENCE_CUT_FROM = 80
"""Only blocks of more words are cut within: a short paragraph stays whole."""

SENTENCE_MIN = 5
"""A shorter sentence is not parted from the one before it."""

ATOMS_MAX = 100
"""A passage is made of no more pieces: a list of ten thousand single words is to be cut as fast as any text."""

WORD_CHARACTERS = 40
"""A longer run without a space counts as several words: some scripts write none."""

WINDOW = 12_000
"""A block is searched for sentences in stretches of so many characters: a file of one line must not cost its square."""

CUT_IN_BLOCK = 0.15
CUT_IN_LIST = 0.03
CUT_AFTER_LEAD_IN = 0.6
"""What a cut costs beside the lengths that it makes; a border between paragraphs costs nothing."""

_OUTSIDE = frozenset({BlockKind.FOOTNOTE, BlockKind.FURNITURE})
_WORD = re.compile(r"\w+(?:[-‐]\w+)*")
_LONG_WORD = re.compile(rf"\S{{{WORD_CHARACTERS + 1},}}")
_SPACE_AT_WINDOW = re.compile(r"(?<=[.!?])\s+(?=\S)|\s+(?=\S)")
_NOTE_MARKS = re.compile(r"^[\s\d,]*$")


@dataclass
class _Unit:
    """A block as it runs, over pages if need be: ``turns`` are (offset, page) from the first page on."""

    kind: BlockKind
    text: str
    turns: list[tuple[int, Page]] = field(default_factory=list)
    private: bool = False


@dataclass
class _Part:
    """A section as it gathers: its running units, and its side boxes, which are passages of their own."""

    section: Section
    units: list[_Unit] = field(default_factory=list)
    boxes: list[_Unit] = field(default_factory=list)


@dataclass(frozen=True)
class _Atom:
    """A stretch of a unit that is never cut; ``cost`` is that of a cut before it."""

    unit: _Unit
    start: int
    end: int
    words: int
    cost: float


def build(reading: Reading, doc: str, language: str) -> tuple[tuple[Section, ...], tuple[Passage, ...]]:
    """The sections and passages of a reading, for the document ``doc`` in ``language``.

    Every word of the running text, list items, tables, captions and boxes stands in exactly one passage, in order;
    headings, notes and furniture stand in none.  Private blocks make passages of their own.
    """
    parts = [part for part in _parts(reading) if part.units or part.boxes or part.section.heading]
    ids = Ids(doc)
    passages: list[Passage] = []
    for index, part in enumerate(parts):
        runs = [*(list(run) for _, run in groupby(part.units, lambda u: u.private)), *([box] for box in part.boxes)]
        for atoms in (cut for run in runs for cut in _cut(run)):
            text, turns, items = _assemble(atoms)
            passages.append(
                Passage(
                    id=ids.make("p", text),
                    doc=doc,
                    ordinal=len(passages),
                    section=index,
                    path=part.section.path,
                    text=text,
                    language=language,
                    turns=turns,
                    items=items,
                    private=atoms[0].unit.private,
                )
            )
    return tuple(part.section for part in parts), tuple(passages)


# ---------------------------------------------------------------------------------------------- sections


def _parts(reading: Reading) -> list[_Part]:
    """The document by its headings; the heading that repeats the title opens no section of its own name."""
    title = fold(reading.title)
    known = _words_of(reading)
    parts = [_Part(Section(heading="", level=0, path=()))]
    above: list[Block] = []
    for page in reading.pages:
        for block in page.blocks:
            if block.kind in _OUTSIDE or not block.text.strip():
                continue
            if block.kind is not BlockKind.HEADING:
                _add(parts[-1], block, page, known)
                continue
            above = [h for h in above if h.level < block.level]
            if block.level > 1 or fold(block.text) != title:
                above.append(block)
            path = tuple(h.text for h in above)
            heading = path[-1] if path else ""
            parts.append(_Part(Section(heading, block.level if path else 0, path, page.number, page.label)))
    return parts


def _words_of(reading: Reading) -> frozenset[str]:
    """The folded words of a document, by which a word cut by a page's end is mended."""
    if not any(block.continues for page in reading.pages for block in page.blocks):
        return frozenset()
    return frozenset(w for page in reading.pages for b in page.blocks for w in _WORD.findall(b.text.casefold()))


def _add(part: _Part, block: Block, page: Page, known: frozenset[str]) -> None:
    """Put a block into its section: beside it, on to the block that it continues, or after the last."""
    if block.side or block.kind is BlockKind.BOX:
        part.boxes.append(_Unit(block.kind, block.text, [(0, page)], block.private))
    elif block.continues and part.units and part.units[-1].private == block.private:
        last = part.units[-1]
        last.text = f"{last.text}\n{block.text}" if block.rows else join(last.text, block.text, known)
        last.turns.append((len(last.text) - len(block.text), page))
    else:
        part.units.append(_Unit(block.kind, block.text, [(0, page)], block.private))


# ---------------------------------------------------------------------------------------------- cuts


def _cut(units: Sequence[_Unit]) -> Iterator[list[_Atom]]:
    """The passages of a run of units, each as its atoms: the cuts of least cost.

    ``best[j]`` is the least cost of the first j atoms as whole passages, ``back[j]`` where the last of them begins.
    """
    total = sum(_count(unit.text) for unit in units)
    atoms = list(_atoms(units, whole=total <= WORDS_MAX))
    ends = [0, *accumulate(atom.words for atom in atoms)]
    best, back = [0.0], [0]
    for j in range(1, len(ends)):
        least, at = float("inf"), j - 1
        for i in range(j - 1, max(j - ATOMS_MAX, 0) - 1, -1):
            words = ends[j] - ends[i]
            if words > WORDS_MAX and i < j - 1:
                break
            cost = best[i] + _length_cost(words) + atoms[i].cost
            if cost < least:
                least, at = cost, i
        best.append(least)
        back.append(at)
    cuts = [len(atoms)]
    while cuts[-1] > 0:
        cuts.append(back[cuts[-1]])
    cuts.reverse()
    for start, end in pairwise(cuts):
        yield atoms[start:end]


def _length_cost(words: int) -> float:
    """What a passage's length costs: little between the bounds, ever more below them."""
    middle = (WORDS_MIN + WORDS_MAX) / 2
    short = max(0.0, (WORDS_MIN - words) / WORDS_MIN)
    return short * short + 0.05 * ((words - middle) / middle) ** 2


def _atoms(units: Sequence[_Unit], whole: bool) -> Iterator[_Atom]:
    """The stretches of units between which a cut may fall; with ``whole``, units as they are."""
    before: _Unit | None = None
    for unit in units:
        cost = _border_cost(before, unit)
        inner = CUT_IN_LIST if unit.kind is BlockKind.TABLE else CUT_IN_BLOCK
        for start, end in [(0, len(unit.text))] if whole else _stretches(unit):
            yield _Atom(unit, start, end, _count(unit.text[start:end]), cost)
            cost = inner
        before = unit


def _border_cost(before: _Unit | None, unit: _Unit) -> float:
    if before is None or unit.kind is not BlockKind.LIST_ITEM:
        return 0.0
    if before.kind is BlockKind.LIST_ITEM:
        return CUT_IN_LIST
    return CUT_AFTER_LEAD_IN


def _stretches(unit: _Unit) -> Iterator[tuple[int, int]]:
    """A unit between the places where it may be cut, none longer than WORDS_HARD words."""
    text = unit.text
    if unit.kind is BlockKind.TABLE:
        borders = [found.end() for found in re.finditer("\n", text)]
    elif _count(text) <= SENTENCE_CUT_FROM:
        borders = []
    else:
        borders = [start + border for start, end in _windows(text) for border in _sentence_borders(text[start:end])]
        borders = list(_apart(text, borders))
    for start, end in zip([0, *borders], [*borders, len(text)], strict=True):
        if _count(text[start:end]) > WORDS_HARD:
            yield from _hard(text, start, end)
        elif text[start:end].strip():
            yield start, end


def _apart(text: str, borders: list[int]) -> Iterator[int]:
    """Those borders that leave SENTENCE_MIN words or more before them."""
    last = 0
    for border in borders:
        if border - last > SENTENCE_MIN and text.count(" ", last, border) >= SENTENCE_MIN - 1:
            yield border
            last = border


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of at most WINDOW characters or so, ended after a sentence, else at a space, else anywhere."""
    start = 0
    while len(text) - start > WINDOW:
        tail = list(_SPACE_AT_WINDOW.finditer(text, start + WINDOW - 1_000, start + WINDOW))
        stops = [m for m in tail if text[m.start() - 1] in ".!?"]
        end = (stops or tail)[-1].end() if tail else start + WINDOW
        yield start, end
        start = end
    yield start, len(text)


def _sentence_borders(text: str) -> Iterator[int]:
    """Where in a stretch a sentence begins, but for its first."""
    end = 0
    for sentence in sentences.split(text):
        gap = text[end : sentence.start]
        if end and "\n" in gap:
            yield end + gap.rindex("\n") + 1
        elif end and _NOTE_MARKS.match(gap):
            yield sentence.start
        end = sentence.end


def _hard(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch without sentences, in pieces of WORDS_MAX words."""
    words = list(re.finditer(rf"\S{{1,{WORD_CHARACTERS}}}\s*", text[start:end]))
    for at in range(0, len(words), WORDS_MAX):
        piece = words[at : at + WORDS_MAX]
        yield start + piece[0].start(), start + piece[-1].end()


def _count(text: str) -> int:
    """How many words a text has, very long ones counted by their length."""
    longer = sum(len(word) // WORD_CHARACTERS for word in _LONG_WORD.findall(text))
    return len(text.split()) + longer


# ---------------------------------------------------------------------------------------------- passages


def _assemble(atoms: Sequence[_Atom]) -> tuple[str, tuple[PageTurn, ...], tuple[int, ...]]:
    """The text of a passage, where its pages turn, and where its list items begin."""
    text, turns, items = "", list[PageTurn](), list[int]()
    at = 0
    while at < len(atoms):
        unit, start = atoms[at].unit, atoms[at].start
        while at < len(atoms) and atoms[at].unit is unit:
            at += 1
        end = atoms[at - 1].end
        start += len(unit.text[start:end]) - len(unit.text[start:end].lstrip())
        offset = len(text) + 1 if text else 0
        text = f"{text}\n{unit.text[start:end].rstrip()}" if text else unit.text[start:end].rstrip()
        if unit.kind is BlockKind.LIST_ITEM and start == 0:
            items.append(offset)
        turns += _turns(unit, start, end, offset, turns[-1].page if turns else None)
    return text, tuple(turns), tuple(items)


def _turns(unit: _Unit, start: int, end: int, offset: int, page: int | None) -> Iterator[PageTurn]:
    """The turns within a stretch of a unit that stands at ``offset`` of its passage; ``page`` is the page before it."""
    current = [p for begin, p in unit.turns if begin <= start][-1:]
    later = [(begin, p) for begin, p in unit.turns if start < begin < end]
    for begin, turned in [*((start, p) for p in current), *later]:
        if turned.number is not None and turned.number != page:
            page = turned.number
            yield PageTurn(offset=offset + begin - start, page=page, label=turned.label)
