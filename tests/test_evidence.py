"""What a document tells of its own evidence: acronyms, parties, the card, standing, a management response."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from corpus.model import Bibliography, Block, BlockKind, Page, Passage, Practice, Response, Standing
from ingest import evidence
from ingest.evidence import acronyms, names, responses, told
from ingest.evidence.parties import found
from ingest.evidence.standing import by_text, by_title
from ingest.reading import Reading
from ingest.structure import build

EVALUATION = Bibliography(id="d", title="Evaluation of the Lantern project", document_type="evaluation-report")
Parts = list[tuple[BlockKind, str]]
HEADING, TEXT, ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM


def pages_of(*parts: Parts) -> tuple[Page, ...]:
    """Pages with their blocks, numbered from 1, each printed number one less."""
    return tuple(
        Page(
            number=number,
            label=str(number - 1),
            blocks=tuple(Block(kind=kind, text=text, level=2 if kind is HEADING else 0) for kind, text in blocks),
        )
        for number, blocks in enumerate(parts, 1)
    )


def passages_of(pages: tuple[Page, ...]) -> tuple[Passage, ...]:
    return build(Reading(media="pdf", pages=pages, title="Another title"), "d", "en")[1]


def parties_of(*texts: str, card: Bibliography = EVALUATION, author: str = "") -> set[tuple[str, str]]:
    pages = pages_of([(TEXT, text) for text in texts])
    passages = passages_of(pages)
    return {
        (p.role, p.name) for p in found(pages, passages, acronyms.mined(pages, passages), (), card=card, author=author)
    }


# ---------------------------------------------------------------------------------------------- acronyms


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("Help for victims of trafficking (VoTs) came late.", "VoT", "victims of trafficking"),
        ("The VoT (victims of trafficking) were few.", "VoT", "victims of trafficking"),
        ("Run by the Lantern Network for Children (LNC), it grew.", "LNC", "Lantern Network for Children"),
        ("Il est mené par le Réseau des Enfants du Nord (REN).", "REN", "Réseau des Enfants du Nord"),
        ("La Red de Casas de Acogida (RCA) participó.", "RCA", "Red de Casas de Acogida"),
        ("They gave psychosocial support (PSS) to all.", "PSS", "psychosocial support"),
        ("A Community-Based Care (CBC) model was used.", "CBC", "Community-Based Care"),
    ],
)
def test_a_definition_in_the_text_is_found(text: str, short: str, long: str) -> None:
    """Either order, plurals, and three languages; the long form begins where the name begins."""
    assert [(s, meaning) for _, s, meaning in acronyms.definitions(text)] == [(short, long)]


@pytest.mark.parametrize(
    "text",
    [
        "The shelter was closed in winter (USD 300).",
        "They were registered by the General Office of Lists (ROGL).",
        "The partners met the mayor in spring (NGO).",
        "As described above (see Annex II) nothing changed.",
        "The Vocational Education Trust Project (VET) began.",
        "The report of the city (III) says so.",
    ],
)
def test_what_merely_stands_before_a_bracket_is_no_meaning(text: str) -> None:
    """Sums, annexes, verbs and words behind the name make no definition."""
    assert not list(acronyms.definitions(text))


def test_lists_of_acronyms_are_read_from_tables_and_from_lines_run_together() -> None:
    """A list set in two columns, one whose line breaks were lost, and a name that holds an acronym itself."""
    table = Block(
        kind=BlockKind.FURNITURE,
        text="",
        rows=(
            ("BIA", "Best interests assessment", "CSO", "Civil society organisation"),
            ("NRM", "National referral mechanism"),
        ),
    )
    run_on = Block(
        kind=BlockKind.FURNITURE,
        text="UASC Unaccompanied and Separated Child UNDP UN Development Programme SOPs Standard Operating Procedures",
    )
    heading = Block(kind=HEADING, text="List of acronyms", level=1)
    after = [Block(kind=HEADING, text="Summary", level=1), Block(kind=TEXT, text="XYZ is no entry of the list")]
    page = Page(number=3, blocks=(heading, table, run_on, *after))
    got = {a.short: a.long for a in acronyms.mined((page,), ())}
    assert got == {
        "BIA": "Best interests assessment",
        "CSO": "Civil society organisation",
        "NRM": "National referral mechanism",
        "UASC": "Unaccompanied and Separated Child",
        "UNDP": "UN Development Programme",
        "SOP": "Standard Operating Procedures",
    }


# ---------------------------------------------------------------------------------------------- parties


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The project was funded by the Harbour Foundation.", {("donor", "Harbour Foundation")}),
        (
            "This programme is implemented by Red Cross and Red Crescent Societies of Norland and Save the Children.",
            {("implementer", "Red Cross and Red Crescent Societies of Norland"), ("implementer", "Save the Children")},
        ),
        (
            "The evaluation was conducted by the research centre Northlight Institute (NLI) and led by Ada Quist.",
            {("evaluator", "Northlight Institute (NLI)")},
        ),
        (
            "This review was commissioned by the Ministry of Health and Welfare.",
            {("commissioner", "Ministry of Health and Welfare")},
        ),
        ("Le projet est mis en œuvre par l’Agence des Enfants.", {("implementer", "Agence des Enfants")}),
        ("El proyecto fue financiado por el Fondo de la Infancia.", {("donor", "Fondo de la Infancia")}),
        ("Évaluation réalisée par le cabinet Boréal Conseil.", {("evaluator", "Boréal Conseil")}),
        ("Evaluación encargada por la Fundación Norte.", {("commissioner", "Fundación Norte")}),
        ("Donor: Harbour Foundation", {("donor", "Harbour Foundation")}),
        ("This NLA-funded project ended in May.", {("donor", "NLA")}),
        (
            "Help came from the Norland Relief Agency (NRA). The project was run by NRA.",
            {("implementer", "Norland Relief Agency (NRA)")},
        ),
        ("The report was written by Northlight Ltd on behalf of UNICEF.", set()),
        (
            "This report was written by Northlight Ltd on behalf of UNICEF.",
            {("evaluator", "Northlight Ltd"), ("commissioner", "UNICEF")},
        ),
        ("The Norland Agency implemented the Lantern project in two towns.", {("implementer", "Norland Agency")}),
    ],
)
def test_words_that_tell_a_part_name_a_party(text: str, expected: set[tuple[str, str]]) -> None:
    assert parties_of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The evaluation was conducted by Ada Quist and Bert Lund.",
        "Interviews were conducted by two consultants.",
        "Other projects funded by the Harbour Foundation had better luck.",
        "Earlier the initial assessment conducted by the Norland Agency had warned of this.",
        "Translation during the evaluation was performed by an NLA officer.",
        "Une évaluation réalisée par le Fonds Vert avait noté cela.",
        "To what extent was the project implemented by the Norland Agency as planned?",
    ],
)
def test_persons_and_other_peoples_work_make_no_party(text: str) -> None:
    assert parties_of(text) == set()


def test_the_author_on_the_cover_of_an_evaluation_may_be_named() -> None:
    """Elsewhere, and in what is no evaluation, a person is no party."""
    card = Bibliography(id="d", title="T", document_type="evaluation-report", authors=("Ada Quist",))
    line = "Evaluator: Ms. Ada Quist, Northlight Consulting"
    assert parties_of(line, card=card) == {("evaluator", "Ada Quist"), ("evaluator", "Northlight Consulting")}
    practice = Bibliography(id="d", title="T", document_type="practice-page", authors=("Ada Quist",))
    assert ("evaluator", "Ada Quist") not in parties_of(line, card=practice)


def test_a_research_report_tells_no_parties_of_the_projects_it_speaks_of() -> None:
    card = Bibliography(id="d", title="T", document_type="research")
    assert parties_of("The programme was funded by the Harbour Foundation.", card=card) == set()


def test_a_practices_template_tells_its_parties() -> None:
    practice = Practice(id="d", title="T", told={}, organisations=("Norland Agency",), donors=("Harbour Foundation",))
    got = found((), (), (), (practice,), EVALUATION)
    assert [(p.role, p.name) for p in got] == [("implementer", "Norland Agency"), ("donor", "Harbour Foundation")]


def test_a_long_sentence_is_quoted_from_where_it_names_the_part() -> None:
    """What stands before may name persons: "response by N.N., evaluation carried out by …"."""
    text = (
        "This answer was filled in by the manager Ada Quist with the help of several colleagues of the mission "
        "in the capital and of the sub-offices who met in March; Evaluation carried out by the Northlight Institute"
    )
    pages = pages_of([(TEXT, text)])
    (party,) = found(pages, passages_of(pages), (), (), EVALUATION)
    assert party.quote == "Evaluation carried out by the Northlight Institute"
    assert party.quote in text


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("Harbour Foundation", True),
        ("UNICEF", True),
        ("Ada Quist", False),
        ("Organization", False),
        ("Annex II", False),
    ],
)
def test_what_an_organisations_name_is(name: str, is_one: bool) -> None:
    assert names.is_organisation(name) is is_one


# ---------------------------------------------------------------------------------------------- the card

REPORT = pages_of(
    [(TEXT, "Cover words of the report")],
    [
        (HEADING, "Methodology"),
        (TEXT, "The evaluation combined a desk review, key informant interviews and focus groups."),
        (TEXT, "A total of 42 interviews were conducted with staff in both towns."),
        (TEXT, "Focus group discussions were held with 30 children in the shelters."),
        (TEXT, "The evaluators made a field visit to Norland in May."),
        (TEXT, "A survey was sent to all partners, with a response rate of 61 per cent."),
        (HEADING, "Limitations"),
        (ITEM, "Small sample: only two of the nine shelters could be reached in the time that was given."),
        (ITEM, "The monitoring data of the first year had not been kept by the partners at all."),
    ],
    [
        (HEADING, "Findings"),
        (TEXT, "The project held 900 interviews with families. Time constraints were a problem for case workers."),
        (TEXT, "In the last year the case workers made many visits to families, and they wrote down each."),
    ]
    + [(TEXT, f"Finding number {n} tells of what changed in the town and what did not.") for n in range(60)],
)  # fmt: skip


def card_of(pages: tuple[Page, ...]) -> dict[str, tuple[tuple[str, int | None], ...]]:
    got = told.card(pages, passages_of(pages), ())
    return {name: tuple((one.value, one.page) for one in entries) for name, entries in got.items()}


def test_the_card_holds_what_the_method_tells_with_its_page() -> None:
    """Each field from the part that speaks of the evaluation's own method, none from what the project did."""
    assert card_of(REPORT) == {
        "method": (("desk review, interviews, focus groups", 2), ("survey", 2)),
        "interviews": (("42 interviews", 2),),
        "children_heard": (("yes", 2),),
        "sites": (("Norland", 2),),
        "response_rate": (("response rate of 61 per cent", 2),),
        "limits": (("Small sample", 2), ("", 2)),
    }


