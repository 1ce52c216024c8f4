"""The library: the one face through which pages and commands search.

`Library(home).search(request)` answers; `bring_up_to_date` and `rebuild` are for the holder of the writer's lock.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Protocol

import msgspec

from corpus import VERSION, translations
from corpus.catalogue import Catalogue, Published
from corpus.errors import FingerpostError, IndexMissing, UsageError
from corpus.glossary import Term
from corpus.messages import Message
from corpus.model import Value
from corpus.notes import address
from corpus.privacy import MASKING_VERSION
from index import alike, analysis, labels
from index.acronyms import NO_ACRONYMS, Acronyms
from index.answer import ALSO, FACETS, SORTS, WHATS, Answer, Hit, Request, What
from index.engine import Found, Judge, Question, Row, Snapshot
from index.following import follow, forget
from index.gathering import Gatherings
from index.generations import Generations
from index.hits import Hits
from index.narrowing import Reading, best_in, facets_of, resolved
from index.query import Query, parse
from index.sense import Sense, Senses
from index.source import Source
from index.suggest import Completion, Suggestion, targets
from index.terms import term_asked_for
from index.things import THINGS_VERSION, practice_things, things_of
from index.understanding import Understood, understand
from index.whoosh_engine import WhooshEngine

FIRST_QUESTION = "what works for children on the move"
"""Searched when there is time to spare: vocabularies and the model of meaning are read by the first search."""


class Place(Protocol):
    """The part of `corpus.home.Home` that searching needs."""

    @property
    def index_dir(self) -> Path: ...

    @property
    def catalogue_url(self) -> str: ...


class Report(Value, frozen=True):
    """What a writer did to the index: nothing, updated or rebuilt, and why; ``things`` per view are there now."""

    done: str
    reason: str
    revision: int
    things: dict[str, int]
    seconds: float


def generations_of(home: Place) -> Generations:
    """The generations of a home's index, for this version of analyser, schema and Fingerpost."""
    engine = WhooshEngine()
    made_by = f"{engine.fingerprint}; {analysis.fingerprint()}; things {THINGS_VERSION}; masking {MASKING_VERSION}"
    made_by += f"; translations {translations.fingerprint()}; fingerpost {VERSION}"
    return Generations(home.index_dir, engine, made_by)


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


# ---------------------------------------------------------------------------------------------- for writers


def bring_up_to_date(home: Place, source: Source) -> Report:
    """Make the index show the catalogue: by an update if it can be, by a rebuild if it must be.

    The caller holds the home's writer's lock.  Of a catalogue only what may be shown goes into the index.
    """
    source = _published(source)
    generations = generations_of(home)
    try:
        snapshot = generations.open()
    except IndexMissing as missing:
        return rebuild(home, source, str(missing))
    shown, wanted = snapshot.revision, source.revision()
    things = dict(snapshot.counts())
    if shown == wanted:
        follow(home.index_dir, source, snapshot.words())
        snapshot.close()
        return Report(done="nothing", reason="The index is up to date.", revision=shown, things=things, seconds=0.0)
    snapshot.close()
    if shown > wanted:
        return rebuild(home, source, "The catalogue is older than the index.")
    started = time.monotonic()
    there, gone = source.changed_since(shown)
    generations.update([*there, *gone], things_of(source, there), wanted)
    return _report(home, source, generations, "updated", f"{len(there)} changed, {len(gone)} gone.", started)


def rebuild(home: Place, source: Source, reason: str = "It was asked for.") -> Report:
    """Make a new generation of the index from the whole catalogue.  The caller holds the home's writer's lock."""
    source = _published(source)
    generations = generations_of(home)
    started = time.monotonic()
    revision = source.revision()
    owners = dict.fromkeys([*source.document_ids(), *source.practice_ids()])
    generations.build(owners, partial(things_of, source), revision)
    return _report(home, source, generations, "rebuilt", reason, started)


def give_up(home: Place) -> None:
    """Let go of what was made of a catalogue that is about to be replaced: by revisions alone it could seem to fit.

    The caller holds the home's writer's lock, and rebuilds afterwards; so does the next writer where that is cut off.
    """
    generations_of(home).give_up()
    forget(home.index_dir)


def _published(source: Source) -> Source:
    """A source as it may be shown: a catalogue that is handed in to be indexed may hold what is withheld."""
    return Published.over(source) if isinstance(source, Catalogue) else source


def _report(home: Place, source: Source, generations: Generations, done: str, reason: str, started: float) -> Report:
    """What was done; things are found by their words now, and by their meaning when this returns."""
    snapshot = generations.open()
    report = Report(
        done=done,
        reason=reason,
        revision=snapshot.revision,
        things=dict(snapshot.counts()),
        seconds=round(time.monotonic() - started, 3),
    )
    follow(home.index_dir, source, snapshot.words())
    snapshot.close()
    return report


def shown(home: Place, catalogue: Source) -> dict[str, int]:
    """How many documents (with those known by card only), passages and statements are shown.

    Empty while the index does not show the catalogue as it is: there is none, or a run is going on.
    """
    try:
        snapshot = generations_of(home).open()
    except IndexMissing:
        return {}
    counts = dict(snapshot.counts()) if snapshot.revision == catalogue.revision() else {}
    snapshot.close()
    return {what: counts[what] for what in ("documents", "passages", "statements") if counts}


def disagreements(home: Place, source: Source) -> list[str]:
    """Sentences on every count in which index and catalogue differ; empty when they agree."""
    source = _published(source)
    try:
        snapshot = generations_of(home).open()
    except IndexMissing as missing:
        return [str(missing)] if source.document_ids() or source.practice_ids() else []
    documents = source.document_ids()
    held = {
        "passages": sum(len(source.passages(doc)) for doc in documents),
        "statements": sum(len(source.statements(doc)) for doc in documents),
        "practices": sum(len(list(practice_things(source.practice(name)))) for name in source.practice_ids()),
        "documents": len(documents),
    }
    shown = snapshot.counts()
    snapshot.close()
    return [
        f"The index has {shown[what]} {what}, the catalogue {count}; run 'fingerpost rebuild'."
        for what, count in held.items()
        if shown[what] != count
    ]
