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
from corpus.notes import address
from corpus.views import digest_json

SHOWN = 3
"""Statements on one theme that a terminal shows; the others are in the JSON."""


@click.command()
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The first day (UTC), as 2026-01-31.")
@json_option
@home_option
def digest(since: datetime, as_json: bool, home: Path | None) -> None:
    """Tell what is new: documents, statements by theme, and what several independent programmes say by now."""
    place = Home.existing(home)
    with Published(place.catalogue_url) as catalogue:
        new = digest_of(catalogue, since.date())
        if as_json:
            witnesses = catalogue.witnesses()
            print_json(digest_json(new, lambda group: witnesses.get(group, 1)))
        else:
            _print(new, place.settings.public_url.rstrip("/"))


def _print(new: Digest, base: str) -> None:
    """Each line with its address, from ``base`` on (blank: the path on whichever server shows the knowledge base)."""
    # Nobody knows of a practice of ours when it came: none known is not none.
    practices = f", {len(new.practices)} practices" if new.practices else ""
    click.echo(f"New since {new.since.isoformat()}: {len(new.documents)} documents{practices}.")
    for card in new.documents:
        click.echo(f"  {card.title} ({base}{address(card.id)})")
    for practice in new.practices:
        click.echo(f"  {practice.title} ({base}/practices/{practice.id})")
    if new.renewed:
        click.echo(f"With new words: {len(new.renewed)}.")
        for card in new.renewed:
            click.echo(f"  {card.title} ({base}{address(card.id)})")
    if new.recurring:
        click.echo("Said by several independent programmes by now:")
        for one in new.recurring:
            first = one.statements[0]
            click.echo(f"  {one.now} programmes ({one.before} before): {first.text} ({base}/statements/{first.id})")
    for theme, statements in new.themes.items():
        click.echo(f"{vocabulary().label(theme)}: {len(statements)} new statements")
        for statement in statements[:SHOWN]:
            page = statement.span.page_label or statement.span.page
            where = f"p. {page}, " if page else ""
            click.echo(f"  [{statement.kind}] {statement.text} ({where}{base}/statements/{statement.id})")
