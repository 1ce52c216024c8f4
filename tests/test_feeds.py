"""Feeds and the OpenSearch description, read by XML parsers of others."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from web_samples import keep_evil

from corpus.home import Home
from index.feeds import ENTRIES_MOST, _stamp
from index.lists import SHORT
from webapp import create_app

A = "{http://www.w3.org/2005/Atom}"
O = "{http://a9.com/-/spec/opensearch/1.1/}"  # noqa: E741
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")
FEEDS = (
    "/search/feed.atom?q=guardian", "/search/feed.atom?in=statements&q=children", "/search/feed.atom?in=practices",
    "/search/feed.atom?in=documents", "/search/feed.atom?q=zyxwvut", "/search/feed.atom",
    "/themes/guardianship/feed.atom", "/countries/FR/feed.atom", "/documents/feed.atom", "/practices/feed.atom",
    "/notes/feed.atom", "/documents/harbour-evaluation/feed.atom", "/groups/unaccompanied-separated-children/feed.atom",
)  # fmt: skip


@pytest.fixture(scope="module")
def client(home: Home) -> FlaskClient:
    """The application over the small real home, as others reach it."""
    return create_app({"home": home, "public_url": "https://know.example.org/"}).test_client()


def feed(client: FlaskClient, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200
    assert response.content_type == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.data)


@pytest.mark.parametrize("address", FEEDS)
def test_every_feed_has_what_the_standard_asks(client: FlaskClient, address: str) -> None:
    """RFC 4287, section 4.1: one id, title and updated each, an author, a link to itself; ids once, newest first."""
    root = feed(client, address)
    entries = root.findall(f"{A}entry")
    for element in (root, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(A + name)) == 1
            assert element.findtext(A + name)
        assert RFC3339.fullmatch(element.findtext(f"{A}updated"))
        assert element.findall(f"{A}author/{A}name")
        assert element.find(f"{A}link[@rel='alternate']").get("href").startswith("https://know.example.org/")
        assert re.fullmatch(r"tag:fingerpost,2026:\S+", element.findtext(f"{A}id"))
    own = root.find(f"{A}link[@rel='self']").get("href").removeprefix("https://know.example.org")
    assert feed(client, own).findtext(f"{A}id") == root.findtext(f"{A}id")
    ids = [entry.findtext(f"{A}id") for entry in entries]
    assert len(ids) == len(set(ids)) <= ENTRIES_MOST
    days = [entry.findtext(f"{A}updated") for entry in entries]
    assert days == sorted(days, reverse=True)
    assert root.findtext(f"{A}updated") == (days[0] if days else "1970-01-01T00:00:00+00:00")
    assert bool(entries) == (not re.search("zyxwvut|countries|notes", address))


def test_an_entry_leads_to_its_quotation(client: FlaskClient) -> None:
    """The link is the hit's permanent address; of an unknown licence only a short quotation is told."""
    for entry in feed(client, "/search/feed.atom?q=guardian").findall(f"{A}entry"):
        address = entry.find(f"{A}link").get("href").removeprefix("https://know.example.org")
        assert client.get(address).status_code == 200
        assert entry.find(f"{A}rights") is not None or len(entry.findtext(f"{A}summary")) <= SHORT + 4


def test_pages_name_their_feeds(client: FlaskClient) -> None:
    """Readers of feeds find them by the links in the head; the description for browsers stands on every page."""
    for page, address in (
        ("/search?q=guardian", "/search/feed.atom?q=guardian"),
        ("/themes/guardianship", "/themes/guardianship/feed.atom"),
        ("/countries/FR", "/countries/FR/feed.atom"),
        ("/documents", "/documents/feed.atom"),
        ("/practices", "/practices/feed.atom"),
        ("/notes", "/notes/feed.atom"),
        ("/documents/harbour-evaluation", "/documents/harbour-evaluation/feed.atom"),
        ("/digest", "/digest.atom"),
    ):
        text = client.get(page).text
        assert re.search(f'<link rel="alternate"[^>]*href="{re.escape(address)}"', text)
        assert '<link rel="search" type="application/opensearchdescription+xml"' in text


def test_hostile_text_is_text_in_a_feed(fresh_home: Home) -> None:
    """Markup in documents, and in what is typed, makes no element of the feed."""
    client = create_app(keep_evil(fresh_home)).test_client()
    for address in ("/search/feed.atom?q=guardians", "/search/feed.atom?in=documents&doc=evil"):
        root = feed(client, address)
        assert {element.tag for element in root.iter() if not element.tag.startswith(A)} == set()
        assert "<script>" in "".join(root.itertext())
        assert root.find(f"{A}entry/{A}link").get("href").startswith("/")
    typed = feed(client, "/search/feed.atom?q=" + quote('<b>"&\x00\x1f]]> children'))
    assert "<b>" in typed.findtext(f"{A}title")


def test_what_does_not_exist_has_no_feed(client: FlaskClient) -> None:
    """404 with a sentence; a parameter that cannot be is 400."""
    assert client.get("/themes/nothing/feed.atom").status_code == 404
    assert client.get("/themes/recommendation/feed.atom").status_code == 404
    assert client.get("/countries/XQ/feed.atom").status_code == 404
    assert client.get("/documents/nothing/feed.atom").status_code == 404
    assert client.get("/organisations/nothing/feed.atom").status_code == 404
    assert client.get("/search/feed.atom?in=nothing").status_code == 400


@pytest.mark.parametrize(
    ("told", "stamp"),
    [
        ("2018", "2018-01-01T00:00:00+00:00"),
        ("2018-06", "2018-06-01T00:00:00+00:00"),
        ("2018-06-07T10:00:00+02:00", "2018-06-07T08:00:00+00:00"),
        ("soon", ""),
        ("2018-13", ""),
        ("", ""),
    ],
)
def test_days_become_moments(told: str, stamp: str) -> None:
    """RFC 3339 in UTC, as exact as known; what is no day is none."""
    assert _stamp(told) == stamp


def test_browsers_can_search_here(client: FlaskClient, home: Home) -> None:
    """OpenSearch 1.1: a short name of 16 characters at most and templates with absolute addresses that answer."""
    for app, base in ((client, "https://know.example.org"), (create_app(home).test_client(), "http://localhost")):
        root = ElementTree.fromstring(app.get("/opensearch.xml").data)
        assert root.tag == f"{O}OpenSearchDescription"
        assert 0 < len(root.findtext(f"{O}ShortName") or "") <= 16
        assert 0 < len(root.findtext(f"{O}Description") or "") <= 1024
        for url in root.findall(f"{O}Url"):
            assert url.get("template", "").startswith(f"{base}/search")
            place = url.get("template", "").removeprefix(base).replace("{searchTerms}", "guardian")
            assert app.get(place).mimetype == url.get("type")


def test_a_feed_reader_reads_them(client: FlaskClient) -> None:
    """feedparser finds no fault, and as many entries as there are."""
    feedparser = pytest.importorskip("feedparser")
    for address in FEEDS:
        data = client.get(address).data
        read = feedparser.parse(data)
        assert not read.bozo
        assert read.version == "atom10"
        assert len(read.entries) == len(ElementTree.fromstring(data).findall(f"{A}entry"))
