"""Documents, their pages, their text and their passages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from flask import Response

from corpus.model import Passage
from corpus.notes import address
from corpus.views import record_json
from webapp.api import items
from webapp.api.operations import operation
from webapp.api.paging import PAGING, Listing, part, part_inside
from webapp.api.parameters import Several
from webapp.api.shapes import DocumentItem, DocumentRecord, PageItem, PassageItem, PassageRecord
from webapp.knowledge import Knowledge, knowledge
from webapp.pages.documents import page_number
from webapp.problems import NotHere

TEXT = "text/plain; charset=utf-8"
PAGE_END = "\f"
"""What parts two pages of a text."""
DOC = Several("doc", "Only of this document; repeat it for alternatives.")


@operation("/documents", Listing[DocumentItem], tag="Documents", parameters=PAGING)
def documents(limit: int, cursor: str) -> Listing[DocumentItem]:
    """Every document, by id."""
    here = knowledge()
    return part(here.catalogue.document_ids(), partial(items.documents, here), limit, cursor)


@operation("/documents/<doc>", DocumentRecord, tag="Documents")
def document(doc: str) -> DocumentRecord:
    """A document's record: its card, its sections, what it tells of its evidence, related documents."""
    here = knowledge()
    return {
        **record_json(here.catalogue, doc),
        "came": here.came().get(doc),
        "page_url": items.url(here, address(doc)),
    }


@operation("/documents/<doc>/pages", Listing[PageItem], tag="Documents", parameters=PAGING)
def pages(doc: str, limit: int, cursor: str) -> Listing[PageItem]:
    """A document's pages with their text; of a format without pages the whole as one."""
    here = knowledge()
    here.catalogue.entry(doc)
    numbers = [number for number, _ in here.catalogue.page_numbers(doc)]
    return part(numbers, partial(items.pages, here, doc), limit, cursor)


@operation("/documents/<doc>/pages/<number>", PageItem, tag="Documents")
def page(doc: str, number: str) -> PageItem:
    """One page by its physical number."""
    return items.pages(knowledge(), doc, [page_number(doc, number)])[0]


@operation("/documents/<doc>/text", str, tag="Documents", media=TEXT)
def text(doc: str) -> Response:
    """A document's whole text, its pages parted by form feeds."""
    catalogue = knowledge().catalogue
    catalogue.entry(doc)
    told = [page.text for page in catalogue.pages(doc)]
    if not told:
        raise NotHere("This document has no text here, only its record.")
    return Response(PAGE_END.join(told), content_type=TEXT)


@operation("/passages", Listing[PassageItem], tag="Documents", parameters=(DOC, *PAGING), errors=(404,))
def passages(doc: tuple[str, ...], limit: int, cursor: str) -> Listing[PassageItem]:
    """Passages by document, in its order."""
    here = knowledge()
    found, after = part_inside(chosen(here, doc), here.catalogue.passages, _any, limit, cursor)
    return Listing(items.passages(here, found), after)


@operation("/passages/<passage>", PassageRecord, tag="Documents")
def passage(passage: str) -> PassageRecord:
    """One passage, also one that a newer version of its document no longer holds."""
    here = knowledge()
    item = here.catalogue.passage(passage)
    inside = [one.id for one in here.catalogue.statements(item.doc) if one.passage == item.id]
    (told,) = items.passages(here, [item])
    return {**told, **items.successor(here, item.id), "statements": inside}


def chosen(here: Knowledge, docs: Sequence[str]) -> Sequence[str]:
    """The documents that a list is of: those named, else all; raises as `Catalogue.entry` does."""
    for doc in docs:
        here.catalogue.entry(doc)
    return docs or here.catalogue.document_ids()


def _any(item: Passage) -> bool:
    return True
