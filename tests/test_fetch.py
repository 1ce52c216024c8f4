"""Fetching from the web, against a server of the tests: manners, bounds, changes, and addresses that are refused."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from making import AGENCY_PAGE
from serving import Site

from corpus.catalogue import Catalogue, CatalogueWriter
from corpus.errors import UsageError
from corpus.home import Home
from ingest import web
from ingest.fetch import Fetcher
from ingest.source import Source
from ingest.web import is_public, normal

PAGE = AGENCY_PAGE.encode()


@pytest.fixture
def fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, site: Site) -> Callable[..., Source]:
    """One address of the site as a source; its bytes are read before the workspace goes."""
    monkeypatch.setenv("FINGERPOST_FETCH_PAUSE_SECONDS", "0")
    monkeypatch.setenv("FINGERPOST_FETCH_SECONDS", "2")
    monkeypatch.setenv("FINGERPOST_MAX_FILE_MB", "1")

    def fetch(path: str, *, allow_private: bool = True, address: str = "") -> Source:
        home = Home(tmp_path / "home")
        with home.writing(), CatalogueWriter(home.catalogue_url) as writer:
            fetcher = Fetcher(home, writer, allow_private=allow_private)
            (source,) = fetcher.sources([address or site.address + path])
            if source.path:
                home.keep_original(Path(source.path).read_bytes())
        return source

    return fetch


@pytest.mark.slow
def test_a_page_is_fetched_read_and_fetched_anew_only_when_it_changed(
    fingerpost: Callable[..., Result], site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The address is the location; the second fetch asks with the server's marks; a change is a new version."""
    monkeypatch.setenv("FINGERPOST_FETCH_PAUSE_SECONDS", "0")
    site.answers["/practices/Help%20desks.html"] = (200, {"ETag": '"one"', "Last-Modified": "x"}, PAGE)
    url = f"{site.address}/practices/Help desks.html#part"
    written = f"{site.address}/practices/Help%20desks.html"

    def fetch() -> dict[str, object]:
        done = fingerpost("fetch", url, "--allow-private", "--json")
        assert done.exit_code == 0, done.stderr
        told: dict[str, object] = json.loads(done.stdout)
        return told

    first = fetch()
    assert (first["input"], first["doc"], first["status"], first["skipped"]) == (written, "help-desks", "ok", False)
    assert fetch()["skipped"] is True
    assert site.asked[-1][1]["if-none-match"] == '"one"'
    assert site.asked[-1][1]["user-agent"].startswith("Fingerpost/")
    changed = PAGE.replace(b"six border", b"seven border")
    site.answers["/practices/Help%20desks.html"] = (200, {"ETag": '"two"'}, changed)
    assert fetch()["skipped"] is False
    with Catalogue(f"sqlite:///{tmp_path / 'home' / 'catalogue.db'}") as catalogue:
        entry = catalogue.entry("help-desks")
        assert (entry.version, entry.card.url, catalogue.locations()[written]) == (2, written, "help-desks")
    assert Home(tmp_path / "home").original(entry.content_hash).read_bytes().startswith(b"<!doctype html>")


