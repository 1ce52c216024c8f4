"""A kill at any moment leaves catalogue and index wholly before or wholly after."""

from __future__ import annotations

from pathlib import Path

import pytest
from making import AGENCY_PAGE, REPORT, write_report

from bench import kills

pytestmark = pytest.mark.slow


def test_kills_leave_everything_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Four kills of each of the real commands; the long run of the same code is ``python -m bench kills``."""
    report = write_report(tmp_path / "harbour.pdf", REPORT)
    page = tmp_path / "page.html"
    page.write_text(AGENCY_PAGE, "utf-8")
    note = tmp_path / "note.md"
    note.write_text("# Note\n\nA guardian should be appointed within five days.\n", "utf-8")
    assert kills.main([str(report), str(page), str(note), "--kills", "4", "--seed", "7"]) == 0, capsys.readouterr().out


def test_the_check_can_see_a_half_written_document(tmp_path: Path) -> None:
    """The judgement that the kills rely on: a lost passage, and a lost original, are found."""
    from corpus.catalogue import open_engine
    from corpus.home import Home

    note = tmp_path / "note.md"
    note.write_text("# Note\n\nA guardian should be appointed within five days.\n", "utf-8")
    home = tmp_path / "home"
    kills.run_whole(home, "ingest", str(note))
    whole = kills.sizes(home)
    assert kills.faults(home, whole) == []
    with open_engine(Home(home).catalogue_url, writing=True).begin() as connection:
        connection.exec_driver_sql("DELETE FROM passages")
    assert any("note is" in fault for fault in kills.faults(home, whole))
    next(Home(home).originals_dir.glob("??/*")).unlink()
    assert any("original is missing" in fault for fault in kills.faults(home, whole))
