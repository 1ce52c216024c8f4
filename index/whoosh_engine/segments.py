"""From arrays to a Whoosh segment, a block of postings at a time.

Whoosh's own writer takes each posting through six Python calls, a sort on disk and a pickle: 350 passages a second.
Here they come sorted, so that the codec's parts can be handed whole blocks; what they write is the same.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import whoosh.codec
import whoosh.util.numeric

from index.answer import WHATS
from index.whoosh_engine.arrays import SUFFIX, Array, Arrays, FieldTerms, Numbers, save
from index.whoosh_engine.schema import FORM, PARTS, STAMP, WORDS, facet_field, text_field

codecs: Any = whoosh.codec  # Whoosh is typed in part only
numeric: Any = whoosh.util.numeric

BLOCK = 128
"""Postings of a block, as Whoosh's codec has it."""

ROUNDED = np.array([numeric.byte_to_length(byte) for byte in range(256)], np.int64)
"""What is left of a field's length after Whoosh has kept it in one byte."""


def rounded(lengths: Array) -> Array:
    """Lengths as Whoosh remembers them."""
    top = int(lengths.max(initial=0)) + 1
    table = np.array([numeric.byte_to_length(numeric.length_to_byte(n)) if n else 0 for n in range(top)], np.int64)
    return table[lengths]


class _Field(NamedTuple):
    """One field as it is written: numbers of things are those of the segment; no positions, no lengths where None."""

    name: str
    terms: FieldTerms
    positions: bool = False
    lengths: Array | None = None


def write(index: Any, arrays: Arrays, stamp: dict[str, int] | None = None) -> Any:
    """A new segment of the index with the arrays beside it; only a commit makes it visible.

    With a ``stamp`` one more document, after all things, carries it.
    """
    codec = codecs.default_codec()
    segment = codec.new_segment(index.storage, index.indexname)
    schema = index.schema
    _write_things(codec.per_document_writer(index.storage, segment), schema, arrays, stamp)
    writer = codec.field_writer(index.storage, segment)
    for field in sorted(_fields(arrays, stamp is not None), key=lambda field: field.name):
        writer.start_field(field.name, schema[field.name])
        _write_field(writer, field)
        writer.finish_field()
    writer.close()
    segment.set_doc_count(arrays.count + (stamp is not None))
    if segment.should_assemble():
        segment.create_compound_file(index.storage)
        segment.compound = True
    save(arrays, Path(index.storage.folder) / (segment.segment_id() + SUFFIX), stamp or {})
    return segment


def _write_things(writer: Any, schema: Any, arrays: Arrays, stamp: dict[str, int] | None) -> None:
    """What Whoosh keeps of each document beside its postings: stored fields, lengths and columns."""
    columns = {name: schema[name].column_type for name in ("ordinal", "date", "twin")}
    values = {name: getattr(arrays, name).tolist() for name in columns}
    owner, language = arrays.owner.tolist(), arrays.language.tolist()
    lengths = arrays.lengths.T.tolist()
    for at, what in enumerate(WHATS):
        names = [(text_field(what, part), schema[text_field(what, part)]) for part in PARTS]
        for number in range(arrays.views[at], arrays.views[at + 1]):
            writer.start_doc(number)
            writer.add_field("key", None, arrays.key(number), 0)
            writer.add_field("owner", None, arrays.owners[owner[number]], 0)
            writer.add_field("language", None, arrays.languages[language[number]], 0)
            writer.add_field("lengths", None, lengths[number], 0)
            for (name, field), length in zip(names, lengths[number], strict=True):
                if length:
                    writer.add_field(name, field, None, length)
            for name, column in columns.items():
                if value := values[name][number]:
                    writer.add_column_value(name, column, value)
            writer.finish_doc()
    if stamp is not None:
        writer.start_doc(arrays.count)
        writer.add_field("stamp", None, stamp, 0)
        writer.finish_doc()
    writer.close()


