"""From passages' tags to what a whole document is chiefly about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from corpus.concepts import vocabulary
from corpus.model import Passage, Value
from corpus.places import PLACE_PREFIX
from ingest.tagging import tagger

CHIEF_SHARE = 0.08
"""A document is chiefly about a concept that tags at least this share of its words: two pages of a short report."""
CHIEF_THEMES = 8
CHIEF_PLACES = 12
"""More than this is a list, not a subject."""


class Chief(Value, frozen=True):
    """Listed themes and target groups, and countries (alpha-2), most prominent first."""

    themes: tuple[str, ...]
    target_groups: tuple[str, ...]
    countries: tuple[str, ...]


def tag_passages(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages with their tags; private ones have none."""
    public = [p for p in passages if not p.private]
    tags = dict(zip((p.id for p in public), tagger().tag_all((p.text, p.path) for p in public), strict=True))
    return tuple(msgspec.structs.replace(p, tags=tags.get(p.id, ())) for p in passages)


def chief(passages: Sequence[Passage]) -> Chief:
    """What tagged passages are together chiefly about."""
    words = Counter({p.id: len(p.text.split()) for p in passages})
    total = max(words.total(), 1)
    weight: Counter[str] = Counter()
    for passage in passages:
        concepts = passage.concepts()
        listed = {vocabulary().listed_ancestor(c) or c for c in concepts if _known(c)}
        for concept in listed | {c for c in concepts if c.startswith(PLACE_PREFIX)}:
            weight[concept] += words[passage.id]
    prominent = [concept for concept, n in weight.most_common() if n / total >= CHIEF_SHARE]
    return Chief(
        themes=tuple(c for c in prominent if _scheme(c) == "themes")[:CHIEF_THEMES],
        target_groups=tuple(c for c in prominent if _scheme(c) == "target-groups")[:CHIEF_THEMES],
        countries=tuple(
            c.removeprefix(PLACE_PREFIX)
            for c in prominent
            if c.startswith(PLACE_PREFIX) and c.removeprefix(PLACE_PREFIX).isupper()
        )[:CHIEF_PLACES],
    )


def _known(concept: str) -> bool:
    return concept in vocabulary()


def _scheme(concept: str) -> str:
    return vocabulary().concept(concept).scheme if _known(concept) else ""
