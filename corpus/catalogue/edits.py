"""Keeping corrections: each held against what is there, then all applied in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from corpus import correcting
from corpus.catalogue import corrected
from corpus.catalogue import tables as t
from corpus.catalogue.entries import merged
from corpus.catalogue.writer import CatalogueWriter, next_revision, now, put, statement_row, succeed, touch
from corpus.correcting import Tie, nearest, quoted, restored, unpractised, words_of
from corpus.correction_files import Row, correction
from corpus.corrections import EVIDENCE, PRACTICE, RELATIONS, Correction, Sort, document_of
from corpus.errors import FingerpostError, NotInCatalogue, UsageError
from corpus.ids import Ids, kind_of
from corpus.model import Bibliography, Document, Passage, Statement, StatementKind

_KIND_NEEDED = {
    "achieved": StatementKind.RESULT,
    "figure": StatementKind.RESULT,
    "addressed_to": StatementKind.RECOMMENDATION,
}
"""Fields that only statements of one kind have."""

_CARD = frozenset(Bibliography.__struct_fields__)

Key = tuple[str, str]


class Edits:
    """Corrections that are to be kept: gather them with `add`, each checked at once, then `keep` them all."""

    def __init__(self, writer: CatalogueWriter) -> None:
        self._writer = writer
        with writer.engine.connect() as connection:
            self._ties = corrected.kept(connection)
        self._live = {(tie.correction.item, tie.correction.field): tie for tie in self._ties}
        self._new: dict[Key, Correction] = {}
        self._read: dict[str, Document] = {}

    def add(self, given: Correction) -> None:
        """Take a correction up; one that says what is kept already changes nothing.  The value None undoes one.

        Raises:
            NotInCatalogue: there is no such item; UsageError: the value does not fit it, or nothing is to be undone.
        """
        if self._is_kept(given):  # asked first: what is kept of a removed document has no place at present
            return None
        one = self._placed(given)
        if one.value is None:
            return self._undo(one)
        self._check(one)
        if not self._is_kept(one):
            self._new[one.item, one.field] = one
        return None

    def fields_of(self, item: str) -> tuple[str, ...]:
        """The fields of an item that were corrected, whatever its id was then.

        Raises:
            UsageError: there are none.
        """
        fields = dict.fromkeys(
            tie.correction.field for tie in self._ties if item in (tie.correction.item, tie.applied_to)
        )
        if not fields:
            raise UsageError(f"Nobody corrected {item!r}; 'fingerpost edit --list' shows what was corrected.")
        return tuple(fields)

    @property
    def taken_up(self) -> tuple[Correction, ...]:
        """What `keep` will write."""
        return tuple(self._new.values())

    def keep(self) -> int:
        """Write everything that was taken up and apply it; returns how many corrections that were."""
        if not self._new:
            return 0
        docs = sorted({one.doc for one in self._new.values() if one.sort != "practice"})
        machine = {doc: restored(self._document(doc), self._ties_of(doc)) for doc in docs}
        practices = {self._place(one) for one in self._new.values() if one.sort == "practice"}
        with self._writer.engine.begin() as connection:
            connection.execute(insert(t.corrections), [_row(one) for one in self._new.values()])
            revision = next_revision(connection)
            for doc in docs:
                _apply(connection, self._document(doc), machine[doc], revision)
            for identifier in sorted(practices):
                _apply_to_practice(connection, identifier, self._ties, revision)
        return len(self._new)

    # ------------------------------------------------------------------ what is there

    def _document(self, doc: str) -> Document:
        """What can be corrected of a document, as it counts now."""
        if doc not in self._read:
            entry = self._writer.entry(doc)
            self._read[doc] = Document(
                card=entry.card,
                media=entry.media,
                content_hash=entry.content_hash,
                passages=self._writer.passages(doc),
                statements=self._writer.statements(doc),
                evidence=entry.evidence,
            )
        return self._read[doc]

    def _ties_of(self, doc: str) -> list[Tie]:
        return [tie for tie in self._ties if tie.correction.doc == doc]

    def _is_kept(self, one: Correction) -> bool:
        before = self._before(one.item, one.field)
        return before is not None and (before.value, before.page, before.quote) == (one.value, one.page, one.quote)

    def _before(self, item: str, field: str) -> Correction | None:
        """The correction of an item's field that counts, one of this batch first."""
        if (item, field) in self._new:
            return self._new[item, field]
        tie = self._live.get((item, field))
        return tie.correction if tie else None

    def _key(self, item: str, sort: Sort) -> str:
        """The id under which an item was first corrected."""
        found = (tie.correction for tie in self._ties if tie.applied_to == item)
        return next((one.item for one in found if one.sort == sort), item)

    def _place(self, one: Correction) -> str:
        """The id of the item that corrections under an id hold for."""
        same = (tie for tie in self._ties if tie.correction.item == one.item and tie.correction.sort == one.sort)
        return next((tie.applied_to for tie in same if tie.applied_to), one.item)

    # ------------------------------------------------------------------ where a correction belongs

    def _placed(self, given: Correction) -> Correction:
        """A correction under its item's first id, with its document and the words by which the item is known."""
        if kind_of(given.item) == "whole" and given.field == "kind":
            return self._quoting(given)
        if given.sort == "practice":
            practice = self._writer.practice(given.item)
            item = self._key(given.item, "practice")
            first = next((one.quote for one in self._all() if one.item == item and one.sort == "practice"), "")
            return msgspec.structs.replace(given, item=item, doc=practice.doc, quote=first or words_of(practice))
        if given.sort == "document":
            self._writer.entry(given.item)
            quote = given.quote if given.field.startswith(EVIDENCE) else ""
            return msgspec.structs.replace(given, doc=given.item, quote=quote)
        return self._part(given)

    def _part(self, given: Correction) -> Correction:
        """A correction of a passage or statement."""
        doc = document_of(given.item)
        document = self._document(doc)
        parts: Sequence[Passage | Statement] = document.passages if given.sort == "passage" else document.statements
        found = next((part for part in parts if part.id == given.item), None)
        if found is not None:
            return msgspec.structs.replace(given, item=self._key(found.id, given.sort), doc=doc, quote=found.text)
        known = next((one for one in self._all() if one.item == self._key(given.item, given.sort)), None)
        if known is not None:
            return msgspec.structs.replace(given, item=known.item, doc=doc, quote=known.quote)
        if retired := self._writer.retired(given.item):
            instead = f"correct {retired.successor!r}, which took its place" if retired.successor else "search for it"
            raise UsageError(f"{given.item!r} is of an earlier version of its document; {instead}.")
        if given.quote and nearest(parts, given.quote) is not None:
            return msgspec.structs.replace(given, doc=doc)
        if given.sort == "statement" and given.field == "kind" and quoted(document.passages, given.quote):
            return msgspec.structs.replace(given, doc=doc)
        raise NotInCatalogue(f"There is no {given.sort} {given.item!r}; 'fingerpost show' and 'statements' list ids.")

    def _quoting(self, given: Correction) -> Correction:
        """A kind for words of a document: of the statement that they are, else of one that they become."""
        document = self._document(given.item)
        found = quoted(document.passages, given.quote, page=given.page)
        if found is None:
            where = f"on page {given.page} of {given.item!r}" if given.page else f"in {given.item!r}"
            raise UsageError(f"These words do not stand {where}; quote them as they are printed there, with --quote.")
        item = Ids(document.id).make("s", found.text)
        known = next((s for s in document.statements if s.id == item), None)
        return msgspec.structs.replace(
            given, item=self._key(item, "statement"), doc=document.id, quote=known.text if known else found.text
        )

    def _all(self) -> Iterable[Correction]:
        yield from self._new.values()
        yield from (tie.correction for tie in self._ties)

    # ------------------------------------------------------------------ whether it fits

    def _undo(self, one: Correction) -> None:
        tie = self._live.get((one.item, one.field))
        if tie is None:
            raise UsageError(
                f"Nobody corrected {one.field} of {one.item!r}; 'fingerpost edit --list' shows what was corrected."
            )
        fields = [one.field]
        if one.sort == "statement" and one.field == "kind" and tie.machine is None:
            # A statement that only a person found goes as a whole.
            fields = [field for item, field in self._live if item == one.item]
        for field in fields:
            self._new[one.item, field] = msgspec.structs.replace(one, field=field)

    def _check(self, one: Correction) -> None:
        if one.sort == "statement":
            self._check_statement(one)
        elif one.field in RELATIONS and isinstance(one.value, tuple):
            for other in one.value:
                self._writer.entry(other)
                if other == one.doc:
                    raise UsageError(f"{other!r} is nothing to itself; name another document.")
        elif one.field.startswith(EVIDENCE) and one.quote:
            if not quoted(self._document(one.doc).passages, one.quote, page=one.page):
                raise UsageError(f"These words do not stand in {one.doc!r}; quote them as they are printed there.")
            if isinstance(one.value, tuple) and len(one.value) != 1:
                raise UsageError("A quotation tells one value; give several values without one.")

    def _check_statement(self, one: Correction) -> None:
        needed = _KIND_NEEDED.get(one.field)
        if needed and one.value:
            place = self._place(one)
            there = next((s.kind.value for s in self._document(one.doc).statements if s.id == place), "")
            kind = self._before(one.item, "kind")
            now_kind = str(kind.value) if kind and kind.value else there
            if now_kind != needed.value:
                raise UsageError(f"Only a {needed.value} has the field {one.field}; correct its kind first.")
        if one.field == "figure" and one.value and str(one.value) not in one.quote:
            raise UsageError(f"The figure {one.value!r} does not stand in the statement; write it as printed there.")


