"""Assistants: the tools of the Model Context Protocol, asked by the reference client over both transports."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import anyio
import jsonschema
import pytest
from click.testing import Result
from web_samples import keep_evil

from cli.mcp_results import NOTICE, UNKNOWN_RIGHTS
from cli.mcp_server import LOOPBACK, PATH, answer, application, tools
from corpus.catalogue import CatalogueWriter, Published
from corpus.catalogue.decisions import decide
from corpus.errors import UsageError
from corpus.home import Home
from corpus.resting import OUR_SUMMARY
from corpus.sensitivity import decision
from index import library
from index.lists import SHORT
from webapp.knowledge import Knowledge

HARBOUR = "harbour-evaluation"
T = TypeVar("T")
Asked = Callable[[Any], Awaitable[T]]


@pytest.fixture(scope="module")
def here(home: Home) -> Knowledge:
    """The small real home, opened as the server opens it."""
    return Knowledge(home)


def told(here: Knowledge, name: str, **arguments: Any) -> dict[str, Any]:
    """What a tool gives; its text says the same as its structure, and fits the schema that it announces."""
    result = answer(here, name, arguments)
    assert not result.is_error, result.content
    (content,) = result.content
    assert json.loads(content.text) == result.structured_content  # type: ignore[union-attr]
    (tool,) = [one for one in tools() if one.name == name]
    jsonschema.Draft202012Validator(tool.output_schema or {}).validate(result.structured_content)
    found: dict[str, Any] = result.structured_content
    return found


def refused(here: Knowledge, name: str, **arguments: Any) -> str:
    """The sentence with which a tool refuses."""
    result = answer(here, name, arguments)
    assert result.is_error
    assert result.structured_content is None
    text: str = result.content[0].text  # type: ignore[union-attr]
    return text


# ------------------------------------------------------------------------------------------------ the tools


def test_quotations_are_word_for_word_with_all_that_quoting_needs(here: Knowledge) -> None:
    """Passages are the catalogue's, with page, reference with that page, address, standing and rights."""
    found = told(here, "search", query="guardian for every unaccompanied child", doc=[HARBOUR], limit=5)
    assert found["answered"]
    assert found["notice"] == NOTICE
    assert found["results"]
    for one in found["results"]:
        passage = here.catalogue.passage(one["id"])
        assert one["quotation"] == passage.text
        assert one["short_quotation"] in passage.text or len(one["short_quotation"]) <= SHORT + 4
        assert one["pdf_page"] == passage.span.page
        assert re.fullmatch(r"(p\.|pp\.|PDF page) [\d–]+", one["page"])
        assert re.search(r"\(.+2021, pp?\. ", one["citation"])
        assert one["address"] == f"/passages/{one['id']}"
        assert one["standing"]
        assert one["rights"] == (here.catalogue.card(HARBOUR).rights or UNKNOWN_RIGHTS)


def test_statements_without_a_question(here: Knowledge) -> None:
    """Only of the kind asked for, each a statement of the catalogue with voice and number of programmes."""
    found = told(here, "statements", kind=["recommendation"], limit=20)
    assert found["results"]
    for one in found["results"]:
        statement = here.catalogue.statement(one["id"])
        assert statement.kind == "recommendation"
        assert one["quotation"] == statement.text
        assert one["voice"]
        assert one["independent_programmes"] >= 1


def test_practices_say_what_they_took(here: Knowledge) -> None:
    """In short from a search, whole by their id."""
    found = told(here, "practices", limit=3)
    assert len(found["results"]) == 3
    for one in found["results"]:
        practice = here.catalogue.practice(one["id"])
        claims = practice.told.get("what_failed", ())
        assert len(one["what_failed"]) == len(claims)
        for words, claim in zip(one["what_failed"], claims, strict=True):
            assert words.startswith(claim.text)
            assert all(ref.locator in words for ref in claim.sources)
        assert len(one["sources"]) == len({ref.doc for ref in practice.sources()}) > 0
        assert one["words"] == OUR_SUMMARY
        whole = told(here, "get", id=one["id"])
        assert whole["what"] == "practice"
        assert set(whole["item"]["told"]) == set(practice.told)


