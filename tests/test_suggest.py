"""Completion: what the words typed so far may become."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from web_samples import keep_evil

from corpus.home import Home
from corpus.model import Acronym
from index.acronyms import Acronyms
from index.answer import FacetValue
from index.engine import Question
from index.library import Library
from index.suggest import LONGEST, SHOWN, SORTS, Completion, Suggestion, Target, targets
from webapp import create_app

TARGETS = (
    Target(sort="place", names=("Ethiopia", "Éthiopie"), count=7),
    Target(sort="place", names=("Eritrea",), count=9),
    Target(sort="organisation", names=("Harbour Fund",), count=4, facet="org"),
    Target(sort="title", names=("The long road: guardians at the border",), count=12, path="/documents/road"),
    Target(sort="title", names=("Ethical guardians",), count=1, path="/practices/guardians"),
    Target(sort="acronym", names=("GBV", "gender-based violence"), count=3),
    *(Target(sort="concept", names=(f"guardian number {n}",), count=n) for n in range(30)),
)


def labels(found: tuple[Suggestion, ...]) -> list[str]:
    return [one.label for one in found]


@pytest.fixture(scope="module")
def completion() -> Completion:
    """A completion over a few names whose passages are counted already."""
    return Completion(TARGETS, lambda question: 0)


@pytest.fixture(scope="module")
def client(home: Home) -> FlaskClient:
    """A client of the application over the small real home."""
    return create_app(home).test_client()


# ---------------------------------------------------------------------------------------------- which names


@pytest.mark.parametrize("typed", ["eth", "ETH", "éth", "  eth"])
def test_case_and_accents_make_no_difference(completion: Completion, typed: str) -> None:
    """A name is found however it is typed, and by its first word before those that have the word inside."""
    assert labels(completion.suggest(typed)) == ["Ethiopia", "Ethical guardians"]


def test_a_prefix_of_any_word_will_do(completion: Completion) -> None:
    """Names are found by their inner words too, and by several words in a row."""
    assert labels(completion.suggest("fund")) == ["Harbour Fund"]
    assert labels(completion.suggest("guardians at the b")) == ["The long road: guardians at the border"]
    assert labels(completion.suggest("based viol")) == ["gender-based violence"]


def test_what_finds_most_stands_first(completion: Completion) -> None:
    """In a sort, names are ordered by the passages that they find; what finds nothing is not suggested."""
    found = [one for one in completion.suggest("guardian number") if one.sort == "concept"]
    assert [one.count for one in found] == list(range(29, 29 - SHOWN, -1))
    assert not completion.suggest("guardian number 0")


def test_there_are_few_and_of_every_sort(completion: Completion) -> None:
    """Thirty concepts do not crowd out the titles; there are eight at most, those of a sort together."""
    found = completion.suggest("guardian")
    assert len(found) == SHOWN
    assert [one.sort for one in found] == ["concept"] * 6 + ["title"] * 2


def test_the_last_words_are_completed(completion: Completion) -> None:
    """After other words the last ones are completed, by no title; those before them stay as typed."""
    assert [one.text for one in completion.suggest("Reception centres in erit")] == ["Reception centres in Eritrea"]
    assert "title" not in [one.sort for one in completion.suggest("in the guard")]
    assert not completion.suggest("centres in")
    assert not completion.suggest("e")


@pytest.mark.parametrize(
    "typed", ["country:eri", '"long ro', "-eri", "e" * (LONGEST + 1), "", " ", "\x00", "eri -", '"']
)
def test_what_is_no_plain_word_is_left_alone(completion: Completion, typed: str) -> None:
    """Filters, phrases, exclusions and pasted texts are not completed; nothing raises."""
    assert completion.suggest(typed) == ()


def test_plain_words_after_a_filter_are_completed(completion: Completion) -> None:
    """What stands before stays as it is."""
    assert [one.text for one in completion.suggest('year:2017 "a road" erit')] == ['year:2017 "a road" Eritrea']


def test_each_sort_leads_where_it_should(completion: Completion) -> None:
    """A place is searched for, an organisation narrows, a title is opened, an acronym tells what it stands for."""
    assert completion.suggest("eritr")[0].text == "Eritrea"
    assert completion.suggest("harb")[0].filters == {"org": ("Harbour Fund",)}
    assert completion.suggest("the long")[0].path == "/documents/road"
    assert (completion.suggest("gbv")[0].label, completion.suggest("gbv")[0].means) == ("GBV", "gender-based violence")
    assert completion.suggest("gender")[0].means == "GBV"
    assert completion.suggest("ethiopie")[0].means == "Ethiopia"


def test_names_of_other_languages_stand_aside() -> None:
    """They fill a short list and never crowd out what an English reader means; an accent says that they are meant."""
    english = [Target(sort="concept", names=(f"training {n}",), count=9) for n in range(3)]
    french = Target(sort="concept", names=("Return", "traversée", "trajet"), aside=frozenset({1, 2}), count=99)
    made = Completion([*english, french], lambda question: 0)
    assert labels(made.suggest("tra")) == ["training 0", "training 1", "training 2"]
    assert labels(made.suggest("traj")) == ["trajet"]
    assert labels(made.suggest("trâ"))[0] == "traversée"  # what finds most
    assert labels(Completion([french], lambda question: 0).suggest("trav")) == ["traversée"]


def test_arabic_words_begin_with_and_without_their_article() -> None:
    made = Completion([Target(sort="concept", names=("الأطفال المتنقلون",), count=1)], lambda question: 0)
    assert made.suggest("الأط") == made.suggest("أطفال") != ()


def test_the_other_spelling_completes_too() -> None:
    made = Completion([Target(sort="concept", names=("child labour",), count=1)], lambda question: 0)
    assert labels(made.suggest("labor")) == labels(made.suggest("labour")) == ["child labour"]


def test_a_practice_and_its_document_are_told_apart() -> None:
    titles = [("Night shelters", "/documents/a", "a"), ("Night shelters", "/practices/b", "")]
    made = Completion(targets({}, Acronyms({}), titles), lambda question: 0)
    assert [(one.path, one.means) for one in made.suggest("night sh")] == [
        ("/documents/a", ""),
        ("/practices/b", "practice"),
    ]


def test_counting_happens_once() -> None:
    """A name whose passages are not known is counted when it is first found, and never again."""
    asked: list[Question] = []

    def count(question: Question) -> int:
        asked.append(question)
        return 5

    completion = Completion([Target(sort="concept", names=("guardianship",), question=Question())], count)
    assert not asked
    assert [completion.suggest(typed)[0].count for typed in ("gua", "guard")] == [5, 5]
    assert len(asked) == 1


def test_counts_are_made_beforehand_while_they_are_wanted() -> None:
    """A server counts before anybody types, and stops when something newer is read."""
    asked: list[Question] = []

    def count(question: Question) -> int:
        asked.append(question)
        return 1

    names = [Target(sort="concept", names=(f"name {n}",), question=Question()) for n in range(5)]
    Completion(names, count).warm_up(lambda: len(asked) < 3)
    assert len(asked) == 3
    completion = Completion(names, count)
    completion.warm_up(lambda: True)
    del asked[:]
    assert completion.suggest("name")
    assert not asked


# ---------------------------------------------------------------------------------------------- of what there is


def test_vocabulary_acronyms_places_and_organisations_are_there() -> None:
    """What vocabularies, documents and facets name can be suggested, concepts in four languages."""
    acronyms = Acronyms({"a": (Acronym(short="HLO", long="Harbour Liaison Office"),)})
    facets = {
        "country": (FacetValue(value="NP", label="Nepal", count=2),),
        "org": (FacetValue(value="Oak Fund", label="Oak Fund (OF)", count=3),),
    }
    made = Completion(targets(facets, acronyms, [("A paper", "/documents/a", "a")]), lambda question: 1)
    assert {made.suggest(typed)[0].label for typed in ("guardiansh", "tutel", "tutelle", "الوصا")} >= {"Guardianship"}
    assert all(made.suggest(typed) for typed in ("tutelle", "الوصا", "népal", "nepal", "hlo", "liaison", "a pap"))
    assert [one.label for one in made.suggest("horn of")] == ["Horn of Africa"]
    assert [one.label for one in made.suggest("oak f")] == ["Oak Fund"]


def test_a_library_suggests_what_it_has(home: Home) -> None:
    """Every suggestion's search or page finds something; the order of sorts is that of the table."""
    library = Library(home)
    for typed in ("guard", "child", "harb"):
        found = library.suggest(typed)
        assert found, typed
        assert all(one.count for one in found)
        order = [list(SORTS).index(one.sort) for one in found]
        assert order == sorted(order)


