"""Opening the segments of a commit."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import whoosh.index
from numpy.typing import NDArray

from index.whoosh_engine.arrays import SUFFIX, Arrays, load, size_beside
from index.whoosh_engine.derive import derived

whoosh_index: Any = whoosh.index  # Whoosh is typed in part only


class Segment(NamedTuple):
    """An open segment: its arrays, which things live, its first number in Whoosh, and whether a stamp is at its end."""

    name: str
    arrays: Arrays
    living: NDArray[np.bool_]
    offset: int
    stamped: bool


def opened(folder: Path) -> tuple[dict[str, int], list[Segment]]:
    """The newest commit of the index in a folder: what its stamp holds (empty where it has none), and its segments.

    Whatever Whoosh raises for a damaged index is raised here too.
    """
    index = whoosh_index.open_dir(str(folder), readonly=True)
    parts, offset = [], 0
    stamp: dict[str, int] = {}
    for segment in index._segments():
        path = folder / (segment.segment_id() + SUFFIX)
        count = segment.doc_count_all()
        try:
            arrays = load(path)
        except (OSError, ValueError):
            with index.reader() as reader:
                arrays = derived(_leaf(reader, offset))
        if arrays.outline.beside and arrays.outline.beside != size_beside(path):
            raise OSError(f"the file {path.with_suffix('.seg').name} is not as it was written")
        living = np.ones(count, np.bool_)
        living[list(segment.deleted_docs())] = False
        stamped = count > arrays.count and bool(living[-1])
        stamp = arrays.outline.stamp if stamped else stamp
        parts.append(Segment(segment.segment_id(), arrays, living[: arrays.count], offset, stamped))
        offset += count
    index.close()
    return stamp, parts


def _leaf(reader: Any, offset: int) -> Any:
    return next(leaf for leaf, at in reader.leaf_readers() if at == offset)
