"""Where a text names objectives of the Global Compact or Sustainable Development Goals by their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NUMBERS = r"((?:\d{1,2}(?:\.[\da-f]{1,2})?(?: and | et | y | & |–|[,; ])*)+)"
_COMPACT = r"(?:the )?(?:GCM|Global Compact|Pacte mondial|Pacto Mundial)"
_NAMED = {
    "sdg-": (
        re.compile(rf"\b(?:SDGs?|ODDs?|ODS)(?: (?:targets?|goals?|cibles?|metas?))?(?: nos?\.?)? ?{_NUMBERS}"),
        re.compile(rf"\b(?:Sustainable Development Goals?|Objectifs? de développement durable|Objetivos? de Desarrollo"
                   rf" Sostenible)(?: \([A-Z]+\))?(?: nos?\.?)? {_NUMBERS}", re.IGNORECASE),
    ),
    "gcm-objective-": (
        re.compile(rf"\b(?:GCM|Global Compact)(?:'s)? [Oo]bjectives?(?: nos?\.?)? {_NUMBERS}"),
        re.compile(rf"\b(?:objectives?|objectifs?|objetivos?) {_NUMBERS} ?(?:of|du|del) {_COMPACT}", re.IGNORECASE),
    ),
}  # fmt: skip
_MOST = {"sdg-": 17, "gcm-objective-": 23}
_ANY = re.compile(
    r"SDG|ODD|ODS|GCM|Compact|Pacte|Pacto|Sustainable Development|développement durable|Desarrollo", re.IGNORECASE
)
_NUMBER = re.compile(r"(\d{1,2})(?:\.[\da-f]{1,2})?")


def named(text: str) -> Iterator[tuple[str, int, int]]:
    """Each goal and objective that a text names by its number, with the characters that name it."""
    if not _ANY.search(text):
        return
    for prefix, patterns in _NAMED.items():
        for pattern in patterns:
            for match in pattern.finditer(text):
                for number in _NUMBER.findall(match[1]):
                    if 1 <= int(number) <= _MOST[prefix]:
                        yield f"{prefix}{int(number)}", match.start(), match.start(1) + len(match[1].rstrip(" ,;"))
