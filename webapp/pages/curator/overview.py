"""What is in the library, what waits for the writer, and what wants a curator's attention."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from flask import render_template, url_for
from werkzeug.wrappers import Response

from corpus.catalogue.corrected import orphans
from corpus.model import IngestRecord
from corpus.people import contributions, gaps, jobs, links, reviews
from webapp.forms import see
from webapp.knowledge import Knowledge, knowledge
from webapp.languages import ngettext
from webapp.pages.curator.door import blueprint, require_curator
from webapp.pages.curator.paging import MOST, paging

RECENT = 8
"""Ended jobs on the first page."""
PATIENCE = timedelta(minutes=2)
"""After so long without one being done, waiting jobs want an explanation."""


blueprint.add_app_template_filter(jobs.name_at, "upload_name")


@blueprint.get("")
def overview() -> str:
    """The first page."""
    here = knowledge()
    waiting = jobs.open_jobs(here.people)
    latest, _ = jobs.latest(here.people, most=RECENT + len(waiting))
    return render_template(
        "curator/overview.html",
        waiting=waiting,
        recent=[job for job in latest if job.ended][:RECENT],
        files=_files(here, latest),
        stuck=_is_stuck(waiting),
        attention=list(_attention(here)),
        counts=here.kept.counts(),
    )


@blueprint.get("/jobs")
def all_jobs() -> str:
    """Every job that was ever asked for, the newest first."""
    here = knowledge()
    where = paging(jobs.latest(here.people, most=0)[1])
    found, total = jobs.latest(here.people, start=where.start, most=MOST)
    return render_template("curator/jobs.html", jobs=found, files=_files(here, found), total=total, where=where)


@blueprint.post("/jobs/<int:number>")
def take_back(number: int) -> Response:
    """Take back a job that waits still; one that was begun meanwhile goes on."""
    jobs.take_back(knowledge().people, number, require_curator())
    return see("curator.overview", _anchor=f"job-{number}")


def _files(here: Knowledge, some: Iterable[jobs.Job]) -> dict[int, list[IngestRecord]]:
    """What became of each file that came with a job, in the order in which they came, where a job has any."""
    found: dict[int, list[IngestRecord]] = {job.number: [] for job in some if job.kind == "ingest"}
    for record in here.kept.ingest_records() if found else ():
        if (number := jobs.job_at(record.input)) in found:
            found[number].append(record)
    return found


def _is_stuck(waiting: tuple[jobs.Job, ...]) -> bool:
    """Whether jobs wait and none is being done, longer than a worker that is there would let them."""
    if not waiting or any(job.state == "running" for job in waiting):
        return False
    return datetime.now(UTC) - datetime.fromisoformat(waiting[0].at) > PATIENCE


def _attention(here: Knowledge) -> Iterator[tuple[str, str]]:
    """What wants to be looked at: a sentence, and where."""
    _found, sent = contributions.queue(here.people, "received", most=0)
    if sent:
        told = ngettext("%(n)s contribution waits for you", "%(n)s contributions wait for you", sent)
        yield told, url_for("curator.contributions")
    failed = sum(record.status == "failed" for record in here.kept.ingest_records())
    if failed:
        told = ngettext("%(n)s file could not be read", "%(n)s files could not be read", failed)
        yield told, url_for("curator.ingest", status="failed")
    lost = len(orphans(here.kept))
    if lost:
        told = ngettext(
            "%(n)s correction has lost its place: its words are no longer in the document",
            "%(n)s corrections have lost their places: their words are no longer in the documents",
            lost,
        )
        yield told, url_for("curator.corrections", lost="1")
    stale = sum(bool(one.stale) for one in reviews.agenda(here.people, here.catalogue))
    if stale:
        yield ngettext("%(n)s review is stale", "%(n)s reviews are stale", stale), url_for("curator.reviews")
    dead = sum(link.state == "dead" for link in links.links(here.people).values())
    if dead:
        told = ngettext("%(n)s source’s address is dead", "%(n)s sources’ addresses are dead", dead)
        yield told, url_for("curator.links")
    asked = len(gaps.gaps(here.people))
    if asked:
        told = ngettext("%(n)s question was asked in vain", "%(n)s questions were asked in vain", asked)
        yield told, url_for("curator.gaps")
