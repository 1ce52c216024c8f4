"""The five source documents from file to answer, held against the judged sets; skipped without them."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from bench import hostile, pages
from corpus.catalogue import Catalogue
from corpus.home import Home

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
SOURCES = {
    "gcm-iom-north-africa": None,
    "iom-children-evaluation": 56,
    "mario-project": None,
    "romia-final-evaluation": 63,
    "romia-synthesis": None,
}
"""The documents and how many pages each has."""


def command(*words: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cli.main", *words, "--home", str(home)], capture_output=True, text=True, cwd=ROOT
    )


@pytest.fixture(scope="module")
def library(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the five sources, read by the real command."""
    home = tmp_path_factory.mktemp("library")
    files = [str(f) for pattern in ("*.pdf", "*.html") for f in sorted((shared / "library").glob(pattern))]
    done = command("ingest", *files, "--json", home=home)
    assert done.returncode == 0, done.stdout + done.stderr
    return home


def test_five_documents_with_all_their_pages(library: Path) -> None:
    """Ids are the files' stems; every page is there; the printed label of the LaTeX report is one behind the sheet."""
    with Catalogue(Home(library).catalogue_url) as catalogue:
        numbers = {doc: len(catalogue.page_numbers(doc)) for doc in catalogue.document_ids()}
        assert numbers == {doc: count or 1 for doc, count in SOURCES.items()}
        assert catalogue.page("iom-children-evaluation", 12).label == "11"
        assert catalogue.page("romia-final-evaluation", 12).label == "12"
        assert catalogue.card("romia-final-evaluation").title.startswith("Rights of Migrants in Action")
        assert not any("page 12" in p.text for p in catalogue.passages("romia-final-evaluation"))


def test_a_second_run_skips_all(library: Path, shared: Path) -> None:
    """Nothing is read again."""
    done = command("ingest", str(shared / "library" / "romia-synthesis.html"), "--json", home=library)
    assert [json.loads(line)["skipped"] for line in done.stdout.splitlines()] == [True]


def test_the_judged_queries(library: Path, shared: Path, tmp_path: Path) -> None:
    """The floors of the spine, and every hit's text on the pages that it names."""
    run = tmp_path / "run.jsonl"
    queries = shared / "eval" / "queries-dev.jsonl"
    run.write_text(command("search", "--batch", str(queries), home=library).stdout, "utf-8")
    scorer = [sys.executable, str(shared / "eval" / "score_queries.py"), str(queries), str(run), "--json"]
    scores = json.loads(subprocess.run(scorer, capture_output=True, text=True, check=True).stdout)
    assert scores["overall"]["nDCG@10"] >= 0.51
    assert scores["overall"]["Recall@20"] >= 0.52
    assert scores["answerable"]["quiet"] == 0
    told = io.StringIO()
    with redirect_stdout(told):
        assert pages.main([str(run), str(shared / "library"), "--worst", "3"]) == 0, told.getvalue()


def test_hostile_files_cost_only_themselves(shared: Path, tmp_path: Path) -> None:
    """Each hostile file has its record; what can be read is read; nothing executes; memory stays bounded."""
    told = io.StringIO()
    with redirect_stdout(told):
        assert hostile.main([str(shared / "library" / "hostile")]) == 0, told.getvalue()
    status = {line.split()[1]: line.split()[0] for line in told.getvalue().splitlines()[:-1]}
    must_open = {"broken-xref.pdf", "javascript-embedded-file.pdf", "xss.html", "xss-text-and-title.pdf", "xss.md"}
    must_open |= {"zip-slip.docx"}
    must_fail = {"zero-bytes.pdf", "content-bomb.pdf", "content-bomb-double.pdf", "encrypted-user-password.pdf"}
    assert {status[name] for name in must_open} == {"ok"}
    assert {status[name] for name in must_fail} == {"failed"}
    assert not list(Path("/tmp").glob("pwned*"))
    assert not Path("/tmp/zip-slip-was-here.txt").exists()
