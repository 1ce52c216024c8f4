"""The glossary in a query: what else a term is called, and the term that a whole query asks for.

A short form that a document of the home explains means what that document says; the glossary is asked for the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus.glossary import Term, glossary
from corpus.ids import fold
from index.acronyms import NO_ACRONYMS, Acronyms, meant_as_acronym
from index.analysis import stem, tokens
from index.query import parse

Name = tuple[str, ...]

_ASKING = re.compile(
    r"(?:what (?:is|are|does)|the(?= meaning of)|whats|what s|who (?:is|are)|define|definition of|meaning of|explain|explanation of"
    r"|qu est ce que?|que es|que son)(?: (?:a|an|the|meant by|meaning of|definition of|une?|la|le|les|el|los|las))* "
    r"|(?: (?:mean|means|stand for|stands for|definition|meaning))+$"
)
"""Turns of speech, in folded words, that ask what a word means."""


def names_beside(name: Name, typed: str, acronyms: Acronyms) -> tuple[tuple[Name, ...], tuple[Name, ...]]:
    """The other names of the term that folded words name, as `index.naming.Names`; ``typed`` is their first as typed.

    None of them holds the name or is a part of it: those find nothing more.
    """
    if len(name) == 1 and (term := _term_of_short(name[0], typed, acronyms)):
        return tuple(_words(long) for long in term.written_out), ()
    found = _by_name().get(_key(name))
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
        if found or (found := _by_name().get(_key(words))):
            return found
    return None


def _as_typed(text: str, word: str) -> str:
    return next((text[token.start : token.end] for token in tokens(text) if token.word == word), word)


def _term_of_short(word: str, typed: str, acronyms: Acronyms) -> Term | None:
    """The term of a short form, None where it is none, is hardly meant as one, or a document explains it."""
    if acronyms.explains(word) or not meant_as_acronym(word, typed):
        return None
    return _by_short().get(word) or _by_short().get(word.removesuffix("s"))


@cache
def _by_name() -> dict[Name, Term]:
    """The terms by their names in full, stemmed."""
    return {_key(_words(name)): term for term in glossary().terms for name in term.written_out}


@cache
def _by_short() -> dict[str, Term]:
    return {words[0]: term for words, term in _shorts() if len(words) == 1}


def _shorts() -> Iterator[tuple[Name, Term]]:
    return ((_words(short), term) for term in glossary().terms for short in term.acronyms)


@cache
def longest() -> int:
    """Words of the longest name."""
    return max(map(len, _by_name()))


def _one_in_the_other(one: Name, other: Name) -> bool:
    first, second = set(_key(one)), set(_key(other))
    return first <= second or second <= first


def _words(name: str) -> Name:
    return tuple(token.word for token in tokens(name))


def _key(name: Name) -> Name:
    """A name as it is compared: the English stems of its words."""
    return tuple(stem(word, "en") for word in name)
