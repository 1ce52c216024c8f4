"""What curators ask for is done by the one writer: every kind of job, real files, a worker that is killed."""

from __future__ import annotations

import itertools
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from cli.working import Beside, Worker
from corpus.catalogue import Catalogue
from corpus.catalogue.corrected import corrections
from corpus.catalogue.decisions import decisions
from corpus.home import Home
from corpus.people import People, audit, contributions, inbox, jobs
from corpus.people.jobs import Asked, Correct, Decide, Ingest, Job, Remove, Retry, Upload

Cli = Callable[..., Result]
NOTE = "# Lantern houses\n\nA guardian should be appointed for every child within five days of arrival.\n"
DOC = "lantern-houses"


def put(home: Home, name: str, text: str = NOTE) -> Upload:
    """A file in the inbox, as the page of uploads leaves it."""
    file = inbox.Incoming(home.inbox_dir, 1_000_000)
    file.write(text.encode())
    file.close()
    return Upload(stored=file.stored, name=name)


def do(home: Home, *asked: Asked) -> list[Job]:
    """Ask for jobs, have a worker do what waits, and give them back as they ended."""
    people = People(home)
    numbers = [jobs.ask(people, one, "Ada Bee") for one in asked]
    Worker(home, threading.Event()).run(once=True)
    ended = [jobs.job(people, number) for number in numbers]
    return [one for one in ended if one is not None]


@pytest.fixture
def lantern(fresh_home: Home) -> Home:
    """A home with one document that came in as an upload."""
    (job,) = do(fresh_home, Ingest(files=(put(fresh_home, "Lantern Houses.md"),)))
    assert job.state == "done", job.outcome
    return fresh_home


@pytest.mark.slow
def test_an_upload_becomes_a_document(lantern: Home) -> None:
    """Found by its name's slug, kept as an original, told in the log; the inbox is empty."""
    with Catalogue(lantern.catalogue_url) as catalogue:
        assert catalogue.document_ids() == (DOC,)
        (record,) = catalogue.ingest_records()
    assert (record.status, record.input) == ("ok", "upload:1.1/Lantern Houses.md")
    assert lantern.original(record.content_hash).read_text() == NOTE
    assert list(lantern.inbox_dir.iterdir()) == []
    (entry,), _ = audit.entries(People(lantern))
    assert (entry.who, entry.action, entry.item, entry.detail) == ("Ada Bee", "uploaded", DOC, "Lantern Houses.md")


@pytest.mark.slow
def test_two_people_s_report_md_are_two_documents(fresh_home: Home) -> None:
    """The same name says nothing of the same document; an id that is given does."""
    do(fresh_home, Ingest(files=(put(fresh_home, "report.md"), put(fresh_home, "report.md", NOTE + "\nOne."))))
    do(fresh_home, Ingest(files=(put(fresh_home, "report.md", NOTE + "\nTwo."),)))
    (job,) = do(fresh_home, Ingest(files=(put(fresh_home, "other.md", NOTE + "\nThree."),), as_id="report"))
    with Catalogue(fresh_home.catalogue_url) as catalogue:
        assert catalogue.document_ids() == ("report", "report-2", "report-3")
        assert catalogue.entry("report").version == 2
    assert job.state == "done"


@pytest.mark.slow
def test_what_is_told_of_an_upload_is_kept(fresh_home: Home) -> None:
    """As a curator's table would tell it."""
    told = {"title": "The lantern houses of Puerto Claro", "date": "2020-05", "organisations": "Harbour Society; Quay"}
    do(fresh_home, Ingest(files=(put(fresh_home, "x.md"),), told=told, as_id="claro"))
    with Catalogue(fresh_home.catalogue_url) as catalogue:
        card = catalogue.card("claro")
    assert (card.title, card.date, card.organisations) == (told["title"], "2020-05", ("Harbour Society", "Quay"))


