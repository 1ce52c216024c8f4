"""Words of the collection that mean much the same as a typed one: "results" for "outcomes", "niños" for children.

They come from the meanings of single words (`index.dense`), which are near one another across languages too.  They
score and are told, and never decide what matches: near in meaning is not the same (arrival, departure).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from math import sqrt
from typing import Protocol

from corpus.meaning import Encoder
from index.analysis import stem
from index.dense import Dense
from index.dense import Query as Meaning
from index.engine import Kindred, Wanted
from index.naming import NAMING_LANGUAGES
from index.query import Clause
from index.stopwords import STOP_WORDS
from index.wording import is_name

KINDRED_COSINE = 0.6
"""Nearness of two words from which they are kindred: below it stand words of one field (teachers and meals)."""

SAME_COSINE = 0.95
"""Nearness from which a word is taken for the same one: translations and forms stand there."""

KINDRED_MAX = 5
"""Kindred words of one typed word, no two of one stem."""

FLOOR = 3
FLOOR_PASSAGES = 100
"""Things that hold a word at least, one for every so many passages: a rarer one is a slip, a name, or leads nowhere."""

LARGE = 20_000
"""Passages from which nobody is asked: of so many the list holds frequent words only (`following.WORDS_MAX`)."""

LETTERS = 3
"""Letters of a kindred word at least; shorter ones are marks and units."""

LOOKED_AT = 40
"""Nearest words that are looked at: many of them are other forms of the typed one, names, or rare."""


SMALL = frozenset().union(*STOP_WORDS.values())
"""Small words of every language."""

LIGHT = frozenset({"come", "deal", "happen", "keep", "put", "seem", "set", "take", "turn"})
"""Everyday verbs: they stand in turns of speech ("a great deal", "go on") where they mean nothing of their own."""


class Kin(Kindred, frozen=True):
    """A kindred word, and how the documents write it."""

    written: str = ""


class Known(Protocol):
    """What is asked of an open index: how many things hold some words in a row."""

    def frequency(self, words: tuple[str, ...], title: bool = False, exact: bool = False) -> int: ...


def kindred(
    clauses: Sequence[Clause],
    wanted: Sequence[Wanted],
    dense: Dense,
    by: Encoder,
    known: Known,
    most: int = KINDRED_MAX,
) -> tuple[Kin, ...]:
    """The kindred words of every loose word that counts, nearest first, at most so many for each."""
    loose = [
        (number, clause, want)
        for number, (clause, want) in enumerate(zip(clauses, wanted, strict=True))
        if clause.kind == "word" and not (want.required or want.excluded or want.idle or want.title)
    ]
    if not loose or not dense.words.size:
        return ()
    passages = len(dense.views["passages"].twins)
    floor = min(FLOOR, 1 + passages // FLOOR_PASSAGES) if passages < LARGE else 0
    meanings = by.encode([_said(clause, want) for _, clause, want in loose])
    there = {key for _, _, want in loose for key in _stems(want.words[0])}
    return tuple(
        Kin(word=word, instead_of=number, weight=_weight(cosine), written=written)
        for (number, _, _), meaning in zip(loose, meanings, strict=True)
        for word, written, cosine in _near(meaning, dense, known, floor, set(there), most)
    )


def _said(clause: Clause, want: Wanted) -> str:
    """A word as the model knows it best: with its accents, in small letters unless it is an acronym."""
    if want.weight < 1:  # a corrected word, which stands folded in the collection's list
        return want.words[0]
    return clause.text if clause.text.isupper() else clause.text.lower()


def _near(
    meaning: Meaning, dense: Dense, known: Known, floor: int, there: set[str], most: int
) -> Iterator[tuple[str, str, float]]:
    """The nearest words with what they are written like and their nearness, none of a stem that is there."""
    rows, cosines = dense.words.nearest(meaning, LOOKED_AT)
    found = 0
    for row, cosine in zip(rows.tolist(), cosines.tolist(), strict=True):
        word, written = dense.outline.words[row], dense.outline.written[row]
        if cosine < KINDRED_COSINE or found == most:
            return
        stems = _stems(word)
        if (
            _says_something(word, written)
            and stem(word, "en") not in _empty()
            and there.isdisjoint(stems)
            and (not floor or known.frequency((word,)) >= floor)
        ):
            there |= stems
            found += 1
            yield word, written, cosine


def _says_something(word: str, written: str) -> bool:
    """Whether a word may stand for another one: no name, no number, no small word."""
    return len(word) >= LETTERS and not is_name(written) and word.isalpha() and word not in SMALL


@cache
def _empty() -> frozenset[str]:
    """English stems of words that mean nothing of their own: a kindred word of such a stem is found wherever they stand
    (beings, be)."""
    return frozenset(stem(word, "en") for word in STOP_WORDS["en"] | LIGHT)


def _weight(cosine: float) -> float:
    """1 for the same word; it falls with the root of the nearness to 0 at `KINDRED_COSINE`."""
    return round(min(1.0, sqrt(max(0.0, cosine - KINDRED_COSINE) / (SAME_COSINE - KINDRED_COSINE))), 2)


def _stems(word: str) -> set[str]:
    return {stem(word, language) for language in NAMING_LANGUAGES}
