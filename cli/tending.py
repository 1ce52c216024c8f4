"""Verbs by which a knowledge base is kept in good order: gaps, review, links."""

from __future__ import annotations

import getpass
from pathlib import Path

import click
import msgspec

from cli.options import home_option, json_option, print_json
from corpus.catalogue import Catalogue
from corpus.errors import UsageError
from corpus.home import Home
from corpus.people import People, reviews
from corpus.people import gaps as searches
from corpus.people import links as addresses
from corpus.people.reviews import Looked
from ingest import links as asking
from ingest.manners import Manners
from ingest.web import Web

STALE = {"": "", "changed": "changed since", "overdue": "past its day"}
by_option = click.option(
    "--by", default="", metavar="NAME", help="Who does it [default: the name you are logged in by]."
)


@click.command()
@click.option("--clear", is_flag=True, help="Forget all of them.")
@by_option
@json_option
@home_option
def gaps(clear: bool, by: str, as_json: bool, home: Path | None) -> None:
    """List the searches of the last year that found nothing or little, those asked most often first.

    They are kept only where the setting keep_unanswered is on, and without any trace of who asked.
    """
    place = Home.find(home)
    people = People(place)
    if clear:
        number = searches.forget(people, by or getpass.getuser())
        print_json({"forgotten": number}) if as_json else click.echo(f"{number} questions are forgotten.")
        return
    found = searches.gaps(people)
    if as_json:
        print_json([{**msgspec.structs.asdict(one), "times": one.times} for one in found])
        return
    for one in found:
        click.echo(f"{one.times:6}  {one.question}  (nothing {one.nothing}, little {one.little}; last {one.last})")
    if not found:
        off = "" if place.settings.keep_unanswered else " They are only kept where the setting keep_unanswered is on."
        click.echo(f"No search that found nothing or little is kept.{off}")


@click.command()
@click.argument("item", required=False, metavar="[ID]")
@click.option("--state", type=click.Choice(["draft", "reviewed"]), help="What it is now.")
@click.option("--due", default="", metavar="DAY", help="When it should be looked through again: 2027-03-31.")
@click.option("--note", default="", help="What the next one should know; for curators only.")
@click.option("--undo", is_flag=True, help="Forget what was said of ID.")
@by_option
@json_option
@home_option
def review(
    item: str | None, state: str | None, due: str, note: str, undo: bool, by: str, as_json: bool, home: Path | None
) -> None:
    """Say that a document, practice or note is a draft or reviewed; without ID, list them, what is due first.

    What changed after its review, or is past its day, is stale.
    """
    place = Home.find(home)
    people, who = People(place), by or getpass.getuser()
    with Catalogue(place.catalogue_url) as catalogue:
        if item is None:
            if state or undo or due or note:
                raise UsageError("Give the ID of what was looked through.")
            listed = reviews.agenda(people, catalogue)
        elif undo:
            if not reviews.take_back(people, item, who):
                raise UsageError(f"Nothing was said of {item!r} yet; 'fingerpost review' lists what was.")
            listed = ()
        elif state is None:
            raise UsageError("Say what it is now: --state draft or --state reviewed.")
        else:
            reviews.review(people, catalogue, item, state, who, due=due, note=note)
            kept = reviews.looked(people, catalogue, item)
            listed = (kept,) if kept else ()
    if as_json:
        print_json([_as_json(one) for one in listed])
        return
    for one in listed:
        click.echo(_line(one))
    if item and undo:
        click.echo(f"What was said of {item} is forgotten.")
    elif not listed:
        click.echo("Nothing was reviewed yet.")


def _as_json(one: Looked) -> dict[str, object]:
    told = {name: value for name, value in msgspec.structs.asdict(one.review).items() if name != "looked_at"}
    return {**told, "title": one.title, "stale": one.stale}


def _line(one: Looked) -> str:
    said = one.review
    parts = [said.state, f"{said.at[:10]} by {said.who}"]
    parts += [f"due {said.due}"] if said.due else []
    parts += [f"STALE: {STALE[one.stale]}"] if one.stale else []
    return f"{said.item}: {', '.join(parts)}{f' ({said.note})' if said.note else ''}"


@click.group()
def links() -> None:
    """Addresses of the sources: ask whether they still answer."""


@links.command()
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Ask so many, those asked longest ago first.")
@click.option("--allow-private", is_flag=True, help="Ask this machine and private networks too.")
@json_option
@home_option
def check(limit: int | None, allow_private: bool, as_json: bool, home: Path | None) -> None:
    """Ask the address of every document whether it answers, as robots.txt allows, with pauses.

    An address is dead only after it failed on two different days; nothing of a page is read or kept. Ends with 1 when
    one is dead.
    """
    place = Home.find(home)
    people = People(place)
    with Catalogue(place.catalogue_url) as catalogue:
        urls = asking.of(catalogue)
    addresses.forget_others(people, urls)
    manners = Manners(Web(allow_private=allow_private), place.settings)
    checked = []
    for answered in asking.believable(asking.check(addresses.in_turn(people, urls)[:limit], manners)):
        link = addresses.remember(people, answered)
        checked.append(link)
        if not as_json:
            click.echo(f"{link.state}: {link.url}{f': {link.reason}' if link.reason else ''}")
    dead = [link for link in checked if link.state == "dead"]
    if as_json:
        print_json([{**msgspec.structs.asdict(link), "state": link.state} for link in checked])
    else:
        failing = sum(link.state == "failing" for link in checked)
        more = f", {failing} failed for the first time: ask again another day" if failing else ""
        click.echo(f"{len(checked)} of {len(urls)} addresses asked: {len(dead)} dead{more}.")
    if dead:
        raise SystemExit(1)
