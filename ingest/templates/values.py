"""Values as pages print them: periods, lists of organisations, countries, and concepts of numbered schemes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from corpus.concepts import Concept, vocabulary
from corpus.ids import fold
from corpus.model import Value
from corpus.places import countries
from ingest.dates import iso_date

NAME_WORDS = 15
"""A longer value is a sentence about organisations, not the name of one."""

_BLANK = re.compile(r"^\W*(?:n/?a|none|not applicable|not specified|-)?\W*$", re.IGNORECASE)

# ---------------------------------------------------------------------------------------------- periods

_TO = re.compile(
    r"\s+[-–—]\s*|\s*[–—]\s*|(?<=\d{4})\s*-\s*(?=\D|\d{4})|"
    r"\b(?:to|until|till|and|through|au|à|jusqu'à|et|hasta|al?|y)\b",
    re.IGNORECASE,
)
_ONGOING = re.compile(
    r"\b(?:on-?going|present|to date|till now|until now|today|current(?:ly)?|continuing|open-?ended|"
    r"en cours|à ce jour|aujourd'hui|en curso|actualidad|a la fecha|presente)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"^\W*(?:until|till|up to|jusqu|hasta)\b", re.IGNORECASE)
_A_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class Period(Value, frozen=True):
    """When a practice ran, as exact as told; ``running`` is the word by which the page says that it still does."""

    start: str = ""
    end: str = ""
    running: str = ""


def period(text: str) -> Period:
    """The period that a value like "January 2020 – ongoing" tells; of several, from the first to the last."""
    ongoing = _ONGOING.search(text)
    pieces = [piece for piece in _TO.split(text) if piece.strip()]
    year = _A_YEAR.search(pieces[-1]) if pieces else None
    if year and len(pieces) > 1:  # "January – June 2020"
        pieces = [p if _A_YEAR.search(p) or not re.search(r"[^\W\d]{3}", p) else f"{p} {year[0]}" for p in pieces]
    dates = sorted(date for date in map(iso_date, pieces) if date)
    if not dates:
        return Period(running=ongoing[0] if ongoing else "")
    if _UNTIL.match(text):
        return Period(end=dates[-1])
    end = dates[-1] if len(dates) > 1 and not ongoing else ""
    return Period(start=dates[0], end=end, running=ongoing[0] if ongoing else "")


# ---------------------------------------------------------------------------------------------- names

_HEADS = (
    r"(?:the\s+)?(?:Ministr|Government|Department|European|United Nations|Embassy|Municipal|City of|Universit|"
    r"Ministère|Gouvernement|Union européenne|Ministerio|Gobierno|Unión Europea)"
)
_BODY = re.compile(
    rf"^{_HEADS}|\([A-Z][\w&.-]{{1,14}}\)|\b[A-Z][A-Z&]{{2,}}\b|"
    r"\b(?i:organi[sz]ation|foundation|government|union|council|federation|institute|association|agency|network|"
    r"commission|committee|society|cross|crescent|caritas|coalition|trust|save the children|terre des hommes|"
    r"fondation|gouvernement|fédération|asociación|fundación|gobierno)\b"
)
_ACRONYM = re.compile(r"^(?:the\s+)?[A-Z][A-Z&-]{2,}(?:\s|$)")
_AND = re.compile(r"\s+(?:and|et|y|&)\s+(?=\S)")
_ONE_IN_SERIES = re.compile(r"^(?:[A-Z][a-z]+, )+[A-Z][a-z]+,? and \w+ \w+")
"""One name that lists what it is for: "Asylum, Migration and Integration Fund"."""

_COMMA = re.compile(r",\s+(?=[^\W\d_])")
_CALLED = re.compile(r"^(?:(?:the|le|la|les|el|los)\s+|and\s+|&\s+|[-–•*·]\s*)+", re.IGNORECASE)


def names(values: Iterable[str]) -> tuple[str, ...]:
    """The organisations that values name: one each, or several parted by commas, slashes or line ends."""
    found = (name for value in values if not is_blank(value) for name in _names_in(value))
    return tuple(dict.fromkeys(name for name in found if name and len(name.split()) <= NAME_WORDS))


def _names_in(value: str) -> Iterator[str]:
    for line in re.split(r"\s+/\s+|\s*\|\s*|\s*;\s*", value):
        pieces = [line] if _ONE_IN_SERIES.match(line) else _parted(line)
        yield from (_CALLED.sub("", piece.strip(" ,.:")).strip() for piece in pieces)


def _parted(line: str) -> list[str]:
    """A line cut at its commas and at the "and" before the last of its organisations."""
    *before, last = _at_commas(line)
    halves = _AND.split(last, maxsplit=1)
    parted = len(halves) == 2 and _begins_body(halves[1], after_list=bool(before))
    return [*before, *(halves if parted else [last])]


def _begins_body(text: str, after_list: bool) -> bool:
    """Whether what follows an "and" is another organisation, not the rest of one's name."""
    sure = re.match(_HEADS, text) or _ACRONYM.match(text)
    return bool(sure or (after_list and _BODY.search(text)))


