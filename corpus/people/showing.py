"""What may be shown of a collection now: every entry as the published catalogue has it, people's words passed by it.

The words that were kept when something was gathered are shown only where the catalogue no longer knows the item but
still knows its document, and then as withheld as anything of that document.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from corpus.catalogue import Catalogue, Published
from corpus.citation import card_of_practice
from corpus.errors import NotInCatalogue, UsageError, Withdrawn
from corpus.ids import kind_of
from corpus.messages import Message
from corpus.model import Bibliography, Passage, Practice, Span, Statement, Value
from corpus.people.collections import Collection, Gathered, Question, QuizItem, Section, Teaching
from corpus.privacy import WITHHELD
from corpus.resting import Rest, marked_text, rests_of

State = Literal["", "older", "kept", "withdrawn", "gone"]
"""Of an entry: as it is in the library now; of an earlier version of its document; only as it was gathered, because
the document's present reading has no such item; taken away; no longer in this library."""


class Shown(Value, frozen=True):
    """An entry as it may be shown.

    ``note`` is the author's, blank where the item was taken away, of which it may speak.  ``card`` is None exactly
    where nothing is shown of the item.  ``successor`` is what stands in the place of older words.  ``rests`` is what a
    practice record of ours rests on, with pages.
    """

    entry: Gathered
    state: State
    text: str = ""
    title: str = ""
    note: str = ""
    language: str = ""
    card: Bibliography | None = None
    quoted: Passage | Statement | None = None
    practice: Practice | None = None
    successor: str = ""
    rests: tuple[Rest, ...] = ()

    @property
    def told(self) -> str:
        """Its words; of a record of ours each sentence with the mark of its source."""
        return marked_text(self.practice.told.get("summary", ()), self.rests) if self.practice else self.text

    @property
    def is_our_summary(self) -> bool:
        """Whether the words are a record's of ours, not its sources'."""
        return self.practice is not None and not self.practice.doc

    @property
    def said(self) -> Statement | None:
        """The statement, with its kind and voice, where it is one."""
        return self.quoted if isinstance(self.quoted, Statement) else None

    @property
    def span(self) -> Span:
        return self.quoted.span if self.quoted else Span()

    @property
    def heading(self) -> str:
        """The heading under which it stands."""
        if self.practice and self.practice.doc:
            return self.practice.title
        return "".join(self.quoted.path[-1:]) if self.quoted else ""


class ShownSection(Value, frozen=True):
    """A section as it may be shown."""

    section: Section
    heading: str
    text: str
    entries: tuple[Shown, ...]

    @property
    def holds(self) -> bool:
        """Whether anything stands under its heading."""
        return bool(self.text or self.entries)


class ShownCollection(Value, frozen=True):
    """A collection as it may be shown; ``collection`` is what it was made from."""

    collection: Collection
    title: str
    introduction: str
    author: str
    teaching: Teaching
    sections: tuple[ShownSection, ...]

    @property
    def left_out(self) -> int:
        """How many entries nothing is shown of."""
        return sum(one.card is None for section in self.sections for one in section.entries)


def gather(catalogue: Catalogue, identifier: str, day: str) -> Gathered:
    """An item of the published catalogue as it is put into a collection.

    Raises:
        NotInCatalogue: nothing has this id; Withdrawn: something had.
    """
    found = kind_of(identifier)
    if found == "passage":
        passage = catalogue.passage(identifier)
        return Gathered(
            number=0, kind="passage", item=identifier, doc=passage.doc, quotation=passage.text, gathered=day
        )
    if found == "statement":
        statement = catalogue.statement(identifier)
        return Gathered(
            number=0, kind="statement", item=identifier, doc=statement.doc, quotation=statement.text, gathered=day
        )
    practice, card = whole_of(catalogue, identifier)
    if practice:
        return Gathered(
            number=0, kind="practice", item=identifier, doc=practice.doc, quotation=practice.summary, gathered=day
        )
    assert card is not None, "a whole is a practice or has a card"
    return Gathered(number=0, kind="document", item=identifier, doc=identifier, quotation=card.summary, gathered=day)


def gather_all(catalogue: Catalogue, identifiers: Iterable[str], day: str) -> tuple[Gathered, ...]:
    """Several items; those that went away meanwhile are left out.

    Raises:
        UsageError: nothing is left of them.
    """
    found = []
    for identifier in dict.fromkeys(identifiers):
        try:
            found.append(gather(catalogue, identifier, day))
        except NotInCatalogue:
            continue
    if not found:
        raise UsageError(Message("Nothing of this is in the library: open what you want to add, and add it there."))
    return tuple(found)


def whole_of(catalogue: Catalogue, identifier: str) -> tuple[Practice | None, Bibliography | None]:
    """A document's card, else a practice, as citations look ids up."""
    try:
        return None, catalogue.card(identifier)
    except Withdrawn:
        raise
    except NotInCatalogue:
        return catalogue.practice(identifier), None


