"""The audit log, and the corrections: who changed what, when."""

from __future__ import annotations

from flask import render_template, request

from corpus.catalogue.changes import changes
from corpus.people import audit
from webapp.knowledge import knowledge
from webapp.languages import N_
from webapp.pages.curator.door import blueprint
from webapp.pages.curator.paging import MOST, paging

ACTIONS = {
    "signed in": N_("signed in"),
    "signed out": N_("signed out"),
    "curator added": N_("gave a token to"),
    "curator revoked": N_("took the tokens back of"),
    "uploaded": N_("uploaded"),
    "tried again": N_("read again"),
    "corrected": N_("corrected"),
    "correction taken back": N_("took back a correction of"),
    "withdrawn": N_("withdrew"),
    "masked": N_("masked"),
    "kept for curators": N_("kept for curators"),
    "given back": N_("gave back"),
    "removed": N_("removed"),
    "job taken back": N_("took back"),
    "practice added": N_("added the practice"),
    "review": N_("reviewed"),
    "review taken back": N_("took back the review of"),
    "gaps forgotten": N_("marked gaps as handled"),
    "contribution accepted": N_("accepted"),
    "contribution declined": N_("declined"),
}
"""What the log's actions are called on the page; one that is not here is shown as it was written."""


@blueprint.get("/log")
def log() -> str:
    """The newest entries; ``?who=`` and ``?item=`` narrow them, a document's id to all that lies in it."""
    here = knowledge()
    who, item = request.args.get("who", ""), request.args.get("item", "").strip()
    _, total = audit.entries(here.people, who=who, item=item, most=0)
    where = paging(total, who=who, item=item)
    found, _ = audit.entries(here.people, who=who, item=item, start=where.start, most=MOST)
    return render_template(
        "curator/log.html",
        entries=found,
        total=total,
        where=where,
        someone=who,
        item=item,
        names=audit.names(here.people),
        actions=ACTIONS,
    )


@blueprint.get("/corrections")
def corrections() -> str:
    """Every correction, the newest first; ``?who=``, ``?item=`` and ``?lost=1`` narrow them."""
    here = knowledge()
    who, item = request.args.get("who", ""), request.args.get("item", "").strip()
    only_lost = request.args.get("lost") == "1"
    every = changes(here.kept)
    hidden = here.kept.rules().hidden
    found = [
        one
        for one in every
        if who in ("", one.correction.by)
        and item in ("", one.correction.item, one.correction.doc, one.correction.applied_to)
        and (one.lost or not only_lost)
        and not hidden.intersection((one.correction.item, one.correction.applied_to, one.correction.doc))
    ]
    where = paging(len(found), who=who, item=item, lost="1" if only_lost else "")
    return render_template(
        "curator/corrections.html",
        changes=found[where.start :][:MOST],
        total=len(found),
        lost=sum(one.lost for one in every),
        only_lost=only_lost,
        where=where,
        someone=who,
        item=item,
        names=sorted({one.correction.by for one in every if one.correction.by}),
    )
