"""Pages in English, French, Spanish and Arabic: their addresses, their words, their direction."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator

import pytest
import untold
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser, LexborNode
from web_samples import HARBOUR, pages_of

from corpus.home import Home
from corpus.people import People, curators
from webapp import create_app, languages
from webapp.knowledge import EXTENSION


@pytest.fixture(scope="module")
def web(home: Home) -> FlaskClient:
    """The small home's pages."""
    return create_app(home).test_client()


def test_language_is_a_prefix_of_the_address(web: FlaskClient) -> None:
    """A prefixed address is the same page; its links keep the prefix, files and the API have none."""
    page = web.get("/ar/about?x=1")
    assert page.status_code == 200
    assert page.headers["Content-Language"] == "ar"
    assert 'href="/ar/themes"' in page.text
    assert 'href="/static/' in page.text
    assert '"/ar/static' not in page.text
    assert web.get("/ar/static/fingerpost.css").status_code == web.get("/ar/api/v1/search").status_code == 404
    assert web.get("/ar").status_code == web.get("/ar/").status_code == 200
    assert web.get("/arabic").status_code == 404


def test_words_outside_a_request_are_english() -> None:
    """Messages can be made anywhere; placeholders are filled, plurals follow the number."""
    assert languages.gettext("%(n)s of %(all)s", n=1, all=2) == "1 of 2"
    assert languages.ngettext("%(n)s page", "%(n)s pages", 1) == "1 page"
    assert languages.ngettext("%(n)s page", "%(n)s pages", 3) == "3 pages"
    assert str(languages.lazy_gettext("Themes")) == languages.N_("Themes") == "Themes"


# ---------------------------------------------------------------------------------------------- every page


