"""What of an item can be corrected, each field with its value as it counts now, written as a person would type it."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.catalogue.entries import DocumentEntry
from corpus.catalogue.reader import Catalogue
from corpus.catalogue.relations import related
from corpus.corrections import EVIDENCE, FIELDS, PRACTICE, TAG, typed
from corpus.model import PRACTICE_FIELDS, Bibliography, Passage, Practice, Statement, StatementKind, Value

_ONLY_OF = {
    "achieved": StatementKind.RESULT,
    "figure": StatementKind.RESULT,
    "addressed_to": StatementKind.RECOMMENDATION,
}
"""Fields that only statements of one kind have."""


class Field(Value, frozen=True):
    """A field of an item: its name as it is typed, its value (several parted by semicolons, claims a line each)."""

    name: str
    value: str
    several: bool = False


def of_passage(passage: Passage) -> tuple[Field, ...]:
    """The concepts and places that a passage is about."""
    return tuple(Field(name=f"{TAG}{concept}", value=typed(True)) for concept in sorted(passage.concepts()))


def of_statement(statement: Statement) -> tuple[Field, ...]:
    """What can be said of a statement of its kind."""
    named = (name for name in FIELDS["statement"] if _ONLY_OF.get(name, statement.kind) is statement.kind)
    return tuple(_field(name, getattr(statement, name)) for name in named)


def of_document(catalogue: Catalogue, entry: DocumentEntry) -> tuple[Field, ...]:
    """A document's library card, its evidence card, and what it is to others."""
    return tuple(_of_document(catalogue, entry))


def _of_document(catalogue: Catalogue, entry: DocumentEntry) -> Iterator[Field]:
    others = [one for one in related(catalogue, entry.card.id) if not one.inverse]
    for name in FIELDS["document"]:
        if name in Bibliography.__struct_fields__:
            yield _field(name, getattr(entry.card, name))
        elif name.startswith(EVIDENCE):
            told = entry.evidence.get(name.removeprefix(EVIDENCE), ())
            yield Field(name=name, value="; ".join(one.value or one.quote for one in told), several=True)
        else:
            yield Field(name=name, value="; ".join(one.doc for one in others if one.kind == name), several=True)


def of_practice(practice: Practice) -> tuple[Field, ...]:
    """A practice's fields in the order of the template."""
    return tuple(_of_practice(practice))


def _of_practice(practice: Practice) -> Iterator[Field]:
    for full in FIELDS["practice"]:
        name = full.removeprefix(PRACTICE)
        if name in PRACTICE_FIELDS:
            lines = (f"- {claim.text}" if claim.item else claim.text for claim in practice.told.get(name, ()))
            yield Field(name=full, value="\n".join(lines))
        elif name == "places":
            places = (":".join(filter(None, (place.country, place.role))) for place in practice.places)
            yield Field(name=full, value="; ".join(places), several=True)
        else:
            yield _field(full, getattr(practice, name))


def _field(name: str, value: object) -> Field:
    if isinstance(value, tuple):
        return Field(name=name, value="; ".join(map(str, value)), several=True)
    return Field(name=name, value=str(value or ""))
