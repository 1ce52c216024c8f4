"""The tagger: a passage and its headings in, the concepts that it is about out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice

from spacy.tokens import Doc

from corpus.concepts import Vocabulary, vocabulary
from corpus.model import Tag
from ingest.tagging import aboutness, ages, criteria, frameworks
from ingest.tagging.aboutness import Seen, Weighed, Weights
from ingest.tagging.language import Reader, level, printed, whole
from ingest.tagging.names import NameFinder
from ingest.tagging.nothing import says_nothing
from ingest.tagging.phrases import PhraseFinder
from ingest.tagging.whereabouts import EVIDENCE_WORDS, PlaceFinder, by_place, in_form_field

NAMED = Weights(
    phrase=1.0, word=1.0, sign=0.0, opening=1.0, heading=1.0, named=1.0, least=1.0, growth=0, share=0, most=8
)
"""For schemes whose concepts are told by being named: every name counts, and each alone is enough."""

SCHEMES: dict[str, Weights] = {
    "themes": Weights(),
    "target-groups": Weights(phrase=1.3, word=1.0, sign=0.2, named=1.0, least=0.95, growth=0.0, share=0.3, most=6),
    "situation": NAMED,
    "gcm-principles": NAMED,
}
"""The schemes that are tagged by phrases, each with its weights."""

IMPLIED = ("pillars", "gcm-objectives", "sdgs")
"""The schemes that follow from themes, and are named by number."""
IMPLIED_SHARE = 0.8
"""What is left of a theme's score in what follows from it."""
TOLD_SCORE = 0.7
"""Score of a concept that a wording tells: a number, a judgement."""

CHILD = re.compile(
    r"\b(?:child|minors?\b|adolescen|boys?\b|girls?\b|teenage|youth|young|infant|bab(?:y|ies)\b|UASC|UMC|enfant|mineure?s?\b|"
    r"garçon|filles?\b|jeunes?\b|niñ|menores\b|jóvenes\b|joven\b)",
    re.IGNORECASE,
)
"""What must be spoken of for a passage to tell a child's situation."""

ACTED_UPON = frozenset({"capacity-building", "advocacy-policy"})
"""Themes whose work trains, persuades or supports those who otherwise act themselves."""
ACTOR_BAR = 2.5
"""How many times the usual evidence an actor needs in a passage about none of these."""

SHORTEST_SENTENCE = 3
"""A full stop before this token ends a number ("2."), not a sentence."""

OPENING_TOKENS = 60
"""A first sentence that goes on longer is an enumeration; its tail is no opening."""

PASSAGES_PER_ZONE = 64
"""So many passages share what spaCy learns of their words before it forgets it."""


