"""The pages: every kind of page, the states of a search, bad input, hostile text, withdrawn items, the stylesheet."""

from __future__ import annotations

import gzip
import re
import socket
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from web_samples import EVIL_ADDRESSES, HARBOUR, keep_evil, pages_of

from corpus.catalogue import CatalogueWriter
from corpus.concepts import vocabulary
from corpus.errors import UsageError
from corpus.home import Home
from corpus.model import Block, BlockKind, Page, Section, Span, Statement, StatementKind
from index import library
from ingest import shipped
from webapp import create_app
from webapp.address import MOST_VALUES
from webapp.pages.documents import around, outline
from webapp.pages.home import EXAMPLES
from webapp.pages.search import NEAREST_SHOWN
from webapp.present import host, outside, snippet
from webapp.reading import cell_lines, find, show
from webapp.server import serve
from webapp.words import numbered_label, page_words

CSS = Path(__file__).resolve().parent.parent / "webapp" / "static" / "fingerpost.css"
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "path", "rect", "circle"}
AWKWARD = (
    "W-2", "R&D", "year:abc", "title:200[1-9]", "foo:bar", '"never closed', "*", "((", "x" * 10_000, "😀", "طفل وحيد",
    "AND OR NOT", "\x00", "' OR 1=1 --", "<script>alert(1)</script>", "%", "doc:nothing", "-", "theme:",
)  # fmt: skip


@pytest.fixture(scope="module")
def client(home: Home) -> FlaskClient:
    """A client of the application over the small real home."""
    return create_app(home).test_client()


class Tree(HTMLParser):
    """A page's elements: whether they nest, which ids and links and headings they have."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.headings: list[int] = []
        self.attributes: set[str] = set()
        self.tags: set[str] = set()
        self.faults: list[str] = []
        self.feed(text)
        self.faults += [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.tags.add(tag)
        self.attributes |= set(told)
        self.ids += [told["id"] or ""] if "id" in told else []
        if tag == "a":
            self.links.append(told.get("href") or "")
        self.loaded += [told[name] or "" for name in ("src", "srcset", "data", "poster") if name in told]
        if tag == "link" and told.get("rel") not in ("alternate", "search"):
            self.loaded.append(told.get("href") or "")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.faults.append(f"</{tag}> closes nothing")


# ---------------------------------------------------------------------------------------------- every page


@pytest.mark.slow
def test_every_page_is_whole(client: FlaskClient) -> None:
    """Elements nest, ids are unique, one h1 stands first and no heading jumps a level; no inline script or style."""
    for name, address in pages_of(client).items():
        response = client.get(address)
        assert response.status_code == 200, name
        tree = Tree(response.text)
        assert not tree.faults, (name, tree.faults)
        assert len(tree.ids) == len(set(tree.ids)), name
        assert tree.headings.count(1) == 1, name
        levels = tree.headings[tree.headings.index(1) :]
        assert all(after <= before + 1 for before, after in pairwise(levels)), (name, levels)
        assert "style" not in tree.tags, name
        assert not re.findall(r"<script(?! type=\"application/ld\+json\")[^>]*>[^<]", response.text), name
        assert not [a for a in tree.attributes if a == "style" or a.startswith("on")], name
        assert all(address.startswith(("/static/", "/documents/")) for address in tree.loaded), name  # and pictures


def test_every_page_carries_the_way_out(client: FlaskClient) -> None:
    """Each page, error pages too, links to the safety page and says that this is no help service."""
    for address in [*pages_of(client).values(), "/nothing-here", "/search?page=x"]:
        text = client.get(address).text
        assert 'href="/safety"' in text, address
        assert "not a help service" in text, address


def test_every_response_is_guarded(client: FlaskClient) -> None:
    """Pages, errors, the API and static files carry the policy; nothing sets a cookie."""
    for address in ("/", "/nothing-here", "/api/v1/search?q=a", "/static/fingerpost.css"):
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert re.findall(r"script-src ([^;]*)", policy) == ["'self'"]
        assert "require-trusted-types-for 'script'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "Set-Cookie" not in headers


@pytest.mark.slow
def test_no_link_is_dead(client: FlaskClient) -> None:
    """Every link of every kind of page leads somewhere on this site; of searches a sample is followed."""
    found: set[str] = set()
    for address in pages_of(client).values():
        found |= {link for link in Tree(client.get(address).text).links if link.startswith("/")}
    searches = sorted(link for link in found if link.startswith("/search"))
    others = sorted(link.partition("#")[0] for link in found if not link.startswith("/search"))
    dead = [link for link in dict.fromkeys(others + searches[::9]) if client.get(link).status_code != 200]
    assert not dead
    assert len(others) > 40


def test_pages_are_light_and_cached(client: FlaskClient) -> None:
    """Compressed, home and search stay far under their weight; an unchanged page is answered with 304."""
    for address, most in (("/", 80_000), ("/search?q=children", 60_000)):
        response = client.get(address, headers={"Accept-Encoding": "gzip"})
        assert response.headers["Content-Encoding"] == "gzip"
        assert len(response.data) < most / 2.5
        assert b"Fingerpost" in gzip.decompress(response.data)
        again = client.get(address, headers={"Accept-Encoding": "gzip", "If-None-Match": response.headers["ETag"]})
        assert again.status_code == 304
        assert not again.data
    sheet = re.search(r'href="(/static/fingerpost\.css\?v=\w+)"', client.get("/").text)
    assert sheet
    assert "immutable" in client.get(sheet[1]).headers["Cache-Control"]


# ---------------------------------------------------------------------------------------------- searching


def hits(text: str) -> list[str]:
    """The addresses that a page of results offers for its hits."""
    return re.findall(r'<div class="where">\s*<a class="arm" href="([^"]+)"', text)


def test_a_hit_shows_its_page_and_opens_there(client: FlaskClient) -> None:
    """The arm of a hit leads to its page, where its words are marked."""
    text = client.get("/search?q=psychologist+counselling").text
    assert "p. 3" in text
    opened = client.get(hits(text)[0].replace("&amp;", "&"))
    assert 'id="quoted"' in opened.text
    marked = " ".join(re.findall(r"<mark[^>]*>(.*?)</mark>", opened.text, re.S))
    assert "psychologist" in marked


def test_practices_stand_above_passages(client: FlaskClient) -> None:
    """A search among passages shows the practices that answer it before the first hit."""
    practice = client.application.extensions["fingerpost"].catalogue.practices()[0]
    text = client.get("/search", query_string={"q": practice.title}).text
    shown = text.index(f'href="/practices/{practice.id}"')
    assert shown < text.index('class="hit"')
    assert (
        "Practices that may answer this"
        not in client.get("/search", query_string={"q": practice.title, "page": 2}).text
    )


def test_a_facet_leaves_as_many_as_it_says(client: FlaskClient) -> None:
    """Following a facet's link gives the number of hits that stood beside it, and a chip that takes it back."""
    text = client.get("/search?q=children").text
    facet = re.search(r'<a class="" href="(/search\?q=children&amp;theme=[\w-]+)".*?<span class="n">(\d+)</span>', text)
    assert facet
    narrowed = client.get(facet[1].replace("&amp;", "&")).text
    assert f"of {facet[2]} passage" in narrowed
    chip = re.search(r'<a class="chip on" href="([^"]+)"', narrowed)
    assert chip
    assert chip[1] == "/search?q=children"


