"""Serving the application with waitress, a WSGI server that runs everywhere."""

from __future__ import annotations

import threading
from collections.abc import Callable

from waitress.server import create_server

from corpus.errors import UsageError
from corpus.home import Home
from webapp.app import create_app
from webapp.knowledge import EXTENSION, Knowledge

THREADS = 8
"""Searches take a core for a few milliseconds; more threads than this would only wait for each other."""
MAX_BODY_BYTES = 1024 * 1024 * 1024
"""What one request may carry, which only curators' uploads come near; a single file may always be ``max_file_mb``."""
MAX_HEADER_BYTES = 262_144
"""Room for a question of 10,000 characters in any script, each percent-encoded."""


def serve(home: Home, host: str = "127.0.0.1", port: int = 8000, say: Callable[[str], None] = print) -> None:
    """Serve a home until interrupted; ``say`` is told the address once the server listens.  Port 0 takes a free one.

    Raises:
        UsageError: the address is in use or not this machine's.
    """
    app = create_app(home)
    known: Knowledge = app.extensions[EXTENSION]
    threading.Thread(target=known.library.warm_up, name="open", daemon=True).start()
    try:
        server = create_server(
            app,
            host=host,
            port=port,
            threads=THREADS,
            ident="",
            max_request_header_size=MAX_HEADER_BYTES,
            max_request_body_size=max(MAX_BODY_BYTES, (home.settings.max_file_mb + 1) * 1024 * 1024),
            # What a proxy says of the client reaches the application only where proxies are trusted (webapp.limits).
            clear_untrusted_proxy_headers=not home.settings.trusted_proxies,
        )
    except OSError as error:
        raise UsageError(
            f"Cannot listen on {host} port {port} ({error.strerror or error}); choose another with --host or --port."
        ) from error
    shown = f"[{host}]" if ":" in host else host
    say(f"http://{shown}:{server.effective_port}/")
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()
