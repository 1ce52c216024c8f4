"""Which of the five kinds a sentence is, or none: cues in its words, weighed with where it stands and who tells it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from corpus.ids import fold
from corpus.model import Standing, StatementKind
from ingest.statements.english import ENGLISH
from ingest.statements.french import FRENCH
from ingest.statements.lexicon import Label, Lexicon, Sign, Table
from ingest.statements.matching import Patterns, words_of
from ingest.statements.spanish import SPANISH
from ingest.statements.weighing import margin

LEXICONS = {lexicon.language: lexicon for lexicon in (ENGLISH, FRENCH, SPANISH)}
"""The languages that statements are read in."""

THRESHOLD = 2.0
"""The least evidence for a statement: one cue that is enough by itself."""

ASIDE = 0.5
"""What a cue weighs in a clause that only concedes: before "…, but", after "although" up to its comma."""

NEGATION_REACH = 3
"""How many words before a cue a negation turns it over."""

COUNTED = 1.5
"""What a counted quantity adds to a result."""

TOLD_BY_IMPLEMENTERS = 0.75
"""What an implementer's own account adds to good practice: there every concrete way of working is offered as one."""

NOT_YET = 1.5
"""What a plan's statements lose where they speak of what has come about: most of it is still to come."""

SHARE = 0.75
"""What the cues after the strongest of one kind still weigh: a long sentence has many words, not many meanings."""

FAINT = 1.0
"""Up to this weight a word only hints: one of a heading, or of a sentence, where it turns no outcome bad."""

SETTLES = 3.0
"""From this weight on a word settles what is said: what is merely named beside it (below) counts no more."""

PARENT = 0.4
"""What a heading above the sentence's own still says of it."""

EXPLAINS = 1.0
"""What a heading "Recommendations" is worth to a sentence that goes on about the one before it."""

TELLS = 2.0
"""What it is worth to a sentence that tells something and asks for nothing."""

ALONE = 2.0
"""What "Lessons learned" weighs more where it names nothing else: all that is reported there is meant as a lesson."""

HOLDS_BELOW = {StatementKind.RECOMMENDATION, StatementKind.LESSON}
"""Kinds whose chapter holds nothing else: under "Recommendations", the heading "Impact" is only what they are about."""

RULED: dict[Label | None, tuple[StatementKind, ...]] = {
    StatementKind.GOOD_PRACTICE: (StatementKind.LESSON,),
    StatementKind.RECOMMENDATION: (StatementKind.RESULT, StatementKind.GOOD_PRACTICE, StatementKind.LESSON),
    StatementKind.LESSON: (StatementKind.RESULT, StatementKind.GOOD_PRACTICE, StatementKind.CHALLENGE),
}
"""A chapter's kind, and the kinds whose words are there only what it is about."""

RULING = 3.0
"""The least weight of a heading's word that makes the chapter one of its kind."""

TOLD_APART = (StatementKind.LESSON, StatementKind.RECOMMENDATION, StatementKind.CHALLENGE)
"""Kinds between which the trained weights have a say in their language, where no chapter has settled it."""
WEIGHED = "en"

LEANING, LEANING_MOST = 0.5, 3.0
"""What the weights' log odds are worth for one side and against the other, and up to which odds.  They were learned
from short reports on disasters, where "could be better" is a lesson: worth more, they overrule what evaluators mean."""

OVERTURNED = {StatementKind.RESULT, StatementKind.GOOD_PRACTICE}
MERELY_NAMED = {*OVERTURNED, StatementKind.LESSON}
"""Kinds whose faint words any sentence of the trade may name: outcomes, tools, learning."""

_RUN_IN_HEAD = re.compile(r"^[A-Z][^.:;,]{2,60}:(?=\s)")
_NUMBERED_OBJECT = re.compile(
    r"^(?:\d+(?:\.\d+)*\.?\s+)?(?:component|dimension|criteri(?:on|a)|item|pillar|outcome|output|objective|theme"
    r"|composante|dimension|crit[eè]re|pilier|produit|objectif|componente|dimensi[oó]n|criterio|pilar|objetivo)\s+\d",
    re.IGNORECASE,
)
"""A heading that numbers what is looked at: "Component 8. Recommendations" judges recommendations and gives none."""

_ANNEX = re.compile(r"^(?:annex|appendix|annexe|anexo|ap[eé]ndice)", re.IGNORECASE)
_OWN_ANNEX = re.compile(
    r"case stud|estudios? de caso|[eé]tudes? de cas|survey|findings|country|lesson|recomm", re.IGNORECASE
)
"""An annex that tells of its own, where most hold lists, forms and terms of reference."""

ANNEXED = 1.0
"""What speaks against a statement in any other annex."""

_ORDER = [
    StatementKind.RECOMMENDATION,
    StatementKind.LESSON,
    StatementKind.CHALLENGE,
    StatementKind.RESULT,
    StatementKind.GOOD_PRACTICE,
]

Scores = dict[Label, float]