def test_anything_is_got_by_its_id(here: Knowledge) -> None:
    """A document with its outline, one of its pages, a passage and a statement."""
    document = told(here, "get", id=HARBOUR)
    assert (document["what"], document["item"]["pages"]) == ("document", 5)
    assert "Recommendations" in [one["heading"] for one in document["item"]["outline"]]
    page = told(here, "get", id=HARBOUR, page=2)
    assert page["item"]["text"] == here.catalogue.page(HARBOUR, 2).text
    for item in (here.catalogue.passages(HARBOUR)[0], here.catalogue.statements(HARBOUR)[0]):
        assert told(here, "get", id=item.id)["item"]["text"] == item.text
    web_page = next(e.card.id for e in here.catalogue.entries() if e.media == "html")
    assert told(here, "get", id=web_page)["item"]["text"]


def test_references_in_a_style_and_as_a_file(here: Knowledge) -> None:
    """The statement's words, its page in the reference; BibTeX as a file."""
    statement = here.catalogue.statements(HARBOUR)[0]
    found = told(here, "cite", id=statement.id, style="un-editorial-manual", said_by="A minister")
    assert found["quotation"] == statement.text
    assert "p. " in found["reference"]
    assert told(here, "cite", id=HARBOUR, format="bibtex")["reference"].startswith("@")


def test_the_evidence_map_counts_programmes(here: Knowledge) -> None:
    """The cells that hold something."""
    found = told(here, "evidence_map", by="kind")
    assert found["cells"]
    assert all(cell["programmes"] >= 1 for cell in found["cells"])


def test_what_nothing_answers_is_said(here: Knowledge) -> None:
    """Nearest things are marked as weak, and the result says that nothing answers."""
    found = told(here, "search", query="zyxwvut qponmlk")
    assert not found["answered"]
    assert all(one["weak"] for one in found["results"])


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("search", {}),
        ("search", {"query": "x", "limit": 21}),
        ("search", {"query": "x", "limit": "many"}),
        ("search", {"query": "x", "colour": "red"}),
        ("search", {"query": "x" * 2001}),
        ("statements", {"kind": ["wish"]}),
        ("cite", {"id": HARBOUR, "style": "mine"}),
        ("get", {"id": HARBOUR, "page": 99}),
        ("get", {"id": "nothing"}),
        ("get", {"id": f"{HARBOUR}.p000000000000"}),
        ("cite", {"id": "nothing"}),
        ("evidence_map", {"by": "size"}),
    ],
)
def test_bad_arguments_get_a_sentence(here: Knowledge, name: str, arguments: Mapping[str, Any]) -> None:
    """An error in the result, so that the assistant can do better, with what can be given."""
    assert refused(here, name, **arguments).endswith(".")


def test_what_is_withheld_is_withheld_here(fresh_home: Home) -> None:
    """A withdrawn document is found by no tool, and its ids say only that."""
    keep_evil(fresh_home)
    here = Knowledge(fresh_home)
    assert told(here, "search", query="guardians appointed at the border")["results"]
    with fresh_home.writing(), CatalogueWriter(fresh_home.catalogue_url) as writer:
        decide(writer, [decision("evil", "withdrawn")])
        library.bring_up_to_date(fresh_home, writer)
    assert told(here, "search", query="guardians appointed at the border")["results"] == []
    assert told(here, "statements")["results"] == []
    assert told(here, "evidence_map")["cells"] == []
    for name, identifier in (("get", "evil"), ("get", "evil.p0123456789ab"), ("cite", "evil.s0123456789ab")):
        assert refused(here, name, id=identifier) == "This item was withdrawn and is no longer shown."
    assert refused(here, "get", id="evil", page=1) == "This item was withdrawn and is no longer shown."


def test_tools_say_what_they_are(here: Knowledge) -> None:
    """Each has a description, whole schemas of arguments and results, and changes nothing."""
    for tool in tools():
        assert tool.description
        assert tool.input_schema["type"] == tool.output_schema["type"] == "object"  # type: ignore[index]
        for schema in (tool.input_schema, tool.output_schema):
            jsonschema.Draft202012Validator.check_schema(schema)
            for reference in re.findall(r"'\$ref': '#/\$defs/(\w+)'", str(schema)):
                assert reference in (schema or {})["$defs"]
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint


# ------------------------------------------------------------------------------------------------ over the protocol


