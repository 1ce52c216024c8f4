"""Writing the Whoosh index: builds and updates by commits that are wholly there or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import whoosh.index

from corpus.errors import WriterBusy
from corpus.home import settle
from index.engine import Thing
from index.whoosh_engine import segments
from index.whoosh_engine.batch import TOKENS_MAX, Batch
from index.whoosh_engine.merging import merged
from index.whoosh_engine.opening import Segment, opened
from index.whoosh_engine.schema import schema

whoosh_index: Any = whoosh.index  # Whoosh is typed in part only

TIER = 4
"""Segments of like size (within a factor of TIER) are merged when there are more than this many of them."""

SMALLEST_TIER = 256
"""Things up to which all segments are of one size: what some reports bring."""

LARGEST_MERGED = 60_000
"""Things above which segments are not merged: a merge holds them all in memory, like a batch of a rebuild."""

DEAD_SHARE = 0.5
"""A segment of which more than this share is deleted is written anew."""


class Stamp(msgspec.Struct):
    """What a commit knows of itself: the catalogue's revision, -1 while a build is not finished."""

    revision: int


UNFINISHED = Stamp(revision=-1)


def build(folder: Path, things: Iterable[Thing], revision: int) -> None:
    """A new index in ``folder``, or the rest of one; see `index.engine.Engine.build`."""
    index = whoosh_index.open_dir(str(folder)) if whoosh_index.exists_in(str(folder)) else None
    index = index or whoosh_index.create_in(str(folder), schema())
    batch, owner = Batch(), ""
    for thing in things:
        if batch.tokens >= TOKENS_MAX and thing.owner != owner:
            _commit(index, batch, UNFINISHED)
            batch = Batch()
        batch.add(thing)
        owner = thing.owner
    _commit(index, batch, Stamp(revision))
    index.close()
    sync(folder)


def owners_in(folder: Path) -> set[str]:
    """The owners of everything that an unfinished build has written; empty where there is none that can be read."""
    try:
        _, parts = opened(folder)
    except Exception:  # a damaged pickle or segment can raise anything
        return set()
    return {owner for part in parts for owner in part.arrays.owners}


def update(folder: Path, owners: Iterable[str], things: Iterable[Thing], revision: int) -> None:
    """Change an index in one commit, then merge what has become many; see `index.engine.Engine.update`."""
    index = whoosh_index.open_dir(str(folder))
    batch = Batch()
    for thing in things:
        batch.add(thing)
    _commit(index, batch, Stamp(revision), gone=set(owners))
    _tidy(index, Stamp(revision))
    index.close()
    sync(folder)


def _commit(index: Any, batch: Batch, stamp: Stamp, gone: set[str] = frozenset()) -> None:  # type: ignore[assignment]
    """Add the batch and take out the things of the owners that are gone."""
    with _writer(index) as writer:
        _, parts = opened(Path(index.storage.folder))
        for part in parts:
            dead = np.isin(part.arrays.owner, [at for at, owner in enumerate(part.arrays.owners) if owner in gone])
            for number in np.flatnonzero(dead & part.living).tolist():
                writer.delete_document(part.offset + number)
            if part.stamped:
                writer.delete_document(part.offset + part.arrays.count)
        new = segments.write(index, batch.arrays(), msgspec.to_builtins(stamp))
        _publish(writer, lambda segment: segment.doc_count_all() > segment.deleted_count(), [new])


def _tidy(index: Any, stamp: Stamp) -> None:
    """Merge segments of like size where there are many, and write those anew that are mostly dead."""
    _, parts = opened(Path(index.storage.folder))
    chosen = _mergeable(parts)
    if not chosen:
        return
    with _writer(index) as writer:
        for part in parts:
            if part.stamped:
                writer.delete_document(part.offset + part.arrays.count)
        new = segments.write(index, merged([(p.arrays, p.living) for p in chosen]), msgspec.to_builtins(stamp))
        names = {part.name for part in chosen}
        _publish(writer, lambda segment: segment.segment_id() not in names, [new])


def _mergeable(parts: list[Segment]) -> list[Segment]:
    tiers: dict[int, list[Segment]] = {}
    for part in parts:
        tiers.setdefault(_tier(int(part.living.sum())), []).append(part)
    for _, alike in sorted(tiers.items()):
        if len(alike) > TIER and sum(int(part.living.sum()) for part in alike) <= LARGEST_MERGED:
            return alike
    return [part for part in parts if part.living.sum() < (1 - DEAD_SHARE) * part.arrays.count][:1]


def _tier(things: int) -> int:
    tier = 0
    while things > SMALLEST_TIER * TIER**tier:
        tier += 1
    return tier


def _publish(writer: Any, stays: Any, new: list[Any]) -> None:
    """Commit: the older segments that stay, and the new ones; nothing is left to Whoosh's own merging."""
    writer.commit(mergetype=lambda _, older: [segment for segment in older if stays(segment)] + new)


@contextmanager
def _writer(index: Any) -> Iterator[Any]:
    """A writer that commits in the block, or drops its work when the block raises.

    Raises:
        WriterBusy: another one writes to this index.
    """
    try:
        writer = index.writer()
    except whoosh_index.LockError as locked:
        raise WriterBusy("Another process is writing to this index; try again when it is done.") from locked
    try:
        yield writer
    except BaseException:
        writer.cancel()
        raise


def sync(folder: Path) -> None:
    """Make the folder's files safe against a power cut; Whoosh itself leaves that to the system."""
    for path in sorted(folder.iterdir()):
        if path.is_file():
            with path.open("rb") as handle:
                os.fsync(handle.fileno())
    settle(folder)
