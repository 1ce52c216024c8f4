"""Whether sources' addresses answer: what counts as dead, and how politely they are asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from click.testing import Result
from serving import Site

from corpus.catalogue import CatalogueWriter
from corpus.home import Home
from corpus.model import Bibliography
from corpus.people import People, links
from corpus.people.links import Answered
from ingest import links as asking
from ingest.manners import Manners
from ingest.web import Web

URL = "https://example.org/report.pdf"


@pytest.fixture
def asked(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Answered]:
    """Ask a path of the tests' server."""
    monkeypatch.setenv("FINGERPOST_FETCH_PAUSE_SECONDS", "0")
    monkeypatch.setenv("FINGERPOST_FETCH_SECONDS", "2")
    settings = Home(tmp_path / "home").settings

    def ask(path: str) -> Answered:
        (answered,) = asking.check([site.address + path], Manners(Web(allow_private=True), settings))
        return answered

    return ask


def test_an_address_is_dead_after_failures_on_two_days(tmp_path: Path) -> None:
    """Two on one day are one outage; an answer in between begins anew."""
    people = People(Home(tmp_path))
    failure, answer = Answered(url=URL, verdict="fails", status=404), Answered(url=URL, verdict="answers", status=200)
    states = [
        links.remember(people, what, at).state
        for what, at in (
            (failure, "2026-03-01T08:00:00+00:00"),
            (failure, "2026-03-01T20:00:00+00:00"),
            (answer, "2026-03-02T08:00:00+00:00"),
            (failure, "2026-03-03T08:00:00+00:00"),
            (failure, "2026-03-05T08:00:00+00:00"),
        )
    ]
    assert states == ["failing", "failing", "alive", "failing", "dead"]
    link = links.link_of(people, URL)
    assert link is not None
    assert (link.dead_since[:10], link.checked[:10]) == ("2026-03-03", "2026-03-05")


def test_those_never_asked_come_first_then_the_longest_ago(tmp_path: Path) -> None:
    """And addresses that no document has any more are forgotten."""
    people = People(Home(tmp_path))
    for url, day in (("b", "02"), ("c", "01")):
        links.remember(people, Answered(url=url, verdict="answers", status=200), f"2026-03-{day}T08:00:00+00:00")
    assert links.in_turn(people, ["b", "a", "c", "b"]) == ["a", "c", "b"]
    links.forget_others(people, ["b"])
    assert set(links.links(people)) == {"b"}


def test_a_page_that_is_there_answers_without_being_read(asked: Callable[[str], Answered], site: Site) -> None:
    """HEAD is asked; where a server does not know it, GET for one byte."""
    site.answers["/there"] = (200, {}, b"x" * 5_000_000)
    answered = asked("/there")
    assert (answered.verdict, answered.status, answered.reason) == ("answers", 200, "")
    assert ("/there", "bytes=0-0") in [(path, headers.get("range")) for path, headers in site.asked]
    site.asked.clear()
    site.heads = True
    assert asked("/there").verdict == "answers"
    assert [headers.get("range") for path, headers in site.asked if path == "/there"] == [None]


@pytest.mark.parametrize(
    ("status", "verdict"),
    [(404, "fails"), (410, "fails"), (500, "fails"), (401, "refuses"), (403, "refuses"), (429, "refuses")],
)
def test_what_a_status_means(asked: Callable[[str], Answered], site: Site, status: int, verdict: str) -> None:
    """A server that lets no program in is there; a reader may get the page."""
    site.answers["/page"] = (status, {}, b"")
    answered = asked("/page")
    assert (answered.verdict, answered.status) == (verdict, status)
    assert str(status) in answered.reason


def test_robots_txt_is_obeyed(asked: Callable[[str], Answered], site: Site) -> None:
    """What it forbids is not asked, and not dead for that; the place that a redirect leads to has a say too."""
    site.answers["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /kept\n")
    assert asked("/kept/page").verdict == "refuses"
    assert "/kept/page" not in site.paths()
    site.answers["/moved"] = (301, {"Location": "/kept/page"}, b"")
    asked("/moved")
    assert "/kept/page" not in site.paths()


def test_an_address_that_leads_to_the_front_page_is_pointed_out(asked: Callable[[str], Answered], site: Site) -> None:
    """Many sites send what they took away there."""
    site.answers["/old-report"] = (302, {"Location": "/"}, b"")
    site.answers["/"] = (200, {}, b"Welcome")
    answered = asked("/old-report")
    assert (answered.verdict, answered.reason) == ("answers", asking.LEADS_HOME)


def test_private_addresses_are_not_asked(site: Site, tmp_path: Path) -> None:
    """A card's address must not lead into the network of who keeps the knowledge base."""
    site.answers["/secret"] = (200, {}, b"x")
    manners = Manners(Web(), Home(tmp_path).settings)
    (answered,) = asking.check([f"{site.address}/secret"], manners)
    assert answered.verdict == "fails"
    assert "private network" in answered.reason
    assert not site.asked


def test_a_machine_that_is_off_line_calls_nothing_dead(
    fingerpost: Callable[..., Result], site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no address at all can be reached nothing is kept; once one is, the failures before it count."""
    monkeypatch.setenv("FINGERPOST_FETCH_PAUSE_SECONDS", "0")
    home = Home(tmp_path / "home")
    with home.writing(), CatalogueWriter(home.catalogue_url) as writer:
        for name in ("a", "b"):
            writer.put_card(Bibliography(id=name, title=name, url=f"http://127.0.0.1:9/{name}"))
    ran = fingerpost("links", "check", "--allow-private")
    assert ran.exit_code == 1
    assert "see whether this machine is on line" in ran.output
    assert not links.links(People(home))
    with home.writing(), CatalogueWriter(home.catalogue_url) as writer:
        writer.put_card(Bibliography(id="c", title="c", url=f"{site.address}/gone"))
    assert fingerpost("links", "check", "--allow-private").exit_code == 0
    assert [link.state for link in links.links(People(home)).values()] == ["failing"] * 3


def test_the_verb_asks_what_cards_say(
    fingerpost: Callable[..., Result], site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each address once, those that are none left out; the first failure is told, and 1 is for dead ones only."""
    monkeypatch.setenv("FINGERPOST_FETCH_PAUSE_SECONDS", "0")
    site.answers["/one"] = (200, {}, b"x")
    home = Home(tmp_path / "home")
    with home.writing(), CatalogueWriter(home.catalogue_url) as writer:
        for name, url in (("one", "/one"), ("two", "/one"), ("three", "/gone")):
            writer.put_card(Bibliography(id=name, title=name, url=site.address + url))
        writer.put_card(Bibliography(id="four", title="four", url="kept in a drawer"))
    ran = fingerpost("links", "check", "--allow-private")
    assert ran.exit_code == 0
    assert "2 of 2 addresses asked: 0 dead, 1 failed for the first time" in ran.output
    gone = f"{site.address}/gone"
    verdicts: tuple[tuple[links.Verdict, str], ...] = (("answers", "01"), ("fails", "02"))
    for verdict, day in verdicts:
        links.remember(People(home), Answered(url=gone, verdict=verdict), f"2026-03-{day}T08:00:00+00:00")
    ran = fingerpost("links", "check", "--allow-private", "--json", "--limit", "2")
    told = {link["url"]: link["state"] for link in msgspec.json.decode(ran.output)}
    assert told == {f"{site.address}/one": "alive", gone: "dead"}
    assert ran.exit_code == 1
