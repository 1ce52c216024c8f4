"""What came in and what could not be read, each with its reason; trying failures again."""

from __future__ import annotations

from flask import render_template, request
from werkzeug.wrappers import Response

from corpus.errors import UsageError
from corpus.messages import Message
from corpus.model import IngestRecord
from corpus.people import jobs
from webapp.forms import see
from webapp.knowledge import knowledge
from webapp.pages.curator.door import blueprint, require_curator
from webapp.pages.curator.paging import MOST, paging

STATES = ("", "ok", "failed")


@blueprint.get("/ingest")
def ingest() -> str:
    """The newest record of every input, the last first; ``?status=`` and ``?q=`` narrow them."""
    here = knowledge()
    status, words = request.args.get("status", ""), request.args.get("q", "").strip()
    every = [record for record in reversed(here.kept.ingest_records()) if words.casefold() in record.input.casefold()]
    numbers = {state: sum(not state or record.status == state for record in every) for state in STATES}
    found = [record for record in every if status in ("", record.status)]
    where = paging(len(found), status=status, q=words)
    asked = {job.asked.input for job in jobs.open_jobs(here.people) if isinstance(job.asked, jobs.Retry)}
    return render_template(
        "curator/ingest.html",
        records=[(record, _can_be_retried(record), record.input in asked) for record in found[where.start :][:MOST]],
        documents=set(here.kept.document_ids()),
        numbers=numbers,
        status=status,
        words=words,
        where=where,
    )


@blueprint.post("/ingest")
def retry() -> Response:
    """Ask for a failed input to be read again: by the name in its record, no other path is ever opened."""
    here, who = knowledge(), require_curator()
    wanted = request.form.get("input", "")
    record = next((record for record in here.kept.ingest_records() if record.input == wanted), None)
    if record is None or not _can_be_retried(record):
        raise UsageError(Message("No file of this name failed that could be read again; open the list anew."))
    number = jobs.ask(here.people, jobs.Retry(input=record.input), who)
    return see("curator.overview", _anchor=f"job-{number}")


def _can_be_retried(record: IngestRecord) -> bool:
    return record.status == "failed" and not record.input.startswith(jobs.UPLOAD)