async def conversation(session: Any) -> dict[str, Any]:
    """What an assistant does: learn the tools, search, follow a hit, cite it, and mistype."""
    listed = await session.list_tools()
    assert {tool.name for tool in listed.tools} == {
        "search", "statements", "practices", "get", "cite", "evidence_map"
    }  # fmt: skip
    found = await session.call_tool("search", {"query": "guardian", "limit": 2})
    assert not found.is_error
    hit = found.structured_content["results"][0]
    got = await session.call_tool("get", {"id": hit["id"]})
    assert got.structured_content["item"]["text"] == hit["quotation"]
    cited = await session.call_tool("cite", {"id": hit["id"], "style": "apa"})
    assert cited.structured_content["reference"].split("\n")[0] in hit["citation"]
    wrong = await session.call_tool("get", {"id": "nothing"})
    assert wrong.is_error
    with pytest.raises(Exception, match="There is no tool"):
        await session.call_tool("delete", {})
    return dict(hit)


def command(home: Home, *words: str) -> list[str]:
    return ["-m", "cli.main", "mcp", "--home", str(home.path), *words]


@contextmanager
def over_http(home: Home, *words: str) -> Iterator[str]:
    """The server's address while it serves over HTTP in a process of its own."""
    with subprocess.Popen(
        [sys.executable, *command(home, "--http", "127.0.0.1:0", *words)], stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        try:
            said = ""
            while not (found := re.search(r"http://\S+", said)):
                line = process.stderr.readline()
                assert line, said
                said += line
            yield found[0]
        finally:
            process.terminate()


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["session", "client"])
def test_the_reference_client_over_standard_input_and_output(home: Home, mode: str) -> None:
    """ClientSession with its handshake, and the newer client without: the same quotations as the library's."""
    from mcp import Client, ClientSession, StdioServerParameters
    from mcp.client.stdio import stdio_client

    parameters = StdioServerParameters(
        command=sys.executable, args=command(home), cwd=Path(__file__).parent.parent, env=dict(os.environ)
    )

    async def converse() -> dict[str, Any]:
        if mode == "client":
            async with Client(parameters) as client:
                return await conversation(client)
        async with stdio_client(parameters) as (reading, writing), ClientSession(reading, writing) as session:
            greeted = await session.initialize()
            assert greeted.server_info.name == "fingerpost"
            assert NOTICE in (greeted.instructions or "")
            return await conversation(session)

    hit = anyio.run(converse)
    with Published(home.catalogue_url) as catalogue:
        assert hit["quotation"] == catalogue.passage(hit["id"]).text


@pytest.mark.slow
def test_the_reference_client_over_http(home: Home) -> None:
    """Streamable HTTP; foreign pages, foreign names and long requests are turned away."""
    import httpx2
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async def converse(address: str) -> dict[str, Any]:
        async with (
            streamable_http_client(address) as (reading, writing, *_),
            ClientSession(reading, writing) as session,
        ):
            await session.initialize()
            return await conversation(session)

    with over_http(home) as address:
        assert address.startswith("http://127.0.0.1:")
        assert anyio.run(converse, address)["quotation"]
        call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
        ours = {"Accept": "application/json, text/event-stream"}
        statuses = {}
        for name, headers in {
            "plain": {},
            "own page": {"Origin": address.removesuffix(PATH)},
            "foreign page": {"Origin": "https://elsewhere.example.org"},
            "no page": {"Origin": "null"},
            "foreign name": {"Host": "elsewhere.example.org"},
        }.items():
            statuses[name] = httpx2.post(address, json=call, headers={**ours, **headers}).status_code
        assert statuses["plain"] == statuses["own page"] != 403
        assert statuses["foreign page"] == statuses["no page"] == 403
        assert statuses["foreign name"] == 421
        assert httpx2.post(address, json={**call, "x": "y" * 200_000}, headers=ours).status_code == 413


def test_others_need_a_name(here: Knowledge) -> None:
    """Whoever listens for others says under which names: a foreign page could reach it under any."""
    with pytest.raises(UsageError, match="--name"):
        application(here, "0.0.0.0", 8765)
    assert application(here, "0.0.0.0", 8765, ["know.example.org"])
    assert all(application(here, name.strip("[]"), 8765) for name in LOOPBACK)


def test_wrong_addresses_are_said(fingerpost: Callable[..., Result], home: Home) -> None:
    """Exit code 2 and a sentence: no port, a port in use, a name without HTTP."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for words in (("--http", "here"), ("--http", f"127.0.0.1:{port}"), ("--name", "x"), ("--http", "0.0.0.0:0")):
            result = fingerpost("mcp", *words, home=home.path)
            assert result.exit_code == 2, words
            assert result.output.startswith("fingerpost: ")
