"""The verbs about what is written by hand: records lint, records add."""

from __future__ import annotations

import getpass
from pathlib import Path

import click
import msgspec

from cli.options import home_option, json_option, print_json
from corpus import own_records
from corpus.catalogue import Catalogue, CatalogueWriter
from corpus.catalogue.shipping import ship_practice
from corpus.errors import UsageError
from corpus.home import Home
from corpus.lint import Report
from corpus.lint import lint as look
from corpus.lint.finding import Severity
from corpus.model import Bibliography, Practice
from corpus.people import People, audit
from index import library

ADDED = "practice added"
"""What the log says of a record that is kept in a home."""

PARTS: tuple[tuple[Severity, str], ...] = (("error", "Errors"), ("warning", "Warnings"), ("note", "Notes"))


@click.group()
def records() -> None:
    """Practice records and other texts that are written by hand: check them, add records to a home."""


@records.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--by", default="", metavar="NAME", help="Who adds it [default: the name you are logged in by].")
@home_option
def add(files: tuple[Path, ...], by: str, home: Path | None) -> None:
    """Keep practice records (.md) in the home's folder 'records' and load them.

    They may cite the home's documents. A record of the same name is replaced; 'init' loads them again.
    """
    place, who = Home.find(home), by or getpass.getuser()
    with place.writing(), CatalogueWriter(place.catalogue_url) as writer:
        texts = {file.name: own_records.read(file) for file in files}
        for name, text in texts.items():
            own_records.check(text, name, own_records.citable(writer))
        for name, text in texts.items():
            practice = keep_record(place, writer, name, text)
            audit.told(People(place), who, ADDED, practice.id)
            click.echo(f"The practice {practice.id} is kept.")


def keep_record(
    home: Home, writer: CatalogueWriter, name: str, text: str, card: Bibliography | None = None
) -> Practice:
    """Keep a practice record in the home, with the library card of its source where that is new, and load it.

    The caller holds the home's lock.

    Raises:
        RecordError: the record breaks the template.
        UsageError: its id, or that of its source, is another thing's.
    """
    there = own_records.citable(writer)
    new = card if card and card.id not in there else None
    practice = own_records.check(text, name, {*there, *([new.id] if new else [])})
    if practice.id in (*writer.document_ids(), *writer.tombstones()):
        raise UsageError(f"{practice.id} is a document's id, or was removed; give the record's file another name.")
    if new and new.id in (practice.id, *writer.document_ids(), *writer.practice_ids(), *writer.tombstones()):
        raise UsageError(f"{new.id}, as the new source would be called, is another thing, or was removed; retitle it.")
    if new:
        writer.put_card(new)
    own_records.keep(home, practice, text)
    ship_practice(writer, practice)
    library.bring_up_to_date(home, writer)
    return practice


@records.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@json_option
@home_option
def lint(paths: tuple[Path, ...], as_json: bool, home: Path | None) -> None:
    """Check the shipped records, notes, glossary, translations and cards, or the files given.

    Pages, headings, numbers and wording are held against the originals in the home. Ends with 0 when there is no error,
    1 when there is one, 2 for wrong usage.
    """
    with Catalogue(Home.find(home).catalogue_url) as catalogue:
        report = look(paths, catalogue)
    if as_json:
        print_json(_as_json(report))
    else:
        _tell(report)
    if report.of("error"):
        raise SystemExit(1)


def _as_json(report: Report) -> dict[str, object]:
    return {
        "read": report.read,
        **{f"{severity}s": [msgspec.structs.asdict(one) for one in report.of(severity)] for severity, _ in PARTS},
        "unchecked": list(report.unchecked),
    }


def _tell(report: Report) -> None:
    for severity, heading in PARTS:
        found = report.of(severity)
        if found:
            click.echo(f"{heading} ({len(found)})")
        for finding in found:
            click.echo(f"  {finding}")
    for doc in report.unchecked:
        click.echo(f"Not checked against {doc}: not in this home; run 'fingerpost fetch --sources'.")
    read = ", ".join(f"{number} {kind}" for kind, number in report.read.items()) or "nothing"
    click.echo(f"Looked at {read}: {report.counts['error']} errors, {report.counts['warning']} warnings.")
