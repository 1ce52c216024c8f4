"""The verb for collections: export one, remove one that does harm."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from cli.options import home_option, style_option
from corpus.catalogue import Published
from corpus.errors import UsageError
from corpus.home import Home
from corpus.people import People
from corpus.people.collection_store import Collections, read_key_in
from corpus.people.showing import show
from webapp.exports.files import FILES
from webapp.exports.gathered import to_dossier


@click.group()
def collection() -> None:
    """Collections that readers made: write one as a file, or remove one that does harm."""


@collection.command()
@click.argument("key")
@click.option(
    "--as", "form", type=click.Choice(list(FILES)), default="docx", show_default=True, help="The file's form."
)
@style_option
@click.option("--learners", is_flag=True, help="Leave out answers and notes for the facilitator.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write [default: standard output]."
)
@home_option
def export(key: str, form: str, style: str, learners: bool, out: Path | None, home: Path | None) -> None:
    """Write the collection with this KEY, or at this address to read it, as a file."""
    if out is not None and out.exists():
        raise UsageError(f"{out} is there already; name another file.")
    place = Home.existing(home)
    kept = store_of(place).read(key_given(key))
    with Published(place.catalogue_url) as catalogue:
        shown = show(kept.content, catalogue)
        dossier = to_dossier(kept, shown, place.settings.public_url, for_learners=learners)
    data = FILES[form].render(dossier, style, datetime.fromisoformat(kept.changed).date())
    if out is None:
        click.echo(data, nl=False)
    else:
        out.write_bytes(data)
        click.echo(f"{out} holds {len(dossier.entries)} entries.", err=True)


@collection.command()
@click.argument("key")
@home_option
def remove(key: str, home: Path | None) -> None:
    """Remove the collection with this KEY, or at this address to read it: somebody reported that it does harm."""
    store_of(Home.existing(home)).remove(key_given(key))
    click.echo("The collection was removed; its addresses say only that it was withdrawn.")


def store_of(place: Home) -> Collections:
    """The collections of a home."""
    return Collections(People(place), place.settings.collections_per_hour)


def key_given(given: str) -> str:
    """The key to read that was given; raises UsageError where it is none."""
    key = read_key_in(given)
    if not key:
        raise UsageError(f"“{given[:60]}” is no address to read a collection; copy it whole.")
    return key
