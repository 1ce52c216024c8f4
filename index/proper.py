"""The names that a query asks for: places, organisations, programmes, what is written in capitals.

Who asks for a name wants what is said of that name: what does not hold it may be near, and is no answer.  Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from corpus.places import countries
from index.analysis import tokens
from index.engine import Wanted
from index.query import Clause

ACRONYM_CAPITALS = 2


def names_asked(clauses: Sequence[Clause], wanted: Sequence[Wanted]) -> frozenset[int]:
    """The numbers of the loose words that are names: countries, acronyms, and words with a capital inside a sentence.

    Where most words have capitals (a title, a query typed in capitals) capitals tell nothing.
    """
    loose = [n for n, (clause, want) in enumerate(zip(clauses, wanted, strict=True)) if _loose(clause, want)]
    capital = {n for n in loose if clauses[n].text[:1].isupper()}
    telling = 2 * len(capital) <= len(clauses)
    first = loose[0] if loose else -1
    return frozenset(
        n
        for n in loose
        if wanted[n].words[0] in places()
        or ((telling or len(loose) == 1) and _is_acronym(clauses[n].text))
        or (telling and n in capital and n != first)
    )


def never_slips(clauses: Sequence[Clause]) -> frozenset[int]:
    """The numbers of the words that are no slips though no document has them: cities, and words with a capital inside.

    Capitals of most words (a title, a query typed in capitals) tell nothing here either.
    """
    capital = {n for n, clause in enumerate(clauses) if clause.text[:1].isupper()}
    inside = capital - {0} if 2 * len(capital) <= len(clauses) else set[int]()
    return frozenset(inside | {n for n, clause in enumerate(clauses) if clause.words and clause.words[0] in cities()})


def _loose(clause: Clause, want: Wanted) -> bool:
    return clause.kind == "word" and not (want.idle or want.excluded or want.required or want.title)


def _is_acronym(text: str) -> bool:
    return sum(char.isupper() for char in text) >= ACRONYM_CAPITALS


@cache
def places() -> frozenset[str]:
    """The names of countries that are one word."""
    named = (tokens(name) for country in countries().values() for name in (*country.names, *country.adjectives))
    return frozenset(found[0].word for found in named if len(found) == 1)


@cache
def cities() -> frozenset[str]:
    """The capitals and other well-known cities that are one word, and no small one."""
    named = (tokens(city) for country in countries().values() for city in (country.capital, *country.cities))
    return frozenset(found[0].word for found in named if len(found) == 1)
