"""Passages into statements: every sentence judged where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from corpus.concepts import vocabulary
from corpus.ids import Ids, fold
from corpus.model import Passage, Standing, Statement, StatementKind, Voice
from ingest.statements.addressees import Named, addressee, beside
from ingest.statements.figures import figure
from ingest.statements.kinds import LEXICONS, Setting, judge
from ingest.statements.matching import words_of
from ingest.statements.sentences import Sentence, split
from ingest.statements.voice import Quoted, achieved, headed, named, quoted, teller, voice

WORDS = range(6, 81)
"""How long a statement may be: shorter ones say nothing by themselves, longer ones are tables or lists run together."""

CHARACTERS_MAX = 2000
"""A longer "sentence" of so few words is no text."""

_NO_STATEMENT = re.compile(
    r"[:?]$|\.{4}|(?: \.){4}|(?:\([nN]\s?=.*){3}"
    r"|^¿|-t-(?:ils?|elles?|on) |^est-ce que "
    r"|^(?:was|were|is|are|did|does|do|has|can|could|will|would) (?:an?|the|there|any|it|they|its|their|all|each) "
    r"|^Q\d|_{3}|[☐□]|(?:\d\s?=\s.*){2}"
    r"|^(?:linked to|priority(?: level)?|resource implications?|time ?(?:line|frame)|deadline|status|source"
    r"|responsib\w+|recommendation to|addressed to|management response"
    r"|(?:figure|table|box|graph|annex) \w{1,4})\b[^.]{0,60}:",
    re.IGNORECASE,
)
"""Lead-ins, questions, contents lines with their dot leaders, labels of a chart, a form's choices, particulars of a
recommendation."""

NUMBERS_SHARE = 0.4
"""A "sentence" with a greater share of numbers is a table's row or a chart's labels."""

TITLE_SHARE = 0.8
"""From this share of long words in capitals on, words without a full stop are a title."""

_ARTICLE = re.compile(r"^(?:art(?:icle|[ií]culo)|article)\s+\d", re.IGNORECASE)
_EVALUATIONS = re.compile(r"(?:evaluation )?recomm?[ae]nda", re.IGNORECASE)
"""The label of an evaluation's recommendation, which a management response relays."""

THEMES_MAX = 3
"""How many themes a statement takes from its passage, best evidence first."""


class _Telling(NamedTuple):
    """What holds of a whole document: its standing, who speaks where no one is named, whom its lines address."""

    ids: Ids
    standing: Standing
    own: Voice
    beside: Named
    theme_of: Mapping[str, str]


def extract(
    passages: Sequence[Passage], standing: Standing, doc: str, themes: Mapping[str, str] | None = None
) -> tuple[Statement, ...]:
    """The statements of one document in order; what says the same is found over all documents (`corpus.kin`).

    ``themes`` maps a concept to the listed theme that it counts as; without it the vocabulary's own mapping is taken.
    Passages in English, French and Spanish are read.  Lists of private persons and the articles of a law are not.
    """
    telling = _Telling(
        ids=Ids(doc),
        standing=standing,
        own=teller(standing, dict.fromkeys(heading for p in passages for heading in p.path)),
        beside=beside(passages),
        theme_of=_listed_themes() if themes is None else themes,
    )
    return tuple(s for n, p in enumerate(passages) if _is_read(p) for s in _of_passage(n, p, telling))


def _language(passage: Passage) -> str:
    return passage.language or "en"


def _is_read(passage: Passage) -> bool:
    return _language(passage) in LEXICONS and not passage.private and not any(map(_ARTICLE.match, passage.path))


@lru_cache(maxsize=1)
def _listed_themes() -> Mapping[str, str]:
    """Every concept of the themes' scheme with the listed theme that it is or stands under."""
    known = vocabulary()
    rolled = ((c.id, known.listed_ancestor(c.id)) for c in known.scheme("themes"))
    return {concept: theme for concept, theme in rolled if theme}


def _of_passage(number: int, passage: Passage, telling: _Telling) -> Iterator[Statement]:
    quotes = tuple(quoted(passage.text, _language(passage)))
    headings = " ".join(map(fold, passage.path))
    first = Sentence(0, 0, "", -1)
    for sentence in split(passage.text, passage.items):
        opening = first.text[:CHARACTERS_MAX]
        if sentence.block != first.block:
            first, opening = sentence, ""
        if _may_be_one(sentence.text) and fold(sentence.text) not in headings:
            made = _statement(sentence, opening, number, passage, quotes, telling)
            if made:
                yield made


def _may_be_one(text: str) -> bool:
    words = text.split()
    if len(text) > CHARACTERS_MAX or len(words) not in WORDS or _NO_STATEMENT.search(text):
        return False
    if sum(any(c.isdigit() for c in word) for word in words) > NUMBERS_SHARE * len(words):
        return False
    long = [word for word in words if len(word) > 3]
    return text[-1] in ".!”" or sum(not word.islower() for word in long) < TITLE_SHARE * len(long)


def _statement(
    sentence: Sentence, opening: str, number: int, passage: Passage, quotes: Sequence[Quoted], telling: _Telling
) -> Statement | None:
    language = _language(passage)
    words = words_of(sentence.text)
    counted = figure(sentence.text)
    setting = Setting(passage.path, sentence.lead_in, telling.standing, bool(counted), language, opening)
    kind = judge(words, sentence.text, setting).kind
    if kind is None:
        return None
    asked = kind is StatementKind.RECOMMENDATION
    near = telling.beside.get((number, sentence.block))
    own = headed(passage.path, language) or telling.own
    if sentence.lead_in:
        own = named(words_of(sentence.lead_in), language) or own
    if asked and _EVALUATIONS.match(sentence.lead_in):
        own = Voice.EVALUATOR
    return Statement(
        id=telling.ids.make("s", sentence.text),
        doc=telling.ids.doc,
        passage=passage.id,
        text=sentence.text,
        kind=kind,
        path=passage.path,
        span=passage.span_of(sentence.start, sentence.end),
        voice=voice(words, sentence.start, sentence.end, quotes, own, language),
        achieved=achieved(words, language) if kind is StatementKind.RESULT else None,
        themes=themes_of(sentence.text, passage, telling.theme_of),
        addressed_to=addressee(sentence.text, passage.path, sentence.lead_in, near) if asked else None,
        figure=counted if kind is StatementKind.RESULT else None,
    )


def themes_of(sentence: str, passage: Passage, theme_of: Mapping[str, str]) -> tuple[str, ...]:
    """The passage's themes whose evidence stands in the sentence; where none does, the passage's strongest one."""
    tags = sorted((t for t in passage.tags if t.concept in theme_of), key=lambda t: -t.score)
    words = f" {fold(sentence)} "
    here = [t for t in tags if any(f" {fold(e)} " in words for e in t.evidence if fold(e))]
    return tuple(dict.fromkeys(theme_of[t.concept] for t in here or tags[:1]))[:THEMES_MAX]
