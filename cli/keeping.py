"""Verbs that keep the knowledge base: init, ingest, remove, status, rebuild, check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from time import monotonic

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from cli import editing
from cli.options import acting, home_option, json_option, print_json
from cli.withholding import as_told, by_option, line
from corpus.catalogue import Catalogue, CatalogueWriter, Published
from corpus.catalogue.corrected import orphans
from corpus.catalogue.decisions import decisions
from corpus.checkup import checkup
from corpus.errors import WriterBusy
from corpus.home import Home
from corpus.meaning import absence
from corpus.metadata import read as read_metadata
from corpus.people import People, audit
from corpus.sensitivity import HIDING
from corpus.views import correction_json
from index import library
from ingest import again, pipeline, shipped
from ingest.archive import INSIDE
from ingest.handed import Handed

ERRORS = Console(stderr=True)
REMOVED = "removed"
WIDE = 200
"""Columns of a table that goes into a file or a pipe, so that reasons stay on one line."""
WITHHELD_FOR = "withdrawn, masked, for curators only, or lists of private persons"
CARDS_COUNT = "Documents are counted here with library cards."


@click.command()
@click.option("--restore", "restored", multiple=True, metavar="ID", help="Bring this back as it ships; repeatable.")
@home_option
def init(restored: tuple[str, ...], home: Path | None) -> None:
    """Load the knowledge that ships with Fingerpost: sources, practices and our own brief.

    What a curator changed or removed stays so.
    """
    place = Home.find(home)
    with place.writing(), CatalogueWriter(place.catalogue_url) as writer:
        publish = partial(library.bring_up_to_date, place, writer)
        steps = list(shipped.load(place, writer, publish=publish, restored=restored))
        counts = writer.counts()
    click.echo(
        f"{place.path} holds {counts['practices']} practices, {counts['cards']} library cards of sources, "
        f"{counts['documents']} documents with {counts['passages']} passages."
    )
    _end_on_failures(steps)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("--as", "as_id", default="", metavar="ID", help="The document's id; for a single file.")
@click.option("--retry-failed", is_flag=True, help="Try files again that could not be read last time.")
@click.option(
    "--metadata",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="What you know of the documents, as CSV, BibTeX (.bib) or RIS (.ris); it wins over what the files say.",
)
@json_option
@home_option
def ingest(
    paths: tuple[Path, ...], as_id: str, retry_failed: bool, metadata: Path | None, as_json: bool, home: Path | None
) -> None:
    """Read files, or all files of folders, into the knowledge base and make them searchable.

    Ends with 0 when every input ended ok, 1 when some failed, 2 for wrong usage.
    """
    place = Home.find(home)
    known = read_metadata(metadata) if metadata else None
    handed = Handed(known) if known else None
    with place.writing(), CatalogueWriter(place.catalogue_url) as writer:
        run = pipeline.prepare(place, writer, paths, as_id=as_id, retry_failed=retry_failed, handed=handed)
        for reason in run.left_out:
            ERRORS.print(f"Left out: {escape(reason)}", soft_wrap=True)
        steps = carry_out(place, writer, run)
        old = again.outdated(place, writer)
        wrong = _tell_by_title(place, writer, handed) if handed else []
    for sentence in (*(known.remarks if known else ()), *(known.wrong if known else ()), *wrong):
        ERRORS.print(escape(f"{sentence.rstrip('.')}."), soft_wrap=True)
    if old:
        ERRORS.print(escape(again.told(old)), soft_wrap=True)
    report(steps, as_json)
    if wrong or (known and known.wrong):
        raise SystemExit(1)


def carry_out(place: Home, writer: CatalogueWriter, run: pipeline.Run) -> list[pipeline.Step]:
    """Carry a planned run out under a bar, its documents searchable in the end."""
    publish = partial(library.bring_up_to_date, place, writer)
    return list(_progress(pipeline.ingest(place, writer, run, publish=publish), len(run.tasks)))


def report(steps: list[pipeline.Step], as_json: bool) -> None:
    """Say what became of each input, and end with 1 when one failed."""
    if as_json:
        for step in steps:
            print_json({"skipped": step.skipped, **_record_json(step)})
    else:
        _print_summary(steps)
    _end_on_failures(steps)


def _tell_by_title(place: Home, writer: CatalogueWriter, handed: Handed) -> list[str]:
    """Use the rows that only a title ties to a document; a sentence for each that fits none."""
    found, unused = handed.by_title(writer)
    if found:
        library.bring_up_to_date(place, writer)
    return unused


def _progress(steps: Iterable[pipeline.Step], total: int) -> Iterator[pipeline.Step]:
    """Pass steps through, showing a bar on a terminal."""
    rate = TextColumn("{task.fields[rate]}")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    with Progress(*columns, console=ERRORS, transient=True, disable=not ERRORS.is_terminal) as bar:
        task = bar.add_task("Reading", total=total, rate="")
        pages, started = 0, monotonic()
        for done, step in enumerate(steps, 1):
            pages += step.pages
            seconds = max(monotonic() - started, 0.001)
            speed = f"{pages / seconds:.0f} pages/s" if pages else f"{60 * done / seconds:.0f} files/min"
            bar.update(task, advance=1, description=escape(Path(step.record.input).name[:40]), rate=speed)
            yield step


def _record_json(step: pipeline.Step) -> dict[str, object]:
    record = step.record
    return {
        "input": record.input,
        "status": record.status,
        "stage": record.stage,
        "reason": record.reason,
        "doc": record.doc,
        "pages": step.pages,
        "passages": step.passages,
        "statements": step.statements,
        "warnings": list(record.warnings),
        "note": step.note,
    }


def _print_summary(steps: Iterable[pipeline.Step]) -> None:
    steps = list(steps)
    table = Table("Input", "Document", "Result", box=None, pad_edge=False)
    for step in steps:
        table.add_row(escape(_name(step.record.input)), step.record.doc, escape(result(step)))
    Console(width=None if ERRORS.is_terminal else WIDE).print(table)
    click.echo(counted(steps))


def counted(steps: Iterable[pipeline.Step]) -> str:
    """How many inputs ended how."""
    results = Counter("skipped" if s.skipped and s.record.status == "ok" else s.record.status for s in steps)
    return ", ".join(f"{results[key]} {key}" for key in ("ok", "skipped", "failed") if results[key]) or "no input"


def _name(given: str) -> str:
    """A file's name for a table; a member of an archive is named with it."""
    archive, inside, member = given.partition(INSIDE)
    return Path(archive).name + inside + member


