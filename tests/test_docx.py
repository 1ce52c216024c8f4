"""Word documents: structure from styles, what tracked changes leave, notes, boxes, and files that mean harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from corpus.errors import UnreadableInput
from corpus.ids import fold
from corpus.model import Block, BlockKind
from ingest.readers import read
from ingest.reading import Reading
from ingest.sniff import media_of
from ingest.structure import build

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"

TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
STYLES = f"""<w:styles xmlns:w="{W}">
<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Annex"><w:name w:val="Annex title"/><w:basedOn w:val="berschrift2"/></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="Bullet"><w:name w:val="List Bullet"/>
<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
</w:styles>"""
NUMBERING = f"""<w:numbering xmlns:w="{W}">
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="4"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%3)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#61623;"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>"""


def relations(*pairs: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(pairs)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def docx(body: str, parts: Mapping[str, str] | None = None, declared: str = "") -> bytes:
    """A Word document with this body; ``parts`` are further members by name."""
    names = ("styles", "numbering", "footnotes", "endnotes", "settings")
    members = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations(("officeDocument", "word/document.xml"), ("core-properties", "docProps/core.xml")),
        "word/document.xml": f'{declared}<w:document xmlns:w="{W}" xmlns:mc="{MC}" xmlns:o="urn:o"><w:body>{body}'
        "</w:body></w:document>",
        "word/_rels/document.xml.rels": relations(*((name, f"{name}.xml") for name in names)),
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
        **(parts or {}),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return file.getvalue()


def run(text: str, extra: str = "") -> str:
    return f'<w:r>{extra}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(inner: str, style: str = "", extra: str = "") -> str:
    told = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{told}{extra}</w:pPr>{inner if inner.startswith('<') else run(inner)}</w:p>"


def item(text: str, number: int, depth: int = 0) -> str:
    return p(text, extra=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def cell(inner: str, told: str = "") -> str:
    return f"<w:tc><w:tcPr>{told}</w:tcPr>{inner if inner.startswith('<') else p(inner)}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def blocks_of(body: str, parts: Mapping[str, str] | None = None) -> tuple[Block, ...]:
    return read(docx(body, parts), "made.docx").pages[0].blocks


def told(blocks: tuple[Block, ...]) -> list[tuple[str, int, str]]:
    return [(block.kind.value, block.level, block.text) for block in blocks]


def test_headings_come_from_styles_in_any_language() -> None:
    """The style's own name, what it is based on, its outline level or the paragraph's tell the level."""
    blocks = blocks_of(
        p("A title", "Titel") + p("One", "berschrift1") + p("Two", "Annex") + p("Three", "Own")
        + p("Four", extra='<w:outlineLvl w:val="3"/>') + p("No heading", "berschrift1", '<w:outlineLvl w:val="9"/>')
        + p(run("Short and bold", "<w:rPr><w:b/></w:rPr>")) + p("Text follows here.")
    )  # fmt: skip
    assert told(blocks) == [
        ("heading", 1, "A title"), ("heading", 1, "One"), ("heading", 2, "Two"), ("heading", 3, "Three"),
        ("heading", 4, "Four"), ("paragraph", 0, "No heading"), ("heading", 5, "Short and bold"),
        ("paragraph", 0, "Text follows here."),
    ]  # fmt: skip


def test_lists_have_the_labels_that_word_prints() -> None:
    """Numbers count on across levels and paragraphs between, start where they are told, and begin anew when told."""
    blocks = blocks_of(
        item("a", 1) + item("b", 1, 1) + item("c", 1, 1) + p("Between.") + item("d", 1) + item("e", 1, 1)
        + item("f", 1, 2) + item("g", 3) + p("h", "Bullet") + item("no list", 0)
    )  # fmt: skip
    assert [(b.kind is BlockKind.LIST_ITEM, b.label, b.level) for b in blocks] == [
        (True, "1.", 1), (True, "1.a)", 2), (True, "1.b)", 2), (False, "", 0), (True, "2.", 1), (True, "2.a)", 2),
        (True, "(iv)", 3), (True, "1.", 1), (True, "", 1), (False, "", 0),
    ]  # fmt: skip
    assert blocks[1].text == "1.a) b"


def test_tables_give_rows_with_merged_cells_once() -> None:
    """A cell over columns or rows stands once; a nested word or two stays in its cell; a deleted row is gone."""
    (block,) = blocks_of(
        table(
            cell("Country", '<w:vMerge w:val="restart"/>') + cell("Children", '<w:gridSpan w:val="2"/>'),
            cell("", "<w:vMerge/>") + cell("girls") + cell(p("boys") + p("and others")),
            "<w:trPr><w:del/></w:trPr>" + cell("gone") + cell("1") + cell("2"),
            cell("Benin") + cell("12") + cell("7"),
        )
    )
    assert block.kind is BlockKind.TABLE
    assert block.rows == (("Country", "Children", ""), ("", "girls", "boys and others"), ("Benin", "12", "7"))
    assert block.text == "Country\tChildren\ngirls\tboys and others\nBenin\t12\t7"


def test_a_table_that_arranges_a_page_is_text_and_a_frame_is_a_box() -> None:
    """One cell is a box of the text's flow; cells with headings are read one after the other."""
    box, *rest = blocks_of(
        table(cell(p("Framed") + p("A case from the field."))) + p("Between.")
        + table(cell(p("Left", "berschrift1") + p("Left text.")) + cell("Right text."))
    )  # fmt: skip
    assert (box.kind, box.side, box.text) == (BlockKind.BOX, False, "Framed\nA case from the field.")
    assert told(tuple(rest))[1:] == [
        ("heading", 1, "Left"), ("paragraph", 0, "Left text."), ("paragraph", 0, "Right text.")
    ]  # fmt: skip


def test_tracked_changes_are_read_as_accepted() -> None:
    """Insertions stay, deletions go, a deleted paragraph mark joins, and the curator is told."""
    reading = read(
        docx(
            p(run("Guardians ") + f"<w:ins>{run('must ')}</w:ins><w:del><w:r><w:delText>may </w:delText></w:r></w:del>"
              + f"<w:moveFrom>{run('elsewhere ')}</w:moveFrom><w:moveTo>{run('always ')}</w:moveTo>" + run("be "),
              extra="<w:rPr><w:del/></w:rPr>")
            + p("appointed at once.")
        ),
        "tracked.docx",
    )  # fmt: skip
    assert reading.pages[0].text == "Guardians must always be appointed at once."
    assert "tracked changes" in reading.warnings[0]


def test_links_fields_and_signs_keep_their_words() -> None:
    """A link's words and a field's result stay; its code, hidden text and comments go."""
    (block,) = blocks_of(
        p(run("See ") + f"<w:hyperlink>{run('the guide')}</w:hyperlink>"
          + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF _x</w:instrText></w:r>'
          + run(" 12", "<w:fldChar/>") + run("hidden", "<w:rPr><w:vanish/></w:rPr>")
          + f"<w:sdt><w:sdtContent>{run(' on cross')}</w:sdtContent></w:sdt>"
          + "<w:r><w:noBreakHyphen/></w:r>" + run("border")
          + "<w:r><w:br/><w:tab/></w:r>" + run("care."))
    )  # fmt: skip
    assert block.text == "See the guide 12 on cross-border care."


def test_notes_are_apart_with_their_marks_taken_out() -> None:
    """Footnotes count in figures, endnotes in Roman, a sign of its own stays its label; the text has no marks."""
    notes = "".join(
        f'<w:footnote w:id="{n}"{kind}>{p(run(text))}</w:footnote>'
        for n, kind, text in ((0, ' w:type="separator"', "---"), (7, "", "Late note."), (3, "", "First note."))
    )
    notes += f'<w:footnote w:id="9">{p(run("* Starred."))}</w:footnote>'
    ends = f'<w:endnotes xmlns:w="{W}"><w:endnote w:id="3">{p(run("At the end."))}</w:endnote></w:endnotes>'
    text, *found = blocks_of(
        p(run("One") + '<w:r><w:footnoteReference w:id="3"/></w:r>' + run(" two")
          + '<w:r><w:footnoteReference w:id="7"/></w:r>'
          + '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="9"/><w:t>*</w:t></w:r>'
          + '<w:r><w:endnoteReference w:id="3"/></w:r>' + run(".")),
        {"word/footnotes.xml": f'<w:footnotes xmlns:w="{W}">{notes}</w:footnotes>', "word/endnotes.xml": ends},
    )  # fmt: skip
    assert text.text == "One two."
    assert {block.kind for block in found} == {BlockKind.FOOTNOTE}
    assert [(b.label, b.text) for b in found] == [
        ("1", "First note."), ("2", "Late note."), ("*", "Starred."), ("i", "At the end.")
    ]  # fmt: skip


def test_a_text_box_is_a_side_box_once() -> None:
    """A box that is there as a drawing and as its older form is read once, and out of the sentence it hangs on."""
    content = f"<w:txbxContent>{p('In the box.')}{p('And more.')}</w:txbxContent>"
    drawn = (
        f"<mc:AlternateContent><mc:Choice><w:drawing><o:txbx>{content}</o:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><o:textbox>{content}</o:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    blocks = blocks_of(p(run("A sentence ") + f"<w:r>{drawn}</w:r>" + run("goes on.")))
    assert [(b.text, b.side) for b in blocks] == [("A sentence goes on.", False), ("In the box.\nAnd more.", True)]


def test_contents_lists_are_furniture_and_headers_are_not_read() -> None:
    """A table of contents is shown but gives no passage; headers and footers are parts that nobody opens."""
    reading = read(
        docx(
            "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/></w:docPartObj></w:sdtPr>"
            f"<w:sdtContent>{p('Contents')}{p('One 3')}</w:sdtContent></w:sdt>{p('Two 4', 'TOC1')}{p('Said once.')}",
            {"word/header1.xml": f'<w:hdr xmlns:w="{W}">{p("Running header")}</w:hdr>'},
        ),
        "contents.docx",
    )  # fmt: skip
    assert [b.kind.value for b in reading.pages[0].blocks] == ["furniture"] * 3 + ["paragraph"]
    assert [passage.text for passage in build(reading, "doc", "en")[1]] == ["Said once."]


def properties(**told: str) -> dict[str, str]:
    rows = "".join(f"<dc:{key}>{text}</dc:{key}>" for key, text in told.items())
    return {"docProps/core.xml": f'<c:coreProperties xmlns:c="urn:c" xmlns:dc="urn:dc">{rows}</c:coreProperties>'}


def test_properties_are_believed_where_the_text_bears_them_out() -> None:
    """A title and author that the first page repeats are the document's; a template's and a user's name are not."""
    body = p("Care across borders in the south") + p("Northlight Consulting") + p("May 2019") + p("Text follows.")

    def card(**told: str) -> Reading:
        return read(docx(body, properties(**told)), "card.docx")

    told_truly = card(title="Care across borders", creator="Northlight Consulting; user", language="en-GB")
    assert (told_truly.title, told_truly.authors, told_truly.date, told_truly.language) == (
        "Care across borders", ("Northlight Consulting",), "2019-05", "en-GB",
    )  # fmt: skip
    filled_in = card(title="Report template v3", creator="John Example")
    assert (filled_in.title, filled_in.authors) == ("", ())
    assert "John Example" not in str(filled_in.metadata)


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE d SYSTEM "file:///etc/passwd">',
    ],
)
def test_a_document_type_is_refused(declared: str) -> None:
    """No entity is expanded and no other file looked at: Office files have no document type."""
    with pytest.raises(UnreadableInput, match=r"^The file holds a document type"):
        read(docx(p("Text."), declared=declared), "evil.docx")


def test_a_part_that_unpacks_beyond_measure_is_refused() -> None:
    """A megabyte that unpacks to hundreds costs no memory: it is refused on the way."""
    with pytest.raises(UnreadableInput, match="unpacks"):
        read(docx(p("Text.") + " " * (70 * 1024 * 1024)), "bomb.docx")


def test_damaged_and_empty_documents_have_a_reason() -> None:
    """Cut short, without a body, not well-formed, or without a word: each is one sentence."""
    whole = docx(p("Text."))
    for data in (whole[: len(whole) // 2], docx("<w:p>"), docx("", {"_rels/.rels": relations()}), docx(p(""))):
        with pytest.raises(UnreadableInput, match=r": .*\.$"):
            read(data, "damaged.docx")


@pytest.mark.parametrize("types", ["", "<Types", "<Types/>", None])
def test_a_broken_list_of_parts_is_told_as_a_damaged_word_document(types: str | None) -> None:
    """Whatever became of that list, nobody is told to unpack a ZIP file."""
    if types is None:
        data = docx(p("Text.")).replace(b"[Content_Types].xml", b"[Content_Typos].xml")
    else:
        data = docx(p("Text."), {"[Content_Types].xml": types})
    with pytest.raises(UnreadableInput, match="damaged Word document"):
        media_of(data, "report.docx")


def test_the_practice_page_as_word_document_has_the_words_of_the_web_page(shared: Path) -> None:
    """The same practice as DOCX and as HTML: at least 98 words of 100 in the passages; nothing leaves its ZIP."""
    library = shared / "library"

    def words(file: Path) -> list[str]:
        reading = read(file.read_bytes(), file.name)
        return [word for passage in build(reading, "doc", "en")[1] for word in fold(passage.text).split()]

    page, document = words(library / "mario-project.html"), words(library / "variants" / "mario-project.docx")
    left = list(document)
    found = [left.remove(word) for word in page if word in left]
    assert len(found) >= 0.98 * len(page)
    assert words(library / "hostile" / "zip-slip.docx") == document
    assert not Path("/tmp/zip-slip-was-here.txt").exists()
