"""Word patterns written the short way, and the light spaCy pipeline whose tokens they match.

A pattern is words parted by spaces: ``word`` matches the word, ``a|b`` one of several, ``word~`` every word of the same
stem ("limit~": limits, limited, limitation), ``#`` a number, ``*`` up to four words of any kind, ``^`` (first) the
beginning of the sentence.

Patterns are looked up by their first word.  spaCy's own Matcher tries all of them at each word: with the cues of this
room it reads 14,000 words a second, this 70,000.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

GAP = 4
"""How many words ``*`` may stand for: enough for an adverb and an article, too few to leap over a clause."""

Keys = frozenset[str]
"""What a word may be matched by: itself in lower case, its stem with "~" behind, "#" for a number."""

ANY: Keys = frozenset()
"""The gap."""


class Found(NamedTuple):
    """A pattern's match: tokens ``start`` to ``end`` (excluded) of the sentence, and what the pattern stands for."""

    start: int
    end: int
    meaning: Any


class Pattern(NamedTuple):
    """A pattern ready to match: the keys of each word, whether it must open the sentence, what it stands for."""

    words: tuple[Keys, ...]
    opening: bool
    meaning: Hashable


@lru_cache(maxsize=1)
def pipeline() -> Language:
    """A blank English pipeline whose NORM is the Snowball stem: computed once for each distinct word."""
    import spacy
    import Stemmer
    from spacy.attrs import NORM  # type: ignore[import-not-found]

    stem = Stemmer.Stemmer("english").stemWord
    nlp = spacy.blank("en")
    nlp.vocab.lex_attr_getters[NORM] = lambda word: stem(word.lower())  # type: ignore[attr-defined]
    return nlp


class Patterns:
    """A set of patterns, each with a meaning; the longest match wins where several share a word."""

    def __init__(self, patterns: Iterable[tuple[str, Hashable]]) -> None:
        self._by_first: dict[str, list[Pattern]] = defaultdict(list)
        for written, meaning in patterns:
            words = written.split()
            opening = words[0] == "^"
            pattern = Pattern(tuple(_keys(word) for word in words[opening:]), opening, meaning)
            for key in pattern.words[0]:
                self._by_first[key].append(pattern)

    def find(self, sentence: Doc) -> list[Found]:
        """Matches in the sentence, in order, none sharing a word with another."""
        words = [_words_keys(t.lower_, t.norm_, t.like_num) for t in sentence]
        taken: set[int] = set()
        kept = []
        for found in sorted(self._all(words), key=lambda f: (f.start - f.end, f.start)):
            if taken.isdisjoint(range(found.start, found.end)):
                taken.update(range(found.start, found.end))
                kept.append(found)
        return sorted(kept, key=lambda f: f.start)

    def _all(self, words: Sequence[Keys]) -> Iterator[Found]:
        for start, keys in enumerate(words):
            for key in keys:
                for pattern in self._by_first.get(key, ()):
                    end = _end(pattern.words, words, start) if start == 0 or not pattern.opening else None
                    if end is not None:
                        yield Found(start, end, pattern.meaning)


def _end(pattern: Sequence[Keys], words: Sequence[Keys], at: int) -> int | None:
    """Where the pattern ends if it begins at a word: the longest way where a gap leaves a choice; None: nowhere."""
    for n, keys in enumerate(pattern):
        if keys is ANY:
            rest = pattern[n + 1 :]
            ends = (_end(rest, words, later) for later in range(min(at + GAP, len(words)), at - 1, -1))
            return next((end for end in ends if end is not None), None)
        if at >= len(words) or keys.isdisjoint(words[at]):
            return None
        at += 1
    return at


@lru_cache(maxsize=1 << 16)
def _words_keys(lower: str, norm: str, number: bool) -> Keys:
    return frozenset((lower, f"{norm}~", *("#" * number)))


def _keys(word: str) -> Keys:
    """What one word of a pattern may be matched by."""
    if word == "*":
        return ANY
    vocab = pipeline().vocab
    return frozenset(f"{vocab[w[:-1]].norm_}~" if w.endswith("~") else w for w in word.split("|"))
