"""Finding the vocabulary's phrases: which concepts a text mentions, where, and by which words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc

from corpus.concepts import Concept
from ingest.tagging.language import Reader

GAP = "~"
"""Stands for up to GAP_WORDS words inside a phrase: "identification of ~ victims"."""
GAP_WORDS = 3
EXACT = "="
"""Before a word whose stem has other meanings: "=sensitise" is matched in this form only, not as "sensitive"."""

Strength = Literal["name", "sign"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence of a phrase: tokens ``start`` to ``end`` of a document speak of ``concept``.

    ``term`` is the phrase's stems, so that inflected forms count as one term.  A ``gapped`` mention has words between.
    """

    concept: str
    strength: Strength
    start: int
    end: int
    term: str
    gapped: bool = False


def is_acronym(term: str) -> bool:
    """Whether a phrase is one word with at least two capitals ("UASC", "VoT"): those are matched as written."""
    return " " not in term and sum(c.isupper() for c in term) >= 2


class PhraseFinder:
    """The phrases of some concepts, compiled."""

    def __init__(self, reader: Reader, concepts: Iterable[Concept]) -> None:
        vocab = reader.nlp.vocab
        self._stems = PhraseMatcher(vocab, attr="LEMMA")
        self._written = PhraseMatcher(vocab, attr="ORTH")
        self._exact = PhraseMatcher(vocab, attr="LOWER")
        self._gaps = Matcher(vocab)
        self._keys: dict[int, tuple[str, Strength]] = {}
        for concept in concepts:
            labels = (concept.label, concept.label_fr, concept.label_es)
            own_names = [label for label in labels if " " in label]  # a single word may mean much else
            self._add(reader, concept.id, "name", (*own_names, *concept.synonyms))
            self._add(reader, concept.id, "sign", concept.signs)

    def _add(self, reader: Reader, concept: str, strength: Strength, terms: Sequence[str]) -> None:
        key = f"{concept}|{strength}"
        self._keys[reader.nlp.vocab.strings.add(key)] = (concept, strength)
        written = [t for t in terms if is_acronym(t)]
        gapped = [t for t in terms if GAP in t]
        exact = [t.removeprefix(EXACT) for t in terms if t.startswith(EXACT)]
        plain = [t for t in terms if not (is_acronym(t) or GAP in t or t.startswith(EXACT))]
        self._stems.add(key, [reader.read(t) for t in plain])
        self._written.add(key, [reader.read(form) for t in written for form in (t, t + "s")])
        self._exact.add(key, [reader.read(t) for t in exact])
        if gapped:
            self._gaps.add(key, [_pattern(reader, t) for t in gapped], greedy="LONGEST")

    def find(self, doc: Doc) -> list[Mention]:
        """Every mention; where phrases overlap the longest stands ("legal framework" hides "legal")."""
        plain = self._mentions(doc, (*self._stems(doc), *self._written(doc), *self._exact(doc)))
        return [*_longest(plain, len(doc)), *self._mentions(doc, self._gaps(doc), gapped=True)]

    def _mentions(self, doc: Doc, matches: Iterable[tuple[int, int, int]], *, gapped: bool = False) -> list[Mention]:
        found = []
        for key, start, end in matches:
            concept, strength = self._keys[key]
            ends = (start, end - 1) if gapped else range(start, end)
            term = " ".join(doc[i].lemma_ for i in ends)
            found.append(Mention(concept, strength, start, end, term, gapped))
        return found


def _pattern(reader: Reader, term: str) -> list[dict[str, Any]]:
    """A gapped phrase as a pattern of spaCy's Matcher; a gap does not cross the end of a sentence or a line."""
    pattern: list[dict[str, Any]] = []
    for part in term.split(GAP):
        if pattern:
            pattern.append({"ORTH": {"NOT_IN": [".", ";", ":", "•", "\n"]}, "OP": f"{{0,{GAP_WORDS}}}"})
        pattern.extend({"LEMMA": token.lemma_} for token in reader.read(part.strip()))
    return pattern


def _longest(mentions: Sequence[Mention], length: int) -> list[Mention]:
    """Mentions that no longer one overlaps; different concepts may share the same words."""
    spans: dict[tuple[int, int], list[Mention]] = defaultdict(list)
    for mention in mentions:
        spans[mention.start, mention.end].append(mention)
    taken = bytearray(length)
    kept: list[Mention] = []
    for start, end in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            kept.extend(spans[start, end])
    return kept
