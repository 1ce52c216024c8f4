"""What the browser's tests share: Debian's chromium, the real server over a home, and axe."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from web_samples import HARBOUR

from corpus.home import Home
from corpus.people import People, curators
from webapp import create_app
from webapp.knowledge import EXTENSION

CHROMIUM = os.environ.get("FINGERPOST_CHROMIUM") or shutil.which("chromium") or ""
ROOT = Path(__file__).resolve().parent.parent
DESKTOP: Any = {"width": 1280, "height": 900}
PHONE: Any = {"width": 390, "height": 844}
NARROWEST: Any = {"width": 320, "height": 640}
SERVE = "import sys; from corpus.home import Home; from webapp.server import serve; "
SERVE += "serve(Home.find(sys.argv[1]), port=0, say=lambda said: print(said, flush=True))"
UNLIMITED = {"FINGERPOST_REQUESTS_PER_MINUTE": "0", "FINGERPOST_COSTLY_REQUESTS_PER_MINUTE": "0"}
"""Tests ask more in a minute than any reader."""


def needs_chromium() -> None:
    """Skip what asks for a browser where there is none."""
    if not Path(CHROMIUM).is_file():
        pytest.skip("no chromium here: install Debian's, or name one in FINGERPOST_CHROMIUM")


@contextmanager
def served(home: Home) -> Iterator[str]:
    """The real server over a home, in a process of its own, and its address."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(home.path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **UNLIMITED},
    )
    try:
        assert process.stdout
        address = process.stdout.readline().strip().rstrip("/")
        assert address.startswith("http://127.0.0.1:")
        yield address
    finally:
        process.terminate()
        process.wait(10)


class Product(str):
    """The address of a server over a home of its own, the token of its curator, and the addresses of a collection."""

    home: Home
    token: str
    collection: dict[str, str]


@contextmanager
def tended(home: Home) -> Iterator[Product]:
    """A server over a home with a curator and a collection."""
    token = curators.add(People(home), "Ada Bee", "tester")
    client = create_app(home).test_client()
    passage = client.application.extensions[EXTENSION].catalogue.passages(HARBOUR)[0]
    made = client.post("/collections", data={"title": "Guardians: a first reader", "item": passage.id})
    edit = made.headers["Location"].partition("?")[0]
    read = re.search(r"/collections/(?!edit)[\w-]{32}", client.get(edit).text)
    assert read
    with served(home) as address:
        product = Product(address)
        product.home, product.token, product.collection = home, token, {"edit": edit, "read": read[0]}
        yield product


class Readers:
    """A reader's browser and a curator's over one product, each with the settings given."""

    def __init__(self, browser: Browser, product: Product, **settings: Any) -> None:
        self._product = product
        self._contexts = [browser.new_context(**settings) for _ in range(2)]
        self._contexts[1].add_cookies([{"name": "curator", "value": product.token, "url": product}])
        self.pages = [context.new_page() for context in self._contexts]

    def open(self, address: str, language: str = "") -> Page:
        """Open a page as a reader does, a curator's page as a curator does."""
        page = self.pages[address.startswith("/curator") and not address.endswith("/sign-in")]
        page.goto(f"{self._product}{language}{address}")
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()


def violations(page: Page, *rules: str) -> list[str]:
    """What axe-core finds on a page (its context must set our policy aside: axe is put into it as a script)."""
    options = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"][:3]]
