"""Lesson or challenge: excerpts that others labelled, and how well the shipped features tell them apart.

The file is IFRC's operational learning (its columns ``appeal``, ``learning``, ``excerpt``); it lies beside the checkout
and nothing of it is kept here.  Accuracy is measured on excerpts of appeals that the weights were not trained on.
"""

from __future__ import annotations

import csv
import hashlib
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench.learning import Floats, Model, Rows, folds, held_out, learn
from ingest.statements.weighing import BITS, Features, features
from ingest.statements.wordclasses import BASE_VERBS, CLASSES

LESSON, CHALLENGE, SUCCESS = "Lessons Learnt", "Challenges", "Success"

COST = 1.0
"""How dear errors are; from 0.3 to 20 the accuracy stays within a fifth of a point, and 1 gives the truest odds."""

SUCCESS_SHARE = 0.5
"""What a row of the third label counts as a lesson while learning: it tells what worked; it is not judged."""

SEEDS = (1, 2, 3, 4, 5)
FOLDS = 10
DRAWS = 2000
"""Draws of the appeals, with repeats, for the interval."""

_WORD = re.compile(r"\w\w+")


@dataclass(frozen=True)
class Excerpts:
    """Texts with their labels and the appeals that they come from."""

    texts: Sequence[str]
    labels: Sequence[str]
    appeals: Sequence[str]

    @classmethod
    def read(cls, path: Path) -> Excerpts:
        with path.open(encoding="utf-8", newline="") as file:
            rows = [r for r in csv.DictReader(file) if r["learning"] in (LESSON, CHALLENGE, SUCCESS)]
        return cls([r["excerpt"] for r in rows], [r["learning"] for r in rows], [r["appeal"] for r in rows])

    @property
    def truth(self) -> Floats:
        return np.array([float(label != CHALLENGE) for label in self.labels])

    @property
    def share(self) -> Floats:
        return np.array([SUCCESS_SHARE if label == SUCCESS else 1.0 for label in self.labels])

    @property
    def judged(self) -> npt.NDArray[np.bool_]:
        """The rows of the two labels that are to be told apart."""
        return np.array([label != SUCCESS for label in self.labels])


def trained(excerpts: Excerpts) -> Model:
    """The model that all rows give."""
    return learn(Rows.of([features(t) for t in excerpts.texts]), excerpts.truth, excerpts.share, COST)


def fingerprint() -> str:
    """A short hash that changes with the word classes, the stemmer and whatever else makes the features."""
    numbers = [features(". ".join(w.capitalize() for w in words.split())).numbers for words in CLASSES.values()]
    numbers += [
        features(f"{verb.capitalize()} it at once, which was seldom done.").numbers for verb in BASE_VERBS.split()
    ]
    return hashlib.sha256(np.concatenate(numbers).astype("<i8").tobytes()).hexdigest()[:16]


@dataclass(frozen=True)
class Accuracy:
    """Share of the judged rows told right: over all splits, in each, and between which bounds (95 %)."""

    mean: float
    each: tuple[float, ...]
    low: float
    high: float


def accuracy(excerpts: Excerpts, rows: Rows, share: Floats, cost: float) -> Accuracy:
    """Cross-validated by appeal, ``FOLDS`` times in each of the splits; the bounds by drawing appeals anew."""
    truth, judged = excerpts.truth, excerpts.judged
    right = np.zeros((len(SEEDS), rows.count))
    for n, seed in enumerate(SEEDS):

        def train(chosen: npt.NDArray[np.bool_]) -> Model:
            chosen = chosen & (share > 0)
            return learn(rows.only(chosen), truth[chosen], share[chosen], cost)

        right[n] = (held_out(folds(excerpts.appeals, FOLDS, seed), train, rows) > 0) == (truth > 0)
    names, appeal = np.unique(np.array(excerpts.appeals)[judged], return_inverse=True)
    hits, of = np.bincount(appeal, right.mean(0)[judged]), np.bincount(appeal)
    drawn = np.random.default_rng(0).integers(len(names), size=(DRAWS, len(names)))
    low, high = np.quantile(hits[drawn].sum(1) / of[drawn].sum(1), (0.025, 0.975))
    each = tuple(float(r[judged].mean()) for r in right)
    return Accuracy(float(np.mean(each)), each, float(low), float(high))


def weighed(excerpts: Excerpts) -> Accuracy:
    """By the shipped features, trained anew in each fold."""
    return accuracy(excerpts, Rows.of([features(t) for t in excerpts.texts]), excerpts.share, COST)


def floor(excerpts: Excerpts) -> Accuracy:
    """By the words alone, rare ones weighing more (TF-IDF, rows of length 1, cost 1), and without the third label."""
    rows = Rows.of([_bag(t) for t in excerpts.texts], _FLOOR_BITS)
    rarity = rows.only(excerpts.judged).rarity()
    weighted = rows.scaled(rarity)
    length = np.sqrt(np.bincount(rows.row, weighted.value**2, rows.count))
    level = Rows(rows.column, rows.value / length[rows.row], rows.row, rows.count, rows.width)
    return accuracy(excerpts, level, excerpts.judged.astype(float), 1.0)


_FLOOR_BITS = BITS + 4
"""So many that hardly two words share a column."""


def _bag(text: str) -> Features:
    hashed = [zlib.crc32(w.encode()) >> (32 - _FLOOR_BITS) for w in _WORD.findall(text.lower())]
    numbers, counts = np.unique(np.array(hashed, dtype=np.int64), return_counts=True)
    return Features(numbers, counts.astype(float))


def table(excerpts: Excerpts) -> str:
    """The figures as lines of text."""
    lines = [
        f"lesson or challenge: {int(excerpts.judged.sum())} labelled excerpts of {len(set(excerpts.appeals))} appeals, "
        f"trained on other appeals' ({FOLDS} folds, {len(SEEDS)} splits)"
    ]
    for name, got in (("the shipped features", weighed(excerpts)), ("TF-IDF of the words", floor(excerpts))):
        each = " ".join(f"{a:.4f}" for a in got.each)
        lines.append(f"{name:22}accuracy {got.mean:.4f} ({got.low:.3f} to {got.high:.3f}); each split {each}")
    return "\n".join(lines)
