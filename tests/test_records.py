"""Practice records: the template is read as written, and whatever breaks it is named with file and field."""

from __future__ import annotations

import json
import re
import subprocess
import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from corpus import notes, sources
from corpus.concepts import vocabulary
from corpus.errors import RecordError
from corpus.ids import fold
from corpus.model import PRACTICE_FIELDS, Claim, Place, Practice, ShownToWork, SourceRef, Standing
from corpus.notes import NOTE_FIELDS, Note
from corpus.records import FrontMatter, load, shipped

FRONT = """\
title: "A night bus for street children"
themes: [alternative-care-shelter]
target_groups: [children-in-street-situations]
places:
  - {country: NO, role: implementation}
start: 2015
practice_type: practice-type-project-programme
standing: external-evaluation
shown_to_work: evaluated
"""
BODY = """\
## Summary
A bus goes round at night. [romia-synthesis § C. IFRC focus]

## What failed
- The bus was late
  in winter. [romia-final-evaluation p. 44] [iom-children-evaluation p. 5]
1. It broke down. [romia-final-evaluation p. A-3]
"""


def record(front: str = FRONT, body: str = BODY) -> str:
    return f"---\n{front}---\n\n{body}"


def test_a_record_is_read_as_it_is_written() -> None:
    """Front matter becomes typed fields, every paragraph and list item a claim with its sources."""
    practice = load(record(), "night-bus.md", vocabulary())
    assert practice.id == "night-bus"
    assert practice.places == (Place(country="NO", role="implementation"),)
    assert (practice.start, practice.standing, practice.shown_to_work) == (
        "2015",
        Standing.EXTERNAL,
        ShownToWork.EVALUATED,
    )
    assert practice.told["what_failed"] == (
        Claim(
            text="The bus was late in winter.",
            sources=(
                SourceRef(doc="romia-final-evaluation", page_label="44"),
                SourceRef(doc="iom-children-evaluation", page_label="5"),
            ),
            item=True,
        ),
        Claim(text="It broke down.", sources=(SourceRef(doc="romia-final-evaluation", page_label="A-3"),), item=True),
    )
    assert practice.told["summary"][0].sources[0].section == "C. IFRC focus"
    assert "steps" not in practice.told


def test_line_ends_and_byte_order_mark_do_not_matter() -> None:
    """A record saved by an editor on Windows is the same record."""
    assert load("\ufeff" + record().replace("\n", "\r\n"), "night-bus.md") == load(record(), "night-bus.md")


def test_paragraphs_on_separate_lines_are_separate_claims_only_after_a_blank_line() -> None:
    """A second line goes on with the paragraph; a blank line begins the next."""
    body = "## Summary\nOne\ntwo. [romia-synthesis § A]\n\nThree. [romia-synthesis § A]\n"
    assert [c.text for c in load(record(body=body), "x.md").told["summary"]] == ["One two.", "Three."]


