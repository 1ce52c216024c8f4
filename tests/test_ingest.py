"""From files to the catalogue: what is read, skipped, refused and never harmed."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from click.testing import Result
from making import AGENCY_PAGE, REPORT, write_report

from corpus.catalogue import Catalogue, CatalogueWriter
from corpus.catalogue.decisions import decide
from corpus.checkup import checkup
from corpus.errors import UsageError
from corpus.home import Home
from corpus.model import IngestRecord
from corpus.sensitivity import Decision
from index import library
from index.answer import Request
from ingest import pipeline
from ingest.job import Job, Outcome
from ingest.nursery import read_all
from ingest.pipeline import Step
from ingest.plan import files_in, plan
from ingest.source import Source

pytestmark = pytest.mark.slow


def read_in(home: Home, *paths: Path, **options: object) -> list[Step]:
    """Ingest paths into a home and return the steps, in input order."""
    with home.writing(), CatalogueWriter(home.catalogue_url) as writer:
        run = pipeline.prepare(home, writer, paths, **options)  # type: ignore[arg-type]
        steps = list(pipeline.ingest(home, writer, run))
    order = [task.input for task in run.tasks]
    return sorted(steps, key=lambda step: order.index(step.record.input))


def statuses(steps: Sequence[Step]) -> list[str]:
    return ["skipped" if s.skipped else s.record.status for s in steps]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a report, a page, a note and a file that nobody can read."""
    folder = tmp_path / "in"
    folder.mkdir()
    write_report(folder / "Harbour Evaluation.pdf", REPORT)
    (folder / "page.html").write_text(AGENCY_PAGE, "utf-8")
    (folder / "note.md").write_text("# Note\n\nA guardian should be appointed at once, says the note.\n", "utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\n%broken")
    return folder


def test_one_bad_file_costs_only_itself(fresh_home: Home, folder: Path) -> None:
    """The others are read; the bad one has a record with a plain reason; sources are untouched."""
    before = {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in folder.iterdir()}
    steps = read_in(fresh_home, folder)
    assert statuses(steps) == ["ok", "failed", "ok", "ok"]
    assert steps[1].record.reason.endswith(".")
    assert before == {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in folder.iterdir()}
    with Catalogue(fresh_home.catalogue_url) as catalogue:
        assert catalogue.document_ids() == ("harbour-evaluation", "note", "page")
        for entry in catalogue.entries():
            kept = fresh_home.original(entry.content_hash)
            assert hashlib.sha256(kept.read_bytes()).hexdigest() == entry.content_hash


def test_a_report_has_pages_sections_tags_and_statements(fresh_home: Home, folder: Path) -> None:
    """The PDF path end to end: label, heading, running header, footnote, tag, statement with its page."""
    read_in(fresh_home, folder / "Harbour Evaluation.pdf")
    with Catalogue(fresh_home.catalogue_url) as catalogue:
        card = catalogue.card("harbour-evaluation")
        assert card.title == "Harbour Programme: Final Evaluation"
        assert (card.language, card.document_type, card.standing.value) == (
            "en",
            "evaluation-report",
            "external-evaluation",
        )
        assert catalogue.page("harbour-evaluation", 3).label == "3"
        assert [f.text for f in catalogue.page("harbour-evaluation", 2).footnotes] == [REPORT.parts[0].note]
        passages = catalogue.passages("harbour-evaluation")
        care = next(p for p in passages if "no more than twelve beds" in p.text)
        assert (care.path[-1], care.span.page, care.span.page_label) == ("Shelter and care", 3, "3")
        assert "alternative-care-shelter" in care.concepts()
        assert not any("page 3" in p.text or "monitoring records" in p.text for p in passages)
        statement = next(
            s for s in catalogue.statements("harbour-evaluation") if s.text.startswith("The Ministry of Social Welfare")
        )
        assert (statement.kind.value, statement.span.page) == ("recommendation", 4)


