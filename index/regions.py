"""Regions in a query: the countries that a region holds, and the regions that a country is in.

Regions are the field's groupings (`corpus.places`) and the sub-regions of the United Nations (M49), by the names that
people write for them in English, French and Spanish.  Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from corpus.places import Country, countries, groupings
from index.analysis import stem, tokens

Name = tuple[str, ...]

SUBREGIONS = {
    "Northern Africa": (
        "North Africa", "North African", "Afrique du Nord", "Maghreb", "África del Norte", "Norte de África",
    ),
    "Western Africa": ("West Africa", "West African", "Afrique de l'Ouest", "África Occidental"),
    "Eastern Africa": ("East Africa", "East African", "Afrique de l'Est", "África Oriental"),
    "Middle Africa": ("Central Africa", "Central African", "Afrique centrale", "África Central"),
    "Southern Africa": ("Southern African", "Afrique australe", "África Austral", "África Meridional"),
    "Central America": ("Central American", "Amérique centrale", "Centroamérica", "América Central", "centroamericano"),
    "South America": ("South American", "Amérique du Sud", "América del Sur", "Sudamérica", "sudamericano"),
    "Caribbean": ("West Indies", "Caraïbes", "Caribe", "caribeño"),
    "Southern Asia": ("South Asia", "South Asian", "Asie du Sud", "Asia Meridional", "Asia del Sur"),
    "South-eastern Asia": (
        "South East Asia", "Southeast Asia", "Southeast Asian", "Asie du Sud-Est", "Sudeste Asiático",
    ),
    "Eastern Asia": ("East Asia", "East Asian", "Asie de l'Est", "Asia Oriental"),
    "Western Asia": ("Middle East", "Middle Eastern", "Moyen-Orient", "Oriente Medio", "Asie occidentale"),
    "Southern Europe": ("Southern European", "Europe du Sud", "Europa meridional", "sur de Europa"),
    "Eastern Europe": ("Eastern European", "Europe de l'Est", "Europa del Este", "Europa oriental"),
    "Northern Europe": ("Northern European", "Europe du Nord", "Europa del Norte"),
    "Western Europe": ("Western European", "Europe de l'Ouest", "Europa occidental"),
}  # fmt: skip
"""Sub-regions of M49 with the names that people write for them."""

SHORTER = {"place:western-balkans": ("Balkans", "Balkan", "Balcanes"), "place:gulf-countries": ("the Gulf", "Golfo")}
"""What groupings are also called in a query, where a text may mean something else."""


class Region(NamedTuple):
    """A region's names in folded words and the codes of its countries."""

    names: tuple[Name, ...]
    members: tuple[str, ...]


class Place(NamedTuple):
    """A run of a query's words (``start`` to ``end``, exclusive) that names a region or a country.

    ``others`` are other names of it, ``within`` the names of a region's countries, ``around`` those of the regions
    that a country is in.
    """

    start: int
    end: int
    others: tuple[Name, ...] = ()
    within: tuple[Name, ...] = ()
    around: tuple[Name, ...] = ()


def places_in(words: Sequence[str]) -> list[Place]:
    """The regions and countries that folded words name, longest names first, no word used twice; in order."""
    found: list[Place] = []
    taken: set[int] = set()
    for size in range(min(len(words), _longest()), 0, -1):
        for start in range(len(words) - size + 1):
            span = range(start, start + size)
            name = tuple(words[start : start + size])
            if taken.isdisjoint(span) and (place := _place(start, name)):
                found.append(place)
                taken.update(span)
    return sorted(found)


def _place(start: int, name: Name) -> Place | None:
    end = start + len(name)
    if regions_ := _by_name().get(name):
        others = (other for region in regions_ for other in region.names if not _says(other, name))
        members = dict.fromkeys(code for region in regions_ for code in region.members)
        within = (called for code in members for called in _names_of(countries()[code]))
        return Place(start, end, others=tuple(dict.fromkeys(others)), within=tuple(dict.fromkeys(within)))
    if codes := _countries().get(name):
        around = (called for region in regions() if not codes.isdisjoint(region.members) for called in region.names)
        others = (called for code in codes for called in _names_of(countries()[code]) if not _says(called, name))
        return Place(start, end, others=tuple(dict.fromkeys(others)), around=tuple(dict.fromkeys(around)))
    return None


def _says(name: Name, part: Name) -> bool:
    """Whether a name has another one in it, word for word or by its English stems: it finds nothing more then."""
    stems, wanted = [stem(word, "en") for word in name], [stem(word, "en") for word in part]
    return any(stems[at : at + len(wanted)] == wanted for at in range(len(stems) - len(wanted) + 1))


@cache
def regions() -> tuple[Region, ...]:
    """The field's groupings, then the sub-regions; a grouping of the same name stands for the sub-region too."""
    found = [
        Region(_folded((*group.labels, *group.names, *SHORTER.get(group.id, ()))), group.members)
        for group in groupings().values()
    ]
    known = {name for region in found for name in region.names}
    for subregion, names in SUBREGIONS.items():
        members = tuple(code for code, country in countries().items() if country.subregion == subregion)
        found.append(Region(tuple(n for n in _folded((subregion, *names)) if n not in known), members))
    return tuple(found)


@cache
def _by_name() -> dict[Name, tuple[Region, ...]]:
    found: dict[Name, tuple[Region, ...]] = {}
    for region in regions():
        for name in region.names:
            found[name] = (*found.get(name, ()), region)
    return found


@cache
def _countries() -> dict[Name, frozenset[str]]:
    found: dict[Name, frozenset[str]] = {}
    for code, country in countries().items():
        for name in _names_of(country):
            found[name] = found.get(name, frozenset()) | {code}
    return found


def _names_of(country: Country) -> tuple[Name, ...]:
    return _folded((*country.names, *country.adjectives))


def _folded(names: Sequence[str]) -> tuple[Name, ...]:
    folded = (tuple(token.word for token in tokens(name)) for name in names if not set(name) & {"~", "="})
    return tuple(dict.fromkeys(name for name in folded if name))


def codes_called(wanted: str) -> Iterator[str]:
    """The countries of the regions with a folded name (`corpus.ids.fold`)."""
    name = tuple(token.word for token in tokens(wanted) if len(token.word) > 1)  # an elided article stands apart here
    for region in _by_name().get(name, ()):
        yield from region.members


def known_names() -> frozenset[Name]:
    """Every name of a region or a country that may be recognised in a query."""
    return frozenset({*_by_name(), *_countries()})


@cache
def _longest() -> int:
    return max(len(name) for name in (*_by_name(), *_countries()))
