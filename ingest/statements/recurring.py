"""Statements that say nearly the same words are one group; the catalogue counts its independent witnesses."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from corpus.ids import fold
from corpus.model import Statement

SAME = 0.8
"""Share of words in common (Jaccard over distinct folded words) from which two statements are one: a report repeats a
sentence in its summary with a word or two changed, while two different sentences of one topic stay far below."""

Words = frozenset[str]


def group(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The same statements with ``group`` set to the id of the first of their kin; works over one document or all.

    Kin are statements of one kind that share at least SAME of their words, directly or through others.
    """
    given = tuple(statements)
    words = [frozenset(fold(s.text).split()) for s in given]
    first = list(range(len(given)))
    for a, b in _near(given, words):
        low, high = sorted((_root(first, a), _root(first, b)))
        first[high] = low
    return tuple(msgspec.structs.replace(s, group=given[_root(first, n)].id) for n, s in enumerate(given))


def _near(statements: Sequence[Statement], words: Sequence[Words]) -> Iterator[tuple[int, int]]:
    """Pairs of near-equal statements, found without comparing all: kin must share one of each one's rarest words.

    Prefix filtering (Chaudhuri, Ganti and Kaushik 2006): of n words, two sets of Jaccard ≥ t share at least one of the
    first n - ceil(t·n) + 1 in any fixed order; the order by rarity keeps the lists short.
    """
    rarity = Counter(w for bag in words for w in bag)
    holders: dict[str, list[int]] = defaultdict(list)
    for n, bag in enumerate(words):
        ordered = sorted(bag, key=lambda w: (rarity[w], w))
        prefix = ordered[: len(ordered) - _ceil(SAME * len(ordered)) + 1]
        for other in dict.fromkeys(m for w in prefix for m in holders[w]):
            if statements[other].kind is statements[n].kind and _jaccard(bag, words[other]) >= SAME:
                yield other, n
        for w in prefix:
            holders[w].append(n)


def _ceil(x: float) -> int:
    return -int(-x // 1)


def _jaccard(a: Words, b: Words) -> float:
    return len(a & b) / len(a | b)


def _root(first: list[int], n: int) -> int:
    """The first of n's kin; shortens the path on the way."""
    while first[n] != n:
        first[n] = first[first[n]]
        n = first[n]
    return n
