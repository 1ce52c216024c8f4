"""Markdown: front matter as the card, the body as CommonMark with tables, through the same walk as web pages.

markdown-it reads lists and indents as today's editors write them (CommonMark); HTML in the text passes through to the
walk, which keeps the words and drops what is no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from markdown_it import MarkdownIt
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


class _Parser(MarkdownIt):
    """CommonMark with tables; every link is parsed as one, for only its words are kept."""

    def validateLink(self, url: str) -> bool:
        return True


def read(data: bytes, name: str) -> Reading:
    """A Markdown file as one page of blocks.

    Raises UnreadableInput where it holds no text.
    """
    parts = split(clean(decode(data)))
    # Each note as a paragraph of its own: CommonMark would take one of a single word for the target of a link.
    source = _NOTE_LINE.sub(r"\n\\", parts.body)
    rendered = _Parser("commonmark").enable(["table", "strikethrough"]).render(source)
    tree = LexborHTMLParser(f"<body>{rendered}</body>")
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
