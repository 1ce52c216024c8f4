"""Documents that share their words are linked, those that only speak of the same things are not."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from click.testing import Result
from shelf import passages_of

from corpus.catalogue import CatalogueWriter
from corpus.catalogue.likenesses import Likeness, likenesses, link
from corpus.checkup import checkup
from corpus.home import Home
from corpus.likeness import ALIKE, COMMON, SAMPLE, Sketch, alike, pack, sketch, unpack
from corpus.model import Bibliography, Document, IngestRecord
from webapp import create_app


def words(seed: int, count: int) -> list[str]:
    """Made-up running text over a small vocabulary, so that single words tell nothing."""
    choose = random.Random(seed)
    return [f"word{choose.randrange(400)}" for _ in range(count)]


def sketched(*parts: list[str]) -> Sketch:
    return sketch([" ".join(part) for part in parts])


def keep(writer: CatalogueWriter, doc: str, text: str) -> None:
    """Keep a document of these words as an ingest would."""
    card = Bibliography(id=doc, title=doc.capitalize())
    read = Document(card=card, media="text", content_hash=str(hash(text)), passages=passages_of(doc, text))
    record = IngestRecord(input=f"{doc}.txt", status="ok", doc=doc)
    writer.put_document(read, writer.begin(record), record)


def test_the_share_of_words_is_estimated() -> None:
    """A brief of which two thirds are its report's has about 67 percent in it; the report has little of the brief."""
    report, other = words(1, 20_000), words(2, 20_000)
    brief = report[3_000:5_000] + words(3, 1_000)
    found = alike({"report": sketched(report), "brief": sketched(brief), "other": sketched(other)}, ["brief"])
    assert found.keys() == {("brief", "report"), ("report", "brief")}
    assert found["brief", "report"] == pytest.approx(67, abs=6)
    assert found["report", "brief"] == pytest.approx(10, abs=3)


def test_likeness_is_the_same_whoever_comes_later() -> None:
    """Held against each other from either side, a pair gets the same numbers."""
    first = words(4, 3_000)
    sketches = {"a": sketched(first), "b": sketched(first[:2_000])}
    assert alike(sketches, ["a"]) == alike(sketches, ["b"])


def test_case_accents_and_passage_borders_make_no_difference() -> None:
    """What is compared are folded words in a row, however they were cut."""
    text = words(5, 900)
    loud = [word.upper() for word in text]
    assert np.array_equal(sketched(text[:400], text[400:]), sketched(loud))
    assert len(sketched(text)) == pytest.approx(896 / SAMPLE, rel=0.35)
    assert np.array_equal(unpack(pack(sketched(text))), sketched(text))


def test_short_texts_and_standing_words_link_nothing() -> None:
    """Fewer than five words have no sketch; what stands in very many documents is nobody's own."""
    assert not len(sketched(["a", "short", "text"]))
    mandate = words(6, 600)
    many = {f"doc-{n}": sketched(mandate, words(100 + n, 500)) for n in range(COMMON + 1)}
    assert alike(many, ["doc-0"]) == {}
    few = {doc: many[doc] for doc in list(many)[:5]}
    assert max(alike(few, ["doc-0"]).values()) >= ALIKE


def test_links_are_kept_renewed_and_end_with_their_document(fresh_home: Home) -> None:
    """A new document is held against those there; a killed run's are caught up; a changed or removed one has none."""
    report, brief = " ".join(words(7, 4_000)), " ".join(words(7, 1_500))
    with CatalogueWriter(fresh_home.catalogue_url) as writer:
        keep(writer, "report", report)
        assert (link(writer), link(writer)) == (1, 0)
        keep(writer, "brief", brief)
        assert likenesses(writer, "brief") == ()
        assert link(writer) == 1
        (like,) = likenesses(writer, "brief")
        assert like == Likeness(doc="report", percent=100)
        remarks = checkup(fresh_home, writer).remarks
        (named,) = (remark for remark in remarks if "words" in remark)
        assert named.startswith("brief: most of its words are also in report (100 %); if they are one text")
        (like,) = likenesses(writer, "report")
        assert (like.doc, 30 <= like.percent <= 45) == ("brief", True)
        keep(writer, "brief", " ".join(words(8, 1_500)))
        link(writer)
        assert likenesses(writer, "brief") == likenesses(writer, "report") == ()
        keep(writer, "brief", brief)
        link(writer)
        writer.remove("brief")
        assert likenesses(writer, "report") == ()


@pytest.mark.slow
def test_the_printed_page_is_known_for_the_page(
    shared: Path, tmp_path: Path, fingerpost: Callable[..., Result]
) -> None:
    """A web page and its print are linked both ways, on their pages too; two different reports are not."""
    library = shared / "library"
    files = (
        library / "mario-project.html", library / "variants" / "mario-project-chromium.pdf",
        library / "real" / "iom-internal-evaluation-ib0053.pdf", library / "real" / "iom-evaluation-brief-ib0053.pdf",
        library / "real" / "dol-child-labor-findings-thailand.pdf",
        library / "real" / "dol-child-labor-findings-cote-divoire.pdf",
    )  # fmt: skip
    done = fingerpost("ingest", *map(str, files))
    assert done.exit_code == 0, done.stderr

    def like(doc: str) -> dict[str, int]:
        shown = json.loads(fingerpost("show", doc, "--json").stdout)
        return {row["doc"]: row["percent"] for row in shown["like"]}

    assert like("mario-project").keys() == {"mario-project-chromium"}
    assert like("mario-project-chromium")["mario-project"] >= 90
    assert like("iom-evaluation-brief-ib0053").keys() == {"iom-internal-evaluation-ib0053"}
    assert like("dol-child-labor-findings-thailand") == {}
    page = create_app(Home(tmp_path / "home")).test_client().get("/documents/iom-evaluation-brief-ib0053").text
    assert "Shares its words with" in page
    assert "/documents/iom-internal-evaluation-ib0053" in page
