"""Whether a sentence tells what to do or what went wrong: trained weights over hashed features of its words.

A sentence becomes a few dozen numbers (hashes of its stems, of their pairs, of the words that open it, and of the
classes of words that follow one another, see ``wordclasses``); each has a weight, and their mean says how far the
sentence is a lesson or recommendation (above 0) or a challenge (below).  The weights are 131,072 small whole numbers in
``lesson-or-challenge.npz``: no word and no sentence can be read from them.  ``lesson-or-challenge.toml`` says what they
were trained on, by whom it was labelled, and their SHA-256.  ``tools/train_kinds.py`` trains them.
"""

from __future__ import annotations

import hashlib
import io
import math
import re
import tomllib
import zlib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.errors import FingerpostError
from ingest.statements.wordclasses import LEADING, NAMES, Word, word

WEIGHTS = Path(__file__).with_name("lesson-or-challenge.npz")
CARD = WEIGHTS.with_suffix(".toml")

BITS = 17
"""Features are hashed to this many bits; 16 lose 0.4 points of accuracy, 18 gain nothing."""

OPENING = 8
"""How many words at the beginning count once more as opening words, and of these"""
PLACED = 3
"""how many with their place."""

POLAR = 4
"""Up to this many words of praise and of blame are counted."""

_WORD = re.compile(r"[a-z']+")
_SENTENCE_ENDS = re.compile(r"(?<=[.;!?])\s+(?=[A-Z])")
_BEGIN, _END = 98, 99
_IMPERATIVE, _TO_DO = 50, 51
_FAMILY = 100
_ALONE, _FIRST, _LAST, _BETWEEN = range(4)

Ints = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float64]


class Features(NamedTuple):
    """The features of a text, each once: numbers below 2^BITS, and what each is worth (length 1 in all)."""

    numbers: npt.NDArray[np.int64]
    values: Floats


class Weights(NamedTuple):
    """What each feature weighs, in steps of ``step``, and what speaks for a lesson before anything is read."""

    weights: npt.NDArray[np.int8]
    step: float
    bias: float

    def margin(self, features: Features) -> float:
        """Log odds that the text is a lesson or recommendation and no challenge."""
        return float(self.weights[features.numbers] @ features.values) * self.step + self.bias


def margin(text: str) -> float:
    """Log odds that an English text tells what to do (a lesson, a recommendation), not what went wrong (a challenge).

    Raises `FingerpostError` when the weights are not those that were shipped.
    """
    return shipped().margin(features(text))


def probability(text: str) -> float:
    """How likely a text that is one of both is the lesson or recommendation: 0 to 1."""
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, margin(text)))))


def features(text: str) -> Features:
    """The text's features; those of an empty text are none."""
    parts = _SENTENCE_ENDS.split(text.replace("’", "'"))
    sentences = [[word(w) for w in _WORD.findall(part.lower())] for part in parts]
    sentences = [words for words in sentences if words]
    if not sentences:
        return Features(np.zeros(0, np.int64), np.zeros(0))
    words = [w for sentence in sentences for w in sentence]
    hashed = np.concatenate([*_of_words(words), *_of_sentences(sentences)])
    numbers, counts = np.unique(hashed >> np.uint32(32 - BITS), return_counts=True)
    values = 1 + np.log(counts)
    return Features(numbers.astype(np.int64), values / math.sqrt(float(values @ values)))


def _of_words(words: list[Word]) -> list[Ints]:
    """Stems and their pairs, the opening words, and classes of words beside one another."""
    stems = _array([_hash(w.stem) for w in words])
    leading = _array([_BEGIN, *(w.leading for w in words), _END])
    classed = leading[leading > 0]
    beside = (leading[:-1] > 0) | (leading[1:] > 0)
    opening = stems[:OPENING]
    placed = stems[:PLACED]
    return [
        _mixed(1, stems),
        _mixed(2, stems[:-1], stems[1:]),
        _mixed(3, placed, _array(range(len(placed)))),
        _mixed(4, opening),
        _mixed(5, opening[:-1], opening[1:]),
        _mixed(6, _array([n for w in words for n in w.classes])),
        _mixed(7, classed[:-1], classed[1:]),
        _mixed(8, leading[:-1][beside], leading[1:][beside]),
        _mixed(9, _array(_polarity(words))),
    ]


def _of_sentences(sentences: list[list[Word]]) -> list[Ints]:
    """How each sentence opens and which classes it has, by its place among the others."""
    openings, has, begins = [], [], []
    for n, words in enumerate(sentences):
        place = _place(n, len(sentences)) * _FAMILY
        openings += [_opens(words), _FAMILY * 10 + place + _opens(words)]
        classes = [w.leading for w in words if w.leading not in (0, LEADING["to"])]
        has += [place + c for c in dict.fromkeys(classes)]
        first, second = (*classes, 0, 0)[:2]
        begins.append((place + first) * _FAMILY + second)
    return [_mixed(10, _array(openings)), _mixed(11, _array(has)), _mixed(12, _array(begins))]


def _place(n: int, of: int) -> int:
    if of == 1:
        return _ALONE
    return _FIRST if n == 0 else _LAST if n == of - 1 else _BETWEEN


def _opens(words: list[Word]) -> int:
    """What opens a sentence: an imperative, "to" with a verb, else the first word's class."""
    if words[0].opens:
        return _IMPERATIVE
    return _TO_DO if words[0].leading == LEADING["to"] and len(words) > 1 and words[1].opens else words[0].leading


_PRAISE = NAMES.index("good")
_BLAME = frozenset(map(NAMES.index, ("harm", "not", "few")))


def _polarity(words: list[Word]) -> list[int]:
    """How many words praise, how many blame, and which are more."""
    good = sum(_PRAISE in w.classes for w in words)
    bad = sum(not _BLAME.isdisjoint(w.classes) for w in words)
    balance = max(-POLAR, min(POLAR, good - bad))
    return [10 + balance, 20 + min(good, POLAR), 30 + min(bad, POLAR), 40 + 2 * (good > 0) + (bad > 0)]


@lru_cache(maxsize=1 << 16)
def _hash(stem: str) -> int:
    return zlib.crc32(stem.encode())


def _array(numbers: list[int] | range) -> Ints:
    return np.array(numbers, dtype=np.uint32)


def _mixed(family: int, first: Ints, second: Ints | None = None) -> Ints:
    """A hash of 32 bits for each number or pair, different in each family (multiply and shift, as in Murmur3)."""
    mixed = first * np.uint32(0x9E3779B1) + np.uint32(family * 0xC2B2AE3D & 0xFFFFFFFF)
    if second is not None:
        mixed += second * np.uint32(0x85EBCA77)
    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0x2C1B3C6D)
    mixed ^= mixed >> np.uint32(12)
    return mixed


@lru_cache(maxsize=1)
def shipped() -> Weights:
    """The weights that ship with the program, checked against their card."""
    data = WEIGHTS.read_bytes()
    if hashlib.sha256(data).hexdigest() != tomllib.loads(CARD.read_text("utf-8"))["sha256"]:
        raise FingerpostError(f"The file {WEIGHTS.name} is not the one that was shipped; install Fingerpost again.")
    return unpacked(data)


def unpacked(data: bytes) -> Weights:
    """Weights from the bytes of their file."""
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        return Weights(file["weights"], float(file["step"]), float(file["bias"]))
