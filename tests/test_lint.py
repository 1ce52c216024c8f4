"""The linter of records: what it must catch, what it must let pass, what it says where originals are missing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from corpus.catalogue import Catalogue
from corpus.home import Home
from corpus.lint import Finding, Report, lint
from corpus.lint.originals import Original
from corpus.lint.wording import Names, long_sentences, shared_runs
from corpus.model import Bibliography, Block, BlockKind, Page

FRONT = """\
---
title: "Small houses for returned adolescents"
organisations: ["Harbour Foundation"]
themes: [alternative-care-shelter]
standing: external-evaluation
shown_to_work: evaluated
---

"""
GOOD = "## Summary\nYoung people live in small groups until they can go home. [harbour-evaluation p. 3]\n"


@pytest.fixture
def look(home: Home, tmp_path: Path) -> Callable[..., Report]:
    """The report on one record, held against the small home's report and page."""

    def report(body: str, front: str = FRONT, catalogue: bool = True) -> Report:
        file = tmp_path / "small-houses.md"
        file.write_text(front + body, "utf-8")
        with Catalogue(home.catalogue_url) as kept:
            return lint([file], kept if catalogue else None)

    return report


def told(report: Report, severity: str) -> list[tuple[int, str, str]]:
    return [(f.line, f.field, f.problem) for f in report.findings if f.severity == severity]


def the_one(report: Report, severity: str = "error") -> Finding:
    found = [f for f in report.findings if f.severity == severity]
    assert len(found) == 1, found
    return found[0]


def test_a_good_record_is_clean(look: Callable[..., Report]) -> None:
    """No error, no warning; what the record leaves blank is noted, so that a thin one is known to be thin."""
    report = look(GOOD)
    assert not told(report, "error")
    assert not told(report, "warning")
    assert "19 of 20" in the_one(report, "note").problem
    assert "harbour-evaluation" not in report.unchecked


def test_every_mistake_is_told_with_its_line(look: Callable[..., Report]) -> None:
    """A missing source, an unknown concept, an unknown document and an unknown heading in one file, in its order."""
    body = (
        "## Summary\nNobody says where this is from.\n\n## Cost\nMuch. [no-such-report p. 3]\n\n"
        "## Price\nToo much. [harbour-evaluation p. 3]\n"
    )
    front = FRONT.replace("[alternative-care-shelter]", "[houses-for-all]")
    found = told(look(body, front), "error")
    assert [(line, field) for line, field, _ in found] == [
        (4, "themes"),
        (10, "Summary"),
        (13, "Cost"),
        (15, "## Price"),
    ]
    for (_, _, problem), word in zip(found, ("houses-for-all", "no source", "no-such-report", "template"), strict=True):
        assert word in problem


@pytest.mark.parametrize(
    ("cited", "hint"),
    [
        ("harbour-evaluation p. 99", "no page of harbour-evaluation is printed 99"),
        ("harbour-evaluation p. 3–99", "printed 99"),
        ("harbour-evaluation § Shelter and care", "names no page"),
        ("agency-page p. 2", "has no pages"),
        ("agency-page § What nobody wrote", "no such heading"),
    ],
)
def test_a_cited_page_or_section_must_be_in_the_original(look: Callable[..., Report], cited: str, hint: str) -> None:
    """Page labels where there are pages, headings where there are none; the message says what there is."""
    finding = the_one(look(GOOD + f"\n## Cost\nNobody knows. [{cited}]\n"))
    assert (finding.field, finding.line) == ("Cost", 13)
    assert hint in finding.problem


def test_a_heading_is_found_whatever_its_case(look: Callable[..., Report], home: Home) -> None:
    """Case, accents and signs of a heading do not matter."""
    with Catalogue(home.catalogue_url) as catalogue:
        heading = next(s.heading for s in catalogue.sections("agency-page") if s.heading)
    assert not told(look(GOOD + f"\n## Cost\nNobody knows. [agency-page § {heading.upper()}]\n"), "error")


def test_a_number_stands_on_the_cited_page(look: Callable[..., Report]) -> None:
    """412 children are told on page 2; on page 3 they are not, and 41 is another number."""

    def errors(claim: str) -> list[str]:
        return [problem for _, _, problem in told(look(f"## Summary\n{claim}\n"), "error")]

    assert not errors("In all, 412 young people went home. [harbour-evaluation p. 2]")
    assert not errors("In all, 412 young people went home. [harbour-evaluation p. 3] [harbour-evaluation p. 2]")
    assert "412 does not stand" in errors("In all, 412 young people went home. [harbour-evaluation p. 3]")[0]
    assert "41 does not stand" in errors("In all, 41 young people went home. [harbour-evaluation p. 2]")[0]
    assert not errors("There are 12 beds at most. [harbour-evaluation p. 3]"), "the page says it in a word"


