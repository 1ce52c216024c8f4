"""Classes of English words by what they do to a sentence: blame, praise, oblige, turn, look ahead.

The trained weights of ``weighing`` stand on these lists: a changed word asks for new weights, and a test tells when
they are missing (``tools/train_kinds.py`` makes them).  The lists were written down by hand, not counted from a text.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from ingest.statements.matching import stemmer

CLASSES = {
    "not": """
        not no without never neither nor cannot can't didn't wasn't weren't couldn't doesn't isn't hardly none nobody
        nothing
    """,
    "must": """
        should must ought need needs needed required requires require recommend recommended recommendation
        recommends suggest suggested suggestion advise advisable propose proposed necessary necessity imperative
        consider considered consideration encourage encouraged prioritise prioritize priority plan foresee
        ensure
    """,
    "key": """
        important importance essential crucial key vital critical fundamental paramount indispensable
        significant necessary decisive central core imperative pivotal instrumental invaluable determining
    """,
    "learnt": """
        lesson lessons learn learned learnt learning experience practice best recommendation highlighted
        realised realized noted showed shows demonstrated
    """,
    "harm": """
        delay delayed late slow problem challenge difficulty difficult constraint obstacle barrier gap weakness
        shortcoming shortage scarcity lack insufficient inadequate poor weak limited unable inability fail
        failure hamper hinder impede obstruct prevent disrupt interrupt suspend cancel postpone refuse refusal
        reject reluctant reluctance resistance mistrust distrust fear rumour rumor stigma misinformation
        misunderstanding confusion confused unclear uncertain uncertainty damage damaged destroy destroyed loss
        lost broken collapse theft stolen insecurity insecure unrest conflict violence attack threat dangerous
        risk inaccessible inaccessibility remote impassable congested overcrowd overload overwhelm overstretch
        exhausted fatigue burden stress bureaucracy bureaucratic lengthy cumbersome complex complexity
        complicated restriction restrict restricted lockdown curfew quarantine pandemic covid expensive costly
        cost inflation price fluctuation devaluation unavailable unavailability absence absent missing
        incomplete inaccurate outdated unreliable irregular turnover dropout duplicate duplication error mistake
        mismatch discrepancy inconsistent fragmented inactive unexpected unforeseen unpredictable abrupt
        complain complaint dissatisfied dissatisfaction frustrate frustration concern tension dispute corruption
        fraud favouritism unfair suffer struggle worsen deteriorate decrease decline reduce drop shortfall
        underestimate underfunded understaffed inexperienced unqualified untrained illiterate illiteracy bad
        worse worst heavy severe harsh extreme critical unsafe unsanitary contaminate outbreak flood storm rain
        snow landslide issue trouble hardship bottleneck impediment deficiency deficit inefficient ineffective
        impossible incapable stuck blocked closed shut stranded cut misuse abuse negative negatively adversely
        unfortunately regrettably nonexistent
    """,
    "few": """
        few little only limited insufficient low small short scarce minimal lack less fewer too enough inadequate
        poor
    """,
    "turn": """
        however but although though despite nevertheless nonetheless while whereas even yet still instead
        unfortunately
    """,
    "because": """
        due because caused cause since owing resulted resulting consequently therefore hence thus led affected
        affecting impact impacted
    """,
    "good": """
        improve improved improvement enable allow facilitate ease help helpful support strengthen strengthened
        enhance increase success successful successfully succeed effective effectively efficient efficiently
        timely quickly rapid rapidly prompt promptly quick fast smooth smoothly well good better best excellent
        great positive positively strong useful valuable invaluable benefit beneficial appropriate adequate
        relevant appreciate appreciated satisfied satisfaction trust accept acceptance confidence motivate
        motivation commitment committed dedicated engage engaged ownership empower achieve achievement
        accomplish contribute contribution ensure guarantee save saved possible able manage ready readiness
        prepared preparedness flexible flexibility transparent transparency accountable accountability accurate
        reliable suitable proper properly optimal optimise maximise innovative innovation creative solution
        solve resolve resolved overcome address mitigate reduced avoid avoided prevented advantage opportunity
        asset strength experience experienced knowledgeable skilled qualified trained synergy collaboration
        coordination cooperation partnership close closely jointly recognise recognised welcome praise commend
        proven prove demonstrate instrumental pivotal
    """,
    "more": """
        more better further greater faster earlier additional improved increased enhanced stronger higher
        continuous continued regular regularly
    """,
    "ahead": """
        future next forward will would could may might shall upcoming onwards henceforth ahead prior advance
        beforehand early earlier before
    """,
    "if": "if when where whenever once unless provided depending",
    "so": """
        so that order thereby thus helps helped allows allowed enables enabled ensures ensured facilitates facilitated
    """,
    "build": """
        train training capacity build building workshop simulation exercise preparedness preposition
        prepositioning stock sop sops protocol protocols guideline guidelines procedure procedures plan planning
        system mechanism agreement mou contingency policy strategy tool tools manual database roster
    """,
    "was": "was were had did been became",
    "is": "is are be has have do does being",
    "to": "to",
    "time": "days weeks months hours time period duration timeframe deadline",
}
"""Class → its words.  Of several classes of one word, the first is its leading one."""

BY_STEM = ("harm", "good", "build")
"""Classes that take in every word of the same stem."""

ENDINGS = ("ing", "ed")
"""Endings that lead where a word has no class: what is being done, what was done."""

BASE_VERBS = """
    improve strengthen develop ensure establish conduct promote enhance expand adopt create continue consider
    clarify provide encourage invest allocate facilitate integrate build engage introduce prioritise prioritize
    train involve include use maintain identify define plan prepare review update explore increase carry make
    take have work organise organize set implement coordinate share advocate distribute procure purchase
    preposition stock keep give seek support recruit mobilise mobilize link monitor revise revisit standardise
    standardize document disseminate adapt adjust avoid reduce limit start begin hold hire assign appoint
    designate deploy map assess evaluate collect analyse analyze communicate inform consult discuss negotiate
    sign follow generate raise request ask add allow apply assist attract be bring budget buy check choose
    collaborate complete comply consolidate contact contract cover deliver demand design determine diversify do
    draft draw educate employ enable equip examine extend familiarise focus form formalise formalize foster fund
    get go guarantee help install institutionalise invite know lead learn leverage look manage mainstream meet
    move obtain offer operate optimise participate partner pay perform pilot post print produce propose publish
    put reach recognise recommend record refine reinforce replace replenish replicate report require rotate
    scale secure select send simplify socialise speed store streamline supply survey sustain systematise
    systematize target teach test think translate understand undertake upgrade utilise utilize validate verify
    visit
