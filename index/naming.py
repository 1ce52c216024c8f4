"""Other names of the same thing: which concepts and places a query names, and what else they are called.

The names are those of the vocabularies and of countries, and the acronyms that the documents explain; where none of
these knows a word, those of the glossary.  A name is recognised in the languages that the vocabularies are written in,
so that a French, Spanish or Arabic label finds English passages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from corpus.concepts import Concept, vocabulary
from corpus.places import countries
from index import terms
from index.acronyms import NO_ACRONYMS, Acronyms
from index.analysis import stem, tokens

NAMING_LANGUAGES = ("en", "fr", "es", "ar")
"""Languages of the vocabularies' labels and synonyms."""

SCHEMES = ("themes", "target-groups", "situation", "statement-kinds", "evaluation-criteria")
"""Schemes whose names are everyday words of the field; names of goals and objectives ("Data") mean too much else."""

TOPICS = ("themes", "target-groups")
"""Schemes whose names say what a question is about; those of the others (challenge, return) say what of it."""

NAMES_OF_ONE_THING = 24
"""A concept of more synonyms than this is a field of work, and its synonyms name what belongs to it."""

Name = tuple[str, ...]
Names = tuple[tuple[Name, ...], tuple[Name, ...]]
"""Other names of what is named: how it is spelled out or shortened, and what else it is called."""


class Named(NamedTuple):
    """A run of a query's words (``start`` to ``end``, exclusive) that names a concept, and its other names.

    ``spelled`` are those by which documents explain it: the long form of an acronym, or the acronym.
    """

    start: int
    end: int
    others: tuple[Name, ...]
    spelled: tuple[Name, ...] = ()


def named_in(words: Sequence[str], typed: Sequence[str] = (), acronyms: Acronyms = NO_ACRONYMS) -> list[Named]:
    """The concepts, acronyms and terms that folded words name, longest names first, no word used twice; in order.

    ``typed`` are the words as they were typed: capitals tell an acronym from a word.
    """

    def known(name: Name, as_typed: str) -> Names:
        spelled = acronyms.shorts(name) if len(name) > 1 else _if_any(acronyms.meaning(name[0], as_typed))
        return spelled, tuple(other for other in _others(name) if other not in spelled)

    def of_the_field(name: Name, as_typed: str) -> Names:
        return terms.names_beside(name, as_typed, acronyms)

    written = typed or words
    taken: set[int] = set()
    found = [*_runs(words, written, max(_longest(), acronyms.longest), known, taken)]
    found += _runs(words, written, terms.longest(), of_the_field, taken)
    return sorted(found)


def _runs(
    words: Sequence[str], typed: Sequence[str], longest: int, names: Callable[[Name, str], Names], taken: set[int]
) -> Iterator[Named]:
    """The runs of words not yet taken for which there are other names, longest first; they are taken then."""
    for size in range(min(len(words), longest), 0, -1):
        for start in range(len(words) - size + 1):
            span = range(start, start + size)
            if not taken.isdisjoint(span):
                continue
            spelled, others = names(tuple(words[start : start + size]), typed[start])
            if others or spelled:
                yield Named(start, start + size, others, spelled)
                taken.update(span)


def topics_in(words: Sequence[str]) -> frozenset[int]:
    """The positions of the folded words that name a theme or a target group, in whatever language."""
    return frozenset(
        at
        for size in range(1, min(len(words), _longest()) + 1)
        for start in range(len(words) - size + 1)
        if is_topic(tuple(words[start : start + size]))
        for at in range(start, start + size)
    )


def is_topic(name: Name) -> bool:
    """Whether folded words name a theme or a target group, in whatever language."""
    return any(_key(name, language) in _topics() for language in NAMING_LANGUAGES)


@cache
def _topics() -> frozenset[tuple[str, Name]]:
    """The names of themes and target groups, stemmed in each language."""
    concepts = (c for scheme in TOPICS for c in vocabulary().scheme(scheme))
    names = {name for concept in concepts for name in _names_of(concept) if name}
    return frozenset(_key(name, language) for name in names for language in NAMING_LANGUAGES)


def _if_any(name: Name) -> tuple[Name, ...]:
    return (name,) if name else ()


