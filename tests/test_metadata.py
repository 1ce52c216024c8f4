"""What curators hand over: read from three formats, tied to documents, stronger than the reading, and lasting."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from click.testing import Result

from corpus.catalogue import Catalogue
from corpus.errors import UsageError
from corpus.metadata import Metadata, Told, read
from corpus.model import Standing
from ingest.handed import Handed
from ingest.source import Source

NOTE = "# Care note\n\nA guardian should be appointed at once, says the note.\n"


def read_from(tmp_path: Path, name: str, text: str | bytes) -> Metadata:
    file = tmp_path / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(file)


def only(metadata: Metadata) -> Told:
    assert not metadata.wrong
    (row,) = metadata.rows
    return row


@pytest.mark.parametrize("parted_by", [",", ";", "\t"])
def test_a_table_is_read_by_its_head(tmp_path: Path, parted_by: str) -> None:
    """Columns have their own or usual names; lists are parted by semicolons; commas, semicolons or tabs part cells."""
    head = ["File name", "Title", "Author(s)", "Year", "Country", "Type", "Standing", "Remarks"]
    cells = [
        "report.pdf",
        "Care, at last",
        '"Ana Example;Body"',
        "2019-05",
        '"BJ;TG"',
        "brief",
        "external-evaluation",
        "x",
    ]
    quoted = [f'"{cell}"' if parted_by in cell and '"' not in cell else cell for cell in cells]
    metadata = read_from(tmp_path, "a.csv", f"{parted_by.join(head)}\r\n{parted_by.join(quoted)}\r\n")
    row = only(metadata)
    assert (row.line, row.file, row.card.title, row.card.authors) == (
        2, "report.pdf", "Care, at last", ("Ana Example", "Body"),
    )  # fmt: skip
    assert (row.card.date, row.card.countries, row.card.document_type) == ("2019-05", ("BJ", "TG"), "brief")
    assert row.card.standing is Standing.EXTERNAL
    assert "remarks" in metadata.remarks[0]


@pytest.mark.parametrize("said", ["sep=;\r\n", '"sep=;"\r\n', "SEP=;\n"])
def test_a_line_for_excel_before_the_head_is_no_head(tmp_path: Path, said: str) -> None:
    """What it says parts the cells, even where the head has more of another sign; lines are counted with it."""
    row = only(
        read_from(tmp_path, "a.csv", f"{said}file;title, subtitle, and so on;title\r\na.pdf;x;Care, at last\r\n")
    )
    assert (row.line, row.file, row.card.title) == (3, "a.pdf", "Care, at last")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_spreadsheets_encodings_are_known(tmp_path: Path, encoding: str) -> None:
    """Whatever a spreadsheet saves, the accents are right."""
    assert only(
        read_from(tmp_path, "a.csv", "file,title\na.pdf,Évaluation à mi-parcours\n".encode(encoding))
    ).card.title == ("Évaluation à mi-parcours")


def test_bad_rows_are_named_by_line_and_the_others_stand(tmp_path: Path) -> None:
    """A wrong date, country, theme, standing, id or row is told with line, field and remedy."""
    rows = (
        "file,title,date,countries,themes,standing,id",
        '"two\nlines.pdf",Good,2019,,,,',
        "b.pdf,,May 2019,,,,",
        "c.pdf,,,Benin,,,",
        "d.pdf,,,,no-such-theme,,",
        "e.pdf,,,,,very-good,",
        "f.pdf,,,,,,Not An Id",
        ",,2019,,,,",
        "h.pdf,,,,,,,one,too,many",
        "i.pdf,Good too,,,,,",
    )
    metadata = read_from(tmp_path, "a.csv", "\n".join(rows))
    assert [row.file for row in metadata.rows] == ["two\nlines.pdf", "i.pdf"]
    told = [(sentence.split(",")[1].split(":")[0].strip(), sentence.split(": ")[1]) for sentence in metadata.wrong]
    assert sorted(told) == sorted([
        ("line 4", "date"), ("line 5", "countries"), ("line 6", "themes"), ("line 7", "standing"), ("line 8", "id"),
        ("line 9", "file"), ("line 10", "row"),
    ])  # fmt: skip


BIB = r"""
@report{example2019, title = {Prot{\'e}ger les {Enfants}}, author = {Example, Ana and {Big Body}}, year = 2019,
  month = mar, institution = {Harbour Foundation}, langid = {french}, file = {:papers/care.pdf:PDF}}
@misc{care-note, title = {By its key}, date = {2020-02-01}}
@report{broken, title = {no end
@misc{last, title = {After the broken one}}
"""


def test_bibtex_is_read_with_its_accents(tmp_path: Path) -> None:
    """Names, accents, months, language and linked file; a broken entry costs itself and is named by line."""
    metadata = read_from(tmp_path, "a.bib", BIB)
    first, second, *_ = metadata.rows
    assert (first.file, first.id, first.line) == ("papers/care.pdf", "", 2)
    assert (first.card.title, first.card.authors) == ("Protéger les Enfants", ("Ana Example", "Big Body"))
    assert (first.card.date, first.card.language, first.card.organisations) == (
        "2019-03",
        "fr",
        ("Harbour Foundation",),
    )
    assert (second.id, second.card.date) == ("care-note", "2020-02-01")
    assert len(metadata.wrong) == 1
    assert "line 5" in metadata.wrong[0]


def test_addresses_in_bibtex_are_taken_as_they_are(tmp_path: Path) -> None:
    """A per cent sign begins no comment in an address; what TeX needs escaped is unescaped."""
    text = r"@misc{a, title = {Care}, url = {https://example.org/a%2520b\_c}}"
    assert only(read_from(tmp_path, "a.bib", text)).card.url == "https://example.org/a%2520b_c"


def test_nothing_but_our_own_sentences_is_printed(tmp_path: Path) -> None:
    """A library that logs what it finds wrong in a BibTeX file would print it between the command's lines."""
    file = tmp_path / "a.bib"
    file.write_text(BIB + "@report{example2019, title = {The same key}}\n@article{x, title = {a}}}}\n", "utf-8")
    code = f"from pathlib import Path; from corpus.metadata import read; assert read(Path({str(file)!r})).wrong"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


LINKS = [
    ("a.ris", "TY  - RPRT\nTI  - Care\nL1  - {}\nER  -\n", "file:///C:/Users/Ana/My%20papers/care%20note.pdf"),
    ("a.ris", "TY  - RPRT\nTI  - Care\nL1  - {}\nER  -\n", "/srv/ana/care note.pdf"),
    (
        "a.bib",
        "@misc{{k, title = {{Care}}, file = {{{}}}}}",
        r"Full Text:C\:\\Users\\Ana\\care note.pdf:application/pdf",
    ),
    ("a.bib", "@misc{{k, title = {{Care}}, file = {{{}}}}}", "file:///srv/ana/care%20note.pdf"),
    ("a.csv", "file,title\n{},Care\n", r"D:\papers\Care note.pdf"),
]


@pytest.mark.parametrize(("name", "text", "link"), LINKS)
def test_a_whole_path_of_another_machine_is_known_by_its_name(tmp_path: Path, name: str, text: str, link: str) -> None:
    """Reference managers link files where they lie on their own disk; of two files of that name neither is guessed."""
    metadata = read_from(tmp_path, name, text.format(link))
    here, there, other = (Source.of(tmp_path / part / "care note.pdf") for part in ("in", "old", "other"))
    other = msgspec.structs.replace(other, input=str(tmp_path / "other.pdf"), name="other.pdf")
    row = msgspec.structs.replace(only(metadata), id="care-note")
    for sources, expected in (([here, other], ["care-note", ""]), ([here, there], ["", ""])):
        told = Handed(Metadata(name=name, rows=(row,)))
        assert [source.wanted for source in told.named(sources)] == expected


def test_a_relative_path_is_not_known_by_its_name_alone(tmp_path: Path) -> None:
    """Who writes "2019/care.pdf" in a table means that one and no other."""
    handed = Handed(read_from(tmp_path, "a.csv", "id,file\ncare-note,2019/care.pdf\n"))
    assert [s.wanted for s in handed.named([Source.of(tmp_path / "2020" / "care.pdf")])] == [""]
    assert [s.wanted for s in handed.named([Source.of(tmp_path / "2019" / "care.pdf")])] == ["care-note"]


RIS = """TY  - RPRT
AU  - Example, Ana
AU  - Big Body
TI  - Care across borders,
  told on two lines
PY  - 2019/3/5/
PB  - Harbour Foundation
UR  - https://example.org/care
L1  - file:///papers/care.pdf
ER  -
TY  - RPRT
TI  - Without an end
TY  - RPRT
TI  - Last
ER  -
"""


def test_ris_is_read_tag_by_tag(tmp_path: Path) -> None:
    """Authors add up, a line without tag goes on, dates are ISO; an entry without end is named by its line."""
    metadata = read_from(tmp_path, "a.ris", RIS)
    first, last = metadata.rows
    assert first.card.title == "Care across borders, told on two lines"
    assert (first.card.authors, first.card.date) == (("Ana Example", "Big Body"), "2019-03-05")
    assert (first.card.publisher, first.card.url) == ("Harbour Foundation", "https://example.org/care")
    assert last.card.title == "Last"
    assert "line 11" in metadata.wrong[0]


def test_other_files_are_wrong_usage(tmp_path: Path) -> None:
    """A suffix that is none of the three, or a table without a column that names a document, is told at once."""
    for name, text in (("a.xlsx", "x"), ("a.csv", "colour,size\nred,2\n"), ("a.csv", "")):
        with pytest.raises(UsageError):
            read_from(tmp_path, name, text)


@pytest.mark.slow
def test_what_is_handed_over_wins_and_lasts(fingerpost: Callable[..., Result], tmp_path: Path) -> None:
    """By file, id and title; for new and known documents; after a re-reading; rows that fit none are named."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("one", "two", "three"):
        (folder / f"{name}.md").write_text(NOTE.replace("Care", name.capitalize()), "utf-8")
    table = tmp_path / "known.csv"
    table.write_text(
        "id,file,title,date,standing\n"
        "first,one.md,First title,2019,external-evaluation\n"
        "two,,Second title,2018,\n"
        ",,Three note,2017,\n"
        ",four.md,Nowhere,,\n",
        "utf-8",
    )
    done = fingerpost("ingest", str(folder), "--metadata", str(table))
    assert done.exit_code == 1
    assert "line 5" in done.stderr
    assert "four.md" in done.stderr

    def cards() -> dict[str, tuple[str, str]]:
        with Catalogue(f"sqlite:///{tmp_path / 'home' / 'catalogue.db'}") as catalogue:
            return {card.id: (card.title, card.date) for card in catalogue.cards()}

    expected = {"first": ("First title", "2019"), "two": ("Second title", "2018"), "three": ("Three note", "2017")}
    assert cards() == expected
    (folder / "one.md").write_text(NOTE + "\nWith a new end, and the year 2023.\n", "utf-8")
    assert fingerpost("ingest", str(folder)).exit_code == 0
    assert cards() == expected
    table.write_text("file,rights\none,CC BY 4.0\n", "utf-8")
    done = fingerpost("ingest", str(folder), "--metadata", str(table), "--json")
    assert done.exit_code == 0
    assert all(json.loads(line)["skipped"] for line in done.stdout.splitlines())
    assert cards() == expected
    shown = json.loads(fingerpost("show", "first", "--json").stdout)
    assert (shown["rights"], shown["title"]) == ("CC BY 4.0", "First title")
    hits = json.loads(fingerpost("search", "guardian year:2018", "--json").stdout)["hits"]
    assert {hit["doc"] for hit in hits} == {"two"}
