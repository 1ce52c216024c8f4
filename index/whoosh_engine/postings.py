"""The posting lists and columns of one view, over all segments of an open index.

A view's things are numbered through its segments; deleted ones keep their number and are in no posting list.  Nothing
here changes after it was made, so that threads can share it; the lists are mapped files, shared by processes.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.answer import What
from index.whoosh_engine.arrays import Array, Arrays
from index.whoosh_engine.opening import Segment
from index.whoosh_engine.schema import PARTS, text_field
from index.whoosh_engine.segments import rounded

Ids = NDArray[np.int64]
Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

POSITION_BITS = 32
"""A thing's number and a position in it make one sortable key."""

MANY = 8
"""Lists that differ in length by less than this factor are merged, others searched."""

Kept = TypeVar("Kept")


class Postings(NamedTuple):
    """The things that hold a term, ascending, and how often each does."""

    ids: Ids
    counts: Array


NOTHING = Postings(np.empty(0, np.int64), np.empty(0, np.int64))


class Cache:
    """Arrays by key, the least recently used dropped above a number of bytes; safe to share between threads."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held = 0
        self._kept: OrderedDict[Any, tuple[Any, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Any, make: Callable[[], Kept], size: Callable[[Kept], int]) -> Kept:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][0]  # type: ignore[no-any-return]
        made = make()
        with self._lock:
            if key not in self._kept:
                self._kept[key] = (made, size(made))
                self._held += self._kept[key][1]
            while self._held > self._limit and len(self._kept) > 1:
                self._held -= self._kept.popitem(last=False)[1][1]
        return made


class _Piece(NamedTuple):
    """One segment's part of a view: the number of its first thing, and which of them live (None: all)."""

    arrays: Arrays
    first: int
    living: Mask | None
    things: slice


class View:
    """One view of an open index."""

    def __init__(self, what: What, segments: Sequence[Segment]) -> None:
        self.what = what
        self._pieces: list[_Piece] = []
        self.size = 0
        for segment in segments:
            things = segment.arrays.view(what)
            living = segment.living[things]
            if len(living):
                self._pieces.append(_Piece(segment.arrays, self.size, None if living.all() else living, things))
                self.size += len(living)
        self.living: Mask = np.ones(self.size, np.bool_)
        for piece in self._pieces:
            if piece.living is not None:
                self.living[piece.first : piece.first + len(piece.living)] = piece.living
        self.count = int(np.count_nonzero(self.living))

    def column(self, read: Callable[[Arrays], Array]) -> Array:
        """A column of the view's things."""
        parts = [read(piece.arrays)[piece.things] for piece in self._pieces]
        return np.concatenate(parts) if parts else np.empty(0, np.int64)

    def segments(self) -> Iterator[tuple[Arrays, slice]]:
        """The segments' arrays, each with the numbers of the view's things in it."""
        for piece in self._pieces:
            yield piece.arrays, piece.things

    def key(self, number: int) -> str:
        piece = next(p for p in reversed(self._pieces) if p.first <= number)
        key: str = piece.arrays.key(piece.things.start + number - piece.first)
        return key

    @cached_property
    def _lengths(self) -> tuple[Array, ...]:
        return tuple(self.column(lambda arrays, row=row: arrays.lengths[row]) for row in range(len(PARTS)))  # type: ignore[misc]

    @cached_property
    def lengths(self) -> tuple[Array, ...]:
        """Terms in title, head and body of every thing, as exactly as Whoosh keeps them."""
        return tuple(rounded(lengths) for lengths in self._lengths)

    @cached_property
    def averages(self) -> tuple[float, ...]:
        """The mean of the exact lengths over what lives; 1 where there is nothing."""
        return tuple(float(lengths[self.living].sum()) / max(self.count, 1) or 1.0 for lengths in self._lengths)

    def frequent(self, part: str, count: int) -> list[bytes]:
        """The terms that most things hold, by the largest segment."""
        if not self._pieces:
            return []
        field = text_field(self.what, part)
        return max((piece.arrays for piece in self._pieces), key=lambda arrays: arrays.count).frequent(field, count)

    def phrase(self, part: str, terms: tuple[str, ...]) -> Postings:
        """The things whose field holds the terms one after the other."""
        field = text_field(self.what, part)
        found = [_within(piece, field, [term.encode() for term in terms]) for piece in self._pieces]
        found = [postings for postings in found if len(postings.ids)]
        if len(found) <= 1:
            return found[0] if found else NOTHING
        return Postings(np.concatenate([p.ids for p in found]), np.concatenate([p.counts for p in found]))


def _within(piece: _Piece, field: str, terms: Sequence[bytes]) -> Postings:
    """The things of one segment that hold the terms in a row, in the view's numbers."""
    arrays = piece.arrays
    numbers = [arrays.find(field, term) for term in terms]
    if -1 in numbers:
        return NOTHING
    ids, counts = _once(arrays, numbers[0]) if len(numbers) == 1 else _in_a_row(arrays, numbers)
    if piece.living is not None:
        alive = piece.living[ids]
        ids, counts = ids[alive], counts[alive]
    return Postings(ids + piece.first, counts)


def _once(arrays: Arrays, number: int) -> tuple[Ids, Array]:
    ids, counts = arrays.postings(number)
    return ids.astype(np.int64), counts


def _in_a_row(arrays: Arrays, numbers: Sequence[int]) -> tuple[Ids, Array]:
    # The rarest word settles which things are looked at, and only in them positions are unfolded, of the rarest first.
    places = sorted(enumerate(numbers), key=lambda place: len(arrays.postings(place[1])[0]))
    among = arrays.postings(places[0][1])[0]
    for _, number in places[1:]:
        among = _held(arrays.postings(number)[0], among)
    starts: Ids | None = None
    counts: Array = NOTHING.counts
    for place, number in places:
        if not len(among):
            return NOTHING
        keys = _keys(arrays, number, among) + (len(numbers) - place)  # never below the thing's own keys
        starts = keys if starts is None else _held(keys, starts)
        things = starts >> POSITION_BITS
        new = np.flatnonzero(np.diff(things, prepend=-1))
        among, counts = things[new], np.diff(new, append=len(things))
    return among.astype(np.int64), counts


def _held(numbers: Array, wanted: Array) -> Array:
    """Those of the wanted numbers that are among others; both ascend and hold none twice."""
    if not len(numbers):
        return wanted[:0]
    if len(wanted) * MANY > len(numbers):
        merged = np.concatenate([numbers, wanted])
        merged.sort(kind="stable")  # two runs in order: one pass
        twice: Array = merged[1:][merged[1:] == merged[:-1]]
        return twice
    at = np.searchsorted(numbers, wanted)
    held: Array = wanted[numbers[np.minimum(at, len(numbers) - 1)] == wanted]
    return held


def _keys(arrays: Arrays, number: int, among: Array) -> Ids:
    """Every occurrence of a term in some of its things as thing << POSITION_BITS | position, ascending."""
    ids, counts = arrays.postings(number)
    if len(among) * MANY > len(ids):
        chosen = np.zeros(int(ids[-1]) + 1, np.bool_)
        chosen[among] = True
        at = np.flatnonzero(chosen[ids])
    else:
        at = np.searchsorted(ids, among)
    many = counts[at].astype(np.int64)
    ends = np.cumsum(counts, dtype=np.int64)[at]
    within = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many)
    places = arrays.positions_of(number)[np.repeat(ends - many, many) + within]
    return (np.repeat(among.astype(np.int64), many) << POSITION_BITS) | places
