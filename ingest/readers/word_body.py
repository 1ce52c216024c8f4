"""A walk over the body of a Word document: its paragraphs, lists, tables, text boxes and notes as blocks.

What the document's last state shows is kept: tracked insertions and moves to a place stay; deletions, moves from a
place, hidden text, comments and field codes go.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from corpus.model import Block, BlockKind
from ingest.clean import one_line
from ingest.layout.flow import rows_text
from ingest.readers.markup import is_heading_text
from ingest.readers.tables import LAYOUT_CELL_WORDS, SPAN_MAX
from ingest.readers.word_styles import LEVELS, Numbering, Styles, is_on, value, whole, written

_THROUGH = frozenset({"hyperlink", "ins", "moveTo", "smartTag", "fldSimple", "customXml", "bdo", "dir", "sdtContent"})
"""Elements that only hold what belongs to the text around them."""

_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_DRAWN = frozenset({"drawing", "pict", "object", "mc:AlternateContent"})
_MARKS = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_STRUCTURE = frozenset({BlockKind.HEADING, BlockKind.TABLE, BlockKind.BOX})
_CONTENTS_GALLERIES = frozenset({"table of contents", "bibliographies", "table of figures"})


@dataclass
class Notes:
    """A document's foot- or endnotes by their id, how their marks are written, and how many were met."""

    texts: dict[str, Element]
    style: str
    met: int = 0


@dataclass
class _Line:
    """A paragraph's text as it gathers."""

    parts: list[str] = field(default_factory=list)
    drawn: list[Element] = field(default_factory=list)
    bold: bool = False
    plain: bool = False

    def add(self, text: str, bold: bool) -> None:
        self.parts.append(text)
        if not text.isspace() and text:
            self.bold = self.bold or bold
            self.plain = self.plain or not bold