@pytest.mark.slow
def test_the_hostile_names_are_harmless(shared: Path, fresh_home: Home) -> None:
    """Each becomes a document under a slug of its last part, or is refused; nothing is written outside the home."""
    names = json.loads((shared / "library/hostile/upload-names.json").read_text())["names"]
    around = {path for path in fresh_home.path.parent.rglob("*") if fresh_home.path not in path.parents}
    uploads = [put(fresh_home, jobs.harmless(name), f"{NOTE}\nNumber {n}.\n") for n, name in enumerate(names)]
    (job,) = do(fresh_home, Ingest(files=tuple(uploads)))
    with Catalogue(fresh_home.catalogue_url) as catalogue:
        ids, records = catalogue.document_ids(), catalogue.ingest_records()
    assert len(records) == len(names)
    assert len(ids) == sum(record.status == "ok" for record in records) >= 10
    for identifier in ids:
        assert all(c.isascii() and (c.islower() or c.isdigit() or c == "-") for c in identifier)
        assert len(identifier) <= 200
    for record in records:
        assert record.input.isprintable()
        assert ".." not in record.input.split("/")
    assert {path for path in fresh_home.path.parent.rglob("*") if fresh_home.path not in path.parents} == around
    assert job.outcome


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/cron.d/evil.pdf", "evil.pdf"),
        ("C:\\Windows\\x.pdf", "x.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("report.pdf\n.exe", "report.pdf .exe"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("..", "unnamed"),
        ("", "unnamed"),
        ("Qué pasó – informe.pdf", "Qué pasó – informe.pdf"),
    ],
)
def test_a_name_is_its_last_part_without_what_cannot_be_seen(given: str, kept: str) -> None:
    """Names are data: people's own letters stay."""
    assert jobs.harmless(given) == kept


@pytest.mark.slow
def test_what_cannot_be_read_ends_with_its_reason(fresh_home: Home) -> None:
    """As a record, as ever; the bytes are gone, and the job says why."""
    (job,) = do(fresh_home, Ingest(files=(put(fresh_home, "empty.pdf", ""), put(fresh_home, "fine.md"))))
    assert (job.state, job.outcome) == ("partly", "1 ok, 1 failed.")
    with Catalogue(fresh_home.catalogue_url) as catalogue:
        assert [record.status for record in catalogue.ingest_records()] == ["failed", "ok"]
    assert list(fresh_home.inbox_dir.iterdir()) == []
    (again,) = do(fresh_home, Retry(input="upload:1.1/empty.pdf"))
    assert (again.state, again.outcome) == (
        "failed",
        "An upload is not kept where it could not be read; upload the file once more.",
    )


@pytest.mark.slow
def test_a_failure_is_tried_again(fresh_home: Home, fingerpost: Cli, tmp_path: Path) -> None:
    """From where it lies, under the id that it was to have; what was never read is not opened."""
    file = tmp_path / "late.md"
    file.write_text("")
    assert fingerpost("ingest", str(file), "--as", "later", home=fresh_home.path).exit_code == 1
    file.write_text(NOTE)
    secret = tmp_path / "secret.md"
    secret.write_text(NOTE + "Not to be read.")
    good, bad = do(fresh_home, Retry(input=str(file)), Retry(input=str(secret)))
    assert (good.state, bad.state) == ("done", "failed")
    with Catalogue(fresh_home.catalogue_url) as catalogue:
        assert catalogue.document_ids() == ("later",)


@pytest.mark.slow
def test_corrections_and_decisions_are_kept_with_their_name(lantern: Home) -> None:
    """Corrected and taken back, withdrawn and given back, in the order in which they were asked for."""
    ended = do(
        lantern,
        Correct(item=DOC, field="title", value="Lantern houses, a note", note="as on the cover"),
        Correct(item=DOC, field="date", value="no day"),
        Decide(item=DOC, level="withdrawn", reason="names a child"),
        Decide(item=DOC, level="public"),
    )
    assert [job.state for job in ended] == ["done", "failed", "done", "done"]
    assert "no day" in ended[1].outcome
    with Catalogue(lantern.catalogue_url) as catalogue:
        (kept,) = corrections(catalogue)
        (decided,) = decisions(catalogue)
        assert catalogue.card(DOC).title == "Lantern houses, a note"
    assert (kept.by, kept.note) == ("Ada Bee", "as on the cover")
    assert (decided.by, decided.level) == ("Ada Bee", "public")
    do(lantern, Correct(item=DOC, field="title", value=None))
    told = [(one.action, one.detail) for one in audit.entries(People(lantern), item=DOC)[0]]
    assert told == [
        ("correction taken back", "title"),
        ("given back", ""),
        ("withdrawn", "names a child"),
        ("corrected", "title: Lantern houses, a note (as on the cover)"),
        ("uploaded", "Lantern Houses.md"),
    ]


