"""Lists and items of the API: whole and in order, the same as the command line's, and gone when they are withdrawn."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest
from click.testing import Result
from flask.testing import FlaskClient
from web_samples import keep_evil

from corpus.catalogue import CatalogueWriter, Published
from corpus.catalogue.decisions import decide
from corpus.home import Home
from corpus.sensitivity import decision
from index import library
from webapp import create_app
from webapp.api.operations import PREFIX
from webapp.api.paging import DOCUMENTS_MOST

HARBOUR = "harbour-evaluation"
LISTS = (
    "/documents", f"/documents/{HARBOUR}/pages", "/passages", "/statements", "/practices", "/notes", "/themes",
    "/groups", "/countries", "/organisations", "/glossary", "/new",
)  # fmt: skip
Cli = Callable[..., Result]


def app(home: Home, **settings: Any) -> FlaskClient:
    """A client of the application over a home, without limits."""
    return create_app(
        {"home": home, "requests_per_minute": 0, "costly_requests_per_minute": 0, **settings}
    ).test_client()


@pytest.fixture(scope="module")
def client(home: Home) -> FlaskClient:
    """The application over the small real home."""
    return app(home)


def parts(client: FlaskClient, address: str, limit: int) -> Iterator[list[dict[str, Any]]]:
    """A list in parts, by its cursors."""
    joint = "&" if "?" in address else "?"
    cursor = ""
    while True:
        found = client.get(f"{PREFIX}{address}{joint}limit={limit}&cursor={cursor}").get_json()
        yield found["items"]
        cursor = found["next"]
        if cursor is None:
            return


@pytest.mark.parametrize(
    "address", [*LISTS, "/statements?kind=recommendation&kind=lesson", "/practices?theme=capacity-building"]
)
def test_parts_make_the_whole(client: FlaskClient, address: str) -> None:
    """In parts of three a list has everything once, in the order of parts of a hundred; no part is too long."""
    whole = [item for some in parts(client, address, 100) for item in some]
    threes = list(parts(client, address, 3))
    assert all(len(some) <= 3 for some in threes)
    assert [item for some in threes for item in some] == whole
    assert len({json.dumps(item) for item in whole}) == len(whole)
    assert whole or address in ("/notes", "/practices?theme=capacity-building")


def test_statements_are_those_of_the_command_line(client: FlaskClient, home: Home, fingerpost: Cli) -> None:
    """Every occurrence, each with the fields and values that ``fingerpost statements --json`` prints."""
    printed = [json.loads(line) for line in fingerpost("statements", "--json", home=home.path).output.splitlines()]
    served = [item for some in parts(client, "/statements", 7) for item in some]
    assert [{name: item[name] for name in line} for item, line in zip(served, printed, strict=True)] == printed
    for item in served[:5]:
        one = client.get(f"{PREFIX}/statements/{item['id']}").get_json()
        assert {name: one[name] for name in item} == item
        assert client.get(item["url"]).status_code == 200


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ("kind=recommendation", lambda one: one["kind"] == "recommendation"),
        ("theme=guardianship", lambda one: "guardianship" in one["themes"]),
        ("voice=evaluator&kind=challenge", lambda one: (one["voice"], one["kind"]) == ("evaluator", "challenge")),
        ("achieved=yes", lambda one: one["achieved"] == "yes"),
        (f"doc={HARBOUR}", lambda one: one["doc"] == HARBOUR),
    ],
)
def test_filters_leave_what_has_their_value(
    client: FlaskClient, asked: str, holds: Callable[[dict[str, Any]], bool]
) -> None:
    """Those that fit, all of them, and no others."""
    everything = [item for some in parts(client, "/statements", 100) for item in some]
    served = [item for some in parts(client, f"/statements?{asked}", 2) for item in some]
    assert served == [item for item in everything if holds(item)]
    assert served


def test_a_document_is_that_of_the_command_line(client: FlaskClient, home: Home, fingerpost: Cli) -> None:
    """Its record, pages and passages have the fields and values that ``fingerpost show --json`` prints."""
    printed = json.loads(fingerpost("show", HARBOUR, "--json", home=home.path).output)
    record = client.get(f"{PREFIX}/documents/{HARBOUR}").get_json()
    pages = [item for some in parts(client, f"/documents/{HARBOUR}/pages", 2) for item in some]
    passages = [item for some in parts(client, f"/passages?doc={HARBOUR}", 2) for item in some]
    assert {name: record[name] for name in printed if name not in ("pages", "passages")} | {
        "pages": [{name: item[name] for name in line} for item, line in zip(pages, printed["pages"], strict=True)],
        "passages": [
            {name: item[name] for name in line} for item, line in zip(passages, printed["passages"], strict=True)
        ],
    } == printed
    assert client.get(f"{PREFIX}/documents/{HARBOUR}/pages/2").get_json() == pages[1]
    assert client.get(f"{PREFIX}/documents/{HARBOUR}/text").text.split("\f") == [page["text"] for page in pages]


def test_a_citation_is_that_of_the_command_line(client: FlaskClient, home: Home, fingerpost: Cli) -> None:
    """Every style and file; a quotation stands above its reference, with its page."""
    (statement, *_) = client.get(f"{PREFIX}/statements?doc={HARBOUR}").get_json()["items"]
    told = client.get(f"{PREFIX}/citations/{statement['id']}?said_by=A+minister").get_json()
    assert told["quotation"] == statement["text"]
    assert {one["style"] for one in told["references"]} >= {"apa", "un-editorial-manual", "nlm-citation-sequence"}
    for one in told["references"]:
        line = fingerpost(
            "cite", statement["id"], "--style", one["style"], "--said-by", "A minister", home=home.path
        ).output
        assert one["text"] == line.rstrip("\n")
        assert statement["text"][:40] in one["quoted"]
    for file in told["files"]:
        line = fingerpost("cite", statement["id"], "--format", file["format"], home=home.path).output
        assert file["text"].split() == line.split()
    assert [
        one["style"]
        for one in client.get(f"{PREFIX}/citations/{HARBOUR}?style=apa&format=ris").get_json()["references"]
    ] == ["apa"]


def test_the_evidence_map_counts_as_its_page_does(client: FlaskClient) -> None:
    """The same cells as the CSV of the page, each with an address that opens its statements."""
    told = client.get(f"{PREFIX}/evidence?by=kind").get_json()
    lines = client.get("/evidence/map.csv?by=kind").get_data().decode("utf-8-sig").splitlines()[1:]
    held = [line for line in lines if ",0,0," not in line]
    assert len(told["cells"]) == len(held) > 3
    for cell in told["cells"][:3]:
        assert client.get(cell["url"]).status_code == 200


def test_what_came_since_a_day(client: FlaskClient) -> None:
    """Documents of that day and later, newest first."""
    everything = client.get(f"{PREFIX}/new").get_json()["items"]
    assert [one["came"] for one in everything] == sorted((one["came"] for one in everything), reverse=True)
    day = everything[0]["came"][:10]
    assert client.get(f"{PREFIX}/new?since={day}").get_json()["items"] == [
        one for one in everything if one["came"][:10] >= day
    ]
    assert client.get(f"{PREFIX}/new?since=2999-01-01").get_json() == {"items": [], "next": None}


def test_addresses_are_absolute_with_a_public_url(home: Home) -> None:
    """Where the setting says how this site is reached, items carry whole addresses."""
    client = app(home, public_url="https://kb.example.org/")
    for address in ("/statements", "/passages", "/practices", "/themes", "/organisations", "/glossary"):
        items = client.get(PREFIX + address).get_json()["items"]
        assert items
        assert all(one["url"].startswith("https://kb.example.org/") for one in items)


# ------------------------------------------------------------------------------------------------ cursors


def test_a_cursor_is_of_its_list_only(client: FlaskClient) -> None:
    """Of another list, with other filters, or changed by hand: 400 and what to do; another limit is no other list."""
    cursor = client.get(f"{PREFIX}/statements?limit=2").get_json()["next"]
    assert client.get(f"{PREFIX}/statements?limit=5&cursor={cursor}").status_code == 200
    changed = cursor[:-2] + ("A" if cursor[-2] != "A" else "B") + cursor[-1]
    for address in (
        f"/passages?cursor={cursor}",
        f"/statements?kind=lesson&cursor={cursor}",
        f"/statements?cursor={changed}",
        f"/statements?cursor={cursor}x",
        f"/statements?cursor={cursor[:-4]}",
    ):
        response = client.get(PREFIX + address)
        assert response.status_code == 400, address
        assert "begin again" in response.get_json()["detail"]


def test_a_cursor_ends_when_the_knowledge_base_changes(fresh_home: Home) -> None:
    """410 with a type that programs know; before that it holds, whatever else is asked."""
    client = app(keep_evil(fresh_home))
    cursor = client.get(f"{PREFIX}/glossary?limit=2").get_json()["next"]
    assert client.get(f"{PREFIX}/glossary?limit=2&cursor={cursor}").status_code == 200
    with fresh_home.writing(), CatalogueWriter(fresh_home.catalogue_url) as writer:
        decide(writer, [decision("evil.p0123456789ab", "withdrawn")])
        library.bring_up_to_date(fresh_home, writer)
    response = client.get(f"{PREFIX}/glossary?limit=2&cursor={cursor}")
    assert response.status_code == 410
    assert response.get_json()["type"] == "/api#list-changed"
    assert "begin the list again" in response.get_json()["detail"]
    assert client.get(f"{PREFIX}/glossary?limit=2").status_code == 200


def test_an_answer_looks_through_so_many_documents_only(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rare filter gives parts with few items and a way on; together they are the whole."""
    assert DOCUMENTS_MOST > 1
    whole = [item for some in parts(client, "/statements?kind=lesson", 100) for item in some]
    monkeypatch.setattr("webapp.api.paging.DOCUMENTS_MOST", 1)
    single = list(parts(client, "/statements?kind=lesson", 100))
    assert len(single) == len(client.get(f"{PREFIX}/documents").get_json()["items"])
    assert [item for some in single for item in some] == whole


