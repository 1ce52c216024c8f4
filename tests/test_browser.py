"""The product in a real browser: journeys without JavaScript, axe, keyboard, telephone, hostile text.

Needs Debian's chromium: its path in FINGERPOST_CHROMIUM, or on the PATH; without one the tests here are skipped.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright
from web_samples import EVIL_ADDRESSES, HARBOUR, keep_evil, pages_of

from corpus.home import Home
from webapp import create_app

CHROMIUM = os.environ.get("FINGERPOST_CHROMIUM") or shutil.which("chromium") or ""
pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
TAB_STOPS = 12
TARGETS = "button, .top nav a, .tabs a, .chip, .acts a, .facet li a, .foot li a, .where a"
PHONE = {"width": 390, "height": 844}
NARROWEST = {"width": 320, "height": 640}
SERVE = "import sys; from corpus.home import Home; from webapp.server import serve; "
SERVE += "serve(Home.find(sys.argv[1]), port=0, say=lambda said: print(said, flush=True))"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One headless chromium for all tests here."""
    if not Path(CHROMIUM).is_file():
        pytest.skip("no chromium here: install Debian's, or name one in FINGERPOST_CHROMIUM")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


def serving(home: Home) -> tuple[subprocess.Popen[str], str]:
    """The real server over a home, in a process of its own, and the address that it says."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(home.path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    return process, process.stdout.readline().strip().rstrip("/")


@pytest.fixture(scope="module")
def site(browser: Browser, home: Home) -> Iterator[str]:
    """The address of a server over the small real home; asks for the browser first, without which it is not needed."""
    process, address = serving(home)
    assert address.startswith("http://127.0.0.1:")
    yield address
    process.terminate()
    process.wait(10)


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page of a browser that runs no JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


# ---------------------------------------------------------------------------------------------- journeys


def test_from_a_question_to_a_practice(plain: Page, site: str, home: Home) -> None:
    """A practitioner types what she needs and reads what a practice took, what failed and when it won't transfer."""
    practice = create_app(home).extensions["fingerpost"].catalogue.practices()[0]
    plain.goto(site)
    plain.get_by_role("searchbox").fill(" ".join(practice.title.split()[:5]))
    plain.get_by_role("button", name="Search").click()
    above = plain.get_by_role("region", name="Practices that may answer this")
    above.get_by_role("link", name=practice.title).click()
    for heading in ("What it took", "What failed", "When it will not transfer"):
        expect(plain.get_by_role("heading", name=heading)).to_be_visible()
    plain.get_by_role("link", name="Cite").click()
    expect(plain.get_by_text(practice.title).last).to_be_visible()


def test_from_a_question_to_a_cited_quotation(plain: Page, site: str) -> None:
    """A policy officer finds a recommendation, opens it at its page, and takes the words with their reference."""
    plain.goto(f"{site}/search?q=guardian")
    plain.get_by_role("list", name="Views of this search").get_by_role("link", name="Statements").click()
    plain.locator("#filters").get_by_role("link", name="Recommendation").click()
    plain.locator(".hit").first.get_by_role("link", name="Open at the page").click()
    expect(plain.locator("#quoted")).to_be_in_viewport()
    plain.get_by_role("link", name="Its permanent address").click()
    words = plain.locator("blockquote").inner_text()
    copied = plain.locator(".copy").inner_text()
    assert words.rstrip(".")[:60] in copied
    assert "p. " in copied


def test_back_out_of_a_dead_end(plain: Page, site: str) -> None:
    """From a search that finds nothing there is a way on to what is here."""
    plain.goto(f"{site}/search?q=guardian&theme=child-labour&country=FR")
    plain.get_by_role("link", name="search without them").click()
    expect(plain.locator(".hit").first).to_be_visible()


def test_an_added_name_is_taken_out_and_put_back(plain: Page, site: str) -> None:
    """One click leaves out a name that was searched too, another one searches it again."""
    plain.goto(f"{site}/search?q=unaccompanied+children")
    added = plain.get_by_role("list", name="Also searched").get_by_role("link")
    name = added.first.locator("span").first.inner_text()
    before = added.count()
    added.first.click()
    assert name not in plain.get_by_role("list", name="Also searched").all_inner_texts()
    plain.get_by_role("list", name="Left out").get_by_role("link", name=name).click()
    assert plain.get_by_role("list", name="Also searched").get_by_role("link").count() == before