@dataclass
class Walk:
    """Walks a body; ``titles`` are the paragraphs in the style of a title, ``pairs`` the rows of two-column tables."""

    styles: Styles
    numbering: Numbering
    notes: dict[str, Notes]
    titles: list[str] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    footnotes: list[Block] = field(default_factory=list)
    tracked: bool = False
    embedded: bool = False
    _heading_level: int = 0

    def blocks(self, holder: Element, inside: bool = False, furniture: bool = False) -> list[Block]:
        """The blocks of a body, or of what is ``inside`` of a cell, a box or a note."""
        found: list[Block] = []
        line = _Line()
        for element in _flow(holder):
            if element.tag == "p":
                self._gather(element, line, self._bold(element))
                if _mark_is_deleted(element):
                    continue  # the paragraph runs on into the next one
                found += self._paragraph(element, line, inside, furniture)
                line = _Line()
            elif element.tag == "tbl":
                found += self._table(element, inside, furniture)
            elif element.tag == "sdt":
                contents = value(element, "sdtPr", "docPartObj", "docPartGallery") or ""
                listed = furniture or contents.lower() in _CONTENTS_GALLERIES
                inner = element.find("sdtContent")
                found += self.blocks(inner, inside, listed) if inner is not None else []
            elif element.tag == "altChunk":
                self.embedded = True
        return found

    # ------------------------------------------------------------------------------------------ paragraphs

    def _style(self, paragraph: Element) -> str:
        return value(paragraph, "pPr", "pStyle") or self.styles.default

    def _bold(self, paragraph: Element) -> bool:
        return self.styles.bold(self._style(paragraph))

    def _paragraph(self, element: Element, line: _Line, inside: bool, furniture: bool) -> Iterator[Block]:
        """A paragraph as blocks (two line breaks part it), then the text boxes that hang on it."""
        style = self._style(element)
        texts = [text for part in "".join(line.parts).split("\n\n") if (text := one_line(part))]
        label, depth = self._label(element, style)
        for nth, text in enumerate(texts):
            if furniture or self.styles.is_furniture(style):
                yield Block(kind=BlockKind.FURNITURE, text=text)
            elif nth == 0:
                yield self._block(element, style, text, label, depth, not inside and line.bold and not line.plain)
            else:
                yield Block(kind=BlockKind.PARAGRAPH, text=text)
        for drawn in line.drawn:
            yield from self._box(drawn)

    def _block(self, element: Element, style: str, text: str, label: str | None, depth: int, all_bold: bool) -> Block:
        told = whole(value(element, "pPr", "outlineLvl"))
        level = self.styles.level(style) if told is None else (min(told + 1, 6) if told < LEVELS else 0)
        labelled = f"{label} {text}" if label else text
        if level:
            if self.styles.is_title(style):
                self.titles.append(text)
            self._heading_level = level
            return Block(kind=BlockKind.HEADING, text=labelled, level=level)
        if label is not None:
            return Block(kind=BlockKind.LIST_ITEM, text=labelled, level=depth + 1, label=label)
        if self.styles.is_caption(style):
            return Block(kind=BlockKind.CAPTION, text=text)
        if all_bold and is_heading_text(text):
            return Block(kind=BlockKind.HEADING, text=text, level=min(self._heading_level + 1, 6))
        return Block(kind=BlockKind.PARAGRAPH, text=text)

    def _label(self, element: Element, style: str) -> tuple[str | None, int]:
        """The label of a paragraph that is a list's item (blank for a bullet, None for no item), and its depth."""
        number, depth = self.styles.numbering(style)
        own = element.find("pPr/numPr")
        if own is not None:
            number = value(own, "numId") or number
            depth = whole(value(own, "ilvl")) or 0
        if not number or number == "0":
            return None, 0
        label = self.numbering.next(number, depth)
        return None if label is None else one_line(label), max(depth, self.styles.deeper(style))

    def _gather(self, element: Element, line: _Line, bold: bool) -> None:
        """Add the text of a paragraph, or of what stands in one, to a line."""
        for child in element:
            if child.tag == "r":
                self._run(child, line, bold)
            elif child.tag in ("del", "moveFrom"):
                self.tracked = True
            elif child.tag in _THROUGH:
                self.tracked = self.tracked or child.tag in ("ins", "moveTo")
                self._gather(child, line, bold)
            elif child.tag == "sdt":
                for content in child.findall("sdtContent"):
                    self._gather(content, line, bold)
            elif child.tag in ("m:oMath", "m:oMathPara"):
                line.add("".join(part.text or "" for part in child.iter() if part.tag in ("m:t", "t")), bold)
            elif child.tag == "mc:AlternateContent":
                line.drawn.append(child)

    def _run(self, run: Element, line: _Line, bold: bool) -> None:
        told = run.find("rPr")
        if is_on(told, "vanish"):
            return
        own = is_on(told, "b")
        bold = bold if own is None else own
        for child in run:
            if child.tag == "t":
                line.add(child.text or "", bold)
            elif child.tag in _SIGNS:
                line.add(_SIGNS[child.tag], bold)
            elif child.tag == "br" and child.get("type", "textWrapping") == "textWrapping":
                line.add("\n", bold)
            elif child.tag in _MARKS:
                if self._note(child, run):
                    return
            elif child.tag == "ruby":
                for base in child.findall("rubyBase"):
                    self._gather(base, line, bold)
            elif child.tag in _DRAWN:
                line.drawn.append(child)

    # ------------------------------------------------------------------------------------------ notes and boxes

    def _note(self, mark: Element, run: Element) -> bool:
        """Take the note that a mark stands for; True where the mark's own sign follows in the run."""
        notes = self.notes[_MARKS[mark.tag]]
        custom = mark.get("customMarkFollows") in ("1", "true", "on")
        label = "".join(part.text or "" for part in run.iter("t")).strip() if custom else ""
        if not custom:
            notes.met += 1
            label = written(notes.met, notes.style)
        note = notes.texts.pop(mark.get("id", ""), None)
        if note is not None:
            place = len(self.footnotes)
            text = " ".join(block.text for block in self.blocks(note, inside=True)).removeprefix(label).strip()
            self.footnotes.insert(place, Block(kind=BlockKind.FOOTNOTE, text=text, label=label))
        return custom

    def _box(self, drawn: Element) -> Iterator[Block]:
        """The text boxes of a drawing; where it is there in two forms, only one is taken."""
        for content in _contents(drawn):
            text = "\n".join(block.text for block in self.blocks(content, inside=True))
            if text:
                yield Block(kind=BlockKind.BOX, text=text, side=True)

    # ------------------------------------------------------------------------------------------ tables

    def _table(self, table: Element, inside: bool, furniture: bool) -> list[Block]:
        """A table by rows and cells; one that only arranges a page is taken as the text that it holds."""
        cells = [[self._cell(cell) for cell in _cells(row)] for row in _rows(table)]
        held = [block for row in cells for blocks, _ in row for block in blocks]
        boxes = [block for block in held if block.side]
        if furniture:
            return [Block(kind=BlockKind.FURNITURE, text=block.text) for block in held]
        if any(_is_layout(blocks) for row in cells for blocks, _ in row):
            return held
        rows = tuple(tuple(_spread(row)) for row in cells)
        rows = tuple(row for row in rows if any(row))
        if not rows:
            return boxes
        text = rows_text(rows)
        if len(cells) == 1 and len(cells[0]) == 1:
            text = "\n".join(block.text for block in held if not block.side)
            return [Block(kind=BlockKind.BOX, text=text), *boxes]
        if not inside and all(len(row) == 2 for row in rows):
            self.pairs += [(row[0].rstrip(": "), row[1]) for row in rows]
        return [Block(kind=BlockKind.TABLE, text=text, rows=rows), *boxes]

    def _cell(self, cell: Element) -> tuple[list[Block], int]:
        """What a cell holds and how many columns it spans; a cell that goes on from the one above holds nothing."""
        span = min(whole(value(cell, "tcPr", "gridSpan")) or 1, SPAN_MAX)
        told = cell.find("tcPr")
        for merge in ("vMerge", "hMerge"):
            element = told.find(merge) if told is not None else None
            if element is not None and element.get("val", "continue") == "continue":
                return [], span
        return self.blocks(cell, inside=True), span


