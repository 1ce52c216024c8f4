"""How a text is worded: the length of its sentences, and how near it comes to a source's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import msgspec

from corpus.ids import fold
from corpus.lint.originals import Original
from corpus.model import Value

SENTENCE_WORDS = 35
"""Many readers read in their second language."""

NEAR = 8
"""A run of so many words is worth another look: shorter ones are the field's set phrases."""

TAKEN = 12
"""A run of so many words is the source's sentence and not ours."""

_SENTENCE = re.compile(r"(?<=[.?!…])[”\"’)]*\s+(?=[\"“‘(]?[A-Z0-9])")
_WORD = re.compile(r"\w+")
_JOINING = {
    "a", "and", "at", "by", "de", "del", "des", "do", "du", "e", "el", "et", "for", "in", "la", "las", "le", "les",
    "los", "of", "on", "the", "to", "und", "von", "y",
}  # fmt: skip
"""Words that stand inside names: "Committee on the Rights of the Child"."""

_JOINED = 3
"""So many of them in a row at most."""


class Token(Value, frozen=True):
    """A word of a text, folded, with where it stands; ``named`` where it belongs to a name or title."""

    word: str
    start: int
    end: int
    named: bool = False


class Shared(Value, frozen=True):
    """A run of a text's words that a source has too; ``count`` leaves names and titles out."""

    text: str
    count: int
    doc: str


def sentences(text: str) -> list[str]:
    """The sentences of a claim."""
    return [sentence for sentence in _SENTENCE.split(text) if sentence.strip()]


def long_sentences(text: str) -> Iterator[tuple[int, str]]:
    """How many words each sentence has that is too long, with its beginning."""
    for sentence in sentences(text):
        words = sentence.split()
        if len(words) > SENTENCE_WORDS:
            yield len(words), " ".join(words[:6])


class Names:
    """The names and titles that everybody has to write as they are."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._by_first: dict[str, list[list[str]]] = {}
        for name in names:
            words = fold(name).split()
            if words:
                self._by_first.setdefault(words[0], []).append(words)

    def known(self, text: str) -> list[Token]:
        """The words of a text that belong to one of the names."""
        return [token for token in self._marked(text) if token.named]

    def tokens(self, text: str) -> list[Token]:
        """The words of a text, those of names marked: known names, and words with a capital inside a sentence."""
        found = self._marked(text)
        named = [token.named or _is_capital(text, found, place) for place, token in enumerate(found)]
        _join([token.word for token in found], named)
        return [msgspec.structs.replace(token, named=mark) for token, mark in zip(found, named, strict=True)]

    def _marked(self, text: str) -> list[Token]:
        found = [Token(fold(m[0]), m.start(), m.end()) for m in _WORD.finditer(text)]
        found = [token for token in found if token.word]
        words = [token.word for token in found]
        for place, word in enumerate(words):
            for name in self._by_first.get(word, ()):
                if words[place : place + len(name)] == name:
                    here = slice(place, place + len(name))
                    found[here] = [msgspec.structs.replace(token, named=True) for token in found[here]]
        return found


def _is_capital(text: str, found: Sequence[Token], place: int) -> bool:
    """A capital that the beginning of a sentence does not explain."""
    if not text[found[place].start].isupper():
        return False
    before = text[found[place - 1].end : found[place].start].strip() if place else "."
    if before[-1:] not in (".", "?", "!", ":", "…"):
        return True
    after = found[place + 1] if place + 1 < len(found) else None
    return after is not None and text[after.start].isupper() and not text[found[place].end : after.start].strip()


def _join(words: Sequence[str], named: list[bool]) -> None:
    """Mark the small words between two parts of a name."""
    places = [place for place, mark in enumerate(named) if mark]
    for one, two in pairwise(places):
        between = words[one + 1 : two]
        if len(between) <= _JOINED and all(word in _JOINING for word in between):
            named[one + 1 : two] = [True] * len(between)


def shared_runs(text: str, originals: Iterable[Original], names: Names) -> list[Shared]:
    """The runs of NEAR words or more, names and titles not counted, that a text shares with one of the originals."""
    tokens = names.tokens(text)
    words = [token.word for token in tokens]
    found: list[Shared] = []
    for original in originals:
        told = 0
        for place in range(len(words) - NEAR + 1):
            end = place + original.shared(words, place, NEAR)
            run = tokens[place:end]
            count = sum(not token.named for token in run)
            if end > told and count >= NEAR:  # not the rest of a run that is told already
                found.append(Shared(text=text[run[0].start : run[-1].end], count=count, doc=original.doc))
                told = end
    return found
