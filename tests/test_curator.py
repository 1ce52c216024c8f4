"""The curators' door: tokens, the cookie, what a stranger gets."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient

from corpus.home import Home
from corpus.people import People, audit, curators
from webapp import create_app
from webapp.knowledge import EXTENSION
from webapp.pages.curator.door import TRIES_A_MINUTE

Cli = Callable[..., Result]


@pytest.fixture
def app(fresh_home: Home) -> Flask:
    return create_app(fresh_home)


def signed_in(app: Flask, home: Home, name: str = "Ada Bee") -> FlaskClient:
    """A browser in which a curator has signed in."""
    client = app.test_client()
    client.post("/curator/sign-in", data={"token": curators.add(People(home), name, "tester")})
    return client


def test_a_token_is_printed_once_and_kept_as_a_hash(fingerpost: Cli, tmp_path: Path) -> None:
    """Neither the list nor any file of the home holds it."""
    made = fingerpost("curators", "add", "Ada Bee")
    token = made.stdout.strip()
    assert token.startswith(curators.PREFIX)
    assert token not in fingerpost("curators", "list").output
    assert not [f for f in (tmp_path / "home").rglob("*") if f.is_file() and token.encode() in f.read_bytes()]
    listed = json.loads(fingerpost("curators", "list", "--json").output)
    assert [(one["name"], one["used"], one["revoked"]) for one in listed] == [("Ada Bee", "", "")]


@pytest.mark.parametrize("name", ["", " ", "x" * 81, "Ada\x00Bee", "Ada \u202eeeB"])
def test_a_curator_needs_a_name(fingerpost: Cli, name: str) -> None:
    """What cannot be shown in a log is no name."""
    refused = fingerpost("curators", "add", name)
    assert refused.exit_code == 2
    assert "printable characters" in refused.output


def test_a_stranger_is_led_to_the_sign_in_page(app: Flask) -> None:
    """Every page of the curators', and everything sent to one, without a word on what stands there."""
    client = app.test_client()
    rules = [str(rule) for rule in app.url_map.iter_rules() if str(rule).startswith("/curator")]
    assert len(rules) > 2
    for rule in rules:
        path = re.sub("<[^>]*>", "1", rule)
        for answer in (client.get(path), client.post(path)):
            if path != "/curator/sign-in" and answer.status_code != 405:
                assert (answer.status_code, answer.headers["Location"]) == (303, "/curator/sign-in"), path
                assert answer.headers["Cache-Control"] == "no-store"
    assert not People(Home(Path(app.extensions["fingerpost"].folder))).exists


def test_the_cookie_is_for_this_site_and_for_no_script(app: Flask, fresh_home: Home) -> None:
    """HttpOnly, SameSite=Strict, for the whole site (languages are prefixes), without an end of its own."""
    token = curators.add(People(fresh_home), "Ada Bee", "tester")
    answer = app.test_client().post("/curator/sign-in", data={"token": f" {token}\n"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/curator")
    assert answer.headers["Set-Cookie"] == f"curator={token}; HttpOnly; Path=/; SameSite=Strict"


@pytest.mark.parametrize(
    ("settings", "base"), [({}, "https://x.example"), ({"public_url": "https://x.example"}, "http://x.example")]
)
def test_over_https_the_cookie_is_secure(fresh_home: Home, settings: dict[str, str], base: str) -> None:
    """Also behind a proxy that ends https, where the public address tells so."""
    token = curators.add(People(fresh_home), "Ada Bee", "tester")
    client = create_app({"home": fresh_home, **settings}).test_client()
    answer = client.post("/curator/sign-in", data={"token": token}, base_url=base)
    assert "Secure" in answer.headers["Set-Cookie"]


def test_pages_are_kept_by_nobody_and_listed_nowhere(app: Flask, fresh_home: Home) -> None:
    """In every language."""
    client = signed_in(app, fresh_home)
    for path in ("/curator", "/fr/curator", "/curator/sign-in"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert (answer.headers["Cache-Control"], answer.headers["X-Robots-Tag"]) == ("no-store", "noindex")
        assert "Ada Bee" in answer.text


def test_revoking_holds_at_once(app: Flask, fresh_home: Home, fingerpost: Cli) -> None:
    """Who is signed in is out at the next click, and cannot come in again."""
    token = curators.add(People(fresh_home), "Ada Bee", "tester")
    client = app.test_client()
    client.post("/curator/sign-in", data={"token": token})
    assert client.get("/curator").status_code == 200
    assert fingerpost("curators", "revoke", "Ada  Bee", home=fresh_home.path).exit_code == 0
    assert client.get("/curator").status_code == 303
    assert client.post("/curator/sign-in", data={"token": token}).status_code == 403
    assert fingerpost("curators", "revoke", "Ada Bee", home=fresh_home.path).exit_code == 2


def test_who_tries_to_sign_in_is_held_under_a_hash(app: Flask) -> None:
    """Each client's tries are counted for themselves, and memory holds nobody's address."""

    def tried(address: str) -> int:
        sent = {"data": {"token": "x"}, "environ_base": {"REMOTE_ADDR": address}}
        return app.test_client().post("/curator/sign-in", **sent).status_code

    assert {tried("192.0.2.44") for _ in range(TRIES_A_MINUTE)} == {403}
    assert tried("192.0.2.44") == 429
    assert tried("192.0.2.45") == 403
    held = str(vars(app.extensions[f"{EXTENSION}.tries"]))
    assert "192.0.2.4" not in held


def test_signing_out_forgets_the_cookie(app: Flask, fresh_home: Home) -> None:
    """The log tells of coming and going."""
    client = signed_in(app, fresh_home)
    assert client.post("/curator/sign-out").headers["Location"] == "/curator/sign-in"
    assert client.get("/curator").status_code == 303
    found, total = audit.entries(People(fresh_home), who="Ada Bee")
    assert [one.action for one in found] == ["signed out", "signed in"]
    assert total == 2


def test_a_token_in_an_address_is_none(app: Flask, fresh_home: Home, caplog: pytest.LogCaptureFixture) -> None:
    """Addresses end in logs and histories; a form's fields do not, whatever goes wrong."""
    token = curators.add(People(fresh_home), "Ada Bee", "tester")
    client = app.test_client()
    assert client.get("/curator", query_string={"token": token}).status_code == 303
    assert client.post("/curator/sign-in", query_string={"token": token}).status_code == 403
    answers = [client.post("/curator/sign-in", data={"token": f"{token}x"})]
    app.view_functions["curator.overview"] = lambda: 1 / 0
    client.post("/curator/sign-in", data={"token": token})
    answers.append(client.get("/curator"))
    assert [answer.status_code for answer in answers] == [403, 500]
    assert token not in caplog.text + "".join(answer.text for answer in answers)
    assert "ZeroDivisionError" in caplog.text


def test_a_foreign_page_signs_nobody_in(app: Flask, fresh_home: Home) -> None:
    """The guard of every form holds here too."""
    token = curators.add(People(fresh_home), "Ada Bee", "tester")
    answer = app.test_client().post("/curator/sign-in", data={"token": token}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers
