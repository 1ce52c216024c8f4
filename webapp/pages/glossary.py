"""The glossary: every term by the alphabet, and one term with its source and what belongs to it."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, render_template

from corpus.concepts import Concept, vocabulary
from corpus.glossary import Term, glossary
from corpus.ids import fold
from webapp.address import Address, shortened
from webapp.languages import gettext
from webapp.problems import NotHere
from webapp.tongues import here_in_translation, in_other_languages, name_here

blueprint = Blueprint("glossary", __name__, url_prefix="/glossary")

TOPICS = {"themes": "topics.theme", "target-groups": "topics.group"}
"""The schemes whose concepts have pages of their own, with the endpoint of these."""


@blueprint.get("")
def all_terms() -> str:
    """Every term with its definition."""
    here = [here_in_translation(term) for term in glossary().terms]
    terms = sorted(glossary().terms, key=_sorted_by)
    letters = groupby(terms, key=lambda term: _sorted_by(term)[0].upper())
    return render_template(
        "glossary.html",
        letters=[(letter, list(some)) for letter, some in letters],
        tongues={term.id: in_other_languages(term) for term in terms},
        vouched=next((tongue for tongue in here if tongue and tongue.text.is_unreviewed), None),
    )


@blueprint.get("/<identifier>")
def term(identifier: str) -> str:
    """One term."""
    words = glossary()
    if identifier not in words:
        raise NotHere(
            gettext("The glossary has no “%(typed)s”; its page lists all terms.", typed=shortened(identifier))
        )
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


def _sorted_by(term: Term) -> str:
    """A term's name as dictionaries sort it: Arabic ones without their article."""
    return fold(name_here(term).removeprefix("ال"))


def _topic(item: Term) -> Concept | None:
    """The theme or target group that a term belongs to."""
    concept = vocabulary().concept(item.concept) if item.concept else None
    return concept if concept and concept.scheme in TOPICS else None
