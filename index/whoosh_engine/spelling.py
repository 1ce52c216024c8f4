"""Words that a slip of the hand turned into another one."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

LETTERS = 32
"""Letters are counted in this many classes; two words within n slips differ by at most 2·n counts."""


SHORT_WORD = 8
"""Below this length a changed letter is most often another word (form and firm, enfance and enhance), not a slip."""

LONG_WORD = 10
"""From this length on a word is still told with two slips."""

SHORTEST = 5
"""Words shorter than this are not corrected: among four letters everything is near everything."""


def slips_allowed(word: str) -> int:
    """How many slips a word of this length can hold and still be told."""
    return 0 if len(word) < SHORTEST else 1 if len(word) < LONG_WORD else 2


def distance(one: str, other: str, change: int = 1) -> int:
    """Insertions, deletions, changes and swaps of neighbours between two words (Damerau 1964; restricted form).

    ``change`` is what a changed letter costs; every other slip costs 1.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, start=1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + change * (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, earlier[j - 2] + 1)
            row.append(best)
    return row[-1]


class Speller:
    """Finds near words among folded ones; ``frequency`` tells in how many things a word stands now (0: forget it)."""

    def __init__(self, words: list[str], frequency: Callable[[str], int]) -> None:
        self._words = words
        self._frequency = frequency
        self._counts = np.array([_letters(word) for word in self._words], np.int16).reshape(-1, LETTERS)
        self.near = lru_cache(maxsize=1024)(self._near)

    def _near(self, word: str) -> tuple[str, ...]:
        """Known words within the slips that this one allows, fewest slips first, then the most frequent.

        The first letter must agree: slips seldom touch it (Pollock and Zamora 1984), other words often begin otherwise.
        """
        slips = slips_allowed(word)
        change = 2 if len(word) < SHORT_WORD else 1
        if not slips or not self._words:
            return ()
        # Counting letters is a thousand times cheaper than the distance and leaves some dozen words to measure.
        apart = np.abs(self._counts - np.array(_letters(word), np.int16)).sum(axis=1)
        found = []
        for at in np.flatnonzero(apart <= 2 * slips):
            other = self._words[at]
            if other[0] == word[0] and other != word and (far := distance(word, other, change)) <= slips:
                found.append((far, -self._frequency(other), other))
        return tuple(other for _, things, other in sorted(found) if things)


def _letters(word: str) -> list[int]:
    counts = [0] * LETTERS
    for letter in word:
        counts[ord(letter) % LETTERS] += 1
    return counts
