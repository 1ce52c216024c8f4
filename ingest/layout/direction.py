"""Text that runs from right to left: from the order of place on the page to the order of reading, and back.

A small part of the Unicode Bidirectional Algorithm (UAX #9), enough for lines without embeddings.
"""

from __future__ import annotations

import re
import unicodedata

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_CLASSES = {"R": "r", "AL": "r", "NSM": "r", "L": "l", "EN": "d", "AN": "d", "ES": "c", "CS": "c", "ET": "t"}
_FORWARD = re.compile(r"l(?:[^r]*[ld])?|t*d+(?:cd+)*t*")
"""What runs from left to right within a line that does not: foreign words with figures, and figures by themselves."""
_BACKWARD = re.compile(r"r(?:[^l]*r)?")
"""What runs from right to left within a line that does not."""
_BRACKETS = str.maketrans("()[]{}<>«»", ")(][}{><»«")


def runs_back(text: str) -> bool:
    """Whether a text has letters that are read from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def turned(text: str) -> str:
    """One line's characters from left to right as they are read, or those that are read as they stand.

    A line runs from right to left when at least half of its letters do.
    """
    if not runs_back(text):
        return text
    classes = "".join(_CLASSES.get(unicodedata.bidirectional(sign), "n") for sign in text)
    if classes.count("r") >= classes.count("l"):
        return _reversed(text, classes)
    pieces, at = [], 0
    for match in _BACKWARD.finditer(classes):
        start, end = match.span()
        pieces += [text[at:start], _reversed(text[start:end], classes[start:end])]
        at = end
    return "".join([*pieces, text[at:]])


def _reversed(text: str, classes: str) -> str:
    """A text back to front, but for what runs forward in it; brackets open to the other side."""
    pieces, at = [], 0
    for match in _FORWARD.finditer(classes):
        start, end = match.span()
        pieces += [text[at:start][::-1].translate(_BRACKETS), text[start:end]]
        at = end
    pieces.append(text[at:][::-1].translate(_BRACKETS))
    return "".join(reversed(pieces))
