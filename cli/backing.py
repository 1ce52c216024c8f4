"""Verbs that carry a knowledge base away and put it back: backup, restore."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from cli.options import home_option
from cli.withholding import line
from corpus import backup as backups
from corpus.catalogue import Catalogue, CatalogueWriter, database
from corpus.catalogue.decisions import decide, decisions
from corpus.errors import NotInCatalogue, UsageError
from corpus.home import Home
from corpus.people import People
from corpus.people.restoring import TakenBack
from corpus.sensitivity import Decision
from index import library

MEGABYTE = 1024 * 1024
OPEN = "public"
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=_FILE, metavar="FILE")
@home_option
def backup(file: Path, home: Path | None) -> None:
    """Write the whole knowledge base into FILE (a ZIP): catalogue, originals, settings, and what people left.

    It may be done while the knowledge base is used. What is derived, the index above all, is left out.
    """
    manifest = backups.back_up(Home.existing(home), file)
    size = sum(entry.size for entry in manifest.entries) / MEGABYTE
    click.echo(f"{file} holds the catalogue and {len(manifest.originals)} originals, {size:.1f} MB unpacked.")


@click.command()
@click.argument("file", type=_FILE, metavar="FILE")
@click.option("--replace", is_flag=True, help="Put it in the place of what the home holds, which is backed up first.")
@home_option
def restore(file: Path, replace: bool, home: Path | None) -> None:
    """Put back what 'fingerpost backup' wrote into FILE.

    Everything in it is checked first: of a damaged backup nothing is taken, and what was there stays.
    """
    place = Home.find(home)
    with place.writing():
        unpacked = backups.unpack(place, file)
        replaces = _holds_anything(place)
        if replaces and not replace:
            raise UsageError(f"{place.path} holds a knowledge base; --replace puts the backup in its place.")
        with backups.people_held(place, unpacked) as people:
            kept = _keep(place) if replaces else None
            closed = _closed(place) if replaces else ()
            library.give_up(place)
            taken_back = backups.restore(place, unpacked, people)
        with CatalogueWriter(place.catalogue_url) as writer:
            again = _close_again(writer, closed)
            library.rebuild(place, writer, "A backup was restored.")
            counts = writer.counts()
    held = ", ".join(f"{counts[name]} {name}" for name in ("documents", "passages", "practices"))
    click.echo(f"{place.path} is as it was on {unpacked.manifest.at}: {held}.")
    if kept:
        click.echo(f"What it held before is in {kept}.")
    for one in again:
        click.echo(f"Decided since the backup, and kept: {line(one)}")
    for sentence in _told(taken_back):
        click.echo(f"Done since the backup, and kept: {sentence}.")


def _told(taken_back: TakenBack) -> list[str]:
    """What people took back since the backup, as sentences."""
    told = [f"revoked: the token of {name}" for name in taken_back.tokens]
    for number, what in ((taken_back.collections, "collection"), (taken_back.contributions, "contribution")):
        if number:
            done = "deleted" if what == "collection" else "withdrawn"
            told.append(f"{done}: {number} {what}{'' if number == 1 else 's'}")
    return told


def _holds_anything(place: Home) -> bool:
    """Whether a restore would replace anything."""
    if database.file_of(place.catalogue_url) is None:
        return False
    with Catalogue(place.catalogue_url) as here:
        return any(here.counts().values()) or People(place).exists


def _keep(place: Home) -> Path:
    """Back up what a restore would replace; the backup's file."""
    kept = place.path / f"replaced-{datetime.now(UTC).strftime('%Y%m%dT%H%M%SZ')}.zip"
    backups.back_up(place, kept)
    return kept


def _closed(place: Home) -> tuple[Decision, ...]:
    """What was decided not to be shown in the knowledge base that a restore replaces."""
    with Catalogue(place.catalogue_url) as here:
        return tuple(one for one in decisions(here) if one.level != OPEN)


def _close_again(writer: CatalogueWriter, closed: Sequence[Decision]) -> list[Decision]:
    """Keep decisions that the backup is too old to know: what was withdrawn because it could do harm stays withdrawn.

    Those on items that the backup does not have are passed over.
    """
    known = {one.item: one.level for one in decisions(writer)}
    again = []
    for one in closed:
        if known.get(one.item) != one.level:
            with contextlib.suppress(NotInCatalogue):
                decide(writer, [one])
                again.append(one)
    return again
