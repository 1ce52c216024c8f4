"""The verb that serves the web app."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import click

from cli.options import home_option
from cli.working import Beside
from corpus.home import Home


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port to listen on.")
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="How many processes answer; each takes one core and some 300 MB more.",
)
@click.option("--no-worker", is_flag=True, help="Start no worker beside it: curators' jobs wait for 'fingerpost work'.")
@home_option
def serve(host: str, port: int, processes: int, no_worker: bool, home: Path | None) -> None:
    """Serve the knowledge base in a browser, with a worker beside it that does what curators ask for."""
    from webapp.server import serve as serve_home

    place = Home.find(home)
    with nullcontext() if no_worker else Beside(place):
        serve_home(place, host, port, processes=processes)
