"""Logistic regression over hashed features in numpy alone: what trains the weights that ``weighing`` ships.

scikit-learn is no dependency of the project, not even for its development, so that anyone can train anew with what is
locked.  Newton's method with conjugate gradients (Lin, Weng and Keerthi 2008, as in liblinear) ends in the same weights
from the same rows, whatever the machine's pace.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ingest.statements.weighing import BITS, Features

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]

STEPS, INNER_STEPS = 15, 40
"""Newton's steps and conjugate gradients in each; a dozen of the first are enough for three thousand rows."""
ENOUGH = 1e-2
"""Stop where the slope has fallen to this share of the first one."""


@dataclass(frozen=True)
class Rows:
    """Features of many texts: entry n is ``value[n]`` of feature ``column[n]`` in text ``row[n]``; rows ascend."""

    column: Numbers
    value: Floats
    row: Numbers
    count: int
    width: int

    @classmethod
    def of(cls, features: Sequence[Features], bits: int = BITS) -> Rows:
        return cls(
            column=np.concatenate([f.numbers for f in features]),
            value=np.concatenate([f.values for f in features]),
            row=np.repeat(np.arange(len(features)), [len(f.numbers) for f in features]),
            count=len(features),
            width=1 << bits,
        )

    def only(self, chosen: npt.NDArray[np.bool_]) -> Rows:
        """The chosen rows, numbered anew."""
        kept = chosen[self.row]
        number = np.cumsum(chosen) - 1
        return Rows(
            self.column[kept], self.value[kept], number[self.row[kept]], int(np.count_nonzero(chosen)), self.width
        )

    def times(self, weights: Floats) -> Floats:
        """The sum of each row's values by their weights."""
        return np.bincount(self.row, self.value * weights[self.column], self.count).astype(np.float64)

    def back(self, amounts: Floats) -> Floats:
        """The sum of each column's values by the amounts of their rows."""
        return np.bincount(self.column, self.value * amounts[self.row], self.width).astype(np.float64)

    def scaled(self, factors: Floats) -> Rows:
        """Every column's values by its factor."""
        return Rows(self.column, self.value * factors[self.column], self.row, self.count, self.width)

    def rarity(self) -> Floats:
        """The inverse document frequency of each column (1 for one in every row)."""
        return np.log((1 + self.count) / (1 + np.bincount(self.column, minlength=self.width))) + 1


@dataclass(frozen=True)
class Model:
    """What was learned: a weight of each column and what is added to all."""

    weights: Floats
    bias: float

    def margins(self, rows: Rows) -> Floats:
        return rows.times(self.weights) + self.bias


@dataclass(frozen=True)
class Task:
    """Rows with their truth (1 or 0), how much each counts, and how dear errors are against large weights."""

    rows: Rows
    truth: Floats
    share: Floats
    cost: float

    def loss(self, model: Model) -> float:
        z = model.margins(self.rows)
        errors = self.share * (np.logaddexp(0, z) - self.truth * z)
        return float(0.5 * model.weights @ model.weights + self.cost * errors.sum())

    def slope(self, model: Model) -> tuple[Model, Floats]:
        """The gradient, and how much each row bends the loss."""
        p = 1 / (1 + np.exp(-model.margins(self.rows)))
        pull = self.cost * self.share * (p - self.truth)
        return Model(model.weights + self.rows.back(pull), float(pull.sum())), self.cost * self.share * p * (1 - p)


def learn(rows: Rows, truth: Floats, share: Floats, cost: float) -> Model:
    """Weights under which the rows' truth is likeliest, large weights being dear; rare features may be larger.

    Columns are scaled by their rarity while learning, and the weights by it afterwards, so that who applies them needs
    no table of rarities.
    """
    rarity = rows.rarity()
    task = Task(rows.scaled(rarity), truth, share, cost)
    model = Model(np.zeros(rows.width), 0.0)
    first = None
    for _ in range(STEPS):
        slope, bends = task.slope(model)
        first = first or _length(slope)
        if _length(slope) <= ENOUGH * first:
            break
        model = _descended(task, model, slope, _direction(task.rows, bends, slope))
    return Model(model.weights * rarity, model.bias)


def _direction(rows: Rows, bends: Floats, slope: Model) -> Model:
    """Newton's direction: conjugate gradients on the Hessian, down to a tenth of the slope."""
    step, left = Model(np.zeros(rows.width), 0.0), _sum(slope, slope, -2)
    way, size = left, _length(left) ** 2
    for _ in range(INNER_STEPS):
        spread = bends * way.margins(rows)
        bent = Model(way.weights + rows.back(spread), float(spread.sum()))
        far = size / _dot(way, bent)
        step, left = _sum(step, way, far), _sum(left, bent, -far)
        size, before = _length(left) ** 2, size
        if size <= (0.1 * _length(slope)) ** 2:
            break
        way = _sum(left, way, size / before)
    return step


def _descended(task: Task, model: Model, slope: Model, step: Model) -> Model:
    """The model a step further, the step halved until the loss falls."""
    loss, gain, far = task.loss(model), _dot(slope, step), 1.0
    while far > 1e-6 and task.loss(_sum(model, step, far)) > loss + 1e-4 * far * gain:
        far /= 2
    return _sum(model, step, far)


def _sum(one: Model, other: Model, times: float) -> Model:
    return Model(one.weights + times * other.weights, one.bias + times * other.bias)


def _dot(one: Model, other: Model) -> float:
    return float(one.weights @ other.weights + one.bias * other.bias)


def _length(model: Model) -> float:
    return float(np.sqrt(_dot(model, model)))


def folds(groups: Sequence[str], count: int, seed: int) -> Numbers:
    """The fold of each row: whole groups, dealt out at random."""
    names = sorted(set(groups))
    dealt = np.random.default_rng(seed).permutation(np.arange(len(names)) % count)
    fold_of = dict(zip(names, dealt.tolist(), strict=True))
    return np.array([fold_of[g] for g in groups])


def held_out(fold: Numbers, train: Callable[[npt.NDArray[np.bool_]], Model], rows: Rows) -> Floats:
    """The margin of each row by a model that saw no row of its fold."""
    margins = np.zeros(rows.count)
    for n in range(int(fold.max()) + 1):
        margins[fold == n] = train(fold != n).margins(rows.only(fold == n))
    return margins
