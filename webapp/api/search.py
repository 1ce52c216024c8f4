"""``/api/v1/search``: the same answers as the search page, as JSON."""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response, request

from index import answer
from webapp import address
from webapp.knowledge import knowledge

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@blueprint.get("/search")
def search() -> Response:
    """Hits, facets and what was searched for."""
    here = knowledge()
    found = here.search(address.read_api(request.args))
    told = answer.to_json(found, here.settings.public_url)
    return Response(msgspec.json.encode(told), content_type="application/json")
