"""The tagger: a passage and its headings in, the concepts that it is about out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice

from spacy.tokens import Doc

from corpus.concepts import Vocabulary, vocabulary
from corpus.model import Tag
from ingest.tagging import aboutness
from ingest.tagging.aboutness import Seen, Weighed, Weights
from ingest.tagging.language import Reader, printed, whole
from ingest.tagging.names import NameFinder
from ingest.tagging.phrases import PhraseFinder
from ingest.tagging.whereabouts import EVIDENCE_WORDS, PlaceFinder, by_place

SCHEMES: dict[str, Weights] = {
    "themes": Weights(),
    "target-groups": Weights(phrase=1.3, word=1.0, sign=0.2, named=1.0, least=0.95, growth=0.1, share=0.3, most=6),
}
"""The schemes that are tagged by phrases, each with its weights."""

ACTED_UPON = frozenset({"capacity-building", "advocacy-policy"})
"""Themes whose work trains, persuades or supports those who otherwise act themselves."""
ACTOR_BAR = 2.0
"""How many times the usual evidence an actor needs in a passage about none of these."""

SHORTEST_SENTENCE = 3
"""A full stop before this token ends a number ("2."), not a sentence."""

OPENING_TOKENS = 60
"""A first sentence that goes on longer is an enumeration; its tail is no opening."""

PROSE_FROM_WORDS = 30
LEAST_FUNCTION_WORDS = 0.25
MOST_CAPITALS = 0.40
"""Of a long text's words, fewer function words and more capitals than these make a list of names, not a passage."""

PASSAGES_PER_ZONE = 64
"""So many passages share what spaCy learns of their words before it forgets it."""


class Tagger:
    """Finds what passages are about, by the phrases of the vocabulary."""

    def __init__(self, words: Vocabulary) -> None:
        self._reader = Reader()
        self._words = words
        self._phrases = PhraseFinder(self._reader, (c for scheme in SCHEMES for c in words.scheme(scheme)))
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
        if not is_prose(doc):
            return ()
        body = self._seen(text, doc, None, _first_sentence(doc), self._names.find(doc))
        stretches = [body, *self._headings(path)]
        length = sum(doc.to_array("IS_ALPHA").tolist())
        tags: list[Tag] = []
        for scheme, weights in SCHEMES.items():
            weighed = aboutness.weigh(stretches, scheme, weights)
            if ACTED_UPON.isdisjoint(tag.concept for tag in tags):
                weighed = {c: self._as_actor(c, w) for c, w in weighed.items()}
            tags.extend(self._about(weights, weighed, length))
        tags.extend(by_place(text, doc, places))
        return tuple(tags)

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


def _first_sentence(doc: Doc) -> int:
    """Index of the token after the first full stop or line end, OPENING_TOKENS at most."""
    ends = (token.i + 1 for token in doc if token.i > SHORTEST_SENTENCE and token.text in {".", "?", "!", "\n"})
    return min(next(ends, len(doc)), OPENING_TOKENS)


def is_prose(doc: Doc) -> bool:
    """Whether a text says something: not a list of acronyms or names, a table of contents, a bibliography."""
    words = [token for token in doc if token.is_alpha]
    if len(words) < PROSE_FROM_WORDS:
        return True
    function_words = sum(token.is_stop for token in words) / len(words)
    capitals = sum(token.text[0].isupper() for token in words) / len(words)
    return function_words >= LEAST_FUNCTION_WORDS or capitals <= MOST_CAPITALS


@cache
def tagger() -> Tagger:
    """The tagger over the shipped vocabularies, built once."""
    return Tagger(vocabulary())
