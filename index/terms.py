"""The glossary in queries and in texts: what else a term is called, the term that a whole query asks for, and where
a text names terms.  Pure.

A short form that a document explains means what that document says; the glossary is asked for the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from corpus.glossary import Term, glossary, singular
from corpus.ids import fold
from corpus.translations import translated
from index.acronyms import NO_ACRONYMS, Acronyms, meant_as_acronym
from index.analysis import Token, stem, tokens
from index.query import parse

Name = tuple[str, ...]

_ASKING = re.compile(
    r"(?:what (?:is|are|does)|whats|what s|who (?:is|are)|define|(?:the )?(?:definition|meaning|explanation) of|explain"
    r"|qu est ce que?|que es|que son|ما هو|ما هي|ما معنى|تعريف)"
    r"(?: (?:a|an|the|meant by|meaning of|definition of|une?|la|le|les|el|los|las))* "
    r"|(?: (?:mean|means|stand for|stands for|definition|meaning))+$"
)
"""Turns of speech, in folded words, that ask what a word means."""

_JOINT = re.compile(r"(?:['\u2019]s)?[\s\-\u2010-\u2013/'\u2019]+")
"""What may stand between the words of a name; the end of a sentence may not."""

_JOINT_OF_LISTS = re.compile(r"(?:['\u2019]s)?[\s,\-\u2010-\u2013/'\u2019]+")
"""The same for a name that has a comma itself."""


class Mention(NamedTuple):
    """Where a text names a term: its characters ``start`` to ``end``."""

    start: int
    end: int
    term: Term


class _Pattern(NamedTuple):
    """A name as it stands in texts: its words in the singular, which of them have a capital, what may part them."""

    words: Name
    capitals: tuple[bool, ...]
    joint: re.Pattern[str]
    term: Term


def names_beside(name: Name, typed: str, acronyms: Acronyms) -> tuple[tuple[Name, ...], tuple[Name, ...]]:
    """The other names of the term that folded words name, as `index.naming.Names`; ``typed`` is their first as typed.

    None of them holds the name or is a part of it: those find nothing more.
    """
    if len(name) == 1 and (term := _term_of_short(name[0], typed, acronyms)):
        return tuple(_words(long) for long in term.written_out), ()
    found = _by_name().get(_key(name))
    if found is None and (found := _by_translated_name().get(name)):
        return tuple(_words(long) for long in found.written_out), ()
    if found is None or found.everyday:
        return (), ()
    shorts = [words for short in found.acronyms if len(words := _words(short)) == 1]
    spelled = tuple(words for words in shorts if not acronyms.explains(words[0]))
    others = (_words(other) for other in found.written_out)
    return spelled, tuple(other for other in others if not _one_in_the_other(name, other))


def term_asked_for(text: str, acronyms: Acronyms = NO_ACRONYMS) -> Term | None:
    """The term that a whole query is ("BID", "safe houses", "What is kafala?"); None for any other query."""
    clauses = parse(text).clauses
    if not clauses or any(clause.excluded or clause.title for clause in clauses):
        return None
    for asked in (text, _ASKING.sub("", fold(text))):
        words = tuple(token.word for token in tokens(asked))
        if not words or len(words) > longest():
            continue
        found = _term_of_short(words[0], _as_typed(text, words[0]), acronyms) if len(words) == 1 else None
        if found or (found := _by_name().get(_key(words)) or _by_translated_name().get(words)):
            return found
    return None


def _as_typed(text: str, word: str) -> str:
    return next((text[token.start : token.end] for token in tokens(text) if token.word == word), word)


def _term_of_short(word: str, typed: str, acronyms: Acronyms) -> Term | None:
    """The term of a short form: that of the documents' own explanation where they give one."""
    if not meant_as_acronym(word, typed):
        return None
    if acronyms.explains(word):
        return _by_name().get(_key(acronyms.meaning(word, typed)))
    return _by_short().get(word) or _by_short().get(word.removesuffix("s"))