@pytest.mark.slow
def test_what_cannot_be_fetched_or_read_has_its_record(
    fingerpost: Callable[..., Result], site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A missing page and a picture that calls itself a page cost only themselves, each with its reason and stage."""
    monkeypatch.setenv("FINGERPOST_FETCH_PAUSE_SECONDS", "0")
    site.answers["/good"] = (200, {}, PAGE)
    site.answers["/picture.html"] = (200, {"Content-Type": "text/html"}, b"\x89PNG\r\n\x1a\n" + bytes(200))
    paths = ("/gone.pdf", "/picture.html", "/good")
    done = fingerpost("fetch", *(site.address + path for path in paths), "--allow-private", "--json")
    assert done.exit_code == 1
    rows = {row["input"].removeprefix(site.address): row for row in map(json.loads, done.stdout.splitlines())}
    assert {path: rows[path]["status"] for path in paths} == dict(zip(paths, ("failed", "failed", "ok"), strict=True))
    assert (rows["/gone.pdf"]["stage"], "404" in rows["/gone.pdf"]["reason"]) == ("fetch", True)
    assert "picture" in rows["/picture.html"]["reason"]
    assert "404" in fingerpost("status").stdout


def test_robots_txt_is_obeyed(fetched: Callable[..., Source], site: Site) -> None:
    """Rules for this program, with wildcards; what they forbid is not asked for, also behind a redirect."""
    site.answers["/robots.txt"] = (
        200, {}, b"User-agent: *\nDisallow: /\n\nUser-agent: fingerpost\nDisallow: /private\nDisallow: /*.pdf$\n",
    )  # fmt: skip
    site.answers |= {"/open": (200, {}, PAGE), "/to": (302, {"Location": "/private/x"}, b"")}
    assert not fetched("/open").reason
    for path in ("/private/x", "/a/report.pdf", "/to"):
        assert "robots.txt" in fetched(path).reason
    assert not {"/private/x", "/a/report.pdf"} & set(site.paths())


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (503, False)])
def test_a_missing_robots_txt_allows_and_a_broken_one_forbids(
    fetched: Callable[..., Source], site: Site, status: int, allowed: bool
) -> None:
    """RFC 9309: none means that nothing is forbidden; a server in trouble is left alone."""
    site.answers |= {"/robots.txt": (status, {}, b""), "/open": (200, {}, PAGE)}
    reason = fetched("/open").reason
    assert bool(reason) is not allowed
    if not allowed:
        assert f"the server answers {status}" in reason
        assert "does not allow" not in reason, "nobody has forbidden anything"
        assert "/open" not in site.paths()


def test_redirects_are_followed_so_far(fetched: Callable[..., Source], site: Site) -> None:
    """A few steps are taken and the last address told; a loop ends with a reason; other schemes are not followed."""
    site.answers |= {
        "/a": (301, {"Location": "/b"}, b""), "/b": (308, {"Location": "/c/report%20one.html"}, b""),
        "/c/report%20one.html": (200, {}, PAGE), "/loop": (302, {"Location": "/loop"}, b""),
        "/file": (302, {"Location": "file:///etc/passwd"}, b""),
    }  # fmt: skip
    source = fetched("/a")
    assert (source.name, source.url) == ("report one.html", f"{site.address}/c/report%20one.html")
    assert "leads on" in fetched("/loop").reason
    assert site.paths().count("/loop") < 10
    assert "none on the web" in fetched("/file").reason


@pytest.mark.slow
def test_time_and_size_are_bounded(fetched: Callable[..., Source], site: Site) -> None:
    """A server that trickles for ever, a file too large, and one that unpacks to too much: each ends with a reason."""
    site.trickle = {"/slow"}
    site.answers |= {
        "/large": (200, {}, bytes(2 * 1024 * 1024)),
        "/bomb": (200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(300 * 1024 * 1024), 1)),
        "/packed": (200, {"Content-Encoding": "gzip"}, gzip.compress(PAGE)),
        "/odd": (200, {"Content-Encoding": "br"}, PAGE),
    }
    assert "within 2 seconds" in fetched("/slow").reason
    assert "larger than 1 MB" in fetched("/large").reason
    assert "larger than 1 MB" in fetched("/bomb").reason
    assert Path(fetched("/packed").path).name
    assert "packs its answer" in fetched("/odd").reason


def test_a_packed_answer_that_is_cut_off_is_refused(fetched: Callable[..., Source], site: Site) -> None:
    """Half a page is no page, though the server tells half its length."""
    site.answers["/cut"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(PAGE * 500)[:-20])
    source = fetched("/cut")
    assert not source.path
    assert "damaged" in source.reason


def test_a_name_that_the_server_gives_is_only_a_label(fetched: Callable[..., Source], site: Site) -> None:
    """Content-Disposition names the document, never a folder; the bytes lie under a number."""
    given = {"Content-Disposition": 'attachment; filename="../../Final report.pdf"'}
    site.answers["/download"] = (200, given, PAGE)
    source = fetched("/download")
    assert source.name == "Final report.pdf"
    assert Path(source.path).name.isdigit()


def test_private_networks_are_refused(
    fetched: Callable[..., Source], site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by number, by name, nor through a redirect from a public address; nothing is asked there."""
    site.answers["/secret"] = (200, {}, PAGE)
    assert "private network" in fetched("/secret", allow_private=False).reason
    port = site.address.rpartition(":")[2]
    assert "private network" in fetched("", address=f"http://localhost:{port}/secret", allow_private=False).reason
    assert not site.asked
    asked = []

    def get(self: web.Web, url: str, **_: object) -> web.Response:
        asked.append(url)
        if "example.org" in url:
            robots = url.endswith("/robots.txt")
            return web.Response(status=404 if robots else 302, headers={"location": f"{site.address}/secret"}, data=b"")
        return original(self, url, seconds=2, max_bytes=1000)

    original = web.Web.get
    monkeypatch.setattr(web.Web, "get", get)
    assert "private network" in fetched("", address="https://example.org/a", allow_private=False).reason
    assert not site.asked


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1::1", True), ("127.0.0.1", False), ("10.1.2.3", False),
        ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False), ("::1", False),
        ("fe80::1%eth0", False), ("fc00::1", False), ("::ffff:127.0.0.1", False), ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False), ("64:ff9b::5db8:d822", True), ("::127.0.0.1", False),
        ("::ffff:0:127.0.0.1", False), ("64:ff9b:1::7f00:1", False), ("fec0::1", False),
    ],
)  # fmt: skip
def test_only_addresses_of_the_internet_are_public(address: str, public: bool) -> None:
    """Loopback, private, link-local, shared, multicast, and all of these wrapped in IPv6 are not."""
    assert is_public(address) is public


def test_addresses_are_written_one_way() -> None:
    """Without fragment, escaped, hosts in ASCII; what is no address of the web, or holds a password, is wrong usage."""
    assert normal(" https://Bücher.example/a b?q=é#x ") == "https://xn--bcher-kva.example/a%20b?q=%C3%A9"
    assert normal("https://example.org/x%2520y") == "https://example.org/x%2520y"
    for wrong in ("ftp://example.org/", "example.org", "file:///etc/passwd", "https://", "https://a:b@example.org/",
                  "http://example.org:99999/", "javascript:alert(1)"):  # fmt: skip
        with pytest.raises(UsageError):
            normal(wrong)
