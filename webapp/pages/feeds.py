"""Atom feeds of searches, themes and countries, and the description by which browsers search here."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import msgspec
from flask import Blueprint, Response, request

from corpus.concepts import vocabulary
from corpus.messages import Message
from corpus.places import countries
from index.answer import Request, What
from index.feeds import MEDIA, Feed, atom
from index.lists import HITS_MOST
from webapp import address
from webapp.address import shortened
from webapp.knowledge import knowledge
from webapp.limits import costly
from webapp.pages.topics import NO_COUNTRY, UNKNOWN
from webapp.problems import NotHere

blueprint = Blueprint("feeds", __name__)

OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
WHOLE: tuple[What, ...] = ("documents", "practices")
"""What the feed of a theme or a country tells of: its passages would drown them."""


@blueprint.get("/search/feed.atom")
@costly
def search() -> Response:
    """What the search that the address names finds, newest in the knowledge base first."""
    asked = address.read(request.args)
    told = asked.q or ", ".join(value for _, value in asked.chosen()) or "everything"
    wanted = asked.request(HITS_MOST)
    feed = Feed(title=f"{told} · {asked.view}", path=asked.list_path("feed.atom"), page=asked.change(page=1).path)
    return _feed(feed, msgspec.structs.replace(wanted, sort="relevance" if asked.q else "newest", together=False))


@blueprint.get("/themes/<identifier>/feed.atom")
@costly
def theme(identifier: str) -> Response:
    """Documents and practices under a theme."""
    words = vocabulary()
    if identifier not in words or words.concept(identifier).scheme != "themes":
        raise NotHere(Message(UNKNOWN["themes"], typed=shortened(identifier)))
    page = f"/themes/{identifier}"
    feed = Feed(title=words.concept(identifier).label, path=f"{page}/feed.atom", page=page)
    return _feed(feed, *(Request(what=what, filters={"theme": (identifier,)}, sort="newest") for what in WHOLE))


@blueprint.get("/countries/<code>/feed.atom")
@costly
def country(code: str) -> Response:
    """Documents and practices about a country."""
    found = countries().get(code)
    if found is None:
        raise NotHere(Message(NO_COUNTRY, typed=shortened(code)))
    page = f"/countries/{code}"
    feed = Feed(title=found.name, path=f"{page}/feed.atom", page=page)
    return _feed(feed, *(Request(what=what, filters={"country": (code,)}, sort="newest") for what in WHOLE))


def _feed(feed: Feed, *wanted: Request) -> Response:
    here = knowledge()
    answers = tuple(
        here.search(msgspec.structs.replace(one, limit=HITS_MOST, offset=0, facets=False)) for one in wanted
    )
    titled = msgspec.structs.replace(feed, title=f"Fingerpost: {feed.title}")
    data = atom(here.catalogue, answers, titled, here.came(), here.settings.public_url)
    return Response(data, content_type=MEDIA)


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """How a browser searches here (OpenSearch 1.1); where no public_url is set, under the address that it asked."""
    base = (knowledge().settings.public_url or request.url_root).rstrip("/")
    ElementTree.register_namespace("", OPENSEARCH)
    root = ElementTree.Element(f"{{{OPENSEARCH}}}OpenSearchDescription")
    for name, text in (
        ("ShortName", "Fingerpost"),
        ("Description", "What evaluations and practice say about protecting children and others on the move."),
        ("InputEncoding", "UTF-8"),
    ):
        ElementTree.SubElement(root, f"{{{OPENSEARCH}}}{name}").text = text
    for media, place in (("text/html", "search"), ("application/atom+xml", "search/feed.atom")):
        template = f"{base}/{place}?q={{searchTerms}}"
        ElementTree.SubElement(root, f"{{{OPENSEARCH}}}Url", {"type": media, "template": template})
    data: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(data, content_type="application/opensearchdescription+xml; charset=utf-8")
