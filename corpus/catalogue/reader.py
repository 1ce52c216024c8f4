"""Reading the catalogue: everything comes back as the model's objects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Self

from sqlalchemy import Connection, Row, Select, func, select

from corpus.catalogue import tables as t
from corpus.catalogue.database import file_of, open_engine, require_current, upgrade
from corpus.catalogue.entries import DocumentEntry, Retired, merged
from corpus.correcting import card as told_card
from corpus.errors import NotInCatalogue, Withdrawn
from corpus.model import (
    Acronym,
    Bibliography,
    IngestRecord,
    Page,
    Party,
    Passage,
    Practice,
    Section,
    Statement,
)
from corpus.witness import witnesses

MANY = 500
"""How many ids go into one query; SQLite allows 32,766 variables, short statements stay in its cache."""


def passage_of(row: Row[Any]) -> Passage:
    return Passage(
        id=row.id,
        doc=row.document_id,
        ordinal=row.ordinal,
        section=row.section,
        path=row.path,
        text=row.text,
        language=row.language,
        turns=row.turns,
        items=row.items_,
        tags=row.tags,
        private=row.private,
    )


def _page(row: Row[Any]) -> Page:
    return Page(number=row.number, label=row.label, blocks=row.blocks, ocr=row.ocr)


PASSAGE_COLUMNS = [c.label("items_") if c.name == "items" else c for c in t.passages.c]


class Catalogue:
    """The catalogue, for reading.  Safe to share between threads; a missing SQLite database is made, empty."""

    writing = False

    def __init__(self, url: str) -> None:
        self.url = url
        file = file_of(url)
        if file and not (file.exists() and file.stat().st_size):
            upgrade(url)
        self.engine = open_engine(url, writing=self.writing)
        require_current(self.engine)

    def close(self) -> None:
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            yield connection

    def _rows(self, query: Select[Any]) -> list[Row[Any]]:
        with self._reading() as connection:
            return list(connection.execute(query))

    # ------------------------------------------------------------------ what changed

    def revision(self) -> int:
        """Grows by one with every change that a search could see; 0 in an empty catalogue."""
        rows = self._rows(select(t.state.c.number).where(t.state.c.name == "revision"))
        return int(rows[0].number) if rows else 0

    def changed_since(self, revision: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Ids of documents and practices changed after ``revision``: those there now, and those gone.

        A practice that was read from a document comes and goes with it and is not named beside it.
        """
        there: dict[str, None] = {}
        gone: dict[str, None] = {}
        of_their_own = {t.documents: [], t.practices: [t.practices.c.document_id.is_(None)]}
        for table, only in of_their_own.items():
            query = select(table.c.id, table.c.status).where(table.c.revision > revision, *only).order_by(table.c.id)
            for row in self._rows(query):
                (there if row.status == "current" else gone)[row.id] = None
        return tuple(there), tuple(identifier for identifier in gone if identifier not in there)

    # ------------------------------------------------------------------ documents

    def entries(self) -> tuple[DocumentEntry, ...]:
        """Every current document, by id."""
        query = select(t.documents).where(t.documents.c.status == "current").order_by(t.documents.c.id)
        return tuple(self._entry(row) for row in self._rows(query))

    def entry(self, doc: str) -> DocumentEntry:
        """The document with this id.

        Raises:
            NotInCatalogue: there is none; Withdrawn: there was one.
        """
        rows = self._rows(select(t.documents).where(t.documents.c.id == doc))
        if not rows:
            raise NotInCatalogue(f"There is no document {doc!r}; 'fingerpost status' lists them.")
        if rows[0].status != "current":
            raise Withdrawn(f"The document {doc!r} was removed.")
        return self._entry(rows[0])

    @staticmethod
    def _entry(row: Row[Any]) -> DocumentEntry:
        return DocumentEntry(
            card=told_card(merged(row.record_card, row.machine_card), row.corrected),
            version=row.version,
            content_hash=row.content_hash,
            media=row.media,
            warnings=row.warnings,
            evidence=row.evidence,
            parties=row.parties,
            acronyms=row.acronyms,
            responses=row.responses,
        )

    def cards(self) -> tuple[Bibliography, ...]:
        return tuple(e.card for e in self.entries())

    def card(self, doc: str) -> Bibliography:
        """The document's library card; raises as `entry` does."""
        return self.entry(doc).card

    def acronyms(self) -> dict[str, tuple[Acronym, ...]]:
        """The acronyms that each current document explains; those that explain none are left out."""
        return {entry.card.id: entry.acronyms for entry in self.entries() if entry.acronyms}

    def parties(self, doc: str) -> tuple[Party, ...]:
        """The organisations that a document names, with their part; raises as `entry` does."""
        return self.entry(doc).parties

    def document_ids(self) -> tuple[str, ...]:
        query = select(t.documents.c.id).where(t.documents.c.status == "current").order_by(t.documents.c.id)
        return tuple(row.id for row in self._rows(query))

    def pages(self, doc: str) -> tuple[Page, ...]:
        query = select(t.pages).where(t.pages.c.document_id == doc).order_by(t.pages.c.position)
        return tuple(_page(row) for row in self._rows(query))

    def page(self, doc: str, number: int | None) -> Page:
        """One page by its physical number (None: the whole of a document without pages).

        Raises:
            NotInCatalogue: the document has no such page.
        """
        at = t.pages.c.number.is_(None) if number is None else t.pages.c.number == number
        rows = self._rows(select(t.pages).where(t.pages.c.document_id == doc, at))
        if not rows:
            raise NotInCatalogue(f"The document {doc!r} has no page {number or ''}; its address lists those it has.")
        return _page(rows[0])

    def page_numbers(self, doc: str) -> tuple[tuple[int | None, str | None], ...]:
        """Number and printed label of every page, without their text."""
        query = select(t.pages.c.number, t.pages.c.label).where(t.pages.c.document_id == doc)
        return tuple((r.number, r.label) for r in self._rows(query.order_by(t.pages.c.position)))

    def sections(self, doc: str) -> tuple[Section, ...]:
        query = select(t.sections.c.section).where(t.sections.c.document_id == doc).order_by(t.sections.c.position)
        return tuple(r.section for r in self._rows(query))

    # ------------------------------------------------------------------ passages and statements

    def passages(self, doc: str) -> tuple[Passage, ...]:
        """The document's current passages in reading order."""
        query = select(*PASSAGE_COLUMNS).where(t.passages.c.document_id == doc, t.passages.c.retired_in.is_(None))
        return tuple(passage_of(r) for r in self._rows(query.order_by(t.passages.c.ordinal)))

    def statements(self, doc: str) -> tuple[Statement, ...]:
        """The document's current statements in reading order."""
        query = select(t.statements.c.statement).where(
            t.statements.c.document_id == doc, t.statements.c.retired_in.is_(None)
        )
        return tuple(r.statement for r in self._rows(query.order_by(t.statements.c.ordinal)))

    def passages_by_id(self, ids: Iterable[str]) -> dict[str, Passage]:
        """Passages by id, current or retired; unknown ids are left out."""
        found = {}
        for some in chunks(ids):
            for row in self._rows(select(*PASSAGE_COLUMNS).where(t.passages.c.id.in_(some))):
                found[row.id] = passage_of(row)
        return found

    def statements_by_id(self, ids: Iterable[str]) -> dict[str, Statement]:
        """Statements by id, current or retired; unknown ids are left out."""
        found = {}
        for some in chunks(ids):
            query = select(t.statements.c.id, t.statements.c.statement).where(t.statements.c.id.in_(some))
            for row in self._rows(query):
                found[row.id] = row.statement
        return found

    def passage(self, identifier: str) -> Passage:
        """The passage with this id, current or retired.

        Raises:
            NotInCatalogue: there is none; Withdrawn: its document was removed.
        """
        item = self.passages_by_id([identifier]).get(identifier)
        if item is None:
            raise NotInCatalogue(f"There is no passage {identifier!r}; search for its words to find it.")
        self.entry(item.doc)
        return item

    def statement(self, identifier: str) -> Statement:
        """The statement with this id, current or retired; raises as `passage` does."""
        item = self.statements_by_id([identifier]).get(identifier)
        if item is None:
            raise NotInCatalogue(f"There is no statement {identifier!r}; search for its words to find it.")
        self.entry(item.doc)
        return item

    def retired(self, identifier: str) -> Retired | None:
        """What became of a retired passage or statement; None while it is current."""
        for table, find in ((t.passages, self.passages_by_id), (t.statements, self.statements_by_id)):
            query = select(table.c.successor).where(table.c.id == identifier, table.c.retired_in.is_not(None))
            for row in self._rows(query):
                return Retired(item=find([identifier])[identifier], successor=row.successor or "")
        return None

    def all_statements(self) -> Iterator[Statement]:
        """The current statements of every document."""
        for doc in self.document_ids():
            yield from self.statements(doc)

    def said_alike(self) -> tuple[tuple[str, str, str], ...]:
        """The current statements that are not alone in their group: id, group, document."""
        current = t.statements.c.retired_in.is_(None)
        several = select(t.statements.c.grouping).where(current).group_by(t.statements.c.grouping)
        query = select(t.statements.c.id, t.statements.c.grouping, t.statements.c.document_id)
        query = query.where(current, t.statements.c.grouping.in_(several.having(func.count() > 1)))
        return tuple((row.id, row.grouping, row.document_id) for row in self._rows(query))

    def witness_of(self) -> dict[str, str]:
        """For each document, the name of the witness it belongs to (see `corpus.witness`)."""
        related = [(r.document_id, r.other_id) for r in self._rows(select(t.relations))]
        return witnesses(self.cards(), related)

    def witnesses(self) -> dict[str, int]:
        """For each group of statements, how many independent witnesses it has (see `corpus.witness`)."""
        body = self.witness_of()
        query = select(t.statements.c.grouping, t.statements.c.document_id).where(t.statements.c.retired_in.is_(None))
        seen: dict[str, set[str]] = defaultdict(set)
        for row in self._rows(query.distinct()):
            if row.document_id in body:
                seen[row.grouping].add(body[row.document_id])
        return {group: len(who) for group, who in seen.items()}

    # ------------------------------------------------------------------ practices and inputs

    def practices(self) -> tuple[Practice, ...]:
        query = select(t.practices.c.practice).where(t.practices.c.status == "current").order_by(t.practices.c.id)
        return tuple(r.practice for r in self._rows(query))

    def practices_of(self, doc: str) -> tuple[Practice, ...]:
        """The practices that were read from a document, in its order."""
        here = t.practices.c.document_id == doc, t.practices.c.status == "current"
        found: list[Practice] = [r.practice for r in self._rows(select(t.practices.c.practice).where(*here))]
        return tuple(sorted(found, key=lambda practice: (len(practice.id), practice.id)))

    def practice_ids(self) -> tuple[str, ...]:
        query = select(t.practices.c.id).where(t.practices.c.status == "current").order_by(t.practices.c.id)
        return tuple(r.id for r in self._rows(query))

    def practice(self, identifier: str) -> Practice:
        """The practice with this id.

        Raises:
            NotInCatalogue: there is none; Withdrawn: there was one.
        """
        rows = self._rows(select(t.practices).where(t.practices.c.id == identifier))
        if not rows:
            raise NotInCatalogue(f"There is no practice {identifier!r}; the page of practices lists them.")
        if rows[0].status == "gone":
            raise Withdrawn(f"The practice {identifier!r} went with its document, or with an older version of it.")
        if rows[0].status != "current":
            raise Withdrawn(f"The practice {identifier!r} was removed.")
        practice: Practice = rows[0].practice
        return practice

    def ingest_records(self) -> tuple[IngestRecord, ...]:
        """The newest record of every input, in the order in which the inputs first came."""
        newest = select(func.max(t.ingest_records.c.number)).group_by(t.ingest_records.c.input)
        query = select(t.ingest_records).where(t.ingest_records.c.number.in_(newest))
        query = query.order_by(t.ingest_records.c.number)
        return tuple(_ingest_record(r) for r in self._rows(query))

    def documents_read(self) -> frozenset[str]:
        """The documents of which some record says that they came in whole, whatever became of their files since."""
        query = select(t.ingest_records.c.document_id).where(t.ingest_records.c.status == "ok").distinct()
        return frozenset(r.document_id for r in self._rows(query))

    def locations(self) -> dict[str, str]:
        """Which document each known path or address holds."""
        return {r.location: r.document_id for r in self._rows(select(t.locations))}

    def tombstones(self) -> dict[str, str]:
        """The ids of removed documents with the hash of their last reading."""
        query = select(t.documents.c.id, t.documents.c.content_hash).where(t.documents.c.status != "current")
        return {r.id: r.content_hash for r in self._rows(query)}

    def content_hashes(self) -> frozenset[str]:
        """The hashes of every version ever read, removed documents' too."""
        return frozenset(r.content_hash for r in self._rows(select(t.versions.c.content_hash)))

    def counts(self) -> dict[str, int]:
        """How many current documents (read, and known by card only), passages, statements and practices there are."""
        with self._reading() as connection:
            read = select(func.count()).select_from(t.documents).where(t.documents.c.status == "current")
            live = {
                name: select(func.count()).select_from(table).where(table.c.retired_in.is_(None))
                for name, table in (("passages", t.passages), ("statements", t.statements))
            }
            practices = select(func.count()).select_from(t.practices).where(t.practices.c.status == "current")
            return {
                "documents": connection.scalar(read.where(t.documents.c.version > 0)) or 0,
                "cards": connection.scalar(read.where(t.documents.c.version == 0)) or 0,
                **{name: connection.scalar(query) or 0 for name, query in live.items()},
                "practices": connection.scalar(practices) or 0,
            }


def _ingest_record(row: Row[Any]) -> IngestRecord:
    return IngestRecord(
        input=row.input,
        status=row.status,
        stage=row.stage,
        reason=row.reason,
        doc=row.document_id,
        content_hash=row.content_hash,
        settings_hash=row.settings_hash,
        tools=row.tools,
        at=row.at,
        seconds=row.milliseconds / 1000,
        warnings=row.warnings,
    )


def chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    """The ids, each once, in lists short enough for one query."""
    wanted = list(dict.fromkeys(ids))
    for start in range(0, len(wanted), MANY):
        yield wanted[start : start + MANY]
