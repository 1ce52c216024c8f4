"""Things gathered in memory until they become one segment."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import chain
from typing import Generic, TypeVar

import numpy as np

from index.analysis import fold_word, language_of, marked, raw_words, stem
from index.answer import FACETS, WHATS, What
from index.engine import Thing
from index.whoosh_engine.arrays import Array, Arrays, FieldTerms, Things, assembled
from index.whoosh_engine.schema import FORM, PARTS, SEPARATOR, WORDS, facet_field, text_field

TOKENS_MAX = 8_000_000
"""Words of a batch after which it is due to be written: some 50,000 passages, 600 MB while they are sorted."""

SPELLING_WORD_MIN = 4
"""Words shorter than this are not offered as corrections: among three letters everything is near everything."""


Value = TypeVar("Value")


class Codes(Generic[Value]):
    """Values numbered in the order in which they come."""

    def __init__(self) -> None:
        self.numbers: dict[Value, int] = {}

    def of(self, value: Value) -> int:
        return self.numbers.setdefault(value, len(self.numbers))

    @property
    def values(self) -> list[Value]:
        return list(self.numbers)


class _Terms(dict[str, int]):
    """The number of the term that a word of a text becomes in one language; -1 where it becomes none.

    A text's words are looked up in C; only a word that is new is folded and stemmed.
    """

    def __init__(self, language: str, known: Codes[str]) -> None:
        super().__init__()
        self._language = language
        self._known = known

    def __missing__(self, raw: str) -> int:
        word = fold_word(raw)
        made = self._known.of(marked(stem(word, self._language), self._language)) if word else -1
        self[raw] = made
        return made


class _Forms(dict[str, int]):
    """The number of the folded form of a word as it is written; -1 where it folds to nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.known = Codes[str]()

    def __missing__(self, raw: str) -> int:
        word = fold_word(raw)
        made = self[raw] = self.known.of(word) if word else -1
        return made


class _View:
    """The things of one view so far: terms of each part in a row, the forms of each thing, and columns."""

    def __init__(self) -> None:
        self.terms = [array("i") for _ in PARTS]
        self.lengths = [array("i") for _ in PARTS]
        self.forms = array("i")
        self.form_counts = array("i")
        self.keys: list[str] = []
        self.columns = {
            name: array("q") for name in ("owner", "ordinal", "date", "twin", "language", *map(facet_field, FACETS))
        }


