"""The originals of the shipped sources: fetched from a server of the tests, judged, read in, and linked to."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from click.testing import Result
from making import AGENCY_PAGE, REPORT, write_report
from serving import Site

from corpus import records, sources
from corpus.catalogue import Catalogue, CatalogueWriter
from corpus.home import Home
from corpus.model import Bibliography, Claim, Practice, SourceRef
from corpus.sources import Edition
from ingest import originals
from ingest.originals import Wanted, is_known, refused
from webapp import create_app

REFS = {
    "harbour-evaluation": (SourceRef(doc="harbour-evaluation", page_label="3"),),
    "agency-page": (SourceRef(doc="agency-page", section="What was learned"),),
}
PRACTICE = Practice(
    id="help-desks",
    title="Help desks",
    told={
        "summary": (
            Claim(text="Desks at the border.", sources=REFS["agency-page"]),
            Claim(text="Small houses.", sources=REFS["harbour-evaluation"]),
        )
    },
)


@pytest.fixture
def shelf(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Two sources that "ship", a report and a page, served by the test's server as their cards say."""
    monkeypatch.setenv("FINGERPOST_FETCH_PAUSE_SECONDS", "0")
    report = write_report(tmp_path / "report.pdf", REPORT).read_bytes()
    site.answers |= {
        "/report.pdf": (200, {"Content-Type": "application/pdf"}, report),
        "/page": (200, {"Content-Type": "text/html"}, AGENCY_PAGE.encode()),
    }
    cards = (
        Bibliography(id="agency-page", title="Child help desks at border crossings", url=f"{site.address}/page"),
        Bibliography(id="harbour-evaluation", title="A harbour, evaluated", url=f"{site.address}/report.pdf"),
        Bibliography(id="our-brief", title="Our own"),
    )
    editions = {
        "agency-page": Edition(media="html"),
        "harbour-evaluation": Edition(media="pdf", sha256=hashlib.sha256(report).hexdigest()),
        "our-brief": Edition(),
    }
    monkeypatch.setattr(originals, "sources", SimpleNamespace(known=lambda: cards, editions=lambda: editions))
    monkeypatch.setattr(originals, "_cited", lambda: REFS)
    monkeypatch.setattr("webapp.sources.editions", lambda: editions)
    return site


@pytest.fixture
def fetch(fingerpost: Callable[..., Result]) -> Callable[..., tuple[int, dict[str, Any]]]:
    """``fetch --sources`` as its exit code and its lines by document."""

    def run(*words: str) -> tuple[int, dict[str, Any]]:
        done = fingerpost("fetch", "--sources", "--allow-private", "--json", *words)
        return done.exit_code, {row["doc"]: row for row in map(json.loads, done.stdout.splitlines())}

    return run


def arms(home: Home) -> dict[str, str]:
    text = create_app(home).test_client().get("/practices/help-desks").text
    found = re.findall(r'<a class="arm tiny" href="([^"]+)"[^>]*>(.+?)</a>', text)
    return {re.sub("<[^>]+>", "", words.partition("<span aria-hidden")[0]): href for href, words in found}


def test_an_arm_that_leads_outside_says_so(fresh_home: Home) -> None:
    """With a mark, and where to in words: to a third party's copy where the card knows it is one."""
    wanted = {
        "romia-final-evaluation": "a third-party copy at docslib.org",
        "iom-children-evaluation": "evaluation.iom.int",
    }
    practices = [
        next(one for one in records.shipped() if {ref.doc for ref in one.sources()} == {doc}) for doc in wanted
    ]
    with fresh_home.writing(), CatalogueWriter(fresh_home.catalogue_url) as writer:
        for card in sources.known():
            writer.put_card(card)
        for practice in practices:
            writer.put_practice(practice)
    client = create_app(fresh_home).test_client()
    for practice, site in zip(practices, wanted.values(), strict=True):
        found = re.findall(r'<a class="arm tiny" href="http[^>]*>.*?</a>', client.get(f"/practices/{practice.id}").text)
        assert found
        for arm in found:
            assert f'(outside this library: {site})"' in arm
            assert f'↗</span><span class="unseen"> (outside this library: {site})</span>' in arm


