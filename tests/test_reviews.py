"""Drafts, reviews and when they do not hold any more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import pytest
from click.testing import Result

from corpus import records
from corpus.catalogue import CatalogueWriter
from corpus.errors import NotInCatalogue, UsageError
from corpus.home import Home
from corpus.model import Bibliography
from corpus.people import People, audit, reviews

DAY = date(2026, 6, 1)
CARD = Bibliography(id="harbour-report", title="Harbour report")
PRACTICE = records.shipped()[0]


@pytest.fixture
def place(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    with home.writing(), CatalogueWriter(home.catalogue_url) as writer:
        writer.put_card(CARD)
        writer.put_practice(PRACTICE)
    return home


def test_a_review_holds_until_its_item_changes(place: Home) -> None:
    """A practice of ours that is written anew, a document whose card is all there is: what was looked at is gone."""
    people = People(place)
    with place.writing(), CatalogueWriter(place.catalogue_url) as writer:
        for item in (CARD.id, PRACTICE.id):
            reviews.review(people, writer, item, "reviewed", "Ada")
            found = reviews.looked(people, writer, item, DAY)
            assert found is not None
            assert found.stale == ""
        writer.put_card(msgspec.structs.replace(CARD, publisher="Harbour Press"))
        writer.put_practice(msgspec.structs.replace(PRACTICE, title="Another title"))
        assert [found.stale for found in reviews.agenda(people, writer, DAY)] == ["changed", "changed"]


def test_a_review_holds_until_its_day(place: Home) -> None:
    """On the day itself it is due."""
    people = People(place)
    with CatalogueWriter(place.catalogue_url) as writer:
        reviews.review(people, writer, CARD.id, "reviewed", "Ada", due="2026-06-01")
        assert [r.stale for r in reviews.agenda(people, writer, date(2026, 5, 31))] == [""]
        assert [r.stale for r in reviews.agenda(people, writer, DAY)] == ["overdue"]


def test_what_is_due_comes_first(place: Home) -> None:
    """Stale ones, then drafts, then the others by their day; what was removed is left out."""
    people = People(place)
    with place.writing(), CatalogueWriter(place.catalogue_url) as writer:
        due = {"a": "2027-01-01", "b": "", "c": "2026-05-01", "d": ""}
        for item, day in due.items():
            writer.put_card(Bibliography(id=item, title=item))
            reviews.review(people, writer, item, "reviewed" if day else "draft", "Ada", due=day)
        writer.remove("d")
        assert [found.review.item for found in reviews.agenda(people, writer, DAY)] == ["c", "b", "a"]


def test_what_does_not_fit_is_refused(place: Home) -> None:
    """No such item, part of a document, no state, no day, no name."""
    people = People(place)
    with CatalogueWriter(place.catalogue_url) as writer:
        with pytest.raises(NotInCatalogue):
            reviews.review(people, writer, "nowhere", "reviewed", "Ada")
        for item, state, who, due, told in (
            (f"{CARD.id}.p0123456789ab", "reviewed", "Ada", "", "as a whole"),
            (CARD.id, "fine", "Ada", "", "no state"),
            (CARD.id, "reviewed", "Ada", "soon", "no day"),
            (CARD.id, "reviewed", " ", "", "name"),
        ):
            with pytest.raises(UsageError, match=told):
                reviews.review(people, writer, item, state, who, due=due)
    assert not people.exists


def test_a_new_review_takes_the_place_of_the_last_and_both_are_logged(place: Home) -> None:
    """Also taking it back."""
    people = People(place)
    with CatalogueWriter(place.catalogue_url) as writer:
        reviews.review(people, writer, CARD.id, "draft", "Ada", note="tables missing")
        reviews.review(people, writer, CARD.id, "reviewed", "Ben")
        (found,) = reviews.agenda(people, writer, DAY)
        assert (found.review.state, found.review.who, found.review.note) == ("reviewed", "Ben", "")
    assert reviews.take_back(people, CARD.id, "Ada")
    assert not reviews.take_back(people, CARD.id, "Ada")
    logged, total = audit.entries(people, item=CARD.id)
    assert [entry.action for entry in logged] == ["review taken back", "review", "review"]
    assert total == 3


def test_the_verb(fingerpost: Callable[..., Result], place: Home) -> None:
    """Says, lists and takes back."""
    assert "harbour-report: draft" in fingerpost("review", CARD.id, "--state", "draft", "--by", "Ada").output
    said = fingerpost("review", CARD.id, "--state", "reviewed", "--due", "2026-01-01", "--by", "Ada").output
    assert "reviewed" in said
    assert "STALE: past its day" in said
    (told,) = msgspec.json.decode(fingerpost("review", "--json").output)
    assert (told["item"], told["state"], told["stale"], told["title"]) == (CARD.id, "reviewed", "overdue", CARD.title)
    assert fingerpost("review", CARD.id).exit_code == 2
    assert fingerpost("review", CARD.id, "--undo").exit_code == 0
    assert fingerpost("review").output == "Nothing was reviewed yet.\n"
