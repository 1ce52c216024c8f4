"""What a document tells of its own evidence: who made it and how, who took part, its acronyms, what it answers."""

from __future__ import annotations

from typing import Literal

from corpus.messages import N_
from corpus.values import Value

EVIDENCE_FIELDS: dict[str, str] = {
    "commissioner": N_("Commissioned by"),
    "evaluator": N_("Carried out by"),
    "method": N_("Method"),
    "interviews": N_("Interviews"),
    "sites": N_("Sites visited"),
    "response_rate": N_("Response rate"),
    "children_heard": N_("Children heard"),
    "limits": N_("Limits stated"),
}
"""The fields of an evidence card in the order they are shown, with their headings."""


class Told(Value, frozen=True):
    """One thing that a document tells of itself: the value in short, the sentence that tells it, and where it stands.

    ``quote`` is verbatim.  ``children_heard`` has the values "yes", "no" and "partly"; a field that the document does
    not tell has no entry at all.
    """

    value: str
    quote: str = ""
    page: int | None = None
    page_label: str | None = None


PartyRole = Literal["implementer", "donor", "evaluator", "commissioner", "partner"]


class Party(Value, frozen=True):
    """An organisation and its part in what a document speaks of, by the words that say so."""

    name: str
    role: PartyRole
    quote: str = ""
    page: int | None = None
    page_label: str | None = None


class Acronym(Value, frozen=True):
    """A short form and what the document says that it stands for."""

    short: str
    long: str
    page: int | None = None


class Response(Value, frozen=True):
    """One recommendation of an evaluation and what management answered to it, as a management response tells them."""

    recommendation: str
    decision: Literal["accepted", "partly", "rejected", "unclear"] = "unclear"
    answer: str = ""
    """What management says that it will do, verbatim."""
    page: int | None = None
    page_label: str | None = None
