"""A list of hits as an Atom feed (RFC 4287): what came into the knowledge base last stands first.

Texts come from documents: all are put in as text, none as markup.  Of a source whose licence is not known to allow
copying a short quotation is all that a feed carries.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote

from corpus.catalogue import Catalogue
from corpus.exchange import names
from corpus.model import Bibliography, Value
from index.answer import Answer, Hit
from index.labels import label
from index.lists import carried, clean, page_of, rights_of

ATOM = "http://www.w3.org/2005/Atom"
MEDIA = "application/atom+xml; charset=utf-8"
ENTRIES_MOST = 100
TAG = "tag:fingerpost,2026:"
"""The beginning of every id (RFC 4151): ids stay the same under whatever address a knowledge base is reached."""
LONG_AGO = "1970-01-01T00:00:00+00:00"
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?$")


class Feed(Value, frozen=True):
    """What a feed says of itself: its title, its own path and that of the page with the same hits."""

    title: str
    path: str
    page: str


def atom(
    catalogue: Catalogue, answers: tuple[Answer, ...], feed: Feed, came: Mapping[str, str], public_url: str = ""
) -> bytes:
    """The feed as a file: the hits of all answers but the weak ones, at most ENTRIES_MOST.

    ``came`` tells when each document was read in (ISO 8601, by id).  Without ``public_url`` addresses are relative.
    """
    ElementTree.register_namespace("", ATOM)
    base = public_url.rstrip("/")
    dated = [(_when(catalogue, hit, came), hit) for answer in answers for hit in answer.hits if not hit.weak]
    dated.sort(key=lambda one: one[0], reverse=True)
    root = ElementTree.Element(f"{{{ATOM}}}feed", {"xml:lang": "en"})
    _text(root, "title", feed.title)
    _text(root, "id", TAG + feed.path.lstrip("/"))
    _text(root, "updated", dated[0][0] if dated else LONG_AGO)
    _text(ElementTree.SubElement(root, f"{{{ATOM}}}author"), "name", "Fingerpost")
    _text(root, "generator", "Fingerpost")
    _link(root, "self", base + feed.path, "application/atom+xml")
    _link(root, "alternate", base + feed.page, "text/html")
    for when, hit in dated[:ENTRIES_MOST]:
        _entry(ElementTree.SubElement(root, f"{{{ATOM}}}entry"), catalogue, hit, when, base)
    told: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return told


def _entry(entry: ElementTree.Element, catalogue: Catalogue, hit: Hit, when: str, base: str) -> None:
    card = catalogue.card(hit.doc) if hit.what != "practices" else None
    rights = rights_of(catalogue, hit)
    page = page_of(hit)
    kind = f"{label('kind', hit.kind, {})}: " if hit.kind else ""
    _text(entry, "title", f"{kind}{hit.title}{f', p. {page}' if page else ''}")
    _text(entry, "id", f"{TAG}{hit.url.lstrip('/')}")
    _text(entry, "updated", when)
    if card and (published := _stamp(card.date)):
        _text(entry, "published", published)
    for name in _authors(card, hit):
        _text(ElementTree.SubElement(entry, f"{{{ATOM}}}author"), "name", name)
    for theme in hit.themes:
        ElementTree.SubElement(entry, f"{{{ATOM}}}category", {"term": theme, "label": label("theme", theme, {})})
    _link(entry, "alternate", base + hit.url, "text/html")
    if rights:
        _text(entry, "rights", rights)
    _text(entry, "summary", carried(hit.text, rights, hit.snippet) or hit.title)


def _authors(card: Bibliography | None, hit: Hit) -> list[str]:
    told = [f"{name.given} {name.family}".strip() for name in names(card)] if card else list(hit.organisations)
    return told or ["Fingerpost"]


def _when(catalogue: Catalogue, hit: Hit, came: Mapping[str, str]) -> str:
    """When it came in; of a practice record when it was last checked."""
    if hit.what == "practices" and hit.doc not in came:
        return _stamp(catalogue.practice(hit.id).last_checked) or LONG_AGO
    return _stamp(came.get(hit.doc, "")) or LONG_AGO


def _stamp(iso: str) -> str:
    """A day, or a moment, as RFC 3339 has it in UTC; blank for what is neither."""
    if day := _DAY.match(iso):
        iso = f"{day[1]}-{day[2] or '01'}-{day[3] or '01'}"
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return ""
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.isoformat(timespec="seconds")


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, f"{{{ATOM}}}{name}").text = clean(text)


def _link(parent: ElementTree.Element, rel: str, address: str, media: str) -> None:
    href = quote(clean(address), safe="/:?&=%+#,;@!$'()*~-._")
    ElementTree.SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "type": media, "href": href})
