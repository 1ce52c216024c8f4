"""Web pages: the text of the page without its clutter, and what the page says of itself.

selectolax (lexbor) parses as a browser does: entities of a document type definition are never expanded, nothing is
fetched, and depth costs no stack.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from corpus.errors import UnreadableInput
from corpus.model import Block, BlockKind, Page
from ingest.clean import decode, one_line
from ingest.readers.clutter import main_content
from ingest.readers.markup import note_block, walk
from ingest.readers.webcard import Card, card_of
from ingest.reading import Reading

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)

_DECLARATIONS = re.compile(r"<!DOCTYPE\s[^>\[]{0,500}\[.{0,20000}?\]\s*>", re.DOTALL | re.IGNORECASE)
"""A document type with declarations inside: a browser's parser takes its end for text."""

KICKER_WORDS = 6

HEAD_BYTES = 4096
"""A page declares its encoding within so many bytes (the HTML standard says 1024; some need more)."""


def read(data: bytes, name: str) -> Reading:
    """A web page as one page of blocks.

    Raises UnreadableInput where no text is left once the clutter is gone.
    """
    declared = _CHARSET.search(data[:HEAD_BYTES])
    text = decode(data, declared.group(1).decode("ascii") if declared else "")
    tree = LexborHTMLParser(_DECLARATIONS.sub("<!DOCTYPE html>", text, count=1))
    body = tree.body
    if body is None:
        raise UnreadableInput("The web page has no body: save it again from the browser and add that file.")
    content = main_content(body)
    walked = walk(content.root, content.skip)
    blocks = (*_without_kicker(walked.blocks), *map(note_block, content.notes))
    if not any(b.kind is not BlockKind.HEADING for b in blocks):
        raise UnreadableInput(
            "The web page holds no text of its own (it may be built by scripts): print it to PDF and add that file."
        )
    card = card_of(tree, walked.pairs, blocks)
    return reading_of("html", blocks, card)


def _without_kicker(blocks: list[Block]) -> list[Block]:
    """Blocks without the few words that a page sets above its main heading (a country, a rubric)."""
    main = next((i for i, b in enumerate(blocks) if b.kind is BlockKind.HEADING), 0)
    if not blocks or blocks[main].level != 1 or any(len(b.text.split()) > KICKER_WORDS for b in blocks[:main]):
        return blocks
    return blocks[main:]


def reading_of(media: str, blocks: tuple[Block, ...], card: Card, warnings: tuple[str, ...] = ()) -> Reading:
    """Blocks and card as a reading of one page without number."""
    return Reading(
        media=media,
        pages=(Page(number=None, blocks=blocks),),
        title=one_line(card.title),
        authors=card.authors,
        organisations=card.organisations,
        publisher=card.publisher,
        date=card.date,
        url=card.url,
        summary=card.summary,
        language=card.language,
        metadata=card.metadata,
        warnings=warnings,
    )
