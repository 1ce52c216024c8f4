"""Who may read the API from where: pages of any site may, because all of it is public and nothing is done with it."""

from __future__ import annotations

from flask import Response, request

from webapp.forms import READING
from webapp.problems import API_PREFIX

DAY_SECONDS = 86_400
SHARED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": ", ".join(READING),
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": str(DAY_SECONDS),
}


def share(response: Response) -> Response:
    """Say on an answer of the API that any site may read it (the Fetch standard's CORS protocol)."""
    if request.path.startswith(API_PREFIX) and request.method in READING:
        response.headers.update(SHARED)
        if request.method == "OPTIONS":
            response.headers.update(PREFLIGHT)
    return response
