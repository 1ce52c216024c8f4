"""Backing a home up and putting it back: the same answers and corrections; a damaged backup changes nothing."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result
from making import REPORT, write_report

from corpus import backup as backups
from corpus.backup import CATALOGUE, MANIFEST, PEOPLE
from corpus.catalogue import Catalogue, CatalogueWriter, Published, database
from corpus.catalogue.decisions import decide
from corpus.errors import CatalogueUnwritable, NotInCatalogue
from corpus.home import Home
from corpus.people import People, collecting, curators
from corpus.people.collection_store import CollectionDeleted, Collections, Made
from corpus.people.collections import Collection, Front, Gathered
from corpus.sensitivity import decision
from corpus.settings import FILE_NAME
from index import library
from index.dense import open_dense

pytestmark = pytest.mark.slow
Cli = Callable[..., Result]


@pytest.fixture
def kept(tmp_path: Path, fingerpost: Cli) -> Path:
    """A home with a report, a correction, a withdrawn passage and a setting."""
    place = tmp_path / "home"
    write_report(tmp_path / "harbour.pdf", REPORT)
    assert fingerpost("ingest", str(tmp_path / "harbour.pdf"), home=place).exit_code == 0
    assert fingerpost("edit", "harbour", "title", "The harbour, judged", "--by", "Ada", home=place).exit_code == 0
    hit = answers(fingerpost, place)["hits"][0]
    assert fingerpost("withdraw", hit["passage"], "--reason", "a test", home=place).exit_code == 0
    (place / FILE_NAME).write_text("results_per_page = 7\n", "utf-8")
    return place


def gathered(place: Path, title: str = "Guards") -> Made:
    """A collection that somebody made in a home."""
    entry = Gathered(number=0, kind="document", item="harbour", doc="harbour")
    content = collecting.with_entries(Collection(front=Front(title=title)), [entry])
    return Collections(People(Home(place)), 100).make(content)


def answers(fingerpost: Cli, place: Path) -> dict[str, object]:
    found = fingerpost("search", "children harbour team", "--json", "--limit", "20", home=place)
    return dict(json.loads(found.stdout))


def everything(place: Path) -> dict[str, bytes]:
    """All that a home keeps and does not derive; the catalogue by its rows, which may stand in SQLite's journal yet."""
    files = [place / FILE_NAME, *sorted((place / "originals").glob("*/*"))]
    rows = {}
    for name in (CATALOGUE, PEOPLE):
        with closing(sqlite3.connect(place / name)) as database:
            rows[name] = "\n".join(database.iterdump()).encode()
    return rows | {str(file.relative_to(place)): file.read_bytes() for file in files if file.is_file()}


def test_a_home_that_was_wiped_is_as_it_was(kept: Path, tmp_path: Path, fingerpost: Cli) -> None:
    """Answers, the correction, the decision, the setting and the originals come back."""
    before = answers(fingerpost, kept)
    status = json.loads(fingerpost("status", "--json", home=kept).stdout)
    assert fingerpost("backup", str(tmp_path / "all.zip"), home=kept).exit_code == 0
    shutil.rmtree(kept)
    done = fingerpost("restore", str(tmp_path / "all.zip"), home=kept)
    assert done.exit_code == 0, done.output
    assert answers(fingerpost, kept) == before
    assert json.loads(fingerpost("status", "--json", home=kept).stdout) == status
    shown = json.loads(fingerpost("show", "harbour", "--json", home=kept).stdout)
    assert shown["title"] == "The harbour, judged"
    assert Home(kept).settings.results_per_page == 7
    assert fingerpost("check", home=kept).exit_code == 0


