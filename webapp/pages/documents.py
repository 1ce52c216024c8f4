"""Documents: the list, a document's record, and its pages as readable text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from flask import Blueprint, render_template, request

from corpus.catalogue.likenesses import likenesses
from corpus.catalogue.relations import related
from corpus.errors import UsageError
from corpus.evidence import EVIDENCE_FIELDS, PartyRole
from corpus.model import Passage, Section, Statement, StatementKind, Value
from webapp import machines, reading, tended
from webapp.address import LAST_PAGE, shortened, whole_number
from webapp.knowledge import Knowledge, knowledge
from webapp.languages import gettext, ngettext
from webapp.parts import part_of
from webapp.present import is_ours
from webapp.problems import NotHere

blueprint = Blueprint("documents", __name__, url_prefix="/documents")

OUTLINE_DEPTH = 2
"""A document's record shows chapters and their parts; an outline of all headings would be as long as a chapter."""
LISTED = 100
"""Documents on one page of the list; thousands on one weigh more than a slow line bears."""
CHAPTER_DEPTH = 3
"""Beside a page its own chapter is shown this deep, of the others only the titles."""
WHOLE_MOST = 300
"""Pages that are shown as one; more would be heavy for a telephone."""


class Entry(Value, frozen=True):
    """One heading of an outline: the section's index, its depth from 1, the section."""

    index: int
    depth: int
    section: Section


class Plate(Value, frozen=True):
    """The picture of a printed page: whether it was asked for, and how much it weighs where that is known."""

    shown: bool
    kilobytes: int | None