def test_from_a_passage_to_others_like_it(plain: Page, site: str, home: Home) -> None:
    """From a hit to what is like it, and from there to practices like it."""
    plain.goto(f"{site}/search?q=children&in=practices")
    title = plain.locator(".hit h2").first.inner_text()
    plain.locator(".hit").first.get_by_role("link", name="More like this").click()
    expect(plain.get_by_role("region", name="What others shall be like")).to_contain_text(title)
    assert title not in plain.locator(".hit h2").all_inner_texts()
    plain.get_by_role("list", name="Views of this search").get_by_role("link", name="Passages").click()
    expect(plain.get_by_role("region", name="What others shall be like")).to_contain_text(title)


# ---------------------------------------------------------------------------------------------- completion


def test_completion_by_keyboard(browser: Browser, site: str) -> None:
    """Arrows move through the suggestions while the focus stays in the field, Enter takes one, Escape closes."""
    page = browser.new_page()
    page.goto(site)
    field = page.get_by_role("combobox", name="Search the knowledge base")
    field.press_sequentially("guard")
    listed = page.get_by_role("listbox", name="Suggestions")
    expect(listed).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status").first).to_contain_text("suggestion")
    field.press("ArrowDown")
    chosen = page.get_by_role("option", selected=True)
    expect(field).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
    expect(field).to_be_focused()
    expect(field).to_have_value("guard")
    field.press("Escape")
    expect(listed).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press("ArrowDown")
    expect(listed).to_be_visible()
    field.press("ArrowUp")
    expect(page.get_by_role("option").last).to_have_attribute("aria-selected", "true")
    field.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_count(0)
    field.press("ArrowDown")
    label = chosen.locator(".name").evaluate("e => e.firstChild.textContent")
    field.press("Enter")
    page.wait_for_url("**/search?q=*")
    expect(page.get_by_role("combobox").first).to_have_value(label)
    page.close()


def test_completion_by_touch_keeps_the_filters(browser: Browser, site: str) -> None:
    """A suggestion that is touched is searched for, within the filters that were chosen; targets are 44 px high."""
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{site}/search?q=children&doc={HARBOUR}")
    field = page.get_by_role("combobox").first
    field.fill("guard")
    option = page.get_by_role("option").first
    option.wait_for()
    assert (option.bounding_box() or {})["height"] >= 43.5
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    label = option.locator(".name").evaluate("e => e.firstChild.textContent")
    option.tap()
    page.wait_for_url(f"**doc={HARBOUR}**")
    expect(page.get_by_role("combobox").first).to_have_value(label)
    context.close()


def test_what_was_typed_is_searched_when_nothing_is_chosen(browser: Browser, site: str) -> None:
    """Enter searches the words as they stand; a field whose requests fail is a plain field."""
    page = browser.new_page()
    page.route("**/api/v1/suggest**", lambda route: route.abort())
    page.goto(site)
    field = page.get_by_role("combobox")
    field.press_sequentially("guard")
    field.press("Enter")
    page.wait_for_url("**/search?q=guard")
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_list(browser: Browser, site: str, scheme: str) -> None:
    """With suggestions open and one of them chosen, axe-core reports no violation."""
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{site}/search?q=children")
    page.get_by_role("combobox").fill("chi")
    page.get_by_role("option").first.wait_for()
    page.get_by_role("combobox").press("ArrowDown")
    violations = Axe().run(page).response["violations"]
    context.close()
    assert not [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in violations]


# ---------------------------------------------------------------------------------------------- for everyone


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_axe_finds_nothing(browser: Browser, site: str, home: Home, scheme: str, direction: str) -> None:
    """axe-core reports no violation on any kind of page, light and dark, in both directions."""
    # axe is put into the page as a script, which our own policy forbids: only here it is set aside.
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page, found = context.new_page(), []
    for name, address in pages_of(create_app(home).test_client()).items():
        page.goto(site + address)
        page.evaluate("way => document.documentElement.dir = way", direction)
        for violation in Axe().run(page).response["violations"]:
            found.append(f"{name}: {violation['id']}: {violation['nodes'][0]['html'][:200]}")
    context.close()
    assert not found


def test_everything_is_reached_by_keyboard(browser: Browser, site: str) -> None:
    """Tab goes first to the skip link, then on; each stop is on the screen and has an outline."""
    page = browser.new_page()
    page.goto(f"{site}/search?q=guardian")
    for stop in range(TAB_STOPS):
        page.keyboard.press("Tab")
        at = page.evaluate(
            "() => { const e = document.activeElement, r = e.getBoundingClientRect(), s = getComputedStyle(e);"
            " return [e.className, r.top >= -1 && r.bottom <= innerHeight + 1 && r.width > 1, s.outlineStyle] }"
        )
        assert at[1], at
        assert at[2] != "none", at
        assert stop or at[0] == "skip"
    page.close()


