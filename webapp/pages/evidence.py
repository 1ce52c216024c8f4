"""The evidence map: themes against what is said, for whom, where, by which criterion and when."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import cast, get_args

from flask import Blueprint, Response, render_template, request

from corpus.errors import UsageError
from corpus.messages import Message
from index.lists import harmless
from webapp.address import NOT_ALLOWED, shortened
from webapp.drawings import matrix as drawing
from webapp.evidence import BY, By, Matrix
from webapp.knowledge import knowledge
from webapp.languages import N_, gettext
from webapp.limits import costly
from webapp.words import date_words

blueprint = Blueprint("evidence", __name__, url_prefix="/evidence")

HOW_TO_READ = N_("A circle counts programmes, not files; a hollow one rests on those who did the work alone.")


@blueprint.get("")
def show() -> str:
    """The evidence map as a table whose cells are drawn."""
    matrix = knowledge().matrix(_by())
    return render_template(
        "evidence.html",
        matrix=matrix,
        by=BY,
        how=gettext(HOW_TO_READ),
        radius=lambda cell: drawing.radius(cell.programmes, matrix.most),
        largest=drawing.LARGEST,
    )


@blueprint.get("/map.svg")
def as_svg() -> Response:
    """The evidence map as an SVG file."""
    return _file(drawing.draw(knowledge().matrix(_by()), _told()).svg(), "image/svg+xml", "svg")


@blueprint.get("/map.png")
@costly
def as_png() -> Response:
    """The evidence map as a PNG file."""
    return _file(drawing.draw(knowledge().matrix(_by()), _told()).png(), "image/png", "png")


@blueprint.get("/map.csv")
def as_csv() -> Response:
    """The evidence map's numbers, one cell a row."""
    return _file(_rows(knowledge().matrix(_by())), "text/csv", "csv")


def _by() -> By:
    """What the address holds themes against."""
    text = request.args.get("by", "kind")
    if text not in get_args(By):
        raise UsageError(Message(NOT_ALLOWED, typed=shortened(text), name="by", known=", ".join(BY)))
    return cast(By, text)


def _told() -> str:
    return f"{gettext(HOW_TO_READ)} Fingerpost, {date_words(date.today().isoformat())}."


def _file(data: str | bytes, media: str, ending: str) -> Response:
    response = Response(data, content_type=media if isinstance(data, bytes) else f"{media}; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="evidence-map-{_by()}.{ending}"'
    return response


def _rows(matrix: Matrix) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["theme", BY[matrix.by], "programmes", "statements", "somebody from outside", "most frequent kind"])
    for row in matrix.rows:
        for column in matrix.columns:
            cell = matrix.cell(row.value, column.value)
            told = (
                (cell.programmes, cell.statements, "yes" if cell.outside else "no", cell.kind)
                if cell
                else (0, 0, "", "")
            )
            writer.writerow([harmless(row.label), harmless(column.label), *told])
    return "\ufeff" + out.getvalue()
