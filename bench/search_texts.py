"""A made-up collection of any size and a query log for it, the same for the same seed.

Words follow a Pitman–Yor process over 60,000 types (Pitman and Yor 1997; weights by stick-breaking, discount 0.75): the
most frequent ones are those of the project's own records, by their rank there, the others are made of their syllables.
A word is often followed by what follows it in the records; each document has words of its own, as reports do.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from corpus.concepts import vocabulary
from index.engine import Thing
from index.stopwords import stop_words_for

TYPES = 60_000
DISCOUNT, CONCENTRATION = 0.75, 20.0
PASSAGES_PER_DOCUMENT = 50
MEAN_WORDS = 130
FOLLOWING = 0.3
"""Share of words that are what follows the word before in the project's own texts."""

TOPICAL = 0.15
"""Share of words that are a document's own."""

FACETS = ("theme", "country", "year", "type")
COUNTRIES = "AL BA BG BJ CD CI CO DO EC EG ER ET FR GH GM GN GR GT HN HT IN IT JO KE LB LY MA ML MR MX".split()  # noqa: SIM905
TYPES_OF_DOCUMENT = ("evaluation-report", "synthesis", "practice-write-up", "guidance", "research", "plan")


OTHER_NAMES = 3
"""Other names of each word of an expanded query, as many as a concept of the vocabularies has beside the typed one."""


class Asked(NamedTuple):
    """One line of the query log: loose words, or one phrase, filters, and for each word what else it may be called."""

    words: tuple[str, ...]
    phrase: bool
    filters: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, ...], ...] = ()


