"""BM25F over posting lists, a term at a time.

The formula is Whoosh's own (`whoosh.scoring.BM25F`, after Robertson and Zaragoza, "The Probabilistic Relevance
Framework: BM25 and Beyond", 2009): the sum over fields of
    boost × idf × tf·(K1 + 1) / (tf + K1·(1 − B + B·length/average)),   idf = ln(N / (df + 1)) + 1.
  N, df and the average length are those of the things of one view.

A word is stemmed in every language of the index.  A thing is in one language, so that the lists of the variants are
disjoint: together they are the posting list of the word, and its best (only) variant counts once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from math import log
from typing import NamedTuple

import numpy as np

from index.analysis import marked, stem
from index.answer import What
from index.engine import Question, Wanted
from index.whoosh_engine.postings import NOTHING, Cache, Floats, Ids, Mask, Postings, View
from index.whoosh_engine.schema import FORM, PARTS

K1 = 1.2
B = 0.75
BOOSTS = {"title": 0.1, "head": 0.3, "body": 1.0}
"""By measurement (docs/search.md): a title says the same of all its passages, headings the same of many."""

IMPACT_CACHE_BYTES = 128 * 1024 * 1024
"""Scored words that are kept: at 100,000 passages some hundred of the most frequent words, or many thousand others."""

VARIANTS_CACHE_BYTES = 4 * 1024 * 1024
VARIANTS_BYTES = 500
"""Words whose stems are remembered, and about what one of them takes: a dictionary's entry and two short tuples."""

QUESTIONS_CACHE_BYTES = 8 * 1024 * 1024
"""Room for the four views of two questions at 100,000 passages."""

WARM_WORDS = 300
"""Words of a view that are scored before anybody asks for them: about a second's work at 100,000 passages."""

SAME_THING = 0.4
"""Weight from which other words for something are heard in full: lighter ones are of something beside it (a region)."""

DENSE_SHARE = 12
"""A word that more than one in this many things holds is kept as one vector over all things, which is added faster."""


Variants = tuple[tuple[str, ...], ...]
"""What words in a row are in some languages: the marked stems of each."""


class Impacts:
    """The things that hold a word or phrase, with the score that it gives each: as a list, or as a vector over all."""

    def __init__(self, ids: Ids, scores: Floats, size: int) -> None:
        self.count = len(ids)
        self._dense: Floats | None = None
        if self.count * DENSE_SHARE > size:
            self._dense = np.zeros(size, np.float32)
            self._dense[ids] = scores
        else:
            self._ids, self._scores = ids, scores

    @property
    def ids(self) -> Ids:
        return np.flatnonzero(self._dense > 0) if self._dense is not None else self._ids

    @property
    def scores(self) -> Floats:
        return self._dense[self.ids] if self._dense is not None else self._scores

    @property
    def nbytes(self) -> int:
        return 200 + (self._dense.nbytes if self._dense is not None else self._ids.nbytes + self._scores.nbytes)

    def add_to(self, total: Floats, weight: float) -> None:
        """Add the weighted scores to those of all things."""
        if self._dense is not None:
            total += self._dense if weight == 1 else self._dense * np.float32(weight)
        else:
            total[self._ids] += self._scores if weight == 1 else self._scores * np.float32(weight)

    def raise_to(self, total: Floats, weight: float) -> None:
        """Raise the scores of all things to the weighted ones where those are higher."""
        if self._dense is not None:
            np.maximum(total, self._dense * np.float32(weight), out=total)
        else:
            total[self._ids] = np.maximum(total[self._ids], self._scores * np.float32(weight))

    def cover(self, covered: Floats, worth: float) -> None:
        """Raise a number of the things that hold it to ``worth`` where it is lower."""
        if self._dense is not None:
            np.maximum(covered, (self._dense > 0) * np.float32(worth), out=covered)
        else:
            covered[self._ids] = np.maximum(covered[self._ids], np.float32(worth))

    def mark(self, covered: Floats, worth: float) -> None:
        """Add a number to those of the things that hold it."""
        if self._dense is not None:
            covered += (self._dense > 0) * np.float32(worth)
        else:
            covered[self._ids] += np.float32(worth)

    def mask(self, size: int) -> Mask:
        """Which things hold it."""
        if self._dense is not None:
            return self._dense > 0
        made = np.zeros(size, np.bool_)
        made[self._ids] = True
        return made

    def among(self, numbers: Ids) -> Mask:
        """Which of some things hold it."""
        if self._dense is not None:
            return self._dense[numbers] > 0
        if not self.count:
            return np.zeros(len(numbers), np.bool_)
        at = np.searchsorted(self._ids, numbers)
        held: Mask = self._ids[np.minimum(at, self.count - 1)] == numbers
        return held


class Scores(NamedTuple):
    """Score and coverage (share of the question's idf weight, 0–1) of every thing; 0 where nothing matches.

    ``may`` are the things that hold every required and no excluded part.  ``asked`` is false when the question has no
    words that count: then all that may does match.
    """

    scores: Floats
    coverage: Floats
    may: Mask
    asked: bool