def _others(name: Name) -> tuple[Name, ...]:
    """Other names of what a name means, none that merely holds the name itself: those find nothing more."""
    keys = [_key(name, language) for language in NAMING_LANGUAGES]
    groups = dict.fromkeys(group for key in keys for group in _names().get(key, ()) if _called(name, group))
    others: dict[tuple[str, Name], Name] = {}
    for other in (other for group in groups for other in _groups()[group]):
        if not any(set(key[1]) <= set(_key(other, key[0])[1]) for key in keys):
            others.setdefault(_key(other, NAMING_LANGUAGES[0]), other)
    return tuple(others.values())


def _called(name: Name, group: int) -> bool:
    """Whether a thing is called so, and not only what is of the other gender: niños are not called niñas."""
    return len(name) > 1 or not all(
        len(other) == 1 and _other_gender(name[0], other[0]) for other in _alike(name, group)
    )


def _alike(name: Name, group: int) -> Iterator[Name]:
    """The names of a group that have the stems of a name in some language."""
    keys = {_key(name, language) for language in NAMING_LANGUAGES}
    return (o for o in _groups()[group] if not keys.isdisjoint(_key(o, language) for language in NAMING_LANGUAGES))


def _other_gender(one: str, other: str) -> bool:
    """Whether two words differ in the vowel that tells the gender, as in Spanish."""
    one, other = one.removesuffix("s"), other.removesuffix("s")
    return one[:-1] == other[:-1] and {one[-1:], other[-1:]} == {"a", "o"}


def _key(name: Name, language: str) -> tuple[str, Name]:
    return language, tuple(stem(word, language) for word in name)


@cache
def _groups() -> tuple[tuple[Name, ...], ...]:
    """Names that may stand for one another: those of one concept, or of one country and its people."""
    known = vocabulary()
    concepts = [c for scheme in SCHEMES for c in known.scheme(scheme)]
    groups = [tuple(_distinct(_names_of(c))) for c in concepts]
    places = [tuple(_distinct(map(folded, (*c.names, *c.adjectives)))) for c in countries().values()]
    return tuple(groups + places)


def _names_of(concept: Concept) -> Iterator[Name]:
    """A concept's names; one with a gap (~) is a pattern for tagging, not a name.

    An actor's synonyms name its members (guardians, judges, police), and those of a wide theme name its parts (delays,
    audits, staffing): neither are names of one another.
    """
    synonyms = () if concept.actor or len(concept.synonyms) > NAMES_OF_ONE_THING else concept.names
    for name in (*concept.labels, *synonyms):
        if "~" not in name:
            yield folded(name)


def folded(name: str) -> Name:
    """A name as it is searched: its words without case and accents."""
    return tuple(token.word for token in tokens(name))


@cache
def _writings() -> dict[Name, str]:
    """The names as they are written, by how they are searched: a label inside a sentence, countries with a capital."""
    known = vocabulary()
    concepts = [concept for scheme in SCHEMES for concept in known.scheme(scheme)]
    names = [name for concept in concepts for name in (*map(_inside, concept.labels), *concept.names)]
    names += [name for country in countries().values() for name in (*country.names, *country.adjectives)]
    return {folded(name): name.lstrip("=") for name in reversed(names) if "~" not in name}


def _inside(label: str) -> str:
    """A label as it is written inside a sentence: it begins small, unless it begins with an acronym."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def written(name: Name) -> str:
    """A name of the vocabularies or of a country as it is written there."""
    return _writings().get(name, " ".join(name))


def found_by(name: Name, other: Name) -> bool:
    """Whether whatever holds a name holds the other one too, in some language: its words, in all their forms."""
    return any(
        {stem(word, language) for word in other} <= {stem(word, language) for word in name}
        for language in NAMING_LANGUAGES
    )


def _distinct(names: Iterable[Name]) -> dict[Name, None]:
    return dict.fromkeys(name for name in names if name)


@cache
def _names() -> dict[tuple[str, Name], tuple[int, ...]]:
    """The groups that each name, stemmed in each language, belongs to."""
    made: dict[tuple[str, Name], dict[int, None]] = {}
    for number, group in enumerate(_groups()):
        for name in group:
            for language in NAMING_LANGUAGES:
                made.setdefault(_key(name, language), {})[number] = None
    return {key: tuple(numbers) for key, numbers in made.items()}


def known_names() -> frozenset[Name]:
    """Every name that may be recognised in a query."""
    return frozenset(name for group in _groups() for name in group)


@cache
def _longest() -> int:
    return max(len(name) for group in _groups() for name in group)
