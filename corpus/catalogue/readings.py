"""By what the documents were last read: tools, settings, and where their bytes came from."""

from __future__ import annotations

from sqlalchemy import func, select

from corpus.catalogue import tables as t
from corpus.catalogue.reader import Catalogue
from corpus.model import Value


class LastReading(Value, frozen=True):
    """The newest version of a current document; ``input`` is where its bytes lay, as it was written down."""

    doc: str
    content_hash: str
    tools: str
    settings_hash: str
    input: str


def last_readings(catalogue: Catalogue) -> tuple[LastReading, ...]:
    """The last reading of every current document, by id."""
    newest = select(t.versions.c.document_id, func.max(t.versions.c.number).label("number"))
    newest_of = newest.group_by(t.versions.c.document_id).subquery()
    query = select(t.versions).join(
        newest_of,
        (t.versions.c.document_id == newest_of.c.document_id) & (t.versions.c.number == newest_of.c.number),
    )
    current = t.documents.c.id == t.versions.c.document_id, t.documents.c.status == "current"
    inputs = {r.doc: r.input for r in catalogue.ingest_records() if r.status == "ok"}
    inputs = {doc: location for location, doc in catalogue.locations().items()} | inputs
    with catalogue.engine.connect() as connection:
        rows = connection.execute(query.join(t.documents, current[0]).where(current[1]).order_by(t.documents.c.id))
        return tuple(
            LastReading(
                doc=row.document_id,
                content_hash=row.content_hash,
                tools=row.tools,
                settings_hash=row.settings_hash,
                input=inputs.get(row.document_id, row.document_id),
            )
            for row in rows
        )
