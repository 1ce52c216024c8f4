"""Sentences for readers that are made far from any page: English where they are made, translated where they are shown.

A room that does not know of pages writes ``Message("%(word)s was searched.", word=typed)``, or marks a label that
stands in a table with `N_`.  The tools that gather what is to be translated find both (CONTRIBUTING.md).
"""

from __future__ import annotations


class Message(str):
    """A sentence in English, with the pattern and the values it was made of: what its translation is made of."""

    pattern: str
    values: dict[str, object]

    def __new__(cls, pattern: str, **values: object) -> Message:
        made = super().__new__(cls, pattern % values)
        made.pattern, made.values = pattern, values
        return made


def N_(message: str) -> str:
    """The message itself: marks it as one that is translated where it is shown."""
    return message
