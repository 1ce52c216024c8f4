"""The arrays of one segment: everything that searching needs of it, in one file that processes map and share.

A segment's things stand view by view.  Numbers of things are *in their view* for the postings of text fields (whose
names tell the view) and *in the segment* for the words of the spelling list and for the columns.

The file is derived from the Whoosh segment of the same name (`derive` makes the same arrays from it) and is taken away
with it: 8 bytes of magic, 8 bytes of the outline's length, the outline as JSON, then the arrays as they are in memory.
"""

from __future__ import annotations

import mmap
import sys
from bisect import bisect_left
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from index.answer import WHATS, What
from index.whoosh_engine.schema import PARTS

Array = NDArray[Any]
Numbers = NDArray[np.int32]

MAGIC = b"fparr\x004" + (b"<" if sys.byteorder == "little" else b">")
SUFFIX = ".arrays"
_ALIGN = 64

GUIDED = 128
"""Of so many terms one is read beforehand, so that a term is looked for among few."""

GAP = 0
"""Stands before, between and after the texts of a field where those are kept as running terms."""


class FieldTerms(NamedTuple):
    """The posting lists of one field, one after the other in the order of its terms.

    The postings ``starts[t]`` to ``starts[t + 1]`` are those of ``terms[t]``: numbers of things, ascending, and how
    often each holds it.  ``positions`` are those of all postings in a row, empty for a field without.
    """

    terms: list[bytes]
    starts: NDArray[np.int64]
    ids: Numbers
    counts: Array
    positions: Array


class Running(NamedTuple):
    """A field's texts, one after the other, as numbers of its terms; GAP stands before, between and after the texts.

    A term has the number that it has in the segment, less ``offset``.
    """

    terms: Array
    offset: int


class Things(NamedTuple):
    """The columns of a segment's things, view by view.

    ``views`` are the numbers at which each view of WHATS begins, and the end.  ``lengths`` (3 × things) are terms in
    title, head and body; ``facets`` maps a facet to a code per thing and to the values of each code.
    """

    views: list[int]
    keys: list[str]
    owners: list[str]
    owner: Numbers
    ordinal: Numbers
    date: Numbers
    twin: NDArray[np.int64]
    languages: list[str]
    language: NDArray[np.uint8]
    lengths: Numbers
    facets: dict[str, tuple[Numbers, list[tuple[str, ...]]]]


class Outline(msgspec.Struct):
    """What the file says of itself: small lists, and where each array stands (name → type, shape, offset).

    ``stamp`` is that of the segment's commit, empty where the segment has none: reading it in Whoosh copies all files.
    ``beside`` is the size of Whoosh's own file of the segment in bytes, by which a damaged one is noticed on opening.
    """

    views: list[int]
    owners: list[str]
    languages: list[str]
    facets: dict[str, list[tuple[str, ...]]]
    fields: dict[str, tuple[int, int]]
    texts: dict[str, tuple[int, int]]
    stamp: dict[str, int] = msgspec.field(default_factory=dict)
    beside: int = 0
    arrays: dict[str, tuple[str, list[int], int]] = msgspec.field(default_factory=dict)


