"""The glossary: every term by the alphabet, and one term with its source and what belongs to it."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, render_template

from corpus.concepts import Concept, vocabulary
from corpus.glossary import Term, glossary
from corpus.ids import fold
from webapp.address import Address, shortened
from webapp.problems import NotHere
from webapp.tongues import in_other_languages

blueprint = Blueprint("glossary", __name__, url_prefix="/glossary")

TOPICS = {"themes": "topics.theme", "target-groups": "topics.group"}
"""The schemes whose concepts have pages of their own, with the endpoint of these."""


@blueprint.get("")
def all_terms() -> str:
    """Every term with its definition."""
    letters = groupby(glossary().terms, key=lambda term: fold(term.term)[0].upper())
    return render_template(
        "glossary.html",
        letters=[(letter, list(terms)) for letter, terms in letters],
        tongues={term.id: in_other_languages(term) for term in glossary().terms},
    )


@blueprint.get("/<identifier>")
def term(identifier: str) -> str:
    """One term."""
    words = glossary()
    if identifier not in words:
        raise NotHere(f"The glossary has no “{shortened(identifier)}”; its page lists all terms.")
    item = words.term(identifier)
    topic = _topic(item)
    return render_template(
        "term.html",
        term=item,
        related=[words.term(other) for other in item.see],
        search=Address(q=item.term),
        topic=topic,
        tongues=in_other_languages(item),
        endpoint=TOPICS[topic.scheme] if topic else "",
    )


def _topic(item: Term) -> Concept | None:
    """The theme or target group that a term belongs to."""
    concept = vocabulary().concept(item.concept) if item.concept else None
    return concept if concept and concept.scheme in TOPICS else None
