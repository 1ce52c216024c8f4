"""spaCy's room: which concepts of the vocabulary a passage is about, and by which words.

`tagger().tag(text, path)` gives `Tag` objects, `summary` turns them into what ``fingerpost tag`` prints.  Nothing is
built on import: the first call of `tagger` compiles the phrases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.tagging.summary import TagSummary, summary

if TYPE_CHECKING:
    from ingest.tagging.matcher import Tagger

__all__ = ["TagSummary", "summary", "tagger"]


def tagger() -> Tagger:
    """The tagger over the shipped vocabularies, built at the first call."""
    from ingest.tagging.matcher import tagger as build

    return build()
