"""A list of hits as an Atom feed (RFC 4287): what came into the knowledge base last stands first.

Texts come from documents: all are put in as text, none as markup.  Of a source whose licence is not known to allow
copying a short quotation is all that a feed carries.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from urllib.parse import quote

from corpus.catalogue import Catalogue
from corpus.catalogue.arrivals import Digest
from corpus.exchange import names
from corpus.model import Bibliography, Value
from corpus.notes import address
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


class Entry(Value, frozen=True):
    """One thing that is new: its own path, when it came, what is told of it; ``published`` is the work's own date."""

    path: str
    updated: str
    title: str
    summary: str
    published: str = ""
    authors: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    rights: str = ""


def atom(
    catalogue: Catalogue, answers: tuple[Answer, ...], feed: Feed, came: Mapping[str, str], public_url: str = ""
) -> bytes:
    """The feed as a file: the hits of all answers but the weak ones, at most ENTRIES_MOST.

    ``came`` tells when each document came (ISO 8601, by id).  Without ``public_url`` addresses are relative.
    """
    hits = [(_when(catalogue, hit, came), hit) for answer in answers for hit in answer.hits if not hit.weak]
    hits.sort(key=lambda one: one[0], reverse=True)
    return written(feed, [_of_hit(catalogue, hit, when) for when, hit in hits[:ENTRIES_MOST]], public_url)


def news(catalogue: Catalogue, new: Digest, feed: Feed, public_url: str = "") -> bytes:
    """What is new as a feed: documents, those with new words, and what several independent programmes say by now."""
    cards = [(card, f"{len(catalogue.statements(card.id))} statements") for card in (*new.documents, *new.renewed)]
    entries = [
        Entry(
            path=address(card.id),
            updated=_stamp(new.arrivals[card.id].present) or LONG_AGO,
            title=card.title,
            summary=carried(card.summary, card.rights) or told,
            published=_stamp(card.date),
            authors=_authors(card),
            themes=card.themes,
            rights=card.rights,
        )
        for card, told in cards
    ]
    for one in new.recurring:
        first = one.statements[0]
        card = catalogue.card(first.doc)
        entries.append(
            Entry(
                path=f"/statements/{first.id}",
                updated=_stamp(one.since) or LONG_AGO,
                title=f"{label('kind', first.kind, {})}, by now in {one.now} programmes",
                summary=carried(first.text, card.rights),
                authors=_authors(card),
                themes=first.themes,
                rights=card.rights,
            )
        )
    return written(feed, sorted(entries, key=lambda one: one.updated, reverse=True), public_url)


def written(feed: Feed, entries: Sequence[Entry], public_url: str = "") -> bytes:
    """Entries, the newest first, as a file; at most ENTRIES_MOST."""
    ElementTree.register_namespace("", ATOM)
    base = public_url.rstrip("/")
    root = ElementTree.Element(f"{{{ATOM}}}feed", {"xml:lang": "en"})
    _text(root, "title", feed.title)
    _text(root, "id", TAG + feed.path.lstrip("/"))
    _text(root, "updated", entries[0].updated if entries else LONG_AGO)
    _text(ElementTree.SubElement(root, f"{{{ATOM}}}author"), "name", "Fingerpost")
    _text(root, "generator", "Fingerpost")
    _link(root, "self", base + feed.path, "application/atom+xml")
    _link(root, "alternate", base + feed.page, "text/html")
    for one in entries[:ENTRIES_MOST]:
        _write(ElementTree.SubElement(root, f"{{{ATOM}}}entry"), one, base)
    told: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return told


def _of_hit(catalogue: Catalogue, hit: Hit, when: str) -> Entry:
    card = catalogue.card(hit.doc) if hit.what != "practices" else None
    rights = rights_of(catalogue, hit)
    page = page_of(hit)
    kind = f"{label('kind', hit.kind, {})}: " if hit.kind else ""
    return Entry(
        path=hit.url,
        updated=when,
        title=f"{kind}{hit.title}{f', p. {page}' if page else ''}",
        summary=carried(hit.text, rights, hit.snippet) or hit.title,
        published=_stamp(card.date) if card else "",
        authors=_authors(card) if card else hit.organisations,
        themes=hit.themes,
        rights=rights,
    )


def _write(entry: ElementTree.Element, one: Entry, base: str) -> None:
    _text(entry, "title", one.title)
    _text(entry, "id", f"{TAG}{one.path.lstrip('/')}")
    _text(entry, "updated", one.updated)
    if one.published:
        _text(entry, "published", one.published)
    for name in one.authors or ("Fingerpost",):
        _text(ElementTree.SubElement(entry, f"{{{ATOM}}}author"), "name", name)
    for theme in one.themes:
        ElementTree.SubElement(entry, f"{{{ATOM}}}category", {"term": theme, "label": label("theme", theme, {})})
    _link(entry, "alternate", base + one.path, "text/html")
    if one.rights:
        _text(entry, "rights", one.rights)
    _text(entry, "summary", one.summary)


def _authors(card: Bibliography) -> tuple[str, ...]:
    return tuple(f"{name.given} {name.family}".strip() for name in names(card))


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
