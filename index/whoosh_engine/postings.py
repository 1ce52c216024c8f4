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

TOGETHER = 4096
"""Postings of a phrase's rarest word that are looked at together: what they become stays in the processor's cache."""

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

    def knows(self, term: str) -> bool:
        """Whether some thing holds a term, or did."""
        encoded = term.encode()
        fields = [text_field(self.what, part) for part in reversed(PARTS)]
        return any(piece.arrays.find(field, encoded) >= 0 for piece in self._pieces for field in fields)

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
    ids, counts = _once(arrays, numbers[0]) if len(numbers) == 1 else _in_a_row(arrays, field, numbers)
    if piece.living is not None:
        alive = piece.living[ids]
        ids, counts = ids[alive], counts[alive]
    return Postings(ids + piece.first, counts)


def _once(arrays: Arrays, number: int) -> tuple[Ids, Array]:
    ids, counts = arrays.postings(number)
    return ids.astype(np.int64), counts


def _in_a_row(arrays: Arrays, field: str, numbers: Sequence[int]) -> tuple[Ids, Array]:
    """The things whose field holds some terms one after the other, and how often.

    Only where the rarest stands is the running text looked at: a word that every thing holds costs nothing more.
    """
    texts = arrays.running(field)
    wanted = [number - texts.offset for number in numbers]
    place, rarest = min(enumerate(numbers), key=lambda one: len(arrays.places_of(one[1])))
    ids, counts = arrays.postings(rarest)
    all_places = arrays.places_of(rarest)
    many, done = np.empty(len(ids), np.int64), 0
    for first in range(0, len(ids), TOGETHER):
        ends = np.cumsum(counts[first : first + TOGETHER], dtype=np.int64)
        places = all_places[done : done + int(ends[-1])]
        done += len(places)
        found = np.ones(len(places), np.bool_)
        for at, number in enumerate(wanted):
            if at != place:
                # Beside the first and the last text there is a gap too: what lies outside of all is cut to one.
                found &= texts.terms.take(places + (at - place), mode="clip") == number
        many[first : first + TOGETHER] = np.diff(np.cumsum(found)[ends - 1], prepend=0)
    holding = np.flatnonzero(many)
    return ids[holding].astype(np.int64), many[holding]
