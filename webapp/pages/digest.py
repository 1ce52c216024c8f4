"""``/digest``: what is new since a day, as a page and as an Atom feed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from flask import Blueprint, Response, render_template, request

from corpus.catalogue.arrivals import Digest
from corpus.errors import UsageError
from corpus.messages import N_, Message
from corpus.model import Statement
from index.feeds import MEDIA, Feed, news
from webapp.address import MOST_VALUES, Address, shortened
from webapp.knowledge import knowledge
from webapp.limits import costly

blueprint = Blueprint("digest", __name__)

DAYS = 30
"""How far back it is looked where no day is named."""
FEED_DAYS = 180
"""How far back the feed goes: who asks it once a season misses nothing."""
STATEMENTS_SHOWN = 3
NO_DAY = N_("“%(typed)s” is not a usable day: write it as 2026-01-31.")


@blueprint.get("/digest")
@costly
def show() -> str:
    """What is new, for reading: documents, what several programmes say by now, statements by theme."""
    here = knowledge()
    new = here.digest(_day(request.args.get("since", "")))
    shown: list[Statement] = [one.statements[0] for one in new.recurring]
    shown += [statement for some in new.themes.values() for statement in some[:STATEMENTS_SHOWN]]
    return render_template(
        "digest.html",
        new=new,
        cards={one.doc: here.catalogue.card(one.doc) for one in shown},
        STATEMENTS_SHOWN=STATEMENTS_SHOWN,
        today=datetime.now(UTC).date(),
        theme_url=lambda theme: _of_theme(new, theme).url,
    )


@blueprint.get("/digest.atom")
@costly
def feed() -> Response:
    """New documents, and what several independent programmes say by now, the newest first."""
    here = knowledge()
    asked = request.args.get("since", "").strip()
    new = here.digest(_day(asked, FEED_DAYS))
    question = f"?since={new.since.isoformat()}" if asked else ""
    told = Feed(title="Fingerpost: what is new", path=f"/digest.atom{question}", page=f"/digest{question}")
    return Response(news(here.catalogue, new, told, here.settings.public_url), content_type=MEDIA)


def first_day(days: int = DAYS) -> date:
    """The day from which on things are new where no day is named."""
    return datetime.now(UTC).date() - timedelta(days=days)


def _day(text: str, days: int = DAYS) -> date:
    """A day as it stands in the address; raises UsageError for what is none."""
    if not text.strip():
        return first_day(days)
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(Message(NO_DAY, typed=shortened(text))) from None


def _of_theme(new: Digest, theme: str) -> Address:
    """Where all new statements on a theme are; of very many new documents those on the theme, newest first."""
    docs = tuple(card.id for card in new.documents)
    narrowed = {"doc": docs} if len(docs) < MOST_VALUES else {}
    return Address(view="statements", filters={"theme": (theme,), **narrowed}, sort="newest")
