"""Every type of page for everyone: axe, keyboard, telephone, zoom, paper, less motion, nothing from elsewhere."""

from __future__ import annotations

import io
from typing import Any

import pytest
from browsing import DESKTOP, NARROWEST, PHONE, Product, Readers, violations
from playwright.sync_api import Browser
from pypdf import PdfReader
from web_samples import HARBOUR, pages_of

from tools.page_types import curators_pages
from webapp import create_app

pytestmark = pytest.mark.slow

TARGETS = "button, .top .menu summary, .tabs a, .chip, .acts a, .facet li a, .foot li a, .where a"
ZOOMED: Any = {"width": 640, "height": 450}
"""What a window of 1280 by 900 holds at 200 %."""
KEYS_PRESSED = 12
FILES = {"cite.download", "health.healthz", "pictures.picture"}
"""What answers with a file at an address without an ending."""
NOT_IN_IT = {"contribute.receipt", "curator.contribution", "notes.note"}
"""Pages of what this home does not hold: contributions (tests/test_contributions.py), notes (tests/test_notes.py)."""
FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
STOPS = """const stops = [...document.querySelectorAll(chosen)]
  .filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility());"""
WALK = """() => {
  const faults = [];
  for (const stop of window.stops) {
    stop.focus({ focusVisible: true });
    const drawn = getComputedStyle(stop), r = stop.getBoundingClientRect();
    const outlined = drawn.outlineStyle !== "none" && parseFloat(drawn.outlineWidth) >= 2;
    const seen = r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth && r.width > 1;
    if (document.activeElement !== stop || !outlined || !seen) faults.push(stop.outerHTML.slice(0, 150));
  }
  return faults;
}"""
"""Gives the focus to everything in turn, and says what does not take it or does not show it."""
AT = "() => window.stops.indexOf(document.activeElement)"
TRAPS = """() => [...document.querySelectorAll("*")].filter(e => e.checkVisibility()
  && ["auto", "scroll"].includes(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1
  && !(e.tabIndex === 0 && (e.ariaLabel || e.getAttribute("aria-labelledby"))) && !e.querySelector("a[href], button"))
  .map(e => e.outerHTML.slice(0, 150))"""
"""Boxes that scroll sideways and that the keyboard cannot scroll, or that have no name."""


@pytest.fixture(scope="module")
def pages(product: Product) -> dict[str, str]:
    """An address for each type of page, those of a collection and of curators too, and one at which nothing is."""
    return {
        **pages_of(create_app(product.home).test_client()),
        "collection": product.collection["read"],
        "collection edited": product.collection["edit"],
        "collection searched": product.collection["edit"] + "/find?q=children",
        **curators_pages(HARBOUR),
        "not here": "/documents/no-such-document",
    }


def test_every_page_is_among_them(product: Product, pages: dict[str, str]) -> None:
    """A new page is put into the list of types, and so into all that is tested here."""
    app = create_app(product.home)
    match = app.url_map.bind("localhost").match
    seen = {match(address.partition("?")[0])[0] for address in pages.values()}
    routes = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and rule.endpoint not in seen]
    files = ("/api/", "/static/")
    missing = {r.endpoint for r in routes if "." not in r.rule.rsplit("/", 1)[-1] and not r.rule.startswith(files)}
    assert missing == FILES | NOT_IN_IT


@pytest.mark.parametrize(("language", "scheme"), [("", "light"), ("/ar", "dark")], ids=["ltr-light", "rtl-dark"])
def test_axe_finds_nothing(
    browser: Browser, product: Product, pages: dict[str, str], language: str, scheme: Any
) -> None:
    """axe-core reports no violation on any type of page, from left to right by day, from right to left in the dark."""
    # axe is put into the page as a script, which our own policy forbids: only here it is set aside.
    readers, found = Readers(browser, product, color_scheme=scheme, bypass_csp=True), []
    for name, address in pages.items():
        page = readers.open(address, language)
        found += [f"{name}: {one}" for one in violations(page)]
        assert page.evaluate("document.documentElement.dir") == ("rtl" if language else "ltr")
    readers.close()
    assert not found


