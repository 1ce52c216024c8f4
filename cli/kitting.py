"""The verb that makes a copy to carry: kit."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from cli.collections import key_given, store_of
from cli.options import home_option
from corpus.errors import UsageError
from corpus.home import Home
from index.answer import What
from webapp.kit import make_kit
from webapp.languages import LANGUAGES

VIEWS: Mapping[str, What] = {
    "passage": "passages",
    "statement": "statements",
    "practice": "practices",
    "document": "documents",
}
MEGABYTE = 1_000_000


@click.command()
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--query", default="", help="Carry only what this question finds.")
@click.option("--collection", "key", default="", help="Carry only what a collection holds: its KEY or address to read.")
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="en", show_default=True, help="Of its pages.")
@home_option
def kit(out: Path, query: str, key: str, language: str, home: Path | None) -> None:
    """Write the knowledge base as a ZIP file of pages that open and search from a stick, without a connection."""
    if out.exists():
        raise UsageError(f"{out} is there already; name another file.")
    if query and key:
        raise UsageError("Give a question or a collection, not both.")
    place = Home.existing(home)
    click.echo("Making the pages and what is needed to search them; this takes a minute or two.", err=True)
    made = make_kit(place, query=query, only=_gathered(place, key) if key else None, code=language)
    out.write_bytes(made.data)
    held = ", ".join(f"{count} {what}" for what, count in made.things.items() if count)
    click.echo(f"{out}: {len(made.data) / MEGABYTE:.1f} MB, {made.pages} pages; {held}. Unpack it, open index.html.")
    if made.shortened:
        click.echo(f"Of {made.shortened} only a short quotation is carried: the licence of the source is not known.")
    if made.left:
        click.echo(f"Left out, because the pages could not be made: {', '.join(made.left)}", err=True)


def _gathered(place: Home, key: str) -> dict[What, tuple[str, ...]]:
    """What a collection holds, by view, with the documents that it stands in."""
    kept = store_of(place).read(key_given(key))
    entries = [entry for section in kept.content.sections for entry in section.entries]
    found: dict[What, tuple[str, ...]] = {
        view: tuple(dict.fromkeys(entry.item for entry in entries if entry.kind == kind))
        for kind, view in VIEWS.items()
    }
    found["documents"] = tuple(dict.fromkeys([*found["documents"], *(e.doc for e in entries if e.doc)]))
    return found
