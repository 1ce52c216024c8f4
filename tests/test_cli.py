"""The command line's surface: JSON on standard output, one sentence on standard error, exit codes."""

from __future__ import annotations

import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from making import REPORT, write_report
from rich.console import Console

from cli import keeping
from corpus.home import Home
from corpus.notes import shipped


@pytest.fixture
def copied(home: Home, tmp_path: Path) -> Path:
    """A copy of the small home that a test may change."""
    target = tmp_path / "copied"
    shutil.copytree(home.path, target)
    return target


def test_search_json_has_the_promised_shape(fingerpost: Any, home: Home) -> None:
    """The keys that scorers and scripts rely on, with page, label and section."""
    result = fingerpost("search", "guardian delay", "--json", home=home.path)
    answer = json.loads(result.stdout)
    assert set(answer) >= {"query", "interpreted", "suggestion", "weak", "total", "hits", "facets"}
    hit = next(h for h in answer["hits"] if h["doc"] == "harbour-evaluation")
    promised = "doc title passage page page_end page_label section text snippet score weak themes url"
    assert set(hit) >= set(promised.split())
    assert (hit["page"], hit["page_label"], hit["section"]) == (3, "3", "Shelter and care")
    assert "<mark>" in hit["snippet"]
    assert {f["value"] for f in answer["facets"]["doc"]} >= {"harbour-evaluation"}
    assert all(set(v) == {"value", "label", "count"} for values in answer["facets"].values() for v in values)


def test_filters_narrow_and_add_up(fingerpost: Any, home: Home) -> None:
    """Two values of one filter are alternatives, two filters add up."""

    def docs(*options: str) -> set[str]:
        answer = json.loads(fingerpost("search", "children", "--json", *options, home=home.path).stdout)
        return {hit["doc"] for hit in answer["hits"]}

    assert docs("--country", "GT") == {"harbour-evaluation"}
    assert docs("--country", "GT", "--country", "ET") == {"harbour-evaluation", "agency-page"}
    assert docs("--country", "GT", "--type", "practice-page") == set()


def test_what_is_added_can_be_left_out(fingerpost: Any, home: Home) -> None:
    """--without takes out one added name, --exact all of them and every other form; like the web's parameters."""

    def answer(*options: str) -> Any:
        return json.loads(fingerpost("search", *options, "--json", home=home.path).stdout)

    first, *others = answer("unaccompanied minors")["also"]
    left = answer("unaccompanied minors", "--without", first, "--without", "zebra")["also"]
    assert first not in left
    assert set(left) <= set(others)
    exact = answer("families", "--exact")
    assert exact["also"] == []
    assert 0 < exact["total"] < answer("families")["total"]


def test_what_is_like_a_thing_is_found(fingerpost: Any, home: Home) -> None:
    """--like needs no query and finds nothing of the thing's own document; a person is told what it is like."""
    hit = json.loads(fingerpost("search", "foster families", "--json", home=home.path).stdout)["hits"][0]
    told = json.loads(fingerpost("search", "--like", hit["id"], "--json", home=home.path).stdout)
    assert told["like"]["id"] == hit["id"]
    assert hit["doc"] not in {other["doc"] for other in told["hits"]}
    assert f"Like: {hit['title']}" in fingerpost("search", "--like", hit["id"], home=home.path).stdout


def test_batch_answers_line_by_line(fingerpost: Any, home: Home, tmp_path: Path) -> None:
    """Each line in gives one line out with the same id; a bad line is named."""
    batch = tmp_path / "queries.jsonl"
    batch.write_text('{"id": "a", "query": "shelter"}\n\n{"id": 2, "query": "xyzzyplugh"}\n', "utf-8")
    lines = [json.loads(x) for x in fingerpost("search", "--batch", str(batch), home=home.path).stdout.splitlines()]
    assert [line["id"] for line in lines] == ["a", 2]
    assert lines[0]["hits"]
    assert lines[1]["weak"] is True
    batch.write_text('{"id": "a"}\n', "utf-8")
    result = fingerpost("search", "--batch", str(batch), home=home.path)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "Line 1" in result.stderr


