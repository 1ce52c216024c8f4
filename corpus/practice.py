"""A practice that others may copy, claim by claim, each with where it comes from."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from corpus.messages import N_
from corpus.values import Standing, Value


class SourceRef(Value, frozen=True):
    """Where a claim comes from: a document of the catalogue and a page label, or a section where it has no pages."""

    doc: str
    page_label: str = ""
    section: str = ""

    @property
    def locator(self) -> str:
        return f"p. {self.page_label}" if self.page_label else f"§ {self.section}" if self.section else ""


class Claim(Value, frozen=True):
    """One sentence or list item of a record, in our own words, with where it comes from."""

    text: str
    sources: tuple[SourceRef, ...] = ()
    item: bool = False
    """True where it is one item of a list."""
    heading: str = ""
    """The source's own sub-heading above it, where it lists its claims under several."""


class Place(Value, frozen=True):
    """A country and what it is to the practice."""

    country: str
    """ISO 3166-1 alpha-2, XK for Kosovo."""
    role: Literal["", "implementation", "origin", "transit", "destination", "return"] = ""


class ShownToWork(StrEnum):
    """How far a practice is shown to work."""

    DESCRIBED = "described"
    CLAIMED = "result-claimed"
    EVALUATED = "evaluated"
    REPLICATED = "replicated"


PRACTICE_FIELDS: dict[str, str] = {
    "summary": N_("Summary"),
    "problem": N_("The problem"),
    "preconditions": N_("Preconditions (legal, institutional)"),
    "steps": N_("Steps"),
    "timeline": N_("Timeline"),
    "staff": N_("Staff"),
    "caseload": N_("Caseload"),
    "cost": N_("Cost"),
    "partners": N_("Partners and their roles"),
    "tools": N_("Tools"),
    "safeguards": N_("Safeguards"),
    "childrens_part": N_("The children's part"),
    "adaptations": N_("Adaptations"),
    "benefit": N_("Benefit and impact"),
    "lessons": N_("Key lessons"),
    "recommendations": N_("Recommendations for replication"),
    "innovation": N_("Innovation"),
    "what_it_took": N_("What it took"),
    "what_failed": N_("What failed"),
    "when_not": N_("When it will not transfer"),
}
"""The told fields of a practice in the order they are shown, with their headings (the same in record files)."""


class Practice(Value, frozen=True):
    """A way of working that others may copy: the Global Compact repository's template and what copying takes.

    ``told`` maps a key of PRACTICE_FIELDS to its claims; a missing key reads "the source does not say".
    """

    id: str
    title: str
    told: dict[str, tuple[Claim, ...]]
    organisations: tuple[str, ...] = ()
    donors: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    start: str = ""
    end: str = ""
    practice_type: str = ""
    scope: str = ""
    themes: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    gcm_objectives: tuple[str, ...] = ()
    gcm_principles: tuple[str, ...] = ()
    sdgs: tuple[str, ...] = ()
    standing: Standing = Standing.UNKNOWN
    shown_to_work: ShownToWork = ShownToWork.DESCRIBED
    still_running: str = ""
    last_checked: str = ""
    programme: str = ""
    language: str = "en"
    rights: str = "CC BY 4.0"
    doc: str = ""
    """The document that it was read from, word for word; blank for a record of our own."""
    submitted: str = ""
    contact_role: str = ""
    """What the contact person is to the practice, never who."""

    @property
    def summary(self) -> str:
        return " ".join(c.text for c in self.told.get("summary", ()))

    def sources(self) -> tuple[SourceRef, ...]:
        """Every place the record cites, once, in order of first use."""
        refs = (ref for claims in self.told.values() for claim in claims for ref in claim.sources)
        return tuple(dict.fromkeys(refs))
