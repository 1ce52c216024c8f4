"""What the tests share: the folder of real documents (where it is there), homes, and made-up documents."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from making import AGENCY_PAGE, REPORT, write_report
from serving import Site, serving

from corpus import records
from corpus.catalogue import CatalogueWriter
from corpus.home import Home

if TYPE_CHECKING:
    from browsing import Product
    from playwright.sync_api import Browser, Page

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
    for name in [n for n in os.environ if n.startswith("FINGERPOST_") and n != "FINGERPOST_CHROMIUM"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("FINGERPOST_HOME", str(tmp_path / "default-home"))


@pytest.fixture(scope="session", autouse=True)
def _nothing_in_the_background() -> Iterator[None]:
    """Applications of the tests do not warm up: each would go on working for seconds after its test has ended."""
    import webapp.knowledge
    from index.library import Library

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(webapp.knowledge, "Library", lambda home, warm: Library(home))
        yield


@pytest.fixture(scope="module")
def words_only() -> Iterator[None]:
    """Searching by words alone, as it is without the model of meaning, and without the note that says so."""
    from index.sense import Sense, Senses

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Senses, "of", lambda *_: Sense())
        patched.setattr("index.upkeep.follow", lambda *_, **__: 0)
        yield


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
    with place.writing(), CatalogueWriter(place.catalogue_url) as writer:
        for practice in records.shipped()[:3]:
            writer.put_practice(practice)
        run = pipeline.prepare(place, writer, [folder / "harbour-evaluation.pdf", folder / "agency-page.html"])
        steps = list(pipeline.ingest(place, writer, run, publish=lambda: library.bring_up_to_date(place, writer)))
    assert [s.record.status for s in steps] == ["ok", "ok"], [s.record.reason for s in steps]
    return place


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A PostgreSQL server of the tests' own on a socket in a temporary folder; it takes no network address."""
    programs = [p for p in (shutil.which("initdb"), *map(str, Path("/usr/lib/postgresql").glob("*/bin/initdb"))) if p]
    if not programs:
        pytest.skip("needs Debian's postgresql (tools/debian-packages.sh installs it), which is not here")
    pytest.importorskip("psycopg", reason="needs the extra: pip install '.[postgres]'")
    there = Path(max(programs)).parent
    account: dict[str, Any] = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's path must be short
    if account:
        shutil.chown(folder, **account)

    def run(program: str, *words: str) -> None:
        subprocess.run([str(there / program), *words], check=True, cwd=folder, capture_output=True, **account)

    data = folder / "data"
    run("initdb", "-D", str(data), "-U", "tester", "--auth=trust", "--encoding=UTF8", "--no-sync")
    server = ["-D", str(data), "-w", "-l", str(folder / "log")]
    run("pg_ctl", *server, "-o", f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off", "start")
    yield folder
    run("pg_ctl", *server, "-m", "immediate", "stop")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_database(postgres_server: Path) -> str:
    """An empty PostgreSQL database, as a URL."""
    from sqlalchemy import create_engine

    admin = create_engine(f"postgresql+psycopg://tester@/postgres?host={postgres_server}", isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql("DROP DATABASE IF EXISTS catalogue WITH (FORCE)")
        connection.exec_driver_sql("CREATE DATABASE catalogue")
    admin.dispose()
    return f"postgresql+psycopg://tester@/catalogue?host={postgres_server}"


@pytest.fixture
def site() -> Iterator[Site]:
    """A web server on this machine whose answers the test sets."""
    with serving() as told:
        yield told


@pytest.fixture
def fingerpost(tmp_path: Path) -> Callable[..., Result]:
    """The command line, run in this process on a home of its own: ``fingerpost("search", "x")``."""
    from cli.main import main

    def run(*words: str, home: Path | None = None, stdin: str | None = None) -> Result:
        environment = {"FINGERPOST_HOME": str(home or tmp_path / "home")}
        return CliRunner().invoke(main, list(words), input=stdin, env=environment, catch_exceptions=False)

    return run


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless chromium for all tests that need one."""
    from browsing import CHROMIUM, needs_chromium
    from playwright.sync_api import sync_playwright

    needs_chromium()
    with sync_playwright() as playwright:
        # A name that is not this machine's own: browsers tell less to a site without https than to "localhost".
        named = "--host-resolver-rules=MAP library.example 127.0.0.1"
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", named])
        yield found
        found.close()


@pytest.fixture(scope="session")
def product(browser: Browser, home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The real server over a copy of the small real home, with a curator and a collection in it.

    Asks for the browser first, without which it is not needed.
    """
    from browsing import tended

    place = Home(Path(shutil.copytree(home.path, tmp_path_factory.mktemp("product") / "home")))
    with tended(place) as found:
        yield found


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page of a browser that runs no JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()
