"""Countries and groupings: whole, rightly named, and without what would mislead."""

from __future__ import annotations

import pytest

from corpus.errors import VocabularyError
from corpus.places import countries, country_name, groupings, read_supplement, supplement


def test_every_country_has_a_name_and_a_region() -> None:
    """Codes are ISO alpha-2 and alpha-3, and each country lies in an M49 region."""
    for code, country in countries().items():
        assert len(code) == 2, code
        assert len(country.alpha3) == 3, code
        assert code.isupper(), code
        assert country.names[0] == country.name, code
        assert country.region, code
    assert len(countries()) > 235


def test_withdrawn_codes_are_gone() -> None:
    """The library still has the Netherlands Antilles and Serbia and Montenegro; ISO does not."""
    assert countries().keys().isdisjoint({"AN", "CS"})


def test_kosovo_has_its_note() -> None:
    """Kosovo is there as XK, with the wording on Security Council resolution 1244."""
    kosovo = countries()["XK"]
    assert "1244" in kosovo.note
    assert kosovo.adjectives
    assert kosovo.subregion == "Southern Europe"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("GB", "UK"),
        ("US", "USA"),
        ("CD", "DRC"),
        ("AE", "UAE"),
        ("CI", "Ivory Coast"),
        ("CV", "Cabo Verde"),
        ("TR", "Turkey"),
        ("MM", "Burma"),
        ("SZ", "Swaziland"),
        ("VN", "Vietnam"),
    ],
)
def test_everyday_names_are_known(code: str, name: str) -> None:
    """Short, former and other usual names lead to the country."""
    assert name in countries()[code].names


def test_codes_are_no_names() -> None:
    """Two-letter codes are words in many languages; only the few that people write stand among the names."""
    short = {name for c in countries().values() for name in c.names if len(name) == 2}
    assert short == {"UK", "US"}


def test_shown_names_are_todays() -> None:
    """What is shown is the name in use now, though the library has the older one."""
    assert [country_name(c) for c in ("TR", "CZ", "MK", "CI")] == [
        "Türkiye",
        "Czechia",
        "North Macedonia",
        "Côte d'Ivoire",
    ]


def test_an_adjective_has_one_country_or_is_declared_shared() -> None:
    """No form leads silently to two countries."""
    owners: dict[str, set[str]] = {}
    for code, country in countries().items():
        for form in (*country.names, *country.adjectives, *country.cities):
            owners.setdefault(form, set()).add(code)
    twice = {form for form, codes in owners.items() if len(codes) > 1}
    assert twice <= set(supplement().shared)


def test_supplement_speaks_of_known_countries() -> None:
    """A typing error in a code of the supplement would be lost in silence."""
    more = supplement()
    named = {
        *more.country,
        *more.without_adjective,
        *more.person_countries,
        *(c for s in more.shared.values() for c in s),
    }
    assert named <= countries().keys()


def test_groupings_hold_known_countries() -> None:
    """Every grouping of the field has members, all of them countries."""
    wanted = "northern-triangle c-see mena horn-of-africa sahel gulf-countries central-asia western-balkans"
    assert {f"place:{g}" for g in wanted.split()} <= groupings().keys()
    for grouping in groupings().values():
        assert grouping.members, grouping.id
        assert set(grouping.members) <= countries().keys(), grouping.id
    assert groupings()["place:northern-triangle"].members == ("GT", "HN", "SV")


def test_names_of_countries_by_code() -> None:
    """A country's code gives its name; another does not."""
    assert country_name("ET") == "Ethiopia"
    with pytest.raises(VocabularyError, match=r"'et'.*capitals"):
        country_name("et")


def test_broken_supplement_is_refused() -> None:
    """A misspelt key in a country's entry is told, not ignored."""
    with pytest.raises(VocabularyError, match=r"places.toml"):
        read_supplement('[country.FR]\nadjectifs = ["Français"]')
