"""Whom a recommendation is addressed to: the actor before its "should", or the one its heading names."""

from __future__ import annotations

import re

ACTORS = (
    r"governments?|authorit(?:y|ies)|ministr(?:y|ies)|parliaments?|states?|member states|donors?|"
    r"agenc(?:y|ies)|organi[sz]ations?|societ(?:y|ies)|federation|partners?|stakeholders?|practitioners?|actors?|"
    r"offices?|missions?|headquarters|department|units?|division|secretariat|commission|council|committee|consortium|"
    r"managers?|management|staff|teams?|coordinators?|evaluators?|implementers?|policy[ -]?makers?|legislators?|"
    r"schools?|teachers|police|courts?|judges|prosecutors|guardians|social workers|service providers|employers|"
    r"embass(?:y|ies)|municipalit(?:y|ies)|communit(?:y|ies)|NGOs?|CSOs?|INGOs?|UN|EU|ROs?|COs?|HQ"
)
"""Nouns and abbreviations that name somebody who can act."""

SUBJECT_MAX_WORDS = 14
"""A longer stretch before the verb is no plain subject."""

_DUTY = re.compile(
    r"\b(?:should|must|ought to|needs? to|(?:is|are) (?:encouraged|urged|advised|invited|recommended) to)\b"
)
_ACTOR = re.compile(rf"\b(?:{ACTORS})\b", re.IGNORECASE)
_ACRONYM = re.compile(r"^(?:the )?[A-Z][A-Za-z]*[A-Z]{1,}[A-Za-z]*$")
_ASIDE = re.compile(r",[^,]*,?\s*$")
_OPENING = re.compile(
    r"^(?:(?:therefore|however|moreover|furthermore|in addition|in (?:the )?future|finally|also|to this end"
    r"|where possible|in this regard|it is recommended that|we recommend that)[, ]+)+",
    re.IGNORECASE,
)
_HEADED = re.compile(
    r"\b(?:recommendations?|for the attention)\b.{0,40}?\b(?:for|to|of)\s+(?P<who>(?:the\s+)?[^:.;]{2,60})",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\brecommend(?:s|ed)?(?: that)?\s+(?:to\s+)?(?P<who>(?:the\s+)?[A-Z][^,.;]{1,50}?)\s+(?:to|should)\b"
)


def addressee(sentence: str, path: tuple[str, ...] = (), lead_in: str = "") -> str | None:
    """Who should act, in the source's words; None where neither the sentence nor what stands over it says so.

    A passive's subject ("evaluations should be conducted") is what is acted on, not who acts: it is passed over.
    """
    asked = _ASKED.search(sentence)
    if asked and _names_actor(asked["who"]):
        return asked["who"].strip()
    subject = _subject(sentence)
    if subject:
        return subject
    for heading in (lead_in, *reversed(path)):
        headed = _HEADED.search(heading)
        if headed and _names_actor(headed["who"]):
            return headed["who"].strip()
    return None


def _subject(sentence: str) -> str | None:
    duty = _DUTY.search(sentence)
    if not duty or re.match(r"\s+(?:also\s+|not\s+)?be\b", sentence[duty.end() :]):
        return None
    before = _OPENING.sub("", sentence[: duty.start()].strip())
    subject = _ASIDE.sub("", before) if before.count(",") else before
    subject = subject.strip(" ,")
    return subject if 0 < len(subject.split()) <= SUBJECT_MAX_WORDS and _names_actor(subject) else None


def _names_actor(words: str) -> bool:
    return bool(_ACTOR.search(words) or _ACRONYM.match(words.strip()))
