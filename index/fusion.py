"""Words and meaning together: the judge that an engine asks what else matches and what stands first.

Each signal is standardised over the things that are judged (its mean and deviation there become 0 and 1), so that none
needs a scale of its own, and they are added with weights.  That did better than fusing ranks (docs/search.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from corpus.notes import retold
from index.answer import What
from index.dense import Dense, Query
from index.engine import Scores, Twins

DEPTH = 200
"""Things that are judged beside the near ones; 60 to all of them did as well."""

NEAR_MAX = 100
"""Things that match by their meaning alone, at most."""

NEAR_SHARE = 4
"""Nor more than one in so many of a view: of few things the nearest are not near."""

NEAR_COSINE = 0.15
"""Nearness from which a thing matches by its meaning alone.  It stands low: a paraphrase is often no nearer to its
answer than to much else, and the ranking tells them apart (docs/search.md)."""

WEIGHTS: Final[Mapping[str, float]] = {"meaning": 0.6, "stated": 0.4, "states": 0.5, "themes": 0.4}
"""What each signal weighs beside the words' 1; chosen by cross-validation (docs/search.md)."""

TRUST_FROM = 0.5
TRUST = 0.7
"""The best thing's coverage from which words are trusted more, and how much less all else weighs where it holds
everything that was asked: what was typed stands there, and nearness in meaning only blurs it."""

TRUST_VERBATIM = 1.0
"""The same where the query stands in the collection word for word: words alone rank what holds them all."""

STEP_BACK = 0.5
"""How far a passage of our own words (a note, the brief) stands back behind the sources', as a share of the distance
between the best and the least that was judged: a note sums up on every line what its sources tell once, and would stand
before all of them (docs/search.md).  It still comes first where nothing else answers."""

MAIN_LANGUAGE = 0.8
"""Worth, in deviations of the fused score, of standing in the language of most passages: who searches a collection
reads its language, and in their own language questions find much beside it that is no nearer."""

LACKING = 2.0
"""What lacking a part of the question costs, in deviations, times the square of how much less of it (0–1) a thing holds
than the best one: what speaks of a word or two only should not stand before what speaks of all."""

THEME_COSINE = 0.3
"""Nearness of a query to a theme's name or definition from which the theme counts."""


class Fusion:
    """See `index.engine.Judge`: the judge of one query, whose meaning is a vector of length 1.

    What is of the owner ``apart`` is not near: where others like its text are looked for, it would take their place.
    """

    depth = DEPTH

    def __init__(self, dense: Dense, meaning: Query, apart: str = "", verbatim: bool = False) -> None:
        self._dense = dense
        self._apart = apart
        self._trust = TRUST_VERBATIM if verbatim else TRUST
        self._main_language = 0.0 if verbatim else MAIN_LANGUAGE
        self._meaning = meaning
        self._themes = self._worth_of_themes()
        self._ours = self._of_ours()
        self._near: dict[What, Twins] = {}

    def _of_ours(self) -> Twins:
        """The passages of what we wrote ourselves."""
        passages = (self._dense.of_owner("passages", doc) for doc in self._dense.outline.owners if doc in retold())
        return np.concatenate([np.empty(0, np.int64), *passages])

    def _worth_of_themes(self) -> Scores:
        """How much the query speaks of each theme: the better of its name and its definition, from THEME_COSINE on."""
        cosines = self._dense.themes.cosines(self._meaning).reshape(-1, 2).max(axis=1, initial=-1.0)
        worth: Scores = np.clip((cosines.astype(np.float64) - THEME_COSINE) / (1 - THEME_COSINE), 0, None)
        return worth

    def near(self, what: What) -> Twins:
        """The things of a view that are nearest in meaning, whatever words they hold; looked for once."""
        if what not in self._near:
            self._near[what] = self._nearest(what)
        return self._near[what]

    def _nearest(self, what: What) -> Twins:
        own = self._dense.of_owner(what, self._apart)
        count = min(NEAR_MAX, len(self._dense.views[what].twins) // NEAR_SHARE)
        found = self._dense.near(what, self._meaning, count + len(own), NEAR_COSINE)
        return found[~np.isin(found, own)][:count]

    def order(self, what: What, twins: Twins, scores: Scores, coverage: Scores) -> tuple[Scores, Scores]:
        """Fused scores of things, and their cosines; what has no vector yet is judged by the rest."""
        close = self._dense.closeness(what, twins, self._meaning).astype(np.float64)
        signals = {"meaning": close, "themes": self._dense.themed(what, twins, self._themes)}
        if what == "passages":
            stated = self._dense.stated(twins, self._meaning).astype(np.float64)
            signals |= {"stated": stated, "states": np.where(np.isnan(stated), 0.0, 1.0)}
        trust = 1 - self._trust * self._typed(what, coverage)
        fused = standardised(scores) + trust * sum(WEIGHTS[name] * standardised(s) for name, s in signals.items())
        fused -= LACKING * (coverage.max(initial=0.0) - coverage) ** 2
        fused += self._main_language * self._dense.in_main_language(what, twins)
        if what == "passages" and len(fused):
            fused -= STEP_BACK * np.ptp(fused) * np.isin(twins, self._ours)
        return np.round(fused, 6), np.nan_to_num(np.fmax(close, signals.get("stated", close)))

    @staticmethod
    def _typed(what: What, coverage: Scores) -> float:
        """How far what was typed stands in the best thing, 0–1 from TRUST_FROM on.

        A practice tells no such thing: its record is so long that it holds most words of any question somewhere.
        """
        if what == "practices":
            return 0.0
        return max(0.0, float(coverage.max(initial=0.0)) - TRUST_FROM) / (1 - TRUST_FROM)


def standardised(signal: Scores) -> Scores:
    """A signal with mean 0 and deviation 1 over the things that have it; 0, the middle, for those that do not."""
    there = ~np.isnan(signal)
    if not there.any():
        return np.zeros(len(signal))
    deviation = float(signal[there].std())
    if deviation < 1e-9:
        return np.zeros(len(signal))
    return np.where(there, (signal - signal[there].mean()) / deviation, 0.0)
