"""From what was typed to what the engine is asked: small words, spelling, and other names of the same thing.

Pure but for what it asks the snapshot: which words the collection knows.  Everything that is added is told in ``also``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import msgspec

from corpus.messages import Message
from corpus.model import Value
from index.acronyms import NO_ACRONYMS, Acronyms
from index.engine import Expansion, Row, Wanted
from index.framing import framing_words
from index.kindred import Kin
from index.naming import Name, Named, folded, found_by, named_in, topics_in, written
from index.orthography import written_otherwise
from index.proper import names_asked, never_slips
from index.query import Clause, Query
from index.regions import Place, places_in
from index.stopwords import stop_words_for

CORRECTED_WEIGHT = 0.8
"""Score of a word that stands in for a mistyped one: a guess must not outrank what was typed beside it."""

PHRASE_NAME_WEIGHT = 0.8
"""Score of another name for something that was named in several words ("safe house"): few words, one meaning."""

WORD_NAME_WEIGHT = 0.4
"""Score of another name for something that was named in one word ("teachers"), which is often wider than the word."""

ACRONYM_WEIGHT = 0.8
"""Score of what a document writes out for an acronym, and of the acronym for that: one meaning, told by itself."""

COUNTRY_WEIGHT = 0.6
"""Score of a country of the region that was asked for: what is said of it is said of a part of the region."""

REGION_WEIGHT = 0.2
"""Score of a region of the country that was asked for: what is said of the region may not hold for the country."""

COUNTRIES_MAX = 24
"""Names of a region's countries that are searched, the most frequent ones: the Middle East has twenty countries."""

SURE = 0.75
"""Weight from which a kindred word is searched for one that has other names: a name says best what is meant.

For the words of a name of several none is: what stands for a part ("accompanied") is not what the whole means.
"""

HYPHEN_WEIGHT = 0.9
"""Score of a word that is typed with a hyphen and written without, or the other way round."""

NAMES_MAX = 8
"""Other names that are searched for one that was typed, the most frequent ones; more add cost and no hits."""

WEAK_COVERAGE = 0.15
"""A hit that holds less than this share of the query's idf weight is weak where nobody judges what it means."""

NEARNESS = 2.0
"""What nearness in meaning weighs beside the share of the query that a hit speaks of, in whatever words."""

ANSWERS = 0.4
ANSWERS_WORD = 1.2
"""A hit is weak where both together stay under the first and the second divided by the words that count: of two words
each is what is asked for, of eight some are how it is said."""

ANSWERS_ONE = 0.8
"""The same for a single word, which another one may stand for alone."""

NAMED_HEARD = 0.6
"""Where a name is asked for, a hit must hold a name and speak of this share of the query."""


class Known(Protocol):
    """What understanding asks of an open index."""

    def frequency(self, words: tuple[str, ...], title: bool = False, exact: bool = False) -> int: ...

    def near_words(self, word: str) -> tuple[str, ...]: ...


class Understood(Value, frozen=True):
    """A query in the engine's terms; ``wanted`` are in the order of the query's clauses.

    ``suggestion`` is the whole query with the corrected words.  ``unknown`` are the typed words that no document has
    and that nothing was put in for,
    ``also`` what was searched beside what was typed, ``marked`` the words to mark in snippets.
    """

    wanted: tuple[Wanted, ...] = ()
    expansions: tuple[Expansion, ...] = ()
    suggestion: str | None = None
    unknown: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    kindred: tuple[Kin, ...] = ()
    names: frozenset[int] = frozenset()
    """Numbers of the wanted things that are names: what holds none of them is no answer."""
    placed: frozenset[int] = frozenset()
    """Numbers of the wanted things that name a region or a country; another place means something else."""

    @property
    def marked(self) -> tuple[tuple[str, ...], ...]:
        asked = [w.words for w in self.wanted if not (w.idle or w.excluded)]
        return tuple(dict.fromkeys([*asked, *(e.words for e in self.expansions), *((k.word,) for k in self.kindred)]))

    @property
    def marked_exactly(self) -> frozenset[tuple[str, ...]]:
        """Those of the marked words that are marked in this very form only."""
        return frozenset(w.words for w in self.wanted if w.exact)

    def with_kindred(self, found: tuple[Kin, ...]) -> Understood:
        """The same with words that mean much the same as typed ones, and told as searched."""
        names = [e.words for e in self.expansions]
        named = {number: len(e.instead_of) for e in self.expansions for number in e.instead_of}
        found = tuple(
            kin
            for kin in found
            if kin.instead_of not in self.placed
            and (kin.instead_of not in named or (named[kin.instead_of] == 1 and kin.weight >= SURE))
            and not any(found_by((kin.word,), name) for name in names)
        )
        also = tuple(dict.fromkeys([*self.also, *(kin.written for kin in found)]))
        return msgspec.structs.replace(self, kindred=found, also=also)

    @property
    def names_meant(self) -> tuple[tuple[str, ...], ...]:
        """The other forms of the names that are asked for."""
        named = (e for e in self.expansions if not self.names.isdisjoint(e.instead_of))
        return tuple(e.words for e in named if e.weight > REGION_WEIGHT)

    def weak(self, row: Row, named: bool = True) -> bool:
        """Whether a found thing is weak; ``named`` tells whether it holds a name that is asked for.

        With no words to cover, nothing is weak; what speaks of no topic that is asked for is.
        """
        asked = sum(not (w.idle or w.excluded) for w in self.wanted)
        if not asked:
            return False
        heard = max(row.heard, row.coverage)
        if not row.topical:
            return True
        if self.names and not (named and heard >= NAMED_HEARD):
            return True
        if not row.closeness:
            return row.coverage < WEAK_COVERAGE
        return heard + NEARNESS * row.closeness < (ANSWERS_ONE if asked == 1 else ANSWERS + ANSWERS_WORD / asked)

    def partly(self, best: Row) -> bool:
        """Whether the best thing found speaks at least of the topic that is asked for, and no name is asked for."""
        return any(w.topic for w in self.wanted) and best.topical and not self.names

    def told(self, rows: Sequence[Row]) -> Understood:
        """The same with those kindred words only that help one of these things; all of them where there is none."""
        if not rows:
            return self
        helped = {number for row in rows for number in row.helped}
        idle = {kin.written for number, kin in enumerate(self.kindred) if number not in helped}
        return msgspec.structs.replace(
            self,
            kindred=tuple(kin for kin in self.kindred if kin.written not in idle),
            also=tuple(word for word in self.also if word not in idle),
        )


