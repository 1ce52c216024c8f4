"""Writing the catalogue: one transaction a document, a practice or a card."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, delete, insert, or_, select, update

from corpus.catalogue import corrected
from corpus.catalogue import tables as t
from corpus.catalogue.database import claim, upgrade
from corpus.catalogue.reader import Catalogue, chunks
from corpus.correcting import bag, overlap
from corpus.errors import NotInCatalogue
from corpus.likeness import pack, sketch
from corpus.model import Bibliography, Document, IngestRecord, Passage, Practice, Statement

SUCCESSOR_OVERLAP = 0.5
"""A passage takes a retired one's place when it shares at least this part of their words (of the larger of the two)."""

_NUMBERED = re.compile(r"^-practice-(\d+)")
"""What the id of a document's second practice has behind the document's own."""

INTERRUPTED = "The run ended before this file was read; run 'fingerpost ingest' again."
"""Of an input that was begun; it holds once no process writes to the home any more."""


def now() -> str:
    """The time as the catalogue writes it: UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class CatalogueWriter(Catalogue):
    """The catalogue, for the holder of the home's lock."""

    writing = True

    def __init__(self, url: str) -> None:
        upgrade(url)
        super().__init__(url)
        self._claim = claim(self.engine)

    def close(self) -> None:
        if self._claim is not None:
            self._claim.close()
        super().close()

    # ------------------------------------------------------------------ inputs

    def begin(self, record: IngestRecord) -> int:
        """Write an input down as failed before it is touched, and return the record's number."""
        unread = {"status": "failed", "stage": "interrupted", "reason": INTERRUPTED, "at": now()}
        values = _record_values(record) | unread
        with self.engine.begin() as connection:
            result = connection.execute(insert(t.ingest_records).values(values))
            assert result.inserted_primary_key is not None
            return int(result.inserted_primary_key[0])

    def finish(self, number: int, record: IngestRecord) -> None:
        """Write what became of an input for which nothing else changes."""
        with self.engine.begin() as connection:
            self._finish(connection, number, record)

    @staticmethod
    def _finish(connection: Connection, number: int, record: IngestRecord) -> None:
        values = _record_values(record) | {"at": now()}
        connection.execute(update(t.ingest_records).where(t.ingest_records.c.number == number).values(values))

    def add_location(self, doc: str, location: str) -> None:
        """Note another place where a document's bytes lie."""
        with self.engine.begin() as connection:
            put(connection, t.locations, {"location": location, "document_id": doc})

    # ------------------------------------------------------------------ documents

    def put_document(self, document: Document, number: int, record: IngestRecord) -> None:
        """Keep a reading, its version and its ingest record, wholly or not at all.

        Passages and statements keep their ids; those that the new reading lacks are retired with their successor.
        Other places where the document's old bytes lay are no locations of it any more once it has new ones.
        Its practices take the place of those before; one that a person removed stays removed.  What people corrected
        in the document is put on the reading; a correction whose item is gone becomes an orphan.
        """
        with self.engine.begin() as connection:
            told = corrected.of_reading(connection, document)
            document = told.document
            corrected.settle(connection, told.ties)
            revision = next_revision(connection)
            before = connection.execute(select(t.documents).where(t.documents.c.id == document.id)).one_or_none()
            version = (before.version if before else 0) + 1
            values = {
                "id": document.id,
                "record_card": before.record_card if before else None,
                "machine_card": document.card,
                "version": version,
                "content_hash": document.content_hash,
                "media": document.media,
                "warnings": document.warnings,
                "status": "current",
                "revision": revision,
                "evidence": document.evidence,
                "parties": document.parties,
                "acronyms": document.acronyms,
                "responses": document.responses,
            }
            put(connection, t.documents, values)
            connection.execute(insert(t.versions).values(_version_values(document.id, version, record)))
            if before and before.content_hash != document.content_hash:
                connection.execute(delete(t.locations).where(t.locations.c.document_id == document.id))
            put(connection, t.locations, {"location": record.input, "document_id": document.id})
            _replace(connection, t.pages, document.id, _page_rows(document))
            _replace(connection, t.sections, document.id, _section_rows(document))
            succeed(connection, t.passages, document.id, version, [_passage_row(p) for p in document.passages])
            rows = [statement_row(n, s) for n, s in enumerate(_in_their_groups(connection, document))]
            succeed(connection, t.statements, document.id, version, rows)
            _keep_practices(connection, document, revision)
            hashes = pack(sketch(passage.text for passage in document.passages))
            put(connection, t.sketches, {"document_id": document.id, "hashes": hashes, "linked": 0})
            self._finish(connection, number, record)

    def put_card(self, card: Bibliography) -> bool:
        """Keep a library card; it wins over what a reading says.  Returns whether anything changed."""
        with self.engine.begin() as connection:
            before = connection.execute(select(t.documents).where(t.documents.c.id == card.id)).one_or_none()
            if before and before.record_card == card:
                return False
            values: dict[str, Any] = {"record_card": card, "revision": next_revision(connection)}
            if before:
                connection.execute(update(t.documents).where(t.documents.c.id == card.id).values(values))
            else:
                blank = {"version": 0, "content_hash": "", "media": "", "warnings": (), "status": "current"}
                connection.execute(insert(t.documents).values(values | blank | {"id": card.id}))
            return True

    def remove(self, identifier: str) -> None:
        """Take a document or practice out, leaving a tombstone; a document's practices go with it.

        Raises:
            NotInCatalogue: neither a document nor a practice has this id.
        """
        with self.engine.begin() as connection:
            for table in (t.documents, t.practices):
                there = table.c.id == identifier, table.c.status == "current"
                row = connection.execute(select(table).where(*there)).one_or_none()
                if row is None:
                    continue
                revision = next_revision(connection)
                values = {"status": "removed", "revision": revision}
                connection.execute(update(table).where(table.c.id == identifier).values(values))
                if table is t.documents:
                    _drop_practices(connection, identifier, revision)
                elif row.document_id:
                    touch(connection, row.document_id, revision)
                return
        raise NotInCatalogue(f"There is no document or practice {identifier!r}; 'fingerpost status' lists them.")

    # ------------------------------------------------------------------ practices

    def put_practice(self, practice: Practice) -> bool:
        """Keep a practice record; a removed one stays removed.  Returns whether anything changed.

        A document's practice that has the record's id takes the next free one of its own document.
        """
        with self.engine.begin() as connection:
            before = connection.execute(select(t.practices).where(t.practices.c.id == practice.id)).one_or_none()
            practice = corrected.of_record(connection, practice)
            read = before is not None and before.document_id is not None
            if before and not read and (before.practice == practice or before.status != "current"):
                return False
            revision = next_revision(connection)
            values = {"practice": practice, "document_id": None, "status": "current", "revision": revision}
            put(connection, t.practices, values | {"id": practice.id})
            if before and read:
                numbered = _NUMBERED.search(before.id.removeprefix(before.document_id))
                free = _free_id(connection, before.document_id, int(numbered[1]) if numbered else 1)
                moved = msgspec.structs.replace(before.practice, id=free)
                put(connection, t.practices, dict(before._mapping) | {"id": free, "practice": moved})
                touch(connection, before.document_id, revision)
            return True


