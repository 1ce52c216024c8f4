"""What was taken away, for copies that left the house: a kit asks when there is a connection and hides it too."""

from __future__ import annotations

import hashlib
from typing import Annotated, TypedDict

from msgspec import Meta

from webapp.api.operations import operation
from webapp.knowledge import knowledge

DIGITS = 16


class Taken(TypedDict):
    """Items that are withdrawn, hidden or masked, or were removed."""

    revision: Annotated[int, Meta(description="Grows with every change of the knowledge base.")]
    items: Annotated[
        list[str],
        Meta(description="The first 16 hexadecimal digits of the SHA-256 of each item's id: who has one knows it."),
    ]


def mark_of(identifier: str) -> str:
    """An id as it is told here: nobody learns from the list that there was an item who does not have it."""
    return hashlib.sha256(identifier.encode()).hexdigest()[:DIGITS]


@operation("/withdrawn", Taken, tag="The library")
def withdrawn() -> Taken:
    """What was taken away, so that copies can take it away too."""
    catalogue = knowledge().catalogue
    rules = catalogue.rules()
    taken = {*rules.hidden, *rules.masked, *catalogue.tombstones()}
    return {"revision": rules.revision, "items": sorted(map(mark_of, taken))}