def test_an_empty_library_suggests_nothing(fresh_home: Home) -> None:
    """Before anything was ingested there is nothing to complete."""
    assert Library(fresh_home).suggest("guard") == ()


# ---------------------------------------------------------------------------------------------- over HTTP


def test_the_promised_shape(client: FlaskClient) -> None:
    """Each suggestion has the documented names, and its address answers."""
    response = client.get("/api/v1/suggest?q=harb")
    assert response.content_type == "application/json"
    told = response.get_json()
    assert set(told) == {"query", "suggestions"}
    assert told["suggestions"]
    for one in told["suggestions"]:
        assert set(one) == {"sort", "sort_label", "label", "means", "text", "filters", "count", "url"}
        assert client.get(one["url"]).status_code == 200


@pytest.mark.parametrize("typed", ["", "\x00", "((", '"', "x" * 10_000, "😀", "a:b:c", "%"])
def test_nothing_typed_is_a_problem(client: FlaskClient, typed: str) -> None:
    """Any text is answered, mostly with no suggestion."""
    assert client.get("/api/v1/suggest", query_string={"q": typed}).get_json()["query"] == typed


def test_titles_are_text(fresh_home: Home) -> None:
    """A title full of markup is suggested as the text that it is, as JSON that no browser takes for a page."""
    response = create_app(keep_evil(fresh_home)).test_client().get("/api/v1/suggest?q=report")
    assert "<script>" in response.get_json()["suggestions"][0]["label"]
    assert response.content_type == "application/json"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_terms_of_the_glossary_lead_to_their_page(client: FlaskClient) -> None:
    """By name or short form, from its beginning, when nothing stands before it; passages it need not have."""
    found = client.get("/api/v1/suggest?q=kafala+sy").get_json()["suggestions"]
    assert [(one["sort"], one["url"], one["text"]) for one in found] == [("term", "/glossary/kafala-system", "")]
    (short,) = [one for one in client.get("/api/v1/suggest?q=WFCL").get_json()["suggestions"] if one["sort"] == "term"]
    assert short["means"] == "worst forms of child labour"
    for typed in ("shelters and kafala sy", "labour of children forms of child"):
        suggestions = client.get("/api/v1/suggest", query_string={"q": typed}).get_json()["suggestions"]
        assert "term" not in [one["sort"] for one in suggestions]
