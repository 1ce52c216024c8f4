"""Word patterns for spaCy's Matcher, written the short way, and the light pipeline that they run on.

A pattern is words parted by spaces: ``word`` matches the word, ``a|b`` one of several, ``word~`` every word of the same
stem ("limit~": limits, limited, limitation), ``#`` a number, ``*`` up to three words of any kind, ``^`` (first) the
beginning of the sentence.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

GAP = 3
"""How many words ``*`` may stand for: enough for an adverb and an article, too few to leap over a clause."""


class Found(NamedTuple):
    """A pattern's match: tokens ``start`` to ``end`` (excluded) of the sentence, and what the pattern stands for."""

    start: int
    end: int
    meaning: Any


@lru_cache(maxsize=1)
def pipeline() -> Language:
    """A blank English pipeline whose NORM is the Snowball stem: computed once for each distinct word."""
    import spacy
    import Stemmer
    from spacy.attrs import NORM

    stem = Stemmer.Stemmer("english").stemWord
    nlp = spacy.blank("en")
    nlp.vocab.lex_attr_getters[NORM] = lambda word: stem(word.lower())
    return nlp


class Patterns:
    """A set of patterns, each with a meaning; the longest match wins where several share a word."""

    def __init__(self, patterns: Iterable[tuple[str, Hashable]]) -> None:
        from spacy.matcher import Matcher

        self._matcher = Matcher(pipeline().vocab, validate=False)
        self._meaning: dict[int, tuple[Hashable, bool]] = {}
        for number, (pattern, meaning) in enumerate(patterns):
            words = pattern.split()
            opening = words[0] == "^"
            name = f"{number} {pattern}"
            self._matcher.add(name, [[t for word in words[opening:] for t in _token(word)]])
            self._meaning[pipeline().vocab.strings[name]] = (meaning, opening)

    def find(self, doc: Doc) -> list[Found]:
        """Matches in the sentence, in order, none sharing a word with another."""
        taken: set[int] = set()
        kept = []
        for start, end, meaning in sorted(self._all(doc), key=lambda m: (m[0] - m[1], m[0])):
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                kept.append(Found(start, end, meaning))
        return sorted(kept)

    def _all(self, doc: Doc) -> Iterator[tuple[int, int, Hashable]]:
        for name, start, end in self._matcher(doc):
            meaning, opening = self._meaning[name]
            if not opening or start == 0:
                yield start, end, meaning


def _token(word: str) -> list[dict[str, Any]]:
    """One word of a pattern in spaCy's own notation."""
    if word == "*":
        return [{"OP": "?"}] * GAP
    if word == "#":
        return [{"LIKE_NUM": True}]
    if "~" in word:
        strings = pipeline().vocab
        return [{"NORM": {"IN": [strings[w.rstrip("~")].norm_ for w in word.split("|")]}}]
    return [{"LOWER": {"IN": word.split("|")}}]
