"""``/``: one search box, and ways in for those who do not know what to type."""

from __future__ import annotations

from flask import Blueprint, render_template

from index.answer import WHATS, Request
from webapp.address import Address
from webapp.knowledge import knowledge

blueprint = Blueprint("home", __name__)

NEWEST = 4
PRACTICES_SHOWN = 6
EXAMPLES: tuple[tuple[str, tuple[tuple[str, Address], ...]], ...] = (
    (
        "Running a programme",
        (
            ("Shelter for returned adolescents", Address(q="shelter for returned adolescents")),
            ("How others train guardians", Address(q="training guardians", view="practices")),
            ("Referral across a border", Address(q="cross-border referral of children", view="practices")),
        ),
    ),
    (
        "Writing a brief",
        (
            ("What goes wrong with guardianship", Address(q="guardianship delays", view="statements")),
            ("Handing over to government", Address(q="handing over to government sustainability")),
            ("Alternatives to detention", Address(q="alternatives to detention of children")),
        ),
    ),
    (
        "Teaching a course",
        (
            (
                "Lessons on reintegration",
                Address(q="reintegration", view="statements", filters={"kind": ("lesson",)}),
            ),
            ("Cases: children who take part", Address(q="participation of children", view="practices")),
            ("What training of officials needs", Address(q="training of trainers officials")),
        ),
    ),
)
"""Questions as three kinds of people bring them, each with the search that answers it."""


@blueprint.get("/")
def show() -> str:
    """The first page."""
    here = knowledge()
    newest = here.search(Request(what="documents", sort="newest", limit=NEWEST, facets=False))
    cards = [here.catalogue.card(hit.doc) for hit in newest.hits]
    return render_template(
        "home.html",
        examples=EXAMPLES,
        themes=[count for count in here.themes() if count.total],
        practices=here.practices()[:PRACTICES_SHOWN],
        newest=cards,
        totals={what: newest.totals.get(what, 0) for what in WHATS},
    )
