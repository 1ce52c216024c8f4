"""The judged queries kept as hashes: the rule that finds a quote, the measures of a run, and the file itself."""

from __future__ import annotations

import hashlib
import json
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from making import REPORT, write_report

from bench.gold.retrieval import main
from bench.gold.sets import QUERIES as GOLD
from cli.evaluation import retrieval
from cli.evaluation.retrieval import Hit, JudgedQuery, read_queries, score
from cli.evaluation.shingles import Quote, share_held, shingles, tokens

QUOTE = "the night bus from the harbour brings children who sleep at the parish hall until a cousin comes"
WORDS = tokens(
    "harbour ferry child aunt school lamp bread border guard song river market tent doctor paper stamp train platform "
    "winter blanket teacher drum garden bridge ticket soup letter island boat rope"
)


def query(name: str, *quotes: Quote, kind: str = "exact", part: str = "tune") -> JudgedQuery:
    return JudgedQuery(name, "P", kind, "anything", part, quotes)


def test_tokens_are_folded_letters_and_digits() -> None:
    """Ligatures, case and punctuation do not part a quote from its copy."""
    assert tokens("Eﬃcient, É_2 children’s") == ["efficient", "é", "2", "children", "s"]
    assert shingles(["one", "two"]) == ()


@pytest.mark.parametrize(
    ("passage", "held"),
    [
        (f"Before it. {QUOTE.upper()}! And after.", True),
        ("children who sleep at the parish hall until a cousin comes", True),
        ("the night bus from the harbour", False),
        ("the bus the children the hall who at from night until sleep a brings parish harbour comes cousin", False),
    ],
)
def test_a_passage_holds_a_quote_by_its_runs_alone(passage: str, held: bool) -> None:
    """Most of the quote in runs of three is a find; the same words scattered, or a third of it, are none."""
    assert Quote.of("a", QUOTE, 2).is_in(frozenset(shingles(tokens(passage)))) is held


def test_six_words_in_ten_are_just_enough() -> None:
    """The share is met exactly at its border."""
    quote = Quote.of("a", "a b c d e f g h i j", 1)
    assert quote.is_in(frozenset(shingles(tokens("a b c d e f")))) is True
    assert quote.is_in(frozenset(shingles(tokens("a b c d e x")))) is False
    assert share_held(quote.shingles, frozenset()) == 0.0


def test_a_quote_comes_back_from_json_and_a_broken_one_does_not() -> None:
    """A file with a lost shingle or an unknown grade is refused, not scored wrongly."""
    row = Quote.of("a", QUOTE, 2, "00").to_json()
    assert Quote.from_json(json.loads(json.dumps(row))).to_json() == row
    for broken in ({"grade": 3}, {"words": 5}, {"shingles": [*row["shingles"][:-1], "zz"]}):
        with pytest.raises(ValueError, match="quote of a"):
            Quote.from_json({**row, **broken})


def test_a_quote_is_credited_once_in_its_own_document() -> None:
    """The same words in another document, and a second copy further down, gain nothing."""
    got = retrieval.score_query(
        [Quote.of("a", QUOTE, 2), Quote.of("a", "one two three four five six", 1)],
        [Hit("b", QUOTE), Hit("a", QUOTE), Hit("a", QUOTE)],
    )
    assert (got.mrr, got.recall) == (0.5, 0.5)
    assert got.ndcg == pytest.approx((2 / 1.5849625) / (2 + 1 / 1.5849625))


def test_only_the_first_400_tokens_of_a_hit_are_read() -> None:
    """A whole chapter returned as one hit is no find."""
    long = "word " * 390 + QUOTE
    assert retrieval.score_query([Quote.of("a", QUOTE, 2)], [Hit("a", long)]).recall == 0.0


def test_quiet_is_no_hit_or_only_weak_ones_and_a_missing_query_is_not_quiet() -> None:
    """Weak hits still score; a query without a line scores nothing and counts as no silence."""
    queries = [query("q1", Quote.of("a", QUOTE, 2)), query("q2"), query("q3"), query("q4")]
    out = score(
        queries, {"q1": [Hit("a", QUOTE, weak=True)], "q2": [], "q3": [Hit("a", "x"), Hit("a", "y", weak=True)]}
    )
    assert dict(out.quiet) == {"q1": True, "q2": True, "q3": False, "q4": False}
    overall = out.groups["overall"]
    assert (overall.ndcg, overall.answerable_quiet, overall.unanswerable_quiet) == (1.0, 1.0, pytest.approx(1 / 3))
    assert out.missing == ("q4",)


