"""From the engine's rows to hits: texts and fields come from the catalogue, by id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from corpus.bodies import called_each
from corpus.errors import NotInCatalogue
from corpus.model import Bibliography, Passage, Practice, Span, Statement
from corpus.notes import address
from index.analysis import stems_of
from index.answer import Hit, What
from index.engine import Row
from index.naming import folded
from index.query import Query
from index.snippets import marks_of, snippet
from index.source import Source
from index.things import addressee_of, rolled_up
from index.understanding import Understood

BETWEEN_HEADINGS = " › "
Words = tuple[str, ...]


class Hits:
    """Makes the hits of one search.  What has left the catalogue since the index was made is left out."""

    def __init__(
        self,
        source: Source,
        cards: Mapping[str, Bibliography],
        query: Query,
        understood: Understood,
        best_in: Callable[[str], Row | None] = lambda doc: None,
    ) -> None:
        """``best_in`` tells the passage of a document that answers best."""
        self._source = source
        self._best_in = best_in
        self._cards = dict(cards)
        self._query = query
        self._understood = understood

    def of(self, what: What, rows: Sequence[Row]) -> tuple[Hit, ...]:
        """The hits of the rows of one view, in their order; marked is only what is told as searched."""
        self._understood = self._understood.told(rows)
        make = {
            "passages": self._passages,
            "statements": self._statements,
            "practices": self._practices,
            "documents": self._documents,
        }[what](rows)
        return tuple(hit for row in rows if (hit := make(row)) is not None)

    def _passages(self, rows: Sequence[Row]) -> Callable[[Row], Hit | None]:
        passages = self._source.passages_by_id([row.id for row in rows])

        def make(row: Row) -> Hit | None:
            passage, card = passages.get(row.id), self._card(row.owner)
            if passage is None or card is None:
                return None
            around = "\n".join((card.title, *passage.path))
            hit = self._hit("passages", row, passage.text, passage.text, passage.language, around)
            hit = _with_card(_standing_at(hit, passage.span, passage.path), card)
            return msgspec.structs.replace(hit, passage=row.id, themes=rolled_up(passage.concepts())[0])

        return make

    def _statements(self, rows: Sequence[Row]) -> Callable[[Row], Hit | None]:
        statements = self._source.statements_by_id([row.id for row in rows])
        around_it: Mapping[str, Passage] = self._source.passages_by_id([s.passage for s in statements.values()])

        def make(row: Row) -> Hit | None:
            statement, card = statements.get(row.id), self._card(row.owner)
            if statement is None or card is None:
                return None
            passage = around_it.get(statement.passage)
            language = passage.language if passage else card.language
            around = "\n".join((card.title, *statement.path))
            hit = self._hit("statements", row, statement.text, statement.text, language, around)
            hit = _with_card(_standing_at(hit, statement.span, statement.path), card)
            return _as_said(msgspec.structs.replace(hit, passage=row.id), statement)

        return make

    def _practices(self, rows: Sequence[Row]) -> Callable[[Row], Hit | None]:
        def make(row: Row) -> Hit | None:
            practice = self._practice(row.id)
            if practice is None:
                return None
            told = "\n".join(claim.text for claims in practice.told.values() for claim in claims)
            around = "\n".join((practice.title, practice.summary, *practice.organisations, *practice.donors))
            hit = self._hit("practices", row, practice.summary, told, practice.language, around)
            return msgspec.structs.replace(
                hit,
                title=practice.title,
                themes=practice.themes,
                standing=practice.standing.value,
                year=int(practice.start[:4]) if practice.start[:4].isdigit() else None,
                organisations=_by_one_name(practice.organisations),
            )

        return make

    def _documents(self, rows: Sequence[Row]) -> Callable[[Row], Hit | None]:
        def make(row: Row) -> Hit | None:
            card = self._card(row.owner)
            if card is None:
                return None
            hit = _with_card(self._hit("documents", row, card.summary, card.summary, card.language), card)
            if "<mark>" not in hit.snippet and (best := self._best_in(row.owner)) is not None:
                hit = self._told_by(hit, best)
            return msgspec.structs.replace(hit, themes=card.themes, url=address(card.id))

        return make

    def _told_by(self, hit: Hit, row: Row) -> Hit:
        """A document as the passage shows it that answers best: its words, page and section."""
        passage = self._source.passages_by_id([row.id]).get(row.id)
        if passage is None:
            return hit
        told = self._hit("passages", row, passage.text, passage.text, passage.language)
        return msgspec.structs.replace(
            _standing_at(hit, passage.span, passage.path),
            snippet=told.snippet,
            language=passage.language,
            passage=row.id,
        )

    def _hit(self, what: What, row: Row, text: str, shown: str, language: str, around: str = "") -> Hit:
        """What hits of every view have; ``shown`` is the text that the snippet is cut from, ``around`` what else of it
        is searched."""
        matched, also, missed = self._why(what, row, f"{around}\n{shown}", language)
        return Hit(
            what=what,
            id=row.id,
            doc=row.owner,
            title="",
            text=text,
            language=language,
            title_language=language,
            snippet=snippet(shown, language, self._understood.marked, exactly=self._understood.marked_exactly),
            score=round(row.score, 6),
            weak=self._understood.weak(row, self._named(what, row, shown, language)),
            url=f"/{what}/{row.id}",
            matched=matched,
            also=also,
            missed=missed,
        )

    def _why(self, what: What, row: Row, told: str, language: str) -> tuple[Words, Words, Words]:
        """Which words of the question a hit has, under which other names, and which not; idle ones aside.

        A document is found by its passages too, so that nothing is said of what it has not.
        """
        understood, clauses = self._understood, self._query.clauses
        others = [(e.words, e.instead_of) for e in understood.expansions]
        others += [((kin.word,), (kin.instead_of,)) for kin in understood.kindred]
        stems = stems_of(told, language)
        there = marks_of(stems, language, [words for words, _ in others]) if others else []
        named = [others[number] for number in sorted({mark.number for mark in there})]
        asked = [n for n, one in enumerate(understood.wanted[: len(clauses)]) if not (one.idle or one.excluded)]
        # A practice that is found by its title in another language has the words of its English text too.
        loose = [n for n in asked if not (understood.wanted[n].exact or understood.wanted[n].title)]
        typed = {loose[mark.number] for mark in marks_of(stems, language, [understood.wanted[n].words for n in loose])}
        typed.update(row.matched)
        held = {*typed, *(number for _, instead_of in named for number in instead_of)}

        def said(numbers: Iterable[int]) -> tuple[str, ...]:
            return tuple(dict.fromkeys(clauses[number].text for number in numbers))

        matched = said(number for number in asked if number in typed)
        written = {folded(name): name for name in understood.also}
        also = dict.fromkeys(written.get(words, " ".join(words)) for words, _ in named)
        missed = said(number for number in asked if number not in held) if what != "documents" else ()
        return matched, tuple(name for name in also if name not in matched), missed

    def _named(self, what: What, row: Row, shown: str, language: str) -> bool:
        """Whether a hit holds a name that is asked for; of documents and practices only a part is at hand."""
        understood = self._understood
        if not understood.names or what in ("documents", "practices") or not understood.names.isdisjoint(row.matched):
            return True
        meant = understood.names_meant
        return bool(meant and marks_of(stems_of(shown, language), language, meant))

    def _practice(self, identifier: str) -> Practice | None:
        try:
            return self._source.practice(identifier)
        except NotInCatalogue:
            return None

    def _card(self, doc: str) -> Bibliography | None:
        """A document's card; one that came in after the snapshot's cards were read is asked for."""
        if doc not in self._cards:
            try:
                self._cards[doc] = self._source.card(doc)
            except NotInCatalogue:
                return None
        return self._cards[doc]


def _with_card(hit: Hit, card: Bibliography) -> Hit:
    return msgspec.structs.replace(
        hit,
        title=card.title,
        title_language=card.language,
        standing=card.standing.value,
        year=card.year,
        organisations=_by_one_name(card.organisations),
    )


def _by_one_name(organisations: tuple[str, ...]) -> tuple[str, ...]:
    """Each organisation once, by the name that the facet has for it."""
    return tuple(dict.fromkeys(called_each(organisations).values()))


def _standing_at(hit: Hit, span: Span, path: tuple[str, ...]) -> Hit:
    return msgspec.structs.replace(
        hit,
        page=span.page,
        page_end=span.page_end,
        page_label=span.page_label,
        page_end_label=span.page_end_label,
        section=BETWEEN_HEADINGS.join(path),
    )


def _as_said(hit: Hit, statement: Statement) -> Hit:
    return msgspec.structs.replace(
        hit,
        themes=statement.themes,
        kind=statement.kind.value,
        voice=statement.voice.value,
        achieved=statement.achieved or "",
        addressed_to=addressee_of(statement),
        group=statement.group,
    )
