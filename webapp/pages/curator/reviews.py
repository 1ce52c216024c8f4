"""Reviews: what is a draft, what was looked through, and what is due for another look."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import render_template, request
from werkzeug.wrappers import Response

from corpus.errors import NotInCatalogue, UsageError
from corpus.people import reviews as kept
from webapp.forms import see
from webapp.knowledge import knowledge
from webapp.languages import gettext as _
from webapp.pages.curator.door import blueprint, require_curator
from webapp.problems import said

FIELDS = ("item", "state", "due", "note")


@blueprint.get("/reviews")
def reviews() -> str:
    """What is due first, and the form to say what something is now; ``?item=`` fills its id in."""
    item = request.args.get("item", "").strip()
    said = kept.review_of(knowledge().people, item) if item else None
    typed = {"state": "reviewed", "due": said.due if said else "", "note": said.note if said else ""}
    return _page({"item": item, **typed})


@blueprint.post("/reviews")
def keep_review() -> Response | tuple[str, int]:
    """Keep what a curator says of an item, or take it back."""
    here, who = knowledge(), require_curator()
    typed = {name: request.form.get(name, "").strip() for name in FIELDS}
    if request.form.get("do") == "undo":
        kept.take_back(here.people, typed["item"], who)
        return see("curator.reviews")
    try:
        kept.review(here.people, here.kept, typed["item"], typed["state"], who, due=typed["due"], note=typed["note"])
    except NotInCatalogue:
        return _page(typed, _("Nothing here has this id; copy it from the address of the item’s page.")), 422
    except UsageError as error:
        return _page(typed, said(error)), 422
    return see("curator.reviews", _anchor=f"review-{typed['item']}")


def _page(typed: dict[str, str], problem: str = "") -> str:
    here = knowledge()
    listed = kept.agenda(here.people, here.kept)
    return render_template(
        "curator/reviews.html",
        listed=listed,
        documents={entry.card.id for entry in here.kept.entries()},
        typed=typed,
        problem=problem,
        today=datetime.now(UTC).date(),
    )
