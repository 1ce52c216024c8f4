"""Pictures of printed pages: the quotation marked where it stands, what is withheld painted over, bad pages refused."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import msgspec
import pytest
from click.testing import Result
from flask.testing import FlaskClient
from making import MARGIN, REPORT, write_report
from PIL import Image
from pypdf import PdfWriter
from pypdf.annotations import FreeText
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpus.catalogue import CatalogueWriter
from corpus.catalogue.decisions import decide
from corpus.errors import UnreadableInput
from corpus.home import Home
from corpus.picture import WIDTHS, PictureJob
from corpus.sensitivity import decision
from ingest.pictures.drawing import PAINT, draw
from ingest.pictures.words import find, words_of
from webapp import create_app

pytestmark = pytest.mark.slow

LINE = "The harbour team found that children slept in boats."


def page(path: Path, *lines: str) -> PictureJob:
    """A PDF of one page with these lines, as a job to draw it."""
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    for n, line in enumerate(lines):
        canvas.drawString(MARGIN, 700 - 40 * n, line)
    canvas.save()
    data = path.read_bytes()
    return PictureJob(path=str(path), content_hash=hashlib.sha256(data).hexdigest(), number=1, width=600)


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def rows_like(picture: Image.Image, colour: tuple[int, int, int]) -> set[int]:
    """The height, in the PDF's points from its foot, of every row that has thirty pixels of a colour side by side."""
    wide, high = picture.size

    def has_run(y: int) -> bool:
        like = (
            max(abs(a - b) for a, b in zip(picture.getpixel((x, y)), colour, strict=True)) < 12 for x in range(wide)
        )
        return any(same and len(list(run)) > 30 for same, run in groupby(like))

    return {round((high - y) * A4[1] / high) for y in range(high) if has_run(y)}


def test_a_quotation_is_marked_where_it_stands(tmp_path: Path) -> None:
    """Only the quotation's line is yellow, though its neighbours share words with it."""
    job = page(tmp_path / "a.pdf", "The harbour team met on Mondays.", LINE, "Children slept elsewhere in winter.")
    rows = rows_like(opened(draw(msgspec.structs.replace(job, marked=(LINE,)))), (255, 226, 110))
    assert rows
    assert min(rows) > 650
    assert max(rows) < 680
    assert not rows_like(opened(draw(job)), (255, 226, 110))


def test_what_is_withheld_is_painted_over(tmp_path: Path) -> None:
    """Withheld words and organisations go, and contact data of a footer that the document's text does not have."""
    job = page(tmp_path / "a.pdf", LINE, "Quiet Shore keeps the beds.", "Write to ann@example.org for more.")
    closed = msgspec.structs.replace(job, withheld=(LINE,), organisations=("quiet shore",))
    rows = rows_like(opened(draw(closed)), PAINT)
    assert {700, 660, 620} <= {round(row / 20) * 20 for row in rows}
    rows = rows_like(opened(draw(job)), PAINT)
    assert {round(row / 20) * 20 for row in rows} <= {620, 640}


def test_what_is_written_into_annotations_is_not_drawn(tmp_path: Path) -> None:
    """A comment on a page is none of its words: whatever must be withheld in it could not be found."""
    plain = page(tmp_path / "plain.pdf", LINE)
    writer = PdfWriter(clone_from=plain.path)
    writer.add_annotation(0, FreeText(text="ada@example.org", rect=(100, 400, 400, 500), background_color="ff0000"))
    writer.write(tmp_path / "noted.pdf")
    data = (tmp_path / "noted.pdf").read_bytes()
    noted = PictureJob(
        path=str(tmp_path / "noted.pdf"), content_hash=hashlib.sha256(data).hexdigest(), number=1, width=600
    )
    assert opened(draw(noted)).tobytes() == opened(draw(plain)).tobytes()


def test_a_page_on_which_withheld_words_are_not_found_is_not_drawn(tmp_path: Path) -> None:
    """They may stand in its picture in another form."""
    job = page(tmp_path / "a.pdf", LINE)
    with pytest.raises(UnreadableInput, match="must be withheld"):
        draw(msgspec.structs.replace(job, withheld=("The boy whom everybody calls the lantern lighter",)))


