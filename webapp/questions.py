"""The questions by which somebody tells of a practice: every field of a record file, with what helps to fill it in."""

from __future__ import annotations

from typing import Literal

from corpus.drafting import NEEDED
from corpus.model import PRACTICE_FIELDS, ShownToWork, Standing, Value
from corpus.records import SCOPES
from webapp.languages import N_

Form = Literal["line", "lines", "text", "one", "some"]
"""A line, several lines, a longer text, a choice of one or of several."""


class Question(Value, frozen=True):
    """A field of the form; ``help`` says how it is filled in, ``scheme`` names what is to choose from."""

    name: str
    form: Form
    label: str
    help: str = ""
    scheme: str = ""

    @property
    def needed(self) -> bool:
        return self.name in NEEDED or self.name == "summary"


class Part(Value, frozen=True):
    """A part of the form that folds; the first ones are open as they come."""

    id: str
    label: str
    questions: tuple[Question, ...]
    help: str = ""
    unfolded: bool = False


def _line(name: str, label: str, help_: str = "") -> Question:
    return Question(name=name, form="line", label=label, help=help_)


def _lines(name: str, label: str, help_: str = "") -> Question:
    return Question(name=name, form="lines", label=label, help=help_)


def _one(name: str, label: str, scheme: str, help_: str = "") -> Question:
    return Question(name=name, form="one", label=label, scheme=scheme, help=help_)


def _some(name: str, label: str, scheme: str) -> Question:
    return Question(name=name, form="some", label=label, scheme=scheme)


def _told(name: str, help_: str) -> Question:
    return Question(name=name, form="text", label=PRACTICE_FIELDS[name], help=help_)


PARTS = (
    Part(
        id="practice",
        label=N_("The practice"),
        unfolded=True,
        questions=(
            _line("title", N_("Title"), N_("What it is, in a few words: A night bus for street children.")),
            _told("summary", N_("Three to five sentences: what is done, for whom, where, and what came of it.")),
            _lines("organisations", N_("Organisations"), N_("Who does it, one a line.")),
            _lines("donors", N_("Donors"), N_("Who pays for it, one a line.")),
            _lines(
                "places",
                N_("Countries"),
                N_("One a line, with a role where it has one: Kenya: origin. Never a smaller place."),
            ),
            _line("start", N_("Begin"), N_("As exact as known: 2015, 2015-03 or 2015-03-31.")),
            _line("end", N_("End"), N_("Blank while it goes on.")),
            _line("still_running", N_("Does it still run?"), N_("In a sentence: The city took it over in 2017.")),
            _line("last_checked", N_("Last checked"), N_("When somebody last asked whether it runs: 2026-11.")),
            _one("practice_type", N_("Type"), "practice-types"),
            _one("scope", N_("Scope"), "scope"),
        ),
    ),
    Part(
        id="source",
        label=N_("Where it is told"),
        unfolded=True,
        help=N_("Every sentence needs its source. Name one for all; a sentence with another ends with it: [id p. 12]."),
        questions=(
            _line("source", N_("Document of this library"), N_("Its id, as in the address of its page.")),
            _line("page", N_("Page"), N_("As it is printed: 12 or iv.")),
            _line("section", N_("Or heading"), N_("Where the document has no pages.")),
            _line("new_title", N_("Or a document that is not here yet: its title")),
            _lines("new_organisations", N_("Who published it"), N_("One a line.")),
            _line("new_date", N_("Its date"), N_("2018, 2018-06 or 2018-06-07.")),
            _line("new_url", N_("Its address"), N_("https://… where its publisher has it.")),
            _line("new_language", N_("Its language"), N_("Its code: en, fr, es, ar …")),
            _one("standing", N_("Whose word it is"), "standing"),
            _one(
                "shown_to_work",
                N_("How far it is shown to work"),
                "shown_to_work",
                N_("Never more than the weakest source shows."),
            ),
            _line(
                "programme",
                N_("Programme"),
                N_("A short name, where several documents tell of the same work: night-bus."),
            ),
        ),
    ),
    Part(
        id="about",
        label=N_("What it is about"),
        questions=(
            _some("themes", N_("Themes"), "themes"),
            _some("target_groups", N_("For whom"), "target-groups"),
            _some("gcm_objectives", N_("Objectives of the Global Compact"), "gcm-objectives"),
            _some("gcm_principles", N_("Principles of the Global Compact"), "gcm-principles"),
            _some("sdgs", N_("Sustainable Development Goals"), "sdgs"),
        ),
    ),
    Part(
        id="how",
        label=N_("How it is done"),
        help=N_("A line that begins with a hyphen is an item of a list. Leave blank what the source does not say."),
        questions=(
            _told("problem", N_("What was wrong before, and for whom.")),
            _told("steps", N_("Who does what, in order, one step a line: - Two workers meet the bus.")),
            _told("timeline", N_("How long each part took: Three months from the first talk to the first ride.")),
            _told("partners", N_("Who does which part: The city lends the bus.")),
            _told("tools", N_("Forms, guides, software and where they can be had.")),
            _told("innovation", N_("What is new in it, and for whom.")),
        ),
    ),
    Part(
        id="takes",
        label=N_("What it takes"),
        questions=(
            _told("preconditions", N_("What must be there first: a law, an agreement, an office.")),
            _told("staff", N_("How many, with which training: Two social workers and a driver each night.")),
            _told("caseload", N_("How many children, families or cases at once.")),
            _told("cost", N_("With currency and year: 40,000 euros in 2016, half of it wages.")),
            _told("what_it_took", N_("What was harder or dearer than planned.")),
        ),
    ),
    Part(
        id="children",
        label=N_("For the children"),
        questions=(
            _told("safeguards", N_("How children are kept safe, and how they can complain.")),
            _told("childrens_part", N_("What children had a say in.")),
            _told(
                "adaptations", N_("What is done otherwise for girls, younger children or children with disabilities.")
            ),
        ),
    ),
    Part(
        id="came",
        label=N_("What came of it"),
        questions=(
            _told("benefit", N_("What changed, for how many, and who says so.")),
            _told("lessons", N_("What those who did it would tell a colleague.")),
            _told("recommendations", N_("What somebody who copies it should do.")),
            _told("what_failed", N_("What did not work, and why.")),
            _told("when_not", N_("Where it would not work: Not where the police share the data.")),
        ),
    ),
    Part(
        id="record",
        label=N_("The record itself"),
        questions=(
            _line("language", N_("Language"), N_("The code of the language that you write in: en, fr, es, ar …")),
            _line("rights", N_("Rights"), N_("What others may do with your words; blank: CC BY 4.0.")),
        ),
    ),
)
"""The whole form but what a sender says of himself."""

QUESTIONS = {question.name: question for part in PARTS for question in part.questions}
CHOICES: dict[str, tuple[str, ...]] = {
    "scope": SCOPES,
    "standing": tuple(one for one in Standing if one is not Standing.UNKNOWN),
    "shown_to_work": tuple(ShownToWork),
}
"""What is to choose from where it is no scheme of the vocabulary."""
