"""The shapes of the API's answers that are not those of the command line: items with their addresses, counts, lists."""

from __future__ import annotations

from typing import Annotated, TypedDict

from msgspec import Meta

from corpus.quality import Measurement
from corpus.shapes import (
    CardJson,
    Day,
    NoteJson,
    PageJson,
    PassageJson,
    PracticeJson,
    RecordJson,
    Rights,
    StatementJson,
)

Url = Annotated[str, Meta(description="Its permanent address here; absolute where this site says how it is reached.")]
Came = Annotated[
    str | None, Meta(description="When the words came that it has now (ISO 8601); null: only its card is known.")
]


class SuggestionJson(TypedDict):
    """One way to go on with what was typed."""

    sort: str
    sort_label: str
    label: str
    means: str
    text: str
    filters: dict[str, list[str]]
    count: int
    url: str


class Suggestions(TypedDict):
    """What the words typed so far may become."""

    query: str
    suggestions: list[SuggestionJson]


class DocumentItem(CardJson):
    """A document as lists have it: its card, and how to go on."""

    version: Annotated[int, Meta(description="0 while only a library card is known.")]
    media: str
    came: Came
    page_url: Url


class DocumentRecord(RecordJson):
    """A document's record; its pages, text and passages have addresses of their own."""

    came: Came
    page_url: Url


class PageItem(PageJson):
    """A page of a document."""

    doc: str
    page_url: Url


class PassageItem(PassageJson):
    """A passage with the document that it is from."""

    doc: str
    title: Annotated[str, Meta(description="The document's title.")]
    rights: Rights
    url: Url


class Successor(TypedDict):
    """What became of words that a newer version of their document no longer holds."""

    retired: Annotated[bool, Meta(description="Whether the document's present version no longer holds these words.")]
    successor: Annotated[str, Meta(description="The id of what stands in their place, blank where nothing does.")]


class PassageRecord(PassageItem, Successor):
    """A passage, and the statements in it."""

    statements: Annotated[list[str], Meta(description="Ids of the statements in it.")]


class StatementItem(StatementJson):
    """A statement with the document that says it."""

    title: Annotated[str, Meta(description="The document's title.")]
    language: str
    rights: Rights
    url: Url


class StatementRecord(StatementItem, Successor):
    """A statement, and where else its meaning stands."""

    passage: Annotated[str, Meta(description="The id of the passage that it stands in.")]
    alike: Annotated[list[str], Meta(description="Ids of the other statements of its group, 100 at most.")]


class PracticeItem(PracticeJson):
    """A practice with its address."""

    url: Url


class NoteItem(NoteJson):
    """A synthesis note with its address."""

    url: Url


class Topic(TypedDict):
    """A theme, target group, country or organisation, and how much there is on it."""

    value: Annotated[str, Meta(description="What a filter takes.")]
    label: str
    practices: int
    documents: int
    passages: int
    url: Url


class Theme(Topic):
    """A theme: what it is, how much there is on it, statements by kind."""

    definition: str
    broader: list[str]
    narrower: list[str]
    labels: Annotated[dict[str, str], Meta(description="What it is called, by language (ISO 639-1).")]
    kinds: Annotated[dict[str, int], Meta(description="Statements by kind.")]


class TermJson(TypedDict):
    """A term of the glossary, explained in our words."""

    id: str
    term: str
    definition: str
    source: Annotated[str, Meta(description="Who coined or defines it.")]
    acronyms: list[str]
    also: Annotated[list[str], Meta(description="Its other names.")]
    concept: str
    see: Annotated[list[str], Meta(description="Ids of related terms.")]
    url: Url


class HeadJson(TypedDict):
    """A row's or column's value and its name."""

    value: str
    label: str


class CellJson(TypedDict):
    """One theme under one heading; only cells that hold something are listed."""

    row: str
    column: str
    statements: int
    programmes: Annotated[int, Meta(description="Independent programmes that say something here.")]
    outside: Annotated[bool, Meta(description="Whether somebody from outside the work is among them.")]
    kind: Annotated[str, Meta(description="The most frequent kind of statement.")]
    url: Url


class EvidenceMap(TypedDict):
    """Themes against one facet of statements, counted in independent programmes."""

    by: str
    heading: str
    rows: list[HeadJson]
    columns: list[HeadJson]
    left_out: Annotated[int, Meta(description="Columns for which there was no room.")]
    cells: list[CellJson]


class Reference(TypedDict):
    """A reference in one style."""

    style: str
    label: str
    text: Annotated[str, Meta(description="The reference; of a quotation also the citation in the text, a line each.")]
    html: Annotated[str, Meta(description="The same with the style's italics.")]
    quoted: Annotated[str, Meta(description="The same under the words that are quoted; blank for whole works.")]


class ReferenceFile(TypedDict):
    """A reference as a file for reference managers."""

    format: str
    label: str
    media: str
    text: str


class Citation(TypedDict):
    """How to cite an item, in every style and format asked for; quotations with their page."""

    id: str
    title: str
    quotation: Annotated[str, Meta(description="The words of a passage or statement, else blank.")]
    rights: Rights
    url: Url
    references: list[Reference]
    files: list[ReferenceFile]


class Arrival(TypedDict):
    """A document that came into the knowledge base, or came in anew."""

    doc: str
    title: str
    date: Day
    version: int
    came: str
    page_url: Url


class Quality(TypedDict):
    """How well it works: figures, each with the number of cases that it rests on."""

    own: Annotated[list[Measurement], Meta(description="Measured on this knowledge base.")]
    shipped: list[Measurement]


class Stats(TypedDict):
    """What the knowledge base holds and shows now."""

    version: Annotated[str, Meta(description="Of the program.")]
    revision: Annotated[int, Meta(description="Grows with every change; cursors hold as long as it stays.")]
    ready: Annotated[bool, Meta(description="Whether searches are answered now.")]
    documents: int
    passages: Annotated[int, Meta(description="Different ones: of those with the same words one counts.")]
    statements: Annotated[int, Meta(description="Different ones: of those with the same words one counts.")]
    practices: int
    notes: int
    programmes: Annotated[int, Meta(description="How many independent witnesses the documents are.")]
