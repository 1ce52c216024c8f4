"""The verb that carries a list of hits away: export."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from cli.options import filter_options, home_option
from corpus.catalogue import Published
from corpus.errors import UsageError
from corpus.home import Home
from index.answer import WHATS, Request
from index.library import Library
from index.lists import HITS_MOST
from webapp.exports.results import FORMATS, as_file


@click.command()
@click.argument("query", default="")
@click.option("--in", "what", type=click.Choice(WHATS), default="passages", show_default=True, help="What to look for.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="csv", show_default=True)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write [default: standard output]."
)
@click.option("--limit", type=click.IntRange(1, HITS_MOST), default=100, show_default=True, help="How many hits.")
@filter_options
@home_option
def export(
    query: str, what: Any, form: str, out: Path | None, limit: int, home: Path | None, **filters: tuple[str, ...]
) -> None:
    """Write what QUERY finds as a file (CSV, XLSX, JSON, RIS, BibTeX, DOCX); without QUERY all that filters let by."""
    if out is not None and out.exists():
        raise UsageError(f"{out} is there already; name another file.")
    place = Home.existing(home)
    chosen = {name: values for name, values in filters.items() if values}
    answer = Library(place).search(Request(text=query, what=what, filters=chosen, limit=limit, facets=False))
    data = as_file(Published(place.catalogue_url), answer, form, place.settings.public_url, date.today())
    if out is None:
        click.echo(data, nl=False)
    else:
        out.write_bytes(data)
        click.echo(f"{out} holds {len(answer.hits)} of {answer.total} {what}.", err=True)
