"""Evaluation, brief, management response and synthesis find one another, and are one witness."""

from __future__ import annotations

import pytest
from shelf import passages_of

from corpus.catalogue import CatalogueWriter, Published
from corpus.catalogue.decisions import decide
from corpus.catalogue.edits import Edits
from corpus.catalogue.likenesses import link
from corpus.catalogue.relations import answers, relate, related
from corpus.corrections import Correction
from corpus.home import Home
from corpus.model import (
    Acronym,
    Bibliography,
    Block,
    BlockKind,
    Document,
    IngestRecord,
    Page,
    Party,
    Response,
    Standing,
    Statement,
    StatementKind,
    Told,
)
from corpus.sensitivity import Decision
from corpus.views import document_json
from corpus.witness import witnesses
from index.library import rebuild
from webapp import create_app

pytestmark = pytest.mark.slow

ASKED = (
    "The ministry should open a second shelter for girls in the northern harbour town.",
    "Partners should train every border guard in the new identification forms.",
)
NAME = "Safe Passage for Lantern Children"


def keep(
    writer: CatalogueWriter,
    doc: str,
    title: str,
    kind: str,
    first: str = "",
    *,
    standing: Standing = Standing.EXTERNAL,
    responses: tuple[Response, ...] = (),
    asked: tuple[str, ...] = (),
    year: str = "2020",
) -> None:
    """Keep a document with these words on its first page, as an ingest would."""
    card = Bibliography(id=doc, title=title, document_type=kind, standing=standing, date=year)
    passages = passages_of(doc, first or title, *asked)
    statements = tuple(
        Statement(
            id=f"{doc}.s{number:012d}", doc=doc, passage=passages[-1].id, text=text, kind=StatementKind.RECOMMENDATION
        )
        for number, text in enumerate(asked)
    )
    page = Page(number=1, blocks=(Block(kind=BlockKind.PARAGRAPH, text=first or title),))
    read = Document(
        card=card,
        media="pdf",
        content_hash=doc,
        pages=(page,),
        passages=passages,
        statements=statements,
        responses=responses,
        evidence={"evaluator": (Told(value="Northlight Institute", quote="conducted by the Northlight Institute"),)},
        parties=(Party(name="Northlight Institute", role="evaluator", quote="conducted by the Northlight Institute"),),
        acronyms=(Acronym(short="NLI", long="Northlight Institute"),),
    )
    record = IngestRecord(input=f"{doc}.pdf", status="ok", doc=doc)
    writer.put_document(read, writer.begin(record), record)


def response(recommendation: str, decision: str = "accepted", answer: str = "Accepted. It is planned.") -> Response:
    return Response(recommendation=recommendation, decision=decision, answer=answer, page=3, page_label="2")  # type: ignore[arg-type]


@pytest.fixture
def writer(fresh_home: Home) -> CatalogueWriter:
    return CatalogueWriter(fresh_home.catalogue_url)


def pairs(writer: CatalogueWriter, doc: str) -> list[tuple[str, str, bool]]:
    relate(writer)
    return [(r.doc, r.kind, r.inverse) for r in related(writer, doc)]


def report(
    writer: CatalogueWriter, doc: str = "report", title: str = f"Final Evaluation of the Project {NAME}"
) -> None:
    keep(writer, doc, title, "evaluation-report", asked=ASKED)


def test_a_brief_names_its_evaluation(writer: CatalogueWriter) -> None:
    """By the project's name on its first page, whatever frames it in the two titles; both sides know of it."""
    report(writer)
    keep(writer, "brief", "Evaluation brief", "brief", f"Evaluation brief. Project: {NAME.upper()}, 2018 to 2020")
    assert pairs(writer, "brief") == [("report", "brief-of", False)]
    assert pairs(writer, "report") == [("brief", "brief-of", True)]


def test_a_projects_code_tells_what_belongs_together(writer: CatalogueWriter) -> None:
    keep(writer, "report", "Homes for harbour children", "evaluation-report", "Project code: HC.0042")
    keep(writer, "brief", "Evaluation brief", "brief", "Project code HC.0042, phase two")
    keep(writer, "other", "Evaluation brief two", "brief", "Project code HC.0043")
    assert pairs(writer, "brief") == [("report", "brief-of", False)]
    assert pairs(writer, "other") == []


