"""A person's word: it wins over the machine's, survives every new reading, says who and when, and can be taken back."""

from __future__ import annotations

import csv
import dataclasses
import json
import shutil
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from alembic import command
from click.testing import Result
from making import REPORT, Part, write_report

import ingest.tools
from corpus.catalogue import Catalogue, CatalogueWriter, open_engine
from corpus.catalogue.corrected import corrections, orphans
from corpus.catalogue.database import CATALOGUE, _config
from corpus.catalogue.edits import Edits
from corpus.catalogue.relations import related
from corpus.catalogue.shipping import ship_practice
from corpus.correcting import corrected, restored
from corpus.corrections import FIELDS, Correction, names, read_value, typed
from corpus.home import Home
from corpus.ids import Ids
from corpus.model import (
    Bibliography,
    Claim,
    Document,
    IngestRecord,
    PageTurn,
    Passage,
    Practice,
    Statement,
    StatementKind,
    Tag,
)
from webapp import create_app

pytestmark = pytest.mark.slow

DOC = "harbour"
Cli = Callable[..., Result]

GUARDIANS = "Guardians who were appointed within five days stayed with the children until the very end of the case."
REGISTER = "The register of beds should be read by every police station at any hour of the day and of the night."
REUNITED = "The programme reunited 412 children with their families before the second winter of the grant had begun."
PLAIN = "Each of the four houses stands close to a school and has a garden in which the children grow maize and beans."
RECORD = IngestRecord(input="/in/harbour.pdf", status="ok", doc=DOC, content_hash="ab" * 32)


def reading(*texts: str, kinds: dict[str, StatementKind] | None = None, **more: object) -> Document:
    """A document with a page, a tagged passage and, but for PLAIN words, a statement for each text."""
    ids = Ids(DOC)
    kinds = {REGISTER: StatementKind.RECOMMENDATION, REUNITED: StatementKind.RESULT} | (kinds or {})
    passages = tuple(
        Passage(
            id=ids.make("p", text), doc=DOC, ordinal=n, section=0, path=("Findings",), text=text, language="en",
            turns=(PageTurn(offset=0, page=n + 1, label=str(n)),),
            tags=(Tag(concept="guardianship", score=0.5, evidence=("guardians",)), Tag(concept="place:GT", score=0.4)),
        )
        for n, text in enumerate(texts)
    )  # fmt: skip
    statements = tuple(
        Statement(
            id=ids.make("s", p.text), doc=DOC, passage=p.id, text=p.text, span=p.span, path=p.path,
            kind=kinds.get(p.text, StatementKind.LESSON), themes=("guardianship",),
            achieved="yes" if kinds.get(p.text) is StatementKind.RESULT else None,
        )
        for p in passages
        if p.text != PLAIN
    )  # fmt: skip
    statements = tuple(msgspec.structs.replace(s, group=s.id) for s in statements)
    card = Bibliography(id=DOC, title="Harbour: final evaluation", language="en", authors=("A. Reader",))
    given: dict[str, object] = {"passages": passages, "statements": statements, **more}
    return Document(card=card, media="pdf", content_hash="ab" * 32, **given)  # type: ignore[arg-type]


def keep(home: Home, document: Document) -> None:
    with home.writing(), CatalogueWriter(home.catalogue_url) as writer:
        writer.put_document(document, writer.begin(RECORD), RECORD)


def statement(text: str) -> str:
    return Ids(DOC).make("s", text)


def passage(text: str) -> str:
    return Ids(DOC).make("p", text)


@pytest.fixture(scope="session")
def report_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home that holds the report, to be copied."""
    home = Home(tmp_path_factory.mktemp("report") / "home")
    keep(home, reading(GUARDIANS, REGISTER, REUNITED, PLAIN))
    return home


@pytest.fixture
def kept(report_home: Home, tmp_path: Path) -> Home:
    """A home of the test's own that holds the report."""
    return Home(Path(shutil.copytree(report_home.path, tmp_path / "home")))


class Editor:
    """What ``fingerpost edit`` does, without an index."""

    def __init__(self, home: Home) -> None:
        self.home = home

    def __call__(self, item: str, field: str, typed: str, quote: str = "") -> None:
        told = Correction(item=item, field=field, value=read_value(item, field, typed), quote=quote, by="Ada")
        self._keep(told)

    def undo(self, item: str, field: str = "") -> None:
        with self._edits() as edits:
            fields = [field] if field else edits.fields_of(item)
        self._keep(*(Correction(item=item, field=name, value=None, by="Ada") for name in fields))

    @contextmanager
    def _edits(self) -> Iterator[Edits]:
        with self.home.writing(), CatalogueWriter(self.home.catalogue_url) as writer:
            yield Edits(writer)

    def _keep(self, *told: Correction) -> None:
        with self._edits() as edits:
            for one in told:
                edits.add(one)
            assert edits.keep() >= len(told)


