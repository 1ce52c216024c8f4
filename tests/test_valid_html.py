"""Every type of page is valid HTML by the Nu Html Checker, in English and in Arabic.

Needs Java and the checker (``tools/html-validator.sh`` puts it into ``.venv/validator``); without them it is skipped.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from web_samples import EVIL_ADDRESSES, HARBOUR, keep_evil, pages_of

from corpus.home import Home
from corpus.people import People, curators
from webapp import create_app

ROOT = Path(__file__).resolve().parent.parent
JAR = Path(os.environ.get("FINGERPOST_VNU") or ROOT / ".venv/validator/node_modules/vnu-jar/build/dist/vnu.jar")
LANGUAGES = ("", "/ar")
"""Prefixes of the addresses: one direction of writing each."""
FAULTY = ("/nothing", "/search?page=x", "/documents/nothing", "/search?q=children&page=900", "/cite/nothing/ris")
AWKWARD = ("/search?q=%3Cb%3E%22'%26", "/search?q=a&in=statements&kind=x", "/search?theme=%3C&org=%22", "/search?q=%00")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def checker() -> list[str]:
    """The command that checks files."""
    java = shutil.which("java")
    if not java:
        pytest.skip("needs Java (tools/debian-packages.sh installs it), which is not here")
    if not JAR.is_file():
        pytest.skip("needs the HTML validator (tools/html-validator.sh installs it), which is not here")
    return [java, "-jar", str(JAR), "--errors-only", "--format", "json", "--stdout", "--exit-zero-always"]


def complaints(checker: list[str], folder: Path, client: FlaskClient, addresses: Mapping[str, str]) -> list[str]:
    """What the checker says of some pages, each with the page's name; one run for all, for Java starts slowly."""
    files, pages = {}, folder / "pages"
    pages.mkdir()
    for number, (name, address) in enumerate(addresses.items()):
        response = client.get(address)
        assert response.mimetype == "text/html", (name, response.status_code)
        file = pages / f"{number}.html"
        file.write_bytes(response.data)
        files[file.name] = f"{name} ({address})"
    done = subprocess.run([*checker, str(pages)], capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)["messages"]
    return [f"{files[Path(m['url']).name]}: {m['message']} {m.get('extract', '')!r}" for m in told]


def plain_addresses(client: FlaskClient) -> list[str]:
    """The routes without a name in them that give pages, whoever may see them."""
    rules = [rule for rule in client.application.url_map.iter_rules() if not rule.arguments]
    given = {str(rule): client.get(str(rule)) for rule in rules if "GET" in (rule.methods or ())}
    return [address for address, response in given.items() if response.mimetype == "text/html"]


def test_the_checker_finds_faults(checker: list[str], tmp_path: Path) -> None:
    """A page with a list item outside of a list is found, so that silence below means something."""
    (tmp_path / "0.html").write_text("<!doctype html><html lang=en><title>a</title><div><li>b</li></div></html>")
    done = subprocess.run([*checker, str(tmp_path)], capture_output=True, text=True, check=True)
    assert [m["type"] for m in json.loads(done.stdout)["messages"]] == ["error"]


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_every_page_is_valid(checker: list[str], home: Home, tmp_path: Path, prefix: str) -> None:
    """Every type of page, and what answers mistaken addresses, in both directions of writing."""
    client = create_app(home).test_client()
    pages = {name: prefix + address for name, address in pages_of(client).items()}
    pages |= {address: prefix + address for address in (*FAULTY, *AWKWARD, *plain_addresses(client))}
    told = complaints(checker, tmp_path, client, pages)
    assert not told, "\n".join(told)


def test_pages_of_hostile_text_are_valid(checker: list[str], fresh_home: Home, tmp_path: Path) -> None:
    """A document that has markup in every field makes no page invalid."""
    client = create_app(keep_evil(fresh_home)).test_client()
    told = complaints(checker, tmp_path, client, {address: address for address in EVIL_ADDRESSES})
    assert not told, "\n".join(told)


def test_pages_of_an_empty_home_are_valid(checker: list[str], fresh_home: Home, tmp_path: Path) -> None:
    """The pages that tell a new home's keeper what to do are whole too."""
    client = create_app(fresh_home).test_client()
    pages = (
        "/", "/search", "/search?q=a", "/statements", "/documents", "/practices", "/themes", "/evidence", "/quality",
    )  # fmt: skip
    told = complaints(checker, tmp_path, client, {address: address for address in pages})
    assert not told, "\n".join(told)


def test_curators_pages_are_valid(checker: list[str], home: Home, tmp_path: Path) -> None:
    """With a job that waits, and forms for an item's fields."""
    shutil.copytree(home.path, tmp_path / "home")
    place = Home(tmp_path / "home")
    client = create_app(place).test_client()
    client.post("/curator/sign-in", data={"token": curators.add(People(place), "Ada Bee", "tester")})
    client.post(f"/curator/items/{HARBOUR}", data={"field": "title", "value": "A <b> & a ‘quote’"})
    queries = ("", "?field=kind", "?field=evidence.method", "?field=document_type", "?inside=passages")
    addresses = [a for a in plain_addresses(client) if a.startswith("/curator")]
    addresses += [f"/curator/items/{HARBOUR}{query}" for query in queries]
    assert len(addresses) > 10
    told = complaints(checker, tmp_path, client, {address: address for address in addresses})
    assert not told, "\n".join(told)
