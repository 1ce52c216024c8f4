"""The child's situation, the criteria that are assessed, objectives and goals, the part a country plays."""

from __future__ import annotations

import random

import pytest

from corpus.chief import chief, chief_of_section
from corpus.concepts import vocabulary
from corpus.ids import Ids
from corpus.model import Passage, Section, Tag
from ingest.tagging import summary, tagger


def of_scheme(text: str, scheme: str, *path: str) -> set[str]:
    found = summary(tagger().tag(text, path)).concepts
    return {c for c in found if c in vocabulary() and vocabulary().concept(c).scheme == scheme}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Boys aged 15 to 17 sleep in a house of their own.", {"age-15-17"}),
        ("Girls under the age of 12 stay with a family.", {"age-under-6", "age-6-11"}),
        ("The club is for children of 10 to 14 years old.", {"age-6-11", "age-12-14"}),
        ("A sixteen-year-old girl asked for her papers.", {"age-15-17"}),
        ("Young people aged 18-24 may stay for a year.", {"age-18-24"}),
        ("Des enfants âgés de 6 à 11 ans vont à l'école.", {"age-6-11"}),
        ("Los niños menores de 6 años tienen su propia sala.", {"age-under-6"}),
        ("Unaccompanied boys travelled alone.", {"unaccompanied"}),
        ("UASC wait for a decision.", {"unaccompanied", "separated"}),
        ("Children who were in transit slept at the reception centre.", {"transit", "camp-or-reception"}),
        ("Des mineurs non accompagnés attendent à la frontière.", {"unaccompanied", "arrival"}),
        ("Niños no acompañados en tránsito.", {"unaccompanied", "transit"}),
        ("Returned children go back to school in their communities of origin.", {"return", "origin"}),
    ],
)
def test_situation_is_told(text: str, expected: set[str]) -> None:
    """Care, age bands and stages are told by words in three languages, ages by numbers too."""
    assert of_scheme(text, "situation") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Everybody under the age of 18 is a child.",
        "Children of 5 to 17 years old were counted.",
        "Women aged 15 to 49 with children answered.",
        "The project for children ran for 6 to 11 months in 15 towns.",
        "Workers in transit countries were asked by the team.",
        "In 12 to 14 countries children were heard.",
    ],
)
def test_no_situation_is_made_up(text: str) -> None:
    """All of childhood, adults, durations, counts and passages without children tell no child's situation."""
    assert of_scheme(text, "situation") == set()


@pytest.mark.parametrize(
    ("text", "criterion"),
    [
        ("The relevance of the work was high in all four towns.", "relevance"),
        ("The shelter responded to the most urgent needs of the girls.", "relevance"),
        ("The project reached most of its objectives.", "effectiveness"),
        ("Hot meals cooked together proved cost-effective.", "efficiency"),
        ("The classes had a lasting effect on the families.", "impact"),
        ("The desk has continued long after the end of the project.", "sustainability"),
        ("Les objectifs ont été atteints.", "effectiveness"),
    ],
)
def test_criterion_is_assessed(text: str, criterion: str) -> None:
    """A criterion counts where a sentence judges it, by its name or by what it means."""
    assert of_scheme(text, "evaluation-criteria") == {criterion}


@pytest.mark.parametrize(
    "text",
    [
        "The evaluation will assess relevance, coherence, effectiveness and efficiency.",
        "To what extent did the project reach its objectives?",
        "Partners should ensure the sustainability of the work.",
        "The team aims to have a lasting impact on families.",
        "The relevance, effectiveness and impact of three projects were good.",
        "Project form: Target achieved 20, effectiveness column left blank.",
    ],
)
def test_criterion_that_is_only_named(text: str) -> None:
    """Questions, plans, duties, lists of criteria and forms assess nothing."""
    assert of_scheme(text, "evaluation-criteria") == set()


def test_heading_tells_what_is_judged() -> None:
    """Under the heading of one criterion a judgement is about that criterion."""
    text = "Staff were trained late and coverage remained weak in the north."
    assert of_scheme(text, "evaluation-criteria", "Findings", "4.2 Efficiency") == {"efficiency"}
    assert of_scheme(text, "evaluation-criteria", "Findings", "Relevance and efficiency") == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The work serves SDG 5 and SDG target 16.2.", {"sdg-5", "sdg-16"}),
        ("It answers to SDGs 4, 8 and 10.", {"sdg-4", "sdg-8", "sdg-10"}),
        ("Les ODD 5 et 16 sont visés.", {"sdg-5", "sdg-16"}),
        ("See Objective 7 of the Global Compact.", {"gcm-objective-7"}),
        ("GCM Objectives 21 and 23 apply.", {"gcm-objective-21", "gcm-objective-23"}),
        ("SDG 44 does not exist, nor does objective 9 of this plan.", set()),
    ],
)
def test_goals_named_by_number(text: str, expected: set[str]) -> None:
    """Goals and objectives are known by number in three languages; numbers of other lists are not theirs."""
    assert of_scheme(text, "sdgs") | of_scheme(text, "gcm-objectives") == expected


