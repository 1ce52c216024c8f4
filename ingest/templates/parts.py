"""A page cut at its labels: what stands under each of them, wherever a format puts labels.

A label is a heading, a row of a table of fields, a line of its own ("Dates"), or the beginning of a line ("Dates:
2019 – 2021").  What comes between the title and the first label is the page's introduction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as each

from corpus.ids import fold
from corpus.model import Block, BlockKind, Page
from ingest.layout.join import join
from ingest.templates.labels import FACTS, Template, key_of

_OUTSIDE = frozenset({BlockKind.FOOTNOTE, BlockKind.FURNITURE})
_INLINE = re.compile(r"^(?P<label>[^:：\n]{2,60}?)\s*[:：]\s*(?P<value>\S.*)$", re.DOTALL)
_ENDED = re.compile(r"[.!?:;…][\"”’»)\]]*$")
_SHORT = FACTS - {"detail", "private", "aside"}
"""Fields whose values are names, dates and numbers, never paragraphs."""

VALUE_WORDS = 20
"""A longer paragraph is no value of theirs."""

_BETWEEN_VALUES = re.compile(r"\s*;\s+(?=[^\W_a-z])|\n+")
"""Where the values of a field part: at a line's end, or at a semicolon before a capital or a figure."""


@dataclass
class Piece:
    """One paragraph, list item or value; ``heading`` is the page's own sub-heading above it."""

    text: str
    item: bool = False
    heading: str = ""
    page_label: str = ""


@dataclass
class Part:
    """What stands under one label; ``label`` is as printed, blank for the introduction."""

    label: str
    field: str
    level: int = 0
    pieces: list[Piece] = each(default_factory=list)

    @property
    def values(self) -> list[str]:
        """The pieces as single values."""
        return [v.strip() for piece in self.pieces for v in _BETWEEN_VALUES.split(piece.text) if v.strip()]


def labels_in(pages: Sequence[Page], template: Template) -> list[str]:
    """The folded labels of a template on these pages, in order, repeats included."""
    return [key_of(part.label) for part in parts_of(pages, template, "") if part.label]


def parts_of(pages: Sequence[Page], template: Template, title: str) -> list[Part]:
    """The page's parts in order, the introduction first; the heading that is its ``title`` belongs to none."""
    return _Cut(pages, template, title).run()


