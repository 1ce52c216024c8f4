"""What an assistant can ask of a knowledge base over the Model Context Protocol: tools, their arguments, their results.

Everything is read as the web reads it (`webapp.knowledge`): what is withheld there is withheld here.  A result's texts
come from documents of others, and every result says that they are data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from cli.mcp_results import (
    NOTICE,
    Found,
    Practices,
    Referred,
    Thing,
    one_practice,
    quotation_of,
    rights_told,
    whole_of,
)
from corpus.citation import STYLES, Words
from corpus.errors import UsageError
from corpus.model import StatementKind, Value, Voice
from index.answer import PARTLY, Answer, Request, What
from index.library import FIRST_QUESTION
from webapp.api.citations import cited
from webapp.api.shapes import EvidenceMap as MapShape
from webapp.api.topics import evidence_map
from webapp.evidence import By
from webapp.knowledge import Knowledge
from webapp.pages.cite import NAME_MOST

Limit = Annotated[int, Meta(ge=1, le=20, description="The most results.")]
Values = tuple[str, ...]
Question = Annotated[
    str, Meta(max_length=2000, description=f"The question in plain words, such as “{FIRST_QUESTION}”.")
]
Theme = Annotated[Values, Meta(description="Ids of themes, such as guardianship; alternatives.")]
Country = Annotated[Values, Meta(description="ISO 3166-1 alpha-2 codes; alternatives.")]
Group = Annotated[Values, Meta(description="Target groups, such as unaccompanied-separated-children; alternatives.")]
Standing = Annotated[
    Values,
    Meta(description="How independent the source is: external-evaluation, implementers-account …; alternatives."),
]
Doc = Annotated[Values, Meta(description="Ids of documents; alternatives.")]


class Search(Value, frozen=True):
    """Find exact quotations with their pages for a question, the best first."""

    query: Question
    what: Annotated[What, Meta(description="What to look for.")] = "passages"
    theme: Theme = ()
    country: Country = ()
    group: Group = ()
    standing: Standing = ()
    year: Annotated[Values, Meta(description="Years of publication; alternatives.")] = ()
    language: Annotated[Values, Meta(description="Languages (ISO 639-1); alternatives.")] = ()
    doc: Doc = ()
    limit: Limit = 8


class Statements(Value, frozen=True):
    """What the documents recommend, learned, did, met and reached: those of one meaning once, with how many independent
    programmes say so; without a query what most of them say stands first."""

    query: Annotated[str, Meta(max_length=2000, description="Only what answers this; may be left out.")] = ""
    kind: Annotated[tuple[StatementKind, ...], Meta(description="Kinds of statements; alternatives.")] = ()
    theme: Theme = ()
    country: Country = ()
    group: Group = ()
    standing: Standing = ()
    voice: Annotated[tuple[Voice, ...], Meta(description="Whose word it is; alternatives.")] = ()
    doc: Doc = ()
    limit: Limit = 8


class Get(Value, frozen=True):
    """One thing by its id: a document (its record, or one page), passage, statement, practice or note."""

    id: str
    page: Annotated[int, Meta(ge=1)] | None = None
    """A physical page of a document, counted from 1."""


class Cite(Value, frozen=True):
    """The reference of a document, passage, statement or practice; quotations with their page."""

    id: str
    style: Annotated[
        str,
        Meta(
            pattern="^(" + "|".join(STYLES) + ")$",
            description="The reference style.",
            extra_json_schema={"enum": [*STYLES]},
        ),
    ] = "apa"
    format: Annotated[
        Literal["text", "bibtex", "ris", "csl-json"], Meta(description="A reference to read, or a file for a manager.")
    ] = "text"
    said_by: Annotated[str, Meta(max_length=NAME_MOST, description="Whose words the source itself quotes.")] = ""
    translated: Annotated[bool, Meta(description="Whether the translation is yours.")] = False


class EvidenceMap(Value, frozen=True):
    """How much there is on which theme, counted in independent programmes, and where nothing is."""

    by: Annotated[By, Meta(description="What themes are held against.")] = "kind"


class FindPractices(Value, frozen=True):
    """Practices that others may copy: what they took, what failed, when they will not transfer."""

    query: Annotated[str, Meta(max_length=2000, description="What is needed; blank for all.")] = ""
    theme: Theme = ()
    country: Country = ()
    group: Group = ()
    limit: Limit = 5


@dataclass(frozen=True)
class Tool:
    """A tool: its name, what a person calls it, its arguments, the shape of its result, and what it does."""

    name: str
    title: str
    arguments: type[Value]
    answers: Any
    run: Callable[[Knowledge, Any], Mapping[str, Any]]


def call(here: Knowledge, name: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a tool answers.

    Raises:
        UsageError: the arguments do not fit; LookupError: there is no such tool; and what reading raises.
    """
    tool = TOOLS[name]
    try:
        asked = msgspec.convert(arguments, tool.arguments)
    except msgspec.ValidationError as error:
        names = ", ".join(tool.arguments.__struct_fields__)
        raise UsageError(f"The arguments of “{name}” do not fit: {error}. It takes {names}.") from error
    return tool.run(here, asked)


