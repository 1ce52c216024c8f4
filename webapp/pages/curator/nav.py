"""The pages of the curators' view, as its navigation lists them."""

from __future__ import annotations

from corpus.model import Value
from webapp.languages import N_


class Entry(Value, frozen=True):
    """A page: its endpoint and its name; the name is put into the page's language where it is shown."""

    endpoint: str
    label: str


NAV = (
    Entry("curator.overview", N_("Overview")),
    Entry("curator.reviews", N_("Reviews")),
    Entry("curator.links", N_("Links")),
    Entry("curator.gaps", N_("Gaps")),
)
"""In the order in which they are shown."""