class _Cut:
    """Goes through the blocks with the part that they now belong to."""

    def __init__(self, pages: Sequence[Page], template: Template, title: str) -> None:
        self.pages = pages
        self.template = template
        self.title = fold(title)
        blocks = [b for page in pages for b in page.blocks if b.kind is BlockKind.HEADING]
        self.headed = {key_of(b.text) for b in blocks if template.field_of(b.text)}
        told = [b for b in blocks if self._field_of(b) not in ("", *FACTS)]
        self.left = len(told)
        self.top = told[0].level if told else 0
        self.parts = [Part("", "summary")]
        self.current: Part | None = self.parts[0]
        self.sub = ""
        self.last: Piece | None = None
        self.private = False
        self.page = 0
        """The page that is gone through, counted from 0."""
        self.told: tuple[Part, Piece, int] | None = None
        """The last piece of text, its part, and the page on which it was said."""

    def run(self) -> list[Part]:
        for number, page in enumerate(self.pages):
            self.page = number
            for block in page.blocks:
                if block.kind not in _OUTSIDE and block.text.strip():
                    self._block(block, page.label or "")
        return self.parts

    def _field_of(self, block: Block) -> str:
        return self.template.field_of(block.text)

    def _block(self, block: Block, page: str) -> None:
        self.private = block.private
        if block.kind is BlockKind.HEADING:
            self._heading(block)
        elif block.rows:
            self._rows(block, page)
        elif block.side or block.kind is BlockKind.BOX:
            for line in block.text.split("\n"):
                self._fact_on_line(line, page)
        elif block.continues and self.last is not None:
            self.last.text = join(self.last.text, block.text)
        elif not (
            self._ends_label(block)
            or self._is_label(block)
            or self._labelled(block, page)
            or self._is_of_other_column(block, page)
        ):
            self._say(block.text, block.kind is BlockKind.LIST_ITEM, page)

    # ------------------------------------------------------------------------------------------ labels

    def _heading(self, block: Block) -> None:
        found = self._field_of(block)
        self.last = None
        if found:
            self.left -= found not in FACTS
            self._begin(block.text, found, block.level)
        elif self.title and fold(block.text) == self.title:
            self.current = self.parts[0]
            self.parts[0].pieces.clear()  # what stands above the title is the site's
            self.sub = ""
        elif self.current is self.parts[0]:
            self.sub = block.text if block.level <= self.top else ""
        elif self.current is not None and self.current.field not in FACTS:
            inside = block.level > self.current.level or self.left > 0
            self.sub = block.text if inside else ""
            self.current = self.current if inside else None
        else:
            self.current = None

    def _begin(self, label: str, found: str, level: int) -> Part:
        self.current = Part(label.strip(" :*"), found, level)
        self.parts.append(self.current)
        self.sub = ""
        return self.current

    def _ends_label(self, block: Block) -> bool:
        """Pass over the end of a label in brackets that a print broke over two lines."""
        part = self.current
        begun = part is not None and not part.pieces and part.label.count("(") > part.label.count(")")
        return begun and block.text.endswith(")") and "(" not in block.text

    def _is_label(self, block: Block) -> bool:
        """Take a line that is nothing but a label."""
        found = self._field_of(block)
        entry = block.kind is BlockKind.LIST_ITEM and not block.label  # "1. Context" is a heading, "• Context" is not
        if not found or (found not in FACTS and entry):
            return False
        if key_of(block.text) in self.headed:
            return False
        self.last = None
        level = self.current.level if self.current is not None else 0
        self._begin(block.text, found, level)
        return True

    def _labelled(self, block: Block, page: str) -> bool:
        """Take a line that begins with a label, unless the page has that label as a heading."""
        told = _INLINE.match(block.text)
        found = self.template.field_of(told["label"]) if told else ""
        if told is None or not found or key_of(told["label"]) in self.headed:
            return False
        if found in FACTS:
            return self._fact_on_line(block.text, page)
        if block.kind is not BlockKind.PARAGRAPH:
            return False
        self._begin(told["label"], found, self.current.level if self.current is not None else 0)
        self._say(told["value"], False, page)
        return True

    def _fact_on_line(self, line: str, page: str) -> bool:
        """Take a line like "Dates: 2019 – 2021" without leaving the part that it stands in."""
        told = _INLINE.match(line)
        found = self.template.field_of(told["label"]) if told else ""
        if told is None or found not in FACTS:
            return False
        self.parts.append(Part(told["label"].strip(" *"), found, pieces=[Piece(told["value"], page_label=page)]))
        return True

    # ------------------------------------------------------------------------------------------ what is said

    def _is_of_other_column(self, block: Block, page: str) -> bool:
        """Take what goes on from the page before where fields of short values stand beside those of text.

        A print has both columns' parts of each page one after the other: the text goes on after the next page's values.
        """
        if self.told is None or block.kind is not BlockKind.PARAGRAPH or self.told[2] == self.page:
            return False
        part, piece, _ = self.told
        fragment = block.text[:1].islower() and not _ENDED.search(piece.text)
        if self.current is part:
            return fragment  # the end of a value: the page's own layout says that it does not continue the text
        if self.current is None or self.current.field not in _SHORT:
            return False
        if fragment:
            piece.text = join(piece.text, block.text)
            self.current, self.last = part, piece
        elif len(block.text.split()) > VALUE_WORDS:
            self.current, self.sub = part, piece.heading
            self._say(block.text, False, page)
        else:
            return False
        return True

    def _rows(self, block: Block, page: str) -> None:
        """Take a table of labels and values; any other table is text of the part it stands in."""
        rows = [(row[0], row[1]) for row in block.rows if len(row) == 2]
        known = [(label, value, self.template.field_of(label)) for label, value in rows]
        if len(rows) < len(block.rows) or not any(found for _, _, found in known):
            self._say("\n".join(" | ".join(cell for cell in row if cell) for row in block.rows), False, page)
            return
        self.last = None
        for label, value, found in known:
            if found:
                told = [Piece(v, page_label=page) for v in _BETWEEN_VALUES.split(value) if v.strip()]
                self.parts.append(Part(label.strip(" :*"), found, pieces=told))

    def _say(self, text: str, item: bool, page: str) -> None:
        if self.current is not None and not self.private:
            self.last = Piece(text, item, self.sub, page)
            self.current.pieces.append(self.last)
            if self.current.field not in FACTS:
                self.told = (self.current, self.last, self.page)


def split(pages: Sequence[Page], template: Template) -> Iterator[tuple[str, list[Page]]]:
    """The page, or each of the practices that one document tells one after another, with its title.

    A document tells several when the first text label comes again under another heading; that heading is the title.
    """
    blocks = [(number, block) for number, page in enumerate(pages) for block in page.blocks]
    headings = [(at, block) for at, (_, block) in enumerate(blocks) if block.kind is BlockKind.HEADING]
    known = [template.field_of(block.text) for _, block in headings]
    opener = next((key_of(b.text) for (_, b), f in zip(headings, known, strict=True) if f and f not in FACTS), "")
    starts = [
        headings[i - 1][0]
        for i, (_, block) in enumerate(headings)
        if i and opener and key_of(block.text) == opener and not known[i - 1]
    ]
    if len(starts) < 2:
        yield "", list(pages)
        return
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        some = [
            Page(number=page.number, label=page.label, blocks=tuple(b for n, b in blocks[start:end] if n == number))
            for number, page in enumerate(pages)
        ]
        yield blocks[start][1].text, [page for page in some if page.blocks]
