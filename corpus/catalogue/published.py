"""The catalogue as it may be shown: the one place on the way out where anything is withheld.

Pages, API, index, exports and citations read the catalogue through `Published`; only who keeps it reads it as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Self

import msgspec

from corpus import privacy
from corpus.catalogue.decisions import decisions, heirs
from corpus.catalogue.reader import Catalogue, DocumentEntry, Retired
from corpus.errors import Withdrawn
from corpus.ids import kind_of
from corpus.model import (
    Bibliography,
    Block,
    BlockKind,
    Claim,
    Page,
    PageTurn,
    Passage,
    Practice,
    Section,
    Statement,
    Value,
)
from corpus.privacy import WITHHELD, Stretch, Withheld
from corpus.quoting import EDGE, find
from corpus.sensitivity import HIDING, ORGANISATION, Organisations


class Rules(Value, frozen=True):
    """What a state of the catalogue's decisions comes to: ids by what becomes of them, and words that stay out.

    ``words`` are the lines of each document's withheld passages and statements, so that they are withheld wherever
    they stand: on a page, in a statement, in the passage that a later reading cuts otherwise.  ``reopened`` are the
    lines of passages that somebody found to hold no list of private persons.
    """

    revision: int
    hidden: frozenset[str]
    masked: frozenset[str]
    public: frozenset[str]
    words: dict[str, tuple[str, ...]]
    reopened: dict[str, tuple[str, ...]]
    organisations: Organisations


class Published(Catalogue):
    """The catalogue, for everybody who is not its keeper: what is hidden raises `Withdrawn` or is left out of lists,
    private contact data, lists of private persons and sensitive organisations read "[withheld]".

    With ``keeper`` it is the view of who keeps it: everything as it is, but for what was withdrawn.
    """

    def __init__(self, url: str, *, keeper: bool = False) -> None:
        super().__init__(url)
        self._keeper = keeper
        self._rules: Rules | None = None

    @classmethod
    def over(cls, catalogue: Catalogue) -> Self:
        """The view of an open catalogue, over its own connections."""
        view = cls.__new__(cls)
        view.url, view.engine = catalogue.url, catalogue.engine
        view._keeper, view._rules = False, None
        return view

    # ------------------------------------------------------------------ what was decided

    def rules(self) -> Rules:
        """The decisions as they are now, worked out once for each revision."""
        revision = self.revision()
        kept = self._rules
        if kept is None or kept.revision != revision:
            kept = self._rules = self._work_out(revision)
        return kept

    def _work_out(self, revision: int) -> Rules:
        levels = {one.item: one.level for one in decisions(self)}
        levels = {heir: levels[first] for heir, first in heirs(self, levels).items()} | levels
        closing = {"withdrawn"} if self._keeper else HIDING
        hidden = frozenset(item for item, level in levels.items() if level in closing)
        masked = frozenset(item for item, level in levels.items() if level == "mask" and not self._keeper)
        public = frozenset(item for item, level in levels.items() if level == "public")
        names = (i.removeprefix(ORGANISATION) for i in levels if i.startswith(ORGANISATION) and i not in public)
        return Rules(
            revision=revision,
            hidden=hidden,
            masked=masked,
            public=public,
            words=self._lines_of(hidden | masked),
            reopened=self._lines_of(public),
            organisations=Organisations(() if self._keeper else names),
        )

    def _lines_of(self, items: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """The lines of those items that are passages or statements, by document."""
        parts = [item for item in items if kind_of(item) != "whole"]
        found: dict[str, list[str]] = {}
        quoted: list[Passage | Statement] = [*super().passages_by_id(parts).values()]
        for item in [*quoted, *super().statements_by_id(parts).values()]:
            found.setdefault(item.doc, []).extend(line.strip() for line in item.text.split("\n") if line.strip())
        return {doc: tuple(lines) for doc, lines in found.items()}

    def _refuse(self, *items: str) -> None:
        if any(item in self.rules().hidden for item in items):
            raise Withdrawn(f"{items[0]!r} was withdrawn.")

    # ------------------------------------------------------------------ texts

    def _withhold(self, text: str, doc: str) -> Withheld:
        """A text of a document without what must not be shown."""
        rules = self.rules()
        stretches = [*rules.organisations.find(text), *_quoted(text, rules.words.get(doc, ()))]
        if not self._keeper:
            stretches += privacy.find(text)
        return privacy.withhold(text, stretches)

    def _text(self, text: str, doc: str) -> str:
        return self._withhold(text, doc).text if text else text

    def _texts(self, texts: Iterable[str], doc: str) -> tuple[str, ...]:
        return tuple(self._text(text, doc) for text in texts)

    def _named(self, organisations: Iterable[str]) -> tuple[str, ...]:
        """The organisations that may be named."""
        return tuple(name for name in organisations if not self.rules().organisations.names(name))

    # ------------------------------------------------------------------ what changed

    def changed_since(self, revision: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        there, gone = super().changed_since(revision)
        hidden = self.rules().hidden
        return tuple(i for i in there if i not in hidden), (*gone, *(i for i in there if i in hidden))

    # ------------------------------------------------------------------ documents

    def entries(self) -> tuple[DocumentEntry, ...]:
        hidden = self.rules().hidden
        return tuple(self._shown_entry(entry) for entry in super().entries() if entry.card.id not in hidden)

    def entry(self, doc: str) -> DocumentEntry:
        self._refuse(doc)
        return self._shown_entry(super().entry(doc))

    def document_ids(self) -> tuple[str, ...]:
        hidden = self.rules().hidden
        return tuple(doc for doc in super().document_ids() if doc not in hidden)

    def _shown_entry(self, entry: DocumentEntry) -> DocumentEntry:
        return entry if self._keeper else msgspec.structs.replace(entry, card=self._shown_card(entry.card))

    def _shown_card(self, card: Bibliography) -> Bibliography:
        doc = card.id
        return msgspec.structs.replace(
            card,
            title=self._text(card.title, doc),
            authors=self._texts(card.authors, doc),
            organisations=self._named(card.organisations),
            publisher=self._text(card.publisher, doc),
            programme=self._text(card.programme, doc),
            summary="" if doc in self.rules().masked else self._text(card.summary, doc),
        )

    def pages(self, doc: str) -> tuple[Page, ...]:
        self._refuse(doc)
        return tuple(self._shown_page(page, doc) for page in super().pages(doc))

    def page(self, doc: str, number: int | None) -> Page:
        self._refuse(doc)
        return self._shown_page(super().page(doc, number), doc)

    def page_numbers(self, doc: str) -> tuple[tuple[int | None, str | None], ...]:
        self._refuse(doc)
        return super().page_numbers(doc)

    def sections(self, doc: str) -> tuple[Section, ...]:
        self._refuse(doc)
        if doc in self.rules().masked:
            return ()
        return tuple(
            msgspec.structs.replace(s, heading=self._text(s.heading, doc), path=self._texts(s.path, doc))
            for s in super().sections(doc)
        )

    def _shown_page(self, page: Page, doc: str) -> Page:
        """A page's blocks; those that are withheld as a whole and stand together become one."""
        blocks: list[Block] = []
        for closed, some in groupby(page.blocks, key=lambda block: self._is_closed(block, doc)):
            if closed:
                blocks.append(Block(kind=BlockKind.PARAGRAPH, text=WITHHELD))
            else:
                blocks += (self._shown_block(block, doc) for block in some)
        return msgspec.structs.replace(page, blocks=tuple(blocks))

    def _is_closed(self, block: Block, doc: str) -> bool:
        rules = self.rules()
        if doc in rules.masked:
            return True
        return block.private and not self._keeper and not _quoted(block.text, rules.reopened.get(doc, ()))

    def _shown_block(self, block: Block, doc: str) -> Block:
        text = self._text(block.text, doc)
        rows = tuple(self._shown_row(row, block.text, doc) for row in block.rows)
        return (
            block if (text, rows) == (block.text, block.rows) else msgspec.structs.replace(block, text=text, rows=rows)
        )

    def _shown_row(self, row: tuple[str, ...], text: str, doc: str) -> tuple[str, ...]:
        """A table's row, judged as a line of the table's text: the cell of a label tells what the next one holds."""
        joint = next((j for j in ("\t", ": ", " | ", " ") if j.join(row) in text), "\t")
        stretches = self._withhold(joint.join(row), doc).stretches
        cells, at = [], 0
        for cell in row:
            inside = [Stretch(max(s.start - at, 0), min(s.end - at, len(cell)), s.kind) for s in stretches]
            cells.append(privacy.withhold(cell, inside).text)
            at += len(cell) + len(joint)
        return tuple(cells)

    # ------------------------------------------------------------------ passages and statements

    def passages(self, doc: str) -> tuple[Passage, ...]:
        """The passages that can be read; those whose words are withheld are not among them."""
        self._refuse(doc)
        shown = (self._shown_passage(passage) for passage in super().passages(doc))
        return tuple(passage for passage in shown if passage is not None and not _is_blank(passage.text))

    def passages_by_id(self, ids: Iterable[str]) -> dict[str, Passage]:
        shown = {key: self._shown_passage(passage) for key, passage in super().passages_by_id(ids).items()}
        return {key: passage for key, passage in shown.items() if passage is not None}

    def passage(self, identifier: str) -> Passage:
        for raw in super().passages_by_id([identifier]).values():
            self._refuse(identifier, raw.doc)
        return super().passage(identifier)

    def _shown_passage(self, passage: Passage) -> Passage | None:
        """A passage without what must not be shown; None where nobody may know of it."""
        rules, doc = self.rules(), passage.doc
        if passage.id in rules.hidden or doc in rules.hidden:
            return None
        private = passage.private and not self._keeper and passage.id not in rules.public
        told = self._withhold(passage.text, doc)
        if private or passage.id in rules.masked or doc in rules.masked or _is_blank(told.text):
            turns = tuple(PageTurn(offset=n, page=t.page, label=t.label) for n, t in enumerate(passage.turns))
            closed = Withheld(WITHHELD, ())
            return msgspec.structs.replace(
                passage, text=closed.text, turns=turns, items=(), tags=(), path=self._texts(passage.path, doc)
            )
        return msgspec.structs.replace(
            passage,
            text=told.text,
            path=self._texts(passage.path, doc),
            turns=tuple(msgspec.structs.replace(t, offset=told.offset(t.offset)) for t in passage.turns),
            items=tuple(told.offset(item) for item in passage.items),
        )

    def statements(self, doc: str) -> tuple[Statement, ...]:
        """The statements that can be read; those whose words are withheld are not among them."""
        self._refuse(doc)
        shown = (self._shown_statement(statement) for statement in super().statements(doc))
        return tuple(s for s in shown if s is not None and not _is_blank(s.text))

    def statements_by_id(self, ids: Iterable[str]) -> dict[str, Statement]:
        shown = {key: self._shown_statement(statement) for key, statement in super().statements_by_id(ids).items()}
        return {key: statement for key, statement in shown.items() if statement is not None}

    def statement(self, identifier: str) -> Statement:
        for raw in super().statements_by_id([identifier]).values():
            self._refuse(identifier, raw.doc, raw.passage)
        return super().statement(identifier)

    def _shown_statement(self, statement: Statement) -> Statement | None:
        """A statement without what must not be shown; None where nobody may know of it."""
        rules, doc = self.rules(), statement.doc
        if rules.hidden & {statement.id, doc, statement.passage}:
            return None
        masked = bool(rules.masked & {statement.id, doc, statement.passage})
        text = WITHHELD if masked else self._text(statement.text, doc)
        blank = _is_blank(text)
        return msgspec.structs.replace(
            statement,
            text=WITHHELD if blank else text,
            path=self._texts(statement.path, doc),
            addressed_to=None if blank or statement.addressed_to is None else self._text(statement.addressed_to, doc),
            figure=None if blank else statement.figure,
            themes=() if blank else statement.themes,
        )

    def retired(self, identifier: str) -> Retired | None:
        return None if identifier in self.rules().hidden else super().retired(identifier)

    def all_statements(self) -> Iterator[Statement]:
        for doc in self.document_ids():
            yield from self.statements(doc)

    # ------------------------------------------------------------------ practices

    def practices(self) -> tuple[Practice, ...]:
        return tuple(self._shown_practice(p) for p in super().practices() if self._may_be_known(p))

    def practices_of(self, doc: str) -> tuple[Practice, ...]:
        return tuple(self._shown_practice(p) for p in super().practices_of(doc) if self._may_be_known(p))

    def practice_ids(self) -> tuple[str, ...]:
        if not self.rules().hidden:
            return super().practice_ids()
        return tuple(sorted(p.id for p in super().practices() if self._may_be_known(p)))

    def practice(self, identifier: str) -> Practice:
        self._refuse(identifier)
        practice = super().practice(identifier)
        self._refuse(identifier, practice.doc)
        return self._shown_practice(practice)

    def _may_be_known(self, practice: Practice) -> bool:
        return not self.rules().hidden & {practice.id, practice.doc}

    def _shown_practice(self, practice: Practice) -> Practice:
        doc = practice.doc or practice.id
        masked = bool(self.rules().masked & {practice.id, doc})

        def shown(claim: Claim) -> Claim:
            text = WITHHELD if masked else self._text(claim.text, doc)
            return msgspec.structs.replace(claim, text=text, heading=self._text(claim.heading, doc))

        return msgspec.structs.replace(
            practice,
            title=self._text(practice.title, doc),
            told={name: tuple(shown(claim) for claim in claims) for name, claims in practice.told.items()},
            organisations=self._named(practice.organisations),
            donors=self._named(practice.donors),
            programme=self._text(practice.programme, doc),
            contact_role=self._text(practice.contact_role, doc),
        )


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


def _is_blank(text: str) -> bool:
    """Whether nothing is left of a text to be read."""
    return WITHHELD in text and not any(c.isalnum() for c in text.replace(WITHHELD, ""))
