"""The pages of the curators' view, as its navigation lists them."""

from __future__ import annotations

from corpus.model import Value
from webapp.languages import N_


class Entry(Value, frozen=True):
    """A page: its endpoint and its name; the name is put into the page's language where it is shown."""

    endpoint: str
    label: str


NAV = (
    Entry(endpoint="curator.overview", label=N_("Overview")),
    Entry(endpoint="curator.upload", label=N_("Upload")),
    Entry(endpoint="curator.ingest", label=N_("Readings")),
    Entry(endpoint="curator.items", label=N_("Correct")),
    Entry(endpoint="curator.corrections", label=N_("Corrections")),
    Entry(endpoint="curator.contributions", label=N_("Contributions")),
    Entry(endpoint="curator.reviews", label=N_("Reviews")),
    Entry(endpoint="curator.links", label=N_("Links")),
    Entry(endpoint="curator.gaps", label=N_("Gaps")),
    Entry(endpoint="curator.log", label=N_("Log")),
)
"""In the order in which they are shown."""