@pytest.fixture
def edit(kept: Home) -> Editor:
    return Editor(kept)


@pytest.fixture
def run(kept: Home, fingerpost: Cli) -> Cli:
    """The command line on the home; it must end well."""

    def words(*told: str) -> Result:
        result = fingerpost(*told, home=kept.path)
        assert result.exit_code == 0, result.output
        return result

    return words


@pytest.fixture
def catalogue(kept: Home) -> Iterator[Catalogue]:
    with Catalogue(kept.catalogue_url) as catalogue:
        yield catalogue


def said(catalogue: Catalogue) -> dict[str, Statement]:
    return {s.text: s for s in catalogue.statements(DOC)}


def state(catalogue: Catalogue) -> tuple[object, ...]:
    """Everything of the document that can be corrected."""
    return (
        catalogue.passages(DOC),
        catalogue.statements(DOC),
        catalogue.card(DOC),
        catalogue.entry(DOC).evidence,
        catalogue.practices(),
    )


# ---------------------------------------------------------------------------------------------- one at a time


def test_tags_are_added_and_taken_away(edit: Editor, catalogue: Catalogue) -> None:
    """A person's tag says so; the others keep their score and evidence."""
    one = passage(GUARDIANS)
    edit(one, "tag:age-assessment", "yes")
    edit(one, "tag:guardianship", "no")
    edit(one, "tag:place:GT", "yes")
    tags = {tag.concept: tag for tag in catalogue.passages(DOC)[0].tags}
    assert set(tags) == {"age-assessment", "place:GT"}
    assert {tag.origin for tag in tags.values()} == {"person"}
    assert catalogue.passages(DOC)[1].tags == reading(REGISTER).passages[0].tags


def test_statements_are_corrected(edit: Editor, catalogue: Catalogue) -> None:
    """Kind, voice, addressee, figure and themes; what a kind does not have goes with it."""
    edit(statement(GUARDIANS), "kind", "result")
    edit(statement(GUARDIANS), "achieved", "expected")
    edit(statement(REGISTER), "addressed_to", "the police")
    edit(statement(REGISTER), "themes", "case-management-referral; guardianship")
    edit(statement(REUNITED), "figure", "412 children")
    edit(statement(REUNITED), "voice", "implementer")
    found = said(catalogue)
    assert (found[GUARDIANS].kind, found[GUARDIANS].achieved) == ("result", "expected")
    assert found[REGISTER].addressed_to == "the police"
    assert found[REGISTER].themes == ("case-management-referral", "guardianship")
    assert (found[REUNITED].figure, found[REUNITED].voice) == ("412 children", "implementer")
    edit(statement(REUNITED), "kind", "lesson")
    assert (said(catalogue)[REUNITED].figure, said(catalogue)[REUNITED].achieved) == (None, None)


def test_what_is_no_statement_goes_and_comes_back(run: Cli, catalogue: Catalogue) -> None:
    """It leaves lists and search; undone, it is what the machine had said, in its place."""

    def found() -> set[str]:
        hits = json.loads(run("search", "register of beds", "--in", "statements", "--json").stdout)["hits"]
        return {hit["id"] for hit in hits}

    before = state(catalogue)
    assert (
        run("edit", statement(REGISTER), "kind", "none", "--note", "a rule", "--by", "Ada").stdout == "1 correction.\n"
    )
    assert REGISTER not in said(catalogue)
    assert statement(REGISTER) not in found()
    assert run("edit", statement(REGISTER), "kind", "none", "--by", "Ada").stdout == "Nothing to change.\n"
    run("edit", statement(REGISTER), "kind", "--undo")
    assert statement(REGISTER) in found()
    assert state(catalogue) == before


def test_a_missed_statement_is_added_by_quoting_it(edit: Editor, catalogue: Catalogue) -> None:
    """It stands verbatim on its page, in reading order, and can be corrected like any other."""
    quoted = "has a garden in which the\n children grow maize and beans."
    edit(DOC, "kind", "good-practice", quoted)
    found = catalogue.statements(DOC)[-1]
    assert found.text == "has a garden in which the children grow maize and beans."
    assert found.text in PLAIN
    assert (found.kind, found.passage, found.span.page, found.path) == (
        "good-practice", passage(PLAIN), 4, ("Findings",)
    )  # fmt: skip
    edit(found.id, "voice", "evaluator")
    assert catalogue.statements(DOC)[-1].voice == "evaluator"
    edit.undo(found.id)
    assert found.text not in said(catalogue)
    assert not orphans(catalogue)