@pytest.mark.slow
def test_removing_twice_is_removing(lantern: Home) -> None:
    """A job that is taken again finds its deed done."""
    first, second, unknown = do(lantern, Remove(item=DOC, reason="a double"), Remove(item=DOC), Remove(item="nowhere"))
    assert (first.state, second.state, unknown.state) == ("done", "done", "failed")


@pytest.mark.slow
def test_the_command_line_s_deeds_are_in_the_log_too(lantern: Home, fingerpost: Cli) -> None:
    """With the name that was given."""
    for words in (
        ("edit", DOC, "date", "2020"),
        ("edit", DOC, "date", "--undo"),
        ("withdraw", DOC, "--reason", "x"),
        ("remove", DOC),
    ):
        assert fingerpost(*words, "--by", "Cy Dee", home=lantern.path).exit_code == 0
    found, total = audit.entries(People(lantern), who="Cy Dee")
    assert total == 4
    assert [one.action for one in found] == ["removed", "withdrawn", "correction taken back", "corrected"]


@pytest.mark.slow
def test_a_job_that_waits_can_be_taken_back(fresh_home: Home) -> None:
    """And is not done then; one that ended cannot."""
    people = People(fresh_home)
    number = jobs.ask(people, Remove(item="x"), "Ada Bee")
    assert jobs.take_back(people, number, "Cy Dee")
    Worker(fresh_home, threading.Event()).run(once=True)
    ended = jobs.job(people, number)
    assert ended is not None
    assert ended.outcome == "Taken back by Cy Dee before it was done."
    assert jobs.take_back(people, number, "Cy Dee") is None


def test_who_is_killed_over_a_job_twice_gives_it_up(fresh_home: Home) -> None:
    """So that the row goes on."""
    people = People(fresh_home)
    number = jobs.ask(people, Remove(item="x"), "Ada Bee")
    jobs.ask(people, Remove(item="y"), "Ada Bee")
    taken = [jobs.take(people) for _ in range(3)]
    assert [one.number for one in taken if one] == [number, number, number + 1]
    ended = jobs.job(people, number)
    assert ended is not None
    assert (ended.state, ended.outcome) == ("failed", jobs.GIVEN_UP)


@pytest.mark.slow
def test_a_busy_lock_lets_a_job_wait(lantern: Home) -> None:
    """Nothing fails while another process writes; the job is done once it has ended."""
    people, stop = People(lantern), threading.Event()
    number = jobs.ask(people, Correct(item=DOC, field="date", value="2020"), "Ada Bee")
    worker = threading.Thread(target=Worker(lantern, stop).run)
    with lantern.writing():
        worker.start()
        time.sleep(0.2)
        assert [job.state for job in jobs.open_jobs(people)] == ["waiting"]
    _await(lambda: not jobs.open_jobs(people))
    stop.set()
    worker.join()
    ended = jobs.job(people, number)
    assert ended is not None
    assert ended.state == "done"


def test_what_nobody_asked_for_is_cleared_from_the_inbox(fresh_home: Home) -> None:
    """A file that a killed process left goes after a day; one that waits for the writer stays however old it is."""
    import os

    left, fresh, wanted = put(fresh_home, "a"), put(fresh_home, "b"), put(fresh_home, "c")
    people = People(fresh_home)
    jobs.ask(people, Ingest(files=(wanted,)), "Ada Bee")
    for file in (left, wanted):
        os.utime(fresh_home.inbox_dir / file.stored, (0, 0))
    inbox.tidy(fresh_home.inbox_dir, people)
    assert {path.name for path in fresh_home.inbox_dir.iterdir()} == {fresh.stored, wanted.stored}


