"""Options that several verbs share, and how JSON is printed."""

from __future__ import annotations

import getpass
from pathlib import Path

import click
import msgspec
from click.decorators import FC

from corpus.citation import SHORT_NAMES, STYLES, full_name
from index.answer import FACETS

home_option = click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    help="The knowledge base's folder [default: $FINGERPOST_HOME, else the platform's data folder].",
)
style_option = click.option(
    "--style",
    type=click.Choice([*STYLES, *SHORT_NAMES], case_sensitive=False),
    default="apa",
    show_default=True,
    callback=lambda _context, _parameter, given: full_name(given),
    help="Reference style.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON only.")

FILTERS = (
    "theme", "group", "country", "situation", "criteria", "kind", "type", "standing", "voice", "addressee", "achieved",
    "year", "language", "org", "doc",
)  # fmt: skip


def filter_options(verb: FC) -> FC:
    """The repeatable filters; values of one filter are alternatives, filters add up."""
    for name in reversed(FILTERS):
        narrowed = FACETS[name][0].lower() + FACETS[name][1:]
        verb = click.option(f"--{name}", multiple=True, help=f"Only where the {narrowed} is this; repeatable.")(verb)
    return verb


def acting(by: str) -> str:
    """Who acts: the name that was given, else the one of the account (some containers' have none)."""
    try:
        return by or getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def print_json(value: object) -> None:
    """One value as one line of JSON in UTF-8."""
    click.echo(msgspec.json.encode(value))