class Tagger:
    """Finds what passages are about, by the phrases of the vocabulary."""

    def __init__(self, words: Vocabulary) -> None:
        self._reader = Reader()
        self._words = words
        self._phrases = PhraseFinder(self._reader, (c for scheme in SCHEMES for c in words.scheme(scheme)))
        self._follows = {c.id: c.from_themes for scheme in IMPLIED for c in words.scheme(scheme) if c.from_themes}
        self._ends = {c.id: c.serves for scheme in SCHEMES for c in words.scheme(scheme) if c.serves}
        self._names = NameFinder(self._reader)
        self._places = PlaceFinder(self._reader)

    def tag(self, text: str, path: tuple[str, ...] = ()) -> tuple[Tag, ...]:
        """The tags of one passage under the headings ``path``: themes, groups, then places, strongest first."""
        return self.tag_all([(text, path)])[0]

    def tag_all(self, items: Iterable[tuple[str, tuple[str, ...]]]) -> list[tuple[Tag, ...]]:
        """The tags of many passages; memory does not grow with their number."""
        tags: list[tuple[Tag, ...]] = []
        waiting = iter(items)
        while batch := list(islice(waiting, PASSAGES_PER_ZONE)):
            with self._reader.nlp.memory_zone():
                tags.extend(self._tag(whole(text), path) for text, path in batch)
        return tags

    def _tag(self, text: str, path: tuple[str, ...]) -> tuple[Tag, ...]:
        doc = self._reader.read(text)
        places = self._places.find(doc)
        if says_nothing(text, doc):
            return tuple(by_place(text, doc, [place for place in places if in_form_field(text, doc, place)]))
        body = self._seen(text, doc, None, _first_sentence(doc), self._names.find(doc))
        stretches = [body, *self._headings(path)]
        length = sum(doc.to_array("IS_ALPHA").tolist())
        themes = list(self._tags_of("themes", stretches, length))
        groups = self._tags_of("target-groups", stretches, length, spared=not ACTED_UPON.isdisjoint(map(_id, themes)))
        tags = [*themes, *groups, *by_place(text, doc, places)]
        levelled = level(text)
        if CHILD.search(text):
            situation = self._tags_of("situation", [body], length)
            tags.extend(_once((*situation, *_told(ages.bands(levelled.lower()), text))))
        tags.extend(_told(criteria.assessed(levelled, level(path[-1]) if path else ""), text))
        tags.extend(self._tags_of("gcm-principles", [body], length))
        tags.extend(_once((*_told(frameworks.named(text), text), *self._implied(themes))))
        return tuple(tags)

    def _tags_of(self, scheme: str, stretches: Sequence[Seen], length: int, *, spared: bool = True) -> Iterator[Tag]:
        """The tags of one scheme; without ``spared`` actors need more evidence."""
        weights = SCHEMES[scheme]
        weighed = aboutness.weigh(stretches, scheme, weights)
        if not spared:
            weighed = {c: self._as_actor(c, w) for c, w in weighed.items()}
        return self._about(weights, weighed, length)

    def _implied(self, themes: Sequence[Tag]) -> Iterator[Tag]:
        """What follows from a passage's themes in schemes that other institutions made."""
        by_theme = {tag.concept: tag for tag in themes}
        for concept, sources in self._follows.items():
            theme = next((by_theme[source] for source in sources if source in by_theme), None)
            if theme:
                yield Tag(concept=concept, score=round(theme.score * IMPLIED_SHARE, 3), evidence=theme.evidence)

    def _headings(self, path: tuple[str, ...]) -> Iterator[Seen]:
        """The headings over a passage, its own first."""
        for above, heading in enumerate(reversed(path)):
            text = whole(heading)
            yield self._seen(text, self._reader.read(text), above)

    def _as_actor(self, concept: str, weighed: Weighed) -> Weighed:
        """Less evidence for a group that is most often named because it acts."""
        actor = self._words.concept(concept).actor
        return Weighed(weighed.evidence / ACTOR_BAR, weighed.words) if actor else weighed

    def _about(self, weights: Weights, weighed: Mapping[str, Weighed], length: int) -> Iterator[Tag]:
        """Tags for what a passage is about, each followed by the narrower concepts that tell it."""
        families: dict[str, list[str]] = defaultdict(list)
        for concept in weighed:
            families[self._words.listed_ancestor(concept) or concept].append(concept)
        whole = {head: aboutness.together(weighed[c] for c in members) for head, members in families.items()}
        whole = aboutness.in_service(whole, self._ends, length, weights)
        for head in aboutness.about(whole, length, weights):
            yield _tag(head, whole[head])
            for concept in sorted(families[head], key=lambda c: -weighed[c].evidence):
                if concept != head and weighed[concept].evidence >= weights.word:
                    yield _tag(concept, weighed[concept])

    def _seen(self, text: str, doc: Doc, above: int | None, opening: int = 0, named: bytes = b"") -> Seen:
        mentions = self._phrases.find(doc)
        words = {(m.start, m.end): printed(text, doc, m.start, m.end) for found in mentions.values() for m in found}
        return Seen(mentions, words, above, opening, named)


def _tag(concept: str, weighed: Weighed) -> Tag:
    return Tag(concept=concept, score=aboutness.score(weighed.evidence), evidence=weighed.words[:EVIDENCE_WORDS])


def _id(tag: Tag) -> str:
    return tag.concept


def _told(found: Iterable[tuple[str, int, int]], text: str) -> Iterator[Tag]:
    """Tags for what a wording tells, from concepts with the characters of ``text`` that tell them."""
    words: dict[str, dict[str, None]] = defaultdict(dict)
    for concept, start, end in found:
        words[concept][text[start:end]] = None
    for concept, evidence in words.items():
        yield Tag(concept=concept, score=TOLD_SCORE, evidence=tuple(evidence)[:EVIDENCE_WORDS])


def _once(tags: Iterable[Tag]) -> Iterator[Tag]:
    """The first tag of each concept."""
    seen: set[str] = set()
    for tag in tags:
        if tag.concept not in seen:
            seen.add(tag.concept)
            yield tag


def _first_sentence(doc: Doc) -> int:
    """Index of the token after the first full stop or line end, OPENING_TOKENS at most."""
    ends = (token.i + 1 for token in doc if token.i > SHORTEST_SENTENCE and token.text in {".", "?", "!", "\n"})
    return min(next(ends, len(doc)), OPENING_TOKENS)


@cache
def tagger() -> Tagger:
    """The tagger over the shipped vocabularies, built once."""
    return Tagger(vocabulary())