def test_everything_is_reached_by_keyboard(browser: Browser, product: Product, pages: dict[str, str]) -> None:
    """On every type of page what can be used takes the focus and shows it; Tab goes in order, and out at the end."""
    readers = Readers(browser, product, viewport=DESKTOP, reduced_motion="reduce")
    for name, address in pages.items():
        page = readers.open(address)
        stops = page.evaluate("chosen => { " + STOPS + " window.stops = stops; return stops.length; }", FOCUSABLE)
        at = -1
        for _ in range(min(stops, KEYS_PRESSED)):
            before = at
            page.keyboard.press("Tab")
            at = page.evaluate(AT)
            # A field for a date has a stop for its day, its month and its year.
            assert at == before + 1 or (at == before and page.evaluate("document.activeElement.type") == "date"), (
                name,
                at,
            )
            assert at or page.evaluate("document.activeElement.className") == "skip"
        faults = page.evaluate(WALK)
        assert not faults, (name, faults[:3])
        page.keyboard.press("Tab")
        assert page.evaluate(AT) != stops - 1, f"{name}: the keyboard does not get out"
    readers.close()


def test_pages_scroll_one_way(browser: Browser, product: Product, pages: dict[str, str]) -> None:
    """No type of page is wider than a telephone, or than a wide screen at 200 % or with letters twice as large.

    What is wider scrolls in a box of its own, which the keyboard reaches and which has a name (WCAG 1.4.4, 1.4.10).
    """
    readers, wide = Readers(browser, product, viewport=DESKTOP), []
    for name, address in pages.items():
        page = readers.open(address)
        for size, letters in ((DESKTOP, "200%"), (ZOOMED, ""), (PHONE, ""), (NARROWEST, "")):
            page.set_viewport_size(size)
            page.evaluate("size => { document.documentElement.style.fontSize = size; }", letters)
            if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
                wide.append(f"{name}: {size['width']} {letters}")
            wide += [f"{name}: {box}" for box in page.evaluate(TRAPS)]
    readers.close()
    assert not wide


def test_targets_on_a_telephone(browser: Browser, product: Product) -> None:
    """On a telephone what stands alone to be touched is at least 44 px high."""
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{product}/search?q=guardian&theme=guardianship")
    page.locator(".menu summary").tap()
    small = page.evaluate(
        "chosen => [...document.querySelectorAll(chosen + ', .menu a')]"
        ".filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML.slice(0, 120))",
        TARGETS,
    )
    context.close()
    assert not small


def test_the_menu_of_a_telephone_needs_no_script(browser: Browser, product: Product) -> None:
    """The header takes two rows; its fold opens to the ways in, and leads there."""
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{product}/search?q=guardian")
    assert (page.locator("header.top").bounding_box() or {})["height"] < 120
    page.locator(".menu summary").tap()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Themes").tap()
    page.wait_for_url(f"{product}/themes")
    context.close()


def test_paper_has_the_words_and_no_controls(browser: Browser, product: Product, pages: dict[str, str]) -> None:
    """Printed, a page has its heading and its page numbers, and none of what only a screen can use."""
    page = browser.new_page()
    for name in ("practice", "quotation on its page", "statement", "search", "theme", "evidence by kind"):
        page.goto(product + pages[name])
        heading = page.locator("h1").inner_text()
        text = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf())).pages)
        printed = " ".join(text.split())
        assert name == "search" or " ".join(heading.split())[:20] in printed, name
        assert "Skip to the content" not in printed, name
        assert "Evidence map Documents About" not in printed, name
        assert "not a help service" in printed, name
    page.close()


def test_less_motion_is_no_motion(browser: Browser, product: Product, pages: dict[str, str]) -> None:
    """Who asks for less motion gets none: no smooth scrolling, no animation, no transition."""
    moves = "() => [getComputedStyle(document.documentElement).scrollBehavior, document.getAnimations().length]"
    for wanted, smooth in (("reduce", "auto"), ("no-preference", "smooth")):
        context = browser.new_context(reduced_motion=wanted)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(product + pages["quotation on its page"])
        assert page.evaluate(moves) == [smooth, 0]
        context.close()


def test_nothing_comes_from_elsewhere(browser: Browser, product: Product, pages: dict[str, str]) -> None:
    """Every request of every type of page goes to this site, and the policy blocks nothing of ours."""
    readers, asked, said = Readers(browser, product), [], []
    for page in readers.pages:
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: said.append(str(error)))
    for name, address in pages.items():
        if name != "not here":  # the browser itself reports a 404
            readers.open(address)
    readers.close()
    assert asked
    assert not [url for url in asked if not url.startswith(product)]
    assert not said
