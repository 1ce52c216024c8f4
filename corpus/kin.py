"""Which statements say the same: a rule for two of them, and groups in which every one is kin to the first.

The rule joins two statements of one kind whose vectors are near (`corpus.meaning`), or, without vectors, that have
nearly the same words, unless what a vector does not see speaks against it: other figures, a "not" in one of them, a
word exchanged in an otherwise equal sentence, or so few words that each of them counts.  Its numbers were found on the
judged pairs of ``bench/gold/pairs.md``.  Pure.
"""

from __future__ import annotations

import hashlib
import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.ids import fold

NEAR = 0.77
"""Cosine from which two statements may say the same."""

SURE = 0.95
"""Cosine from which an exchanged word is only another word for the same."""

SAME_WORDS = 0.8
"""Share of words in common (Jaccard over distinct folded words) that stands for NEAR where there are no vectors: a
report repeats a sentence in its summary with a word or two changed, while two sentences of one topic stay far below."""

SHORT = 7
"""A text of fewer content words (a label, a list's item) says the same only with the same content words."""

EXCHANGED = 2
"""So many content words at most, in each of two texts, are an exchange: a form's sentence filled in otherwise."""

STEM = 6
"""Letters of a word that are compared; as good as a stemmer for telling words apart, in any alphabet (McNamee and
Mayfield 2004, "Character n-gram tokenization for European language text retrieval")."""

CONTENT_LETTERS = 4

