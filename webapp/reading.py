"""A page of a document as it is shown: blocks gathered into lists and boxes, quotations found in their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from corpus.model import Block, BlockKind, Page, Passage, Section, Statement, Value
from corpus.quoting import find

KEPT_MOST = 24
"""Characters of a word that is kept whole with its mark; a longer one may be an address, wider than a telephone."""
LONG_CELL = 80
"""Characters from which a table's cell is text to read and wants a column to read it in, also on a telephone."""
BULLET = " • "
HEAD_CELL_MOST = 40
"""Characters of a column's name at most; longer first rows are the middle of a table that began a page earlier."""
HEAD_COLUMNS = 3
"""Columns from which a first row is taken for names: tables of two are mostly lists of persons, dates or fields."""


class Piece(Value, frozen=True):
    """A run of a block's text: whether it is in the quotation looked for, in which statement, and what ends with it."""

    text: str
    marked: bool = False
    first: bool = False
    """The first words of the quotation on this page: what its address jumps to."""
    kind: str = ""
    ending: tuple[Statement, ...] = ()

    @property
    def tail(self) -> str:
        """The last word where a statement ends: no line may break between it and the statement's mark."""
        last = self.text[self.text.rfind(" ") + 1 :] if self.ending else ""
        return last if len(last) <= KEPT_MOST else ""

    @property
    def head(self) -> str:
        """All before the tail."""
        return self.text.removesuffix(self.tail)


class ShownCell(Value, frozen=True):
    """One cell of a table: its lines, whether it is text to read, whether it names its column."""

    lines: tuple[str, ...]
    long: bool = False
    names_column: bool = False


class ShownBlock(Value, frozen=True):
    """One block, ready to be drawn: ``tag`` is its heading's level in the page's own order (2–6), 0 for the others."""

    block: Block
    pieces: tuple[Piece, ...]
    tag: int = 0
    anchor: str = ""
    first_marked: bool = False

    @property
    def bullet(self) -> str:
        """What stands before a list item's words: its mark, a dash where it has none, nothing where they begin so."""
        label = self.block.label
        return "" if label and self.block.text.startswith(label) else label or "–"

    @property
    def rows(self) -> tuple[tuple[ShownCell, ...], ...]:
        """A table's rows, ready to be drawn."""
        named = self.has_column_names
        return tuple(
            tuple(
                ShownCell(lines=cell_lines(cell), long=len(cell) >= LONG_CELL, names_column=named and not place)
                for cell in row
            )
            for place, row in enumerate(self.block.rows)
        )

    @property
    def has_column_names(self) -> bool:
        """Whether a table's first row names its columns, as far as its look tells."""
        first = self.block.rows[0] if len(self.block.rows) > 1 else ()
        return len(first) >= HEAD_COLUMNS and all(cell and len(cell) <= HEAD_CELL_MOST for cell in first)


class Run(Value, frozen=True):
    """Neighbouring blocks that are drawn as one thing: ``shape`` is "list", "box", or the kind of its single block."""

    shape: str
    blocks: tuple[ShownBlock, ...]


class ShownPage(Value, frozen=True):
    """A page's running text as runs, and its notes; ``ocr`` as the model's page has it."""

    number: int | None
    label: str | None
    runs: tuple[Run, ...]
    notes: tuple[Block, ...]
    ocr: float | None = None

    @property
    def placed(self) -> frozenset[str]:
        """The statements whose end is marked in the text; in tables none is."""
        running = (s for run in self.runs for s in run.blocks if not s.block.rows)
        return frozenset(s.id for shown in running for piece in shown.pieces for s in piece.ending)


def show(
    page: Page,
    sections: Sequence[Section] = (),
    statements: Sequence[Statement] = (),
    quotation: Passage | Statement | None = None,
) -> ShownPage:
    """Draw a page; ``statements`` are those that stand on it, ``quotation`` is what to mark."""
    looked_for = lines_on(quotation, page.number) if quotation else ()
    tags = _heading_tags(page.running)
    anchors = _anchors(page, sections)
    shown: list[ShownBlock] = []
    found_one = False
    for place, block in enumerate(page.running):
        spans = _merged(spot for line in looked_for if (spot := _spot(block, line)))
        first = bool(spans) and not found_one
        shown.append(
            ShownBlock(
                block=block,
                pieces=_cut(block, spans, statements, spans[0][0] if first else None),
                tag=tags.get(place, 0),
                anchor=anchors.get(place, ""),
                first_marked=first,
            )
        )
        found_one = found_one or bool(spans)
    return ShownPage(number=page.number, label=page.label, runs=tuple(_runs(shown)), notes=page.footnotes, ocr=page.ocr)


