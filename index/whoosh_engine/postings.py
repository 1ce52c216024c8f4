"""Whoosh's posting lists as numpy arrays.

A posting list is decoded once per open reader and kept (least recently used ones go first).  All numbers of things are
those of the whole reader (segments follow one another); deleted things are never among them.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

POSITION_BITS = 24
"""A position and the number of its thing make one sortable key; a text of 16 million words has room."""

CACHE_BYTES = 192 * 1024 * 1024
"""Decoded lists that are kept: at 100,000 passages the lists of some thousand common words."""

Kept = TypeVar("Kept")


class Postings(NamedTuple):
    """The things that hold a term, ascending, and how often each does."""

    ids: Ids
    counts: Floats


NOTHING = Postings(np.empty(0, np.int64), np.empty(0, np.float64))


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


def nbytes(arrays: tuple[NDArray[Any], ...]) -> int:
    return sum(a.nbytes for a in arrays) + 200


class Decoder:
    """Decodes the posting lists, lengths and columns of one Whoosh reader.

    Whoosh's matchers share the position of their file, so that only one thread may decode at a time.
    """

    def __init__(self, reader: Any) -> None:
        self.reader = reader
        self.size: int = reader.doc_count_all()
        self._leaves: list[tuple[Any, int]] = list(reader.leaf_readers())
        self._lock = threading.RLock()
        self._cache = Cache(CACHE_BYTES)

    def postings(self, field: str, term: str) -> Postings:
        """The things whose field holds the term, with the counts; empty where none does."""
        return self._cache.get((field, term), lambda: self._decode(field, term), nbytes)

    def _matchers(self, field: str, term: str) -> Iterator[tuple[Any, int]]:
        text = term.encode()
        for leaf, offset in self._leaves:
            if (field, text) in leaf:
                yield leaf.postings(field, text), offset

    def _decode(self, field: str, term: str) -> Postings:
        ids: list[int] = []
        counts: list[float] = []
        with self._lock:
            for matcher, offset in self._matchers(field, term):
                while matcher.is_active():
                    ids.append(matcher.id() + offset)
                    counts.append(matcher.weight())
                    matcher.next()
        return Postings(np.array(ids, np.int64), np.array(counts, np.float64)) if ids else NOTHING

    def _positions(self, field: str, term: str) -> Ids:
        """Every occurrence of the term as thing << POSITION_BITS | position, ascending."""

        def decode() -> tuple[Ids]:
            keys: list[int] = []
            with self._lock:
                for matcher, offset in self._matchers(field, term):
                    while matcher.is_active():
                        start = matcher.id() + offset << POSITION_BITS
                        keys.extend(start + position for position in matcher.value_as("positions"))
                        matcher.next()
            return (np.array(keys, np.int64),)

        return self._cache.get(("positions", field, term), decode, nbytes)[0]

    def phrase(self, field: str, terms: tuple[str, ...]) -> Postings:
        """The things whose field holds the terms one after the other."""
        if len(terms) == 1:
            return self.postings(field, terms[0])
        return self._cache.get((field, *terms), lambda: self._meet(field, terms), nbytes)

    def _meet(self, field: str, terms: tuple[str, ...]) -> Postings:
        # A phrase is no more frequent than its rarest word: look at all of them before decoding any positions.
        if any(self.postings(field, term) is NOTHING for term in terms):
            return NOTHING
        starts = self._positions(field, terms[0])
        for place, term in enumerate(terms[1:], start=1):
            starts = np.intersect1d(starts, self._positions(field, term) - place, assume_unique=True)
        ids, counts = np.unique(starts >> POSITION_BITS, return_counts=True)
        return Postings(ids, counts.astype(np.float64))

    def lengths(self, field: str) -> Floats:
        """Terms in the field of every thing, as exactly as Whoosh keeps them (one byte each)."""

        def decode() -> tuple[Floats]:
            with self._lock:
                read = self.reader.doc_field_length
                return (np.fromiter((read(i, field) for i in range(self.size)), np.float64, self.size),)

        return self._cache.get(("lengths", field), decode, nbytes)[0]

    def column(self, name: str) -> Ids:
        """A number of every thing (0 where it has none)."""
        values = np.zeros(self.size, np.int64)
        with self._lock:
            for leaf, offset in self._leaves:
                if leaf.has_column(name):
                    column = leaf.column_reader(name)
                    count = leaf.doc_count_all()
                    values[offset : offset + count] = np.fromiter((column[i] for i in range(count)), np.int64, count)
        return values

    def lexicon(self, field: str) -> list[str]:
        """Every term of the field, sorted."""
        with self._lock:
            return [text.decode() for text in self.reader.lexicon(field)]

    def stored(self, number: int) -> dict[str, Any]:
        with self._lock:
            fields: dict[str, Any] = self.reader.stored_fields(number)
            return fields

    def close(self) -> None:
        with self._lock:
            self.reader.close()

    def mask(self, field: str, term: str) -> Mask:
        """Which things hold the term."""
        made = np.zeros(self.size, np.bool_)
        made[self.postings(field, term).ids] = True
        return made