# ---------------------------------------------------------------------------------------------- the tools

_FILTERS = ("theme", "country", "group", "standing", "year", "language", "doc", "kind", "voice")


def _request(asked: Any, what: What, **more: Any) -> Request:
    """The search that arguments ask for."""
    filters = {name: values for name in _FILTERS if (values := getattr(asked, name, ()))}
    return Request(text=asked.query, what=what, filters=filters, limit=asked.limit, facets=False, **more)


def _search(here: Knowledge, asked: Search) -> Found:
    return _found(here, here.search(_request(asked, asked.what)))


def _statements(here: Knowledge, asked: Statements) -> Found:
    more = {} if asked.query else {"sort": "programmes"}
    return _found(here, here.search(_request(asked, "statements", together=True, **more)))


def _found(here: Knowledge, answer: Answer) -> Found:
    return {
        "notice": NOTICE,
        "searched_for": answer.interpreted,
        "answered": not answer.weak,
        "total": answer.total,
        "remarks": [*([PARTLY] if answer.partly else []), *map(str, answer.notes)],
        "results": [quotation_of(here, hit) for hit in answer.hits],
    }


def _get(here: Knowledge, asked: Get) -> Thing:
    return whole_of(here, asked.id, asked.page)


def _cite(here: Knowledge, asked: Cite) -> Referred:
    files = () if asked.format == "text" else (asked.format,)
    styles = (asked.style,) if asked.format == "text" else ()
    told = cited(here, asked.id, styles, files, Words(said_by=asked.said_by, translated=asked.translated))
    return {
        "notice": NOTICE,
        "id": told["id"],
        "title": told["title"],
        "quotation": told["quotation"],
        "reference": told["references"][0]["text"] if styles else told["files"][0]["text"],
        "style": asked.style if styles else asked.format,
        "address": told["url"],
        "rights": rights_told(told["rights"]),
    }


def _map(here: Knowledge, asked: EvidenceMap) -> Mapping[str, Any]:
    return evidence_map(here, asked.by)


def _practices(here: Knowledge, asked: FindPractices) -> Practices:
    answer = here.search(_request(asked, "practices"))
    found = [(hit, here.catalogue.practice(hit.id)) for hit in answer.hits]
    return {
        "notice": NOTICE,
        "searched_for": answer.interpreted,
        "answered": not answer.weak,
        "total": answer.total,
        "results": [one_practice(here, practice, hit.weak) for hit, practice in found],
    }


TOOLS = {
    tool.name: tool
    for tool in (
        Tool("search", "Search quotations", Search, Found, _search),
        Tool("statements", "What the documents say", Statements, Found, _statements),
        Tool("practices", "Practices to copy", FindPractices, Practices, _practices),
        Tool("get", "One thing by its id", Get, Thing, _get),
        Tool("cite", "Reference", Cite, Referred, _cite),
        Tool("evidence_map", "Evidence map", EvidenceMap, MapShape, _map),
    )
}
"""Every tool by its name."""
