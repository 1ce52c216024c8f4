"""Countries, what they are called, and the groupings that the field speaks in.

Names, alternatives, capitals, demonyms and United Nations M49 regions come from the library countryinfo (MIT);
``vocabulary/places.toml`` adds what it lacks (Kosovo, short names, further adjectives, cities of the migration routes)
and says which names mislead.  Only what is kept here stays in memory: the library's shapes and translations go.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

import msgspec

from corpus.concepts import Concept, read_scheme
from corpus.errors import VocabularyError
from corpus.model import Value

PLACE_PREFIX = "place:"
"""Tags name a country ``place:ET`` and a grouping ``place:northern-triangle``."""

_LATIN = re.compile(r"[A-Za-zÀ-ɏ '’.,()&-]+")
_SHORTEST_ALTERNATIVE = 4
"""Shorter alternatives of the library are codes, and codes are words in other languages ("TO", "AND")."""


class Country(Value, frozen=True):
    """A country or territory with an ISO 3166-1 code, Kosovo (XK) included.

    ``names`` holds every spelling to look for, ``name`` first; ``adjectives`` its adjectives and peoples' names
    in English; ``inflected`` its adjectives in French and Spanish in every gender and number;
    ``cities`` the cities and regions that unmistakably name it, its capital among them where that is unambiguous.
    ``region`` and ``subregion`` are those of M49, the finer one where it has one ("Eastern Africa").
    """

    alpha2: str
    alpha3: str
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...] = ()
    inflected: tuple[str, ...] = ()
    capital: str = ""
    cities: tuple[str, ...] = ()
    region: str = ""
    subregion: str = ""
    note: str = ""


class Extra(Value, frozen=True):
    """What ``places.toml`` adds to or corrects in one country."""

    name: str = ""
    alpha3: str = ""
    names: tuple[str, ...] = ()
    not_names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    capital: str = ""
    cities: tuple[str, ...] = ()
    region: str = ""
    subregion: str = ""
    note: str = ""


class Supplement(msgspec.Struct, frozen=True, kw_only=True):
    """``places.toml`` without its groupings; each list is explained in the file.

    ``shared`` maps a name that several countries bear to their codes, the usual one first.  ``adjectives_fr`` and
    ``adjectives_es`` hold the masculine singular by code; their other forms follow from it.
    """

    withdrawn: frozenset[str] = frozenset()
    without_adjective: frozenset[str] = frozenset()
    ambiguous_capitals: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    further_languages: frozenset[str] = frozenset()
    funding_words: frozenset[str] = frozenset()
    treaty_words: frozenset[str] = frozenset()
    decoys: tuple[str, ...] = ()
    person_words: frozenset[str] = frozenset()
    person_countries: frozenset[str] = frozenset()
    shared: dict[str, tuple[str, ...]] = {}
    adjectives_fr: dict[str, tuple[str, ...]] = {}
    adjectives_es: dict[str, tuple[str, ...]] = {}
    country: dict[str, Extra] = {}


def _text() -> str:
    return (resources.files("corpus") / "vocabulary" / "places.toml").read_text("utf-8")


def read_supplement(text: str) -> Supplement:
    """The supplement in a places file; `VocabularyError` says what is wrong with it."""
    try:
        return msgspec.convert(tomllib.loads(text), Supplement)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise VocabularyError(f"vocabulary/places.toml cannot be read ({error}); correct that entry.") from error


@cache
def supplement() -> Supplement:
    """The shipped supplement, read once."""
    return read_supplement(_text())


@cache
def countries() -> dict[str, Country]:
    """Every country by its alpha-2 code, in the order of their names."""
    from countryinfo import CountryInfo

    more = supplement()
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in CountryInfo.all().values():
        code = (row.get("ISO") or {}).get("alpha2", "")
        if code and code not in more.withdrawn:
            rows.setdefault(code, []).append(dict(row))
    codes = dict.fromkeys((*rows, *more.country))
    found = [_country(code, rows.get(code, []), more) for code in codes]
    return {c.alpha2: c for c in sorted(found, key=lambda c: c.name)}


def _country(code: str, rows: list[dict[str, Any]], more: Supplement) -> Country:
    """One country from the library's rows (the state first, then its parts or old names) and the supplement."""
    extra = more.country.get(code, Extra())
    main = rows[0] if rows else {}
    name = extra.name or str(main.get("name", code))
    alternatives = (str(n) for row in rows for n in (row["name"], *row.get("altSpellings", ()), *_translated(row)))
    names = (name, *extra.names, *(n for n in alternatives if _is_name(n) and n not in extra.not_names))
    demonyms = () if code in more.without_adjective else _demonyms(rows)
    capital = extra.capital or (main["capital"] if isinstance(main.get("capital"), str) else "")
    own_city = () if capital in more.ambiguous_capitals or capital in names or len(capital) < 3 else (capital,)
    return Country(
        alpha2=code,
        alpha3=extra.alpha3 or str((main.get("ISO") or {}).get("alpha3", "")),
        name=name,
        names=_once(names),
        adjectives=_once((*demonyms, *extra.adjectives)),
        inflected=_once(
            form
            for told, forms in ((more.adjectives_fr, _french), (more.adjectives_es, _spanish))
            for adjective in told.get(code, ())
            for form in forms(adjective)
        ),
        capital=capital,
        cities=_once((*own_city, *extra.cities)),
        region=extra.region or main.get("region") or "",
        subregion=extra.subregion or main.get("intermediateregion") or main.get("subregion") or "",
        note=extra.note,
    )


