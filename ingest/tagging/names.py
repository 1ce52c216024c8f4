"""Where the names of organisations stand: words inside them tell who is meant, not what is spoken of."""

from __future__ import annotations

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Token

from ingest.tagging.language import Reader

BODIES = (
    "Agency", "Alliance", "Association", "Authority", "Board", "Bureau", "Center", "Centre", "Coalition", "Commission",
    "Committee", "Consortium", "Council", "Department", "Directorate", "Division", "Federation", "Forum", "Foundation",
    "Fund", "Institute", "Ministry", "Ministries", "Network", "Office", "Organisation", "Organization", "Secretariat",
    "Secretary", "Section", "Society", "Trust", "Union", "Unit", "University",
    "Agence", "Comité", "Conseil", "Direction", "Fondation", "Institut", "Ministère",
    "Réseau", "Secrétariat", "Société", "Université",
    "Agencia", "Asociación", "Comisión", "Consejo", "Dirección", "Fundación", "Instituto", "Ministerio",
    "Organización", "Procuraduría", "Red", "Secretaría", "Sociedad", "Universidad",
)  # fmt: skip
"""Nouns that make a run of capitalised words the name of a body."""

_INSIDE = frozenset({
    "of", "for", "the", "and", "on", "in", "&", "de", "des", "du", "la", "le", "les", "et", "pour", "del", "los", "las",
    "y", "para",
})  # fmt: skip


class NameFinder:
    """Finds the names of organisations by the nouns in them."""

    def __init__(self, reader: Reader) -> None:
        self._bodies = PhraseMatcher(reader.nlp.vocab, attr="ORTH")
        self._bodies.add("body", [reader.read(noun) for noun in BODIES])

    def find(self, doc: Doc) -> bytes:
        """For each token 1 where it stands inside an organisation's name of two words or more, else 0."""
        inside = bytearray(len(doc))
        for _, start, end in self._bodies(doc):
            first, last = _grown(doc, start, -1), _grown(doc, end - 1, 1)
            if last > first:
                inside[first : last + 1] = b"\1" * (last + 1 - first)
        return bytes(inside)


def _grown(doc: Doc, at: int, step: int) -> int:
    """The furthest capitalised token that goes on from ``at`` over small words that stand inside names."""
    furthest, here = at, at + step
    while 0 <= here < len(doc) and (_capitalised(doc[here]) or doc[here].lower_ in _INSIDE):
        if _capitalised(doc[here]):
            furthest = here
        here += step
    return furthest


def _capitalised(token: Token) -> bool:
    return token.is_alpha and token.text[0].isupper() and not token.is_stop
