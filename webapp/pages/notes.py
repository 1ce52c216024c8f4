"""Synthesis notes: the list, and one note with where each of its claims comes from."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from corpus.model import Practice
from corpus.notes import NOTE_FIELDS, Note
from webapp import machines, tended
from webapp.knowledge import Knowledge, knowledge
from webapp.sources import cited_documents, shown_sources
from webapp.tongues import in_other_languages

blueprint = Blueprint("notes", __name__, url_prefix="/notes")

PRACTICES_SHOWN = 6


@blueprint.get("")
def all_notes() -> str:
    """Every note with the question that it answers."""
    return render_template("notes.html", notes=knowledge().notes())


@blueprint.get("/<identifier>")
def note(identifier: str) -> str:
    """One note; ``?passage=ID`` marks the part of it that a search found."""
    here = knowledge()
    item = here.catalogue.note(identifier)
    documents = cited_documents(here, item.sources())
    card = here.catalogue.card(identifier)
    return render_template(
        "note.html",
        note=item,
        card=card,
        described=machines.of_document(card, here.settings.public_url, "notes"),
        headings=NOTE_FIELDS,
        quoted=_part(here, item, request.args.get("passage", "")),
        documents=documents,
        sources=shown_sources(here, item.sources(), documents),
        practices=related(item, here.practices()),
        tongues=in_other_languages(item),
        looked=tended.looked(here, identifier),
    )


def _part(here: Knowledge, item: Note, passage: str) -> str:
    """The field under whose heading a passage of the note stands; blank where it is none of its passages."""
    found = here.catalogue.passages_by_id([passage] if passage else []).get(passage)
    path = found.path if found and found.doc == item.id else ()
    return next((field for field, heading in NOTE_FIELDS.items() if heading in path), "")


def related(item: Note, practices: tuple[Practice, ...]) -> list[Practice]:
    """The practices that share most themes with a note, those on its first theme before others."""
    ranked = sorted(practices, key=lambda p: (item.themes[0] not in p.themes, -len({*item.themes} & {*p.themes})))
    return [practice for practice in ranked if {*item.themes} & {*practice.themes}][:PRACTICES_SHOWN]