class Batch:
    """Things on their way into one segment; those of one owner come together."""

    def __init__(self) -> None:
        self.tokens = 0
        self._views = {what: _View() for what in WHATS}
        self._known = Codes[str]()
        self._terms: dict[str, _Terms] = {}
        self._forms = _Forms()
        self._owners = Codes[str]()
        self._languages = Codes[str]()
        self._facets = {name: Codes[tuple[str, ...]]() for name in FACETS}
        self._words: list[set[str]] = []
        """The words that each owner's passages and practices hold, as they are written."""
        self._first: list[tuple[What, int]] = []
        """The first thing of each owner."""

    def add(self, thing: Thing) -> None:
        view = self._views[thing.what]
        language = language_of(thing.language)
        terms = self._terms.get(language) or self._terms.setdefault(language, _Terms(language, self._known))
        owner = self._owners.of(thing.owner)
        if owner == len(self._words):
            self._words.append(set())
            self._first.append((thing.what, len(view.keys)))
        written: set[str] = set()
        for at, part in enumerate(PARTS):
            words = raw_words(getattr(thing, part))
            written.update(words)
            # The other views repeat the words of these two.
            if thing.what in ("passages", "practices"):
                self._words[owner].update(words)
            found = list(map(terms.__getitem__, words))
            if -1 in found:
                found = [number for number in found if number >= 0]
            view.terms[at].extend(found)
            view.lengths[at].append(len(found))
            self.tokens += len(found)
        forms = set(map(self._forms.__getitem__, written))
        forms.discard(-1)
        view.forms.extend(forms)
        view.form_counts.append(len(forms))
        view.keys.append(thing.id)
        columns = view.columns
        columns["owner"].append(owner)
        columns["ordinal"].append(thing.ordinal)
        columns["date"].append(thing.date)
        columns["twin"].append(thing.twin)
        columns["language"].append(self._languages.of(language))
        for name, codes in self._facets.items():
            columns[facet_field(name)].append(codes.of(values_of(thing.facets.get(name, ()))))

    @property
    def count(self) -> int:
        return sum(len(view.keys) for view in self._views.values())

    def arrays(self) -> Arrays:
        """The batch as a segment's arrays."""
        ordered = sorted(self._known.values)  # code points sort as their UTF-8 does
        rank = np.empty(len(ordered), np.int32)
        rank[[self._known.numbers[term] for term in ordered]] = np.arange(len(ordered))
        encoded = [term.encode() for term in ordered]
        fields = {
            text_field(what, part): _inverted(view.terms[at], view.lengths[at], rank, encoded)
            for what, view in self._views.items()
            for at, part in enumerate(PARTS)
        }
        forms = sorted(self._forms.known.values)
        form_rank = np.empty(len(forms), np.int32)
        form_rank[[self._forms.known.numbers[form] for form in forms]] = np.arange(len(forms))
        written = [form.encode() for form in forms]
        for what, view in self._views.items():
            fields[text_field(what, FORM)] = _holding(view.forms, view.form_counts, form_rank, written)
        things = self._things()
        fields[WORDS] = self._spelling(things)
        return assembled(things, {name: field for name, field in fields.items() if field.terms})

    def _things(self) -> Things:
        def column(name: str, kind: type[np.integer]) -> Array:
            return np.concatenate([np.array(view.columns[name], kind) for view in self._views.values()])

        return Things(
            views=[0, *np.cumsum([len(view.keys) for view in self._views.values()]).tolist()],
            keys=list(chain.from_iterable(view.keys for view in self._views.values())),
            owners=self._owners.values,
            owner=column("owner", np.int32),
            ordinal=column("ordinal", np.int32),
            date=column("date", np.int32),
            twin=column("twin", np.int64),
            languages=self._languages.values,
            language=column("language", np.uint8),
            lengths=np.concatenate([np.array(view.lengths, np.int32) for view in self._views.values()], axis=1),
            facets={name: (column(facet_field(name), np.int32), codes.values) for name, codes in self._facets.items()},
        )

    def _spelling(self, things: Things) -> FieldTerms:
        """The words of the spelling list: each stands at the first thing of every owner that has it."""
        holding: dict[str, list[int]] = {}
        for (what, number), raw in zip(self._first, self._words, strict=True):
            thing = things.views[WHATS.index(what)] + number
            for word in {fold_word(written) for written in raw}:
                if len(word) >= SPELLING_WORD_MIN and word.isalpha():
                    holding.setdefault(word, []).append(thing)
        words = sorted(holding)
        ids = np.fromiter(chain.from_iterable(sorted(holding[word]) for word in words), np.int32)
        starts = np.cumsum([0, *(len(holding[word]) for word in words)], dtype=np.int64)
        return FieldTerms([w.encode() for w in words], starts, ids, np.ones(len(ids), np.uint8), np.empty(0, np.uint16))


def values_of(values: Iterable[str]) -> tuple[str, ...]:
    """A facet's values as they are indexed: no blanks, none twice, none with the separator."""
    return tuple(dict.fromkeys(value.replace(SEPARATOR, " ") for value in values if value.strip()))


def _holding(held: array[int], counts: array[int], rank: Array, encoded: list[bytes]) -> FieldTerms:
    """The posting lists, without positions, of values of which each thing holds some, none twice."""
    things = np.repeat(np.arange(len(counts), dtype=np.int32), np.array(counts, np.int64))
    ranked = rank[np.frombuffer(held, np.int32)] if len(held) else np.empty(0, np.int32)
    order = np.argsort(ranked, kind="stable")
    found = np.bincount(ranked, minlength=len(encoded))
    there = np.flatnonzero(found)
    return FieldTerms(
        terms=[encoded[number] for number in there.tolist()],
        starts=np.concatenate([[0], np.cumsum(found[there])]),
        ids=things[order],
        counts=np.ones(len(things), np.uint8),
        positions=np.empty(0, np.uint16),
    )


def _inverted(terms: array[int], lengths: array[int], rank: Array, encoded: list[bytes]) -> FieldTerms:
    """The posting lists of one field whose things hold these terms, ``lengths`` of them each."""
    count = np.array(lengths, np.int64)
    things = np.repeat(np.arange(len(count), dtype=np.int32), count)
    places = np.arange(len(things), dtype=np.int64) - np.repeat(np.cumsum(count) - count, count)
    ranked = rank[np.frombuffer(terms, np.int32)] if len(terms) else np.empty(0, np.int32)
    order = np.argsort(ranked, kind="stable")
    ranked, things = ranked[order], things[order]
    new_term = np.ones(len(ranked), np.bool_)
    new_term[1:] = ranked[1:] != ranked[:-1]
    new = new_term.copy()
    new[1:] |= things[1:] != things[:-1]
    firsts = np.flatnonzero(new)
    starts = np.append(np.flatnonzero(new_term[firsts]), len(firsts)).astype(np.int64)
    return FieldTerms(
        terms=[encoded[number] for number in ranked[new_term]],
        starts=starts,
        ids=things[firsts],
        counts=np.diff(np.append(firsts, len(ranked))),
        positions=places[order].astype(np.uint32),
    )