BLOCK = 2048
"""Statements that are compared with as many at a time: 16 MB of cosines."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_FUNCTION_WORDS = _words(
    """about above after again also although among because been before being between both cannot could does doing done
    down during each even every from further furthermore have having here however into itself just least like made make
    many more moreover most much must nonetheless only other others ought over same shall should since some such than
    that their them then there therefore these they this those through thus under until upon very were what when where
    whether which while whose will with within without would your
    ainsi alors apres aussi autre autres avait avant avec avoir cela celle cette ceux chez comme dans depuis donc doit
    doivent elle elles encore entre etait etre fait font leur leurs lors mais meme moins notamment nous parce pendant
    plus pour quand quels quelle sans selon sera sont sous tous tout toute toutes vers vous
    antes aunque cada como contra cual cuando debe deben deberia desde donde durante ella ellos eran esta estan estas
    este esto estos fueron hasta mientras para pero porque sido sobre tambien tanto tiene tienen todas todos unas
    unos"""
)
_NOT = _words("no not never without nor none neither cannot pas non sans jamais aucun aucune sin nunca ningun ninguna")
_SHORT_OF = (
    "lack", "absen", "fail", "insuffic", "inadequa", "limit", "weak", "poor", "unclear", "unable", "manqu", "falt",
)  # fmt: skip
"""How words begin that deny as "not" does: a lack of staff is not enough staff."""

_LABEL = re.compile(r"^\W*(?:\d+(?:\.\d+)*[.)]?|[a-z][.)])\s+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")


def rule() -> str:
    """The name of the rule, from the code of this module: with another one, everything is held against all anew."""
    return hashlib.blake2b(Path(__file__).read_bytes(), digest_size=8).hexdigest()


class Traits(NamedTuple):
    """What of a text is compared besides its vector."""

    words: frozenset[str]
    content: frozenset[str]
    figures: frozenset[str]
    years: frozenset[str]
    denies: bool


@lru_cache(maxsize=16_384)
def traits(text: str) -> Traits:
    words = fold(text).split()
    numbers = frozenset(_NUMBER.findall(_LABEL.sub("", text)))
    years = frozenset(number for number in numbers if _YEAR.fullmatch(number))
    content = (w for w in words if len(w) >= CONTENT_LETTERS and w not in _FUNCTION_WORDS and not w[0].isdigit())
    return Traits(
        words=frozenset(words),
        content=frozenset(word[:STEM] for word in content),
        figures=numbers - years,
        years=years,
        denies=any(word in _NOT or word.startswith(_SHORT_OF) for word in words),
    )


def same(one: Traits, other: Traits, cosine: float | None) -> bool:
    """Whether two statements of one kind say the same; ``cosine`` is None where there are no vectors."""
    near = _jaccard(one.words, other.words) >= SAME_WORDS if cosine is None else cosine >= NEAR
    if not near or one.denies is not other.denies or not _same_numbers(one, other):
        return False
    own, others = one.content - other.content, other.content - one.content
    if (own or others) and min(len(one.content), len(other.content)) < SHORT:
        return False
    exchanged = own and others and max(len(own), len(others)) <= EXCHANGED
    return not exchanged or (cosine is not None and cosine >= SURE)


def _same_numbers(one: Traits, other: Traits) -> bool:
    """The same figures; where there are none, years that do not contradict one another."""
    if one.figures != other.figures:
        return False
    return bool(one.figures or one.years & other.years) or not (one.years and other.years)


def _jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / max(len(a | b), 1)


# ---------------------------------------------------------------------------------------------- all pairs


def by_meaning(
    texts: Sequence[str], vectors: npt.NDArray[np.float16], new: Sequence[bool]
) -> Iterator[tuple[int, int]]:
    """The pairs of texts of one kind that say the same and of which one at least is ``new``.

    ``vectors`` has a row for each text.  Compared block by block: memory does not grow with the square of the texts.
    """
    fresh = np.flatnonzero(np.asarray(new, bool))
    is_new = np.asarray(new, bool)
    for start in range(0, len(texts), BLOCK):
        columns = np.arange(start, min(start + BLOCK, len(texts)))
        against = vectors[columns].astype(np.float32).T
        for begin in range(0, len(fresh), BLOCK):
            rows = fresh[begin : begin + BLOCK]
            cosines = vectors[rows].astype(np.float32) @ against
            for r, c in zip(*np.nonzero(cosines >= NEAR), strict=True):
                one, other = int(rows[r]), int(columns[c])
                twice = is_new[other] and other >= one  # itself, or a pair that comes again from its other end
                if not twice and same(traits(texts[one]), traits(texts[other]), float(cosines[r, c])):
                    yield min(one, other), max(one, other)


def by_words(texts: Sequence[str], new: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """The same without vectors: pairs of nearly the same words, found without comparing all.

    Prefix filtering (Chaudhuri, Ganti and Kaushik 2006): of n words, two sets of Jaccard ≥ t share at least one of the
    first n - ceil(t·n) + 1 in any fixed order; the order by rarity keeps the lists short.
    """
    told = [traits(text) for text in texts]
    rarity = Counter(word for one in told for word in one.words)
    holders: dict[str, list[int]] = defaultdict(list)
    for n, one in enumerate(told):
        ordered = sorted(one.words, key=lambda word: (rarity[word], word))
        prefix = ordered[: len(ordered) - _ceil(SAME_WORDS * len(ordered)) + 1]
        for other in dict.fromkeys(m for word in prefix for m in holders[word]):
            if (new[n] or new[other]) and same(told[other], one, None):
                yield other, n
        for word in prefix:
            holders[word].append(n)


def _ceil(x: float) -> int:
    return -int(-x // 1)


# ---------------------------------------------------------------------------------------------- groups


def groups(things: Iterable[bytes], pairs: Iterable[tuple[bytes, bytes]]) -> list[list[bytes]]:
    """Things put together so that every member of a group is alike to its first: no chains from one to the next.

    The thing with most kin that are in no group yet comes first, equal ones by their keys, and takes these kin: a star
    (Aslam, Pelekhov and Rus 2004, "The star clustering algorithm").  The same whatever the order of what is given.
    """
    kin: dict[bytes, set[bytes]] = {thing: set() for thing in things}
    for one, other in pairs:
        if one in kin and other in kin and one != other:
            kin[one].add(other)
            kin[other].add(one)
    waiting = [(-len(near), thing) for thing, near in kin.items()]
    heapq.heapify(waiting)
    taken: set[bytes] = set()
    found = []
    while waiting:
        size, first = heapq.heappop(waiting)
        if first in taken:
            continue
        free = kin[first] - taken
        if len(free) != -size:
            heapq.heappush(waiting, (-len(free), first))
            continue
        taken |= free | {first}
        found.append([first, *sorted(free)])
    return found
