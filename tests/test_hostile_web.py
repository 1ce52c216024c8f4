"""What a hostile or broken client may send to any route: it gets a sentence, never a fault, never a file.

The routes are taken from the application itself, so that a new one is tested without a word here.
"""

from __future__ import annotations

import gzip
import re
import threading
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from web_samples import keep_evil, pages_of
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from corpus.catalogue import CatalogueWriter
from corpus.home import Home
from index import library
from webapp import create_app

US = "http://localhost"
ELSEWHERE = "evil.example"
MARKER = "do-not-show-5e1f"
"""Stands in files of the home that no page may show."""
NAMES = (
    "../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e%2f%2e%2e%2fsettings.toml", "..\\..\\settings.toml",
    "....//....//settings.toml", "/etc/passwd", "file:///etc/passwd", "settings.toml", "catalogue.db", "people.db",
    "%252e%252e%252fsettings.toml", "..", ".", "%00", "a%00.html", "%ff%fe", "%ed%a0%80", "%0d%0aSet-Cookie:%20a=b",
    "-1", "1e9", "NaN", "9" * 400, "x" * 9000, "%F0%9F%98%80", "' OR 1=1 --", "{{7*7}}", "${7*7}", "<script>", "*",
)  # fmt: skip
"""What may stand where a route has a name or a number."""
VALUES = (
    "", "\x00", "\ud800", "\uffff", "x" * 20_000, "../../settings.toml", "<script>alert(1)</script>", "-1", "²",
    "1e400", "//evil.example", "\r\nX-Injected: 1", "((((", '"', "*" * 500, "theme:", "-", "%s%n%d", "{{7*7}}",
)  # fmt: skip
PART = b'--b\r\nContent-Disposition: form-data; name="file"; filename="../../a"\r\n\r\nx'
"""A file whose name leads out and whose end never comes."""
ASTRAY = (
    f"//{ELSEWHERE}", f"//{ELSEWHERE}/search", f"///{ELSEWHERE}", f"/\\{ELSEWHERE}", f"/%5c{ELSEWHERE}",
    f"/%2f{ELSEWHERE}", f"/%2f%2f{ELSEWHERE}", f"/%09/{ELSEWHERE}", f"/.//{ELSEWHERE}", f"/fr//{ELSEWHERE}",
    f"/ar/%2f%2f{ELSEWHERE}", f"/search//{ELSEWHERE}", f"/https:{ELSEWHERE}", f"/search?q=//{ELSEWHERE}",
    f"/search?next=//{ELSEWHERE}&back=https://{ELSEWHERE}&url=//{ELSEWHERE}", f"/documents//{ELSEWHERE}/..",
    f"/fr?//{ELSEWHERE}", f"//{ELSEWHERE}/%2e%2e",
)  # fmt: skip


@pytest.fixture(scope="module")
def app(home: Home) -> Flask:
    """The application over the small real home, which a flood of these tests is not to exhaust."""
    return create_app({"home": home, "requests_per_minute": 0, "costly_requests_per_minute": 0})


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


class Leading(HTMLParser):
    """Every address of a page that a browser loads, opens or sends something to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.opened: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        loads = ("src", "srcset", "data", "poster", *(("href",) if tag in ("link", "image", "use") else ()))
        self.loaded += [told[name] for name in loads if name in told]
        self.opened += [told[name] for name in ("href", "action", "formaction") if name in told]


def host_of(address: str) -> str:
    """The host that a browser would go to from our page (WHATWG URL: tabs fall out, a backslash is a slash)."""
    cleaned = re.sub(r"[\t\n\r]", "", address.strip()).replace("\\", "/")
    return urlsplit(urljoin(f"{US}/", cleaned)).netloc


def routes(app: Flask, method: str = "GET") -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())]


def filled(rule: Rule, value: str) -> str:
    """A route's address with a value in each of its places."""
    return re.sub(r"<[^>]+>", lambda _: value, str(rule))


def assert_answered(response: TestResponse, what: object) -> None:
    """The answer is no fault of ours, and says something."""
    assert response.status_code < 500, what
    if response.status_code >= 400:
        assert response.mimetype in ("text/html", "application/problem+json", "text/plain"), what
        assert len(re.sub(r"<[^>]+>|\s", "", response.text)) > 20, what
    if response.mimetype.startswith("text/"):
        assert "Traceback" not in response.text, what


# ---------------------------------------------------------------------------------------------- routes


def test_no_name_in_a_path_leads_out(home: Home, app: Flask, client: FlaskClient) -> None:
    """Where a route has a name, no spelling of a path shows a file of the home or of the machine, or breaks it."""
    planted = home.path / "settings.toml"
    planted.write_text(f"# {MARKER}\n")
    try:
        for rule in (rule for rule in routes(app) if rule.arguments):
            for name in NAMES:
                response = client.get(filled(rule, name))
                assert_answered(response, (str(rule), name))
                assert MARKER.encode() not in response.data
                assert b"root:" not in response.data
                assert b"SQLite format" not in response.data
    finally:
        planted.unlink()