# ------------------------------------------------------------------------------------------------ how it is read


@pytest.mark.parametrize(
    "address", ["/api/v1/stats", "/api/v1/search?q=guardian", "/api/v1/nothing", "/api/v1/new?x=1"]
)
def test_pages_of_other_sites_may_read(client: FlaskClient, address: str) -> None:
    """CORS for reading on every answer of the API, problems too; a browser's question before is answered."""
    for method in ("GET", "HEAD", "OPTIONS"):
        response = client.open(address, method=method, headers={"Origin": "https://other.example.org"})
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    if "nothing" not in address:
        assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Access-Control-Allow-Credentials" not in response.headers


def test_nothing_else_is_shared(client: FlaskClient) -> None:
    """Pages, files and what is no reading are for this site alone."""
    for method, address in (("GET", "/"), ("GET", "/api"), ("GET", "/healthz"), ("POST", "/api/v1/stats")):
        response = client.open(address, method=method)
        assert "Access-Control-Allow-Origin" not in response.headers
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert client.post("/api/v1/stats").status_code == 405


def test_what_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    """An ETag and 304 for every kind of answer."""
    for address in ("/documents", f"/documents/{HARBOUR}/text", "/stats", "/openapi.json", "/search?q=guardian"):
        first = client.get(PREFIX + address)
        assert first.headers["Cache-Control"] == "no-cache"
        again = client.get(PREFIX + address, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304
        assert not again.data


def test_what_was_withdrawn_is_gone(fresh_home: Home) -> None:
    """410 and nothing of it, in lists neither; what only its neighbour says stays."""
    client = app(keep_evil(fresh_home))
    items = ("/documents/evil", "/documents/evil/pages", "/documents/evil/pages/1", "/documents/evil/text",
             "/passages/evil.p0123456789ab", "/statements/evil.s0123456789ab", "/citations/evil",
             "/citations/evil.s0123456789ab", "/statements?doc=evil", "/passages?doc=evil")  # fmt: skip
    assert {client.get(PREFIX + address).status_code for address in items} == {200}
    with fresh_home.writing(), CatalogueWriter(fresh_home.catalogue_url) as writer:
        decide(writer, [decision("evil", "withdrawn")])
        library.bring_up_to_date(fresh_home, writer)
    for address in items:
        response = client.get(PREFIX + address)
        assert response.status_code == 410, address
        assert response.get_json()["title"] == "Withdrawn"
        assert "evil" not in response.get_json()["detail"]
    told = "".join(client.get(PREFIX + address).text for address in LISTS if HARBOUR not in address)
    assert "alert" not in told
    assert "arrival at the border" not in told


def test_hostile_text_is_data(fresh_home: Home) -> None:
    """Markup of a document comes as it is, inside JSON with a type that no browser shows as a page."""
    client = app(keep_evil(fresh_home))
    response = client.get(f"{PREFIX}/documents/evil")
    assert "<script>" in response.get_json()["title"]
    assert response.content_type == "application/json"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"{PREFIX}/documents/evil/text").content_type == "text/plain; charset=utf-8"
    (html,) = [one["html"] for one in client.get(f"{PREFIX}/citations/evil?style=apa").get_json()["references"]]
    assert "<script>" not in html


