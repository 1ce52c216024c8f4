"""How the collection writes its words: with their accents, and in small letters unless they are names.

Words are searched folded; what is shown of them, and what the model of meaning is given, is as the documents have it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from index.analysis import fold_word, raw_words


def spelled(texts: Iterable[str]) -> dict[str, str]:
    """The words of texts by their folded forms: the most frequent writing in small letters, any other where none is."""
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(raw_words(text))
    found: dict[str, str] = {}
    for raw, _ in sorted(counted.items(), key=lambda told: (is_name(told[0]), -told[1], told[0])):
        found.setdefault(fold_word(raw), raw)
    return found


def taken_over(held: Mapping[str, str], found: Mapping[str, str]) -> dict[str, str]:
    """Both together: what is held stays, unless only a name was known and the word is written in small letters too."""
    known = dict(held)
    for word, writing in found.items():
        if word not in known or (is_name(known[word]) and not is_name(writing)):
            known[word] = writing
    return known


def is_name(written: str) -> bool:
    """Whether a word that is always written so is a name or an acronym: it has a capital."""
    return written != written.lower()
