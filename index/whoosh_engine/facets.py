"""Filters and exact facet counts of one view.

All values that a thing has of a facet are one code, so that counting is one pass over the codes of what matches.  A
facet that is the same for all things of a document (its year, its kind) is counted by document.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from index.whoosh_engine.arrays import Array
from index.whoosh_engine.batch import Codes
from index.whoosh_engine.postings import Ids, Mask, View


class Facet:
    """One facet of a view: the code of every thing, and the values of every code."""

    def __init__(self, view: View, name: str) -> None:
        known = Codes[tuple[str, ...]]()
        parts = []
        for arrays, things in view.segments():
            codes, values = arrays.facets[name]
            table = np.array([known.of(tuple(sorted(held))) for held in values], np.int64)
            parts.append(table[codes[things]] if len(table) else np.empty(0, np.int64))
        self.codes: Ids = np.concatenate(parts) if parts else np.empty(0, np.int64)
        self.values = sorted({value for held in known.values for value in held})
        numbers = {value: number for number, value in enumerate(self.values)}
        self.size = len(known.values)
        self._code = np.repeat(np.arange(self.size), [len(held) for held in known.values])
        self._number = np.array([numbers[value] for held in known.values for value in held], np.int64)

    def of_values(self, per_code: Array) -> Array:
        """Numbers of codes summed up to numbers of values."""
        return np.bincount(self._number, weights=per_code[self._code], minlength=len(self.values)).astype(np.int64)

    def having(self, values: Iterable[str]) -> Mask:
        """Which things have one of the values."""
        wanted = {at for at, value in enumerate(self.values) if value in set(values)}
        codes = np.zeros(self.size, np.bool_)
        codes[self._code[np.isin(self._number, list(wanted))]] = True
        return codes[self.codes]

    def pairs(self, things: Ids, twins: Ids) -> Array:
        """How many different twins have each value, of some things."""
        codes = self.codes[things]
        order = np.argsort(self._code, kind="stable")
        first = np.searchsorted(self._code[order], codes, side="left")
        many = np.searchsorted(self._code[order], codes, side="right") - first
        within = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many)
        numbers = self._number[order][np.repeat(first, many) + within]
        found = np.unique(np.stack([numbers, np.repeat(twins, many)]), axis=1)
        return np.bincount(found[0], minlength=len(self.values))


class _Counting(NamedTuple):
    """How a facet is counted: ``by_run`` is the code of every run of things of one owner where all of it have the same,
    ``whole`` how many of the single things have each code."""

    facet: Facet
    by_run: Ids | None
    whole: Array


class Facets:
    """The facets of one view, each made when it is first needed; ``owner`` and ``twin`` are numbers of every thing."""

    def __init__(self, view: View, owner: Ids, twin: Ids) -> None:
        self._view = view
        self._runs = np.flatnonzero(np.diff(owner, prepend=-1))
        self._run_of = np.cumsum(np.diff(owner, prepend=-1) != 0) - 1
        self._twin = twin
        self._twins = np.flatnonzero(twin)
        self._single = view.living & (twin == 0)
        self._made: dict[str, _Counting] = {}
        self._making = threading.Lock()

    def facet(self, name: str) -> Facet:
        return self._of(name).facet

    def _of(self, name: str) -> _Counting:
        if name not in self._made:
            with self._making:
                facet = Facet(self._view, name)
                by_run = facet.codes[self._runs]
                same = bool((by_run[self._run_of] == facet.codes).all())
                whole = np.bincount(facet.codes[self._single], minlength=facet.size)
                self._made[name] = _Counting(facet, by_run if same else None, whole)
        return self._made[name]

    def having(self, name: str, values: Iterable[str]) -> Mask:
        """Which things have one of the values."""
        return self.facet(name).having(values)

    def values(self, name: str) -> list[str]:
        """The values that living things have."""
        facet = self.facet(name)
        counts = facet.of_values(np.bincount(facet.codes[self._view.living], minlength=facet.size))
        return [facet.values[number] for number in np.flatnonzero(counts)]

    def counts(self, names: Iterable[str], among: Mask) -> dict[str, dict[str, int]]:
        """How many of the things, all of them living, have each value of some facets; twins count once for a value."""
        doubled = self._twins[among[self._twins]]
        if len(doubled):
            among = among & self._single
        left_out = 2 * int(np.count_nonzero(among)) > len(among)
        fewer = np.flatnonzero(self._single ^ among if left_out else among)
        per_run = None
        counted = {}
        for name in names:
            facet, by_run, whole = self._of(name)
            if by_run is None:
                per_code = np.bincount(facet.codes.take(fewer), minlength=facet.size)
                per_code = whole - per_code if left_out else per_code
            else:
                if per_run is None:
                    per_run = np.add.reduceat(among, self._runs, dtype=np.int32)
                per_code = np.bincount(by_run, weights=per_run, minlength=facet.size)
            counts = facet.of_values(per_code)
            if len(doubled):
                counts += facet.pairs(doubled, self._twin[doubled])
            found = np.flatnonzero(counts)
            counted[name] = dict(zip([facet.values[at] for at in found.tolist()], counts[found].tolist(), strict=True))
        return counted