def made_up(folder: Path, seed: int = 5) -> tuple[Path, Path, Path]:
    """A set with its quotes as text, the same set hashed, and a run over both, all out of a bag of words."""
    dice = random.Random(seed)
    texts = {doc: [dice.choice(WORDS) for _ in range(900)] for doc in ("one", "two", "three")}
    plain, hashed, run = [], [], []
    for n in range(40):
        relevant: list[dict[str, Any]] = []
        for _ in range(0 if n % 5 == 0 else dice.randint(1, 8)):
            doc, start = dice.choice(list(texts)), dice.randrange(860)
            words = texts[doc][start : start + dice.randint(12, 40)]
            relevant.append({"doc": doc, "quote": " ".join(words), "grade": dice.choice((1, 2))})
        base = {"id": f"q{n:03}", "persona": dice.choice("PCM"), "kind": dice.choice(("exact", "lang")), "query": "q"}
        plain.append({**base, "relevant": relevant})
        kept = [Quote.of(r["doc"], r["quote"], r["grade"]).to_json() for r in relevant]
        hashed.append({**base, "relevant": kept})
        hits = []
        for _ in range(dice.randint(0, 25)):
            doc, start = dice.choice(list(texts)), dice.randrange(850)
            text = " ".join(texts[doc][start : start + dice.choice((60, 120, 450))])
            hits.append({"doc": doc, "text": text, "weak": dice.random() < 0.7})
        if n != 7:
            run.append({"id": base["id"], "hits": hits})
    files = folder / "plain.jsonl", folder / "hashed.jsonl", folder / "run.jsonl"
    for file, rows in zip(files, (plain, hashed, run), strict=True):
        file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return files


def test_hashed_quotes_score_a_run_as_their_text_does(tmp_path: Path) -> None:
    """Nothing that the rule needs is lost with the words."""
    plain, hashed, run = made_up(tmp_path)
    hits = retrieval.read_run(run)
    assert score(read_queries(hashed), hits) == score(read_queries(plain), hits)


