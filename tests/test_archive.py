"""ZIP archives: each member an input with its own record, whatever its name, and traps that cost nothing."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from making import AGENCY_PAGE

from corpus.catalogue import Catalogue, CatalogueWriter
from corpus.home import UNFINISHED, Home
from ingest import pipeline
from ingest.archive import NESTED_MAX, Unpacking
from ingest.pipeline import Step
from ingest.source import Source
from ingest.unzip import MEMBERS_MAX

NOTE = "# Note\n\nA guardian should be appointed at once, says the note.\n"
MEGABYTE = 1024 * 1024


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def unpacked(path: Path, data: bytes, **limits: int) -> list[Source]:
    """The sources of an archive with these bytes, unpacked beside it."""
    path.write_bytes(data)
    folder = path.parent / "unpacked"
    folder.mkdir(exist_ok=True)
    bounds = {"max_bytes": 200 * MEGABYTE, "max_member": 200 * MEGABYTE} | limits
    return list(Unpacking(folder, **bounds).sources([Source.of(path)]))


def read_in(home: Home, *paths: Path) -> list[Step]:
    with home.writing(), CatalogueWriter(home.catalogue_url) as writer:
        return list(pipeline.ingest(home, writer, pipeline.prepare(home, writer, paths)))


def results(steps: list[Step]) -> dict[str, str]:
    """What became of each member, by its name in the archive."""
    return {s.record.input.partition("!/")[2]: "skipped" if s.skipped else s.record.status for s in steps}


@pytest.mark.slow
def test_members_are_inputs_of_their_own(fresh_home: Home, tmp_path: Path) -> None:
    """Each has its document, record and reason; unchanged ones are skipped; nothing is left behind."""
    packed = tmp_path / "reports.zip"
    members = {"2019/Field note.md": NOTE, "2019/page.html": AGENCY_PAGE, "sheet.bin": bytes(range(256)) * 9}
    packed.write_bytes(zipped({**members, "__MACOSX/._page.html": b"\x00", ".DS_Store": b"\x00"}))
    assert results(read_in(fresh_home, packed)) == {
        "2019/Field note.md": "ok", "2019/page.html": "ok", "sheet.bin": "failed"
    }  # fmt: skip
    with Catalogue(fresh_home.catalogue_url) as catalogue:
        assert catalogue.document_ids() == ("field-note", "page")
        assert catalogue.locations()[f"{packed}!/2019/page.html"] == "page"
        (failed,) = [r for r in catalogue.ingest_records() if r.status == "failed"]
        assert "binary" in failed.reason
    packed.write_bytes(zipped({**members, "2019/Field note.md": NOTE + "\nAnd a second thought.\n"}))
    assert results(read_in(fresh_home, packed)) == {
        "2019/Field note.md": "ok", "2019/page.html": "skipped", "sheet.bin": "skipped"
    }  # fmt: skip
    with Catalogue(fresh_home.catalogue_url) as catalogue:
        assert (catalogue.entry("field-note").version, catalogue.entry("page").version) == (2, 1)
    assert not list(fresh_home.path.glob(f"{UNFINISHED}*"))


@pytest.mark.slow
def test_an_archive_that_is_mended_is_no_failure_any_more(fresh_home: Home, tmp_path: Path) -> None:
    """A damaged archive has a record with a reason; once it opens, only its members count."""
    packed = tmp_path / "reports.zip"
    whole = zipped({"note.md": NOTE})
    packed.write_bytes(whole[:-30])
    (step,) = read_in(fresh_home, packed)
    assert (step.record.status, step.record.stage) == ("failed", "open")
    assert "damaged" in step.record.reason
    packed.write_bytes(whole)
    assert results(read_in(fresh_home, packed)) == {"note.md": "ok"}
    with Catalogue(fresh_home.catalogue_url) as catalogue:
        assert {record.status for record in catalogue.ingest_records()} == {"ok"}


def test_names_are_labels_only(tmp_path: Path) -> None:
    """A name that climbs, is absolute, holds a line feed or is the same in another spelling writes nothing outside."""
    names = ["../../climbed.md", "/absolute.md", "C:\\windows\\w.md", "line\nfeed.md", "e\u0301.md", "\u00e9.md"]
    (tmp_path / "in").mkdir()
    found = unpacked(tmp_path / "in" / "a.zip", zipped(dict.fromkeys(names, NOTE)))
    assert len(found) == len(names)
    assert {Path(s.path).parent for s in found} == {tmp_path / "in" / "unpacked"}
    assert {s.name for s in found} == {"climbed.md", "absolute.md", "w.md", "line feed.md", "e\u0301.md", "\u00e9.md"}
    assert {f.name for f in tmp_path.iterdir()} == {"in"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name_are_all_read(tmp_path: Path) -> None:
    """A ZIP may hold two files of one name (or of names that are printed alike): neither hides the other.

    A second file that is called "." is a hidden one.
    """
    file = io.BytesIO()
    given = ["a/note.md", "a/note.md", "a/note (2).md", "a/no\nte.md", "a/no te.md", "README", "README", ".", "."]
    with zipfile.ZipFile(file, "w") as archive:
        for number, name in enumerate(given):
            archive.writestr(name, f"{number} {NOTE}")
    found = unpacked(tmp_path / "a.zip", file.getvalue())
    assert sorted(Path(s.path).read_text("utf-8")[0] for s in found) == list("01234567")
    names = {s.input.partition("!/")[2] for s in found}
    assert len(names) == len(found)
    assert {"a/note.md", "a/note (2).md", "a/no te (2).md", "README (2)"} <= names


def test_archives_in_archives_share_one_bound(tmp_path: Path) -> None:
    """They are unpacked a few deep; a deeper one is refused, and what lies before it is read."""
    inner = zipped({"deepest.md": NOTE})
    for depth in range(NESTED_MAX + 1):
        inner = zipped({f"{depth}.zip": inner, f"{depth}.md": NOTE})
    found = unpacked(tmp_path / "a.zip", inner)
    assert {s.name for s in found if not s.reason} == {f"{depth}.md" for depth in range(1, NESTED_MAX + 1)}
    refused = [s for s in found if s.reason]
    assert len(refused) == 1
    assert refused[0].input.count("!/") == NESTED_MAX
    assert "within" in refused[0].reason


def test_bombs_are_refused_on_the_way(tmp_path: Path) -> None:
    """What unpacks beyond measure, or over a member's or the archive's bound, is refused; what is beside it is read."""
    zeros = bytes(70 * MEGABYTE)
    note, bomb = unpacked(tmp_path / "a.zip", zipped({"bomb.pdf": zeros, "a note.md": NOTE}))
    assert (note.reason, bomb.reason.startswith("It unpacks")) == ("", True)
    assert not Path(bomb.path).exists()
    packed = zipped({f"{n}.md": NOTE * 1000 for n in range(9)})
    size = len(NOTE * 1000)
    assert [bool(s.reason) for s in unpacked(tmp_path / "b.zip", packed, max_member=size - 1)] == [True] * 9
    found = unpacked(tmp_path / "c.zip", packed, max_bytes=size * 4)
    assert [bool(s.reason) for s in found] == [False] * 4 + [True] * 5


def test_locked_members_are_named(tmp_path: Path) -> None:
    """An encrypted member is refused with what to do; the archive's others are read."""
    data = bytearray(zipped({"a.md": NOTE, "b.md": NOTE}))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.index(signature) + at
        data[start : start + 2] = struct.pack("<H", 1)
    locked, read = unpacked(tmp_path / "a.zip", bytes(data))
    assert "encrypted" in locked.reason
    assert not read.reason


def test_what_is_no_archive_is_left_to_its_reader(tmp_path: Path) -> None:
    """Office files, e-books, damaged archives and those with too many members are inputs themselves."""
    whole = zipped({"a.md": NOTE})
    for data in (
        zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": ""}),
        zipped({"[Content_Typos].xml": "<Types/>", "word/document.xml": ""}),
        zipped({"mimetype": "application/epub+zip", "x.xhtml": ""}),
        whole[:-30],
        whole[:-12] + struct.pack("<H", MEMBERS_MAX + 1) + whole[-10:],
        b"PK\x03\x04",
        b"# No archive",
    ):
        (source,) = unpacked(tmp_path / "a.zip", data)
        assert source == Source.of(tmp_path / "a.zip")
