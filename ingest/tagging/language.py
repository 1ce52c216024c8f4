"""The text as the matchers see it: spaCy's tokens, with stems where lemmas would stand.

A blank English pipeline and Snowball stems find inflected phrases at hundreds of thousands of words a second; the same
stems serve both sides, so that French and Spanish phrases match their own plurals too.
"""

from __future__ import annotations

import re
import unicodedata

import spacy
import Stemmer
from spacy.language import Language
from spacy.tokens import Doc

_LEVEL = str.maketrans({"-": " ", "‐": " ", "‑": " ", "–": " ", "’": "'", "‘": "'", "\u00a0": " ", "\u00ad": " "})
"""One character for one: offsets in the levelled text are offsets in the source."""

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
    """The text with hyphens as spaces and one kind of apostrophe, character for character."""
    return whole(text).translate(_LEVEL)


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
    """Turns text into spaCy documents whose lemmas are Snowball stems."""

    def __init__(self) -> None:
        self.nlp: Language = spacy.blank("en")
        self.nlp.max_length = LONGEST_TEXT
        self._stemmer = Stemmer.Stemmer("english")
        self._stems: dict[int, str] = {}

    def read(self, text: str) -> Doc:
        """The levelled text's tokens, each with its stem as ``lemma_``."""
        doc = self.nlp.make_doc(level(text))
        if len(self._stems) > CACHE_WORDS:
            self._stems.clear()
        for token in doc:
            stem = self._stems.get(token.lower)
            if stem is None:
                stem = self._stems[token.lower] = self._stemmer.stemWord(one_spelling(token.lower_)) or token.lower_
            token.lemma_ = stem
        return doc
