"""Whose word a statement is, and whether what it reports has happened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import Literal, NamedTuple

from corpus.ids import fold
from corpus.model import Standing, Voice
from ingest.statements.kinds import LEXICONS
from ingest.statements.matching import Found, Patterns, words_of

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

_HEARD = "interviewed"
_FEELING = frozenset({"satisfied", "dissatisfied", "agree", "agrees", "agreement", "disagreed", "welcomed", "grateful"})
"""Whoever was only heard speaks in a sentence that also tells what they said or felt."""

_OPINION = frozenset({"considered", "deemed", "described", "told", "perceived", "reported"})
_OF_THEM = frozenset({"as", "to", "by", "upon", "in", "missing", "at", "vulnerable", "eligible"})
"""Participles after which these words tell what was said of somebody ("children considered vulnerable")."""

PHRASE_WITHIN = 4
"""So many words may stand between a preposition and the noun it governs ("for the many returned children")."""
_ADVERB, _PARTICIPLE = ("ly", "ment", "mente"), ("ed", "en", "é", "és", "ées", "ado", "ados", "ido", "idos")
_JOINS = frozenset({"and", "or", "et", "ou", "y", "o"})
_PHRASE_ENDS = frozenset(",;:.()[]–—")

_QUOTE = re.compile(r"[“\"«]([^”\"»“«]{20,2000})[”\"»]")
_ATTRIBUTION = re.compile(r"\s*[-–—(]*\s*(?P<who>[A-Z][^.“\"”\n;]{2,70})(?=[.)\n;“\"]|$)")
QUOTED_SHARE = 0.6
"""From this share of a sentence that begins in quotation marks on, the words are somebody's own."""

_ADVICE = "recommendations|recommandations|recomendaciones"
_OF_EVALUATIONS = frozenset({"team", "équipe", "équipes", "equipo", "equipos", "mission", "misión", "oim"})
"""Nouns by which a heading may mean the evaluation's own people, or the body that had the work evaluated."""
_ANNEX = re.compile(r"annex|appendix|anexo|ap[eé]ndice", re.IGNORECASE)

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
        words = words_of(named["who"].lower()) if named else []
        nouns = _nouns(language)
        speaker = next(
            (v for v in _NAMED_BY if any(_names(words, n, v, nouns, language) for n in range(len(words)))),
            Voice.UNCLEAR,
        )
        yield Quoted(quote.start(1), quote.end(1), speaker)


def voice(words: Sequence[str], start: int, end: int, quotes: Iterable[Quoted], own: Voice, language: str) -> Voice:
    """Whose word the sentence at ``start`` to ``end`` of a passage is: the named speaker's, else the document's own."""
    speaker = named(words, language)
    if speaker is not None:
        return speaker
    for quote in quotes:
        if start >= quote.start - 1 and min(end, quote.end) - start > QUOTED_SHARE * (end - start):
            return quote.voice
    return own


def named(words: Sequence[str], language: str) -> Voice | None:
    """The voice of whoever the words name as speaking; None where nobody is."""
    found = [f for f in _speakers(language).find(words) if not _qualifies(words, f)]
    found += [
        f for f in _children(language).find(words) if not _qualifies(words, f) and _children_say(words, f, language)
    ]
    voices = [Voice.CHILD if isinstance(f.meaning, int) else f.meaning for f in sorted(found, key=lambda f: f.start)]
    if voices:
        first: Voice = voices[0]
        return Voice.UNCLEAR if Voice.UNCLEAR in voices else first
    return _speaker_before(words, language)


