"""Many vectors of meaning in little room, and the nearest of them to another one.

A vector is kept as 512 whole numbers of a byte and a factor (its cosines are right to about 0.003), beside the 512
signs of its parts: two vectors whose signs agree are near (Charikar, "Similarity estimation techniques from rounding
algorithms", 2002).  The signs choose whom to look at, the numbers tell how near they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.meaning import DIMENSIONS

Rows = NDArray[np.int64]
Cosines = NDArray[np.float32]

BYTE = 127

BLOCK = 4096
"""Rows that are worked out at a time: 8 MB of floats."""

WHOLE = 4096
"""So many rows are all looked at; of more, those whose signs agree best."""

MAPPED = 1 << 20
"""Bytes from which a file is mapped instead of read."""

LOOKED_AT = 10
"""Rows that are looked at for each one that is wanted: among 100,000 passages they hold 99 of the nearest 100."""


class Vectors(NamedTuple):
    """Vectors of length 1, one a row: ``codes`` × ``scales``; ``keys`` are digests of the texts that they stand for.

    ``signs`` has a column for every row: eight passes over long arrays are faster than one over short rows.
    """

    codes: NDArray[np.int8]
    scales: NDArray[np.float32]
    signs: NDArray[np.uint64]
    keys: NDArray[np.uint64]

    @property
    def size(self) -> int:
        return len(self.codes)

    @classmethod
    def of(cls, matrix: NDArray[np.float32], keys: NDArray[np.uint64]) -> Vectors:
        scales = np.maximum(np.abs(matrix).max(axis=1, initial=0), 1e-6) / BYTE
        codes = np.rint(matrix / scales[:, None]).astype(np.int8)
        return cls(codes, scales.astype(np.float32), signs_of(matrix), keys)

    @classmethod
    def none(cls) -> Vectors:
        return cls.of(np.empty((0, DIMENSIONS), np.float32), np.empty(0, np.uint64))

    def rows(self, wanted: Rows) -> Vectors:
        return Vectors(self.codes[wanted], self.scales[wanted], self.signs[:, wanted], self.keys[wanted])

    def beside(self, other: Vectors) -> Vectors:
        """These rows and, after them, those of another one."""
        return Vectors(
            np.concatenate([self.codes, other.codes]),
            np.concatenate([self.scales, other.scales]),
            np.concatenate([self.signs, other.signs], axis=1),
            np.concatenate([self.keys, other.keys]),
        )

    def cosines(self, query: NDArray[np.float32], rows: Rows | None = None) -> Cosines:
        """How near each row (or each of some) is to a vector of length 1."""
        count = self.size if rows is None else len(rows)
        found = np.empty(count, np.float32)
        for start in range(0, count, BLOCK):
            part = slice(start, min(start + BLOCK, count))
            chosen = part if rows is None else rows[part]
            found[part] = (self.codes[chosen].astype(np.float32) @ query) * self.scales[chosen]
        return found

    def nearest(self, query: NDArray[np.float32], count: int) -> tuple[Rows, Cosines]:
        """The nearest ``count`` rows, nearest first, with their cosines."""
        rows = np.arange(self.size)
        if self.size > max(WHOLE, LOOKED_AT * count):
            apart = np.zeros(self.size, np.uint16)
            for signs, wanted in zip(self.signs, signs_of(query[None, :]), strict=True):
                apart += np.bitwise_count(signs ^ wanted)
            rows = np.sort(np.argpartition(apart, LOOKED_AT * count)[: LOOKED_AT * count])
        cosines = self.cosines(query, rows)
        best = np.lexsort((rows, -cosines))[:count]
        return rows[best], cosines[best]

    def save(self, folder: Path, name: str) -> None:
        for part in self._fields:
            np.save(folder / f"{name}_{part}.npy", getattr(self, part))

    @classmethod
    def load(cls, folder: Path, name: str) -> Vectors:
        """The vectors of a file; large ones are mapped and read where they are looked at."""
        return cls(*(_load(folder / f"{name}_{part}.npy") for part in cls._fields))


def _load(path: Path) -> NDArray[Any]:
    loaded: NDArray[Any] = np.load(path, mmap_mode="r" if path.stat().st_size > MAPPED else None, allow_pickle=False)
    return loaded


def signs_of(matrix: NDArray[np.float32]) -> NDArray[np.uint64]:
    """The signs of each row, 64 to a number: a column of eight numbers for every row of the matrix."""
    return np.ascontiguousarray(np.packbits(matrix > 0, axis=1).view(np.uint64).T)


def keys_of(texts: Sequence[str]) -> NDArray[np.uint64]:
    """A digest of each text, by which its vector is found again."""
    digests = b"".join(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest() for text in texts)
    return np.frombuffer(digests, np.uint64).copy()
