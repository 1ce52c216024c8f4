"""Completion: what the words typed so far may become, from what the library holds.

    typed     =  head tail        the tail is the longest run of last words that begins a name, at any of its words
    completed =  head name

Names are those of concepts in all languages, acronyms that the documents explain, places, organisations, titles and
the terms of the glossary.
They are kept folded in one sorted list, each from every word of it on, so that a prefix is a slice.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import zip_longest
from time import sleep
from typing import Literal, NamedTuple

import msgspec

from corpus.bodies import called, other_names
from corpus.concepts import Concept, vocabulary
from corpus.glossary import glossary
from corpus.messages import N_
from corpus.model import Value
from corpus.places import Country, countries, groupings
from index.acronyms import Acronyms
from index.analysis import Token, tokens
from index.answer import FacetValue
from index.engine import Expansion, Question, Wanted
from index.naming import NAMES_OF_ONE_THING, SCHEMES
from index.orthography import spellings
from index.stopwords import stop_words_for
from index.terms import names_in_other_languages

Sort = Literal["concept", "acronym", "place", "organisation", "term", "title"]
SORTS: dict[Sort, str] = {
    "concept": N_("Concepts"),
    "acronym": N_("Acronyms"),
    "place": N_("Places"),
    "organisation": N_("Organisations"),
    "term": N_("What it means"),
    "title": N_("Titles"),
}
"""The sorts of suggestions with their headings, in the order in which they are shown."""

PAGES: tuple[Sort, ...] = ("term", "title")
"""The sorts that lead to a page of their own instead of a search."""

SHOWN = 8
"""Suggestions at a time: as many as are read at a glance, and as fit above a telephone's keyboard."""

SHORTEST = 2
"""Letters from which on there are suggestions: one letter begins too many names to mean any."""

SHORTEST_AFTER_HEAD = 3
"""Letters from which on the last words alone are completed; "in", "of" and their like begin too much."""

COUNTED_MOST = 24
"""Names of one sort whose passages are counted for one prefix, the shortest ones: each costs a look-up once."""

PAUSE_SECONDS = 0.001
"""Between two counts made beforehand: whoever asks meanwhile goes first."""

FEW = 3
"""Suggestions by English and chief names from which on names in other languages only crowd the list."""

LONGEST = 200
"""Characters of typed text from which on nothing is suggested: what is pasted is not typed."""

ARABIC_ARTICLE = "\u0627\u0644"
"""The article that Arabic writes as part of the word."""

_FIRST, _LAST = " ", "\U0010ffff"


class Suggestion(Value, frozen=True):
    """One way to go on.

    ``label`` is the name that begins as was typed, ``means`` what it is a name of, blank where that is itself.
    ``text`` is what the search box then holds, ``filters`` what narrows it, ``path`` the page of a title.
    ``count`` tells the passages that have its words in a row or another of its names, are about the place, or are of
    the organisation or document; 1 for what has no passages.
    """

    sort: Sort
    label: str
    means: str = ""
    text: str = ""
    filters: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    path: str = ""
    count: int = 0


class Target(Value, frozen=True):
    """What can be suggested: its names, the chief one first, and how many passages it has.

    ``means`` says what it is where none of the names does; ``aside`` are the places of names in other languages and of
    names that are seldom used: they are shown where little else begins so.
    A ``question`` stands in for a ``count`` that is not known yet.  A path leads to its page; a facet with a value
    narrows a search to it; without either its name is searched for.
    """

    sort: Sort
    names: tuple[str, ...]
    means: str = ""
    aside: frozenset[int] = frozenset()
    count: int = 0
    question: Question | None = None
    path: str = ""
    facet: str = ""


class _Name(NamedTuple):
    """A name that begins as was typed: its target's number, its place among the target's names, whether it begins so
    at a word inside, whether it is the very name that was typed, and whether it stands aside."""

    target: int
    at: int
    inside: bool
    exact: bool
    aside: bool

    @property
    def order(self) -> tuple[bool, bool, bool, int]:
        """By which of a target's names is the best to show: the lowest."""
        return not self.exact, self.aside, self.inside, self.at


