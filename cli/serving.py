"""The verb that serves the web app."""

from __future__ import annotations

from pathlib import Path

import click

from cli.options import home_option
from corpus.home import Home


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port to listen on.")
@home_option
def serve(host: str, port: int, home: Path | None) -> None:
    """Serve the knowledge base in a browser."""
    from webapp.server import serve as serve_home

    serve_home(Home.find(home), host, port)
