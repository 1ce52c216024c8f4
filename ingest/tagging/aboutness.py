"""From what a passage mentions to what it is about: pure functions over mentions.

A passage is about a concept when enough different words speak of it, in names rather than signs, early or in its
heading, and not far less than of what it is most about.  The weights are few, so that they can be read and argued with.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.tagging.phrases import Mention


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of evidence counts in one scheme.

    ``phrase``, ``name``, ``word``, ``gapped`` and ``sign``: names of three and more words, of two, of one, a phrase
    with a gap, a mere sign.  ``opening``: factor for evidence in the first sentence, where a paragraph says its
    subject.  ``heading``: factor for evidence in the passage's own heading; ``above`` for each heading further up.
    ``named``: factor for evidence inside the name of an organisation ("Migrant Research Center").
    ``least``: the evidence that a passage of REFERENCE_WORDS needs; ``growth``: how that grows with its length (0: not
    at all, 1: in step).
    ``share``: the part of the strongest concept's evidence that another one needs beside it.  ``most``: how many
    concepts a passage can be about.
    """

    phrase: float = 1.2
    name: float = 1.0
    word: float = 0.75
    gapped: float = 1.1
    sign: float = 0.35
    opening: float = 1.4
    heading: float = 1.2
    above: float = 0.4
    named: float = 0.3
    least: float = 1.2
    growth: float = 0.4
    share: float = 0.35
    most: int = 4


REFERENCE_WORDS = 100
"""Length to which ``Weights.least`` refers: the middle of what passages are."""
SHORTEST_SHARE = 0.25
"""Shorter texts need no less than one of a quarter of that: below it is a sentence, and a sentence says something."""
MEANS_ALONE = 4.0
REPEAT = 0.5
"""What each doubling of a term's occurrences adds to its worth."""


Term = tuple[int, ...]
"""The numbers of a phrase's stems."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Mentions in one stretch of text, where it stands, and the words as printed."""

    mentions: Mapping[str, Sequence[Mention]]
    """By scheme."""
    words: Mapping[tuple[int, int], str]
    above: int | None = None
    """None for the passage itself; for its headings how far above it, 0 for its own."""
    opening: int = 0
    """Index of the first token after the first sentence (0: the stretch has no opening of its own)."""
    named: bytes = b""
    """For each token whether it stands inside an organisation's name; blank where nobody looked."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """Evidence for one concept and the words that are it, the weightiest first."""

    evidence: float
    words: tuple[str, ...]


def weigh(stretches: Iterable[Seen], scheme: str, weights: Weights) -> dict[str, Weighed]:
    """Evidence by concept of a scheme: each different term once at its best, repeats of it with falling gain."""
    best: dict[str, dict[Term, float]] = defaultdict(dict)
    times: Counter[tuple[str, Term]] = Counter()
    printed: dict[tuple[str, Term], str] = {}
    for seen in stretches:
        place = 1.0 if seen.above is None else weights.above if seen.above else weights.heading
        for mention in seen.mentions.get(scheme, ()):
            value = _value(mention, weights) * place
            value *= weights.opening if mention.start < seen.opening else 1.0
            value *= weights.named if any(seen.named[mention.start : mention.end]) else 1.0
            terms = best[mention.concept]
            terms[mention.term] = max(terms.get(mention.term, 0.0), value)
            times[mention.concept, mention.term] += 1
            printed.setdefault((mention.concept, mention.term), seen.words[mention.start, mention.end])
    return {concept: _sum(concept, terms, times, printed) for concept, terms in best.items()}


def _value(mention: Mention, weights: Weights) -> float:
    if mention.strength == "sign":
        return weights.sign
    if mention.gapped:
        return weights.gapped
    if mention.acronym:
        return weights.name
    return (weights.word, weights.name, weights.phrase)[min(len(mention.term), 3) - 1]


def _sum(
    concept: str,
    terms: Mapping[Term, float],
    times: Mapping[tuple[str, Term], int],
    printed: Mapping[tuple[str, Term], str],
) -> Weighed:
    gains = {term: value * (1 + REPEAT * math.log2(times[concept, term])) for term, value in terms.items()}
    ranked = sorted(gains, key=lambda term: -gains[term])
    return Weighed(sum(gains.values()), tuple(printed[concept, term] for term in ranked))


def together(parts: Iterable[Weighed]) -> Weighed:
    """The evidence of a concept and of its narrower ones as one."""
    parts = sorted(parts, key=lambda part: -part.evidence)
    words = dict.fromkeys(word for part in parts for word in part.words)
    return Weighed(sum(part.evidence for part in parts), tuple(words))


def in_service(
    weighed: Mapping[str, Weighed], ends: Mapping[str, Sequence[str]], words: int, weights: Weights
) -> dict[str, Weighed]:
    """The evidence with that of a means added to the end that it serves, where the passage is about that end.

    ``ends`` tells what each concept is a means to.  A means that weighs MEANS_ALONE times its end is its own subject.
    """
    found = dict(weighed)
    bar = needed(words, weights)
    for means, served in ends.items():
        for end in served:
            if means in found and end in found and bar <= found[end].evidence > found[means].evidence / MEANS_ALONE:
                found[end] = together((found[end], found.pop(means)))
    return found


def needed(words: int, weights: Weights) -> float:
    """The least evidence that a passage of so many words needs to be about something."""
    return weights.least * math.pow(max(words / REFERENCE_WORDS, SHORTEST_SHARE), weights.growth)


def about(weighed: Mapping[str, Weighed], words: int, weights: Weights) -> list[str]:
    """The concepts that a passage of so many words is about, the strongest first; possibly none."""
    strongest = max((w.evidence for w in weighed.values()), default=0.0)
    bar = max(needed(words, weights), weights.share * strongest)
    ranked = sorted(weighed, key=lambda concept: (-weighed[concept].evidence, concept))
    return [concept for concept in ranked if weighed[concept].evidence >= bar][: weights.most]


def score(evidence: float) -> float:
    """Evidence as a number from 0 to 1: one half at the usual bar, never quite 1."""
    return round(evidence / (evidence + Weights().least), 3)
