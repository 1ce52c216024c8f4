"""Searches that found nothing or little: what is kept of them, and what never is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import pytest
from click.testing import Result
from flask.testing import FlaskClient

from corpus.home import Home
from corpus.people import People, gaps
from webapp import create_app
from webapp.knowledge import EXTENSION, Knowledge
from webapp.unanswered import Unanswered

DAY = date(2026, 3, 1)


@pytest.fixture
def people(tmp_path: Path) -> People:
    return People(Home(tmp_path / "home"))


def test_questions_are_counted_by_day_and_nothing_finer(people: People) -> None:
    """The same words, however written, are one question; those asked most often come first."""
    gaps.note(people, "Ferry tickets!", "nothing", DAY)
    gaps.note(people, "ferry  TICKETS", "nothing", DAY)
    gaps.note(people, "ferry tickets", "little", date(2026, 3, 9))
    gaps.note(people, "kites", "little", DAY)
    tickets, kites = gaps.gaps(people, date(2026, 3, 10))
    assert (tickets.question, tickets.times, tickets.nothing, tickets.little) == ("ferry tickets", 3, 2, 1)
    assert (tickets.first, tickets.last) == ("2026-03-01", "2026-03-09")
    assert (kites.question, kites.times) == ("kites", 1)


def test_nothing_tells_who_asked_when_or_in_which_order(people: People) -> None:
    """The table has the question, the day, the result and a count, and no row numbers to sort by."""
    for question in ("zebra", "apple"):
        gaps.note(people, question, "nothing", DAY)
    with sqlite3.connect(people.path) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(unanswered)")]
        with pytest.raises(sqlite3.OperationalError, match="rowid"):
            connection.execute("SELECT rowid FROM unanswered")
    assert columns == ["question", "day", "found", "times"]


@pytest.mark.parametrize(
    "question",
    [
        "where is jane@example.org",
        "who is @quietharbour",
        "mobile +254 700 123 456",
        "case 4711998",
        "passport 12 34 56 78 90",
        "jane at example dot org",
        "?!",
        "",
    ],
)
def test_questions_that_may_hold_somebodys_data_are_not_kept(people: People, question: str) -> None:
    """Addresses, telephone numbers and long numbers, nor what has no word."""
    assert not gaps.note(people, question, "nothing", DAY)
    assert not people.exists


@pytest.mark.parametrize("question", ["returns 2015-2020", "12000 children", "article 3 of the crc 1989"])
def test_years_and_figures_are_kept(people: People, question: str) -> None:
    """They are what people search for."""
    assert gaps.note(people, question, "nothing", DAY)


def test_a_question_is_cut(people: People) -> None:
    """At 300 characters."""
    gaps.note(people, "kite " * 200, "nothing", DAY)
    assert len(gaps.gaps(people, DAY)[0].question) <= gaps.QUESTION_MAX


def test_an_entry_goes_after_a_year(people: People) -> None:
    """From the list and from the database."""
    gaps.note(people, "kites", "nothing", DAY)
    assert gaps.gaps(people, date(2027, 3, 1))
    assert not gaps.gaps(people, date(2027, 3, 2))
    assert gaps.forget(people, "Ada") == 0


def test_the_list_does_not_grow_without_end(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """New questions are left out once there are too many, until old ones go."""
    monkeypatch.setattr(gaps, "MOST", 2)
    assert gaps.note(people, "one", "nothing", DAY)
    assert gaps.note(people, "two", "nothing", DAY)
    assert not gaps.note(people, "three", "nothing", DAY)
    assert gaps.note(people, "three", "nothing", date(2028, 1, 1))


def test_forgetting_is_told_without_the_question(people: People) -> None:
    """The audit log says how many, never which."""
    gaps.note(people, "secret garden", "nothing", DAY)
    gaps.note(people, "kites", "nothing", DAY)
    assert gaps.forget(people, "Ada", ["secret garden"]) == 1
    assert [gap.question for gap in gaps.gaps(people, DAY)] == ["kites"]
    with sqlite3.connect(people.path) as connection:
        assert connection.execute("SELECT who, action, item, detail FROM audit").fetchall() == [
            ("Ada", "gaps forgotten", "", "1")
        ]


def test_the_verb_lists_and_clears(fingerpost: Callable[..., Result], tmp_path: Path) -> None:
    """As JSON and for a terminal; an empty list says which setting it needs."""
    assert "keep_unanswered" in fingerpost("gaps").output
    gaps.note(People(Home(tmp_path / "home")), "kites", "nothing")
    assert "kites  (nothing 1, little 0" in fingerpost("gaps").output
    (told,) = msgspec.json.decode(fingerpost("gaps", "--json").output)
    assert (told["question"], told["times"], set(told)) == (
        "kites",
        1,
        {"question", "nothing", "little", "first", "last", "times"},
    )
    assert fingerpost("gaps", "--clear").output == "1 questions are forgotten.\n"
    assert msgspec.json.decode(fingerpost("gaps", "--json").output) == []


def searching(home: Home, tmp_path: Path, **settings: object) -> tuple[FlaskClient, Knowledge]:
    """The small home with a database of people of the test's own."""
    app = create_app({"home": home, **settings})
    known: Knowledge = app.extensions[EXTENSION]
    known.people = People(Home(tmp_path / "mine"))
    if known.unanswered:
        known.unanswered = Unanswered(known.people)
    return app.test_client(), known


