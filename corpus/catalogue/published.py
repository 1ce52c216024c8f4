"""The catalogue as it may be shown: the one place on the way out where anything is withheld.

Pages, API, index, exports and citations read the catalogue through `Published`; only who keeps it reads it as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Self

import msgspec

from corpus.catalogue.decisions import decisions, heirs
from corpus.catalogue.entries import DocumentEntry, Retired
from corpus.catalogue.reader import Catalogue
from corpus.errors import NotInCatalogue, Withdrawn
from corpus.ids import kind_of
from corpus.model import Page, Passage, Practice, Section, Statement
from corpus.notes import Note, shipped
from corpus.sensitivity import HIDING, ORGANISATION, Organisations
from corpus.sources import OURS
from corpus.withholding import Rules, is_blank

_REVISIONS: ContextVar[dict[str, int] | None] = ContextVar("revisions", default=None)


@contextmanager
def one_state() -> Iterator[None]:
    """Look each catalogue's revision up once: all that is read within shows what was decided when it began."""
    before = _REVISIONS.set({})
    try:
        yield
    finally:
        _REVISIONS.reset(before)


class Published(Catalogue):
    """The catalogue, for everybody who is not its keeper: what is hidden raises `Withdrawn` or is left out of lists,
    private contact data, lists of private persons and sensitive organisations read "[withheld]".

    With ``keeper`` it is the view of who keeps it: everything as it is, but for what was withdrawn.
    """

    def __init__(self, url: str, *, keeper: bool = False) -> None:
        super().__init__(url)
        self._keeper = keeper
        self._rules: Rules | None = None
        self._ids: tuple[Rules, tuple[str, ...]] | None = None

    @classmethod
    def over(cls, catalogue: Catalogue) -> Self:
        """The view of an open catalogue, over its own connections."""
        view = cls.__new__(cls)
        view.url, view.engine = catalogue.url, catalogue.engine
        view._keeper, view._rules, view._ids = False, None, None
        return view

    # ------------------------------------------------------------------ what was decided

    def revision(self) -> int:
        known = _REVISIONS.get()
        if known is None:
            return super().revision()
        if self.url not in known:
            known[self.url] = super().revision()
        return known[self.url]

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
            words=self._with_titles(self._lines_of(hidden | masked), hidden),
            reopened=self._lines_of(public),
            organisations=Organisations(() if self._keeper else names),
            keeper=self._keeper,
        )

    def _with_titles(self, words: dict[str, tuple[str, ...]], hidden: frozenset[str]) -> dict[str, tuple[str, ...]]:
        """The withheld words, and in what we wrote ourselves the titles of hidden documents, which it cites."""
        if not any(kind_of(item) == "whole" for item in hidden):
            return words
        cards = [entry.card for entry in super().entries()]
        titles = tuple(card.title for card in cards if card.id in hidden)
        ours = [card.id for card in cards if card.programme == OURS]
        return words | {doc: (*words.get(doc, ()), *titles) for doc in ours}

    def _lines_of(self, items: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """The lines of those items that are passages or statements, by document."""
        parts = [item for item in items if kind_of(item) != "whole"]
        found: dict[str, list[str]] = {}
        quoted: list[Passage | Statement] = [*super().passages_by_id(parts).values()]
        for item in [*quoted, *super().statements_by_id(parts).values()]:
            found.setdefault(item.doc, []).extend(line.strip() for line in item.text.split("\n") if line.strip())
        return {doc: tuple(lines) for doc, lines in found.items()}

    def _for(self, *items: str) -> Rules:
        """The rules by which items are shown; raises Withdrawn where one of them is hidden."""
        rules = self.rules()
        if rules.hidden.intersection(items):
            raise Withdrawn(f"{items[0]!r} was withdrawn.")
        return rules

    # ------------------------------------------------------------------ what changed

    def changed_since(self, revision: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        there, gone = super().changed_since(revision)
        hidden = self.rules().hidden
        return tuple(i for i in there if i not in hidden), (*gone, *(i for i in there if i in hidden))

    # ------------------------------------------------------------------ documents

    def entries(self) -> tuple[DocumentEntry, ...]:
        rules = self.rules()
        return tuple(_entry(rules, entry) for entry in super().entries() if entry.card.id not in rules.hidden)

    def entry(self, doc: str) -> DocumentEntry:
        return _entry(self._for(doc), super().entry(doc))

    def said_alike(self) -> tuple[tuple[str, str, str], ...]:
        hidden = self.rules().hidden
        return tuple(one for one in super().said_alike() if one[0] not in hidden)

    def document_ids(self) -> tuple[str, ...]:
        rules, kept = self.rules(), self._ids
        if kept is None or kept[0] is not rules:
            kept = self._ids = rules, tuple(doc for doc in super().document_ids() if doc not in rules.hidden)
        return kept[1]

    def pages(self, doc: str) -> tuple[Page, ...]:
        rules = self._for(doc)
        return tuple(rules.page(page, doc) for page in super().pages(doc))

    def page(self, doc: str, number: int | None) -> Page:
        return self._for(doc).page(super().page(doc, number), doc)

    def withheld_on(self, doc: str, number: int) -> tuple[str, ...] | None:
        """The words of a page that its picture must not show; None where the page may not be seen as a picture."""
        rules = self._for(doc)
        page = super().page(doc, number)
        words = rules.withheld_words(page, doc)
        # What was read from a picture has no letters that could be painted over.
        return None if words and page.ocr is not None else words

    def page_numbers(self, doc: str) -> tuple[tuple[int | None, str | None], ...]:
        self._for(doc)
        return super().page_numbers(doc)

    def sections(self, doc: str) -> tuple[Section, ...]:
        rules = self._for(doc)
        if doc in rules.masked:
            return ()
        return tuple(
            msgspec.structs.replace(s, heading=rules.text(s.heading, doc), path=rules.texts(s.path, doc))
            for s in super().sections(doc)
        )

    # ------------------------------------------------------------------ passages and statements

    def passages(self, doc: str) -> tuple[Passage, ...]:
        """The passages that can be read; those whose words are withheld are not among them."""
        rules = self._for(doc)
        shown = (rules.passage(passage) for passage in super().passages(doc))
        return tuple(passage for passage in shown if passage is not None and not is_blank(passage.text))

    def passages_by_id(self, ids: Iterable[str]) -> dict[str, Passage]:
        rules = self.rules()
        shown = {key: rules.passage(passage) for key, passage in super().passages_by_id(ids).items()}
        return {key: passage for key, passage in shown.items() if passage is not None}

    def passage(self, identifier: str) -> Passage:
        for raw in super().passages_by_id([identifier]).values():
            self._for(identifier, raw.doc)
        return super().passage(identifier)

    def statements(self, doc: str) -> tuple[Statement, ...]:
        """The statements that can be read; those whose words are withheld are not among them."""
        rules = self._for(doc)
        shown = (rules.statement(statement) for statement in super().statements(doc))
        return tuple(s for s in shown if s is not None and not is_blank(s.text))

    def statements_by_id(self, ids: Iterable[str]) -> dict[str, Statement]:
        rules = self.rules()
        shown = {key: rules.statement(statement) for key, statement in super().statements_by_id(ids).items()}
        return {key: statement for key, statement in shown.items() if statement is not None}

    def statement(self, identifier: str) -> Statement:
        for raw in super().statements_by_id([identifier]).values():
            self._for(identifier, raw.doc, raw.passage)
        return super().statement(identifier)

    def retired(self, identifier: str) -> Retired | None:
        return None if identifier in self.rules().hidden else super().retired(identifier)

    def all_statements(self) -> Iterator[Statement]:
        for doc in self.document_ids():
            yield from self.statements(doc)

    # ------------------------------------------------------------------ practices

    def practices(self) -> tuple[Practice, ...]:
        rules = self.rules()
        return tuple(rules.practice(p) for p in super().practices() if rules.may_be_known(p))

    def practices_of(self, doc: str) -> tuple[Practice, ...]:
        rules = self.rules()
        return tuple(rules.practice(p) for p in super().practices_of(doc) if rules.may_be_known(p))

    def practice_ids(self) -> tuple[str, ...]:
        rules = self.rules()
        if not rules.hidden:
            return super().practice_ids()
        return tuple(sorted(p.id for p in super().practices() if rules.may_be_known(p)))

    def practice(self, identifier: str) -> Practice:
        self._for(identifier)
        practice = super().practice(identifier)
        return self._for(identifier, practice.doc).practice(practice)

    # ------------------------------------------------------------------ notes

    def notes(self) -> tuple[Note, ...]:
        """The synthesis notes that ship, those of them that are here."""
        here = frozenset(self.document_ids())
        return tuple(self.note(note.id) for note in shipped() if note.id in here and self._is_ours(note.id))

    def note(self, identifier: str) -> Note:
        """A note by its id, which is its document's; raises as `entry` does where it was removed or is not here."""
        ours = self._is_ours(identifier)
        note = next((note for note in shipped() if note.id == identifier), None)
        if note is None or not ours:
            raise NotInCatalogue(f"There is no note {identifier!r}; the page of notes lists them.")
        return self._for(identifier).note(note)

    def _is_ours(self, doc: str) -> bool:
        """Whether a document is one that we wrote ourselves, and no file of the same id."""
        return self.entry(doc).card.programme == OURS


def _entry(rules: Rules, entry: DocumentEntry) -> DocumentEntry:
    doc = entry.card.id
    return msgspec.structs.replace(
        entry,
        card=rules.card(entry.card),
        evidence=rules.evidence(entry.evidence, doc),
        parties=rules.parties(entry.parties, doc),
        acronyms=rules.acronyms(entry.acronyms, doc),
        responses=rules.responses(entry.responses, doc),
    )