@pytest.mark.parametrize(
    "line",
    [b"\xff\xfe", b"[" * 100_000, b"[1]", b'{"id": 1, "query": null}', b'{"id": NaN, "query": "x"}', b'{"id": 1}'],
)
def test_a_line_that_cannot_be_used_is_named(fingerpost: Any, home: Home, tmp_path: Path, line: bytes) -> None:
    """No traceback and no search for what the line does not say, for search and for tag."""
    lines = tmp_path / "lines.jsonl"
    lines.write_bytes(b"\n" + line)
    for words in (["search", "--batch"], ["tag", "--input"]):
        result = fingerpost(*words, str(lines), home=home.path)
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
        assert "Line 2 is not a JSON object" in result.stderr


def test_lines_may_begin_with_a_mark_and_hold_half_characters(fingerpost: Any, home: Home, tmp_path: Path) -> None:
    """A byte order mark is no error; half a surrogate pair becomes the replacement character, a whole one its sign."""
    batch = tmp_path / "queries.jsonl"
    batch.write_bytes(b'\xef\xbb\xbf{"id": "\\ud800 \\ud83d\\ude00", "query": "shelter \\udfff"}\n')
    result = fingerpost("search", "--batch", str(batch), "--limit", "0", home=home.path)
    assert json.loads(result.stdout) == {"id": "\ufffd 😀", "weak": False, "hits": []}
    lines = tmp_path / "texts.jsonl"
    lines.write_bytes(b'\xef\xbb\xbf{"text": "A guardian was appointed in Guatemala.\\ud800"}\n')
    assert json.loads(fingerpost("tag", "--input", str(lines)).stdout)["countries"] == ["GT"]


def test_search_for_a_person(fingerpost: Any, home: Home) -> None:
    """Without --json a person reads what was searched for, title, page and text."""
    text = fingerpost("search", "foster families", home=home.path).stdout
    assert "Searched for: foster families\n" in text  # what was added has a line of its own
    assert "Harbour Programme: Final Evaluation, p. 3 › Shelter and care" in text
    assert "<mark>" not in text


def test_statements_json(fingerpost: Any, home: Home) -> None:
    """One line for every occurrence, with its page and the promised keys; filters work."""
    out = fingerpost("statements", "--doc", "harbour-evaluation", "--json", home=home.path).stdout
    lines = [json.loads(line) for line in out.splitlines()]
    promised = "id doc page page_end page_label section text kind voice themes addressed_to figure group n_independent"
    assert lines
    assert all(set(line) >= set(promised.split()) for line in lines)
    told = next(line for line in lines if line["text"].startswith("Donors should fund"))
    assert (told["kind"], told["page"], told["n_independent"]) == ("recommendation", 4, 1)
    only = fingerpost("statements", "--kind", "recommendation", "--json", home=home.path).stdout
    assert {json.loads(line)["kind"] for line in only.splitlines()} == {"recommendation"}


def test_show_json(fingerpost: Any, home: Home) -> None:
    """A document's record, pages with headings and footnotes, sections and passages."""
    shown = json.loads(fingerpost("show", "harbour-evaluation", "--json", home=home.path).stdout)
    assert [p["number"] for p in shown["pages"]] == [1, 2, 3, 4, 5]
    assert shown["pages"][1]["footnotes"] == [{"number": "1", "text": REPORT.parts[0].note}]
    assert {"text": "Shelter and care", "level": 1} in shown["pages"][2]["headings"]
    assert [s["heading"] for s in shown["sections"]][-1] == "Lessons learned"
    assert all(p["page"] for p in shown["passages"])
    page = json.loads(fingerpost("show", "agency-page", "--json", home=home.path).stdout)
    assert {p["page"] for p in page["passages"]} == {None}


