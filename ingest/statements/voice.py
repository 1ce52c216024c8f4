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

_RELAYING = frozenset({"that", "having", "que"})
"""A word of saying with one of these close behind it relays what its subject said."""
RELAYING_WITHIN = 4
"""So many words may stand between ("said in an interview that")."""
SUBJECT_WITHIN = 12
"""So far before the word of saying its subject may begin ("the CSOs involved in the second phase reported")."""

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
    voices = [f.meaning for f in relayed if not (f.meaning is Voice.CHILD and _named(words, f.start))]
    if voices:
        first: Voice = voices[0]
        return Voice.UNCLEAR if Voice.UNCLEAR in voices else first
    speaker = _speaker_before(words, language)
    if speaker is not None:
        return speaker
    for quote in quotes:
        if start >= quote.start - 1 and min(end, quote.end) - start > QUOTED_SHARE * (end - start):
            return quote.voice
    return own


def _named(words: Sequence[str], at: int) -> bool:
    """Whether a word belongs to a body's name ("Migrant Research Centre")."""
    return words[at][:1].isupper() and (at > 0 or any(word[:1].isupper() for word in words[1:2]))


def _speaker_before(words: Sequence[str], language: str) -> Voice | None:
    """The voice of the subject of a word of saying, further off than the patterns look; None where nobody is named.

    A body that is only named, and no authority by its name, most often speaks of its own part in the work.
    """
    lexicon = LEXICONS[language]
    says = frozenset(lexicon.says.split("|"))
    for at, word in enumerate(words):
        if word.lower() not in says or _RELAYING.isdisjoint(
            w.lower() for w in words[at + 1 : at + 2 + RELAYING_WITHIN]
        ):
            continue
        first = max(0, at - SUBJECT_WITHIN)
        for place in range(first, at):
            spoken = next((v for v, nouns in _nouns(language).items() if words[place].lower() in nouns), None)
            if spoken is not None and not (spoken is Voice.CHILD and _named(words, place)):
                return spoken
        if any(words[place][:1].isupper() and (place > 0 or place == at - 1) for place in range(max(0, at - 3), at)):
            return Voice.IMPLEMENTER
    return None


@lru_cache(maxsize=len(LEXICONS))
def _nouns(language: str) -> dict[Voice, frozenset[str]]:
    """The nouns by which each voice is named."""
    return {Voice(who): frozenset(nouns.split("|")) for who, nouns in LEXICONS[language].speakers.items()}


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