def test_every_quotation_of_the_card_is_on_its_page() -> None:
    pages = REPORT
    for entries in told.card(pages, passages_of(pages), ()).values():
        for one in entries:
            assert one.page is not None
            assert one.quote in pages[one.page - 1].text
            assert one.page_label == str(one.page - 1)


@pytest.mark.parametrize(
    ("sentences", "value"),
    [
        (("Adolescents were also interviewed for this evaluation.",), "yes"),
        (("It was not possible to interview children for ethical reasons.",), "no"),
        (
            ("Girls were interviewed in one town.", "In the other, boys could not be reached and were not consulted."),
            "partly",
        ),
        (("Children under 15 were not interviewed, by the protocol of the evaluation.",), "no"),
        (("Case workers interviewed every guardian for the evaluation.",), None),
    ],
)
def test_whether_children_were_heard(sentences: Iterable[str], value: str | None) -> None:
    pages = pages_of([(HEADING, "Methodology"), *((TEXT, s) for s in sentences)])
    got = told.card(pages, passages_of(pages), ())
    assert [one.value for one in got.get("children_heard", ())][:1] == ([value] if value else [])


def test_what_a_document_does_not_tell_has_no_entry() -> None:
    pages = pages_of([(HEADING, "Background"), (TEXT, "The town lies by the sea and has two shelters for children.")])
    assert told.card(pages, passages_of(pages), ()) == {}


