"""The frame of a question: words that ask ("what do evaluations say about …") and are not what is asked for.

Frames are whole turns of speech, not single words: "evaluation" alone is as good a word to search for as any.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_SOURCES = r"(?:\w+ )?(?:evaluations?|evaluators?|reports?|documents?|studies|research|sources|evidence|others|people)"
_DO = r"(?: (?:do|run|organi[sz]e|handle|go about|deal with))?"
"""What is done with whatever stands beside it; a word that is a field of work too (manage, train) is none of these."""

_SAYINGS = r"(?:lessons?(?: learn(?:ed|t))?|recommendations?|findings?|challenges|(?:good|best|promising) practices?)"
_SAYINGS_FR = r"(?:lecons(?: apprises)?|enseignements|recommandations|constats|defis|bonnes pratiques)"
_SAYINGS_ES = r"(?:lecciones(?: aprendidas)?|recomendaciones|hallazgos|desafios|buenas practicas)"
"""Kinds of statement, which are asked for on or about something: a topic stands beside them."""

_SAY = r"(?:say|says|said|tell|tells|show|shows|find|found|know|think|report)(?: us)?"

FRAMES = re.compile(
    r"\b(?:"
    rf"what (?:do|does|did|have|has) (?:the )?{_SOURCES} {_SAY}(?: about| on| of| regarding| concerning)?"
    r"|how (?:do|does|did|can|could|have) (?:the )?(?:others?(?: \w+s)?|people|we|you|i|they|one|organi[sz]ations)"
    rf"{_DO}"
    rf"|how (?:to|best to){_DO}|(?:what are )?(?:the |any )?{_SAYINGS} (?:on|about|regarding|concerning)"
    rf"|(?:les |des )?{_SAYINGS_FR} (?:sur|concernant)|(?:las |los )?{_SAYINGS_ES} (?:sobre|acerca de)"
    r"|what (?:is|do we) (?:known|know) (?:about|of)|what works(?: best)?(?: in| for| with)?"
    r"|(?:is|are|was|were) there (?:any|some)?|tell me (?:about|of)|(?:give|show|find) me"
    r"|(?:i am|we are|i m|we re) looking for|i (?:need|want) to know|with (?:cases|examples)|(?:any )?examples of"
    r"|(?:any )?information (?:about|on)"
    rf"|que (?:disent|dit|montrent) (?:les |la )?(?:evaluations?|rapports?|etudes?) (?:sur|de|des|du)"
    r"|comment (?:faire|les autres|font)|exemples de"
    r"|que dicen (?:las |los )?(?:evaluaciones|informes|estudios) (?:sobre|de|del)|como (?:hacen|hacer)|ejemplos de"
    r")(?= |$)"
)
"""Turns of speech in folded words (no accents, no apostrophes), in English, French and Spanish."""


def framing_words(words: Sequence[str]) -> frozenset[int]:
    """The positions of the folded words that only frame the question; none where nothing else would be left."""
    text = " ".join(words)
    framing = set()
    for match in FRAMES.finditer(text):
        first = text.count(" ", 0, match.start())
        framing |= set(range(first, first + match[0].strip().count(" ") + 1))
    return frozenset(framing) if len(framing) < len(words) else frozenset()