def test_quoting_a_statement_corrects_it(edit: Editor, catalogue: Catalogue) -> None:
    """Words that are a statement already are not said twice."""
    edit(DOC, "kind", "challenge", GUARDIANS)
    assert len(catalogue.statements(DOC)) == 3
    assert said(catalogue)[GUARDIANS].kind == "challenge"


def test_cards_are_corrected_field_by_field(edit: Editor, catalogue: Catalogue, kept: Home) -> None:
    """A corrected field wins over reading and record, a blank one too; the others stay theirs."""
    edit(DOC, "authors", "")
    edit(DOC, "standing", "internal-evaluation")
    edit(DOC, "countries", "GT; HN")
    with kept.writing(), CatalogueWriter(kept.catalogue_url) as writer:
        writer.put_card(Bibliography(id=DOC, title="From a record", authors=("B. Cataloguer",)))
    card = catalogue.card(DOC)
    assert (card.title, card.authors, card.standing.value, card.countries) == (
        "From a record", (), "internal-evaluation", ("GT", "HN")
    )  # fmt: skip
    edit.undo(DOC, "authors")
    assert catalogue.card(DOC).authors == ("B. Cataloguer",)


def test_the_evidence_card_is_told_by_a_quotation(edit: Editor, catalogue: Catalogue) -> None:
    """Its page comes with it."""
    edit(DOC, "evidence.sites", "four houses", "Each of the four houses stands close to a school")
    (told,) = catalogue.entry(DOC).evidence["sites"]
    assert (told.value, told.page, told.page_label) == ("four houses", 4, "3")
    edit.undo(DOC, "evidence.sites")
    assert "sites" not in catalogue.entry(DOC).evidence


def test_relations_are_told_by_a_person(run: Cli, kept: Home, catalogue: Catalogue) -> None:
    """What a rule found gives way to a person's word, and is there again when that is taken back."""
    with kept.writing(), CatalogueWriter(kept.catalogue_url) as writer:
        for doc in ("harbour-brief", "ferry"):
            card = Bibliography(id=doc, title="Harbour houses on the northern quay, in short")
            made = msgspec.structs.replace(reading(PLAIN), card=card, passages=(), statements=())
            writer.put_document(made, writer.begin(RECORD), msgspec.structs.replace(RECORD, doc=doc, input=doc))

    def found() -> set[tuple[str, str]]:
        return {(one.doc, one.origin) for one in related(catalogue, "harbour-brief") if not one.inverse}

    run("edit", DOC, "title", "Final evaluation of the Harbour houses on the northern quay")
    run("edit", DOC, "document_type", "evaluation-report")
    run("edit", "harbour-brief", "document_type", "brief")
    assert found() == {(DOC, "rule")}
    run("edit", "harbour-brief", "brief-of", "ferry")
    assert found() == {("ferry", "person")}
    run("edit", "harbour-brief", "brief-of", "")
    assert found() == set()
    run("edit", "harbour-brief", "brief-of", "--undo")
    assert found() == {(DOC, "rule")}


def test_practices_are_corrected(edit: Editor, catalogue: Catalogue, kept: Home) -> None:
    """A practice that was read from the document, though it has the document's id; and a record of our own."""
    read = Practice(id="x", title="Guardians in five days", told={"summary": (Claim(text="Guardians come at once."),)})
    keep(kept, reading(GUARDIANS, practices=(read,)))
    before = catalogue.practice(DOC)
    edit(DOC, "practice.title", "Guardians within five days")
    edit(DOC, "practice.steps", "- Name a guardian.\n- Tell the court.")
    edit(DOC, "practice.places", "GT:implementation; HN")
    edit(DOC, "title", "Harbour, evaluated")
    found = catalogue.practice(DOC)
    assert found.title == "Guardians within five days"
    assert [(c.text, c.item, c.sources[0].doc) for c in found.told["steps"]] == [
        ("Name a guardian.", True, DOC), ("Tell the court.", True, DOC)
    ]  # fmt: skip
    assert [(place.country, place.role) for place in found.places] == [("GT", "implementation"), ("HN", "")]
    keep(kept, reading(GUARDIANS, practices=(read,)))
    assert catalogue.practice(DOC) == found
    for field in ("title", "steps", "places"):
        edit.undo(DOC, f"practice.{field}")
    assert catalogue.practice(DOC) == before
    assert catalogue.card(DOC).title == "Harbour, evaluated"


