"""Whose word a statement is, and whether what it reports has happened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from corpus.ids import fold
from corpus.model import Standing, Voice
from ingest.statements.kinds import LEXICONS
from ingest.statements.matching import Patterns

TELLS: dict[Standing, Voice] = {
    Standing.EXTERNAL: Voice.EVALUATOR,
    Standing.INTERNAL: Voice.EVALUATOR,
    Standing.RESEARCH: Voice.EVALUATOR,
    Standing.IMPLEMENTER: Voice.IMPLEMENTER,
    Standing.RESPONSE: Voice.IMPLEMENTER,
}
"""Who speaks in a document where no one else is named; a researcher judges from outside, as an evaluator does."""

_EVALUATIONS_OWN = re.compile(
    r"evaluation (?:methodology|approach|questions?|criteria|matrix|context|objectives?|process)"
    r"|limitations? (?:of|to) the evaluation|findings"
    r"|(?:criteres|questions|objectifs|matrice|portee?) (?:de l )?evaluation"
    r"|(?:criterios|preguntas|objetivos|matriz|alcance) de (?:la )?evaluacion|hallazgos|constats"
)
OWN_HEADINGS = 2
"""So many headings of an evaluation make the document one, where its standing does not tell whose word it is."""

_RELATIVE = frozenset({"that", "which", "whom", "what", "que", "qui"})
"""A speaker after one of these only qualifies a word ("help that migrants deemed useful")."""

_QUOTE = re.compile(r"[“\"«]([^”\"»“«]{20,2000})[”\"»]")
_ATTRIBUTION = re.compile(r"\s*[-–—(]*\s*(?P<who>[A-Z][^.“\"”\n;]{2,70})(?=[.)\n;“\"]|$)")
QUOTED_SHARE = 0.6
"""From this share of a sentence that begins in quotation marks on, the words are somebody's own."""

_NAMED_BY = (Voice.PARTNER, Voice.CHILD, Voice.IMPLEMENTER)
"""In this order a name under a quotation tells its voice: an "implementing partner" is a partner."""


class Quoted(NamedTuple):
    """A stretch of a passage that is somebody's own words, and whose."""

    start: int
    end: int
    voice: Voice


def teller(standing: Standing, headings: Iterable[str]) -> Voice:
    """Who speaks in a document where no one else is named."""
    if standing in TELLS:
        return TELLS[standing]
    own = sum(bool(_EVALUATIONS_OWN.search(fold(heading))) for heading in headings)
    return Voice.EVALUATOR if own >= OWN_HEADINGS and standing is not Standing.GUIDANCE else Voice.UNCLEAR


def quoted(text: str, language: str) -> Iterator[Quoted]:
    """The quotations of a passage, each with the voice of whoever is named right after it."""
    for quote in _QUOTE.finditer(text):
        named = _ATTRIBUTION.match(text, quote.end())
        words = set(fold(named["who"]).split()) if named else set()
        nouns = LEXICONS[language].speakers
        speaker = next((v for v in _NAMED_BY if not words.isdisjoint(nouns[v].split("|"))), Voice.UNCLEAR)
        yield Quoted(quote.start(1), quote.end(1), speaker)


def voice(words: Sequence[str], start: int, end: int, quotes: Iterable[Quoted], own: Voice, language: str) -> Voice:
    """Whose word the sentence at ``start`` to ``end`` of a passage is: the named speaker's, else the document's own."""
    found = _speakers(language).find(words)
    relayed = [f for f in found if not f.start or words[f.start - 1].lower() not in _RELATIVE]
    if relayed:
        kinds = {f.meaning for f in relayed}
        first: Voice = relayed[0].meaning
        return Voice.UNCLEAR if Voice.UNCLEAR in kinds else first
    for quote in quotes:
        if start >= quote.start - 1 and min(end, quote.end) - start > QUOTED_SHARE * (end - start):
            return quote.voice
    return own


def achieved(words: Sequence[str], language: str) -> Literal["yes", "expected"]:
    """Whether a result has come about or is only expected."""
    return "expected" if _expected(language).find(words) else "yes"


@lru_cache(maxsize=len(LEXICONS))
def _speakers(language: str) -> Patterns:
    lexicon = LEXICONS[language]
    patterns = []
    for who, nouns in lexicon.speakers.items():
        patterns += [
            (f"{nouns} * {lexicon.says}", Voice(who)),
            (f"{lexicon.according} * {nouns}", Voice(who)),
            (f"{lexicon.says} {lexicon.by} * {nouns}", Voice(who)),
        ]
    return Patterns(patterns, language)


@lru_cache(maxsize=len(LEXICONS))
def _expected(language: str) -> Patterns:
    return Patterns(
        ((line.strip(), True) for line in LEXICONS[language].expected.splitlines() if line.strip()), language
    )
