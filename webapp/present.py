"""How things are shown: page arms, addresses, snippets, runs of claims; given to the templates as filters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import unescape
from itertools import groupby
from urllib.parse import quote, urlencode, urlsplit

from flask import Flask
from markupsafe import Markup, escape

from corpus.concepts import vocabulary
from corpus.ids import kind_of, slug
from corpus.model import Claim, Passage, Place, Span, Standing, Statement, Value
from corpus.notes import address, is_note, retold
from corpus.picture import WIDTHS
from index.answer import FACETS, Hit, What
from webapp.address import Address
from webapp.languages import gettext, here
from webapp.languages import language as page_language
from webapp.reading import ShownPage
from webapp.words import at_each_request, comma, page_words, place_role_words

_MARK = re.compile(r"(</?mark>)")
KINDS = ("good-practice", "challenge", "lesson", "recommendation", "result")
"""The order in which kinds are drawn: what was done, what hindered, what was learned, what to do, what came of it."""
STANDINGS = tuple(standing.value for standing in Standing if standing is not Standing.UNKNOWN)
RIGHT_TO_LEFT = {"ar", "fa", "he", "ps", "ur"}


class Arm(Value, frozen=True):
    """A page as a fingerpost's arm: what it says, what stands beside it, where it points."""

    text: str
    sheet: str = ""
    href: str = ""
    language: str | None = None
    """Of a heading that it says, blank where nobody knows; None where its words are the page's own."""


# ---------------------------------------------------------------------------------------------- addresses


def document_url(doc: str) -> str:
    """Where a document is read first; a note has a page of its own."""
    return here(quote(address(doc)))


def page_url(doc: str, page: int | None, passage: str = "", picture: bool = False) -> str:
    """Where a page of a document is read; ``passage`` is marked there and jumped to, ``picture`` stands beside it."""
    whole = document_url(doc) if is_note(doc) else f"{document_url(doc)}/text"
    place = f"{document_url(doc)}/pages/{page}" if page is not None else whole
    asked = urlencode([*([("passage", passage)] if passage else []), *([("picture", "1")] if picture else [])])
    return place + (f"?{asked}" if asked else "") + ("#quoted" if passage else "")


def picture_url(doc: str, page: int, passage: str = "", width: int = WIDTHS[1]) -> str:
    """Where the picture of a printed page is, with a passage marked in it."""
    asked = urlencode([*([("passage", passage)] if passage else []), ("width", width)])
    return f"{document_url(doc)}/pages/{page}/picture?{asked}"


def topic_url(value: str, facet: str) -> str:
    """Where a theme, target group, country or organisation has its page."""
    place = {"theme": "themes", "group": "groups", "country": "countries", "org": "organisations"}[facet]
    return here(f"/{place}/{slug(value) if facet == 'org' else quote(value)}")


def item_url(identifier: str, what: str) -> str:
    return here(f"/{what}/{quote(identifier)}")


def alike_url(identifier: str, what: What) -> str:
    """Where things like one are found, first among those of its kind."""
    return Address(like=identifier, view=what).url


def outside(address: str) -> str:
    """An address that may be linked to: web addresses only, else nothing (a record may hold ``javascript:``)."""
    return address if host(address) else ""


def host(address: str) -> str:
    """The site of a web address; nothing for any other kind, and for what is no address at all."""
    try:
        parts = urlsplit(address)
    except ValueError:  # "http://[" and the like
        return ""
    return (parts.hostname or "").removeprefix("www.") if parts.scheme in ("http", "https") else ""


# ---------------------------------------------------------------------------------------------- pages


def arm(item: Hit | Passage | Statement) -> Arm:
    """The arm of a hit, a passage or a statement: the printed page first, the PDF's own count where it differs."""
    if isinstance(item, Hit):
        if item.what == "practices":
            return Arm(text=gettext("Practice"), href=here(item.url))
        span = Span(
            page=item.page, page_end=item.page_end, page_label=item.page_label, page_end_label=item.page_end_label
        )
        if item.what == "documents":
            return Arm(text=gettext("Document"), href=here(item.url))
        passage, path = (item.passage or item.id), tuple(item.section.split(" › "))
    else:
        span = item.span
        passage, path = item.id, item.path
    text, sheet = page_words(span)
    href = page_url(item.doc, span.page, passage)
    if text or not (path and path[-1]):
        return Arm(text=text or gettext("§ text"), sheet=sheet, href=href)
    # Formats without pages are cited by section; long headings are cut by the style, not here.
    return Arm(text=f"§ {path[-1]}", href=href, language="" if isinstance(item, Statement) else item.language)