def test_a_record_of_our_own_stays_corrected(edit: Editor, catalogue: Catalogue, kept: Home) -> None:
    """Loading the same record again changes nothing; a newer edition keeps the person's field."""
    record = Practice(id="night-bus", title="A night bus", told={})
    with kept.writing(), CatalogueWriter(kept.catalogue_url) as writer:
        writer.put_practice(record)
    edit("night-bus", "practice.scope", "national")
    with kept.writing(), CatalogueWriter(kept.catalogue_url) as writer:
        assert writer.put_practice(record) is False
        assert writer.put_practice(msgspec.structs.replace(record, title="A night bus home")) is True
    assert (catalogue.practice("night-bus").title, catalogue.practice("night-bus").scope) == (
        "A night bus home", "national"
    )  # fmt: skip


def test_a_shipped_record_is_refreshed_around_a_correction(edit: Editor, catalogue: Catalogue, kept: Home) -> None:
    """A new edition of what ships brings its other fields; the corrected one stays the person's."""
    record = Practice(id="night-bus", title="A night bus", told={})
    with kept.writing(), CatalogueWriter(kept.catalogue_url) as writer:
        ship_practice(writer, record)
    edit("night-bus", "practice.scope", "national")
    with kept.writing(), CatalogueWriter(kept.catalogue_url) as writer:
        assert ship_practice(writer, msgspec.structs.replace(record, title="A night bus home", scope="local")) is True
    assert catalogue.practice("night-bus").title == "A night bus home"
    assert catalogue.practice("night-bus").scope == "national"
    edit.undo("night-bus")
    assert catalogue.practice("night-bus").scope == "local"


# ---------------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("nowhere", "title", "X"), "There is no document"),
        ((passage("no such words"), "tag:guardianship", "yes"), "There is no passage"),
        ((passage(GUARDIANS), "tag:kindness", "yes"), "No vocabulary has a concept 'kindness'"),
        ((passage(GUARDIANS), "tag:place:QQ", "yes"), "QQ"),
        ((passage(GUARDIANS), "tag:guardianship", "perhaps"), "neither yes nor no"),
        ((passage(GUARDIANS), "kind", "lesson"), "A passage has no field 'kind'"),
        ((statement(GUARDIANS), "kind", "wisdom"), "use one of recommendation"),
        ((statement(GUARDIANS), "themes", "age-assessment"), "use 'identification-screening'"),
        ((statement(GUARDIANS), "figure", "five days"), "Only a result"),
        ((statement(REUNITED), "figure", "413 children"), "does not stand in the statement"),
        ((DOC, "title", ""), "may not be blank"),
        ((DOC, "date", "last spring"), "is no date"),
        ((DOC, "countries", "ZZ"), "ZZ"),
        ((DOC, "brief-of", "nowhere"), "There is no document"),
        ((DOC, "brief-of", DOC), "nothing to itself"),
        ((DOC, "kind", "lesson", "--quote", "Words that nobody wrote"), "do not stand in"),
        ((DOC, "kind", "lesson", "--quote", PLAIN, "--page", "2"), "do not stand on page 2"),
        ((DOC, "evidence.method", "x", "--quote", "Words that nobody wrote"), "do not stand in"),
        ((DOC, "practice.title", "x"), "There is no practice"),
        ((DOC, "colour", "blue"), "has no field 'colour'"),
        ((DOC, "title", "--undo"), "Nobody corrected title"),
        ((DOC,), "Say what is to be corrected"),
        ((), "Give an ITEM"),
    ],
)
def test_what_does_not_fit_is_told(kept: Home, fingerpost: Cli, words: tuple[str, ...], says: str) -> None:
    """One sentence that names the mistake, and nothing is changed."""
    result = fingerpost("edit", *words, home=kept.path)
    assert result.exit_code in (1, 2)
    assert says in result.stderr
    assert len(result.stderr.splitlines()) == 1
    with Catalogue(kept.catalogue_url) as catalogue:
        assert not corrections(catalogue)


def test_private_lists_are_not_quoted(kept: Home, fingerpost: Cli) -> None:
    """What stands in a list of private persons becomes no statement."""
    document = reading(GUARDIANS, PLAIN)
    closed = tuple(msgspec.structs.replace(p, private=p.text == PLAIN) for p in document.passages)
    keep(kept, msgspec.structs.replace(document, passages=closed))
    result = fingerpost("edit", DOC, "kind", "lesson", "--quote", PLAIN, home=kept.path)
    assert "do not stand in" in result.stderr


