"""``fingerpost evaluate`` and the page of figures: counted right, with their cases, told plainly where nothing fits."""

from __future__ import annotations

import importlib.util
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import Result

from cli.evaluation import folders
from cli.evaluation.measuring import find
from corpus.catalogue import Catalogue
from corpus.home import Home
from corpus.quality import Figure, Measured, Measurement, of_home, save, shipped
from webapp import create_app

Cli = Callable[..., Result]
DOC = "harbour-evaluation"


def lines(file: Path, *rows: dict[str, Any]) -> None:
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def figures(told: dict[str, Any], what: str) -> dict[str, tuple[float, int]]:
    (one,) = (one for one in told["sets"] if one["what"] == what)
    return {f["name"]: (f["value"], f["n"]) for f in one["figures"]}


@pytest.fixture
def gold(tmp_path: Path, home: Home) -> Path:
    """A folder whose judgements are what the home says itself, but for one statement of a wrong kind and one missed."""
    folder = tmp_path / "judged"
    folder.mkdir()
    with Catalogue(home.catalogue_url) as catalogue:
        passages, said = catalogue.passages(DOC), catalogue.statements(DOC)
        text = " ".join(page.text for page in catalogue.pages(DOC))
    quote = " ".join(passages[0].text.split()[:20])
    query = {"id": "q1", "persona": "P", "kind": "exact", "query": " ".join(quote.split()[:8]), "note": ""}
    none = {"id": "q2", "persona": "C", "kind": "place", "query": "submarine volcanology of Neptune", "relevant": []}
    lines(folder / "queries-own.jsonl", {**query, "relevant": [{"doc": DOC, "quote": quote, "grade": 2}]}, none)
    rows = [
        {"doc": DOC, "quote": s.text, "kind": s.kind.value, "themes": list(s.themes), "addressed_to": s.addressed_to,
         "figure": s.figure}
        for s in said
    ]  # fmt: skip
    rows[0]["kind"] = "lesson" if rows[0]["kind"] != "lesson" else "result"
    missed = {**rows[-1], "quote": "Adolescents stayed in small houses with no more than twelve beds."}
    lines(folder / "statements-own.jsonl", *rows, missed)
    lines(folder / "regions-own.jsonl", {"doc": DOC, "text": text})
    words = "Guardians are appointed for unaccompanied children in Ethiopia."
    lines(
        folder / "themes-own.jsonl", {"doc": DOC, "text": words, "themes": ["guardianship"], "countries": ["ET", "KE"]}
    )
    return folder


def test_a_folder_is_measured_set_by_set(fingerpost: Cli, home: Home, gold: Path) -> None:
    """Retrieval, statements and labels come with their figures and the cases behind each."""
    result = fingerpost("evaluate", str(gold), "--json", home=home.path)
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert (told["folder"], told["documents"]) == ("judged", 2)
    found = figures(told, "retrieval")
    assert found["nDCG@10"] == (1.0, 1)
    assert found["unanswerable, kept quiet"][1] == 1
    said = figures(told, "statements")
    judged = said["text and kind both right: F1"][1]
    assert said["detection, any kind: recall"] == (round((judged - 1) / judged, 4), judged)
    assert said["kind, on matches"] == (round((judged - 2) / (judged - 1), 4), judged - 1)
    labels = figures(told, "tags")
    assert labels["countries: precision"] == (1.0, 1)
    assert labels["countries: recall"] == (0.5, 2)
    assert "criteria: F1" not in labels


def test_a_person_gets_a_table(fingerpost: Cli, home: Home, gold: Path) -> None:
    """A head for each set, a line for each figure: name, value, cases."""
    out = fingerpost("evaluate", str(gold), home=home.path).stdout
    assert "retrieval: queries-own.jsonl, 2 queries" in out
    (line,) = (line for line in out.splitlines() if line.strip().startswith("nDCG@10 "))
    assert line.split() == ["nDCG@10", "1.000", "1"]


