"""``/healthz``: whether this process can answer, for the machine that watches it."""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response

from index.answer import Request
from webapp.knowledge import knowledge

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """200 once catalogue and index answer; otherwise the error's own status."""
    here = knowledge()
    here.search(Request(limit=1, facets=False, totals=False))
    told = {"status": "ok", "revision": here.catalogue.revision()}
    return Response(msgspec.json.encode(told), content_type="application/json", headers={"Cache-Control": "no-store"})
