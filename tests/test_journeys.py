"""The journeys of the people this is for, from a question to a cited quotation, with scripts and without."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from corpus.home import Home
from webapp import create_app

pytestmark = pytest.mark.slow


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def reader(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a browser that runs scripts, and of one that runs none."""
    context = browser.new_context(java_script_enabled=request.param, accept_downloads=True)
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


def test_a_practitioner(reader: Page, product: str, home: Home) -> None:
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


def test_a_policy_officer(reader: Page, product: str) -> None:
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


def test_an_author_of_a_course(reader: Page, product: str) -> None:
    """She goes in by the example questions, takes a lesson with its rights, and finds cases like it."""
    reader.goto(product)
    reader.get_by_role("link", name="All lessons").click()
    lesson = reader.locator(".hit").first
    expect(lesson.locator(".kind")).to_have_text("Lesson")
    lesson.locator("a.source").first.click()
    expect(reader.get_by_role("complementary")).to_contain_text("Reuse")
    reader.go_back()
    reader.locator(".hit").first.get_by_role("link", name="More like this").click()
    expect(reader.get_by_role("region", name="What others shall be like")).to_be_visible()
    view(reader, "Practices")
    reader.locator(".hit h2 a").first.click()
    reader.get_by_role("link", name="Cite").first.click()
    expect(reader.locator(".copy").first).to_be_visible()


def test_back_out_of_a_dead_end(plain: Page, product: str) -> None:
    """From a search that finds nothing there is a way on to what is here."""
    plain.goto(f"{product}/search?q=guardian&theme=child-labour&country=FR")
    plain.get_by_role("link", name="search without them").click()
    expect(plain.locator(".hit").first).to_be_visible()


def test_an_added_name_is_taken_out_and_put_back(plain: Page, product: str) -> None:
    """One click leaves out a name that was searched too, another one searches it again."""
    plain.goto(f"{product}/search?q=unaccompanied+children")
    added = plain.get_by_role("list", name="Also searched").get_by_role("link")
    name = added.first.locator("span").first.inner_text()
    before = added.count()
    added.first.click()
    assert name not in plain.get_by_role("list", name="Also searched").all_inner_texts()
    plain.get_by_role("list", name="Left out").get_by_role("link", name=name).click()
    assert plain.get_by_role("list", name="Also searched").get_by_role("link").count() == before


def test_from_a_practice_to_others_like_it(plain: Page, product: str) -> None:
    """From a practice found to what is like it, and from there to passages like it."""
    plain.goto(f"{product}/search?q=children&in=practices")
    title = plain.locator(".hit h2").first.inner_text()
    plain.locator(".hit").first.get_by_role("link", name="More like this").click()
    expect(plain.get_by_role("region", name="What others shall be like")).to_contain_text(title)
    assert title not in plain.locator(".hit h2").all_inner_texts()
    plain.get_by_role("list", name="Views of this search").get_by_role("link", name="Passages").click()
    expect(plain.get_by_role("region", name="What others shall be like")).to_contain_text(title)