class Arrays:
    """One segment's arrays, as they were read or mapped."""

    def __init__(self, outline: Outline, arrays: dict[str, Array]) -> None:
        self.outline, self.raw = outline, arrays
        self._fields, self._texts = outline.fields, outline.texts
        self._guides: dict[str, list[bytes]] = {}
        self.owners, self.languages = outline.owners, outline.languages
        self.views = outline.views
        self.owner, self.ordinal, self.date = arrays["owner"], arrays["ordinal"], arrays["date"]
        self.twin, self.language, self.lengths = arrays["twin"], arrays["language"], arrays["lengths"]
        self.facets = {name: (arrays[f"facet {name}"], values) for name, values in outline.facets.items()}
        self._keys, self._key_ends = arrays["keys"].data, arrays["key ends"].data
        self._terms, self._term_ends = arrays["terms"].data, arrays["term ends"].data
        self._starts, self._place_starts = arrays["starts"].data, arrays["place starts"].data
        self.ids, self.counts, self.places = arrays["ids"], arrays["counts"], arrays["places"]

    @property
    def count(self) -> int:
        return self.views[-1]

    def view(self, what: What) -> slice:
        """The numbers of one view's things in the segment."""
        at = WHATS.index(what)
        return slice(self.views[at], self.views[at + 1])

    def key(self, number: int) -> str:
        return bytes(self._keys[self._key_ends[number] : self._key_ends[number + 1]]).decode()

    def _term_at(self, number: int) -> bytes:
        return bytes(self._terms[self._term_ends[number] : self._term_ends[number + 1]])

    def find(self, field: str, term: bytes) -> int:
        """The number of a field's term, -1 where the field has none such."""
        first, end = self._fields.get(field, (0, 0))
        if field not in self._guides:
            self._guides[field] = [self._term_at(number) for number in range(first, end, GUIDED)]
        run = bisect_left(self._guides[field], term)
        first, end = first + max(run - 1, 0) * GUIDED, min(first + run * GUIDED + 1, end)
        at = bisect_left(range(first, end), term, key=self._term_at) + first
        return at if at < end and self._term_at(at) == term else -1

    def postings(self, number: int) -> tuple[Numbers, Array]:
        """The things that hold a term, and how often each does."""
        run = slice(self._starts[number], self._starts[number + 1])
        return self.ids[run], self.counts[run]

    def places_of(self, number: int) -> Numbers:
        """Where a term stands in the running text of its field, posting by posting."""
        return self.places[self._place_starts[number] : self._place_starts[number + 1]]

    def running(self, field: str) -> Running:
        """The texts of a field that has positions."""
        first, end = self._texts[field]
        return Running(self.raw["texts"][first:end], self._fields[field][0] - 1)

    def touch(self) -> None:
        """Have the pages mapped in which phrases are looked up, so that no search waits for them one by one."""
        for name in ("texts", "places"):
            self.raw[name].view(np.uint8)[:: mmap.PAGESIZE].max(initial=0)

    def lexicon(self, field: str) -> list[bytes]:
        """The field's terms, sorted."""
        first, end = self._fields.get(field, (0, 0))
        return [self._term_at(number) for number in range(first, end)]

    def frequent(self, field: str, count: int) -> list[bytes]:
        """The field's terms that most things hold, most frequent first."""
        first, end = self._fields.get(field, (0, 0))
        held = np.diff(np.asarray(self._starts[first : end + 1]))
        return [self._term_at(first + number) for number in np.argsort(-held, kind="stable")[:count].tolist()]

    def field_names(self) -> list[str]:
        return list(self._fields)

    def field(self, name: str) -> FieldTerms:
        """The whole field."""
        first, end = self._fields[name]
        starts = np.asarray(self._starts[first : end + 1])
        run = slice(int(starts[0]), int(starts[-1]))
        ids, counts = self.ids[run], self.counts[run]
        positions = self.places[self._place_starts[first] : self._place_starts[end]]
        if name in self._texts:
            begins = _begins(_lengths_of(name, self.views, self.lengths))
            positions = _narrow(positions - np.repeat(begins[ids], counts), np.uint16)
        return FieldTerms(self.lexicon(name), starts - starts[0], ids, counts, positions)

    def things(self) -> Things:
        """The columns."""
        return Things(
            views=self.views,
            keys=[self.key(number) for number in range(self.count)],
            owners=self.owners,
            owner=self.owner,
            ordinal=self.ordinal,
            date=self.date,
            twin=self.twin,
            languages=self.languages,
            language=self.language,
            lengths=self.lengths,
            facets=self.facets,
        )


def assembled(things: Things, fields: dict[str, FieldTerms]) -> Arrays:
    """The arrays of a segment of these things and fields."""
    terms: list[bytes] = []
    ranges: dict[str, tuple[int, int]] = {}
    starts, place_starts = [np.zeros(1, np.int64)], [np.zeros(1, np.int64)]
    for name in sorted(fields):
        field = fields[name]
        ranges[name] = (len(terms), len(terms) + len(field.terms))
        terms += field.terms
        starts.append(field.starts[1:] + starts[-1][-1])
        ends = np.concatenate([[0], np.cumsum(field.counts, dtype=np.int64)])[field.starts[1:]]
        place_starts.append((ends if len(field.positions) else np.zeros_like(ends)) + place_starts[-1][-1])
    ordered = [fields[name] for name in sorted(fields)]
    texts: dict[str, tuple[int, int]] = {}
    running, places = list[Array](), list[Array]()
    for name, field in sorted(fields.items()):
        if len(field.positions):
            places.append(_places(field, _lengths_of(name, things.views, things.lengths)))
            running.append(_running(field, places[-1], _lengths_of(name, things.views, things.lengths)))
            first = sum(map(len, running[:-1]))
            texts[name] = (first, first + len(running[-1]))
    outline = Outline(
        views=things.views,
        owners=things.owners,
        languages=things.languages,
        facets={name: values for name, (_, values) in things.facets.items()},
        fields=ranges,
        texts=texts,
    )
    arrays: dict[str, Array] = {
        "terms": np.frombuffer(b"".join(terms), np.uint8),
        "term ends": _ends(terms),
        "starts": np.concatenate(starts),
        "place starts": np.concatenate(place_starts),
        "ids": _joined([field.ids for field in ordered], np.int32),
        "counts": _narrow(_joined([field.counts for field in ordered], np.uint8)),
        "places": _joined(places, np.int32),
        "texts": _narrow(_joined(running, np.uint16), np.uint16),
        "keys": np.frombuffer("".join(things.keys).encode(), np.uint8),
        "key ends": _ends([key.encode() for key in things.keys]),
        "owner": things.owner,
        "ordinal": things.ordinal,
        "date": things.date,
        "twin": things.twin,
        "language": things.language,
        "lengths": things.lengths,
        **{f"facet {name}": codes for name, (codes, _) in things.facets.items()},
    }
    return Arrays(outline, {name: np.ascontiguousarray(array) for name, array in arrays.items()})


