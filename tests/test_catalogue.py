"""The catalogue: versions, ids that last, tombstones, migrations, one writer."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from corpus.catalogue import Catalogue, CatalogueWriter, open_engine
from corpus.catalogue.tables import metadata
from corpus.errors import CatalogueMismatch, NotInCatalogue, UsageError, Withdrawn, WriterBusy
from corpus.home import UNFINISHED, Home
from corpus.ids import Ids
from corpus.model import (
    Bibliography,
    Block,
    BlockKind,
    Document,
    IngestRecord,
    Page,
    PageTurn,
    Passage,
    Practice,
    Standing,
    Statement,
    StatementKind,
)

RECORD = IngestRecord(input="/in/report.pdf", status="ok", doc="report", content_hash="ab" * 32)


def reading(*texts: str, doc: str = "report", **card: object) -> Document:
    """A document with one passage and one statement for each text, one text a page."""
    ids = Ids(doc)
    passages = tuple(
        Passage(
            id=ids.make("p", text),
            doc=doc,
            ordinal=n,
            section=0,
            path=("Findings",),
            text=text,
            language="en",
            turns=(PageTurn(offset=0, page=n + 1, label=str(n)),),
        )
        for n, text in enumerate(texts)
    )
    statements = tuple(
        Statement(id=ids.make("s", p.text), doc=doc, passage=p.id, text=p.text, kind=StatementKind.LESSON, span=p.span)
        for p in passages
    )
    return Document(
        card=Bibliography(id=doc, title="Report", **card),  # type: ignore[arg-type]
        media="pdf",
        content_hash="ab" * 32,
        pages=tuple(
            Page(number=n + 1, label=str(n), blocks=(Block(kind=BlockKind.PARAGRAPH, text=text),))
            for n, text in enumerate(texts)
        ),
        passages=passages,
        statements=statements,
    )


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind that is offered."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'catalogue.db'}"
    database: str = request.getfixturevalue("postgres_database")
    return database


@pytest.fixture
def writer(url: str) -> Iterator[CatalogueWriter]:
    with CatalogueWriter(url) as writer:
        yield writer


def keep(writer: CatalogueWriter, document: Document) -> None:
    writer.put_document(document, writer.begin(RECORD), RECORD)


def test_migrations_make_the_tables_that_the_code_names(writer: CatalogueWriter) -> None:
    """Alembic finds no difference between the migrated database and the metadata."""
    with writer.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_document_comes_back_as_it_was_kept(writer: CatalogueWriter) -> None:
    """Pages, passages and statements survive the database unchanged."""
    document = reading("A guardian came late.", "Training helped.")
    keep(writer, document)
    assert writer.pages("report") == document.pages
    assert writer.passages("report") == document.passages
    alone = tuple(msgspec.structs.replace(s, group=s.id) for s in document.statements)
    assert writer.statements("report") == alone
    assert writer.entry("report").version == 1
    assert writer.page("report", 2).label == "1"


def test_passages_keep_their_ids_and_gone_ones_name_their_successor(writer: CatalogueWriter) -> None:
    """A second version retires what it lacks; a retired id keeps its text and page."""
    keep(writer, reading("A guardian came late in most of the cases we saw.", "Training helped."))
    gone, stays = writer.passages("report")
    keep(writer, reading("A guardian came late in nearly all of the cases we saw.", "Training helped."))
    new, stayed = writer.passages("report")
    assert stayed.id == stays.id
    retired = writer.retired(gone.id)
    assert retired is not None
    assert retired.item == gone
    assert retired.successor == new.id
    assert writer.retired(stays.id) is None
    assert writer.passage(gone.id).text == gone.text


def test_a_passage_that_comes_back_is_current_again(writer: CatalogueWriter) -> None:
    """An id retired by one version and present in the next is one row, current."""
    keep(writer, reading("First words here.", "Second words there."))
    keep(writer, reading("Second words there."))
    keep(writer, reading("First words here.", "Second words there."))
    assert [p.text for p in writer.passages("report")] == ["First words here.", "Second words there."]
    assert writer.retired(writer.passages("report")[0].id) is None


def test_a_record_card_wins_over_the_reading(writer: CatalogueWriter) -> None:
    """What a library card says wins; what it leaves blank comes from the file."""
    keep(writer, reading("Words.", language="en", publisher="From the file"))
    card = Bibliography(id="report", title="The true title", standing=Standing.EXTERNAL)
    assert writer.put_card(card) is True
    assert writer.put_card(card) is False
    merged = writer.card("report")
    assert (merged.title, merged.publisher, merged.standing) == ("The true title", "From the file", Standing.EXTERNAL)


def test_removed_leaves_a_tombstone(writer: CatalogueWriter) -> None:
    """A removed document's addresses say that it was removed; an unknown id says that there is none."""
    keep(writer, reading("Words."))
    passage = writer.passages("report")[0]
    before = writer.revision()
    writer.remove("report")
    with pytest.raises(Withdrawn):
        writer.card("report")
    with pytest.raises(Withdrawn):
        writer.passage(passage.id)
    with pytest.raises(NotInCatalogue):
        writer.remove("report")
    assert writer.changed_since(before) == ((), ("report",))
    assert writer.counts()["documents"] == 0


