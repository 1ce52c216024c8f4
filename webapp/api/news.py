"""What is new, what there is, and how well it works."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from corpus import VERSION
from corpus.notes import address
from corpus.quality import of_home, shipped
from corpus.shapes import DigestJson
from corpus.views import digest_json
from index.answer import Request
from webapp.api import items
from webapp.api.operations import operation
from webapp.api.paging import PAGING, Listing, part
from webapp.api.parameters import Day
from webapp.api.shapes import Arrival, Quality, Stats
from webapp.knowledge import knowledge
from webapp.pages.digest import first_day

SINCE = Day("since", "Only what came on this day or later (UTC).")


@operation(
    "/new",
    Listing[Arrival],
    tag="The library",
    parameters=(SINCE, *PAGING),
)
def new(since: date | None, limit: int, cursor: str) -> Listing[Arrival]:
    """Documents by when the words came that they have now, the newest first."""
    here = knowledge()
    least = since.isoformat() if since else ""
    came = {doc: at for doc, at in here.came().items() if at >= least and doc in here.cards()}
    docs = sorted(came, key=lambda doc: (came[doc], doc), reverse=True)

    def told(some: Iterable[str]) -> list[Arrival]:
        return [
            {
                "doc": one["id"],
                "title": one["title"],
                "date": one["date"],
                "version": one["version"],
                "came": came[one["id"]],
                "page_url": items.url(here, address(one["id"])),
            }
            for one in items.documents(here, some)
        ]

    return part(docs, told, limit, cursor)


@operation("/digest", DigestJson, tag="The library", parameters=(SINCE,), costly=True)
def digest(since: date | None) -> DigestJson:
    """What is new since a day, or in thirty: documents, statements by theme, what several programmes say by now."""
    here = knowledge()
    return digest_json(here.digest(since or first_day()), here.witnesses)


@operation("/quality", Quality, tag="The library")
def quality() -> Quality:
    """How well it works: the figures of this knowledge base and those that ship."""
    return {"own": list(of_home(knowledge().folder)), "shipped": list(shipped())}


@operation("/stats", Stats, tag="The library")
def stats() -> Stats:
    """What the knowledge base holds and shows now."""
    here = knowledge()
    documents = here.catalogue.document_ids()
    found = here.search(Request(what="passages", limit=0, facets=False)).totals if here.ready else {}
    return {
        "version": VERSION,
        "revision": here.catalogue.revision(),
        "ready": here.ready,
        "documents": len(documents),
        "passages": found.get("passages", 0),
        "statements": found.get("statements", 0),
        "practices": len(here.catalogue.practice_ids()),
        "notes": len(here.notes()),
        "programmes": here.programmes(documents),
    }
