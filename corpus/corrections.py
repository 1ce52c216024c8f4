"""What a person corrects: which fields can be corrected, and how a value is written and checked.

A correction is a person's value for one field of one item; the newest of an item's field counts, and it wins over
whatever a machine reads, now or later.  Fields are named as they are typed (``fingerpost edit ITEM FIELD VALUE``):

- of a passage: ``tag:CONCEPT``, yes or no, for any concept or place of the vocabularies;
- of a statement: ``kind`` (``none``: it is no statement), ``voice``, ``achieved``, ``addressed_to``, ``figure``,
  ``themes``.  A kind that is given to words of a document, quoted, makes them a statement;
- of a document: the fields of its library card, ``evidence.FIELD`` for its evidence card, and what it is to other
  documents (``brief-of``, ``response-to``, ``synthesis-of``);
- of a practice: ``practice.FIELD`` (a document's first practice has the document's own id).

Several values of one field are parted by semicolons; a blank value says that there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, get_args, get_type_hints

from corpus.concepts import vocabulary
from corpus.errors import RecordError, UsageError, VocabularyError
from corpus.evidence import EVIDENCE_FIELDS
from corpus.fields import check_concepts, check_countries, check_date
from corpus.ids import kind_of
from corpus.messages import Message
from corpus.model import Bibliography, ShownToWork, Standing, StatementKind, Value, Voice
from corpus.places import PLACE_PREFIX, country_name
from corpus.practice import PRACTICE_FIELDS, Place
from corpus.privacy import WITHHELD
from corpus.records import SCHEMES, SCOPES
from corpus.sources import check

Sort = Literal["passage", "statement", "document", "practice"]
Content = str | bool | tuple[str, ...] | None
"""A corrected value as it is kept; None takes a correction back: the machine's value counts again."""

TAG, EVIDENCE, PRACTICE = "tag:", "evidence.", "practice."
NO_STATEMENT = "none"
"""The kind of what a person found to be no statement."""

RELATIONS = {
    "brief-of": "what this brief is a brief of",
    "response-to": "what this management response answers",
    "synthesis-of": "what this synthesis draws together",
}
"""What a document can be to others; the names are those of the catalogue's relations."""

NAME_MAX = 120
"""How long a name may be that is kept beside a correction."""

_TIME = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?", re.ASCII)

_YES, _NO = frozenset({"yes", "true", "1"}), frozenset({"no", "false", "0"})


class Correction(Value, frozen=True):
    """A person's value for a field of an item, by whom and when (UTC, ISO 8601).

    ``item`` is the id under which it was corrected and ``quote`` the item's words then (of a field of the evidence
    card: the words that tell it), by which the correction finds its place again when the id is gone.
    ``applied_to`` is the id that it holds for now, None for an orphan.
    """

    item: str
    field: str
    value: Content
    doc: str = ""
    quote: str = ""
    page: int | None = None
    note: str = ""
    by: str = ""
    at: str = ""
    applied_to: str | None = None
    number: int = 0

    @property
    def sort(self) -> Sort:
        return sort_of(self.item, self.field)


@dataclass(frozen=True)
class Field:
    """A field that can be corrected; ``read`` turns what is typed into what is kept, or raises `UsageError`."""

    name: str
    help: str
    read: Callable[[str, str], Content]


def sort_of(item: str, field: str) -> Sort:
    """What kind of item a field belongs to, by the form of the item's id and the field's name."""
    form = kind_of(item)
    if form != "whole":
        return form
    return "practice" if field.startswith(PRACTICE) else "document"


def read_value(item: str, field: str, typed: str) -> Content:
    """A value as a person types it, checked against the vocabularies and the other rules of its field.

    Raises:
        UsageError: the item has no such field, or the value is none of its, or holds a mark of what is withheld: it was
            copied from where readers see it, and would take the place of what stands there.
    """
    if WITHHELD in typed:
        raise UsageError(Message("Write it without what is withheld there."))
    stated = kind_of(item) == "whole" and field == "kind"  # of words that are quoted from a document
    sort: Sort = "statement" if stated else sort_of(item, field)
    known = FIELDS[sort].get(TAG if field.startswith(TAG) else field)
    if known is None:
        raise UsageError(f"A {sort} has no field {field!r}; use one of {', '.join(names(sort))}.")
    if field.startswith(TAG):
        _check_concept(field.removeprefix(TAG))
    try:
        return known.read(" ".join(typed.split()) if "\n" not in typed.strip() else typed.strip(), field)
    except RecordError as error:
        raise UsageError(f"{error}.") from error