def test_what_was_declined_goes_after_a_year_also_where_nobody_sends(fresh_home: Home) -> None:
    """The worker deletes it when it starts, and then day by day."""
    people, half_days = People(fresh_home), itertools.count(0.0, 43_200.0)
    worker = Worker(fresh_home, threading.Event(), clock=lambda: next(half_days))

    def decline() -> None:
        contributions.send(people, contributions.Correction(item=DOC, field="", value=""), contributions.Sender())
        ((waiting,), _number) = contributions.queue(people, "received")
        contributions.decline(people, waiting.number, "Ada Bee")
        with people.writing() as connection:
            connection.exec_driver_sql("UPDATE contributions SET at = '2020-01-01T00:00:00+00:00'")

    left = []
    for _ in range(4):
        decline()
        worker.run(once=True)
        left.append(contributions.queue(people, "declined")[1])
    assert left == [0, 1, 0, 1]


def _await(true: Callable[[], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


def _worker(home: Home) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "cli.main", "work", "--home", str(home.path)])


@pytest.mark.slow
def test_a_killed_worker_leaves_its_job_to_the_next(fresh_home: Home) -> None:
    """Killed while it reads, twenty files in one job: the next one ends it, and every file is there once."""
    people = People(fresh_home)
    uploads = tuple(put(fresh_home, f"note-{n}.md", f"{NOTE}\nNumber {n}.\n") for n in range(20))
    number = jobs.ask(people, Ingest(files=uploads), "Ada Bee")
    first = _worker(fresh_home)

    def some_are_in() -> bool:
        with Catalogue(fresh_home.catalogue_url) as catalogue:
            return len(catalogue.document_ids()) > 2

    _await(some_are_in)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert [job.state for job in jobs.open_jobs(people)] == ["running"]
    second = _worker(fresh_home)
    _await(lambda: not jobs.open_jobs(people))
    second.send_signal(signal.SIGTERM)
    assert second.wait(30) == 0
    ended = jobs.job(people, number)
    assert ended is not None
    assert ended.state == "done", ended.outcome
    with Catalogue(fresh_home.catalogue_url) as catalogue:
        assert len(catalogue.document_ids()) == 20
    assert list(fresh_home.inbox_dir.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("ended", ["input", "signal"])
def test_a_worker_ends_quietly(fresh_home: Home, ended: str) -> None:
    """With the process that started it, however that ended, and by Ctrl-C, which reaches both."""
    command = [sys.executable, "-m", "cli.main", "work", "--until-eof", "--home", str(fresh_home.path)]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    worker = subprocess.Popen(command, **pipes)
    assert worker.stdin is not None
    jobs.ask(People(fresh_home), Remove(item="x"), "Ada Bee")
    _await(lambda: not jobs.open_jobs(People(fresh_home)))
    if ended == "input":
        worker.stdin.close()
    else:
        worker.send_signal(signal.SIGINT)
    assert worker.wait(30) == 0
    assert worker.stdout is not None
    assert worker.stdout.read() == b""


@pytest.mark.slow
def test_a_worker_beside_a_server_ends_with_it(fresh_home: Home) -> None:
    """It does what is asked, is started anew when it was killed, and is gone when the server is."""
    people = People(fresh_home)
    said: list[str] = []
    with Beside(fresh_home, said.append) as beside:
        jobs.ask(people, Ingest(files=(put(fresh_home, "a.md"),)), "Ada Bee")
        _await(lambda: not jobs.open_jobs(people))
        first = beside.process
        assert first is not None
        first.kill()
        jobs.ask(people, Remove(item="a"), "Ada Bee")
        _await(lambda: not jobs.open_jobs(people))
        last = beside.process
    assert last is not None
    assert last is not first
    assert last.returncode == 0
    assert len(said) == 1
