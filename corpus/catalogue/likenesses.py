"""Documents that share much of their words, in the catalogue: linked, never merged."""

from __future__ import annotations

from sqlalchemy import delete, insert, or_, select, update

from corpus.catalogue import tables as t
from corpus.catalogue.reader import Catalogue, chunks
from corpus.catalogue.writer import CatalogueWriter
from corpus.likeness import alike, pack, sketch, unpack
from corpus.model import Value


class Likeness(Value, frozen=True):
    """``percent`` of a document's words are in ``doc`` too."""

    doc: str
    percent: int


def likenesses(catalogue: Catalogue, doc: str) -> tuple[Likeness, ...]:
    """The documents that share much with this one and may be shown, the likest first."""
    query = select(t.likenesses).where(t.likenesses.c.document_id == doc)
    with catalogue.engine.connect() as connection:
        rows = list(connection.execute(query.order_by(t.likenesses.c.percent.desc(), t.likenesses.c.other_id)))
    shown = set(catalogue.document_ids()) if rows else set()
    return tuple(Likeness(doc=row.other_id, percent=row.percent) for row in rows if row.other_id in shown)


def link(writer: CatalogueWriter) -> int:
    """Hold the documents that are new since the last time against all; returns how many there were.

    A run that was killed leaves its documents to the next.
    """
    _complete(writer)
    current = select(t.documents.c.id).where(t.documents.c.status == "current")
    with writer.engine.begin() as connection:
        waiting = select(t.sketches.c.document_id).where(t.sketches.c.linked == 0)
        new = [row.document_id for row in connection.execute(waiting.where(t.sketches.c.document_id.in_(current)))]
        if not new:
            return 0
        rows = connection.execute(select(t.sketches).where(t.sketches.c.document_id.in_(current)))
        found = alike({row.document_id: unpack(row.hashes) for row in rows}, new)
        for some in chunks(new):
            either = or_(t.likenesses.c.document_id.in_(some), t.likenesses.c.other_id.in_(some))
            connection.execute(delete(t.likenesses).where(either))
            connection.execute(update(t.sketches).where(t.sketches.c.document_id.in_(some)).values(linked=1))
        if found:
            told = [{"document_id": one, "other_id": other, "percent": part} for (one, other), part in found.items()]
            connection.execute(insert(t.likenesses), told)
        return len(new)


def _complete(writer: CatalogueWriter) -> None:
    """Sketch the documents that were read before sketches were kept."""
    sketched = select(t.sketches.c.document_id)
    read = t.documents.c.status == "current", t.documents.c.version > 0, t.documents.c.id.not_in(sketched)
    with writer.engine.connect() as connection:
        docs = [row.id for row in connection.execute(select(t.documents.c.id).where(*read))]
    for doc in docs:
        hashes = pack(sketch(passage.text for passage in writer.passages(doc)))
        with writer.engine.begin() as connection:
            connection.execute(insert(t.sketches).values(document_id=doc, hashes=hashes, linked=0))
