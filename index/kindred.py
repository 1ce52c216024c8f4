"""Words of the collection that mean much the same as a typed one: "results" for "outcomes", "niños" for children.

They come from the meanings of single words (`index.dense`), which are near one another across languages too.  They
score and are told, and never decide what matches: near in meaning is not the same (arrival, departure).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import sqrt

from corpus.meaning import Encoder
from index.analysis import stem
from index.dense import Dense
from index.dense import Query as Meaning
from index.engine import Kindred, Wanted
from index.naming import NAMING_LANGUAGES
from index.query import Clause

KINDRED_COSINE = 0.6
"""Nearness of two words from which they are kindred: below it stand words of one field (teachers and meals)."""

KINDRED_WEIGHT = 0.7
"""Weight of a word that means the same; it falls with the root of the nearness to 0 at `KINDRED_COSINE`."""

KINDRED_MAX = 8
"""Kindred words of one typed word; with six or four fewer of the paraphrases are found."""

LOOKED_AT = 24
"""Nearest words that are looked at: many of them are other forms of the typed one."""


def kindred(clauses: Sequence[Clause], wanted: Sequence[Wanted], dense: Dense, by: Encoder) -> tuple[Kindred, ...]:
    """The kindred words of every loose word that counts, nearest first."""
    loose = [
        (number, clause, want)
        for number, (clause, want) in enumerate(zip(clauses, wanted, strict=True))
        if clause.kind == "word" and not (want.required or want.excluded or want.idle or want.title)
    ]
    if not loose or not dense.words.size:
        return ()
    meanings = by.encode([_said(clause, want) for _, clause, want in loose])
    return tuple(
        Kindred(word=word, instead_of=number, weight=_weight(cosine))
        for (number, _, want), meaning in zip(loose, meanings, strict=True)
        for word, cosine in _near(want.words[0], meaning, dense)
    )


def _said(clause: Clause, want: Wanted) -> str:
    """A word as the model knows it best: with its accents, in small letters unless it is an acronym."""
    if want.weight < 1:  # a corrected word, which stands folded in the collection's list
        return want.words[0]
    return clause.text if clause.text.isupper() else clause.text.lower()


def _near(word: str, meaning: Meaning, dense: Dense) -> Iterator[tuple[str, float]]:
    rows, cosines = dense.words.nearest(meaning, LOOKED_AT)
    stems = _stems(word)
    found = 0
    for row, cosine in zip(rows.tolist(), cosines.tolist(), strict=True):
        other = dense.outline.words[row]
        if cosine < KINDRED_COSINE or found == KINDRED_MAX:
            return
        if stems.isdisjoint(_stems(other)):
            found += 1
            yield other, cosine


def _weight(cosine: float) -> float:
    return round(KINDRED_WEIGHT * sqrt(max(0.0, cosine - KINDRED_COSINE) / (1 - KINDRED_COSINE)), 2)


def _stems(word: str) -> set[str]:
    return {stem(word, language) for language in NAMING_LANGUAGES}