def page_arm(page: ShownPage, doc: str) -> Arm:
    """The arm of a page itself."""
    text, sheet = page_words(Span(page=page.number, page_end=page.number, page_label=page.label))
    return Arm(text=text, sheet=sheet, href=page_url(doc, page.number))


# ---------------------------------------------------------------------------------------------- what they are


def is_ours(doc: str) -> bool:
    """Whether a document is one that we wrote ourselves: its words are not set as a source's."""
    return doc in retold()


def is_theme(identifier: str) -> bool:
    return identifier in vocabulary() and vocabulary().concept(identifier).scheme == "themes"


def in_language(language: str) -> Markup:
    """The attributes of an element whose words are in a language, blank where nobody knows which.

    Its direction is told where it is not the page's own.
    """
    runs = "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr" if language else "auto"
    told = Markup(' dir="{}"').format(runs) if runs != page_language().direction else ""
    return Markup('lang="{}"{}').format(language, told)


def as_name(name: str) -> Markup:
    """A name in a sentence of ours, whichever way it runs."""
    return Markup("<bdi>{}</bdi>").format(name)


def as_names(names: Iterable[str]) -> Markup:
    """Names one after the other, each as it runs."""
    return Markup(escape(comma())).join(map(as_name, names))


def quoted_in(words: str, language: str) -> Markup:
    """Words of a document in a sentence of ours."""
    return Markup("<span {}>{}</span>").format(in_language(language), words)


def in_page_language() -> Markup:
    """The attributes of our own words inside an element whose words are a document's."""
    here = page_language()
    return Markup('lang="{}" dir="{}"').format(here.code, here.direction)


def direction(language: str) -> str:
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "auto"


def snippet(html: str) -> Markup:
    """A snippet whose only markup is <mark>: everything else is escaped again, whatever it came with."""
    pieces = _MARK.split(html)
    safe = (Markup(p) if _MARK.fullmatch(p) else escape(unescape(p)) for p in pieces)
    return Markup("").join(safe) + Markup("</mark>" * (pieces.count("<mark>") - pieces.count("</mark>")))


def by_country(places: Iterable[Place]) -> list[tuple[str, list[str]]]:
    """Each country once, with what else it is to the practice than the place where it was carried out."""
    roles: dict[str, list[str]] = {}
    for place in places:
        others = [place_role_words(place.role)] if place.role not in ("", "implementation") else []
        roles.setdefault(place.country, []).extend(others)
    return list(roles.items())


def runs_of(claims: Iterable[Claim]) -> list[tuple[bool, list[Claim]]]:
    """Claims as runs of list items and runs of sentences, in their order."""
    return [(item, list(some)) for item, some in groupby(claims, key=lambda claim: claim.item)]


def under_headings(claims: Iterable[Claim]) -> list[tuple[str, list[Claim]]]:
    """Claims under the source's own sub-headings, in their order; blank where they stand under none."""
    return [(heading, list(some)) for heading, some in groupby(claims, key=lambda claim: claim.heading)]


def bars(counts: Mapping[str, int], order: Iterable[str]) -> list[tuple[str, float, float]]:
    """Counts as neighbouring bars on a line of length 100: name, start, width."""
    total = sum(counts.values())
    drawn: list[tuple[str, float, float]] = []
    start = 0.0
    for name in order:
        width = round(100 * counts.get(name, 0) / total, 2) if total else 0.0
        if width:
            drawn.append((name, round(start, 2), width))
            start += width
    return drawn


FILTERS = (
    page_arm, arm, document_url, page_url, picture_url, topic_url, item_url, alike_url, outside, host,
    direction, as_name, as_names, snippet, by_country, runs_of, under_headings, bars, kind_of,
)  # fmt: skip


def install(app: Flask) -> None:
    """Give the templates these functions as filters, and the few names that every page uses."""
    for function in FILTERS:
        app.jinja_env.filters[function.__name__] = function
    app.jinja_env.filters["in_language"] = at_each_request(in_language)
    app.jinja_env.filters["quoted_in"] = at_each_request(quoted_in)
    app.jinja_env.tests["is_theme"] = is_theme
    app.jinja_env.tests["ours"] = is_ours
    app.jinja_env.filters["here"] = here
    app.jinja_env.globals["in_page_language"] = in_page_language
    app.jinja_env.globals.update(facet_names=FACETS, standings=STANDINGS, kinds=KINDS)
