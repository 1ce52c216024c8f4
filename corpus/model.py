"""What the knowledge base is made of: typed, immutable objects that walk through every room.

Text fields hold the source's characters (*verbatim* in the sense of the design: joined lines, mended line-end hyphens,
unfolded ligatures and removed note marks are the only changes).  Page numbers are physical and 1-based; a page's
*label* is what is printed on it, or None.  ``None`` in a page field means that the format has no pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Literal

import msgspec

from corpus.evidence import Acronym, Party, Response, Told
from corpus.practice import PRACTICE_FIELDS, Claim, Place, Practice, ShownToWork, SourceRef
from corpus.values import Standing, Value

__all__ = [
    "PRACTICE_FIELDS",
    "Acronym",
    "Bibliography",
    "Block",
    "BlockKind",
    "Claim",
    "Document",
    "IngestRecord",
    "Origin",
    "Page",
    "PageTurn",
    "Party",
    "Passage",
    "Place",
    "Practice",
    "Response",
    "Section",
    "ShownToWork",
    "SourceRef",
    "Span",
    "Standing",
    "Statement",
    "StatementKind",
    "Tag",
    "Told",
    "Value",
    "Voice",
]

# ---------------------------------------------------------------------------------------------- what a page holds


class BlockKind(StrEnum):
    """What a piece of a page is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    TABLE = "table"
    CAPTION = "caption"
    BOX = "box"
    FOOTNOTE = "footnote"
    FURNITURE = "furniture"
    """Contents lines, acronym lists and bibliographies: shown on the page, never returned as passages."""


class Block(Value, frozen=True):
    """One piece of a page, page-true: a paragraph that a page break cuts is two blocks.

    ``level`` is 1–6 for headings (list depth, 1-based, for items).  ``label`` is a list item's or footnote's own mark
    as printed ("a)", "12"), empty for bullets.  ``rows`` holds a table's cells; its ``text`` is the same row by row.
    ``continues`` marks a block whose first words go on from the last running block of the page before.
    ``side`` marks a box that the text flows around: it comes last in the page's text.
    ``private`` marks what names private persons (a list of people interviewed): kept, never shown to the public.
    """

    kind: BlockKind
    text: str
    level: int = 0
    label: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    continues: bool = False
    side: bool = False
    private: bool = False


class Page(Value, frozen=True):
    """One physical page, or the whole of a document whose format has no pages (``number`` is None).

    ``ocr`` is set where the text was read from a picture: the mean confidence in its words, 0–1.
    """

    number: int | None
    label: str | None = None
    blocks: tuple[Block, ...] = ()
    ocr: float | None = None

    @property
    def running(self) -> Iterator[Block]:
        """The blocks of the page's text in reading order: no footnotes, side boxes last."""
        body = [b for b in self.blocks if b.kind is not BlockKind.FOOTNOTE]
        yield from (b for b in body if not b.side)
        yield from (b for b in body if b.side)

    @property
    def text(self) -> str:
        """The page's text, one line a block."""
        return "\n".join(b.text for b in self.running)

    @property
    def headings(self) -> tuple[Block, ...]:
        return tuple(b for b in self.blocks if b.kind is BlockKind.HEADING)

    @property
    def footnotes(self) -> tuple[Block, ...]:
        return tuple(b for b in self.blocks if b.kind is BlockKind.FOOTNOTE)


class Section(Value, frozen=True):
    """A stretch of a document under one heading; ``path`` holds the headings from the top to its own."""

    heading: str
    level: int
    path: tuple[str, ...]
    page: int | None = None
    page_label: str | None = None


# ---------------------------------------------------------------------------------------------- what is said of it

Origin = Literal["rule", "model", "person"]


class Tag(Value, frozen=True):
    """A concept that a passage is about: how sure (0–1), by which words, and who says so.

    ``role`` is told for places where the text says it: what the country is to the migration spoken of.
    """

    concept: str
    score: float = 1.0
    evidence: tuple[str, ...] = ()
    origin: Origin = "rule"
    role: Literal["", "origin", "transit", "destination", "return"] = ""


class Span(Value, frozen=True):
    """Where a text stands: first and last page with their printed labels."""

    page: int | None = None
    page_end: int | None = None
    page_label: str | None = None
    page_end_label: str | None = None


class PageTurn(Value, frozen=True):
    """From character ``offset`` of a passage's text on, the words stand on ``page``."""

    offset: int
    page: int
    label: str | None = None


