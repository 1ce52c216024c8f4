"""``/``: one search box, and ways in for those who do not know what to type."""

from __future__ import annotations

from flask import Blueprint, render_template

from corpus.notes import is_note
from index.answer import WHATS, Request
from webapp.address import Address
from webapp.drawings.world import world
from webapp.knowledge import knowledge
from webapp.languages import N_
from webapp.present import is_ours
from webapp.words import country_label

blueprint = Blueprint("home", __name__)

NEWEST = 4
PRACTICES_SHOWN = 6
EXAMPLES: tuple[tuple[str, tuple[tuple[str, Address], ...]], ...] = (
    (
        N_("Running a programme"),
        (
            (N_("Shelter for returned adolescents"), Address(q="shelter for returned adolescents")),
            (N_("How others train professionals"), Address(q="training for professionals", view="practices")),
            (N_("Referral across a border"), Address(q="cross-border referral of children", view="practices")),
        ),
    ),
    (
        N_("Writing a brief"),
        (
            (N_("Best interests before a return"), Address(q="best interests of the child before return")),
            (N_("When the grant has ended"), Address(q="services after the grant has ended")),
            (N_("What is said of guardianship"), Address(q="guardianship")),
        ),
    ),
    (
        N_("Teaching a course"),
        (
            (N_("All lessons"), Address(view="statements", filters={"kind": ("lesson",)})),
            (N_("Cases: reintegration"), Address(q="reintegration of children and families", view="practices")),
            (N_("Cases: children who take part"), Address(q="participation of children", view="practices")),
        ),
    ),
)
"""Questions as three kinds of people bring them, each with a search that the shipped knowledge base answers."""


@blueprint.get("/")
def show() -> str:
    """The first page."""
    here = knowledge()
    others = (card for card in here.cards().values() if not is_note(card.id))  # notes have a place of their own
    cards = sorted(others, key=lambda card: (card.date or "0", card.title), reverse=True)[:NEWEST]
    read = any(entry.version and not is_ours(entry.card.id) for entry in here.entries())
    totals = here.search(Request(what="documents", limit=0, facets=False)).totals if here.ready else {}
    return render_template(
        "home.html",
        examples=EXAMPLES,
        themes=[count for count in here.themes() if count.total],
        practices=here.practices()[:PRACTICES_SHOWN],
        notes=here.notes(),
        newest=cards,
        world=world({one.value: one.total for one in here.counted("country")}),
        countries={one.value: country_label(one.value) for one in here.counted("country")},
        sources_read=read,
        totals={what: totals.get(what, 0) for what in WHATS},
    )