def _is_name(alternative: str) -> bool:
    """Whether one of the library's alternatives is a name in Latin letters (no code, no "Congo, Republic of")."""
    long_enough = len(alternative) >= _SHORTEST_ALTERNATIVE
    return long_enough and "," not in alternative and bool(_LATIN.fullmatch(alternative)) and alternative[0].isupper()


def _translated(row: dict[str, Any]) -> Iterable[str]:
    """The library's French and Spanish names."""
    told = row.get("translations") or {}
    return (told[language] for language in ("fr", "es") if told.get(language))


def _french(adjective: str) -> tuple[str, ...]:
    """The forms of a French adjective from its masculine singular."""
    if adjective.endswith("e"):
        return adjective, adjective + "s"
    feminine = adjective + ("ne" if adjective.endswith("en") else "e")
    plural = adjective if adjective.endswith("s") else adjective + "s"
    return adjective, feminine, plural, feminine + "s"


def _spanish(adjective: str) -> tuple[str, ...]:
    """The forms of a Spanish adjective from its masculine singular."""
    if adjective.endswith("o"):
        return tuple(adjective[:-1] + ending for ending in ("o", "a", "os", "as"))
    if adjective.endswith("és"):
        return adjective, *(adjective[:-2] + ending for ending in ("esa", "eses", "esas"))
    if adjective.endswith("í"):
        return adjective, adjective + "es", adjective + "s"
    return adjective, adjective + "s"


def _demonyms(rows: list[dict[str, Any]]) -> tuple[str, ...]:
    told = (row.get("demonym") or "" for row in rows)
    return tuple(d.strip() for text in told for d in re.split(r",|/| and ", text) if d.strip())


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(n for n in names if n))


@cache
def groupings() -> dict[str, Concept]:
    """The groupings by id (``place:sahel``); ``members`` are alpha-2 codes."""
    return {concept.id: concept for concept in read_scheme("places", _text())[1]}


def country_name(alpha2: str) -> str:
    """The name shown for a country; `VocabularyError` for an unknown code."""
    try:
        return countries()[alpha2].name
    except KeyError:
        raise VocabularyError(
            f"'{alpha2}' is no country's code; use an ISO 3166-1 alpha-2 code in capitals, or XK for Kosovo."
        ) from None