class Setting(NamedTuple):
    """What surrounds a sentence: its headings from the top, the words that lead its list in, whose account it is, the
    first sentence of its paragraph ("" for that one itself)."""

    path: tuple[str, ...] = ()
    lead_in: str = ""
    standing: Standing = Standing.UNKNOWN
    counted: bool = False
    language: str = "en"
    opening: str = ""


class Verdict(NamedTuple):
    """A kind (None: no statement) with the evidence for it and how far it leads the next kind."""

    kind: StatementKind | None
    score: float
    lead: float


def judge(words: Sequence[str], text: str, setting: Setting) -> Verdict:
    """Which kind of statement a sentence (its words, its text) is, in its setting."""
    lexicon = LEXICONS[setting.language]
    scores: defaultdict[Label, float] = defaultdict(float)
    spoken: defaultdict[Label, list[float]] = defaultdict(list)
    for kind, weight in _cues(words, lexicon):
        spoken[kind].append(weight)
    settled = {kind for kind, weights in spoken.items() if max(weights) >= SETTLES}
    for kind, weights in spoken.items():
        if settled and kind in MERELY_NAMED - settled:
            weights = [weight for weight in weights if weight > FAINT] or [0.0]
        scores[kind] = (1 - SHARE) * max(weights) + SHARE * sum(weights)
    if StatementKind.RECOMMENDATION in settled:
        _rule(scores, StatementKind.RECOMMENDATION)
    outcome = scores.pop(Sign.OUTCOME, 0.0)
    if outcome:
        bad = scores[StatementKind.CHALLENGE] > max(scores[StatementKind.RESULT], FAINT)
        scores[StatementKind.CHALLENGE if bad else StatementKind.RESULT] += outcome
    asked = scores[StatementKind.RECOMMENDATION] > 0
    announced = announcement(setting.opening, setting.language)
    for kind, weight in (*_surroundings(text, setting).items(), *announced.items()):
        if kind is StatementKind.RECOMMENDATION and not asked and not setting.lead_in:
            weight = min(weight, _unasked(words, lexicon))
        # A wish under "Good practices" is still one: nobody wishes for what is already done.
        if kind is StatementKind.GOOD_PRACTICE and StatementKind.RECOMMENDATION in settled:
            weight *= ASIDE
        scores[kind] += weight
    if (
        setting.counted
        and scores[StatementKind.RESULT]
        and scores[StatementKind.RESULT] >= scores[StatementKind.CHALLENGE]
    ):
        scores[StatementKind.RESULT] += COUNTED
    if setting.standing is Standing.PLAN:
        for kind in OVERTURNED:
            scores[kind] -= NOT_YET
    if setting.standing is Standing.IMPLEMENTER:
        scores[StatementKind.GOOD_PRACTICE] += TOLD_BY_IMPLEMENTERS
    chapter = _chapter(setting)
    _rule(scores, chapter)
    if StatementKind.GOOD_PRACTICE in announced or chapter is StatementKind.GOOD_PRACTICE:
        scores[StatementKind.GOOD_PRACTICE] += scores.pop(StatementKind.RESULT, 0.0)
    ranked = sorted(_ORDER, key=lambda k: -scores[k])
    best, second = ranked[:2]
    evidence = scores[best] - scores[Sign.NOTHING] + (scores[Sign.ASSESSED] if scores[best] > 0 else 0.0)
    lead = scores[best] - scores[second]
    if evidence < THRESHOLD:
        return Verdict(None, evidence, lead)
    weighed = best in TOLD_APART and setting.language == WEIGHED and chapter not in TOLD_APART
    return Verdict(_told_apart(best, scores, margin(text)) if weighed else best, evidence, lead)


def _told_apart(best: StatementKind, scores: Mapping[Label, float], odds: float) -> StatementKind:
    """The kind, or where the odds tip it over the one across: challenge, or the likelier of lesson and advice."""
    lean = LEANING * max(-LEANING_MOST, min(LEANING_MOST, odds))
    told = best if best is not StatementKind.CHALLENGE else max(TOLD_APART[:2], key=lambda kind: scores.get(kind, 0.0))
    for_challenge = scores.get(StatementKind.CHALLENGE, 0.0) - lean - (scores.get(told, 0.0) + lean)
    if for_challenge == 0:
        return best
    return StatementKind.CHALLENGE if for_challenge > 0 else told


def _chapter(setting: Setting) -> Label | None:
    """The kind that a heading, or the words that lead the list in, name alone: what all of the chapter is meant as.

    The lead-in, being nearer, goes before the headings.
    """
    for words in (setting.lead_in, *setting.path):
        named = [k for k, w in heading_prior(words, setting.language).items() if w > FAINT]
        if len(named) == 1 and named[0] in RULED and heading_prior(words, setting.language)[named[0]] >= RULING:
            return named[0]
    return None


def _rule(scores: Scores, chapter: Label | None) -> None:
    """Read evidence as the chapter means it: an advice's effects are its aim."""
    for kind in RULED.get(chapter, ()):
        if kind in scores:
            scores[kind] *= ASIDE


