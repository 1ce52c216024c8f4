"""What a document tells of its own evidence: its acronyms, who took part, how it was made, what it answers.

Pure functions over a reading's pages and passages; nothing is judged, and every value has the words that tell it.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from corpus.model import Acronym, Bibliography, Party, Passage, Practice, Response, Standing, Told, Value
from ingest.evidence import acronyms, parties, responses, told
from ingest.evidence.standing import by_text
from ingest.reading import Reading

__all__ = ["Evidence", "read", "with_standing"]

FIRST_WORDS = 2500
"""How much of a report is looked at for what it calls itself: the summary, the introduction, most often the method."""


class Evidence(Value, frozen=True):
    """What `corpus.model.Document` keeps under the same names."""

    evidence: dict[str, tuple[Told, ...]] = msgspec.field(default_factory=dict)
    parties: tuple[Party, ...] = ()
    acronyms: tuple[Acronym, ...] = ()
    responses: tuple[Response, ...] = ()


def read(
    reading: Reading,
    card: Bibliography,
    passages: Sequence[Passage],
    practices: Sequence[Practice] = (),
    standing: Standing | None = None,
) -> Evidence:
    """What a document tells of itself.

    ``practices`` are those that its templates told, ``standing`` is what a curator's card says (None: nothing).
    """
    mined = acronyms.mined(reading.pages, passages)
    named = parties.found(reading.pages, passages, mined, practices, card, reading.metadata.get("Author", ""))
    return Evidence(
        evidence=told.card(reading.pages, passages, named) if card.document_type not in _WITHOUT_CARD else {},
        parties=named,
        acronyms=mined,
        responses=responses.found(reading.pages, whole=(standing or card.standing) is Standing.RESPONSE),
    )


_WITHOUT_CARD = frozenset({"law", "guidance", "practice-page"})
"""Types of document that were not made from evidence."""


def with_standing(card: Bibliography, passages: Sequence[Passage], found: Evidence) -> Bibliography:
    """The card of an evaluation whose title and cover do not tell its standing, with what its first pages tell."""
    if card.standing is not Standing.UNKNOWN:
        return card
    words: list[str] = []
    for passage in passages:
        if len(words) >= FIRST_WORDS:
            break
        words += [] if passage.private else passage.text.split()
    said = by_text(card.document_type, " ".join(words[:FIRST_WORDS]), found.parties)
    return msgspec.structs.replace(card, standing=said)
