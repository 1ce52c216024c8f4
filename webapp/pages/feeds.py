"""Atom feeds of searches, of lists and of single pages, and the description by which browsers search here."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import msgspec
from flask import Blueprint, Response, request

from index.answer import Request, What
from index.feeds import MEDIA, Feed, atom
from index.lists import HITS_MOST
from webapp import address
from webapp.knowledge import knowledge
from webapp.limits import costly
from webapp.pages import topics

blueprint = Blueprint("feeds", __name__)

OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
WHOLE: tuple[What, ...] = ("documents", "practices")
"""What the feed of a theme, a group, a country or an organisation tells of: passages would drown them."""


@blueprint.get("/search/feed.atom")
@costly
def search() -> Response:
    """What the search that the address names finds, newest in the knowledge base first."""
    asked = address.read(request.args)
    told = asked.q or ", ".join(value for _, value in asked.chosen()) or "everything"
    wanted = asked.request(HITS_MOST)
    feed = Feed(title=f"{told} · {asked.view}", path=asked.list_path("feed.atom"), page=asked.change(page=1).path)
    return _feed(feed, msgspec.structs.replace(wanted, sort="relevance" if asked.q else "newest", together=False))


@blueprint.get("/documents/feed.atom")
@costly
def documents() -> Response:
    """Every document, as it came in."""
    return _feed(_of_page("documents", "documents"), Request(what="documents", sort="newest"))


@blueprint.get("/practices/feed.atom")
@costly
def practices() -> Response:
    """Every practice."""
    return _feed(_of_page("practices", "practices"), Request(what="practices", sort="newest"))


@blueprint.get("/notes/feed.atom")
@costly
def notes() -> Response:
    """Every synthesis note."""
    ids = tuple(note.id for note in knowledge().notes())
    wanted = [Request(what="documents", filters={"doc": ids})] if ids else []
    return _feed(_of_page("notes", "notes"), *wanted)


@blueprint.get("/documents/<doc>/feed.atom")
@costly
def document(doc: str) -> Response:
    """What a document says: its statements."""
    card = knowledge().catalogue.card(doc)
    return _feed(_of_page(f"documents/{doc}", card.title), Request(what="statements", filters={"doc": (doc,)}))


@blueprint.get("/themes/<identifier>/feed.atom")
@costly
def theme(identifier: str) -> Response:
    """Documents and practices under a theme."""
    return _of_topic(topics.of_theme(identifier), f"themes/{identifier}")


@blueprint.get("/groups/<identifier>/feed.atom")
@costly
def group(identifier: str) -> Response:
    """Documents and practices about a target group."""
    return _of_topic(topics.of_group(identifier), f"groups/{identifier}")


@blueprint.get("/countries/<code>/feed.atom")
@costly
def country(code: str) -> Response:
    """Documents and practices about a country."""
    return _of_topic(topics.of_country(code), f"countries/{code}")


@blueprint.get("/organisations/<name>/feed.atom")
@costly
def organisation(name: str) -> Response:
    """Documents and practices that come from an organisation."""
    return _of_topic(topics.of_organisation(name), f"organisations/{name}")


def _of_topic(topic: topics.Topic, page: str) -> Response:
    only: dict[str, tuple[str, ...]] = {topic.facet: (topic.value,)}
    return _feed(_of_page(page, topic.label), *(Request(what=w, filters=only, sort="newest") for w in WHOLE))


def _of_page(page: str, title: str) -> Feed:
    """The feed of a page."""
    return Feed(title=title, path=f"/{page}/feed.atom", page=f"/{page}")


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
