"""What every request that changes something must pass, and how it is answered.

Nobody has an account and no page sets a cookie but the curators' own (``SameSite=Strict``), so that a foreign site can
do little in a reader's name; what it could still send is turned away here.  Browsers say where a request comes from
(``Sec-Fetch-Site``; older ones ``Origin``); programs that say neither are not led by a foreign page.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Flask, redirect, request, url_for
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from webapp.knowledge import knowledge

READING = ("GET", "HEAD", "OPTIONS")
"""Methods that change nothing: a form's answer must show what it changed."""
OWN = ("same-origin", "none")
"""What browsers say of a request that one of our pages, or the person, made (W3C Fetch Metadata)."""
MAX_FORM_BYTES = 1_000_000
"""Room for a record of a practice or a long collection; a route that takes files raises it for itself."""


def install(app: Flask) -> None:
    """Turn away what another site sends, and forms larger than any of ours."""
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = MAX_FORM_BYTES
    app.before_request(require_own_page)


def require_own_page() -> None:
    """Let a request that changes something through only where it comes from this site.

    Raises:
        Forbidden: another site sent it.
    """
    if request.method in READING:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    foreign = site not in OWN if site is not None else bool(origin) and not _is_ours(urlsplit(origin or "").netloc)
    if foreign:
        raise Forbidden("This was sent from another site; open the page here and send its form.")


def _is_ours(host: str) -> bool:
    """Whether a host is this site's: as it was asked for or, behind a proxy that asks by another name, as others do."""
    public = urlsplit(knowledge().settings.public_url).netloc.lower()
    return host == request.host or (bool(public) and host == public)


def see(endpoint: str, /, _anchor: str = "", **values: Any) -> Response:
    """Send the browser on to one of our own pages after a form was taken (303): by a path, never by a host's name."""
    return redirect(url_for(endpoint, _anchor=_anchor or None, **values), code=303)
