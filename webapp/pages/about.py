"""What this is, how to search it, and what to do about a safety concern."""

from __future__ import annotations

from flask import Blueprint, render_template

from index.answer import FACETS
from webapp.knowledge import knowledge

blueprint = Blueprint("about", __name__)


@blueprint.get("/about")
def about() -> str:
    """What this is, what it promises, under which licences."""
    here = knowledge()
    return render_template("about.html", counts=here.catalogue.counts(), keeps_unanswered=here.settings.keep_unanswered)


@blueprint.get("/help/search")
def help_search() -> str:
    """The query grammar."""
    return render_template("help_search.html", fields=FACETS)


@blueprint.get("/safety")
def safety() -> str:
    """What to do about something here that could do harm."""
    return render_template("safety.html", contact=knowledge().settings.safety_contact)