def lines_on(quotation: Passage | Statement, number: int | None) -> tuple[str, ...]:
    """The quotation's lines that stand on a page; a passage is cut where the page turns."""
    text = quotation.text
    if isinstance(quotation, Passage) and quotation.turns and number is not None:
        starts = [t.offset for t in quotation.turns] + [len(text)]
        here = [text[starts[i] : starts[i + 1]] for i, t in enumerate(quotation.turns) if t.page == number]
        text = "\n".join(here)
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def words_on(page: Page, quotation: Passage | Statement) -> tuple[str, ...]:
    """The words of a quotation that stand on a page, also of a statement that a page break cuts in two."""
    lines = lines_on(quotation, page.number)
    if isinstance(quotation, Passage) or quotation.span.page == quotation.span.page_end:
        return lines
    spots = ((block, _spot(block, line)) for block in page.running for line in lines)
    return tuple(block.text[spot[0] : spot[1]] for block, spot in spots if spot)


def block_of(blocks: Sequence[Block], quotation: Passage | Statement, number: int | None) -> int:
    """The place of the block in which a quotation begins; 0 where it is not found."""
    first = next(iter(lines_on(quotation, number)), "")
    return next((place for place, block in enumerate(blocks) if _spot(block, first)), 0)


def heading_of(blocks: Sequence[Block], section: Section) -> int:
    """The place of the heading that begins a section; 0 where it is not found."""
    named = (n for n, block in enumerate(blocks) if block.kind is BlockKind.HEADING and block.text == section.heading)
    return next(named, 0)


def cell_lines(cell: str) -> tuple[str, ...]:
    """The lines of a table's cell: a bullet inside it begins one."""
    first, *others = cell.split(BULLET)
    return (first, *(BULLET.lstrip() + other for other in others))


def _spot(block: Block, quoted: str) -> tuple[int, int] | None:
    """Where a quotation stands in a block.

    Of a heading only the whole: the sentence below often begins with the heading's very words.
    """
    if block.kind is BlockKind.HEADING:
        return (0, len(quoted)) if quoted and quoted == block.text else None
    return find(block.text, quoted)


def on_page(statements: Iterable[Statement], number: int | None) -> tuple[Statement, ...]:
    """The statements that stand on a page, wholly or in part."""
    return tuple(s for s in statements if _covers(s, number))


def _covers(statement: Statement, number: int | None) -> bool:
    span = statement.span
    if number is None or span.page is None:
        return number is span.page
    return span.page <= number <= (span.page_end or span.page)


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _cut(
    block: Block, spans: list[tuple[int, int]], statements: Sequence[Statement], first: int | None
) -> tuple[Piece, ...]:
    """A block's text cut wherever the quotation or a statement begins or ends; at ``first`` the quotation begins."""
    text = block.text
    said = [(spot, s) for s in statements if (spot := _spot(block, s.text))]
    edges = sorted({0, len(text), *(edge for span in spans for edge in span), *(e for spot, _ in said for e in spot)})
    pieces = []
    for start, end in pairwise(edges):
        over = [s for (begin, stop), s in said if begin <= start and end <= stop]
        pieces.append(
            Piece(
                text=text[start:end],
                marked=any(begin <= start and end <= stop for begin, stop in spans),
                first=start == first,
                kind=over[0].kind.value if over else "",
                ending=tuple(s for (_, stop), s in said if stop == end),
            )
        )
    return tuple(pieces)


def _heading_tags(blocks: Iterable[Block]) -> dict[int, int]:
    """The level each heading has in this page's own outline: from 2 (the title is 1), never jumping, at most 6."""
    tags: dict[int, int] = {}
    above: list[int] = []
    for place, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            while above and above[-1] >= block.level:
                above.pop()
            above.append(block.level)
            tags[place] = min(1 + len(above), 6)
    return tags


def _anchors(page: Page, sections: Sequence[Section]) -> dict[int, str]:
    """Anchors of the page's headings that begin a section: ``section-<index>``."""
    starting = [(i, s) for i, s in enumerate(sections) if s.page == page.number]
    anchors: dict[int, str] = {}
    for place, block in enumerate(page.running):
        if block.kind is BlockKind.HEADING:
            match = next((pair for pair in starting if pair[1].heading == block.text), None)
            if match:
                starting.remove(match)
                anchors[place] = f"section-{match[0]}"
    return anchors


def _shape(shown: ShownBlock) -> str:
    kind = shown.block.kind
    return "list" if kind is BlockKind.LIST_ITEM else "box" if kind is BlockKind.BOX else ""


def _runs(shown: list[ShownBlock]) -> Iterator[Run]:
    for (shape, _), members in groupby(shown, key=lambda s: (_shape(s), s.block.side)):
        blocks = tuple(members)
        if shape:
            yield Run(shape=shape, blocks=blocks)
        else:
            yield from (Run(shape=b.block.kind.value, blocks=(b,)) for b in blocks)
