"""The glossary on pages: its own, the answer to "what is …?", and terms marked where a text names them."""

from __future__ import annotations

import re

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser
from web_samples import HARBOUR, pages_of

from corpus.glossary import glossary
from corpus.home import Home
from corpus.model import Acronym
from index.acronyms import NO_ACRONYMS, Acronyms
from webapp import create_app
from webapp.explaining import LOOKED_THROUGH_MOST, acronyms_of, terms_here

pytestmark = pytest.mark.slow

TEXT = "A <guardian> & two guardians met in the drop-in centre; “the BID” came later."


@pytest.fixture(scope="module")
def app(home: Home) -> Flask:
    return create_app(home)


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def read(client: FlaskClient, address: str) -> LexborHTMLParser:
    response = client.get(address)
    assert response.status_code == 200, address
    return LexborHTMLParser(response.get_data(as_text=True))


def explained(text: str, language: str = "en", acronyms: Acronyms = NO_ACRONYMS) -> str:
    """A text as the pages draw it."""
    marks = current_app.jinja_env.get_template("marks.html").make_module()
    return str(marks.explained(text, language, acronyms))  # type: ignore[attr-defined]


def text_of(html: str) -> str:
    return LexborHTMLParser(f"<p>{html}</p>").css_first("p").text()


# ---------------------------------------------------------------------------------------------- its own pages


def test_the_glossary_lists_every_term_by_the_alphabet(client: FlaskClient) -> None:
    """Each term once, with its definition and an anchor of its id; the letters lead to theirs."""
    page = read(client, "/glossary")
    entries = page.css(".glossary .entry")
    assert [entry.attributes["id"] for entry in entries] == [term.id for term in glossary().terms]
    for entry, term in zip(entries, glossary().terms, strict=True):
        assert term.definition in entry.text()
    for letter in page.css(".letters a"):
        assert page.css_first(f"[id='{(letter.attributes['href'] or '').removeprefix('#')}']")


def test_every_term_has_its_page(client: FlaskClient) -> None:
    """Definition, source, other names, related terms; every address on it answers."""
    for term in glossary().terms:
        page = read(client, f"/glossary/{term.id}")
        told = page.css_first("main").text()
        assert all(part in told for part in (term.term, term.definition, term.source, *term.also, *term.acronyms))
        assert {f"/glossary/{other}" for other in term.see} <= {a.attributes["href"] for a in page.css("main a")}
    links = {a.attributes["href"] for a in read(client, "/glossary/guardian").css("main a")}
    assert {"/themes/guardianship", "/search?q=guardian"} <= links
    assert all(client.get(link or "").status_code == 200 for link in links)
    assert "/groups/returnees" in client.get("/glossary/returnee").get_data(as_text=True)


def test_what_is_no_term_is_not_here(client: FlaskClient) -> None:
    response = client.get("/glossary/" + "<b>" * 100)
    assert response.status_code == 404
    assert "<b>" not in response.get_data(as_text=True)


# ---------------------------------------------------------------------------------------------- what is …?


@pytest.mark.parametrize(
    ("asked", "term"),
    [
        ("q=What+is+a+guardian%3F", "guardian"),
        ("q=kafala", "kafala"),
        ("q=BID&in=practices", "best-interests-determination"),
        ("q=kafala&theme=guardianship", "kafala"),
        ("q=guardians+in+Kenya", None),
        ("q=zyxwvut", None),
        ("", None),
    ],
)
def test_a_query_that_is_a_term_is_explained_first(client: FlaskClient, asked: str, term: str | None) -> None:
    """The definition stands above what was found, also where nothing was; other queries are not explained."""
    links = read(client, f"/search?{asked}").css(".meaning a")
    assert [a.attributes["href"] for a in links] == ([f"/glossary/{term}"] if term else [])


# ---------------------------------------------------------------------------------------------- marked in texts


def test_marking_changes_no_character(app: Flask) -> None:
    """Elements come around words, the words stay; what looks like markup stays text."""
    with app.test_request_context():
        html = explained(TEXT)
    assert text_of(html) == TEXT
    assert re.findall(r'id="at-([^"]*)"', html) == ["guardian", "drop-in-centre", "best-interests-determination"]


def test_a_term_is_marked_once_on_a_page(app: Flask) -> None:
    """The first time only, in whichever text of the page; another page begins anew."""
    for _ in range(2):
        with app.test_request_context():
            assert "at-guardian" in explained("A guardian came.")
            assert "<a" not in explained("The guardian left.")
            assert [term.id for term in terms_here()] == ["guardian"]


def test_only_english_is_looked_through_and_not_without_end(app: Flask) -> None:
    """A text in another language is left alone, and so is what comes after a tenth of a second's text."""
    with app.test_request_context():
        assert "<a" not in explained("Un guardian", "fr")
        assert "<a" in explained("A guardian", "en-GB")
    with app.test_request_context():
        explained("word " * (LOOKED_THROUGH_MOST // 5))
        assert explained("A <guardian>") == "A &lt;guardian&gt;"


def test_everyday_words_and_other_meanings_are_left_alone(app: Flask) -> None:
    """No mark on an everyday word, over the end of a sentence, on a small letter's acronym, or on a document's own."""
    with app.test_request_context():
        assert "<a" not in explained(
            "The indicator fell. Every child had a case. Management made a bid to save the children."
        )
        own = acronyms_of("one", [Acronym(short="BID", long="boat inspection desk")])
        assert "<a" not in explained("The BID opened.", "en", own)
        same = acronyms_of("one", [Acronym(short="BID", long="Best Interest Determination")])
        assert "at-best-interests-determination" in explained("The BID opened.", "en", same)


def test_marks_and_notes_belong_together(client: FlaskClient) -> None:
    """Each marked term is described by the note at the page's end, which leads back; none is in a link or a heading."""
    marked = 0
    for address in pages_of(client).values():
        page = read(client, address)
        terms = page.css("a.term")
        marked += len(terms)
        for term in terms:
            note = page.css_first(term.attributes["href"] or "")
            says = page.css_first(f"#{term.attributes['aria-describedby']}")
            assert says.text() == term.attributes["data-says"]
            assert f'href="#{term.attributes["id"]}"' in (note.html or "")
        assert len(page.css(".terms dl > div")) == len(terms)
        assert not page.css("a a.term, h1 a.term, h2 a.term, h3 a.term, button a.term, .copy a.term")
        ids = [element.attributes["id"] for element in page.css("[id]")]
        assert len(ids) == len(set(ids))
    assert marked


def test_quotations_stay_word_for_word(app: Flask, client: FlaskClient) -> None:
    """The quotation on its own page is the statement's text, whatever is marked in it."""
    statements = app.extensions["fingerpost"].catalogue.statements(HARBOUR)
    marked = 0
    for statement in statements:
        quotation = read(client, f"/statements/{statement.id}").css_first("blockquote")
        assert quotation.text() == statement.text
        marked += len(quotation.css("a.term"))
    assert marked
