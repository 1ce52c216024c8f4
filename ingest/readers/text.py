"""Plain text: paragraphs, headings and lists guessed from lines, conservatively.

Lines are joined only where their ends were made by a typesetter (the next word would not have fitted) or a sentence
visibly goes on; a heading is a short line without a stop that text follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.errors import UnreadableInput
from corpus.model import Block, BlockKind
from ingest.clean import clean, decode, one_line
from ingest.dates import iso_date
from ingest.layout.join import join
from ingest.readers.frontmatter import card_from, is_card_field
from ingest.readers.html import reading_of
from ingest.readers.webcard import Card
from ingest.reading import Reading

WRAPPED_MAX = 160
"""Where a file's long lines are longer than this (characters), each line is a paragraph: nobody wraps so wide."""

FULL_SHARE = 0.85
"""A line was ended by its typesetter where the next word would have filled this share of the width."""

HEADING_WORDS = 14
TEXT_WORDS = 12
"""A line of so many words, or one that ends a sentence, is text that a heading can stand over."""

DATE_WORDS = 4
LABEL_WORDS = 3

TITLE_WORDS = 25

_ITEM = re.compile(r"^\s*(?P<label>[-*•–·▪◦●■‣]|\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})[.)])\s+(?=\S)")
_BULLET = re.compile(r"^[-*•–·▪◦●■‣]$")
_NUMBERED = re.compile(r"^(?P<number>(?:\d{1,2}\.)+\d{0,2}|[A-Z]\.|[IVX]{1,5}\.)\s+(?=[^\W\d_])")
_UNDERLINE = re.compile(r"^\s*(={3,}|-{3,}|~{3,})\s*$")
_FIELD = re.compile(r"^\s*(?P<label>[^\W\d_][\w /()-]{0,40}?)\s*:\s+(?P<value>\S.*)$")
_STOP = re.compile(r"[.!?…][\"”’')\]]*$")
_OPEN_END = re.compile(r"[.:;,!…\-–]$")


@dataclass
class _Piece:
    """One paragraph, item or line as gathered; ``underlined`` is the level that a line of signs below gives it."""

    text: str
    underlined: int = 0


def read(data: bytes, name: str) -> Reading:
    """A plain-text file as one page of blocks.

    Raises UnreadableInput where it holds no text.
    """
    lines = clean(decode(data)).split("\n")
    head, lines = _header(lines)
    pieces = _pieces(lines)
    if not pieces:
        raise UnreadableInput("The file holds no text: leave it out.")
    blocks = tuple(_blocks(pieces))
    card = card_from(head) if head else Card()
    title = card.title or _title(blocks)
    return reading_of("text", blocks, card) if title == card.title else reading_of("text", blocks, Card(title=title))


def _header(lines: list[str]) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """The "Title: …" lines that a text begins with, and the lines after them."""
    fields: dict[str, tuple[str, ...]] = {}
    at = 0
    while at < len(lines) and not lines[at].strip():
        at += 1
    while at < len(lines) and lines[at].strip():
        found = _FIELD.match(lines[at])
        if found is None:
            return {}, lines
        fields[found["label"].strip().lower()] = (one_line(found["value"]),)
        at += 1
    known = sum(map(is_card_field, fields))
    return (fields, lines[at:]) if known >= 2 and at < len(lines) else ({}, lines)


# ---------------------------------------------------------------------------------------------- lines into pieces


def _pieces(lines: Sequence[str]) -> list[_Piece]:
    """Paragraphs and items, their wrapped lines joined."""
    width = _width(lines)
    pieces: list[_Piece] = []
    chunk: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            chunk.append(line)
        elif chunk:
            pieces += _of_chunk(chunk, width)
            chunk = []
    return pieces


def _width(lines: Sequence[str]) -> int:
    """The width to which lines were wrapped; 0 where they were not."""
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    widest = lengths[int(0.98 * (len(lengths) - 1))] if lengths else 0
    return widest if widest <= WRAPPED_MAX and len(lengths) > 1 else 0