@pytest.mark.parametrize(
    ("words", "severity"),
    [
        ("Social workers met each child at the bus", "warning"),
        ("SOCIAL workers met each child at the “bus station” and agreed a plan", "error"),
        ("Sociál work-ers met each-child, at the bus station; and agreed a plan", "error"),
        ("Social workers saw each child at the bus station and made a plan", ""),
    ],
)
def test_words_taken_over_are_told(look: Callable[..., Report], words: str, severity: str) -> None:
    """Eight words in a row are worth a look, twelve are too many, however they are written."""
    report = look(f"## Summary\nIt is said: {words}. [harbour-evaluation p. 2]\n")
    assert [f.severity for f in report.findings if f.severity != "note"] == ([severity] if severity else [])


def original(*texts: str) -> Original:
    blocks = tuple(Block(kind=BlockKind.PARAGRAPH, text=text) for text in texts)
    return Original(Bibliography(id="a-report", title="A report"), (Page(number=1, label="1", blocks=blocks),), ())


def test_names_and_titles_are_nobodys_sentences() -> None:
    """A long name, a list of countries and a convention are written as they are; the words around them count."""
    text = (
        "the Federation of Friends and Neighbours of Boys and Girls in the Old Harbour signed the Convention on the "
        "Rights of the Child with Albania, Kosovo, Bulgaria, Hungary, Romania, Greece, Poland and Italy"
    )
    assert not shared_runs(text, [original(text)], Names())
    plain = "we met every second week with all of the teachers who had time to spare"
    assert [(run.count, run.doc) for run in shared_runs(plain, [original(plain)], Names())] == [(15, "a-report")]
    named = "every second week with the night bus for all and whoever else had time"
    assert shared_runs(named, [original(named)], Names())[0].count == 14
    assert shared_runs(named, [original(named)], Names(["The night bus for all"]))[0].count == 9


def test_a_word_cut_at_the_end_of_a_page_is_still_one() -> None:
    """The original's last word of one page goes on on the next; the run is found all the same."""
    cut = original("they were driven through the night by two social wor-", "kers and one nurse until it was light")
    (run,) = shared_runs("by two social workers and one nurse until it was light", [cut], Names())
    assert run.count == 11
    assert not shared_runs("kers and one nurse until it was lightly snowing", [original("and one nurse")], Names())


def test_sentences_are_counted_one_by_one() -> None:
    """Thirty-five words are let pass, thirty-six are not; an abbreviation or a decimal ends no sentence."""
    words = ["word"] * 34
    assert not list(long_sentences(" ".join([*words, "end."]) + " " + " ".join(["Word", *words]) + "."))
    assert [count for count, _ in long_sentences(" ".join([*words, "one", "end."]))] == [36]
    assert [count for count, _ in long_sentences("Costs of 3.5 million, e.g. for " + " ".join(words))] == [40]


@pytest.mark.parametrize(
    ("claim", "severity", "word"),
    [
        ("Write to anna.berg@harbour.example.", "error", "email"),
        ("The shelter is at 12 Palm Street.", "error", "exact place"),
        ("The shelter lies near Puerto Claro.", "warning", "Puerto Claro"),
        ("People without papers sleep in the forest of Grunwald.", "warning", "Grunwald"),
        ("Dr. Berg began it.", "warning", "title"),
        ("The source does not say.", "warning", "nothing is told"),
    ],
)
def test_what_could_do_harm_is_told_and_not_repeated(
    look: Callable[..., Report], claim: str, severity: str, word: str
) -> None:
    """Private data and addresses are errors, what may be a place or a person is to be looked at."""
    report = look(GOOD + f"\n## Safeguards\n{claim} [harbour-evaluation p. 3]\n")
    problems = [f.problem for f in report.findings if (f.severity, f.field) == (severity, "Safeguards")]
    assert any(word in problem for problem in problems), report.findings
    assert not any("anna.berg" in problem for problem in problems)


def test_a_country_is_no_exact_place(look: Callable[..., Report]) -> None:
    """Shelters may be told with their country, their region of the world and whoever runs them."""
    claim = "Shelters in Guatemala, in Western Africa and of the Harbour Foundation were full in March."
    assert not told(look(GOOD + f"\n## Benefit and impact\n{claim} [harbour-evaluation p. 3]\n"), "warning")


