"""BM25F over decoded posting lists, a term at a time.

The formula is Whoosh's own (`whoosh.scoring.BM25F`, after Robertson and Zaragoza, "The Probabilistic Relevance
Framework: BM25 and Beyond", 2009): the sum over fields of
    boost × idf × tf·(K1 + 1) / (tf + K1·(1 − B + B·length/average)),   idf = ln(N / (df + 1)) + 1.
  N, df and the average length are those of the things of one view.

A word is stemmed in every language of the index.  A thing is in one language, so that the lists of the variants are
disjoint: together they are the posting list of the word, and its best (only) variant counts once.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import NamedTuple

import numpy as np

from index.analysis import marked, stem
from index.answer import What
from index.engine import Expansion, Question, Wanted
from index.whoosh_engine.postings import NOTHING, Cache, Decoder, Floats, Ids, Mask, Postings, nbytes
from index.whoosh_engine.schema import PARTS, text_field
from index.whoosh_engine.writer import Stamp

K1 = 1.2
B = 0.75
BOOSTS = {"title": 0.1, "head": 0.3, "body": 1.0}
"""By measurement (docs/search.md): a title says the same of all its passages, headings the same of many."""

IMPACT_CACHE_BYTES = 128 * 1024 * 1024


class Impacts(NamedTuple):
    """The things that hold a word or phrase of the question, ascending, with the score it gives each."""

    ids: Ids
    scores: Floats


class Scores(NamedTuple):
    """Score and coverage (share of the question's idf weight, 0–1) of every thing; 0 where nothing matches.

    ``may`` are the things that hold every required and no excluded part.  ``asked`` is false when the question has no
    words that count: then all that may does match.
    """

    scores: Floats
    coverage: Floats
    may: Mask
    asked: bool


class Scorer:
    """Scores the things of one open index."""

    def __init__(self, decoder: Decoder, stamp: Stamp, boosts: dict[str, float] | None = None) -> None:
        self._decoder = decoder
        self._stamp = stamp
        self._boosts = boosts or BOOSTS
        self._languages = sorted(code for code, things in stamp.languages.items() if things > 0)
        self._views = {what: decoder.mask("what", what) for what in stamp.things}
        self._cache = Cache(IMPACT_CACHE_BYTES)

    def view(self, what: What) -> Mask:
        """The things of one view."""
        return self._views[what]

    def idf(self, what: What, frequency: int) -> float:
        return log(max(self._stamp.things[what], 1) / (frequency + 1)) + 1

    def impacts(self, what: What, words: tuple[str, ...], title: bool = False) -> Impacts:
        """The things of a view that hold the words in a row, and their scores."""
        parts = ("title",) if title else PARTS
        key = (what, words, title)
        return self._cache.get(key, lambda: self._score(what, words, parts), nbytes)

    def _score(self, what: What, words: tuple[str, ...], parts: Sequence[str]) -> Impacts:
        ids, scores = [], []
        for part in parts:
            found = self._holding(text_field(what, part), words)
            if len(found.ids):
                ids.append(found.ids)
                scores.append(self._boosts[part] * self._bm25(what, part, found))
        if not ids:
            return Impacts(NOTHING.ids, NOTHING.counts)
        things, where = np.unique(np.concatenate(ids), return_inverse=True)
        summed: Floats = np.bincount(where, weights=np.concatenate(scores)).astype(np.float64)
        return Impacts(things, summed)

    def _holding(self, field: str, words: tuple[str, ...]) -> Postings:
        variants = {tuple(marked(stem(w, code), code) for w in words) for code in self._languages}
        lists = [p for p in (self._decoder.phrase(field, terms) for terms in variants) if len(p.ids)]
        if len(lists) <= 1:
            return lists[0] if lists else NOTHING
        ids = np.concatenate([p.ids for p in lists])
        order = np.argsort(ids)
        return Postings(ids[order], np.concatenate([p.counts for p in lists])[order])

    def _bm25(self, what: What, part: str, found: Postings) -> Floats:
        field = text_field(what, part)
        average = self._stamp.lengths.get(field, 0) / max(self._stamp.things[what], 1) or 1.0
        lengths = self._decoder.lengths(field)[found.ids]
        norm = K1 * ((1 - B) + B * lengths / average)
        return self.idf(what, len(found.ids)) * (found.counts * (K1 + 1)) / (found.counts + norm)

    def scores(self, question: Question) -> Scores:
        """Every thing of the question's view scored; expansions count instead of, never beside, what was typed."""
        size = self._decoder.size
        total, covered = np.zeros(size), np.zeros(size)
        may = self.view(question.what).copy()
        asked = 0.0
        grouped = {number for expansion in question.expansions for number in expansion.instead_of}
        for number, wanted in enumerate(question.wanted):
            asked += self._weight(question.what, wanted)
            found = self.impacts(question.what, wanted.words, wanted.title)
            if wanted.required or wanted.excluded:
                holding = np.zeros(size, np.bool_)
                holding[found.ids] = True
                may &= ~holding if wanted.excluded else holding
            if number not in grouped:
                self._add(question.what, wanted, found, total, covered)
        for members in dict.fromkeys(e.instead_of for e in question.expansions):
            alike = [e for e in question.expansions if e.instead_of == members]
            self._add_group(question, members, alike, total, covered)
        if asked:
            covered /= asked
        return Scores(total, covered, may, bool(asked))

    def holds(self, what: What, wanted: Wanted, number: int) -> bool:
        """Whether a thing holds a wanted word."""
        ids = self.impacts(what, wanted.words, wanted.title).ids
        at = int(np.searchsorted(ids, number))
        return at < len(ids) and int(ids[at]) == number

    def _weight(self, what: What, wanted: Wanted) -> float:
        """What a wanted thing weighs in the question: its idf; one that nothing holds has the greatest."""
        if wanted.idle or wanted.excluded:
            return 0.0
        return self.idf(what, len(self.impacts(what, wanted.words, wanted.title).ids))

    def _add(self, what: What, wanted: Wanted, found: Impacts, total: Floats, covered: Floats) -> None:
        if not (wanted.idle or wanted.excluded):
            total[found.ids] += wanted.weight * found.scores
            covered[found.ids] += self.idf(what, len(found.ids))

    def _add_group(
        self, question: Question, members: tuple[int, ...], alike: list[Expansion], total: Floats, covered: Floats
    ) -> None:
        """Typed words with their expansions: the better of the two wins (dis-max), in score and in coverage."""
        score, cover = np.zeros(len(total)), np.zeros(len(total))
        whole = 0.0
        for number in members:
            wanted = question.wanted[number]
            whole += self._weight(question.what, wanted)
            self._add(question.what, wanted, self.impacts(question.what, wanted.words, wanted.title), score, cover)
        for expansion in alike:
            found = self.impacts(question.what, expansion.words)
            # A rare synonym must not outweigh the words that were typed: its idf is capped at theirs.
            cap = min(1.0, whole / self.idf(question.what, len(found.ids)))
            score[found.ids] = np.maximum(score[found.ids], expansion.weight * cap * found.scores)
            cover[found.ids] = np.maximum(cover[found.ids], expansion.weight * whole)
        total += score
        covered += cover
