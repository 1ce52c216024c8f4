"""Markdown: front matter as the card, the body with tables and fenced code, through the same walk as web pages.

HTML in the text passes through to the walk, which keeps the words and drops what is no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from selectolax.lexbor import LexborHTMLParser

from corpus.errors import UnreadableInput
from corpus.model import Block, BlockKind
from ingest.clean import clean, decode
from ingest.readers.frontmatter import card_from, split
from ingest.readers.html import reading_of
from ingest.readers.markup import walk
from ingest.readers.webcard import Card, metadata_of, organisations_in
from ingest.reading import Reading

_NOTE = re.compile(r"^\[\^([^\]\s]{1,30})\]:\s*")
_NOTE_LINE = re.compile(r"^(?=\[\^[^\]\s]{1,30}\]:\s)", re.MULTILINE)
_NOTE_MARK = re.compile(r"(?<=\S)\[\^[^\]\s]{1,30}\]")


_ITEM = re.compile(r"( *)([-*+]|\d{1,9}[.)])\s+\S")
_INDENT = 4
"""The spaces by which Python-Markdown nests a list."""
_AFTER_FENCED_CODE = 22
"""Python-Markdown takes fenced code out at priority 25, so that no line of it is taken for a list's."""


class _TodaysLists(Preprocessor):
    """Lists as today's editors write them (CommonMark 5.3): right after their lead-in, and nested by two spaces."""

    def run(self, lines: list[str]) -> list[str]:
        told: list[str] = []
        indents: list[int] = []
        for line in lines:
            item = _ITEM.match(line)
            if item and (indents or item.end(1) < _INDENT):
                if not indents and told and told[-1].strip():
                    if item.group(2).rstrip(".)") not in "-*+1":  # a year at a line's start begins no list
                        told.append(line)
                        continue
                    told.append("")
                indents = [n for n in indents if n < item.end(1)] + [item.end(1)]
                told.append(" " * _INDENT * (len(indents) - 1) + line.lstrip())
            elif indents and line.startswith(" "):
                told.append(" " * _INDENT * len(indents) + line.lstrip())
            else:
                indents = indents if not line.strip() else []
                told.append(line)
        return told


def _html(source: str) -> str:
    """Markdown as HTML; a numbered list keeps the number it starts with."""
    parser = Markdown(extensions=["tables", "fenced_code", "sane_lists"])
    parser.preprocessors.register(_TodaysLists(parser), "todays_lists", _AFTER_FENCED_CODE)
    return parser.convert(source)


def read(data: bytes, name: str) -> Reading:
    """A Markdown file as one page of blocks.

    Raises UnreadableInput where it holds no text.
    """
    parts = split(clean(decode(data)))
    # Each note as a paragraph of its own: Markdown would take one of a single word for the target of a link.
    source = _NOTE_LINE.sub(r"\n\\", parts.body)
    tree = LexborHTMLParser(f"<body>{_html(source)}</body>")
    if tree.body is None:
        raise UnreadableInput("The Markdown file holds no text: leave it out.")
    walked = walk(tree.body)
    blocks = tuple(_with_notes(walked.blocks))
    if not blocks:
        raise UnreadableInput("The Markdown file holds no text: leave it out.")
    card = _completed(card_from(parts.fields), walked.pairs, blocks)
    return reading_of("markdown", blocks, card, (parts.warning,) if parts.warning else ())


def _with_notes(blocks: Iterable[Block]) -> Iterator[Block]:
    """Notes ("[^1]: …") as footnotes; their marks taken out of the text."""
    for block in blocks:
        note = _NOTE.match(block.text)
        text = _NOTE_MARK.sub("", block.text[note.end() :] if note else block.text)
        if note and block.kind is BlockKind.PARAGRAPH:
            yield Block(kind=BlockKind.FOOTNOTE, text=text, label=note.group(1))
        elif text:
            yield block if text == block.text else _retold(block, text)


def _retold(block: Block, text: str) -> Block:
    rows = tuple(tuple(_NOTE_MARK.sub("", cell) for cell in row) for row in block.rows)
    return Block(kind=block.kind, text=text, level=block.level, label=block.label, rows=rows, side=block.side)


def _completed(card: Card, pairs: list[tuple[str, str]], blocks: tuple[Block, ...]) -> Card:
    """A card with what the text itself tells where the front matter does not."""
    heading = next((b.text for b in blocks if b.kind is BlockKind.HEADING and b.level == 1), "")
    return replace(
        card,
        title=card.title or heading,
        organisations=card.organisations or organisations_in(pairs),
        metadata={**metadata_of(pairs), **card.metadata},
    )
