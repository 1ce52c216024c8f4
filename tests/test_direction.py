"""Text that runs from right to left: Arabic and Hebrew in the order in which they are read."""

from __future__ import annotations

import io

import pytest
from drawn import blocks, run, sheet
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject

from ingest.layout.direction import turned
from ingest.readers import read

HARBOUR, BOATS = "נמל", "סירות"
READ = f"{HARBOUR} {BOATS}"


@pytest.mark.parametrize(
    ("logical", "visual"),
    [
        (READ, READ[::-1]),
        (f"{HARBOUR} 2021, {BOATS}", f"{BOATS[::-1]} ,2021 {HARBOUR[::-1]}"),
        (f"{HARBOUR} (12) 3.5% {BOATS}", f"{BOATS[::-1]} 3.5% (12) {HARBOUR[::-1]}"),
        (f"{HARBOUR} Quay 7 {BOATS}", f"{BOATS[::-1]} Quay 7 {HARBOUR[::-1]}"),
        (f"The word {READ} means the boats' harbour.", f"The word {READ[::-1]} means the boats' harbour."),
        ("Nothing to turn (1).", "Nothing to turn (1)."),
    ],
)
def test_order_of_place_becomes_order_of_reading_and_back(logical: str, visual: str) -> None:
    assert turned(visual) == logical
    assert turned(logical) == visual


def test_runs_of_a_line_are_read_from_the_right() -> None:
    left, right = run(BOATS[::-1], 300, 100), run(HARBOUR[::-1], 330, 100)
    (page,) = blocks(sheet(1, left, right))
    assert page.text == READ


STEP = 7.2
"""Points: how far one character of the font below stands from the next."""


def _drawn(*objects: str) -> bytes:
    """A PDF that draws these text objects one after the other, each with its characters from left to right."""
    visual = "".join(objects)
    writer = PdfWriter()
    page = writer.add_blank_page(400, 400)
    pairs = "\n".join(f"<{code:02x}> <{ord(sign):04x}>" for code, sign in enumerate(visual, 65))
    unicode = DecodedStreamObject()
    unicode.set_data(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def /CMapType 2 def\n"
        b"1 begincodespacerange <00> <ff> endcodespacerange\n"
        + f"{len(visual)} beginbfchar\n{pairs}\nendbfchar endcmap end end".encode()
    )
    font = DictionaryObject({
        NameObject("/Type"): NameObject("/Font"),
        NameObject("/Subtype"): NameObject("/TrueType"),
        NameObject("/BaseFont"): NameObject("/Quayside"),
        NameObject("/FirstChar"): NumberObject(65),
        NameObject("/LastChar"): NumberObject(64 + len(visual)),
        NameObject("/Widths"): ArrayObject([NumberObject(600)] * len(visual)),
        NameObject("/ToUnicode"): writer._add_object(unicode),
    })  # fmt: skip
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})}
    )
    content = DecodedStreamObject()
    shown, at = [], 0
    for text in objects:
        codes = "".join(f"{code:02x}" for code in range(65 + at, 65 + at + len(text)))
        shown.append(f"BT /F1 12 Tf {100 + STEP * at} 300 Td <{codes}> Tj ET")
        at += len(text)
    content.set_data("\n".join(shown).encode())
    page[NameObject("/Contents")] = writer._add_object(content)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "objects",
    [(READ[::-1],), (f"{BOATS[::-1]} ", HARBOUR[::-1]), tuple(READ[::-1])],
    ids=["a line", "words", "letters"],
)
def test_a_line_is_read_from_the_right_however_it_was_drawn(objects: tuple[str, ...]) -> None:
    """pdfium tells a whole line as it is read; of pieces the words came in the wrong order, or back to front."""
    reading = read(_drawn(*objects), "boats.pdf")
    assert reading.pages[0].text == READ
