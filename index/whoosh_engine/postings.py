"""Whoosh's posting lists as numpy arrays.

A posting list is decoded once per open reader and kept (least recently used ones go first).  All numbers of things are
those of the whole reader (segments follow one another); deleted things are never among them.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
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


def blocks(matcher: Any) -> Iterator[tuple[Sequence[int], Sequence[float], Callable[[int], list[int]]]]:
    """The blocks of one segment's posting list, deleted things too: numbers, counts, a call for one's positions.

    Whoosh keeps postings in blocks of 128 and hands them out one by one, which costs twenty times the decoding.  Its
    block matcher (the same in whoosh 2.7 and whoosh3) is asked for whole blocks; any other matcher is stepped through.
    """
    while hasattr(matcher, "child"):  # the filter that hides deleted things has moved on its matcher already
        matcher = matcher.child
        matcher.reset()
    decode = matcher.format.decode_positions if matcher.format.supports("positions") else None
    while matcher.is_active():
        if hasattr(matcher, "_next_block"):
            matcher.id(), matcher.weight(), matcher.value()  # each makes its list of the block
            ids, weights, values = matcher._ids, matcher._weights, matcher._values
            matcher._next_block()
        else:
            ids, weights, values = [matcher.id()], [matcher.weight()], [matcher.value()]
            matcher.next()
        yield ids, weights, partial(_positions_at, decode, values)


def _positions_at(decode: Callable[[Any], list[int]] | None, values: Sequence[Any], at: int) -> list[int]:
    return decode(values[at]) if decode else []


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

    def _blocks(self, field: str, term: str) -> Iterator[tuple[Ids, Any, Any]]:
        """The blocks of a posting list: numbers of things, counts, and a call for the positions of one."""
        text = term.encode()
        for leaf, offset in self._leaves:
            if (field, text) in leaf:
                for ids, counts, positions in blocks(leaf.postings(field, text)):
                    yield np.array(ids, np.int64) + offset, counts, positions

    def _decode(self, field: str, term: str) -> Postings:
        ids: list[Ids] = []
        counts: list[Floats] = []
        with self._lock:
            for things, weights, _ in self._blocks(field, term):
                ids.append(things)
                counts.append(np.array(weights, np.float64))
        if not ids:
            return NOTHING
        found = Postings(np.concatenate(ids), np.concatenate(counts))
        living = ~self._deleted[found.ids]
        return found if living.all() else Postings(found.ids[living], found.counts[living])

    @cached_property
    def _deleted(self) -> Mask:
        deleted = np.zeros(self.size, np.bool_)
        for leaf, offset in self._leaves:
            if leaf.has_deletions():
                deleted[[n + offset for n in range(leaf.doc_count_all()) if leaf.is_deleted(n)]] = True
        return deleted

    def _positions(self, field: str, term: str) -> Ids:
        """Every occurrence of the term as thing << POSITION_BITS | position, ascending; in deleted things too."""

        def decode() -> tuple[Ids]:
            keys: list[int] = []
            with self._lock:
                for things, _, positions in self._blocks(field, term):
                    for at, thing in enumerate(things.tolist()):
                        start = thing << POSITION_BITS
                        keys.extend(start + place for place in positions(at))
            return (np.array(keys, np.int64),)

        return self._cache.get(("positions", field, term), decode, nbytes)[0]

    def phrase(self, field: str, terms: tuple[str, ...]) -> Postings:
        """The things whose field holds the terms one after the other."""
        if len(terms) == 1:
            return self.postings(field, terms[0])
        return self._cache.get((field, *terms), lambda: self._meet(field, terms), nbytes)

    def _meet(self, field: str, terms: tuple[str, ...]) -> Postings:
        # Positions are dear to decode: they are looked at only when some thing holds all the words.
        among = self.postings(field, terms[0]).ids
        for term in terms[1:]:
            among = np.intersect1d(among, self.postings(field, term).ids, assume_unique=True)
        if not len(among):
            return NOTHING
        starts = self._positions(field, terms[0])
        for place, term in enumerate(terms[1:], start=1):
            starts = np.intersect1d(starts, self._positions(field, term) - place, assume_unique=True)
        ids, counts = np.unique(starts >> POSITION_BITS, return_counts=True)
        living = ~self._deleted[ids]
        return Postings(ids[living], counts[living].astype(np.float64))

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