# ---------------------------------------------------------------------------------------------- what it survives


def decide(edit: Editor) -> None:
    """One correction of each sort."""
    edit(passage(GUARDIANS), "tag:age-assessment", "yes")
    edit(passage(GUARDIANS), "tag:guardianship", "no")
    edit(statement(GUARDIANS), "kind", "challenge")
    edit(statement(REGISTER), "kind", "none")
    edit(DOC, "kind", "good-practice", "Each of the four houses stands close to a school and has a garden")
    edit(DOC, "title", "Harbour, as it was evaluated")
    edit(DOC, "evidence.sites", "four houses", "Each of the four houses")


def test_corrections_survive_the_same_words_read_again(edit: Editor, kept: Home, catalogue: Catalogue) -> None:
    """A new version of the program reads the same words; nothing that a person said is lost."""
    decide(edit)
    before = state(catalogue)
    for _ in range(2):
        keep(kept, reading(GUARDIANS, REGISTER, REUNITED, PLAIN))
        assert state(catalogue) == before
    for item in {one.item for one in corrections(catalogue)}:
        edit.undo(item)
    fresh = reading(GUARDIANS, REGISTER, REUNITED, PLAIN)
    assert catalogue.passages(DOC) == fresh.passages
    assert catalogue.statements(DOC) == fresh.statements


def test_a_better_machine_does_not_take_a_persons_word_back(edit: Editor, kept: Home, catalogue: Catalogue) -> None:
    """The machine says other things of the same words; undone, its newest word counts, not the one of that time."""
    decide(edit)
    keep(kept, reading(GUARDIANS, REGISTER, REUNITED, PLAIN, kinds={GUARDIANS: StatementKind.GOOD_PRACTICE}))
    assert said(catalogue)[GUARDIANS].kind == "challenge"
    edit.undo(statement(GUARDIANS), "kind")
    assert said(catalogue)[GUARDIANS].kind == "good-practice"


def test_a_statement_that_the_machine_no_longer_sees_stays(edit: Editor, kept: Home, catalogue: Catalogue) -> None:
    """A person said what kind it is; as long as its words are in the document, it is a statement."""
    edit(statement(GUARDIANS), "kind", "challenge")
    document = reading(GUARDIANS, REGISTER, REUNITED, PLAIN)
    fewer = tuple(s for s in document.statements if s.text != GUARDIANS)
    keep(kept, msgspec.structs.replace(document, statements=fewer))
    assert said(catalogue)[GUARDIANS].kind == "challenge"
    assert [s.text for s in catalogue.statements(DOC)] == [GUARDIANS, REGISTER, REUNITED]


def test_nearly_the_same_words_take_the_corrections_on(edit: Editor, kept: Home, catalogue: Catalogue) -> None:
    """One word of twenty is another: the item has a new id, to which the corrections are tied and undone."""
    decide(edit)
    changed = GUARDIANS.replace("very end", "last end")
    keep(kept, reading(changed, REGISTER, REUNITED, PLAIN))
    assert said(catalogue)[changed].kind == "challenge"
    assert catalogue.passages(DOC)[0].concepts() == ("place:GT", "age-assessment")
    assert not orphans(catalogue)
    edit(statement(changed), "kind", "recommendation")
    assert said(catalogue)[changed].kind == "recommendation"
    edit.undo(statement(changed), "kind")
    assert said(catalogue)[changed].kind == "lesson"


def test_other_words_leave_orphans_that_are_listed(
    edit: Editor, kept: Home, catalogue: Catalogue, fingerpost: Cli
) -> None:
    """A correction whose words are gone is told by check, status and the list, and holds again when they are back."""
    decide(edit)
    before = state(catalogue)
    keep(kept, reading(REUNITED))
    lost = {(one.item, one.field) for one in orphans(catalogue)}
    added = next(one.item for one in corrections(catalogue) if one.value == "good-practice")
    assert lost == {
        (passage(GUARDIANS), "tag:age-assessment"), (passage(GUARDIANS), "tag:guardianship"),
        (statement(GUARDIANS), "kind"), (added, "kind"), (DOC, "evidence.sites"),
    }  # fmt: skip
    assert catalogue.card(DOC).title == "Harbour, as it was evaluated"
    for verb in ("check", "status"):
        told = fingerpost(verb, home=kept.path).output
        assert passage(GUARDIANS) in told
        assert "Ada" in told
    assert len(json.loads(fingerpost("status", "--json", home=kept.path).stdout)["orphans"]) == len(lost)
    keep(kept, reading(GUARDIANS, REGISTER, REUNITED, PLAIN))
    assert state(catalogue) == before
    assert not orphans(catalogue)


