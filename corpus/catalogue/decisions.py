"""The decisions about what may be shown, in the catalogue: they outlive every new reading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import Connection, Table, select, update

from corpus.catalogue import tables as t
from corpus.catalogue.reader import Catalogue, chunks
from corpus.catalogue.writer import CatalogueWriter, next_revision, now, put
from corpus.errors import NotInCatalogue
from corpus.notes import retold
from corpus.sensitivity import ORGANISATION, Decision


def decisions(catalogue: Catalogue) -> tuple[Decision, ...]:
    """Every decision, the oldest first."""
    query = select(t.sensitivities).order_by(t.sensitivities.c.at, t.sensitivities.c.item)
    with catalogue.engine.connect() as connection:
        rows = connection.execute(query)
        return tuple(Decision(item=r.item, level=r.level, reason=r.reason, by=r.by, at=r.at) for r in rows)


def heirs(catalogue: Catalogue, items: Iterable[str]) -> dict[str, str]:
    """What took the place of retired passages and statements: each successor of an item, with the item it goes back to.

    A successor that was retired in its turn is followed to its own.
    """
    origin = {item: item for item in items}
    newest = list(origin)
    with catalogue.engine.connect() as connection:
        while newest:
            found = []
            for table in (t.passages, t.statements):
                for some in chunks(newest):
                    query = select(table.c.id, table.c.successor)
                    query = query.where(table.c.id.in_(some), table.c.successor.is_not(None))
                    found += [(row.id, row.successor) for row in connection.execute(query)]
            newest = [successor for _, successor in found if successor not in origin]
            origin |= {successor: origin[before] for before, successor in found if successor not in origin}
    return {heir: first for heir, first in origin.items() if heir != first}


def decide(writer: CatalogueWriter, decided: Sequence[Decision]) -> None:
    """Keep decisions, all or none; everything that they touch is due to be indexed anew.

    Where an item is at the level already, what is left blank stays as it was kept: the reason, who decided, and,
    where nothing new is told, when.

    Raises:
        NotInCatalogue: an item is neither a document, passage, statement nor practice; nothing is changed.
    """
    with writer.engine.begin() as connection:
        revision = next_revision(connection)
        for one in decided:
            owners = _owners(connection, one.item)
            if not owners:
                raise NotInCatalogue(
                    f"Nothing has the id {one.item!r}; 'fingerpost search' shows ids. Nothing was changed."
                )
            put(connection, t.sensitivities, _completed(connection, one))
            for table, identifier in owners:
                rows = update(table).values(revision=revision)
                connection.execute(rows if identifier is None else rows.where(table.c.id == identifier))


def _completed(connection: Connection, one: Decision) -> dict[str, str]:
    """A decision as it is kept, its blanks filled from an earlier one on the same item at the same level."""
    row = connection.execute(select(t.sensitivities).where(t.sensitivities.c.item == one.item)).first()
    told = msgspec.structs.asdict(one)
    if row is None or row.level != one.level:
        return told | {"at": one.at or now()}
    at = one.at or (now() if one.reason or one.by else row.at)
    return told | {"reason": one.reason or row.reason, "by": one.by or row.by, "at": at}


def _owners(connection: Connection, item: str) -> list[tuple[Table, str | None]]:
    """The tables and ids of what is shown otherwise after a decision about an item; no id means all of a table.

    An organisation may be named anywhere.
    """
    if item.startswith(ORGANISATION):
        return [(t.documents, None), (t.practices, None)]
    owners: list[tuple[Table, str | None]] = []
    for table in (t.passages, t.statements):
        query = select(table.c.document_id).where(table.c.id == item)
        owners += [(t.documents, row.document_id) for row in connection.execute(query)]
    for row in connection.execute(select(t.practices.c.document_id).where(t.practices.c.id == item)):
        owners += [(t.practices, item), *([(t.documents, row.document_id)] if row.document_id else [])]
    if connection.execute(select(t.documents.c.id).where(t.documents.c.id == item)).first():
        # What we wrote ourselves names the documents it rests on.
        owners += [(t.documents, doc) for doc in (item, *sorted(retold() - {item}))]
    return owners
