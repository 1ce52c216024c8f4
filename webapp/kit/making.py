"""Making a kit."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from importlib import resources
from typing import NamedTuple
from urllib.parse import quote

import msgspec
from babel.dates import format_date
from flask import Flask, render_template

from corpus.catalogue import Published
from corpus.concepts import vocabulary
from corpus.errors import UsageError
from corpus.home import Home
from corpus.messages import N_
from corpus.model import Value
from corpus.notes import address, is_note
from index.answer import FACETS, WHATS, Request, What
from index.library import Library
from index.lists import may_be_copied
from index.portable import portable, scripts
from index.portable.things import Things
from webapp.api.withdrawn import mark_of
from webapp.app import create_app
from webapp.exports.packing import packed
from webapp.kit.pages import SEARCH, Atlas, as_file
from webapp.languages import LANGUAGES, Interface, environment, gettext
from webapp.parts import parts_in
from webapp.problems import WITHDRAWN as WITHDRAWN_TOLD

POLICY = (
    "default-src 'none'; style-src 'self' file:; img-src 'self' file: data:; script-src 'self' file:; "
    "connect-src {asked}; form-action 'self' file:; base-uri 'none'"
)
"""What the pages of a kit may do: use its own files, and ask one site what was withdrawn."""
NOBODY = "'none'"
WITHDRAWN = "/api/v1/withdrawn"
"""Where the served knowledge base tells what was withdrawn."""
ENGINE = ("words.js", "meaning.js", "engine.js", "page.js")
DATA = ("numbers", "lexicon", "things", "meaning")
CHECKING = ("data/kit.js", "scripts/check.js")
"""On every page, in this order."""
ASSETS = ("fingerpost.css", "favicon.svg", "copy.js", "glossary.js", "terms.js")
"""Files of the web app that a kit carries; scripts that ask a server are not among them."""
TITLES: Mapping[What, str] = {
    "passages": N_("Passages"),
    "statements": N_("Statements"),
    "practices": N_("Practices"),
    "documents": N_("Documents"),
}
QUOTED: tuple[What, ...] = ("passages", "statements")
TOPICS = {"group": "groups", "country": "countries"}
FOUND_MOST = 1000
"""Hits of a query in each view that are carried, at most."""


class Kit(Value, frozen=True):
    """A kit that was made: the bytes of its ZIP file, how many pages it has, and what it carries by view.

    ``shortened`` things are of sources whose licence is not known; pages that the web app did not give are ``left``.
    """

    data: bytes
    pages: int
    things: dict[What, int]
    shortened: int
    left: tuple[str, ...]


class _Page(NamedTuple):
    file: str
    html: str


def make_kit(
    home: Home, *, query: str = "", only: Mapping[What, Collection[str]] | None = None, code: str = "en"
) -> Kit:
    """The whole of a home, what a ``query`` finds in it, or ``only`` some things, as a ZIP file; ``code`` is the
    language of its pages.

    Raises:
        UsageError: there is no such language, or nothing is to be carried.
        IndexMissing: the home has no index.
    """
    if code not in LANGUAGES:
        raise UsageError(f"Pages are in {', '.join(LANGUAGES)}; choose one of these languages.")
    if query:
        only = _found(home, query)
    interface = LANGUAGES[code]
    held = portable(home, only)
    counts = {what: len({thing.id for thing in view.things}) for what, view in held.things.views.items()}
    if not any(counts.values()):
        raise UsageError("There is nothing to carry: the knowledge base is empty, or nothing of it was chosen.")
    addresses = _addresses(Published(home.catalogue_url), held.things, whole=only is None)
    atlas = Atlas(addresses, interface.prefix)
    public = home.settings.public_url.rstrip("/")
    policy = POLICY.format(asked=public or NOBODY)
    app = create_app(home)
    pages, left = _pages(app, atlas, held.things, policy, interface)
    files: list[tuple[str, str | bytes]] = [*pages, *_own_files()]
    files += [(f"data/{name}", data) for name, data in scripts(held)]
    with app.test_request_context("/", environ_overrides=environment(interface)):
        kit = _about(atlas, held.things, f"{public}{WITHDRAWN}" if public else "")
    files.append(("data/kit.js", b"const fingerpost_kit = " + msgspec.json.encode(kit) + b";\n"))
    return Kit(packed(sorted(files)), len(pages), counts, _short(held.things), left)


def _found(home: Home, query: str) -> dict[What, tuple[str, ...]]:
    """What a query finds and is not weak, with the documents that it stands in."""
    library = Library(home)
    found: dict[What, list[str]] = {}
    documents: dict[str, None] = {}
    for what in WHATS:
        answer = library.search(Request(text=query, what=what, limit=FOUND_MOST, facets=False))
        hits = [hit for hit in answer.hits if not hit.weak]
        found[what] = [hit.id for hit in hits]
        documents |= {hit.doc: None for hit in hits if what != "practices"}
    return {**{what: tuple(ids) for what, ids in found.items()}, "documents": tuple(documents)}


def _addresses(source: Published, things: Things, *, whole: bool) -> list[str]:
    """The addresses whose pages are carried: of documents and quotations those whose words may be carried whole."""
    views = things.views
    documents = dict.fromkeys(thing.id for thing in views["documents"].things)
    open_ones = [doc for doc in documents if may_be_copied(source.card(doc).rights)]
    found = ["/", "/glossary", "/about", "/safety", "/help/search"]
    found += [f"/practices/{identifier}" for identifier in dict.fromkeys(t.id for t in views["practices"].things)]
    for doc in open_ones:
        found.append(address(doc))
        if not is_note(doc):
            numbers = [number for number, _ in source.page_numbers(doc)]
            found += [f"/documents/{doc}/pages/{number}" for number in numbers if number is not None]
            if None in numbers:
                more = range(2, parts_in(source.page(doc, None)) + 1)
                found += [f"/documents/{doc}/text", *(f"/documents/{doc}/text?part={part}" for part in more)]
    for what in QUOTED:
        found += [f"/{what}/{thing.id}" for thing in views[what].things if thing.owner in open_ones]
    if whole:
        found += ["/practices", "/documents", "/notes", "/themes", "/groups", "/countries"]
        found += [f"/themes/{theme.id}" for theme in vocabulary().scheme("themes") if theme.listed]
        for facet, place in TOPICS.items():
            there = {value for view in views.values() for thing in view.things for value in thing.facets.get(facet, ())}
            found += [f"/{place}/{value}" for value in sorted(there)]
    return list(dict.fromkeys(found))


def _pages(
    app: Flask, atlas: Atlas, things: Things, policy: str, interface: Interface
) -> tuple[list[_Page], tuple[str, ...]]:
    """The pages of an atlas as files, and the addresses that the web app did not answer."""
    pages, left = [], []
    client = app.test_client()

    def keep(file: str, html: str, more: tuple[str, ...] = ()) -> None:
        pages.append(_Page(file, as_file(html, file, atlas, (*CHECKING, *more), policy, ASSETS)))

    for place, file in atlas:
        if place != "/":
            answer = client.get(f"{atlas.prefix}{quote(place)}")
            if answer.status_code == 200:
                keep(file, answer.text)
            else:
                left.append(place)
    with app.test_request_context("/", environ_overrides=environment(interface)):
        day = format_date(datetime.now(UTC), format="long", locale=interface.locale)
        themes = [theme for theme in vocabulary().scheme("themes") if atlas.file(f"/themes/{theme.id}")]
        told = {"day": day, "held": _ways_in(things), "short": _short(things), "themes": themes}
        keep("index.html", render_template("kit/home.html", **told))
        views = [(what, gettext(TITLES[what])) for what in WHATS if things.views[what].things]
        facets = [(name, gettext(heading)) for name, heading in FACETS.items()]
        engine = tuple(f"scripts/{name}" for name in ENGINE)
        data = tuple(f"data/{name}.js" for name in DATA)
        keep(SEARCH, render_template("kit/search.html", views=views, facets=facets), (engine[0], *data, *engine[1:]))
    return pages, tuple(left)


def _ways_in(things: Things) -> list[tuple[str, int, str]]:
    """What there is in each view, with its number and the address where all of it is found."""
    counted = ((what, len({thing.id for thing in things.views[what].things})) for what in WHATS)
    return [(gettext(TITLES[what]), number, f"/search?in={what}") for what, number in counted if number]


def _short(things: Things) -> int:
    """How many things are shortened because their licence is not known."""
    return sum(thing.shown.shortened for view in things.views.values() for thing in view.things)


def _about(atlas: Atlas, things: Things, ask: str) -> dict[str, object]:
    """What the scripts are told of the kit: the files of its things, every id, where to ask what was withdrawn."""
    places = {what: {thing.id for thing in view.things} for what, view in things.views.items()}
    where = {
        f"{what}/{item}": atlas.file(address(item) if what == "documents" else f"/{what}/{item}")
        for what, items in places.items()
        for item in items
    }
    return {
        "ask": ask,
        "gone": gettext(WITHDRAWN_TOLD),
        "items": {mark_of(item): item for items in places.values() for item in sorted(items)},
        "files": {item: file for item, file in sorted(where.items()) if file},
    }


def _own_files() -> Iterator[_Page]:
    """The scripts of a kit, and what it carries of the web app's own files."""
    scripts_, assets = resources.files("webapp.kit") / "scripts", resources.files("webapp") / "static"
    for name in (*ENGINE, "check.js"):
        yield _Page(f"scripts/{name}", (scripts_ / name).read_text("utf-8"))
    for name in ASSETS:
        yield _Page(f"static/{name}", (assets / name).read_text("utf-8"))
