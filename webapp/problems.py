"""What goes wrong, told to a person as a page and to a program as problem details (RFC 9457)."""

from __future__ import annotations

from typing import Any

import msgspec
from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException

from corpus.errors import CatalogueMismatch, FingerpostError, IndexMissing, NotInCatalogue, UsageError, Withdrawn
from corpus.model import Value

API_PREFIX = "/api/"
PROBLEM_JSON = "application/problem+json"


class Problem(Value, frozen=True):
    """One problem: HTTP status, a short title, a sentence that says what to do."""

    status: int
    title: str
    detail: str


class NotHere(NotInCatalogue):
    """Nothing is at this address, with a sentence for its reader (the catalogue's own speak of commands)."""


class TooBusy(FingerpostError, RuntimeError):
    """What was asked for has to wait for what others asked for, with a sentence for its reader."""


WITHDRAWN = Problem(status=410, title="Withdrawn", detail="This item was withdrawn and is no longer shown.")
TITLES = {
    400: "This address does not say what to show",
    404: "Nothing stands at this address",
    405: "This page is only for reading",
    500: "Something broke on our side",
    503: "The knowledge base is not ready",
}
DETAILS = {
    404: "The address may be mistyped, or what stood here was never in this library. Search for what you expected.",
    405: "Open this address with GET.",
    500: "The fault was noted. Try again, or search for what you need.",
    503: "Its index is missing or belongs to another version; whoever keeps it finds the reason in the log.",
}


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
        return WITHDRAWN
    known = ((UsageError, 400), (NotInCatalogue, 404), (IndexMissing, 503), (CatalogueMismatch, 503), (TooBusy, 503))
    status = next((status for kind, status in known if isinstance(error, kind)), 500)
    told = isinstance(error, (UsageError, NotHere, TooBusy))
    return Problem(status=status, title=TITLES[status], detail=str(error) if told else DETAILS[status])


def respond(problem: Problem) -> Response:
    """The problem as the client's part of the site speaks: JSON under /api/, else a page with a search box."""
    if request.path.startswith(API_PREFIX):
        told = {"type": "about:blank", **msgspec.structs.asdict(problem), "instance": request.path}
        return Response(msgspec.json.encode(told), problem.status, content_type=PROBLEM_JSON)
    page = render_template("problem.html", problem=problem, asked=request.args.get("q", "")[:200])
    return Response(page, problem.status)


def _told(error: Exception) -> Response:
    assert isinstance(error, FingerpostError)
    problem = of(error)
    if problem.status >= 500:
        current_app.logger.error("%s %s: %s", request.method, request.path, error)
    return respond(problem)


def _from_http(error: Exception) -> Any:
    assert isinstance(error, HTTPException)
    status = error.code or 500
    if status < 400:
        return error
    detail = DETAILS.get(status) or error.description or ""
    response = respond(Problem(status=status, title=TITLES.get(status, error.name), detail=detail))
    for name, value in error.get_headers(request.environ):
        if name == "Allow":
            response.headers[name] = value
    return response


def _unexpected(error: Exception) -> Response:
    current_app.logger.error("%s %s", request.method, request.path, exc_info=error)
    return respond(Problem(status=500, title=TITLES[500], detail=DETAILS[500]))