def test_two_values_of_a_facet_are_alternatives(client: FlaskClient) -> None:
    """Choosing a second document finds the hits of both, and shows two chips."""
    answer = client.get("/api/v1/search?q=children").get_json()
    first, second = answer["facets"]["doc"][:2]
    text = client.get("/search", query_string={"q": "children", "doc": [first["value"], second["value"]]}).text
    assert f"of {first['count'] + second['count']} passage" in text
    assert text.count('class="chip on"') == 2


def test_pages_of_results_hold_every_hit_once(home: Home) -> None:
    """Paging with two hits a page shows as many different hits as the search says it has."""
    client = create_app({"home": home, "results_per_page": 2}).test_client()
    address, seen, total = "/search?q=children", [], 0
    while address:
        text = client.get(address).text
        counted = re.search(r"of (\d+) passage", text)
        assert counted
        total = int(counted[1])
        seen += re.findall(r'<a href="(/passages/[^"]+)">Permanent link', text)
        onward = re.search(r'rel="next" href="([^"]+)"', text)
        address = onward[1].replace("&amp;", "&") if onward else ""
    assert total > 2
    assert len(seen) == len(set(seen)) == total


def test_a_long_list_of_documents_comes_in_pages(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two thousand documents once made a page of 850 kB: each stands on one page of the list, and all are counted."""
    whole = re.findall(r'href="(/documents/[^"/.]+)"', client.get("/documents").text)
    monkeypatch.setattr("webapp.pages.documents.LISTED", 1)
    address, seen = "/documents", []
    while address:
        text = client.get(address).text
        seen += re.findall(r'href="(/documents/[^"/?.]+)"', text)
        assert f"{len(dict.fromkeys(whole))} documents" in text
        onward = re.search(r'rel="next" href="([^"]+)"', text)
        address = onward[1] if onward else ""
    assert seen == whole
    assert client.get("/documents?page=900").status_code == 404
    assert client.get("/documents?page=x").status_code == 400


def test_hits_gather_by_document(client: FlaskClient) -> None:
    """Grouped, each document is a heading once and its hits stand under it."""
    text = client.get("/search?q=children&by=doc").text
    titles = re.findall(r'<section class="group">\s*<h2 class="source"><a href="([^"]+)" lang="en">', text)
    assert len(titles) == len(set(titles)) >= 2


def test_what_was_added_is_taken_out_by_a_click(client: FlaskClient) -> None:
    """Each added name is a link to the search without it; there it is offered again."""
    text = client.get("/search?q=unaccompanied+children").text
    chip = re.search(
        r'<a class="chip" href="(/search\?q=unaccompanied\+children&amp;without=[^"]+)"[^>]*><span[^>]*>([^<]+)', text
    )
    assert chip
    address, name = chip[1].replace("&amp;", "&"), chip[2]
    without = client.get(address).text
    assert re.search(rf'<a class="chip out" href="/search\?q=unaccompanied\+children"[^>]*><span[^>]*>{name}<', without)
    added = client.get(address.replace("/search?", "/api/v1/search?")).get_json()["also"]
    assert name not in added


def test_a_search_exactly_as_typed(client: FlaskClient) -> None:
    """One click searches only what was typed, neither other names nor other spellings; another one goes back."""
    text = client.get("/search?q=unaccompanied+childen").text
    assert "Also searched" in text
    assert 'href="/search?q=unaccompanied+childen&amp;exact=1"' in text
    exact = client.get("/search?q=unaccompanied+childen&exact=1").text
    assert "Searched exactly as typed" in exact
    assert "Also searched" not in exact
    assert "Did you mean" not in exact
    assert 'href="/search?q=unaccompanied+childen"' in exact
    assert client.get("/api/v1/search?q=unaccompanied&exact=1").get_json()["also"] == []


def test_a_new_question_starts_afresh(client: FlaskClient) -> None:
    """The search box keeps filters and exactness, but not the names that were left out of another question."""
    text = client.get("/search?q=children&without=minors&exact=1&theme=guardianship&like=").text
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))
    assert hidden == {"theme": "guardianship", "exact": "1"}


def test_counts_by_kind_and_standing_stand_above_the_hits(client: FlaskClient) -> None:
    """How much of which kind and standing there is, is told before the first hit, each a link that narrows to it."""
    text = client.get("/search?q=children").text
    counted = client.get("/api/v1/search?q=children").get_json()["facets"]
    above = text[text.index('class="tallies"') : text.index('class="bar-row"')]
    numbers = [int(n) for n in re.findall(r'<span class="num">(\d+)</span>', above)]
    shown = [v["count"] for name in ("kind", "standing") if len(counted[name]) > 1 for v in counted[name]]
    assert shown
    assert numbers == shown


def test_where_nothing_is_found_the_nearest_is_shown(client: FlaskClient) -> None:
    """A phrase that nothing has, or a filter that leaves nothing, is given up, and the page says so."""
    phrase = client.get("/search?q=%22guardian+zyxwvut%22").text
    assert "Nothing in this library answers that" in phrase
    assert "found without phrases and exclusions" in phrase
    assert 'class="hit"' in phrase
    filtered = client.get("/search?q=guardian&country=FR").text
    assert "found without the filters" in filtered
    assert 'href="/search?q=guardian">See all of them' in filtered


def test_the_four_views_keep_the_question(client: FlaskClient) -> None:
    """The tabs repeat question and filters, and tell how much each view has."""
    text = client.get("/search?q=guardian&theme=guardianship").text
    for place in (
        "/statements?q=guardian",
        "/search?q=guardian&amp;in=practices",
        "/search?q=guardian&amp;in=documents",
    ):
        assert f"{place}&amp;theme=guardianship" in text


def test_an_empty_answer_is_honest(client: FlaskClient) -> None:
    """Where nothing is found the page says so and offers a way on; it does not pretend."""
    text = client.get("/search?q=zyxwvut").text
    assert "Nothing in this library answers that" in text
    assert 'href="/themes"' in text


@pytest.mark.parametrize("typed", AWKWARD, ids=lambda typed: typed[:12])
def test_nothing_typed_breaks_a_search(client: FlaskClient, typed: str) -> None:
    """Whatever is typed gives a page that shows what was searched for, escaped, in the box and above the hits."""
    response = client.get("/search", query_string={"q": typed})
    assert response.status_code == 200
    tree = Tree(response.text)
    assert tree.loaded.count("/static") == 0
    assert len(re.findall("<script", response.text)) == len(re.findall('<script src="/static/', response.text))
    assert not tree.faults
    assert "Searched for" in response.text or "note" in response.text


@pytest.mark.parametrize(
    "address",
    ["/search?page=0", "/search?page=abc", "/search?page=²", "/search?page=" + "9" * 5000, "/search?in=pictures",
     "/search?sort=beauty", "/search?by=colour", f"/documents/{HARBOUR}/pages/two", f"/documents/{HARBOUR}/pages/-1",
     "/search?like=", "/search?like=+&in=documents", "/api/v1/search?like=",
     "/cite/morocco-domestic-workers-advocacy/docx", "/api/v1/search?limit=0", "/api/v1/search?offset=-1"],
)  # fmt: skip
def test_bad_values_get_a_sentence(client: FlaskClient, address: str) -> None:
    """A value that a parameter cannot have is answered with 400 and a sentence that repeats a line of it at most."""
    response = client.get(address)
    assert response.status_code == 400
    assert "“" in response.text
    assert len(response.text) < 8000


@pytest.mark.parametrize(
    "address",
    ["/nothing", "/documents/nothing", f"/documents/{HARBOUR}/pages/99", f"/documents/{HARBOUR}/pages/0",
     f"/documents/{HARBOUR}/pages/{'1' * 5000}", "/documents/iom-children-evaluation/text",
     "/passages/nothing.p000000000000", "/statements/x", "/practices/nothing", "/themes/nothing",
     "/themes/recommendation", "/cite/nothing",
     "/documents/..%2f..%2fetc", "/static/../app.py", "/search?q=children&page=900"],
)  # fmt: skip
def test_what_is_not_there_is_said(client: FlaskClient, address: str) -> None:
    """An address that nothing stands at gives 404, a search box, and no word about commands or files."""
    response = client.get(address)
    assert response.status_code == 404
    assert 'role="search"' in response.text
    assert "fingerpost status" not in response.text


def test_many_filters_do_not_grow_a_page(client: FlaskClient) -> None:
    """An address with 35 KB of filters once gave a page of 145 MB: too many are refused, long ones not repeated."""
    many = "&".join(f"theme=x{number}" for number in range(MOST_VALUES + 1))
    for path in ("/search?q=children&", "/api/v1/search?q=children&"):
        refused = client.get(path + many)
        assert refused.status_code == 400
        assert str(MOST_VALUES) in refused.text
    most = client.get("/search?q=children&" + many.rpartition("&")[0])
    assert most.status_code == 200
    long = client.get("/search", query_string={"q": "children", "doc": ["x" * 1500, "y" * 1500]})
    assert long.status_code == 200
    assert 'aria-label="Filters in use"' in long.text
    assert "shown without filters" in long.text
    assert len(long.text) < 60_000


def test_nothing_redirects(client: FlaskClient) -> None:
    """A stray slash is no redirect: that would repeat the host's name as the client claims it."""
    for address, status in (("/documents/", 200), ("/themes/guardianship/", 200), ("/documents//x", 404)):
        response = client.get(address, base_url="http://elsewhere.example")
        assert response.status_code == status
        assert "Location" not in response.headers
        assert "elsewhere" not in response.text


def test_a_part_of_a_file_is_not_compressed(client: FlaskClient) -> None:
    """A range counts bytes of the file as it is; compressed parts once could not be put together again."""
    headers = {"Accept-Encoding": "gzip", "Range": "bytes=0-4999"}
    part = client.get("/static/fingerpost.css", headers=headers)
    assert part.status_code == 206
    assert "Content-Encoding" not in part.headers
    assert part.data == CSS.read_bytes()[:5000]


def test_reading_only(client: FlaskClient) -> None:
    """Nothing can be posted; the page says what can be done."""
    response = client.post("/search", data={"q": "x"})
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


# ---------------------------------------------------------------------------------------------- reading


def test_a_page_reads_as_printed(client: FlaskClient) -> None:
    """A page shows its text, its note, its printed number, and the ways to its neighbours."""
    text = client.get(f"/documents/{HARBOUR}/pages/2").text
    assert "reunited 412 children" in re.sub(r"<[^>]+>", "", text)
    assert "monitoring records" in text
    assert "p. 2" in text
    assert f'rel="prev" href="/documents/{HARBOUR}/pages/1"' in text
    assert f'rel="next" href="/documents/{HARBOUR}/pages/3"' in text
    assert 'rel="next"' not in client.get(f"/documents/{HARBOUR}/pages/5").text


def test_a_quotation_comes_with_its_reference(client: FlaskClient) -> None:
    """A statement's address gives the exact words, the page as locator, and the files for reference managers."""
    statement = client.application.extensions["fingerpost"].catalogue.statements(HARBOUR)[0]
    page = client.get(f"/statements/{statement.id}").text
    assert statement.text[:40] in page
    assert f"p. {statement.span.page_label}" in page
    styles = client.get(f"/cite/{statement.id}").text
    assert statement.text[:40] in styles
    assert styles.count('class="copy"') >= 3
    for name, start in (("bibtex", "@"), ("ris", "TY  -"), ("csl-json", "[")):
        file = client.get(f"/cite/{statement.id}/{name}")
        assert file.text.lstrip().startswith(start)
        assert file.headers["Content-Disposition"].startswith("attachment")


def test_our_address_is_given_only_when_it_is_set(home: Home) -> None:
    """Citations and permanent addresses name this site only where the setting says how others reach it."""
    item = create_app(home).extensions["fingerpost"].catalogue.passages(HARBOUR)[0].id
    unset = create_app(home).test_client().get(f"/passages/{item}").text
    public = create_app({"home": home, "public_url": "https://kb.example.org/"}).test_client()
    named = public.get(f"/passages/{item}").text
    assert "localhost" not in unset
    assert "example.org" not in unset
    assert f"https://kb.example.org/passages/{item}" in named


def test_a_practice_shows_where_it_is_and_what_is_like_it(client: FlaskClient) -> None:
    """Its countries on a small map and as links; other practices like it, never itself."""
    here = client.application.extensions["fingerpost"]
    practice = next(one for one in here.catalogue.practices() if one.places)
    text = client.get(f"/practices/{practice.id}").text
    where = text[text.index("<h2>Where</h2>") :]
    drawn = where[where.index("<svg") : where.index("</svg>")]
    for place in practice.places:
        assert f'href="/countries/{place.country}"' in where[: where.index("<svg")]
        assert f'href="/countries/{place.country}"' in drawn
    similar = text[text.index('id="alike"') :]
    others = re.findall(r'<a class="head" href="/practices/([^"]+)"', similar)
    assert others
    assert practice.id not in others
    assert f"/search?like={practice.id}&amp;in=practices" in similar


def test_a_practice_tells_its_sources_and_its_blanks(client: FlaskClient) -> None:
    """What it took, what failed and when not stand first; every claim has its source; blanks are said briefly."""
    catalogue = client.application.extensions["fingerpost"].catalogue
    for practice in catalogue.practices():
        text = client.get(f"/practices/{practice.id}").text
        places = [
            text.index(f">{heading}<") for heading in ("What it took", "What failed", "When it will not transfer")
        ]
        assert places == sorted(places)
        cited = sum(len(claim.sources) for claims in practice.told.values() for claim in claims)
        assert len(re.findall(r'class="arm tiny', text)) == cited > 0
        assert 'aria-current="step"' in text
        assert text.lower().count("the source does not say") <= 5


def test_the_safety_page_names_its_contact(home: Home) -> None:
    """The contact of the settings is shown, escaped; without one the page says whom to turn to."""
    app = create_app({"home": home, "safety_contact": "safety@example.org <team>"})
    assert "safety@example.org &lt;team&gt;" in app.test_client().get("/safety").text
    assert "has not named a contact" in create_app(home).test_client().get("/safety").text


# ---------------------------------------------------------------------------------------------- homes made here


@pytest.fixture
def evil_home(fresh_home: Home) -> Home:
    """A home that holds the evil document, indexed."""
    return keep_evil(fresh_home)


def test_hostile_text_stays_text(evil_home: Home) -> None:
    """Markup in any field of a document reaches no page as markup, and a javascript: address is no link."""
    client = create_app(evil_home).test_client()
    for address in EVIL_ADDRESSES:
        response = client.get(address)
        assert response.status_code == 200, address
        tree = Tree(response.text)
        assert "img" not in tree.tags, address
        ours = response.text.count('<script src="/static/') + response.text.count('<script type="application/ld+json">')
        assert response.text.count("<script") == ours, address
        assert not [a for a in tree.attributes if a.startswith("on")], address
        assert not [link for link in tree.links if urlsplit(link).scheme == "javascript"], address


def test_withdrawn_says_only_that(evil_home: Home) -> None:
    """Once a document is removed all its addresses give 410 and none of its words."""
    with evil_home.writing(), CatalogueWriter(evil_home.catalogue_url) as writer:
        writer.remove("evil")
        library.bring_up_to_date(evil_home, writer)
    client = create_app(evil_home).test_client()
    for address in (
        "/documents/evil", "/documents/evil/pages/1", "/documents/evil/text", "/passages/evil.p0123456789ab",
        "/statements/evil.s0123456789ab", "/cite/evil", "/cite/evil.p0123456789ab", "/cite/evil.s0123456789ab/ris",
    ):  # fmt: skip
        response = client.get(address)
        assert response.status_code == 410, address
        words = re.sub(r"<[^>]+>", " ", response.text)
        assert "Guardians" not in words
        assert "alert" not in words
        assert "evil" not in words
    assert "evil" not in client.get("/documents").text


def test_an_empty_home_says_what_to_do(fresh_home: Home) -> None:
    """A new home's pages work and name the commands that fill it."""
    client = create_app(fresh_home).test_client()
    first = client.get("/").text
    assert "fingerpost init" in first
    assert "Running a programme" not in first  # examples that nothing answers
    for address in ("/search?q=x", "/search", "/documents", "/practices", "/themes", "/themes/guardianship", "/about"):
        assert client.get(address).status_code == 200, address


def test_a_missing_index_is_no_crash(evil_home: Home) -> None:
    """Without an index the search answers 503 without a path; what the catalogue holds is shown, with a note."""
    assert "Search is not ready" not in create_app(evil_home).test_client().get("/documents/evil").text
    for file in sorted(evil_home.index_dir.rglob("*"), reverse=True):
        if file.is_dir() and not file.is_symlink():
            file.rmdir()
        else:
            file.unlink()
    client = create_app(evil_home).test_client()
    response = client.get("/search?q=guardians")
    assert response.status_code == 503
    assert str(evil_home.path) not in response.text
    assert "Search is not ready" not in response.text  # the page says so itself
    with CatalogueWriter(evil_home.catalogue_url) as catalogue:
        items = [*catalogue.passages("evil")[:1], *catalogue.statements("evil")[:1]]
        practices = [f"/practices/{identifier}" for identifier in catalogue.practice_ids()]
    lists = ("/", "/documents", "/practices", "/themes", "/about", "/help/search")
    of_items = ("/documents/evil", "/documents/evil/pages/1", *(f"/passages/{i.id}" for i in items[:1]))
    for address in (*lists, *of_items, *practices, *(f"/cite/{item.id}" for item in items)):
        page = client.get(address)
        assert (page.status_code, "Search is not ready" in page.text) == (200, True), address


@pytest.mark.slow
def test_the_shipped_knowledge_base_answers(fresh_home: Home) -> None:
    """Every example on the first page has an answer in what ships, the shelter's practice first; ours says so."""
    with fresh_home.writing(), CatalogueWriter(fresh_home.catalogue_url) as writer:
        list(shipped.load(fresh_home, writer, publish=lambda: library.bring_up_to_date(fresh_home, writer)))
    app = create_app(fresh_home)
    searched = {words: app.extensions["fingerpost"].search(a.request(5)) for _, some in EXAMPLES for words, a in some}
    assert not [words for words, answer in searched.items() if answer.weak]
    text = app.test_client().get("/search?q=shelter+for+returned+adolescents").text
    assert text.index("/practices/el-refugio-shelter-returned-adolescents") < text.index('class="hit"')
    pages = app.test_client()
    listed = pages.get("/documents").text.split('<li class="entry">')[1:]
    own = ["Our own synthesis" in entry for entry in listed]
    assert 0 < sum(own) < len(own)
    assert own == sorted(own), "ours stand after the sources"
    assert "Our own synthesis" in pages.get("/documents/fingerpost-synthesis-brief").text
    assert "Our own synthesis" in pages.get("/search?q=guardianship").text
    assert "fetch --sources" in pages.get("/").text  # the sources' own pages do not ship


# ---------------------------------------------------------------------------------------------- pure parts


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (Span(page=49, page_end=49, page_label="47", page_end_label="47"), ("p. 47", "PDF page 49")),
        (Span(page=5, page_end=6, page_label="5", page_end_label="6"), ("pp. 5–6", "")),
        (Span(page=2, page_end=3, page_label="ii", page_end_label="iii"), ("pp. ii–iii", "PDF pages 2–3")),
        (Span(page=1, page_end=1), ("PDF page 1", "")),
        (Span(), ("", "")),
    ],
)
def test_the_printed_page_comes_first(span: Span, words: tuple[str, str]) -> None:
    """An arm shows the printed label, and the page of the PDF beside it only where the two differ."""
    assert page_words(span) == words


