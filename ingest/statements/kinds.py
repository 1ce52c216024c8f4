"""Which of the five kinds a sentence is, or none: cues in its words, weighed with where it stands and who tells it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from corpus.ids import fold
from corpus.model import Standing, StatementKind
from ingest.statements.cues import AGAINST, CONCESSION, CONTRAST, CUES, HEADINGS, NEGATIONS, NEUTRAL, Table
from ingest.statements.matching import Patterns, pipeline

if TYPE_CHECKING:
    from spacy.tokens import Doc

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

PARENT = 0.4
"""What a heading above the sentence's own still says of it."""

HOLDS_BELOW = {StatementKind.RECOMMENDATION, StatementKind.LESSON}
"""Kinds whose chapter holds nothing else: under "Recommendations", the heading "Impact" is only what they are about."""

OVERTURNED = {StatementKind.RESULT, StatementKind.GOOD_PRACTICE}
_RUN_IN_HEAD = re.compile(r"^[A-Z][^.:;,]{2,60}:(?=\s)")
_ORDER = [
    StatementKind.RECOMMENDATION,
    StatementKind.LESSON,
    StatementKind.CHALLENGE,
    StatementKind.RESULT,
    StatementKind.GOOD_PRACTICE,
]

Scores = dict[StatementKind | None, float]


class Setting(NamedTuple):
    """What surrounds a sentence: its headings from the top, the words that lead its list in, whose account it is."""

    path: tuple[str, ...] = ()
    lead_in: str = ""
    standing: Standing = Standing.UNKNOWN
    counted: bool = False


class Verdict(NamedTuple):
    """A kind (None: no statement) with the evidence for it and how far it leads the next kind."""

    kind: StatementKind | None
    score: float
    lead: float


def judge(sentence: Doc, setting: Setting) -> Verdict:
    """Which kind of statement the sentence is, in its setting."""
    scores: defaultdict[StatementKind | None, float] = defaultdict(float)
    for kind, weight in _cues(sentence):
        scores[kind] += weight
    for kind, weight in _surroundings(sentence.text, setting).items():
        scores[kind] += weight
    if scores[StatementKind.RESULT] > 0 and setting.counted:
        scores[StatementKind.RESULT] += COUNTED
    if setting.standing is Standing.IMPLEMENTER:
        scores[StatementKind.GOOD_PRACTICE] += TOLD_BY_IMPLEMENTERS
    ranked = sorted(_ORDER, key=lambda k: -scores[k])
    best, second = ranked[:2]
    evidence = scores[best] - scores[None]
    return Verdict(best if evidence >= THRESHOLD else None, evidence, scores[best] - scores[second])


def _cues(sentence: Doc) -> Iterator[tuple[StatementKind | None, float]]:
    """The kinds that the sentence's words speak for, with weights, minding negation and the main clause."""
    words = [t.lower_ for t in sentence]
    norms = [t.norm_ for t in sentence]
    aside = _concessions(words)
    told = set()
    for start, _, (kind, weight, cue) in _sentence_cues().find(sentence):
        denied = not NEGATIONS.isdisjoint(norms[max(0, start - NEGATION_REACH) : start])
        if denied and kind is StatementKind.CHALLENGE and norms[start] not in NEGATIONS:
            continue
        if denied and kind in OVERTURNED:
            kind, weight = StatementKind.CHALLENGE, weight / 2
        if cue in told:
            continue
        told.add(cue)
        yield kind, weight * (ASIDE if start in aside else 1.0)


def _concessions(words: list[str]) -> range:
    """The words of the clause that the sentence only concedes; none where it concedes nothing."""
    if words and words[0] in CONCESSION and "," in words:
        return range(words.index(","))
    turns = [n for n, word in enumerate(words) if word in CONTRAST and n > 3 and (words[n - 1] in ",;–—-")]
    return range(turns[-1]) if turns else range(0)


def _surroundings(text: str, setting: Setting) -> Scores:
    """What headings, a run-in head and a lead-in make likely: the strongest word for each kind."""
    strongest: Scores = {}
    head = _RUN_IN_HEAD.match(text)
    for words in (*setting.path[-1:], setting.lead_in, head.group() if head else ""):
        _strengthen(strongest, heading_prior(words), 1.0)
    for words in setting.path[:-1]:
        prior = heading_prior(words)
        _strengthen(strongest, prior, 1.0 if len(prior) == 1 and HOLDS_BELOW.issuperset(prior) else PARENT)
    return strongest


def _strengthen(strongest: Scores, prior: Scores, share: float) -> None:
    for kind, weight in prior.items():
        strongest[kind] = max(strongest.get(kind, 0.0), weight * share)


@lru_cache(maxsize=4096)
def heading_prior(heading: str) -> Scores:
    """What a heading or a lead-in makes of the sentences under it; one that names several kinds says less of each."""
    prior: Scores = {}
    for _, _, (kind, weight, _) in _heading_cues().find(pipeline().make_doc(fold(heading))):
        prior[kind] = max(prior.get(kind, 0.0), weight)
    return {kind: weight / len(prior) for kind, weight in prior.items()}


@lru_cache(maxsize=1)
def _sentence_cues() -> Patterns:
    return Patterns(_flat({**CUES, None: {**AGAINST, 0: NEUTRAL}}))


@lru_cache(maxsize=1)
def _heading_cues() -> Patterns:
    return Patterns(_flat(HEADINGS))


def _flat(tables: dict[StatementKind | None, Table]) -> Iterator[tuple[str, tuple[StatementKind | None, float, str]]]:
    """(pattern, (kind, weight, pattern)) of every line of the tables: a line is one cue and counts once."""
    for kind, table in tables.items():
        for weight, lines in table.items():
            for line in lines.splitlines():
                if line.strip():
                    yield line.strip(), (kind, weight, line.strip())