def test_unchanged_files_are_skipped_and_changed_ones_are_new_versions(fresh_home: Home, folder: Path) -> None:
    """The second run reads nothing; a changed file keeps its document's id; a failure waits for --retry-failed."""
    read_in(fresh_home, folder)
    assert statuses(read_in(fresh_home, folder)) == ["skipped"] * 4
    note = folder / "note.md"
    note.write_text(note.read_text("utf-8") + "\nA second thought was added later on.\n", "utf-8")
    assert statuses(read_in(fresh_home, folder)) == ["skipped", "skipped", "ok", "skipped"]
    assert statuses(read_in(fresh_home, folder / "broken.pdf", retry_failed=True)) == ["failed"]
    with Catalogue(fresh_home.catalogue_url) as catalogue:
        assert catalogue.entry("note").version == 2


def test_a_changed_setting_reads_again(fresh_home: Home, folder: Path) -> None:
    """The skip key holds the settings that change a reading."""
    read_in(fresh_home, folder / "note.md")
    (fresh_home.path / "settings.toml").write_text("max_pages = 10\n", "utf-8")
    assert statuses(read_in(Home(fresh_home.path), folder / "note.md")) == ["ok"]


def test_same_bytes_are_another_location_and_a_taken_name_gets_a_number(fresh_home: Home, folder: Path) -> None:
    """A copy adds no document; another file of the same name becomes name-2 and says so."""
    copies = folder.parent / "copies"
    copies.mkdir()
    (copies / "copy.md").write_bytes((folder / "note.md").read_bytes())
    (copies / "note.md").write_text("# Another note\n\nOther words stand here.\n", "utf-8")
    first, copy, other = read_in(fresh_home, folder / "note.md", copies)
    assert (copy.record.status, copy.record.doc) == ("ok", first.record.doc)
    assert other.record.doc == "note-2"
    assert "taken" in other.note


def test_a_twin_of_an_unreadable_file_fails_too(fresh_home: Home, folder: Path) -> None:
    """Copies of a file that could not be read are not reported as well: they name it, with its own reason."""
    copies = [folder / "y-copy.pdf", folder / "z-copy.pdf"]
    for copy in copies:
        copy.write_bytes((folder / "broken.pdf").read_bytes())
    first, *others = read_in(fresh_home, folder / "broken.pdf", *copies)
    assert statuses([first, *others]) == ["failed"] * 3
    told = f"It has the same bytes as {folder / 'broken.pdf'}: {first.record.reason}"
    assert [other.record.reason for other in others] == [told, told]


def test_a_moved_file_keeps_its_document_beside_the_new_one(fresh_home: Home, folder: Path) -> None:
    """report.md renamed to old.md, and a new report.md in its place: both readings are there, whatever the order."""
    for old in ("aaa.md", "zzz.md"):
        home, here = Home(fresh_home.path / old), folder.parent / old
        here.mkdir()
        report = here / "report.md"
        report.write_text("# Report\n\nThe first words of all.\n", "utf-8")
        read_in(home, here)
        report.rename(here / old)
        report.write_text("# Report\n\nOther words in its place.\n", "utf-8")
        assert statuses(read_in(home, here)) == ["ok", "ok"]
        assert statuses(read_in(home, here)) == ["skipped", "skipped"]
        with Catalogue(home.catalogue_url) as catalogue:
            texts = {doc: catalogue.passages(doc)[0].text for doc in catalogue.document_ids()}
            assert texts == {"report": "Other words in its place.", old[:3]: "The first words of all."}
            assert checkup(home, catalogue).wrong == ()


def test_a_copy_stays_findable_when_its_twin_changes(fresh_home: Home, folder: Path) -> None:
    """Two places of one document: when one gets new bytes, the other becomes a document of its own, once."""
    copy = folder / "older.md"
    copy.write_bytes((folder / "note.md").read_bytes())
    read_in(fresh_home, folder / "note.md", copy)
    (folder / "note.md").write_text("# Note\n\nA second edition of it.\n", "utf-8")
    for _ in range(3):
        read_in(fresh_home, folder / "note.md", copy)
    with Catalogue(fresh_home.catalogue_url) as catalogue:
        assert {e.card.id: e.version for e in catalogue.entries()} == {"note": 2, "older": 1}


