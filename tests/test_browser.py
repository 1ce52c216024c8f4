"""What scripts and styles add, in a real browser: completion, terms explained, copying, notes beside their words.

Needs Debian's chromium: its path in FINGERPOST_CHROMIUM, or on the PATH; without one the tests here are skipped.
"""

from __future__ import annotations

import re

import pytest
from browsing import DESKTOP, PHONE, violations
from playwright.sync_api import Browser, Page, expect
from web_samples import HARBOUR

from corpus.home import Home
from webapp import create_app

pytestmark = pytest.mark.slow

# ---------------------------------------------------------------------------------------------- completion


def test_completion_by_keyboard(browser: Browser, product: str) -> None:
    """Arrows move through the suggestions while the focus stays in the field, Enter takes one, Escape closes."""
    page = browser.new_page()
    page.goto(product)
    field = page.get_by_role("combobox", name="Search the knowledge base")
    field.press_sequentially("guard")
    listed = page.get_by_role("listbox", name="Suggestions")
    expect(listed).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status").first).to_contain_text("Suggestions: ")
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


def test_completion_by_touch_keeps_the_filters(browser: Browser, product: str) -> None:
    """A suggestion that is touched is searched for, within the filters that were chosen; targets are 44 px high."""
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{product}/search?q=children&doc={HARBOUR}")
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


def test_what_was_typed_is_searched_when_nothing_is_chosen(browser: Browser, product: str) -> None:
    """Enter searches the words as they stand; a field whose requests fail is a plain field."""
    page = browser.new_page()
    page.route("**/api/v1/suggest**", lambda route: route.abort())
    page.goto(product)
    field = page.get_by_role("combobox")
    field.press_sequentially("guard")
    field.press("Enter")
    page.wait_for_url("**/search?q=guard")
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_list(browser: Browser, product: str, scheme: str) -> None:
    """With suggestions open and one of them chosen, axe-core reports no violation."""
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{product}/search?q=children")
    page.get_by_role("combobox").fill("chi")
    page.get_by_role("option").first.wait_for()
    page.get_by_role("combobox").press("ArrowDown")
    found = violations(page)
    context.close()
    assert not found


# ---------------------------------------------------------------------------------------------- reading


def test_the_page_of_a_hit_is_on_the_first_screen(browser: Browser, product: str) -> None:
    """Opened from a hit, the marked words are on the screen without scrolling, on a telephone too."""
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{product}/search?q=psychologist+counselling&doc={HARBOUR}")
    page.locator(".hit").first.get_by_role("link", name="Open at the page").click()
    expect(page.locator("mark").first).to_be_in_viewport()
    context.close()


def test_a_note_stands_beside_its_statement(browser: Browser, product: str, home: Home) -> None:
    """In a wide window at the line where the statement ends, right of the text; on a telephone in the list after it."""
    said = create_app(home).extensions["fingerpost"].catalogue.statements(HARBOUR)[0]
    page = browser.new_page(viewport=DESKTOP)
    page.goto(f"{product}/documents/{HARBOUR}/pages/{said.span.page}")
    mark, note, text = (page.locator(chosen).first for chosen in (".said-mark", ".beside", ".sheet > p"))
    at, beside, words = (found.bounding_box() or {} for found in (mark, note, text))
    assert abs(beside["y"] - at["y"]) < 40
    assert beside["x"] >= words["x"] + words["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    expect(note).to_be_hidden()
    expect(page.get_by_role("heading", name="What this page says")).to_be_visible()
    page.close()


def test_a_strip_is_no_stop_of_the_keyboard(browser: Browser, product: str) -> None:
    """Its marks lead to pages by the mouse; the keyboard goes past them to the text."""
    page = browser.new_page()
    page.goto(f"{product}/documents/{HARBOUR}/pages/2")
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


def test_a_term_is_explained_on_a_telephone(browser: Browser, product: str, explained: str) -> None:
    """A tap lays the explanation over the foot of the screen, without a script; a second one goes back to the word."""
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(product + explained)
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


def test_a_term_is_explained_beside_it_on_hover_and_focus(browser: Browser, product: str, explained: str) -> None:
    """With a mouse or the keyboard the explanation stands under the word, inside the page; Enter opens the note.

    Escape takes either away (WCAG 2.2, 1.4.13).
    """
    page = browser.new_page(viewport=DESKTOP)
    page.goto(product + explained)
    term = page.locator("a.term").first
    shown = "e => getComputedStyle(e, '::after').content"
    assert term.evaluate(shown) == "none"
    term.hover()
    assert (term.get_attribute("data-says") or "-")[:40] in term.evaluate(shown)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    page.keyboard.press("Escape")
    assert term.evaluate(shown) == "none"
    page.mouse.move(0, 0)
    term.hover()
    assert term.evaluate(shown) != "none"
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
    page.keyboard.press("Escape")
    expect(page.locator(".terms div:target")).to_have_count(0)
    expect(term).to_be_focused()
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_an_open_explanation(browser: Browser, product: str, explained: str, scheme: str) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(product + explained)
    page.locator("a.term").first.click()
    found = violations(page)
    context.close()
    assert not found


def test_the_glossary_is_sifted_while_typing(browser: Browser, product: str) -> None:
    """Only terms with all that is typed stay, in any case; how many is told; without a script all are there."""
    page = browser.new_page()
    page.goto(f"{product}/glossary")
    entries = page.locator(".glossary .entry")
    everything = entries.count()
    page.get_by_role("searchbox", name="Only terms with").fill("KAFALA system")
    expect(page.locator(".glossary .entry:visible")).to_have_count(1)
    expect(page.get_by_role("status").filter(has_text=f"Terms shown: 1 of {everything}")).to_be_visible()
    page.get_by_role("searchbox", name="Only terms with").fill("")
    expect(page.locator(".glossary .entry:visible")).to_have_count(everything)
    page.close()


def test_a_quotation_is_copied_with_its_citation(browser: Browser, product: str, home: Home) -> None:
    """One click puts quotation, reference and page on the clipboard; nothing of the page offends its own policy."""
    statement = create_app(home).extensions["fingerpost"].catalogue.statements(HARBOUR)[0]
    context = browser.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    for address in (f"/statements/{statement.id}", f"/cite/{statement.id}"):
        page.goto(product + address)
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


def test_a_quotation_can_be_copied_without_a_script(plain: Page, product: str, home: Home) -> None:
    """The box with quotation and reference is there, and no button that does nothing."""
    statement = create_app(home).extensions["fingerpost"].catalogue.statements(HARBOUR)[0]
    plain.goto(f"{product}/statements/{statement.id}")
    expect(plain.locator(".copy")).to_contain_text(" ".join(statement.text.split())[:30])
    assert plain.get_by_role("button", name="Copy").count() == 0
