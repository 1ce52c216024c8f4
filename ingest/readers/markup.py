"""A tree of HTML elements as blocks, in reading order: what web pages and Markdown have in common.

The walk keeps its own stack, for trees of 20,000 levels exist.  Nothing here decides what is clutter: elements in
``skip`` are passed over with all that is in them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from corpus.model import Block, BlockKind
from ingest.clean import clean, one_line
from ingest.layout.flow import rows_text
from ingest.readers.elements import (
    BLOCKS,
    HEADINGS,
    LOOK_AHEAD,
    Line,
    is_back_link,
    is_disclaimer,
    is_label,
    is_note,
    is_note_mark,
    is_notes,
    is_unseen,
    item_label,
    one_text,
    short_lines,
    useful_alt,
)
from ingest.readers.tables import definition_rows, has_head, is_card, is_data_table, table_caption, table_rows

BOLD_HEADING_WORDS = 14
"""A paragraph all in bold is a heading up to this length, where it does not end like a sentence."""

ROW_WORDS = 60
"""A definition longer than this makes its list running text, not a table."""

_COPYRIGHT = re.compile(r"(?:copyright\s*)?(?:©|\(c\))|copyright \d{4}", re.IGNORECASE)
_NO_HEADING_END = re.compile(r"[.:;,?!…]$|^\W*$")


@dataclass
class Walked:
    """What a walk found: the blocks, and the pairs of label and value that the page shows as such."""

    blocks: list[Block] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class _Context:
    """What text met now belongs to: a paragraph, heading, list item, caption or note."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    label: str = ""
    said: bool = False
    kept_lines: bool = False


def walk(root: LexborNode, skip: Collection[int] = frozenset()) -> Walked:
    """The blocks under ``root``; ``skip`` holds the ``mem_id`` of elements to leave out."""
    return _Walk(skip).run(root)


