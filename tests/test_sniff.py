"""What a file is, by its content; and what language it is in."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from corpus.errors import UnreadableInput
from ingest.language import detect
from ingest.readers import read
from ingest.sniff import media_of

SENTENCE = "A guardian was appointed within ten days. "


@pytest.mark.parametrize(
    ("data", "name", "media"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "x.txt", "pdf"),
        (b"\x00\x01junk\x02\x03%PDF-1.4\n\x80", "x", "pdf"),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>Hi", "x.pdf", "html"),
        (b'<?xml version="1.0"?>\n<!-- c -->\n<html xmlns="x"><body/></html>', "x", "html"),
        (b"<div><p>Part of a page</p></div>", "part", "html"),
        ("<html><p>ü".encode("utf-16"), "x", "html"),
        (b"---\ntitle: A\n---\nText", "note", "markdown"),
        (b"# Aims\n\nSome **bold** words", "note.txt", "markdown"),
        (b"Only words", "note.md", "markdown"),
        (b"<div align=center>\n\n# Aims\n\n</div>", "README.md", "markdown"),
        (b"# 1 in 4 children\n\nOnly one sign", "note.txt", "text"),
        (b"The header %PDF-1.4 begins a PDF", "x.txt", "text"),
        ("Déjà vu".encode("cp1252"), "x.txt", "text"),
        ("Wide words".encode("utf-16-le"), "x.txt", "text"),
    ],
)
def test_content_tells_the_format(data: bytes, name: str, media: str) -> None:
    """A name decides only between Markdown and plain text."""
    assert media_of(data, name) == media


def zipped(member: str, text: str = "x") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(member, text)
    return made.getvalue()


def office(kind: str) -> bytes:
    """An Office file by what its content types say."""
    return zipped("[Content_Types].xml", f"<Types><Override ContentType='application/x.{kind}.main+xml'/></Types>")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (office("presentationml"), "PowerPoint"),
        (office("spreadsheetml"), "Excel"),
        (zipped("mimetype", "application/epub+zip"), "e-book"),
        (zipped("reports/a.txt"), "ZIP archive"),
        (office("wordprocessingml")[:60], "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "older Microsoft Office"),
        (b"{\\rtf1 words}", "RTF"),
        (b"\x89PNG\r\n\x1a\nrest", "picture"),
        (b"<?xml version='1.0'?><rss></rss>", "XML"),
        (bytes(range(256)) * 8, "binary"),
    ],
)
def test_what_is_not_read_is_named_with_a_remedy(data: bytes, what: str) -> None:
    """The refusal says what the file is and ends with what to do."""
    with pytest.raises(UnreadableInput, match=what) as told:
        media_of(data, "x.pdf")
    assert ": " in told.value.reason
    assert told.value.reason.endswith(".")


def test_a_wrong_name_is_a_warning() -> None:
    """A text file that is called a PDF is read as text, and the curator is told."""
    reading = read((SENTENCE * 3).encode(), "report.pdf")
    assert reading.media == "text"
    assert any("promises a PDF" in w for w in reading.warnings)
    assert not read((SENTENCE * 3).encode(), "report.txt").warnings


def test_the_hostile_folder_is_named_rightly(shared: Path) -> None:
    """Empty, renamed and packed files of the hostile folder are what they are."""
    folder = shared / "library" / "hostile"
    assert read((folder / "text-renamed.pdf").read_bytes(), "text-renamed.pdf").media == "text"
    assert media_of((folder / "zip-slip.docx").read_bytes(), "zip-slip.pdf") == "docx"


@pytest.mark.parametrize(
    ("text", "hint", "language"),
    [
        (SENTENCE, "", "en"),
        ("Les enfants migrants non accompagnés ont besoin d'un tuteur.", "", "fr"),
        ("Los niños migrantes necesitan protección", "", "es"),
        ("يحتاج الأطفال المهاجرون إلى الحماية", "", "ar"),
        ("Les enfants migrants non accompagnés ont besoin d'un tuteur.", "en-US", "fr"),
        ("Benin", "fr-BJ", "fr"),
        ("Benin", "", ""),
        ("2018 2019 34 55 %", "", ""),
        (SENTENCE, "English", "en"),
    ],
)
def test_languages(text: str, hint: str, language: str) -> None:
    """The text decides; the file's own word is heard where the text is too short, never against it."""
    assert detect(text, hint) == language