class Heard(NamedTuple):
    """How much of a question (0–1) each of some things speaks of, and which kindred words (rows) help which of them."""

    shares: np.ndarray[tuple[int], np.dtype[np.float64]]
    helped: np.ndarray[tuple[int, int], np.dtype[np.bool_]]


class Scorer:
    """Scores the things of one open index."""

    def __init__(
        self, views: Mapping[What, View], languages: Sequence[str], boosts: Mapping[str, float] | None = None
    ) -> None:
        self._views = views
        self._languages = languages
        self._boosts = boosts or BOOSTS
        self._impacts = Cache(IMPACT_CACHE_BYTES)
        self._variants = Cache(VARIANTS_CACHE_BYTES)
        self._questions = Cache(QUESTIONS_CACHE_BYTES)

    def warm_up(self, what: What) -> None:
        """Score the most frequent words of a view beforehand: they take longest."""
        for term in self._views[what].frequent("body", WARM_WORDS):
            self._scored(what, ((term.decode(),),))

    def idf(self, what: What, frequency: int) -> float:
        return log(max(self._views[what].count, 1) / (frequency + 1)) + 1

    def impacts(self, what: What, words: tuple[str, ...], title: bool = False, exact: bool = False) -> Impacts:
        """The things of a view that hold the words in a row (each in this form, where ``exact``), and their scores."""
        variants = self._variants.get((what, words), lambda: self._known(what, words), lambda _: VARIANTS_BYTES)
        return self._scored(what, variants, title, words if exact else ())

    def wanted(self, what: What, wanted: Wanted) -> Impacts:
        """The things of a view that hold what is wanted, and their scores."""
        return self.impacts(what, wanted.words, wanted.title, wanted.exact)

    def _known(self, what: What, words: tuple[str, ...]) -> Variants:
        """The words' stems in every language in which the view knows all of them."""
        variants = {tuple(marked(stem(w, code), code) for w in words) for code in self._languages}
        return tuple(sorted(terms for terms in variants if all(map(self._views[what].knows, terms))))

    def _scored(self, what: What, variants: Variants, title: bool = False, forms: tuple[str, ...] = ()) -> Impacts:
        # Kept by stems, not by words: whoever asks for another form of a word finds it scored.
        key = (what, variants, title, forms)
        return self._impacts.get(key, lambda: self._score(*key), lambda made: made.nbytes)

    def _score(self, what: What, variants: Variants, title: bool, forms: tuple[str, ...]) -> Impacts:
        view = self._views[what]
        found = [(part, _holding(view, part, variants)) for part in (("title",) if title else PARTS)]
        if forms:
            written = [view.phrase(FORM, (word,)).ids for word in forms]
            found = [(part, _among(postings, written)) for part, postings in found]
        found = [(part, postings) for part, postings in found if len(postings.ids)]
        if len(found) == 1:
            part, postings = found[0]
            return Impacts(postings.ids, self._bm25(view, part, postings).astype(np.float32), view.size)
        summed = np.zeros(view.size if found else 0)
        for part, postings in found:
            summed[postings.ids] += self._bm25(view, part, postings)
        things = np.flatnonzero(summed > 0)  # of a mask: ten times faster than of numbers
        return Impacts(things, summed[things].astype(np.float32), view.size)

    def _bm25(self, view: View, part: str, found: Postings) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        counts = found.counts.astype(np.float64)
        norm = self._norms[view.what][PARTS.index(part)][found.ids]
        scale = self._boosts[part] * self.idf(view.what, len(found.ids)) * (K1 + 1)
        return scale * counts / (counts + norm)

    @cached_property
    def _norms(self) -> Mapping[What, tuple[np.ndarray[tuple[int], np.dtype[np.float64]], ...]]:
        """What every thing's length adds to the count of a term, for each part."""
        return {
            what: tuple(
                K1 * ((1 - B) + B * lengths / average)
                for lengths, average in zip(view.lengths, view.averages, strict=True)
            )
            for what, view in self._views.items()
        }

    def scores(self, question: Question) -> Scores:
        """Every thing of the question's view scored; expansions count instead of, never beside, what was typed.

        The last ones are kept: one page of results asks the same of a view for its hits, its total and what else may
        answer.  Whoever takes them changes nothing in them.
        """
        key = (question.what, question.wanted, question.expansions, question.kindred)
        return self._questions.get(key, lambda: self._worked_out(question), _size_of_scores)

    def _worked_out(self, question: Question) -> Scores:
        view = self._views[question.what]
        total, covered = np.zeros(view.size, np.float32), np.zeros(view.size, np.float32)
        may = view.living
        asked = 0.0
        groups = dict.fromkeys(e.instead_of for e in question.expansions)
        grouped = {number for members in groups for number in members}
        lone = dict.fromkeys((k.instead_of,) for k in question.kindred if k.instead_of not in grouped)
        grouped |= {number for members in lone for number in members}
        for number, wanted in enumerate(question.wanted):
            asked += self._weight(question.what, wanted)
            found = self.wanted(question.what, wanted)
            if wanted.required or wanted.excluded:
                holding = found.mask(view.size)
                may = may & (~holding if wanted.excluded else holding)
            if number not in grouped:
                self._add(question.what, wanted, found, total, covered)
        for members in (*groups, *lone):
            self._add_group(question, members, total, covered)
        if asked:
            covered /= np.float32(asked)
        return Scores(total, covered, may, bool(asked))

    def heard(self, question: Question, numbers: Ids) -> Heard:
        """How much of the question some things of its view speak of, in whatever words."""
        what = question.what
        parts = np.zeros((len(question.wanted), len(numbers)))
        weights = np.array([self._weight(what, wanted) for wanted in question.wanted]).reshape(-1, 1)
        for number, wanted in enumerate(question.wanted):
            parts[number] = self.wanted(what, wanted).among(numbers)
        typed = parts.copy()
        helped = np.zeros((len(question.kindred), len(numbers)), np.bool_)
        for at, kin in enumerate(question.kindred):
            holding = self.impacts(what, (kin.word,)).among(numbers)
            helped[at] = holding & (typed[kin.instead_of] == 0)
            parts[kin.instead_of] = np.maximum(parts[kin.instead_of], kin.weight * holding)
        for expansion in question.expansions:
            members = list(expansion.instead_of)
            share = 1.0 if expansion.weight >= SAME_THING else expansion.weight
            holding = self.impacts(what, expansion.words).among(numbers)
            parts[members] = np.maximum(parts[members], share * holding)
        whole = float(weights.sum())
        return Heard((weights * parts).sum(axis=0) / whole if whole else np.zeros(len(numbers)), helped)

    def topical(self, question: Question, numbers: Ids) -> Mask:
        """Which of some things hold a topic that is asked for, under whatever name; all of them where none is.

        Documents and practices always do: the one is found by its passages, the other told at length.
        """
        topics = {number for number, wanted in enumerate(question.wanted) if wanted.topic}
        if not topics or question.what in ("documents", "practices"):
            return np.ones(len(numbers), np.bool_)
        names = [question.wanted[number].words for number in sorted(topics)]
        names += [
            e.words for e in question.expansions if e.weight >= SAME_THING and not topics.isdisjoint(e.instead_of)
        ]
        names += [(kin.word,) for kin in question.kindred if kin.instead_of in topics]
        held: Mask = np.any([self.impacts(question.what, words).among(numbers) for words in names], axis=0)
        return held

    def _weight(self, what: What, wanted: Wanted) -> float:
        """What a wanted thing weighs in the question: its idf; one that nothing holds has the greatest."""
        if wanted.idle or wanted.excluded:
            return 0.0
        return self.idf(what, self.wanted(what, wanted).count)

    def _add(self, what: What, wanted: Wanted, found: Impacts, total: Floats, covered: Floats) -> None:
        if not (wanted.idle or wanted.excluded):
            found.add_to(total, wanted.weight)
            found.mark(covered, self.idf(what, found.count))

    def _add_group(self, question: Question, members: tuple[int, ...], total: Floats, covered: Floats) -> None:
        """Typed words with what says the same: the best wins (dis-max), in score and, but for kindred, in coverage."""
        score, cover = np.zeros(len(total), np.float32), np.zeros(len(total), np.float32)
        whole = 0.0
        for number in members:
            wanted = question.wanted[number]
            whole += self._weight(question.what, wanted)
            self._add(question.what, wanted, self.wanted(question.what, wanted), score, cover)
        alike = [(e.words, e.weight, e.weight * whole) for e in question.expansions if e.instead_of == members]
        for kin in question.kindred:
            if kin.instead_of in members:
                alike.append(((kin.word,), kin.weight, 0.0))
        for words, weight, covering in alike:
            found = self.impacts(question.what, words)
            if not found.count:
                continue
            # A rare synonym must not outweigh the words that were typed: its idf is capped at theirs.
            cap = weight * min(1.0, whole / self.idf(question.what, found.count))
            found.raise_to(score, cap)
            if covering:
                found.cover(cover, covering)
        total += score
        covered += cover


def _size_of_scores(scores: Scores) -> int:
    return scores.scores.nbytes + scores.coverage.nbytes + scores.may.nbytes


def _holding(view: View, part: str, variants: Variants) -> Postings:
    """The things that hold one of the variants; a thing is in one language, so that it holds no other."""
    lists = [p for p in (view.phrase(part, terms) for terms in variants) if len(p.ids)]
    if len(lists) <= 1:
        return lists[0] if lists else NOTHING
    ids = np.concatenate([p.ids for p in lists])
    order = np.argsort(ids)
    return Postings(ids[order], np.concatenate([p.counts for p in lists])[order])


def _among(postings: Postings, lists: Sequence[Ids]) -> Postings:
    """Those of some postings whose things are in every list; each ascends and holds none twice."""
    kept = np.ones(len(postings.ids), np.bool_)
    for ids in lists:
        kept &= np.isin(postings.ids, ids, assume_unique=True)
    return Postings(postings.ids[kept], postings.counts[kept])
