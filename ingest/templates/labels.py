"""A template as a table of labels, and labels as they are compared.

Pages of one template differ in spelling (organisation, organization), in number (lesson, lessons), in what stands in
brackets behind a label, and in the numbering before it; none of that counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from corpus.ids import fold

LABEL_WORDS = 12
"""A longer heading is a sentence, not a label."""

FACTS = frozenset((
    "objectives", "principles", "sdgs", "dates", "start", "end", "type", "scope", "country", "organisations", "detail",
    "donors", "submitted", "position", "private", "aside",
))  # fmt: skip
"""Fields that hold short values; all others are keys of `corpus.model.PRACTICE_FIELDS` and hold text.

``detail`` is what a page says more of its organisations.  ``private`` values (who the contact person is and how to
reach them) are never kept; ``aside`` ones belong to the page, not to the practice.
"""

_NUMBERING = re.compile(r"^\s*(?:\d+(?:\.\d+)*[.):]?|[A-Za-z][.)])\s+(?=\w)")
_BRACKETED = re.compile(r"\([^()]*(?:\)|$)")
"""What stands in brackets behind a label; open to the end where a print breaks the line within."""
_BRITISH = re.compile(r"(?<=\w)is(?=(?:ation|ed|ing|e)s?\b)")


def key_of(text: str) -> str:
    """A label as it is compared; blank for what is no label."""
    if len(text.split()) > LABEL_WORDS:
        return ""
    bare = _BRACKETED.sub(" ", _NUMBERING.sub("", text))
    words = _BRITISH.sub("iz", fold(bare)).split()
    return " ".join(word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] != "s" else word for word in words)


@dataclass(frozen=True)
class Template:
    """What pages of one kind have in common.

    ``fields`` maps folded labels to fields.  A page fits when it has ``least`` different labels and ``least_own`` of
    those in ``own``, which other pages do not have.  ``publisher`` is who publishes all pages of this template.
    """

    name: str
    fields: Mapping[str, str]
    own: frozenset[str]
    least: int
    least_own: int
    publisher: str = ""
    named: frozenset[str] = field(default=frozenset())
    """The labels that say no more than the field's own name does: they need no repeating above its claims."""

    def field_of(self, text: str) -> str:
        """The field that a label announces, blank for words that are none of the template's."""
        return self.fields.get(key_of(text), "")

    def fits(self, keys: Iterable[str]) -> bool:
        """Whether a page with these labels is one of the template's."""
        known = {key for key in keys if key in self.fields}
        return len(known) >= self.least and len(known & self.own) >= self.least_own


def keyed(labels: Mapping[str, str]) -> dict[str, str]:
    """Fields by their folded labels, from fields with their labels written out, parted by bars."""
    return {key_of(label): name for name, told in labels.items() for label in re.split(r"\s*\|\s*|\n", told.strip())}


def keys(labels: str) -> frozenset[str]:
    """Folded labels, from labels parted by bars."""
    return frozenset(key_of(label) for label in labels.split("|"))
