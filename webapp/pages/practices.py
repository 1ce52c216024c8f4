"""Practices: the list, and one practice with what copying it takes and where each claim comes from."""

from __future__ import annotations

from flask import Blueprint, render_template

from corpus.model import PRACTICE_FIELDS
from webapp import machines, tended
from webapp.drawings.world import near
from webapp.explaining import acronyms_of
from webapp.knowledge import knowledge
from webapp.sources import cited_documents, shown_sources
from webapp.tongues import in_other_languages
from webapp.words import country_label

blueprint = Blueprint("practices", __name__, url_prefix="/practices")

FIRST = ("what_it_took", "what_failed", "when_not")
"""Shown before all others: what somebody who wants to copy a practice must know and is seldom told."""


@blueprint.get("")
def all_practices() -> str:
    """Every practice, those that are shown to work furthest first."""
    return render_template("practices.html", practices=knowledge().practices())


@blueprint.get("/<identifier>")
def practice(identifier: str) -> str:
    """One practice."""
    here = knowledge()
    item = here.catalogue.practice(identifier)
    documents = cited_documents(here, item.sources())
    source = here.catalogue.card(item.doc) if item.doc else None
    rest = [key for key in PRACTICE_FIELDS if key not in FIRST and key != "summary"]
    return render_template(
        "practice.html",
        practice=item,
        described=machines.of_practice(item, source, here.settings.public_url),
        acronyms=acronyms_of(item.doc, here.catalogue.entry(item.doc).acronyms if item.doc else ()),
        names=PRACTICE_FIELDS,
        first=FIRST,
        told=[key for key in rest if item.told.get(key)],
        blank=[PRACTICE_FIELDS[key] for key in rest if not item.told.get(key)],
        documents=documents,
        corrections=[one for one in here.corrections(item.doc).get(item.id, []) if one.sort == "practice"],
        sources=shown_sources(here, item.sources(), documents),
        alike=here.alike(item.id),
        names_of_places={place.country: country_label(place.country) for place in item.places},
        near=near(place.country for place in item.places),
        tongues=in_other_languages(item),
        looked=tended.looked(here, item.id),
        credit=tended.credit(here, item.id),
    )
