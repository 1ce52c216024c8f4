"""From passages' tags to what a whole document, or one of its sections, is chiefly about (pure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from corpus.concepts import vocabulary
from corpus.model import Passage, Section, Value
from corpus.places import PLACE_PREFIX

CHIEF_SHARE = 0.08
"""A document is chiefly about a concept that tags at least this share of its words: two pages of a short report."""
SECTION_SHARE = 0.34
"""Of a section it takes a third: a concept that one passage of several has is not the section's subject."""
CHIEF_THEMES = 8
CHIEF_PLACES = 12
"""More than this is a list, not a subject."""


class Chief(Value, frozen=True):
    """Listed themes and target groups, and countries (alpha-2), most prominent first."""

    themes: tuple[str, ...]
    target_groups: tuple[str, ...]
    countries: tuple[str, ...]


def chief(passages: Sequence[Passage], share: float = CHIEF_SHARE) -> Chief:
    """What tagged passages are together chiefly about: what tags at least ``share`` (0–1) of their words."""
    words = Counter({p.id: len(p.text.split()) for p in passages})
    total = max(words.total(), 1)
    weight: Counter[str] = Counter()
    for passage in passages:
        concepts = passage.concepts()
        listed = {vocabulary().listed_ancestor(c) or c for c in concepts if c in vocabulary()}
        for concept in listed | {c for c in concepts if c.startswith(PLACE_PREFIX)}:
            weight[concept] += words[passage.id]
    ranked = sorted(weight.items(), key=lambda item: (-item[1], item[0]))
    prominent = [concept for concept, n in ranked if n / total >= share]
    codes = (c.removeprefix(PLACE_PREFIX) for c in prominent if c.startswith(PLACE_PREFIX))
    return Chief(
        themes=tuple(c for c in prominent if _scheme(c) == "themes")[:CHIEF_THEMES],
        target_groups=tuple(c for c in prominent if _scheme(c) == "target-groups")[:CHIEF_THEMES],
        countries=tuple(code for code in codes if code.isupper())[:CHIEF_PLACES],
    )


def chief_of_section(section: Section, passages: Sequence[Passage]) -> Chief:
    """What a section, with the sections under it, is chiefly about; ``passages`` are the document's."""
    depth = len(section.path)
    return chief([p for p in passages if p.path[:depth] == section.path], SECTION_SHARE)


def _scheme(concept: str) -> str:
    return vocabulary().concept(concept).scheme if concept in vocabulary() else ""