class Completion:
    """Everything that can be suggested in one state of the library; safe to share between threads."""

    def __init__(self, targets: Iterable[Target], count: Callable[[Question], int]) -> None:
        """``count`` tells how many things a question finds; it is asked when a target is first found, then no more."""
        self._targets = [target for target in targets if target.count or target.question]
        self._count = count
        self._counts: dict[int, int] = {n: t.count for n, t in enumerate(self._targets) if t.question is None}
        keys = sorted(
            (key, n, at, start)
            for n, target in enumerate(self._targets)
            for at, start, key in _keys(target.names)
            if start == 0 or target.sort != "term"  # who types "report" does not ask what a word inside a term means
        )
        self._keys = [key for key, *_ in keys]
        self._of_key = [(n, at, start > 0) for _, n, at, start in keys]
        self._words_max = max((key.count(" ") + 1 for key in self._keys), default=0)

    def warm_up(self, wanted: Callable[[], bool]) -> None:
        """Count what is not counted yet, with pauses for those who wait for an answer, as long as it is ``wanted``."""
        for number in range(len(self._targets)):
            if not wanted():
                return
            self._counted(number)
            sleep(PAUSE_SECONDS)

    def suggest(self, typed: str, most: int = SHOWN) -> tuple[Suggestion, ...]:
        """At most ``most`` ways to go on, those of one sort together, in each sort those that find most first."""
        typed = typed.lstrip()
        tail = _tail(typed)
        for first in range(max(0, len(tail) - self._words_max), len(tail)):
            head, prefix = typed[: tail[first].start], _prefix(typed, tail[first:])
            if first and _is_small(tail[first].word):
                continue
            if len(prefix.strip()) < (SHORTEST_AFTER_HEAD if first else SHORTEST):
                break
            found: dict[tuple[str, bool], Suggestion] = {}
            names = self._beginning_with(prefix, foreign=not typed.isascii())
            for some in ([n for n in names if not n.aside], [n for n in names if n.aside]):
                if len(found) >= FEW:
                    break
                for one in self._of_all_sorts(some, head):
                    found.setdefault((one.path or one.label.casefold(), bool(one.filters)), one)
                    if len(found) == most:
                        break
            if found:
                order = list(SORTS)
                return tuple(sorted(found.values(), key=lambda one: order.index(one.sort)))
        return ()

    def _of_all_sorts(self, names: Iterable[_Name], head: str) -> Iterator[Suggestion]:
        """The best of each sort in turn, so that no sort crowds out the others; pages only for all that was typed."""
        by_sort: dict[Sort, list[_Name]] = {}
        for name in names:
            by_sort.setdefault(self._targets[name.target].sort, []).append(name)
        for sort in PAGES if head else ():
            by_sort.pop(sort, None)
        ranked = [some for names in by_sort.values() if (some := self._best(names))]
        for turn in zip_longest(*sorted(ranked, key=lambda names: self._rank(names[0]))):
            yield from (self._suggestion(name, head) for name in turn if name is not None)

    def _beginning_with(self, prefix: str, foreign: bool) -> list[_Name]:
        """The targets that have a name with the prefix, each by the name that shows it best.

        Who types letters that are not English (``foreign``) means names of any language: none stands aside.
        """
        first = bisect_left(self._keys, prefix)
        last = bisect_left(self._keys, prefix + _LAST, first)
        best: dict[int, _Name] = {}
        for place in range(first, last):
            target, at, inside = self._of_key[place]
            aside = not foreign and at in self._targets[target].aside
            name = _Name(target, at, inside, not inside and self._keys[place] == prefix, aside)
            if target not in best or name.order < best[target].order:
                best[target] = name
        return list(best.values())

    def _best(self, names: Sequence[_Name]) -> list[_Name]:
        """The first names of one sort.  Of those whose passages must be counted only the plainest are."""
        known = [name for name in names if self._targets[name.target].question is None]
        others = nsmallest(COUNTED_MOST, [n for n in names if self._targets[n.target].question], self._plainness)
        return nsmallest(SHOWN, [name for name in (*known, *others) if self._counted(name.target)], self._rank)

    def _plainness(self, name: _Name) -> tuple[bool, bool, int, str]:
        written = self._targets[name.target].names[name.at]
        return not name.exact, name.inside, len(written), written

    def _rank(self, name: _Name) -> tuple[bool, bool, int, str]:
        """What was typed in full stands first, then what begins so, in both what finds most."""
        return not name.exact, name.inside, -self._counted(name.target), self._targets[name.target].names[name.at]

    def _counted(self, number: int) -> int:
        question = self._targets[number].question
        if number not in self._counts and question is not None:
            self._counts[number] = self._count(question)
        return self._counts[number]

    def _suggestion(self, found: _Name, head: str) -> Suggestion:
        target = self._targets[found.target]
        chief, label = target.names[0], target.names[found.at]
        spelled = target.names[1] if target.sort == "acronym" and len(target.names) > 1 else ""
        means = chief if found.at else target.means or spelled
        return Suggestion(
            sort=target.sort,
            label=label,
            means=means,
            text=head.rstrip() if target.facet else "" if target.path else head + label,
            filters={target.facet: (chief,)} if target.facet else {},
            path=target.path,
            count=self._counted(found.target),
        )