def test_words_of_every_evaluation_name_none(writer: CatalogueWriter) -> None:
    """A title of common words ("Final evaluation report of the project") ties nothing."""
    keep(writer, "report", "Final evaluation report of the project", "evaluation-report")
    keep(writer, "brief", "Brief", "brief", "Brief of the final evaluation report of the project on wells")
    assert pairs(writer, "brief") == []


def test_a_response_goes_to_the_evaluation_that_it_quotes(writer: CatalogueWriter) -> None:
    """The name in quotation marks stands in the title; a second evaluation of another name is left alone."""
    report(writer, title=f"{NAME} in three harbours: evaluation")
    report(writer, "other", "Evaluation of wells for the eastern hill towns")
    keep(
        writer,
        "answer",
        "Management response",
        "other",
        f"Management response to the final evaluation of the project “{NAME}” (2020)",
        standing=Standing.RESPONSE,
    )
    assert pairs(writer, "answer") == [("report", "response-to", False)]


def test_a_response_is_known_by_the_recommendations_that_it_answers(writer: CatalogueWriter) -> None:
    report(writer)
    told = tuple(response(text) for text in ASKED)
    keep(writer, "answer", "Management response", "other", standing=Standing.RESPONSE, responses=told)
    assert pairs(writer, "answer") == [("report", "response-to", False)]


def test_shared_words_make_a_brief(writer: CatalogueWriter) -> None:
    """A brief that names nothing but repeats its report is linked by its words."""
    text = " ".join(f"word{n * 7919 % 1000}" for n in range(1500))
    keep(writer, "report", "Homes for harbour children", "evaluation-report", text + " " + text[::-1])
    keep(writer, "brief", "In short", "brief", text[:5000])
    link(writer)
    assert pairs(writer, "brief") == [("report", "brief-of", False)]


def test_a_curators_word_wins_and_stays(writer: CatalogueWriter) -> None:
    """What a person says of a document is not touched by rules: neither another document nor none at all."""
    report(writer)
    report(writer, "second", "Evaluation of wells for the eastern hill towns")
    keep(writer, "brief", "Evaluation brief", "brief", f"Project: {NAME}")
    assert pairs(writer, "brief") == [("report", "brief-of", False)]
    edits = Edits(writer)
    edits.add(Correction(item="brief", field="brief-of", value=("second",), doc="brief", by="A. Curator"))
    edits.keep()
    assert pairs(writer, "brief") == [("second", "brief-of", False)]
    edits = Edits(writer)
    edits.add(Correction(item="brief", field="brief-of", value=(), doc="brief", by="A. Curator"))
    edits.keep()
    assert pairs(writer, "brief") == []


def test_an_evaluations_recommendation_shows_what_was_answered(writer: CatalogueWriter) -> None:
    """By the overlap of words, though the response gives the recommendation in a longer form; others have no answer."""
    report(writer)
    keep(writer, "brief", "Evaluation brief", "brief", f"Project: {NAME}", asked=(ASKED[1],))
    told = (
        response(
            f"Recommendation to all: {ASKED[0]} It should have a garden and a school.", "partly", "Partly accepted."
        ),
        response("Write the handbook for foster parents in three languages.", "rejected", "Rejected."),
    )
    keep(writer, "answer", f"Management response: {NAME}", "other", standing=Standing.RESPONSE, responses=told)
    relate(writer)
    (found,) = answers(writer, "report").values()
    assert (found.doc, found.response.decision, found.response.page) == ("answer", "partly", 3)
    assert list(answers(writer, "report")) == ["report.s000000000000"]
    assert answers(writer, "brief") == {}


def test_a_response_inside_the_report_itself_is_shown_too(writer: CatalogueWriter) -> None:
    keep(writer, "report", NAME, "evaluation-report", asked=ASKED, responses=(response(ASKED[1]),))
    assert answers(writer, "report")["report.s000000000001"].doc == "report"


