"""What may be shown of a document, passage, statement or practice: the model's objects without what is withheld."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

import msgspec

from corpus import privacy
from corpus.model import (
    Acronym,
    Bibliography,
    Block,
    BlockKind,
    Claim,
    Page,
    PageTurn,
    Party,
    Passage,
    Practice,
    Response,
    Statement,
    Told,
    Value,
)
from corpus.notes import Note
from corpus.privacy import WITHHELD, Stretch, Withheld
from corpus.quoting import EDGE, find
from corpus.sensitivity import Organisations


class Rules(Value, frozen=True):
    """What a state of the catalogue's decisions comes to: ids by what becomes of them, and words that stay out.

    ``words`` are the lines of each document's withheld passages and statements, so that they are withheld wherever
    they stand: on a page, in a statement, in the passage that a later reading cuts otherwise.  ``reopened`` are the
    lines of passages that somebody found to hold no list of private persons.  The ``keeper`` sees contact data and such
    lists too.
    """

    revision: int
    hidden: frozenset[str]
    masked: frozenset[str]
    public: frozenset[str]
    words: dict[str, tuple[str, ...]]
    reopened: dict[str, tuple[str, ...]]
    organisations: Organisations
    keeper: bool

    def withhold(self, text: str, doc: str) -> Withheld:
        """A text of a document without what must not be shown."""
        stretches = [*self.organisations.find(text), *_quoted(text, self.words.get(doc, ()))]
        if not self.keeper:
            stretches += privacy.find(text)
        return privacy.withhold(text, stretches)

    def text(self, text: str, doc: str) -> str:
        return self.withhold(text, doc).text if text else text

    def texts(self, texts: Iterable[str], doc: str) -> tuple[str, ...]:
        return tuple(self.text(text, doc) for text in texts)

    def named(self, organisations: Iterable[str]) -> tuple[str, ...]:
        """The organisations that may be named."""
        return tuple(name for name in organisations if not self.organisations.names(name))

    def card(self, card: Bibliography) -> Bibliography:
        doc = card.id
        return msgspec.structs.replace(
            card,
            title=self.text(card.title, doc),
            authors=self.texts(card.authors, doc),
            organisations=self.named(card.organisations),
            publisher=self.text(card.publisher, doc),
            programme=self.text(card.programme, doc),
            summary="" if doc in self.masked else self.text(card.summary, doc),
        )

    def evidence(self, told: Mapping[str, tuple[Told, ...]], doc: str) -> dict[str, tuple[Told, ...]]:
        """An evidence card without what must not be shown; entries of which nothing is left are left out."""
        if doc in self.masked:
            return {}
        shown = {
            name: tuple(
                msgspec.structs.replace(one, value=self.text(one.value, doc), quote=self.text(one.quote, doc))
                for one in entries
            )
            for name, entries in told.items()
        }
        kept = {
            name: tuple(one for one in some if not is_blank(one.value or one.quote)) for name, some in shown.items()
        }
        return {name: entries for name, entries in kept.items() if entries}

    def parties(self, parties: Iterable[Party], doc: str) -> tuple[Party, ...]:
        """The parties that may be named, with their quotations as they may be shown."""
        open_to_see = (one for one in parties if doc not in self.masked and not self.organisations.names(one.name))
        return tuple(
            msgspec.structs.replace(one, name=self.text(one.name, doc), quote=self.text(one.quote, doc))
            for one in open_to_see
        )

    def acronyms(self, acronyms: Iterable[Acronym], doc: str) -> tuple[Acronym, ...]:
        """The acronyms that stand for nothing that is withheld."""
        if doc in self.masked:
            return ()
        return tuple(one for one in acronyms if not self.withhold(f"{one.short} {one.long}", doc).stretches)

    def responses(self, responses: Iterable[Response], doc: str) -> tuple[Response, ...]:
        """Management's answers as they may be shown; those to recommendations that are withheld are left out."""
        if doc in self.masked:
            return ()
        shown = (
            msgspec.structs.replace(
                one, recommendation=self.text(one.recommendation, doc), answer=self.text(one.answer, doc)
            )
            for one in responses
        )
        return tuple(one for one in shown if not is_blank(one.recommendation))

    def page(self, page: Page, doc: str) -> Page:
        """A page's blocks; those that are withheld as a whole and stand together become one."""
        blocks: list[Block] = []
        for closed, some in groupby(page.blocks, key=lambda block: self._is_closed(block, doc)):
            if closed:
                blocks.append(Block(kind=BlockKind.PARAGRAPH, text=WITHHELD))
            else:
                blocks += (self._block(block, doc) for block in some)
        return msgspec.structs.replace(page, blocks=tuple(blocks))

    def withheld_words(self, page: Page, doc: str) -> tuple[str, ...] | None:
        """The words that are withheld on a page; None where nobody may see whole blocks of it or any of it."""
        if any(self._is_closed(block, doc) for block in page.blocks):
            return None
        texts = [t for b in page.blocks for t in (b.text, *(_joint(row, b.text)[1] for row in b.rows))]
        return tuple(dict.fromkeys(text[s.start : s.end] for text in texts for s in self.withhold(text, doc).stretches))

    def _is_closed(self, block: Block, doc: str) -> bool:
        if doc in self.masked:
            return True
        return block.private and not self.keeper and not _quoted(block.text, self.reopened.get(doc, ()))

    def _block(self, block: Block, doc: str) -> Block:
        text = self.text(block.text, doc)
        rows = tuple(self._row(row, block.text, doc) for row in block.rows)
        if (text, rows) == (block.text, block.rows):
            return block
        return msgspec.structs.replace(block, text=text, rows=rows)

    def _row(self, row: tuple[str, ...], text: str, doc: str) -> tuple[str, ...]:
        """A table's row, judged as a line of the table's text: the cell of a label tells what the next one holds."""
        joint, line = _joint(row, text)
        stretches = self.withhold(line, doc).stretches
        cells, at = [], 0
        for cell in row:
            inside = [Stretch(max(s.start - at, 0), min(s.end - at, len(cell)), s.kind) for s in stretches]
            cells.append(privacy.withhold(cell, inside).text)
            at += len(cell) + len(joint)
        return tuple(cells)

    def passage(self, passage: Passage) -> Passage | None:
        """A passage without what must not be shown; None where nobody may know of it."""
        doc = passage.doc
        if passage.id in self.hidden or doc in self.hidden:
            return None
        private = passage.private and not self.keeper and passage.id not in self.public
        told, path = self.withhold(passage.text, doc), self.texts(passage.path, doc)
        if private or passage.id in self.masked or doc in self.masked or is_blank(told.text):
            turns = tuple(PageTurn(offset=n, page=t.page, label=t.label) for n, t in enumerate(passage.turns))
            return msgspec.structs.replace(passage, text=WITHHELD, path=path, turns=turns, items=(), tags=())
        return msgspec.structs.replace(
            passage,
            text=told.text,
            path=path,
            turns=tuple(msgspec.structs.replace(t, offset=told.offset(t.offset)) for t in passage.turns),
            items=tuple(told.offset(item) for item in passage.items),
        )

    def statement(self, statement: Statement) -> Statement | None:
        """A statement without what must not be shown; None where nobody may know of it."""
        doc = statement.doc
        if self.hidden & {statement.id, doc, statement.passage}:
            return None
        masked = bool(self.masked & {statement.id, doc, statement.passage})
        text = WITHHELD if masked else self.text(statement.text, doc)
        blank = is_blank(text)
        return msgspec.structs.replace(
            statement,
            text=WITHHELD if blank else text,
            path=self.texts(statement.path, doc),
            addressed_to=None if blank or statement.addressed_to is None else self.text(statement.addressed_to, doc),
            figure=None if blank else statement.figure,
            themes=() if blank else statement.themes,
        )

    def may_be_known(self, practice: Practice) -> bool:
        return not self.hidden & {practice.id, practice.doc}

    def told(self, told: Mapping[str, tuple[Claim, ...]], doc: str, masked: bool) -> dict[str, tuple[Claim, ...]]:
        """The claims of a practice or note, by field."""

        def shown(claim: Claim) -> Claim:
            text = WITHHELD if masked else self.text(claim.text, doc)
            return msgspec.structs.replace(claim, text=text, heading=self.text(claim.heading, doc))

        return {name: tuple(shown(claim) for claim in claims) for name, claims in told.items()}

    def note(self, note: Note) -> Note:
        return msgspec.structs.replace(
            note,
            title=self.text(note.title, note.id),
            question=self.text(note.question, note.id),
            told=self.told(note.told, note.id, note.id in self.masked),
        )

    def practice(self, practice: Practice) -> Practice:
        doc = practice.doc or practice.id
        return msgspec.structs.replace(
            practice,
            title=self.text(practice.title, doc),
            told=self.told(practice.told, doc, bool(self.masked & {practice.id, doc})),
            organisations=self.named(practice.organisations),
            donors=self.named(practice.donors),
            programme=self.text(practice.programme, doc),
            contact_role=self.text(practice.contact_role, doc),
        )


def _joint(row: tuple[str, ...], text: str) -> tuple[str, str]:
    """What stands between a row's cells in its table's text, and the row as a line of it."""
    joint = next((j for j in ("\t", ": ", " | ", " ") if j.join(row) in text), "\t")
    return joint, joint.join(row)


def _quoted(text: str, lines: Iterable[str]) -> list[Stretch]:
    """Where lines that are withheld stand in a text; short ones only where they are the whole of it."""
    found = []
    for line in lines:
        spot = find(text, line) if min(len(line), len(text)) >= EDGE or text == line else None
        while spot is not None:
            found.append(Stretch(*spot, "private"))
            again = text.find(line, spot[1])
            spot = (again, again + len(line)) if again >= 0 else None
    return found


def is_blank(text: str) -> bool:
    """Whether nothing is left of a text to be read."""
    return WITHHELD in text and not any(c.isalnum() for c in text.replace(WITHHELD, ""))
