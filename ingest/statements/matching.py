"""Word patterns written the short way, and the words that they match.

A pattern is words parted by spaces: ``word`` matches the word, ``a|b`` one of several, ``word~`` every word of the same
stem ("limit~": limits, limited, limitation), ``#`` a number, ``*`` up to four words of any kind, ``^`` (first) the
beginning of the sentence.

Patterns are looked up by their first word.  spaCy's own Matcher tries all of them at each word: with the cues of this
room it reads 14,000 words a second, this far over 70,000.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

GAP = 4
"""How many words ``*`` may stand for: enough for an adverb and an article, too few to leap over a clause."""

Keys = frozenset[str]
"""What a word may be matched by: itself in lower case, its stem with "~" behind, "#" for a number."""

ANY: Keys = frozenset()
"""The gap."""

WORDS_KNOWN = 1 << 16
"""How many distinct words a set of patterns remembers the keys of; a collection's words are endless, memory is not."""

_NUMBER = re.compile(
    r"\d+(?:[.,\u00a0]\d+)*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundreds?|"
    r"thousands?|million|deux|trois|quatre|cinq|sept|huit|neuf|dix|cent|mille|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|"
    r"diez|cien|mil"
)


class Found(NamedTuple):
    """A pattern's match: tokens ``start`` to ``end`` (excluded) of the sentence, and what the pattern stands for."""

    start: int
    end: int
    meaning: Any


class Pattern(NamedTuple):
    """A pattern ready to match: the keys of each word, whether it must open the sentence, what it stands for, its place
    in the list."""

    words: tuple[Keys, ...]
    opening: bool
    meaning: Hashable
    place: int


STEMMERS = {"en": "english", "fr": "french", "es": "spanish"}
"""The languages whose sentences can be matched, with Snowball's names of them."""


_WORD = re.compile(
    r"\d+(?:[.,\u00a0]\d+)*"
    r"|[^\W\d_]+?(?=n't\b)|n't\b|'(?:s|ve|re|ll|d|m)\b"  # don't, partners', they've
    r"|(?:[cdjlmnst]|qu|lorsqu|jusqu)'(?=\w)"  # l'absence, qu'il
    r"|\w+|[^\w\s]",
    re.IGNORECASE,
)


def words_of(text: str) -> list[str]:
    """The words and stops of a sentence, contractions and elisions apart ("do n't", "l' absence"), with straight
    apostrophes.

    spaCy's tokenizer gives the same words for all but web addresses and takes half of the time that statements take.
    """
    return _WORD.findall(text.replace("’", "'"))


@lru_cache(maxsize=len(STEMMERS))
def stemmer(language: str) -> Callable[[str], str]:
    """The stem of a lower-case word."""
    import Stemmer

    stem: Callable[[str], str] = Stemmer.Stemmer(STEMMERS[language]).stemWord
    return stem


class Patterns:
    """A set of patterns, each with a meaning; the longest wins where several share a word, of equals the first."""

    def __init__(self, patterns: Iterable[tuple[str, Hashable]], language: str = "en") -> None:
        self._stem = stemmer(language)
        self._by_first: dict[str, list[Pattern]] = defaultdict(list)
        self._keys_of: dict[str, tuple[Keys, bool]] = {}
        for place, (written, meaning) in enumerate(patterns):
            words = written.split()
            opening = words[0] == "^"
            pattern = Pattern(tuple(self._keys(word) for word in words[opening:]), opening, meaning, place)
            for key in pattern.words[0]:
                self._by_first[key].append(pattern)

    def find(self, words: Sequence[str]) -> list[Found]:
        """Matches in the words of a sentence, in order, none sharing a word with another."""
        known = [self._keys_of.get(word) or self._learn(word) for word in words]
        keys = [k for k, _ in known]
        found = [f for start, (_, leads) in enumerate(known) if leads for f in self._from(keys, start)]
        taken: set[int] = set()
        kept = []
        for one, _ in sorted(found, key=lambda f: (f[0].start - f[0].end, f[0].start, f[1])):
            if taken.isdisjoint(range(one.start, one.end)):
                taken.update(range(one.start, one.end))
                kept.append(one)
        return sorted(kept, key=lambda f: f.start)

    def _from(self, words: Sequence[Keys], start: int) -> Iterator[tuple[Found, int]]:
        """Matches that begin at a word, each with its pattern's place: of two alike the one listed first wins."""
        for key in words[start]:
            for pattern in self._by_first.get(key, ()):
                if start == 0 or not pattern.opening:
                    end = _end(pattern.words, words, start)
                    if end is not None:
                        yield Found(start, end, pattern.meaning), pattern.place

    def _learn(self, word: str) -> tuple[Keys, bool]:
        """What a word may be matched by, and whether any pattern begins with it; remembered up to WORDS_KNOWN words."""
        if len(self._keys_of) >= WORDS_KNOWN:
            self._keys_of.clear()
        lower = word.lower()
        keys = frozenset((lower, f"{self._stem(lower)}~", *("#" * bool(_NUMBER.fullmatch(lower)))))
        self._keys_of[word] = keys, not self._by_first.keys().isdisjoint(keys)
        return self._keys_of[word]

    def _keys(self, word: str) -> Keys:
        """What one word of a pattern may be matched by."""
        if word == "*":
            return ANY
        return frozenset(f"{self._stem(w[:-1])}~" if w.endswith("~") else w for w in word.split("|"))


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