def mentions(text: str, acronyms: Acronyms = NO_ACRONYMS) -> Iterator[Mention]:
    """The terms that an English text names, in order, no character twice; everyday words are left alone.

    The time grows with the length of the text.  ``acronyms`` are those that the text's own document explains.
    """
    found = tokens(text)
    folded = [singular(token.word) for token in found]
    at = 0
    while at < len(found):
        mention = _mention_at(text, found, folded, at, acronyms)
        if mention is None:
            at += 1
            continue
        yield mention
        while at < len(found) and found[at].start < mention.end:
            at += 1


def _mention_at(text: str, found: list[Token], folded: list[str], at: int, acronyms: Acronyms) -> Mention | None:
    """The longest name that begins at a token, else the short form that it is."""
    for pattern in _patterns().get(folded[at], ()):
        size = len(pattern.words)
        if tuple(folded[at : at + size]) != pattern.words:
            continue
        run = found[at : at + size]
        parts = (text[one.end : other.start] for one, other in pairwise(run))
        if all(pattern.joint.fullmatch(part) for part in parts) and all(
            text[token.start].isupper() or not capital for token, capital in zip(run, pattern.capitals, strict=True)
        ):
            return Mention(run[0].start, run[-1].end, pattern.term)
    token = found[at]
    written = text[token.start : token.end]
    if sum(char.isupper() for char in written) > 1 and (term := _term_of_short(token.word, written, acronyms)):
        return None if term.everyday else Mention(token.start, token.end, term)
    return None


@cache
def _patterns() -> dict[str, tuple[_Pattern, ...]]:
    """The names of all terms but the everyday ones, by their first word, the longest first."""
    made: dict[str, list[_Pattern]] = {}
    for term in glossary().terms:
        for name in () if term.everyday else term.written_out:
            words = tokens(name)
            pattern = _Pattern(
                words=tuple(singular(token.word) for token in words),
                capitals=tuple(name[token.start].isupper() for token in words),
                joint=_JOINT_OF_LISTS if "," in name else _JOINT,
                term=term,
            )
            made.setdefault(pattern.words[0], []).append(pattern)
    return {first: tuple(sorted(some, key=lambda p: -len(p.words))) for first, some in made.items()}


@cache
def _by_name() -> dict[Name, Term]:
    """The terms by their names in full, stemmed."""
    return {_key(_words(name)): term for term in glossary().terms for name in term.written_out}


def names_in_other_languages(term: Term) -> Iterator[str]:
    """What a term is called in the languages into which it is translated."""
    for text in translated(term).values():
        yield from (text.name, *text.also)


@cache
def _by_translated_name() -> dict[Name, Term]:
    """The terms by their names in other languages, folded; what is an English name too is not among them."""
    named = ((_words(name), term) for term in glossary().terms for name in names_in_other_languages(term))
    return {words: term for words, term in named if words and _key(words) not in _by_name()}


def known_names() -> frozenset[Name]:
    """Every name of a term, in whatever language, and its short forms, as it may be recognised in a query."""
    long = (_words(name) for term in glossary().terms for name in term.written_out)
    return frozenset({*long, *_by_translated_name(), *(words for words, _ in _shorts())} - {()})


@cache
def _by_short() -> dict[str, Term]:
    return {words[0]: term for words, term in _shorts() if len(words) == 1}


def _shorts() -> Iterator[tuple[Name, Term]]:
    return ((_words(short), term) for term in glossary().terms for short in term.acronyms)


@cache
def longest() -> int:
    """Words of the longest name."""
    return max(map(len, (*_by_name(), *_by_translated_name())))


def _one_in_the_other(one: Name, other: Name) -> bool:
    first, second = set(_key(one)), set(_key(other))
    return first <= second or second <= first


def _words(name: str) -> Name:
    return tuple(token.word for token in tokens(name))


def _key(name: Name) -> Name:
    """A name as it is compared: the English stems of its words."""
    return tuple(stem(word, "en") for word in name)
