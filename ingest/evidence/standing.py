"""How independent a document is of the work it speaks of, by its own words, where no library card says it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.ids import fold
from corpus.model import Party, Standing

RESPONSE = re.compile(
    r"\bmanagement (?:\w+ ){0,3}response\b|\bresponse of (?:the )?management\b|\breponse de la direction\b|"
    r"\brespuesta (?:de la )?(?:gerencia|direccion|administracion)\b"
)
"""What a title, folded, says that is management's answer to an evaluation."""

_EVALUATING = frozenset({"evaluation-report", "brief", "synthesis"})
"""Types of document whose standing is that of the evaluation they tell of."""

_STANDING_OF_TYPE = {
    "practice-page": Standing.IMPLEMENTER,
    "law": Standing.GUIDANCE,
    "guidance": Standing.GUIDANCE,
    "research": Standing.RESEARCH,
    "plan": Standing.PLAN,
}

_EVALUATION_WORD = (
    r"(?:(?:meta )?evaluations?|evaluators?|evaluacion|evaluador(?:es|a)?|evaluateurs?|review|assessment)"
)
_INTERNAL = re.compile(
    rf"\b(?:internal (?:and independent )?{_EVALUATION_WORD}|self {_EVALUATION_WORD}|self assessment|"
    rf"auto ?evaluation|"
    r"autoevaluacion|evaluation interne|evaluacion interna|evaluat(?:eur|rice) interne|"
    r"office of the inspector general|"
    r"internal oversight)\b"
)
_EXTERNAL = re.compile(
    rf"\b(?:external (?:\w+ ){{0,2}}{_EVALUATION_WORD}|independent (?:\w+ ){{0,2}}{_EVALUATION_WORD}|"
    rf"{_EVALUATION_WORD} (?:finale )?(?:independante|externe|independiente|externa))\b"
)
_BY_OUTSIDERS = re.compile(
    r"\b(?:(?:external|independent|independants?|externes?|independientes?|extern[oa]s) "
    r"(?:consultants?|team|experts?|firm)|"
    r"consultants? (?:independants?|externes?|independientes?|extern[oa]s))\b"
)
"""In a brief or synthesis this may be said of the evaluations that it draws on."""

_OF_THIS = re.compile(
    r"\b(?:this|the present|cette|la presente|esta) (?:\w+ ){0,3}"
    rf"(?:internal|external|independent|independante|externe|interne|independiente|externa|"
    rf"interna) (?:\w+ ){{0,2}}{_EVALUATION_WORD}"
    rf"|\b(?:evaluation|review|study) (?:was|is|has been) (?:\w+ ){{0,3}}by (?:an? |the )?(?:\w+ ){{0,2}}"
    r"(?P<who>internal|external|independent)\b"
)


_EVALUATES = re.compile(
    r"\b(?:evaluation type|type of (?:the )?evaluation|type d(?:e l)? evaluation|tipo de (?:la )?evaluacion)\b"
)
"""The field in which a brief or synthesis tells of its own evaluation; in running words it may speak of others'."""

_FIRM = re.compile(
    r"\b(?:ltd|limited|llc|inc|gmbh|sarl|consult\w*|associates|universit\w+|universidad|"
    r"institut\w*)\b"
)
"""Words of the names of those who evaluate for others."""


def is_response(title: str) -> bool:
    """Whether a title is that of management's answer to an evaluation."""
    return RESPONSE.search(fold(title)) is not None


def by_title(kind: str, title: str, cover: str) -> Standing:
    """The standing that a document's type, title and cover tell; unknown where they do not.

    A brief or synthesis whose title speaks of no evaluation, and whose cover has no field for it, may list others'.
    """
    if is_response(title):
        return Standing.RESPONSE
    if kind in _EVALUATING:
        named, first_words = fold(title), fold(cover)
        itself = re.search(rf"\b{_EVALUATION_WORD}\b", named) or _EVALUATES.search(first_words)
        for text in (named, first_words if itself or kind == "evaluation-report" else ""):
            if _INTERNAL.search(text):
                return Standing.INTERNAL
            if _EXTERNAL.search(text) or (kind == "evaluation-report" and _BY_OUTSIDERS.search(text)):
                return Standing.EXTERNAL
        return Standing.UNKNOWN
    return _STANDING_OF_TYPE.get(kind, Standing.UNKNOWN)


def by_text(kind: str, first_words: str, parties: Iterable[Party]) -> Standing:
    """The standing that an evaluation's first pages tell: what they call it, else who made it and for whom.

    An evaluator outside the organisations that ran, paid or commissioned the work makes it external, one of theirs
    internal.  An evaluation that names no evaluator stays unknown: nothing is guessed.
    """
    if kind not in _EVALUATING:
        return Standing.UNKNOWN
    folded = fold(first_words)
    said = _OF_THIS.search(folded)
    if said:
        return Standing.INTERNAL if re.search(r"\bintern(?:al|e|a)\b", said[0]) else Standing.EXTERNAL
    outside = _EXTERNAL.search(folded) or _BY_OUTSIDERS.search(folded)
    if kind == "evaluation-report" and outside and not _INTERNAL.search(folded):
        return Standing.EXTERNAL
    named = list(parties)
    evaluators = [_key(p.name) for p in named if p.role == "evaluator"]
    owners = [_key(p.name) for p in named if p.role in ("implementer", "commissioner", "donor")]
    if not owners and any(_FIRM.search(who) for who in evaluators):
        return Standing.EXTERNAL
    if not evaluators or not owners:
        return Standing.UNKNOWN
    own = any(who and (who in owner or owner in who) for who in evaluators for owner in owners)
    return Standing.INTERNAL if own else Standing.EXTERNAL


def _key(name: str) -> str:
    return fold(re.sub(r"\s*\([^()]*\)", "", name))