def test_an_orphan_can_be_taken_back(edit: Editor, kept: Home, catalogue: Catalogue) -> None:
    """It is listed no more."""
    edit(passage(GUARDIANS), "tag:age-assessment", "yes")
    keep(kept, reading(REUNITED))
    edit.undo(passage(GUARDIANS))
    assert not corrections(catalogue)


def test_corrections_survive_removal(edit: Editor, kept: Home, catalogue: Catalogue, fingerpost: Cli) -> None:
    """A document that is removed and read in again under its id is as a person left it."""
    decide(edit)
    before = state(catalogue)
    assert fingerpost("remove", DOC, home=kept.path).exit_code == 0
    keep(kept, reading(GUARDIANS, REGISTER, REUNITED, PLAIN))
    assert state(catalogue) == before


@pytest.mark.slow
def test_corrections_survive_in_postgresql(postgres_database: str, tmp_path: Path) -> None:
    """The same in the other database: corrected, read again, lost, found, taken back."""
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "settings.toml").write_text(f'catalogue_url = "{postgres_database}"\n', "utf-8")
    home = Home(tmp_path / "shared")
    whole = reading(GUARDIANS, REGISTER, REUNITED, PLAIN)
    keep(home, whole)
    edit = Editor(home)
    decide(edit)
    with Catalogue(home.catalogue_url) as catalogue:
        before = state(catalogue)
        keep(home, reading(REUNITED))
        assert len(orphans(catalogue)) == 5
        keep(home, whole)
        assert state(catalogue) == before
        for item in {one.item for one in corrections(catalogue)}:
            edit.undo(item)
        assert (catalogue.passages(DOC), catalogue.statements(DOC)) == (whole.passages, whole.statements)