class Passage(Value, frozen=True):
    """150–220 words (less where the section is shorter) under one heading; blocks are parted by line feeds.

    ``section`` is an index into the document's sections.  ``turns`` tells at which offset each page begins (the first
    has offset 0); empty where the format has no pages.  ``items`` are the offsets at which list items begin.
    A ``private`` passage is made of private blocks only, and no other passage holds any.
    """

    id: str
    doc: str
    ordinal: int
    section: int
    path: tuple[str, ...]
    text: str
    language: str
    turns: tuple[PageTurn, ...] = ()
    items: tuple[int, ...] = ()
    tags: tuple[Tag, ...] = ()
    private: bool = False

    @property
    def span(self) -> Span:
        return self.span_of(0, len(self.text))

    def span_of(self, start: int, end: int) -> Span:
        """The pages on which the characters ``start`` to ``end`` of the text stand."""
        if not self.turns:
            return Span()
        first = [t for t in self.turns if t.offset <= start][-1]
        last = [t for t in self.turns if t.offset < max(end, 1)][-1]
        return Span(page=first.page, page_end=last.page, page_label=first.label, page_end_label=last.label)

    def concepts(self) -> tuple[str, ...]:
        return tuple(t.concept for t in self.tags)


class StatementKind(StrEnum):
    """What a statement does; ids of the vocabulary's scheme ``statement-kinds``."""

    RECOMMENDATION = "recommendation"
    LESSON = "lesson"
    GOOD_PRACTICE = "good-practice"
    CHALLENGE = "challenge"
    RESULT = "result"


class Voice(StrEnum):
    """Whose word a statement is."""

    EVALUATOR = "evaluator"
    IMPLEMENTER = "implementer"
    PARTNER = "partner-authority"
    CHILD = "child-migrant"
    UNCLEAR = "unclear"


class Statement(Value, frozen=True):
    """An exact quotation of one kind; ``group`` names the statements of the same meaning.

    ``achieved`` is told for results: "yes" or "expected".  ``addressed_to`` is told for recommendations, ``figure``
    (a number with its unit, as printed) for results.
    """

    id: str
    doc: str
    passage: str
    text: str
    kind: StatementKind
    path: tuple[str, ...] = ()
    span: Span = Span()
    voice: Voice = Voice.UNCLEAR
    achieved: Literal["yes", "expected"] | None = None
    themes: tuple[str, ...] = ()
    addressed_to: str | None = None
    figure: str | None = None
    group: str = ""


# ---------------------------------------------------------------------------------------------- documents


class Bibliography(Value, frozen=True):
    """What a library card says of a document; a blank field means that nothing is known.

    ``document_type`` is an id of the vocabulary's scheme of document types (evaluation-report, synthesis, brief …).
    ``programme`` groups documents that are one witness.  ``rights`` is a licence or what the publisher allows; blank
    means unknown: a short quotation and a link.
    """

    id: str
    title: str
    authors: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    publisher: str = ""
    date: str = ""
    """ISO 8601, as exact as known: 2018, 2018-06 or 2018-06-07."""
    language: str = ""
    url: str = ""
    url_note: str = ""
    document_type: str = ""
    standing: Standing = Standing.UNKNOWN
    programme: str = ""
    rights: str = ""
    summary: str = ""
    countries: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    symbol: str = ""
    """The symbol or number that the issuing body gave it: "A/HRC/30/35"."""

    @property
    def year(self) -> int | None:
        return int(self.date[:4]) if self.date[:4].isdigit() else None


class Document(Value, frozen=True):
    """One reading of one file: its card, its pages, and everything found in them.

    ``media`` is the format read (pdf, html, markdown, text).  ``warnings`` are sentences for the curator.
    ``evidence`` is the evidence card: a key of EVIDENCE_FIELDS to what the document tells of it.
    """

    card: Bibliography
    media: str
    content_hash: str
    pages: tuple[Page, ...] = ()
    sections: tuple[Section, ...] = ()
    passages: tuple[Passage, ...] = ()
    statements: tuple[Statement, ...] = ()
    practices: tuple[Practice, ...] = ()
    evidence: dict[str, tuple[Told, ...]] = msgspec.field(default_factory=dict)
    parties: tuple[Party, ...] = ()
    acronyms: tuple[Acronym, ...] = ()
    responses: tuple[Response, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.card.id


# ---------------------------------------------------------------------------------------------- how it came in


class IngestRecord(Value, frozen=True):
    """What became of one input.  Written as failed before the file is touched, as ok last."""

    input: str
    """The path or address as given, absolute."""
    status: Literal["ok", "failed"]
    stage: str = ""
    reason: str = ""
    doc: str = ""
    content_hash: str = ""
    settings_hash: str = ""
    tools: str = ""
    at: str = ""
    seconds: float = 0.0
    warnings: tuple[str, ...] = ()
