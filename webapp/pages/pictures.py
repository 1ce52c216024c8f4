"""A printed page as a picture, with the quotation marked as with a pen."""

from __future__ import annotations

from flask import Blueprint, Response, request

from corpus.errors import UsageError
from corpus.messages import Message
from corpus.picture import MEDIA_TYPE, WIDTHS
from webapp.address import NOT_ALLOWED, shortened
from webapp.knowledge import knowledge
from webapp.limits import costly
from webapp.pages.documents import marked, page_number
from webapp.problems import NotHere

blueprint = Blueprint("pictures", __name__, url_prefix="/documents")

WITHHELD = Message(
    "The picture of this page is not shown, because a part of it must be withheld; read its text instead."
)
NO_PDF = Message("Only the pages of PDF files are kept as pictures; read the text of this one.")


@blueprint.get("/<doc>/pages/<number>/picture")
@costly
def picture(doc: str, number: str) -> Response:
    """The page as it is printed, as WebP; ``passage`` marks a passage or statement, ``width`` is in pixels."""
    here = knowledge()
    place = page_number(doc, number)
    job = here.pictures.job(doc, place, marked(here, doc, request.args.get("passage", "")), _width())
    if job is None:
        raise NotHere(WITHHELD if here.pictures.are_there(doc) else NO_PDF)
    return Response(here.pictures.picture(job), content_type=MEDIA_TYPE)


def _width() -> int:
    text = request.args.get("width", str(WIDTHS[1]))
    if text not in map(str, WIDTHS):
        raise UsageError(Message(NOT_ALLOWED, typed=shortened(text), name="width", known=", ".join(map(str, WIDTHS))))
    return int(text)
