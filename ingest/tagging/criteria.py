"""Which evaluation criteria a passage assesses: a criterion that is judged, not one that is only named.

Terms of reference, methods and plans name the criteria too; they do not assess.  A sentence assesses by a phrase that
holds the judgement ("reached its objectives") or by naming a criterion with a word that judges it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_ANY_WORDS = r"(?:[\w']+ )"


@dataclass(frozen=True, slots=True)
class _Criterion:
    """``names`` name it, ``phrases`` assess by themselves; every sentence that can has one of the ``hints``."""

    names: re.Pattern[str]
    phrases: re.Pattern[str]
    hints: tuple[str, ...]


def _criterion(names: str, phrases: tuple[str, ...], hints: str) -> _Criterion:
    return _Criterion(
        re.compile(rf"\b(?:{names})\b"), re.compile(rf"\b(?:{'|'.join(phrases)})"), tuple(hints.split("|"))
    )


_CRITERIA: Mapping[str, _Criterion] = {
    "relevance": _criterion(
        "relevance|appropriateness|pertinence|pertinencia",
        (
            "(?:very|highly|particularly|clearly|still|remain(?:s|ed)?|was|were|is|are|proved|found to be) relevant"
            " (?:to|for|in)",
            f"(?:respond(?:ed|s)?|answer(?:ed|s)?|correspond(?:ed|s)?|cater(?:ed|s)?) to {_ANY_WORDS}{{0,5}}"
            "(?:needs?|priorities)",
            f"(?:aligned|in line|consistent) with {_ANY_WORDS}{{0,4}}(?:needs?|priorities)",
            f"(?:met|matched|tailored to|adapted to) {_ANY_WORDS}{{0,4}}(?:needs|context)",
            f"(?:répond(?:ait|u|ent)?|adapté|conforme) aux {_ANY_WORDS}{{0,3}}(?:besoins|priorités)",
            f"(?:respond(?:e|ió|ía)|adecuado) a las {_ANY_WORDS}{{0,3}}(?:necesidades|prioridades)",
        ),
        "relevan|appropriateness|pertinenc| need|priorit|context|besoins|necesidad",
    ),
    "coherence": _criterion(
        "(?:internal |external )?coherence|cohérence|coherencia",
        (
            f"(?:complement(?:ed|s|ary)|duplicat(?:ed|ion|es)|overlap(?:s|ped)?) {_ANY_WORDS}{{0,4}}"
            "(?:other|existing|efforts|projects|programmes|interventions|initiatives)",
        ),
        "coheren|cohéren|complement|duplicat|overlap",
    ),
    "effectiveness": _criterion(
        "effectiveness|efficacité|eficacia",
        (
            "(?:achiev(?:ed|ing)|met|meeting|reach(?:ed|ing)|attain(?:ed|ing)|exceed(?:ed|ing)|missed|delivered)"
            f" {_ANY_WORDS}{{0,5}}(?:objectives?|targets?|expected (?:results|outcomes|outputs)|goals?)\\b",
            f"(?:objectives?|targets?|expected results|outcomes) (?:were|was|have been|had been) {_ANY_WORDS}{{0,2}}"
            "(?:achieved|met|reached|exceeded|missed)",
            "(?:was|were|been|is|are|proved|proven|highly|very|less|more|not) effective (?:in|at|for|way|means|tool)",
            f"objectifs {_ANY_WORDS}{{0,4}}(?:atteints|réalisés)",
            f"objetivos {_ANY_WORDS}{{0,4}}(?:alcanzados|cumplidos|logrados)",
        ),
        "effective|efficacité|eficacia|objecti|target|goal|expected|outcomes|objetivo",
    ),
    "efficiency": _criterion(
        "efficiency|efficience|eficiencia",
        (
            "cost effective(?:ness|ly)?|value for money|(?:efficient|inefficient|economical) use of",
            "within (?:the )?(?:available |approved |original )?budget|(?:under|over)spent",
        ),
        "efficien|eficien|cost effective|value for money|economical|budget|spent",
    ),
    "impact": _criterion(
        "impacts?|impacto",
        (
            "(?:lasting|long term|longer term|transformative|far reaching) (?:effects?|impacts?|changes?|difference)",
            "(?:had|has|have|made|making|with|of) (?:an? |no |little |clear |some )?(?:[\\w']+ )?(?:impact|difference)"
            " (?:on|in|to|for)\\b",
            "(?:significant|significantly|visible|tangible|measurable|positive|negative|unintended|real) impacts?",
        ),
        "impact|lasting|long term|longer term|transformative|far reaching|difference",
    ),
    "sustainability": _criterion(
        "sustainability|durabilité|pérennité|sostenibilidad",
        (
            "(?:un)?sustainable (?:beyond|after|without|in the long)",
            f"(?:continue[ds]?|continuing|maintained|sustained|survive[ds]?|last(?:ed)?) {_ANY_WORDS}{{0,4}}"
            f"(?:beyond|after) {_ANY_WORDS}{{0,4}}(?:end|closure|close|completion|project|programme|funding|period)",
            "(?:increas|strengthen|ensur|improv|undermin|threaten|weaken|jeopardi[sz]|affect|limit|hamper)"
            f"(?:e[ds]?|s|ed|ing) (?:the |its |their |this )?{_ANY_WORDS}{{0,2}}(?:sustainability|continuity)",
        ),
        "sustain|durabilité|pérennité|sostenib|beyond| after |continuity",
    ),
}

_JUDGES = re.compile(
    r"\b(?:high|highly|higher|low|lower|strong|stronger|weak|weaker|good|poor|limited|mixed|moderate|satisfactory|"
    r"adequate|excellent|evident|questionable|uncertain|doubtful|unclear|insufficient|partial|positive|negative|"
    r"significant|increased|improved|enhanced|strengthened|reduced|diminished|undermined|hampered|hindered|affected|"
    r"compromised|confirmed|demonstrated|proved|proven|rated|scored|remains?|remained|lacks?|lacked|lacking|suffered|"
    r"varied|varies|élevée?|faible|bonne?|limitée?|satisfaisante?|insuffisante?|alta|baja|buena|limitada|"
    r"satisfactoria|insuficiente)\b"
)
_NO_JUDGEMENT = re.compile(
    r"\?|\b(?:should|must|shall|will|would|could|may|might|recommend\w*|to what extent|whether|in order to|so as to|"
    r"aim(?:s|ed)?|objectives? (?:is|was|were|are)|goals? (?:is|was|were|are)|purpose|to assess|to evaluate|"
    r"to measure|to examine|to determine|to enhance|to improve|to ensure|to increase|to have|evaluation questions?|"
    r"criteri(?:a|on)|(?:was|were) assessed|devra|devrait|afin de|dans quelle mesure|évaluera|deberá|debería|"
    r"en qué medida|a fin de|con el fin)\b"
)
_SENTENCE = re.compile(r"[^.;!?\n]+[.;!?\n]?")
NEAR = 50
"""Characters between a criterion's name and the word that judges it: "the relevance of the project was high"."""
_LISTED = 3
"""A sentence that names so many criteria lists them."""


