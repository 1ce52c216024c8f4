"""Quotes kept as hashes of word shingles: enough to say whether a passage holds a quote, without the quote's text.

A quote is its document, its grade, how many tokens it has, and the hash of each run of three consecutive tokens, in
order.  A passage contains the quote when at least 60 % of the quote's tokens stand in a run of three or more that the
passage has too: the rule of ``../shared/eval/README.md``, which needs the runs' identity alone.  Pure.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

RUN = 3
"""Tokens in a shingle; shorter common runs are function words that any long passage has."""
SHARE = 0.60
"""Share of a quote's tokens that a passage must hold."""
DIGITS = 12
"""Hex digits kept of a hash: 48 bits, with which a million different runs give one clash in about five hundred sets."""
_TOKEN = re.compile(r"[^\W_]+")
_HASH = re.compile(rf"[0-9a-f]{{{DIGITS}}}")


def tokens(text: str) -> list[str]:
    """Runs of letters and digits, after NFKC, in lower case."""
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).lower())


def shingles(words: Sequence[str]) -> tuple[str, ...]:
    """The hash of each run of three consecutive tokens, in order: ``max(0, len(words) - 2)`` of them."""
    runs = (" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1))
    return tuple(hashlib.blake2b(run.encode()).hexdigest()[:DIGITS] for run in runs)


def share_held(wanted: Sequence[str], there: frozenset[str]) -> float:
    """Share (0 to 1) of the tokens of a text, given as its shingles in order, that stand in a run that is there too."""
    if not wanted:
        return 0.0
    held = [False] * (len(wanted) + RUN - 1)
    for i, shingle in enumerate(wanted):
        if shingle in there:
            held[i : i + RUN] = [True] * RUN
    return sum(held) / len(held)


@dataclass(frozen=True)
class Quote:
    """A judged passage without its text: ``len(shingles) == words - 2``."""

    doc: str
    """Stem of the document's file."""
    content: str
    """SHA-256 of the file that was judged, hexadecimal; empty where no file was given."""
    grade: int
    """2 answers the query, 1 is useful in part."""
    words: int
    """Tokens of the quote."""
    shingles: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.grade not in (1, 2):
            raise ValueError(f"a quote of {self.doc} has the grade {self.grade}; it is 1 or 2")
        if self.words < RUN or len(self.shingles) != self.words - RUN + 1:
            raise ValueError(f"a quote of {self.doc} has {self.words} words and {len(self.shingles)} shingles")
        if not all(_HASH.fullmatch(s) for s in self.shingles):
            raise ValueError(f"a quote of {self.doc} has a shingle that is not {DIGITS} hexadecimal digits")

    @classmethod
    def of(cls, doc: str, text: str, grade: int, content: str = "") -> Quote:
        """The quote of a text, of three tokens or more."""
        words = tokens(text)
        return cls(doc, content, grade, len(words), shingles(words))

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Quote:
        """Read one entry of ``relevant``; a `ValueError` or `KeyError` says what is wrong with it."""
        return cls(row["doc"], row["content"], row["grade"], row["words"], tuple(row["shingles"]))

    def to_json(self) -> dict[str, Any]:
        return {
            "doc": self.doc,
            "content": self.content,
            "grade": self.grade,
            "words": self.words,
            "shingles": list(self.shingles),
        }

    def is_in(self, passage: frozenset[str]) -> bool:
        """Whether a passage, given as its shingles, contains the quote."""
        return share_held(self.shingles, passage) >= SHARE - 1e-9