def understand(
    query: Query,
    known: Known,
    acronyms: Acronyms = NO_ACRONYMS,
    *,
    exact: bool = False,
    without: Sequence[str] = (),
) -> Understood:
    """The query as the engine is asked it; ``acronyms`` are those that the home's documents explain.

    With ``exact`` nothing is put in or added, and every word is meant in this very form; ``without`` names, as ``also``
    does, what is not.
    """
    missing = [
        c for c in query.clauses if not c.excluded and not known.frequency(c.words, c.title, _is_exact(c, exact))
    ]
    placed = _placed(query.clauses)
    names_of_places = {query.clauses[n].text for n in placed}
    proper = {query.clauses[n].text for n in never_slips(query.clauses)}
    slips = (c for c in missing if c.text not in names_of_places | proper)
    corrections = {c.text: better for c in slips if (better := _correction(c, known))}
    if exact:
        corrections = {}
    left_out = {folded(name) for name in without}
    corrections = {typed: better for typed, better in corrections.items() if (better,) not in left_out}
    idle = _idle(query.clauses)
    wanted = tuple(_wanted(clause, n in idle, corrections, exact) for n, clause in enumerate(query.clauses))
    wanted = _with_topics(query.clauses, wanted)
    added = () if exact else _expansions(query.clauses, wanted, known, acronyms)
    expansions = tuple(e for e in added if e.words not in left_out)
    names = dict.fromkeys(acronyms.written(e.words) or written(e.words) for e in expansions)
    return Understood(
        wanted=wanted,
        names=names_asked(query.clauses, wanted),
        placed=placed,
        expansions=expansions,
        suggestion=_corrected_text(query, corrections) if corrections else None,
        unknown=tuple(dict.fromkeys(c.text for c in missing if c.text not in corrections)),
        also=tuple(dict.fromkeys([*corrections.values(), *names])),
        notes=tuple(
            Message("No document has %(typed)s; %(better)s was searched.", typed=typed, better=better)
            for typed, better in corrections.items()
        ),
    )


def _placed(clauses: Sequence[Clause]) -> frozenset[int]:
    """The numbers of the loose words that name a region or a country; they are no slips where no document has them."""
    loose = _loose(clauses)
    runs = places_in([clauses[i].words[0] for i in loose])
    return frozenset(loose[at] for run in runs for at in range(run.start, run.end))


def _loose(clauses: Sequence[Clause]) -> list[int]:
    return [i for i, c in enumerate(clauses) if c.kind == "word" and not (c.required or c.excluded)]


def _correction(clause: Clause, known: Known) -> str | None:
    """The known word that a word typed in vain is nearest to; phrases and compounds are taken at their word."""
    if clause.kind != "word" or clause.title:
        return None
    return next(iter(known.near_words(clause.words[0])), None)


