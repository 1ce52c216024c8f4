"""The figure of a result: a number with its unit, as printed."""

from __future__ import annotations

import re

_NUMBER_WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|"
    r"ninety|(?:hundreds|thousands|dozens)\sof|(?:one|a)\s(?:hundred|thousand)"
)
_CURRENCY = r"(?:US\$|USD|EUR|GBP|CHF|€|£|\$)\s?"
_DIGITS = r"(?!0\d)(?:\d{1,3}(?:[ ,.\u00a0]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)"
_SCALE = r"(?:\s(?:million|billion|thousand)\b)?"
_FIGURE = re.compile(
    rf"""(?<![\w.,/§#°-])
    (?:
        (?P<money>{_CURRENCY}(?:{_DIGITS}){_SCALE})
      | (?P<share>(?:{_DIGITS})\s?(?:%|per\ cent\b|percent\b))
      | (?P<count>(?:{_DIGITS}){_SCALE}|\b(?:{_NUMBER_WORDS}))(?P<unit>(?:\s(?:[^\W\d_]|[/’'-])+){{1,5}})
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_NOT_COUNTED_AFTER = re.compile(
    r"(?:\b(?:no|nos|number|article|art|convention|protocol|objective|goal|sdg|component|phase|chapter|section|annex|page|"
    r"pp?|step|outcome|output|activity|figure|table|box|pillar|law|act|resolution|rule|type|level|case study|january|"
    r"february|march|april|may|june|july|august|september|october|november|december)\.?\s|\bin\s(?=(?:19|20)\d\d\b))$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNIT_ENDS = re.compile(
    "of|in|and|or|to|with|were|was|have|has|had|are|is|be|been|by|for|from|at|on|as|the|an?|who|which|that|than|per|"
    "during|while|et|when|will|would|could|should|can|may|through|across|after|before|under|within|into|each|where|but|"
    "since|until|between|over|also|not|only|its?|their|this|these|those|did|do|does|came|took|went|said|made|found|got|gave|left|met|being|th|st|nd|rd|january|february|march|"
    "april|june|july|august|september|october|november|december|"
    "ont|avaient|sont|étaient|été|qui|que|dans|par|pour|avec|sur|aux?|en|ou|dont|han|fueron|fue|eran|son|con|por|para|y|"
    "entre|sobre|desde|se",
    re.IGNORECASE,
)
"""Words that no unit goes on over; after a day of the month there is none."""

_STRUCTURE = re.compile(
    r"\b(?:phases?|steps?|parts?|sections?|questions?|criteri(?:a|on)|categor(?:y|ies)|components?|divisions?|dimensions?"
    r"|types?|levels?|items?|elements?|sets?|pillars?|chapters?|annexes|options?|aspects?|main|goals?|objectives?)\b",
    re.IGNORECASE,
)
"""Units that tell how a thing is built, not how much was done."""

UNIT_WORDS = 5
"""The longest unit taken, in words ("C/SEE at-risk migrant children")."""


def figure(text: str) -> str | None:
    """The first counted quantity of a sentence with its unit, or None: dates and numbered things are no figures."""
    for found in _FIGURE.finditer(text):
        plain = found["money"] or found["share"]
        if plain:
            return plain
        count = found["count"]
        if _NOT_COUNTED_AFTER.search(text[: found.start()]) or _YEAR.fullmatch(count):
            continue
        unit = _unit(found["unit"].split())
        if unit:
            return f"{count} {unit}" if text[found.end("count")].isspace() else None
    return None


def _unit(words: list[str]) -> str:
    """The words up to the first that cannot belong to a unit; "" where that is the first."""
    unit: list[str] = []
    for word in words[:UNIT_WORDS]:
        if _UNIT_ENDS.fullmatch(word) and not (unit and word == "of"):
            break
        unit.append(word)
    named = " ".join(unit).removesuffix(" of")
    return "" if _STRUCTURE.search(named) else named
