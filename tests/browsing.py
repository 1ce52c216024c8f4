"""What the browser's tests share: Debian's chromium, the real server over a home, and axe."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from corpus.home import Home

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


def violations(page: Page, *rules: str) -> list[str]:
    """What axe-core finds on a page (its context must set our policy aside: axe is put into it as a script)."""
    options = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"][:3]]
