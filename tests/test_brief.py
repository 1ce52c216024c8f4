"""Our own brief: written by its script from the records, the same every time, and a PDF that can be read out again."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import Destination

from corpus.ids import fold
from corpus.sources import shipped_briefs

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "tools" / "write_brief.py"


@pytest.fixture(scope="module")
def brief() -> PdfReader:
    """The brief that ships."""
    return PdfReader(BytesIO(shipped_briefs()[0].file.read_bytes()))


def texts(reader: PdfReader) -> list[str]:
    return [page.extract_text() for page in reader.pages]


def written(folder: Path) -> bytes:
    pytest.importorskip("reportlab", reason="writing the brief needs reportlab (the extra dev)")
    folder.mkdir()
    command = [sys.executable, str(SCRIPT), str(folder)]
    subprocess.run(command, check=True, capture_output=True, env={"PYTHONPATH": str(ROOT)}, timeout=60)
    (made,) = folder.iterdir()
    return made.read_bytes()


@pytest.mark.slow
def test_the_shipped_brief_is_what_the_script_writes_today(tmp_path: Path, brief: PdfReader) -> None:
    """Whoever changes a record writes the brief anew: ``python tools/write_brief.py``."""
    assert texts(PdfReader(BytesIO(written(tmp_path / "one")))) == texts(brief)


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    """No clock and no chance in the file."""
    assert written(tmp_path / "one") == written(tmp_path / "two")


def test_the_brief_is_short_and_names_itself(brief: PdfReader) -> None:
    """Six to nine pages, small enough for a slow line, with title and author in its metadata."""
    assert 6 <= len(brief.pages) <= 9
    assert len(shipped_briefs()[0].file.read_bytes()) < 300_000
    assert brief.metadata is not None
    assert (brief.metadata.title, brief.metadata.author) == (shipped_briefs()[0].card.title, "Fingerpost")


def test_every_page_but_the_cover_bears_its_number_and_the_header(brief: PdfReader) -> None:
    """What is printed is the physical page."""
    cover, *others = texts(brief)
    assert "page 1" not in cover
    for number, text in enumerate(others, 2):
        assert re.search(rf"^page {number}$", text, re.MULTILINE), number
        assert "Fingerpost · What travels" in text


def test_the_outline_has_two_levels_and_leads_to_the_headings(brief: PdfReader) -> None:
    """Every entry is printed on the page that it leads to."""

    def entries(outline: list[Any], level: int = 1) -> Iterator[tuple[int, Destination]]:
        for entry in outline:
            if isinstance(entry, list):
                yield from entries(entry, level + 1)
            else:
                yield level, entry

    found = list(entries(brief.outline))
    assert {level for level, _ in found} == {1, 2}
    pages = texts(brief)
    for _, entry in found:
        page = brief.get_destination_page_number(entry)
        assert page is not None
        assert str(entry.title) in pages[page]


def test_notes_are_numbered_through_and_stand_on_the_page_of_their_mark(brief: PdfReader) -> None:
    """The marks on a page are the numbers of the notes at its foot: smaller type, raised, in order."""
    seen = 0
    for page in brief.pages:
        marks: list[int] = []

        def visit(text: str, _cm: object, tm: list[float], _font: object, size: float, into: list[int] = marks) -> None:
            if size < 6.5 and text.strip().isdigit():
                into.append(int(text.strip()))

        page.extract_text(visitor_text=visit)
        above, below = marks[: len(marks) // 2], marks[len(marks) // 2 :]
        assert above == below
        assert above == list(range(seen + 1, seen + 1 + len(above)))
        seen += len(above)
    assert seen >= 30


def test_the_fonts_are_in_the_file_with_their_letters(brief: PdfReader) -> None:
    """Every font that a page names is embedded and says which letters its glyphs are."""
    fonts = [font.get_object() for page in brief.pages for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    assert fonts
    for font in fonts:
        assert "/ToUnicode" in font, font["/BaseFont"]
        assert "/FontFile2" in font["/FontDescriptor"], font["/BaseFont"]


def prose() -> str:
    """The brief's own text without its notes and marks."""
    text = (ROOT / "tools" / "brief.md").read_text("utf-8").split("---\n", 2)[2]
    return re.sub(r"\[\[.*?\]\]|[*#]", "", text)


def test_the_sentences_of_the_brief_are_short() -> None:
    """At most 35 words: many readers read in their second language."""
    for block in re.split(r"\n\s*\n|\n- ", prose()):
        for sentence in re.split(r"(?<=[.:;?!])\s", block):
            assert len(sentence.split()) <= 35, sentence


def test_the_brief_is_in_our_own_words(shared: Path) -> None:
    """No run of eight words is shared with a source."""
    run = 8

    def runs(text: str) -> Iterator[tuple[str, ...]]:
        words = fold(text).split()
        return (tuple(words[i : i + run]) for i in range(len(words) - run + 1))

    taken = {
        words for source in (shared / "library" / "text").glob("*.txt") for words in runs(source.read_text("utf-8"))
    }
    assert [" ".join(words) for words in runs(prose()) if words in taken] == []
