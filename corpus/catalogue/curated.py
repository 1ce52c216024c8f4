"""What curators tell of documents, kept on the record's card, which wins over every reading."""

from __future__ import annotations

import msgspec
from sqlalchemy import select

from corpus.catalogue import tables as t
from corpus.catalogue.entries import merged
from corpus.catalogue.writer import CatalogueWriter
from corpus.model import Bibliography


def tell(writer: CatalogueWriter, card: Bibliography) -> bool:
    """Put what a card tells on the record card of its document; its blank fields change nothing.

    A document that is not there (any more) is told nothing.  Returns whether anything changed.
    """
    there = t.documents.c.id == card.id, t.documents.c.status == "current"
    with writer.engine.connect() as connection:
        row = connection.execute(select(t.documents.c.record_card).where(*there)).one_or_none()
    if row is None:
        return False
    before: Bibliography | None = row.record_card
    told = msgspec.structs.replace(merged(card, before), id=card.id) if before is not None else card
    return writer.put_card(told)
