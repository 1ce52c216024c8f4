"""Regions and their countries in questions and filters, in English, French and Spanish."""

from __future__ import annotations

import pytest
from shelf import IndexPlace, Shelf, passages_of

from corpus.model import Bibliography
from index.analysis import tokens
from index.answer import Request
from index.library import Library, bring_up_to_date
from index.regions import places_in

pytestmark = pytest.mark.usefixtures("words_only")

TEXTS = {
    "HN": "Shelters in Honduras keep a night register.",
    "ET": "Ethiopian girls were visited at their school.",
    "SN": "A listening desk stands at the harbour of Dakar in Senegal.",
    "MA": "In Morocco the court appoints a guardian.",
    "RS": "Serbian police hand the child over to a social worker.",
    "NE": "Drivers in Niger were told about the rules.",
    "": "Across the Horn of Africa drought drives families to the towns.",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    shelf = Shelf()
    for code, text in TEXTS.items():
        doc = f"d-{code.lower()}"
        tags = (f"place:{code}",) if code else ()
        shelf.put(Bibliography(id=doc, title=f"Report {code}", language="en"), passages_of(doc, text, tags=tags))
    place = IndexPlace(tmp_path_factory.mktemp("regions"))
    bring_up_to_date(place, shelf)
    return Library(place, shelf)


def names(text: str) -> list[tuple[int, int]]:
    return [(place.start, place.end) for place in places_in([token.word for token in tokens(text)])]


@pytest.mark.parametrize(
    ("typed", "spans"),
    [
        ("shelters in the Northern Triangle", [(3, 5)]),
        ("Corne de l'Afrique", [(0, 3)]),
        ("from South Sudan to Egypt", [(1, 3), (4, 5)]),  # not Sudan, and no region: the longest name
        ("Central African Republic", [(0, 3)]),
        ("the triangle of actors", []),
    ],
)
def test_the_longest_name_is_the_place(typed: str, spans: list[tuple[int, int]]) -> None:
    assert names(typed) == spans


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Northern Triangle", "HN"),
        ("Triángulo Norte", "HN"),
        ("Amérique centrale", "HN"),
        ("Centroamérica", "HN"),
        ("West African harbour", "SN"),
        ("le port, Afrique de l'Ouest, Dakar", "SN"),
        ("Balkans police", "RS"),
        ("Balcanes", "RS"),
        ("MENA", "MA"),
        ("Sahel", "NE"),
        ("Ethiopia", "ET"),
        ("girls from Ethiopia", "ET"),
    ],
)
def test_a_region_finds_its_countries_and_a_country_its_people(library: Library, typed: str, first: str) -> None:
    answer = library.search(Request(text=typed))
    assert answer.hits[0].text == TEXTS[first]
    assert answer.suggestion is None  # no document has the region's name, and it is no slip


def test_a_region_by_its_own_name_comes_before_its_countries(library: Library) -> None:
    found = [hit.text for hit in library.search(Request(text="Horn of Africa")).hits]
    assert found == [TEXTS[""], TEXTS["ET"]]
    assert library.search(Request(text="Cuerno de África")).also[0] == "horn of africa"


def test_a_country_finds_what_is_said_of_its_region_last(library: Library) -> None:
    found = [hit.text for hit in library.search(Request(text="Ethiopia")).hits]
    assert found == [TEXTS["ET"], TEXTS[""]]
    assert [h.text for h in library.search(Request(text="Ethiopia", without=("horn of africa",))).hits] == [TEXTS["ET"]]
    assert library.search(Request(text="Ethiopia", exact=True)).total == 0


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        ("West Africa", {"SN", "NE"}),
        ("Western Africa", {"SN", "NE"}),
        ("Afrique de l'Ouest", {"SN", "NE"}),
        ("Cuerno de África", {"ET"}),
        ("Sahel", {"NE"}),
        ("marocaines", {"MA"}),
        ("Central America", {"HN"}),
    ],
)
def test_a_filter_takes_regions(library: Library, value: str, codes: set[str]) -> None:
    answer = library.search(Request(filters={"country": (value,)}))
    assert {hit.text for hit in answer.hits} == {TEXTS[code] for code in codes}
