"""Identity: slugs of documents, and content-derived ids of passages and statements.

A passage's id is ``document.p<12 hex>`` and a statement's ``document.s<12 hex>``, with ``.2``, ``.3`` … for repeats in
the same document.  The hex digits are the first of SHA-256 over the folded text, never the kind, the page or a tool's
version, so that an id survives a better reader as long as the words are the same.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from typing import Literal

SLUG_MAX = 80
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_NOT_WORD = re.compile(r"\W+")


def fold(text: str) -> str:
    """Text as it is compared: NFKC, case-folded, accents off, runs of anything but letters and digits as one space."""
    if text.isascii():
        return _NOT_WORD.sub(" ", text.casefold()).strip()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    for sign in set(decomposed):  # of a text's many characters few are different ones
        if unicodedata.combining(sign):
            decomposed = decomposed.replace(sign, "")
    return _NOT_WORD.sub(" ", decomposed).strip()


def slug(name: str) -> str:
    """A name as a document id: ``[a-z0-9-]``, at most SLUG_MAX characters, never empty."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    made = _NOT_SLUG.sub("-", ascii_name.lower()).strip("-")[:SLUG_MAX].strip("-")
    return made or "document-" + hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:8]


class Ids:
    """Hands out the ids of one document's passages and statements, counting repeats."""

    def __init__(self, doc: str) -> None:
        self.doc = doc
        self._seen: Counter[str] = Counter()

    def make(self, letter: Literal["p", "s"], text: str) -> str:
        digest = hashlib.sha256(fold(text).encode()).hexdigest()[:12]
        stem = f"{self.doc}.{letter}{digest}"
        self._seen[stem] += 1
        nth = self._seen[stem]
        return stem if nth == 1 else f"{stem}.{nth}"


def kind_of(identifier: str) -> Literal["whole", "passage", "statement"]:
    """What an id names by its form; "whole" is a document or a practice."""
    head = identifier.partition(".")[2][:1]
    return "passage" if head == "p" else "statement" if head == "s" else "whole"