@pytest.mark.slow
def test_originals_are_read_in_under_their_cards_and_records_lead_to_their_pages(
    shelf: Site, fetch: Callable[..., tuple[int, dict[str, Any]]], tmp_path: Path
) -> None:
    """Before, a claim leads to the source's own address; after, to page or section; a second run fetches nothing."""
    home = Home(tmp_path / "home")
    with home.writing(), CatalogueWriter(home.catalogue_url) as writer:
        for card in originals.sources.known():
            writer.put_card(card)
        writer.put_practice(PRACTICE)
    outside = {"A § What was learned": f"{shelf.address}/page", "B p. 3": f"{shelf.address}/report.pdf"}
    assert arms(home) == outside
    code, rows = fetch()
    assert code == 0, rows
    assert set(rows) == {"agency-page", "harbour-evaluation"}
    assert rows["harbour-evaluation"]["note"] == "the edition that our records cite; every place cited is in it (1)"
    assert rows["agency-page"]["note"] == "every place cited is in it (1)"
    inside = arms(home)
    assert inside["B p. 3"] == "/documents/harbour-evaluation/pages/3"
    text, _, anchor = inside["A § What was learned"].partition("#")
    assert text == "/documents/agency-page/text"
    assert f'id="{anchor}"' in create_app(home).test_client().get(text).text
    with Catalogue(home.catalogue_url) as catalogue:
        assert catalogue.card("harbour-evaluation").title == "A harbour, evaluated", "the card's word wins"
    asked = len(shelf.asked)
    code, rows = fetch()
    assert code == 0
    assert {row["note"].split(";")[0] for row in rows.values()} == {"there already"}
    assert len(shelf.asked) == asked


@pytest.mark.slow
def test_a_failed_fetch_costs_only_itself(
    shelf: Site, fetch: Callable[..., tuple[int, dict[str, Any]]], fingerpost: Callable[..., Result]
) -> None:
    """A landing page where a PDF was expected says what to do by hand; the other source is read in."""
    landing = b"<!doctype html><html><body><h1>A harbour, evaluated</h1><p>Download</p></body></html>"
    shelf.answers["/report.pdf"] = (200, {"Content-Type": "text/html"}, landing)
    code, rows = fetch()
    assert code == 1
    assert rows["agency-page"]["status"] == "ok"
    told = rows["harbour-evaluation"]
    assert (told["status"], told["stage"]) == ("failed", "fetch")
    assert "web page and not the PDF" in told["reason"]
    assert "fingerpost ingest FILE --as harbour-evaluation" in told["reason"]
    assert "web page and not the PDF" in fingerpost("status").stdout