def _keep_practices(connection: Connection, document: Document, revision: int) -> None:
    """Put a reading's practices in place of those of the document's last one.

    Their ids are those that `_free_id` gives, so that the first practice keeps its address from version to version.
    """
    kept = select(t.practices.c.id).where(t.practices.c.document_id == document.id, t.practices.c.status == "removed")
    removed = {row.id for row in connection.execute(kept)}
    _drop_practices(connection, document.id, revision)
    named = [
        msgspec.structs.replace(practice, id=_free_id(connection, document.id, number), doc=document.id)
        for number, practice in enumerate(document.practices, 1)
    ]
    for practice in corrected.of_practices(connection, document.id, named):
        if practice.id not in removed:
            values = {"practice": practice, "document_id": document.id, "status": "current", "revision": revision}
            put(connection, t.practices, values | {"id": practice.id})


def _free_id(connection: Connection, doc: str, number: int) -> str:
    """The id of a document's practice by its number: the document's own for the first, then "-practice-2" and on.

    An id that a record or another document's practice has is passed over for the same with "-2", "-3" … behind it.
    """
    named = t.practices.c.id
    near = or_(named == doc, named.startswith(f"{doc}-practice-", autoescape=True))
    rows = connection.execute(select(named, t.practices.c.document_id).where(near))
    taken = {row.id for row in rows if row.document_id != doc}
    numbered = f"{doc}-practice-{number}"
    wanted = [doc] if number == 1 else []
    wanted += [numbered, *(f"{numbered}-{again}" for again in range(2, len(taken) + 3))]
    return next(identifier for identifier in wanted if identifier not in taken)


def _drop_practices(connection: Connection, doc: str, revision: int) -> None:
    """Mark a document's practices as gone; a new reading brings back those that it holds."""
    current = t.practices.c.document_id == doc, t.practices.c.status == "current"
    connection.execute(update(t.practices).where(*current).values({"status": "gone", "revision": revision}))