def test_a_quotation_is_found_across_a_page_break() -> None:
    """A passage's words are marked on both of its pages, also where the break cuts a word."""
    first = "The houses worked best where a guardian had been ap-"
    second = "pointed within the first ten days, because only then could the child enrol."
    whole = f"Twelve beds. {first[:-1]}{second[: second.index('only') + 4]}"
    assert find(first, whole) == (0, len(first))
    assert find(second, whole) == (0, second.index("only") + 4)
    assert find("Something else stands in this paragraph of the page.", whole) is None
    assert find("1", whole) is None


def test_a_heading_is_no_part_of_the_sentence_below() -> None:
    """A sentence that begins with its heading's words is marked alone, and its address jumps to it."""
    said = Statement(id="d.s1", doc="d", passage="d.p1", text="Focal points need time.", kind=StatementKind.LESSON)
    blocks = (
        Block(kind=BlockKind.HEADING, text="Focal points", level=2),
        Block(kind=BlockKind.LIST_ITEM, text="They help. Focal points need time."),
    )
    shown = [run.blocks[0] for run in show(Page(number=1, blocks=blocks), quotation=said).runs]
    assert [[(p.text, p.first) for p in s.pieces if p.marked] for s in shown] == [
        [],
        [("Focal points need time.", True)],
    ]


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        ((("Year", "Country", "Children"), ("2015", "Nepal", "40")), True),
        ((("A. Person", "Policy adviser"), ("B. Person", "Officer")), False),
        ((("tion of rights", "x" * 200, "y"), ("a", "b", "c")), False),
        ((("Year", "", "Children"), ("2015", "Nepal", "40")), False),
        ((("Year", "Country", "Children"),), False),
    ],
)
def test_a_first_row_names_columns_only_where_it_looks_so(rows: tuple[tuple[str, ...], ...], names: bool) -> None:
    """Lists of persons and tables that go on from the page before have no row of names."""
    page = Page(number=1, blocks=(Block(kind=BlockKind.TABLE, text="", rows=rows),))
    cells = show(page).runs[0].blocks[0].rows
    assert [cell.names_column for cell in cells[0]] == [names] * len(rows[0])
    assert not any(cell.names_column for row in cells[1:] for cell in row)


