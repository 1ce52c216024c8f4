"""A search's hits as a file: the forms of `index.lists`, and a Word file with a footnote for every hit."""

from __future__ import annotations

from datetime import date
from typing import Final

from corpus.catalogue import Catalogue
from corpus.citation import card_of_practice
from corpus.model import Bibliography, Span
from corpus.resting import marked_text
from index import lists
from index.answer import Answer, Hit
from webapp.exports import docx
from webapp.exports.dossier import Dossier, Entry, EntryKind, Part
from webapp.exports.gathered import reachable
from webapp.languages import gettext as _
from webapp.languages import language, ngettext

FORMATS: Final[dict[str, lists.Format]] = {**lists.FORMATS, "docx": lists.Format("Word", "docx", docx.MEDIA)}
"""The forms of a list by the name that addresses and options use."""

_KINDS: Final = {
    "passages": EntryKind.PASSAGE,
    "statements": EntryKind.STATEMENT,
    "practices": EntryKind.PRACTICE,
    "documents": EntryKind.DOCUMENT,
}


def as_file(
    catalogue: Catalogue, answer: Answer, form: str, public_url: str = "", searched: date | None = None
) -> bytes:
    """The answer's hits as a file of one of FORMATS; ``searched`` is the day that a Word file tells."""
    if form != "docx":
        return lists.as_file(catalogue, answer, form, public_url)
    return docx.render(to_dossier(catalogue, answer, public_url, searched), accessed=searched)


def to_dossier(catalogue: Catalogue, answer: Answer, public_url: str = "", searched: date | None = None) -> Dossier:
    """The hits in their order, as what was gathered; addresses are ours only where others reach us."""
    shown = len(answer.hits)
    found = ngettext("%(n)s hit.", "%(n)s hits.", shown)
    if shown < answer.total:
        found = _("The first %(n)s of %(all)s hits.", n=shown, all=answer.total)
    entries = tuple(_entry(catalogue, hit, public_url.rstrip("/")) for hit in answer.hits)
    if answer.interpreted and answer.interpreted != answer.query:
        found += "\n\n" + _("Searched: %(query)s", query=answer.interpreted)
    return Dossier(
        title=_("Search: %(query)s", query=answer.query or answer.interpreted),
        introduction=found,
        date=searched.isoformat() if searched else "",
        language=language().code,
        parts=(Part(heading=_("What was found"), entries=entries),),
    )


def _entry(catalogue: Catalogue, hit: Hit, reached: str) -> Entry:
    """A hit as an entry; of a practice its summary with the marks of its sources, as far as it is our own."""
    whole = hit.what in ("practices", "documents")
    address = f"{reached}{hit.url}" if reached else ""
    rests = lists.rests_of_hit(catalogue, hit)
    ours = lists.is_our_summary(catalogue, hit)
    return Entry(
        kind=_KINDS[hit.what],
        id=hit.id,
        work=_work(catalogue, hit, address),
        title=hit.title if whole else "",
        text=marked_text(catalogue.practice(hit.id).told.get("summary", ()), rests) if ours else hit.text,
        language=hit.language,
        span=Span()
        if whole
        else Span(page=hit.page, page_end=hit.page_end, page_label=hit.page_label, page_end_label=hit.page_end_label),
        section="" if hit.what == "documents" else hit.section.rpartition(" › ")[2],
        address=address,
        rights=lists.rights_of(catalogue, hit),
        snippet=hit.snippet,
        says=hit.kind,
        achieved=hit.achieved,
        voice=hit.voice,
        is_our_summary=ours,
        rests=rests,
    )


def _work(catalogue: Catalogue, hit: Hit, address: str) -> Bibliography:
    """The document that a hit is from; of a practice record of ours the record, which is found at our address."""
    if hit.what != "practices":
        return catalogue.card(hit.doc)
    practice = catalogue.practice(hit.id)
    return catalogue.card(practice.doc) if practice.doc else reachable(card_of_practice(practice), address)
