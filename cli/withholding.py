"""Verbs that decide what may be shown: withdraw, sensitivity."""

from __future__ import annotations

from pathlib import Path

import click

from cli.options import acting, home_option, json_option, print_json
from corpus.catalogue import Catalogue, CatalogueWriter
from corpus.catalogue.decisions import decide, decisions
from corpus.home import Home
from corpus.people import People, audit
from corpus.sensitivity import LEVELS, Decision, decision, read_batch
from index import library

DEEDS = {"public": "given back", "mask": "masked", "curators": "kept for curators", "withdrawn": "withdrawn"}
"""What the audit log calls the levels that something is brought to."""

by_option = click.option("--by", default="", metavar="NAME", help="Who decides it; kept with the decision.")


@click.command()
@click.argument("identifier", metavar="ID")
@click.option("--reason", default="", help="Why; kept for those who keep the knowledge base, never shown to others.")
@by_option
@home_option
def withdraw(identifier: str, reason: str, by: str, home: Path | None) -> None:
    """Take a document, passage, statement or practice out of pages, index, API and citations at once.

    Its address then says only that it was withdrawn, and no later ingest brings it back.
    """
    place = Home.find(home)
    one = decision(identifier, "withdrawn", reason, by)
    before, after = (kept.get(one.item) for kept in _apply(place, (one,), by))
    if before and after and before.level == after.level:
        click.echo(f"{one.item} was withdrawn already. What is kept: {line(after)}")
    else:
        click.echo(f"{one.item} is withdrawn.")


@click.command()
@click.option(
    "--batch",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Decisions to apply: CSV (item, level, reason) or TOML ([[decision]] tables).",
)
@by_option
@json_option
@home_option
def sensitivity(batch: Path | None, by: str, as_json: bool, home: Path | None) -> None:
    """List what was decided about items and organisations, or apply a batch of decisions, all or none.

    Levels: public, mask, curators, withdrawn. An organisation's item is org: and its name.
    """
    place = Home.find(home)
    if batch is not None:
        decided = read_batch(batch, by)
        _apply(place, decided, by)
        if not as_json:
            click.echo(f"{len(decided)} decisions are kept.")
            return
    with Catalogue(place.catalogue_url) as catalogue:
        kept = decisions(catalogue)
    if as_json:
        print_json([as_told(one) for one in kept])
        return
    for one in kept:
        click.echo(line(one))
    if not kept:
        click.echo(f"Nothing was decided yet. Levels: {'; '.join(f'{k} ({v})' for k, v in LEVELS.items())}.")


def _apply(place: Home, decided: tuple[Decision, ...], by: str) -> tuple[dict[str, Decision], dict[str, Decision]]:
    """Keep decisions and bring the index up to date with them; every decision by its item, before and after."""
    with place.writing(), CatalogueWriter(place.catalogue_url) as writer:
        before = {one.item: one for one in decisions(writer)}
        keep(place, writer, decided)
        after = {one.item: one for one in decisions(writer)}
    with People(place).writing() as log:
        for one in decided:
            audit.note(log, acting(by), *deed(one))
    return before, after


def keep(place: Home, writer: CatalogueWriter, decided: tuple[Decision, ...]) -> None:
    """Keep decisions and bring the index up to date with them."""
    decide(writer, decided)
    library.bring_up_to_date(place, writer)


def deed(one: Decision) -> tuple[str, str, str]:
    """What a decision is in the audit log: action, item, detail."""
    return DEEDS[one.level], one.item, one.reason


def as_told(one: Decision) -> dict[str, str]:
    return {"item": one.item, "level": one.level, "reason": one.reason, "by": one.by, "at": one.at}


def line(one: Decision) -> str:
    """A decision for the terminal."""
    who = f" by {one.by}" if one.by else ""
    return f"{one.level}: {one.item} ({one.at}{who}){': ' + one.reason if one.reason else ''}"
