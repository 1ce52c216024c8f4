"""When the disk is full or another program keeps the catalogue locked: a sentence, and nothing lost."""

from __future__ import annotations

import errno
import hashlib
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from making import AGENCY_PAGE, REPORT, write_report

from corpus.catalogue import CatalogueWriter, database
from corpus.checkup import checkup
from corpus.errors import CatalogueUnwritable
from corpus.home import Home
from ingest import child, readers
from ingest.job import Job

NOTE = "# Note {0}\n\nA guardian should be appointed within {0} days, says the note of the house by the river.\n"


ONE_THEN_MORE = """
import resource, sys
from cli.main import main
home, first, folder, kilobytes = sys.argv[1:]
main(["ingest", first, "--home", home], standalone_mode=False)
if kilobytes != "0":
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(kilobytes) * 1024,) * 2)
main(["ingest", folder, "--home", home])
"""


def ingest_with_room(kilobytes: int, home: Home, first: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """The real command on a file and then on a folder, in a process whose files cannot grow any more before that."""
    command = [sys.executable, "-c", ONE_THEN_MORE, str(home.path), str(first), str(folder), str(kilobytes)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.slow
@pytest.mark.parametrize("kilobytes", [250, 450])
def test_a_full_disk_is_told_and_costs_nothing_that_was_kept(fresh_home: Home, tmp_path: Path, kilobytes: int) -> None:
    """Catalogue, originals or index cannot grow: one sentence, exit code 1; with room again the run goes on."""
    (first := tmp_path / "first.md").write_text(NOTE.format(1), "utf-8")
    (folder := tmp_path / "more").mkdir()
    for number in range(2, 20):
        (folder / f"note{number}.md").write_text(NOTE.format(number) * number, "utf-8")
    write_report(folder / "report.pdf", REPORT)
    (folder / "large.html").write_text(AGENCY_PAGE + f"<!-- {'x' * 500_000} -->", "utf-8")
    full = ingest_with_room(kilobytes, fresh_home, first, folder)
    assert full.returncode == 1
    assert "Traceback" not in full.stderr
    assert re.search(r"(room|disk)[^.]*((then run|and run) the command|then try) again", full.stderr), full
    with CatalogueWriter(fresh_home.catalogue_url) as writer:
        assert "first" in writer.document_ids()
        assert checkup(fresh_home, writer).wrong == ()
    done = ingest_with_room(0, fresh_home, first, folder)
    assert done.returncode == 0, done
    with CatalogueWriter(fresh_home.catalogue_url) as writer:
        assert len(writer.document_ids()) == 21
        assert checkup(fresh_home, writer).wrong == ()


def test_what_the_system_refuses_for_the_moment_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No room for a reader's temporary files: no fault of the file, so the next run reads it without --retry-failed."""
    (note := tmp_path / "note.md").write_text(NOTE.format(1), "utf-8")

    def full(data: bytes, name: str, **limits: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(readers, "read", full)
    content_hash = hashlib.sha256(note.read_bytes()).hexdigest()
    job = Job(path=str(note), doc="note", content_hash=content_hash, max_pages=9, seconds=9, memory_mb=500)
    outcome = child.outcome(job)
    assert (outcome.stage, outcome.document) == ("interrupted", None)
    assert "run the command again" in outcome.reason


def test_a_locked_catalogue_is_told(
    fresh_home: Home, fingerpost: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program that keeps the database for itself, as a backup tool might: named, and nothing is changed."""
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    with CatalogueWriter(fresh_home.catalogue_url):
        pass
    other = sqlite3.connect(fresh_home.path / "catalogue.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    result = fingerpost("init", home=fresh_home.path)
    other.execute("ROLLBACK")
    other.close()
    assert result.exit_code == 1
    assert "another program keeps it locked; end that one, then try again" in result.stderr


def test_a_catalogue_that_may_not_be_written_is_told(fresh_home: Home) -> None:
    """SQLite's own refusal to write, as a read-only disk gives it."""
    with CatalogueWriter(fresh_home.catalogue_url) as writer, writer.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
        with pytest.raises(CatalogueUnwritable, match="permissions"):
            connection.exec_driver_sql("DELETE FROM passages")
