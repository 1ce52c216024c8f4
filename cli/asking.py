"""Verbs that ask: search, statements, show, tag, cite."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any, BinaryIO

import click
import msgspec

from cli.lines import read_lines
from cli.options import filter_options, home_option, json_option, print_json, style_option
from corpus.catalogue import Published
from corpus.catalogue.corrected import corrections, in_place
from corpus.citation import Words, cite_item
from corpus.concepts import vocabulary
from corpus.errors import UsageError
from corpus.home import Home
from corpus.model import StatementKind
from corpus.views import document_json, statement_json
from index.answer import ALSO, PARTLY, WHATS, Answer, Request, hit_json, to_json
from index.library import Library

BATCH_LIMIT = 20
ALSO_SHOWN = 8
"""Added names that a terminal shows; the others are in the JSON."""


@click.command()
@click.argument("query", required=False)
@click.option("--limit", type=click.IntRange(0, 1000), help="How many hits [default: 10, 20 with --batch].")
@click.option("--in", "what", type=click.Choice(WHATS), default="passages", show_default=True, help="What to look for.")
@click.option("--diverse", is_flag=True, help="Spread the hits over documents.")
@click.option("--exact", is_flag=True, help="Only what was typed, in this form: no other names, spellings or endings.")
@click.option("--without", multiple=True, metavar="NAME", help="Leave out a name that was added to the search.")
@click.option("--like", default="", metavar="ID", help="Find what is like this thing; QUERY may then be left out.")
@click.option("--batch", type=click.File("rb"), help="Read queries from JSON lines with id and query.")
@filter_options
@json_option
@home_option
def search(
    query: str | None,
    limit: int | None,
    what: Any,
    diverse: bool,
    exact: bool,
    without: tuple[str, ...],
    like: str,
    batch: BinaryIO | None,
    as_json: bool,
    home: Path | None,
    **filters: tuple[str, ...],
) -> None:
    """Find passages (or statements, practices, documents) for QUERY."""
    if batch is not None and (query is not None or like):
        raise UsageError("--batch brings its own queries; leave out QUERY and --like.")
    if query is None and batch is None and not like:
        raise UsageError("Give either a query in quotes or --batch FILE; or --like ID for what is like a thing.")
    place = Home.existing(home)
    library = Library(place)
    chosen = {name: values for name, values in filters.items() if values}
    request = Request(
        text=query or "",
        what=what,
        filters=chosen,
        diverse=diverse,
        limit=BATCH_LIMIT if limit is None else limit,
        exact=exact,
        without=without,
        like=like,
    )
    if batch is not None:
        for row in read_lines(batch, "id", "query"):
            answer = library.search(msgspec.structs.replace(request, text=row["query"], facets=False))
            hits = [hit_json(hit, place.settings.public_url) for hit in answer.hits]
            print_json({"id": row["id"], "weak": answer.weak, "hits": hits})
        return
    answer = library.search(msgspec.structs.replace(request, limit=10 if limit is None else limit))
    if as_json:
        print_json(to_json(answer, place.settings.public_url))
    else:
        _print_answer(answer)


def _print_answer(answer: Answer) -> None:
    if answer.like:
        click.echo(f"Like: {answer.like.title} ({answer.like.id})")
    if answer.query or not answer.like:
        click.echo(f"Searched for: {answer.interpreted.partition(ALSO)[0]}")
    if answer.also:
        left = len(answer.also) - ALSO_SHOWN
        more = f"; and {left} more (--json lists them)" if left > 0 else ""
        click.echo(f"Also searched, with less weight: {'; '.join(answer.also[:ALSO_SHOWN])}{more}")
        click.echo("  (--without NAME leaves one out, --exact all of them)")
    for note in answer.notes:
        click.echo(f"Note: {note}")
    if answer.suggestion:
        click.echo(f"Did you mean: {answer.suggestion}")
    if answer.partly:
        click.echo(PARTLY)
    elif answer.weak:
        click.echo("Nothing here answers this; nearest:" if answer.hits else "Nothing here answers this.")
    else:
        click.echo(f"{answer.total} found")
    further = not answer.weak
    for rank, hit in enumerate(answer.hits, 1):
        if further and hit.weak:
            further = False
            click.echo("\nFurther off:")
        page = f", p. {hit.page_label or hit.page}" if hit.page else ""
        section = f" › {hit.section}" if hit.section else ""
        click.echo(f"\n{rank}. {hit.title}{page}{section}\n   {_plain(hit.snippet)}\n   {hit.id}")


def _plain(snippet: str) -> str:
    """A snippet for the terminal: its marks as emphasis where the terminal can show it."""
    emphasised = re.sub(r"<mark>(.*?)</mark>", lambda m: click.style(m[1], bold=True), snippet)
    return unescape(emphasised)


@click.command()
@click.option("--doc", help="Only of this document.")
@click.option("--kind", type=click.Choice([kind.value for kind in StatementKind]), help="Only of this kind.")
@click.option("--theme", help="Only on this theme.")
@json_option
@home_option
def statements(doc: str | None, kind: str | None, theme: str | None, as_json: bool, home: Path | None) -> None:
    """List lessons, recommendations, challenges, ways of working and results, one line for every occurrence."""
    if theme and theme not in {concept.id for concept in vocabulary().scheme("themes")}:
        raise UsageError(f"There is no theme {theme!r}; docs/vocabulary.md lists them.")
    with Published(Home.existing(home).catalogue_url) as catalogue:
        if doc:
            catalogue.entry(doc)
        witnesses = catalogue.witnesses()
        corrected = in_place(corrections(catalogue, doc or ""))
        for statement in catalogue.statements(doc) if doc else catalogue.all_statements():
            if (kind and statement.kind != kind) or (theme and theme not in statement.themes):
                continue
            if as_json:
                told = corrected.get(statement.id, ())
                print_json(statement_json(statement, witnesses.get(statement.group, 1), told))
            else:
                page = statement.span.page_label or statement.span.page
                where = f"{statement.doc}, p. {page}" if page else statement.doc
                click.echo(f"[{statement.kind}] {statement.text} ({where})")


@click.command()
@click.argument("doc")
@json_option
@home_option
def show(doc: str, as_json: bool, home: Path | None) -> None:
    """Show a document to who keeps it: its record, pages, sections and passages, nothing masked."""
    with Published(Home.existing(home).catalogue_url, keeper=True) as catalogue:
        if as_json:
            print_json(document_json(catalogue, doc))
            return
        entry = catalogue.entry(doc)
        click.echo(f"{entry.card.title}\n  id {doc}, version {entry.version}, {entry.media or 'library card only'}")
        for section in catalogue.sections(doc):
            page = f"  p. {section.page_label or section.page}" if section.page else ""
            click.echo(f"{'  ' * section.level}{section.heading}{page}")


@click.command()
@click.option("--input", "lines", type=click.File("rb"), default="-", help="JSON lines with text [default: stdin].")
def tag(lines: BinaryIO) -> None:
    """Tag texts: JSON lines with text in, lines with themes, target_groups, countries and concepts out."""
    from ingest.tagging import summary, tagger

    for row in read_lines(lines, "text"):
        print_json(summary(tagger().tag(row["text"])))


@click.command()
@click.argument("identifier", metavar="ID")
@style_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "bibtex", "ris", "csl-json"]),
    default="text",
    show_default=True,
    help="What to print.",
)
@click.option("--said-by", default="", metavar="NAME", help="Who said it, where the source itself quotes the words.")
@click.option("--translated", is_flag=True, help="Say that the translation is yours.")
@home_option
def cite(identifier: str, style: str, form: Any, said_by: str, translated: bool, home: Path | None) -> None:
    """Cite a document, passage, statement or practice by its ID; passages and statements carry their page."""
    place = Home.existing(home)
    with Published(place.catalogue_url) as catalogue:
        click.echo(
            cite_item(
                catalogue,
                identifier,
                style=style,
                format=form,
                public_url=place.settings.public_url,
                accessed=date.today(),
                words=Words(said_by=said_by, translated=translated),
            )
        )
