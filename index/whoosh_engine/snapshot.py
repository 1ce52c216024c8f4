"""One open commit of the index: what matches, in which order, with which counts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from corpus.model import Standing
from index.answer import FACETS, WHATS
from index.engine import Found, Question, Row
from index.whoosh_engine.facets import Facets
from index.whoosh_engine.postings import Decoder, Floats, Ids, Mask
from index.whoosh_engine.schema import STAMP
from index.whoosh_engine.scorer import Scorer, Scores
from index.whoosh_engine.spelling import Speller
from index.whoosh_engine.writer import Stamp

COVERAGE_STEPS = (0.5, 0.4, 0.3, 0.2, 0.1, 0.0)
"""A thing matches when it covers more than this share of what was asked; the share falls until enough things match."""

ENOUGH = 50
"""Matches below which the share falls: five pages of hits are more than most people read."""

DIVERSE_DEPTH = 100
"""Hits that are mixed over documents when that is asked for; deeper ones keep their plain order."""

DIVERSE_ROUND = 2
"""Hits of one document in each round of the mixing."""


class Matched(NamedTuple):
    """Which things the words find, which pass the filters, and every thing's score and coverage."""

    by_query: Mask
    passing: Mask
    scores: Floats
    coverage: Floats


class WhooshSnapshot:
    """See `index.engine.Snapshot`."""

    def __init__(self, reader: object, boosts: dict[str, float] | None = None) -> None:
        self._decoder = Decoder(reader)
        stamps = self._decoder.postings("what", STAMP).ids
        self._stamp = msgspec.convert(self._decoder.stored(int(stamps[-1]))["stamp"], Stamp)
        self._scorer = Scorer(self._decoder, self._stamp, boosts)
        self._facets = Facets(self._decoder, self._twins)

    @property
    def revision(self) -> int:
        return self._stamp.revision

    def counts(self) -> Mapping[str, int]:
        return {what: self._stamp.things.get(what, 0) for what in WHATS}

    def close(self) -> None:
        self._decoder.close()

    # ------------------------------------------------------------------ what is known

    def frequency(self, words: tuple[str, ...], title: bool = False) -> int:
        return sum(len(self._scorer.impacts(what, words, title).ids) for what in WHATS)

    def facet_values(self, name: str) -> tuple[str, ...]:
        return tuple(self._facets.facet(name).values)

    def near_words(self, word: str) -> tuple[str, ...]:
        return self._speller.near(word)

    @cached_property
    def _speller(self) -> Speller:
        return Speller(self._decoder.lexicon("words"), lambda word: len(self._decoder.postings("words", word).ids))

    @cached_property
    def _twins(self) -> Ids:
        """For each thing that has the same words as another one a number that they share, else 0."""
        twins = self._decoder.column("twin")
        _, where, counts = np.unique(twins, return_inverse=True, return_counts=True)
        twins[counts[where] == 1] = 0
        return twins

    @cached_property
    def _place(self) -> Ids:
        """A number of every thing by its owner's id and its place there: the order where nothing else decides."""
        place = self._decoder.column("ordinal")
        for rank, owner in enumerate(self._decoder.lexicon("owner")):
            place[self._decoder.postings("owner", owner).ids] += rank << 32
        return place

    @cached_property
    def _dates(self) -> Ids:
        return self._decoder.column("date")

    @cached_property
    def _independence(self) -> Ids:
        """The rank of every thing's standing; the model lists the most independent first."""
        ranks = np.full(self._decoder.size, len(Standing), np.int64)
        for rank, standing in reversed(list(enumerate(Standing))):
            ranks[self._facets.having("standing", [standing.value])] = rank
        return ranks

    # ------------------------------------------------------------------ searching

    def search(self, question: Question) -> Found:
        matched = self._match(question)
        ranked = self._ranked(question, matched)
        page = ranked[question.offset : question.offset + question.limit]
        return Found(
            total=len(ranked),
            rows=tuple(self._row(question, matched, int(number)) for number in page),
            best_coverage=float(matched.coverage[ranked].max()) if len(ranked) else 0.0,
            facets=self._facet_counts(question, matched) if question.facets else {},
        )

    def total(self, question: Question) -> int:
        matched = self._match(question)
        numbers = np.flatnonzero(matched.by_query & matched.passing)
        return self._distinct(numbers)

    def _match(self, question: Question) -> Matched:
        scored = self._scorer.scores(question)
        if question.what == "documents":
            scored = self._with_passages(question, scored)
        passing = self._passing(question, set())
        by_query = self._covering(scored.coverage, scored.may, passing) if scored.asked else scored.may
        return Matched(by_query, passing, scored.scores, scored.coverage)

    def _with_passages(self, question: Question, own: Scores) -> Scores:
        """Documents scored by their record and their best passage together."""
        inside = self._scorer.scores(msgspec.structs.replace(question, what="passages"))
        passages = np.flatnonzero(inside.may & (inside.coverage > 0) if inside.asked else inside.may)
        passages = passages[self._document_of[passages] >= 0]
        documents = self._document_of[passages]
        best, coverage, may = np.zeros_like(own.scores), own.coverage.copy(), own.may.copy()
        np.maximum.at(best, documents, inside.scores[passages])
        np.maximum.at(coverage, documents, inside.coverage[passages])
        may[documents] = True
        return Scores(own.scores + best, coverage, may, own.asked)

    @cached_property
    def _document_of(self) -> Ids:
        """The number of the document that every thing goes with, -1 for none."""
        documents = np.flatnonzero(self._scorer.view("documents"))
        owners = self._place >> 32
        of_owner = np.full(int(owners.max(initial=0)) + 1, -1, np.int64)
        of_owner[owners[documents]] = documents
        of_thing: Ids = of_owner[owners]
        return of_thing

    def _covering(self, coverage: Floats, may: Mask, passing: Mask) -> Mask:
        """The things that cover enough of what was asked.

        The share is settled before filters, so that a facet's count is what choosing it gives; only where the filters
        would leave nothing does it fall further.
        """
        holding = may & (coverage > 0)
        for step in COVERAGE_STEPS:
            covering = holding & (coverage >= step)
            if self._distinct(np.flatnonzero(covering)) >= ENOUGH and (covering & passing).any():
                return covering
        return holding

    def _passing(self, question: Question, but: set[str]) -> Mask:
        """The things that pass the filters, those of some facets left aside."""
        passing = np.ones(self._decoder.size, np.bool_)
        for name, values in question.filters.items():
            if name not in but:
                passing &= self._facets.having(name, values)
        for name, values in question.without.items():
            passing &= ~self._facets.having(name, values)
        return passing

    def _facet_counts(self, question: Question, matched: Matched) -> dict[str, dict[str, int]]:
        """Counts of every facet; those of a filtered facet as if it were not filtered, so that more can be chosen."""
        counts = {}
        for name in FACETS:
            passing = self._passing(question, {name}) if name in question.filters else matched.passing
            counts[name] = self._facets.counts(name, matched.by_query & passing)
        return counts

    # ------------------------------------------------------------------ order

    def _ranked(self, question: Question, matched: Matched) -> Ids:
        numbers = np.flatnonzero(matched.by_query & matched.passing)
        scores = np.round(-matched.scores[numbers], 9)
        keys: list[NDArray[np.int64] | Floats] = [self._place[numbers], scores]
        if question.sort == "newest":
            keys.append(-self._dates[numbers])
        elif question.sort == "oldest":
            dates = self._dates[numbers]
            keys.append(np.where(dates == 0, np.iinfo(np.int64).max, dates))
        elif question.sort == "independence":
            keys.append(self._independence[numbers])
        ranked = self._without_twins(numbers[np.lexsort(keys)])
        return self._mixed(ranked) if question.diverse else ranked

    def _distinct(self, numbers: Ids) -> int:
        twins = self._twins[numbers]
        return int((twins == 0).sum()) + len(np.unique(twins[twins != 0]))

    def _without_twins(self, ranked: Ids) -> Ids:
        """The best of those that have the same words."""
        twins = self._twins[ranked]
        twin_at = np.flatnonzero(twins)
        _, first = np.unique(twins[twin_at], return_index=True)
        dropped = np.delete(twin_at, first)
        return np.delete(ranked, dropped)

    def _mixed(self, ranked: Ids) -> Ids:
        """The top mixed over documents: each round takes the next DIVERSE_ROUND of every document, best first."""
        top = ranked[:DIVERSE_DEPTH]
        owners = self._place[top] >> 32
        seen: dict[int, int] = {}
        rounds = np.empty(len(top), np.int64)
        for at, owner in enumerate(owners.tolist()):
            rounds[at] = seen.get(owner, 0) // DIVERSE_ROUND
            seen[owner] = seen.get(owner, 0) + 1
        return np.concatenate([top[np.argsort(rounds, kind="stable")], ranked[DIVERSE_DEPTH:]])

    def _row(self, question: Question, matched: Matched, number: int) -> Row:
        stored = self._decoder.stored(number)
        return Row(
            id=stored["key"],
            owner=stored["owner"],
            score=float(matched.scores[number]),
            coverage=float(matched.coverage[number]),
            matched=tuple(
                i
                for i, wanted in enumerate(question.wanted)
                if not wanted.excluded and self._scorer.holds(question.what, wanted, number)
            ),
        )
