"""The verb that brings documents in from the web: fetch."""

from __future__ import annotations

from pathlib import Path

import click

from cli.keeping import carry_out, report
from cli.options import home_option, json_option
from corpus.catalogue import CatalogueWriter
from corpus.errors import UsageError
from corpus.home import Home
from ingest import originals, pipeline
from ingest.fetch import Fetcher, addresses


@click.command()
@click.argument("urls", nargs=-1, metavar="[URL]...")
@click.option("--sources", "of_sources", is_flag=True, help="Fetch the originals of the sources that ship.")
@click.option("--only", multiple=True, metavar="ID", help="With --sources: only this source; repeatable.")
@click.option("--as", "as_id", default="", metavar="ID", help="The document's id; for a single address.")
@click.option("--allow-private", is_flag=True, help="Fetch from this machine and private networks too.")
@json_option
@home_option
def fetch(
    urls: tuple[str, ...],
    of_sources: bool,
    only: tuple[str, ...],
    as_id: str,
    allow_private: bool,
    as_json: bool,
    home: Path | None,
) -> None:
    """Fetch files from the web, as robots.txt allows, and read them like any other.

    With --sources the originals that our records cite: each is read in under its card's id, unless it is there already,
    and compared with what is cited. Ends with 0 when every address ended ok, 1 when some failed, 2 for wrong usage.
    """
    if of_sources == bool(urls) or (only and not of_sources) or (as_id and of_sources):
        raise UsageError("Give the addresses to fetch, or --sources (with --only ID for some of them) and no address.")
    place = Home.find(home)
    chosen = originals.wanted(only) if of_sources else ()
    wanted = addresses(urls)
    with place.writing(), CatalogueWriter(place.catalogue_url) as writer:
        fetcher = Fetcher(place, writer, allow_private=allow_private)
        if of_sources:
            steps = _fetch_originals(place, writer, fetcher, chosen)
        else:
            run = pipeline.arrange(place, writer, list(fetcher.sources(wanted)), as_id=as_id, retry_failed=True)
            steps = carry_out(place, writer, run)
    report(steps, as_json)


def _fetch_originals(
    place: Home, writer: CatalogueWriter, fetcher: Fetcher, chosen: tuple[originals.Wanted, ...]
) -> list[pipeline.Step]:
    """Read in what is missing; every step says how its document compares with what is cited."""
    fetched, settled = originals.gather(writer, fetcher, chosen)
    steps = [*settled, *carry_out(place, writer, pipeline.arrange(place, writer, fetched, retry_failed=True))]
    return [originals.told(writer, step, chosen) for step in steps]