@pytest.mark.parametrize("size", [NARROWEST, PHONE], ids=["320", "390"])
def test_a_telephone_scrolls_one_way(browser: Browser, site: str, home: Home, size: dict[str, int]) -> None:
    """No kind of page is wider than a narrow screen (WCAG 2.2, 1.4.10)."""
    context = browser.new_context(viewport=size)  # type: ignore[arg-type]
    page, wide = context.new_page(), []
    for name, address in pages_of(create_app(home).test_client()).items():
        page.goto(site + address)
        if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
            wide.append(name)
    context.close()
    assert not wide


def test_targets_on_a_telephone(browser: Browser, site: str) -> None:
    """On a telephone what stands alone to be touched is at least 44 px high."""
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{site}/search?q=guardian&theme=guardianship")
    small = page.evaluate(
        "chosen => [...document.querySelectorAll(chosen)]"
        ".filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML.slice(0, 120))",
        TARGETS,
    )
    context.close()
    assert not small


def test_nothing_comes_from_elsewhere(browser: Browser, site: str, home: Home) -> None:
    """Every request of every kind of page goes to this site, and the policy blocks nothing of ours."""
    page, asked, said = browser.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for address in pages_of(create_app(home).test_client()).values():
        page.goto(site + address)
    page.close()
    assert asked
    assert not [url for url in asked if not url.startswith(site)]
    assert not said


def test_hostile_text_runs_nowhere(browser: Browser, fresh_home: Home) -> None:
    """A document full of markup is shown as text: no dialog, no script, no request of its own."""
    process, address = serving(keep_evil(fresh_home))
    page, dialogs, asked = browser.new_page(), [], []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: asked.append(request.url))
    try:
        for path in EVIL_ADDRESSES:
            page.goto(address + path)
            assert page.locator("img").count() == 0
            assert page.locator("script:not([src^='/static/']):not([type='application/ld+json'])").count() == 0
            page.get_by_role("combobox").first.fill("repo")
            page.get_by_role("option").first.wait_for()
            assert page.locator("img").count() == 0
    finally:
        page.close()
        process.terminate()
        process.wait(10)
    assert not dialogs
    assert not [url for url in asked if not url.startswith(address)]


def test_the_page_of_a_hit_is_on_the_first_screen(browser: Browser, site: str) -> None:
    """Opened from a hit, the marked words are on the screen without scrolling, on a telephone too."""
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{site}/search?q=psychologist+counselling&doc={HARBOUR}")
    page.locator(".hit").first.get_by_role("link", name="Open at the page").click()
    expect(page.locator("mark").first).to_be_in_viewport()
    context.close()


