"""What every response carries: security headers, caching, compression."""

from __future__ import annotations

import gzip
import hashlib
import re
from functools import cache
from pathlib import Path

from flask import Flask, Response, g, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
"""Of scripts only our own files run, they may ask only this site, and none may turn text into markup."""
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
YEAR_SECONDS = 31_536_000
WORTH_COMPRESSING = 1024
"""Bytes under which a response fits one packet anyway."""
COMPRESSION_LEVEL = 5
"""Within 2 % of the smallest size for these pages, at half the time of level 9."""
COMPRESSED_TYPES = ("text/", "application/atom+xml", "application/json", "application/problem+json", "image/svg+xml")
VERSION_DIGITS = 10
CONTROLS = bytes([*range(0x09), 0x0B, *range(0x0E, 0x20), 0x7F])
"""Control characters that no HTML page may hold (WHATWG HTML 13.2.3.5), wherever a text or a question had them from."""
_MORE_CONTROLS = re.compile(rb"\xc2[\x80-\x9f]")
"""The others, U+0080 to U+009F, in UTF-8."""


def install(app: Flask) -> None:
    """Put the headers on every response of the application, and versions into the addresses of its static files."""
    app.after_request(finish)
    app.jinja_env.globals["asset"] = asset


def finish(response: Response) -> Response:
    """Complete a response on its way out."""
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static":
        # An address with a version never changes its content, so it need not be asked for again.
        if "v" in request.args:
            response.headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
    elif "Cache-Control" not in response.headers:
        # "no-cache" lets browsers keep a page but ask whether it still holds: a withdrawn item must vanish at once.
        response.headers["Cache-Control"] = "private, no-cache" if g.get("private") else "no-cache"
    if g.get("private"):
        response.vary.add("Cookie")
    if response.mimetype == "text/html" and not response.is_streamed:
        response.set_data(_MORE_CONTROLS.sub(b"", response.get_data().translate(None, CONTROLS)))
    compress(response)
    if request.method in ("GET", "HEAD") and response.status_code == 200 and not response.is_streamed:
        response.add_etag()
        response.make_conditional(request)
    return response


def no_store(response: WerkzeugResponse) -> WerkzeugResponse:
    """Mark a response as nobody's to keep or to list: of a page that only some may see."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def make_private() -> None:
    """Mark the answer to this request as one that the asker's cookie has changed: no shared cache may keep it."""
    g.private = True


def keyed(response: WerkzeugResponse) -> WerkzeugResponse:
    """Mark a response whose address holds a key: as `no_store`, and no request that its page makes tells the address.

    Not by "no-referrer": with it browsers send their own forms with ``Origin: null`` (Fetch standard, "append a request
    Origin header"), which is what they send for a foreign site's; over plain http nothing else says where one is from.
    """
    response.headers["Referrer-Policy"] = "strict-origin"
    return no_store(response)


def compress(response: Response) -> None:
    """Compress text for clients that take it: the pages are made for slow lines."""
    if not (response.mimetype or "").startswith(COMPRESSED_TYPES):
        return
    response.vary.add("Accept-Encoding")
    if response.status_code == 304 or "Content-Encoding" in response.headers or not request.accept_encodings["gzip"]:
        return
    if response.status_code == 206:  # a part is counted in bytes of the whole as it is; compressed it would fit nowhere
        return
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) < WORTH_COMPRESSING:
        return
    # A fixed time inside the file keeps the ETag equal for equal pages.
    response.set_data(gzip.compress(body, COMPRESSION_LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    tag, _weak = response.get_etag()
    if tag:
        response.set_etag(f"{tag}-gzip")


def asset(name: str) -> str:
    """The address of a static file with a version taken from its content."""
    return url_for("static", filename=name, v=_version(name))


@cache
def _version(name: str) -> str:
    data = (Path(__file__).parent / "static" / name).read_bytes()
    return hashlib.sha256(data).hexdigest()[:VERSION_DIGITS]
