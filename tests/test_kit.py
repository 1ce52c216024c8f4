"""The kit: pages as files, and a search that gives the server's answers without one."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, Route, expect

from cli.main import main
from corpus.catalogue import CatalogueWriter, Published
from corpus.catalogue.decisions import decide
from corpus.home import Home
from corpus.sensitivity import decision
from index.answer import Request
from index.library import Library
from index.portable.lexicon import keys_of
from webapp import create_app
from webapp.kit import Kit, make_kit
from webapp.kit.pages import Atlas, as_file, file_of

ATLAS = Atlas(["/", "/practices/open-doors", "/documents/harbour/pages/2", "/glossary", "/evidence?by=year"])


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/practices/open-doors", "practices/open-doors.html"),
        ("/documents/a b:c", "documents/a-b-c.html"),
        ("/documents/../../etc/passwd", "documents/-/-/etc/passwd.html"),
        ("/evidence?by=year", "evidence-by-year.html"),
    ],
)
def test_every_address_is_a_file_that_any_system_can_keep(address: str, file: str) -> None:
    """No step of it leads out of the folder, and no mark is one that a system forbids."""
    assert file_of(address) == file


@pytest.mark.parametrize(
    ("address", "way"),
    [
        ("/practices/open-doors", "../../../practices/open-doors.html"),
        ("/practices/open-doors#failed", "../../../practices/open-doors.html#failed"),
        ("/", "../../../index.html"),
        ("/search?q=a+b", "../../../search.html?q=a+b"),
        ("/statements?kind=lesson", "../../../search.html?kind=lesson&in=statements"),
        ("/glossary/kafala", "../../../glossary.html#kafala"),
        ("/documents/harbour/pages/2?passage=p1", "2.html"),
        ("/static/fingerpost.css?v=1", "../../../static/fingerpost.css"),
        ("/collections", None),
        ("#quoted", "#quoted"),
        ("https://example.org/x", "https://example.org/x"),
    ],
)
def test_links_lead_from_file_to_file(address: str, way: str | None) -> None:
    """What the kit has not is nowhere to go; what leads out stays."""
    assert ATLAS.way(address, "documents/harbour/pages/2.html") == way


def test_links_of_a_page_in_another_language() -> None:
    """The prefix of the language is no part of a file's name."""
    assert Atlas(["/practices/open-doors"], "/fr").way("/fr/practices/open-doors", "index.html") == (
        "practices/open-doors.html"
    )


def test_a_page_loses_what_only_a_server_can_do() -> None:
    """Links to nowhere become text, lists lose them, scripts that ask a server go; the policy stands first."""
    page = (
        '<!doctype html><html><head><meta charset="utf-8"><script src="/static/suggest.js" defer></script>'
        '<script src="/static/copy.js?v=1" defer></script></head><body><p>See <a href="/practices/open-doors">it</a> '
        'and <a href="/api">that</a>.</p><ul><li><a href="/api">API</a></li></ul>'
        '<form action="/contribute"></form></body>'
    )
    made = as_file(page, "index.html", ATLAS, ["data/kit.js"], "default-src 'none'", ["copy.js"])
    assert (
        '<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src &#x27;none&#x27;">'
        in made
    )
    assert 'See <a href="practices/open-doors.html">it</a> and that.' in made
    assert "suggest.js" not in made
    assert 'src="static/copy.js"' in made
    assert 'src="data/kit.js" defer' in made
    assert "<li>" not in made
    assert "<form" not in made


def test_a_name_is_found_by_its_words_and_by_their_stems() -> None:
    """The keys of a name of two words in every language of the vocabularies."""
    keys = list(keys_of(("safe", "houses")))
    assert keys[0] == "= safe houses"
    assert "en safe hous" in keys


# ---------------------------------------------------------------------------------------------- a whole kit

QUERIES = (
    "shelter", "returned adolescents", "how do others run a shelter", "guardians", "delays in naming a guardian",
    "training of border staff", "children who travel alone", "what was learned", "recommendations on referral",
    "cost of the programme", "cash grants", "Cabo Verde", "school", '"case management"', "guardian -delay",
    "refuges pour adolescents", "albergues", "gaurdian", "AVRR", "evaluation of the harbour project",
    "guardianship delays",
)  # fmt: skip


PUBLIC = "https://library.example"


@pytest.fixture(scope="module")
def kit(home: Home) -> Kit:
    """A kit of the small home, which is reached by others at an address."""
    public = copy(home)
    public.settings = msgspec.structs.replace(home.settings, public_url=PUBLIC)
    return make_kit(public)