def test_what_follows_from_themes() -> None:
    """A passage on detention serves the objective on detention; a principle is told where it is named."""
    text = "Children were held in immigration detention; a whole-of-government approach found alternatives."
    found = summary(tagger().tag(text)).concepts
    assert {"gcm-objective-13", "pillar-assistance-and-protection", "gcm-principle-whole-of-government"} <= set(found)
    weights = {t.concept: t.score for t in tagger().tag(text)}
    assert weights["gcm-objective-13"] < weights["detention-alternatives"]


def test_implied_concepts_follow_from_themes() -> None:
    """Every theme from which something follows is one."""
    themes = {c.id for c in vocabulary().scheme("themes")}
    for scheme in vocabulary().schemes():
        for concept in vocabulary().scheme(scheme):
            assert set(concept.from_themes) | set(concept.serves) <= themes, concept.id


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Girls who had returned to Ethiopia from abroad.", {"ET": "return"}),
        ("Migrants from Nepal and Peru work in Qatar.", {"NP": "origin", "PE": "origin", "QA": ""}),
        ("They pass through Mexico to the United States.", {"MX": "transit", "US": "destination"}),
        ("Destination countries such as Italy, Malta and Greece", dict.fromkeys(("IT", "MT", "GR"), "destination")),
        ("Ethiopian returnees met Afghan refugees.", {"ET": "return", "AF": "origin"}),
        ("Families were deported from Mexico to Honduras.", {"MX": "", "HN": "return"}),
        ("Women returning from Qatar and Oman to Nepal were met.", {"QA": "", "OM": "", "NP": "return"}),
        ("Benin is a transit country.", {"BJ": "transit"}),
        ("Benin is a country of origin, transit and destination.", {"BJ": ""}),
        ("Families fled from Chad. Families fled to Chad.", {"TD": ""}),
        ("Letters were sent to Praia.", {"CV": ""}),
        ("Des enfants originaires du Mali retournés au Sénégal", {"ML": "origin", "SN": "return"}),
        ("menores procedentes de Haití en tránsito por Panamá", {"HT": "origin", "PA": "transit"}),
        ("The Nepal team trained teachers in Peru.", {"NP": "", "PE": ""}),
    ],
)
def test_part_of_a_country(text: str, roles: dict[str, str]) -> None:
    """Origin, transit, destination or return where the text says so; nothing where it says nothing or several."""
    found = {t.concept.removeprefix("place:"): t.role for t in tagger().tag(text) if t.concept.startswith("place:")}
    assert found == roles


PIECES = (
    "the shelter", "for children", "training of police", "a guardian", "returned to Ethiopia", "in detention", "boys",
    "aged 15 to 17", "unaccompanied", "data", "the evaluation", "found that", "the relevance was high",
    "in Mali and Peru",
    "SDG 5", "women", "refugees", "school", ";", ".", "programme", "of a", "travelled through Mexico",
)  # fmt: skip


@pytest.mark.slow
def test_order_and_batch_do_not_matter() -> None:
    """A passage's tags are the same alone, in any order and beside any others."""
    chance = random.Random(7)
    texts = [" ".join(chance.choices(PIECES, k=chance.randint(3, 60))) for _ in range(150)]
    items = [(text, ("Findings", chance.choice(PIECES))) for text in texts]
    alone = [tagger().tag(*item) for item in items]
    assert len(set(alone)) > 100
    order = list(range(len(items)))
    for _ in range(3):
        chance.shuffle(order)
        cut = chance.randint(1, len(order) - 1)
        shuffled = [*tagger().tag_all(items[i] for i in order[:cut]), *tagger().tag_all(items[i] for i in order[cut:])]
        assert shuffled == [alone[i] for i in order]


def test_no_concept_is_tagged_twice() -> None:
    """Each concept has one tag a passage."""
    text = "SDG 5: gender equality for girls aged 15 to 17, boys aged 16; girls returned to Mali and Mali."
    concepts = [tag.concept for tag in tagger().tag(text)]
    assert len(concepts) == len(set(concepts))


def test_what_a_section_is_chiefly_about() -> None:
    """A section is about what a third of its words are about, those under it included; a passage of many is not it."""
    ids = Ids("d")

    def passage(ordinal: int, path: tuple[str, ...], *concepts: str) -> Passage:
        text = f"Ten words stand in this text as number {ordinal} of several."
        tags = tuple(Tag(concept=concept) for concept in concepts)
        return Passage(ids.make("p", text), "d", ordinal, 0, path, text, "en", tags=tags)

    passages = [
        passage(0, ("Care",), "shelters"),
        passage(1, ("Care", "Houses"), "shelters", "place:ET"),
        passage(2, ("Care", "Houses"), "guardianship"),
        passage(3, ("Care", "Houses"), "foster-family-based-care"),
        passage(4, ("Law",), "advocacy-policy"),
    ]
    section = Section("Care", 1, ("Care",))
    assert chief_of_section(section, passages).themes == ("alternative-care-shelter",)
    assert chief(passages).countries == ("ET",)
    assert chief_of_section(Section("Blank", 1, ("Blank",)), passages).themes == ()
