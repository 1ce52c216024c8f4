"""Plain text: characters as they were meant, and no more structure than the lines show."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from corpus.errors import UnreadableInput
from corpus.ids import fold
from corpus.model import Block, BlockKind
from ingest.clean import clean, decode
from ingest.readers.text import read

LONG = "The guardian visited every week and wrote a short note that the judge read before each hearing."


def blocks(text: str) -> tuple[Block, ...]:
    return read(text.encode(), "x.txt").pages[0].blocks


def shapes(text: str) -> list[tuple[str, str]]:
    return [(b.kind.value, b.text) for b in blocks(text)]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Children’s “rights” – déjà protégés à l’école", "cp1252"),
        ("El niño migrante está en la frontera, señaló la evaluación más reciente.", "cp1252"),
        (
            "Dzieci migrujące potrzebują ochrony, która będzie świadczona na granicy łącznie.",
            "cp1250",
        ),
        ("Дети и мигранты нуждаются в защите и помощи на границе", "cp1251"),
        ("الأطفال المهاجرون يحتاجون إلى الحماية والرعاية في مراكز الإيواء", "cp1256"),
        ("A guardian – and “a home”", "utf-16"),
        ("A guardian – and “a home”", "utf-16-be"),
        ("A guardian – and “a home”", "utf-8-sig"),
        ("A guardian – and “a home”", "utf-32"),
    ],
)
def test_encodings_are_told_apart(text: str, encoding: str) -> None:
    """By mark, as UTF-8, or by a guess that knows the code pages of many languages."""
    assert decode(text.encode(encoding)) == text


def test_a_stray_byte_does_not_turn_a_file_into_another_encoding() -> None:
    """One broken byte in a long UTF-8 file stays one broken character."""
    data = ("Une école protégée. " * 100).encode() + b"\xff"
    assert decode(data).count("\ufffd") == 1
    assert "école protégée" in decode(data)


def test_unseen_characters_go_and_the_sources_own_stay() -> None:
    """Controls, overrides, surrogates and non-characters are removed; quotes, accents and joiners are not."""
    assert clean("a\u202eb\x00\x07\x1b\ud800\ufffe\u200b\ufeffc\U000e0041") == "abc"
    assert clean("l’«\xa0école\u202f» می\u200cخواهم") == "l’« école » می\u200cخواهم"
    assert clean("a\r\nb\rc\u2028d\x0ce") == "a\nb\nc\nd\ne"


@pytest.mark.parametrize(
    ("variant", "original"),
    [
        ("mario-project-utf16.txt", "mario-project"),
        ("romia-synthesis-cp1252.txt", "romia-synthesis"),
    ],
)
def test_variants_hold_the_same_words(shared: Path, variant: str, original: str) -> None:
    """Another encoding and other line ends change no word."""
    reading = read((shared / "library" / "variants" / variant).read_bytes(), variant)
    want = (shared / "library" / "text" / f"{original}.txt").read_text("utf-8")
    assert Counter(fold(reading.pages[0].text).split()) == Counter(fold(want.replace("\n- ", "\n")).split())
    if variant.startswith("romia"):
        assert "“Rights of Migrants in Action”" in reading.pages[0].text


def test_lines_that_a_width_broke_are_joined_and_others_are_not() -> None:
    """Wrapped paragraphs come whole with cut words mended; short lines of their own stay apart."""
    text = (
        "The guardian visited the shelter every week and wrote a\nshort note that the judge read before each hear-\n"
        "ing in the district court.\n\nArea: Benin\nDates: 2019 - 2020\nBudget: EUR 10,000\n"
    )
    assert shapes(text) == [
        ("paragraph", "The guardian visited the shelter every week and wrote a short note that the judge read before "
                      "each hearing in the district court."),
        ("paragraph", "Area: Benin"),
        ("paragraph", "Dates: 2019 - 2020"),
        ("paragraph", "Budget: EUR 10,000"),
    ]  # fmt: skip


def test_headings_are_guessed_with_care() -> None:
    """A short line over text is a heading; items, dates, labels, lead-ins and lines over lines are not."""
    text = (
        f"Summary\n\n{LONG}\n\nWho took part:\n\nAid Office\n\nHome Office\n\n11 June 2018\n\n{LONG}\n\n"
        f"Ways of working\n- Visits\n- Calls\n\nThe end of it all.\n\n{LONG}"
    )
    assert [b.text for b in blocks(text) if b.kind is BlockKind.HEADING] == ["Summary", "Ways of working"]


def test_numbers_give_headings_their_levels() -> None:
    """Figures count by their depth, letters stand under them; a numbered list is no row of headings."""
    text = (
        f"1. Background\n\nA. The project\n\n{LONG}\n\n1.2 Aims\n\n{LONG}\n\n2. Findings\n\n{LONG}\n\n"
        "The steps:\n\n1. Register\n2. Refer\n3. Follow up\n"
    )
    found = blocks(text)
    assert [(b.level, b.text) for b in found if b.kind is BlockKind.HEADING] == [
        (1, "1. Background"),
        (2, "A. The project"),
        (2, "1.2 Aims"),
        (1, "2. Findings"),
    ]
    assert [b.text for b in found if b.kind is BlockKind.LIST_ITEM] == ["1. Register", "2. Refer", "3. Follow up"]


def test_underlined_lines_are_headings() -> None:
    """A line of signs under a line makes it a heading and is itself no text."""
    found = blocks(f"A report\n========\n\n{LONG}\n\nAims\n----\n{LONG}\n")
    assert [(b.level, b.text) for b in found if b.kind is BlockKind.HEADING] == [(1, "A report"), (2, "Aims")]
    assert not any("--" in b.text or "==" in b.text for b in found)


def test_a_head_of_fields_fills_the_card() -> None:
    """Lines like "Title: …" at the top are the card, not the text."""
    reading = read(f"Title: Shelters\nDate: June 2018\nLanguage: en\n\n{LONG}\n".encode(), "x.txt")
    assert (reading.title, reading.date, reading.language) == ("Shelters", "2018-06", "en")
    assert reading.pages[0].text == LONG


def test_a_file_without_text_is_refused() -> None:
    """Blank lines alone are no document."""
    with pytest.raises(UnreadableInput, match="no text"):
        read(b" \n\n\t\n", "x.txt")
