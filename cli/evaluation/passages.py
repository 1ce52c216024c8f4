"""Judged passages kept without their text: what each is about and what it says, as hashes of its words.

A passage is the shingles of its tokens in order (`shingles`) with its judged labels; a judged statement is the multiset
of its tokens, each hashed with the passage's id, from which the overlap of two texts can be worked out.
How they were judged: ``../shared/eval/ANNOTATION.md``.  Pure.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from cli.evaluation.shingles import DIGITS, RUN, shingles, tokens

PARTS = ("tune", "held")
"""The halves of a judged set."""
FRESH = "fresh"
"""What was judged after the halves had been looked at: read only where it is named."""
FACETS = ("themes", "target_groups", "countries", "criteria", "situation")
SUPERSCRIPTS = dict.fromkeys(map(ord, "⁰¹²³⁴⁵⁶⁷⁸⁹"), " ")
SOFT_HYPHEN = "\u00ad"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")

Bag = Counter[str]


def words(text: str) -> list[str]:
    """The tokens of a text, without the note marks and soft hyphens that one reading has and another has not."""
    return tokens(text.translate(SUPERSCRIPTS).replace(SOFT_HYPHEN, ""))


def bag(text: str, salt: str) -> Bag:
    """How often each token occurs, the tokens hashed together with ``salt`` (the id of a passage)."""
    return Counter({_hash(f"{salt} {word}"): n for word, n in Counter(words(text)).items()})


def numbers(text: str) -> frozenset[str]:
    """The numbers of a text in digits, without separators of thousands."""
    return frozenset(number.replace(",", "") for number in _NUMBER.findall(text))


def overlap(one: Bag, other: Bag) -> float:
    """F1 of two multisets, 0 to 1; 0 where either is empty."""
    if not one or not other:
        return 0.0
    return 2 * (one & other).total() / (one.total() + other.total())


@dataclass(frozen=True)
class Judged:
    """A judged statement; ``len(shingles) == words - 2``.

    ``addressed_to`` is a label in the annotator's words, ``figure`` the numbers alone, parted by spaces.
    """

    kind: str
    voice: str
    achieved: str | None
    addressed_to: str | None
    figure: str | None
    words: int
    bags: tuple[Bag, ...]
    """The statement's own first, then those of other texts that are as good: the whole item, its main sentence."""
    shingles: tuple[str, ...]
    themes: frozenset[str] | None = None
    """None where they were not judged."""

    @classmethod
    def of(cls, row: Mapping[str, Any], salt: str) -> Self:
        """The statement of an annotator's row (``text``, ``kind`` …, perhaps ``alt``)."""
        mine = words(row["text"])
        return cls(
            kind=row["kind"],
            voice=row["voice"],
            achieved=row.get("achieved"),
            addressed_to=row.get("addressed_to"),
            figure=" ".join(sorted(numbers(row.get("figure") or ""))) or None,
            words=len(mine),
            bags=tuple(bag(text, salt) for text in (row["text"], *row.get("alt", ()))),
            shingles=shingles(mine),
            themes=frozenset(row["themes"]) if "themes" in row else None,
        )

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Self:
        return cls(
            **{name: row[name] for name in ("kind", "voice", "achieved", "addressed_to", "figure", "words")},
            bags=tuple(Counter(b) for b in (row["bag"], *row["alt"])),
            shingles=tuple(row["shingles"]),
        )

    def to_json(self) -> dict[str, Any]:
        own, *alt = [dict(sorted(b.items())) for b in self.bags]
        return {
            "kind": self.kind,
            "voice": self.voice,
            "achieved": self.achieved,
            "addressed_to": self.addressed_to,
            "figure": self.figure,
            "words": self.words,
            "bag": own,
            "alt": alt,
            "shingles": list(self.shingles),
        }


@dataclass(frozen=True)
class JudgedPassage:
    """A passage of one page with what it is about and what it says; ``len(shingles) == words - 2``."""

    id: str
    doc: str
    """Stem of the document's file."""
    content: str
    """SHA-256 of the file that was judged, hexadecimal."""
    page: int | None
    language: str
    part: str
    """``tune``, ``held`` or ``fresh``."""
    words: int
    shingles: tuple[str, ...]
    labels: Mapping[str, frozenset[str]]
    """The ids of each of `FACETS`; situations by the ids of the vocabulary's scheme ``situation``."""
    statements: tuple[Judged, ...] = ()
    optional: tuple[Bag, ...] = ()
    """Sentences on which careful annotators may differ."""

    def __post_init__(self) -> None:
        if self.part not in (*PARTS, FRESH):
            raise ValueError(f"the passage {self.id} is of the part '{self.part}'; it is tune, held or fresh")
        for length, runs in ((self.words, self.shingles), *((s.words, s.shingles) for s in self.statements)):
            if len(runs) != max(0, length - RUN + 1):
                raise ValueError(f"the passage {self.id} has {length} words and {len(runs)} shingles")

    @classmethod
    def of(cls, row: Mapping[str, Any], content: str, part: str) -> Self:
        """The passage of an annotator's row (``id``, ``doc``, ``page``, ``text``, labels, statements, optional)."""
        mine = words(row["text"])
        return cls(
            id=row["id"],
            doc=row["doc"],
            content=content,
            page=row["page"],
            language=row["language"],
            part=part,
            words=len(mine),
            shingles=shingles(mine),
            labels={facet: frozenset(row[facet]) for facet in FACETS},
            statements=tuple(Judged.of(s, row["id"]) for s in row["statements"]),
            optional=tuple(bag(text, row["id"]) for text in row["optional"]),
        )

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Self:
        """Read one line of the file; a `ValueError` or `KeyError` says what is wrong with it."""
        return cls(
            **{name: row[name] for name in ("id", "doc", "content", "page", "language", "part", "words")},
            shingles=tuple(row["shingles"]),
            labels={facet: frozenset(row[facet]) for facet in FACETS},
            statements=tuple(Judged.from_json(s) for s in row["statements"]),
            optional=tuple(Counter(b) for b in row["optional"]),
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "doc": self.doc,
            "content": self.content,
            "page": self.page,
            "language": self.language,
            "part": self.part,
            "words": self.words,
            "shingles": list(self.shingles),
            **{facet: sorted(self.labels[facet]) for facet in FACETS},
            "statements": [s.to_json() for s in self.statements],
            "optional": [dict(sorted(b.items())) for b in self.optional],
        }


def read_passages(path: Path, part: str | None = None) -> list[JudgedPassage]:
    """The judged passages of a file, of one part or of both halves; the fresh ones only where they are named."""
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
    judged = [JudgedPassage.from_json(row) for row in rows]
    if len({p.id for p in judged}) != len(judged):
        raise ValueError(f"{path.name} gives an id twice")
    return [p for p in judged if p.part in (PARTS if part is None else (part,))]


def parts_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The part of each row by id: its own, else half and half of each document and, within it, of each stratum."""
    rows = list(rows)
    own = {row["id"]: row["part"] for row in rows if "part" in row}
    ordered = sorted(
        (row for row in rows if row["id"] not in own), key=lambda row: (row["doc"], row["stratum"], row["id"])
    )
    return own | {row["id"]: PARTS[n % 2] for n, row in enumerate(ordered)}


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode()).hexdigest()[:DIGITS]
