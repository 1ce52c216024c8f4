"""The text as the matchers see it: spaCy's tokens, with stems where lemmas would stand.

A blank English pipeline and Snowball stems find inflected phrases at hundreds of thousands of words a second; the same
stems serve both sides, so that French and Spanish phrases match their own plurals too.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import numpy as np
import spacy
import Stemmer
from spacy.language import Language
from spacy.strings import get_string_id
from spacy.tokens import Doc

_LEVEL = str.maketrans({"-": " ", "‐": " ", "‑": " ", "–": " ", "’": "'", "‘": "'", "\u00a0": " ", "\u00ad": " "})
"""One character for one: offsets in the levelled text are offsets in the source."""

_ELISION = re.compile(r"\b([cdjlmnst]|qu)'(?=\w)", re.IGNORECASE)
"""French articles and pronouns that lean on the next word ("l'enfant"), which is a word of its own."""

_IZE = re.compile(r"is(e|ed|es|ing|ation|ations|er|ers)$")
_OR = re.compile(r"our(s|ed|ing|er|ers)?$")
_SPELLINGS = (("programme", "program"), ("centre", "center"), ("counsell", "counsel"), ("travell", "travel"))

_SURROGATE = re.compile(r"[\ud800-\udfff]")
"""Half characters, which no encoding can hold; JSON and broken fonts bring them."""

LONGEST_TEXT = 1_000_000_000
"""Characters; spaCy's own bound guards its parser, which is not used here."""

CACHE_WORDS = 200_000
"""Different words remembered with their stems; a year of reports has fewer, a folder of noise has more."""


def level(text: str) -> str:
    """The text with hyphens as spaces, one kind of apostrophe and none after elisions, character for character."""
    levelled = whole(text).translate(_LEVEL)
    return _ELISION.sub(r"\1 ", levelled) if "'" in levelled else levelled


def whole(text: str) -> str:
    """The text with a replacement character for each half one, character for character."""
    return _SURROGATE.sub("\ufffd", text)


def printed(text: str, doc: Doc, start: int, end: int) -> str:
    """The source's own characters for the tokens ``start`` to ``end`` of the document read from it."""
    last = doc[end - 1]
    return text[doc[start].idx : last.idx + len(last)]


def one_spelling(word: str) -> str:
    """A lower-case word in one spelling of British and American ones, accents off.

    It need not be a real word ("four" becomes "for"): both sides of every comparison pass through here.
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    for british, american in _SPELLINGS:
        bare = bare.replace(british, american)
    return _OR.sub(r"or\1", _IZE.sub(r"iz\1", bare))


class Reader:
    """Turns text into spaCy documents whose lemmas are the numbers of Snowball stems."""

    def __init__(self) -> None:
        self.nlp: Language = spacy.blank("en")
        self.nlp.max_length = LONGEST_TEXT
        self._stemmer = Stemmer.Stemmer("english")
        self._stems: dict[int, int] = {}

    def read(self, text: str) -> Doc:
        """The levelled text's tokens, each with its stem's number as ``lemma``."""
        doc = self.nlp.make_doc(level(text))
        if len(self._stems) > CACHE_WORDS:
            self._stems.clear()
        words: list[int] = doc.to_array("LOWER").tolist()
        for word in set(words).difference(self._stems):
            self._stems[word] = self._stem(self.nlp.vocab.strings[word])
        if words:
            stems: Any = np.array([[self._stems[word]] for word in words], dtype="uint64")
            doc.from_array(["LEMMA"], stems)
        return doc

    def _stem(self, word: str) -> int:
        """spaCy's number for the stem of a lower-case word; the stem itself is kept nowhere."""
        return int(get_string_id(self._stemmer.stemWord(one_spelling(word)) or word))
