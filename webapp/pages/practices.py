"""Practices: the list, and one practice with what copying it takes and where each claim comes from."""

from __future__ import annotations

from flask import Blueprint, render_template

from corpus.errors import NotInCatalogue
from corpus.model import PRACTICE_FIELDS, Bibliography, Practice, SourceRef, Value
from webapp.knowledge import Knowledge, knowledge
from webapp.present import document_url, page_url

blueprint = Blueprint("practices", __name__, url_prefix="/practices")

FIRST = ("what_it_took", "what_failed", "when_not")
"""Shown before all others: what somebody who wants to copy a practice must know and is seldom told."""
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class ShownSource(Value, frozen=True):
    """One place that a record cites, as a little arm: its words, where it points, what stands there."""

    text: str
    href: str
    title: str


class SourceDocument(Value, frozen=True):
    """A document that a record cites: its letter where there are several, its title, its card where it is known."""

    letter: str
    title: str
    doc: str
    card: Bibliography | None


@blueprint.get("")
def all_practices() -> str:
    """Every practice, those that are shown to work furthest first."""
    return render_template("practices.html", practices=knowledge().practices())


@blueprint.get("/<identifier>")
def practice(identifier: str) -> str:
    """One practice."""
    here = knowledge()
    item = here.catalogue.practice(identifier)
    documents = cited_documents(here, item)
    rest = [key for key in PRACTICE_FIELDS if key not in FIRST and key != "summary"]
    return render_template(
        "practice.html",
        practice=item,
        names=PRACTICE_FIELDS,
        first=FIRST,
        told=[key for key in rest if item.told.get(key)],
        blank=[PRACTICE_FIELDS[key] for key in rest if not item.told.get(key)],
        documents=documents,
        corrections=[one for one in here.corrections(item.doc).get(item.id, []) if one.sort == "practice"],
        sources={ref: shown(here, ref, documents) for ref in item.sources()},
    )


def cited_documents(here: Knowledge, item: Practice) -> dict[str, SourceDocument]:
    """The documents that the record cites, in order of first use; lettered where there are several."""
    docs = list(dict.fromkeys(ref.doc for ref in item.sources()))
    found = {}
    for place, doc in enumerate(docs):
        try:
            card = here.catalogue.card(doc)
        except NotInCatalogue:
            card = None
        letter = LETTERS[place % len(LETTERS)] if len(docs) > 1 else ""
        found[doc] = SourceDocument(letter=letter, doc=doc, card=card, title=card.title if card else doc)
    return found


def shown(here: Knowledge, ref: SourceRef, documents: dict[str, SourceDocument]) -> ShownSource:
    """A source with the address of its page, of its document where the page is unknown, or none."""
    document = documents[ref.doc]
    words = " ".join(part for part in (document.letter, ref.locator or "source") if part)
    href = document_url(ref.doc) if document.card else ""
    if document.card:
        numbers = here.catalogue.page_numbers(ref.doc)
        if numbers == ((None, None),):
            href = page_url(ref.doc, None)
        else:
            number = page_with_label(numbers, ref.page_label)
            href = page_url(ref.doc, number) if number is not None else href
    return ShownSource(text=words, href=href, title=document.title)


def page_with_label(numbers: tuple[tuple[int | None, str | None], ...], label: str) -> int | None:
    """The physical page that bears a printed label; of a range ("12–13") the first."""
    first = label.replace("-", "–").partition("–")[0].strip()
    return next((number for number, printed in numbers if first and printed == first), None)