"""
"""Verbs that open an imperative."""

NAMES = tuple(CLASSES)
LEADING = {name: n for n, name in enumerate((*NAMES, *ENDINGS), start=1)}
"""Class or ending → its number as a word's leading class; 0 is a word of none."""

_LONGER_THAN_ENDING = 3
_WORDS_KNOWN = 1 << 16


class Word(NamedTuple):
    """A word as the weights see it: its stem, the number of its leading class, the numbers of all its classes."""

    stem: str
    leading: int
    classes: tuple[int, ...]
    opens: bool
    """Whether it is the bare form of a verb, which opens an imperative."""


@lru_cache(maxsize=_WORDS_KNOWN)
def word(lower: str) -> Word:
    """A lower-case word's classes."""
    stem = _stem(lower)
    classes = tuple(n for n, name in enumerate(NAMES) if lower in _words()[name] or stem in _stems().get(name, ()))
    ending = next((e for e in ENDINGS if lower.endswith(e) and len(lower) >= len(e) + _LONGER_THAN_ENDING), "")
    leading = classes[0] + 1 if classes else LEADING.get(ending, 0)
    return Word(stem, leading, classes, lower in _base_verbs())


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in CLASSES.items()}


@lru_cache(maxsize=1)
def _base_verbs() -> frozenset[str]:
    return frozenset(BASE_VERBS.split())


@lru_cache(maxsize=1)
def _stems() -> dict[str, frozenset[str]]:
    return {name: frozenset(map(_stem, CLASSES[name].split())) for name in BY_STEM}


def _stem(lower: str) -> str:
    return stemmer("en")(lower)
