"""The page on which a collection is edited, and the search inside it.

Every button of the page sends one form to the page's own address; ``do`` says what is to be done, ``number`` to which
entry or section, ``revision`` from which state of the collection the form was made.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, cast

from flask import render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from corpus.errors import UsageError
from corpus.people import collecting
from corpus.people import collections as typed
from corpus.people.collecting import Change
from corpus.people.collections import Collection, EditedMeanwhile, item_in
from corpus.people.showing import Shown, gather, gather_all
from index.answer import WHATS, Answer, Request, What
from index.lists import carried, clean, found_in, may_be_copied
from webapp import address
from webapp.exports import files
from webapp.forms import see
from webapp.knowledge import knowledge
from webapp.languages import gettext as _
from webapp.pages.collections.frame import absolute, as_found, blueprint, sentence, shown_now, store, today

Form = MultiDict[str, str]
BLANK_QUESTIONS = 2
"""Empty fields for more questions under those that there are."""
FOUND_MOST = 50
"""Pages of the search inside a collection."""
KEPT_TYPED = ("title", "introduction", "heading", "text", "note", "outcomes", "level", "duration", "warning",
              "question", "notes", "quiz", "answers", "explanation")  # fmt: skip
"""Fields whose words are given back where they could not be kept."""


class Trouble(NamedTuple):
    """Why what was sent was not kept, and the words that were typed, so that none is lost."""

    sentence: str
    words: list[str]


@blueprint.get("/edit/<key>")
def edit(key: str) -> str:
    """The collection as its author works on it."""
    return _page(key)


@blueprint.app_template_filter()
def is_cut_in_files(one: Shown) -> bool:
    """Whether files shorten an entry, because of its work's rights."""
    return one.card is not None and not may_be_copied(one.card.rights) and carried(one.told, "") != clean(one.told)


def _page(key: str, trouble: Trouble | None = None) -> str:
    kept = store().open(key)
    shown = shown_now(kept)
    return render_template(
        "collections/edit.html",
        key=key,
        kept=kept,
        shown=shown,
        front=kept.content.front,
        taught=kept.content.teaching,
        trouble=trouble,
        is_new="new" in request.args,
        added=request.args.get("added", ""),
        edit_address=absolute("collections.edit", key=key),
        read_address=absolute("collections.read", key=kept.read_key),
        answers_typed=typed.answers_typed,
        bounds=typed,
        BLANK_QUESTIONS=BLANK_QUESTIONS,
        files=files.FILES,
    )