def _is_layout(blocks: list[Block]) -> bool:
    structured = any(
        block.kind in (BlockKind.HEADING, BlockKind.TABLE, BlockKind.BOX) for block in blocks if not block.side
    )
    return structured or sum(len(block.text.split()) for block in blocks) > LAYOUT_CELL_WORDS


def _spread(row: list[tuple[list[Block], int]]) -> Iterator[str]:
    """A row's cells as texts, as many as it has columns: a cell over several stands once, in the first."""
    for blocks, span in row:
        yield " ".join(block.text for block in blocks if not block.side)
        yield from [""] * (span - 1)


def _rows(table: Element) -> Iterator[Element]:
    for row in _flow(table):
        if row.tag == "sdt":
            yield from (inner for content in row.findall("sdtContent") for inner in _rows(content))
        elif row.tag == "tr" and row.find("trPr/del") is None:
            yield row


def _cells(row: Element) -> Iterator[Element]:
    for cell in _flow(row):
        if cell.tag == "sdt":
            yield from (inner for content in cell.findall("sdtContent") for inner in _cells(content))
        elif cell.tag == "tc" and cell.find("tcPr/cellDel") is None:
            yield cell


def _flow(holder: Element) -> Iterator[Element]:
    """What stands in a holder, through elements that only wrap it; the first form of what is there in several."""
    for element in holder:
        if element.tag in _THROUGH:
            yield from _flow(element)
        elif element.tag == "mc:AlternateContent":
            first = next(iter(element), None)
            yield from _flow(first) if first is not None else ()
        else:
            yield element


def _mark_is_deleted(paragraph: Element) -> bool:
    return paragraph.find("pPr/rPr/del") is not None


def _contents(drawn: Element) -> list[Element]:
    """The outermost text boxes in a drawing, of the first of its forms that has any."""
    if drawn.tag == "txbxContent":
        return [drawn]
    found: list[Element] = []
    for child in drawn:
        found += _contents(child)
        if found and drawn.tag == "mc:AlternateContent":
            break
    return found
