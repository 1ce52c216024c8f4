"""A search's hits as a file."""

from __future__ import annotations

from datetime import date

import msgspec
from flask import Blueprint, Response, request

from corpus.errors import UsageError
from corpus.messages import Message
from index.lists import HITS_MOST
from webapp import address
from webapp.address import shortened
from webapp.exports.results import FORMATS, as_file
from webapp.knowledge import knowledge
from webapp.limits import costly

blueprint = Blueprint("exports", __name__)


@blueprint.get("/search/export.<form>")
@costly
def export(form: str) -> Response:
    """The first hits of the search that the address names, as CSV, XLSX, JSON, RIS, BibTeX or DOCX."""
    if form not in FORMATS:
        told = "“%(form)s” is no format of a list: use one of %(forms)s."
        raise UsageError(Message(told, form=shortened(form), forms=", ".join(FORMATS)))
    here = knowledge()
    asked = address.read(request.args)
    wanted = asked.request(HITS_MOST)
    answer = here.search(msgspec.structs.replace(wanted, limit=HITS_MOST, offset=0, facets=False))
    file = FORMATS[form]
    data = as_file(here.catalogue, answer, form, here.settings.public_url, date.today())
    disposition = f'attachment; filename="fingerpost-{asked.view}.{file.ending}"'
    return Response(data, content_type=file.media, headers={"Content-Disposition": disposition})
