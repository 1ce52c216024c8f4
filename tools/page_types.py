"""One address for each type of page and of its chief states: what the browser's tests and screenshots go through."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Flask

from corpus.catalogue import Published
from corpus.ids import slug
from corpus.notes import is_note
from webapp.knowledge import EXTENSION, Knowledge

TOPICS = ("group", "country", "org")
CURATORS = (
    "", "upload", "ingest", "items", "corrections", "contributions", "reviews", "links", "gaps", "log", "jobs",
)  # fmt: skip
"""The pages of curators, under ``/curator``."""


def page_types(app: Flask, doc: str = "") -> dict[str, str]:
    """Addresses by the name of the page's type, over what the application's home holds.

    ``doc`` is the document with pages that is shown; blank takes the source with most statements.
    """
    knowledge: Knowledge = app.extensions[EXTENSION]
    catalogue = knowledge.catalogue
    doc = doc or _fullest(catalogue)
    passage, statements = catalogue.passages(doc)[0], catalogue.statements(doc)
    statement, page = statements[len(statements) // 2], statements[len(statements) // 2].span.page
    practice = catalogue.practice_ids()[0]
    webs = [e.card.id for e in catalogue.entries() if e.media == "html"]
    notes = [e.card.id for e in catalogue.entries() if is_note(e.card.id)]
    most = {facet: knowledge.counted(facet)[0].value for facet in TOPICS}
    word = "guardian"
    return {
        "home": "/",
        "search": f"/search?q={word}+children",
        "everything": "/search",
        "question": "/search?" + urlencode({"q": "what do evaluations say about guardianship delays?"}),
        "statements": f"/search?q={word}&in=statements&kind=recommendation",
        "what the sources say": "/statements",
        "practices found": "/search?q=migrants&in=practices",
        "documents found": "/search?q=children&in=documents",
        "as typed": "/search?q=unaccompanied+children&exact=1",
        "names left out": "/search?q=unaccompanied+children&without=uasc",
        "alike": f"/search?like={passage.id}",
        "practices alike": f"/search?like={practice}&in=practices",
        "too narrow": "/search?q=%22guardian+zyxwvut%22&country=FR",
        "grouped": "/search?q=children&by=doc",
        "nothing found": "/search?q=zyxwvut",
        "term asked for": "/search?q=what+is+a+guardian",
        "documents": "/documents",
        "document": f"/documents/{doc}",
        "page": f"/documents/{doc}/pages/{page}",
        "quotation on its page": f"/documents/{doc}/pages/{page}?passage={statement.id}",
        "page beside its picture": f"/documents/{doc}/pages/{page}?passage={statement.id}&picture=1",
        "all pages": f"/documents/{doc}/text",
        **({"text": f"/documents/{webs[0]}/text"} if webs else {}),
        "passage": f"/passages/{passage.id}",
        "statement": f"/statements/{statement.id}",
        "practices": "/practices",
        "practice": f"/practices/{practice}",
        "notes": "/notes",
        **({"note": f"/notes/{notes[0]}"} if notes else {}),
        "themes": "/themes",
        "theme": "/themes/guardianship",
        "groups": "/groups",
        "group": f"/groups/{most['group']}",
        "countries": "/countries",
        "country": f"/countries/{most['country']}",
        "organisations": "/organisations",
        "organisation": f"/organisations/{slug(most['org'])}",
        "evidence by kind": "/evidence",
        "evidence by country": "/evidence?by=country",
        "evidence by year": "/evidence?by=year",
        "glossary": "/glossary",
        "term": "/glossary/best-interests-determination",
        "cite": f"/cite/{passage.id}",
        "cite a practice": f"/cite/{practice}",
        "quality": "/quality",
        "for programs": "/api",
        "what is new": "/digest?since=2020-01-01",
        "about": "/about",
        "help": "/help/search",
        "safety": "/safety",
        "collections": "/collections",
        "add to a collection": f"/collections/add?item={passage.id}",
        "contribute": "/contribute",
        "suggest a correction": f"/contribute/correction?item={statement.id}",
        "sign in": "/curator/sign-in",
    }


def _fullest(catalogue: Published) -> str:
    """The document with pages that says most."""
    paged = [e.card.id for e in catalogue.entries() if e.media == "pdf" and not is_note(e.card.id)]
    return max(paged, key=lambda doc: len(catalogue.statements(doc)))


def curators_pages(doc: str) -> dict[str, str]:
    """Addresses of the curators' pages, by name; ``doc`` is the document whose corrections are shown."""
    pages = {f"curators {name}".strip(): f"/curator/{name}".rstrip("/") for name in CURATORS}
    return {**pages, "curators item": f"/curator/items/{doc}", "curators field": f"/curator/items/{doc}?field=title"}