def test_a_person_on_a_private_list_is_told() -> None:
    """Who stands only in an original's list of interviewed people; an organisation is named elsewhere too."""
    blocks = (
        Block(kind=BlockKind.PARAGRAPH, text="Anna Berg, Night Bus", private=True),
        Block(kind=BlockKind.PARAGRAPH, text="The Night Bus drove on."),
    )
    listed = Original(Bibliography(id="a-report", title="A report"), (Page(number=1, label="1", blocks=blocks),), ())
    assert listed.people == {("anna", "berg")}


def test_what_is_not_in_the_home_is_said(fingerpost: Callable[..., Result], tmp_path: Path) -> None:
    """An empty home proves little: each original that nothing was held against is named, with what to do."""
    file = tmp_path / "small-houses.md"
    file.write_text(FRONT + "## Summary\nIt works. [romia-synthesis § Anything]\n", "utf-8")
    done = fingerpost("records", "lint", str(file))
    assert done.exit_code == 0, done.stdout
    assert "Not checked against romia-synthesis: not in this home; run 'fingerpost fetch --sources'" in done.stdout
    assert "Looked at 1 records: 0 errors" in done.stdout


def test_the_command_tells_json_and_ends_by_what_it_found(
    fingerpost: Callable[..., Result], home: Home, tmp_path: Path
) -> None:
    """1 where there is an error, 0 where there is none, 2 for a path that is not there."""
    file = tmp_path / "small-houses.md"
    file.write_text(FRONT + GOOD.replace("p. 3", "p. 99"), "utf-8")
    done = fingerpost("records", "lint", str(file), "--json", home=home.path)
    assert done.exit_code == 1
    told_json = json.loads(done.stdout)
    (error,) = told_json["errors"]
    assert (error["file"], error["line"], error["field"]) == (str(file), 10, "Summary")
    assert told_json["read"] == {"records": 1}
    assert set(told_json) == {"read", "errors", "warnings", "notes", "unchecked"}
    file.write_text(FRONT + GOOD, "utf-8")
    assert fingerpost("records", "lint", str(tmp_path), home=home.path).exit_code == 0
    assert fingerpost("records", "lint", str(tmp_path / "none.md")).exit_code == 2
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG")
    assert fingerpost("records", "lint", str(picture)).exit_code == 2


def test_the_shipped_files_break_no_rule_that_needs_no_original(fingerpost: Callable[..., Result]) -> None:
    """What ships is clean as far as it can be told without the originals."""
    done = fingerpost("records", "lint")
    assert done.exit_code == 0, done.stdout


NOTE = """\
---
title: "Small houses"
question: "What do the sources say of small houses?"
themes: [alternative-care-shelter]
last_checked: 2026-11-22
---

"""


def test_a_note_is_told_from_a_record_and_checked_by_its_own_template(look: Callable[..., Report]) -> None:
    """A file that asks a question is a note: its headings are needed, its claims are held against the originals."""
    points = "".join(f"- Point {word} is told. [harbour-evaluation p. 3]\n" for word in ("one", "two", "three", "four"))
    report = look(f"## Key points\n{points}\n## Gaps\nNobody knows. [harbour-evaluation p. 99]\n", NOTE)
    assert report.read == {"notes": 1}
    problems = [(field, problem) for _, field, problem in told(report, "error")]
    assert ("Gaps", "99") in [(field, "99" if "printed 99" in problem else "") for field, problem in problems]
    assert "For practice" in {field for field, _ in problems}


def test_a_glossary_is_held_against_the_originals_too(home: Home, tmp_path: Path) -> None:
    """A definition that is a source's sentence is told with its term and line; a broken term as its reader tells it."""
    words = "Social workers met each child at the bus station and agreed a plan with the family."
    file = tmp_path / "glossary.toml"
    entry = '[[term]]\nid = "{}"\nterm = "{}"\nsource = "Us"\ndefinition = "{}"\n{}\n'
    taken = entry.format("bus", "bus", words, "")
    lost = entry.format("way", "way", "Where a bus goes.", 'see = ["street"]')
    file.write_text(taken + lost, "utf-8")
    cites = tmp_path / "cites.md"  # the home's report is compared because something here rests on it
    cites.write_text(FRONT + GOOD, "utf-8")
    with Catalogue(home.catalogue_url) as catalogue:
        found = told(lint([file, cites], catalogue), "error")
    assert [(line, field) for line, field, _ in found] == [(2, "[bus] definition"), (8, "see")]
