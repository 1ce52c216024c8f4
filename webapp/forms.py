"""What every request that changes something must pass, and how it is answered.

Nobody has an account and no page sets a cookie but the curators' own (``SameSite=Strict``), so that a foreign site can
do little in a reader's name; what it could still send is turned away here.  Browsers say where a request comes from
(``Sec-Fetch-Site``; older ones ``Origin``); programs that say neither are not led by a foreign page.
"""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, redirect, request, url_for
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

READING = ("GET", "HEAD", "OPTIONS")
"""Methods that change nothing: a form's answer must show what it changed."""
OWN = ("same-origin", "none")
"""What browsers say of a request that one of our pages, or the person, made (W3C Fetch Metadata)."""
MAX_FORM_BYTES = 1_000_000
"""Room for a record of a practice or a long collection; a route that takes files raises it for itself."""


def install(app: Flask, public_url: str = "") -> None:
    """Turn away what another site sends, and forms larger than any of ours.

    Behind a proxy that asks by another name, browsers send from the host of ``public_url``.
    """
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = MAX_FORM_BYTES
    public = urlsplit(public_url).netloc.lower()
    app.before_request(partial(require_own_page, public))


def require_own_page(public: str) -> None:
    """Let a request that changes something through only where it comes from this site, by its host or as ``public``.

    Raises:
        Forbidden: another site sent it.
    """
    if request.method in READING:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    own = {request.host, public} - {""}
    foreign = site not in OWN if site is not None else bool(origin) and urlsplit(origin or "").netloc not in own
    if foreign:
        raise Forbidden("This was sent from another site; open the page here and send its form.")


def see(endpoint: str, /, _anchor: str = "", **values: Any) -> Response:
    """Send the browser on to one of our own pages after a form was taken (303): by a path, never by a host's name."""
    return redirect(url_for(endpoint, _anchor=_anchor or None, **values), code=303)