@pytest.mark.slow
def test_no_value_of_a_parameter_breaks_a_page(app: Flask, client: FlaskClient) -> None:
    """Every parameter that any of our pages reads, with every hostile value, on every page that has no name in it."""
    parameters = {
        "q",
        "page",
        "in",
        "sort",
        "by",
        "like",
        "exact",
        "without",
        "theme",
        "doc",
        "limit",
        "offset",
        "width",
    }
    plain = [str(rule) for rule in routes(app) if not rule.arguments and not str(rule).startswith("/curator")]
    for address, value in product(plain, VALUES):
        asked = "&".join(f"{name}={quote(value, errors='surrogatepass')}" for name in sorted(parameters))
        for query in (asked, f"q={quote(value, errors='surrogatepass')}"):
            assert_answered(client.get(f"{address}?{query}"), (address, value[:40]))


def test_very_many_parameters_are_answered(client: FlaskClient) -> None:
    """Thousands of parameters, and one of 100,000 characters, are answered; the page grows with them, not faster."""
    for query in ("&".join(f"a{n}=1" for n in range(5000)), "q=" + "word+" * 20_000, "&" * 5000, "=" * 5000):
        response = client.get(f"/search?{query}")
        assert_answered(response, query[:20])
        assert len(response.data) < 60_000 + 20 * len(query)


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS"])
def test_asking_about_a_page(app: Flask, client: FlaskClient, method: str) -> None:
    """HEAD is GET without its body; OPTIONS names the methods; neither fails anywhere."""
    for name, address in pages_of(client).items():
        response = client.open(address, method=method)
        assert response.status_code == (200 if method == "OPTIONS" else client.get(address).status_code), name
        assert not response.data
        if method == "OPTIONS":
            assert {"GET", "HEAD", "OPTIONS"} <= {told.strip() for told in response.headers["Allow"].split(",")}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "BREW", "X" * 300])
def test_unknown_methods_are_told_what_there_is(app: Flask, client: FlaskClient, method: str) -> None:
    """What a route does not take is answered with 405, a sentence, and the methods that it takes."""
    for address in ("/", "/search?q=a", "/documents", "/api/v1/search?q=a", "/static/fingerpost.css"):
        response = client.open(address, method=method)
        assert response.status_code == 405, (address, method)
        assert "GET" in response.headers["Allow"]
        assert_answered(response, address)


def test_whatever_is_sent_to_a_form_is_answered(app: Flask, client: FlaskClient) -> None:
    """Every route that takes a form, with broken bodies of every type: a sentence, and never a way to another host."""
    bodies = (
        (b"", "application/x-www-form-urlencoded"),
        (b"\xff\xfe\x00=\x00&next=//evil.example&back=https://evil.example", "application/x-www-form-urlencoded"),
        (b"next=%2F%2Fevil.example&return=%5C%5Cevil.example&text=" + b"x" * 5000, "application/x-www-form-urlencoded"),
        (PART, "multipart/form-data; boundary=b"),
        (b"\x00" * 100, "multipart/form-data"),
        (b'{"a": ' * 5000, "application/json"),
        (b"&".join(b"a%d=1" % n for n in range(5000)), "application/x-www-form-urlencoded"),
        (b"x" * 1_500_000, "application/x-www-form-urlencoded"),
    )  # fmt: skip
    for rule in routes(app, "POST"):
        for name in ("x", "..%2f..%2fsettings.toml", "%00"):
            for body, kind in bodies:
                response = client.post(filled(rule, name), data=body, content_type=kind)
                assert_answered(response, (str(rule), name, body[:30]))
                assert host_of(response.headers.get("Location", "/")) == "localhost"


# ---------------------------------------------------------------------------------------------- other hosts


@pytest.mark.parametrize("address", ASTRAY)
def test_no_address_leads_elsewhere(client: FlaskClient, address: str) -> None:
    """No spelling of an address makes a redirect, a link, a form or a file of another host out of it."""
    path, _, query = address.partition("?")
    told = {"PATH_INFO": unquote(path), "QUERY_STRING": query, "REQUEST_URI": address, "RAW_URI": address}
    response = client.get("/", environ_overrides=told)
    assert_answered(response, address)
    assert host_of(response.headers.get("Location", "/")) == "localhost"
    page = Leading(response.text)
    assert not [one for one in (*page.loaded, *page.opened) if ELSEWHERE in host_of(one)]


