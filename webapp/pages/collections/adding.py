"""From what was found into a collection: what collections are, a new one, adding to one.

``/collections/add`` takes what is to be added in its address: items, or a search whose first hits they are.  Which
collection is meant is asked there, because nothing that could tell it (a cookie, a key in addresses) is carried along.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urlencode

import msgspec
from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from corpus.errors import UsageError
from corpus.messages import Message
from corpus.people import collecting
from corpus.people.collection_store import edit_key_in, read_key_in
from corpus.people.collections import FOUND_MOST, Collection, Gathered, front, item_in
from corpus.people.showing import Shown, ShownCollection, gather_all, show
from index.lists import found_in
from webapp import address
from webapp.address import GROUPING, Address
from webapp.forms import see
from webapp.knowledge import knowledge
from webapp.languages import language
from webapp.pages.collections.frame import as_found, blueprint, store, today

ITEMS_MOST = 50
"""Items added at once, all of them shown to be chosen from."""
HITS_OFFERED = 20
"""Hits of a search that are offered; who wants others narrows the search."""


class Offered(NamedTuple):
    """What is about to be added, as it may be shown; ``query`` is the search that it comes from."""

    shown: ShownCollection
    query: str = ""
    found: Mapping[str, str] = MappingProxyType({})
    """By item the words that the search found in it."""

    @property
    def entries(self) -> tuple[Shown, ...]:
        return tuple(one for section in self.shown.sections for one in section.entries)


@blueprint.get("")
def about() -> str:
    """What collections are, and a form to make one."""
    return render_template("collections/about.html")


@blueprint.post("")
def make() -> Response:
    """Make a collection, with nothing in it or with the items that come along."""
    content = Collection(front=front(request.form.get("title", ""), language=language().code))
    if request.form.getlist("item"):
        content = collecting.with_entries(content, _gathered())
    made = store().make(content)
    return see("collections.edit", key=made.edit_key, new="1")


@blueprint.get("/add")
def add() -> str:
    """What is to be added, and to which collection: a new one, or one whose address to edit is given."""
    return render_template("collections/add.html", choice=_offered())


@blueprint.post("/add")
def add_to() -> Response:
    """Add items to the collection whose address to edit was given, else to a new one with the title that was.

    A program that asks for JSON (our own script) is told in it what became of it.
    """
    given = request.form.get("collection", "").strip()
    if not given:
        return make()
    key = edit_key_in(given)
    if not key:
        raise UsageError(
            Message("This is the address to read a collection; paste the one to edit it.")
            if read_key_in(given)
            else Message("Paste the address at which you edit your collection.")
        )
    gathered = _gathered()
    before = store().open(key).content
    after = store().change(key, lambda content, _: collecting.with_entries(content, gathered))
    added = len(after.content.entries) - len(before.entries)
    if request.accept_mimetypes.best == "application/json":
        told = {"title": after.content.front.title, "added": added, "url": url_for("collections.edit", key=key)}
        return Response(msgspec.json.encode(told), content_type="application/json")
    return see("collections.edit", key=key, added=added, _anchor=f"e{after.content.next - 1}" if added else "")


def _gathered() -> tuple[Gathered, ...]:
    """The items that the form names; raises UsageError where there is none."""
    items = [item_in(text) for text in request.form.getlist("item")[:ITEMS_MOST]]
    return as_found(gather_all(knowledge().catalogue, items, today()), request.form)


def _offered() -> Offered:
    """The items of the address, else the first hits of the search in it."""
    here = knowledge()
    items = [item_in(text) for text in request.args.getlist("item")[:ITEMS_MOST]]
    query = ""
    found: dict[str, str] = {}
    if not items:
        asked = address.read(request.args)
        query = asked.q
        wanted = asked.request(HITS_OFFERED)
        answer = here.search(msgspec.structs.replace(wanted, limit=HITS_OFFERED, offset=0, facets=False))
        items = [hit.id for hit in answer.hits]
        found = {hit.id: found_in(hit.snippet)[:FOUND_MOST] for hit in answer.hits}
    if not items:
        raise UsageError(Message("This search finds nothing to add; search for something else."))
    content = collecting.with_entries(
        Collection(front=front(query[:200] or "-")), gather_all(here.catalogue, items, today())
    )
    return Offered(show(content, here.catalogue), query, found)


@blueprint.app_template_filter()
def hits_url(asked: Address) -> str:
    """Where the first hits of a search are offered to be added."""
    kept = [pair for pair in asked.pairs() if pair[0] not in ("page", GROUPING)]
    return f"{url_for('collections.add')}?{urlencode(kept)}"