def test_bullets_in_a_cell_begin_lines() -> None:
    """A cell that holds a list is drawn as lines, its first words where they are."""
    assert cell_lines("Two: • train • visit") == ("Two:", "• train", "• visit")
    assert cell_lines("one • two")[0] == "one"
    assert cell_lines("") == ("",)


@pytest.mark.parametrize("address", ["http://[", "javascript:alert(1)", "https://", "ftp://x.example/a", "x", ""])
def test_only_web_addresses_are_linked(address: str) -> None:
    """What a record gives for an address but is none becomes no link, and no error."""
    assert outside(address) == ""
    assert host(address) == ""


def test_web_addresses_are_linked_and_named() -> None:
    """A web address is linked as it stands, and named by its host."""
    assert outside("https://www.example.org/a%2520b") == "https://www.example.org/a%2520b"
    assert host("https://www.example.org/a%2520b") == "example.org"


def test_a_notation_in_words_is_not_said_twice() -> None:
    """Objectives keep their number; a principle's notation only repeats its label."""
    schemes = [*vocabulary().scheme("gcm-objectives"), *vocabulary().scheme("gcm-principles")]
    labels = {concept.id: numbered_label(concept.id) for concept in schemes}
    assert any(shown[0].isdecimal() for shown in labels.values())
    assert not [c.id for c in schemes if not c.notation[:1].isdecimal() and labels[c.id] != c.label]


