"""What comes with the program, in the catalogue: kept up to date for as long as no person changed or removed it."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from sqlalchemy import select, update

from corpus.catalogue import tables as t
from corpus.catalogue.corrected import told_of
from corpus.catalogue.writer import CatalogueWriter, next_revision, put
from corpus.model import Bibliography, Practice

CARD, PRACTICE = "card", "practice"
Item = TypeVar("Item", Bibliography, Practice)


def ship_card(writer: CatalogueWriter, card: Bibliography) -> bool:
    """Keep a shipped card; fields that a person gave another value keep it.  Returns whether anything changed."""
    with writer.engine.connect() as connection:
        query = select(t.documents.c.record_card).where(t.documents.c.id == card.id)
        there: Bibliography | None = connection.execute(query).scalar_one_or_none()
    last = _last(writer, CARD, card.id, Bibliography)
    changed = writer.put_card(card if there is None else _refreshed(card, there, last))
    _remember(writer, CARD, card)
    return changed


def _refreshed(card: Bibliography, there: Bibliography, last: Bibliography | None) -> Bibliography:
    """The card that is there with the shipped values of its blank fields and of those that are as they shipped last.

    Without a last one (a home from before it was kept) nobody knows who filled a field in, so it stays.
    """
    values = {}
    for field in msgspec.structs.fields(Bibliography):
        mine = getattr(there, field.name)
        untouched = last is not None and mine == getattr(last, field.name)
        blank = not field.required and mine == field.default
        values[field.name] = getattr(card, field.name) if untouched or blank else mine
    return Bibliography(**values)


def ship_practice(writer: CatalogueWriter, practice: Practice) -> bool:
    """Keep a shipped practice, unless a person changed or removed the one that is there.

    Returns whether anything changed.
    """
    with writer.engine.connect() as connection:
        there = connection.execute(select(t.practices).where(t.practices.c.id == practice.id)).one_or_none()
    last = _last(writer, PRACTICE, practice.id, Practice)
    if there and there.document_id is None and last is not None and there.practice != _corrected(writer, last):
        return False
    changed = writer.put_practice(practice)
    _remember(writer, PRACTICE, practice)
    return changed


def _corrected(writer: CatalogueWriter, practice: Practice) -> Practice:
    """A practice with the single fields that people corrected: those stay theirs, the others are refreshed."""
    with writer.engine.connect() as connection:
        return told_of(connection, practice)


def restore(writer: CatalogueWriter, item: Bibliography | Practice) -> None:
    """Bring a shipped card (with its document) or practice back as it ships, whatever a person made of it."""
    with writer.engine.begin() as connection:
        revision = next_revision(connection)
        back = {"status": "current", "revision": revision}
        if isinstance(item, Practice):
            of_ours = t.practices.c.id == item.id, t.practices.c.document_id.is_(None)
            connection.execute(update(t.practices).where(*of_ours).values(back | {"practice": item}))
        else:
            here = t.documents.c.id == item.id
            row = connection.execute(select(t.documents.c.revision, t.documents.c.status).where(here)).one_or_none()
            connection.execute(update(t.documents).where(here).values(back | {"record_card": item}))
            if row and row.status != "current":  # its practices went in the revision in which it was removed
                went = t.practices.c.document_id == item.id, t.practices.c.revision == row.revision
                gone = update(t.practices).where(*went, t.practices.c.status == "gone")
                connection.execute(gone.values(back))
    _remember(writer, PRACTICE if isinstance(item, Practice) else CARD, item)


def _last(writer: CatalogueWriter, kind: str, item: str, form: type[Item]) -> Item | None:
    query = select(t.shipped.c.value).where(t.shipped.c.kind == kind, t.shipped.c.item == item)
    with writer.engine.connect() as connection:
        value = connection.execute(query).scalar_one_or_none()
    return None if value is None else msgspec.json.decode(value, type=form)


def _remember(writer: CatalogueWriter, kind: str, item: Bibliography | Practice) -> None:
    """Note what shipped, after it is kept: a kill in between only makes the next run compare with an older one."""
    with writer.engine.begin() as connection:
        put(connection, t.shipped, {"kind": kind, "item": item.id, "value": msgspec.json.encode(item).decode()})
