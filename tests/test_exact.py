"""Words in the very form in which they were typed: the unstemmed field, its operator, and exact=1."""

from __future__ import annotations

from pathlib import Path

import pytest
from shelf import IndexPlace, Shelf, passages_of

from corpus.model import Bibliography, Statement, StatementKind
from index.answer import WHATS, Request
from index.library import Library, bring_up_to_date
from index.whoosh_engine import arrays

pytestmark = pytest.mark.usefixtures("words_only")

RETURNED = "The returned girls were visited twice a month; two had moved on."
RETURNS = "A girl returns when the court allows it, and returning takes a year."
SCHOOL = "Écoles and schools: the School opened a class for those who return."


def shelf_of() -> Shelf:
    shelf = Shelf()
    passages = passages_of("plain", RETURNED, RETURNS, SCHOOL, path=("Girls who come back",))
    said = Statement(
        id="plain.s000000000001",
        doc="plain",
        passage=passages[0].id,
        text="The returned girls were visited twice a month",
        kind=StatementKind.RESULT,
    )
    shelf.put(Bibliography(id="plain", title="Returning home: a review", language="en"), passages, [said])
    return shelf


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    place, shelf = IndexPlace(tmp_path_factory.mktemp("exact")), shelf_of()
    bring_up_to_date(place, shelf)
    return Library(place, shelf)


def texts(library: Library, text: str, **options: object) -> list[str]:
    return [hit.text for hit in library.search(Request(text=text, **options)).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("returned", {RETURNED, RETURNS, SCHOOL}),
        ('="returned"', {RETURNED}),
        ("=Returned", {RETURNED}),
        ("=returns", {RETURNS}),
        ("=return", {SCHOOL}),
        ('="returned girls"', {RETURNED}),
        ('="returned girl"', set()),
        ("=ecoles", {SCHOOL}),  # case and accents make no difference
        ("=schools girls", {SCHOOL}),  # the exact word must be there, the loose one need not
        ("-=returned girls", {RETURNS, SCHOOL}),
    ],
)
def test_a_word_after_an_equals_sign_is_found_in_this_form(library: Library, typed: str, found: set[str]) -> None:
    answer = library.search(Request(text=typed))
    assert {hit.text for hit in answer.hits} == found
    assert answer.total == len(found)


def test_every_view_takes_exact_forms(library: Library) -> None:
    totals = library.search(Request(text="=returned")).totals
    assert totals == {"passages": 1, "statements": 1, "practices": 0, "documents": 1}
    assert library.search(Request(text="=returns")).totals["statements"] == 0


def test_a_whole_search_exactly_as_typed(library: Library) -> None:
    """exact=1 takes every word at its letters; a form that nothing has is told and not replaced."""
    assert texts(library, "returned", exact=True) == [RETURNED]
    answer = library.search(Request(text="visitd girls", exact=True))
    assert (answer.unknown, answer.suggestion, answer.also) == (("visitd",), None, ())
    assert library.search(Request(text="visiting", exact=True)).unknown == ("visiting",)


def test_british_and_american_spelling_find_one_another(tmp_path: Path) -> None:
    """Loose words and phrases find both, and both are marked; exact search tells them apart."""
    british, american = "Child labour in the centre.", "Child labor, and the centers that deal with it."
    shelf = Shelf()
    shelf.put(Bibliography(id="two", title="Two", language="en"), passages_of("two", british, american))
    place = IndexPlace(tmp_path)
    bring_up_to_date(place, shelf)
    library = Library(place, shelf)
    for typed in ("labour", "labor", '"child labor"', '"child labour"', "center"):
        assert {hit.text for hit in library.search(Request(text=typed)).hits} == {british, american}, typed
    assert "<mark>labor</mark>" in library.search(Request(text="labour")).hits[1].snippet
    assert [hit.text for hit in library.search(Request(text="=labor")).hits] == [american]


def test_a_hyphen_makes_no_difference(tmp_path: Path) -> None:
    joined, parted, apart = "Cooperation of the police.", "Co-operation of the courts.", "They co-own a boat."
    shelf = Shelf()
    shelf.put(Bibliography(id="two", title="Two", language="en"), passages_of("two", joined, parted, apart))
    place = IndexPlace(tmp_path)
    bring_up_to_date(place, shelf)
    library = Library(place, shelf)
    for typed in ("cooperation", "co-operation"):
        assert {hit.text for hit in library.search(Request(text=typed)).hits} == {joined, parted}, typed
        assert len(library.search(Request(text=typed)).also) == 1
        assert len(library.search(Request(text=typed, exact=True)).hits) == 1


def test_only_the_form_is_marked(library: Library) -> None:
    snippet = library.search(Request(text="=returns")).hits[0].snippet
    assert "<mark>returns</mark>" in snippet
    assert "<mark>returning" not in snippet


def test_forms_survive_updates_and_lost_arrays(tmp_path: Path) -> None:
    """After documents came and went, and where arrays are worked out of Whoosh's segment, forms are the same."""
    place, shelf = IndexPlace(tmp_path), shelf_of()
    bring_up_to_date(place, shelf)
    for number in range(8):
        doc = f"more-{number}"
        shelf.put(Bibliography(id=doc, title=doc, language="en"), passages_of(doc, f"They returned, all {number}."))
        bring_up_to_date(place, shelf)
    shelf.remove("more-3")
    bring_up_to_date(place, shelf)
    queries = ["=returned", "=returns", '-="returned" girls', "=girls"]
    asked = [Request(text=query, what=what) for query in queries for what in WHATS]
    answers = [Library(place, shelf).search(request) for request in asked]
    assert answers[0].total == 8
    for file in place.index_dir.glob(f"gen-*/*{arrays.SUFFIX}"):
        file.unlink()
    assert [Library(place, shelf).search(request) for request in asked] == answers