def test_a_law_has_no_card_of_evidence() -> None:
    law = Bibliography(id="d", title="T", document_type="law")
    assert evidence.read(Reading(media="pdf", pages=REPORT), law, passages_of(REPORT)).evidence == {}


# ---------------------------------------------------------------------------------------------- standing


@pytest.mark.parametrize(
    ("kind", "title", "cover", "expected"),
    [
        ("other", "Management follow-up response matrix", "", Standing.RESPONSE),
        ("other", "Réponse de la direction à l’évaluation", "", Standing.RESPONSE),
        ("evaluation-report", "Lantern", "Final internal evaluation", Standing.INTERNAL),
        ("brief", "Lantern", "Evaluation type: Final Internal Evaluation", Standing.INTERNAL),
        ("evaluation-report", "Évaluation finale indépendante du projet", "", Standing.EXTERNAL),
        ("evaluation-report", "Evaluation of Lantern", "", Standing.UNKNOWN),
        ("synthesis", "Synthesis", "Four evaluations were made by external consultants.", Standing.UNKNOWN),
        ("brief", "Papers kept here", "| evaluation-brief.pdf | a brief of an internal evaluation |", Standing.UNKNOWN),
        ("brief", "Evaluation of Lantern in brief", "An internal evaluation", Standing.INTERNAL),
        ("law", "Code", "", Standing.GUIDANCE),
        ("plan", "Inception report", "", Standing.PLAN),
    ],
)
def test_title_and_cover_tell_the_standing(kind: str, title: str, cover: str, expected: Standing) -> None:
    assert by_title(kind, title, cover) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This independent evaluation looks at two years of work.", Standing.EXTERNAL),
        ("This final internal and independent evaluation was made by the office.", Standing.INTERNAL),
        ("The report looks at two years of work.", Standing.UNKNOWN),
        ("Evaluation conducted by Northlight Institute. This project was run by Norland Agency.", Standing.EXTERNAL),
        ("Evaluation conducted by the Norland Agency. This project was run by the Norland Agency.", Standing.INTERNAL),
    ],
)  # fmt: skip
def test_the_first_pages_tell_the_standing_of_an_evaluation(text: str, expected: Standing) -> None:
    """By what it calls itself, else by whether who made it is one of those it judges; nothing is guessed."""
    pages = pages_of([(TEXT, text)])
    parties = found(pages, passages_of(pages), (), (), EVALUATION)
    assert by_text("evaluation-report", text, parties) is expected


