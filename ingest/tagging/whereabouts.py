"""Finding countries and groupings: names as written, with the false friends that a field's reports hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Token

from corpus.places import PLACE_PREFIX, Country, countries, groupings, supplement
from ingest.tagging.language import Reader

SHOUTABLE = 5
"""Names from this length on are looked for in capitals too; shorter ones would meet acronyms."""

_NO_PLURAL = ("s", "sh", "ch", "ese")
_OF_LANGUAGES = frozenset({"language", "languages", "speaking", "version", "translation", "lessons", "courses"})
_BETWEEN = frozenset({",", "/", "and", "or", "&"})
_INSIDE_NAMES = frozenset({"of", "for", "the"})
_DECOY = "decoy"
_SHARED = "shared:"


@dataclass(frozen=True, slots=True)
class Whereabout:
    """One mention of a place: its concept id, and whether it stands inside the name of an organisation in a list."""

    concept: str
    start: int
    end: int
    word: str
    in_list_of_names: bool = False


class PlaceFinder:
    """The names of all countries and groupings, compiled."""

    def __init__(self, reader: Reader) -> None:
        self._more = supplement()
        self._matcher = PhraseMatcher(reader.nlp.vocab, attr="ORTH")
        self._keys: dict[int, str] = {}
        names: dict[str, set[str]] = defaultdict(set)
        for country in countries().values():
            names[PLACE_PREFIX + country.alpha2].update(_forms(country))
        for identifier, grouping in groupings().items():
            names[identifier].update(grouping.synonyms)
        for shared in self._more.shared:
            names[_SHARED + shared].add(shared)
        names[_DECOY].update(self._more.decoys)
        for key, forms in names.items():
            self._keys[reader.nlp.vocab.strings.add(key)] = key
            kept = [f for f in forms if key.startswith(_SHARED) or f not in self._more.shared]
            self._matcher.add(key, [reader.read(form) for form in kept])
        self._language_names = self._more.languages | {"English", "Arabic", "Amharic"}

    def find(self, doc: Doc) -> list[Whereabout]:
        """Every mention of a place that is one; names that several countries share are settled by the others."""
        found = [w for w in self._longest(doc) if self._is_place(doc, w)]
        sure = {w.concept for w in found}
        return [self._settled(w, sure) for w in found]

    def _longest(self, doc: Doc) -> Iterator[Whereabout]:
        taken = bytearray(len(doc))
        kept = []
        for key, start, end in sorted(self._matcher(doc), key=lambda m: (m[1] - m[2], m[1])):
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                kept.append((self._keys[key], start, end))
        for concept, start, end in kept:
            one_of_many = not (end < len(doc) and taken[end]) and _in_list_of_names(doc, start, end)
            yield Whereabout(concept, start, end, doc[start:end].text, one_of_many)

    def _is_place(self, doc: Doc, found: Whereabout) -> bool:
        if found.concept == _DECOY:
            return False
        before = doc[found.start - 1].text if found.start else ""
        after = doc[found.end].text if found.end < len(doc) else ""
        code = found.concept.removeprefix(PLACE_PREFIX)
        a_text = after in self._more.treaty_words
        a_person = before in self._more.person_words and code in self._more.person_countries
        shouted = len(found.word) < SHOUTABLE and before.isupper() and len(before) >= SHOUTABLE - 1  # "CONTACT US"
        if a_text or a_person or shouted:
            return False
        return not (found.word in self._more.languages and self._is_language(doc, before, found.end))

    def _is_language(self, doc: Doc, before: str, following: int) -> bool:
        """Whether an adjective that is also a language stands for it: alone, in a list of languages, "-speaking"."""
        while following < len(doc) and (doc[following].text in _BETWEEN or doc[following].text in self._language_names):
            following += 1
        if following == len(doc):
            return True
        token: Token = doc[following]
        quoted = before == "in" and not token.is_lower
        return quoted or not token.is_alpha or token.is_stop or token.lower_ in _OF_LANGUAGES

    def _settled(self, found: Whereabout, sure: set[str]) -> Whereabout:
        if not found.concept.startswith(_SHARED):
            return found
        codes = self._more.shared[found.concept.removeprefix(_SHARED)]
        named = [PLACE_PREFIX + code for code in codes if PLACE_PREFIX + code in sure]
        concept = named[0] if named else PLACE_PREFIX + codes[0]
        return Whereabout(concept, found.start, found.end, found.word, found.in_list_of_names)


def _forms(country: Country) -> Iterator[str]:
    """Every written form that names a country."""
    for name in country.names:
        yield name
        if len(name) >= SHOUTABLE:
            yield name.upper()
    yield from country.cities
    for adjective in country.adjectives:
        yield adjective
        if not adjective.endswith(_NO_PLURAL):
            yield adjective + "s"


def _in_list_of_names(doc: Doc, start: int, end: int) -> bool:
    """Whether a mention is a word of one name among several ("the Kenya Red Cross, Save the Children and …").

    Only commas and semicolons tell a list: "and" stands inside the names of ministries too.
    """
    after = end
    while after < len(doc) and (_capitalised(doc[after]) or (after > end and doc[after].lower_ in _INSIDE_NAMES)):
        after += 1
    if after == end:
        return False
    before = start - 1
    while before >= 0 and doc[before].lower_ in _INSIDE_NAMES:
        before -= 1
    return _joins(doc, after, after + 1) or _joins(doc, before, before - 1)


def _capitalised(token: Token) -> bool:
    return token.is_alpha and token.text[0].isupper() and not token.is_stop


def _joins(doc: Doc, joint: int, beyond: int) -> bool:
    """Whether a comma at ``joint`` ties on another name."""
    if 0 <= beyond < len(doc) and beyond > joint and doc[beyond].lower_ in _INSIDE_NAMES:
        beyond += 1  # "…, the Office of"
    inside = 0 <= joint < len(doc) and 0 <= beyond < len(doc)
    return inside and doc[joint].text in {",", ";"} and _capitalised(doc[beyond])


def by_place(found: Sequence[Whereabout]) -> dict[str, list[tuple[int, int]]]:
    """The places that are spoken of, in order of mention, with their tokens; mere names in a list do not count."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for whereabout in sorted(found, key=lambda w: w.start):
        if not whereabout.in_list_of_names:
            spans.setdefault(whereabout.concept, []).append((whereabout.start, whereabout.end))
    return spans
