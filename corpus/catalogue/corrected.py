"""Corrections in the catalogue: kept apart from machine values, put on every new reading in its own transaction.

The rows of passages, statements, evidence cards and practices hold what counts, a person's word where there is one;
the table of corrections holds what the machine said there, so that a correction can be taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, select, update

from corpus.catalogue import tables as t
from corpus.catalogue.reader import Catalogue
from corpus.correcting import Corrected, Tie, corrected, practices
from corpus.corrections import EVIDENCE, PRACTICE, Content, Correction
from corpus.model import Document, Practice, Statement, Tag, Told
from corpus.withholding import Rules

_COLUMNS = t.corrections.c


def corrections(catalogue: Catalogue, doc: str = "") -> tuple[Correction, ...]:
    """The corrections that count, of a document and its practices or of everything, the oldest first."""
    of = [] if not doc else [_COLUMNS.document_id == doc]
    with catalogue.engine.connect() as connection:
        return tuple(tie.correction for tie in kept(connection, *of))


def in_place(found: Iterable[Correction]) -> dict[str, list[Correction]]:
    """Corrections by the item that they hold for; orphans are left out."""
    held: dict[str, list[Correction]] = {}
    for one in found:
        if one.applied_to is not None:
            held.setdefault(one.applied_to, []).append(one)
    return held


def history(catalogue: Catalogue) -> tuple[Tie, ...]:
    """Every correction ever made, with what the machine said there; those replaced or taken back too, oldest first."""
    with catalogue.engine.connect() as connection:
        return tuple(_tie(row) for row in connection.execute(select(t.corrections).order_by(_COLUMNS.number)))


def orphans(catalogue: Catalogue) -> tuple[Correction, ...]:
    """The corrections whose item is no longer there, in documents that are."""
    lost = [one for one in corrections(catalogue) if one.applied_to is None]
    there = set(catalogue.document_ids()) if lost else set()
    return tuple(one for one in lost if one.doc in there)


def shown(rules: Rules, found: Iterable[Correction]) -> tuple[Correction, ...]:
    """Corrections without those of what is withdrawn, and without withdrawn words in the others' quotations."""
    seen = (one for one in found if not rules.hidden.intersection((one.item, one.applied_to, one.doc)))
    return tuple(msgspec.structs.replace(one, quote=rules.text(one.quote, one.doc)) for one in seen)


# ---------------------------------------------------------------------------------------------- for writers


def kept(connection: Connection, *where: ColumnElement[bool]) -> tuple[Tie, ...]:
    """The corrections that count among those asked for: the newest of each item's field, unless it was taken back."""
    rows = connection.execute(select(t.corrections).where(*where).order_by(_COLUMNS.number))
    newest = {(row.item, row.field): row for row in rows}
    ordered = sorted(newest.values(), key=lambda row: row.number)
    return tuple(tie for tie in map(_tie, ordered) if tie.correction.value is not None)


def of_reading(connection: Connection, document: Document) -> Corrected:
    """A new reading with what people corrected in the document."""
    ties = kept(connection, _COLUMNS.document_id == document.id)
    return corrected(document, [tie.correction for tie in ties]) if ties else Corrected(document=document)


def of_practices(connection: Connection, doc: str, read: Sequence[Practice]) -> tuple[Practice, ...]:
    """The practices of a new reading with what people corrected in them, and where each correction holds."""
    ties = kept(connection, _COLUMNS.document_id == doc, _COLUMNS.field.startswith(PRACTICE, autoescape=True))
    return _with(connection, read, ties)


def of_record(connection: Connection, practice: Practice) -> Practice:
    """A practice record with what people corrected in it, and where each correction holds."""
    return _with(connection, (practice,), _of_ours(connection, practice.id))[0]


def told_of(connection: Connection, practice: Practice) -> Practice:
    """A practice record as it is with what people corrected in it; nothing is written down."""
    found, _ = practices((practice,), [tie.correction for tie in _of_ours(connection, practice.id)])
    return found[0]


def _of_ours(connection: Connection, practice: str) -> tuple[Tie, ...]:
    return kept(connection, _COLUMNS.item == practice, _COLUMNS.document_id.is_(None))


def _with(connection: Connection, read: Sequence[Practice], ties: Sequence[Tie]) -> tuple[Practice, ...]:
    if not ties:
        return tuple(read)
    found, tied = practices(read, [tie.correction for tie in ties])
    settle(connection, tied)
    return found


def settle(connection: Connection, ties: Iterable[Tie]) -> None:
    """Write down which item each correction holds for now, and what the machine said there."""
    for tie in ties:
        machine = msgspec.json.encode(tie.machine).decode()
        row = update(t.corrections).where(_COLUMNS.number == tie.correction.number)
        connection.execute(row.values(applied_to=tie.applied_to, machine=machine))


def _tie(row: Row[Any]) -> Tie:
    value: Content = msgspec.json.decode(row.value, type=str | bool | tuple[str, ...] | None)
    one = Correction(
        item=row.item,
        field=row.field,
        value=value,
        doc=row.document_id or "",
        quote=row.quote,
        page=row.page,
        note=row.note,
        by=row.by,
        at=row.at,
        applied_to=row.applied_to,
        number=row.number,
    )
    machine = None if row.machine is None else msgspec.json.decode(row.machine, type=_machine_type(one))
    return Tie(correction=one, applied_to=row.applied_to, machine=machine)


def _machine_type(one: Correction) -> Any:
    if one.sort == "passage":
        return tuple[Tag, ...] | None
    if one.sort == "statement":
        return Statement | None
    return tuple[Told, ...] | None if one.field.startswith(EVIDENCE) else Any