def test_a_changed_or_missing_original_is_told(tmp_path: Path) -> None:
    """No other page than the one that was read is ever shown for it."""
    job = page(tmp_path / "a.pdf", LINE)
    with pytest.raises(UnreadableInput, match="no such page"):
        draw(msgspec.structs.replace(job, number=2))
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 something else")
    with pytest.raises(UnreadableInput, match="changed"):
        draw(job)
    (tmp_path / "a.pdf").unlink()
    with pytest.raises(UnreadableInput, match="not kept"):
        draw(job)


@pytest.mark.parametrize(
    ("printed", "quoted"),
    [
        ("The children were accom-\npanied by guards", "The children were accompanied by guards"),
        ("The chil\u0002dren slept", "The children slept"),
        ("The e\ufb03cient o\ufb03ce closed", "The efficient office closed"),
        ("They learned12 much of it later", "They learned much of it later"),
    ],
)
def test_words_are_found_as_they_are_printed(printed: str, quoted: str) -> None:
    """Hyphens at line ends, ligatures and a note's mark stand in no quotation's way."""
    spot = find(words_of(printed), quoted)
    assert spot.runs == ((0, len(printed)),)
    assert spot.share > 0.8


def test_scattered_small_words_are_no_quotation() -> None:
    """A page that shares single words with a quotation is not marked."""
    there = words_of(
        "the boats were old and of wood but in the morning all of them were gone to sea again with the men"
    )
    assert find(there, "of the children in the shelter most were girls and their mothers worked").share < 0.6


@pytest.fixture
def served(tmp_path: Path, fingerpost: Callable[..., Result]) -> tuple[FlaskClient, Home]:
    """A home of one report, and a client of its pages."""
    write_report(tmp_path / "harbour.pdf", REPORT)
    done = fingerpost("ingest", str(tmp_path / "harbour.pdf"), home=tmp_path / "home")
    assert done.exit_code == 0, done.output
    home = Home(tmp_path / "home")
    return create_app(home).test_client(), home


def test_pages_are_drawn_kept_and_shown_beside_their_text(served: tuple[FlaskClient, Home]) -> None:
    """The picture comes only when it is asked for, with its weight, and a second time from where it is kept."""
    client, home = served
    plain = client.get("/documents/harbour/pages/2").text
    assert "<img" not in plain
    assert "about 100 kB" in plain
    beside = client.get("/documents/harbour/pages/2?picture=1").text
    assert f'src="/documents/harbour/pages/2/picture?width={WIDTHS[1]}"' in beside
    first = client.get("/documents/harbour/pages/2/picture?width=480")
    assert first.mimetype == "image/webp"
    assert opened(first.data).width == 480
    kept = list(home.pictures_dir.glob("*/*.webp"))
    assert len(kept) == 1
    assert kept[0].read_bytes() == first.data
    kept[0].write_bytes(b"kept")
    assert client.get("/documents/harbour/pages/2/picture?width=480").data == b"kept"


def test_a_decision_holds_for_pictures_at_once(served: tuple[FlaskClient, Home]) -> None:
    """A passage withheld after its page was drawn is painted over in the next one; a withdrawn document has none."""
    client, home = served
    before = client.get("/documents/harbour/pages/2/picture").data
    app = client.application.extensions["fingerpost"]
    passage = next(p for p in app.catalogue.passages("harbour") if p.turns[0].page == 2)
    with home.writing(), CatalogueWriter(home.catalogue_url) as writer:
        decide(writer, [decision(passage.id, "mask", "a test", "us")])
    after = client.get("/documents/harbour/pages/2/picture").data
    assert after != before
    assert rows_like(opened(after), PAINT)
    with home.writing(), CatalogueWriter(home.catalogue_url) as writer:
        decide(writer, [decision("harbour", "withdrawn", "a test", "us")])
    assert client.get("/documents/harbour/pages/2/picture").status_code == 410


def test_what_cannot_be_drawn_is_told(served: tuple[FlaskClient, Home]) -> None:
    """Widths and pages that do not exist, and an original that is gone."""
    client, home = served
    assert client.get("/documents/harbour/pages/2/picture?width=9").status_code == 400
    assert client.get("/documents/harbour/pages/99/picture").status_code == 404
    for file in home.originals_dir.glob("*/*"):
        file.unlink()
    gone = client.get("/documents/harbour/pages/2/picture")
    assert gone.status_code == 404
    assert "read the text" in gone.text
    assert "printed page" not in client.get("/documents/harbour/pages/2").text