def take_up(edits: Edits, rows: Iterable[Row], who: str) -> None:
    """Take up the corrections of a file.

    Raises:
        UsageError: naming every row that cannot be used; then none should be kept.
    """
    wrong = []
    for row in sorted(rows, key=lambda row: row.told["field"] != "kind"):  # other fields of a statement hang on it
        try:
            edits.add(correction(row, who))
        except FingerpostError as error:
            wrong.append(f"{row.where}: {error}")
    if wrong:
        raise UsageError("\n".join([*wrong, "Nothing was changed."]))


def _row(one: Correction) -> dict[str, Any]:
    return {
        "item": one.item,
        "document_id": one.doc or None,
        "field": one.field,
        "value": msgspec.json.encode(one.value).decode(),
        "machine": None,
        "quote": one.quote,
        "note": one.note,
        "by": one.by,
        "at": one.at or now(),
        "applied_to": None,
        "page": one.page,
    }


# ---------------------------------------------------------------------------------------------- applying


def _apply(connection: Connection, before: Document, machine: Document, revision: int) -> None:
    """Bring a document's rows to what its corrections make of the machine's values."""
    doc = before.id
    ties = corrected.kept(connection, t.corrections.c.document_id == doc)
    result = correcting.corrected(machine, [tie.correction for tie in ties])
    corrected.settle(connection, result.ties)
    was = {p.id: p.tags for p in before.passages}
    for passage in result.document.passages:
        if passage.tags != was[passage.id]:
            connection.execute(update(t.passages).where(t.passages.c.id == passage.id).values(tags=passage.tags))
    row = connection.execute(select(t.documents).where(t.documents.c.id == doc)).one()
    if result.document.statements != before.statements:
        rows = [statement_row(n, s) for n, s in enumerate(result.document.statements)]
        succeed(connection, t.statements, doc, row.version, rows)
    of_document = (tie for tie in ties if tie.correction.sort == "document")
    of_card = {tie.correction.field: tie for tie in of_document if tie.correction.field in _CARD}
    read = merged(row.record_card, row.machine_card)
    _settle_with(connection, of_card.values(), msgspec.to_builtins(msgspec.structs.asdict(read)))
    values = {
        "corrected": {field: tie.correction.value for field, tie in of_card.items()},
        "evidence": result.document.evidence,
    }
    connection.execute(update(t.documents).where(t.documents.c.id == doc).values(values))
    _relate(connection, doc, ties)
    touch(connection, doc, revision)