@pytest.mark.slow
def test_a_document_of_very_many_passages_gets_a_second_version(writer: CatalogueWriter) -> None:
    """More passages than PostgreSQL's protocol takes values in one query (65,535; SQLite as its builders chose)."""
    many = 66_000
    passages = tuple(
        Passage(id=f"report.p{n}", doc="report", ordinal=n, section=0, path=(), text="x", language="")
        for n in range(many)
    )
    document = msgspec.structs.replace(reading(), passages=passages)
    keep(writer, document)
    keep(writer, document)
    assert writer.counts()["passages"] == many


def test_a_removed_practice_stays_removed(writer: CatalogueWriter) -> None:
    """A newer edition of what ships does not bring back what a curator took out."""
    practice = Practice(id="night-bus", title="A night bus", told={})
    assert writer.put_practice(practice) is True
    writer.remove("night-bus")
    assert writer.put_practice(msgspec.structs.replace(practice, title="A night bus, told anew")) is False
    with pytest.raises(Withdrawn):
        writer.practice("night-bus")


def test_a_newer_catalogue_is_refused_with_a_sentence(url: str) -> None:
    """Tables of a later version are not touched."""
    with CatalogueWriter(url) as writer, writer.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    for kind in (Catalogue, CatalogueWriter):
        with pytest.raises(CatalogueMismatch, match="newer Fingerpost"):
            kind(url)


@pytest.mark.slow
def test_a_second_writer_on_another_machine_is_told(postgres_database: str) -> None:
    """Two homes on one PostgreSQL catalogue: the second writer gets the named error, a reader does not."""
    with CatalogueWriter(postgres_database):
        with pytest.raises(WriterBusy, match="Another process is writing"):
            CatalogueWriter(postgres_database)
        with Catalogue(postgres_database) as reader:
            assert reader.revision() == 0
    CatalogueWriter(postgres_database).close()


@pytest.mark.parametrize("bad", ["nonsense", "mysql://host/name", "postgresql+psycopg://127.0.0.1:1/none"])
def test_a_wrong_catalogue_url_is_told(bad: str) -> None:
    """A setting that names no database, one that is not offered, and one that is not there."""
    with pytest.raises(UsageError, match="catalogue_url"):
        Catalogue(bad)


def test_a_file_that_is_no_catalogue_is_told(tmp_path: Path) -> None:
    """A damaged catalogue ends in a sentence with its path, for readers and writers."""
    (tmp_path / "catalogue.db").write_bytes(b"no database, only words " * 400)
    for kind in (Catalogue, CatalogueWriter):
        with pytest.raises(UsageError, match=r"catalogue\.db cannot be opened"):
            kind(f"sqlite:///{tmp_path / 'catalogue.db'}")


@pytest.mark.parametrize("name", ["wh?t#%41 &c", "über 'uns'"])
def test_a_home_may_have_any_name(tmp_path: Path, name: str) -> None:
    """Signs that mean something in an address mean nothing in a folder's name."""
    home = Home(tmp_path / name)
    CatalogueWriter(home.catalogue_url).close()
    assert (tmp_path / name / "catalogue.db").is_file()
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_a_home_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """It is not taken for one that another process writes to."""
    home = Home(tmp_path / "home")
    (home.path / "writer.lock").mkdir()
    with pytest.raises(UsageError, match="Nothing can be written"), home.writing():
        pass


def test_what_a_killed_process_left_unfinished_is_taken_away(fresh_home: Home) -> None:
    """Half an original is no original: neither a check nor a later run trips over it."""
    kept = fresh_home.original(fresh_home.keep_original(b"whole"))
    half = fresh_home.originals_dir / f"{UNFINISHED}abc"
    half.write_bytes(b"hal")
    with fresh_home.writing():
        assert not half.exists()
    assert [f for f in fresh_home.originals_dir.rglob("*") if f.is_file()] == [kept]


def test_a_reader_is_not_disturbed_by_a_writer(writer: CatalogueWriter) -> None:
    """While a transaction is open, readers see the state before it."""
    keep(writer, reading("Words."))
    reader = Catalogue(writer.url)
    with open_engine(writer.url, writing=True).begin() as connection:
        connection.exec_driver_sql("UPDATE documents SET status = 'removed'")
        assert reader.document_ids() == ("report",)
        connection.rollback()
    assert reader.document_ids() == ("report",)


def test_witnesses_are_programmes_and_author_bodies(writer: CatalogueWriter) -> None:
    """Two documents of one programme, or of one body, count once; another programme by another body counts again."""
    text = "The same lesson in all of them."
    group = "lesson-1"

    def member(doc: str, **card: object) -> Document:
        document = reading(text, doc=doc, **card)
        statements = tuple(msgspec.structs.replace(s, group=group) for s in document.statements)
        return msgspec.structs.replace(document, statements=statements)

    keep(writer, member("report", programme="harbour", organisations=("A",)))
    keep(writer, member("brief", programme="harbour", organisations=("B",)))
    assert writer.witnesses()[group] == 1
    keep(writer, member("other", programme="lighthouse", organisations=("C",)))
    assert writer.witnesses()[group] == 2
    keep(writer, member("third", programme="ferry", organisations=("c",)))
    assert writer.witnesses()[group] == 2


def test_the_lock_is_held_by_one_process(fresh_home: Home) -> None:
    """A second process is told that another one writes; the lock is free again when its holder is killed."""
    code = (
        "import sys, time; from pathlib import Path; from corpus.home import Home\n"
        "with Home(Path(sys.argv[1])).writing():\n    print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", code, str(fresh_home.path)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(WriterBusy, match="Another process is writing"), fresh_home.writing():
        pass
    holder.kill()
    holder.wait()
    with fresh_home.writing():
        pass
