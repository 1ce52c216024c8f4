"""``/api``: what programs can ask, for people, with examples that answer; and the description for programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import quote

import msgspec
from flask import Blueprint, Response, render_template

from corpus.concepts import vocabulary
from corpus.glossary import glossary
from corpus.model import Value
from webapp.api.description import TAGS, description
from webapp.api.operations import JSON, OPERATIONS, PATH, PREFIX, Operation
from webapp.api.parameters import Parameter
from webapp.knowledge import Knowledge, knowledge

blueprint = Blueprint("api_page", __name__)

ASKED = {
    "search": "q=guardianship&limit=3",
    "suggest": "q=guard",
    "statements": "kind=recommendation&limit=3",
    "practices": "limit=3",
    "citation": "style=apa&format=bibtex",
    "evidence": "by=group",
    "new": "since=2026-01-01",
}
"""What the examples ask, where without anything they would show less."""


class Shown(Value, frozen=True):
    """An operation as the page shows it; ``example`` is blank where the library holds nothing to show."""

    name: str
    path: str
    summary: str
    example: str
    parameters: tuple[tuple[str, str, str], ...]
    """Name, values, what it does."""


@blueprint.get("/api")
def show() -> str:
    """What there is to ask, with examples from this library."""
    here = knowledge()
    there = examples(here)
    rooms = [(tag, told, [_shown(one, there) for one in OPERATIONS if one.tag == tag]) for tag, told in TAGS.items()]
    return render_template("api.html", rooms=rooms, base=here.settings.public_url.rstrip("/"), prefix=PREFIX)


@blueprint.get(f"{PREFIX}/openapi.json")
def openapi() -> Response:
    """The description as OpenAPI 3.1."""
    told = msgspec.json.encode(description(knowledge().settings.public_url))
    return Response(told, content_type=JSON)


def _shown(one: Operation, examples: Mapping[str, str]) -> Shown:
    there = all(examples.get(name) for name in one.variables)
    example = one.path.format_map({name: quote(value) for name, value in examples.items()}) if there else ""
    asked = ASKED.get(one.name, "")
    in_path = [(name, "", PATH[name]) for name in one.variables]
    return Shown(
        name=one.name,
        path=one.path,
        summary=one.summary,
        example=example + (f"?{asked}" if example and asked else ""),
        parameters=(*in_path, *((p.name, _values(p), p.help) for p in one.parameters)),
    )


def _values(parameter: Parameter) -> str:
    """The values that a parameter can have, in short."""
    schema = parameter.schema
    several: Mapping[str, object] = schema.get("items", schema)
    values = several.get("enum")
    if isinstance(values, Iterable):
        return " · ".join(str(value) for value in values if value)
    if schema["type"] == "integer":
        return f"{schema['minimum']}–{schema['maximum']} ({schema['default']})"
    return str(several.get("format", ""))


def examples(here: Knowledge) -> dict[str, str]:
    """For each variable part of a path something that is there; what the library does not hold is left blank."""
    catalogue = here.catalogue
    read = sorted((e for e in catalogue.entries() if e.version), key=lambda entry: entry.media != "pdf")
    doc = next((e.card.id for e in read if catalogue.statements(e.card.id)), read[0].card.id if read else "")
    passages, statements = (catalogue.passages(doc), catalogue.statements(doc)) if doc else ((), ())
    numbers = [n for n, _ in catalogue.page_numbers(doc) if n is not None] if doc else []
    statement = statements[0].id if statements else ""
    return {
        "doc": doc,
        "number": str(numbers[-1]) if numbers else "",
        "passage": passages[0].id if passages else "",
        "statement": statement,
        "practice": next(iter(catalogue.practice_ids()), ""),
        "note": next((note.id for note in here.notes()), ""),
        "theme": next(one.id for one in vocabulary().scheme("themes") if one.listed),
        "term": glossary().terms[0].id,
        "item": statement or doc,
    }
