"""What in a text of ours could do harm: private data, private persons, places where people are sheltered or hide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from corpus import privacy
from corpus.ids import fold
from corpus.lint.finding import Pen
from corpus.lint.originals import Original, pairs
from corpus.lint.wording import Names, sentences
from corpus.places import countries, groupings

_SHELTERED = re.compile(
    r"\bshelters?\b|\bsafe[ -]?(?:house|home|space)s?\b|\brefuges?\b|\bhostels?\b|\bhalf-?way (?:house|home)s?\b"
    r"|\b(?:transit|reception|drop-in|accommodation|residential|rescue|day)[ -](?:centre|center|home|house)s?\b",
    re.IGNORECASE,
)
_HIDING = re.compile(
    r"\birregular(?:ly)?\b|\bundocumented\b|\b(?:without|no) (?:\w+ )?papers\b|\bin hiding\b|\bsans[ -]papiers\b"
    r"|\bmigrants? in transit\b|\bclandestine\w*\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\b(?:\d+[a-z]?,? )?(?:[A-Z][\w'’-]+ )+(?:Street|St\.|Road|Rd\.|Avenue|Ave\.|Boulevard|Lane|Square)(?!\w)"
    r"|\b(?:Rue|Avenue|Boulevard|Calle|Avenida|Carrera|Via|Strada|Rruga)(?: \w+){0,3} (?:[A-Z]\w+|\d+)"
    r"|\b\d{1,3}[.,]\d{3,}\s*°?\s*[NSEWO]?\s*[,;]\s*-?\d{1,3}[.,]\d{3,}|\d{1,3}\s*°\s*\d{1,2}\s*[′']",
)
_PLACE = re.compile(
    r"\b(?:in|at|near|outside|around|from|of|behind)\s+"
    r"(?:the\s+)?(?:(?P<sort>city|town|village|district|province|municipality|quarter|suburb|neighbou?rhood|port|"
    r"border town|camp|forest)\s+(?:of\s+)?)?(?P<name>[A-Z][\w'’-]+(?:[ -][A-Z][\w'’-]+)*)"
)
_NO_PLACES = {
    "north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "middle",
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
}  # fmt: skip
_PERSON = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.?\s+[A-Z]")


def look(pen: Pen, line: int, field: str, text: str, names: Names, originals: Iterable[Original]) -> None:
    """Write down what in a text could do harm; found data are not repeated."""
    for stretch in privacy.find(text):
        pen.error(line, field, f"holds private data ({stretch.kind}); take it out")
    if _PERSON.search(text):
        pen.warning(line, field, "names a person by title; say what the person is to the work instead")
    listed = {pair for original in originals for pair in original.people}
    for one, two in pairs(text):
        if (one, two) in listed:
            pen.warning(
                line,
                field,
                f"“{one.title()} {two.title()}” is on a source's list of private persons; leave a person's name out",
            )
    for sentence in sentences(text):
        _look_for_places(pen, line, field, sentence, names)


def _look_for_places(pen: Pen, line: int, field: str, sentence: str, names: Names) -> None:
    what = "a shelter" if _SHELTERED.search(sentence) else "people without papers" if _HIDING.search(sentence) else ""
    if not what:
        return
    if _ADDRESS.search(sentence):
        pen.error(line, field, f"tells the exact place of {what}; name the country only")
        return
    for name in _towns(sentence, names):
        pen.warning(line, field, f"“{name}” may tell the place of {what}; name the country only")


def _towns(sentence: str, names: Names) -> Iterator[str]:
    """Names of places that are smaller than a country."""
    organisations = [(t.start, t.end) for t in names.known(sentence)]
    for match in _PLACE.finditer(sentence):
        start, end = match.span("name")
        if any(a < end and start < b for a, b in organisations):
            continue
        if match["sort"] or not _is_large(fold(match["name"])):
            yield match["name"]


def _is_large(name: str) -> bool:
    """Whether a folded name is a country's, a people's, a part of the world's, or none of a place."""
    return name in _large_names() or all(word in _large_names() for word in name.split())


@cache
def _large_names() -> frozenset[str]:
    found = {fold(name) for one in countries().values() for name in (*one.names, *one.adjectives)}
    regions = {fold(name) for one in countries().values() for name in (one.region, one.subregion)}
    regions |= {fold(name) for concept in groupings().values() for name in (concept.label, *concept.synonyms)}
    return frozenset(found | regions | {word for name in regions for word in name.split()} | _NO_PLACES)
