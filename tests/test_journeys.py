"""The journeys of the people this is for, from a question to a cited quotation, with scripts and without."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Product, tended
from playwright.sync_api import Browser, Page, expect

from cli.working import Worker
from corpus.home import Home
from webapp import create_app

pytestmark = pytest.mark.slow

LANTERNS = """# Lantern houses

One lesson is that lantern keepers should meet every child at the quay on the first evening, before any form is filled.
"""


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def reader(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a browser that runs scripts, and of one that runs none."""
    context = browser.new_context(java_script_enabled=request.param)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def ask(page: Page, question: str) -> None:
    """Type a question into the page's search box and send it."""
    field = page.locator("form[role=search] input[name=q]").first
    field.fill(question)
    page.locator("form[role=search] button").first.click()
    page.wait_for_url("**/search?**")


def view(page: Page, name: str) -> None:
    """Turn to another view of the search."""
    page.get_by_role("list", name="Views of this search").get_by_role("link", name=name).click()


def test_a_practitioner(reader: Page, product: Product, home: Home) -> None:
    """She asks how others do it, reads what it took, what failed and when it will not transfer, and cites a page."""
    practice = create_app(home).extensions["fingerpost"].catalogue.practices()[0]
    reader.goto(product)
    ask(reader, " ".join(practice.title.split()[:5]))
    reader.get_by_role("region", name="Practices that may answer this").get_by_role("link", name=practice.title).click()
    for heading in ("What it took", "What failed", "When it will not transfer"):
        expect(reader.get_by_role("heading", name=heading)).to_be_visible()
    assert reader.locator(".told .arm").count(), "claims of a practice lead to their sources' pages"
    ask(reader, "shelter for adolescents with a guardian")
    hit = reader.locator(".hit").filter(has_text="twelve beds").first
    hit.get_by_role("link", name="Open at the page").click()
    expect(reader.locator("#quoted")).to_be_in_viewport()
    reader.get_by_role("link", name="Cite").first.click()
    expect(reader.locator(".copy").first).to_contain_text("p. 3")


def test_a_policy_officer(reader: Page, product: Product) -> None:
    """He narrows statements to recommendations, sees whose voice it is, takes the words with their page and a file."""
    reader.goto(product)
    ask(reader, "what do evaluations say about a guardian for every child")
    view(reader, "Statements")
    reader.locator("#filters").get_by_role("link", name="Recommendation").click()
    hit = reader.locator(".hit").first
    expect(hit).to_contain_text("evaluator")
    hit.get_by_role("link", name="Open at the page").click()
    expect(reader.locator("#quoted")).to_be_in_viewport()
    reader.get_by_role("link", name="Its permanent address").click()
    words = reader.locator("blockquote").first.inner_text()
    copied = reader.locator(".copy").inner_text()
    assert words.rstrip(".")[:60] in copied
    assert "p. " in copied
    reader.get_by_role("link", name="BibTeX").first.click()
    with reader.expect_download() as taken:
        reader.get_by_role("link", name="BibTeX", exact=True).click()
    assert "@" in taken.value.path().read_text("utf-8")


def test_an_author_of_a_course(reader: Page, product: Product) -> None:
    """She goes in by the example questions, gathers a lesson and what goes with it, and takes it along as a course."""
    reader.goto(product)
    reader.get_by_role("link", name="All lessons").click()
    lesson = reader.locator(".hit").first
    expect(lesson.locator(".kind")).to_have_text("Lesson")
    words = lesson.locator("blockquote").inner_text()
    lesson.get_by_role("link", name="Add to a collection").click()
    reader.get_by_role("textbox", name="Title").fill("Reintegration, week one")
    reader.get_by_role("button", name="Make it and add").click()
    expect(reader.get_by_role("heading", name="Keep this address")).to_be_visible()
    reader.locator("main input[name=q]").fill("children")
    reader.locator("main").get_by_role("button", name="Search").click()
    reader.get_by_role("button", name="Add to your collection").first.click()
    reader.get_by_role("link", name="Reintegration, week one").click()
    reader.get_by_role("link", name="See it as readers do").click()
    expect(reader.locator(".gathered")).to_have_count(2)
    expect(reader.locator("main")).to_contain_text(words.strip("… ")[:60])
    with reader.expect_download() as taken:
        reader.get_by_role("link", name="Course (Common Cartridge)").click()
    assert taken.value.path().stat().st_size > 1000


