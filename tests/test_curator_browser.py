"""The curators' pages in a browser, with the real server and its worker: for everyone, and from a file to a page."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import DESKTOP, NARROWEST, ROOT, violations
from making import REPORT, write_report
from playwright.sync_api import Browser, Page

from corpus.home import Home
from corpus.people import People, audit, curators, jobs

pytestmark = pytest.mark.slow

DOC = "harbour-evaluation"
PATHS = (
    "/curator/sign-in", "/curator", "/curator/upload", "/curator/ingest", "/curator/items", f"/curator/items/{DOC}",
    f"/curator/items/{DOC}?field=title", f"/curator/items/{DOC}?field=kind", "/curator/corrections", "/curator/log",
    "/curator/jobs", "/curator/reviews", "/curator/links", "/curator/gaps", "/curator/contributions",
)  # fmt: skip


@pytest.fixture(scope="module")
def mine(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The small home with something on every page."""
    place = tmp_path_factory.mktemp("curated") / "home"
    shutil.copytree(home.path, place)
    people = People(Home(place))
    audit.told(people, "Cy Dee", "corrected", DOC, "title: a very long title of a report " * 8)
    return Home(place)


@pytest.fixture(scope="module")
def token(mine: Home) -> str:
    return curators.add(People(mine), "Ada Bee", "tester")


@pytest.fixture(scope="module")
def product(mine: Home) -> Iterator[str]:
    """``fingerpost serve`` as it is run, with the worker that it starts beside itself."""
    command = [sys.executable, "-c", "from cli.main import main; main()", "serve", "--home", str(mine.path)]
    process = subprocess.Popen(
        [*command, "--port", str(_free_port())], cwd=ROOT, stdout=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL
    )
    assert process.stdout
    try:
        yield process.stdout.readline().strip().rstrip("/")
    finally:
        process.terminate()
        process.wait(30)


def _free_port() -> int:
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def came_in(browser: Browser, product: str, token: str, **kind: Any) -> Page:
    """A page of a browser in which Ada has signed in by the form."""
    page = browser.new_context(**kind).new_page()
    page.goto(f"{product}/curator")
    assert page.url == f"{product}/curator/sign-in"
    page.get_by_label("Your token").fill(token)
    page.get_by_role("button", name="Sign in").click()
    assert page.url == f"{product}/curator"
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, product: str, token: str, scheme: Any) -> None:
    """On any of the curators' pages, by day from left to right and in the dark from right to left."""
    page = came_in(browser, product, token, viewport=DESKTOP, color_scheme=scheme, bypass_csp=True)
    found = {}
    for path in PATHS:
        page.goto(product + ("" if scheme == "light" else "/ar") + path)
        found[path] = violations(page)
    assert {path: some for path, some in found.items() if some} == {}


def test_a_narrow_telephone_needs_no_scrolling_sideways(browser: Browser, product: str, token: str) -> None:
    """At 320 px; what is wide scrolls in a frame of its own."""
    page = came_in(browser, product, token, viewport=NARROWEST, is_mobile=True)
    wide = {}
    for path in PATHS:
        page.goto(product + path)
        wide[path] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert {path: by for path, by in wide.items() if by > 0} == {}


def test_a_curator_s_day_without_a_script(
    browser: Browser, product: str, token: str, mine: Home, tmp_path: Path
) -> None:
    """Signing in, uploading two files, correcting one, withdrawing a statement, reading the log, signing out."""
    report = write_report(tmp_path / "Quay report.pdf", REPORT)
    damaged = tmp_path / "Damaged.pdf"
    damaged.write_bytes(report.read_bytes()[:300])
    report.write_bytes(report.read_bytes() + b"\n% another copy")
    page = came_in(browser, product, token, viewport=DESKTOP, java_script_enabled=False)
    page.get_by_role("link", name="Upload").click()
    page.get_by_label("Files").set_input_files([report, damaged])
    page.get_by_role("button", name="Upload").click()
    _until_done(page, mine)
    page.goto(f"{product}/curator/ingest?status=failed")
    assert page.get_by_text("Damaged.pdf").first.is_visible()
    page.goto(f"{product}/curator/items")
    page.get_by_label("Address or id").fill(f"{product}/documents/quay-report")
    page.get_by_role("button", name="Open").click()
    page.get_by_role("link", name=re.compile(r"^Correct\s?: title$")).click()
    page.get_by_label("Value").fill("The Quay report")
    page.get_by_role("button", name="Correct", exact=True).click()
    _until_done(page, mine)
    page.reload()
    assert page.get_by_role("heading", name="The Quay report").is_visible()
    page.locator("#inside .entries a").first.click()
    withdrawn = page.url.rpartition("/")[2]
    page.get_by_label("From now on").select_option("withdrawn")
    page.get_by_label("Why", exact=True).fill("names a child")
    page.get_by_role("button", name="Decide").click()
    _until_done(page, mine)
    reader = browser.new_context().new_page()
    gone = reader.goto(f"{product}/statements/{withdrawn}")
    assert gone is not None
    assert gone.status == 410
    page.goto(f"{product}/curator/log?who=Ada+Bee")
    told = page.locator("tbody").inner_text()
    assert "withdrew" in told
    assert "names a child" in told
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{product}/curator/log")
    assert page.url.endswith("/curator/sign-in")
    assert list(mine.inbox_dir.iterdir()) == []


def _until_done(page: Page, home: Home) -> None:
    people, end = People(home), time.monotonic() + 120
    while jobs.open_jobs(people):
        assert time.monotonic() < end, "the worker beside the server did nothing"
        time.sleep(0.1)