def test_documents_of_one_evaluation_are_one_witness(writer: CatalogueWriter) -> None:
    """Their author bodies and programmes are unknown or differ, and still they say one thing once."""
    cards = [Bibliography(id=doc, title=doc, organisations=(f"Body {doc}",)) for doc in ("a", "b", "c")]
    assert len(set(witnesses(cards).values())) == 3
    assert len(set(witnesses(cards, [("a", "b")]).values())) == 2
    report(writer)
    keep(writer, "brief", "Evaluation brief", "brief", f"Project: {NAME}", asked=(ASKED[0],))
    group = writer.statements("brief")[0].group or writer.statements("brief")[0].id
    assert writer.witnesses()[group] == 1
    relate(writer)
    assert set(writer.witnesses().values()) == {1}


def test_names_of_one_witness_may_be_typed_otherwise() -> None:
    """Capitals and spaces of a programme or a body tell no two apart; a dash for a name ties nobody to anybody."""
    told = (("a", "Safe Harbour", ()), ("b", "SAFE  harbour", ()), ("c", "", ("–",)), ("d", "", ("—",)))
    cards = [Bibliography(id=i, title=i, programme=programme, organisations=who) for i, programme, who in told]
    found = witnesses(cards)
    assert found["a"] == found["b"]
    assert len(set(found.values())) == 3


def test_relating_again_changes_nothing(writer: CatalogueWriter) -> None:
    """The revision moves only when what is related does."""
    report(writer)
    keep(writer, "brief", "Evaluation brief", "brief", f"Project: {NAME}")
    assert relate(writer) == 1
    before = writer.revision()
    assert relate(writer) == 1
    assert writer.revision() == before
    writer.remove("report")
    assert related(writer, "brief") == ()


def test_what_is_withdrawn_or_masked_goes_out_of_cards_too(writer: CatalogueWriter, fresh_home: Home) -> None:
    """A sensitive organisation is in no card, no party, no acronym; a hidden document is related to nothing."""
    report(writer)
    keep(writer, "brief", "Evaluation brief", "brief", f"Project: {NAME}")
    relate(writer)
    public = Published(fresh_home.catalogue_url)
    shown = document_json(public, "report")
    assert [p["name"] for p in shown["parties"]] == ["Northlight Institute"]
    assert all((shown["acronyms"], shown["related"], shown["evidence"]["evaluator"]))
    decide(writer, [Decision(item="org:northlight institute", level="mask", reason="", by="")])
    decide(writer, [Decision(item="brief", level="withdrawn", reason="", by="")])
    shown = document_json(public, "report")
    assert "Northlight" not in str({key: shown[key] for key in ("evidence", "parties", "acronyms", "responses")})
    assert (shown["parties"], shown["acronyms"], shown["related"]) == ([], [], [])
    decide(writer, [Decision(item="report", level="mask", reason="", by="")])
    shown = document_json(public, "report")
    assert (shown["evidence"], shown["responses"]) == ({}, [])


def test_pages_show_card_parties_and_answers(writer: CatalogueWriter, fresh_home: Home) -> None:
    """The document's page has the card with its blanks, the recommendation's page the answer with its document."""
    report(writer)
    told = (response(ASKED[0], "rejected", "Rejected. There is no house."),)
    keep(writer, "answer", f"Management response: {NAME}", "other", standing=Standing.RESPONSE, responses=told)
    relate(writer)
    rebuild(fresh_home, writer)
    client = create_app(fresh_home).test_client()
    page = client.get("/documents/report").get_data(as_text=True)
    assert "conducted by the Northlight Institute" in page
    assert "the document does not say" in page
    assert 'href="/documents/answer"' in page
    quoted = client.get("/statements/report.s000000000000").get_data(as_text=True)
    assert all(words in quoted for words in ("Rejected", "There is no house.", "/documents/answer/pages/3"))
    answer = client.get("/documents/answer").get_data(as_text=True)
    assert all(words in answer for words in ("What management answered", "There is no house."))
