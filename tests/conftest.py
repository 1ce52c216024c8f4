"""What the tests share: the folder of real documents (where it is there), homes, and made-up documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from making import AGENCY_PAGE, REPORT, write_report

from corpus import records
from corpus.catalogue import CatalogueWriter
from corpus.home import Home

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of source documents and judged sets that lies beside a checkout; it is not part of the project."""
    folder = ROOT.parent / "shared"
    if not (folder / "library").is_dir():
        pytest.skip("needs the folder of real documents beside the checkout (../shared), which is not here")
    return folder


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A developer's own settings and home never reach a test."""
    import os

    for name in [n for n in os.environ if n.startswith("FINGERPOST_") and n != "FINGERPOST_CHROMIUM"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("FINGERPOST_HOME", str(tmp_path / "default-home"))


@pytest.fixture
def fresh_home(tmp_path: Path) -> Home:
    """A new, empty home."""
    return Home(tmp_path / "home")


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A small real home, built once: three shipped practices, a PDF report and a web page, ingested and indexed.

    Tests only read it; one that writes makes its own.
    """
    from index import library
    from ingest import pipeline

    folder = tmp_path_factory.mktemp("small")
    write_report(folder / "harbour-evaluation.pdf", REPORT)
    (folder / "agency-page.html").write_text(AGENCY_PAGE, "utf-8")
    place = Home(folder / "home")
    with place.writing(), CatalogueWriter(place.catalogue_path) as writer:
        for practice in records.shipped()[:3]:
            writer.put_practice(practice)
        run = pipeline.prepare(place, writer, [folder / "harbour-evaluation.pdf", folder / "agency-page.html"])
        steps = list(pipeline.ingest(place, writer, run, publish=lambda: library.bring_up_to_date(place, writer)))
    assert [s.record.status for s in steps] == ["ok", "ok"], [s.record.reason for s in steps]
    return place


@pytest.fixture
def fingerpost(tmp_path: Path) -> Iterator[object]:
    """The command line, run in this process on a home of its own: ``fingerpost("search", "x")`` gives click's Result."""
    from cli.main import main

    def run(*words: str, home: Path | None = None, stdin: str | None = None) -> Result:
        environment = {"FINGERPOST_HOME": str(home or tmp_path / "home")}
        return CliRunner().invoke(main, list(words), input=stdin, env=environment, catch_exceptions=False)

    yield run
