"""Which age bands of the child's situation a text tells by numbers: "aged 15 to 17", "under the age of 12"."""

from __future__ import annotations

import re
from collections.abc import Iterator

BANDS: dict[str, tuple[int, int]] = {
    "age-under-6": (0, 5),
    "age-6-11": (6, 11),
    "age-12-14": (12, 14),
    "age-15-17": (15, 17),
    "age-18-24": (18, 24),
}
"""First and last year of each band."""

CHILDHOOD = 18
"""Under this age one is a child (Convention on the Rights of the Child, article 1): "under 18" tells no band."""
OLDEST = 26
"""A span that goes on beyond the middle twenties is one of adults."""
LEAST_YEARS = 2
"""A span that only touches a band with one year does not speak of it."""
TOO_WIDE = {"age-6-11", "age-15-17"}
"""A span from the first school years to the last means children of all ages."""

_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
)  # fmt: skip
_N = rf"(\d{{1,2}}|{'|'.join(_WORDS)})"
_TO = r" ?(?:to|and|through|or|a|à|y|et| ) ?"
_WHO = (
    "(?:children|boys|girls|adolescents|minors|youths?|young people|persons|those|enfants|mineurs|jeunes|niños|niñas|"
    "adolescentes|jóvenes)"
)
_OLD = r"(?: ?years?)?(?: of age| old)"

_SPANS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:aged|ages|age)(?: group)?(?: of)?(?: between| from)? {_N}{_TO}{_N}\b(?! ?(?:%|per cent))",
        rf"\bbetween the ages of {_N} and {_N}\b",
        rf"\b{_N}{_TO}{_N}{_OLD}\b",
        rf"\b{_N}{_TO}{_N} year olds?\b",
        rf"\b{_WHO} \(?(?:of |de |from |entre |between )?{_N}{_TO}{_N} (?:years|ans|años)\b",
        rf"\bâgée?s? (?:de |entre )?{_N}{_TO}{_N} ans\b",
        rf"\b(?:de |entre (?:los )?){_N}{_TO}{_N} años de edad\b",
    )
)
_UNDER = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:under|below|younger than)(?: the)? ages? of {_N}\b",
        rf"\b{_WHO} (?:who are |aged )?(?:under|below|younger than) {_N}\b(?! ?(?:%|per cent|months))",
        rf"\bunder {_N}s\b",
        rf"\b(?:under|below|younger than) {_N}{_OLD}\b",
        rf"\bmoins de {_N} ans\b",
        rf"\bmenores de {_N} años\b",
    )
)
_AT = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_N} years? old\b",
        rf"\b{_N} year old\b",
        rf"\b{_N} years of age\b",
        rf"\baged {_N}\b(?!{_TO}\d)",
        rf"\bâgée?s? de {_N} ans\b",
        rf"\b{_N} años de edad\b",
    )
)


_ANY = re.compile(rf"\b(?:aged|ages?|old|under|below|younger|âgée?s?|ans|años)\b|\b{_WHO} \(?\d")


def bands(text: str) -> Iterator[tuple[str, int, int]]:
    """Each age band that a text tells by numbers, with the characters that tell it.

    ``text`` is in small letters and has spaces for hyphens.
    """
    if not _ANY.search(text):
        return
    told: list[tuple[int, int]] = []
    for patterns, span_of in ((_SPANS, _span), (_UNDER, _under), (_AT, _at)):
        for pattern in patterns:
            for match in pattern.finditer(text):
                if any(start < match.end() and match.start() < end for start, end in told):
                    continue
                told.append(match.span())
                for band in _bands_of(*span_of(*map(_number, match.groups()))):
                    yield band, match.start(), match.end()


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _WORDS.index(word)


def _span(first: int, last: int) -> tuple[int, int]:
    return first, last


def _under(age: int) -> tuple[int, int]:
    return (0, age - 1) if age < CHILDHOOD else (0, OLDEST + 1)


def _at(age: int) -> tuple[int, int]:
    return age, age


def _bands_of(first: int, last: int) -> list[str]:
    """The bands that a span of years speaks of; none where it is all of childhood or goes far beyond."""
    if last > OLDEST or last < first:
        return []
    found = []
    for band, (lowest, highest) in BANDS.items():
        shared = min(last, highest) - max(first, lowest) + 1
        if shared >= min(LEAST_YEARS, last - first + 1):
            found.append(band)
    return [] if set(found) >= TOO_WIDE else found
