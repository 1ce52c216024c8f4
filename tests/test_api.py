"""The API: the promised JSON, the same answers as the command line, problems as RFC 9457 says."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from corpus.home import Home
from index import answer
from index.answer import Request
from index.library import Library
from webapp import create_app

TOP = {"query", "interpreted", "suggestion", "weak", "total", "hits", "facets"}
HIT = {"doc", "title", "passage", "page", "page_end", "page_label", "section", "text", "snippet", "score", "weak"}
HIT |= {"themes", "url"}


@pytest.fixture(scope="module")
def client(home: Home) -> FlaskClient:
    """A client of the application over the small real home."""
    return create_app(home).test_client()


def test_the_promised_shape(client: FlaskClient) -> None:
    """The answer and each hit have the promised names; a hit from a PDF has its page, its url answers."""
    response = client.get("/api/v1/search?q=guardian+children&limit=3")
    assert response.content_type == "application/json"
    found = response.get_json()
    assert set(found) >= TOP
    assert isinstance(found["weak"], bool)
    assert isinstance(found["interpreted"], str)
    assert 0 < len(found["hits"]) <= 3 <= found["total"]
    for hit in found["hits"]:
        assert set(hit) >= HIT
        assert isinstance(hit["weak"], bool)
        assert hit["page"] is not None or hit["doc"] != "harbour-evaluation"
        assert client.get(hit["url"]).status_code == 200
    for values in found["facets"].values():
        assert all(set(value) == {"value", "label", "count"} for value in values)


def test_the_same_as_the_library(client: FlaskClient, home: Home) -> None:
    """The API gives what the library gives, byte for byte in the shared shape."""
    expected = answer.to_json(Library(home).search(Request(text="shelter", limit=5)))
    assert client.get("/api/v1/search?q=shelter&limit=5").get_json() == json.loads(json.dumps(expected))


def test_offset_goes_on_where_limit_ended(client: FlaskClient) -> None:
    """Two calls of two hits give the same as one call of four."""
    four = [h["passage"] for h in client.get("/api/v1/search?q=children&limit=4").get_json()["hits"]]
    first = [h["passage"] for h in client.get("/api/v1/search?q=children&limit=2").get_json()["hits"]]
    second = [h["passage"] for h in client.get("/api/v1/search?q=children&limit=2&offset=2").get_json()["hits"]]
    assert first + second == four


def test_filters_narrow(client: FlaskClient) -> None:
    """A filter leaves only hits that have its value; the facet's count was right."""
    before = client.get("/api/v1/search?q=children").get_json()
    chosen = before["facets"]["doc"][0]
    after = client.get("/api/v1/search", query_string={"q": "children", "doc": chosen["value"]}).get_json()
    assert after["total"] == chosen["count"]
    assert {hit["doc"] for hit in after["hits"]} == {chosen["value"]}


def test_the_other_views(client: FlaskClient) -> None:
    """Statements, practices and documents are found through the same call."""
    for view, start in (("statements", "/statements/"), ("practices", "/practices/"), ("documents", "/documents/")):
        hits = client.get("/api/v1/search", query_string={"q": "migrants children", "in": view}).get_json()["hits"]
        assert hits
        assert all(hit["url"].startswith(start) for hit in hits)


def test_addresses_are_absolute_with_a_public_url(home: Home) -> None:
    """Where the setting says how this site is reached, hits carry whole addresses."""
    client = create_app({"home": home, "public_url": "https://kb.example.org"}).test_client()
    hits = client.get("/api/v1/search?q=guardian").get_json()["hits"]
    assert hits
    assert all(hit["url"].startswith("https://kb.example.org/passages/") for hit in hits)


def test_the_page_links_to_the_same_hits(client: FlaskClient) -> None:
    """The JSON link of a page of results gives the hits of that page."""
    import html
    import re

    page = client.get("/search?q=children&sort=newest").text
    link = re.search(r'href="(/api/v1/search\?[^"]+)"', page)
    assert link
    hits = client.get(html.unescape(link[1])).get_json()["hits"]
    assert hits
    assert all(f'href="{hit["url"]}"' in page for hit in hits)


@pytest.mark.parametrize(
    "address", ["?limit=0", "?limit=101", "?limit=x", "?in=all", "?sort=x", "?offset=-1", "?diverse=yes"]
)
def test_problems_are_problem_details(client: FlaskClient, address: str) -> None:
    """A bad value gives problem details with a sentence that names what is possible."""
    response = client.get("/api/v1/search" + address)
    assert response.status_code == 400
    assert response.content_type == "application/problem+json"
    problem = response.get_json()
    assert problem["status"] == 400
    assert problem["instance"] == "/api/v1/search"
    assert {"type", "title", "detail"} <= set(problem)
    assert ": " in problem["detail"]


def test_unknown_addresses_under_the_api(client: FlaskClient) -> None:
    """What the API does not have is a problem too, not a page."""
    response = client.get("/api/v1/nothing")
    assert response.status_code == 404
    assert response.content_type == "application/problem+json"


@pytest.mark.parametrize("typed", ["", "W-2", "year:abc", "((", '"open', "x" * 10_000, "😀", "AND OR NOT", "\x00"])
def test_nothing_typed_is_a_problem(client: FlaskClient, typed: str) -> None:
    """Any text is a search, and its interpretation is given."""
    response = client.get("/api/v1/search", query_string={"q": typed})
    assert response.status_code == 200
    assert isinstance(response.get_json()["interpreted"], str)


def test_health(client: FlaskClient) -> None:
    """The sign of life names the catalogue's revision and is never cached."""
    response = client.get("/healthz")
    assert response.get_json()["status"] == "ok"
    assert response.get_json()["revision"] > 0
    assert response.headers["Cache-Control"] == "no-store"
