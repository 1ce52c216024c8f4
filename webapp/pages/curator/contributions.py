"""What people sent in: the queue, and one contribution with its history and the decision on it."""

from __future__ import annotations

from flask import render_template, request
from werkzeug.wrappers import Response

from corpus import own_records, privacy
from corpus.corrections import read_value
from corpus.errors import FingerpostError, RecordError, UsageError
from corpus.messages import Message
from corpus.people import contributions as sent
from corpus.people import jobs
from corpus.people.contributions import STATES, Contribution, Correction, Practice, State
from webapp.contributing import MARKDOWN, as_file, title_of
from webapp.forms import see
from webapp.knowledge import knowledge
from webapp.languages import N_
from webapp.languages import gettext as _
from webapp.pages.curator.door import blueprint, require_curator
from webapp.pages.curator.items import stands_now
from webapp.pages.curator.paging import MOST, paging
from webapp.problems import NotHere, said
from webapp.words import field_words

LABELS: dict[State, str] = {
    "received": N_("Waiting"),
    "accepted": N_("Accepted"),
    "declined": N_("Declined"),
    "withdrawn": N_("Withdrawn"),
}


@blueprint.get("/contributions")
def contributions() -> str:
    """What waits, oldest first; ``?state=`` shows what was decided."""
    here = knowledge()
    people = here.people
    asked = request.args.get("state", "")
    state: State = next((one for one in STATES if one == asked), "received")
    where = paging(sent.queue(people, state, most=0)[1], state=asked)
    listed, _total = sent.queue(people, state, start=where.start, most=MOST)
    counts = [(one, LABELS[one], sent.queue(people, one, most=0)[1]) for one in STATES]
    return render_template(
        "curator/contributions.html",
        listed=[(one, title_of(one.content, here.catalogue) if one.content else "") for one in listed],
        state=state,
        counts=counts,
        where=where,
        anybody=here.settings.contributions,
    )


@blueprint.get("/contributions/<int:number>")
def contribution(number: int) -> str:
    """One contribution."""
    return _page(_found(number))


@blueprint.get("/contributions/<int:number>/record.md")
def contributed_record(number: int) -> Response:
    """A contributed practice as its record file."""
    content = _found(number).content
    if not isinstance(content, Practice):
        raise NotHere(_("Nothing here has this id or address."))
    return as_file(content.text, f"{content.id}.md", MARKDOWN)


@blueprint.post("/contributions/<int:number>")
def decide_contribution(number: int) -> Response | tuple[str, int]:
    """Accept or decline; a practice's record and a correction's value may be mended before."""
    here, who, found = knowledge(), require_curator(), _found(number)
    note = request.form.get("note", "").strip()[: sent.NOTE_MAX]
    if request.form.get("do") == "decline":
        sent.decline(here.people, number, who, note)
        return see("curator.contribution", number=number)
    try:
        asked = _asked(found)
    except FingerpostError as error:
        return _page(found, said(error)), 422
    if request.form.get("do") == "accept":
        sent.accept(here.people, number, asked, who, note)
    return see("curator.contribution", number=number)


def _asked(found: Contribution) -> jobs.Asked | None:
    """What the writer is asked for where a contribution is accepted, as the curator mended it; None for a remark.

    Raises:
        RecordError: the record breaks the template.
        UsageError: the value does not fit.
    """
    content, form = found.content, request.form
    if content is None:
        raise UsageError(Message("It was withdrawn."))
    if isinstance(content, Practice):
        text = form.get("text", content.text).replace("\r\n", "\n")
        identifier = form.get("id", content.id).strip() or content.id
        citable = own_records.citable(knowledge().catalogue)
        new = {content.card["id"]} if content.card else set()
        practice = own_records.check(text, f"{identifier}{own_records.SUFFIX}", {*citable, *new})
        if practice.id in knowledge().catalogue.document_ids():
            raise RecordError(f"“{practice.id}” is a document's id; give the practice another.")
        return jobs.Record(item=practice.id, text=text, card=content.card)
    if not content.field:
        return None
    value = form.get("value", content.value).strip()
    read_value(content.item, content.field, value)
    return jobs.Correct(
        item=content.item,
        field=content.field,
        value=value,
        quote=content.quote,
        page=content.page,
        note=privacy.mask(content.remark)[:500],
    )


def _page(found: Contribution, problem: str = "") -> str:
    content = found.content
    text = content.text if isinstance(content, Practice) else content.value if content else ""
    typed = request.form.get("text" if isinstance(content, Practice) else "value", text)
    parts = [typed, content.remark] if content else []
    private = [part[one.start : one.end] for part in parts for one in privacy.find(part)]
    return render_template(
        "curator/contribution.html",
        one=found,
        title=title_of(content, knowledge().catalogue) if content else "",
        label=LABELS[found.state],
        typed=typed,
        id=request.form.get("id", content.item if content else ""),
        note=request.form.get("note", ""),
        private=private,
        problem=problem,
        field_words=field_words,
        now=stands_now(content.item, content.field) if isinstance(content, Correction) and content.field else "",
        replaces=isinstance(content, Practice) and content.id in knowledge().catalogue.practice_ids(),
    )


def _found(number: int) -> Contribution:
    found = sent.contribution(knowledge().people, number)
    if found is None:
        raise NotHere(_("Nothing here has this id or address."))
    return found
