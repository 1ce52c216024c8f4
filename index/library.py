"""The library: the one face through which pages and commands search.

`Library(home).search(request)` answers; `bring_up_to_date` and `rebuild` are for the holder of the writer's lock.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

import msgspec

from corpus.catalogue import Published
from corpus.errors import FingerpostError, IndexMissing, UsageError
from corpus.glossary import Term
from corpus.messages import Message
from corpus.notes import address
from index import alike, labels
from index.acronyms import NO_ACRONYMS, Acronyms
from index.answer import ALSO, FACETS, SORTS, WHATS, Answer, Hit, Request, What
from index.engine import Found, Judge, Question, Row, Snapshot
from index.gathering import Gatherings
from index.hits import Hits
from index.narrowing import Reading, best_in, facets_of, resolved
from index.query import Query, parse
from index.sense import Sense, Senses
from index.source import Source
from index.suggest import Completion, Suggestion, targets
from index.terms import term_asked_for
from index.understanding import Understood, understand
from index.upkeep import (
    Place,
    Report,
    bring_up_to_date,
    disagreements,
    generations_of,
    give_up,
    rebuild,
    shown,
)

__all__ = [
    "FIRST_QUESTION",
    "Library",
    "Place",
    "Report",
    "bring_up_to_date",
    "disagreements",
    "generations_of",
    "give_up",
    "rebuild",
    "shown",
]

FIRST_QUESTION = "what works for children on the move"
"""Searched when there is time to spare: vocabularies and the model of meaning are read by the first search."""


class Library:
    """A home's index and catalogue, opened for searching; safe to share between threads.

    Every search works on one snapshot: a commit or a new generation shows from the next search on.
    """

    def __init__(self, home: Place, source: Source | None = None, warm: bool = False) -> None:
        """``warm``: whenever another snapshot is opened, what its first searches would wait for is made beside them."""
        self._warm = warm
        self._source: Source = source or Published(home.catalogue_url)
        self._generations = generations_of(home)
        self._senses = Senses(home.index_dir)
        self._gatherings = Gatherings(self._source)
        self._reading: Reading | None = None
        self._completion: tuple[Reading, Completion] | None = None
        self._opening = threading.Lock()

    def search(self, request: Request) -> Answer:
        """What the knowledge base has for a request.

        Raises:
            IndexMissing: the catalogue has something, but there is no index that this version can read.
            UsageError: a filter or an order that does not exist, or a negative count.
        """
        _check(request)
        query = parse(request.text).narrowed(request.filters)
        reading = self._open()
        if reading is None:
            note = Message("The knowledge base is empty; add documents with 'fingerpost ingest'.")
            return Answer(query=query.text, interpreted=query.interpreted, notes=(*query.notes, note))
        if query.empty_handed:
            return Answer(query=query.text, interpreted=query.interpreted, notes=query.notes)
        return self._answer(request, query, reading)

    @property
    def ready(self) -> bool:
        """Whether searches are answered: false while there is no index that this version can read."""
        try:
            self._open()
        except IndexMissing:
            return False
        return True

    def suggest(self, typed: str) -> tuple[Suggestion, ...]:
        """What the words typed so far may become; nothing while the knowledge base is empty."""
        reading = self._open()
        if reading is None:
            return ()
        return self._completion_of(reading).suggest(typed)

    def term(self, text: str) -> Term | None:
        """The glossary's term that a whole query asks for; of a short form the one that the documents here mean."""
        reading = self._open()
        return term_asked_for(text, reading.acronyms if reading else NO_ACRONYMS)

    def reading(self) -> Reading:
        """The newest snapshot with what its documents tell of names, for whoever carries it away.

        Raises:
            IndexMissing: there is none.
        """
        reading = self._open()
        if reading is None:
            raise IndexMissing("There is nothing in this knowledge base yet; add documents with 'fingerpost ingest'.")
        return reading

    def _completion_of(self, reading: Reading) -> Completion:
        made = self._completion
        if made is None or made[0] is not reading:
            made = self._completion = reading, self._complete(reading)
        return made[1]

    def warm_up(self) -> None:
        """Open what there is to be searched; what cannot be opened is told by the first search."""
        with suppress(FingerpostError):
            self._open()

    def _warm_up(self, reading: Reading) -> None:
        """Make what the first searches and suggestions would wait for, as long as nothing newer is read."""
        self._answer(Request(text=FIRST_QUESTION, limit=1), parse(FIRST_QUESTION), reading)
        reading.snapshot.warm_up()
        self._completion_of(reading).warm_up(lambda: self._reading is reading)

    def _complete(self, reading: Reading) -> Completion:
        """Everything that can be suggested in this state of the library."""
        of_documents = ((card.title, address(doc), doc) for doc, card in reading.cards.items())
        practices = (self._source.practice(identifier) for identifier in self._source.practice_ids())
        of_practices = ((practice.title, f"/practices/{practice.id}", "") for practice in practices)
        everything = self._answer(Request(limit=0), Query(), reading)
        found = targets(everything.facets, reading.acronyms, [*of_documents, *of_practices])
        return Completion(found, reading.snapshot.total)

    def _open(self) -> Reading | None:
        """The newest snapshot; None while the catalogue is empty and nothing was ever indexed."""
        mark = self._generations.mark()
        reading = self._reading
        if reading is not None and reading.mark == mark:
            return reading
        with self._opening:
            if self._reading is not None and self._reading.mark == mark:
                return self._reading
            if mark is None:
                if self._source.document_ids() or self._source.practice_ids():
                    raise IndexMissing("There is no index yet; run 'fingerpost rebuild'.")
                return None
            # Searches that still use the older snapshot keep it alive; its files close when the last one is done.
            cards = {card.id: card for card in self._source.cards()}
            acronyms = Acronyms(self._source.acronyms())
            snapshot = self._generations.open()
            bodies = labels.with_short_forms(acronyms.told())
            self._reading = Reading(mark=mark, snapshot=snapshot, cards=cards, acronyms=acronyms, bodies=bodies)
            if self._warm:
                threading.Thread(target=self._warm_up, args=(self._reading,), name="warm-up", daemon=True).start()
            return self._reading

    def _answer(self, request: Request, query: Query, reading: Reading) -> Answer:
        snapshot = reading.snapshot
        understood = understand(query, snapshot, reading.acronyms, exact=request.exact, without=request.without)
        model = alike.model_of(self._source, request.like) if request.like else None
        if model is not None:
            sense = self._senses.like(model.text, model.owner or model.id)
        elif request.exact:
            sense = Sense()
        else:
            sense = self._senses.of(query, understood.wanted, snapshot, request.without)
        understood = understood.with_kindred(sense.kindred)
        typed = query
        if model is not None:
            query, understood = alike.like(model, snapshot, query, understood)
        filters, notes = resolved(query.filters, reading)
        without, more_notes = resolved(query.without, reading)
        question = Question(
            what=request.what,
            wanted=understood.wanted,
            expansions=understood.expansions,
            kindred=understood.kindred,
            filters=filters,
            without=without,
            sort=request.sort,
            offset=request.offset,
            limit=request.limit,
            diverse=request.diverse,
            facets=request.facets,
        )
        if model is not None:
            question = msgspec.structs.replace(question, least=alike.LEAST)
        together = self._gatherings.now() if request.together and request.what == "statements" else None
        found = snapshot.search(_in_view(question, request.what, model), sense.judge, together)
        hits = Hits(self._source, reading.cards, query, understood, partial(best_in, snapshot, question))
        shown = hits.of(request.what, found.rows)
        told = understood.told(found.rows)
        weak = _is_weak(found, shown, understood)
        counted = None if together else found
        totals = _totals(snapshot, question, model, counted, sense.judge) if request.totals else {}
        return Answer(
            query=query.text,
            interpreted=_interpreted(typed, told),
            suggestion=understood.suggestion,
            weak=weak,
            partly=weak and bool(found.rows) and understood.partly(found.rows[0]),
            total=found.total,
            hits=shown,
            facets=facets_of(found, filters, reading),
            totals=totals,
            unknown=understood.unknown,
            like=_shown(hits, model),
            also=told.also,
            notes=(*query.notes, *understood.notes, *sense.notes, *notes, *more_notes),
        )