# ---------------------------------------------------------------------------------------------- responses


def table(*rows: tuple[str, ...], continues: bool = False) -> Block:
    return Block(kind=BlockKind.TABLE, text="\n".join("\t".join(r) for r in rows), rows=rows, continues=continues)


def test_a_response_with_labelled_cells_runs_over_pages() -> None:
    """The page is that where the recommendation begins; the plan of action belongs to neither."""
    first = table(
        ("Evaluation recommendation 1: Open a second shelter for girls in the north.", ""),
        ("Recommendation to: Project team", "Priority level (1 to 3): 1"),
        ("Management response (Accept/Partially Accept/Reject): Accepted. A house has been", ""),
    )
    second = table(
        ("found and will be open in May.", ""),
        ("Key actions", "Timeframe"),
        ("1.1 Rent the house", "Q2"),
        ("Recommendation 2: Train every guard at the border in the new forms.", ""),
        ("Management response: This recommendation is rejected because the guards are not ours.", ""),
        continues=True,
    )
    pages = (Page(number=1, label="i", blocks=(first,)), Page(number=2, label="ii", blocks=(second,)))
    assert responses.found(pages, whole=True) == (
        Response(
            recommendation="Open a second shelter for girls in the north.",
            decision="accepted",
            answer="Accepted. A house has been found and will be open in May.",
            page=1,
            page_label="i",
        ),
        Response(
            recommendation="Train every guard at the border in the new forms.",
            decision="rejected",
            answer="This recommendation is rejected because the guards are not ours.",
            page=2,
            page_label="ii",
        ),
    )


@pytest.mark.parametrize(
    "head",
    [
        ("No.", "Recommendation", "Accepted / Partially accepted / Rejected", "Management response", "Responsible"),
        ("#", "Evaluation recommendations", "Agreement", "Comments", "Status of implementation"),
        ("N", "Recommandations", "Décision", "Réponse de la direction", "Délai"),
    ],
)
def test_a_response_in_columns_is_read_by_its_head(head: tuple[str, ...]) -> None:
    """Headers of several wordings; a row that continues on the next page has no recommendation of its own."""
    first = table(head, ("1", "Write the handover plan with the town.", "Partially accepted", "It is in", "HQ"))
    second = table(
        ("", "", "", "the new budget.", ""),
        ("2", "Pay the foster families monthly.", "Yes", "Done.", "HQ"),
        continues=True,
    )
    got = responses.found((Page(number=1, blocks=(first,)), Page(number=2, blocks=(second,))), whole=True)
    assert [(r.recommendation, r.decision, r.answer, r.page) for r in got] == [
        ("Write the handover plan with the town.", "partly", "It is in the new budget.", 1),
        ("Pay the foster families monthly.", "accepted", "Done.", 2),
    ]


@pytest.mark.parametrize(
    ("answer", "decision"),
    [
        ("Agreed. It will be done next year.", "accepted"),
        ("Partially accepted, as some of it is done already.", "partly"),
        ("Management does not accept this recommendation.", "rejected"),
        ("The office does not fully agree.", "partly"),
        ("Acceptée. Le budget est prêt.", "accepted"),
        ("Acceptée sous réserve d’un budget.", "partly"),
        ("Rechazada por falta de fondos.", "rejected"),
        ("The team has already made a plan.", "unclear"),
    ],
)
def test_a_decision_is_what_the_answer_says(answer: str, decision: str) -> None:
    assert responses.decision_of(answer) == decision


def test_only_the_section_that_answers_is_read_in_another_document() -> None:
    """A report's own list of recommendations is no response."""
    pages = pages_of(
        [(HEADING, "Recommendations"), (TEXT, "Recommendation 1: Open a second shelter in the north.")],
        [
            (HEADING, "Annex 4. Management response"),
            (TEXT, "Recommendation 1: Open a second shelter in the north."),
            (TEXT, "Management response: Accepted."),
        ],
    )
    (one,) = responses.found(pages, whole=False)
    assert (one.decision, one.page) == ("accepted", 2)