def test_records_of_the_homes_own_come_back(kept: Path, tmp_path: Path, fingerpost: Cli) -> None:
    """With what cites them; one that was added since goes with the catalogue that knew it."""
    told = '---\ntitle: "{}"\nthemes: [guardianship]\nstanding: plan\nshown_to_work: described\n---\n\n'
    for name in ("night-ferry", "day-ferry"):
        (tmp_path / f"{name}.md").write_text(told.format(name) + "## Summary\nA ferry. [harbour p. 2]\n", "utf-8")
    assert fingerpost("records", "add", str(tmp_path / "night-ferry.md"), home=kept).exit_code == 0
    assert fingerpost("backup", str(tmp_path / "all.zip"), home=kept).exit_code == 0
    text = (kept / "records" / "night-ferry.md").read_text("utf-8")
    (kept / "records" / "night-ferry.md").write_text("spoilt", "utf-8")
    assert fingerpost("records", "add", str(tmp_path / "day-ferry.md"), home=kept).exit_code == 0
    assert fingerpost("restore", str(tmp_path / "all.zip"), "--replace", home=kept).exit_code == 0
    assert [file.name for file in (kept / "records").iterdir()] == ["night-ferry.md"]
    assert (kept / "records" / "night-ferry.md").read_text("utf-8") == text
    with Catalogue(Home(kept).catalogue_url) as catalogue:
        assert catalogue.practice_ids() == ("night-ferry",)


def test_what_people_left_comes_back(kept: Path, tmp_path: Path, fingerpost: Cli) -> None:
    """Collections with both their addresses, and curators, after all was wiped."""
    made = gathered(kept)
    token = curators.add(People(Home(kept)), "Ada", "us")
    before = Collections(People(Home(kept)), 100).open(made.edit_key)
    assert fingerpost("backup", str(tmp_path / "all.zip"), home=kept).exit_code == 0
    shutil.rmtree(kept)
    assert fingerpost("restore", str(tmp_path / "all.zip"), home=kept).exit_code == 0
    people = People(Home(kept))
    assert Collections(people, 100).open(made.edit_key) == before
    assert Collections(people, 100).read(made.read_key) == before
    assert curators.name_of(people, token) == "Ada"


def test_what_people_took_back_since_stays_taken_back(kept: Path, tmp_path: Path, fingerpost: Cli) -> None:
    """A revoked token opens nothing, a deleted collection is not read again; what came since is gone."""
    people = People(Home(kept))
    one, other = gathered(kept, "Mine"), gathered(kept, "Another's")
    token = curators.add(people, "Ada", "us")
    assert fingerpost("backup", str(tmp_path / "all.zip"), home=kept).exit_code == 0
    curators.revoke(people, "Ada", "us")
    store = Collections(people, 100)
    store.delete(one.edit_key)
    store.change(other.edit_key, lambda content, _: collecting.with_section(content, "Later"))
    later = gathered(kept, "Later")
    done = fingerpost("restore", str(tmp_path / "all.zip"), "--replace", home=kept)
    assert done.exit_code == 0, done.output
    assert "revoked: the token of Ada" in done.stdout
    assert "deleted: 1 collection." in done.stdout
    assert curators.name_of(people, token) is None  # also for the web, which had the database open all along
    with pytest.raises(CollectionDeleted):
        store.read(one.read_key)
    assert len(store.read(other.read_key).content.sections) == 1
    with pytest.raises(NotInCatalogue):
        store.read(later.read_key)
    [replaced] = kept.glob("replaced-*.zip")
    assert fingerpost("restore", str(replaced), home=tmp_path / "again").exit_code == 0
    assert len(Collections(People(Home(tmp_path / "again")), 100).read(other.read_key).content.sections) == 2


