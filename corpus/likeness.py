"""Which documents share much of their words: the same report twice, a report and its brief.

A document's *shingles* are its runs of SHINGLE words.  Of each document a sample of them is kept, its *sketch*: those
whose hash is divisible by SAMPLE.  The same shingle is in every sample or in none, so that the share of one sketch
found in another estimates the share of the shingles (a modulo sketch: Broder, On the resemblance and containment of
documents, 1997).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.ids import fold

Sketch = NDArray[np.uint64]
"""Sorted hashes, each once."""

SHINGLE = 5

SAMPLE = 8
"""One shingle in so many is kept: 8 bytes for 8 words, about 3,000 hashes of a report of 60 pages."""

ALIKE = 25
"""Documents are linked when so much of one of them (percent) is in the other.

Measured: the same page in another format 99, a brief in its report 57; reports of one publisher on one template 12,
other documents of the field 7 at most.
"""

LEAST = 8
"""Fewer sampled shingles in common are chance: a title, an address, a mandate's one sentence."""

COMMON = 50
"""A shingle in more documents than this is the publisher's standing words and counts for nothing."""

_MIX = np.uint64(0x9E3779B97F4A7C15)


def sketch(texts: Iterable[str]) -> Sketch:
    """The sketch of a document's passages in reading order."""
    words = [word for text in texts for word in fold(text).split()]
    if len(words) < SHINGLE:
        return np.empty(0, np.uint64)
    known = {word: zlib.crc32(word.encode()) for word in set(words)}
    hashes = np.array([known[word] for word in words], np.uint64)
    count = len(words) - SHINGLE + 1
    run = np.zeros(count, np.uint64)
    for nth in range(SHINGLE):
        run = (run ^ hashes[nth : nth + count]) * _MIX
        run ^= run >> np.uint64(29)
    return np.unique(run[run % np.uint64(SAMPLE) == 0])


def pack(found: Sketch) -> bytes:
    return found.astype("<u8").tobytes()


def unpack(data: bytes) -> Sketch:
    return np.frombuffer(data, "<u8").astype(np.uint64)


def alike(sketches: Mapping[str, Sketch], among: Sequence[str]) -> dict[tuple[str, str], int]:
    """For each pair of one of ``among`` with any document: how much of the first, in percent, is in the second.

    Both directions of a pair are given where either reaches ALIKE.  The documents' hashes are laid in one sorted row,
    in which those of each new document are looked up: the cost grows with the new documents, not with their pairs.
    """
    docs = [doc for doc, found in sketches.items() if len(found)]
    if not docs:
        return {}
    hashes = np.concatenate([sketches[doc] for doc in docs])
    owners = np.repeat(np.arange(len(docs)), [len(sketches[doc]) for doc in docs])
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    found: dict[tuple[str, str], int] = {}
    for doc in among:
        own = sketches.get(doc, np.empty(0, np.uint64))
        start, end = np.searchsorted(hashes, own, "left"), np.searchsorted(hashes, own, "right")
        telling = (end - start) <= COMMON
        places = [owners[a:b] for a, b in zip(start[telling], end[telling], strict=True)]
        if not places:
            continue
        shared = np.bincount(np.concatenate(places), minlength=len(docs))
        for number in np.flatnonzero(shared >= LEAST):
            other = docs[number]
            here, there = (_percent(shared[number], len(sketches[name])) for name in (doc, other))
            if other != doc and max(here, there) >= ALIKE:
                found[doc, other], found[other, doc] = here, there
    return found


def _percent(part: int, whole: int) -> int:
    return round(100 * int(part) / whole)
