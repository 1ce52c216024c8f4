"""Tags as ``fingerpost tag`` prints them."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.concepts import vocabulary
from corpus.model import Tag, Value
from corpus.places import PLACE_PREFIX, countries


class TagSummary(Value, frozen=True, omit_defaults=False):
    """Listed themes and target groups (narrower ones rolled up), countries (alpha-2), and every concept id."""

    themes: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()


def summary(tags: Iterable[Tag]) -> TagSummary:
    """What a passage's tags say, each id once, strongest first."""
    concepts = tuple(dict.fromkeys(tag.concept for tag in tags))
    codes = (c.removeprefix(PLACE_PREFIX) for c in concepts if c.startswith(PLACE_PREFIX))
    return TagSummary(
        themes=_listed(concepts, "themes"),
        target_groups=_listed(concepts, "target-groups"),
        countries=tuple(code for code in codes if code in countries()),
        concepts=concepts,
    )


def _listed(concepts: Iterable[str], scheme: str) -> tuple[str, ...]:
    words = vocabulary()
    known = (c for c in concepts if c in words and words.concept(c).scheme == scheme)
    return tuple(dict.fromkeys(listed for c in known if (listed := words.listed_ancestor(c))))