@pytest.mark.slow
def test_corrections_survive_rebuild_init_and_real_ingest(
    fresh_home: Home, fingerpost: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole way: a PDF is read, corrected, searched; read again by newer tools, changed, rebuilt, shipped over."""

    def run(*words: str) -> Result:
        result = fingerpost(*words, home=fresh_home.path)
        assert result.exit_code == 0, result.output
        return result

    def lessons() -> list[str]:
        lines = run("statements", "--doc", "report", "--kind", "challenge", "--json").stdout.splitlines()
        return [json.loads(line)["id"] for line in lines]

    file = write_report(tmp_path / "report.pdf", REPORT)
    run("ingest", str(file))
    found = [json.loads(line) for line in run("statements", "--doc", "report", "--json").stdout.splitlines()]
    chosen = next(s["id"] for s in found if s["kind"] == "recommendation")
    run("edit", chosen, "kind", "challenge", "--by", "Ada")
    run("edit", "report", "programme", "Harbour 2", "--by", "Ada")
    assert chosen in lessons()
    hits = json.loads(run("search", "kind:challenge", "--in", "statements", "--json").stdout)["hits"]
    assert chosen in {hit["id"] for hit in hits}
    monkeypatch.setattr(ingest.tools, "tools", lambda: "fingerpost 99")
    monkeypatch.setattr("ingest.pipeline.tools", lambda: "fingerpost 99")
    run("ingest", str(file))
    with Catalogue(fresh_home.catalogue_url) as catalogue:
        assert catalogue.entry("report").version == 2
    assert chosen in lessons()
    annex = Part("Annex", ("The houses keep a register of every bed and of every child who sleeps there.",))
    write_report(file, dataclasses.replace(REPORT, parts=(*REPORT.parts, annex)))
    run("ingest", str(file))
    run("rebuild")
    run("init")
    assert chosen in lessons()
    shown = json.loads(run("show", "report", "--json").stdout)
    assert shown["programme"] == "Harbour 2"
    assert [(c["field"], c["by"]) for c in shown["corrections"]] == [("programme", "Ada")]
    assert run("check").exit_code == 0


@pytest.mark.parametrize("revision", ["0004", "0005"])
def test_corrections_survive_an_upgrade(kept: Home, fingerpost: Cli, revision: str) -> None:
    """A home of an older version is upgraded and corrected; one that held a correction already still holds it."""
    engine = open_engine(kept.catalogue_url, writing=True)
    with engine.begin() as connection:
        command.downgrade(_config(CATALOGUE, connection), revision)
    if revision == "0005":
        with engine.begin() as connection:
            connection.exec_driver_sql(
                "INSERT INTO corrections (item, document_id, field, value, quote, note, by, at) VALUES "
                f"('{statement(REUNITED)}', '{DOC}', 'voice', '\"implementer\"', '{REUNITED}', '', 'Eve', '2026')"
            )
    engine.dispose()
    result = fingerpost("edit", statement(GUARDIANS), "kind", "challenge", "--by", "Ada", home=kept.path)
    assert result.exit_code == 0, result.output
    keep(kept, reading(GUARDIANS, REGISTER, REUNITED, PLAIN))
    with Catalogue(kept.catalogue_url) as catalogue:
        found = said(catalogue)
        assert found[GUARDIANS].kind == "challenge"
        assert found[REUNITED].voice == ("implementer" if revision == "0005" else "unclear")


# ---------------------------------------------------------------------------------------------- who and when


def test_it_says_who_and_when(edit: Editor, kept: Home, fingerpost: Cli) -> None:
    """The list, the passages and statements as JSON, and the pages of the web say by whom and on which day."""
    decide(edit)
    fingerpost("rebuild", "--index-only", home=kept.path)
    day = "2026-03-04T10:00:00Z"
    with open_engine(kept.catalogue_url, writing=True).begin() as connection:
        connection.exec_driver_sql(f"UPDATE corrections SET at = '{day}'")
    listed = json.loads(fingerpost("edit", "--list", "--json", home=kept.path).stdout)
    assert {(one["by"], one["at"]) for one in listed} == {("Ada", day)}
    assert len(listed) == 7
    shown = json.loads(fingerpost("show", DOC, "--json", home=kept.path).stdout)
    assert [(c["field"], c["value"]) for c in shown["passages"][0]["corrections"]] == [
        ("tag:age-assessment", True), ("tag:guardianship", False)
    ]  # fmt: skip
    lines = [json.loads(line) for line in fingerpost("statements", "--json", home=kept.path).stdout.splitlines()]
    told = {line["text"]: line["corrections"] for line in lines}
    assert told[GUARDIANS] == [{"field": "kind", "by": "Ada", "at": day}]
    assert told[REUNITED] == []
    client = create_app(kept).test_client()
    for address in (f"/passages/{passage(GUARDIANS)}", f"/statements/{statement(GUARDIANS)}", f"/documents/{DOC}"):
        assert "by <bdi>Ada</bdi> on 4 March 2026" in client.get(address).get_data(as_text=True)
    assert "by <bdi>Ada" not in client.get(f"/statements/{statement(REUNITED)}").get_data(as_text=True)
    gone = client.get(f"/statements/{statement(REGISTER)}").get_data(as_text=True)
    assert "no statement" in gone


def test_withdrawn_words_are_in_no_list(edit: Editor, run: Cli, tmp_path: Path) -> None:
    """A correction of what is withdrawn is neither listed nor exported, and quotes it nowhere."""
    decide(edit)
    run("withdraw", passage(GUARDIANS))
    file = tmp_path / "all.csv"
    run("edit", "--export", str(file))
    listed = run("edit", "--list", "--json").stdout
    for text in (listed, file.read_text("utf-8")):
        assert "five days" not in text
        assert "four houses" in text


# ---------------------------------------------------------------------------------------------- batches


@pytest.mark.parametrize("name", ["all.csv", "all.toml"])
def test_a_batch_makes_another_home_the_same(
    edit: Editor, run: Cli, catalogue: Catalogue, fingerpost: Cli, tmp_path: Path, name: str
) -> None:
    """What is exported gives the same state elsewhere, with who and when; applied again, nothing changes."""
    decide(edit)
    file, again = tmp_path / name, tmp_path / f"again-{name}"
    run("edit", "--export", str(file))
    other = Home(tmp_path / "other")
    keep(other, reading(GUARDIANS, REGISTER, REUNITED, PLAIN))
    result = fingerpost("edit", "--apply", str(file), home=other.path)
    assert result.exit_code == 0, result.output
    with Catalogue(other.catalogue_url) as there:
        assert state(there) == state(catalogue)
    fingerpost("edit", "--export", str(again), home=other.path)
    assert sorted(rows(again), key=str) == sorted(rows(file), key=str)
    assert "Nothing to change" in fingerpost("edit", "--apply", str(file), home=other.path).output


def test_what_is_kept_of_a_removed_document_spoils_no_batch(
    edit: Editor, run: Cli, catalogue: Catalogue, tmp_path: Path
) -> None:
    """A file that was exported can be applied after a document of it is gone; what it kept stays as it was."""
    decide(edit)
    kept_before = corrections(catalogue)
    run("remove", DOC)
    file = tmp_path / "all.csv"
    run("edit", "--export", str(file))
    assert "Nothing to change" in run("edit", "--apply", str(file)).output
    assert [(one.item, one.value) for one in corrections(catalogue)] == [(one.item, one.value) for one in kept_before]


def rows(file: Path) -> list[dict[str, str]]:
    if file.suffix == ".csv":
        return list(csv.DictReader(file.read_text("utf-8").splitlines()))
    return tomllib.loads(file.read_text("utf-8"))["correction"]


def test_bad_rows_are_named_and_nothing_is_changed(kept: Home, fingerpost: Cli, tmp_path: Path) -> None:
    """Every row that cannot be used is named by its line, also below cells of several lines."""
    file = tmp_path / "batch.csv"
    file.write_text(
        "item,field,value,note\n"
        f'{DOC},title,A better title,"two\nlines"\n'
        f"{statement(GUARDIANS)},kind,wisdom,\n"
        f"{DOC},date,soon,\n",
        "utf-8",
    )
    result = fingerpost("edit", "--apply", str(file), home=kept.path)
    assert result.exit_code == 2
    lines = result.stderr.splitlines()
    assert ["line 4" in lines[0], "line 5" in lines[1], lines[2]] == [True, True, "Nothing was changed."]
    with Catalogue(kept.catalogue_url) as catalogue:
        assert catalogue.card(DOC).title == "Harbour: final evaluation"


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.csv", "item,value\nx,y\n", "needs the columns"),
        ("a.csv", 'item,field,value\n"x,y\n', "mend the quotes"),
        ("a.toml", "[[correction\n", "is no TOML file"),
        ("a.toml", '\n[[correction]]\nitem = "x"\n', "line 2"),
        ("a.toml", '[[correction]]\nitem = "harbour"\nfield = "title"\nvalue = "x"\nat = "noon"\n', "is no time"),
        ("a.txt", "", "no file of corrections"),
    ],
)
def test_files_that_cannot_be_read_are_told(
    kept: Home, fingerpost: Cli, tmp_path: Path, name: str, text: str, says: str
) -> None:
    """A sentence, no traceback."""
    (tmp_path / name).write_text(text, "utf-8")
    result = fingerpost("edit", "--apply", str(tmp_path / name), home=kept.path)
    assert result.exit_code == 2
    assert says in result.stderr


def test_no_cell_is_a_formula(edit: Editor, run: Cli, catalogue: Catalogue, tmp_path: Path) -> None:
    """A value that a spreadsheet would calculate is guarded in the file, and comes back as it was."""
    edit(DOC, "title", '=HYPERLINK("x")')
    file = tmp_path / "all.csv"
    run("edit", "--export", str(file))
    assert rows(file)[0]["value"] == '\'=HYPERLINK("x")'
    edit.undo(DOC, "title")
    run("edit", "--apply", str(file))
    assert catalogue.card(DOC).title == '=HYPERLINK("x")'


# ---------------------------------------------------------------------------------------------- pure parts


def test_applying_and_taking_back_are_inverse() -> None:
    """Whatever corrections are put on a reading, taking them back gives the reading."""
    document = reading(GUARDIANS, REGISTER, REUNITED, PLAIN)
    told = [
        Correction(item=passage(PLAIN), field="tag:psychosocial-support", value=True, doc=DOC, quote=PLAIN),
        Correction(item=statement(REGISTER), field="kind", value="none", doc=DOC, quote=REGISTER),
        Correction(item=statement(PLAIN), field="kind", value="lesson", doc=DOC, quote=PLAIN),
        Correction(item=statement(REUNITED), field="voice", value="implementer", doc=DOC, quote=REUNITED),
        Correction(item=DOC, field="evidence.method", value=("interviews",), doc=DOC),
    ]
    result = corrected(document, told)
    assert result.document != document
    assert restored(result.document, result.ties) == document


@pytest.mark.parametrize("sort", sorted(FIELDS))
def test_every_field_is_documented(sort: str) -> None:
    """docs/corrections.md names each field."""
    text = (Path(__file__).parent.parent / "docs" / "corrections.md").read_text("utf-8")
    assert not [name for name in names(sort) if f"`{name}`" not in text]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("item", "field", "told"),
    [
        (DOC, "authors", "A. Reader; B. Writer"),
        (DOC, "themes", ""),
        (passage(PLAIN), "tag:psychosocial-support", "yes"),
        (DOC, "practice.places", "ET:origin; KE"),
        (DOC, "evidence.limits", "few interviews; no girls"),
    ],
)
def test_values_are_written_as_they_are_typed(item: str, field: str, told: str) -> None:
    assert typed(read_value(item, field, told)) == told