def test_a_curator(reader: Page, browser: Browser, home: Home, tmp_path: Path) -> None:
    """He uploads, sees why a file could not be read, finds and cites what could, corrects it, and withdraws it."""
    place = Home(Path(shutil.copytree(home.path, tmp_path / "home")))
    (tmp_path / "lantern-houses.md").write_text(LANTERNS, "utf-8")
    (tmp_path / "torn.pdf").write_bytes(b"")
    item = "/curator/items/lantern-houses"

    def work() -> None:
        Worker(place, threading.Event()).run(once=True)

    with tended(place) as mine:
        reader.goto(f"{mine}/curator/sign-in")
        reader.get_by_label("Your token").fill(mine.token)
        reader.get_by_role("button", name="Sign in").click()
        reader.goto(f"{mine}/curator/upload")
        reader.get_by_label("Files").set_input_files([tmp_path / "lantern-houses.md", tmp_path / "torn.pdf"])
        reader.get_by_role("button", name="Upload").click()
        work()
        reader.goto(f"{mine}/curator/ingest?status=failed")
        expect(reader.locator("main")).to_contain_text("The file is empty")
        ask(reader, "lantern keepers at the quay")
        reader.locator(".hit").first.get_by_role("link", name="Cite").click()
        expect(reader.locator("blockquote")).to_contain_text("lantern keepers should meet")
        expect(reader.locator(".copy").first).to_contain_text("Lantern houses")
        reader.goto(f"{mine}{item}?field=title")
        reader.get_by_label("Value").fill("Lantern houses at the quay")
        reader.get_by_role("button", name="Correct", exact=True).click()
        work()
        reader.goto(f"{mine}/documents/lantern-houses")
        expect(reader.get_by_role("heading", level=1)).to_have_text("Lantern houses at the quay")
        expect(reader.get_by_role("complementary")).to_contain_text("Ada Bee")
        reader.goto(mine + item)
        reader.get_by_label("From now on").select_option("withdrawn")
        reader.get_by_label("Why").first.fill("tells where the houses are")
        reader.get_by_role("button", name="Decide").click()
        work()
        answer = reader.goto(f"{mine}/documents/lantern-houses")
        assert answer
        assert answer.status == 410
        assert "lantern keepers" not in reader.locator("main").inner_text()
        reader.goto(f"{mine}/search?q=lantern+keepers")
        expect(reader.locator("main")).not_to_contain_text("should meet every child")


def test_back_out_of_a_dead_end(plain: Page, product: Product) -> None:
    """From a search that finds nothing there is a way on to what is here."""
    plain.goto(f"{product}/search?q=guardian&theme=child-labour&country=FR")
    plain.get_by_role("link", name="search without them").click()
    expect(plain.locator(".hit").first).to_be_visible()


def test_an_added_name_is_taken_out_and_put_back(plain: Page, product: Product) -> None:
    """One click leaves out a name that was searched too, another one searches it again."""
    plain.goto(f"{product}/search?q=unaccompanied+children")
    added = plain.get_by_role("list", name="Also searched").get_by_role("link")
    name = added.first.locator("span").first.inner_text()
    before = added.count()
    added.first.click()
    assert name not in plain.get_by_role("list", name="Also searched").all_inner_texts()
    plain.get_by_role("list", name="Left out").get_by_role("link", name=name).click()
    assert plain.get_by_role("list", name="Also searched").get_by_role("link").count() == before


def test_from_a_practice_to_others_like_it(plain: Page, product: Product) -> None:
    """From a practice found to what is like it, and from there to passages like it."""
    plain.goto(f"{product}/search?q=children&in=practices")
    title = plain.locator(".hit h2").first.inner_text()
    plain.locator(".hit").first.get_by_role("link", name="More like this").click()
    expect(plain.get_by_role("region", name="What others shall be like")).to_contain_text(title)
    assert title not in plain.locator(".hit h2").all_inner_texts()
    plain.get_by_role("list", name="Views of this search").get_by_role("link", name="Passages").click()
    expect(plain.get_by_role("region", name="What others shall be like")).to_contain_text(title)
