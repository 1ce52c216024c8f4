"""A segment's arrays worked out from the Whoosh segment itself, where their file is gone or not whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.answer import FACETS, WHATS
from index.whoosh_engine.arrays import Arrays, FieldTerms, Things, assembled
from index.whoosh_engine.batch import Codes
from index.whoosh_engine.schema import FORM, PARTS, STAMP, WORDS, facet_field, text_field

Block = tuple[Sequence[int], Sequence[float], Sequence[Any]]


def derived(leaf: Any) -> Arrays:
    """The arrays of one segment's reader; deleted things are among them as in the file."""
    stamped = len(_ids(leaf, "what", STAMP))
    count = leaf.doc_count_all() - stamped
    views = [0, *np.cumsum([len(_ids(leaf, "what", what)) for what in WHATS]).tolist()]
    fields = {}
    for at, what in enumerate(WHATS):
        for part in (*PARTS, FORM):
            name = text_field(what, part)
            field = _field(leaf, name, views[at])
            if field.terms:
                fields[name] = field
    words = _field(leaf, WORDS, 0)
    if words.terms:
        fields[WORDS] = words
    made = assembled(_things(leaf, count, views), fields)
    if stamped:
        made.outline.stamp = leaf.stored_fields(count)["stamp"]
    return made


def _things(leaf: Any, count: int, views: list[int]) -> Things:
    stored = [leaf.stored_fields(number) for number in range(count)]
    owners, languages = Codes[str](), Codes[str]()
    owner = np.array([owners.of(fields["owner"]) for fields in stored], np.int32)
    language = np.array([languages.of(fields["language"]) for fields in stored], np.uint8)
    facets = {}
    for name in FACETS:
        held: list[list[str]] = [[] for _ in range(count)]
        for value in _lexicon(leaf, facet_field(name)):
            for number in _ids(leaf, facet_field(name), value):
                held[number].append(value)
        codes = Codes[tuple[str, ...]]()
        facets[name] = (np.array([codes.of(tuple(values)) for values in held], np.int32), codes.values)
    columns = {}
    for name in ("ordinal", "date", "twin"):
        column = leaf.column_reader(name) if leaf.has_column(name) else None
        columns[name] = np.array([column[n] if column else 0 for n in range(count)], np.int64)
    return Things(
        views=views,
        keys=[fields["key"] for fields in stored],
        owners=owners.values,
        owner=owner,
        ordinal=columns["ordinal"].astype(np.int32),
        date=columns["date"].astype(np.int32),
        twin=columns["twin"],
        languages=languages.values,
        language=language,
        lengths=np.array([fields["lengths"] for fields in stored], np.int32).reshape(count, len(PARTS)).T,
        facets=facets,
    )


def _lexicon(leaf: Any, field: str) -> list[str]:
    return [text.decode() for text in leaf.lexicon(field)]


def _ids(leaf: Any, field: str, term: str) -> list[int]:
    return [number for ids, _, _ in _blocks(leaf, field, term.encode()) for number in ids]


def _field(leaf: Any, name: str, first: int) -> FieldTerms:
    """One field's posting lists; ``first`` is the number of its view's first thing."""
    terms = list(leaf.lexicon(name))
    decode: Callable[[Any], list[int]] | None = None
    if terms and leaf.schema[name].format.supports("positions"):
        decode = leaf.schema[name].format.decode_positions
    starts = [0]
    ids: list[NDArray[np.int32]] = []
    counts: list[NDArray[np.int64]] = []
    positions: list[int] = []
    for term in terms:
        starts.append(starts[-1])
        for numbers, weights, values in _blocks(leaf, name, term):
            starts[-1] += len(numbers)
            ids.append(np.array(numbers, np.int32) - first)
            counts.append(np.array(weights, np.int64))
            if decode:
                positions += chain.from_iterable(map(decode, values))
    return FieldTerms(
        terms=[bytes(term) for term in terms],
        starts=np.array(starts, np.int64),
        ids=np.concatenate(ids).astype(np.int32) if ids else np.empty(0, np.int32),
        counts=np.concatenate(counts) if counts else np.empty(0, np.int64),
        positions=np.array(positions, np.uint32),
    )


def _blocks(leaf: Any, field: str, term: bytes) -> Iterator[Block]:
    """The blocks of a posting list, deleted things too: numbers, counts, encoded positions.

    Whoosh keeps postings in blocks of 128 and hands them out one by one, which costs twenty times the decoding.  Its
    block matcher (the same in whoosh 2.7 and whoosh3) is asked for whole blocks; any other matcher is stepped through.
    """
    if (field, term) not in leaf:
        return
    matcher = leaf.postings(field, term)
    while hasattr(matcher, "child"):  # the filter that hides deleted things has moved on its matcher already
        matcher = matcher.child
        matcher.reset()
    while matcher.is_active():
        if hasattr(matcher, "_next_block"):
            matcher.id(), matcher.weight(), matcher.value()  # each makes its list of the block
            yield matcher._ids, matcher._weights, matcher._values
            matcher._next_block()
        else:
            yield [matcher.id()], [matcher.weight()], [matcher.value()]
            matcher.next()