def test_a_refusal_is_no_list(client: FlaskClient) -> None:
    """Where nothing answers stand a handful of nearest things, without counts, orders and lists to carry away."""
    refused, answered = (client.get(f"/search?q={q}").text for q in ("bicycle+race+in+the+harbour", "guardianship"))
    assert "Nothing here answers this; nearest:" in refused
    assert 1 <= refused.split("farther off</summary>")[0].count('<article class="hit">') <= NEAREST_SHOWN
    for part in ('class="facet"', 'class="bar-row"', "/search/export.", 'class="tallies'):
        assert part not in refused, part
        assert part in answered, part


def test_names_in_several_scripts_are_parted(client: FlaskClient) -> None:
    """Each name in the glossary is isolated, so that the dots between them do not run with an Arabic one."""
    assert re.search(r'<bdi lang="ar" dir="rtl">[^<]+</bdi>', client.get("/glossary").text)


def test_what_was_searched_is_what_was_typed(client: FlaskClient) -> None:
    """Filters chosen beside the words are chips and nothing else; typed ones are said, for they were typed."""
    text = client.get("/search?q=unaccompanied+children&theme=guardianship").text
    assert '<b class="said" dir="auto">unaccompanied children</b>' in text
    assert "Theme: Guardianship" in text
    assert "theme:guardianship</b>" in client.get("/search?q=children+theme%3Aguardianship").text


