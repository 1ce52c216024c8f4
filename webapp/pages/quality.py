"""How good the answers are: how often they are wrong in plain words, and every figure with how it was measured."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, render_template

from corpus.model import Value
from corpus.quality import Figure, Measurement, What, of_home, shipped
from webapp.knowledge import knowledge
from webapp.languages import N_

blueprint = Blueprint("quality", __name__)

FEWEST = 20
"""Cases from which a figure is told in plain words; one on fewer may be chance."""

FAULTS: tuple[tuple[What, str, str], ...] = (
    (
        "retrieval",
        "Recall@20",
        N_("Of 100 passages that answer a question, %(wrong)s are not among the first twenty hits."),
    ),
    (
        "retrieval",
        "unanswerable, kept quiet",
        N_("Of 100 questions that nothing here answers, %(wrong)s get hits that look like an answer."),
    ),
    (
        "statements",
        "detection, any kind: precision",
        N_("Of 100 sentences shown as a statement, %(wrong)s are none."),
    ),
    (
        "statements",
        "detection, any kind: recall",
        N_("Of 100 statements that a person found in the same pages, %(wrong)s are missing here."),
    ),
    (
        "statements",
        "kind, on matches",
        N_("Of 100 statements, %(wrong)s are shown as another kind: a result as a challenge, for instance."),
    ),
    (
        "statements",
        "voice, on matches",
        N_("Of 100 statements, %(wrong)s are put into the wrong mouth: the evaluator’s for the implementer’s, say."),
    ),
    ("tags", "themes: precision", N_("Of 100 themes given to passages, %(wrong)s do not fit.")),
    ("tags", "themes: recall", N_("Of 100 themes that passages have, %(wrong)s were not seen.")),
    ("tags", "countries: precision", N_("Of 100 countries given to passages, %(wrong)s do not fit.")),
    (
        "groups",
        "all: precision",
        N_("Of 100 pairs of statements shown as saying the same, %(wrong)s do not."),
    ),
    (
        "groups",
        "all: recall",
        N_("Of 100 pairs of statements that say the same, %(wrong)s were not brought together."),
    ),
)
"""What is told in plain words: the judged set's sort, the figure that is the share of what is right, the sentence."""


class Fault(Value, frozen=True):
    """How often something is wrong: a sentence with a place for ``wrong``, of a hundred, and the cases it rests on."""

    sentence: str
    wrong: int
    cases: int


def faults(measurements: Iterable[Measurement]) -> list[Fault]:
    """What goes wrong how often, worst first; of several judged sets the worst with enough cases speaks."""
    measured = [one for run in measurements for one in run.sets]
    told = []
    for what, name, sentence in FAULTS:
        known = [f for one in measured if one.what == what for f in one.figures if f.name == name and f.n >= FEWEST]
        if known:
            worst: Figure = min(known, key=lambda figure: figure.value)
            told.append(Fault(sentence=sentence, wrong=round(100 * (1 - worst.value)), cases=worst.n))
    return sorted(told, key=lambda fault: -fault.wrong)


@blueprint.get("/quality")
def quality() -> str:
    """How often it is wrong by this library's own measurements, else by those that ship; then all of both."""
    own, as_shipped = of_home(knowledge().folder), shipped()
    return render_template(
        "quality.html", faults=faults(own or as_shipped), is_own=bool(own), own=own, shipped=as_shipped, FEWEST=FEWEST
    )
