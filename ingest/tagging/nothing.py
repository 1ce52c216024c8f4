"""Which texts say nothing of the field: lists of names and acronyms, contents, bibliographies, imprints, thanks."""

from __future__ import annotations

import re

from spacy.tokens import Doc

PROSE_FROM_WORDS = 30
LEAST_FUNCTION_WORDS = 0.25
MOST_CAPITALS = 0.40
"""Of a long text's words, fewer function words and more capitals than these make a list of names, not a passage."""

_IMPRINT = re.compile(
    r"opinions? expressed|(?:do|does) not necessarily (?:reflect|represent)|designations employed|all rights reserved|"
    r"\bISBN\b|no part of this publication|Creative Commons|(?:suggested|required) citation|"
    r"legal status of any country|errors and omissions|reproduced, stored|opinions exprimées|tous droits réservés|"
    r"opiniones expresadas|derechos reservados",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"would (?:(?:also|particularly) )*like to (?:(?:also|particularly) )*(?:thank|acknowledge|recogni[sz]e|"
    r"express (?:my|our|their|its|sincere|deep))|"
    r"(?:my|our|sincere|special|heartfelt) (?:thanks|gratitude|recognition) (?:to|goes?|is|are)|"
    r"(?:is|are) grateful to|tien(?:s|nent|t) à remercier|remerci(?:e|ent|ons) |agradece(?:mos|n)? ",
    re.IGNORECASE,
)
_SIGNS = 2
"""One such wording may stand in any passage; two make it an imprint or a page of thanks."""


def says_nothing(text: str, doc: Doc) -> bool:
    """Whether a text, and the tokens read from it, is one of those."""
    return not _is_prose(doc) or any(
        len({match.lower() for match in wording.findall(text)}) >= _SIGNS for wording in (_IMPRINT, _THANKS)
    )


def _is_prose(doc: Doc) -> bool:
    words = [token for token in doc if token.is_alpha]
    if len(words) < PROSE_FROM_WORDS:
        return True
    function_words = sum(token.is_stop for token in words) / len(words)
    capitals = sum(token.text[0].isupper() for token in words) / len(words)
    return function_words >= LEAST_FUNCTION_WORDS or capitals <= MOST_CAPITALS