class _Walk:
    def __init__(self, skip: Collection[int]) -> None:
        self.skip = skip
        self.found = Walked()
        self.line = Line()
        self.contexts = [_Context()]
        self.boxes: list[list[Block]] = []
        self.lists: list[int] = []
        self.bold = 0
        self.heading_level = 0
        self.notes = 0
        self.level_after: dict[int, int] = {}
        self.done: set[int] = set()
        self.sectioned: set[int] = set()
        self.noted: list[str] = []

    def run(self, root: LexborNode) -> Walked:
        stack: list[tuple[LexborNode, bool]] = [(root, True)]
        while stack:
            node, opening = stack.pop()
            if not opening:
                self._close(node)
            elif node.is_text_node:
                self.line.add(node.text_content or "", bold=self.bold > 0)
            elif node.is_element_node and node.mem_id not in self.skip and self._open(node):
                stack.append((node, False))
                stack.extend((child, True) for child in reversed(list(node.iter(include_text=True, skip_empty=False))))
        self._flush()
        self.found.blocks += [note_block(text) for text in self.noted]
        return self.found

    # ------------------------------------------------------------------------------------------ opening

    def _open(self, node: LexborNode) -> bool:
        """Begin an element; False where its content is not to be walked (taken already, or unseen)."""
        tag = node.tag or ""
        if node.mem_id in self.done or is_unseen(node) or is_back_link(node) or is_note_mark(node):
            return False
        if tag == "br":
            if self.line.broken() or self._at_heading():
                self._flush()
            return False
        if tag == "img":
            self.line.add_alt(useful_alt(node))
            return False
        if tag in ("b", "strong"):
            self.bold += 1
        if is_notes(node):
            self.notes += 1
        if tag in BLOCKS:
            self._flush()
            return self._open_block(node, tag)
        return True

    def _at_heading(self) -> bool:
        """Whether the line gathered so far is a heading that only a line break parts from its text."""
        if len(self.contexts) > 1 or not self.line.short_bold:
            return False
        return _is_bold_heading(self.line, one_line(self.line.text(alone=False)))

    def _open_block(self, node: LexborNode, tag: str) -> bool:
        if tag == "table" and is_data_table(node):
            self._table(node)
            return False
        if tag == "dl":
            return not self._definitions(node)
        if is_label(node) and self._labelled(node):
            return False
        if tag in HEADINGS:
            self.heading_level = HEADINGS[tag]
            self.contexts.append(_Context(BlockKind.HEADING, self.heading_level))
        elif tag in ("ul", "ol"):
            self.lists.append(0)
        elif tag == "li":
            self._open_item(node)
        elif tag == "figcaption":
            self.contexts.append(_Context(BlockKind.CAPTION))
        elif tag == "pre":
            self.contexts.append(_Context(kept_lines=True))
        elif is_disclaimer(node):
            self.contexts.append(_Context(BlockKind.FURNITURE))
        elif tag == "aside":
            self.boxes.append(self.found.blocks)
            self.found.blocks = []
        return True

    def _open_item(self, node: LexborNode) -> None:
        if self.lists:
            self.lists[-1] += 1
        label = item_label(node, self.lists[-1] if self.lists else 1)
        if self.notes:
            self.contexts.append(_Context(BlockKind.FOOTNOTE, label=label.rstrip(".")))
        else:
            self.contexts.append(_Context(BlockKind.LIST_ITEM, max(len(self.lists), 1), label))

    # ------------------------------------------------------------------------------------------ closing

    def _close(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag in ("b", "strong"):
            self.bold -= 1
        if tag in BLOCKS:
            self._flush()
            if tag in HEADINGS or tag in ("li", "figcaption", "pre"):
                self.contexts.pop()
            elif tag in ("ul", "ol"):
                self.lists.pop()
            elif is_disclaimer(node):
                self.contexts.pop()
            elif tag == "aside":
                self._close_box()
            self.heading_level = self.level_after.pop(node.mem_id, self.heading_level)
        if is_notes(node):
            self.notes -= 1

    def _close_box(self) -> None:
        inside, self.found.blocks = self.found.blocks, self.boxes.pop()
        if inside:
            text = "\n".join(block.text for block in inside)
            self.found.blocks.append(Block(kind=BlockKind.BOX, text=text, side=True))

    def _flush(self) -> None:
        """Emit the text gathered so far as a block of the present context."""
        context = self.contexts[-1]
        line, self.line = self.line, Line()
        raw = line.text(alone=context.kind is BlockKind.LIST_ITEM)
        text = clean(raw).strip("\n ") if context.kept_lines else one_line(raw)
        if not text:
            return
        kind, level, label = context.kind, context.level, context.label
        if kind is BlockKind.PARAGRAPH and not context.kept_lines and not line.all_bold and (entries := line.entries()):
            self.found.blocks += [Block(kind=kind, text=entry) for entry in entries]
            return
        if kind is BlockKind.LIST_ITEM and context.said:
            kind, level, label = BlockKind.PARAGRAPH, 0, ""
        elif kind is BlockKind.PARAGRAPH and _COPYRIGHT.match(text):
            kind = BlockKind.FURNITURE
        elif kind is BlockKind.PARAGRAPH and len(self.contexts) == 1 and _is_bold_heading(line, text):
            kind, level = BlockKind.HEADING, min(self.heading_level + 1, 6)
        elif kind is BlockKind.LIST_ITEM and label:
            text = f"{label} {text}"
        context.said = True
        self.found.blocks.append(Block(kind=kind, text=text, level=level, label=label))

    # ------------------------------------------------------------------------------------------ tables and fields

    def _table(self, node: LexborNode) -> None:
        caption = table_caption(node)
        if caption:
            self.found.blocks.append(Block(kind=BlockKind.CAPTION, text=caption))
        rows = table_rows(node, self.skip)
        if all(len(row) == 2 for row in rows):
            self.found.pairs.extend((row[0], row[1]) for row in rows[has_head(node) :])
        text = rows_text(rows)
        if text.strip():
            self.found.blocks.append(Block(kind=BlockKind.TABLE, text=text, rows=rows))

    def _definitions(self, node: LexborNode) -> bool:
        """Take a definition list as rows; False where it is to be walked as running text."""
        rows = definition_rows(node, self.skip) if node.css_first("dl dl") is None else None
        if rows is None or any(len(value.split()) > ROW_WORDS for _, value in rows):
            return False
        self.found.pairs.extend(rows)
        if is_card(rows):
            self._drop_heading_of(node)
        else:
            self._add_rows(rows)
        return True

    def _drop_heading_of(self, node: LexborNode) -> None:
        """Take back the heading of a section that holds nothing but the card of the page."""
        siblings = [child.tag for child in node.parent.iter() if child.mem_id not in self.skip] if node.parent else []
        blocks = self.found.blocks
        if len(siblings) == 2 and siblings[0] in HEADINGS and blocks and blocks[-1].kind is BlockKind.HEADING:
            blocks.pop()

    def _labelled(self, node: LexborNode) -> bool:
        """Take a label and a short value after it as a row, else the label as a heading; False where it is neither."""
        label = one_text(node, self.skip, LOOK_AHEAD)
        values = list(_siblings_after(node, self.skip))
        if not label or not node.parent or len(label.split()) > BOLD_HEADING_WORDS:
            return False
        short = short_lines(values, self.skip)
        if short is not None:
            told = "; ".join(line for line in short if not is_note(line))
            self.found.pairs.append((label.rstrip(": "), told))
            if _grandparent(node) not in self.sectioned:
                self.done.update(value.mem_id for value in values)
                self.noted += [line for line in short if is_note(line)]
                self._add_rows([(label.rstrip(": "), told)])
                return True
        self.sectioned.add(_grandparent(node))
        self.level_after[node.parent.mem_id] = self.heading_level
        self.heading_level = min(self.heading_level + 1, 6)
        self.found.blocks.append(Block(kind=BlockKind.HEADING, text=label.rstrip(": "), level=self.heading_level))
        return True

    def _add_rows(self, rows: list[tuple[str, str]]) -> None:
        """Rows of label and value as one table with those just before them."""
        blocks = self.found.blocks
        last = blocks[-1] if blocks else None
        if last is not None and last.kind is BlockKind.TABLE and last.label == "fields":
            blocks.pop()
            rows = [(row[0], row[1]) for row in last.rows] + rows
        text = "\n".join(f"{label}: {value}".strip() for label, value in rows)
        if rows:
            blocks.append(Block(kind=BlockKind.TABLE, text=text, rows=tuple(rows), label="fields"))


def note_block(text: str) -> Block:
    """A note that begins with its mark, as a footnote."""
    label = text[: len(text) - len(text.lstrip("*†‡"))]
    return Block(kind=BlockKind.FOOTNOTE, text=text[len(label) :].strip(), label=label)


def _grandparent(node: LexborNode) -> int:
    parent = node.parent
    above = parent.parent if parent is not None else None
    return above.mem_id if above is not None else 0


def _is_bold_heading(line: Line, text: str) -> bool:
    return line.all_bold and is_heading_text(text)


def is_heading_text(text: str) -> bool:
    """Whether a line that is set off by its type can be a heading by its words."""
    return len(text.split()) <= BOLD_HEADING_WORDS and not _NO_HEADING_END.search(text)


def _siblings_after(node: LexborNode, skip: Collection[int]) -> Iterator[LexborNode]:
    """The elements after a label that are its value: up to the next label of the same parent."""
    following = node.next
    while following is not None:
        if following.is_element_node and following.mem_id not in skip:
            if is_label(following):
                return
            yield following
        following = following.next
