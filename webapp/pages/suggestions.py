"""``/contribute/correction``: what is wrong with an item, as a file of corrections, or sent to the curators."""

from __future__ import annotations

from flask import Response, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Answer

from corpus import correction_files, drafting
from corpus.catalogue.correctable import Field, of_document, of_passage, of_practice, of_statement
from corpus.concepts import vocabulary
from corpus.corrections import TAG, check_name, document_of, read_value
from corpus.corrections import Correction as Kept
from corpus.errors import NotInCatalogue, UsageError, Withdrawn
from corpus.ids import kind_of
from corpus.model import Practice, Value
from corpus.people.contributions import NOTE_MAX, Correction, NotTaken
from webapp import contributing
from webapp.contributing import TOML, Complaint, Wrong, as_file, complaint, too_long
from webapp.knowledge import Knowledge, knowledge
from webapp.languages import gettext as _
from webapp.limits import costly
from webapp.pages.contribute import blueprint, may_send, sent
from webapp.present import document_url, item_url
from webapp.problems import NotHere
from webapp.words import field_words

__all__ = ["blueprint"]

TAGGED = ("themes", "target-groups")
"""The schemes whose listed concepts a passage may be said to be about."""
PAGE_DIGITS = 6
VALUE_MAX = 20_000


class Item(Value, frozen=True):
    """What is to be corrected: id, title and address, its words where it is a quotation, its fields as they are now."""

    id: str
    title: str
    url: str
    language: str
    fields: tuple[Field, ...]
    text: str = ""


@blueprint.get("/correction")
def correction() -> str:
    """The form for one item, ``?item=ID``; ``&field=`` chooses a field."""
    here = knowledge()
    typed = MultiDict({"field": request.args.get("field", "")})
    return _form(_item(here, request.args.get("item", "").strip()), typed)


@blueprint.post("/correction")
@costly
def take_correction() -> str | Response | Answer | tuple[str, int]:
    """The correction as a file, or on its way to the curators; what is wrong is told at its field."""
    here, typed = knowledge(), request.form
    item = _item(here, typed.get("item", "").strip())
    wrong = _wrong(item, typed)
    if wrong:
        return _form(item, typed, wrong), 422
    field, value, quote, remark = (
        drafting.plain(typed.get(name, "")).strip() for name in ("field", "value", "quote", "remark")
    )
    page = int(typed["page"]) if typed.get("page", "").strip() else None
    sender = contributing.sender_of(typed)
    private = contributing.private_in(typed)
    if typed.get("do") not in ("file", "send") or (private and not typed.get("looked")):
        return _form(item, typed, private=private, looked=True)
    if typed.get("do") == "file":
        kept = Kept(
            item=item.id,
            field=field,
            value=read_value(item.id, field, value),
            quote=quote,
            page=page,
            note=remark,
            by=check_name(sender.name),
        )
        return as_file(correction_files.write([kept], ".toml"), f"correction-{document_of(item.id)}.toml", TOML)
    try:
        return sent(
            Correction(item=item.id, field=field, value=value, quote=quote, page=page, remark=remark),
            sender,
        )
    except NotTaken as error:
        return _form(item, typed, {"": [complaint(error.args[0])]}), 503


def _wrong(item: Item, typed: MultiDict[str, str]) -> Wrong:
    """What keeps it from being a correction, by the field of the form."""
    found: Wrong = {}
    field, page = typed.get("field", ""), typed.get("page", "").strip()
    if not field and typed.get("do") == "file":
        found["field"] = [Complaint(text=_("Choose what is wrong: a file of corrections names a field."))]
    if field and field not in {one.name for one in item.fields}:
        found["field"] = [Complaint(text=_("Choose one of these."))]
    elif field:
        try:
            read_value(item.id, field, drafting.plain(typed.get("value", "")))
        except UsageError as error:
            found["value"] = [complaint(error.args[0])]
    if not typed.get("remark", "").strip():
        found["remark"] = [Complaint(text=_("Say how you know, so that a curator can look."))]
    if page and not (page.isascii() and page.isdigit() and len(page) <= PAGE_DIGITS and int(page)):
        found["page"] = [Complaint(text=_("A page is a number, counted from the first page of the file."))]
    for name, most in (("value", VALUE_MAX), ("quote", VALUE_MAX), ("remark", NOTE_MAX)):
        if (size := len(typed.get(name, ""))) > most:
            found[name] = [too_long(size, most)]
    return found


def _form(
    item: Item,
    typed: MultiDict[str, str],
    wrong: Wrong | None = None,
    private: list[str] | None = None,
    looked: bool = False,
) -> str:
    here = knowledge()
    return render_template(
        "contribute/correction.html",
        item=item,
        typed=typed,
        wrong=wrong or {},
        private=private or [],
        looked=looked,
        field_words=field_words,
        may_send=may_send(here),
        with_page=kind_of(item.id) == "whole",
    )


def _item(here: Knowledge, identifier: str) -> Item:
    """The item as readers see it.

    Raises:
        NotHere: there is none; Withdrawn: there was one.
    """
    try:
        return _found(here, identifier)
    except Withdrawn:
        raise
    except NotInCatalogue as error:
        raise NotHere(_("Nothing here has this id; follow the link on the item’s page.")) from error


def _found(here: Knowledge, identifier: str) -> Item:
    catalogue, form = here.catalogue, kind_of(identifier)
    if form == "passage":
        passage = catalogue.passage(identifier)
        about = {field.name: field for field in of_passage(passage)}
        offered = (f"{TAG}{one.id}" for scheme in TAGGED for one in vocabulary().scheme(scheme) if one.listed)
        fields = tuple(about.get(name, Field(name=name, value="no")) for name in dict.fromkeys((*about, *offered)))
        card = catalogue.card(passage.doc)
        return Item(
            id=identifier,
            title=card.title,
            url=item_url(identifier, "passages"),
            language=card.language,
            fields=fields,
            text=passage.text,
        )
    if form == "statement":
        statement = catalogue.statement(identifier)
        card = catalogue.card(statement.doc)
        return Item(
            id=identifier,
            title=card.title,
            url=item_url(identifier, "statements"),
            language=card.language,
            fields=of_statement(statement),
            text=statement.text,
        )
    practice = _practice(here, identifier)
    told = of_practice(practice) if practice else ()
    try:
        entry = catalogue.entry(identifier)
    except NotInCatalogue:
        if practice is None:
            raise
        url = item_url(identifier, "practices")
        return Item(id=identifier, title=practice.title, url=url, language=practice.language, fields=told)
    fields = (*of_document(catalogue, entry), *told)
    url = document_url(identifier)
    return Item(id=identifier, title=entry.card.title, url=url, language=entry.card.language, fields=fields)


def _practice(here: Knowledge, identifier: str) -> Practice | None:
    try:
        return here.catalogue.practice(identifier)
    except NotInCatalogue:
        return None
