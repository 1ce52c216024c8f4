"""How much one client may ask: what is counted, who is one client, what a refusal says, what is kept."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from web_samples import HARBOUR
from werkzeug.test import TestResponse

from corpus.home import Home
from corpus.settings import Settings
from webapp import create_app
from webapp.limits import Limit, is_costly, network

OUTSIDE, OTHER = "198.51.100.7", "203.0.113.9"


def ask(client: FlaskClient, address: str = "/about", origin: str = OUTSIDE, **headers: str) -> TestResponse:
    """One request as if it came from ``origin``."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(address, environ_base={"REMOTE_ADDR": origin}, headers=told)


def statuses(client: FlaskClient, times: int, **how: str) -> list[int]:
    return [ask(client, **how).status_code for _ in range(times)]


@pytest.fixture
def three(home: Home) -> FlaskClient:
    """A client of an application that answers three requests a minute."""
    return create_app({"home": home, "requests_per_minute": 3}).test_client()


# ---------------------------------------------------------------------------------------------- the rule


def test_a_minute_at_once_and_then_at_an_even_pace() -> None:
    """A minute's requests may come at once; then one is answered each time a minute's part has passed."""
    now = [100.0]
    limit = Limit(6, clock=lambda: now[0])
    assert [limit.wait(b"a") for _ in range(6)] == [0.0] * 6
    assert limit.wait(b"a") == pytest.approx(10)
    assert limit.wait(b"b") == 0, "another client has its own minute"
    now[0] += 10
    assert limit.wait(b"a") == 0
    assert limit.wait(b"a") == pytest.approx(10), "what was refused does not lengthen the wait"
    now[0] += 60
    assert [limit.wait(b"a") for _ in range(6)] == [0.0] * 6


def test_waiting_as_told_is_enough() -> None:
    """Whoever waits as long as was said is answered, at any pace of the setting."""
    for a_minute in (1, 7, 59, 601, 3600):
        now = [0.0]
        limit = Limit(a_minute, clock=lambda now=now: now[0])  # type: ignore[misc]
        while not (wait := limit.wait(b"a")):
            pass
        now[0] += wait
        assert limit.wait(b"a") == 0, a_minute


def test_memory_is_bounded_and_idle_clients_are_dropped() -> None:
    """However many clients ask, only so many are held, and those who stopped asking are dropped."""
    now = [0.0]
    limit = Limit(10, clock=lambda: now[0], most=100)
    for number in range(5000):
        limit.wait(str(number).encode())
    assert limit.clients == 100
    now[0] += 60
    limit.wait(b"late")
    assert limit.clients == 1


# ---------------------------------------------------------------------------------------------- what is said


def test_too_many_get_a_page_that_says_how_long_to_wait(three: FlaskClient) -> None:
    """The fourth request of a minute is a page with a sentence, Retry-After and the way to the safety page."""
    assert statuses(three, 3) == [200] * 3
    refused = ask(three, "/search?q=guardian")
    assert refused.status_code == 429
    seconds = int(refused.headers["Retry-After"])
    assert 1 <= seconds <= 20
    assert f"Wait {seconds} second" in refused.text
    assert 'href="/safety"' in refused.text
    assert "default-src 'none'" in refused.headers["Content-Security-Policy"]
    assert refused.mimetype == "text/html"


def test_programs_get_problem_details(three: FlaskClient) -> None:
    """Under /api/ the refusal is problem details with the same wait."""
    statuses(three, 3)
    refused = ask(three, "/api/v1/search?q=a")
    assert refused.status_code == 429
    assert refused.content_type == "application/problem+json"
    assert refused.get_json()["status"] == 429
    assert refused.headers["Retry-After"] in refused.get_json()["detail"]


def test_static_files_are_free(three: FlaskClient) -> None:
    """A page loads its own files, so they count nothing, even for a client that is refused."""
    for _ in range(10):
        assert ask(three, "/static/fingerpost.css").status_code == 200
    assert statuses(three, 4) == [200] * 3 + [429]
    assert ask(three, "/static/fingerpost.css").status_code == 200


def test_what_is_not_there_counts_too(three: FlaskClient) -> None:
    """Guessing addresses is asking."""
    assert statuses(three, 4, address="/nothing") == [404] * 3 + [429]


