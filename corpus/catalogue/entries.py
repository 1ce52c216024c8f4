"""What the catalogue gives beside the objects of the model: a document's row, an item of an earlier version."""

from __future__ import annotations

import msgspec

from corpus.model import Acronym, Bibliography, Party, Passage, Response, Statement, Told, Value


class DocumentEntry(Value, frozen=True):
    """A document's row: its card and the state of its reading (``version`` 0: only a library card is known)."""

    card: Bibliography
    version: int
    content_hash: str
    media: str
    warnings: tuple[str, ...]
    evidence: dict[str, tuple[Told, ...]] = msgspec.field(default_factory=dict)
    parties: tuple[Party, ...] = ()
    acronyms: tuple[Acronym, ...] = ()
    responses: tuple[Response, ...] = ()


class Retired(Value, frozen=True):
    """A passage or statement of an earlier version: its words, and what took its place ("" where nothing did)."""

    item: Passage | Statement
    successor: str


def merged(record: Bibliography | None, machine: Bibliography | None) -> Bibliography:
    """One card of two: what the record says wins, what it leaves blank comes from the reading."""
    if record is None or machine is None:
        card = record or machine
        assert card is not None, "a document has a card of one kind or the other"
        return card
    told = msgspec.structs.asdict(machine)
    for name, value in msgspec.structs.asdict(record).items():
        if value not in ("", (), None, "unknown"):
            told[name] = value
    return Bibliography(**told)