@pytest.mark.parametrize(
    ("front", "body", "named"),
    [
        (FRONT + "colour: red\n", BODY, "colour"),
        (FRONT.replace('title: "A night bus for street children"\n', ""), BODY, "title"),
        (FRONT.replace("A night bus for street children", " "), BODY, "title"),
        (FRONT.replace("standing: external-evaluation", "standing: hearsay"), BODY, "standing"),
        (FRONT.replace("role: implementation", "role: holiday"), BODY, "places"),
        (FRONT.replace("country: NO", "country: QQ"), BODY, "places"),
        (FRONT.replace("start: 2015", "start: 2015-13"), BODY, "start"),
        (FRONT.replace("start: 2015", "start: 2015-02-30"), BODY, "start"),
        (FRONT.replace("start: 2015", "start: summer 2015"), BODY, "start"),
        (FRONT + "end: 2014\n", BODY, "end"),
        (FRONT.replace("[alternative-care-shelter]", "[shelters-for-all]"), BODY, "themes"),
        (FRONT.replace("[alternative-care-shelter]", "[sdg-5]"), BODY, "themes"),
        (FRONT.replace("[alternative-care-shelter]", "alternative-care-shelter"), BODY, "themes"),
        (FRONT + "gcm_objectives: [gcm-objective-24]\n", BODY, "gcm_objectives"),
        (FRONT.replace("practice-type-project-programme", "sdg-5"), BODY, "practice_type"),
        (FRONT + "id: Night Bus\n", BODY, "id"),
        (FRONT + "scope: galactic\n", BODY, "scope"),
        (FRONT + "end: ٢٠١٦\n", BODY, "end"),
        (FRONT + "title: twice\n", BODY, "front matter: line"),
        (FRONT + "organisations: &a [x]\n", BODY, "front matter: line"),
        (FRONT + "organisations: !!python/object/apply:os.getcwd []\n", BODY, "front matter: line"),
        (FRONT + "organisations: [\n", BODY, "front matter: line"),
        (FRONT, BODY.replace("What failed", "What went wrong"), "What went wrong"),
        (FRONT, BODY.replace("## What failed", "### What failed"), "What failed"),
        (FRONT, BODY.replace("## Summary", "## Steps"), "Summary"),
        (FRONT, BODY + "\n## What failed\nMore. [romia-synthesis § A]\n", "What failed"),
        (FRONT, BODY + "\n## Cost\n", "Cost"),
        (FRONT, "Loose words. [romia-synthesis § A]\n\n" + BODY, "body"),
        (FRONT, BODY + "\n## Cost\nIt cost much.\n", "Cost"),
        (FRONT, BODY + "\n## Cost\n[romia-synthesis § A]\n", "Cost"),
        (FRONT, BODY + "\n## Cost\nIt cost much. [romia-synthesis]\n", "Cost"),
        (FRONT, BODY + "\n## Cost\nIt cost much. [romia-synthesis page 3]\n", "Cost"),
        (FRONT, BODY + "\n## Cost\nIt cost much. [no-such-source p. 3]\n", "no-such-source"),
        (FRONT, BODY + "\n## Cost\nOne. [romia-synthesis § A]\nTwo. [romia-synthesis § A]\n", "Cost"),
    ],
)
def test_what_breaks_the_template_is_named(front: str, body: str, named: str) -> None:
    """The message begins with the file and names the field, so that a curator goes straight there."""
    with pytest.raises(RecordError) as caught:
        load(record(front, body), "night-bus.md", vocabulary())
    assert str(caught.value).startswith("night-bus.md: ")
    assert named in str(caught.value)


@pytest.mark.parametrize("text", ["", "no front matter", "---\ntitle: x\n", "---\n- a\n- b\n---\n"])
def test_a_file_that_is_no_record_is_refused(text: str) -> None:
    """Files without fields are refused with a sentence, never with a traceback."""
    with pytest.raises(RecordError, match=r"^x\.md: front matter"):
        load(text, "x.md")