def test_costly_files_have_a_limit_of_their_own(home: Home) -> None:
    """Pictures, exports and feeds stop sooner than pages, which are answered on."""
    app = create_app({"home": home, "costly_requests_per_minute": 2})
    client = app.test_client()
    assert statuses(client, 1, address="/search/export.csv?q=a") == [200]
    assert statuses(client, 1, address="/search/feed.atom?q=a") == [200]
    assert statuses(client, 1, address="/search/export.csv?q=a") == [429]
    assert statuses(client, 1, address=f"/documents/{HARBOUR}/pages/1/picture") == [429]
    assert statuses(client, 5) == [200] * 5
    with app.app_context():
        marked = {rule.endpoint for rule in app.url_map.iter_rules() if is_costly(rule.endpoint)}
        plain = {rule.endpoint for rule in app.url_map.iter_rules()} - marked
    assert {"pictures.picture", "exports.export", "feeds.search", "feeds.theme", "evidence.as_png"} <= marked
    assert {"static", "home.show", "search.search", "documents.page"} <= plain


def test_nothing_is_limited_where_the_setting_is_0(home: Home) -> None:
    """0 turns each limit off."""
    off = {"requests_per_minute": 0, "costly_requests_per_minute": 0}
    client = create_app({"home": home, **off}).test_client()
    assert set(statuses(client, 60, address="/nothing")) == {404}


def test_an_office_behind_one_address_is_not_hindered(home: Home) -> None:
    """As it comes, thirty people who each open ten pages within a minute from one address all get them."""
    client = create_app(home).test_client()
    assert set(statuses(client, 300, address="/nothing")) == {404}
    assert Settings().requests_per_minute >= 3000


# ---------------------------------------------------------------------------------------------- who is one client


def test_other_clients_are_not_touched(three: FlaskClient) -> None:
    """One client's flood takes nothing from another."""
    statuses(three, 9)
    assert statuses(three, 3, origin=OTHER) == [200] * 3


def test_a_claimed_origin_is_not_believed(three: FlaskClient) -> None:
    """Without trusted proxies X-Forwarded-For is text that a client may write as it likes."""
    answers = [ask(three, X_Forwarded_For=f"192.0.2.{n}", Forwarded=f"for=192.0.2.{n}").status_code for n in range(4)]
    assert answers == [200] * 3 + [429]


def test_behind_a_trusted_proxy_the_clients_are_told_apart(home: Home) -> None:
    """With one trusted proxy the last address counts; what a client writes before it changes nothing."""
    client = create_app({"home": home, "requests_per_minute": 2, "trusted_proxies": 1}).test_client()

    def via(*chain: str) -> int:
        return ask(client, origin="127.0.0.1", X_Forwarded_For=", ".join(chain)).status_code

    assert [via(OUTSIDE), via("192.0.2.1", OUTSIDE), via("192.0.2.2", OUTSIDE)] == [200, 200, 429]
    assert via(OTHER) == 200


def test_two_proxies_are_counted_from_the_end(home: Home) -> None:
    """With two trusted proxies the last address but one is the client."""
    client = create_app({"home": home, "requests_per_minute": 1, "trusted_proxies": 2}).test_client()
    first = ask(client, origin="10.0.0.1", X_Forwarded_For=f"192.0.2.1, {OUTSIDE}, 10.0.0.2").status_code
    again = ask(client, origin="10.0.0.1", X_Forwarded_For=f"192.0.2.9, {OUTSIDE}, 10.0.0.2").status_code
    other = ask(client, origin="10.0.0.1", X_Forwarded_For=f"{OUTSIDE}, {OTHER}, 10.0.0.2").status_code
    assert (first, again, other) == (200, 429, 200)


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("192.0.2.1:4711", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::1]:4711", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::1]", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unknown", "unknown"),
        ("", ""),
    ],
)
def test_what_tells_clients_apart(address: str, client: str) -> None:
    """An IPv4 address, or the network of an IPv6 address: a client has all addresses of its own."""
    assert network(address) == client


def test_nothing_of_a_client_is_kept(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    """No file of the home and no line of the log names who asked, not even a client that was refused."""
    app = create_app({"home": home, "requests_per_minute": 2})
    before = {file: file.stat().st_mtime_ns for file in files(home)}
    with caplog.at_level(logging.DEBUG):
        assert statuses(app.test_client(), 4) == [200, 200, 429, 429]
    assert OUTSIDE not in caplog.text
    changed = [file for file in files(home) if before.get(file) != file.stat().st_mtime_ns]
    assert not [file for file in changed if OUTSIDE.encode() in file.read_bytes()]


def files(home: Home) -> list[Path]:
    return [file for file in home.path.rglob("*") if file.is_file()]