def assessed(text: str, own_heading: str = "") -> Iterator[tuple[str, int, int]]:
    """Each criterion that a text assesses, with the characters that tell it.

    Under a heading that names one criterion, a sentence that judges anything judges that; its words are the evidence.
    ``text`` and heading are levelled: spaces for hyphens.
    """
    low = text.lower()
    if len(low) != len(text):  # a letter that is two in small letters would shift the offsets
        return
    heading = own_heading.lower()
    under = [name for name, criterion in _CRITERIA.items() if criterion.names.search(heading)]
    hinted = {n: c for n, c in _CRITERIA.items() if n in under or any(hint in low for hint in c.hints)}
    if not hinted:
        return
    for sentence in _SENTENCE.finditer(text):
        words = low[sentence.start() : sentence.end()]
        here = {n: c for n, c in hinted.items() if n in under or any(hint in words for hint in c.hints)}
        if here and not _NO_JUDGEMENT.search(words):
            for name, start, end in _in_sentence(words, here, under):
                first, last = sentence.start() + start, sentence.start() + end
                if text[first + 1 : last].islower():  # forms and tables write "Target Achieved"
                    yield name, first, last


def _in_sentence(
    words: str, criteria: Mapping[str, _Criterion], under: Sequence[str]
) -> Iterator[tuple[str, int, int]]:
    """The criteria that one sentence in small letters assesses, with the words that do."""
    named = {name: match for name, criterion in criteria.items() if (match := criterion.names.search(words))}
    if len(named) >= _LISTED:
        return
    for name, criterion in criteria.items():
        match = criterion.phrases.search(words) or named.get(name)
        if match and (match.re is criterion.phrases or (name != "impact" and _judged_near(words, *match.span()))):
            yield name, *match.span()
    judged = _JUDGES.search(words)
    if len(under) == 1 and judged:
        yield under[0], *judged.span()


def _judged_near(words: str, start: int, end: int) -> bool:
    """Whether a word that judges stands near a criterion's name: farther off it judges something else."""
    return bool(_JUDGES.search(words[max(0, start - NEAR) : start]) or _JUDGES.search(words[end : end + NEAR]))
