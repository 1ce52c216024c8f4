"""What a document says of itself: title, authors, publisher, from its cover, its headers and its metadata."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from drawn import blocks, prose, run, sheet

from ingest.layout.cover import Card, card
from ingest.layout.document import lay_out
from ingest.layout.geometry import Line, Shape
from ingest.layout.lines import to_line


def cover(*texts: tuple[str, float]) -> list[Line]:
    """A cover's lines one below the other, each with its size of type."""
    return [to_line([run(text, 70, 100 + 40 * n, size=size)]) for n, (text, size) in enumerate(texts)]


def told(
    lines: Sequence[Line], front: str = "", running: Sequence[str] = (), headings: Sequence[str] = (), **metadata: str
) -> Card:
    body = cover(*[("the boats of the bay sail at noon and come back", 10.0)] * 12)
    return card([*lines, *body], front or " ".join(ln.text for ln in lines), metadata, running, headings)


def test_a_subtitle_in_smaller_type_follows_a_colon() -> None:
    """Two sizes of type are title and subtitle, unless the larger line cannot stand alone."""
    assert (
        told(cover(("Ferries of the Bay", 24), ("A Study of Ropes", 22))).title
        == "Ferries of the Bay: A Study of Ropes"
    )
    assert (
        told(cover(("A Review of", 24), ("The Ferries of the Bay", 22))).title == "A Review of The Ferries of the Bay"
    )


def test_the_years_below_a_title_belong_to_it() -> None:
    """A line of years only has no letters, but tells one edition from the next."""
    assert told(cover(("Review of Ferry Safety", 24), ("2020–2024", 24))).title == "Review of Ferry Safety 2020–2024"


def test_a_law_is_called_by_its_name_not_by_its_number_alone() -> None:
    """The cover of a law in a gazette gives number and parliament, its name follows the preamble."""
    lines = cover(("DECRETO NÚMERO 7-2031", 16), ("EL CONGRESO DE LA BAHÍA", 16))
    found = told(lines, headings=("CONSIDERANDO:", "CÓDIGO DE FAROS", "Capítulo I"))
    assert found.title == "CÓDIGO DE FAROS (DECRETO NÚMERO 7-2031)"
    assert found.publisher == "EL CONGRESO DE LA BAHÍA"


def test_a_forms_title_says_what_it_is_about() -> None:
    """A title that names only the kind of document is no help in a list of results."""
    front = "Management response matrix\nEvaluation title/Year: Ferries of the Bay (2031). Person in charge: I"
    assert told(cover(("Management response matrix", 18)), front).title == (
        "Management response matrix: Ferries of the Bay (2031)"
    )


@pytest.mark.parametrize(
    ("front", "publisher"),
    [
        ("Ferries\n© Harbour Institute, 2031\nAll rights reserved", "Harbour Institute"),
        ("Ferries\nCopyright © 2031 Bay Agency. All rights reserved.", "Bay Agency"),
        ("Ferries\nPublished by: Bay Agency", "Bay Agency"),
        ("Ferries\nPublié par l’Agence de la Baie", ""),
        ("Ferries\nSource: figures published by Bay Agency, 2031.", ""),
    ],
)
def test_the_imprint_tells_the_publisher(front: str, publisher: str) -> None:
    """A line that begins with it; a source's publisher is somebody else."""
    assert told(cover(("Ferries of the Bay", 24)), front).publisher == publisher


def test_running_headers_tell_who_publishes_but_not_what_the_document_is_called() -> None:
    """Where the cover has a picture of the name only, header and footer may have it in letters."""
    sheets = [
        sheet(n, run("Bay Institute", 70, 40), run("Evaluation of the Bay Agency", 300, 40), *prose(70, 130, 30))
        for n in range(1, 5)
    ]
    laid_out = lay_out(sheets, (), [None] * 4)
    assert laid_out.running == ("Bay Institute", "Evaluation of the Bay Agency")
    found = told(cover(("Ferries of the Bay", 24)), running=laid_out.running)
    assert (found.organisations, found.publisher) == (("Bay Institute",), "Bay Institute")
    assert "Bay Institute" not in blocks(*sheets)[0].text


@pytest.mark.parametrize(
    ("author", "creator", "authors"),
    [
        ("Ratty Waters", "LaTeX with hyperref", ("Ratty Waters",)),
        ("Ratty Waters", "Microsoft Word", ()),
        ("Harbour Safety Department", "Some Editor", ("Harbour Safety Department",)),
        ("Harbour Safety Departmentu", "Some Editor", ()),
    ],
)
def test_a_metadata_author_is_believed_where_somebody_meant_it(
    author: str, creator: str, authors: tuple[str, ...]
) -> None:
    """Word processors put in the owner of the computer; who writes TeX, or an organisation's name, means it."""
    front = "Ferries of the Bay by the department for safety of the harbour"
    assert told(cover(("Ferries of the Bay", 24)), front, Author=author, Creator=creator).authors == authors


def test_the_cells_of_a_wide_table_name_no_publisher() -> None:
    """A first page may be a table whose cells begin with half a ministry's name."""
    edges = (70.0, 200.0, 330.0, 460.0)
    runs = [run(f"Harbour Ministry {n}", 75 + 130 * (n % 3), 100 + 20 * (n // 3)) for n in range(9)]
    level = [(70.0, y, 460.0, y + 0.5) for y in (86.0, 106.0, 126.0, 146.0)]
    upright = [(x, 86.0, x + 0.5, 146.0) for x in edges]
    page = sheet(1, *runs, *prose(70, 200, 20))
    page.shapes = [Shape(*sides, True) for sides in (*level, *upright)]
    assert not any("Ministry" in line.text for line in lay_out([page], (), [None]).cover)
