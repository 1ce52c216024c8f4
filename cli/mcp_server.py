"""The server of the Model Context Protocol: tools over standard input and output, or over HTTP.

The protocol is the reference library's (``mcp``); here its requests meet `cli.mcp_tools`.  Reading the knowledge base
takes a thread, so that others' requests go on meanwhile.
"""

from __future__ import annotations

import inspect
import socket
import sys
from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import Any
from urllib.parse import urlsplit

import anyio
import msgspec
import uvicorn
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.server.transport_security import TransportSecuritySettings
from mcp.shared.exceptions import MCPError
from mcp_types import INVALID_PARAMS, CallToolResult, ContentBlock, ListToolsResult, TextContent, Tool, ToolAnnotations

from cli.mcp_results import NOTICE
from cli.mcp_tools import TOOLS, call
from corpus import VERSION
from corpus.errors import FingerpostError, NotInCatalogue, UsageError, Withdrawn
from webapp import problems
from webapp.address import shortened
from webapp.knowledge import Knowledge

PATH = "/mcp"
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""Names under which this machine speaks to itself."""
BODY_MOST = 100_000
"""Bytes of one request: a question and its filters are far shorter."""
INSTRUCTIONS = (
    "Fingerpost is a library of evaluations and practices on protecting children and other migrants. Its tools give "
    "exact quotations with their page, reference, address, standing and rights. Begin with “search” for a question, "
    "“statements” for what the documents recommend, learned or met, “practices” for what others did and what it took. "
    "Quote only what a result holds, word for word, with page and citation; where “answered” is false, say that "
    "nothing here answers it as a whole. Say whose voice it is and how many independent programmes say so. "
    f"{NOTICE}"
)


def serve_stdio(here: Knowledge) -> None:
    """Answer over standard input and output until the input ends."""
    anyio.run(_over_stdio, here)


def serve_http(here: Knowledge, host: str, port: int, names: Sequence[str] = ()) -> None:
    """Answer over HTTP until interrupted, told on standard error where; ``names`` are what others call this machine.

    Only requests that come to a known name are answered, and of those from web pages only such as come from it: a
    foreign page could otherwise reach what listens on this machine (the specification asks for that check).

    Raises:
        UsageError: the address is not this machine's or is in use, or others could reach it under no known name.
    """
    server = uvicorn.Server(uvicorn.Config(application(here, host, port, names), log_level="warning", lifespan="on"))
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        told = f"Cannot listen on {host} port {port} ({error.strerror or error}); choose another with --http."
        raise UsageError(told) from error
    shown = f"[{host}]" if ":" in host else host
    print(f"http://{shown}:{listening.getsockname()[1]}{PATH}", file=sys.stderr, flush=True)
    with listening:
        server.run(sockets=[listening])


def application(here: Knowledge, host: str, port: int, names: Sequence[str] = ()) -> Any:
    """The ASGI application; every request stands alone, so that none holds memory after it."""
    public = urlsplit(here.settings.public_url).hostname or ""
    known = [*names, *([public] if public else [])]
    if host not in ("127.0.0.1", "localhost", "::1") and not known:
        raise UsageError(f"Others could reach {host}: name what they call this machine with --name, or set public_url.")
    hosts = [one for name in (*LOOPBACK, *known) for one in (name, f"{name}:*")]
    security = TransportSecuritySettings(
        allowed_hosts=hosts, allowed_origins=[f"{scheme}://{one}" for scheme in ("http", "https") for one in hosts]
    )
    return server(here).streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        transport_security=security,
        max_request_body_size=BODY_MOST,
        host=host,
    )


def server(here: Knowledge) -> Server[Any]:
    """The server over one knowledge base."""

    async def list_tools(_context: object, _asked: object) -> ListToolsResult:
        return ListToolsResult(tools=list(tools()))

    async def call_tool(_context: object, asked: Any) -> CallToolResult:
        return await anyio.to_thread.run_sync(partial(answer, here, asked.name, asked.arguments or {}))

    return Server(
        "fingerpost",
        title="Fingerpost",
        version=VERSION,
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


async def _over_stdio(here: Knowledge) -> None:
    made = server(here)
    async with stdio_server() as (reading, writing):
        await made.run(reading, writing, made.create_initialization_options())


@cache
def tools() -> tuple[Tool, ...]:
    """What each tool takes and gives; none of them changes anything or looks outside the library."""
    return tuple(
        Tool(
            name=one.name,
            title=one.title,
            description=" ".join((inspect.getdoc(one.arguments) or "").split()),
            input_schema=_whole(one.arguments),
            output_schema=_whole(one.answers),
            annotations=ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False),
        )
        for one in TOOLS.values()
    )


def _whole(shape: Any) -> dict[str, Any]:
    """A shape's schema as one object that stands alone."""
    schema = msgspec.json.schema(shape)
    inner = dict(schema["$defs"])
    own = inner.pop(schema["$ref"].rpartition("/")[2])
    return {**own, **({"$defs": inner} if inner else {})}


def answer(here: Knowledge, name: str, arguments: Mapping[str, Any]) -> CallToolResult:
    """A tool's result, or the sentence that says what to do; raises MCPError for a tool that there is not."""
    if name not in TOOLS:
        known = ", ".join(TOOLS)
        raise MCPError(INVALID_PARAMS, f"There is no tool “{shortened(name)}”; use one of {known}.")
    try:
        text = msgspec.json.encode(call(here, name, arguments))
    except FingerpostError as error:
        return CallToolResult(content=[TextContent(type="text", text=_sentence(error))], is_error=True)
    content: list[ContentBlock] = [TextContent(type="text", text=text.decode())]
    return CallToolResult(content=content, structured_content=msgspec.json.decode(text))


def _sentence(error: FingerpostError) -> str:
    """What went wrong, for an assistant: of what was withdrawn nothing but that."""
    if isinstance(error, NotInCatalogue) and not isinstance(error, Withdrawn):
        return "Nothing has this id; search for the words to find it."
    return problems.of(error).detail