def _keys(names: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """For each name its number, and from each of its words on that word's place and the folded words that follow.

    A word that is spelled in two ways begins a key in both, an Arabic one with and without its article.
    """
    for at, name in enumerate(names):
        words = [token.word for token in tokens(name)]
        small = stop_words_for(words)
        for start, word in enumerate(words):
            if start == 0 or word not in small:
                yield at, start, " ".join(words[start:])
                bare = word.removeprefix(ARABIC_ARTICLE)
                for other in (*spellings(word), *((bare,) if bare and bare != word else ())):
                    yield at, start, " ".join([other, *words[start + 1 :]])


def _tail(typed: str) -> list[Token]:
    """The last words of what was typed, as far as they are plain words: no filter, phrase or exclusion."""
    if len(typed) > LONGEST or typed.count('"') % 2:
        return []
    words = typed.split()
    if not words or ":" in words[-1] or words[-1].startswith("-"):
        return []
    return [token for token in tokens(typed) if token.start >= _plain_from(typed)]


def _plain_from(typed: str) -> int:
    """Where the run of plain words at the end of a typed text begins."""
    from_ = typed.rfind('"') + 1
    for at, word in _words_at(typed):
        if ":" in word or word.startswith("-"):
            from_ = max(from_, at + len(word))
    return from_


def _words_at(typed: str) -> Iterator[tuple[int, str]]:
    at = 0
    for word in typed.split():
        at = typed.index(word, at)
        yield at, word
        at += len(word)


def _prefix(typed: str, tail: Sequence[Token]) -> str:
    """The words as a key begins with them; a space after the last says that it is whole."""
    return " ".join(token.word for token in tail) + (_FIRST if typed[tail[-1].end :][:1].isspace() else "")


def _is_small(word: str) -> bool:
    """Whether a word means nothing by itself ("of", "for")."""
    return word in stop_words_for([word])


def _folded(name: str) -> str:
    return " ".join(token.word for token in tokens(name))


# ---------------------------------------------------------------------------------------------- what can be suggested


def targets(
    facets: Mapping[str, Sequence[FacetValue]], acronyms: Acronyms, titles: Iterable[tuple[str, str, str]]
) -> Iterator[Target]:
    """Everything that a library can suggest.

    ``facets`` are those of all passages; ``titles`` are title, path and the id of documents (blank for practices).
    """
    counts = {name: {v.value: v.count for v in values} for name, values in facets.items()}
    for scheme in SCHEMES:
        for concept in vocabulary().scheme(scheme):
            yield from _of_concept(concept)
    bodies = {body.value for body in facets.get("org", ())}
    for short, long in acronyms.told():
        # An organisation is suggested by its name as such.
        shown = (short,) if called(long) in bodies else (short, long)
        yield Target(sort="acronym", names=shown, means=long, question=_words(short, long))
    for code, count in counts.get("country", {}).items():
        if country := countries().get(code):
            names, own = _names_of_place(country), {country.name, *country.adjectives}
            yield Target(sort="place", names=names, aside=_but(own, names), count=count)
    for grouping in groupings().values():
        names = _distinct((grouping.label, *grouping.labels, *grouping.names))
        own = {grouping.label, *(name for name in grouping.synonyms if name.isascii())}
        question = Question(filters={"country": grouping.members}, facets=False)
        yield Target(sort="place", names=names, aside=_but(own, names), question=question)
    for body in facets.get("org", ()):
        names = _distinct((body.value, body.label, *other_names(body.value)))
        aside = _but({body.value, body.label, *other_names(body.value)[:1]}, names)
        yield Target(sort="organisation", names=names, aside=aside, count=body.count, facet="org")
    for term in glossary().terms:
        names = _distinct((*term.names, *names_in_other_languages(term)))
        yield Target(sort="term", names=names, aside=_but(set(term.names), names), count=1, path=f"/glossary/{term.id}")
    for title, path, doc in titles:
        count = max(counts.get("doc", {}).get(doc, 0), 1)
        yield Target(sort="title", names=(title,), means="" if doc else "practice", count=count, path=path)


def _of_concept(concept: Concept) -> Iterator[Target]:
    """A concept by its names; where its synonyms name parts of it, each of them is suggested for itself."""
    labels, synonyms = _distinct(concept.labels), _distinct(n for n in concept.names if not set(n) & {"~", "="})
    own = {concept.label, *concept.synonyms} - {*concept.synonyms_fr, *concept.synonyms_es}
    if concept.actor or len(concept.synonyms) > NAMES_OF_ONE_THING:
        for synonym in synonyms:
            aside = _but(own, (synonym,))
            yield Target(sort="concept", names=(synonym,), means=concept.label, aside=aside, question=_words(synonym))
        synonyms = ()
    names = _distinct((*labels, *synonyms))
    yield Target(sort="concept", names=names, aside=_but(own, names), question=_words(*names))


def _but(own: Collection[str], names: Sequence[str]) -> frozenset[int]:
    """The places of the names that are not among some."""
    return frozenset(at for at, name in enumerate(names) if name not in own)


def _words(*names: str) -> Question:
    """The question for what has the words of one of the names in a row."""
    first, *others = (_name(name) for name in names)
    expansions = tuple(Expansion(words=words, instead_of=(0,), weight=1.0) for words in others)
    return Question(wanted=(Wanted(words=first),), expansions=expansions, facets=False)


def _name(name: str) -> tuple[str, ...]:
    return tuple(token.word for token in tokens(name))


def _names_of_place(country: Country) -> tuple[str, ...]:
    return _distinct((country.name, *country.names, *country.adjectives))


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    """The names in their order, without those that repeat another one but for accents and capitals."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(_folded(name), name)
    return tuple(name for folded, name in found.items() if folded)
