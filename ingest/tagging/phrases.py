"""Finding the vocabulary's phrases: which concepts a text mentions, where, and by which words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from corpus.concepts import Concept
from ingest.tagging.language import Reader

GAP = "~"
"""Stands for up to GAP_WORDS words inside a phrase: "identification of ~ victims"."""
GAP_WORDS = 3
EXACT = "="
"""Before a word whose stem has other meanings: "=sensitise" is matched in this form only, not as "sensitive"."""

_NO_GAP = frozenset({".", ";", ":", "•", "\n"})
"""A gap does not cross the end of a sentence or a line."""

Strength = Literal["name", "sign", "decoy"]
_RANK: dict[Strength, int] = {"sign": 0, "name": 1, "decoy": 2}
"""Where the same words are several things to one concept, the highest counts."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence of a phrase: tokens ``start`` to ``end`` of a document speak of ``concept``.

    ``term`` is the phrase's stems, so that inflected forms count as one term.  A ``gapped`` mention has words
    between; an ``acronym`` stands for several words.
    """

    concept: str
    scheme: str
    strength: Strength
    start: int
    end: int
    term: tuple[int, ...]
    gapped: bool = False
    acronym: bool = False


@dataclass(frozen=True, slots=True)
class _Meant:
    """What a phrase stands for."""

    concept: str
    scheme: str
    strength: Strength


def is_acronym(term: str) -> bool:
    """Whether a phrase is one word with at least two capitals ("UASC", "VoT"): those are matched as written."""
    return " " not in term and sum(c.isupper() for c in term) >= 2


class PhraseFinder:
    """The phrases of some concepts, compiled; phrases of different schemes do not stand in one another's way."""

    def __init__(self, reader: Reader, concepts: Iterable[Concept]) -> None:
        vocab = reader.nlp.vocab
        self._reader = reader
        self._stems = PhraseMatcher(vocab, attr="LEMMA")
        self._written = PhraseMatcher(vocab, attr="ORTH")
        self._exact = PhraseMatcher(vocab, attr="LOWER")
        self._meant: dict[int, _Meant] = {}
        self._part_of: dict[int, int] = {}
        """A key of the stem matcher → the number of the part of a gapped phrase that it finds."""
        self._parts: dict[str, int] = {}
        self._gapped: dict[int, list[tuple[_Meant, tuple[int, ...]]]] = defaultdict(list)
        """A gapped phrase's first part → what is meant, and the parts that must follow."""
        for concept in concepts:
            own_names = [label for label in concept.labels if " " in label]  # a single word may mean much else
            self._add(concept, "name", (*own_names, *concept.names))
            self._add(concept, "sign", concept.signs)
            self._add(concept, "decoy", concept.decoys)

    def _add(self, concept: Concept, strength: Strength, terms: Sequence[str]) -> None:
        meant = _Meant(concept.id, concept.scheme, strength)
        key = f"{concept.id}|{strength}"
        self._meant[self._reader.nlp.vocab.strings.add(key)] = meant
        read = self._reader.read
        written = [t for t in terms if is_acronym(t)]
        exact = [t.removeprefix(EXACT) for t in terms if t.startswith(EXACT)]
        plain = [t for t in terms if not (is_acronym(t) or GAP in t or t.startswith(EXACT))]
        self._stems.add(key, [read(t) for t in plain])
        self._written.add(key, [read(form) for t in written for form in (t, t + "s")])
        self._exact.add(key, [read(t) for t in exact])
        for term in terms:
            if GAP in term:
                first, *others = (self._part(part.strip()) for part in term.split(GAP))
                self._gapped[first].append((meant, tuple(others)))

    def _part(self, words: str) -> int:
        """The number of a part of a gapped phrase; the matcher learns it at its first use."""
        if words not in self._parts:
            number = self._parts[words] = len(self._parts)
            key = f"part|{number}"
            self._part_of[self._reader.nlp.vocab.strings.add(key)] = number
            self._stems.add(key, [self._reader.read(words)])
        return self._parts[words]

    def find(self, doc: Doc) -> dict[str, list[Mention]]:
        """Every mention by scheme; a longer phrase hides those inside it ("legal framework" hides "legal")."""
        stems: list[int] = doc.to_array("LEMMA").tolist()
        parts: dict[int, dict[int, int]] = defaultdict(dict)
        plain: dict[tuple[str, int, int], Mention] = {}
        written = self._written(doc)
        acronyms = {(start, end) for _, start, end in written}
        for key, start, end in (*self._stems(doc), *written, *self._exact(doc)):
            if key in self._part_of:
                parts[self._part_of[key]][start] = end
                continue
            meant = self._meant[key]
            spot = meant.concept, start, end
            if spot not in plain or _RANK[meant.strength] > _RANK[plain[spot].strength]:
                term = tuple(stems[start:end])
                acronym = (start, end) in acronyms
                plain[spot] = Mention(meant.concept, meant.scheme, meant.strength, start, end, term, acronym=acronym)
        found: dict[str, list[Mention]] = defaultdict(list)
        for mention in (*plain.values(), *self._with_gaps(doc, stems, parts)):
            found[mention.scheme].append(mention)
        return {scheme: list(_outermost(mentions, len(doc))) for scheme, mentions in found.items()}

    def _with_gaps(self, doc: Doc, stems: Sequence[int], parts: Mapping[int, Mapping[int, int]]) -> Iterator[Mention]:
        """The gapped phrases whose parts follow one another; of those from one spot the longest."""
        for first, starts in parts.items():
            for meant, others in self._gapped.get(first, ()):
                for start, end in starts.items():
                    last = _follow(doc, end, [parts.get(part, {}) for part in others])
                    if last:
                        term = (*stems[start:end], *stems[last - 1 : last])
                        yield Mention(meant.concept, meant.scheme, meant.strength, start, last, term, gapped=True)


def _follow(doc: Doc, end: int, parts: Sequence[Mapping[int, int]]) -> int:
    """Where the last of some parts ends that follow ``end`` at GAP_WORDS at most from one another; 0 if they do not."""
    if not parts:
        return end
    furthest = 0
    for start in range(end, min(end + GAP_WORDS, len(doc) - 1) + 1):
        if start in parts[0]:
            furthest = max(furthest, _follow(doc, parts[0][start], parts[1:]))
        if doc[start].text in _NO_GAP:
            break
    return furthest


def _outermost(mentions: Sequence[Mention], length: int) -> Iterator[Mention]:
    """Mentions that stand in no longer one, and those of one concept apart; no decoys.

    Different concepts may share the same words.  A phrase with a gap hides nothing of another concept: the words
    between are not its own.
    """
    spans: dict[tuple[int, int], list[Mention]] = defaultdict(list)
    for mention in mentions:
        spans[mention.start, mention.end].append(mention)
    reach = [0] * length
    """For each token the end of the furthest-reaching phrase without a gap that covers it."""
    own: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for start, end in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        if reach[start] >= end:
            continue
        for mention in spans[start, end]:
            if not any(s < end and start < e for s, e in own[mention.concept]):
                own[mention.concept].append((start, end))
                if mention.strength != "decoy":
                    yield mention
        if not all(mention.gapped for mention in spans[start, end]):
            reach[start:end] = [max(end, known) for known in reach[start:end]]
