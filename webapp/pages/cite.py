"""``/cite/<id>``: one item's reference in every style, and as a file for a reference manager."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, render_template, request

from corpus.citation import AS_THEY_STAND, STYLES, Words, cite_item
from corpus.errors import UsageError
from corpus.ids import kind_of
from corpus.model import Passage, Statement, Value
from webapp.address import shortened
from webapp.knowledge import Knowledge, knowledge
from webapp.languages import gettext
from webapp.present import item_url

blueprint = Blueprint("cite", __name__, url_prefix="/cite")


FIRST_STYLE = next(iter(STYLES))
NAME_MOST = 200
"""Characters of the name of whoever a source quotes."""


class FileFormat(Value, frozen=True):
    """A reference as a file: what a person calls it, its ending and media type."""

    label: str
    ending: str
    media: str


FORMATS = {
    "bibtex": FileFormat(label="BibTeX", ending="bib", media="application/x-bibtex; charset=utf-8"),
    "ris": FileFormat(label="RIS", ending="ris", media="application/x-research-info-systems; charset=utf-8"),
    "csl-json": FileFormat(
        label="CSL-JSON", ending="json", media="application/vnd.citationstyles.csl+json; charset=utf-8"
    ),
}


@blueprint.get("/<identifier>")
def cite(identifier: str) -> str:
    """Every style, ready to be copied, and the files."""
    here = knowledge()
    words = Words(said_by=request.args.get("said_by", "").strip()[:NAME_MOST], translated="translated" in request.args)
    title, room, quoted = named(here, identifier)
    references = [
        (
            label,
            reference(here, identifier, style=style, words=words),
            reference(here, identifier, style=style, words=words, quoted=True) if quoted else "",
        )
        for style, label in STYLES.items()
    ]
    return render_template(
        "cite.html",
        identifier=identifier,
        title=title,
        address=item_url(identifier, room),
        quoted=quoted,
        title_language=_language(here, identifier, quoted),
        language=quoted.language if isinstance(quoted, Passage) else _language(here, identifier, quoted),
        references=references,
        words=words,
        formats=FORMATS,
    )


@blueprint.get("/<identifier>/<name>")
def download(identifier: str, name: str) -> Response:
    """The reference as a file."""
    if name not in FORMATS:
        raise UsageError(
            gettext(
                "“%(typed)s” is no format of a reference: use one of %(known)s.",
                typed=shortened(name),
                known=", ".join(FORMATS),
            )
        )
    form = FORMATS[name]
    told = reference(knowledge(), identifier, form=name)
    disposition = f'attachment; filename="{identifier}.{form.ending}"'
    return Response(told, content_type=form.media, headers={"Content-Disposition": disposition})


def reference(
    here: Knowledge,
    identifier: str,
    style: str = FIRST_STYLE,
    form: str = "text",
    words: Words = AS_THEY_STAND,
    quoted: bool = False,
) -> str:
    """An item's reference; raises NotInCatalogue for an unknown item, Withdrawn for one that was taken away."""
    return cite_item(
        here.catalogue,
        identifier,
        style=style,
        format=form,
        public_url=here.settings.public_url,
        accessed=date.today(),
        words=words,
        quoted=quoted,
    )


def named(here: Knowledge, identifier: str) -> tuple[str, str, Passage | Statement | None]:
    """What the item is called, the room of its page, and the item itself where it is a quotation."""
    catalogue, kind = here.catalogue, kind_of(identifier)
    if kind in ("passage", "statement"):
        item = catalogue.passage(identifier) if kind == "passage" else catalogue.statement(identifier)
        return catalogue.card(item.doc).title, f"{kind}s", item
    if identifier in catalogue.practice_ids():
        return catalogue.practice(identifier).title, "practices", None
    return catalogue.card(identifier).title, "documents", None


def _language(here: Knowledge, identifier: str, quoted: Passage | Statement | None) -> str:
    """The language of the work that the item is or stands in."""
    if quoted is None and identifier in here.catalogue.practice_ids():
        return here.catalogue.practice(identifier).language
    return here.catalogue.card(quoted.doc if quoted else identifier).language
