"""Filters and facet counts over whole posting lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from index.whoosh_engine.postings import Decoder, Ids, Mask
from index.whoosh_engine.schema import facet_field


class Facet(NamedTuple):
    """A facet's values, and every pair of a thing and the number of one of its values."""

    values: list[str]
    things: Ids
    numbers: Ids


class Facets:
    """The facets of one open index, each read when it is first needed."""

    def __init__(self, decoder: Decoder, twins: Ids) -> None:
        self._decoder = decoder
        self._twins = twins
        self._read: dict[str, Facet] = {}

    def facet(self, name: str) -> Facet:
        if name not in self._read:
            values = self._decoder.lexicon(facet_field(name))
            lists = [self._decoder.postings(facet_field(name), value).ids for value in values]
            # Values whose things are all deleted stay in Whoosh's lexicon until segments are merged.
            living = [(value, ids) for value, ids in zip(values, lists, strict=True) if len(ids)]
            numbers = np.repeat(np.arange(len(living)), [len(ids) for _, ids in living])
            things = np.concatenate([ids for _, ids in living]) if living else np.empty(0, np.int64)
            self._read[name] = Facet([value for value, _ in living], things, numbers)
        return self._read[name]

    def having(self, name: str, values: Iterable[str]) -> Mask:
        """Which things have one of the values."""
        made = np.zeros(self._decoder.size, np.bool_)
        for value in values:
            made[self._decoder.postings(facet_field(name), value).ids] = True
        return made

    def counts(self, name: str, among: Mask) -> dict[str, int]:
        """How many of the things have each value; things with the same words count once for a value."""
        facet = self.facet(name)
        chosen = among[facet.things]
        things, numbers = facet.things[chosen], facet.numbers[chosen]
        twins = self._twins[things]
        single = twins == 0
        counted = np.bincount(numbers[single], minlength=len(facet.values))
        if not single.all():
            pairs = np.unique(np.stack([numbers[~single], twins[~single]]), axis=1)
            counted += np.bincount(pairs[0], minlength=len(facet.values))
        return {facet.values[i]: int(counted[i]) for i in np.flatnonzero(counted)}