@pytest.mark.parametrize("path", ["/search", "/api/v1/search"])
def test_searches_in_vain_are_kept(home: Home, tmp_path: Path, path: str) -> None:
    """From the page and the API alike, once for each time."""
    client, known = searching(home, tmp_path, keep_unanswered=True)
    for question in ("Xylophone quartet", "guardian", "xylophone quartet"):
        assert client.get(path, query_string={"q": question}).status_code == 200
    assert known.unanswered
    known.unanswered.settle()
    assert {gap.question: gap.nothing for gap in gaps.gaps(known.people)} == {"xylophone quartet": 2}


@pytest.mark.parametrize("asked", [{"country": "KE"}, {"page": "2"}, {"q": "guardian"}, {"q": ""}, {"q": "jane@x.org"}])
def test_other_searches_are_not_kept(home: Home, tmp_path: Path, asked: dict[str, str]) -> None:
    """Narrowed, paged on, answered, empty, or with an address in it."""
    client, known = searching(home, tmp_path, keep_unanswered=True)
    client.get("/search", query_string={"q": "xylophone quartet", **asked})
    client.get("/statements", query_string={"q": "xylophone quartet"})
    client.get("/search?like=harbour-evaluation&q=")
    assert known.unanswered
    known.unanswered.settle()
    assert gaps.gaps(known.people) == ()


def test_nothing_is_kept_unless_the_setting_says_so(home: Home, tmp_path: Path) -> None:
    """Off as it comes: not even the database is made."""
    client, known = searching(home, tmp_path)
    assert client.get("/search?q=xylophone+quartet").status_code == 200
    assert known.unanswered is None
    assert not known.people.exists
    assert "nothing is kept of who asked" not in client.get("/about").text


def test_readers_are_told_where_searches_are_kept(home: Home, tmp_path: Path) -> None:
    """On the page that says what this library promises."""
    client, _known = searching(home, tmp_path, keep_unanswered=True)
    assert "nothing is kept of who asked" in client.get("/about").text


def test_a_search_answers_where_nothing_can_be_kept(
    home: Home, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A database that is none costs the count, not the answer; the log does not repeat the question."""
    client, known = searching(home, tmp_path, keep_unanswered=True)
    known.people.path.write_bytes(b"this is no database" * 100)
    assert client.get("/search?q=xylophone+quartet").status_code == 200
    assert known.unanswered
    known.unanswered.settle()
    assert "could not be counted" in caplog.text
    assert "xylophone" not in caplog.text
