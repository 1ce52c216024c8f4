"""What the readers of evidence look at: a document's sentences, labelled fields and tables, each with its page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.model import Block, BlockKind, Page, Passage
from ingest.statements.sentences import split

LABEL_WORDS = 6
"""A longer text before a colon is the beginning of a sentence, not the label of a field."""

_LABELLED = re.compile(r"^\W{0,3}(?P<label>[^:\n\t.]{3,60}?)\s?:\s+(?=\S)")


class Said(NamedTuple):
    """A stretch of a document, verbatim, where it stands; ``path`` are the headings over it, from the top.

    ``lead_in`` is what introduces the list, in lines or run in, that it is an item of.  ``share`` is how much of the
    document stands before it, 0–1.
    """

    text: str
    page: int | None
    label: str | None
    path: tuple[str, ...] = ()
    lead_in: str = ""
    item: bool = False
    share: float = 0.0


class Field(NamedTuple):
    """A label with what it says, as a cover, a table or a line has them; ``quote`` holds both, verbatim."""

    label: str
    value: str
    quote: str
    page: int | None
    page_label: str | None


def sentences(passages: Sequence[Passage], hints: Sequence[str]) -> Iterator[Said]:
    """The sentences that hold one of the hints (words in lower case); lists of private persons are passed over.

    Hints are looked for before anything else: a plain search for letters costs a hundredth of a pattern.
    """
    total = max(len(passages), 1)
    for number, passage in enumerate(passages):
        if passage.private or not _hinted(passage.text, hints):
            continue
        run_in, block = "", -1
        for sentence in split(passage.text, passage.items):
            run_in, block = (run_in if sentence.block == block else ""), sentence.block
            if _hinted(sentence.text, hints):
                span = passage.span_of(sentence.start, sentence.end)
                yield Said(
                    sentence.text,
                    span.page,
                    span.page_label,
                    passage.path,
                    lead_in=sentence.lead_in or run_in,
                    item=sentence.item,
                    share=round(number / total, 3),
                )
            run_in = sentence.text if sentence.text.endswith(":") else run_in


def _hinted(text: str, hints: Sequence[str]) -> bool:
    lower = text.lower()
    return any(hint in lower for hint in hints)


def fields(pages: Sequence[Page]) -> Iterator[Field]:
    """The labelled fields of pages: rows of two cells or more, and lines that begin with a label and a colon."""
    for page in pages:
        for block in page.blocks:
            if not block.private and block.kind is not BlockKind.FOOTNOTE:
                yield from (Field(*told, page.number, page.label) for told in _fields_of(block))


def _fields_of(block: Block) -> Iterator[tuple[str, str, str]]:
    for row in block.rows:
        told = [cell.strip() for cell in row if cell.strip()]
        if len(told) >= 2 and len(told[0].split()) <= LABEL_WORDS:
            yield told[0].rstrip(" :"), told[1], f"{told[0]} {told[1]}"
    lines = [cell for row in block.rows for cell in row] if block.rows else block.text.split("\n")
    for line in lines:
        found = _LABELLED.match(line)
        if found and len(found["label"].split()) <= LABEL_WORDS:
            yield found["label"].strip(), line[found.end() :].strip(), line.strip()
