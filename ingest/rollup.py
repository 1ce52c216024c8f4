"""Tags on a document's passages, and what they come to."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from corpus.chief import Chief, chief
from corpus.model import Passage
from ingest.tagging import tagger

__all__ = ["Chief", "chief", "tag_passages"]


def tag_passages(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages with their tags; private ones have none."""
    public = [p for p in passages if not p.private]
    tags = dict(zip((p.id for p in public), tagger().tag_all((p.text, p.path) for p in public), strict=True))
    return tuple(msgspec.structs.replace(p, tags=tags.get(p.id, ())) for p in passages)