def test_the_figures_are_those_of_the_published_scorer(shared: Path, tmp_path: Path) -> None:
    """On a made-up set both scorers give the same figures, group by group, and the same silences."""
    plain, hashed, run = made_up(tmp_path)
    command = [sys.executable, str(shared / "eval" / "score_queries.py"), str(plain), str(run), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    ours = score(read_queries(hashed), retrieval.read_run(run))
    for name, group in ours.groups.items():
        measures = {"nDCG@10": group.ndcg, "Recall@20": group.recall, "MRR@10": group.mrr}
        assert theirs[name]["n"] == group.answerable
        assert {k: theirs[name][k] for k in measures} == {k: round(v or 0, 4) for k, v in measures.items()}
    overall = ours.groups["overall"]
    assert 0 < (overall.ndcg or 0) < 1
    for side, n, quiet in (
        ("unanswerable", overall.unanswerable, overall.unanswerable_quiet),
        ("answerable", overall.answerable, overall.answerable_quiet),
    ):
        assert theirs[side] == {"n": n, "quiet": round((quiet or 0) * n)}


def test_the_command_prints_a_table_and_says_which_query_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A run that lacks a query is scored, named and a failure."""
    _, hashed, run = made_up(tmp_path)
    assert main([str(run), "--queries", str(hashed), "--per-query"]) == 1
    printed = capsys.readouterr().out
    assert "kind lang" in printed
    assert "not in the run: q007" in printed


def test_the_file_is_balanced_and_holds_no_text_of_a_document() -> None:
    """Sixty queries, twenty without an answer, twenty in French or Spanish, both halves alike by kind; hashes alone."""
    rows = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    queries = read_queries(GOLD)
    assert len(rows) == 60
    assert sum(not q.relevant for q in queries) == 20
    assert Counter(row["language"] for row in rows) == {"en": 40, "es": 10, "fr": 10}
    assert set(Counter(q.persona for q in queries).values()) == {20}
    assert all(3 <= len(q.relevant) <= 10 for q in queries if q.relevant)
    assert all(12 <= quote.words <= 60 for q in queries for quote in q.relevant)
    halves = [read_queries(GOLD, part=part) for part in ("tune", "held")]
    assert [len(half) for half in halves] == [30, 30]
    assert [sum(not q.relevant for q in half) for half in halves] == [10, 10]
    for kind in {q.kind for q in queries}:
        a, b = (sum(q.kind == kind for q in half) for half in halves)
        assert abs(a - b) <= 2
    for row in rows:
        assert set(row) == {"id", "persona", "kind", "language", "query", "note", "part", "relevant"}
        assert all(set(r) == {"doc", "content", "grade", "words", "shingles"} for r in row["relevant"])


def run_tool(plain: Path, folder: Path, out: Path) -> subprocess.CompletedProcess[str]:
    if not shutil.which("pdftotext"):
        pytest.skip("needs poppler's pdftotext (tools/debian-packages.sh installs it), which is not here")
    command = [sys.executable, str(ROOT / "tools" / "make_gold.py"), str(plain), str(folder), "--out", str(out)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_tool_hashes_an_annotation_and_refuses_a_quote_that_is_not_there(tmp_path: Path) -> None:
    """One wrong quote, or one too short, and nothing is written; put right, the file has hashes and both halves."""
    write_report(tmp_path / "report.pdf", REPORT)
    there = [" ".join(text.split()[n : n + 14]) for text in REPORT.parts[0].paragraphs[:2] for n in (0, 10)]
    rows: list[dict[str, Any]] = [
        {"id": f"q{n}", "persona": "P", "kind": "exact", "language": "en", "query": "shelters", "note": "n",
         "relevant": [{"doc": "report", "quote": quote, "grade": 2} for quote in quotes]}
        for n, quotes in enumerate((there, there[:3], [], []))
    ]  # fmt: skip
    plain, out = tmp_path / "plain.jsonl", tmp_path / "out.jsonl"
    right = [dict(entry) for entry in rows[0]["relevant"]]
    rows[0]["relevant"][0]["quote"] = "these words were never written in that report by anybody at all, were they"
    rows[0]["relevant"][1]["quote"] = "too short"
    plain.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    refused = run_tool(plain, tmp_path, out)
    assert (refused.returncode, out.exists()) == (1, False)
    assert "does not stand in the document" in refused.stderr
    assert "has 2 words" in refused.stderr
    rows[0]["relevant"] = right
    plain.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert run_tool(plain, tmp_path, out).returncode == 0
    assert sorted(q.part for q in read_queries(out)) == ["held", "held", "tune", "tune"]
    assert read_queries(out)[0].relevant[0].is_in(frozenset(shingles(tokens(there[0]))))
    assert there[0] not in out.read_text("utf-8")


@pytest.mark.slow
def test_every_hashed_quote_stands_in_its_document(shared: Path) -> None:
    """The hashes are those of the very files in the test library, where nine in ten of a quote's words are found."""
    held: dict[str, frozenset[str]] = {}
    for quote in (quote for q in read_queries(GOLD) for quote in q.relevant):
        file = shared / "library" / "real" / f"{quote.doc}.pdf"
        if quote.doc not in held:
            assert hashlib.sha256(file.read_bytes()).hexdigest() == quote.content
            held[quote.doc] = words_of(file)
        assert share_held(quote.shingles, held[quote.doc]) >= 0.9


def words_of(file: Path) -> frozenset[str]:
    """The shingles of a PDF's text in pdftotext's order of content, line-end hyphens closed and left."""
    if not shutil.which("pdftotext"):
        pytest.skip("needs poppler's pdftotext (tools/debian-packages.sh installs it), which is not here")
    read = subprocess.run(["pdftotext", "-raw", str(file), "-"], capture_output=True, text=True, check=True).stdout
    return frozenset(shingles(tokens(read)) + shingles(tokens(re.sub(r"(\w)[-‐]\n\s*(\w)", r"\1\2", read))))