def _of_chunk(chunk: list[str], width: int) -> Iterator[_Piece]:
    """The pieces of lines without a blank between them."""
    parts: list[str] = []
    underlined, last = 0, ""
    for line in chunk:
        mark = _UNDERLINE.match(line)
        if mark and parts and not underlined:
            underlined = 1 if mark.group(1)[0] == "=" else 2
        elif mark:
            continue
        elif parts and not underlined and _goes_on(last, line, width):
            _append(parts, one_line(line))
        else:
            if parts:
                yield _Piece(" ".join(parts), underlined)
            parts, underlined = [one_line(line)], 0
        last = line.rstrip()
    if parts:
        yield _Piece(" ".join(parts), underlined)


def _append(parts: list[str], line: str) -> None:
    """Add a line to a paragraph, a word cut at the end of the last one mended."""
    if parts[-1].endswith(("-", "‐")):
        parts[-1] = join(parts[-1], line)
    else:
        parts.append(line)


def _goes_on(last: str, line: str, width: int) -> bool:
    """Whether a line carries on the one before: the writer did not end it, the width did."""
    if not width or _ITEM.match(line):
        return False
    words = line.split(maxsplit=1)
    full = len(last) + 1 + len(words[0]) >= FULL_SHARE * width
    return full or (words[0][0].islower() and not _STOP.search(last) and not last.endswith(":"))


# ---------------------------------------------------------------------------------------------- pieces into blocks


def _blocks(pieces: list[_Piece]) -> Iterator[Block]:
    numbered_level, figured = 0, False
    for at, piece in enumerate(pieces):
        text = piece.text
        number = _NUMBERED.match(text)
        if piece.underlined or _is_heading(pieces, at):
            level = numbered_level + 1 if number is None else _depth(number["number"], figured)
            if number is not None:
                numbered_level, figured = level, figured or text[0].isdigit()
            yield Block(kind=BlockKind.HEADING, text=text, level=min(piece.underlined or level, 6))
            continue
        item = _ITEM.match(text)
        if item is None:
            yield Block(kind=BlockKind.PARAGRAPH, text=text)
        elif _BULLET.match(item["label"]):
            yield Block(kind=BlockKind.LIST_ITEM, text=text[item.end() :], level=1)
        else:
            yield Block(kind=BlockKind.LIST_ITEM, text=text, level=1, label=item["label"])


def _depth(number: str, figured: bool) -> int:
    """The depth of a numbered heading: "2." is 1, "2.1" is 2; letters and Roman numbers stand under figures."""
    parts = [part for part in number.split(".") if part]
    return len(parts) if parts[0].isdigit() else 2 if figured else 1


def _is_heading(pieces: list[_Piece], at: int) -> bool:
    """Whether a line stands over what follows: short, no stop at its end, text or a list next."""
    text = pieces[at].text
    if not _could_be_heading(text) or at + 1 >= len(pieces):
        return False
    number = _NUMBERED.match(text)
    if not number and _ITEM.match(text):
        return False
    if not number and at and _introduces(pieces[at - 1].text):
        return False
    following = pieces[at + 1].text
    if number and _could_be_heading(following):
        # Over a list of short numbered lines none is a heading; "1. …" over "A. …" or "1.1 …" is.
        deeper = _NUMBERED.match(following)
        return deeper is not None and _shape(deeper["number"]) != _shape(number["number"])
    return _is_text(following) or bool(_ITEM.match(following))


def _introduces(text: str) -> bool:
    """Whether a line announces the items after it; a word or two with a colon is only a label."""
    return text.endswith(":") and len(text.split()) > LABEL_WORDS


def _could_be_heading(text: str) -> bool:
    start = text[:1]
    return (
        len(text.split()) <= HEADING_WORDS
        and (start.isupper() or start.isdigit())
        and not _OPEN_END.search(text)
        and any(c.isalpha() for c in text)
        and not (iso_date(text) and len(text.split()) <= DATE_WORDS)
    )


def _is_text(text: str) -> bool:
    words = len(text.split())
    return words >= TEXT_WORDS or (words > LABEL_WORDS and bool(_STOP.search(text) or text.endswith(":")))


def _shape(number: str) -> str:
    """What kind of number it is: how many figures or letters, parted by dots."""
    return re.sub(r"[A-Z]+", "A", re.sub(r"\d+", "1", number)).rstrip(".")


def _title(blocks: Sequence[Block]) -> str:
    """The first line, where it is set off as a heading."""
    first = blocks[0]
    is_title = first.kind is BlockKind.HEADING and not _NUMBERED.match(first.text)
    return first.text if is_title and len(first.text.split()) <= TITLE_WORDS else ""