def _at_commas(line: str) -> list[str]:
    """A line cut at the commas after which another organisation begins ("Ministry of Health, Labour …" is one)."""
    pieces: list[str] = []
    for piece in _COMMA.split(line):
        ministry = bool(pieces) and re.match(_HEADS, pieces[-1]) is not None
        plain = ministry or " and " in piece or countries_in(piece) or not piece[0].isupper()
        if pieces and plain and not _BODY.search(piece):
            pieces[-1] = f"{pieces[-1]}, {piece}"
        else:
            pieces.append(piece)
    return pieces


_FUNDED = re.compile(
    r"\b(?:co-?)?(?:funded|financed|sponsored)\s+by\s+(?P<who>[^.;]+)|"
    r"\b(?:co-?)?(?:financé|cofinancé)e?s?\s+par\s+(?P<par>[^.;]+)|\b(?:co)?financiad[oa]s?\s+por\s+(?P<por>[^.;]+)",
    re.IGNORECASE,
)
_AS_WELL = re.compile(r",?\s+(?:as well as|and (?:co-?)?\w+ed by|and by|together with|and the|ainsi que|así como)\s+")


def funders(text: str) -> tuple[str, ...]:
    """Who pays, where a sentence says so in so many words ("funded by X as well as Y")."""
    told = (next(filter(None, found.groups())) for found in _FUNDED.finditer(text))
    pieces = (_CALLED.sub("", piece.strip(" ,.")) for who in told for piece in _AS_WELL.split(who))
    named = (p for p in pieces if p[:1].isupper() and len(p.split()) <= NAME_WORDS and not _FUNDED.search(p))
    return tuple(dict.fromkeys(named))


def is_blank(value: str) -> bool:
    """Whether a value only says that there is none ("-", "n/a")."""
    return _BLANK.match(value) is not None


def role(values: Sequence[str]) -> str:
    """What a contact person is, from a field that should hold no more; blank where it holds an address or number."""
    told = values[0] if values else ""
    return "" if is_blank(told) or "@" in told or len(re.findall(r"\d", told)) > 3 else told


# ---------------------------------------------------------------------------------------------- countries

ACRONYM_MAX = 3
"""Names of countries up to this length (UK, UAE) are words in small letters."""


@cache
def _country_names() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern over all folded names, and the code of each; acronyms ("UK") are kept as printed, for capitals only."""
    named = [(name, country) for country in countries().values() for name in country.names]
    codes = {fold(name): country.alpha2 for name, country in reversed(named) if len(name) > ACRONYM_MAX}
    codes |= {fold(country.name): country.alpha2 for country in countries().values()}
    longest = sorted(codes, key=len, reverse=True)
    acronyms = {name: country.alpha2 for name, country in named if len(name) <= ACRONYM_MAX and name.isupper()}
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b"), codes | acronyms


def countries_in(text: str) -> tuple[str, ...]:
    """The countries (alpha-2) that a short value names, in its order."""
    pattern, codes = _country_names()
    short = (codes[word] for word in re.findall(r"\b[A-Z]{2,3}\b", text) if word in codes)
    return tuple(dict.fromkeys((*(codes[name] for name in pattern.findall(fold(text))), *short)))


# ---------------------------------------------------------------------------------------------- concepts

_NUMBER = re.compile(r"(?<![\d.])(\d{1,2})(?![\d/])")
_SMALL = frozenset({"a", "an", "and", "for", "in", "of", "on", "the", "to", "with", "approa"})
"""Words, cut like those compared, that do not tell one concept from another."""

SHORTENED_SHARE = 0.3
"""A value all of whose words are in a label names it when it has so much of it ("Training")."""

WORD_STEM = 6
"""So many letters of a word are compared: "protect" and "protection" are one."""

VALUE_WORDS = 30
"""A longer value is a paragraph that speaks of the concepts, not a list of them."""

LIKE_SHARE = 0.75
"""So much of a concept's label must stand in a value that names it in other words."""


def concepts(scheme: str, values: Iterable[str]) -> tuple[str, ...]:
    """The ids of a scheme's concepts that values name: by number where they have one, else by label."""
    known = vocabulary().scheme(scheme)
    short = (value for value in values if not is_blank(value) and len(value.split()) <= VALUE_WORDS)
    found = (identifier for value in short for identifier in _named(known, value))
    return tuple(dict.fromkeys(found))


def _named(known: Sequence[Concept], value: str) -> Iterator[str]:
    numbered = {concept.notation: concept.id for concept in known if concept.notation.isdigit()}
    numbers = [str(int(number)) for number in _NUMBER.findall(value)] if numbered else []
    if numbers:
        yield from (numbered[number] for number in numbers if number in numbered)
        return
    told = _as_said(value)
    exact = [c.id for c in known if any(told == _as_said(term) for term in (c.label, *c.synonyms))]
    within = [c.id for c in known if f" {_as_said(c.label)} " in f" {told} "]
    yield from exact or within or [c.id for c in known if _is_like(_as_said(c.label), told)]


def _as_said(text: str) -> str:
    return fold(text).replace("centered", "centred").replace("programmes", "programme")


def _is_like(label: str, told: str) -> bool:
    """Whether a value names a label shortened or in other forms of its words."""
    wanted, there = ({w[:WORD_STEM] for w in text.split()} - _SMALL for text in (label, told))
    if not wanted or not there:
        return False
    shared = len(wanted & there)
    return shared >= LIKE_SHARE * len(wanted) or (shared == len(there) and shared >= SHORTENED_SHARE * len(wanted))
