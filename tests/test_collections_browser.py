"""Collections in a real browser: without a script, remembered with one, and looked through by axe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from browsing import served, violations
from playwright.sync_api import Browser, Page, expect

from corpus.home import Home

pytestmark = pytest.mark.slow
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def site_of_collections(browser: Browser, home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real server over a copy of the small home: collections are kept in it."""
    place = tmp_path_factory.mktemp("collections") / "home"
    copytree(home.path, place)
    with served(Home(Path(place))) as address:
        yield address


def gathered(page: Page, site: str) -> None:
    """Make a collection of the first hit of a search, as a reader does."""
    page.goto(f"{site}/search?q=guardian")
    page.get_by_role("link", name="Add to a collection").first.click()
    page.get_by_role("textbox", name="Title").fill("Guards")
    page.get_by_role("button", name="Make it and add").click()
    expect(page.get_by_role("heading", name="Keep this address")).to_be_visible()


def test_a_collection_without_a_script(plain: Page, site_of_collections: str) -> None:
    """From a hit to a note, a second entry from the search inside, and a file."""
    gathered(plain, site_of_collections)
    plain.get_by_text("Add a note").click()
    plain.get_by_role("textbox", name="Your note").fill("Read this first.")
    plain.get_by_role("button", name="Save the note").click()
    plain.locator("main").get_by_role("searchbox").fill("children")
    plain.locator("main").get_by_role("button", name="Search").click()
    plain.get_by_role("button", name="Add to your collection").first.click()
    expect(plain.get_by_text("In your collection").first).to_be_visible()
    plain.get_by_role("link", name="Guards").click()
    expect(plain.locator(".gathered")).to_have_count(2)
    plain.get_by_role("button", name="Move up").click()
    plain.get_by_role("link", name="See it as readers do").click()
    expect(plain.locator(".gathered")).to_have_count(2)
    expect(plain.locator(".gathered").last).to_contain_text("Read this first.")
    with plain.expect_download() as told:
        plain.get_by_role("link", name="Word").click()
    assert told.value.suggested_filename == "guards.docx"


def test_a_collection_on_a_site_without_https(plain: Page, site_of_collections: str) -> None:
    """As in an office's own network: browsers say of a form there only its Origin, which must not be withheld."""
    site = site_of_collections.replace("127.0.0.1", "library.example")
    gathered(plain, site)
    asked: list[dict[str, str]] = []
    plain.on("request", lambda request: asked.append(request.all_headers()))
    plain.get_by_text("Add a note").click()
    plain.get_by_role("textbox", name="Your note").fill("Read this first.")
    plain.get_by_role("button", name="Save the note").click()
    expect(plain.locator(".gathered")).to_contain_text("Read this first.")
    assert any(headers.get("origin") == site and "sec-fetch-site" not in headers for headers in asked)
    assert {headers["referer"] for headers in asked if "referer" in headers} <= {f"{site}/"}


def test_a_remembered_collection_is_added_to_on_the_spot(browser: Browser, site_of_collections: str) -> None:
    """Only after its author asked for that; forgotten, nothing of it is left; no address leaks as a referrer."""
    context = browser.new_context()
    page = context.new_page()
    referrers: list[str] = []
    page.on("request", lambda request: referrers.append(request.headers.get("referer", "")))
    gathered(page, site_of_collections)
    assert page.evaluate("localStorage.length") == 0
    page.get_by_role("button", name="Remember it in this browser").click()
    page.goto(f"{site_of_collections}/search?q=children&in=documents")
    page.get_by_role("link", name="Add to a collection").first.click()
    added = page.get_by_role("link", name="In your collection")
    expect(added).to_be_visible()
    added.click()
    expect(page.locator(".gathered")).to_have_count(2)
    page.goto(f"{site_of_collections}/collections/add?q=children&in=statements")
    page.get_by_role("checkbox").first.uncheck()
    page.get_by_role("button", name="Add", exact=True).first.click()
    page.wait_for_url("**/collections/edit/**")
    page.goto(f"{site_of_collections}/collections")
    expect(page.get_by_role("link", name="Guards")).to_be_visible()
    page.get_by_role("button", name="Forget").click()
    expect(page.get_by_role("link", name="Guards")).to_have_count(0)
    assert page.evaluate("localStorage.length") == 0
    assert not [one for one in referrers if "/collections/" in one]
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_of_collections(browser: Browser, site_of_collections: str, scheme: str) -> None:
    """As an author and as a reader sees them, with every fold open; nothing is wider than a telephone."""
    context = browser.new_context(color_scheme=scheme, bypass_csp=True, viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    gathered(page, site_of_collections)
    edit = page.url.partition("?")[0]
    read = page.get_by_role("link", name="See it as readers do").get_attribute("href")
    add = f"{site_of_collections}/collections/add?q=children"
    for address in (
        page.url,
        edit,
        f"{edit}/find?q=children",
        f"{site_of_collections}{read}",
        add,
        f"{site_of_collections}/collections",
    ):
        page.goto(address)
        page.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })")
        assert not violations(page), address
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], address
    context.close()