def _idle(clauses: Sequence[Clause]) -> frozenset[int]:
    """The places of the loose words that ask for nothing: small words and the question's frame.

    Nothing is idle where no other word would be left to search for.
    """
    asked = {n for n, c in enumerate(clauses) if not c.excluded}
    loose = [n for n in sorted(asked) if not clauses[n].required]
    stop_words = stop_words_for(w for n in loose for w in clauses[n].words)
    small = {n for n in loose if set(clauses[n].words) <= stop_words}
    framing = {loose[n] for n in framing_words(["_".join(clauses[n].words) for n in loose])}
    for idle in (small | framing, small):
        if asked - idle:
            return frozenset(idle)
    return frozenset()


def _with_topics(clauses: Sequence[Clause], wanted: tuple[Wanted, ...]) -> tuple[Wanted, ...]:
    """What is wanted, with the loose words marked that name a topic, where they are half or more of what is asked, and
    not all of it: of a long question the topic is one part among others."""
    loose = _loose(clauses)
    asked = {n for n, want in enumerate(wanted) if not (want.idle or want.excluded)}
    topics = {loose[at] for at in topics_in([wanted[n].words[0] for n in loose])} & asked
    if topics == asked or 2 * len(topics) < len(asked):
        return wanted
    return tuple(msgspec.structs.replace(want, topic=n in topics) for n, want in enumerate(wanted))


def _is_exact(clause: Clause, exact: bool) -> bool:
    """Whether a clause is meant in this very form; titles know words in all their forms only."""
    return clause.exact or (exact and not clause.title)


def _wanted(clause: Clause, idle: bool, corrections: Mapping[str, str], exact: bool) -> Wanted:
    better = corrections.get(clause.text) if not (clause.excluded or clause.required) else None
    return Wanted(
        words=(better,) if better else clause.words,
        title=clause.title,
        required=clause.required,
        excluded=clause.excluded,
        idle=idle,
        weight=CORRECTED_WEIGHT if better else 1.0,
        exact=_is_exact(clause, exact),
    )


def _expansions(
    clauses: Sequence[Clause], wanted: Sequence[Wanted], known: Known, acronyms: Acronyms
) -> Iterable[Expansion]:
    """Other names of what the loose words name, where the collection has them."""
    loose = _loose(clauses)
    words = [wanted[i].words[0] for i in loose]
    runs = _runs(named_in(words, [clauses[i].text for i in loose], acronyms), places_in(words))
    of_several = set[int]()
    for named, place in runs:
        start, end = (named or place)[:2]  # type: ignore[index]  # one of them is there
        instead_of = tuple(loose[start:end])
        of_several |= set(instead_of) if len(instead_of) > 1 else set()
        if all(wanted[i].idle for i in instead_of):
            continue
        weight = PHRASE_NAME_WEIGHT if len(instead_of) > 1 else WORD_NAME_WEIGHT
        told: list[tuple[Iterable[Name], float, int]] = []
        if place:
            told += (place.others, PHRASE_NAME_WEIGHT, NAMES_MAX), (place.within, COUNTRY_WEIGHT, COUNTRIES_MAX)
            told.append((place.around, REGION_WEIGHT, NAMES_MAX))
        if named:
            told += (named.spelled, ACRONYM_WEIGHT, NAMES_MAX), (named.others, weight, NAMES_MAX)
        seen: set[Name] = set()
        for names, worth, most in told:
            for name in _most_frequent((name for name in names if name not in seen), known, most):
                seen.add(name)
                yield Expansion(words=name, instead_of=instead_of, weight=worth)
    for i, clause in enumerate(clauses):
        if clause.required or clause.excluded or wanted[i].idle or i in of_several:
            continue
        for name in _most_frequent(written_otherwise(wanted[i].words), known, 1):
            yield Expansion(words=name, instead_of=(i,), weight=HYPHEN_WEIGHT)


def _runs(named: Sequence[Named], places: Sequence[Place]) -> list[tuple[Named | None, Place | None]]:
    """What words name and which places they name, run by run; of two runs that overlap only the longer."""
    spans: dict[tuple[int, int], tuple[Named | None, Place | None]] = {
        (one.start, one.end): (one, None) for one in named
    }
    for place in places:
        same = spans.get((place.start, place.end), (None, None))
        spans[place.start, place.end] = same[0], place
    taken: set[int] = set()
    kept = []
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            kept.append((start, end))
    return [spans[span] for span in sorted(kept)]


def _most_frequent(names: Iterable[Name], known: Known, most: int) -> list[Name]:
    """The names that the collection has, the most frequent first; none that finds only what another one finds."""
    counted = sorted((-known.frequency(name), name) for name in names)
    kept: list[Name] = []
    for frequency, name in counted:
        if frequency and not any(found_by(name, other) for other in kept):
            kept.append(name)
    return kept[:most]


def _corrected_text(query: Query, corrections: Mapping[str, str]) -> str:
    clauses = tuple(
        msgspec.structs.replace(c, text=corrections[c.text]) if c.text in corrections else c for c in query.clauses
    )
    return msgspec.structs.replace(query, clauses=clauses).to_text()