def test_an_empty_home_answers(fresh_home: Home) -> None:
    """Every list is empty or tells of zero; the page of the API has no dead example."""
    client = app(fresh_home)
    for address in LISTS:
        if HARBOUR not in address:
            assert client.get(PREFIX + address).status_code == 200, address
    assert client.get(f"{PREFIX}/stats").get_json()["documents"] == 0
    assert client.get(f"{PREFIX}/evidence").get_json()["cells"] == []
    assert "/documents/{doc}" in client.get("/api").text


def test_practices_are_whole(client: FlaskClient, home: Home) -> None:
    """Every field of the model, with every claim and its sources."""
    with Published(home.catalogue_url) as catalogue:
        practice = catalogue.practices()[0]
    told = client.get(f"{PREFIX}/practices/{practice.id}").get_json()
    assert set(told) == {*practice.__struct_fields__, "url"}
    assert [claim["text"] for claim in told["told"]["summary"]] == [claim.text for claim in practice.told["summary"]]
    assert told["told"]["summary"][0]["sources"] == [
        msgspec.structs.asdict(ref) for ref in practice.told["summary"][0].sources
    ]


def test_without_an_index_nothing_is_counted(fresh_home: Home) -> None:
    """503 for what is counted by the index, not lists that seem empty; what the catalogue tells is told."""
    client = app(keep_evil(fresh_home))
    shutil.rmtree(fresh_home.index_dir)
    for address in (
        "/themes",
        "/themes/guardianship",
        "/groups",
        "/countries",
        "/organisations",
        "/search",
        "/evidence",
    ):
        response = client.get(PREFIX + address)
        assert response.status_code == 503, address
        assert "fingerpost" not in response.get_json()["detail"]
    assert client.get(f"{PREFIX}/statements").get_json()["items"]
    assert client.get(f"{PREFIX}/stats").get_json()["ready"] is False