def result(step: pipeline.Step) -> str:
    """What became of an input, in a few words."""
    if step.record.status == "failed":
        return f"failed: {step.record.reason}"
    if step.skipped:
        return step.note or "unchanged"
    size = f"{step.pages} pages, " if step.pages else ""
    told = [f"{size}{step.passages} passages, {step.statements} statements"] if step.passages else []
    return "; ".join(filter(None, [*told, step.note, *step.record.warnings]))


def _end_on_failures(steps: Iterable[pipeline.Step]) -> None:
    if any(step.record.status == "failed" for step in steps):
        raise SystemExit(1)


@click.command()
@click.argument("identifier", metavar="ID")
@click.option("--reason", default="", help="Why; kept in the curators' log.")
@by_option
@home_option
def remove(identifier: str, reason: str, by: str, home: Path | None) -> None:
    """Take a document or practice out of the knowledge base; its address then says so."""
    place = Home.find(home)
    with place.writing(), CatalogueWriter(place.catalogue_url) as writer:
        take_out(place, writer, identifier)
    audit.told(People(place), acting(by), REMOVED, identifier, reason)
    click.echo(f"{identifier} is removed.")


def take_out(place: Home, writer: CatalogueWriter, identifier: str) -> None:
    """Take a document or practice out, of the index too."""
    writer.remove(identifier)
    library.bring_up_to_date(place, writer)


