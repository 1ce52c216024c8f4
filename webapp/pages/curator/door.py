"""Who may come in: sign-in by token, a cookie for as long as the browser stays open, sign-out.

The cookie carries the token itself.  A session secret of its own would have to be kept beside it and opens the same
doors; so there is one secret, of which the server knows only the hash: a stolen database lets nobody in, revoking holds
at the next request, and there is nothing to expire or to tidy.  The token is in no address and in no log.
"""

from __future__ import annotations

import math
from urllib.parse import urlsplit

from flask import Blueprint, abort, current_app, g, render_template, request
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from corpus.people import audit, curators
from webapp.forms import see
from webapp.headers import make_private, no_store
from webapp.knowledge import EXTENSION, knowledge
from webapp.languages import gettext as _
from webapp.languages import ngettext
from webapp.limits import Limit, asking
from webapp.pages.curator.nav import NAV
from webapp.words import field_words

COOKIE = "curator"
SIGN_IN = "curator.sign_in"
TOKEN_MAX = 200
TRIES_A_MINUTE = 10
"""Tokens that one client may try: nobody mistypes more, and of 2²⁵⁶ no program gets anywhere."""

blueprint = Blueprint("curator", __name__, url_prefix="/curator")


def curator() -> str | None:
    """The name of the curator who sent this request, checked anew for each; None where it is nobody's."""
    if "curator" not in g:
        token = request.cookies.get(COOKIE, "")
        g.curator = curators.name_of(knowledge().people, token) if token else None
    found: str | None = g.curator
    return found


def require_curator() -> str:
    """The curator's name; who has none is led to the sign-in page, whatever was asked.  For pages elsewhere too."""
    return curator() or abort(see(SIGN_IN))


@blueprint.app_template_global()
def curating() -> bool:
    """Whether a page is made for a curator, to offer what only curators do; it is then theirs alone to keep.

    Without the cookie it says no and leaves no trace: everybody else gets the same bytes.
    """
    if curator() is None:
        return False
    make_private()
    return True


@blueprint.before_request
def _only_curators() -> None:
    if request.endpoint != SIGN_IN:
        require_curator()


@blueprint.after_request
def _private(response: Response) -> Response:
    """No page of these is kept by a browser or a proxy, or listed by a search engine."""
    return no_store(response)


@blueprint.context_processor
def _for_templates() -> dict[str, object]:
    return {"nav": NAV, "who": curator(), "field_words": field_words}


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> str | Response | tuple[str, int]:
    """The form for the token, and what becomes of one."""
    if request.method != "POST":
        return render_template("curator/sign_in.html", problem="")
    wait = _tries().wait(asking())
    if wait:
        seconds = math.ceil(wait)
        raise TooManyRequests(
            ngettext(
                "Too many tries. Wait %(n)s second, then try again.",
                "Too many tries. Wait %(n)s seconds, then try again.",
                seconds,
            ),
            retry_after=seconds,
        )
    token = request.form.get("token", "").strip()[:TOKEN_MAX]
    name = curators.name_of(knowledge().people, token)
    if name is None:
        problem = _("This token lets nobody in. Copy it whole, or ask whoever keeps this library for a new one.")
        return render_template("curator/sign_in.html", problem=problem), 403
    audit.told(knowledge().people, name, "signed in")
    answer = see("curator.overview")
    answer.set_cookie(COOKIE, token, secure=_is_safe(), httponly=True, samesite="Strict", path="/")
    return answer


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """Forget the cookie."""
    audit.told(knowledge().people, require_curator(), "signed out")
    answer = see(SIGN_IN)
    answer.delete_cookie(COOKIE, secure=_is_safe(), httponly=True, samesite="Strict", path="/")
    return answer


def _tries() -> Limit:
    """Who tries tokens is slowed down; the limit lives as long as the application."""
    found: Limit = current_app.extensions.setdefault(f"{EXTENSION}.tries", Limit(TRIES_A_MINUTE))
    return found


def _is_safe() -> bool:
    """Whether the browser came by https: as the server sees it, or by the public address, whose proxy ended it."""
    public = urlsplit(knowledge().settings.public_url)
    return request.is_secure or (public.scheme == "https" and public.netloc == request.host)
