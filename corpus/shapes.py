"""The shapes of the catalogue's items as JSON: what `corpus.views` gives, and what the API's description is made of.

Every field is always there; a blank or null value says that nothing is known.  Fields of the model's own objects are
described by those objects (`OBJECTS`).
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, NotRequired, TypedDict

from msgspec import Meta

from corpus.catalogue.relations import Related
from corpus.model import Acronym, Claim, Party, Place, Response, Standing, StatementKind, Tag, Told, Value, Voice
from corpus.practice import ShownToWork, SourceRef

OBJECTS: tuple[type[Value], ...] = (Acronym, Claim, Party, Place, Related, Response, SourceRef, Tag, Told)
"""Objects of the model that stand in these shapes with every field, blank ones too."""


def _as(kind: type[Value]) -> Meta:
    """That a mapping has the fields of one of OBJECTS."""
    return Meta(extra_json_schema={"$ref": f"#/$defs/{kind.__name__}"})


PageNumber = Annotated[
    int | None, Meta(description="The physical page, counted from 1; null where the format has no pages.")
]
PageLabel = Annotated[str | None, Meta(description="What is printed on the page, null where nothing is.")]
Day = Annotated[str, Meta(description="ISO 8601, as exact as known: 2018, 2018-06 or 2018-06-07.")]
Rights = Annotated[
    str, Meta(description="The licence, or what the publisher allows; blank: unknown, quote briefly and link.")
]


class PlaceJson(TypedDict):
    """Where a text stands."""

    page: PageNumber
    page_end: PageNumber
    page_label: PageLabel


class CorrectionJson(TypedDict):
    """What a person corrected, who and when; the other fields are told to the keeper only."""

    field: str
    by: str
    at: str
    item: NotRequired[str]
    value: NotRequired[Any]
    quote: NotRequired[str]
    page: NotRequired[int | None]
    note: NotRequired[str]
    applied_to: NotRequired[str | None]


class StatementJson(PlaceJson):
    """An exact quotation of one kind: a lesson, recommendation, challenge, way of working or result."""

    id: str
    doc: Annotated[str, Meta(description="The id of the document that says it.")]
    section: Annotated[str, Meta(description="Headings from the top, joined by “ › ”.")]
    text: Annotated[str, Meta(description="The words, exactly as the source has them.")]
    kind: StatementKind
    voice: Annotated[Voice, Meta(description="Whose word it is.")]
    achieved: Literal["yes", "expected"] | None
    themes: list[str]
    addressed_to: str | None
    figure: str | None
    group: Annotated[str, Meta(description="The group of statements of the same meaning.")]
    n_independent: Annotated[int, Meta(description="How many independent programmes say so.")]
    corrections: list[CorrectionJson]


class PassageJson(PlaceJson):
    """A passage of 150 to 220 words, shorter where its section is."""

    id: str
    section: Annotated[str, Meta(description="Headings from the top, joined by “ › ”.")]
    text: Annotated[str, Meta(description="The words, exactly as the source has them.")]
    language: str
    tags: list[Annotated[dict[str, Any], _as(Tag)]]
    corrections: list[CorrectionJson]


class HeadingJson(TypedDict):
    """A heading on a page."""

    level: int
    text: str


class FootnoteJson(TypedDict):
    """A footnote on a page; ``number`` is its mark as printed."""

    number: str
    text: str


class PageJson(TypedDict):
    """A page's text in reading order; without headers and footers, its notes apart."""

    number: PageNumber
    label: PageLabel
    text: str
    headings: list[HeadingJson]
    footnotes: list[FootnoteJson]
    ocr: NotRequired[Annotated[float, Meta(description="How sure OCR is of the words, 0 to 1, where it read them.")]]


class SectionJson(TypedDict):
    """A stretch of a document under one heading, and the themes that it is chiefly about."""

    heading: str
    level: int
    path: list[str]
    page: PageNumber
    page_label: PageLabel
    themes: list[str]


