"""``/contribute``: the template of a practice as a form, giving a record file, or sent to the curators.

Without the setting ``contributions`` only a signed-in curator may send; everybody may take the file.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from flask import Blueprint, Response, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Answer

from corpus import drafting
from corpus.concepts import vocabulary
from corpus.messages import Message
from corpus.people import contributions
from corpus.people.contributions import NOTE_MAX, Content, NotTaken, Practice, Sender
from webapp import contributing
from webapp.contributing import MARKDOWN, TOML, Wrong, as_file, complaint
from webapp.forms import see
from webapp.headers import keyed
from webapp.knowledge import Knowledge, knowledge
from webapp.languages import gettext as _
from webapp.limits import costly
from webapp.pages.curator.door import curator
from webapp.problems import NotHere
from webapp.questions import CHOICES, PARTS, QUESTIONS, Part

blueprint = Blueprint("contribute", __name__, url_prefix="/contribute")


OFFERED_MOST = 200
"""Documents whose ids are offered while one is typed; a list of more would be heavy on a slow line."""


def may_send(here: Knowledge) -> bool:
    """Whether what is filled in can be sent, and not only taken as a file."""
    return here.settings.contributions or curator() is not None


@blueprint.get("")
def practice() -> str:
    """The empty form."""
    return _form(MultiDict())


@blueprint.post("")
@costly
def take_practice() -> str | Response | Answer | tuple[str, int]:
    """The record as a file, or on its way to the curators; what is wrong is told at its field and nothing is lost."""
    here, typed = knowledge(), request.form
    wrong = contributing.wrong_with(typed, here.catalogue)
    if wrong:
        return _form(typed, wrong), 422
    answers, do = contributing.filled(typed), typed.get("do")
    private = contributing.private_in(typed)
    known = ("file", "send", "card") if answers.card else ("file", "send")
    if do not in known or (private and not typed.get("looked")):
        return _form(typed, private=private, looked=True)
    if do == "file":
        return as_file(drafting.write(answers), f"{answers.id}.md", MARKDOWN)
    if do == "card" and answers.card:
        return as_file(drafting.toml_of(answers.card), f"{answers.card.id}.toml", TOML)
    content = Practice(
        id=answers.id,
        title=drafting.plain(typed.get("title", "")).strip(),
        text=drafting.write(answers),
        card=msgspec.to_builtins(answers.card) if answers.card else {},
        remark=drafting.plain(typed.get("remark", "")).strip()[:NOTE_MAX],
    )
    try:
        return sent(content, contributing.sender_of(typed))
    except NotTaken as error:
        return _form(typed, {"": [complaint(error.args[0])]}), 503


def sent(content: Content, sender: Sender) -> Answer:
    """Keep what somebody sends and lead to its receipt.

    Raises:
        NotTaken: too much was sent, or nothing can be sent here.
    """
    here = knowledge()
    if not may_send(here):
        raise NotTaken(Message("Nothing can be sent here; take the file and give it to whoever keeps this library."))
    known = curator()
    key = contributions.send(here.people, content, sender, bounded=known is None, who=known or contributions.SENDER)
    return see("contribute.receipt", key=key)


def _form(
    typed: MultiDict[str, str],
    wrong: Wrong | None = None,
    private: list[str] | None = None,
    looked: bool = False,
) -> str:
    here = knowledge()
    cards = here.cards()
    schemes = {q.scheme for q in QUESTIONS.values() if q.scheme and q.scheme not in CHOICES}
    return render_template(
        "contribute/practice.html",
        parts=PARTS,
        questions=QUESTIONS,
        typed=typed,
        wrong=wrong or {},
        private=private or [],
        looked=looked,
        unfolded={part.id for part in PARTS if part.unfolded or _is_begun(part, typed, wrong or {})},
        choices={**CHOICES, **{scheme: _offered(scheme) for scheme in schemes}},
        documents=tuple(cards.values()) if len(cards) <= OFFERED_MOST else (),
        may_send=may_send(here),
        anybody=here.settings.contributions,
    )


def _is_begun(part: Part, typed: MultiDict[str, str], wrong: Mapping[str, object]) -> bool:
    """Whether anything of a part was answered or is wrong."""
    return any(question.name in wrong or any(typed.getlist(question.name)) for question in part.questions)


def _offered(scheme: str) -> tuple[str, ...]:
    """The concepts of a scheme that are listed; all of one that lists none apart."""
    concepts = vocabulary().scheme(scheme)
    listed = tuple(concept.id for concept in concepts if concept.listed)
    return listed or tuple(concept.id for concept in concepts)


# ---------------------------------------------------------------------------------------------- what became of it


@blueprint.get("/receipt/<key>")
def receipt(key: str) -> Answer:
    """What became of a contribution, for who sent it."""
    here = knowledge()
    found = contributions.of_key(here.people, key)
    if found is None:
        raise NotHere(_("No contribution has this address; copy it whole."))
    public = here.settings.public_url.rstrip("/")
    there = isinstance(found.content, Practice) and found.content.id in here.catalogue.practice_ids()
    title = contributing.title_of(found.content, here.catalogue) if found.content else ""
    page = render_template("contribute/receipt.html", sent=found, title=title, key=key, public=public, there=there)
    return keyed(Response(page))


@blueprint.post("/receipt/<key>")
def change_receipt(key: str) -> Answer:
    """Withdraw a contribution, or take the sender's name away from one that was accepted."""
    people = knowledge().people
    if request.form.get("do") == "unname":
        contributions.unname(people, key)
    elif request.form.get("do") == "withdraw":
        contributions.withdraw(people, key)
    return see("contribute.receipt", key=key)
