"""Our judged passages: hashes that find the passage again and score like the scorers of the shared sets."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import random
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from making import REPORT, write_report

from bench.gold.sets import PASSAGES as GOLD
from cli.evaluation import measuring
from cli.evaluation.locating import locate
from cli.evaluation.passages import (
    FACETS,
    FRESH,
    JudgedPassage,
    bag,
    numbers,
    overlap,
    parts_of,
    read_passages,
    words,
)
from cli.evaluation.understanding import KINDS, Said, label_table, score_labels, score_statements, statement_table
from corpus.catalogue import Catalogue
from corpus.concepts import vocabulary
from corpus.home import Home
from corpus.model import Voice

ROOT = Path(__file__).resolve().parent.parent
needs_pdftotext = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="needs poppler's pdftotext (tools/debian-packages.sh installs it)"
)
LINES = "The shelter was closed on nine days in spring.\n\n"
QUAY = (
    "Families who land at the northern quay are met by two workers who speak their language. "
    "The shelter was closed on nine nights because nobody had paid for heating. "
    "The port authority should pay for heating from the first of October. "
    "Forty children were enrolled in the quay school in its first year."
)


def judged(text: str, statements: list[dict[str, Any]] | None = None, **more: Any) -> JudgedPassage:
    """A judged passage of made-up text."""
    row: dict[str, Any] = {"id": "quay-01", "doc": "quay", "page": 1, "language": "en", "optional": [], "text": text}
    row |= dict.fromkeys(FACETS, ())
    said = [{"voice": "evaluator", "kind": "challenge", "alt": [], **s} for s in statements or ()]
    return JudgedPassage.of({**row, **more, "statements": said}, "0" * 64, "tune")


# ------------------------------------------------------------------------------------------------ the shipped set


def test_the_set_is_whole_and_holds_no_text() -> None:
    """Sixty passages of nine documents, half and half in each, and 36 aside; known ids, words as hashes."""
    passages = read_passages(GOLD)
    fresh = read_passages(GOLD, part=FRESH)
    assert (len(passages), len(fresh)) == (60, 36)
    assert sum(not p.labels["themes"] for p in fresh) >= 6
    assert sum(not p.statements for p in fresh) >= 9
    halves = Counter((p.doc, p.part) for p in passages)
    assert len({doc for doc, _ in halves}) == 9
    assert all(abs(halves[doc, "tune"] - halves[doc, "held"]) <= 1 for doc, _ in halves)
    assert Counter(p.part for p in passages) == {"tune": 30, "held": 30}
    assert sum(not p.labels["themes"] for p in passages) >= 10
    assert sum(not p.statements for p in passages) >= 15
    passages += fresh
    schemes = {"themes": "themes", "target_groups": "target-groups", "criteria": "evaluation-criteria"}
    for facet, scheme in {**schemes, "situation": "situation"}.items():
        assert {label for p in passages for label in p.labels[facet]} <= {c.id for c in vocabulary().scheme(scheme)}
    said = [s for p in passages for s in p.statements]
    assert {s.kind for s in said} == set(KINDS)
    assert {s.voice for s in said} <= set(Voice)
    assert all((s.achieved is None) == (s.kind != "result") for s in said)
    allowed = {"id", "doc", "content", "page", "language", "part", "words", "kind", "voice", "achieved", "figure"}
    for line in GOLD.read_text("utf-8").splitlines():
        row = json.loads(line)
        texts = {key: value for part in (row, *row["statements"]) for key, value in part.items() if type(value) is str}
        assert set(texts) <= allowed | {"addressed_to"}
        assert all(len(value) < 110 for value in texts.values())


def test_the_set_can_be_written_again_as_it_was_read() -> None:
    """Reading and writing give the same lines."""
    lines = GOLD.read_text("utf-8").splitlines()
    both, fresh = read_passages(GOLD), read_passages(GOLD, part=FRESH)
    assert [json.dumps(p.to_json(), ensure_ascii=False) for p in (*both, *fresh)] == lines
    assert len(read_passages(GOLD, part="tune")) + len(read_passages(GOLD, part="held")) == len(both)


def test_what_was_judged_anew_overlaps_with_nothing_that_was_looked_at() -> None:
    """A fresh passage shares few runs of words with any of the sixty of its document: headings and set phrases."""
    both = read_passages(GOLD)
    for passage in read_passages(GOLD, part=FRESH):
        assert all(
            len(set(passage.shingles) & set(p.shingles)) < 0.25 * passage.words for p in both if p.doc == passage.doc
        )


@pytest.mark.slow
@needs_pdftotext
def test_every_judged_passage_stands_on_its_page(shared: Path) -> None:
    """What the hashes were made of is the file that lies in the library: pdftotext's text of the page holds it."""
    pages = {}
    for passage in (*read_passages(GOLD), *read_passages(GOLD, part=FRESH)):
        key = (passage.doc, str(passage.page))
        if key not in pages:
            (file,) = (shared / "library").rglob(f"{passage.doc}.pdf")
            command = ["pdftotext", "-raw", "-f", key[1], "-l", key[1], str(file), "-"]
            pages[key] = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        place = locate(passage, [pages[key]])
        assert place is not None, passage.id
        assert place.share > 0.85, passage.id