def _check(request: Request) -> None:
    for name in request.filters:
        if name not in FACETS:
            raise UsageError(f"There is no filter {name!r}; use one of {', '.join(FACETS)}.")
    if request.what not in WHATS:
        raise UsageError(f"There is no view {request.what!r}; use one of {', '.join(WHATS)}.")
    if request.sort not in SORTS:
        raise UsageError(f"There is no order {request.sort!r}; use one of {', '.join(SORTS)}.")
    if request.sort == "programmes" and not (request.together and request.what == "statements"):
        raise UsageError("Only statements can be asked for by the programmes that say them, those alike together.")
    if request.limit < 0 or request.offset < 0:
        raise UsageError("Neither limit nor offset can be negative; use 0 or more.")


def _is_weak(found: Found, shown: Sequence[Hit], understood: Understood) -> bool:
    """Whether an answer is weak: every hit that is shown is; where none is shown, nothing holds enough of the query."""
    if shown:
        return all(hit.weak for hit in shown)
    best = Row(id="", owner="", score=0.0, coverage=found.best_coverage, closeness=found.best_closeness)
    return found.total == 0 or understood.weak(best)


def _interpreted(query: Query, understood: Understood) -> str:
    also = "; ".join(understood.also)
    return query.interpreted + (f"{ALSO}{also})" if also else "")


def _in_view(question: Question, what: What, model: alike.Model | None) -> Question:
    """The question asked in a view; what others shall be like is not among them."""
    apart = model.without(what) if model else {}
    without = {name: (*question.without.get(name, ()), *apart.get(name, ())) for name in {**question.without, **apart}}
    return msgspec.structs.replace(question, what=what, without=without)


def _totals(
    snapshot: Snapshot, question: Question, model: alike.Model | None, found: Found | None, judge: Judge | None
) -> dict[str, int]:
    views = {what: _in_view(question, what, model) for what in WHATS}
    return {
        what: found.total if found and what == question.what else snapshot.total(q, judge) for what, q in views.items()
    }


def _shown(hits: Hits, model: alike.Model | None) -> Hit | None:
    """What others shall be like, as a hit is shown."""
    if model is None:
        return None
    row = Row(id=model.id, owner=model.owner or model.id, score=0.0, coverage=1.0)
    return next(iter(hits.of(model.what, [row])), None)