class Texts:
    """The collection of ``passages`` passages that a seed makes."""

    def __init__(self, passages: int, seed: int = 5) -> None:
        self.passages = passages
        self._seed = seed
        own = re.findall(r"[^\W\d_]+", _own_texts().lower())
        self.words = _types(own)
        rank = {word: at for at, word in enumerate(self.words)}
        sticks = np.random.default_rng(seed).beta(1 - DISCOUNT, CONCENTRATION + DISCOUNT * np.arange(1, TYPES + 1))
        weights = np.sort(sticks * np.concatenate([[1], np.cumprod(1 - sticks)[:-1]]))[::-1]
        self._cumulated = np.cumsum(weights / weights.sum())
        self._following = np.random.default_rng(seed).integers(0, 2_000, TYPES)
        after: dict[str, Counter[str]] = defaultdict(Counter)
        for one, other in pairwise(own):
            after[one][other] += 1
        for word, others in after.items():
            self._following[rank[word]] = rank[others.most_common(1)[0][0]]
        self._themes = [concept.id for concept in vocabulary().scheme("themes")][:20]

    def _draw(self, chance: np.random.Generator, count: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.minimum(np.searchsorted(self._cumulated, chance.random(count)), TYPES - 1)

    def documents(self) -> Iterator[list[Thing]]:
        """The things of every document: the document itself and its passages."""
        for start in range(0, self.passages, PASSAGES_PER_DOCUMENT):
            yield self.document(start // PASSAGES_PER_DOCUMENT, min(PASSAGES_PER_DOCUMENT, self.passages - start))

    def document(self, number: int, passages: int = PASSAGES_PER_DOCUMENT, edition: int = 0) -> list[Thing]:
        """One document; another ``edition`` of it has other words."""
        chance = np.random.default_rng([self._seed, number, edition])
        name = f"report-{number:05d}"
        title = " ".join(self.words[w] for w in self._draw(chance, 9) if w > 30).capitalize()
        topical = chance.integers(200, TYPES // 4, 40)
        card = {
            "year": (str(2005 + int(chance.integers(0, 20))),),
            "type": (TYPES_OF_DOCUMENT[int(chance.integers(0, 6))],),
            "doc": (name,),
            "language": ("en",),
        }
        things = [
            Thing(what="documents", id=name, owner=name, ordinal=0, language="en", title=title, head="", body=title)
        ]
        lengths = np.clip(chance.normal(MEAN_WORDS, 35, passages), 30, 260).astype(int)
        drawn = self._draw(chance, int(lengths.sum()))
        own = chance.random(len(drawn)) < TOPICAL
        drawn[own] = topical[chance.integers(0, len(topical), int(own.sum()))]
        follows = np.flatnonzero(chance.random(len(drawn) - 1) < FOLLOWING) + 1
        drawn[follows] = self._following[drawn[follows - 1]]
        head = ""
        for at, words in enumerate(np.split(drawn, np.cumsum(lengths)[:-1])):
            if at % 5 == 0:
                head = " ".join(self.words[w] for w in self._draw(chance, 5) if w > 30)
            themes = tuple(dict.fromkeys(self._themes[int(20 * x * x)] for x in chance.random(chance.integers(0, 4))))
            countries = tuple(dict.fromkeys(COUNTRIES[int(30 * x * x)] for x in chance.random(chance.integers(0, 3))))
            things.append(
                Thing(
                    what="passages",
                    id=f"{name}.p{number:06x}{at:03x}{edition:03x}",
                    owner=name,
                    ordinal=at,
                    language="en",
                    title=title,
                    head=head,
                    body=_sentences([self.words[w] for w in words]),
                    date=int(card["year"][0]) * 10_000,
                    facets={**card, "theme": themes, "country": countries},
                )
            )
        return things

    def queries(self, count: int) -> list[Asked]:
        """The query log: one to six words of a passage, a tenth of them mistaken, with a filter in one of five; and
        phrases of two or three words that stand in a passage, one in six."""
        chance = np.random.default_rng([self._seed, 99])
        small = stop_words_for(self.words[:2_000])
        asked: list[Asked] = []
        while len(asked) < count:
            things = self.document(int(chance.integers(0, max(1, self.passages // PASSAGES_PER_DOCUMENT))), 2)
            words = re.findall(r"[^\W\d_]+", things[1].body.lower())
            start = int(chance.integers(0, len(words) - 12))
            near = [w for w in dict.fromkeys(words[start : start + 12]) if w not in small and len(w) > 2]
            if len(asked) % 6 == 5:
                phrase = tuple(words[start : start + int(chance.integers(2, 4))])
                if not small.issuperset(phrase):
                    asked.append(Asked(phrase, True, ()))
            elif near:
                # One word in three is any word of the collection: what people remember is not all in one passage.
                near = [w if chance.random() > 1 / 3 else self._any(chance, small) for w in near]
                filters = _filter(chance, things[1]) if chance.random() < 0.2 else ()
                asked.append(Asked(tuple(dict.fromkeys(near[: int(chance.integers(1, 7))])), False, filters))
        chance = np.random.default_rng([self._seed, 100])
        names = [tuple(tuple(self._any(chance, small) for _ in range(OTHER_NAMES)) for _ in a.words) for a in asked]
        return [one._replace(others=others) for one, others in zip(asked, names, strict=True)]

    def _any(self, chance: np.random.Generator, small: frozenset[str]) -> str:
        while True:
            word = self.words[int(self._draw(chance, 1)[0])]
            if word not in small and len(word) > 2:
                return word


def _filter(chance: np.random.Generator, thing: Thing) -> tuple[tuple[str, str], ...]:
    name = FACETS[int(chance.integers(0, len(FACETS)))]
    values = thing.facets[name]
    return ((name, values[0]),) if values else ()


def _own_texts() -> str:
    return "\n".join(
        entry.read_text("utf-8") for entry in sorted(files("corpus").joinpath("records").iterdir(), key=str)
    )


def _types(own: list[str]) -> list[str]:
    """TYPES words: the project's own by frequency, then words of their beginnings and endings."""
    words = [word for word, _ in Counter(own).most_common()]
    known = set(words)
    chance = np.random.default_rng(1)
    starts = [w[: 2 + len(w) // 3] for w in words if len(w) > 4]
    ends = [w[len(w) // 2 :] for w in words if len(w) > 5]
    while len(words) < TYPES:
        made = starts[int(chance.integers(0, len(starts)))] + ends[int(chance.integers(0, len(ends)))]
        if made not in known:
            known.add(made)
            words.append(made)
    return words[:TYPES]


def _sentences(words: list[str]) -> str:
    """Words as sentences of eighteen."""
    runs = (words[at : at + 18] for at in range(0, len(words), 18))
    return " ".join(" ".join([run[0].capitalize(), *run[1:]]) + "." for run in runs)
