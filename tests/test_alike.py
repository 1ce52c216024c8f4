"""More like this: a passage, statement, practice or document as a question for others."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from shelf import IndexPlace, Shelf, passages_of
from web_samples import HARBOUR

import corpus.meaning
from corpus.errors import NotInCatalogue
from corpus.home import Home
from corpus.model import Bibliography
from index.alike import Model, like, model_of, weighty_words
from index.answer import WHATS, Request
from index.library import Library, bring_up_to_date
from index.query import Query
from index.understanding import Understood
from webapp import create_app

pytestmark = pytest.mark.slow


class Counts:
    """An index that tells how many of a thousand things hold a word: those given, else ten."""

    def __init__(self, **held: int) -> None:
        self._held = held

    def counts(self) -> dict[str, int]:
        return {"passages": 1000}

    def frequency(self, words: tuple[str, ...], title: bool = False) -> int:
        return self._held.get(" ".join(words), 10)


def passage(text: str) -> Model:
    return Model(what="passages", id="a.p1", title="A", text=text, language="en", owner="a")


@pytest.fixture(scope="module")
def library(home: Home) -> Library:
    """The small real home, opened for searching."""
    return Library(home)


@pytest.fixture(scope="module")
def client(home: Home) -> FlaskClient:
    """A client of the application over the small real home."""
    return create_app(home).test_client()


@pytest.fixture(scope="module")
def models(client: FlaskClient) -> dict[str, str]:
    """The id of one thing of each view."""
    catalogue = client.application.extensions["fingerpost"].catalogue
    return {
        "passages": catalogue.passages(HARBOUR)[0].id,
        "statements": catalogue.statements(HARBOUR)[0].id,
        "practices": catalogue.practice_ids()[0],
        "documents": HARBOUR,
    }


def test_words_weigh_by_how_often_and_how_rarely() -> None:
    """Frequent in the model and rare elsewhere comes first; what is held by hardly anything comes last."""
    text = "Shelters, a shelter and a sheltered garden; a ferry, a ferry. Xylophone."
    found = dict(weighty_words(passage(text), Counts(ferry=900, garden=5, xylophone=1)))
    assert next(iter(found)) in ("shelter", "shelters")
    assert list(found)[1:] == ["garden", "ferry", "xylophone"]
    assert found["ferry"] > found["garden"]


def test_small_words_and_countries_say_nothing() -> None:
    """Where something was done is not what makes another thing like it."""
    words = dict(
        weighty_words(passage("The Nepalese and the Kenyan guardians of Nepal and of Kenya in 2017"), Counts())
    )
    assert set(words) == {"guardians"}


def test_a_long_model_is_told_by_what_it_repeats() -> None:
    """In a whole report a rare word that stands there once weighs less than one that runs through it."""
    text = "fishing vessels " * 200 + "many other words follow here " * 100 + "once malnutrition"
    words = [word for word, _ in weighty_words(passage(text), Counts(malnutrition=3, fishing=60, vessels=60))]
    assert words.index("fishing") < words.index("malnutrition")


def test_a_text_without_words_is_like_the_same_text_only() -> None:
    """Numbers and small words once asked for nothing, and so for everything."""
    _, understood = like(passage("12 of the 40"), Counts(), Query(), Understood())
    assert [w.words for w in understood.wanted] == [("12", "of", "the", "40")]


def test_what_was_typed_stays_in_front() -> None:
    """The model's words are put behind those that were typed, in the query and in what it means alike."""
    query, understood = like(passage("guardians wait"), Counts(), Query(), Understood())
    assert [c.words for c in query.clauses] == [w.words for w in understood.wanted]


def test_a_thing_is_not_like_itself(library: Library, models: dict[str, str]) -> None:
    """In no view does what is like a thing come from its own document; a practice is not among the practices."""
    for what, identifier in models.items():
        own = {HARBOUR} if what != "practices" else {identifier}
        for view in WHATS:
            answer = library.search(Request(like=identifier, what=view, limit=100))
            assert answer.like is not None
            assert answer.like.id == identifier
            assert answer.total == len(answer.hits) == answer.totals[view]
            if view != "practices" or what == "practices":
                assert own.isdisjoint({hit.doc for hit in answer.hits} | {hit.id for hit in answer.hits}), (what, view)


@pytest.mark.skipif(corpus.meaning.encoder() is None, reason="the model of meaning is not installed")
def test_what_says_the_same_in_other_words_is_alike(tmp_path: Path) -> None:
    """A passage of another document that shares no word with the model, but its meaning, stands first."""
    place, shelf = IndexPlace(tmp_path), Shelf()
    boats = passages_of("one", "Fishing crews took on boys who mended nets at night and slept on deck.")
    shelf.put(Bibliography(id="one", title="One", language="en"), boats)
    others = ("Two trucks were bought at the depot.", "Young males were employed aboard vessels.", "Rain cut the road.")
    more = ("Clerks count the stamps every Friday.", "Shoes in twelve sizes lay ready.")
    shelf.put(Bibliography(id="two", title="Two", language="en"), passages_of("two", *others, *more))
    bring_up_to_date(place, shelf)
    found = Library(place, shelf).search(Request(like=boats[0].id)).hits
    assert found[0].text == "Young males were employed aboard vessels."
    assert {hit.doc for hit in found} == {"two"}


def test_its_facets_say_what_choosing_gives(library: Library, models: dict[str, str]) -> None:
    """Counts beside a search for alike things hold as they do beside any other."""
    before = library.search(Request(like=models["practices"]))
    assert before.total
    for name, values in before.facets.items():
        for value in values[:2]:
            after = library.search(Request(like=models["practices"], filters={name: (value.value,)}))
            assert after.total == value.count, (name, value)


def test_its_address_is_shareable(client: FlaskClient, models: dict[str, str]) -> None:
    """A thing's page links to what is like it; there it is shown, the views keep it, a new question drops it."""
    for what, identifier in models.items():
        view = f"&amp;in={what}" if what in ("practices", "documents") else ""
        address = f"/{'statements' if what == 'statements' else 'search'}?like={identifier}{view}"
        assert f'href="{address}"' in client.get(f"/{what}/{identifier}").text
        text = client.get(address.replace("&amp;", "&")).text
        assert "More like this" in text
        assert f"/search?like={identifier}&amp;in=" in text or f'href="/search?like={identifier}"' in text
        assert 'name="like"' not in text


def test_nothing_is_like_what_is_not_there(client: FlaskClient, library: Library) -> None:
    """An id that nothing has is an address at which nothing stands, on the page and in the API."""
    with pytest.raises(NotInCatalogue):
        model_of(library._source, "nothing")
    for identifier in ("nothing", "x.p000000000000", "x.s000000000000"):
        assert client.get(f"/search?like={identifier}").status_code == 404
        assert client.get(f"/api/v1/search?like={identifier}").status_code == 404