def test_a_broken_new_edition_leaves_the_old_one_and_its_record(fresh_home: Home, folder: Path) -> None:
    """The document stays, a copy of the broken bytes is no location of it, and a check finds nothing wrong."""
    report = folder / "Harbour Evaluation.pdf"
    read_in(fresh_home, report)
    report.write_bytes(b"%PDF-1.7\n%cut short")
    copy = folder / "zz.pdf"
    copy.write_bytes(report.read_bytes())
    assert statuses(read_in(fresh_home, report, copy)) == ["failed", "failed"]
    with Catalogue(fresh_home.catalogue_url) as catalogue:
        assert catalogue.entry("harbour-evaluation").version == 1
        assert str(copy) not in catalogue.locations()
        assert checkup(fresh_home, catalogue).wrong == ()


def test_a_file_that_changes_after_it_was_read_is_tried_again(
    fresh_home: Home, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bytes that nobody read are never kept as a document's original; a file that vanishes costs only itself."""
    note, page = folder / "note.md", folder / "page.html"

    def meddled(jobs: Sequence[Job], workers: int) -> Iterator[tuple[int, Outcome]]:
        outcomes = list(read_all(jobs, workers))
        note.write_text("# Note\n\nQuite another text by now.\n", "utf-8")
        page.unlink()
        yield from outcomes

    monkeypatch.setattr(pipeline, "read_all", meddled)
    for step in read_in(fresh_home, note, page):
        assert step.record.reason.startswith("The file changed while it was being read")
    with Catalogue(fresh_home.catalogue_url) as catalogue:
        assert catalogue.document_ids() == ()
        assert checkup(fresh_home, catalogue).wrong == ()
    monkeypatch.undo()
    assert statuses(read_in(fresh_home, note)) == ["ok"]


def test_a_removed_document_does_not_come_back_by_itself(fresh_home: Home, folder: Path) -> None:
    """Neither the same path nor the same bytes elsewhere bring a removed document back; --as does."""
    (first,) = read_in(fresh_home, folder / "note.md")
    with fresh_home.writing(), CatalogueWriter(fresh_home.catalogue_url) as writer:
        writer.remove(first.record.doc)
    (again,) = read_in(fresh_home, folder / "note.md")
    assert again.note.startswith("removed by a curator: left out")
    copy = folder / "copy.md"
    copy.write_bytes((folder / "note.md").read_bytes())
    (folder / "note.md").write_text("# Note\n\nChanged words, same path.\n", "utf-8")
    for step in read_in(fresh_home, folder / "note.md", copy):
        assert step.note.startswith("removed by a curator: left out")
    with Catalogue(fresh_home.catalogue_url) as catalogue:
        assert catalogue.document_ids() == ()
    (back,) = read_in(fresh_home, copy, as_id="note-again")
    assert back.record.status == "ok"


def test_a_folder_with_a_removed_documents_file_can_be_read_in_again_and_again(
    fresh_home: Home, folder: Path, fingerpost: Callable[..., Result]
) -> None:
    """What a curator took out is no failure of the folder's later runs, and is written down once."""
    (folder / "broken.pdf").unlink()
    assert fingerpost("ingest", str(folder), home=fresh_home.path).exit_code == 0
    assert fingerpost("remove", "note", home=fresh_home.path).exit_code == 0
    numbers = []
    for _ in range(2):
        result = fingerpost("ingest", str(folder), home=fresh_home.path)
        assert result.exit_code == 0
        assert "removed by a curator: left out" in result.stdout
        assert "3 skipped" in result.stdout
        numbers.append(records_written(fresh_home))
    assert numbers[0] == numbers[1]
    assert "failed" not in fingerpost("status", home=fresh_home.path).stdout


def records_written(home: Home) -> int:
    with Catalogue(home.catalogue_url) as catalogue, catalogue.engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT COUNT(*) FROM ingest_records").scalar_one())


def test_a_refused_file_that_has_not_changed_gets_no_new_record(fresh_home: Home, folder: Path) -> None:
    """It is named with its known reason and counts as failed; --retry-failed tries it again."""
    (folder / "large.txt").write_bytes(b"word " * 300_000)
    (folder / "a.zip").write_bytes(_zip_with_a_damaged_member())
    (fresh_home.path / "settings.toml").write_text("max_file_mb = 1\n", "utf-8")
    home = Home(fresh_home.path)
    first = read_in(home, folder)
    failed = {s.record.input: s.record.reason for s in first if s.record.status == "failed"}
    assert sorted(Path(name).name for name in failed) == ["broken.pdf", "large.txt", "torn.txt"]
    before = records_written(home)
    again = read_in(home, folder)
    assert set(statuses(again)) == {"skipped"}
    assert {s.record.input: s.record.reason for s in again if s.record.status == "failed"} == failed
    assert records_written(home) == before
    retried = read_in(home, folder, retry_failed=True)
    assert statuses(retried).count("failed") == 3
    assert records_written(home) == before + 3
    (home.path / "settings.toml").write_text("max_file_mb = 2\n", "utf-8")
    assert statuses(read_in(Home(home.path), folder / "large.txt")) == ["ok"]


def _zip_with_a_damaged_member() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("torn.txt", "Some words of a text that will be damaged.")
    return packed.getvalue().replace(b"will be damaged", b"WILL BE DAMAGED")


def test_a_withdrawn_document_does_not_come_back_under_another_id(fresh_home: Home, folder: Path) -> None:
    """Withdrawn bytes are refused with --as, also once the document was removed; its own path stays what it was."""
    (first,) = read_in(fresh_home, folder / "note.md")
    with fresh_home.writing(), CatalogueWriter(fresh_home.catalogue_url) as writer:
        decide(writer, [Decision(item=first.record.doc, level="withdrawn")])
    (same,) = read_in(fresh_home, folder / "note.md")
    assert (same.skipped, same.note) == (True, "withdrawn, stays out")
    (again,) = read_in(fresh_home, folder / "note.md", as_id="other")
    assert again.record.status == "failed"
    assert "withdrawn" in again.record.reason
    with fresh_home.writing(), CatalogueWriter(fresh_home.catalogue_url) as writer:
        writer.remove(first.record.doc)
    (copy := folder / "copy.md").write_bytes((folder / "note.md").read_bytes())
    (left,) = read_in(fresh_home, copy)
    assert left.skipped
    assert left.note.startswith("withdrawn by a curator")
    (asked,) = read_in(fresh_home, copy, as_id="other")
    assert asked.record.status == "failed"
    assert "withdrawn" in asked.record.reason


def test_new_bytes_of_a_hidden_document_say_that_it_stays_out(fresh_home: Home, folder: Path) -> None:
    """A new version of what a person hid is read and stays hidden; so does a copy, and both say it."""
    note, copy = folder / "note.md", folder / "zcopy.md"
    (first,) = read_in(fresh_home, note)
    with fresh_home.writing(), CatalogueWriter(fresh_home.catalogue_url) as writer:
        decide(writer, [Decision(item=first.record.doc, level="curators")])
    copy.write_bytes(note.read_bytes())
    (twin,) = read_in(fresh_home, copy)
    assert twin.note == "the same bytes as note; for curators only, stays out"
    copy.unlink()
    note.write_text("# Note\n\nOther words of it.\n", "utf-8")
    (changed,) = read_in(fresh_home, note)
    assert (changed.skipped, changed.note) == (False, "for curators only, stays out")


def test_what_describes_a_folder_is_no_document_of_it(fresh_home: Home, folder: Path) -> None:
    """A README among reports is left out and named, at any depth; named by hand it is read like anything else."""
    (folder / "sub").mkdir()
    readme, licence = folder / "README.md", folder / "sub" / "LICENSE"
    for file in (readme, licence):
        file.write_text("# Files\n\nAn internal evaluation and its brief, as they were published.\n", "utf-8")
    (folder / "Readme for guardians.md").write_text("# Guardians\n\nWhat a guardian should read first.\n", "utf-8")
    files, left_out = files_in([folder])
    names = {file.name for file in files}
    assert names == {"Harbour Evaluation.pdf", "page.html", "note.md", "broken.pdf", "Readme for guardians.md"}
    assert [told.split(" describes ")[0] for told in left_out] == [str(readme), str(licence)]
    assert files_in([readme]) == ([readme], [])
    (step,) = read_in(fresh_home, readme)
    assert step.record.status == "ok"


def test_as_names_the_document(fresh_home: Home, folder: Path) -> None:
    """--as gives one file its id; with several files or a bad id it is refused."""
    (step,) = read_in(fresh_home, folder / "note.md", as_id="my-note")
    assert step.record.doc == "my-note"
    for paths, bad in (((folder,), "x"), ((folder / "note.md",), "Not A Slug")):
        with pytest.raises(UsageError, match="--as names one document"):
            read_in(fresh_home, *paths, as_id=bad)


def test_links_are_not_followed_and_said_so(fresh_home: Home, folder: Path) -> None:
    """A loop of links ends, a link out of the folder is left out, hidden files are not read."""
    deep = folder / "deep"
    deep.mkdir()
    (deep / "again").symlink_to(folder)
    (folder / "a").symlink_to(folder / "b")
    (folder / "b").symlink_to(folder / "a")
    (folder / "passwd.md").symlink_to("/etc/passwd")
    (folder / ".hidden.md").write_text("hidden", "utf-8")
    with fresh_home.writing(), CatalogueWriter(fresh_home.catalogue_url) as writer:
        run = pipeline.prepare(fresh_home, writer, [folder])
    assert {Path(t.input).name for t in run.tasks} == {"Harbour Evaluation.pdf", "broken.pdf", "note.md", "page.html"}
    assert len(run.left_out) == 4


def test_an_awkward_name_is_only_a_name(fresh_home: Home, tmp_path: Path) -> None:
    """Quotes, shell tricks and Unicode in a file's name change nothing but the slug."""
    name = "report ..%2F..%2Fetc \"double\" 'single' $(touch x) ünïcødé ✓ ; & .md"
    (tmp_path / name).write_text("# Title\n\nSome words that stand in the file.\n", "utf-8")
    (step,) = read_in(fresh_home, tmp_path / name)
    assert step.record.status == "ok"
    assert step.record.doc.replace("-", "").isalnum()
    assert not (Path.cwd() / "x").exists()


def test_a_name_that_is_no_text_is_only_a_name(fresh_home: Home, tmp_path: Path) -> None:
    """A name in an old encoding (bytes that are no UTF-8) is written down with those bytes spelt out."""
    name = os.fsdecode(b"rapport d\xe9finitif.txt")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / name).write_text("Some words that stand in the file.\n", "utf-8")
    (step,) = read_in(fresh_home, folder)
    assert (step.record.status, step.record.doc) == ("ok", "rapport-dfinitif")
    assert step.record.input.endswith("rapport d\\xe9finitif.txt")
    assert statuses(read_in(fresh_home, folder)) == ["skipped"]