@pytest.mark.slow
def test_another_edition_is_kept_and_said_to_be_one(
    shelf: Site, fetch: Callable[..., tuple[int, dict[str, Any]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other bytes are read in all the same; the note names what is cited and not in them, the page's arm warns."""
    shorter = replace(REPORT, parts=REPORT.parts[:1])
    shelf.answers["/report.pdf"] = (200, {}, write_report(tmp_path / "short.pdf", shorter).read_bytes())
    code, rows = fetch("--only", "harbour-evaluation")
    assert code == 0
    assert set(rows) == {"harbour-evaluation"}
    note = rows["harbour-evaluation"]["note"]
    assert note.startswith("another edition than our records cite; of 1 places cited 1 not found in it: p. 3")
    home = Home(tmp_path / "home")
    with home.writing(), CatalogueWriter(home.catalogue_url) as writer:
        writer.put_practice(PRACTICE)
    page = create_app(home).test_client().get("/practices/help-desks").text
    assert "A harbour, evaluated (another edition than the one cited" in page


@pytest.mark.slow
def test_what_a_curator_removed_stays_removed(
    shelf: Site, fetch: Callable[..., tuple[int, dict[str, Any]]], fingerpost: Callable[..., Result]
) -> None:
    """A source that somebody took out is not fetched again, and fails nothing."""
    assert fetch("--only", "agency-page")[0] == 0
    assert fingerpost("remove", "agency-page").exit_code == 0
    asked = len(shelf.asked)
    code, rows = fetch("--only", "agency-page")
    assert code == 0
    assert "removed by a curator" in rows["agency-page"]["note"]
    assert len(shelf.asked) == asked


@pytest.mark.slow
def test_the_same_bytes_under_another_id_are_told(
    shelf: Site, fetch: Callable[..., tuple[int, dict[str, Any]]], fingerpost: Callable[..., Result], tmp_path: Path
) -> None:
    """Who read the report in under the file's own name learns how records can lead to it."""
    assert fingerpost("ingest", str(tmp_path / "report.pdf")).exit_code == 0
    code, rows = fetch("--only", "harbour-evaluation")
    assert code == 0
    assert f"fingerpost fetch {shelf.address}/report.pdf --as harbour-evaluation" in rows["report"]["note"]


def test_wrong_usage_is_said(fingerpost: Callable[..., Result]) -> None:
    """Neither nor, both, an unknown source, and options that do not go together."""
    for words in ((), ("--sources", "https://example.org/"), ("--only", "x", "https://example.org/"),
                  ("--sources", "--only", "no-such-source"), ("--sources", "--as", "x")):  # fmt: skip
        assert fingerpost("fetch", *words).exit_code == 2, words
    assert "mario-project" in fingerpost("fetch", "--sources", "--only", "nothing").stderr


WANTED = Wanted(
    card=Bibliography(id="a-page", title="Help desks at the border"),
    edition=Edition(media="html"),
    cited=tuple(SourceRef(doc="a-page", section=s) for s in ("How it works", "What was learned", "Costs &amp; staff")),
)


@pytest.mark.parametrize(
    ("markup", "known"),
    [
        ("<h1>Help desks at the border</h1><h2>How it works</h2>", True),
        ("<title>Other</title><h2>HOW IT&nbsp;WORKS</h2><h2>What was <em>learned</em></h2>", True),
        ("<h1>Help desks at the border</h1><p>We value your privacy. Accept all cookies?</p>", False),
        ("<h1>404</h1><p>How it works</p>", False),
    ],
)
def test_a_page_is_known_by_its_title_and_headings(markup: str, known: bool) -> None:
    """A consent wall may bear the title, another page one heading; the page itself has half of both at least."""
    assert is_known(markup, WANTED.card.title, [ref.section for ref in WANTED.cited]) is known
    reason = refused(WANTED, f"<!doctype html><html><body>{markup}</body></html>".encode(), "page.html")
    assert bool(reason) is not known
    assert known or "fingerpost ingest FILE --as a-page" in reason


def test_every_shipped_source_has_an_edition() -> None:
    """Each source with an address tells what kind of file it is; reports that are cited by page also their bytes."""
    for one in originals.wanted():
        assert one.edition.media in sources.MEDIA, one.card.id
        assert bool(one.edition.sha256) is (one.edition.media == "pdf"), one.card.id
        assert one.cited, one.card.id


@pytest.mark.slow
def test_the_five_sources_from_a_server(
    shared: Path, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fingerpost: Callable[..., Result]
) -> None:
    """All originals come from a local server, are the editions that are cited, and hold every place that is cited;
    after that the linter is clean over all that ships."""
    monkeypatch.setenv("FINGERPOST_FETCH_PAUSE_SECONDS", "0")
    cards = []
    for card in sources.known():
        if card.url:
            media = sources.editions()[card.id].media
            site.answers[f"/{card.id}.{media}"] = (200, {}, (shared / "library" / f"{card.id}.{media}").read_bytes())
            card = msgspec.structs.replace(card, url=f"{site.address}/{card.id}.{media}")
        cards.append(card)
    served = SimpleNamespace(known=lambda: tuple(cards), editions=sources.editions)
    monkeypatch.setattr(originals, "sources", served)
    assert fingerpost("init").exit_code == 0
    done = fingerpost("fetch", "--sources", "--allow-private", "--json")
    rows = {row["doc"]: row for row in map(json.loads, done.stdout.splitlines())}
    assert done.exit_code == 0, rows
    assert len(rows) == 5
    assert [
        row["note"] for row in rows.values() if "not found" in row["note"] or "another edition" in row["note"]
    ] == []
    home = Home(tmp_path / "home")
    client = create_app(home).test_client()
    with Catalogue(home.catalogue_url) as catalogue:
        for practice in catalogue.practices():
            text = client.get(f"/practices/{practice.id}").text
            hrefs = re.findall(r'class="arm tiny" href="([^"]+)"', text)
            assert all(re.search(r"/pages/\d+$|/text", href) for href in hrefs), practice.id
    linted = fingerpost("records", "lint")
    assert linted.exit_code == 0, linted.stdout
    assert "Not checked" not in linted.stdout
