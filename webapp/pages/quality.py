"""How good the answers are: the figures of this library and those that ship, and how they were measured."""

from __future__ import annotations

from flask import Blueprint, render_template

from corpus.quality import of_home, shipped
from webapp.knowledge import knowledge

blueprint = Blueprint("quality", __name__)


@blueprint.get("/quality")
def quality() -> str:
    """Every measurement, this library's own first."""
    return render_template("quality.html", own=of_home(knowledge().folder), shipped=shipped())