def test_what_people_corrected_is_what_is_measured(fingerpost: Cli, home: Home, gold: Path, tmp_path: Path) -> None:
    """The statements are those that the home shows, a person's word among them."""
    mine = Home(Path(shutil.copytree(home.path, tmp_path / "mine")))
    quote = "Adolescents stayed in small houses with no more than twelve beds."
    kind = json.loads((gold / "statements-own.jsonl").read_text("utf-8").splitlines()[-1])["kind"]
    assert fingerpost("edit", DOC, "kind", kind, "--quote", quote, home=mine.path).exit_code == 0
    told = json.loads(fingerpost("evaluate", str(gold), "--json", home=mine.path).stdout)
    assert figures(told, "statements")["detection, any kind: recall"][0] == 1.0


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("notes.txt", "", "queries*.jsonl, passages*.jsonl, statements*.jsonl with regions*.jsonl"),
        ("statements-x.jsonl", "", "needs regions-x.jsonl"),
        ("queries.jsonl", '{"id": "q1"}\n', "queries.jsonl: a line has no 'relevant'"),
        ("themes.jsonl", "no json\n", "themes.jsonl is no such judged set"),
        ("passages.jsonl", "[1]\n", "passages.jsonl is no such judged set"),
    ],
)
def test_a_folder_that_holds_nothing_usable_is_told(
    fingerpost: Cli, home: Home, tmp_path: Path, name: str, text: str, says: str
) -> None:
    """One sentence that names the file, or the files that are looked for."""
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / name).write_text(text, "utf-8")
    result = fingerpost("evaluate", str(tmp_path / "gold"), home=home.path)
    assert result.exit_code == 2
    assert says in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_home_without_the_judged_documents_is_told(fingerpost: Cli, gold: Path, tmp_path: Path) -> None:
    """Statements of documents that are not there are not counted as missed; where none is left, a sentence says so."""
    for name in ("queries-own.jsonl", "themes-own.jsonl"):
        (gold / name).unlink()
    (tmp_path / "home").mkdir()
    result = fingerpost("evaluate", str(gold))
    assert result.exit_code == 2
    assert "has none of the documents" in result.stderr


