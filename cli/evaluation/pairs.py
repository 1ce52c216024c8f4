"""Judged pairs of statements, kept without their text: whether a reader takes one for a repetition of the other.  Pure.

A pair is two statements as a document (by its file's SHA-256) and the last part of the statement's id, which is a hash
of its folded words (`corpus.ids`), with the judgement.  How they were chosen and judged: ``bench/gold/pairs.md``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from cli.evaluation.passages import PARTS
from cli.evaluation.understanding import Share


class Said(NamedTuple):
    """A statement: its document, by the SHA-256 of the file and by its id, and the hash of its words in its own id."""

    content: str
    doc: str
    words: str


@dataclass(frozen=True)
class JudgedPair:
    """Two statements of one kind, and whether they say the ``same``."""

    id: str
    part: str
    one: Said
    other: Said
    same: bool

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> JudgedPair:
        """Read one line; a `ValueError`, `TypeError` or `KeyError` says what is wrong with it."""
        if row["part"] not in PARTS or not isinstance(row["same"], bool):
            raise ValueError(f"{row['id']}: part is one of {', '.join(PARTS)}, same is true or false")
        one, other = (Said(*(str(told[name]) for name in Said._fields)) for told in row["statements"])
        return cls(row["id"], row["part"], one, other, row["same"])

    def to_json(self) -> dict[str, Any]:
        statements = [said._asdict() for said in (self.one, self.other)]
        return {"id": self.id, "part": self.part, "same": self.same, "statements": statements}


@dataclass(frozen=True)
class PairFigures:
    """Of the pairs that are in one group, how many say the same; of those that say the same, how many are in one."""

    precision: Share
    recall: Share


def read_pairs(file: Path, part: str | None = None) -> list[JudgedPair]:
    """The pairs of a file, of one half of it where a part is named."""
    rows = (json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip())
    return [pair for pair in map(JudgedPair.from_json, rows) if part in (None, pair.part)]


def known(pairs: Sequence[JudgedPair], groups: Mapping[Said, frozenset[str]]) -> list[JudgedPair]:
    """The pairs of which both statements are there; ``groups`` has the groups of each (it may stand there twice)."""
    return [pair for pair in pairs if groups.get(pair.one) and groups.get(pair.other)]


def score(pairs: Sequence[JudgedPair], groups: Mapping[Said, frozenset[str]]) -> PairFigures:
    joined = [pair for pair in pairs if groups[pair.one] & groups[pair.other]]
    same = [pair for pair in pairs if pair.same]
    right = sum(pair.same for pair in joined)
    return PairFigures(precision=Share(right, len(joined)), recall=Share(right, len(same)))
