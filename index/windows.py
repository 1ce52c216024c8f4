"""The pieces of a text that are compared in meaning: whole sentences, about a hundred words together.

A vector of many words tells little of each: half a passage is found by what it says where the whole one is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

WINDOW_WORDS = 100
"""Measured (docs/search.md): windows of 100 words with the heading above them did better than 60, 200 and sentences."""

SLACK = 1.25
"""A window may be longer by this factor where the sentence fits: less is left over at the end."""

_SENTENCE_END = re.compile(r"(?<=[.!?…؟。;:])[\"'”’)\]]*\s+|\n+")


def windows(text: str, heading: str = "") -> tuple[str, ...]:
    """The windows of a text, each under its heading; a text of ``WINDOW_WORDS`` words or less is one."""
    lead = f"{heading}. " if heading else ""
    return tuple(lead + " ".join(words) for words in _gathered(text))


def _gathered(text: str) -> Iterator[list[str]]:
    held: list[str] = []
    for sentence in _SENTENCE_END.split(text):
        words = sentence.split()
        if held and len(held) + len(words) > WINDOW_WORDS * SLACK:
            yield held
            held = []
        held += words
    if held:
        yield held