@pytest.fixture(scope="module")
def place(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The small home, copied: with people's work in it."""
    folder = tmp_path_factory.mktemp("languages") / "home"
    shutil.copytree(home.path, folder)
    return Home(folder)


@pytest.fixture(scope="module")
def curator(place: Home) -> FlaskClient:
    """A curator's client over a home with a collection, contributions, jobs and a decision."""
    client = create_app({"home": place, "contributions": True}).test_client()
    client.post("/curator/sign-in", data={"token": curators.add(People(place), "Ada Bee", "tester")})
    catalogue = client.application.extensions[EXTENSION].catalogue
    passage = catalogue.passages(HARBOUR)[0].id
    told = {
        "item": HARBOUR,
        "field": "publisher",
        "value": "Harbour Press",
        "remark": "It is on the cover.",
        "do": "send",
    }
    for path, data in (
        ("/collections/add", {"item": passage, "title": "Guardians"}),
        ("/contribute/correction", told),
        (f"/curator/items/{HARBOUR}", {"field": "title", "value": "Harbour", "note": "cover"}),
        (f"/curator/items/{passage}/shown", {"level": "withdrawn", "reason": "names a child"}),
        (f"/curator/items/{HARBOUR}/remove", {"reason": "a double"}),
        ("/curator/upload", {"file": (io.BytesIO(b"# A\n\nB."), "a.md")}),
    ):
        assert client.post(path, data=data).status_code == 303, path
    return client


def every_page(client: FlaskClient) -> list[str]:
    """Every type of page, every address without a name in it, and those of what people keep; what is refused too."""
    rules = [rule for rule in client.application.url_map.iter_rules() if not rule.arguments and "GET" in rule.methods]  # type: ignore[operator]
    edit = client.post("/collections", data={"title": "Guardians"}).headers["Location"].partition("?")[0]
    read = re.search(r"/collections/(?!edit)[\w-]{32}", client.get(edit).text)
    assert read
    return list(
        dict.fromkeys(
            [
                *pages_of(client).values(),
                *(str(rule) for rule in rules if not str(rule).startswith(("/api/", "/curator/sign-out"))),
                *(f"/curator/items/{HARBOUR}{m}" for m in ("", "?field=title", "?field=kind", "?inside=passages")),
                "/curator/contributions/1", edit, f"{edit}/find?q=children", read[0],
                f"/contribute/correction?item={HARBOUR}", "/search?q=children&page=900", "/search?page=x", "/nothing",
                "/search?q=country:Atlantis+title:harbour", "/search?q=" + "guardian+" * 400, "/digest?since=soon",
            ]
        )
    )  # fmt: skip


REFUSED: tuple[tuple[str, dict[str, str]], ...] = (
    (f"/curator/items/{HARBOUR}", {"field": "date", "value": "soon"}),
    (f"/curator/items/{HARBOUR}", {"field": "kind", "value": "lesson"}),
    (f"/curator/items/{HARBOUR}/shown", {"level": "withdrawn"}),
    (f"/curator/items/{HARBOUR}/shown", {"level": "secret", "reason": "x"}),
    ("/curator/upload", {"as_id": "A b"}),
    ("/curator/reviews", {"item": HARBOUR, "state": "reviewed", "due": "soon"}),
    ("/curator/reviews", {"item": f"{HARBOUR}.p000000000000", "state": "reviewed"}),
    ("/curator/ingest", {"input": "/etc/passwd"}),
    ("/curator/contributions/1", {"do": "accept", "value": "x" * 9}),
    ("/contribute", {"start": "soon", "steps": "Call. [it]", "do": "send"}),
    ("/contribute/correction", {"item": HARBOUR, "field": "date", "value": "soon", "do": "send"}),
    ("/collections/add", {"item": HARBOUR, "collection": "https://elsewhere.example/"}),
)
"""Forms that are sent with something wrong in them."""


@pytest.mark.parametrize("code", ["fr", "es", "ar"])
def test_no_word_of_a_refusal_is_left_in_english(
    curator: FlaskClient, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    """What is told of a form that cannot be taken is a message, or marked as English."""
    untold.install(monkeypatch)
    for path, data in REFUSED:
        answer = curator.post(f"/{code}{path}", data=data)
        if answer.status_code != 303:
            assert answer.status_code in (400, 404, 422), path
            found = untold.untold(answer.text, code)
            assert not found, (path, found)


@pytest.mark.parametrize("code", ["fr", "es", "ar"])
def test_no_word_of_a_page_is_left_in_english(curator: FlaskClient, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """What stands on a page is a message, or marked as another language's or as a name."""
    untold.install(monkeypatch)
    found: dict[str, str] = {}
    for address in every_page(curator):
        answer = curator.get(f"/{code}{address}")
        if answer.mimetype == "text/html":
            found |= dict.fromkeys(untold.untold(answer.text, code), address)
    assert not found, "\n".join(f"{address} {words}" for words, address in found.items())


def test_what_is_not_marked_is_found(curator: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that silence above means something: words without a message, and a quotation that tells no language."""
    untold.install(monkeypatch)
    page = '<body><p>{}</p><p lang="en">Not this</p><p title="{}">{}</p></body>'
    told = untold.marked("Search")
    assert untold.untold(page.format(told, told, untold.marked("%(n)s pages") % {"n": "7"}), "fr") == []
    found = untold.untold(page.format("Search", "Themes", untold.marked("of %(title)s") % {"title": "Harbour"}), "fr")
    assert [words.rpartition(": ")[2] for words in found] == ["Search", "Themes", "Harbour"]


@pytest.mark.parametrize("code", ["en", "fr", "ar"])
def test_quotations_and_titles_tell_their_language(curator: FlaskClient, code: str) -> None:
    """And the direction of their lines, where it is not the page's."""
    prefix = "" if code == "en" else f"/{code}"
    seen, silent, astray = 0, [], []
    for address in every_page(curator):
        answer = curator.get(f"{prefix}{address}")
        if answer.mimetype != "text/html":
            continue
        body = LexborHTMLParser(answer.text).body
        assert body is not None
        for node in body.css("blockquote, q, .words, .source, .sheet"):
            seen += 1
            if not any("lang" in one.attributes for one in (node, *_above(node), *node.css("[lang]"))):
                silent.append(f"{address}: {node.html}")
        for node in body.css("[lang]:not(cite)"):
            told = (one.attributes.get("dir") for one in (node, *_above(node)))
            runs = next(filter(None, told), languages.LANGUAGES[code].direction)
            tongue = node.attributes["lang"] or ""
            wanted = ("rtl" if tongue == "ar" else "ltr") if tongue else "auto"
            if runs not in (wanted, "auto"):
                astray.append(f"{address}: {node.html}")
    assert seen > 100
    assert not silent, "\n".join(silent[:9])
    assert not astray, "\n".join(astray[:9])


def _above(node: LexborNode) -> Iterator[LexborNode]:
    """The elements around an element up to the page's own, which tells the page's direction only."""
    while (node := node.parent) is not None and node.tag not in ("html", "-undef"):  # type: ignore[assignment]
        yield node