def test_tag_answers_in_order(fingerpost: Any) -> None:
    """Lines in, lines out, with listed ids only in the first two lists; about nothing gives nothing."""
    texts = [
        "Legal guardians were appointed for unaccompanied children in Guatemala within a week.",
        "The sky was blue and the coffee was warm.",
    ]
    stdin = "\n".join(json.dumps({"text": text}) for text in texts)
    first, second = (json.loads(line) for line in fingerpost("tag", stdin=stdin).stdout.splitlines())
    assert "guardianship" in first["themes"]
    assert "unaccompanied-separated-children" in first["target_groups"]
    assert first["countries"] == ["GT"]
    assert set(first["themes"]) <= set(first["concepts"])
    assert (second["themes"], second["countries"]) == ([], [])


def test_cite_carries_the_page(fingerpost: Any, home: Home) -> None:
    """A passage is cited with the printed page; BibTeX and RIS are to be had."""
    answer = json.loads(fingerpost("search", "foster families", "--json", home=home.path).stdout)
    passage = answer["hits"][0]["passage"]
    assert "p. 3" in fingerpost("cite", passage, home=home.path).stdout
    assert fingerpost("cite", passage, "--format", "bibtex", home=home.path).stdout.startswith("@")
    assert fingerpost("cite", passage, "--format", "ris", home=home.path).stdout.startswith("TY  - ")


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["show", "nothing"], 1, "There is no document 'nothing'"),
        (["cite", "nothing"], 1, "nothing"),
        (["search"], 2, "Give either a query"),
        (["search", "--like", "nothing"], 1, "nothing"),
        (["ingest", "/no/such/place"], 2, "There is no file or folder"),
        (["remove", "nothing"], 1, "There is no document or practice"),
        (["statements", "--doc", "nothing"], 1, "There is no document"),
        (["statements", "--theme", "nothing"], 2, "There is no theme"),
        (["show", "a\udcff"], 2, "no UTF-8 text"),
    ],
)
def test_mistakes_are_told_in_one_sentence(fingerpost: Any, home: Home, words: list[str], code: int, says: str) -> None:
    """No traceback: one line on standard error and the promised exit code."""
    result = fingerpost(*words, home=home.path)
    assert result.exit_code == code
    assert says in result.stderr
    assert result.stderr.startswith("fingerpost: ")
    assert result.stderr.count("\n") == 1


def test_a_new_home_is_empty_and_answers_honestly(fingerpost: Any, tmp_path: Path) -> None:
    """Searching an empty home finds nothing and says so; status counts nothing."""
    (tmp_path / "home").mkdir()
    answer = json.loads(fingerpost("search", "guardian", "--json").stdout)
    assert (answer["total"], answer["weak"], answer["hits"]) == (0, True, [])
    assert set(json.loads(fingerpost("status", "--json").stdout)["counts"].values()) == {0}


@pytest.mark.parametrize(
    ("short", "style"),
    [
        ("chicago", "chicago-author-date"), ("harvard", "harvard-cite-them-right"),
        ("Vancouver", "nlm-citation-sequence"),
    ],
)  # fmt: skip
def test_styles_are_known_by_their_short_names(fingerpost: Any, home: Home, short: str, style: str) -> None:
    """As people type them."""
    long, told = (fingerpost("cite", "harbour-evaluation", "--style", one, home=home.path) for one in (style, short))
    assert told.exit_code == 0
    assert told.stdout == long.stdout


@pytest.mark.parametrize(
    "verb",
    [
        ("search", "guardian", "--json"), ("statements", "--json"), ("show", "x"), ("cite", "x"), ("status",),
        ("check",), ("digest", "--since", "2026-01-31"), ("export", "guardian"), ("mcp",), ("backup", "kept.zip"),
    ],
)  # fmt: skip
def test_who_only_reads_makes_no_home(fingerpost: Any, tmp_path: Path, verb: tuple[str, ...]) -> None:
    """A folder that is not there is told in a sentence, not made."""
    away = tmp_path / "nosuch"
    result = fingerpost(*verb, "--home", str(away))
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"There is no knowledge base in {away}; name its folder with --home" in result.stderr
    assert not away.exists()


