"""The verb that tells what is new."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from cli.options import home_option, json_option, print_json
from corpus.catalogue import Published
from corpus.catalogue.arrivals import Digest
from corpus.catalogue.arrivals import digest as digest_of
from corpus.concepts import vocabulary
from corpus.home import Home
from corpus.views import digest_json

SHOWN = 3
"""Statements on one theme that a terminal shows; the others are in the JSON."""


@click.command()
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The first day (UTC), as 2026-01-31.")
@json_option
@home_option
def digest(since: datetime, as_json: bool, home: Path | None) -> None:
    """Tell what is new: documents, statements by theme, and what several independent programmes say by now."""
    with Published(Home.find(home).catalogue_url) as catalogue:
        new = digest_of(catalogue, since.date())
        if as_json:
            witnesses = catalogue.witnesses()
            print_json(digest_json(new, lambda group: witnesses.get(group, 1)))
        else:
            _print(new)


def _print(new: Digest) -> None:
    click.echo(f"New since {new.since.isoformat()}: {len(new.documents)} documents, {len(new.practices)} practices.")
    for card in new.documents:
        click.echo(f"  {card.title} ({card.id})")
    if new.renewed:
        click.echo(f"With new words: {len(new.renewed)}.")
        for card in new.renewed:
            click.echo(f"  {card.title} ({card.id})")
    if new.recurring:
        click.echo("Said by several independent programmes by now:")
        for one in new.recurring:
            click.echo(f"  {one.now} programmes ({one.before} before): {one.statements[0].text}")
    for theme, statements in new.themes.items():
        click.echo(f"{vocabulary().label(theme)}: {len(statements)} new statements")
        for statement in statements[:SHOWN]:
            page = statement.span.page_label or statement.span.page
            where = f"{statement.doc}, p. {page}" if page else statement.doc
            click.echo(f"  [{statement.kind}] {statement.text} ({where})")
