"""The verb that measures: evaluate."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from cli.evaluation import folders
from cli.evaluation.report import table
from cli.evaluation.running import evaluate as evaluated
from cli.options import home_option, json_option, print_json
from corpus.errors import UsageError
from corpus.home import Home
from corpus.quality import save


@click.command()
@click.argument("folder", metavar="GOLD_FOLDER", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--save", "keep", is_flag=True, help="Keep the figures in the home; the page /quality shows them.")
@click.option("--note", default="", help="What is to be told beside the figures, such as a commit.")
@json_option
@home_option
def evaluate(folder: Path, keep: bool, note: str, as_json: bool, home: Path | None) -> None:
    """Hold the judged queries, statements and themes of GOLD_FOLDER against the knowledge base."""
    place = Home.existing(home)
    measurement = evaluated(place, folders.read(folder), folder.resolve().name, note)
    if not measurement.sets:
        raise UsageError(f"{place.path} has none of the documents that are judged in {folder}; ingest them first.")
    if keep:
        with place.writing():
            save(place.path, measurement)
    if as_json:
        print_json(msgspec.to_builtins(measurement))
        return
    click.echo(f"{measurement.documents} documents in {place.path}\n")
    click.echo(table(measurement))