def typed(value: Content) -> str:
    """A kept value as a person types it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(value) if isinstance(value, tuple) else value or ""


def names(sort: Sort) -> tuple[str, ...]:
    """The names of the fields of a sort of items, as they are typed."""
    return tuple(f"{name}CONCEPT" if name == TAG else name for name in FIELDS[sort])


# ---------------------------------------------------------------------------------------------- how values are read


def _text(told: str, where: str) -> Content:
    return told


def _needed(told: str, where: str) -> Content:
    if not told:
        raise UsageError(f"The {where} may not be blank; give one.")
    return told


def _list(told: str, where: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in told.split(";") if part.strip()))


def _yes_or_no(told: str, where: str) -> Content:
    if told.casefold() not in _YES | _NO:
        raise UsageError(f"{told!r} is neither yes nor no; {where} needs one of them.")
    return told.casefold() in _YES


def _date(told: str, where: str) -> Content:
    check_date(told, "The value", where)
    return told


def _one_of(*choices: str) -> Callable[[str, str], Content]:
    def read(told: str, where: str) -> Content:
        if told not in choices:
            shown = ", ".join(choice or "nothing" for choice in choices)
            raise UsageError(f"{told!r} is no {where}; use one of {shown}.")
        return told

    return read


def _concepts(scheme: str, *, listed: bool = False) -> Callable[[str, str], Content]:
    def read(told: str, where: str) -> Content:
        found = _list(told, where)
        check_concepts(found, scheme, "The value", where, vocabulary())
        for one in found:
            instead = vocabulary().listed_ancestor(one)
            if listed and instead != one:
                raise UsageError(f"{one!r} is not among the listed {scheme}; use {instead!r}.")
        return found

    return read


def _of_card(field: str) -> Callable[[str, str], Content]:
    """A card's field, checked as it is in a library card."""
    plural = isinstance(getattr(Bibliography(id="x", title=""), field), tuple)

    def read(told: str, where: str) -> Content:
        value = _list(told, where) if plural else told
        given: dict[str, object] = {field: value}
        check(Bibliography(**{"id": "x", "title": "", **given}), "The value", vocabulary())  # type: ignore[arg-type]
        return value

    return read


def _language(told: str, where: str) -> Content:
    if told and not (len(told) in (2, 3) and told.isascii() and told.isalpha() and told.islower()):
        raise UsageError(f"{told!r} is no language; write its ISO 639 code, as in 'en'.")
    return told


def _places(told: str, where: str) -> Content:
    found = _list(told, where)
    roles = get_args(get_type_hints(Place)["role"])
    check_countries((one.partition(":")[0] for one in found), "The value", where)
    for one in found:
        if one.partition(":")[2] not in roles:
            raise UsageError(f"{one!r} has no role that is known; write ET or ET:origin ({', '.join(roles[1:])}).")
    return found


def _check_concept(concept: str) -> None:
    try:
        if concept.startswith(PLACE_PREFIX) and concept not in vocabulary():
            country_name(concept.removeprefix(PLACE_PREFIX))
        else:
            vocabulary().concept(concept)
    except VocabularyError as error:
        raise UsageError(str(error)) from error


# ---------------------------------------------------------------------------------------------- which fields there are


def _table(*fields: Field) -> dict[str, Field]:
    return {field.name: field for field in fields}


def _card_fields() -> Iterable[Field]:
    special = {"title": _needed, "standing": _one_of(*Standing), "language": _language}
    for name in Bibliography.__struct_fields__:
        if name != "id":
            yield Field(name, "as on a library card", special.get(name) or _of_card(name))


def _practice_fields() -> Iterable[Field]:
    readers: dict[str, Callable[[str, str], Content]] = {
        "title": _needed,
        "organisations": _list,
        "donors": _list,
        "places": _places,
        **dict.fromkeys(("start", "end", "last_checked"), _date),
        "practice_type": _concepts("practice-types"),
        "scope": _one_of("", *SCOPES),
        **{field: _concepts(scheme) for field, scheme in SCHEMES.items()},
        "standing": _one_of(*Standing),
        "shown_to_work": _one_of(*ShownToWork),
        "still_running": _text,
        "programme": _text,
        "rights": _text,
        "contact_role": _text,
    }
    for name, read in readers.items():
        yield Field(PRACTICE + name, "as in a practice record", read)
    for name, heading in PRACTICE_FIELDS.items():
        yield Field(PRACTICE + name, f"{heading}: a line for each claim", _text)


FIELDS: dict[Sort, dict[str, Field]] = {
    "passage": _table(Field(TAG, "whether the passage is about a concept or place: yes or no", _yes_or_no)),
    "statement": _table(
        Field("kind", f"what the statement does; {NO_STATEMENT}: it is none", _one_of(*StatementKind, NO_STATEMENT)),
        Field("voice", "whose word it is", _one_of(*Voice)),
        Field("achieved", "of a result: yes or expected", _one_of("yes", "expected")),
        Field("addressed_to", "of a recommendation: to whom", _text),
        Field("figure", "of a result: the number with its unit, as printed in it", _text),
        Field("themes", "listed themes", _concepts("themes", listed=True)),
    ),
    "document": _table(
        *_card_fields(),
        *(
            Field(EVIDENCE + name, heading, _one_of("yes", "no", "partly", "") if name == "children_heard" else _list)
            for name, heading in EVIDENCE_FIELDS.items()
        ),
        *(Field(name, meaning, _list) for name, meaning in RELATIONS.items()),
    ),
    "practice": _table(*_practice_fields()),
}
"""Every field that can be corrected, by the sort of item that has it."""


def check_name(name: str) -> str:
    """The name of who corrects, in one line of at most NAME_MAX characters."""
    told = " ".join(name.split())
    if len(told) > NAME_MAX:
        raise UsageError(f"The name {told[:20]!r}… is too long; use at most {NAME_MAX} characters.")
    return told


def check_time(at: str) -> str:
    """When something was corrected: blank, or ISO 8601 as the catalogue writes it."""
    if at and not _TIME.fullmatch(at):
        raise UsageError(f"{at!r} is no time; leave it blank or write it as 2026-03-01T12:00:00Z.")
    return at


def document_of(item: str) -> str:
    """The document that a passage's, statement's or document's id begins with."""
    return item.partition(".")[0]