@click.command()
@json_option
@home_option
def status(as_json: bool, home: Path | None) -> None:
    """Say what the knowledge base holds, which inputs could not be read and what is withdrawn, each with its reason.

    Corrections that have lost their place are listed too.
    """
    place = Home.existing(home)
    with Catalogue(place.catalogue_url) as catalogue:
        counts = catalogue.counts()
        shown = library.shown(place, catalogue)
        if shown:
            shown["practices"] = len(Published.over(catalogue).practice_ids())
        failed = [r for r in catalogue.ingest_records() if r.status == "failed"]
        withdrawn = [one for one in decisions(catalogue) if one.level in HIDING]
        old = again.outdated(place, catalogue)
        lost = orphans(catalogue)
    held = counts | {"documents": counts["documents"] + counts["cards"]}
    withheld = {name: held[name] - number for name, number in shown.items()}
    waiting = [r for r in failed if r.stage == "interrupted"] if place.is_being_written() else []
    failed = [r for r in failed if r not in waiting]
    if as_json:
        failures = [{"input": r.input, "stage": r.stage, "reason": r.reason, "at": r.at} for r in failed]
        told = [as_told(one) for one in withdrawn]
        home_of = {"home": str(place.path), "counts": counts, "shown": shown, "withheld": withheld}
        people = {"withdrawn": told, "orphans": [correction_json(one) for one in lost]}
        later = {"outdated": [one.doc for one in old], "waiting": [record.input for record in waiting]}
        print_json({**home_of, "failed": failures, **people, **later, "meaning": absence()})
        return
    click.echo(f"{place.path}: {_listed(counts)}")
    if any(withheld.values()):
        kept_back = _listed({name: number for name, number in withheld.items() if number})
        click.echo(f"Shown to readers: {_listed(shown)}; withheld: {kept_back} ({WITHHELD_FOR}). {CARDS_COUNT}")
    if waiting:
        click.echo(f"A run is going on; {len(waiting)} files are being read or wait for their turn.")
    for record in failed:
        click.echo(f"failed ({record.stage}): {record.input}: {record.reason}")
    for one in withdrawn:
        click.echo(line(one))
    for correction in lost:
        click.echo(editing.line(correction))
    if old:
        click.echo(again.told(old))
    if absence():
        click.echo(absence())


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in counts.items())


@click.command()
@click.option(
    "--index-only", is_flag=True, help="Leave documents that were read by other rules or settings as they are."
)
@home_option
def rebuild(index_only: bool, home: Path | None) -> None:
    """Read what earlier rules read once more, from the kept originals, and build the index anew.

    The index is built beside the one in use. Ends with 1 when a document could not be read again; it stays as it was.
    """
    place = Home.find(home)
    with place.writing(), CatalogueWriter(place.catalogue_url) as writer:
        run = pipeline.Run(tasks=()) if index_only else again.arrange(place, writer)
        steps = list(_progress(pipeline.ingest(place, writer, run), len(run.tasks)))
        library.rebuild(place, writer)
        counts = writer.counts()
    if steps:
        _print_summary(steps)
    click.echo(f"The index is rebuilt: {counts['passages']} passages, {counts['practices']} practices.")
    _end_on_failures(steps)


@click.command()
@json_option
@home_option
def check(as_json: bool, home: Path | None) -> None:
    """Prove that sources, records and index agree; ends with 1 when they do not."""
    place = Home.existing(home)
    try:
        with place.writing(), Catalogue(place.catalogue_url) as catalogue:
            found = checkup(place, catalogue)
            wrong = [*found.wrong, *library.disagreements(place, catalogue)]
            old = again.outdated(place, catalogue)
            remarks = [*found.remarks, *([again.told(old)] if old else [])]
    except WriterBusy as error:
        raise WriterBusy(f"{error} A check needs the knowledge base at rest.") from error
    if as_json:
        print_json({"ok": not wrong, "wrong": wrong, "remarks": remarks})
    else:
        for sentence in [*wrong, *remarks]:
            click.echo(sentence)
        click.echo("Everything agrees." if not wrong else f"{len(wrong)} things are wrong.")
    if wrong:
        raise SystemExit(1)