def test_nobody_writes_while_people_s_database_is_replaced(
    kept: Path, tmp_path: Path, fingerpost: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would be neither in the backup of what is replaced nor in what comes back; reading goes on."""
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    web, refused, backing_up = Collections(People(Home(kept)), 100), [], backups.back_up
    made = web.make(Collection(front=Front(title="Before")))
    assert web.read(made.read_key)  # the web has it open
    assert fingerpost("backup", str(tmp_path / "all.zip"), home=kept).exit_code == 0

    def back_up(home: Home, target: Path) -> backups.Manifest:
        manifest = backing_up(home, target)
        with pytest.raises(CatalogueUnwritable) as told:
            web.make(Collection(front=Front(title="Meanwhile")))
        refused.append(str(told.value))
        assert web.read(made.read_key)
        return manifest

    monkeypatch.setattr(backups, "back_up", back_up)
    done = fingerpost("restore", str(tmp_path / "all.zip"), "--replace", home=kept)
    assert done.exit_code == 0, done.output
    assert "another program keeps it locked" in refused[0]
    assert web.make(Collection(front=Front(title="Afterwards")))


def test_a_backup_of_the_first_form_leaves_people_s_database_be(kept: Path, tmp_path: Path, fingerpost: Cli) -> None:
    """It knows nothing of it."""
    whole = tmp_path / "all.zip"
    assert fingerpost("backup", str(whole), home=kept).exit_code == 0
    with zipfile.ZipFile(whole) as archive:
        manifest = json.loads(archive.read(MANIFEST))
    first = {**manifest, "form": 1, "entries": [one for one in manifest["entries"] if one["name"] != PEOPLE]}
    old = changed(changed(whole, PEOPLE, None), MANIFEST, json.dumps(first).encode())
    made = gathered(kept)
    assert fingerpost("restore", str(old), "--replace", home=kept).exit_code == 0
    assert Collections(People(Home(kept)), 100).read(made.read_key).content.front.title == "Guards"


def test_what_people_left_is_not_replaced_unasked(kept: Path, tmp_path: Path, fingerpost: Cli) -> None:
    """Even where the knowledge base itself is empty."""
    assert fingerpost("backup", str(tmp_path / "all.zip"), home=kept).exit_code == 0
    made = gathered(tmp_path / "other")
    refused = fingerpost("restore", str(tmp_path / "all.zip"), home=tmp_path / "other")
    assert refused.exit_code == 2
    assert "--replace" in refused.stderr
    assert Collections(People(Home(tmp_path / "other")), 100).read(made.read_key)


def test_what_is_replaced_is_backed_up_first(kept: Path, tmp_path: Path, fingerpost: Cli) -> None:
    """Without --replace a home that holds something is left alone; with it, what it held can be had back."""
    assert fingerpost("backup", str(tmp_path / "all.zip"), home=kept).exit_code == 0
    (tmp_path / "note.md").write_text("# A later note\n\nA lantern was hung at the gate for those who came late.\n")
    assert fingerpost("ingest", str(tmp_path / "note.md"), home=kept).exit_code == 0
    refused = fingerpost("restore", str(tmp_path / "all.zip"), home=kept)
    assert refused.exit_code == 2
    assert "--replace" in refused.stderr
    done = fingerpost("restore", str(tmp_path / "all.zip"), "--replace", home=kept)
    assert done.exit_code == 0, done.output
    assert fingerpost("show", "note", "--json", home=kept).exit_code != 0
    assert fingerpost("check", home=kept).exit_code == 0
    [earlier] = kept.glob("replaced-*.zip")
    assert fingerpost("restore", str(earlier), home=tmp_path / "again").exit_code == 0
    assert fingerpost("show", "note", "--json", home=tmp_path / "again").exit_code == 0


def test_what_was_withdrawn_since_stays_withdrawn(kept: Path, tmp_path: Path, fingerpost: Cli) -> None:
    """A backup is too old to know that something does harm; items that it does not have are passed over."""
    assert fingerpost("backup", str(tmp_path / "all.zip"), home=kept).exit_code == 0
    (tmp_path / "note.md").write_text("# A later note\n\nA lantern was hung at the gate for those who came late.\n")
    assert fingerpost("ingest", str(tmp_path / "note.md"), home=kept).exit_code == 0
    for item in ("harbour", "note"):
        assert fingerpost("withdraw", item, "--reason", "names a child", home=kept).exit_code == 0
    done = fingerpost("restore", str(tmp_path / "all.zip"), "--replace", home=kept)
    assert done.exit_code == 0, done.output
    assert "kept: withdrawn: harbour" in done.stdout
    assert "names a child" in done.stdout
    assert "withdrawn: note" not in done.stdout
    assert answers(fingerpost, kept)["hits"] == []
    assert fingerpost("cite", "harbour", home=kept).exit_code != 0
    assert fingerpost("check", home=kept).exit_code == 0


def test_nothing_is_left_of_what_was_replaced(kept: Path, tmp_path: Path, fingerpost: Cli) -> None:
    """Whatever the revisions of the two catalogues are: readers that run on, index and meanings follow the restored."""
    assert fingerpost("backup", str(tmp_path / "all.zip"), home=kept).exit_code == 0
    other = tmp_path / "other"
    note = tmp_path / "note.md"
    note.write_text("# A note\n\nA lantern was hung at the gate for those who came late.\n")
    assert fingerpost("ingest", str(note), home=other).exit_code == 0
    home = Home(kept)
    with CatalogueWriter(home.catalogue_url) as writer, Published(home.catalogue_url) as reader:
        first, second, *_ = [passage.id for passage in reader.passages("harbour")]
        for level in ("withdrawn", "public"):
            decide(writer, [decision(first, level, "a test", "us")])
        assert first in {passage.id for passage in reader.passages("harbour")}
        for place in (kept, other):
            assert fingerpost("restore", str(tmp_path / "all.zip"), "--replace", home=place).exit_code == 0
        for reason in ("a test", "the same again"):  # as many decisions as before: the revisions would be the same
            decide(writer, [decision(second, "withdrawn", reason, "us")])
        shown = {passage.id for passage in reader.passages("harbour")}
        assert first in shown
        assert second not in shown
    held = open_dense(Home(other).index_dir)
    assert held is None or held.outline.owners == ("harbour",)


def test_a_restore_that_is_cut_off_leaves_no_index_that_seems_to_fit(
    kept: Path, tmp_path: Path, fingerpost: Cli
) -> None:
    """The catalogue is the restored one; the next writer makes the index anew."""
    backups.back_up(Home(kept), tmp_path / "all.zip")
    home = Home(tmp_path / "other")
    (tmp_path / "note.md").write_text("# A note\n\nA lantern was hung at the gate for those who came late.\n")
    assert fingerpost("ingest", str(tmp_path / "note.md"), home=home.path).exit_code == 0
    with home.writing():
        unpacked = backups.unpack(home, tmp_path / "all.zip")
        library.give_up(home)
        with backups.people_held(home, unpacked) as held:
            backups.restore(home, unpacked, held)
    with home.writing(), CatalogueWriter(home.catalogue_url) as writer:
        assert library.bring_up_to_date(home, writer).done == "rebuilt"
    assert fingerpost("check", home=home.path).exit_code == 0


def test_a_catalogue_that_the_settings_keep_elsewhere_is_put_there(kept: Path, tmp_path: Path, fingerpost: Cli) -> None:
    """A home without the setting is told; with it the catalogue comes where the setting says."""
    # Copied as SQLite does it: the commands before ran in this process, and may still hold the file and its journal.
    with (
        closing(sqlite3.connect(kept / CATALOGUE)) as here,
        closing(sqlite3.connect(tmp_path / "elsewhere.db")) as there,
    ):
        here.backup(there)
    line = f'catalogue_url = "sqlite:///{tmp_path / "elsewhere.db"}"\n'
    (kept / FILE_NAME).write_text(line, "utf-8")
    assert fingerpost("backup", str(tmp_path / "all.zip"), home=kept).exit_code == 0
    (tmp_path / "elsewhere.db").unlink()
    new = tmp_path / "new"
    refused = fingerpost("restore", str(tmp_path / "all.zip"), home=new)
    assert refused.exit_code == 2
    assert line.strip() in refused.stderr
    (new / FILE_NAME).write_text(line, "utf-8")
    assert fingerpost("restore", str(tmp_path / "all.zip"), home=new).exit_code == 0
    assert json.loads(fingerpost("show", "harbour", "--json", home=new).stdout)["title"] == "The harbour, judged"


def changed(file: Path, name: str, data: bytes | None) -> Path:
    """A copy of a backup in which one file is another, or is gone."""
    target = file.with_name(f"changed-{len(list(file.parent.iterdir()))}.zip")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info, old.read(info))
            elif data is not None:
                new.writestr(info, data)
    return target


def damaged_lzma(file: Path) -> Path:
    """A backup that was packed otherwise, with a few bytes changed."""
    target = file.with_name("lzma.zip")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_LZMA) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    data = target.read_bytes()
    target.write_bytes(data[:5000] + bytes(200) + data[5200:])
    return target


def test_a_damaged_backup_is_refused_and_nothing_is_lost(kept: Path, tmp_path: Path, fingerpost: Cli) -> None:
    """Cut off, changed, incomplete, hostile or no ZIP at all: a sentence says so, and the home stays as it was."""
    whole = tmp_path / "all.zip"
    gathered(kept)
    assert fingerpost("backup", str(whole), home=kept).exit_code == 0
    with zipfile.ZipFile(whole) as archive:
        manifest = json.loads(archive.read(MANIFEST))
        bytes_of_people = archive.read(PEOPLE)
        original = next(name for name in archive.namelist() if name.startswith("originals/"))
    cut = tmp_path / "cut.zip"
    cut.write_bytes(whole.read_bytes()[:-3000])
    outside = {**manifest, "entries": [*manifest["entries"], {"name": "../outside", "size": 1, "sha256": "0" * 64}]}
    # A database that was broken before it was backed up: its hash is right, its pages are not.
    broken = bytes_of_people[:4096] + bytes(4096) + bytes_of_people[8192:]
    told = {"name": PEOPLE, "size": len(broken), "sha256": hashlib.sha256(broken).hexdigest()}
    with_broken = {**manifest, "entries": [told if one["name"] == PEOPLE else one for one in manifest["entries"]]}
    torn = changed(changed(whole, PEOPLE, broken), MANIFEST, json.dumps(with_broken).encode())
    newer = {**manifest, "form": 99, "version": "99.0"}
    wrong = {
        cut: "no whole backup",
        changed(whole, original, b"other words"): "was changed",
        changed(whole, CATALOGUE, None): "no whole backup",
        changed(whole, PEOPLE, None): "no whole backup",
        changed(whole, PEOPLE, b"no database"): "was changed",
        torn: "people.db is damaged",
        changed(whole, MANIFEST, json.dumps(outside).encode()): "outside",
        changed(whole, MANIFEST, json.dumps(newer).encode()): "newer",
        changed(whole, MANIFEST, b"[]"): "manifest",
        damaged_lzma(whole): "no whole backup",
        kept.parent / "harbour.pdf": "no whole backup",
        tmp_path / "nowhere.zip": "cannot be read",
    }
    before = everything(kept)
    assert len(before[PEOPLE]) > 1000
    for file, told in wrong.items():
        refused = fingerpost("restore", str(file), "--replace", home=kept)
        assert refused.exit_code != 0, file
        assert told in refused.stderr, (file, refused.stderr)
        assert everything(kept) == before, file
    assert not (tmp_path / "outside").exists()


def test_a_backup_overwrites_nothing(kept: Path, tmp_path: Path, fingerpost: Cli) -> None:
    """A file that is there, and a home that is empty, are told."""
    (tmp_path / "all.zip").write_text("mine")
    refused = fingerpost("backup", str(tmp_path / "all.zip"), home=kept)
    assert refused.exit_code == 2
    assert (tmp_path / "all.zip").read_text() == "mine"
    (tmp_path / "empty").mkdir()
    assert "nothing to back up" in fingerpost("backup", str(tmp_path / "b.zip"), home=tmp_path / "empty").stderr