def test_documents_that_the_home_lacks_are_named(fingerpost: Cli, home: Home, gold: Path) -> None:
    """A judged document that was not ingested is named beside the figures."""
    other = {
        "doc": "elsewhere",
        "quote": "The ferry was late on every day of the week.",
        "kind": "result",
        "themes": [],
    }
    with (gold / "statements-own.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(other) + "\n")
    told = json.loads(fingerpost("evaluate", str(gold), "--json", home=home.path).stdout)
    (one,) = (one for one in told["sets"] if one["what"] == "statements")
    assert one["remarks"] == ["Not in this home, or of other bytes: elsewhere."]


def test_saved_figures_are_shown_with_those_that_ship(fingerpost: Cli, home: Home, gold: Path, tmp_path: Path) -> None:
    """The page shows this library's last figures of each folder, each with its cases, and those that ship."""
    mine = Home(Path(shutil.copytree(home.path, tmp_path / "mine")))
    client = create_app(mine).test_client()
    assert "Nobody has measured this library yet" in client.get("/quality").get_data(as_text=True)
    for note in ("first", "second & <last>"):
        result = fingerpost("evaluate", str(gold), "--save", "--note", note, home=mine.path)
        assert result.exit_code == 0, result.output
    page = client.get("/quality").get_data(as_text=True)
    assert "second &amp; &lt;last&gt;" in page
    assert "first." not in page
    assert "queries-own.jsonl" in page
    assert [one.folder for one in of_home(mine.path)] == ["judged"]
    for one in (measured for run in shipped() for measured in run.sets):
        assert f"{one.figures[0].value:.3f}" in page


def test_what_ships_says_on_what_it_rests() -> None:
    """Every figure lies between 0 and 1 and names its cases; every run says when, by what and over what."""
    runs = shipped()
    assert {one.what for run in runs for one in run.sets} == {"retrieval", "statements", "tags", "groups"}
    for run in runs:
        assert run.at
        assert run.note
        assert run.documents
        assert all(0 <= f.value <= 1 and f.n >= 0 for one in run.sets for f in one.figures)


def test_figures_of_a_home_are_replaced_folder_by_folder(tmp_path: Path) -> None:
    """A newer run takes the place of the last one over the same folder and of no other."""
    one = Measured(what="tags", judged="a", n=1, unit="passages", figures=(Figure(name="F1", value=0.5, n=1),))
    for folder, at in (("a", "1"), ("b", "2"), ("a", "3")):
        save(tmp_path, Measurement(folder=folder, at=at, version="0", documents=1, sets=(one,)))
    assert [(run.folder, run.at) for run in of_home(tmp_path)] == [("b", "2"), ("a", "3")]
    assert [file.name for file in tmp_path.iterdir()] == ["quality.json"]


# ---------------------------------------------------------------------------------------------- against the published


def scorer(shared: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, shared / "eval" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
def test_the_figures_are_those_of_the_published_scorers(shared: Path, tmp_path: Path, fingerpost: Cli) -> None:
    """On real pages, real runs and the development sets, cut to the documents that are there, all figures are equal."""
    home, gold = tmp_path / "home", tmp_path / "gold"
    docs = ("mario-project", "gcm-iom-north-africa", "romia-synthesis")
    files = [str(shared / "library" / f"{doc}.html") for doc in docs]
    assert fingerpost("ingest", *files, home=home).exit_code == 0
    gold.mkdir()
    for file in (shared / "eval").glob("*-dev.jsonl"):
        rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
        if file.name.startswith(("statements", "regions")):
            rows = [row for row in rows if row["doc"] in docs]
        lines(gold / file.name, *rows)
    told = json.loads(fingerpost("evaluate", str(gold), "--json", home=home).stdout)

    theirs = scorer(shared, "score_statements")
    run = [json.loads(line) for line in fingerpost("statements", "--json", home=home).stdout.splitlines()]
    out, *_ = theirs.score(theirs.read(gold / "statements-dev.jsonl"), theirs.read(gold / "regions-dev.jsonl"), run)
    mine = {name: value for name, (value, _) in figures(told, "statements").items()}
    assert out["matched"] > 5
    for name, ours in (
        ("detection", "detection, any kind"), ("detection_borderline_aside", "detection, borderline set aside"),
        ("both_right", "text and kind both right"), ("themes_on_matches", "themes, on matches"),
    ):  # fmt: skip
        assert [mine[f"{ours}: {what}"] for what in ("precision", "recall", "F1")] == [round(x, 4) for x in out[name]]
    assert mine["kind, on matches"] == round(out["kind_accuracy"], 4)
    for kind, theirs_of in out["kinds"].items():
        if theirs_of["gold"]:
            assert mine[f"{kind}: F1"] == round(theirs_of["prf"][2], 4)

    judged = [json.loads(line) for line in (gold / "themes-dev.jsonl").read_text("utf-8").splitlines()]
    texts = "".join(json.dumps({"text": row["text"]}) + "\n" for row in judged)
    tagged = [json.loads(line) for line in fingerpost("tag", stdin=texts).stdout.splitlines()]
    labels = {name: value for name, (value, _) in figures(told, "tags").items()}
    for facet, got in scorer(shared, "score_themes").score(judged, tagged).items():
        if isinstance(got, dict):
            name = facet.replace("_", " ")
            assert labels[f"{name}: F1"] == round(got["micro"][2], 4)
            assert labels[f"{name}, exact sets"] == round(got["exact"], 4)
            assert labels[f"{name}, empty kept empty"] == round(got["empty_kept"] / got["empty_gold"], 4)

    score_query = scorer(shared, "score_queries")
    queries = folders.read(gold).queries["queries-dev.jsonl"]
    hits = find(Home(home), queries)
    raw = score_query.read_jsonl(gold / "queries-dev.jsonl")
    rows = [
        score_query.score_query(raw[key], [{"doc": h.doc, "text": h.text} for h in found], {"long": 0})
        for key, found in hits.items()
        if raw[key]["relevant"]
    ]
    found = figures(told, "retrieval")
    for name in score_query.METRICS:
        assert found[name] == (round(score_query.mean(rows, name), 4), len(rows))
