"""Collections: gathering, ordering, reading, and what must never happen to them."""

from __future__ import annotations

import html
import logging
import re
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from shutil import copytree
from sqlite3 import connect

import msgspec
import pytest
from click.testing import Result
from flask.testing import FlaskClient
from web_samples import EVIL, HARBOUR, keep_evil
from werkzeug.test import TestResponse

from corpus.catalogue import CatalogueWriter, Published
from corpus.catalogue.decisions import decide
from corpus.errors import UsageError
from corpus.home import Home
from corpus.people import People, collecting
from corpus.people.collection_store import (
    CollectionDeleted,
    Collections,
    NoCollection,
    TooManyCollections,
    edit_key_in,
    new_key,
    read_key_in,
)
from corpus.people.collections import (
    ENTRIES_MOST,
    TEXT_MOST,
    Collection,
    EditedMeanwhile,
    Front,
    Gathered,
    Section,
    item_in,
    quiz_item,
)
from corpus.people.showing import gather, show
from corpus.sensitivity import decision
from webapp import create_app

KEY = "[A-Za-z0-9_-]{32}"


@pytest.fixture(scope="module")
def place(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The small home, copied: collections are kept in it."""
    folder = tmp_path_factory.mktemp("collections") / "home"
    copytree(home.path, folder)
    return Home(folder)


@pytest.fixture
def client(place: Home) -> FlaskClient:
    """A client of the application over it, from which everything may be made as often as tests like."""
    return create_app(
        {"home": place, "public_url": "https://kb.example.org", "collections_per_hour": 10_000}
    ).test_client()


def some(count: int = 3) -> Collection:
    """A collection with a first section of entries and a second without."""
    entries = [
        Gathered(number=0, kind="passage", item=f"x.p{at:012x}", doc="x", quotation="words") for at in range(count)
    ]
    return collecting.with_section(collecting.with_entries(Collection(front=Front(title="Guards")), entries), "Second")


class Author:
    """Somebody who works on a collection with a browser that runs no script."""

    def __init__(self, client: FlaskClient, *items: str, title: str = "Guards") -> None:
        self.client = client
        made = (
            client.post("/collections/add", data={"item": list(items), "title": title})
            if items
            else client.post("/collections", data={"title": title})
        )
        assert made.status_code == 303, made.text
        self.path = made.headers["Location"].partition("?")[0].partition("#")[0]

    @property
    def page(self) -> str:
        return self.client.get(self.path).text

    @property
    def read_path(self) -> str:
        return next(
            f"/collections/{key}" for key in re.findall(f"/collections/({KEY})", self.page) if key not in self.path
        )

    @property
    def shown(self) -> str:
        return self.client.get(self.read_path).text

    @property
    def numbers(self) -> list[int]:
        return [int(number) for number in re.findall(r'id="e(\d+)"', self.page)]

    def sends(self, do: str, seen: int | None = None, **fields: object) -> TestResponse:
        revision = seen or int(re.findall(r'name="revision" value="(\d+)"', self.page)[0])
        return self.client.post(self.path, data={"do": do, "revision": revision, **fields})

    def does(self, do: str, **fields: object) -> None:
        answer = self.sends(do, **fields)
        assert answer.status_code == 303, re.sub("<[^>]+>", " ", answer.text)
        assert answer.headers["Location"].startswith(self.path)


def items_of(client: FlaskClient) -> tuple[str, str, str]:
    """A passage, a statement and a practice of the small home."""
    catalogue = client.application.extensions["fingerpost"].catalogue
    return catalogue.passages(HARBOUR)[1].id, catalogue.statements(HARBOUR)[0].id, catalogue.practice_ids()[0]


# ---------------------------------------------------------------------------------------------- the value


def test_an_entry_moves_through_its_sections() -> None:
    """Up and down within a section, over its edge into the next, and to a section that is named; numbers stay."""
    content = some()
    assert [e.number for e in collecting.moved(content, 1, 1).entries] == [2, 1, 3]
    over = collecting.moved(content, 3, 1)
    assert [[e.number for e in s.entries] for s in over.sections] == [[1, 2], [3]]
    assert collecting.moved(over, 3, -1) == content
    assert collecting.moved(content, 1, -1) == content
    assert [e.number for e in collecting.moved_to(content, 1, 4).sections[1].entries] == [1]


def test_a_section_that_goes_leaves_its_entries() -> None:
    """They go to the section before; the last section cannot go."""
    content = collecting.without_section(collecting.moved(some(), 3, 1), 4, 99)
    assert [e.number for e in content.entries] == [1, 2, 3]
    with pytest.raises(UsageError, match="one section at least"):
        collecting.without_section(content, 0, 99)


def test_nothing_is_added_twice_and_nothing_without_end() -> None:
    """An item that is there stays once; a collection has an end."""
    content = some(2)
    assert collecting.with_entries(content, content.entries) == content
    with pytest.raises(UsageError, match="holds 300 entries at most"):
        some(ENTRIES_MOST + 1)


def test_who_writes_into_what_another_changed_is_told() -> None:
    """The same note: refused; another note, or the same words: no clash."""
    content = collecting.with_note(some(), 1, "first", seen=1, revision=2)
    with pytest.raises(EditedMeanwhile):
        collecting.with_note(content, 1, "second", seen=1, revision=3)
    with pytest.raises(EditedMeanwhile):
        collecting.without_entry(content, 1, seen=1)
    assert collecting.with_note(content, 1, "first", seen=1, revision=3) == content
    assert collecting.with_note(content, 2, "other", seen=1, revision=3).entry(2).note == "other"
    assert collecting.with_note(content, 1, "second", seen=2, revision=3).entry(1).note == "second"


def test_a_quiz_must_be_answerable() -> None:
    """Two answers and a right one; the right ones are marked by a star."""
    item = quiz_item("Who?", "* a guardian\nnobody", "")
    assert item is not None
    assert [(one.text, one.right) for one in item.answers] == [("a guardian", True), ("nobody", False)]
    assert quiz_item(" ", "", "") is None
    with pytest.raises(UsageError, match="needs its words and two answers"):
        quiz_item("Who?", "a guardian\nnobody", "")


@pytest.mark.parametrize(
    ("given", "item"),
    [
        ("report.p0123456789ab", "report.p0123456789ab"),
        (" https://kb.example.org/fr/statements/report.s0123456789ab.2 ", "report.s0123456789ab.2"),
        ("/documents/report/pages/4?passage=report.p0123456789ab#quoted", "report.p0123456789ab"),
        ("http://localhost:8000/documents/report/pages/4", "report"),
        ("/practices/night-desk?x=1", "night-desk"),
    ],
)
def test_an_item_is_known_by_its_address(given: str, item: str) -> None:
    """Whatever of our addresses somebody pastes."""
    assert item_in(given) == item


@pytest.mark.parametrize("given", ["", "../../etc/passwd", "Report", "a b", "report.p01", "/documents/", "x" * 300])
def test_what_is_no_item_is_refused(given: str) -> None:
    """With a sentence that says what to paste."""
    with pytest.raises(UsageError, match="is no address of a passage"):
        item_in(given)


# ---------------------------------------------------------------------------------------------- keeping it


def test_keys_cannot_be_guessed_and_the_one_to_edit_is_not_kept(tmp_path: Path) -> None:
    """192 random bits each; the database has the read key and a hash, and the one does not open what the other does."""
    keys = {new_key() for _ in range(500)}
    assert len(keys) == 500
    assert all(re.fullmatch(KEY, key) and not key.startswith("-") for key in keys)
    home = Home(tmp_path)
    store = Collections(People(home), 10)
    made = store.make(some())
    with closing(connect(home.people_file)) as database:
        everything = "\n".join(database.iterdump())
    assert made.read_key in everything
    assert made.edit_key not in everything
    assert store.open(made.edit_key).read_key == made.read_key
    for wrong in (lambda: store.open(made.read_key), lambda: store.read(made.edit_key), lambda: store.read("")):
        with pytest.raises(NoCollection):
            wrong()


def test_nothing_is_made_by_looking(tmp_path: Path) -> None:
    """A home without people's database has none after somebody tried a key."""
    people = People(Home(tmp_path))
    with pytest.raises(NoCollection):
        Collections(people, 10).read(new_key())
    assert not people.exists


def test_only_so_many_are_made_in_an_hour(tmp_path: Path) -> None:
    """Nobody fills the disk with collections."""
    store = Collections(People(Home(tmp_path)), 2)
    store.make(some())
    store.make(some())
    with pytest.raises(TooManyCollections):
        store.make(some())
    with pytest.raises(TooManyCollections, match="No new collections"):
        Collections(People(Home(tmp_path)), 0).make(some())


def test_a_deleted_collection_is_gone_and_says_so(tmp_path: Path) -> None:
    """Nothing of it is left but that it was."""
    home = Home(tmp_path)
    store = Collections(People(home), 10)
    made = store.make(some())
    store.delete(made.edit_key)
    with pytest.raises(CollectionDeleted):
        store.read(made.read_key)
    with closing(connect(home.people_file)) as database:
        assert "Guards" not in "\n".join(database.iterdump())


def test_two_who_add_at_once_lose_nothing(tmp_path: Path) -> None:
    """Each change is made of the state that the one before left."""
    home = Home(tmp_path)
    made = Collections(People(home), 10).make(Collection(front=Front(title="Guards")))

    def add(who: int) -> None:
        store = Collections(People(home), 10)
        for at in range(5):
            entry = Gathered(number=0, kind="document", item=f"report-{who}-{at}")
            store.change(made.edit_key, lambda content, _, entry=entry: collecting.with_entries(content, [entry]))  # type: ignore[misc]

    threads = [threading.Thread(target=add, args=(who,)) for who in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = Collections(People(home), 10).open(made.edit_key)
    assert len(kept.content.entries) == len({e.number for e in kept.content.entries}) == 20
    assert kept.revision == 21


def test_a_key_is_found_in_what_was_pasted() -> None:
    """The whole address in any language, or the key alone; the one for reading is not the one for editing."""
    key = "A" * 32
    assert edit_key_in(f" https://kb.example.org/fr/collections/edit/{key}?new=1#e3 ") == key
    assert edit_key_in(key) == read_key_in(key) == key
    assert edit_key_in(f"https://kb.example.org/collections/{key}") == ""
    assert read_key_in(f"https://kb.example.org/ar/collections/{key}") == key
    assert edit_key_in(f"https://kb.example.org/collections/edit/{key}A") == ""


# ---------------------------------------------------------------------------------------------- what may be shown


@pytest.fixture
def changing(home: Home, tmp_path: Path) -> Iterator[tuple[Home, Published]]:
    """A copy of the small home whose decisions may be changed, and its published catalogue."""
    copytree(home.path, tmp_path / "changing")
    place = Home(tmp_path / "changing")
    with Published(place.catalogue_url) as catalogue:
        yield place, catalogue


def decided(place: Home, item: str, level: str) -> None:
    with CatalogueWriter(place.catalogue_url) as writer:
        decide(writer, [decision(item, level, "a test", "us")])


def test_what_is_withdrawn_is_withdrawn_from_collections(changing: tuple[Home, Published]) -> None:
    """Neither the words as they stand nor as they were kept are shown, nor what the author noted on them."""
    place, catalogue = changing
    passage = catalogue.passages(HARBOUR)[1]
    content = collecting.with_entries(
        Collection(front=Front(title="Guards")), [gather(catalogue, passage.id, "2026-01-02")]
    )
    content = collecting.with_note(content, 1, "what they say here", 9, 9)
    assert show(content, catalogue).sections[0].entries[0].text == passage.text
    decided(place, passage.id, "withdrawn")
    [gone] = show(content, catalogue).sections[0].entries
    assert (gone.state, gone.text, gone.note, gone.card) == ("withdrawn", "", "", None)
    decided(place, passage.id, "mask")
    assert show(content, catalogue).sections[0].entries[0].text == "[withheld]"
    decided(place, passage.id, "public")
    decided(place, HARBOUR, "curators")
    assert show(content, catalogue).sections[0].entries[0].state == "withdrawn"


def test_kept_words_are_shown_only_of_a_document_that_is_here(changing: tuple[Home, Published]) -> None:
    """An item that the catalogue does not have: as it was gathered, without contact data and withheld words."""
    place, catalogue = changing
    secret = catalogue.passages(HARBOUR)[1]
    line = secret.text.split("\n")[0]
    lost = Gathered(
        number=1, kind="passage", item=f"{HARBOUR}.p{'0' * 12}", doc=HARBOUR,
        quotation=f"Write to amina@northlight.example.\n{line}", note="n",
    )  # fmt: skip
    elsewhere = msgspec.structs.replace(lost, number=2, item=f"other.p{'0' * 12}", doc="other")
    content = Collection(front=Front(title="x"), sections=(Section(number=0, entries=(lost, elsewhere)),))
    kept, gone = show(content, catalogue).sections[0].entries
    assert kept.state == "kept"
    assert "amina@" not in kept.text
    assert line in kept.text
    assert (gone.state, gone.text, gone.card) == ("gone", "", None)
    decided(place, secret.id, "mask")
    assert line not in show(content, catalogue).sections[0].entries[0].text


def test_older_words_lead_to_what_stands_there_now(changing: tuple[Home, Published]) -> None:
    """A retired passage keeps its words, marked; where its successor was withdrawn it is shown no more."""
    place, catalogue = changing
    old, new, *_ = (passage.id for passage in catalogue.passages(HARBOUR))
    content = collecting.with_entries(Collection(front=Front(title="x")), [gather(catalogue, old, "2026-01-02")])
    with closing(connect(place.path / "catalogue.db")) as database, database:
        database.execute("UPDATE passages SET retired_in = 2, successor = ? WHERE id = ?", (new, old))
    [older] = show(content, catalogue).sections[0].entries
    assert (older.state, older.successor) == ("older", new)
    assert older.text
    decided(place, new, "withdrawn")
    assert show(content, catalogue).sections[0].entries[0].state == "withdrawn"


@pytest.mark.slow
def test_a_document_that_was_read_anew(tmp_path: Path, fingerpost: Callable[..., Result]) -> None:
    """What was changed in it stays as it was gathered, marked; the author can take what stands there now."""
    note, home = tmp_path / "note.md", tmp_path / "home"
    note.write_text(
        "# Night desk\n\nThe night desk opens at eight, and two people who speak the children's languages wait there.\n"
    )
    assert fingerpost("ingest", str(note), home=home).exit_code == 0
    client = create_app(Home(home)).test_client()
    catalogue = client.application.extensions["fingerpost"].catalogue
    old = catalogue.passages("note")[0].id
    author = Author(client, old)
    note.write_text(
        "# Night desk\n\nThe night desk opens at nine, and two people who speak the children's languages wait there.\n"
    )
    assert fingerpost("ingest", str(note), home=home).exit_code == 0
    new = catalogue.passages("note")[0].id
    assert new != old
    assert "opens at eight" in author.shown
    assert "stood in an earlier version" in author.shown
    assert f"/passages/{new}" in author.shown
    assert "stood in an earlier version" in client.get(f"{author.read_path}/export.md").text
    author.does("now", number=1, note="My note.")
    assert "opens at nine" in author.shown
    assert "My note." in author.shown
    assert "earlier version" not in author.shown


def test_people_s_words_are_withheld_too(changing: tuple[Home, Published]) -> None:
    """Contact data and protected organisations in a title, an introduction, a note, a quiz."""
    place, catalogue = changing
    decided(place, "org:Quiet Lantern", "mask")
    told = "The Quiet Lantern, 0041 22 555 01 23, ada@lantern.example"
    content = collecting.with_entries(some(0), [gather(catalogue, HARBOUR, "2026-01-02")])
    content = collecting.with_note(content, content.entries[0].number, told, 9, 9)
    content = collecting.with_front(content, Front(title=told, introduction=told, author=told), 9, 9)
    seen = msgspec.json.encode(
        msgspec.structs.replace(show(content, catalogue), collection=Collection(front=Front(title="")), sections=())
    )
    note = next(e.note for s in show(content, catalogue).sections for e in s.entries)
    for text in (seen.decode(), note):
        assert "Lantern" not in text
        assert "ada@" not in text
        assert "[withheld]" in text


# ---------------------------------------------------------------------------------------------- the pages


def test_gathering_ordering_and_reading_without_a_script(client: FlaskClient) -> None:
    """From a hit to a new collection; notes, sections, order; as readers see it, with page, reference and note."""
    passage, statement, practice = items_of(client)
    found = client.get("/search?q=children").text
    assert "/collections/add?item=" in found
    assert "Make it and add" in client.get(f"/collections/add?item={passage}").text
    author = Author(client, passage, statement, practice)
    assert author.numbers == [1, 2, 3]
    author.does("down", number=1, note="Read this first.")
    assert author.numbers == [2, 1, 3]
    author.does("section", heading="Cases")
    section = re.findall(r'id="s(\d+)"', author.page)[-1]
    author.does("to", number=3, to=section)
    author.does("words", number=section, heading="Cases to discuss", text="Two of them.", role="case")
    author.does("front", title="Guards, gathered", introduction="For the brief.", author="Ada Duru", language="en")
    author.does(
        "teaching",
        outcomes="Name three duties",
        question=["Why?"],
        notes=["Let them find it."],
        quiz=["Who?"],
        answers=["* a guardian\nnobody"],
        explanation=["The law."],
    )
    shown = author.shown
    for told in (
        "Guards, gathered",
        "Ada Duru",
        "For the brief.",
        "Read this first.",
        "Cases to discuss",
        "Two of them.",
        "Name three duties",
        "Why?",
        "Let them find it.",
        "a guardian",
        f"https://kb.example.org/passages/{passage}",
    ):
        assert told in shown, told
    assert shown.index(statement) < shown.index("Read this first.") < shown.index("Cases to discuss")
    author.does("remove", number=2, note="")
    assert author.numbers == [1, 3]
    author.does("section-remove", number=section, heading="Cases to discuss", text="", role="")
    assert "Cases to discuss" not in author.shown


def test_hits_become_a_collection(client: FlaskClient) -> None:
    """A search's first hits are offered to be chosen from; those that are chosen are in it."""
    page = client.get("/search?q=children&in=statements").text
    offered = client.get(html.unescape(re.findall(r'href="(/collections/add\?q[^"]+)"', page)[0])).text
    items = re.findall(r'name="item" value="([^"]+)"', offered)
    assert len(items) > 2
    author = Author(client, *items[:2])
    assert len(author.numbers) == 2


def test_adding_to_one_s_own(client: FlaskClient) -> None:
    """By its address to edit, pasted; by the search inside; by an item's address; a program is told in JSON."""
    passage, statement, practice = items_of(client)
    author = Author(client)
    address = f"https://kb.example.org{author.path}"
    added = client.post("/collections/add", data={"item": passage, "collection": address})
    assert added.status_code == 303
    assert "1 entry was added" in client.get(added.headers["Location"].partition("#")[0]).text
    told = client.post(
        "/collections/add", data={"item": passage, "collection": address}, headers={"Accept": "application/json"}
    )
    assert told.json == {"title": "Guards", "added": 0, "url": author.path}
    found = client.get(f"{author.path}/find?q=children").text
    assert "In your collection" in found
    assert client.get(f"{author.path}/find?q=migrants&in=practices").status_code == 200
    back = author.sends("add", item=statement, view="passages", q="children")
    assert back.headers["Location"] == f"{author.path}/find?q=children&in=passages#hit-{statement}"
    author.does("add", item=f"http://localhost/practices/{practice}")
    assert len(author.numbers) == 3
    wrong = client.post(
        "/collections/add", data={"item": passage, "collection": f"https://kb.example.org{author.read_path}"}
    )
    assert wrong.status_code == 400
    assert "address to read a collection" in wrong.text


def test_two_editors_do_not_undo_each_other(client: FlaskClient) -> None:
    """What the second typed is given back, with 409; what the first wrote stays."""
    author = Author(client, *items_of(client)[:2])
    author.does("note", number=1, note="the first one's")
    clash = author.sends("note", seen=1, number=1, note="the second one's <b>words</b>")
    assert clash.status_code == 409
    assert "Somebody else changed this part" in clash.text
    assert "the second one&#39;s &lt;b&gt;words&lt;/b&gt;" in clash.text
    assert "the first one&#39;s" in author.shown
    assert author.sends("note", seen=1, number=2, note="elsewhere").status_code == 303
    gone = author.sends("note", number=99, note="lost?")
    assert gone.status_code == 409
    assert "lost?" in gone.text


def test_what_is_too_long_is_given_back(client: FlaskClient) -> None:
    """With the reason; nothing was changed."""
    author = Author(client, items_of(client)[0])
    refused = author.sends("note", number=1, note="a" * (TEXT_MOST + 1))
    assert refused.status_code == 400
    assert "10000 at most are kept" in refused.text
    assert "a" * (TEXT_MOST + 1) in refused.text
    assert client.post(author.path, data={"do": "note", "note": "a" * 2_000_000}).status_code == 413
    for odd in (
        {"do": "nothing"},
        {"do": "up", "number": "x"},
        {"do": "up"},
        {"do": "section", "heading": " "},
        {"do": "delete"},
    ):
        assert client.post(author.path, data=odd).status_code == 400


def test_markup_stays_text(place: Home, client: FlaskClient) -> None:
    """In every field of an author's, and in a document that tries to break out: on the pages and in the files."""
    keep_evil(place)
    author = Author(client, "evil.p0123456789ab", "evil", title=f"T {EVIL}")
    author.does("note", number=1, note=EVIL)
    author.does("words", number=0, heading=EVIL, text=EVIL, role="case")
    author.does("front", title=EVIL, introduction=EVIL, author=EVIL, language="en")
    author.does(
        "teaching",
        outcomes=EVIL,
        level=EVIL,
        duration=EVIL,
        warning=EVIL,
        question=[EVIL],
        notes=[EVIL],
        quiz=[EVIL],
        answers=[f"* {EVIL}\n{EVIL} no"],
        explanation=[EVIL],
    )
    pages = [
        author.page,
        author.shown,
        client.get(f"{author.path}/find?q=guardians").text,
        client.get("/collections/add?item=evil.p0123456789ab").text,
    ]
    for form in ("html", "md"):
        pages.append(client.get(f"{author.read_path}/export.{form}").text)
    for name, inside in _inside(client, author.read_path):
        if name.endswith((".xhtml", ".html", ".xml")):
            pages.append(inside)
    assert len(pages) > 15
    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def _inside(client: FlaskClient, read_path: str) -> Iterator[tuple[str, str]]:
    for form in ("docx", "epub", "imscc"):
        with zipfile.ZipFile(BytesIO(client.get(f"{read_path}/export.{form}").data)) as archive:
            for name in archive.namelist():
                assert not name.startswith("/")
                assert ".." not in name
                yield name, archive.read(name).decode("utf-8", "replace")


@pytest.mark.parametrize(
    "title",
    ["../../etc/passwd", '=HYPERLINK("http://x.example")', 'a"; filename="b.exe', "a\r\nSet-Cookie: b=c", "ملف"],
)
def test_a_title_makes_no_dangerous_file(client: FlaskClient, title: str) -> None:
    """No path, no header, no formula in the file's name; its data hold no formula for a spreadsheet."""
    author = Author(client, items_of(client)[0], title=title)
    for form in ("docx", "md", "imscc"):
        answer = client.get(f"{author.read_path}/export.{form}")
        assert answer.status_code == 200
        assert re.fullmatch(rf'attachment; filename="[a-z0-9-]+\.{form}"', answer.headers["Content-Disposition"])
        assert "Set-Cookie" not in answer.headers


def test_these_pages_tell_nobody_where_they_are(client: FlaskClient) -> None:
    """No referrer, no index, nothing kept by the browser; and no other page of the site has a key in it."""
    author = Author(client, items_of(client)[0])
    keys = {author.path.rpartition("/")[2], author.read_path.rpartition("/")[2]}
    secret = [
        author.path,
        f"{author.path}/find?q=a",
        author.read_path,
        f"{author.read_path}/export.md",
        f"/collections/{'A' * 32}",
    ]
    for path in secret:
        headers = client.get(path).headers
        assert headers["Referrer-Policy"] == "strict-origin"
        assert "noindex" in headers["X-Robots-Tag"]
        assert headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in headers
    assert '<meta name="robots" content="noindex">' in author.page
    assert '<meta name="robots" content="noindex">' in author.shown
    assert author.path.rpartition("/")[2] not in author.shown
    for path in (
        "/",
        "/search?q=children",
        "/collections",
        "/search/feed.atom?q=children",
        "/documents",
        "/opensearch.xml",
    ):
        assert not [key for key in keys if key in client.get(path).text]
    outward = re.findall(r'<a [^>]*href="https?://(?!kb\.example\.org)[^>]*>', author.shown)
    assert all("noreferrer" in link for link in outward)


def test_no_key_gets_into_a_log(
    place: Home, client: FlaskClient, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even where something breaks on a page of a collection."""
    author = Author(client, items_of(client)[0])
    keys = [author.path.rpartition("/")[2], author.read_path.rpartition("/")[2]]
    paths = [author.path, author.read_path]

    def broken(*_: object) -> None:
        raise RuntimeError("midway")

    monkeypatch.setattr("webapp.pages.collections.frame.show", broken)
    with caplog.at_level(logging.DEBUG):
        assert [client.get(path).status_code for path in paths] == [500, 500]
    assert "midway" in caplog.text
    assert not [key for key in keys if key in caplog.text]


def test_who_has_the_address_to_read_cannot_edit(client: FlaskClient) -> None:
    """The key to read opens neither the page to edit nor its forms, and copying it leaves the first as it was."""
    author = Author(client, *items_of(client))
    author.does("note", number=1, note="mine")
    author.does("front", title="Guards", introduction="", author="Ada Duru", language="en")
    key = author.read_path.rpartition("/")[2]
    assert client.get(f"/collections/edit/{key}").status_code == 404
    assert client.post(f"/collections/edit/{key}", data={"do": "delete", "sure": "1"}).status_code == 404
    made = client.post(f"{author.read_path}/copy")
    copied = client.get(made.headers["Location"]).text
    assert "mine" in copied
    assert "Ada Duru" not in copied
    assert made.headers["Location"].partition("?")[0] != author.path
    read_path = author.read_path
    assert author.sends("delete", sure="1").status_code == 303
    assert client.get(author.path).status_code == client.get(read_path).status_code == 410


def test_another_site_cannot_write_into_a_collection(client: FlaskClient) -> None:
    """Even if it knew the address."""
    author = Author(client, items_of(client)[0])
    sent = client.post(author.path, data={"do": "section", "heading": "x"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert sent.status_code == 403


def test_what_is_withdrawn_is_in_no_file(changing: tuple[Home, Published]) -> None:
    """Gone from the page and from every file at once; the section says that something is missing."""
    place, catalogue = changing
    client = create_app(place).test_client()
    passage, _, practice = items_of(client)
    statement = catalogue.statements("agency-page")[0].id
    words = catalogue.passage(passage).text.split("\n")[0][:60]
    author = Author(client, passage, statement, practice)
    author.does("note", number=1, note="as the desk says")
    assert words in html.unescape(author.shown)
    decided(place, passage, "withdrawn")
    decided(place, practice, "withdrawn")
    assert author.shown.count("was withdrawn from the library") == 2
    told = client.get(f"{author.read_path}/export.md").text
    assert "2 entries of this section are no longer shown" in told
    for text in (
        html.unescape(author.shown),
        html.unescape(author.page).replace("as the desk says", ""),
        told,
        *(inside for _, inside in _inside(client, author.read_path)),
    ):
        assert words not in text
        assert "as the desk says" not in text


def test_pages_read_in_every_language(client: FlaskClient) -> None:
    """The prefix stays through a form and its answer."""
    made = client.post("/fr/collections/add", data={"item": items_of(client)[0], "title": "Garde"})
    assert made.headers["Location"].startswith("/fr/collections/edit/")
    assert client.get(made.headers["Location"]).status_code == 200


def test_a_collection_on_the_command_line(home: Home, tmp_path: Path, fingerpost: Callable[..., Result]) -> None:
    """Written as a file by its address to read; removed where it does harm."""
    copytree(home.path, tmp_path / "home")
    place = Home(tmp_path / "home")
    with Published(place.catalogue_url) as catalogue:
        content = collecting.with_entries(
            Collection(front=Front(title="Guards")), [gather(catalogue, HARBOUR, "2026-01-02")]
        )
    made = Collections(People(place), 10).make(content)
    address = f"https://kb.example.org/collections/{made.read_key}"
    told = fingerpost("collection", "export", address, "--as", "md", "--style", "ieee")
    assert told.exit_code == 0, told.output
    assert told.stdout.startswith("# Guards")
    file = tmp_path / "guards.docx"
    assert fingerpost("collection", "export", made.read_key, "--out", str(file)).exit_code == 0
    assert zipfile.is_zipfile(file)
    assert fingerpost("collection", "export", made.read_key, "--out", str(file)).exit_code == 2
    refused = fingerpost("collection", "export", f"https://kb.example.org/collections/edit/{made.edit_key}")
    assert refused.exit_code == 2
    assert "no address to read" in refused.stderr
    assert fingerpost("collection", "remove", address).exit_code == 0
    assert fingerpost("collection", "export", made.read_key).exit_code == 1
