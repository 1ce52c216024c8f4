"""Passages into statements: every sentence judged where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from corpus.concepts import vocabulary
from corpus.ids import Ids, fold
from corpus.model import Passage, Standing, Statement, StatementKind
from ingest.statements.addressees import addressee
from ingest.statements.figures import figure
from ingest.statements.kinds import Setting, judge
from ingest.statements.matching import pipeline
from ingest.statements.recurring import group
from ingest.statements.sentences import Sentence, split
from ingest.statements.voice import achieved, voice

if TYPE_CHECKING:
    from spacy.tokens import Doc

WORDS = range(6, 81)
"""How long a statement may be: shorter ones say nothing by themselves, longer ones are tables or lists run together."""

CHARACTERS_MAX = 2000
"""A longer "sentence" of so few words is no text."""

_NO_STATEMENT = re.compile(r"[:?]$|\.{4}|(?: \.){4}")
"""Lead-ins, questions, and contents lines with their dot leaders."""

THEMES_MAX = 3
"""How many themes a statement takes from its passage, best evidence first."""


def extract(
    passages: Sequence[Passage], standing: Standing, doc: str, themes: Mapping[str, str] | None = None
) -> tuple[Statement, ...]:
    """The statements of one document in order, grouped by words.

    ``themes`` maps a concept to the listed theme that it counts as; without it the vocabulary's own mapping is taken.
    Only English passages are read: the cues are English.  Lists of private persons are not.
    """
    theme_of = _listed_themes() if themes is None else themes
    ids = Ids(doc)
    with pipeline().memory_zone():
        found = [s for p in passages if _is_read(p) for s in _of_passage(p, standing, ids, theme_of)]
    return group(found)


def _is_read(passage: Passage) -> bool:
    return passage.language in ("en", "") and not passage.private


@lru_cache(maxsize=1)
def _listed_themes() -> Mapping[str, str]:
    """Every concept of the themes' scheme with the listed theme that it is or stands under."""
    known = vocabulary()
    rolled = ((c.id, known.listed_ancestor(c.id)) for c in known.scheme("themes"))
    return {concept: theme for concept, theme in rolled if theme}


def _of_passage(passage: Passage, standing: Standing, ids: Ids, theme_of: Mapping[str, str]) -> Iterator[Statement]:
    for sentence in split(passage.text, passage.items):
        if _may_be_one(sentence.text):
            made = _statement(sentence, passage, standing, ids, theme_of)
            if made:
                yield made


def _may_be_one(text: str) -> bool:
    return len(text) <= CHARACTERS_MAX and len(text.split()) in WORDS and not _NO_STATEMENT.search(text)


def _statement(
    sentence: Sentence, passage: Passage, standing: Standing, ids: Ids, theme_of: Mapping[str, str]
) -> Statement | None:
    words: Doc = pipeline().make_doc(sentence.text)
    counted = figure(sentence.text)
    kind = judge(words, Setting(passage.path, sentence.lead_in, standing, bool(counted))).kind
    if kind is None:
        return None
    return Statement(
        id=ids.make("s", sentence.text),
        doc=ids.doc,
        passage=passage.id,
        text=sentence.text,
        kind=kind,
        path=passage.path,
        span=passage.span_of(sentence.start, sentence.end),
        voice=voice(words, standing),
        achieved=achieved(words) if kind is StatementKind.RESULT else None,
        themes=themes_of(sentence.text, passage, theme_of),
        addressed_to=addressee(sentence.text, passage.path, sentence.lead_in)
        if kind is StatementKind.RECOMMENDATION
        else None,
        figure=counted if kind is StatementKind.RESULT else None,
    )


def themes_of(sentence: str, passage: Passage, theme_of: Mapping[str, str]) -> tuple[str, ...]:
    """The passage's themes whose evidence stands in the sentence; where none does, the passage's strongest one."""
    tags = sorted((t for t in passage.tags if t.concept in theme_of), key=lambda t: -t.score)
    words = f" {fold(sentence)} "
    here = [t for t in tags if any(f" {fold(e)} " in words for e in t.evidence if fold(e))]
    return tuple(dict.fromkeys(theme_of[t.concept] for t in here or tags[:1]))[:THEMES_MAX]