@lru_cache(maxsize=4096)
def headed(path: tuple[str, ...], language: str) -> Voice | None:
    """The voice of those whose suggestions, views or answers the nearest heading that tells so announces.

    None where no heading does.  What several bodies or children are said to think is nobody's in particular: a heading
    does not tell who of them speaks.  So are the answers of a survey in an annex that does not name who was asked.
    """
    given = _words(LEXICONS[language].relayed.given)
    for heading in reversed(path):
        words = [word.lower() for word in words_of(heading)]
        found = [f for f in _headed(language).find(words) if given.isdisjoint(words[f.start : f.end])]
        if found:
            spoken = (*words[: found[0].end], *takewhile(lambda word: word not in given, words[found[0].end :]))
            voices = {v for v, nouns in _nouns(language).items() if not (nouns - _OF_EVALUATIONS).isdisjoint(spoken)}
            return Voice.UNCLEAR if len(voices) > 1 or Voice.CHILD in voices else voices.pop()
        if _ANNEX.match(heading) and _surveys(language).find(words):
            return Voice.UNCLEAR
    return None


def _qualifies(words: Sequence[str], found: Found) -> bool:
    """Whether a speaker found only qualifies the word before."""
    return found.start > 0 and words[found.start - 1].lower() in _RELATIVE


def _children_say(words: Sequence[str], found: Found, language: str) -> bool:
    """Whether children or migrants are those who say or feel something, and are not merely spoken of.

    A child's voice must never be made up: in doubt the word is not theirs.  ``found.meaning`` counts the words that
    lead to the noun ("according to"), 0 where it comes first.
    """
    if found.meaning:
        return _heads(words, found.end - 1, language, found.start + found.meaning)
    if _named(words, found.start) or not _heads(words, found.start, language):
        return False
    at = found.end - 1
    verb, after = words[at].lower(), words[at + 1].lower() if at + 1 < len(words) else ""
    says = _words(LEXICONS[language].says)
    if verb == _HEARD:
        return any(word.lower() in _FEELING or word.lower() in says - {_HEARD} for word in words[at + 1 :])
    relays = not _RELAYING.isdisjoint(w.lower() for w in words[at + 1 : at + 2 + RELAYING_WITHIN])
    if verb in _OPINION and after in _OF_THEM and not relays:
        return False
    return not _passive([word.lower() for word in words[found.start + 1 : at]], language)


def _passive(between: Sequence[str], language: str) -> bool:
    """Whether the words between subject and verb end in a form of "to be", save for adverbs and other participles."""
    left = list(between)
    while left and (left[-1].endswith(_ADVERB) or left[-1] in LEXICONS[language].negations or left[-1] in _JOINS):
        joined = left.pop() in _JOINS
        if joined and left and left[-1].endswith(_PARTICIPLE):
            left.pop()
    return bool(left) and left[-1] in _words(LEXICONS[language].being)


def _heads(words: Sequence[str], at: int, language: str, first: int = 0) -> bool:
    """Whether the noun at a place heads a phrase of its own: it neither qualifies the next word nor hangs on a
    preposition.

    The phrase begins at ``first`` at the earliest.
    """
    lexicon = LEXICONS[language]
    after = words[at + 1].lower() if at + 1 < len(words) else ""
    if after in {"-", "'s", "'"}:
        return False
    allowed = _words(lexicon.following) | _words(lexicon.says) | _nouns(language)[Voice.CHILD]
    if lexicon.following and after.isalpha() and after not in allowed and not after.endswith(("ly", "ed")):
        return False
    for place in range(at - 1, max(first, at - 1 - PHRASE_WITHIN) - 1, -1):
        word = words[place].lower()
        if word in _PHRASE_ENDS:
            return True
        if word in _words(lexicon.governing):
            before = {w.lower() for w in words[max(0, place - 2) : place]}
            return not before.isdisjoint(_words(lexicon.parts))
    return True


def _named(words: Sequence[str], at: int) -> bool:
    """Whether a word belongs to a body's name ("Migrant Research Centre")."""
    return words[at][:1].isupper() and (at > 0 or any(word[:1].isupper() for word in words[1:2]))


def _names(words: Sequence[str], at: int, who: Voice, nouns: Mapping[Voice, frozenset[str]], language: str) -> bool:
    """Whether the name under a quotation is of that voice; a "child protection officer" is no child."""
    return words[at] in nouns[who] and (who is not Voice.CHILD or _heads(words, at, language))


