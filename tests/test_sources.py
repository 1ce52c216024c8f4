"""Library cards: read as written, refused with card and field, and true to what is known of the five sources."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path

import pytest

from corpus.concepts import vocabulary
from corpus.errors import RecordError
from corpus.model import Standing
from corpus.sources import known, read, shipped_briefs

CARD = """\
[a-report]
title = "A report"
date = "2018-06"
url = "https://example.org/report"
document_type = "evaluation-report"
standing = "external-evaluation"
countries = ["NP"]
themes = ["guardianship"]
"""


def test_a_card_is_read_as_it_is_written() -> None:
    """The table's name is the id; what is not told stays blank."""
    (card,) = read(CARD, "cards.toml", vocabulary())
    assert (card.id, card.year, card.standing) == ("a-report", 2018, Standing.EXTERNAL)
    assert (card.rights, card.authors) == ("", ())


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ('title = "A report"', "", "title"),
        ('title = "A report"', 'title = " "', "title"),
        ('title = "A report"', 'title = "A report"\nshelf = "3"', "shelf"),
        ('title = "A report"', 'title = "A report"\nid = "another"', "id"),
        ('date = "2018-06"', 'date = "June 2018"', "date"),
        ('date = "2018-06"', "date = 2018-06-07", "date"),
        ("https://example.org", "ftp://example.org", "url"),
        ("external-evaluation", "hearsay", "standing"),
        ("evaluation-report", "poem", "document_type"),
        ('["NP"]', '["QQ"]', "countries"),
        ('["guardianship"]', '["adolescents-youth"]', "themes"),
        ("[a-report]", '["A Report"]', "id"),
    ],
)
def test_what_is_wrong_with_a_card_is_named(before: str, after: str, named: str) -> None:
    """The message names the file and the field."""
    with pytest.raises(RecordError) as caught:
        read(CARD.replace(before, after), "cards.toml", vocabulary())
    assert str(caught.value).startswith("cards.toml")
    assert f"{named}" in str(caught.value)


def test_a_file_that_is_not_toml_is_refused() -> None:
    """The message says where."""
    with pytest.raises(RecordError, match=r"cards\.toml.*line 1"):
        read("[a-report\n", "cards.toml")


def test_a_line_outside_of_any_card_is_refused() -> None:
    """A stray line belongs to no source."""
    with pytest.raises(RecordError, match="stray"):
        read('stray = "x"\n' + CARD, "cards.toml")


def test_the_shipped_cards_have_an_address_or_are_our_own() -> None:
    """Five sources with their public address; a mirror says that it is one; rights are stated only where known."""
    cards = {card.id: card for card in known()}
    others = [card for card in cards.values() if card.programme != "fingerpost"]
    assert len(others) == 5
    assert all(card.url and card.summary and card.document_type and card.language for card in others)
    assert "mirror" in cards["romia-final-evaluation"].url_note
    assert "%2520" in cards["iom-children-evaluation"].url
    assert cards["romia-final-evaluation"].programme == cards["romia-synthesis"].programme


def test_cards_agree_with_what_is_known_of_the_sources(shared: Path) -> None:
    """Titles, dates and countries are those that readers of the sources wrote down."""
    facts = json.loads((shared / "eval" / "records-dev.json").read_text("utf-8"))["documents"]
    cards = {card.id: card for card in known()}
    for fact in facts:
        card = cards[fact["id"]]
        assert card.title in {fact["title"], *fact["title_variants"]}
        assert card.date == (fact["publication_date"] or "")
        assert set(card.countries) == set(fact["countries"])
        assert set(fact["themes"]) <= set(card.themes)


def test_every_brief_is_there_with_its_card() -> None:
    """A fresh knowledge base can read its own brief: the file is a PDF inside the package, licensed for reuse."""
    briefs = shipped_briefs()
    assert briefs
    for brief in briefs:
        assert brief.file.read_bytes().startswith(b"%PDF-")
        assert brief.file_name == f"{brief.card.id}.pdf"
        assert brief.card.rights == "CC BY 4.0"


def test_the_example_in_the_documentation_is_a_card() -> None:
    """What docs/records.md shows can be copied."""
    text = (Path(__file__).resolve().parent.parent / "docs" / "records.md").read_text("utf-8")
    block = text.partition("## A card\n\n")[2].partition("\n\nThe table")[0]
    (card,) = read(textwrap.dedent(block), "cards.toml", vocabulary())
    assert card.id == "night-bus-evaluation"
