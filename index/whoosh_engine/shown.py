"""What the things of one view are ordered, folded and counted by."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from functools import cached_property

import numpy as np

from corpus.model import Standing
from index.engine import Together
from index.whoosh_engine.arrays import Array
from index.whoosh_engine.facets import Facets
from index.whoosh_engine.postings import Floats, Ids, Mask, View

FEW = 16
"""Things found to each run below which they are looked at one by one."""

RUN = 128
"""Things whose best score is looked at together when the best of all are sought."""

OWNER_SHIFT = 32
"""Bits under an owner's rank in the number that orders things by owner and place."""


class Shown:
    """What one view's things are ordered and counted by; ``ranks`` are the owners' places among all owners."""

    def __init__(self, view: View, ranks: Sequence[Ids]) -> None:
        self.view = view
        owners = [rank[arrays.owner[things]] for rank, (arrays, things) in zip(ranks, view.segments(), strict=True)]
        self.owner: Ids = np.concatenate(owners) if owners else np.empty(0, np.int64)
        self.place: Ids = (self.owner << OWNER_SHIFT) + view.column(lambda arrays: arrays.ordinal)
        self.twin_numbers: Ids = view.column(lambda arrays: arrays.twin).astype(np.int64)
        self.twin = _twins(view, self.twin_numbers)
        self.twins = np.flatnonzero(self.twin)
        self.facets = Facets(view, self.owner, self.twin)

    def gathered(self, together: Together) -> Shown:
        """The same things, those of one group as if they had the same words."""
        places = np.minimum(np.searchsorted(together.twins, self.twin_numbers), max(len(together.twins) - 1, 0))
        other = copy(self)
        if len(together.twins):
            held = together.twins[places] == self.twin_numbers
            other.programmes = np.where(held, together.programmes[places], 1)
            other.times = np.where(held, together.times[places], 1)
            other.twin = _twins(self.view, np.where(held, together.groups[places], self.twin_numbers))
            other.twins = np.flatnonzero(other.twin)
            other.facets = Facets(self.view, self.owner, other.twin)
        return other

    @cached_property
    def programmes(self) -> Ids:
        """How many independent programmes say what each thing says; one as long as nobody gathered them."""
        return np.ones(self.view.size, np.int64)

    @cached_property
    def times(self) -> Ids:
        """How often each thing is said."""
        return np.ones(self.view.size, np.int64)

    @cached_property
    def dates(self) -> Array:
        return self.view.column(lambda arrays: arrays.date).astype(np.int64)

    @cached_property
    def independence(self) -> Ids:
        """The rank of every thing's standing; the model lists the most independent first."""
        ranks = np.full(self.view.size, len(Standing), np.int64)
        for rank, standing in reversed(list(enumerate(Standing))):
            ranks[self.facets.having("standing", [standing.value])] = rank
        return ranks

    @cached_property
    def _by_twin(self) -> tuple[Ids, Ids]:
        order = np.argsort(self.twin_numbers, kind="stable")
        return self.twin_numbers[order], order

    def of_twins(self, wanted: Ids) -> Ids:
        """The things that have one of these twin numbers."""
        numbers, order = self._by_twin
        wanted = np.unique(wanted[wanted != 0])
        first, end = (np.searchsorted(numbers, wanted, side=side) for side in ("left", "right"))
        runs = [order[a:b] for a, b in zip(first.tolist(), end.tolist(), strict=True) if a < b]
        return np.concatenate(runs) if runs else np.empty(0, np.int64)

    def distinct(self, among: Mask) -> int:
        """How many of the things there are when twins count once."""
        count = int(np.count_nonzero(among))
        if not len(self.twins):
            return count
        doubled = self.twin[self.twins[among[self.twins]]]
        return count - len(doubled) + len(np.unique(doubled))


def _twins(view: View, numbers: Ids) -> Ids:
    """For each living thing that has the same words as another one a number that they share, else 0."""
    twins = np.where(view.living, numbers, 0)
    _, where, counts = np.unique(twins, return_inverse=True, return_counts=True)
    twins[counts[where] == 1] = 0
    return twins


def best(scores: Floats, found: Mask, wanted: int) -> Ids:
    """At least the ``wanted`` best of the things found, with all that score like the last of them.

    The best score of each run of things is a bound: as many runs as things are wanted reach it, so the best things do.
    """
    runs = -(-len(scores) // RUN)
    if wanted <= 0:
        return np.empty(0, np.int64)
    if wanted < runs and np.count_nonzero(found) >= FEW * runs:
        masked = scores * found  # six times faster than to choose by the mask
        best = np.maximum.reduceat(masked, np.arange(0, len(masked), RUN))
        least = np.partition(best, runs - wanted)[runs - wanted]
        if least > 0:
            return np.flatnonzero(masked >= least)
    things = np.flatnonzero(found)
    if wanted >= len(things):
        return things
    values = scores[things]
    reaching: Ids = things[values >= np.partition(values, len(values) - wanted)[len(values) - wanted]]
    return reaching


def once_each(numbers: Ids, twin: Ids) -> Ids:
    """Each thing once, at its first place, and one of those that have the same words."""
    _, first = np.unique(numbers, return_index=True)
    return without_twins(numbers[np.sort(first)], twin)


def without_twins(ranked: Ids, twin: Ids) -> Ids:
    """The best of those that have the same words."""
    twins = twin[ranked]
    twin_at = np.flatnonzero(twins)
    if not len(twin_at):
        return ranked
    _, first = np.unique(twins[twin_at], return_index=True)
    return np.delete(ranked, np.delete(twin_at, first))
