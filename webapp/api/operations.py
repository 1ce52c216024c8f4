"""What the API can be asked, each declared once: a route, its parameters, the shape of its answer.

    @operation("/documents/<doc>", DocumentRecord, tag="Documents")
    def document(doc: str) -> DocumentRecord: ...

The declaration makes the route, reads the parameters and gives `webapp.api.description` what it tells.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec
from flask import Blueprint, Response, request

from webapp import limits
from webapp.address import shortened
from webapp.api.parameters import Parameter, read_all
from webapp.api.sharing import share
from webapp.problems import NotHere

PREFIX = "/api/v1"
JSON = "application/json"
blueprint = Blueprint("api", __name__, url_prefix=PREFIX)
blueprint.after_app_request(share)


PATH = {
    "doc": "The id of a document.",
    "number": "A physical page, counted from 1.",
    "passage": "The id of a passage.",
    "statement": "The id of a statement.",
    "practice": "The id of a practice.",
    "note": "The id of a synthesis note.",
    "theme": "The id of a theme.",
    "term": "The id of a term of the glossary.",
    "item": "The id of a document, passage, statement or practice.",
}
"""Variable parts of paths, and what they are."""


@dataclass(frozen=True)
class Operation:
    """One thing that the API can be asked."""

    name: str
    rule: str
    summary: str
    tag: str
    answers: Any
    media: str
    parameters: tuple[Parameter, ...]
    errors: tuple[int, ...]

    @property
    def path(self) -> str:
        """The path as OpenAPI writes it: variable parts in braces."""
        return PREFIX + self.rule.replace("<", "{").replace(">", "}")

    @property
    def variables(self) -> tuple[str, ...]:
        return tuple(piece.partition(">")[0] for piece in self.rule.split("<")[1:])


OPERATIONS: list[Operation] = []
"""All of them, in the order in which they are declared."""


def operation(
    rule: str,
    answers: Any,
    *,
    tag: str,
    parameters: tuple[Parameter, ...] = (),
    errors: tuple[int, ...] = (),
    known_only: bool = True,
    costly: bool = False,
    media: str = JSON,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare an operation: the function is given the variable parts of the path and the parameters by name.

    ``errors`` are the statuses of problems beside 400 for a parameter and 404, 410 for an item of the path.  With
    ``known_only`` parameters of other names are refused; one that is ``costly`` takes much work (`webapp.limits`).  An
    answer that is no `Response` is told as JSON.
    """

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        summary = " ".join((inspect.getdoc(function) or "").partition("\n\n")[0].split())
        own = (400, 429, *((404, 410) if "<" in rule else ()), *errors)
        statuses = tuple(sorted({*own}))
        told = Operation(function.__name__, rule, summary, tag, answers, media, parameters, statuses)
        OPERATIONS.append(told)

        def view(**path: str) -> Response:
            for value in path.values():
                if "\0" in value:  # no id has one, and no database takes it
                    raise NotHere(f"“{shortened(value)}” is no id.")
            answer = function(**path, **read_all(parameters, request.args, known_only))
            return answer if isinstance(answer, Response) else as_json(answer)

        blueprint.add_url_rule(rule, endpoint=function.__name__, view_func=limits.costly(view) if costly else view)
        return function

    return declare


def as_json(answer: object) -> Response:
    """An answer as JSON."""
    return Response(msgspec.json.encode(answer), content_type=JSON)
