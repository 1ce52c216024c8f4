"""What goes wrong, told to a person as a page and to a program as problem details (RFC 9457)."""

from __future__ import annotations

from typing import Any, TypedDict

import msgspec
from flask import Flask, Response, current_app, render_template, request
from flask.globals import request_ctx
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from corpus.errors import (
    CatalogueBusy,
    CatalogueMismatch,
    FingerpostError,
    IndexMissing,
    NotInCatalogue,
    UsageError,
    Withdrawn,
)
from corpus.messages import Message
from corpus.model import Value
from webapp.languages import ENGLISH, N_, gettext
from webapp.languages import told as in_page_language

API_PREFIX = "/api/"
PROBLEM_JSON = "application/problem+json"
PLAIN = "text/plain; charset=utf-8"


class Problem(Value, frozen=True):
    """One problem: HTTP status, a short title, a sentence that says what to do; ``type`` tells programs more."""

    status: int
    title: str
    detail: str
    type: str = "about:blank"


class ProblemJson(TypedDict):
    """A problem as programs are told it (RFC 9457): what went wrong, and what to do."""

    type: str
    title: str
    status: int
    detail: str
    instance: str


class NotHere(NotInCatalogue):
    """Nothing is at this address, with a sentence for its reader (the catalogue's own speak of commands)."""


class TooBusy(FingerpostError, RuntimeError):
    """What was asked for has to wait for what others asked for, with a sentence for its reader."""


class ListChanged(FingerpostError, RuntimeError):
    """A list that is read in parts is no longer what it was, with a sentence for its reader."""


WITHDRAWN = N_("This item was withdrawn and is no longer shown.")
TITLES = {
    400: N_("This address does not say what to show"),
    403: N_("This was not sent from a page of this library"),
    404: N_("Nothing stands at this address"),
    405: N_("This address does not take that"),
    410: N_("Withdrawn"),
    413: N_("This is too much at once"),
    429: N_("Too many requests"),
    500: N_("Something broke on our side"),
    503: N_("The knowledge base is not ready"),
}
BUSY = N_("Busy just now")
CHANGED = N_("This list has changed")
LOCKED = N_("Another program is writing to this library, so nothing was changed. Try again in a few minutes.")
LIST_CHANGED = "/api#list-changed"
"""Where a program's author reads what to do about it."""
OTHER = N_("This request cannot be answered")
DETAILS = {
    404: N_("The address may be mistyped, or what stood here was never in this library. Search for what you expected."),
    405: N_("Open the page itself, or send the form that stands on it."),
    413: N_("Send less: fewer or shorter texts, or a smaller file."),
    500: N_("The fault was noted. Try again, or search for what you need."),
    503: N_("Its index is missing or belongs to another version; whoever keeps it finds the reason in the log."),
}
OTHERWISE = N_("Check the address, or search for what you expected.")
OURS = (400, 403, 429)
"""Statuses whose sentences are written where they are raised."""
PASSED_ON = ("Allow", "Retry-After", "Content-Range")
"""Headers of an error that tell a program what to do next."""
BUSY_SECONDS = 60
"""After how long a program may ask again for what others' requests kept it from."""


def install(app: Flask) -> None:
    """Answer every error with a page or with problem details."""
    app.register_error_handler(FingerpostError, _told)
    app.register_error_handler(HTTPException, _from_http)
    app.register_error_handler(Exception, _unexpected)


def of(error: FingerpostError) -> Problem:
    """The problem that one of our own errors is.

    Only sentences meant for readers are passed on: others name files and commands, and a withdrawn item's address says
    nothing more than that.
    """
    if isinstance(error, Withdrawn):
        return _problem(410, gettext(WITHDRAWN))
    if isinstance(error, ListChanged):
        return Problem(type=LIST_CHANGED, status=410, title=gettext(CHANGED), detail=_sentence(error))
    if isinstance(error, CatalogueBusy):
        return _problem(503, gettext(LOCKED), BUSY)
    known = ((UsageError, 400), (NotInCatalogue, 404), (IndexMissing, 503), (CatalogueMismatch, 503), (TooBusy, 503))
    status = next((status for kind, status in known if isinstance(error, kind)), 500)
    told = isinstance(error, (UsageError, NotHere, TooBusy))
    return _problem(status, _sentence(error) if told else "", BUSY if isinstance(error, TooBusy) else "")


def _sentence(error: FingerpostError) -> str:
    """What an error says, in the page's language where it was made for pages."""
    return in_page_language(error.args[0]) if error.args and isinstance(error.args[0], str) else str(error)


def said(error: FingerpostError) -> str:
    """What an error says, to stand on a page: in its language where it was made for pages, else marked as English."""
    told = _sentence(error)
    if not error.args or isinstance(error.args[0], Message):
        return told
    return Markup('<span lang="{}" dir="ltr">{}</span>').format(ENGLISH, told)


def _problem(status: int, detail: str = "", title: str = "") -> Problem:
    """A problem in the page's language: what is not told is what its status usually is."""
    told = detail or gettext(DETAILS.get(status, OTHERWISE))
    return Problem(status=status, title=gettext(title or TITLES.get(status, OTHER)), detail=told)


def respond(problem: Problem) -> Response:
    """The problem as the client's part of the site speaks: JSON under /api/, else a page with a search box."""
    if request.path.startswith(API_PREFIX):
        told: ProblemJson = {
            "type": problem.type,
            "title": problem.title,
            "status": problem.status,
            "detail": problem.detail,
            "instance": request.path,
        }
        return Response(msgspec.json.encode(told), problem.status, content_type=PROBLEM_JSON)
    if request_ctx.url_adapter is None:  # the name of the host is none, so that no address of ours can be told
        return Response(f"{problem.title}. {problem.detail}\n", problem.status, content_type=PLAIN)
    page = render_template("problem.html", problem=problem, asked=request.args.get("q", "")[:200])
    return Response(page, problem.status)


def _told(error: Exception) -> Response:
    assert isinstance(error, FingerpostError)
    problem = of(error)
    if problem.status >= 500:
        current_app.logger.error("%s %r: %s", request.method, _loggable_path(), error)
    response = respond(problem)
    if isinstance(error, (TooBusy, CatalogueBusy)):
        response.headers["Retry-After"] = str(BUSY_SECONDS)
    return response


def _from_http(error: Exception) -> Any:
    assert isinstance(error, HTTPException)
    status = error.code or 500
    if status < 400:
        return error
    response = respond(_problem(status, (error.description or "") if status in OURS else ""))
    for name, value in error.get_headers(request.environ):
        if name in PASSED_ON:
            response.headers[name] = value
    return response


def _unexpected(error: Exception) -> Response:
    current_app.logger.error("%s %r", request.method, _loggable_path(), exc_info=error)
    return respond(_problem(500))


def _loggable_path() -> str:
    """The path that was asked for, without a key in it: whoever reads a log must not get into somebody's collection."""
    key = (request.view_args or {}).get("key", "")
    return request.path.replace(key, "[key]") if key else request.path
