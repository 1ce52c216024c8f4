"""More like this: a passage, statement, practice or document as a question for others of its kind or of any other.

The question is made of the model's weighty words and of the concepts that it is tagged with (Manning, Raghavan and
Schütze, "Introduction to Information Retrieval", 2008, ch. 9, on queries made from relevant documents): words that are
frequent in it and rare in the library.  Names of countries are no such words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from math import log
from typing import Protocol

import msgspec

from corpus.concepts import Concept, vocabulary
from corpus.ids import kind_of
from corpus.model import Statement, Value
from corpus.places import countries
from corpus.translations import translated
from index.analysis import language_of, stem, tokens
from index.answer import What
from index.engine import Expansion, Wanted
from index.query import Clause, Query
from index.source import Source
from index.stopwords import stop_words_for
from index.understanding import Understood

WORDS_MOST = 24
"""Words of the model that others are looked for by; more cost time and bring what is far from it."""

CONCEPTS_MOST = 4
"""Concepts of the model that others are looked for by."""

SATURATION = 1.2
"""A word that stands n times in a model as long as a passage weighs n / (n + SATURATION): BM25's K1."""

PASSAGE_WORDS = 180
"""Words of a passage; in a longer model a word must stand as much more often to weigh as much."""

LEAST_HELD = 3
"""Things that hold a word for it to lead further: the model and its own statements hold it too."""

CONCEPT_WEIGHT = 0.5
"""Weight of a concept's name: the rules say that the model is about it, its words are its own."""

LEAST = 0.2
"""Share of the model's idf weight that is enough to be like it: nothing else holds half of a whole text's words."""

SHORTEST = 3
"""Letters of a word that says something by itself."""

LONGEST = 60_000
"""Characters of a document that its words are taken from, gathered all over it: ten thousand words tell it well."""

_SCHEMES = ("themes", "target-groups", "situation")


class Model(Value, frozen=True):
    """The thing that others shall be like.  ``owner`` is the document that it is of, blank for a practice."""

    what: What
    id: str
    title: str
    text: str
    language: str
    concepts: tuple[str, ...] = ()
    owner: str = ""
    other_titles: tuple[str, ...] = ()
    """What a practice is called in other languages: its translations are things of the index too."""

    def without(self, what: What) -> dict[str, tuple[str, ...]]:
        """The filters that leave out of a view what comes from the model's own document: others are looked for."""
        return {"doc": (self.owner,)} if self.owner and what != "practices" else {}


class Counted(Protocol):
    """What weighing asks of an open index."""

    def counts(self) -> Mapping[str, int]: ...

    def frequency(self, words: tuple[str, ...], title: bool = False) -> int: ...


def model_of(source: Source, identifier: str) -> Model:
    """The thing with an id; a practice before a document, as everywhere where an id alone is given.

    Raises:
        NotInCatalogue: there is none; Withdrawn: it was taken away.
    """
    kind = kind_of(identifier)
    if kind == "passage":
        return _of_passage(source, identifier)
    if kind == "statement":
        return _of_statement(source, source.statement(identifier))
    if identifier in source.practice_ids():
        return _of_practice(source, identifier)
    return _of_document(source, identifier)


def _of_passage(source: Source, identifier: str) -> Model:
    passage = source.passage(identifier)
    return Model(
        what="passages",
        id=identifier,
        title=source.card(passage.doc).title,
        text="\n".join([*passage.path[-1:], passage.text]),
        language=passage.language,
        concepts=passage.concepts(),
        owner=passage.doc,
    )


def _of_statement(source: Source, statement: Statement) -> Model:
    card = source.card(statement.doc)
    within = source.passages_by_id([statement.passage]).get(statement.passage)
    return Model(
        what="statements",
        id=statement.id,
        title=card.title,
        text=statement.text,
        language=within.language if within else card.language,
        concepts=statement.themes or (within.concepts() if within else ()),
        owner=statement.doc,
    )


def _of_practice(source: Source, identifier: str) -> Model:
    practice = source.practice(identifier)
    told = (claim.text for claims in practice.told.values() for claim in claims)
    return Model(
        what="practices",
        id=identifier,
        title=practice.title,
        text="\n".join([practice.title, practice.summary, *told]),
        language=practice.language,
        concepts=(*practice.themes, *practice.target_groups),
        owner=practice.doc,
        other_titles=tuple(text.name for text in translated(practice).values()),
    )