@pytest.mark.slow
def test_ingest_ends_with_its_documents_searchable(fingerpost: Any, tmp_path: Path) -> None:
    """Ingest, search, change, search again: exit codes, JSON lines, and what is found."""
    report = write_report(tmp_path / "harbour.pdf", REPORT)
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"")
    result = fingerpost("ingest", str(report), str(bad), "--json")
    assert result.exit_code == 1
    by_input = {Path(line["input"]).name: line for line in map(json.loads, result.stdout.splitlines())}
    assert (by_input["harbour.pdf"]["status"], by_input["harbour.pdf"]["pages"]) == ("ok", 5)
    assert (by_input["bad.pdf"]["status"], by_input["bad.pdf"]["reason"][:5]) == ("failed", "The f")
    assert json.loads(fingerpost("search", '"rainy season"', "--json").stdout)["total"] == 1
    assert fingerpost("ingest", str(report)).exit_code == 0
    assert fingerpost("check").exit_code == 0
    assert fingerpost("remove", "harbour").exit_code == 0
    assert json.loads(fingerpost("search", '"rainy season"', "--json").stdout)["total"] == 0
    assert "was removed" in fingerpost("show", "harbour").stderr


@pytest.mark.slow
def test_init_loads_what_ships_once(fingerpost: Any) -> None:
    """The shipped practices, cards and brief; a second run changes nothing."""
    assert fingerpost("init").exit_code == 0
    counts = json.loads(fingerpost("status", "--json").stdout)["counts"]
    assert counts["practices"] >= 12
    assert counts["cards"] >= 5
    assert counts["documents"] == 1 + len(shipped())  # the brief and the notes
    assert fingerpost("init").exit_code == 0
    assert json.loads(fingerpost("status", "--json").stdout)["counts"] == counts
    found = json.loads(fingerpost("search", "shelter for returned adolescents", "--in", "practices", "--json").stdout)
    assert found["hits"][0]["weak"] is False
    assert "shelter" in found["hits"][0]["title"].lower()


def test_check_finds_what_is_wrong(fingerpost: Any, copied: Path) -> None:
    """A changed original and an index of another state are found; a rebuild mends the index."""
    assert fingerpost("check", home=copied).exit_code == 0
    original = next((copied / "originals").glob("??/*"))
    whole = original.read_bytes()
    original.write_bytes(whole + b"x")
    result = fingerpost("check", "--json", home=copied)
    assert result.exit_code == 1
    assert "changed on disk" in json.loads(result.stdout)["wrong"][0]
    original.write_bytes(whole)
    shutil.rmtree(copied / "index")
    assert fingerpost("check", home=copied).exit_code == 1
    assert fingerpost("rebuild", home=copied).exit_code == 0
    assert fingerpost("check", home=copied).exit_code == 0


def test_a_setting_that_does_not_fit_is_named(fingerpost: Any, copied: Path) -> None:
    """A wrong settings file is a usage error that names file and setting."""
    (copied / "settings.toml").write_text("max_pages = 'many'\n", "utf-8")
    result = fingerpost("status", home=copied)
    assert result.exit_code == 2
    assert "max_pages" in result.stderr


def test_the_bar_tells_the_rate_and_the_time_left(
    fingerpost: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal: how many files of how many, pages a second, and how long it will take."""
    screen = io.StringIO()
    monkeypatch.setattr(keeping, "ERRORS", Console(file=screen, force_terminal=True, width=120))
    assert fingerpost("ingest", str(write_report(tmp_path / "report.pdf", REPORT))).exit_code == 0
    shown = re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", screen.getvalue())
    assert re.search(r"1/1 +\d+ pages/s +\d:\d\d:\d\d", shown)