def _settle_with(connection: Connection, ties: Iterable[Tie], machine: Mapping[str, Any]) -> None:
    """Write down what a document's own fields were before a person told them."""
    placed = (
        msgspec.structs.replace(tie, applied_to=tie.correction.item, machine=machine[tie.correction.field])
        for tie in ties
    )
    corrected.settle(connection, placed)


def _relate(connection: Connection, doc: str, ties: Iterable[Tie]) -> None:
    """Put what a person says a document is to others in place of what a rule found.

    Once that is taken back, `corpus.catalogue.relations.relate` finds it again.
    """
    told = {tie.correction.field: tie for tie in ties if tie.correction.field in RELATIONS}
    for kind in RELATIONS:
        here = t.relations.c.document_id == doc, t.relations.c.kind == kind
        rows = list(connection.execute(select(t.relations).where(*here)))
        by_person = [row.other_id for row in rows if row.origin == "person"]
        tie = told.get(kind)
        if tie is None and not by_person:
            continue
        connection.execute(delete(t.relations).where(*here, t.relations.c.origin == "person"))
        if tie is not None:
            wanted = tie.correction.value if isinstance(tie.correction.value, tuple) else ()
            connection.execute(delete(t.relations).where(*here))
            for other in wanted:
                put(connection, t.relations, {"document_id": doc, "other_id": other, "kind": kind, "origin": "person"})
            corrected.settle(connection, [msgspec.structs.replace(tie, applied_to=doc)])


def _apply_to_practice(connection: Connection, identifier: str, before: Sequence[Tie], revision: int) -> None:
    """Bring a practice's row to what its corrections make of what was read or recorded."""
    row = connection.execute(select(t.practices).where(t.practices.c.id == identifier)).one()
    here = [tie for tie in before if tie.applied_to == identifier and tie.correction.sort == "practice"]
    machine = unpractised(row.practice, here)
    of_it = t.corrections.c.item.in_({tie.correction.item for tie in here} | {identifier})
    ties = corrected.kept(connection, of_it, t.corrections.c.field.startswith(PRACTICE, autoescape=True))
    found, tied = correcting.practices((machine,), [tie.correction for tie in ties])
    corrected.settle(connection, tied)
    connection.execute(
        update(t.practices).where(t.practices.c.id == identifier).values(practice=found[0], revision=revision)
    )
    if row.document_id:
        touch(connection, row.document_id, revision)