# ------------------------------------------------------------------------------------------------ hashing, locating


def test_overlap_from_hashes_is_the_overlap_of_the_words() -> None:
    """Two multisets share as much hashed as plain; another passage's salt shares nothing."""
    one, other = "The port should pay, and the port should tell.", "The port should pay the shelter."
    a, b = Counter(words(one)), Counter(words(other))
    assert overlap(bag(one, "p"), bag(other, "p")) == 2 * (a & b).total() / (a.total() + b.total())
    assert overlap(bag(one, "p"), bag(one, "q")) == 0
    assert overlap(bag("", "p"), bag(one, "p")) == 0
    assert "port" not in json.dumps(bag(one, "p"))


def test_note_marks_and_soft_hyphens_are_no_words() -> None:
    """A reading that keeps a note's mark or a soft hyphen has the same words as one that has not."""
    assert words("The shel\u00adter closed.¹²") == words("The shelter closed.")
    assert numbers("1,200 cards and 3.5 per cent") == {"1200", "3.5"}


@pytest.mark.parametrize(
    "page",
    [
        f"HARBOUR REPORT 7\n{QUAY}\nThe next chapter is about boats.",
        LINES + QUAY.replace(". ", ".\n"),
        QUAY,
    ],
)
def test_a_passage_is_found_whole_among_other_text(page: str) -> None:
    """The stretch begins and ends where the passage does, whatever stands around it and whatever it repeats."""
    place = locate(judged(QUAY), ["Nothing of the kind stands here.", page])
    assert place is not None
    assert words(place.text) == words(QUAY)
    assert place.share == 1.0


def test_a_passage_read_with_gaps_is_still_found_and_another_text_is_not() -> None:
    """A misread word costs its runs, not the passage; four words in common are not the passage."""
    place = locate(
        judged(QUAY), [f"Before. {QUAY.replace('Families', 'Fami1ies').replace('enrolled', 'enro11ed')} After."]
    )
    assert place is not None
    assert 0.8 < place.share < 1
    assert place.text.startswith("Fami1ies")
    assert place.text.endswith("year.")
    assert locate(judged(QUAY), ["The port authority should pay for the boats and for the nets."]) is None
    assert locate(judged(QUAY), []) is None


def test_halves_are_even_within_every_document_and_stratum() -> None:
    """Neither half has more than one passage more of a document."""
    rows = [{"id": f"{doc}{n}", "doc": doc, "stratum": "law" if n % 3 else "lesson"} for doc in "abc" for n in range(7)]
    halves = parts_of(rows)
    assert halves == parts_of(rows[::-1])
    for doc in "abc":
        assert abs(sum(halves[f"{doc}{n}"] == "tune" for n in range(7)) * 2 - 7) == 1
    kept_aside = {"id": "a00", "doc": "a", "stratum": "law", "part": FRESH}
    assert parts_of([*rows, kept_aside]) == halves | {"a00": FRESH}


def test_a_line_that_does_not_add_up_is_refused() -> None:
    """Too few runs for its words, or a half that there is not."""
    row = judged(QUAY).to_json()
    with pytest.raises(ValueError, match="shingles"):
        JudgedPassage.from_json({**row, "shingles": row["shingles"][1:]})
    with pytest.raises(ValueError, match="tune, held or fresh"):
        JudgedPassage.from_json({**row, "part": "test"})


# ------------------------------------------------------------------------------------------------ scoring