def test_a_statement_is_marked_inside_its_paragraph() -> None:
    """Of a paragraph only the statement's own words are underlined, and its mark stands at its end."""
    said = Statement(id="d.s1", doc="d", passage="d.p1", text="Guardians come late.", kind=StatementKind.CHALLENGE)
    block = Block(kind=BlockKind.PARAGRAPH, text="Two houses. Guardians come late. Staff stayed.")
    pieces = show(Page(number=1, blocks=(block,)), statements=(said,)).runs[0].blocks[0].pieces
    assert [(p.text, p.kind, bool(p.ending)) for p in pieces] == [
        ("Two houses. ", "", False),
        ("Guardians come late.", "challenge", True),
        (" Staff stayed.", "", False),
    ]


def test_the_outline_opens_where_one_reads() -> None:
    """Beside a page stand all chapters and the parts of its own; a level that a report leaves out makes no gap."""
    levels = (("One", 1), ("1.1", 3), ("1.2", 3), ("Two", 1), ("2.1", 2), ("2.1.1", 3), ("Three", 1))
    entries = outline([Section(heading=heading, level=level, path=(heading,)) for heading, level in levels])
    assert [entry.depth for entry in entries] == [1, 2, 2, 1, 2, 3, 1]
    assert [e.section.heading for e in around(entries, 4)] == ["One", "Two", "2.1", "2.1.1", "Three"]
    assert [e.section.heading for e in around(entries, None)] == ["One", "1.1", "1.2", "Two", "Three"]


