"""What pages tell machines: Highwire tags and JSON-LD, read by an independent HTML parser."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from web_samples import HARBOUR, keep_evil

from corpus.home import Home
from corpus.model import Bibliography, Passage, Span, Statement, StatementKind
from index.lists import SHORT
from webapp import create_app
from webapp.machines import data_block, of_document, of_quotation

pytestmark = pytest.mark.slow

CARD = Bibliography(
    id="harbour",
    title="Safe harbour: Final evaluation",
    authors=("Anna Maria Berg", "Coast Institute"),
    publisher="Save the Coast (SC)",
    date="2018-06",
    language="en",
    url="https://example.org/harbour.pdf",
    document_type="evaluation-report",
    symbol="EV/7",
    countries=("FR",),
)
SAID = Statement(
    id="harbour.s0a1b2c3d4e5f",
    doc="harbour",
    passage="",
    text="word " * 200,
    kind=StatementKind.LESSON,
    span=Span(page=6, page_end=7, page_label="4", page_end_label="5"),
)


@pytest.fixture(scope="module")
def client(home: Home) -> FlaskClient:
    """The application over the small real home, as others reach it."""
    return create_app({"home": home, "public_url": "https://know.example.org/"}).test_client()


def tags(client: FlaskClient, address: str) -> dict[str, list[str]]:
    """A page's citation tags by name."""
    found: dict[str, list[str]] = {}
    for node in HTMLParser(client.get(address).text).css("head meta[name^=citation_]"):
        found.setdefault(node.attributes["name"] or "", []).append(node.attributes["content"] or "")
    return found


def linked(client: FlaskClient, address: str) -> dict[str, Any]:
    """A page's JSON-LD."""
    blocks = HTMLParser(client.get(address).text).css("script[type='application/ld+json']")
    assert len(blocks) == 1
    told: dict[str, Any] = json.loads(blocks[0].text())
    return told


def test_a_report_has_the_tags_that_reference_managers_read() -> None:
    """Persons by family name, bodies whole, the day with slashes, institution and number of a report, its PDF."""
    told = of_document(CARD).tags
    assert [value for name, value in told if name == "citation_author"] == ["Berg, Anna Maria", "Coast Institute"]
    assert dict(told) | {"citation_author": ""} == {
        "citation_title": CARD.title,
        "citation_author": "",
        "citation_publication_date": "2018/06",
        "citation_technical_report_institution": "Save the Coast",
        "citation_publisher": "Save the Coast",
        "citation_technical_report_number": "EV/7",
        "citation_language": "en",
        "citation_pdf_url": CARD.url,
        "citation_public_url": CARD.url,
    }


def test_a_quotation_is_part_of_a_work_and_has_its_pages() -> None:
    """Quotation, pagination as printed, isPartOf with authors and publisher; our address only where there is one."""
    described = of_quotation(SAID, CARD)
    told = json.loads(described.block)
    assert (told["@type"], told["pagination"], told["isPartOf"]["@type"]) == ("Quotation", "4–5", "Report")
    assert told["isPartOf"]["author"][0] == {"@type": "Person", "name": "Anna Maria Berg", "familyName": "Berg"}
    assert told["isPartOf"]["author"][1] == {"@type": "Organization", "name": "Coast Institute"}
    assert told["isPartOf"]["spatialCoverage"] == [{"@type": "Country", "name": "France"}]
    assert "@id" not in told
    assert ("citation_firstpage", "4") in described.tags
    assert ("citation_lastpage", "5") in described.tags
    public = json.loads(of_quotation(SAID, CARD, "https://us.org/").block)
    assert public["@id"] == "https://us.org/statements/harbour.s0a1b2c3d4e5f"
    assert public["isPartOf"]["@id"] == "https://us.org/documents/harbour"


def test_an_unknown_licence_carries_a_short_quotation_only() -> None:
    """Whole words leave the page only under a licence that allows it."""
    assert len(json.loads(of_quotation(SAID, CARD).block)["text"]) <= SHORT + 2
    free = Bibliography(id="harbour", title="Safe harbour", rights="CC BY 4.0")
    assert json.loads(of_quotation(SAID, free).block)["text"] == SAID.text


def test_a_block_cannot_be_left() -> None:
    """No "<", ">" or "&" stands in it as such, and JSON reads the same words."""
    evil = {"a": "</script><script>alert(1)</script><!-- & \u2028"}
    block = data_block(evil)
    assert not set("<>&\u2028") & set(block)
    assert json.loads(block) == evil


def test_what_is_no_web_address_is_no_address() -> None:
    """A record may hold anything as an address."""
    card = Bibliography(id="x", title="T", url="javascript:alert(1)//.pdf")
    assert "javascript" not in str(of_document(card))


def test_every_kind_of_page_is_described(client: FlaskClient) -> None:
    """Document, passage, statement and practice: tags in the head and one block that a JSON parser reads."""
    catalogue = client.application.extensions["fingerpost"].catalogue
    passage: Passage = catalogue.passages(HARBOUR)[0]
    statement: Statement = catalogue.statements(HARBOUR)[0]
    title = catalogue.card(HARBOUR).title
    for item, room in ((passage, "passages"), (statement, "statements")):
        address = f"/{room}/{item.id}"
        told = linked(client, address)
        assert told["@type"] == "Quotation"
        assert told["url"] == f"https://know.example.org{address}"
        assert told["isPartOf"]["name"] == title
        assert tags(client, address)["citation_title"] == [title]
        assert tags(client, address)["citation_firstpage"] == [item.span.page_label or str(item.span.page)]
    assert linked(client, f"/documents/{HARBOUR}")["name"] == title
    practice = catalogue.practices()[0]
    assert tags(client, f"/practices/{practice.id}")["citation_public_url"] == [
        f"https://know.example.org/practices/{practice.id}"
    ]
    assert linked(client, f"/practices/{practice.id}")["author"]


def test_hostile_cards_stay_data(fresh_home: Home) -> None:
    """A document that tries to break out of every field: the page has no element of its making."""
    client = create_app(keep_evil(fresh_home)).test_client()
    for address in ("/documents/evil", "/passages/evil.p0123456789ab", "/statements/evil.s0123456789ab"):
        assert "<script>" in json.dumps(linked(client, address), ensure_ascii=False)
        tree = HTMLParser(client.get(address).text)
        assert not tree.css("img")
        assert all("src" in node.attributes or "type" in node.attributes for node in tree.css("script"))