def test_a_note_stands_beside_its_statement(browser: Browser, site: str, home: Home) -> None:
    """In a wide window at the line where the statement ends, right of the text; on a telephone in the list after it."""
    said = create_app(home).extensions["fingerpost"].catalogue.statements(HARBOUR)[0]
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{site}/documents/{HARBOUR}/pages/{said.span.page}")
    mark, note, text = (page.locator(chosen).first for chosen in (".said-mark", ".beside", ".sheet"))
    at, beside, words = (found.bounding_box() or {} for found in (mark, note, text))
    assert abs(beside["y"] - at["y"]) < 40
    assert beside["x"] >= words["x"] + words["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    expect(note).to_be_hidden()
    expect(page.get_by_role("heading", name="What this page says")).to_be_visible()
    page.close()


def test_a_strip_is_no_stop_of_the_keyboard(browser: Browser, site: str) -> None:
    """Its marks lead to pages by the mouse; the keyboard goes past them to the text."""
    page = browser.new_page()
    page.goto(f"{site}/documents/{HARBOUR}/pages/2")
    marks = page.locator("svg.strip a")
    assert marks.count()
    assert marks.evaluate_all("all => all.every(one => one.tabIndex < 0 && one.closest('[aria-hidden=true]'))")
    marks.first.click(force=True)
    expect(page).to_have_url(re.compile(rf"/documents/{HARBOUR}/pages/\d+$"))
    page.close()


# ---------------------------------------------------------------------------------------------- terms of the glossary


@pytest.fixture(scope="module")
def explained(home: Home) -> str:
    """The address of a statement in which a term is marked."""
    client = create_app(home).test_client()
    addresses = (
        f"/statements/{s.id}" for s in client.application.extensions["fingerpost"].catalogue.statements(HARBOUR)
    )
    return next(address for address in addresses if 'class="term"' in client.get(address).get_data(as_text=True))


def test_a_term_is_explained_on_a_telephone(browser: Browser, site: str, explained: str) -> None:
    """A tap lays the explanation over the foot of the screen, without a script; a second one goes back to the word."""
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(site + explained)
    term = page.locator("a.term").first
    note = page.locator(".terms dl > div").first
    expect(note).not_to_be_in_viewport()
    says = term.get_attribute("data-says") or ""
    term.tap()
    shown = page.locator(".terms div:target")
    expect(shown).to_be_in_viewport(ratio=1)
    expect(shown).to_contain_text(says)
    expect(term).to_be_in_viewport()
    back = shown.get_by_role("link", name="Back to the text")
    assert (back.bounding_box() or {})["height"] >= 43.5
    back.tap()
    expect(page.locator(".terms div:target")).to_have_count(0)
    expect(term).to_be_in_viewport()
    context.close()


def test_a_term_is_explained_beside_it_on_hover_and_focus(browser: Browser, site: str, explained: str) -> None:
    """With a mouse or the keyboard the explanation stands under the word, inside the page; Enter opens the note."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(site + explained)
    term = page.locator("a.term").first
    shown = "e => getComputedStyle(e, '::after').content"
    assert term.evaluate(shown) == "none"
    term.hover()
    assert (term.get_attribute("data-says") or "-")[:40] in term.evaluate(shown)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    page.mouse.move(0, 0)
    assert term.evaluate(shown) == "none"
    page.locator("blockquote").first.evaluate("e => { e.tabIndex = -1; e.focus() }")
    page.keyboard.press("Tab")
    assert term.evaluate("e => e === document.activeElement")
    assert term.evaluate(shown) != "none"
    page.keyboard.press("Enter")
    expect(page.locator(".terms div:target")).to_be_in_viewport()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.pathname").startswith("/glossary/")
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_an_open_explanation(browser: Browser, site: str, explained: str, scheme: str) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(site + explained)
    page.locator("a.term").first.click()
    violations = Axe().run(page).response["violations"]
    context.close()
    assert not [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in violations]


def test_the_glossary_is_sifted_while_typing(browser: Browser, site: str) -> None:
    """Only terms with all that is typed stay, in any case; how many is told; without a script all are there."""
    page = browser.new_page()
    page.goto(f"{site}/glossary")
    entries = page.locator(".glossary .entry")
    everything = entries.count()
    page.get_by_role("searchbox", name="Only terms with").fill("KAFALA system")
    expect(page.locator(".glossary .entry:visible")).to_have_count(1)
    expect(page.get_by_role("status").filter(has_text=f"1 of {everything} terms")).to_be_visible()
    page.get_by_role("searchbox", name="Only terms with").fill("")
    expect(page.locator(".glossary .entry:visible")).to_have_count(everything)
    page.close()


def test_a_quotation_is_copied_with_its_citation(browser: Browser, site: str, home: Home) -> None:
    """One click puts quotation, reference and page on the clipboard; nothing of the page offends its own policy."""
    statement = create_app(home).extensions["fingerpost"].catalogue.statements(HARBOUR)[0]
    context = browser.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    for address in (f"/statements/{statement.id}", f"/cite/{statement.id}"):
        page.goto(site + address)
        for fold in page.locator(".cited details summary").all()[:1]:
            fold.click()
        page.get_by_role("button", name="Copy quotation with citation").first.click()
        expect(page.get_by_role("status").filter(has_text="Copied").first).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert " ".join(statement.text.split())[:40].rstrip(".") in copied
        assert f"p. {statement.span.page_label or statement.span.page}" in copied
        assert "127.0.0.1" not in copied
    assert not said
    context.close()


def test_a_quotation_can_be_copied_without_a_script(plain: Page, site: str, home: Home) -> None:
    """The box with quotation and reference is there, and no button that does nothing."""
    statement = create_app(home).extensions["fingerpost"].catalogue.statements(HARBOUR)[0]
    plain.goto(f"{site}/statements/{statement.id}")
    expect(plain.locator(".copy")).to_contain_text(" ".join(statement.text.split())[:30])
    assert plain.get_by_role("button", name="Copy").count() == 0
