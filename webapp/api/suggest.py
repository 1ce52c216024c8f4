"""``/api/v1/suggest``: what the words typed so far may become, for the search box as one types."""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response, request

from index.suggest import SORTS, Suggestion
from webapp.address import Address
from webapp.knowledge import knowledge

blueprint = Blueprint("suggest", __name__, url_prefix="/api/v1")


@blueprint.get("/suggest")
def suggest() -> Response:
    """Suggestions, those of one sort together."""
    here = knowledge()
    typed = request.args.get("q", "")
    public = here.settings.public_url.rstrip("/")
    told = {"query": typed, "suggestions": [_told(one, public) for one in here.library.suggest(typed)]}
    return Response(msgspec.json.encode(told), content_type="application/json")


def _told(one: Suggestion, public_url: str) -> dict[str, object]:
    """A suggestion as JSON; its address is where choosing it leads."""
    path = one.path or Address(q=one.text, filters=one.filters).url
    told = {name: getattr(one, name) for name in ("label", "means", "text", "filters", "count")}
    return {"sort": one.sort, "sort_label": SORTS[one.sort], **told, "url": public_url + path}