def _fields(arrays: Arrays, stamped: bool) -> Iterator[_Field]:
    for at, what in enumerate(WHATS):
        first = arrays.views[at]
        for row, part in enumerate(PARTS):
            name = text_field(what, part)
            if name in arrays.field_names():
                terms = arrays.field(name)
                lengths = rounded(arrays.lengths[row])
                yield _Field(name, terms._replace(ids=terms.ids + np.int32(first)), positions=True, lengths=lengths)
        forms = text_field(what, FORM)
        if forms in arrays.field_names():
            terms = arrays.field(forms)
            yield _Field(forms, terms._replace(ids=terms.ids + np.int32(first)))
    if WORDS in arrays.field_names():
        yield _Field(WORDS, arrays.field(WORDS))
    yield _Field("owner", _grouped(arrays.owner, [(owner,) for owner in arrays.owners]))
    views = np.repeat(np.arange(len(WHATS) + 1), np.diff([*arrays.views, arrays.count + stamped]))
    yield _Field("what", _grouped(views.astype(np.int32), [*((what,) for what in WHATS), (STAMP,)]))
    for name, (codes, values) in arrays.facets.items():
        yield _Field(facet_field(name), _grouped(codes, values))


def _grouped(codes: Numbers, values: list[tuple[str, ...]]) -> FieldTerms:
    """The posting lists of the values of coded things."""
    counts = np.array([len(held) for held in values])
    names = sorted({value for held in values for value in held})
    number = {name: at for at, name in enumerate(names)}
    flat = np.array([number[value] for held in values for value in held], np.int64)
    each = counts[codes] if len(codes) else np.empty(0, np.int64)
    things = np.repeat(np.arange(len(codes), dtype=np.int32), each)
    within = np.arange(len(things)) - np.repeat(np.cumsum(each) - each, each)
    held = flat[np.repeat((np.cumsum(counts) - counts)[codes], each) + within] if len(things) else flat[:0]
    order = np.argsort(held, kind="stable")
    found = np.bincount(held, minlength=len(names))
    there = found > 0  # merging may have taken a value's last thing
    starts = np.concatenate([[0], np.cumsum(found[there])])
    terms = [name.encode() for name, kept in zip(names, there, strict=True) if kept]
    return FieldTerms(terms, starts, things[order], np.ones(len(things), np.uint8), np.empty(0, np.uint16))


def _write_field(writer: Any, field: _Field) -> None:
    """Hand every posting list to the codec's writer in blocks."""
    terms = field.terms
    starts = terms.starts.tolist()
    values = _encoded(terms, writer._format.encode) if field.positions else None
    counts, lengths = terms.counts, field.lengths
    for number, term in enumerate(terms.terms):
        writer.start_term(term)
        postings = writer._postwriter
        end = starts[number + 1]
        for first in range(starts[number], end, BLOCK):
            last = min(first + BLOCK, end)
            ids = terms.ids[first:last]
            weights = counts[first:last].astype(np.float32)
            postings._ids = array("I", ids.astype(np.uint32).tobytes())
            postings._weights = array("f", weights.tobytes())
            postings._maxweight = float(weights.max())
            if values is not None:
                postings._values = values[first:last]
            if lengths is not None:
                held = lengths[ids]
                postings._minlength, postings._maxlength = int(held.min()), int(held.max())
            postings._write_block(last=last == end)
        writer.finish_term()


def _encoded(terms: FieldTerms, encode: Any) -> list[bytes]:
    """The positions of every posting as Whoosh keeps them; most words stand once in a text, at few places."""
    once = lru_cache(maxsize=100_000)(lambda *places: encode(places))
    places = terms.positions.tolist()
    ends = list(accumulate(terms.counts.tolist()))
    made, start = [], 0
    for end in ends:
        made.append(once(places[start]) if end == start + 1 else encode(places[start:end]))
        start = end
    return made