@blueprint.get("/edit/<key>/find")
def find(key: str) -> str:
    """A search whose hits are added to this collection with one button each."""
    kept = store().open(key)
    here = knowledge()
    asked = address.read(request.args)
    wanted = asked.request(here.settings.results_per_page)
    answer: Answer = here.search(
        Request(text=asked.q, what=asked.view, limit=wanted.limit, offset=wanted.offset, facets=False)
    )
    return render_template(
        "collections/find.html",
        key=key,
        kept=kept,
        asked=asked,
        answer=answer,
        there={entry.item for entry in kept.content.entries},
        views=WHATS,
        pages=min(max(1, -(-answer.total // wanted.limit)), FOUND_MOST),
        found_of={hit.id: found_in(hit.snippet) for hit in answer.hits},
        practice_of={hit.id: here.catalogue.practice(hit.id) for hit in answer.hits if hit.what == "practices"},
    )


@blueprint.post("/edit/<key>")
def change(key: str) -> Response | tuple[str, int]:
    """Do what a button of the page asks; what cannot be kept is given back with the reason."""
    form = request.form
    store().open(key)
    try:
        deed = DEEDS.get(form.get("do", ""))
        if deed is None:
            raise UsageError(_("This form is none of this page’s: open the collection again."))
        return deed(key, form)
    except (UsageError, EditedMeanwhile) as error:
        words = [text for name in KEPT_TYPED for text in form.getlist(name) if text.strip()]
        status = 409 if isinstance(error, EditedMeanwhile) else 400
        return _page(key, Trouble(sentence(error), words)), status


# ---------------------------------------------------------------------------------------------- what buttons do

Deed = Callable[[str, Form], Response]


def _kept(key: str, how: Change, anchor: str = "") -> Response:
    store().change(key, how)
    return see("collections.edit", key=key, _anchor=anchor)


def _front(key: str, form: Form) -> Response:
    told = typed.front(
        form.get("title", ""), form.get("introduction", ""), form.get("author", ""), form.get("language", "")
    )
    return _kept(key, lambda content, new: collecting.with_front(content, told, _number(form, "revision"), new))


def _teaching(key: str, form: Form) -> Response:
    asked = zip(form.getlist("question"), form.getlist("notes"), strict=False)
    tested = zip(form.getlist("quiz"), form.getlist("answers"), form.getlist("explanation"), strict=False)
    told = typed.teaching(
        form.get("outcomes", ""),
        form.get("level", ""),
        form.get("duration", ""),
        form.get("warning", ""),
        filter(None, (typed.question(*one) for one in asked)),
        filter(None, (typed.quiz_item(*one) for one in tested)),
    )
    seen = _number(form, "revision")
    return _kept(key, lambda content, new: collecting.with_teaching(content, told, seen, new), "teaching")


def _add(key: str, form: Form) -> Response:
    """Add what was pasted or chosen; from the search inside, go back to it."""
    items = [item_in(text) for text in form.getlist("item")[:1]]
    gathered = as_found(gather_all(knowledge().catalogue, items, today()), form)
    section = _number(form, "section") if form.get("section") else None
    kept = store().change(key, lambda content, _new: collecting.with_entries(content, gathered, section))
    if form.get("view") in WHATS:
        view = cast(What, form["view"])
        told = {"q": form.get("q", ""), "in": view, "page": form.get("page", "")}
        where = {name: value for name, value in told.items() if value}
        return see("collections.find", key=key, _anchor=f"hit-{gathered[0].item}", **where)
    number = next(entry.number for entry in kept.content.entries if entry.item == gathered[0].item)
    return see("collections.edit", key=key, _anchor=f"e{number}")


def _section(key: str, form: Form) -> Response:
    number = store().open(key).content.next
    return _kept(key, lambda content, _new: collecting.with_section(content, form.get("heading", "")), f"s{number}")


def _of_section(then: Callable[[Collection, int, int], Collection]) -> Deed:
    """A button of a section's form: its words are kept, and then more is done."""

    def deed(key: str, form: Form) -> Response:
        number, seen = _number(form, "number"), _number(form, "revision")

        def how(content: Collection, new: int) -> Collection:
            words = form.get("heading", ""), form.get("text", ""), form.get("role", "")
            return then(collecting.with_words(content, number, *words, seen, new), number, new)

        return _kept(key, how, f"s{number}")

    return deed


def _of_entry(then: Callable[[Collection, int, Form, int], Collection]) -> Deed:
    """A button of an entry's form: its note is kept, and then more is done."""

    def deed(key: str, form: Form) -> Response:
        number, seen = _number(form, "number"), _number(form, "revision")

        def how(content: Collection, new: int) -> Collection:
            noted = collecting.with_note(content, number, form.get("note", ""), seen, new)
            return then(noted, number, form, new)

        return _kept(key, how, f"e{number}")

    return deed


def _without_section(content: Collection, number: int, new: int) -> Collection:
    return collecting.without_section(content, number, new)


def _to(content: Collection, number: int, form: Form, _new: int) -> Collection:
    return collecting.moved_to(content, number, _number(form, "to"))


def _now(content: Collection, number: int, form: Form, _new: int) -> Collection:
    """What stands now in the place of older words."""
    catalogue = knowledge().catalogue
    retired = catalogue.retired(content.entry(number).item)
    if retired is None or not retired.successor:
        return content
    return collecting.with_successor(content, number, gather(catalogue, retired.successor, today()))


def _delete(key: str, form: Form) -> Response:
    if not form.get("sure"):
        raise UsageError(_("Tick the box to delete the whole collection."))
    store().delete(key)
    return see("collections.about")


DEEDS: dict[str, Deed] = {
    "front": _front,
    "teaching": _teaching,
    "add": _add,
    "section": _section,
    "words": _of_section(lambda content, _number, _new: content),
    "section-up": _of_section(lambda content, number, _new: collecting.section_moved(content, number, -1)),
    "section-down": _of_section(lambda content, number, _new: collecting.section_moved(content, number, 1)),
    "section-remove": _of_section(_without_section),
    "note": _of_entry(lambda content, _number, _form, _new: content),
    "up": _of_entry(lambda content, number, _form, _new: collecting.moved(content, number, -1)),
    "down": _of_entry(lambda content, number, _form, _new: collecting.moved(content, number, 1)),
    "to": _of_entry(_to),
    "now": _of_entry(_now),
    "remove": _of_entry(lambda content, number, _form, new: collecting.without_entry(content, number, new)),
    "delete": _delete,
}


def _number(form: Form, name: str) -> int:
    """A number that a form of ours carries; raises UsageError where it is none."""
    text = form.get(name, "")
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise UsageError(_("This form is none of this page’s: open the collection again."))
    return int(text)
