"""The verb by which people decide: edit."""

from __future__ import annotations

from pathlib import Path

import click

from cli.options import acting, home_option, json_option, print_json
from corpus.catalogue import CatalogueWriter, Published
from corpus.catalogue.corrected import corrections, shown
from corpus.catalogue.edits import Edits, take_up
from corpus.catalogue.groups import regroup
from corpus.catalogue.relations import relate
from corpus.correction_files import read, write
from corpus.corrections import Correction, check_name, read_value, typed
from corpus.errors import UsageError
from corpus.home import Home
from corpus.people import People, audit
from corpus.views import correction_json
from index import library


@click.command()
@click.argument("item", required=False)
@click.argument("field", required=False)
@click.argument("value", required=False)
@click.option("--by", default="", metavar="NAME", help="Who decides it [default: the name you are logged in by].")
@click.option("--note", default="", help="Why; kept with the correction.")
@click.option("--quote", default="", help="Words of a document, as printed: a statement that was missed, or evidence.")
@click.option("--page", type=click.IntRange(1), help="The page on which the quoted words stand, where they recur.")
@click.option("--undo", is_flag=True, help="Take the correction of FIELD back, or all of ITEM where no FIELD is given.")
@click.option("--list", "listing", is_flag=True, help="List the corrections that count.")
@click.option("--doc", default="", help="With --list and --export: only of this document.")
@click.option("--export", type=click.Path(dir_okay=False, path_type=Path), help="Write them to FILE.csv or FILE.toml.")
@click.option(
    "--apply",
    "batch",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Keep all corrections of FILE.csv or FILE.toml, or none of them.",
)
@json_option
@home_option
def edit(
    item: str | None,
    field: str | None,
    value: str | None,
    by: str,
    note: str,
    quote: str,
    page: int | None,
    undo: bool,
    listing: bool,
    doc: str,
    export: Path | None,
    batch: Path | None,
    as_json: bool,
    home: Path | None,
) -> None:
    """Correct a FIELD of an ITEM (document, passage, statement, practice): your VALUE wins over every reading.

    docs/corrections.md lists the fields.
    """
    if sum(map(bool, (item, listing, export, batch))) != 1:
        raise UsageError("Give an ITEM to correct, or one of --list, --export FILE and --apply FILE.")
    place = Home.find(home)
    if item is None and batch is None:
        _show(place, doc, export, as_json)
        return
    who = check_name(acting(by))
    with place.writing(), CatalogueWriter(place.catalogue_url) as writer:
        edits = Edits(writer)
        if batch is not None:
            take_up(edits, read(batch), who)
        elif item and undo:
            for name in [field] if field else edits.fields_of(item):
                edits.add(Correction(item=item, field=name, value=None, quote=quote, page=page, note=note, by=who))
        elif item and field and value is not None:
            told = read_value(item, field, value)
            edits.add(Correction(item=item, field=field, value=told, quote=quote, page=page, note=note, by=who))
        else:
            raise UsageError("Say what is to be corrected: ITEM FIELD VALUE, or ITEM [FIELD] --undo.")
        kept = keep(place, writer, edits)
    with People(place).writing() as log:
        for one in kept:
            audit.note(log, who, *deed(one))
    _tell(len(kept), as_json)


def keep(place: Home, writer: CatalogueWriter, edits: Edits) -> tuple[Correction, ...]:
    """Keep what was taken up and bring all that hangs on it up to date; returns the corrections."""
    kept = edits.taken_up
    edits.keep()
    relate(writer)
    regroup(writer, place.meanings_file)
    library.bring_up_to_date(place, writer)
    return kept


def deed(one: Correction) -> tuple[str, str, str]:
    """What a correction is in the audit log: action, item, detail."""
    why = f" ({one.note})" if one.note else ""
    if one.value is None:
        return "correction taken back", one.item, f"{one.field}{why}"
    return "corrected", one.item, f"{one.field}: {typed(one.value) or 'nothing'}{why}"


def _show(place: Home, doc: str, export: Path | None, as_json: bool) -> None:
    with Published(place.catalogue_url, keeper=True) as catalogue:
        if doc:
            catalogue.entry(doc)
        kept = shown(catalogue.rules(), corrections(catalogue, doc))
    if export is not None:
        export.write_text(write(kept, export.suffix), "utf-8")
        _tell(len(kept), as_json)
    elif as_json:
        print_json([correction_json(one) for one in kept])
    else:
        for one in kept:
            click.echo(line(one))
        if not kept:
            click.echo("Nothing was corrected yet.")


def _tell(number: int, as_json: bool) -> None:
    if as_json:
        print_json({"corrections": number})
    else:
        click.echo(f"{number} correction{'' if number == 1 else 's'}." if number else "Nothing to change.")


def line(one: Correction) -> str:
    """A correction for the terminal."""
    who = f" by {one.by}" if one.by else ""
    lost = "" if one.applied_to else " [its place in the document is gone]"
    why = f": {one.note}" if one.note else ""
    return f"{one.item} {one.field}: {typed(one.value) or 'nothing'} ({one.at}{who}){lost}{why}"
