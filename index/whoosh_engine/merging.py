"""Several segments' arrays as those of one: what an index is kept small with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from index.answer import FACETS, WHATS
from index.whoosh_engine.arrays import Array, Arrays, FieldTerms, Numbers, Things, assembled
from index.whoosh_engine.batch import Codes
from index.whoosh_engine.schema import WORDS

Value = TypeVar("Value")


def merged(parts: Sequence[tuple[Arrays, NDArray[np.bool_]]]) -> Arrays:
    """One segment of the living things of several; each comes with a mask of which of its things live."""
    kept = [_in_views(arrays, living) for arrays, living in parts]
    order = [(at, numbers) for view in range(len(WHATS)) for at, numbers in enumerate(k[view] for k in kept)]
    moved = [np.full(arrays.count, -1, np.int32) for arrays, _ in parts]
    next_number = 0
    for at, numbers in order:
        moved[at][numbers] = np.arange(next_number, next_number + len(numbers))
        next_number += len(numbers)
    counts = [sum(len(k[view]) for k in kept) for view in range(len(WHATS))]
    views = [0, *np.cumsum(counts).tolist()]
    things = _things([arrays for arrays, _ in parts], order, views)
    fields = {}
    for name in sorted({name for arrays, _ in parts for name in arrays.field_names()}):
        what = name.rpartition("_")[0]
        first = views[WHATS.index(what)] if name != WORDS else 0
        pieces = []
        for (arrays, _), where in zip(parts, moved, strict=True):
            if name in arrays.field_names():
                within = where if name == WORDS else where[arrays.view(what)]  # type: ignore[arg-type]
                pieces.append((arrays.field(name), np.where(within >= 0, within - first, -1).astype(np.int32)))
        field = _joined_fields(pieces)
        if field.terms:
            fields[name] = field
    return assembled(things, fields)


def _in_views(arrays: Arrays, living: NDArray[np.bool_]) -> list[NDArray[np.int64]]:
    """The numbers of the living things of each view."""
    return [np.flatnonzero(living[arrays.view(what)]) + arrays.view(what).start for what in WHATS]


def _things(parts: Sequence[Arrays], order: Sequence[tuple[int, NDArray[np.int64]]], views: list[int]) -> Things:
    def column(of: Sequence[Array]) -> Array:
        return np.concatenate([of[at][..., numbers] for at, numbers in order], axis=-1)

    owners, owner = _recoded([(p.owners, p.owner) for p in parts], order)
    languages, language = _recoded([(p.languages, p.language) for p in parts], order)
    facets = {}
    for name in FACETS:
        values, codes = _recoded([(p.facets[name][1], p.facets[name][0]) for p in parts], order)
        facets[name] = (codes, values)
    return Things(
        views=views,
        keys=[parts[at].key(number) for at, numbers in order for number in numbers.tolist()],
        owners=owners,
        owner=owner,
        ordinal=column([p.ordinal for p in parts]),
        date=column([p.date for p in parts]),
        twin=column([p.twin for p in parts]),
        languages=languages,
        language=language.astype(np.uint8),
        lengths=column([p.lengths for p in parts]),
        facets=facets,
    )


def _recoded(
    coded: Sequence[tuple[list[Value], Array]], order: Sequence[tuple[int, NDArray[np.int64]]]
) -> tuple[list[Value], Numbers]:
    """Codes of several segments in one numbering that holds no value without things."""
    known = Codes[Value]()
    tables = [np.empty(len(values), np.int32) for values, _ in coded]
    pieces = []
    for at, numbers in order:
        values, codes = coded[at]
        found = codes[numbers]
        used = np.unique(found)
        tables[at][used] = [known.of(values[code]) for code in used.tolist()]
        pieces.append(tables[at][found])
    return known.values, np.concatenate(pieces).astype(np.int32)


def _joined_fields(pieces: Sequence[tuple[FieldTerms, Numbers]]) -> FieldTerms:
    """One field out of several, things renumbered by the table beside each (-1: left out)."""
    names = sorted({term for field, _ in pieces for term in field.terms})
    rank = {name: at for at, name in enumerate(names)}
    terms: list[Array] = []
    ids: list[Array] = []
    counts: list[Array] = []
    positions: list[Array] = []
    lists: list[Array] = []
    placed = 0
    for field, moved in pieces:
        of_term = np.array([rank[term] for term in field.terms], np.int64)
        new_ids = moved[field.ids]
        stays = new_ids >= 0
        terms.append(np.repeat(of_term, np.diff(field.starts))[stays])
        ids.append(new_ids[stays])
        counts.append(np.asarray(field.counts, np.int64)[stays])
        ends = np.cumsum(field.counts, dtype=np.int64)
        lists.append((ends - field.counts)[stays] + placed)
        positions.append(field.positions)
        placed += len(field.positions)
    number, where = np.concatenate(terms), np.concatenate(ids)
    order = np.lexsort([where, number])
    number, count = number[order], np.concatenate(counts)[order]
    found = np.bincount(number, minlength=len(names))
    there = found > 0
    return FieldTerms(
        terms=[name for name, kept in zip(names, there.tolist(), strict=True) if kept],
        starts=np.concatenate([[0], np.cumsum(found[there])]),
        ids=where[order],
        counts=count,
        positions=_runs(np.concatenate(positions), np.concatenate(lists)[order], count) if placed else positions[0],
    )


def _runs(values: Array, starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> Array:
    """The runs of some lengths that begin at some places, in a row."""
    return values[np.repeat(starts - (np.cumsum(lengths) - lengths), lengths) + np.arange(int(lengths.sum()))]
