"""Themes: the list, and what this library holds on one of them."""

from __future__ import annotations

from flask import Blueprint, render_template

from corpus.concepts import Concept, vocabulary
from corpus.model import StatementKind
from index.answer import Request
from webapp.address import Address, shortened
from webapp.knowledge import knowledge
from webapp.problems import NotHere

blueprint = Blueprint("themes", __name__, url_prefix="/themes")

STATEMENTS_SHOWN = 3
ITEMS_SHOWN = 8
SCHEME = "themes"


@blueprint.get("")
def all_themes() -> str:
    """Every theme with its definition and counts."""
    return render_template("themes.html", themes=knowledge().themes())


@blueprint.get("/<identifier>")
def theme(identifier: str) -> str:
    """One theme: what it is, and what is known here."""
    here = knowledge()
    concept = _theme(identifier)
    only: dict[str, tuple[str, ...]] = {"theme": (concept.id,)}
    by_kind = {
        kind.value: here.search(
            Request(
                what="statements",
                filters={**only, "kind": (kind.value,)},
                sort="independence",
                limit=STATEMENTS_SHOWN,
                facets=False,
            )
        )
        for kind in StatementKind
    }
    practices = here.search(Request(what="practices", filters=only, limit=ITEMS_SHOWN, facets=False))
    documents = here.search(Request(what="documents", filters=only, limit=ITEMS_SHOWN, facets=False))
    words = vocabulary()
    return render_template(
        "theme.html",
        theme=concept,
        broader=[words.concept(above) for above in concept.broader],
        narrower=words.narrower(concept.id),
        by_kind={kind: found for kind, found in by_kind.items() if found.total},
        missing=[kind for kind, found in by_kind.items() if not found.total],
        practices=[here.catalogue.practice(hit.id) for hit in practices.hits],
        practices_total=practices.total,
        documents=[here.catalogue.card(hit.doc) for hit in documents.hits],
        documents_total=documents.total,
        totals=documents.totals,
        address=Address(filters=only),
    )


def _theme(identifier: str) -> Concept:
    if identifier in vocabulary() and (found := vocabulary().concept(identifier)).scheme == SCHEME:
        return found
    raise NotHere(f"There is no theme called “{shortened(identifier)}”; the page of themes lists them.")