def test_settings_given_win_and_are_checked(home: Home) -> None:
    """Settings given to the factory overrule the home's, leave the home as it is, and a wrong one is named."""
    app = create_app({"home": home, "results_per_page": 3})
    assert app.extensions["fingerpost"].settings.results_per_page == 3
    assert home.settings.results_per_page != 3
    for wrong in ({"results_per_page": 0}, {"colour": "red"}):
        with pytest.raises(UsageError, match=next(iter(wrong))):
            create_app({"home": home, **wrong})


def test_a_taken_port_is_said(fresh_home: Home) -> None:
    """Where another program listens already, the server ends with a sentence that names the way out."""
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(UsageError, match="--port"):
        serve(fresh_home, port=taken.getsockname()[1])


def test_a_snippet_keeps_only_its_marks() -> None:
    """Whatever a snippet holds besides <mark> is shown as text, once escaped."""
    assert str(snippet("a &amp; <mark>b</mark> <b>c</b>")) == "a &amp; <mark>b</mark> &lt;b&gt;c&lt;/b&gt;"
    assert str(snippet("<mark>open")) == "<mark>open</mark>"


# ---------------------------------------------------------------------------------------------- the stylesheet


def tokens() -> tuple[dict[str, str], dict[str, str]]:
    """The colours of the stylesheet for light and for dark."""
    css = CSS.read_text("utf-8")
    colours = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6})\b")
    light = dict(colours.findall(css[: css.index("prefers-color-scheme: dark")]))
    dark = dict(colours.findall(css[css.index("prefers-color-scheme: dark") : css.index("ground */")]))
    return light, {**light, **dark}


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2, definition of relative luminance)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio (WCAG 2.2, definition of contrast ratio)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