def _unasked(words: Sequence[str], lexicon: Lexicon) -> float:
    """What a chapter of recommendations is worth at most to a sentence whose own words ask for nothing."""
    lower = [word.lower() for word in words]
    if lower and lower[0] in lexicon.anaphors:
        return EXPLAINS
    clause = takewhile(lambda word: word not in lexicon.relative, lower)
    return TELLS if not lexicon.finite.isdisjoint(clause) else float("inf")


def _cues(words: Sequence[str], lexicon: Lexicon) -> Iterator[tuple[Label, float]]:
    """The kinds that the sentence's words speak for, with weights, minding negation and the main clause."""
    lower = [word.lower() for word in words]
    aside = _concessions(lower, lexicon)
    told = set()
    for start, _, (kind, weight, cue) in _sentence_cues(lexicon.language).find(words):
        denied = not lexicon.negations.isdisjoint(lower[max(0, start - NEGATION_REACH) : start])
        if denied and kind is StatementKind.CHALLENGE and lower[start] not in lexicon.negations:
            continue
        if denied and kind in OVERTURNED:
            kind, weight = StatementKind.CHALLENGE, weight / 2
        if cue in told:
            continue
        told.add(cue)
        yield kind, weight * (ASIDE if start in aside else 1.0)


def _concessions(words: Sequence[str], lexicon: Lexicon) -> range:
    """The words of the clause that the sentence only concedes; none where it concedes nothing."""
    if words and words[0] in lexicon.concession and "," in words:
        return range(words.index(","))
    turns = [n for n, word in enumerate(words) if word in lexicon.contrast and n > 3 and (words[n - 1] in ",;–—-")]
    return range(turns[-1]) if turns else range(0)


def _surroundings(text: str, setting: Setting) -> Scores:
    """What headings, a run-in head and a lead-in make likely: the strongest word for each kind."""
    strongest: Scores = {}
    if any(_ANNEX.match(words) and not _OWN_ANNEX.search(words) for words in setting.path):
        strongest[Sign.NOTHING] = ANNEXED
    held = False
    for words in setting.path[:-1]:
        prior = heading_prior(words, setting.language)
        holds = len(prior) == 1 and HOLDS_BELOW.issuperset(prior)
        held = held or holds
        _strengthen(strongest, prior, 1.0 if holds or _ANNEX.match(words) else PARENT)
    head = _RUN_IN_HEAD.match(text)
    for words in (*setting.path[-1:], setting.lead_in, head.group() if head else ""):
        prior = heading_prior(words, setting.language)
        _strengthen(strongest, {k: w for k, w in prior.items() if not held or k not in OVERTURNED}, 1.0)
    return strongest


def _strengthen(strongest: Scores, prior: Scores, share: float) -> None:
    for kind, weight in prior.items():
        strongest[kind] = max(strongest.get(kind, 0.0), weight * share)


@lru_cache(maxsize=4096)
def heading_prior(heading: str, language: str = "en") -> Scores:
    """What a heading or a lead-in makes of the sentences under it; one that names several kinds says less of each."""
    prior: Scores = {}
    if _NUMBERED_OBJECT.match(heading):
        return prior
    for _, _, (kind, weight, _) in _heading_cues(language).find(fold(heading).split()):
        prior[kind] = max(prior.get(kind, 0.0), weight)
    named = sum(weight > FAINT for weight in prior.values())
    alone = ALONE if named == 1 and StatementKind.LESSON in prior else 0.0
    return {kind: weight / named + alone if weight > FAINT else weight for kind, weight in prior.items()}


@lru_cache(maxsize=4096)
def announcement(opening: str, language: str = "en") -> Scores:
    """What the first sentence of a paragraph says that the others are; most announce nothing."""
    announced: Scores = {}
    for _, _, (kind, weight, _) in _announcing_cues(language).find(words_of(opening)):
        announced[kind] = weight
    return announced if len(announced) == 1 else {}


@lru_cache(maxsize=len(LEXICONS))
def _announcing_cues(language: str) -> Patterns:
    return Patterns(_flat(LEXICONS[language].announcing), language)


@lru_cache(maxsize=len(LEXICONS))
def _sentence_cues(language: str) -> Patterns:
    lexicon = LEXICONS[language]
    return Patterns((*_flat(lexicon.cues), *_flat({Sign.NOTHING: {0.0: lexicon.neutral}})), language)


@lru_cache(maxsize=len(LEXICONS))
def _heading_cues(language: str) -> Patterns:
    return Patterns(_flat(LEXICONS[language].headings), language)


def _flat(tables: Mapping[Label, Table]) -> Iterator[tuple[str, tuple[Label, float, str]]]:
    """(pattern, (kind, weight, pattern)) of every line of the tables: a line is one cue and counts once."""
    for kind, table in tables.items():
        for weight, lines in table.items():
            for line in lines.splitlines():
                if line.strip():
                    yield line.strip(), (kind, weight, line.strip())
