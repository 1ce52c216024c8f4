"""Searches that found nothing or little: the gaps to fill next."""

from __future__ import annotations

from flask import render_template, request
from werkzeug.wrappers import Response

from corpus.people import gaps as searches
from webapp.forms import see
from webapp.knowledge import knowledge
from webapp.pages.curator.door import blueprint, require_curator

SHOWN = 200
"""Questions on the page: those asked most often; the rest come up as these are handled."""


@blueprint.get("/gaps")
def gaps() -> str:
    """The questions of the last year, those asked most often first."""
    here = knowledge()
    found = searches.gaps(here.people)
    return render_template(
        "curator/gaps.html",
        gaps=found[:SHOWN],
        left_out=max(len(found) - SHOWN, 0),
        kept=here.settings.keep_unanswered,
    )


@blueprint.post("/gaps")
def forget_gaps() -> Response:
    """Forget the chosen questions: they were handled, or never will be."""
    searches.forget(knowledge().people, require_curator(), request.form.getlist("question"))
    return see("curator.gaps")