def _of_document(source: Source, identifier: str) -> Model:
    card = source.card(identifier)
    passages = source.passages(identifier)
    every = 1 + sum(len(passage.text) for passage in passages) // LONGEST
    tagged = Counter(concept for passage in passages for concept in passage.concepts())
    return Model(
        what="documents",
        id=identifier,
        title=card.title,
        text="\n".join([card.title, card.summary, *(passage.text for passage in passages[::every])]),
        language=card.language,
        concepts=(*card.themes, *card.target_groups, *(concept for concept, _ in tagged.most_common())),
        owner=identifier,
    )


# ---------------------------------------------------------------------------------------------- as a question


def like(model: Model, known: Counted, query: Query, understood: Understood) -> tuple[Query, Understood]:
    """A query and what it means, with the search for things like the model put behind what was typed."""
    words = list(weighty_words(model, known))
    concepts = [names for concept in _concepts(model) if (names := _names(concept, known))]
    wanted = [Wanted(words=(word,), weight=weight) for word, weight in words]
    wanted += [Wanted(words=names[0], weight=CONCEPT_WEIGHT) for names in concepts]
    if not wanted:  # a text of numbers and small words: only the same text is like it
        wanted.append(Wanted(words=_words(model.text)[:WORDS_MOST]))
    first = len(understood.wanted)
    expansions = [
        Expansion(words=name, instead_of=(first + len(words) + n,), weight=CONCEPT_WEIGHT)
        for n, names in enumerate(concepts)
        for name in names[1:]
    ]
    if model.what == "practices":  # it is of no document that could be left out, but nothing else bears its title
        titles = dict.fromkeys(map(_words, (model.title, *model.other_titles)))
        wanted += [Wanted(words=words, title=True, excluded=True) for words in titles if words]
    clauses = [Clause(text=" ".join(one.words), words=one.words, excluded=one.excluded) for one in wanted]
    return (
        msgspec.structs.replace(query, clauses=(*query.clauses, *clauses)),
        msgspec.structs.replace(
            understood,
            wanted=(*understood.wanted, *wanted),
            expansions=(*understood.expansions, *expansions),
        ),
    )


def weighty_words(model: Model, known: Counted, most: int = WORDS_MOST) -> Iterator[tuple[str, float]]:
    """The words that tell the model from others, heaviest first, with their weights (0–1) as words of a question.

    Words of one stem are one, as the most frequent of them; those that hardly anything else has come last.
    """
    language = language_of(model.language)
    written = Counter(word for word in (t.word for t in tokens(model.text)) if len(word) >= SHORTEST and word.isalpha())
    small = stop_words_for(written) | _place_words()
    forms: dict[str, Counter[str]] = {}
    for word, count in written.items():
        if word not in small:
            forms.setdefault(stem(word, language), Counter())[word] += count
    slowness = SATURATION * max(1.0, written.total() / PASSAGE_WORDS)
    things = sum(known.counts().values())
    weighed = []
    for counted in forms.values():
        word, times = counted.most_common(1)[0][0], counted.total()
        weight = times / (times + slowness)
        holding = known.frequency((word,))
        weighed.append((holding < LEAST_HELD, -weight * (log(things / (holding + 1)) + 1), word, weight))
    heaviest = sorted(weighed)[:most]
    scale = max((weight for *_, weight in heaviest), default=1.0)
    for *_, word, weight in heaviest:
        yield word, round(weight / scale, 4)


@cache
def _place_words() -> frozenset[str]:
    """Countries and peoples of one word: what was done elsewhere is what one looks for."""
    names = (name for country in countries().values() for name in (*country.names, *country.adjectives))
    return frozenset(words[0] for words in map(_words, names) if len(words) == 1)


def _concepts(model: Model) -> list[Concept]:
    """What the model is about, the first of it."""
    known = vocabulary()
    found = (known.concept(identifier) for identifier in dict.fromkeys(model.concepts) if identifier in known)
    return [concept for concept in found if concept.scheme in _SCHEMES][:CONCEPTS_MOST]


def _names(concept: Concept, known: Counted) -> list[tuple[str, ...]]:
    """A concept's labels in all languages that the library has, the most frequent first."""
    counted = sorted((-known.frequency(name), name) for name in dict.fromkeys(map(_words, concept.labels)) if name)
    return [name for frequency, name in counted if frequency]


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.word for token in tokens(text))