@blueprint.get("")
def all_documents() -> str:
    """Every document, newest first, our own after the sources."""
    entries = sorted(
        knowledge().entries(),
        key=lambda e: (not is_ours(e.card.id), e.card.date or "0", e.card.title),
        reverse=True,
    )
    pages = max(1, -(-len(entries) // LISTED))
    number = whole_number(request.args, "page", 1, LAST_PAGE)
    if number > pages:
        raise NotHere(
            ngettext(
                "This list has %(n)s page, not %(asked)s.",
                "This list has %(n)s pages, not %(asked)s.",
                pages,
                asked=number,
            )
        )
    shown = entries[(number - 1) * LISTED : number * LISTED]
    return render_template("documents.html", entries=shown, total=len(entries), number=number, pages=pages)


@blueprint.get("/<doc>")
def document(doc: str) -> str:
    """A document's record, outline, pages, and what it says."""
    catalogue = knowledge().catalogue
    entry = catalogue.entry(doc)
    statements = catalogue.statements(doc)
    numbers = catalogue.page_numbers(doc)
    return render_template(
        "document.html",
        card=entry.card,
        described=machines.of_document(entry.card, knowledge().settings.public_url),
        entry=entry,
        kin=[
            e.card for e in knowledge().entries() if e.card.programme == entry.card.programme != "" and e.card.id != doc
        ],
        evidence=[(name, heading, entry.evidence.get(name, ())) for name, heading in EVIDENCE_FIELDS.items()],
        roles=[(role, some) for role in get_args(PartyRole) if (some := [p for p in entry.parties if p.role == role])],
        related=[(catalogue.card(other.doc), other) for other in related(catalogue, doc)],
        like=[(catalogue.card(other.doc), other.percent) for other in likenesses(catalogue, doc)],
        WHOLE_MOST=WHOLE_MOST,
        numbers=[(number, label) for number, label in numbers if number is not None],
        outline=[entry for entry in outline(catalogue.sections(doc)) if entry.depth <= OUTLINE_DEPTH],
        by_kind=[(k.value, n) for k in StatementKind if (n := sum(s.kind is k for s in statements))],
        strip=knowledge().strip(doc),
        corrections=[one for some in knowledge().corrections(doc).values() for one in some],
        looked=tended.looked(knowledge(), doc),
        dead=tended.dead(knowledge(), entry.card.url),
    )


@blueprint.get("/<doc>/pages/<number>")
def page(doc: str, number: str) -> str:
    """One page by its physical number."""
    place = page_number(doc, number)
    return _read(doc, place, [n for n, _ in knowledge().catalogue.page_numbers(doc) if n is not None])


def page_number(doc: str, number: str) -> int:
    """The physical page that an address names; raises UsageError or NotHere with what the document has."""
    catalogue = knowledge().catalogue
    catalogue.entry(doc)
    numbers = [n for n, _ in catalogue.page_numbers(doc) if n is not None]
    if not number.isascii() or not number.isdecimal():
        raise UsageError(
            gettext("“%(typed)s” is not a page number; pages are counted from 1.", typed=shortened(number))
        )
    # Compared as text first: a number of 10,000 digits is not worth reading.
    if number.lstrip("0") not in {str(n) for n in numbers}:
        asked = shortened(number)
        raise NotHere(
            gettext("There is no page %(page)s: this document has pages 1 to %(last)s.", page=asked, last=numbers[-1])
            if numbers
            else gettext("There is no page %(page)s: this document has no pages; read it as one text.", page=asked)
        )
    return int(number)


@blueprint.get("/<doc>/text")
def text(doc: str) -> str:
    """The whole of a document: one light page of text, without marks and pictures where it has pages."""
    catalogue = knowledge().catalogue
    card = catalogue.card(doc)
    numbers = [n for n, _ in catalogue.page_numbers(doc)]
    if not numbers:
        raise NotHere(gettext("This document has no text here, only its record."))
    if numbers == [None]:
        return _read(doc, None, [])
    if len(numbers) > WHOLE_MOST:
        raise NotHere(
            gettext(
                "This document has %(n)s pages, too many for one; it is read page by page.",
                n=len(numbers),
            )
        )
    sections = catalogue.sections(doc)
    pages = [reading.show(page, sections) for page in catalogue.pages(doc)]
    return render_template("whole.html", card=card, pages=pages)


def _read(doc: str, number: int | None, numbers: list[int]) -> str:
    here = knowledge()
    statements = reading.on_page(here.catalogue.statements(doc), number)
    sections = here.catalogue.sections(doc)
    begun = [i for i, s in enumerate(sections) if number is not None and s.page is not None and s.page <= number]
    section = begun[-1] if begun else None
    quotation = marked(here, doc, request.args.get("passage", ""))
    page, part = here.catalogue.page(doc, number), None
    if number is None:
        index = request.args.get("section", type=int)
        begins = sections[index] if index is not None and 0 <= index < len(sections) else None
        part = part_of(page, request.args.get("part", ""), quotation, begins)
        page = part.page
    shown = reading.show(page, sections, statements, quotation)
    return render_template(
        "page.html",
        card=here.catalogue.card(doc),
        page=shown,
        statements=statements,
        placed=shown.placed,
        witnesses={s.id: here.witnesses(s.group) for s in statements},
        strip=here.strip(doc),
        quotation=quotation,
        outline=around(outline(sections), section),
        section=section,
        previous=number - 1 if number is not None and number - 1 in numbers else None,
        next=number + 1 if number is not None and number + 1 in numbers else None,
        last=numbers[-1] if numbers else None,
        part=part,
        WHOLE_MOST=WHOLE_MOST,
        plate=_plate(here, doc, number, quotation),
    )


def _plate(here: Knowledge, doc: str, number: int | None, quotation: Passage | Statement | None) -> Plate | None:
    """The printed page beside its text; None where it cannot, or may not, be drawn."""
    job = here.pictures.job(doc, number, quotation) if number is not None else None
    if job is None:
        return None
    kept = here.pictures.kept(job)
    return Plate(shown=request.args.get("picture") == "1", kilobytes=round(len(kept) / 1024) if kept else None)


def marked(here: Knowledge, doc: str, identifier: str) -> Passage | Statement | None:
    """The passage or statement that the address asks to mark; none where it is not this document's."""
    if not identifier:
        return None
    found: Passage | Statement | None = here.catalogue.passages_by_id([identifier]).get(identifier)
    found = found or here.catalogue.statements_by_id([identifier]).get(identifier)
    return found if found and found.doc == doc else None


def outline(sections: Sequence[Section]) -> list[Entry]:
    """The headings of a document with their depth.

    Depth counts the headings above one, so that a report which leaves out a level is not drawn with a gap.
    """
    above: list[int] = []
    entries = []
    for index, section in enumerate(sections):
        if section.heading:
            above = [level for level in above if level < section.level] + [section.level]
            entries.append(Entry(index=index, depth=len(above), section=section))
    return entries


def around(entries: list[Entry], here: int | None) -> list[Entry]:
    """The outline as it stands beside a page: every chapter, and the parts of the one that section ``here`` is in."""
    begun = [place for place, entry in enumerate(entries) if entry.depth == 1]
    first = max((p for p in begun if here is not None and entries[p].index <= here), default=0)
    last = min((p for p in begun if p > first), default=len(entries))
    return [
        entry
        for place, entry in enumerate(entries)
        if entry.depth == 1 or (first <= place < last and entry.depth <= CHAPTER_DEPTH)
    ]