def _speaker_before(words: Sequence[str], language: str) -> Voice | None:
    """The voice of the subject of a word of saying, further off than the patterns look; None where nobody is named.

    A body that is only named, and no authority by its name, most often speaks of its own part in the work.
    """
    says = _words(LEXICONS[language].says)
    for at, word in enumerate(words):
        if word.lower() not in says or _RELAYING.isdisjoint(
            w.lower() for w in words[at + 1 : at + 2 + RELAYING_WITHIN]
        ):
            continue
        first = max(0, at - SUBJECT_WITHIN)
        for place in range(first, at):
            spoken = next((v for v, nouns in _nouns(language).items() if words[place].lower() in nouns), None)
            if spoken is Voice.CHILD and (
                _named(words, place)
                or not _heads(words, place, language)
                or _passive([w.lower() for w in words[place + 1 : at]], language)
            ):
                continue
            if spoken is not None:
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
        if who == Voice.CHILD:
            continue
        patterns += [
            (f"{nouns} * {lexicon.says}", Voice(who)),
            (f"{lexicon.according} * {nouns}", Voice(who)),
            (f"{lexicon.says} {lexicon.by} * {nouns}", Voice(who)),
            (f"{nouns} {lexicon.relayed.heard} * {lexicon.relayed.tell}", Voice(who)),
            (f"{lexicon.relayed.heard} * {nouns} * {lexicon.relayed.tell}", Voice(who)),
        ]
    return Patterns(patterns, language)


@lru_cache(maxsize=len(LEXICONS))
def _children(language: str) -> Patterns:
    """Where children or migrants may be speaking, each with the number of words that lead to the noun."""
    lexicon = LEXICONS[language]
    nouns = lexicon.speakers[Voice.CHILD]
    led = f"{lexicon.according} * {nouns}", f"{lexicon.says} {lexicon.by} * {nouns}"
    patterns = (
        (f"{nouns} * {lexicon.says}", 0),
        (led[0], len(lexicon.according.split())),
        (led[1], 2),
        (f"{nouns} {lexicon.relayed.heard} * {lexicon.relayed.tell}", 0),
    )
    return Patterns(patterns, language)


@lru_cache(maxsize=len(LEXICONS))
def _headed(language: str) -> Patterns:
    """Headings that say whose words stand under them.

    What stands before "recommendations" may be whom they are for ("country office recommendations"); what is behind
    "perceptions of" may be what is perceived.
    """
    lexicon = LEXICONS[language]
    views, of, surveys = lexicon.relayed.views, lexicon.relayed.of, lexicon.relayed.surveys
    patterns = []
    for who, alternatives in lexicon.speakers.items():
        nouns = "|".join(noun for noun in alternatives.split("|") if noun not in _OF_EVALUATIONS)
        patterns += [
            (f"{nouns} {views}", Voice(who)),
            (f"{nouns} '|'s {views}|{_ADVICE}", Voice(who)),
            (f"{views}|{_ADVICE} {of} * {nouns}", Voice(who)),
            (f"{views}|{_ADVICE} * {lexicon.by} * {nouns}", Voice(who)),
            (f"{nouns} {surveys} {lexicon.relayed.answers}", Voice(who)),
            (f"{lexicon.relayed.answers} {of} * {nouns} {surveys}", Voice(who)),
            (f"{surveys} {of}|with|among|avec|auprès|con|entre * {nouns}", Voice(who)),
        ]
    return Patterns(patterns, language)


@lru_cache(maxsize=len(LEXICONS))
def _surveys(language: str) -> Patterns:
    relayed = LEXICONS[language].relayed
    surveys, answers = relayed.surveys, relayed.answers
    return Patterns(((f"{surveys} * {answers}", True), (f"{answers} {relayed.of} * {surveys}", True)), language)


@lru_cache(maxsize=16)
def _words(alternatives: str) -> frozenset[str]:
    """The words of one pattern word of a lexicon."""
    return frozenset(alternatives.split("|"))


@lru_cache(maxsize=len(LEXICONS))
def _expected(language: str) -> Patterns:
    return Patterns(
        ((line.strip(), True) for line in LEXICONS[language].expected.splitlines() if line.strip()), language
    )
