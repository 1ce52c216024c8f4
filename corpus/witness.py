"""Who is an independent witness: another programme and another author body."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.ids import fold
from corpus.model import Bibliography
from corpus.sources import OURS


def witnesses(cards: Iterable[Bibliography], related: Iterable[tuple[str, str]] = ()) -> dict[str, str]:
    """For each document, the name of the witness it belongs to; ``related`` are pairs that are one evaluation's.

    Documents that share a programme or an author body (its organisations; its authors where none is known) are one
    witness, and so are documents tied through a third: a report, its brief and a synthesis of both say one thing once.
    What we wrote ourselves from all of them is no witness and ties none.
    """
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    docs = []
    ours = set()
    for card in cards:
        if card.programme == OURS:
            ours.add(card.id)
            continue
        docs.append(card.id)
        bodies = card.organisations or card.authors
        told = [("body", fold(name)) for name in bodies] + [("programme", fold(card.programme))]
        for key in (f"{what} {name}" for what, name in told if name):
            parent[root(key)] = root(f"document {card.id}")
    for one, other in related:
        if ours.isdisjoint((one, other)):
            parent[root(f"document {one}")] = root(f"document {other}")
    return {doc: root(f"document {doc}") for doc in docs}
