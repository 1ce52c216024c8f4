"""The words by which laws and long reports name their divisions: book, part, title, chapter, section, article."""

from __future__ import annotations

import re

from corpus.ids import fold

_DIVISIONS = (
    ("book", "libro", "livre"),
    ("part", "parte", "partie"),
    ("title", "titulo", "titre"),
    ("chapter", "capitulo", "chapitre"),
    ("section", "seccion"),
    ("article", "articulo"),
)
_DIVISION = re.compile(rf"({'|'.join(word for words in _DIVISIONS for word in words)}) (?:[ivxlc]+|\d+|unico|unique)\b")


LONGEST = 30
"""Characters: a division's word with its number is no longer."""


def division(text: str, alone: bool = False) -> int:
    """The rank of a law's division by its word ("Title II", "Capítulo IV"): 1 is the widest; 0 where it is none."""
    if alone and len(text) > LONGEST:
        return 0
    folded = fold(text[:LONGEST])
    match = _DIVISION.match(folded)
    if match is None or (alone and match.end() != len(folded)):
        return 0
    return next(rank for rank, words in enumerate(_DIVISIONS, start=1) if match[1] in words)
