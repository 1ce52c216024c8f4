"""A collection as others read it, as a file, and copied to be one's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

import msgspec
from flask import Response, render_template, request
from markupsafe import Markup, escape
from werkzeug.wrappers import Response as Answer

from corpus.citation import STYLES
from corpus.errors import UsageError
from corpus.messages import Message
from corpus.people.collection_store import Kept
from corpus.people.collections import Collection, Section
from corpus.people.showing import Shown, ShownCollection
from corpus.resting import Rest
from webapp.address import shortened
from webapp.exports import files, laying
from webapp.exports.gathered import remark_on, to_dossier
from webapp.exports.noting import Runs, Source, cited_works, note
from webapp.forms import see
from webapp.knowledge import knowledge
from webapp.limits import costly
from webapp.pages.collections.frame import blueprint, shown_now, store
from webapp.present import document_url

FIRST_STYLE = next(iter(STYLES))


class Noted(NamedTuple):
    """An entry with the number and the words of its note; number 0 where nothing may be shown of it."""

    one: Shown
    number: int
    note: Runs
    remark: str


@blueprint.get("/<key>")
def read(key: str) -> str:
    """The collection as its readers see it, cited in the style that the address names."""
    kept = store().read(key)
    shown, style = shown_now(kept), _style()
    noted, sources = cited(kept, shown, style)
    return render_template(
        "collections/read.html",
        kept=kept,
        shown=shown,
        noted=noted,
        sources=sources,
        style=style,
        learners=_for_learners(),
        styles=STYLES,
        files=files.FILES,
    )


@blueprint.get("/<key>/export.<form>")
@costly
def export(key: str, form: str) -> Response:
    """The collection as a file."""
    if form not in files.FILES:
        raise UsageError(
            Message(
                "“%(form)s” is no file of a collection: use one of %(forms)s.",
                form=shortened(form),
                forms=", ".join(files.FILES),
            )
        )
    kept = store().read(key)
    public_url = knowledge().settings.public_url
    dossier = to_dossier(kept, shown_now(kept), public_url, for_learners=_for_learners())
    data = files.FILES[form].render(dossier, _style(), _day(kept))
    name = files.named(dossier.title, files.FILES[form].ending)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, content_type=files.FILES[form].media, headers=headers)


@blueprint.post("/<key>/copy")
def copy(key: str) -> Answer:
    """A collection of one's own that begins as this one is shown."""
    made = store().make(copied(shown_now(store().read(key))))
    return see("collections.edit", key=made.edit_key, new="1")


def copied(shown: ShownCollection) -> Collection:
    """What of a collection may be shown, as a new one: unsigned, because its author is no longer answerable for it."""
    told = msgspec.structs.replace(
        shown.collection.front, title=shown.title, introduction=shown.introduction, author="", revision=0
    )
    sections = tuple(
        Section(
            number=section.section.number,
            heading=section.heading,
            text=section.text,
            role=section.section.role,
            entries=tuple(
                msgspec.structs.replace(one.entry, note=one.note, quotation=one.text, revision=0)
                for one in section.entries
                if one.card is not None
            ),
        )
        for section in shown.sections
    )
    taught = msgspec.structs.replace(shown.teaching, revision=0)
    return msgspec.structs.replace(shown.collection, front=told, sections=sections, teaching=taught)


def cited(kept: Kept, shown: ShownCollection, style: str) -> tuple[list[list[Noted]], list[Source]]:
    """Every entry with its note, section by section, and the list of works: numbered as the files number them."""
    dossier = to_dossier(kept, shown, knowledge().settings.public_url)
    works = cited_works(dossier.entries, style, _day(kept))
    entries = iter(dossier.entries)
    number = 0
    noted: list[list[Noted]] = []
    for section in shown.sections:
        noted.append([])
        for one in section.entries:
            told: Runs = ()
            if one.card is not None:
                entry = next(entries)
                number += 1
                told = note(entry, works[entry.work.id], style, _day(kept))
            noted[-1].append(Noted(one, number if one.card is not None else 0, told, remark_on(one)))
    return noted, sorted(works.values(), key=lambda source: source.number)


def _style() -> str:
    """The style of references that the address names; raises UsageError for one that is none."""
    asked = request.args.get("style", "") or FIRST_STYLE
    if asked not in STYLES:
        raise UsageError(
            Message(
                "“%(style)s” is no style of references: use one of %(styles)s.",
                style=shortened(asked),
                styles=", ".join(STYLES),
            )
        )
    return asked


@blueprint.app_template_filter()
def our_summary(rests: Sequence[Rest]) -> Markup:
    """That a practice's words are ours, and what they rest on: links to the documents, with pages."""
    told = Markup("; ").join(_linked(laying.in_words(rest)) for rest in rests)
    return Markup(laying.our_summary(told))


def _linked(rest: Rest) -> Markup:
    title = escape(rest.title)
    if rest.card:
        link = Markup('<a class="source" href="{}" lang="{}" dir="auto">{}</a>')
        title = link.format(document_url(rest.doc), rest.card.language, rest.title)
    return (
        (Markup(f"{rest.letter} ") if rest.letter else Markup("")) + title + (f", {rest.where}" if rest.where else "")
    )


def _for_learners() -> bool:
    """Whether the address asks for the edition without answers and notes for the facilitator."""
    return bool(request.args.get("learners"))


def _day(kept: Kept) -> date:
    """The day that references tell as the one on which the web was looked at: when the collection last changed."""
    return datetime.fromisoformat(kept.changed).astimezone(UTC).date()