def test_pipes_and_closed_folders_are_told(fresh_home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe would be read without end: named it is refused, in a folder left out; so is a folder nobody may open."""
    folder = tmp_path / "in"
    (folder / "closed").mkdir(parents=True)
    pipe = folder / "pipe.txt"
    os.mkfifo(pipe)
    (step,) = read_in(fresh_home, pipe)
    assert "no file but a pipe" in step.record.reason
    scandir = os.scandir

    def guarded(path: str | os.PathLike[str] | int) -> object:
        if not isinstance(path, int) and Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    with fresh_home.writing(), CatalogueWriter(fresh_home.catalogue_url) as writer:
        left_out = pipeline.prepare(fresh_home, writer, [folder]).left_out
    assert sorted(Path(told.split()[0]).name for told in left_out) == ["closed", "pipe.txt"]


def test_a_child_that_does_not_answer_is_ended(tmp_path: Path) -> None:
    """Reading that hangs (here: on a pipe that nobody writes to) ends after its seconds, with the setting to raise."""
    pipe = tmp_path / "hangs.txt"
    os.mkfifo(pipe)
    job = Job(path=str(pipe), doc="hangs", content_hash="", max_pages=10, seconds=1, memory_mb=500)
    ((position, outcome),) = read_all([job], workers=1)
    assert position == 0
    assert "child_seconds" in outcome.reason
    assert 1 <= outcome.seconds < 30


def test_a_large_file_is_refused(fresh_home: Home, tmp_path: Path) -> None:
    """A file over the size limit ends as a record with the setting to raise; the next one is read."""
    (fresh_home.path / "settings.toml").write_text("max_file_mb = 1\n", "utf-8")
    large = tmp_path / "large.txt"
    large.write_text("word " * 400_000, "utf-8")
    small = tmp_path / "small.txt"
    small.write_text("A few words about guardians and shelters.", "utf-8")
    by_name = {Path(s.record.input).name: s.record for s in read_in(Home(fresh_home.path), large, small)}
    assert by_name["small.txt"].status == "ok"
    assert "max_file_mb" in by_name["large.txt"].reason


def test_the_catalogue_may_be_in_postgresql(fresh_home: Home, folder: Path, postgres_database: str) -> None:
    """Files to answer with the catalogue in PostgreSQL: read, found, skipped, checked."""
    (fresh_home.path / "settings.toml").write_text(f'catalogue_url = "{postgres_database}"\n', "utf-8")
    home = Home(fresh_home.path)
    with home.writing(), CatalogueWriter(home.catalogue_url) as writer:
        run = pipeline.prepare(home, writer, [folder])
        steps = list(pipeline.ingest(home, writer, run, publish=lambda: library.bring_up_to_date(home, writer)))
        assert sorted(statuses(steps)) == ["failed", "ok", "ok", "ok"]
        assert checkup(home, writer).wrong == ()
    answer = library.Library(home).search(Request(text="foster families"))
    assert answer.hits[0].doc == "harbour-evaluation"
    assert statuses(read_in(home, folder)) == ["skipped"] * 4


def test_a_missing_path_is_a_usage_error(fresh_home: Home, tmp_path: Path) -> None:
    """A path that does not exist is said before anything is read."""
    with pytest.raises(UsageError, match="There is no file or folder"):
        read_in(fresh_home, tmp_path / "nothing.pdf")


def test_a_file_that_vanishes_is_refused_with_the_reason(fresh_home: Home, folder: Path) -> None:
    """A file that cannot be opened any more when its turn comes ends as a refusal, not as a crash."""
    (folder / "note.md").unlink()
    with CatalogueWriter(fresh_home.catalogue_url) as writer:
        (task,) = plan([Source.of(folder / "note.md")], writer, tools="t", settings_hash="s", max_file_mb=1)
    assert task.action == "refuse"
    assert "check that you may read it" in task.reason


def test_what_a_killed_run_left_behind_is_tried_again(fresh_home: Home, folder: Path) -> None:
    """A record that was begun and never ended is no reading: the next run reads the file without being asked to."""
    note = folder / "note.md"
    with fresh_home.writing(), CatalogueWriter(fresh_home.catalogue_url) as writer:
        run = pipeline.prepare(fresh_home, writer, [note])
        (step,) = pipeline.ingest(fresh_home, writer, run)
        writer.begin(step.record)  # a later run wrote this, and was killed
        (record,) = writer.ingest_records()
        assert (record.status, record.stage) == ("failed", "interrupted")
        left = fresh_home.workspace() / "000001"
        left.write_bytes(b"half")
    assert statuses(read_in(fresh_home, note)) == ["ok"]
    with Catalogue(fresh_home.catalogue_url) as catalogue:
        assert [r.status for r in catalogue.ingest_records()] == ["ok"]
    assert not left.exists()


def test_an_original_that_a_cut_off_run_left_is_remarked(fresh_home: Home, folder: Path) -> None:
    """Killed after the original was kept and before its document was: nothing is wrong, the next run mends it."""
    note = folder / "note.md"
    with fresh_home.writing(), CatalogueWriter(fresh_home.catalogue_url) as writer:
        (task,) = pipeline.prepare(fresh_home, writer, [note]).tasks
        writer.begin(IngestRecord(input=task.input, status="failed", content_hash=task.content_hash))
        fresh_home.keep_original(note.read_bytes())
        found = checkup(fresh_home, writer)
        assert (found.wrong, len(found.remarks)) == ((), 1)
        assert "the run ended while it was being kept; ingest it again" in found.remarks[0]
    assert statuses(read_in(fresh_home, note)) == ["ok"]
    with Catalogue(fresh_home.catalogue_url) as catalogue:
        assert checkup(fresh_home, catalogue).remarks == ()