@pytest.fixture(scope="module")
def unpacked(kit: Kit, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stick")
    zipfile.ZipFile(io.BytesIO(kit.data)).extractall(folder)
    return folder


@pytest.fixture
def offline(browser: Browser) -> Iterator[Page]:
    """A page of a browser without a network, that must make no request but for files and throw no error."""
    context = browser.new_context(offline=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    asked: list[str] = []
    broken: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: broken.append(str(error)))
    yield page
    context.close()
    assert all(url.startswith("file:") for url in asked), asked
    assert broken == []


@pytest.mark.slow
def test_every_link_of_a_kit_leads_to_a_file_that_is_there(unpacked: Path) -> None:
    """All pages are looked through; nothing of them asks for an address of a server."""
    from selectolax.lexbor import LexborHTMLParser

    pages = list(unpacked.rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        for node in LexborHTMLParser(page.read_text("utf-8")).css("[href], [src], [action]"):
            for name in ("href", "src", "action"):
                to = (node.attributes.get(name) or "").partition("#")[0].partition("?")[0]
                if to and "://" not in to:
                    assert not to.startswith("/"), (page, to)
                    assert (page.parent / to).is_file(), (page, to)


@pytest.mark.slow
@pytest.mark.parametrize("view", ["passages", "practices"])
def test_a_kit_gives_the_servers_first_five_hits(unpacked: Path, offline: Page, home: Home, view: str) -> None:
    """Twenty questions, from file:// with the network cut: the same things, in the same order but for near ties.

    The small model's numbers are rounded, so that what is all but equal may change places.
    """
    library = Library(home)
    in_order = 0
    offline.goto(f"{(unpacked / 'search.html').as_uri()}?in={view}")
    offline.wait_for_selector("html[data-kit=ready]")
    for query in QUERIES:
        told = offline.evaluate(
            "([text, what]) => fingerpost.engine.search({text, what}).hits.slice(0, 5).map((hit) => hit.thing.id)",
            [query, view],
        )
        served = library.search(Request(text=query, what=view, limit=5))  # type: ignore[arg-type]
        assert set(told) == {hit.id for hit in served.hits}, query
        in_order += told == [hit.id for hit in served.hits]
    assert in_order >= 18


@pytest.mark.slow
def test_a_hit_is_opened_at_its_page_and_cited(unpacked: Path, offline: Page) -> None:
    """From the first page of the kit to a quotation with its page on the clipboard, by what a person sees."""
    offline.goto((unpacked / "index.html").as_uri())
    offline.get_by_role("searchbox").fill("guardian")
    offline.get_by_role("searchbox").press("Enter")
    offline.wait_for_selector("html[data-kit=ready]")
    first = offline.locator("article.hit").first
    expect(first.locator("mark").first).to_be_visible()
    words = first.locator(".words").inner_text()
    first.get_by_role("button", name="Copy quotation and reference").click()
    expect(first.get_by_role("status")).to_contain_text("Copied")
    copied = offline.evaluate("navigator.clipboard.readText()")
    assert words.strip("… ")[:40] in copied.replace("\n", " ")
    assert copied.count("\n\n") == 1
    facet = offline.locator(".facet a").first
    count = int(facet.locator(".n").inner_text())
    facet.click()
    offline.wait_for_selector("html[data-kit=ready]")
    expect(offline.locator("#kit-count")).to_have_text(f"{count} found")


@pytest.mark.slow
def test_what_was_withdrawn_since_is_hidden_where_there_is_a_connection(
    unpacked: Path, browser: Browser, home: Home, tmp_path: Path
) -> None:
    """The real answer of a home in which a practice was withdrawn: its page and its hits are gone, and it is told."""
    shutil.copytree(home.path, tmp_path / "home")
    place = Home(tmp_path / "home")
    withdrawn, kept = Published(place.catalogue_url).practice_ids()[:2]
    with place.writing(), CatalogueWriter(place.catalogue_url) as writer:
        decide(writer, [decision(withdrawn, "withdrawn", "It does harm", "tests")])
    client = create_app(place).test_client()
    page = browser.new_page()

    def answer(route: Route) -> None:
        told = client.get(urlsplit(route.request.url).path)
        route.fulfill(status=told.status_code, headers=dict(told.headers), body=told.data)

    page.route(f"{PUBLIC}/**", answer)
    page.goto((unpacked / "index.html").as_uri())
    expect(page.locator("#kit-checked")).to_have_text("Withdrawn since this copy was made and no longer shown: 1")
    page.goto((unpacked / "practices" / f"{withdrawn}.html").as_uri())
    expect(page.locator("main")).to_have_text("This item was withdrawn and is no longer shown.")
    page.goto((unpacked / "practices" / f"{kept}.html").as_uri())
    expect(page.locator("main h1")).to_be_visible()
    page.goto(f"{(unpacked / 'search.html').as_uri()}?in=practices")
    page.wait_for_selector("html[data-kit=ready]")
    expect(page.locator(f'article[data-id="{kept}"]')).to_have_count(1)
    expect(page.locator(f'article[data-id="{withdrawn}"]')).to_have_count(0)
    page.close()


@pytest.mark.slow
def test_words_without_a_licence_are_not_carried_whole(unpacked: Path, home: Home) -> None:
    """Of a report whose rights nobody knows there is no page, and its words stand in no order."""
    told = (unpacked / "data" / "things.js").read_text("utf-8")
    things = json.loads(told[told.index(",") + 1 : told.rindex(")")])
    closed = [t for t in things["views"]["passages"]["things"] if t["owner"] == "harbour-evaluation"]
    assert closed
    assert not (unpacked / "documents" / "harbour-evaluation").exists()
    for thing in closed:
        assert len(thing["shown"]["quoted"]) <= 320
        assert thing["running"] is not thing["shown"].get("shortened", False)


@pytest.mark.slow
def test_the_verb_writes_a_part_and_overwrites_nothing(home: Home, tmp_path: Path) -> None:
    """What a question finds is carried; a file that is there and two choices at once are refused in a sentence."""
    out = tmp_path / "part.zip"
    words = ["kit", str(out), "--query", "shelter", "--home", str(home.path)]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    assert "Unpack it, open index.html." in done.output
    names = zipfile.ZipFile(out).namelist()
    assert "search.html" in names
    assert "themes.html" not in names
    again = CliRunner().invoke(main, words)
    assert again.exit_code == 2
    assert "is there already; name another file." in again.output
    both = CliRunner().invoke(main, [*words[:1], str(tmp_path / "b.zip"), *words[2:], "--collection", "x"])
    assert "Give a question or a collection, not both." in both.output
    nothing = CliRunner().invoke(main, ["kit", str(tmp_path / "n.zip"), "--home", str(tmp_path / "empty")])
    assert nothing.exit_code == 2
    assert not (tmp_path / "empty").exists()