TEXT = ("ink", "ink-2", "ink-3", "post", "arm", "recommendation", "lesson", "good-practice", "challenge", "result")
PAIRS = (
    *((text, ground, 4.5) for text in TEXT for ground in ("paper", "card")),
    ("ink", "mark", 4.5), ("ink", "post-soft", 4.5), ("post", "post-soft", 4.5), ("arm", "arm-soft", 4.5),
    ("on-post", "post", 4.5), ("paper", "arm", 4.5), ("ink-3", "line-soft", 4.5),
    ("edge", "paper", 3.0), ("edge", "card", 3.0), ("arm", "paper", 3.0),
)  # fmt: skip


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_have_contrast(scheme: int) -> None:
    """Every text colour reads on every ground it stands on, in light and in dark (WCAG 2.2, 1.4.3 and 1.4.11)."""
    colour = tokens()[scheme]
    poor = {
        f"{front} on {back}: {ratio:.2f}"
        for front, back, least in PAIRS
        if (ratio := contrast(colour[front], colour[back])) < least
    }
    assert not poor


TEMPLATES = CSS.parent.parent / "templates"
NUMBERED = re.compile(r"k-[\w-]+|[dos][1-9]")
"""Classes that a template makes out of a kind, a depth or a shade; those at depth 1 need no rule."""


COMPARED = re.compile(r"(?:==|!=|\bin\b)\s*(?:\([^)]*\)|'[^']*')")
"""What a template compares with names no class."""


def test_stylesheet_and_templates_name_the_same_classes() -> None:
    """Boxes once had no rule and a rule for sheet numbers had no element, each by a name that had changed."""
    css = re.sub(r"/\*.*?\*/", "", CSS.read_text("utf-8"), flags=re.S)
    ruled = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"\{[^{}]*\}", "{}", css)))
    drawn: set[str] = set()
    for template in TEMPLATES.rglob("*.html"):
        if template.parent.name == "kit":  # a site of its own, with a stylesheet of its own
            continue
        for value in re.findall(r'class="((?:\{\{.*?\}\}|[^"{])*)"', template.read_text("utf-8")):
            own = re.sub(r"(?:\b(?:k-|d|o|s))?\{\{.*?\}\}", " ", value)
            codes = (COMPARED.sub("", code) for code in re.findall(r"\{\{(.*?)\}\}", value))
            chosen = (words for code in codes for words in re.findall(r"'([^']*)'", code))
            drawn.update(own.split(), *(words.split() for words in chosen))
    ruled, drawn = ({name for name in names if not NUMBERED.fullmatch(name)} for names in (ruled, drawn))
    passed_on = {"sign", "caption", "furniture"}
    for script in CSS.parent.glob("*.js"):
        drawn |= set(re.findall(r'class: "([a-z][\w-]*)"', script.read_text("utf-8")))
    assert drawn - ruled == set()
    assert ruled - drawn - passed_on == set()


def test_the_stylesheet_is_for_both_directions() -> None:
    """No physical side is named, so that the sheet serves right-to-left scripts; nothing is loaded from elsewhere."""
    css = CSS.read_text("utf-8")
    assert not re.findall(r"(?<![\w-])(?:margin|padding|border)-(?:left|right)|text-align:\s*(?:left|right)", css)
    assert "url(" not in css
    assert "@import" not in css