class CardJson(TypedDict):
    """What a library card says of a document."""

    id: str
    title: str
    authors: list[str]
    organisations: list[str]
    publisher: str
    date: Day
    year: int | None
    language: str
    url: Annotated[str, Meta(description="The source's own address.")]
    url_note: str
    document_type: str
    standing: Standing
    programme: Annotated[str, Meta(description="Documents of one programme are one witness.")]
    rights: Rights
    summary: str
    countries: Annotated[list[str], Meta(description="ISO 3166-1 alpha-2, XK for Kosovo.")]
    themes: list[str]
    target_groups: list[str]
    symbol: str


class PracticeJson(TypedDict):
    """A practice: the template of the Global Compact's repository and what copying it takes, claim by claim."""

    id: str
    title: str
    told: Annotated[
        dict[str, list[Annotated[dict[str, Any], _as(Claim)]]],
        Meta(description="Claims by field, each with where it comes from; a missing field: the source does not say."),
    ]
    organisations: list[str]
    donors: list[str]
    places: list[Annotated[dict[str, Any], _as(Place)]]
    start: Day
    end: Day
    practice_type: str
    scope: str
    themes: list[str]
    target_groups: list[str]
    gcm_objectives: list[str]
    gcm_principles: list[str]
    sdgs: list[str]
    standing: Standing
    shown_to_work: ShownToWork
    still_running: str
    last_checked: Day
    programme: str
    language: str
    rights: Rights
    doc: Annotated[str, Meta(description="The document that it was read from; blank for a record of our own.")]
    submitted: str
    contact_role: str


class NoteJson(TypedDict):
    """A synthesis note: what the sources together say, in our words, claim by claim with where each comes from."""

    id: str
    title: str
    question: str
    told: dict[str, list[Annotated[dict[str, Any], _as(Claim)]]]
    themes: list[str]
    last_checked: Day
    target_groups: list[str]
    language: str
    rights: Rights


class LikeJson(TypedDict):
    """Another document that holds ``percent`` of this one's words."""

    doc: str
    percent: int


class RecordJson(CardJson):
    """A document's record: its card, its sections, and what it tells of itself and of practices."""

    version: Annotated[int, Meta(description="0 while only a library card is known.")]
    content_hash: str
    media: str
    warnings: list[str]
    sections: list[SectionJson]
    practices: list[PracticeJson]
    evidence: dict[str, list[Annotated[dict[str, Any], _as(Told)]]]
    parties: list[Annotated[dict[str, Any], _as(Party)]]
    acronyms: list[Annotated[dict[str, Any], _as(Acronym)]]
    responses: list[Annotated[dict[str, Any], _as(Response)]]
    related: list[Annotated[dict[str, Any], _as(Related)]]
    like: list[LikeJson]
    corrections: list[CorrectionJson]


class DocumentJson(RecordJson):
    """A document's record with its pages and passages."""

    pages: list[PageJson]
    passages: list[PassageJson]


class ArrivedJson(CardJson):
    """A document that is new, or has new words: when its first words came, and when those that it has now."""

    first: str
    present: str


class NewOnTheme(TypedDict):
    """New statements on one theme; one that is on several stands under each."""

    theme: str
    label: str
    statements: list[StatementJson]


class RecurringJson(TypedDict):
    """What several independent programmes say now, and fewer said before."""

    group: str
    before: int
    now: int
    since: Annotated[str, Meta(description="When the programme came that made them several.")]
    statements: list[StatementJson]


class DigestJson(TypedDict):
    """What is new since a day."""

    since: str
    documents: list[ArrivedJson]
    renewed: Annotated[list[ArrivedJson], Meta(description="Known before; their file has new words.")]
    practices: Annotated[list[PracticeJson], Meta(description="Told by new documents.")]
    themes: Annotated[list[NewOnTheme], Meta(description="Statements of new documents.")]
    recurring: list[RecurringJson]