def touch(connection: Connection, doc: str, revision: int) -> None:
    """Let the index see that something of a document changed."""
    connection.execute(update(t.documents).where(t.documents.c.id == doc).values({"revision": revision}))


def next_revision(connection: Connection) -> int:
    """Count the catalogue's revision up inside the running transaction."""
    row = connection.execute(select(t.state.c.number).where(t.state.c.name == "revision")).one_or_none()
    revision = (row.number if row else 0) + 1
    put(connection, t.state, {"name": "revision", "number": revision})
    return revision


def put(connection: Connection, table: Table, values: dict[str, Any]) -> None:
    """Insert a row, or change the one with the same key."""
    key = [c.name for c in table.primary_key]
    match = [table.c[name] == values[name] for name in key]
    rest = {name: value for name, value in values.items() if name not in key}
    if connection.execute(select(*table.primary_key).where(*match)).first():
        connection.execute(update(table).where(*match).values(rest))
    else:
        connection.execute(insert(table).values(values))


def _replace(connection: Connection, table: Table, doc: str, rows: Sequence[dict[str, Any]]) -> None:
    connection.execute(delete(table).where(table.c.document_id == doc))
    if rows:
        connection.execute(insert(table), rows)


def succeed(connection: Connection, table: Table, doc: str, version: int, rows: Sequence[dict[str, Any]]) -> None:
    """Put a version's items in place of the last one's; those that are gone are retired with their successor."""
    query = select(table).where(table.c.document_id == doc, table.c.retired_in.is_(None))
    old = {row.id: row for row in connection.execute(query)}
    new = {row["id"] for row in rows}
    gone = [row for key, row in old.items() if key not in new]
    if gone:
        words = {row["id"]: bag(_text(row)) for row in rows if row["id"] not in old}
        for row in gone:
            values = {"retired_in": version, "successor": _successor(bag(_text(row._mapping)), words)}
            connection.execute(update(table).where(table.c.id == row.id).values(values))
    connection.execute(delete(table).where(table.c.document_id == doc, table.c.retired_in.is_(None)))
    for some in chunks(new - old.keys()):  # what was retired before and is back
        connection.execute(delete(table).where(table.c.id.in_(some)))
    if rows:
        connection.execute(insert(table), list(rows))


def _text(row: Any) -> str:
    return str(row["text"] if "text" in row else row["statement"].text)


def _successor(words: Counter[str], among: dict[str, Counter[str]]) -> str | None:
    best = max(among, key=lambda key: overlap(words, among[key]), default=None)
    return best if best is not None and overlap(words, among[best]) >= SUCCESSOR_OVERLAP else None


def _record_values(record: IngestRecord) -> dict[str, Any]:
    values = msgspec.structs.asdict(record)
    values["document_id"] = values.pop("doc")
    values["milliseconds"] = round(values.pop("seconds") * 1000)
    return values


def _version_values(doc: str, version: int, record: IngestRecord) -> dict[str, Any]:
    return {
        "document_id": doc,
        "number": version,
        "content_hash": record.content_hash,
        "tools": record.tools,
        "settings_hash": record.settings_hash,
        "at": now(),
    }


def _page_rows(document: Document) -> list[dict[str, Any]]:
    return [
        {
            "document_id": document.id,
            "position": n,
            "number": p.number,
            "label": p.label,
            "blocks": p.blocks,
            "ocr": p.ocr,
        }
        for n, p in enumerate(document.pages)
    ]


def _section_rows(document: Document) -> list[dict[str, Any]]:
    return [{"document_id": document.id, "position": n, "section": s} for n, s in enumerate(document.sections)]


def _passage_row(passage: Passage) -> dict[str, Any]:
    values = msgspec.structs.asdict(passage)
    values["document_id"] = values.pop("doc")
    return values | {"retired_in": None, "successor": None}


def _in_their_groups(connection: Connection, document: Document) -> list[Statement]:
    """A reading's statements in the groups that they were in; a new one stands alone until all are grouped."""
    columns = t.statements.c
    query = select(columns.id, columns.kind, columns.grouping).where(columns.document_id == document.id)
    rows = connection.execute(query.where(columns.retired_in.is_(None)))
    before = {(row.id, row.kind): row.grouping for row in rows}
    return [msgspec.structs.replace(s, group=before.get((s.id, s.kind.value), s.group)) for s in document.statements]


def statement_row(ordinal: int, statement: Statement) -> dict[str, Any]:
    statement = msgspec.structs.replace(statement, group=statement.group or statement.id)
    return {
        "id": statement.id,
        "document_id": statement.doc,
        "ordinal": ordinal,
        "kind": statement.kind.value,
        "grouping": statement.group,
        "statement": statement,
        "retired_in": None,
        "successor": None,
    }
