"""Pictures of every type of page, to be looked at: ``python -m tools.screenshots --home var --out screenshots``.

Each page as a desktop (1280), a telephone (390), in the dark and in Arabic show it; needs Debian's chromium (its path
in FINGERPOST_CHROMIUM, or on the PATH).  ``--only practice,home`` and ``--as phone,dark`` make fewer.
"""

from __future__ import annotations

import argparse
import os
import shutil
import threading
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright
from waitress.server import create_server

from corpus.home import Home
from tools.page_types import curators_pages, page_types
from webapp import create_app

TALLEST = 2600
"""Pixels of a page that are shown: enough to judge it, and few enough to look at."""
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
VARIANTS: dict[str, tuple[str, dict[str, Any]]] = {
    "desktop": ("", {"viewport": DESKTOP}),
    "phone": ("", {"viewport": PHONE, "is_mobile": True, "has_touch": True}),
    "dark": ("", {"viewport": DESKTOP, "color_scheme": "dark"}),
    "arabic": ("/ar", {"viewport": DESKTOP}),
    "arabic-phone": ("/ar", {"viewport": PHONE, "is_mobile": True, "has_touch": True}),
}
"""By name: what stands before a page's address, and how the browser is set."""


def main() -> None:
    """Serve a home, walk through its pages, write a picture of each."""
    told = argparse.ArgumentParser(description="Screenshots of every type of page.")
    told.add_argument("--home", help="the knowledge base to show")
    told.add_argument("--out", type=Path, default=Path("screenshots"), help="the folder that is written to")
    told.add_argument("--token", default="", help="a curator's token: the curators' pages are shown too")
    told.add_argument("--only", default="", help="types of pages, parted by commas; all without it")
    told.add_argument("--as", dest="variants", default=",".join(VARIANTS), help="of " + ", ".join(VARIANTS))
    options = told.parse_args()
    app = create_app(Home.find(options.home))
    chosen = [name for name in options.only.split(",") if name]
    every = {**page_types(app), "not here": "/documents/no-such-document"}
    if options.token:
        every |= curators_pages(next(at for at in every.values() if at.startswith("/documents/")).split("/")[2])
    pages = {name: at for name, at in every.items() if not chosen or name in chosen}
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    origin = f"http://127.0.0.1:{server.effective_port}"
    options.out.mkdir(parents=True, exist_ok=True)
    browser_path = os.environ.get("FINGERPOST_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for variant in options.variants.split(","):
            before, settings = VARIANTS[variant]
            context = browser.new_context(reduced_motion="reduce", **settings)
            if options.token:
                context.add_cookies([{"name": "curator", "value": options.token, "url": origin}])
            page = context.new_page()
            for name, address in pages.items():
                page.goto(f"{origin}{before}{address}")
                height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
                page.set_viewport_size({**settings["viewport"], "height": height})
                page.screenshot(path=options.out / f"{name.replace(' ', '-')}.{variant}.png")
                page.set_viewport_size(settings["viewport"])
            context.close()
        browser.close()
    print(f"{len(pages)} pages, {options.variants}: {options.out.resolve()}")


if __name__ == "__main__":
    main()