def test_an_alias_bomb_is_refused_before_it_unfolds() -> None:
    """Ten levels of aliases would be ten thousand million items."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 10)]
    with pytest.raises(RecordError, match="anchors"):
        load(record("\n".join(lines) + "\n"), "bomb.md")


def test_deep_nesting_is_refused() -> None:
    """A thousand opened lists end as a sentence, not as an overflow."""
    with pytest.raises(RecordError, match=r"^deep\.md: front matter"):
        load(record("title: " + "[" * 5000 + "\n"), "deep.md")


def test_a_contributed_record_may_cite_other_documents() -> None:
    """Whoever loads a record says what it may cite; the shipped sources are only the default."""
    body = "## Summary\nIt works. [my-report p. 3]\n"
    assert load(record(body=body), "x.md", documents={"my-report"}).sources()[0].doc == "my-report"


# ------------------------------------------------------------------------------------------- the shipped records


def claims() -> Iterator[tuple[Practice | Note, str, Claim]]:
    """Every claim of ours, of records and of synthesis notes: the same rules hold for both."""
    for item in (*shipped(), *notes.shipped()):
        for field, told in item.told.items():
            for claim in told:
                yield item, {**PRACTICE_FIELDS, **NOTE_FIELDS}[field], claim


def test_the_shipped_records_are_whole() -> None:
    """Enough of them, sorted, each with places or a scope, drawn from all five sources but never from our own brief."""
    practices = shipped()
    assert len(practices) >= 14
    assert [p.id for p in practices] == sorted({p.id for p in practices})
    assert all(p.themes and p.target_groups and p.gcm_objectives and p.scope and p.programme for p in practices)
    cited = {ref.doc for p in practices for ref in p.sources()}
    assert cited == {card.id for card in sources.known() if card.programme != "fingerpost"}


def test_a_practice_stands_as_its_sources_do() -> None:
    """Standing and programme of a record are those of a source that it cites."""
    cards = {card.id: card for card in sources.known()}
    for practice in shipped():
        cited = [cards[ref.doc] for ref in practice.sources()]
        assert practice.standing in {card.standing for card in cited}, practice.id
        assert practice.programme in {card.programme for card in cited}, practice.id


def test_a_shelter_for_returned_adolescents_is_among_them() -> None:
    """The search that the front page promises has something honest to find."""
    found = [p for p in shipped() if {"alternative-care-shelter", "return-reintegration"} <= set(p.themes)]
    assert any("adolescents-youth" in p.target_groups for p in found)


def test_claims_are_short_sentences() -> None:
    """No sentence of a claim is longer than 35 words: people read these on a slow line, often in a second language."""
    for practice, heading, claim in claims():
        for sentence in re.split(r"(?<=[.;?!])\s", claim.text):
            assert len(sentence.split()) <= 35, f"{practice.id}: {heading}: {sentence}"


def test_records_hold_no_contact_details() -> None:
    """No mail address and no telephone number in any record."""
    for practice, heading, claim in claims():
        assert not re.search(r"\S@\S|\+\d[\d ]{6,}", claim.text), f"{practice.id}: {heading}"


def test_cited_pages_and_headings_exist(shared: Path) -> None:
    """Every page label is printed in the source, every cited heading stands in it as a line of its own."""
    for practice, heading, claim in claims():
        for ref in claim.sources:
            here = f"{practice.id}: {heading}: [{ref.doc} {ref.locator}]"
            if ref.page_label:
                assert ref.page_label in _pages(shared, ref.doc), here
            else:
                assert ref.section in _text(shared, ref.doc).splitlines(), here


@pytest.mark.slow
def test_figures_stand_on_the_cited_pages(shared: Path) -> None:
    """Every number that a claim gives is printed on one of the pages that it cites."""
    for practice, heading, claim in claims():
        cited = " ".join(
            _page_text(shared, ref.doc, _pages(shared, ref.doc)[ref.page_label])
            if ref.page_label
            else _text(shared, ref.doc)
            for ref in claim.sources
        )
        for figure in re.findall(r"\d[\d,.]*\d|\d", claim.text):
            assert figure.replace(",", "") in cited.replace(",", ""), f"{practice.id}: {heading}: {figure}"


def test_records_and_cards_are_in_our_own_words(shared: Path) -> None:
    """No run of eight words is shared with a source: facts are taken from it, sentences are not."""
    run = 8
    taken: set[tuple[str, ...]] = set()
    for source in sorted((shared / "library" / "text").glob("*.txt")):
        taken.update(_runs(source.read_text("utf-8"), run))
    ours = [(practice.id, claim.text) for practice, _, claim in claims()]
    ours += [(card.id, card.summary) for card in sources.known()]
    for identifier, text in ours:
        for words in _runs(text, run):
            assert words not in taken, f"{identifier}: {' '.join(words)}"


def _runs(text: str, length: int) -> Iterator[tuple[str, ...]]:
    words = fold(text).split()
    return (tuple(words[i : i + length]) for i in range(len(words) - length + 1))


@cache
def _text(shared: Path, doc: str) -> str:
    return (shared / "library" / "text" / f"{doc}.txt").read_text("utf-8")


@cache
def _pages(shared: Path, doc: str) -> dict[str, int]:
    """Printed labels of a PDF with their physical pages."""
    truth = shared / "library" / "truth" / f"{doc}.jsonl"
    rows = [json.loads(line) for line in truth.read_text("utf-8").splitlines()] if truth.exists() else []
    return {row["label"]: row["page"] for row in rows if row["label"]}


@cache
def _page_text(shared: Path, doc: str, page: int) -> str:
    command = ["pdftotext", "-f", str(page), "-l", str(page), str(shared / "library" / f"{doc}.pdf"), "-"]
    try:
        return subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    except FileNotFoundError:
        pytest.skip("pdftotext is not installed")


def test_the_example_in_the_documentation_is_a_record() -> None:
    """What docs/records.md shows can be copied: every field and heading of it is taken."""
    text = (Path(__file__).resolve().parent.parent / "docs" / "records.md").read_text("utf-8")
    block = text.partition("## A record\n\n")[2].partition("\n### ")[0]
    practice = load(
        textwrap.dedent(block), "night-bus.md", vocabulary(), documents={"night-bus-evaluation", "city-report"}
    )
    assert practice.last_checked == "2026-11"
    for heading in PRACTICE_FIELDS.values():
        assert heading in text, heading
    for field in FrontMatter.__struct_fields__:
        assert f"{field}:" in block or f"`{field}`" in text or field in {"language", "rights"}, field
