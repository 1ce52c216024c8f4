"""Whose word a statement is, and whether what it reports has happened."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from corpus.model import Standing, Voice
from ingest.statements.cues import EXPECTED
from ingest.statements.matching import Patterns

if TYPE_CHECKING:
    from spacy.tokens import Doc

TELLS: dict[Standing, Voice] = {
    Standing.EXTERNAL: Voice.EVALUATOR,
    Standing.INTERNAL: Voice.EVALUATOR,
    Standing.IMPLEMENTER: Voice.IMPLEMENTER,
    Standing.RESPONSE: Voice.IMPLEMENTER,
}
"""Who speaks in a document where no one else is named; the other standings leave it unclear."""

SPEAKERS: dict[Voice, str] = {
    Voice.CHILD: (
        "children|child|boys|girls|adolescents|youth|youths|migrants|migrant|returnees|returnee|refugees|beneficiaries|"
        "beneficiary|victims|survivors|parents|families|workers|participants|asylum-seekers"
    ),
    Voice.PARTNER: (
        "government|governments|authorities|authority|officials|official|ministry|ministries|police|partners|partner|"
        "stakeholders|stakeholder|donors|donor|judges|teachers|municipality|municipalities|embassy|counterparts"
    ),
    Voice.IMPLEMENTER: (
        "csos|cso|ngos|ngo|staff|team|offices|office|cos|ros|missions|mission|volunteers|coordinators|coordinator|"
        "managers|manager|implementers|organisations|organizations|organisation|organization|societies|delegates"
    ),
}
"""The nouns by which each voice is named when its words are relayed."""

_SAYS = (
    "said|says|reported|reports|stated|states|noted|felt|feel|feels|believe|believed|believes|considered|deemed|"
    "mentioned|indicated|confirmed|confirm|expressed|explained|complained|argued|claimed|acknowledged|observed|"
    "appreciated|perceived|attested|agreed|emphasised|emphasized|stressed|described|told|shared"
)
_RELATIVE = frozenset({"that", "which", "whom", "what"})
"""A speaker after one of these only qualifies a word ("help that migrants deemed useful")."""

_OWN_WORDS = re.compile(r"[“\"][^”\"]{20,}[”\"]")
QUOTED_SHARE = 0.6
"""From this share of a sentence in quotation marks on, the words are somebody's own."""


def voice(sentence: Doc, standing: Standing) -> Voice:
    """Whose word the sentence is: the named speaker's, else the document's own."""
    relayed = [f for f in _speakers().find(sentence) if not f.start or sentence[f.start - 1].lower_ not in _RELATIVE]
    if relayed:
        speaker: Voice = relayed[0].meaning
        return speaker
    quoted = sum(len(m.group()) for m in _OWN_WORDS.finditer(sentence.text))
    if sentence.text[:1] in '“"' and quoted > QUOTED_SHARE * len(sentence.text):
        return Voice.UNCLEAR
    return TELLS.get(standing, Voice.UNCLEAR)


def achieved(sentence: Doc) -> Literal["yes", "expected"]:
    """Whether a result has come about or is only expected."""
    return "expected" if _expected().find(sentence) else "yes"


@lru_cache(maxsize=1)
def _speakers() -> Patterns:
    patterns = [(f"{who} * {_SAYS}", speaker) for speaker, who in SPEAKERS.items()]
    patterns += [(f"according to * {who}", speaker) for speaker, who in SPEAKERS.items()]
    patterns += [(f"{_SAYS} by * {who}", speaker) for speaker, who in SPEAKERS.items()]
    return Patterns(patterns)


@lru_cache(maxsize=1)
def _expected() -> Patterns:
    return Patterns((line.strip(), True) for line in EXPECTED.splitlines() if line.strip())
