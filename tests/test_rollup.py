"""What a whole document is chiefly about, by the tags of its passages."""

from __future__ import annotations

from corpus.model import Passage, Tag
from ingest.rollup import chief

CODES = ("TN", "NE", "EG", "DZ", "LY", "MA", "ML", "TD", "SD", "MR", "SN", "GM", "GN", "CI")


def test_which_of_many_countries_of_one_weight_are_kept_does_not_change_from_run_to_run() -> None:
    """They came in the order of a set, which is another one in every process."""

    def kept(codes: tuple[str, ...]) -> tuple[str, ...]:
        tags = tuple(Tag(f"place:{code}") for code in codes)
        return chief([Passage("d.p1", "d", 0, 0, (), "All these harbours were counted.", "en", tags=tags)]).countries

    assert len(kept(CODES)) < len(CODES)
    assert kept(CODES) == kept(CODES[::-1]) == tuple(sorted(CODES))[: len(kept(CODES))]
