"""The verb about what is written by hand: records lint."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from cli.options import home_option, json_option, print_json
from corpus.catalogue import Catalogue
from corpus.home import Home
from corpus.lint import Report
from corpus.lint import lint as look
from corpus.lint.finding import Severity

PARTS: tuple[tuple[Severity, str], ...] = (("error", "Errors"), ("warning", "Warnings"), ("note", "Notes"))


@click.group()
def records() -> None:
    """Practice records and the other texts that ship: check them."""


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
