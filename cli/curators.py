"""The verb that says who may curate in the browser: curators."""

from __future__ import annotations

from pathlib import Path

import click

from cli.options import acting, home_option, json_option, print_json
from corpus.home import Home
from corpus.people import People
from corpus.people import curators as tokens


@click.group()
def curators() -> None:
    """Say who may curate in the browser: give names a token each, list them, take tokens back."""


@curators.command()
@click.argument("name")
@home_option
def add(name: str, home: Path | None) -> None:
    """Give NAME a token for the page /curator/sign-in; it is printed this once and kept nowhere."""
    token = tokens.add(People(Home.find(home)), name, acting(""))
    click.echo("Hand this token over on a safe way; it is shown only now:", err=True)
    click.echo(token)


@curators.command("list")
@json_option
@home_option
def listing(as_json: bool, home: Path | None) -> None:
    """List the names, since when each has a token, and on which day it was last used."""
    place = People(Home.find(home))
    found = tokens.every(place) if place.exists else ()
    if as_json:
        told = [{"name": c.name, "made": c.made, "used": c.used, "revoked": c.revoked} for c in found]
        print_json(told)
        return
    for one in found:
        used = f"last used {one.used}" if one.used else "never used"
        click.echo(f"{one.name}: since {one.made[:10]}, {used}{f', revoked {one.revoked}' if one.revoked else ''}")
    if not found:
        click.echo("Nobody curates in the browser yet; 'fingerpost curators add NAME' makes a token.")


@curators.command()
@click.argument("name")
@home_option
def revoke(name: str, home: Path | None) -> None:
    """Take every token of NAME back; who is signed in by one is out at the next click."""
    number = tokens.revoke(People(Home.find(home)), name, acting(""))
    click.echo(f"{number} token{'' if number == 1 else 's'} of {name} revoked.")
