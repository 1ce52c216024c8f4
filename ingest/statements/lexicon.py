"""What a language's cues are made of: words that speak for each kind, for none, and for what a heading promises."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from corpus.model import StatementKind


class Sign(StrEnum):
    """What words may speak for besides the five kinds."""

    NOTHING = "nothing"
    """A goal, a structure, a method, a mandate: no statement at all."""
    OUTCOME = "outcome"
    """That one thing came of another: a result where it is good, a challenge where it is not."""
    ASSESSED = "assessed"
    """That judgements stand here, of whatever kind."""


Label = StatementKind | Sign
Table = Mapping[float, str]
"""Weight → patterns, one a line, in the notation of ``matching``."""


class Relayed(NamedTuple):
    """How a language says that others were asked, each as alternatives of one pattern word."""

    heard: str
    """Participles of those who were asked ("offices surveyed")."""
    tell: str
    """Verbs of saying in the present, which are nouns elsewhere ("report", "note"): they count behind ``heard``."""
    views: str
    """What a heading calls their words ("suggestions of partners")."""
    of: str
    """What stands between the two."""
    given: str
    """What leads to whom they are meant for ("suggestions to partners"), or tells that they are an evaluation's own:
    nobody else speaks there."""
    surveys: str
    answers: str
    """What came of a survey: its results, answers, summary."""


class Lexicon(NamedTuple):
    """The cues of one language.  Weights: 3 settles the kind nearly alone, 2 is enough where nothing speaks against it,
    1 needs company."""

    language: str
    cues: Mapping[Label, Table]
    neutral: str
    """Phrases that hold the words of a cue and mean nothing here: being longer, they take its place."""
    headings: Mapping[Label, Table]
    """What a heading (or the words that lead a list in) makes likely."""
    negations: frozenset[str]
    contrast: frozenset[str]
    """What turns to the main clause: "…, but"."""
    concession: frozenset[str]
    """What opens a clause that only concedes."""
    anaphors: frozenset[str]
    """What opens a sentence that explains the one before."""
    finite: frozenset[str]
    """Auxiliaries: a sentence that has one tells, a title or an imperative has none."""
    relative: frozenset[str]
    """What opens a clause within a clause, whose verb is not the sentence's."""
    expected: str
    """Words that make a result an expected one."""
    says: str
    """Verbs of saying, as alternatives of one pattern word."""
    by: str
    """What stands between a passive verb of saying and its speaker."""
    according: str
    speakers: Mapping[str, str]
    """Voice → the nouns by which it is named when its words are relayed."""
    being: str
    """Forms of "to be": a verb of saying behind one is passive, and what stands before it does not speak."""
    governing: str
    """Prepositions: what they govern is spoken of ("support for children")."""
    relayed: Relayed
    parts: str
    """What makes "of" name only a part of those who speak ("most of the children")."""
    following: str = ""
    """What may follow a noun that heads its phrase, in a language whose nouns qualify the next ("child protection
    staff"); none: nouns do not."""
    announcing: Mapping[Label, Table] = {}
    """What the first sentence of a paragraph says that the others are."""
