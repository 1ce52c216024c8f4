"""One item as a curator sees it: its fields with who corrected them, its history, and what may be shown of it."""

from __future__ import annotations

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from corpus.catalogue.changes import changes
from corpus.catalogue.correctable import Field, of_document, of_passage, of_practice, of_statement
from corpus.catalogue.decisions import decisions
from corpus.concepts import vocabulary
from corpus.corrections import EVIDENCE, NO_STATEMENT, PRACTICE, TAG, document_of, read_value
from corpus.errors import NotInCatalogue, UsageError, Withdrawn
from corpus.ids import kind_of
from corpus.messages import Message
from corpus.model import (
    PRACTICE_FIELDS,
    Passage,
    Practice,
    ShownToWork,
    Standing,
    Statement,
    StatementKind,
    Value,
    Voice,
)
from corpus.people import jobs
from corpus.privacy import WITHHELD
from corpus.sensitivity import Decision, decision
from webapp.forms import see
from webapp.knowledge import Knowledge, knowledge
from webapp.languages import N_
from webapp.languages import gettext as _
from webapp.pages.curator.door import blueprint, require_curator
from webapp.pages.curator.paging import MOST, paging
from webapp.present import Arm, arm, document_url, item_url
from webapp.problems import NotHere, said

LEVELS = {
    "public": N_("Shown to everybody"),
    "mask": N_("Title and place shown, words withheld"),
    "curators": N_("For curators only"),
    "withdrawn": N_("Withdrawn: its address says only that"),
}
"""What may be shown of an item, as the form offers it."""
CHOICES: dict[str, tuple[str, ...]] = {
    "kind": (*StatementKind, NO_STATEMENT),
    "voice": tuple(Voice),
    "achieved": ("yes", "expected"),
    "standing": tuple(Standing),
    f"{PRACTICE}standing": tuple(Standing),
    f"{PRACTICE}shown_to_work": tuple(ShownToWork),
    f"{EVIDENCE}children_heard": ("", "yes", "no", "partly"),
}
"""Fields that have one of a few values."""
TAGS = ("themes", "target-groups")
"""The schemes whose concepts are offered for a tag; any other may be typed."""
YES_OR_NO = ("yes", "no")
LONG = (*(f"{PRACTICE}{name}" for name in PRACTICE_FIELDS), "summary")
"""Fields whose values are lines of text."""


class Part(Value, frozen=True):
    """One side of an item: ``sort`` as corrections name it, and what can be corrected there."""

    sort: str
    fields: tuple[Field, ...]


class Shown(Value, frozen=True):
    """An item: title and language, its words where it is a quotation, its own page, its document, its sides."""

    title: str
    language: str
    url: str
    doc: str = ""
    text: str = ""
    arm: Arm | None = None
    """Told of a quotation: the page, or the section, that it stands on."""
    parts: tuple[Part, ...] = ()
    successor: str | None = None
    """Told of an item of an earlier version: what took its place, blank where nothing did."""


@blueprint.get("/items")
def items() -> str | Response:
    """The form that leads to an item, by its id or the address of its page."""
    given = request.args.get("id", "").strip()
    identifier = given.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2]
    if given and "/pages/" in given:  # a page of a document: its document
        identifier = given.partition("/pages/")[0].rpartition("/")[2]
    problem = ""
    if identifier:
        try:
            _shown(knowledge(), identifier)
            return see("curator.item", identifier=identifier)
        except Withdrawn:
            return see("curator.item", identifier=identifier)
        except NotInCatalogue:
            problem = _("Nothing here has this id or address.")
    return render_template("curator/items.html", given=given, problem=problem)


@blueprint.get("/items/<identifier>")
def item(identifier: str) -> str:
    """One item; ``?field=`` opens the form for one of its fields."""
    return _page(identifier, request.args.get("field", ""))


@blueprint.post("/items/<identifier>")
def correct(identifier: str) -> Response | tuple[str, int]:
    """Ask for a correction, or for one to be taken back; what does not fit is said at once."""
    form, who = request.form, require_curator()
    field = form.get("field", "").strip()
    if field == TAG:
        field += form.get("concept", "").strip()
    given, page = form.get("value", "").strip(), form.get("page", "").strip()
    value = None if form.get("do") == "undo" else given
    try:
        if value is not None:
            read_value(identifier, field, value)
        if page and not (page.isascii() and page.isdigit() and len(page) < 7 and int(page)):
            raise UsageError(Message("A page is a number, counted from the first page of the file."))
        quote = form.get("quote", "").strip()
        if kind_of(identifier) == "whole" and field == "kind" and not quote:
            raise UsageError(Message("Quote the words that are the statement, as they are printed."))
    except UsageError as error:
        return _page(identifier, field, given, said(error)), 422
    asked = jobs.Correct(
        item=identifier,
        field=field,
        value=value,
        quote=quote,
        page=int(page) if page else None,
        note=form.get("note", "").strip(),
    )
    jobs.ask(knowledge().people, asked, who)
    return see("curator.item", identifier=identifier, _anchor="jobs")


@blueprint.post("/items/<identifier>/shown")
def decide(identifier: str) -> Response | tuple[str, int]:
    """Ask for a decision on what may be shown of an item."""
    who = require_curator()
    level, reason = request.form.get("level", ""), request.form.get("reason", "").strip()
    try:
        decision(identifier, level, reason)
        if level != "public" and not reason:
            raise UsageError(Message("Say why: whoever looks into this later must know."))
    except UsageError as error:
        return _page(identifier, problem=said(error)), 422
    jobs.ask(knowledge().people, jobs.Decide(item=identifier, level=level, reason=reason), who)
    return see("curator.item", identifier=identifier, _anchor="jobs")


