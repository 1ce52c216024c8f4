"""What curators said of an item, as far as readers are told; a page is shown whether or not this can be had."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError

from corpus.errors import FingerpostError
from corpus.people import contributions, links, reviews
from corpus.people.links import Link
from corpus.people.reviews import Looked
from webapp.knowledge import Knowledge

LOG = logging.getLogger(__name__)
T = TypeVar("T")


def looked(here: Knowledge, item: str) -> Looked | None:
    """The state of review of a document, practice or note; None where nobody said anything of it."""
    return _if_it_can_be_had(lambda: reviews.looked(here.people, here.catalogue, item))


def dead(here: Knowledge, url: str) -> Link | None:
    """What is known of an address that is dead; None for any other."""
    link = _if_it_can_be_had(lambda: links.link_of(here.people, url))
    return link if link and link.state == "dead" else None


def credit(here: Knowledge, practice: str) -> tuple[str, ...]:
    """The names of those who sent a practice in and ticked to be named."""
    return _if_it_can_be_had(lambda: contributions.credit(here.people, practice)) or ()


def _if_it_can_be_had(ask: Callable[[], T | None]) -> T | None:
    try:
        return ask()
    except (FingerpostError, SQLAlchemyError) as error:
        LOG.warning("What people left cannot be read: %s", error)
        return None