def show(collection: Collection, catalogue: Published) -> ShownCollection:
    """A collection as it may be shown now."""
    shower = _Shower(catalogue, collection.entries)
    return ShownCollection(
        collection=collection,
        title=shower.words(collection.front.title),
        introduction=shower.words(collection.front.introduction),
        author=shower.words(collection.front.author),
        teaching=shower.teaching(collection.teaching),
        sections=tuple(
            ShownSection(
                section=section,
                heading=shower.words(section.heading),
                text=shower.words(section.text),
                entries=tuple(shower.entry(entry) for entry in section.entries),
            )
            for section in collection.sections
        ),
    )


class _Shower:
    """Looks entries up, quotations many at once and each card once."""

    def __init__(self, catalogue: Published, entries: tuple[Gathered, ...]) -> None:
        self._catalogue = catalogue
        self._rules = catalogue.rules()
        ids = {kind: [e.item for e in entries if e.kind == kind] for kind in ("passage", "statement")}
        self._passages = catalogue.passages_by_id(ids["passage"])
        self._statements = catalogue.statements_by_id(ids["statement"])
        around = {statement.passage for statement in self._statements.values()}
        self._around = catalogue.passages_by_id(around - set(self._passages)) | self._passages
        self._cards: dict[str, Bibliography] = {}

    def words(self, text: str, doc: str = "") -> str:
        """What somebody wrote, without private contact data and what must not be named; near an item of ``doc`` also
        without the words that are withheld of it."""
        return self._rules.text(text, doc)

    def teaching(self, told: Teaching) -> Teaching:
        w = self.words
        return msgspec.structs.replace(
            told,
            outcomes=tuple(map(w, told.outcomes)),
            level=w(told.level),
            duration=w(told.duration),
            warning=w(told.warning),
            questions=tuple(Question(text=w(one.text), notes=w(one.notes)) for one in told.questions),
            quiz=tuple(
                QuizItem(
                    text=w(one.text),
                    answers=tuple(msgspec.structs.replace(a, text=w(a.text)) for a in one.answers),
                    explanation=w(one.explanation),
                )
                for one in told.quiz
            ),
        )

    def entry(self, entry: Gathered) -> Shown:
        if entry.item in self._rules.hidden or entry.doc in self._rules.hidden:
            return Shown(entry=entry, state="withdrawn")
        try:
            return self._found(entry)
        except Withdrawn:
            return Shown(entry=entry, state="withdrawn")
        except NotInCatalogue:
            return self._kept(entry)

    def _found(self, entry: Gathered) -> Shown:
        if entry.kind in ("passage", "statement"):
            return self._quotation(entry)
        practice, card = whole_of(self._catalogue, entry.item)
        note = self.words(entry.note, entry.doc or entry.item)
        if practice:
            card = self._card(practice.doc) if practice.doc else card_of_practice(practice)
            return Shown(
                entry=entry, state="", text=practice.summary, title=practice.title, note=note, card=card,
                language=practice.language, practice=practice, rests=rests_of(self._catalogue, practice),
            )  # fmt: skip
        assert card is not None, "a whole is a practice or has a card"
        return Shown(
            entry=entry, state="", text=card.summary, title=card.title, note=note, card=card, language=card.language
        )

    def _quotation(self, entry: Gathered) -> Shown:
        quoted: Passage | Statement | None
        if entry.kind == "passage":
            quoted = self._passages.get(entry.item) or self._catalogue.passage(entry.item)
            within: Passage | None = quoted
        else:
            quoted = self._statements.get(entry.item) or self._catalogue.statement(entry.item)
            within = self._around.get(quoted.passage)
        card = self._card(quoted.doc)
        retired = self._catalogue.retired(entry.item)
        return Shown(
            entry=entry, state="older" if retired else "", text=quoted.text, note=self.words(entry.note, quoted.doc),
            language=within.language if within else card.language, card=card, quoted=quoted,
            successor=self._still_there(retired.successor) if retired else "",
        )  # fmt: skip

    def _still_there(self, successor: str) -> str:
        """What took an item's place, as long as it may be shown; raises Withdrawn where it was withdrawn."""
        if not successor:
            return ""
        if kind_of(successor) == "passage":
            self._catalogue.passage(successor)
        else:
            self._catalogue.statement(successor)
        return successor

    def _kept(self, entry: Gathered) -> Shown:
        """What was kept of an item that the catalogue does not have."""
        if not entry.doc or entry.kind not in ("passage", "statement"):
            return Shown(entry=entry, state="gone")
        try:
            card = self._card(entry.doc)
        except Withdrawn:
            return Shown(entry=entry, state="withdrawn")
        except NotInCatalogue:
            return Shown(entry=entry, state="gone")
        masked = {entry.item, entry.doc} & self._rules.masked
        text = WITHHELD if masked else self.words(entry.quotation, entry.doc)
        return Shown(
            entry=entry, state="kept", text=text, note=self.words(entry.note, entry.doc), language=card.language,
            card=card,
        )  # fmt: skip

    def _card(self, doc: str) -> Bibliography:
        if doc not in self._cards:
            self._cards[doc] = self._catalogue.card(doc)
        return self._cards[doc]
