"""The history of corrections: what each put in place of what, by whom and when, those taken back since included."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from corpus.catalogue.corrected import history
from corpus.catalogue.reader import Catalogue
from corpus.correcting import Tie
from corpus.corrections import NO_STATEMENT, TAG, Correction, typed
from corpus.model import Claim, Statement, Tag, Told, Value


class Change(Value, frozen=True):
    """One correction: ``before`` and ``after`` as they are typed.

    ``counts`` is set where it holds still; ``lost`` where it does, but its item is no longer there.
    """

    correction: Correction
    before: str
    after: str
    counts: bool
    lost: bool


def changes(catalogue: Catalogue, item: str = "") -> tuple[Change, ...]:
    """Every correction ever made, of one item (by its present id or an earlier one) or of all, the newest first."""
    chains: dict[tuple[str, str], list[Tie]] = {}
    for tie in history(catalogue):
        chains.setdefault((tie.correction.item, tie.correction.field), []).append(tie)
    there = set(catalogue.document_ids())
    found = [change for chain in chains.values() for change in _chain(chain, item, there)]
    return tuple(sorted(found, key=lambda change: change.correction.number, reverse=True))


def _chain(chain: list[Tie], item: str, there: set[str]) -> Iterable[Change]:
    """The corrections of one item's field, the oldest first."""
    last = chain[-1]
    if item and item not in (last.correction.item, *(tie.applied_to for tie in chain)):
        return
    machine = next((text for text in map(machine_text, reversed(chain)) if text), "")
    before = machine
    for tie in chain:
        one = tie.correction
        after = machine if one.value is None else typed(one.value)
        counts = tie is last and one.value is not None
        lost = counts and tie.applied_to is None and (not one.doc or one.doc in there)
        yield Change(correction=one, before=before, after=after, counts=counts, lost=lost)
        before = after


def machine_text(tie: Tie) -> str:
    """What the machine said in the place of a correction, as a person would type it; blank where that is not known."""
    one, told = tie.correction, tie.machine
    if one.sort == "passage":
        if told is None:
            return ""
        tags: tuple[Tag, ...] = told
        return typed(any(tag.concept == one.field.removeprefix(TAG) for tag in tags))
    if one.sort == "statement":
        return _of_statement(one.field, told)
    return _text(told)


def _of_statement(field: str, told: Statement | None) -> str:
    if told is None:
        return NO_STATEMENT if field == "kind" else ""
    return _text(getattr(told, field))


def _text(value: Any) -> str:
    """A value of a card, an evidence card or a practice in words."""
    if value is None or isinstance(value, str | bool):
        return typed(value)
    if isinstance(value, Told):
        return value.value or value.quote
    if isinstance(value, Claim):
        return value.text
    if isinstance(value, dict):  # a claim or a place as it was kept
        return str(value.get("text") or ":".join(filter(None, (value.get("country"), value.get("role")))))
    if isinstance(value, msgspec.Struct):
        return _text(msgspec.to_builtins(value))
    if isinstance(value, Iterable):
        return "; ".join(filter(None, map(_text, value)))
    return str(value)
