"""One open commit of the index: what matches, in which order, with which counts."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from index.answer import FACETS, WHATS, What
from index.engine import Found, Judge, Question, Row, Together
from index.whoosh_engine.arrays import Array
from index.whoosh_engine.opening import Segment
from index.whoosh_engine.postings import Floats, Ids, Mask, View
from index.whoosh_engine.schema import WORDS
from index.whoosh_engine.scorer import Scorer, Scores
from index.whoosh_engine.shown import Shown, best, once_each, without_twins
from index.whoosh_engine.spelling import Speller
from index.whoosh_engine.writer import Stamp

COVERAGE_STEPS = (0.4, 0.3, 0.2, 0.1)
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

    near: Ids
    """The things that match because they are near in meaning."""
    stricter: tuple[Mask, ...] = ()
    """What the words find where more must be covered: with these filters it would be nothing."""

    @property
    def found(self) -> Mask:
        return self.by_query & self.passing


class Ranked(NamedTuple):
    """Things, best first, each with its score and its closeness in meaning."""

    numbers: Ids
    scores: Floats
    closeness: Floats


class WhooshSnapshot:
    """See `index.engine.Snapshot`."""

    def __init__(
        self, stamp: Mapping[str, int], segments: Sequence[Segment], boosts: Mapping[str, float] | None = None
    ) -> None:
        self._stamp = msgspec.convert(stamp, Stamp)
        if self._stamp.revision < 0:
            raise ValueError("its building was cut off")
        self._segments = segments
        self._views = {what: View(what, segments) for what in WHATS}
        languages = {part.arrays.languages[n] for part in segments for n in np.unique(_living(part)).tolist()}
        self._scorer = Scorer(self._views, sorted(languages), boosts)
        self._made: dict[What, Shown] = {}
        self._gathered: tuple[Together, What, Shown] | None = None
        self._making = threading.RLock()

    @property
    def revision(self) -> int:
        return self._stamp.revision

    def counts(self) -> Mapping[str, int]:
        return {str(what): view.count for what, view in self._views.items()}

    def close(self) -> None:
        """Nothing to do: mapped files go with the last array that shows them."""

    # ------------------------------------------------------------------ what is known

    def frequency(self, words: tuple[str, ...], title: bool = False, exact: bool = False) -> int:
        return sum(self._scorer.impacts(what, words, title, exact).count for what in WHATS)

    def facet_values(self, name: str) -> tuple[str, ...]:
        with self._making:
            if name not in self._values:
                held = (value for what in WHATS for value in self._shown(what).facets.values(name))
                self._values[name] = tuple(sorted(set(held)))
            return self._values[name]

    @cached_property
    def _values(self) -> dict[str, tuple[str, ...]]:
        return {}

    def words(self) -> Iterable[tuple[str, int]]:
        return self._written.items()

    def near_words(self, word: str) -> tuple[str, ...]:
        return self._speller.near(word)

    @cached_property
    def _speller(self) -> Speller:
        return Speller(list(self._written), self._written.__getitem__)

    @cached_property
    def _written(self) -> dict[str, int]:
        """How many documents and practices have each word as it is written."""
        found: Counter[bytes] = Counter()
        for part in self._segments:
            if WORDS in part.arrays.field_names():
                field = part.arrays.field(WORDS)
                living = np.add.reduceat(part.living[field.ids].astype(np.int64), field.starts[:-1])
                found.update(dict(zip(field.terms, living.tolist(), strict=True)))
        return {word.decode(): count for word, count in sorted(found.items()) if count}

    def _shown(self, what: What) -> Shown:
        if what not in self._made:
            with self._making:
                if what not in self._made:
                    held = [part for part in self._segments if len(part.living[part.arrays.view(what)])]
                    ranks = [self._owner_ranks[part.name] for part in held]
                    self._made[what] = Shown(self._views[what], ranks)
        return self._made[what]

    def _together(self, what: What, together: Together | None) -> Shown:
        """The things of a view, gathered into groups where that is wanted; the last gathering is kept."""
        if together is None:
            return self._shown(what)
        kept = self._gathered
        if kept is None or kept[0] is not together or kept[1] != what:
            kept = self._gathered = together, what, self._shown(what).gathered(together)
        return kept[2]

    @cached_property
    def _owner_ranks(self) -> dict[str, Ids]:
        """For each segment the places of its owners among all owners."""
        owners = sorted({owner for part in self._segments for owner in part.arrays.owners})
        rank = {owner: at for at, owner in enumerate(owners)}
        return {part.name: np.array([rank[o] for o in part.arrays.owners], np.int64) for part in self._segments}

    @cached_property
    def _owners(self) -> list[str]:
        return sorted({owner for part in self._segments for owner in part.arrays.owners})

    def warm_up(self) -> None:
        """Make beforehand what the first searches would otherwise wait for."""
        for what in WHATS:
            shown = self._shown(what)
            for name in FACETS:
                shown.facets.facet(name)
            self._scorer.warm_up(what)
        for part in self._segments:
            part.arrays.touch()
        _ = self._speller

    # ------------------------------------------------------------------ searching

    def search(self, question: Question, judge: Judge | None = None, together: Together | None = None) -> Found:
        shown = self._together(question.what, together)
        matched = self._match(question, judge)
        found = matched.found
        total = shown.distinct(found)
        ranked = self._ranked(question, shown, matched, total, judge)
        return Found(
            total=total,
            rows=self._rows(question, shown, matched, ranked),
            best_coverage=float((matched.coverage * found).max(initial=0.0)),
            best_closeness=float(ranked.closeness.max(initial=0.0)),
            facets=self._facet_counts(question, shown, matched) if question.facets else {},
        )

    def total(self, question: Question, judge: Judge | None = None) -> int:
        return self._shown(question.what).distinct(self._match(question, judge).found)

    def _match(self, question: Question, judge: Judge | None) -> Matched:
        scored = self._scorer.scores(question)
        if question.what == "documents":
            scored = self._with_passages(question, scored)
        passing = self._passing(question, set())
        near = np.empty(0, np.int64)
        if judge is not None and scored.asked:
            near = self._shown(question.what).of_twins(judge.near(question.what))
            near = near[scored.may[near]]
        by_query, stricter = scored.may, list[Mask]()
        for covering in self._covering(question, scored) if scored.asked else ():
            covering[near] = True
            by_query = covering
            if (covering & passing).any():
                break
            stricter.append(covering)
        return Matched(by_query, passing, scored.scores, scored.coverage, near, tuple(stricter))

    def _with_passages(self, question: Question, own: Scores) -> Scores:
        """Documents scored by their record and their best passage together."""
        inside = self._scorer.scores(msgspec.structs.replace(question, what="passages"))
        passages = np.flatnonzero(inside.may & (inside.coverage > 0) if inside.asked else inside.may)
        documents = self._document_of[self._shown("passages").owner[passages]]
        passages, documents = passages[documents >= 0], documents[documents >= 0]
        best, coverage, may = np.zeros_like(own.scores), own.coverage.copy(), own.may.copy()
        np.maximum.at(best, documents, inside.scores[passages])
        np.maximum.at(coverage, documents, inside.coverage[passages])
        may[documents] = True
        return Scores(own.scores + best, coverage, may, own.asked)

    @cached_property
    def _document_of(self) -> Ids:
        """The number of the document that every owner is, -1 for none."""
        documents = self._shown("documents")
        of_owner = np.full(len(self._owners), -1, np.int64)
        living = np.flatnonzero(documents.view.living)
        of_owner[documents.owner[living]] = living
        return of_owner

    def _covering(self, question: Question, scored: Scores) -> Iterator[Mask]:
        """The things that cover enough of what was asked, of ever smaller shares.

        The share is settled before filters, so that a facet's count is what choosing it gives; only where the filters
        would leave nothing does it fall further.
        """
        shown = self._shown(question.what)
        for step in (question.least, *(step for step in COVERAGE_STEPS if 0 < step < question.least)):
            if not step:
                break
            covering = scored.may & (scored.coverage >= step)
            if shown.distinct(covering) >= ENOUGH:
                yield covering
        yield scored.may & (scored.coverage > 0)

    def _passing(self, question: Question, but: set[str]) -> Mask:
        """The things that pass the filters, those of some facets left aside."""
        shown = self._shown(question.what)
        passing = shown.view.living
        for name, values in question.filters.items():
            if name not in but:
                passing = passing & shown.facets.having(name, values)
        for name, values in question.without.items():
            passing = passing & ~shown.facets.having(name, values)
        return passing

    def _facet_counts(self, question: Question, shown: Shown, matched: Matched) -> dict[str, dict[str, int]]:
        """Counts of every facet; those of a filtered facet as if it were not filtered, so that more can be chosen.

        Another value of a filtered facet may leave something of what covers more: its count is that of this.
        """
        facets = shown.facets
        counts = facets.counts([n for n in question.counted if n not in question.filters], matched.found)
        for name in question.counted:
            if name in question.filters:
                passing = self._passing(question, {name})
                found = (
                    facets.counts([name], by & passing)[name] for by in (matched.by_query, *matched.stricter[::-1])
                )
                counts[name] = {value: count for counted in found for value, count in counted.items()}
        return {name: counts[name] for name in question.counted}

    # ------------------------------------------------------------------ order

    def _ranked(self, question: Question, shown: Shown, matched: Matched, total: int, judge: Judge | None) -> Ranked:
        """The best of what was found, best first: at least as many as the page needs."""
        found, scores = matched.found, matched.scores
        wanted = min(total, max(question.offset + question.limit, DIVERSE_DEPTH if question.diverse else 0))
        judged = judge is not None and question.sort == "relevance" and any(not w.idle for w in question.wanted)
        if judge is None or not judged:
            ranked = self._by_words(question, shown, found, scores, wanted)
            ranked = self._mixed(shown, ranked) if question.diverse else ranked
            return Ranked(ranked, scores[ranked], np.zeros(len(ranked), np.float32))
        ranked = self._by_words(question, shown, found, scores, max(wanted, min(total, judge.depth)))
        near = matched.near[matched.passing[matched.near]]
        first = once_each(np.concatenate([ranked[: judge.depth], near]), shown.twin)
        better, close = judge.order(
            question.what,
            shown.twin_numbers[first],
            scores[first].astype(np.float64),
            matched.coverage[first].astype(np.float64),
        )
        # What speaks of no topic that is asked for stands behind all that does, however much it holds of the rest.
        better -= (np.ptp(better) + 1 if len(better) else 0) * ~self._scorer.topical(question, first)
        order = np.lexsort([shown.place[first], -np.round(better, 9)])
        numbers = once_each(np.concatenate([first[order], ranked]), shown.twin)
        values = np.concatenate([better[order], scores[numbers[len(first) :]]]).astype(np.float32)
        closeness = np.concatenate([close[order], np.zeros(len(numbers) - len(first))]).astype(np.float32)
        if question.diverse:
            mixed = self._mixed(shown, numbers)
            back = np.empty(int(numbers.max(initial=-1)) + 1, np.int64)
            back[numbers] = np.arange(len(numbers))
            values, closeness, numbers = values[back[mixed]], closeness[back[mixed]], mixed
        return Ranked(numbers, values, closeness)

    def _by_words(self, question: Question, shown: Shown, found: Mask, scores: Floats, wanted: int) -> Ids:
        """At least the ``wanted`` first of what was found, in the question's order, twins folded."""
        numbers = best(scores, found, wanted) if question.sort == "relevance" else np.flatnonzero(found)
        while True:
            ranked = without_twins(self._ordered(question, shown, numbers, scores), shown.twin)
            if len(ranked) >= wanted:
                return ranked
            numbers = best(scores, found, 2 * len(numbers))

    def _ordered(self, question: Question, shown: Shown, numbers: Ids, scores: Floats) -> Ids:
        keys: list[NDArray[np.int64] | Floats] = [shown.place[numbers], -scores[numbers]]
        if question.sort == "newest":
            keys.append(-shown.dates[numbers])
        elif question.sort == "oldest":
            dates = shown.dates[numbers]
            keys.append(np.where(dates == 0, np.iinfo(np.int64).max, dates))
        elif question.sort == "independence":
            keys.append(shown.independence[numbers])
        elif question.sort == "programmes":
            keys += [-shown.times[numbers], shown.independence[numbers], -shown.programmes[numbers]]
        return numbers[np.lexsort(keys)]

    def _mixed(self, shown: Shown, ranked: Ids) -> Ids:
        """The top mixed over documents: each round takes the next DIVERSE_ROUND of every document, best first."""
        top = ranked[:DIVERSE_DEPTH]
        seen: dict[int, int] = {}
        rounds = np.empty(len(top), np.int64)
        for at, owner in enumerate(shown.owner[top].tolist()):
            rounds[at] = seen.get(owner, 0) // DIVERSE_ROUND
            seen[owner] = seen.get(owner, 0) + 1
        return np.concatenate([top[np.argsort(rounds, kind="stable")], ranked[DIVERSE_DEPTH:]])

    def _rows(self, question: Question, shown: Shown, matched: Matched, ranked: Ranked) -> tuple[Row, ...]:
        page = slice(question.offset, question.offset + question.limit)
        numbers = ranked.numbers[page]
        held = [
            (at, self._scorer.wanted(question.what, wanted).among(numbers).tolist())
            for at, wanted in enumerate(question.wanted)
            if not wanted.excluded
        ]
        owners = [self._owners[owner] for owner in shown.owner[numbers].tolist()]
        scores, closeness = ranked.scores[page].tolist(), ranked.closeness[page].tolist()
        coverage = matched.coverage[numbers].tolist()
        heard = self._scorer.heard(question, numbers)
        topical = self._scorer.topical(question, numbers).tolist()
        return tuple(
            Row(
                id=shown.view.key(number),
                owner=owners[row],
                score=scores[row],
                coverage=coverage[row],
                matched=tuple(at for at, holding in held if holding[row]),
                closeness=closeness[row],
                heard=float(heard.shares[row]),
                helped=tuple(np.flatnonzero(heard.helped[:, row]).tolist()),
                topical=topical[row],
            )
            for row, number in enumerate(numbers.tolist())
        )


def _living(part: Segment) -> Array:
    """The language codes of a segment's living things."""
    return part.arrays.language[part.living]
