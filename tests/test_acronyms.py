"""Search knows the acronyms that the documents explain, and the organisations with their part."""

from __future__ import annotations

from pathlib import Path

import pytest
from shelf import IndexPlace, Shelf, passages_of

from corpus.model import Acronym, Bibliography, Party
from index.acronyms import Acronyms
from index.answer import Request
from index.library import Library, rebuild

pytestmark = pytest.mark.slow


def library_of(path: Path, shelf: Shelf) -> Library:
    place = IndexPlace(path)
    rebuild(place, shelf)
    return Library(place, shelf)


@pytest.fixture
def shelf() -> Shelf:
    made = Shelf()
    card = Bibliography(id="one", title="One", authors=("Ada Quist",), organisations=("Northlight Institute",))
    made.put(card, passages_of("one", "The night desk for harbour children was open.", "A wall was painted blue."))
    made.put(Bibliography(id="two", title="Two"), passages_of("two", "The NDHC closed at nine.", "Tea was served."))
    made.explained = {"one": (Acronym(short="NDHC", long="Night Desks for Harbour Children"),)}
    made.named = {
        "one": (
            Party(name="Oak Fund", role="donor"),
            Party(name="Northlight Institute", role="evaluator"),
            Party(name="Ada Quist", role="evaluator"),
        ),
        "two": (Party(name="Oak Fund", role="partner"),),
    }
    return made


def test_an_acronym_finds_what_it_stands_for_and_the_other_way_round(tmp_path: Path, shelf: Shelf) -> None:
    """In any number and case; what was searched besides is told."""
    library = library_of(tmp_path, shelf)
    for query in ("NDHC", "ndhc hours", "night desk for harbour children"):
        answer = library.search(Request(text=query))
        assert {hit.doc for hit in answer.hits} == {"one", "two"}, query
    assert "Night Desks for Harbour Children" in library.search(Request(text="NDHC")).interpreted


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ({"a": "child protection", "b": "child protection"}, ("child", "protection")),
        ({"a": "child protection", "b": "contact point"}, ()),
        ({"a": "child protection", "b": "children protection", "c": "Child Protection", "d": "contact point"}, None),
    ],
)
def test_an_acronym_of_several_meanings_stands_for_itself(told: dict[str, str], meant: tuple[str, ...] | None) -> None:
    """It is written out where three documents of four agree."""
    acronyms = Acronyms({doc: (Acronym(short="CP", long=long),) for doc, long in told.items()})
    got = acronyms.meaning("cp", "CP")
    assert got == meant if meant is not None else got[-1] == "protection"


@pytest.mark.parametrize(
    ("typed", "known"), [("WHO", True), ("who", False), ("CO", True), ("co", False), ("uasc", True), ("UASCs", True)]
)
def test_a_word_is_no_acronym_in_small_letters(typed: str, known: bool) -> None:
    told = {"WHO": "World Health Organization", "CO": "country office", "UASC": "unaccompanied and separated children"}
    acronyms = Acronyms({"a": tuple(Acronym(short=short, long=long) for short, long in told.items())})
    assert bool(acronyms.meaning(typed.casefold(), typed)) is known


def test_organisations_are_found_by_name_and_by_part(tmp_path: Path, shelf: Shelf) -> None:
    """A name finds every part, a name with its part that part; neither parts nor persons are listed in the facet."""
    library = library_of(tmp_path, shelf)

    def found(value: str) -> set[str]:
        return {hit.doc for hit in library.search(Request(text="", filters={"org": (value,)}, what="documents")).hits}

    assert found("oak fund") == {"one", "two"}
    assert found("Oak Fund · donor") == found("donor") == {"one"}
    values = {v.value for v in library.search(Request(text="", what="documents")).facets["org"]}
    assert "Ada Quist" not in values
    assert "Northlight Institute" in values
    assert not [value for value in values if "·" in value]  # beside the name they listed each body several times
