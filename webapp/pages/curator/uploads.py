"""Uploads: files taken into the inbox piece by piece, for the writer to read."""

from __future__ import annotations

from typing import IO, Any, cast

from flask import render_template, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser
from werkzeug.wrappers import Response

from corpus.concepts import vocabulary
from corpus.errors import FingerpostError, UsageError
from corpus.ids import slug
from corpus.messages import Message
from corpus.metadata import of_fields
from corpus.people import jobs
from corpus.people.inbox import MEGABYTE, Incoming, TooLarge
from webapp.forms import MAX_FORM_BYTES, see
from webapp.knowledge import knowledge
from webapp.pages.curator.door import blueprint, require_curator
from webapp.problems import said

TOLD = ("title", "authors", "organisations", "date", "language", "url", "document_type", "standing", "rights")
"""What can be told of a single document on its way in; all else is a correction afterwards."""
FILES_MAX = 100
"""Files of one form; more come as a ZIP archive."""
FORM = "The form"


@blueprint.get("/upload")
def upload() -> str:
    """The form."""
    return _page({}, "")


@blueprint.post("/upload")
def take_in() -> Response | tuple[str, int]:
    """Take files in under names of ours and ask the writer to read them; a form that does not fit keeps none."""
    here, who = knowledge(), require_curator()
    taken: list[Incoming] = []
    typed: dict[str, str] = {}
    try:
        typed, files = _parsed(taken, here.settings.max_file_mb)
        chosen = [(file, one) for file, one in files if file.filename or one.size]
        if not chosen:
            raise UsageError(Message("Choose at least one file."))
        told = {name: typed[name] for name in TOLD if typed.get(name)}
        _check(typed.get("as_id", ""), told, len(chosen))
    except FingerpostError as error:
        _drop(taken)
        return _page(typed, said(error)), 413 if isinstance(error, TooLarge) else 422
    except Exception:
        _drop(taken)
        raise
    kept = {one.stored for _file, one in chosen}
    _drop([one for one in taken if one.stored not in kept])  # a field in which nothing was chosen
    for _file, one in chosen:
        one.close()
    uploads = tuple(jobs.Upload(stored=one.stored, name=jobs.harmless(file.filename or "")) for file, one in chosen)
    try:
        number = jobs.ask(here.people, jobs.Ingest(files=uploads, as_id=typed.get("as_id", ""), told=told), who)
    except Exception:
        _drop(taken)
        raise
    return see("curator.overview", _anchor=f"job-{number}")


def _parsed(taken: list[Incoming], max_file_mb: int) -> tuple[dict[str, str], list[tuple[FileStorage, Incoming]]]:
    """The form's fields and files, each file written to the inbox as it comes and listed in ``taken``.

    Raises:
        TooLarge: a file is; RequestEntityTooLarge: all else is.
    """
    folder = knowledge().inbox_dir

    def receive(*_told: Any, **_also: Any) -> IO[bytes]:
        if len(taken) >= FILES_MAX:
            raise UsageError(Message("These are too many files at once; pack them into a ZIP archive."))
        taken.append(Incoming(folder, max_file_mb * MEGABYTE))
        return cast("IO[bytes]", taken[-1])

    parser = FormDataParser(
        receive, max_form_memory_size=MAX_FORM_BYTES, max_form_parts=FILES_MAX + len(TOLD) + 10, silent=False
    )
    try:
        _stream, form, files = parser.parse_from_environ(request.environ)
    except ValueError as error:
        if isinstance(error, FingerpostError):
            raise
        raise UsageError(Message("The form did not arrive whole; send it again.")) from error
    except RequestEntityTooLarge as error:
        raise UsageError(Message("The form holds too much text; shorten it.")) from error
    single = form.to_dict()
    received = [(file, cast("Incoming", file.stream)) for _name, file in files.items(multi=True)]
    return {name: value.strip() for name, value in single.items()}, received


def _check(as_id: str, told: dict[str, str], number: int) -> None:
    """Refuse what the writer would refuse, while the curator can still mend it."""
    if (as_id or told) and number != 1:
        raise UsageError(Message("An id and details are for one document: choose one file, or leave them blank."))
    if as_id and slug(as_id) != as_id:
        raise UsageError(Message("An id is lower-case letters, digits and hyphens."))
    if told:
        of_fields({"file": "x", **told}, FORM)


def _drop(taken: list[Incoming]) -> None:
    for one in taken:
        one.drop()


def _page(typed: dict[str, str], problem: str) -> str:
    return render_template(
        "curator/upload.html",
        typed=typed,
        problem=problem,
        max_file_mb=knowledge().settings.max_file_mb,
        types=[concept.code for concept in vocabulary().scheme("document-types")],
    )
