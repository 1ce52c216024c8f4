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


class Value(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of all value objects: immutable, compared by value, encoded with defaults left out."""


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
    """One physical page, or the whole of a document whose format has no pages (``number`` is None)."""

    number: int | None
    label: str | None = None
    blocks: tuple[Block, ...] = ()

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
    """A concept that a passage is about: how sure (0–1), by which words, and who says so."""

    concept: str
    score: float = 1.0
    evidence: tuple[str, ...] = ()
    origin: Origin = "rule"


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


class Standing(StrEnum):
    """How independent a document is of the work it speaks of."""

    EXTERNAL = "external-evaluation"
    INTERNAL = "internal-evaluation"
    IMPLEMENTER = "implementers-account"
    RESPONSE = "management-response"
    GUIDANCE = "guidance-law"
    RESEARCH = "research"
    PLAN = "plan"
    UNKNOWN = "unknown"


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

    @property
    def year(self) -> int | None:
        return int(self.date[:4]) if self.date[:4].isdigit() else None


class Document(Value, frozen=True):
    """One reading of one file: its card, its pages, and everything found in them.

    ``media`` is the format read (pdf, html, markdown, text).  ``warnings`` are sentences for the curator.
    """

    card: Bibliography
    media: str
    content_hash: str
    pages: tuple[Page, ...] = ()
    sections: tuple[Section, ...] = ()
    passages: tuple[Passage, ...] = ()
    statements: tuple[Statement, ...] = ()
    practices: tuple[Practice, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.card.id


# ---------------------------------------------------------------------------------------------- practices


class SourceRef(Value, frozen=True):
    """Where a claim comes from: a document of the catalogue and a page label, or a section where it has no pages."""

    doc: str
    page_label: str = ""
    section: str = ""

    @property
    def locator(self) -> str:
        return f"p. {self.page_label}" if self.page_label else f"§ {self.section}" if self.section else ""


class Claim(Value, frozen=True):
    """One sentence or list item of a record, in our own words, with where it comes from."""

    text: str
    sources: tuple[SourceRef, ...] = ()
    item: bool = False
    """True where it is one item of a list."""
    heading: str = ""
    """The source's own sub-heading above it, where it lists its claims under several."""


class Place(Value, frozen=True):
    """A country and what it is to the practice."""

    country: str
    """ISO 3166-1 alpha-2, XK for Kosovo."""
    role: Literal["", "implementation", "origin", "transit", "destination", "return"] = ""


class ShownToWork(StrEnum):
    """How far a practice is shown to work."""

    DESCRIBED = "described"
    CLAIMED = "result-claimed"
    EVALUATED = "evaluated"
    REPLICATED = "replicated"


PRACTICE_FIELDS: dict[str, str] = {
    "summary": "Summary",
    "problem": "The problem",
    "preconditions": "Preconditions (legal, institutional)",
    "steps": "Steps",
    "timeline": "Timeline",
    "staff": "Staff",
    "caseload": "Caseload",
    "cost": "Cost",
    "partners": "Partners and their roles",
    "tools": "Tools",
    "safeguards": "Safeguards",
    "childrens_part": "The children's part",
    "adaptations": "Adaptations",
    "benefit": "Benefit and impact",
    "lessons": "Key lessons",
    "recommendations": "Recommendations for replication",
    "innovation": "Innovation",
    "what_it_took": "What it took",
    "what_failed": "What failed",
    "when_not": "When it will not transfer",
}
"""The told fields of a practice in the order they are shown, with their headings (the same in record files)."""


class Practice(Value, frozen=True):
    """A way of working that others may copy: the Global Compact repository's template and what copying takes.

    ``told`` maps a key of PRACTICE_FIELDS to its claims; a missing key reads "the source does not say".
    """

    id: str
    title: str
    told: dict[str, tuple[Claim, ...]]
    organisations: tuple[str, ...] = ()
    donors: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    start: str = ""
    end: str = ""
    practice_type: str = ""
    scope: str = ""
    themes: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    gcm_objectives: tuple[str, ...] = ()
    gcm_principles: tuple[str, ...] = ()
    sdgs: tuple[str, ...] = ()
    standing: Standing = Standing.UNKNOWN
    shown_to_work: ShownToWork = ShownToWork.DESCRIBED
    still_running: str = ""
    last_checked: str = ""
    programme: str = ""
    language: str = "en"
    rights: str = "CC BY 4.0"
    doc: str = ""
    """The document that it was read from, word for word; blank for a record of our own."""
    submitted: str = ""
    contact_role: str = ""
    """What the contact person is to the practice, never who."""

    @property
    def summary(self) -> str:
        return " ".join(c.text for c in self.told.get("summary", ()))

    def sources(self) -> tuple[SourceRef, ...]:
        """Every place the record cites, once, in order of first use."""
        refs = (ref for claims in self.told.values() for claim in claims for ref in claim.sources)
        return tuple(dict.fromkeys(refs))


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
