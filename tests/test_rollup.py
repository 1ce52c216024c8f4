"""What a whole document is chiefly about, by the tags of its passages."""

from __future__ import annotations

from corpus.model import Passage, Tag
from ingest.rollup import chief


def test_countries_of_one_weight_stand_in_the_order_of_the_text_in_every_process() -> None:
    """They came in the order of a set: which of many were kept changed from run to run."""
    codes = ("TN", "NE", "EG", "DZ", "LY", "MA", "ML", "TD", "SD", "MR", "SN", "GM", "GN", "CI")
    tags = tuple(Tag(f"place:{code}") for code in codes)
    passage = Passage("d.p1", "d", 0, 0, (), "The boats of all these harbours were counted.", "en", tags=tags)
    assert chief([passage]).countries == codes[:12]
