"""The verb that serves the knowledge base to assistants."""

from __future__ import annotations

import threading
from pathlib import Path

import click

from cli.options import home_option
from corpus.errors import UsageError
from corpus.home import Home


@click.command()
@click.option("--http", "address", metavar="HOST:PORT", help="Answer over HTTP here instead, such as 127.0.0.1:8765.")
@click.option("--name", "names", multiple=True, help="With --http: what others call this machine; repeatable.")
@home_option
def mcp(address: str | None, names: tuple[str, ...], home: Path | None) -> None:
    """Serve the knowledge base to assistants (Model Context Protocol), over standard input and output."""
    host, port = _host_and_port(address) if address is not None else ("", 0)
    if names and address is None:
        raise UsageError("--name says what others call this machine; give it with --http.")
    from cli.mcp_server import serve_http, serve_stdio
    from webapp.knowledge import Knowledge

    here = Knowledge(Home.existing(home))
    threading.Thread(target=here.library.warm_up, name="open", daemon=True).start()
    if address is None:
        serve_stdio(here)
    else:
        serve_http(here, host, port, names)


def _host_and_port(address: str) -> tuple[str, int]:
    """``HOST:PORT`` in its parts; without a host this machine only."""
    host, _, port = address.rpartition(":")
    if not port.isascii() or not port.isdecimal() or int(port) > 65535:
        raise UsageError(f"“{address}” is not HOST:PORT; write it as 127.0.0.1:8765.")
    return host.strip("[]") or "127.0.0.1", int(port)
