"""Serving the application with waitress, a WSGI server that runs everywhere.

One process answers on one core at a time.  More of them listen on the same port, and the system deals connections out
evenly (Linux's ``SO_REUSEPORT``; of a socket that all of them held, the first took nearly all).  Each is a program of
its own (``python -m webapp.server``), opens the home for itself, and ends with the first.
"""

from __future__ import annotations

import logging
import os
import select
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from copy import copy
from typing import Any

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import create_server
from werkzeug.http import parse_cookie

from corpus.errors import FingerpostError, UsageError
from corpus.home import Home
from corpus.people import People, curators
from webapp.app import create_app
from webapp.forms import MAX_FORM_BYTES
from webapp.knowledge import EXTENSION, Knowledge
from webapp.pages.curator.door import COOKIE, TOKEN_MAX

THREADS = 8
"""Searches take a core for a few milliseconds; more threads than this would only wait for each other."""
UPLOAD_BYTES = 1024 * 1024 * 1024
"""What a curator's upload may carry; a single file may always be ``max_file_mb``."""
UPLOAD = "/curator/upload"
BODY_BYTES = 4 * MAX_FORM_BYTES
"""What any other request may carry.  A body is on this machine's disk before the application is asked, so that it would
be full of what nobody may send; what is but a little larger than a form is still refused by a page."""
BACKLOG = 1024
"""Connections that wait to be taken; waitress's own."""
CONNECTIONS = 500
"""Connections that one process holds open: each browser keeps several, so that 100 would be an office of twenty."""
IDLE_SECONDS = 60
"""After how long one on which nothing happens is closed."""
MAX_HEADER_BYTES = 262_144
"""Room for a question of 10,000 characters in any script, each percent-encoded."""


def serve(
    home: Home, host: str = "127.0.0.1", port: int = 8000, say: Callable[[str], None] = print, processes: int = 1
) -> None:
    """Serve a home until interrupted; ``say`` is told the address once the server listens.  Port 0 takes a free one.

    Raises:
        UsageError: the address is in use or not this machine's, or the system cannot share it between processes.
    """
    shared = processes > 1
    if shared and sys.platform != "linux":
        raise UsageError("Several processes can share a port on Linux only; leave --processes at 1.")
    with ExitStack() as stack:
        if shared:  # or another program that shares the port too would not be noticed
            for one in _bound(host, port):
                one.close()
        listening = [stack.enter_context(one) for one in _bound(host, port, shared)]
        server = _server(create_app(home), home, listening)
        taken = listening[0].getsockname()[1]
        for _ in range(processes - 1):
            stack.enter_context(_helper(home, host, taken))
        say(f"http://{f'[{host}]' if ':' in host else host}:{taken}/")
        _run(server)


def _bound(host: str, port: int, shared: bool = False) -> list[socket.socket]:
    """A socket for each address that a host's name stands for, on one port; ``shared`` with other processes of ours."""
    found: list[socket.socket] = []
    try:
        for family, kind, protocol, _, address in socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        ):
            one = socket.socket(family, kind, protocol)
            found.append(one)
            if os.name == "posix":  # elsewhere it would let two programs listen on one port
                one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if shared:
                one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            if family == socket.AF_INET6:
                one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            one.bind((address[0], found[0].getsockname()[1] or port, *address[2:]))
            one.listen(BACKLOG)
    except OSError as error:
        for one in found:
            one.close()
        raise UsageError(
            f"Cannot listen on {host} port {port} ({error.strerror or error}); choose another with --host or --port."
        ) from error
    return found


def _server(app: Flask, home: Home, listening: Sequence[socket.socket]) -> Any:
    """The application of a home, on sockets that listen, its vocabularies and model being read."""
    known: Knowledge = app.extensions[EXTENSION]
    threading.Thread(target=known.library.warm_up, name="open", daemon=True).start()
    made: dict[int, Any] = {}
    server = create_server(
        app,
        map=made,
        sockets=list(listening),
        threads=THREADS,
        backlog=BACKLOG,
        connection_limit=CONNECTIONS,
        channel_timeout=IDLE_SECONDS,
        asyncore_use_poll=hasattr(select, "poll"),
        ident="",
        max_request_header_size=MAX_HEADER_BYTES,
        max_request_body_size=max(UPLOAD_BYTES, (home.settings.max_file_mb + 1) * 1024 * 1024),
        # What a proxy says of the client reaches the application only where proxies are trusted (webapp.limits).
        clear_untrusted_proxy_headers=not home.settings.trusted_proxies,
    )
    for one in made.values():
        if hasattr(one, "channel_class"):  # a server; the others wake its loop
            one.channel_class = _channel(known.people)
    return server


def _channel(people: People) -> type[HTTPChannel]:
    """Connections that take a body larger than forms have only from a curator who uploads."""

    class Parser(HTTPRequestParser):  # type: ignore[misc]
        adj: Any

        def parse_header(self, header_plus: bytes) -> None:
            super().parse_header(header_plus)
            if not (self.path.endswith(UPLOAD) and _is_curators(people, self.headers.get("COOKIE", ""))):
                self.adj = copy(self.adj)
                self.adj.max_request_body_size = BODY_BYTES

    class Channel(HTTPChannel):  # type: ignore[misc]
        parser_class = Parser

    return Channel


def _is_curators(people: People, cookies: str) -> bool:
    token = parse_cookie(cookies).get(COOKIE, "")[:TOKEN_MAX]
    try:
        return bool(token) and curators.name_of(people, token) is not None
    except (FingerpostError, SQLAlchemyError):
        return False


def _run(server: Any) -> None:
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it warns of every request that waits its turn
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()


def _helper(home: Home, host: str, port: int) -> subprocess.Popen[bytes]:
    """Another process that answers on the same port, until its standard input ends with this one."""
    command = [sys.executable, "-m", "webapp.server", str(home.path), host, str(port)]
    return subprocess.Popen(command, stdin=subprocess.PIPE)


def _help(folder: str, host: str, port: str) -> None:
    """Answer beside the process that started this one."""

    def wait() -> None:
        with suppress(OSError):
            sys.stdin.buffer.read()
        os._exit(0)

    threading.Thread(target=wait, name="parent", daemon=True).start()
    home = Home.find(folder)
    app = create_app(home)  # before it listens: what it is dealt would wait for it
    _run(_server(app, home, _bound(host, int(port), shared=True)))


if __name__ == "__main__":
    _help(*sys.argv[1:])
