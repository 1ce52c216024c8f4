"""Words that a slip of the hand turned into another one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

LETTERS = 32
"""Letters are counted in this many classes; two words within n slips differ by at most 2·n counts."""


def slips_allowed(word: str) -> int:
    """How many slips a word of this length can hold and still be told: none below five letters, two from nine."""
    return 0 if len(word) < 5 else 1 if len(word) < 9 else 2


def distance(one: str, other: str) -> int:
    """Insertions, deletions, changes and swaps of neighbours between two words (Damerau 1964; restricted form)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, start=1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, earlier[j - 2] + 1)
            row.append(best)
    return row[-1]


class Speller:
    """Finds near words among known ones (folded word → in how many things it stands)."""

    def __init__(self, known: Mapping[str, int]) -> None:
        self._words = [word for word, things in known.items() if things]
        self._things = np.array([known[word] for word in self._words], np.int64)
        self._counts = np.array([_letters(word) for word in self._words], np.int16).reshape(-1, LETTERS)
        self.near = lru_cache(maxsize=1024)(self._near)

    def _near(self, word: str) -> tuple[str, ...]:
        """Known words within the slips that this one allows: fewest slips, same first letter, most frequent first."""
        slips = slips_allowed(word)
        if not slips or not self._words:
            return ()
        # Counting letters is a thousand times cheaper than the distance and leaves some dozen words to measure.
        apart = np.abs(self._counts - np.array(_letters(word), np.int16)).sum(axis=1)
        found = []
        for at in np.flatnonzero(apart <= 2 * slips):
            other = self._words[at]
            if (far := distance(word, other)) <= slips and other != word:
                found.append((far, other[0] != word[0], -int(self._things[at]), other))
        return tuple(entry[-1] for entry in sorted(found))


def _letters(word: str) -> list[int]:
    counts = [0] * LETTERS
    for letter in word:
        counts[ord(letter) % LETTERS] += 1
    return counts
