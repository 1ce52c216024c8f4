"""The verb that brings documents in from the web: fetch."""

from __future__ import annotations

from pathlib import Path

import click

from cli.keeping import carry_out, report
from cli.options import home_option, json_option
from corpus.catalogue import CatalogueWriter
from corpus.home import Home
from ingest import pipeline
from ingest.fetch import Fetcher, addresses


@click.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option("--as", "as_id", default="", metavar="ID", help="The document's id; for a single address.")
@click.option("--allow-private", is_flag=True, help="Fetch from this machine and private networks too.")
@json_option
@home_option
def fetch(urls: tuple[str, ...], as_id: str, allow_private: bool, as_json: bool, home: Path | None) -> None:
    """Fetch files from the web, as robots.txt allows, and read them like any other.

    Ends with 0 when every address ended ok, 1 when some failed, 2 for wrong usage.
    """
    place = Home.find(home)
    wanted = addresses(urls)
    with place.writing(), CatalogueWriter(place.catalogue_url) as writer:
        sources = list(Fetcher(place, writer, allow_private=allow_private).sources(wanted))
        run = pipeline.arrange(place, writer, sources, as_id=as_id, retry_failed=True)
        steps = carry_out(place, writer, run)
    report(steps, as_json)
