"""Each request that only reads is answered from one state of the catalogue, looked up once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask

from corpus.catalogue.published import one_state
from webapp.forms import READING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class OneState:
    """The application, each reading of it of one state of the catalogue."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in READING:
            return self._application(environ, start_response)
        with one_state():
            return self._application(environ, start_response)


def install(app: Flask) -> None:
    """Pin what is read by a request to the state in which it began."""
    app.wsgi_app = OneState(app.wsgi_app)  # type: ignore[method-assign]
