"""Permanent addresses of passages and statements: the quotation, where it stands, how to cite it."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from corpus.catalogue.groups import kin_of
from corpus.catalogue.relations import answers
from corpus.citation import cite
from corpus.model import Passage, Statement
from webapp import machines
from webapp.explaining import acronyms_of
from webapp.knowledge import knowledge

blueprint = Blueprint("quotations", __name__)

KIN_SHOWN = 20
"""So many of the statements that say the same are shown: a sentence of a form may stand in a thousand documents."""


@blueprint.get("/passages/<identifier>")
def passage(identifier: str) -> str:
    """One passage."""
    catalogue = knowledge().catalogue
    item = catalogue.passage(identifier)
    around = [p for p in catalogue.passages(item.doc) if abs(p.ordinal - item.ordinal) == 1 and p.id != item.id]
    inside = [s for s in catalogue.statements(item.doc) if s.passage == item.id]
    return _page(item, language=item.language, around=around, statements=inside, themes=item.concepts())


@blueprint.get("/statements/<identifier>")
def statement(identifier: str) -> str:
    """One statement."""
    catalogue = knowledge().catalogue
    item = catalogue.statement(identifier)
    within = catalogue.passages_by_id([item.passage]).get(item.passage)
    language = within.language if within else catalogue.card(item.doc).language
    answer = answers(catalogue, item.doc).get(item.id)
    responder = catalogue.card(answer.doc) if answer else None
    kin = sorted(kin_of(catalogue, item), key=lambda other: other.doc == item.doc)  # what others say comes first
    return _page(
        item,
        language=language,
        within=within,
        themes=item.themes,
        answer=answer,
        responder=responder,
        kin=kin[:KIN_SHOWN],
        kin_left_out=max(len(kin) - KIN_SHOWN, 0),
        cards={other.doc: catalogue.card(other.doc) for other in kin[:KIN_SHOWN]},
        documents=len({item.doc, *(other.doc for other in kin)}),
    )


def _page(item: Passage | Statement, **told: object) -> str:
    here = knowledge()
    card = here.catalogue.card(item.doc)
    permanent = here.settings.public_url.rstrip("/") + request.path
    acronyms = acronyms_of(item.doc, here.catalogue.entry(item.doc).acronyms)
    given: dict[str, object] = {"around": [], "statements": [], "within": None, "answer": None, "kin": [], **told}
    return render_template(
        "quotation.html",
        item=item,
        described=machines.of_quotation(item, card, here.settings.public_url),
        acronyms=acronyms,
        statement=item if isinstance(item, Statement) else None,
        card=card,
        cited=cite(
            card,
            span=item.span,
            section="".join(item.path[-1:]),
            quotation=item.text,
            public_url=permanent if here.settings.public_url else "",
        ),
        permanent=permanent,
        retired=here.catalogue.retired(item.id),
        corrections=here.corrections(item.doc).get(item.id, []),
        programmes=here.witnesses(item.group) if isinstance(item, Statement) else 1,
        notes=notes_near(item),
        **given,
    )


def notes_near(item: Passage | Statement) -> list[tuple[int, str, int]]:
    """The pages of a quotation that have notes at their foot: number, label, how many notes.

    The text has no marks of notes, so which of them belongs to the quotation is not known.
    """
    catalogue, first = knowledge().catalogue, item.span.page
    if first is None:
        return []
    there = {number for number, _ in catalogue.page_numbers(item.doc)}
    pages = [catalogue.page(item.doc, n) for n in range(first, (item.span.page_end or first) + 1) if n in there]
    return [(page.number, page.label or "", len(page.footnotes)) for page in pages if page.number and page.footnotes]