@blueprint.post("/items/<identifier>/remove")
def remove(identifier: str) -> Response | tuple[str, int]:
    """Ask for a document or practice to be taken out."""
    who, reason = require_curator(), request.form.get("reason", "").strip()
    if not reason:
        return _page(identifier, problem=_("Say why: whoever looks into this later must know.")), 422
    jobs.ask(knowledge().people, jobs.Remove(item=identifier, reason=reason), who)
    return see("curator.item", identifier=identifier, _anchor="jobs")


def _page(identifier: str, field: str = "", given: str | None = None, problem: str = "") -> str:
    here = knowledge()
    decided = {one.item: one for one in decisions(here.kept)}
    try:
        shown: Shown | None = _shown(here, identifier)
    except Withdrawn:
        shown = None
    except NotInCatalogue as error:
        raise NotHere(_("Nothing here has this id.")) from error
    known = {one.name: one for part in shown.parts for one in part.fields} if shown else {}
    opened = known.get(field) or (Field(name=field, value="") if field else None)
    history = changes(here.kept, identifier)
    return render_template(
        "curator/item.html",
        identifier=identifier,
        kind=kind_of(identifier),
        shown=shown,
        decided=decided.get(identifier),
        around=_around(identifier, decided),
        levels=LEVELS,
        opened=opened,
        given=given if given is not None else opened.value.replace(WITHHELD, "") if opened else "",
        choices=_choices(field),
        is_long=field in LONG,
        is_evidence=field.startswith(EVIDENCE),
        problem=problem,
        corrected={one.correction.field: one.correction for one in history if one.counts},
        history=history if shown else (),
        asked=jobs.of_item(here.people, identifier),
        concepts=[one for scheme in TAGS for one in vocabulary().scheme(scheme)] if field == TAG else (),
        inside=_inside(here, identifier) if shown else None,
        document_types=[one.code for one in vocabulary().scheme("document-types")],
        tag=TAG,
    )


def _choices(field: str) -> tuple[str, ...]:
    return YES_OR_NO if field.startswith(TAG) else CHOICES.get(field, ())


def _around(identifier: str, decided: dict[str, Decision]) -> Decision | None:
    """The decision about the document that an item lies in, where it has no other of its own."""
    doc = document_of(identifier)
    return decided.get(doc) if doc != identifier else None


def _inside(here: Knowledge, identifier: str) -> dict[str, object] | None:
    """The statements or, where the address asks for them, the passages of a document, fifty at a time."""
    if kind_of(identifier) != "whole" or identifier not in set(here.kept.document_ids()):
        return None
    what = "passages" if request.args.get("inside") == "passages" else "statements"
    found = here.kept.passages(identifier) if what == "passages" else here.kept.statements(identifier)
    where = paging(len(found), identifier=identifier, inside="passages" if what == "passages" else "")
    return {"what": what, "found": found[where.start :][:MOST], "total": len(found), "where": where}


def _shown(here: Knowledge, identifier: str) -> Shown:
    """What a curator may see of an item.

    Raises:
        NotInCatalogue: there is none; Withdrawn: it was withdrawn or removed.
    """
    catalogue, form = here.kept, kind_of(identifier)
    if form == "whole":
        return _whole(here, identifier)
    quotation: Passage | Statement
    if form == "passage":
        quotation = passage = catalogue.passage(identifier)
        part = Part(sort=form, fields=of_passage(passage))
    else:
        quotation = statement = catalogue.statement(identifier)
        part = Part(sort=form, fields=of_statement(statement))
    retired = catalogue.retired(identifier)
    card = catalogue.card(quotation.doc)
    return Shown(
        title=card.title,
        language=card.language,
        url=item_url(identifier, f"{form}s"),
        doc=quotation.doc,
        text=quotation.text,
        arm=arm(quotation),
        parts=(part,),
        successor=retired.successor if retired else None,
    )


def stands_now(identifier: str, name: str) -> str:
    """What stands in an item's field, as a person would type it; blank where nothing does or the item is not there."""
    try:
        shown = _shown(knowledge(), identifier)
    except (NotInCatalogue, Withdrawn):
        return ""
    return next((one.value for part in shown.parts for one in part.fields if one.name == name), "")


def _whole(here: Knowledge, identifier: str) -> Shown:
    """A document, a practice, or both under one id."""
    parts, practice = [], _practice(here, identifier)
    if practice is not None:
        parts.append(Part(sort="practice", fields=of_practice(practice)))
    try:
        entry = here.kept.entry(identifier)
    except NotInCatalogue:
        if practice is None:
            raise
        url = url_for("practices.practice", identifier=identifier)
        return Shown(title=practice.title, language=practice.language, url=url, doc=practice.doc, parts=tuple(parts))
    parts.insert(0, Part(sort="document", fields=of_document(here.kept, entry)))
    return Shown(title=entry.card.title, language=entry.card.language, url=document_url(identifier), parts=tuple(parts))


def _practice(here: Knowledge, identifier: str) -> Practice | None:
    try:
        return here.kept.practice(identifier)
    except NotInCatalogue:
        return None
