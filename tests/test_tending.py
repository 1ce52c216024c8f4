"""The curators' pages of reviews, links and gaps, and what readers are told of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from corpus.catalogue import CatalogueWriter
from corpus.home import Home
from corpus.model import Bibliography
from corpus.people import People, curators, gaps, links, reviews
from corpus.people.links import Answered
from webapp import create_app
from webapp.knowledge import EXTENSION, Knowledge

REPORT = "harbour-evaluation"


@pytest.fixture
def desk(home: Home, tmp_path: Path) -> tuple[FlaskClient, Knowledge]:
    """The small home with people of this test's own, and a curator who is signed in."""
    app = create_app({"home": home})
    known: Knowledge = app.extensions[EXTENSION]
    known.people = People(Home(tmp_path / "mine"))
    client = app.test_client()
    client.set_cookie("curator", curators.add(known.people, "Ada", "tests"))
    return client, known


def test_nobody_else_comes_in(desk: tuple[FlaskClient, Knowledge]) -> None:
    """Each page and each form leads to the sign-in page; nothing is changed."""
    client, known = desk
    client.delete_cookie("curator")
    gaps.note(known.people, "kites", "nothing")
    for path in ("/curator/gaps", "/curator/reviews", "/curator/links"):
        assert client.get(path).headers["Location"] == "/curator/sign-in"
    assert client.post("/curator/gaps", data={"question": "kites"}).headers["Location"] == "/curator/sign-in"
    client.post("/curator/reviews", data={"item": REPORT, "state": "draft"})
    assert gaps.gaps(known.people)
    assert reviews.review_of(known.people, REPORT) is None


def test_gaps_are_listed_and_forgotten(desk: tuple[FlaskClient, Knowledge]) -> None:
    """Those asked most often first; a question is shown as text, whatever it holds."""
    client, known = desk
    for question, times in (("kites", 1), ("ferry tickets", 3)):
        for _ in range(times):
            gaps.note(known.people, question, "nothing")
    page = client.get("/curator/gaps").text
    assert page.index("ferry tickets") < page.index("kites")
    assert "asked 3 times" in page
    assert "keep_unanswered is off" in page
    answer = client.post("/curator/gaps", data={"question": ["kites", "never asked"]})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/curator/gaps")
    assert [gap.question for gap in gaps.gaps(known.people)] == ["ferry tickets"]


def test_a_review_is_kept_by_name_and_shown_without(desk: tuple[FlaskClient, Knowledge]) -> None:
    """Curators see who; readers the state and the month, in print too."""
    client, known = desk
    practice = known.catalogue.practices()[0].id
    client.post("/curator/reviews", data={"item": REPORT, "state": "reviewed", "due": "2099-01-01", "note": "Fine"})
    client.post("/curator/reviews", data={"item": practice, "state": "draft"})
    page = client.get("/curator/reviews").text
    assert re.search(r"Ada(</bdi>)? on", page)
    assert "Harbour Programme: Final Evaluation" in page
    with known.people.writing() as connection:
        connection.exec_driver_sql("UPDATE reviews SET at = '2026-03-09T10:00:00+00:00'")
    told = client.get(f"/documents/{REPORT}").text
    assert "Reviewed by a curator, March 2026" in told
    assert "Ada" not in told
    assert "Draft: not yet reviewed by a curator" in client.get(f"/practices/{practice}").text
    assert "by a curator" not in client.get("/documents/agency-page").text
    client.post("/curator/reviews", data={"item": REPORT, "do": "undo"})
    assert "by a curator" not in client.get(f"/documents/{REPORT}").text


def test_readers_are_told_that_a_review_does_not_hold_any_more(desk: tuple[FlaskClient, Knowledge]) -> None:
    """Because its day is past, or the source is another."""
    client, known = desk
    reviews.review(known.people, known.catalogue, REPORT, "reviewed", "Ada", due="2020-01-01")
    assert "it is due for another look" in client.get(f"/documents/{REPORT}").text
    with known.people.writing() as connection:
        connection.exec_driver_sql("UPDATE reviews SET looked_at = 'another'")
    assert "it has changed since" in client.get(f"/documents/{REPORT}").text


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"item": "nowhere", "state": "reviewed"}, "Nothing here has this id"),
        ({"item": REPORT, "state": "reviewed", "due": "soon"}, "no day"),
        ({"item": f"{REPORT}.p0123456789ab", "state": "draft"}, "as a whole"),
    ],
)
def test_what_does_not_fit_is_said_beside_the_form(
    desk: tuple[FlaskClient, Knowledge], given: dict[str, str], told: str
) -> None:
    """What was typed stays in it."""
    client, _known = desk
    answer = client.post("/curator/reviews", data={**given, "note": "<b>my note</b>"})
    assert answer.status_code == 422
    assert told in answer.text
    assert "&lt;b&gt;my note&lt;/b&gt;" in answer.text
    assert f'value="{given["item"]}"' in answer.text


def test_a_dead_address_is_told_beside_its_link(tmp_path: Path) -> None:
    """With the day on which it did not answer; one failure alone is told to curators only."""
    place, url = Home(tmp_path / "home"), "https://example.org/report.pdf"
    with place.writing(), CatalogueWriter(place.catalogue_url) as writer:
        writer.put_card(Bibliography(id="report", title="The report", url=url))
    client, people = create_app(place).test_client(), People(place)
    client.set_cookie("curator", curators.add(people, "Ada", "tests"))
    assert "1 was never asked" in client.get("/curator/links").text
    failure = Answered(url=url, verdict="fails", status=404, reason="The server answers 404 (not found).")
    links.remember(people, failure, "2026-03-01T08:00:00+00:00")
    assert "did not answer" not in client.get("/documents/report").text
    assert "Did not answer once" in client.get("/curator/links").text
    links.remember(people, failure, "2026-03-09T08:00:00+00:00")
    assert "This address did not answer on 9 March 2026" in client.get("/documents/report").text
    page = client.get("/curator/links").text
    assert "no answer since 1 March 2026" in page
    assert "The server answers 404" in page


def test_a_page_is_shown_where_what_people_left_cannot_be_read(tmp_path: Path) -> None:
    """A broken database of people takes nothing from readers but what it held."""
    place = Home(tmp_path / "home")
    with place.writing(), CatalogueWriter(place.catalogue_url) as writer:
        writer.put_card(Bibliography(id="report", title="The report", url="https://example.org/"))
    place.people_file.write_bytes(b"this is no database" * 100)
    assert create_app(place).test_client().get("/documents/report").status_code == 200
