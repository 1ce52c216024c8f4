"""From what was typed to what the engine is asked: small words, spelling, and other names of the same thing.

Pure but for what it asks the snapshot: which words the collection knows.  Everything that is added is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import msgspec

from corpus.model import Value
from index.engine import Expansion, Wanted
from index.query import Clause, Query
from index.stopwords import stop_words_for

CORRECTED_WEIGHT = 0.8
"""Score of a word that stands in for a mistyped one: a guess must not outrank what was typed beside it."""


WEAK_COVERAGE = 0.3
"""A hit that holds less than this share of the query's idf weight is weak; docs/search.md tells how it was chosen."""


class Known(Protocol):
    """What understanding asks of an open index."""

    def frequency(self, words: tuple[str, ...], title: bool = False) -> int: ...

    def near_words(self, word: str) -> tuple[str, ...]: ...


class Understood(Value, frozen=True):
    """A query in the engine's terms; ``wanted`` are in the order of the query's clauses.

    ``suggestion`` is the whole query with the corrected words.  ``unknown`` are the typed words that no document has,
    ``also`` what was searched beside what was typed, ``marked`` the words to mark in snippets.
    """

    wanted: tuple[Wanted, ...] = ()
    expansions: tuple[Expansion, ...] = ()
    suggestion: str | None = None
    unknown: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def marked(self) -> tuple[tuple[str, ...], ...]:
        asked = [w.words for w in self.wanted if not (w.idle or w.excluded)]
        return tuple(dict.fromkeys([*asked, *(e.words for e in self.expansions)]))

    def weak(self, coverage: float) -> bool:
        """Whether a hit that covers this share of the query is weak; with no words to cover, nothing is."""
        asks = any(not (w.idle or w.excluded) for w in self.wanted)
        return asks and coverage < WEAK_COVERAGE


def understand(query: Query, known: Known) -> Understood:
    """The query as the engine is asked it."""
    missing = [c for c in query.clauses if not c.excluded and not known.frequency(c.words, c.title)]
    corrections = {c.text: better for c in missing if (better := _correction(c, known))}
    idle = _idle_words(query.clauses)
    wanted = tuple(_wanted(clause, idle, corrections) for clause in query.clauses)
    return Understood(
        wanted=wanted,
        suggestion=_corrected_text(query, corrections) if corrections else None,
        unknown=tuple(dict.fromkeys(c.text for c in missing)),
        also=tuple(corrections.values()),
        notes=tuple(
            f"No document has {clause.text}; {corrections[clause.text]} was searched instead."
            for clause in missing
            if clause.text in corrections
        ),
    )


def _correction(clause: Clause, known: Known) -> str | None:
    """The known word that a word typed in vain is nearest to; phrases and compounds are taken at their word."""
    if clause.kind != "word" or clause.title:
        return None
    return next(iter(known.near_words(clause.words[0])), None)


def _idle_words(clauses: Iterable[Clause]) -> frozenset[str]:
    """The small words among the loose ones, if there is any other word to search for."""
    loose = [w for c in clauses if c.kind != "phrase" and not (c.excluded or c.title) for w in c.words]
    small = stop_words_for(loose)
    others = any(set(c.words) - small or c.required for c in clauses if not c.excluded)
    return small if others else frozenset()


def _wanted(clause: Clause, idle: frozenset[str], corrections: dict[str, str]) -> Wanted:
    better = corrections.get(clause.text)
    return Wanted(
        words=(better,) if better else clause.words,
        title=clause.title,
        required=clause.required,
        excluded=clause.excluded,
        idle=not clause.required and set(clause.words) <= idle,
        weight=CORRECTED_WEIGHT if better else 1.0,
    )


def _corrected_text(query: Query, corrections: dict[str, str]) -> str:
    clauses = tuple(
        msgspec.structs.replace(c, text=corrections[c.text]) if c.text in corrections else c for c in query.clauses
    )
    return msgspec.structs.replace(query, clauses=clauses).to_text()