@pytest.mark.parametrize(
    "host",
    [ELSEWHERE, f"{ELSEWHERE}:80", "localhost@evil.example", "evil example", "evil.example/x", "", "[::1", "a" * 5000],
)
def test_no_page_repeats_the_host_that_is_claimed(client: FlaskClient, host: str) -> None:
    """A false Host, or what a proxy that is not there says of one, stands in no link and no redirect."""
    headers = {
        "Host": host,
        "X-Forwarded-Host": ELSEWHERE,
        "X-Forwarded-Proto": "gopher",
        "X-Original-URL": "//" + host,
    }
    headers |= {"Forwarded": f"host={ELSEWHERE}", "X-Forwarded-Prefix": f"//{ELSEWHERE}"}
    for address in ("/", "/search?q=children", "/documents", "/nothing", "/documents/"):
        response = client.get(address, headers=headers)
        assert_answered(response, (host, address))
        assert host_of(response.headers.get("Location", "/")) == "localhost"
        page = Leading(response.text)
        assert not [one for one in (*page.loaded, *page.opened) if ELSEWHERE in host_of(one)]


def test_no_page_loads_anything_from_elsewhere(client: FlaskClient) -> None:
    """Whatever a browser loads for a page comes from here, in every language, and the policy allows nothing else."""
    for prefix in ("", "/ar"):
        for name, address in pages_of(client).items():
            response = client.get(prefix + address)
            page = Leading(response.text)
            assert {host_of(one) for one in page.loaded} <= {"localhost"}, name
            policy = response.headers["Content-Security-Policy"]
            assert "http" not in policy
            assert "unsafe" not in policy


# ---------------------------------------------------------------------------------------------- weight


def weight(client: FlaskClient, address: str) -> int:
    """Bytes over the wire of a page and of all that it loads, compressed."""
    wanted = {"Accept-Encoding": "gzip"}
    response = client.get(address, headers=wanted)
    files = {one for one in Leading(plain(response)).loaded if one.startswith("/static/")}
    return len(response.data) + sum(len(client.get(one, headers=wanted).data) for one in files)


def plain(response: TestResponse) -> str:
    """A page's text, unpacked where it came compressed."""
    return (
        gzip.decompress(response.data).decode() if response.headers.get("Content-Encoding") == "gzip" else response.text
    )


def test_pages_are_light_with_all_they_load(client: FlaskClient) -> None:
    """Search at most 60 kB and home at most 80 kB, with stylesheet, scripts and icon, in every language."""
    for prefix in ("", "/ar"):
        assert 5_000 < weight(client, f"{prefix}/search?q=children") <= 60_000
        assert 5_000 < weight(client, f"{prefix}/search?q=children&in=statements") <= 60_000
        assert 5_000 < weight(client, f"{prefix}/") <= 80_000


# ---------------------------------------------------------------------------------------------- while things change


READERS = 4


@pytest.fixture
def changing(fresh_home: Home) -> Home:
    return keep_evil(fresh_home)


@pytest.mark.slow
def test_readers_are_answered_while_things_change(changing: Home) -> None:
    """While the index is rebuilt and a document comes and goes, each request is answered: there, or withdrawn."""
    client_of = create_app({"home": changing, "requests_per_minute": 0})
    stop, seen = threading.Event(), list[tuple[str, int]]()
    asked = (
        "/",
        "/search?q=guardians",
        "/documents/evil",
        "/documents/evil/pages/1",
        "/documents",
        "/statements",
        "/evidence",
    )

    def read(addresses: Iterator[str]) -> None:
        client = client_of.test_client()
        for address in addresses:
            if stop.is_set():
                return
            seen.append((address, client.get(address).status_code))

    readers = [threading.Thread(target=read, args=(_round(asked, n),)) for n in range(READERS)]
    for reader in readers:
        reader.start()
    try:
        for _ in range(4):
            with changing.writing(), CatalogueWriter(changing.catalogue_url) as writer:
                library.rebuild(changing, writer)
                writer.remove("evil")
                library.bring_up_to_date(changing, writer)
            keep_evil(changing)
    finally:
        stop.set()
        for reader in readers:
            reader.join(60)
    wrong = {(address, status) for address, status in seen if status not in (200, 410)}
    assert len(seen) > 20
    assert not wrong
    assert {status for address, status in seen if not address.startswith("/documents/")} == {200}


def _round(addresses: tuple[str, ...], start: int) -> Iterator[str]:
    """The addresses again and again, from one of them on."""
    while True:
        yield from (*addresses[start:], *addresses[:start])


def test_static_files_are_those_of_the_folder(client: FlaskClient) -> None:
    """Nothing but what lies in the folder of static files is served under its address."""
    there = Path(str(client.application.static_folder))
    for name in NAMES:
        response = client.get(f"/static/{name}")
        assert response.status_code in (400, 404), name
    assert {file.name for file in there.iterdir()} >= {"fingerpost.css", "suggest.js"}