def _lengths_of(field: str, views: list[int], lengths: Array) -> Array:
    """How many terms the field of every thing of its view has."""
    what, _, part = field.rpartition("_")
    at = WHATS.index(what)
    of_field: Array = lengths[PARTS.index(part), views[at] : views[at + 1]]
    return of_field


def _begins(lengths: Array) -> Numbers:
    """The places at which texts of these lengths begin, with a gap before each."""
    return (np.cumsum(lengths + 1, dtype=np.int64) - lengths).astype(np.int32)


def _places(field: FieldTerms, lengths: Array) -> Numbers:
    """The positions of a field's terms as places in its running text."""
    places: Numbers = np.repeat(_begins(lengths)[field.ids], field.counts) + field.positions.astype(np.int32)
    return places


def _running(field: FieldTerms, places: Numbers, lengths: Array) -> Array:
    """The field's texts; see `Running`."""
    texts = np.full(int(lengths.sum(dtype=np.int64)) + len(lengths) + 1, GAP, np.uint32)
    each = np.diff(np.concatenate([[0], np.cumsum(field.counts, dtype=np.int64)])[field.starts])
    texts[places] = np.repeat(np.arange(1, len(field.terms) + 1, dtype=np.uint32), each)
    return texts


def _ends(texts: list[bytes]) -> NDArray[np.int64]:
    return np.cumsum([0, *map(len, texts)], dtype=np.int64)


def _joined(arrays: list[Array], kind: Any) -> Array:
    return np.concatenate(arrays) if arrays else np.empty(0, kind)


def _narrow(numbers: Array, least: type[np.unsignedinteger[Any]] = np.uint8) -> Array:
    """The same numbers in the narrowest type that holds them all."""
    top = int(numbers.max(initial=0))
    for kind in (np.uint8, np.uint16, np.uint32):
        if top <= np.iinfo(kind).max and np.dtype(kind).itemsize >= np.dtype(least).itemsize:
            return numbers.astype(kind, copy=False)
    raise ValueError(f"{top} is no count and no position of a word in a text.")


def save(arrays: Arrays, path: Path, stamp: dict[str, int]) -> None:
    """Write the file beside Whoosh's, with the stamp of its commit.

    A reader that has mapped an older file of the name keeps it.
    """
    outline, at = arrays.outline, 0
    placed = {}
    for name, array in arrays.raw.items():
        placed[name] = (array.dtype.str, list(array.shape), at)
        at += -(-array.nbytes // _ALIGN) * _ALIGN
    head = msgspec.json.encode(msgspec.structs.replace(outline, arrays=placed, stamp=stamp, beside=size_beside(path)))
    with path.open("wb") as file:
        file.write(MAGIC + len(head).to_bytes(8, "little") + head)
        for name, array in arrays.raw.items():
            file.seek(_body(len(head)) + placed[name][2])
            file.write(array.data)
        file.truncate(_body(len(head)) + at)


def size_beside(path: Path) -> int:
    """Bytes of Whoosh's own file of the segment whose arrays are at ``path``; 0 where it has none."""
    whoosh_file = path.with_suffix(".seg")
    return whoosh_file.stat().st_size if whoosh_file.exists() else 0


def load(path: Path) -> Arrays:
    """Map a file; processes that map the same one share its memory.

    Raises:
        OSError, ValueError: there is none, or it is not whole.
    """
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise ValueError(f"{path.name} holds no arrays of this version.")
        length = int.from_bytes(file.read(8), "little")
        outline = msgspec.json.decode(file.read(length), type=Outline)
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    start = _body(length)
    arrays = {}
    for name, (kind, shape, at) in outline.arrays.items():
        count = int(np.prod(shape))
        arrays[name] = np.frombuffer(mapped, np.dtype(kind), count, start + at if count else 0).reshape(shape)
    return Arrays(outline, arrays)


def _body(head: int) -> int:
    """Where the arrays begin."""
    return -(-(len(MAGIC) + 8 + head) // _ALIGN) * _ALIGN