def loaded(file: Path) -> ModuleType:
    """A script as a module: a scorer beside the checkout, or a tool."""
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def made_up(seed: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows of judged passages of three documents, and a run with hits, near hits, repeats, wrong kinds and strays."""
    chance = random.Random(seed)
    vocabulary_of = [f"word{n}" for n in range(60)]
    rows, run = [], []
    for n in range(9):
        doc = f"report-{n % 3}"
        sentences = [[chance.choice(vocabulary_of) for _ in range(chance.randint(8, 14))] for _ in range(6)]
        text = ". ".join(" ".join(s) for s in sentences)
        chosen = [" ".join(s) for s in sentences[:3]]
        statements = [{"text": t, "kind": chance.choice(KINDS), "voice": "evaluator", "alt": []} for t in chosen]
        if n == 4:
            statements += [statements[0]]
        rows.append(
            {"id": f"r-{n}", "doc": doc, "page": None, "language": "en", "text": text, "statements": statements}
            | {"optional": [" ".join(sentences[5])]}
            | {
                facet: chance.sample("abcdef", chance.randint(0, 2))
                for facet in ("themes", "target_groups", "countries")
            }
            | {"criteria": [], "situation": []}
        )
        for s in sentences:
            for _ in range(chance.choice((0, 1, 1, 2))):
                said = [w if chance.random() > 0.12 else "other" for w in s]
                run.append({"doc": doc, "text": " ".join(said), "kind": chance.choice(KINDS)})
        run.append({"doc": doc, "text": " ".join(chance.choices(vocabulary_of, k=9)), "kind": "lesson"})
    return rows, run


@pytest.mark.parametrize("seed", range(5))
def test_statements_score_as_by_the_scorer_of_the_shared_sets(shared: Path, seed: int) -> None:
    """From hashes alone every figure is the one that the scorer works out from the texts."""
    rows, run = made_up(seed)
    theirs, *_ = loaded(shared / "eval" / "score_statements.py").score(
        [{"doc": r["doc"], "quote": s["text"], "kind": s["kind"]} for r in rows for s in r["statements"]],
        [{"doc": r["doc"], "text": r["text"], "optional": r["optional"]} for r in rows],
        run,
    )
    passages = [JudgedPassage.of(r, "0" * 64, "tune") for r in rows]
    ours = score_statements(passages, [Said(r["doc"], r["text"], r["kind"]) for r in run])
    assert 10 < ours.detection.right < ours.detection.given
    for name, rate in (
        ("detection", ours.detection),
        ("detection_borderline_aside", ours.asides),
        ("both_right", ours.both_right),
    ):
        assert (rate.precision, rate.recall, rate.f1) == pytest.approx(theirs[name]), name
    assert ours.kind.value == pytest.approx(theirs["kind_accuracy"])
    for kind, rate in ours.kinds.items():
        their = theirs["kinds"][kind]
        assert (rate.right, rate.given, rate.judged) == (their["tp"], their["run"], their["gold"])
    assert {f"{a} > {b}": n for (a, b), n in ours.confusion.items()} == theirs["confusion"]


@pytest.mark.parametrize("seed", range(3))
def test_labels_score_as_by_the_scorer_of_the_shared_sets(shared: Path, seed: int) -> None:
    """Micro figures, exact sets and what was kept empty, facet by facet."""
    rows, _ = made_up(seed)
    others, _ = made_up(seed + 50)
    facets = ("themes", "target_groups", "countries")
    given = [{facet: other[facet] for facet in facets} for other in others]
    theirs = loaded(shared / "eval" / "score_themes.py").score(rows, given)
    ours = score_labels(
        [JudgedPassage.of(r, "0" * 64, "tune") for r in rows], {r["id"]: g for r, g in zip(rows, given, strict=True)}
    )
    for facet in facets:
        figures = ours[facet]
        assert (figures.micro.precision, figures.micro.recall, figures.micro.f1) == pytest.approx(
            theirs[facet]["micro"]
        )
        assert figures.exact.value == pytest.approx(theirs[facet]["exact"])
        assert figures.empty_kept.right == theirs[facet]["empty_kept"]
        assert figures.empty_kept.of == theirs[facet]["empty_gold"]


def test_what_is_said_of_a_statement_is_told_on_matches() -> None:
    """Voice on all matches; achieved and figure where both are results; addressee where both are recommendations."""
    third, fourth = QUAY.split(". ")[2] + ".", QUAY.split(". ")[3]
    passage = judged(
        QUAY,
        [
            {"text": third, "kind": "recommendation", "addressed_to": "the port authority"},
            {"text": fourth, "kind": "result", "achieved": "yes", "figure": "40 children", "voice": "implementer"},
        ],
    )
    right = [
        Said("quay", third, "recommendation", "evaluator", addressed_to="Port authority"),
        Said("quay", fourth, "result", "implementer", "yes", figure="40"),
    ]
    figures = score_statements([passage], right)
    assert [s.value for s in (figures.voice, figures.achieved, figures.addressee, figures.figure)] == [1, 1, 1, 1]
    wrong = [
        Said("quay", third, "recommendation", "child-migrant", addressed_to="the ministry"),
        Said("quay", fourth, "result", "implementer", "expected", figure="14"),
    ]
    figures = score_statements([passage], wrong)
    assert [s.value for s in (figures.voice, figures.achieved, figures.addressee, figures.figure)] == [0.5, 0, 0, 0]
    none = score_statements([passage], [])
    assert (none.detection.f1, none.voice.value) == (0, None)
    assert "–" in statement_table(none)


def test_a_statement_of_another_page_is_not_held_against_the_passage() -> None:
    """A summary that says a chapter's sentence again is neither a hit nor a mistake."""
    sentence = QUAY.split(". ")[1] + "."
    passage = judged(QUAY, [{"text": sentence}], page=12)
    for pages, counted in (((3, 3), (0, 0)), ((11, 12), (1, 1)), (None, (1, 1))):
        figures = score_statements([passage], [Said("quay", sentence, "challenge", pages=pages)])
        assert (figures.detection.right, figures.detection.given) == counted


def test_the_whole_item_counts_where_the_judge_says_that_it_is_as_good() -> None:
    """An ``alt`` is one more text of the same statement."""
    first, *others = (s + "." for s in QUAY.split(". ")[:3])
    item = " ".join((first, *others))
    said = [Said("quay", item, "challenge")]
    assert score_statements([judged(QUAY, [{"text": first, "alt": [item]}])], said).detection.right == 1
    assert score_statements([judged(QUAY, [{"text": first}])], said).detection.right == 0


def test_labels_of_nothing_are_kept_empty() -> None:
    """A passage without a judged label counts for what was kept empty, and its table says so."""
    figures = score_labels([judged(QUAY)], {"quay-01": {"themes": ["guardianship"]}})
    assert figures["themes"].empty_kept.value == 0
    assert figures["countries"].empty_kept.value == 1
    assert "0/1" in label_table(figures)
    assert "1/1" in label_table(figures)


# ------------------------------------------------------------------------------------------------ against a home


def test_a_home_is_measured_on_the_passages_whose_documents_it_has(home: Home) -> None:
    """A passage of an ingested report is found in its page, tagged, and its statements held against the extractor's."""
    with Catalogue(home.catalogue_url) as catalogue:
        (entry,) = [e for e in catalogue.entries() if e.card.id == "harbour-evaluation"]
        page = next(p for p in catalogue.pages(entry.card.id) if len(p.text.split()) > 40)
        statement = next(s for s in catalogue.statements(entry.card.id))
    said = {"text": statement.text, "kind": statement.kind.value, "voice": statement.voice.value}
    here = judged(page.text, [{**said, "achieved": statement.achieved}], doc="harbour-evaluation", page=page.number)
    mine = JudgedPassage.from_json({**here.to_json(), "content": entry.content_hash})
    elsewhere = judged(QUAY, id="elsewhere")
    out = measuring.understand(home, [mine, elsewhere])
    assert out.passages == [mine]
    assert out.absent == ["elsewhere"]
    assert out.shares[mine.id] > 0.95
    assert out.readable == 1
    assert any(s.text == statement.text and s.kind == statement.kind for s in out.said)
    assert set(out.labels) == {mine.id}


@needs_pdftotext
def test_the_tool_hashes_what_stands_on_the_page_and_refuses_what_does_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A passage that is not on its page, or a sentence that is not in its passage, stops the whole."""
    write_report(tmp_path / "harbour.pdf", REPORT)
    text = " ".join(REPORT.parts[0].paragraphs[0].split()[:60])
    empty = {key: [] for key in (*FACETS, "statements", "optional")}
    row = {"id": "harbour-01", "doc": "harbour", "page": 2, "language": "en", "stratum": "law", "text": text, **empty}
    plain, out = tmp_path / "plain.jsonl", tmp_path / "out.jsonl"
    tool = loaded(ROOT / "tools" / "make_gold.py")
    given = [str(plain), str(tmp_path), "--out", str(out)]

    wrong = [{**row, "page": 1}, {**row, "id": "harbour-02", "optional": ["This is not there."]}]
    plain.write_text("\n".join(map(json.dumps, wrong)), "utf-8")
    assert tool.main(given) == 1
    assert not out.exists()
    faults = capsys.readouterr().err
    assert "harbour-01 does not stand on page 1" in faults
    assert "harbour-02: 'This is not there.' does not stand in the passage" in faults

    plain.write_text(json.dumps(row), "utf-8")
    assert tool.main(given) == 0
    (passage,) = read_passages(out)
    assert passage == JudgedPassage.of(row, hashlib.sha256((tmp_path / "harbour.pdf").read_bytes()).hexdigest(), "tune")
    assert "Harbour" not in out.read_text("utf-8")
