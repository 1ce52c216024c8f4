"""A search's hits as a file."""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response, request

from corpus.errors import UsageError
from index import lists
from webapp import address
from webapp.address import shortened
from webapp.knowledge import knowledge
from webapp.limits import costly

blueprint = Blueprint("exports", __name__)


@blueprint.get("/search/export.<form>")
@costly
def export(form: str) -> Response:
    """The first hits of the search that the address names, as CSV, XLSX, JSON, RIS or BibTeX."""
    if form not in lists.FORMATS:
        raise UsageError(f"“{shortened(form)}” is no format of a list: use one of {', '.join(lists.FORMATS)}.")
    here = knowledge()
    asked = address.read(request.args)
    wanted = asked.request(lists.HITS_MOST)
    answer = here.search(msgspec.structs.replace(wanted, limit=lists.HITS_MOST, offset=0, facets=False))
    file = lists.FORMATS[form]
    data = lists.as_file(here.catalogue, answer, form, here.settings.public_url)
    disposition = f'attachment; filename="fingerpost-{asked.view}.{file.ending}"'
    return Response(data, content_type=file.media, headers={"Content-Disposition": disposition})
