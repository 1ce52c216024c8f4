"""References: what the manuals print, worked out by hand from their rules, and files that reference managers read."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import forty
import msgspec
import pytest

from corpus.citation import STYLES, Words, card_of_practice, cite, cite_item, in_text
from corpus.errors import NotInCatalogue, UsageError, Withdrawn
from corpus.model import Bibliography, Claim, Passage, Practice, Span, Statement, StatementKind

REPORT = Bibliography(
    id="harbour",
    title="Safe harbour: Final evaluation",
    authors=("Anna Maria Berg", "Okafor, John"),
    organisations=("Save the Coast (SC)",),
    date="2018-06",
    language="en",
    url="https://example.org/safe_harbour?a=1&b=2",
    document_type="evaluation-report",
)
BODY = Bibliography(
    id="synthesis",
    title="Children at the coast: A synthesis",
    organisations=("International Coast Organization (ICO)",),
    publisher="International Coast Organization (ICO)",
    date="2017-12-04",
    url="https://example.org/synthesis.pdf",
    document_type="synthesis",
)
PAGE = Bibliography(
    id="mario",
    title="Peer researchers",
    organisations=("Terre du Nord",),
    publisher="Migration Pages",
    url="https://example.org/peer",
    document_type="practice-page",
)
PAGE_44 = Span(page=45, page_end=45, page_label="44", page_end_label="44")
PAGES_4_5 = Span(page=5, page_end=6, page_label="4", page_end_label="5")
PAGES_IV_V = Span(page=4, page_end=5, page_label="iv", page_end_label="v")


def changed(card: Bibliography, **fields: Any) -> Bibliography:
    return msgspec.structs.replace(card, **fields)


# ------------------------------------------------------------------------------------------------ styles


@pytest.mark.parametrize(
    ("style", "reference"),
    [
        (
            "apa",
            "Berg, A. M., & Okafor, J. (2018). Safe harbour: Final evaluation. Save the Coast. "
            "https://example.org/safe_harbour?a=1&b=2",
        ),
        (
            "chicago-author-date",
            "Berg, Anna Maria, and John Okafor. 2018. Safe Harbour: Final Evaluation. Save the Coast. "
            "https://example.org/safe_harbour?a=1&b=2.",
        ),
        (
            "harvard-cite-them-right",
            "Berg, A.M. and Okafor, J. (2018) Safe harbour: Final evaluation. Save the Coast. "
            "Available at: https://example.org/safe_harbour?a=1&b=2.",
        ),
        (
            "nlm-citation-sequence",
            "1. Berg AM, Okafor J. Safe harbour: Final evaluation [Internet]. [place unknown]: Save the Coast; "
            "2018 Jun. Available from: https://example.org/safe_harbour?a=1&b=2",
        ),
        (
            "ieee",
            "[1] A. M. Berg and J. Okafor, “Safe harbour: Final evaluation,” Save the Coast, Jun. 2018. "
            "[Online]. Available: https://example.org/safe_harbour?a=1&b=2",
        ),
    ],
)
def test_a_report_by_two_persons(style: str, reference: str) -> None:
    """Each style's manual form of a report that two persons wrote and an organisation published."""
    assert cite(REPORT, style=style) == reference


CHICAGO_NOTES, UN = "chicago-notes-bibliography", "un-editorial-manual"


def test_a_note_in_chicago_has_its_page_before_the_address() -> None:
    """Chicago 18, sections 13.17 and 14.160: given names first, facts of publication in brackets, page, address."""
    bibliography, note = cite(REPORT, style=CHICAGO_NOTES, span=PAGES_4_5).splitlines()
    assert bibliography == (
        "Berg, Anna Maria, and John Okafor. Safe Harbour: Final Evaluation. Save the Coast, 2018. "
        "https://example.org/safe_harbour?a=1&b=2."
    )
    assert note == (
        "Anna Maria Berg and John Okafor, Safe Harbour: Final Evaluation (Save the Coast, 2018), 4–5, "
        "https://example.org/safe_harbour?a=1&b=2."
    )
    assert in_text(PAGE, section="How it works", style=CHICAGO_NOTES) == (
        "Terre du Nord, “Peer Researchers,” Migration Pages, under “How it works,” https://example.org/peer."
    )
    assert in_text(changed(PAGE, url=""), section="How it works", style=CHICAGO_NOTES).endswith("under “How it works.”")


@pytest.mark.parametrize(
    ("card", "place", "note"),
    [
        (
            REPORT,
            {"span": PAGES_4_5},
            "Anna Maria Berg and John Okafor, Safe Harbour: Final Evaluation (Save the Coast, 2018), pp. 4 and 5. "
            "Available at https://example.org/safe_harbour?a=1&b=2.",
        ),
        (
            changed(REPORT, url=""),
            {"span": PAGES_IV_V},
            "Anna Maria Berg and John Okafor, Safe Harbour: Final Evaluation (Save the Coast, 2018), pp. iv and v.",
        ),
        (
            BODY,
            {"span": PAGE_44},
            "International Coast Organization, Children at the Coast: A Synthesis (2017), p. 44. "
            "Available at https://example.org/synthesis.pdf.",
        ),
        (
            changed(PAGE, date="2018-06-07"),
            {"section": "How it works"},
            "Terre du Nord, “Peer researchers”, Migration Pages, 7 June 2018, section entitled “How it works”. "
            "Available at https://example.org/peer.",
        ),
        (
            PAGE,
            {"accessed": date(2026, 11, 2)},
            "Terre du Nord, “Peer researchers”, Migration Pages. "
            "Available at https://example.org/peer (accessed on 2 November 2026).",
        ),
        (
            changed(BODY, symbol="A/HRC/99/35", organisations=("Human Rights Council",)),
            {"span": PAGE_44},
            "“Children at the coast: A synthesis” (A/HRC/99/35), p. 44.",
        ),
        (
            changed(BODY, symbol="ICO/7/Add.2", url=""),
            {},
            "International Coast Organization, “Children at the coast: A synthesis”, document ICO/7/Add.2, 2017.",
        ),
        (
            changed(BODY, authors=("Ann Berg", "John Okafor", "Li Wei", "Sara Noor"), url=""),
            {},
            "Ann Berg and others, Children at the Coast: A Synthesis (International Coast Organization, 2017).",
        ),
        (
            changed(BODY, authors=("Ann Berg", "John Okafor", "Li Wei"), url=""),
            {},
            "Ann Berg, John Okafor and Li Wei, Children at the Coast: A Synthesis "
            "(International Coast Organization, 2017).",
        ),
    ],
)
def test_the_united_nations_form(card: Bibliography, place: Any, note: str) -> None:
    """Editorial Manual, Footnotes, III.A, IV.A, B and J: one sentence; symbols where there are some."""
    assert cite(card, style=UN, **place) == note


def test_html_of_a_footnote_has_the_book_in_italics() -> None:
    """Titles of books are in italics, those of pages and documents in quotation marks."""
    assert "<i>Children at the Coast: A Synthesis</i> (2017)" in cite(BODY, style=UN, format="html")
    assert "<i>" not in cite(PAGE, style=UN, format="html")


SAID = Words(said_by="a district officer")
OURS = Words(translated=True)


@pytest.mark.parametrize(
    ("style", "words", "pointer"),
    [
        ("apa", SAID, "(a district officer, as cited in Berg & Okafor, 2018, p. 44)"),
        ("apa", OURS, "(Berg & Okafor, 2018, p. 44, our translation)"),
        ("chicago-author-date", SAID, "(a district officer, quoted in Berg and Okafor 2018, 44)"),
        ("chicago-author-date", OURS, "(Berg and Okafor 2018, 44; our translation)"),
        ("ieee", SAID, "[a district officer, quoted in 1, p. 44]"),
        (
            UN,
            Words(said_by="a district officer", translated=True),
            "a district officer, quoted in Anna Maria Berg and John Okafor, Safe Harbour: Final Evaluation "
            "(Save the Coast, 2018), p. 44 (our translation). Available at https://example.org/safe_harbour?a=1&b=2.",
        ),
        (
            CHICAGO_NOTES,
            OURS,
            "Anna Maria Berg and John Okafor, Safe Harbour: Final Evaluation (Save the Coast, 2018), 44 "
            "(our translation), https://example.org/safe_harbour?a=1&b=2.",
        ),
    ],
)
def test_whose_words_and_whose_translation(style: str, words: Words, pointer: str) -> None:
    """APA 7, section 8.6, and Chicago 18, section 14.160: the work in which the words were read is what is cited."""
    assert cite(REPORT, span=PAGE_44, style=style, words=words).splitlines()[-1] == pointer


@pytest.mark.parametrize("kind", ["", "practice-page", "guidance", "law"])
def test_a_card_with_nothing_but_a_title_is_cited_all_the_same(kind: str) -> None:
    """Whatever is missing of a card, every style tells its title."""
    card = Bibliography(id="x", title="Notes", document_type=kind)
    for style in STYLES:
        assert "Notes" in cite(card, style=style, accessed=date(2026, 11, 2))


def test_a_symbol_goes_with_the_reference() -> None:
    """APA 7, section 10.4: the number behind the title; and into every file."""
    card = changed(REPORT, symbol="EV/2018/7")
    assert "Safe harbour: Final evaluation (EV/2018/7). " in cite(card) or "(No. EV/2018/7). " in cite(card)
    assert json.loads(cite(card, format="csl-json"))[0]["number"] == "EV/2018/7"
    assert "  number = {EV/2018/7}," in cite(card, format="bibtex")
    assert "SN  - EV/2018/7" in cite(card, format="ris").splitlines()


def test_nlm_parts_bodies_by_semicolons_and_names_what_is_unknown() -> None:
    """Citing Medicine, chapter 2: "Body; Body." and "[date unknown]"."""
    card = changed(BODY, organisations=("Coast Commission", "Harbour Commission"), publisher="Coast Press", date="")
    made = cite(card, style="nlm-citation-sequence", accessed=date(2026, 11, 21))
    assert made.startswith("1. Coast Commission; Harbour Commission. Children at the coast: A synthesis [Internet]. ")
    assert "Coast Press; [date unknown] [cited 2026 Nov 21]. Available from: " in made


def test_a_dated_work_is_retrieved_without_a_day() -> None:
    """APA 7, section 9.16, and Chicago 18, section 13.15: only what bears no date has a day; Harvard always."""
    seen = date(2026, 11, 21)
    for style in ("apa", "chicago-author-date", CHICAGO_NOTES, UN):
        assert "2026" not in cite(REPORT, style=style, accessed=seen)
    assert "2026" not in cite(changed(REPORT, date=""), accessed=seen)
    assert cite(REPORT, style="harvard-cite-them-right", accessed=seen).endswith("(Accessed: 21 November 2026).")


def test_every_style_has_its_file_and_its_name() -> None:
    """No style is offered that cannot be rendered, and the first is APA."""
    assert next(iter(STYLES)) == "apa"
    assert all("Safe" in cite(REPORT, style=style) and name for style, name in STYLES.items())


def test_a_body_that_publishes_its_own_report_is_named_once() -> None:
    """APA 7, section 9.29: the publisher is left out where it is the author; the acronym is no part of the name."""
    assert cite(BODY) == (
        "International Coast Organization. (2017). Children at the coast: A synthesis. https://example.org/synthesis.pdf"
    )


def test_two_bodies_are_joined_without_a_comma() -> None:
    """APA 7, section 10.4, example 50: "Commission A & Commission B"; persons keep their comma."""
    card = changed(BODY, organisations=("Coast Commission", "Harbour Commission"), publisher="")
    assert cite(card).startswith("Coast Commission & Harbour Commission. (2017). ")
    assert in_text(card) == "(Coast Commission & Harbour Commission, 2017)"
    assert in_text(card, style="chicago-author-date") == "(Coast Commission and Harbour Commission 2017)"


def test_three_authors_are_et_al_in_the_text() -> None:
    """APA 7, section 8.17: the first author and "et al." from three on; the reference names all."""
    card = changed(REPORT, authors=("Ann Berg", "John Okafor", "Li Wei"))
    assert in_text(card) == "(Berg et al., 2018)"
    assert cite(card).startswith("Berg, A., Okafor, J., & Wei, L. (2018).")


def test_a_web_page_has_its_whole_date_and_its_site() -> None:
    """APA 7, section 10.16: year, month and day; the site's name where it is not the author."""
    assert cite(changed(PAGE, date="2018-06-07")) == (
        "Terre du Nord. (2018, June 7). Peer researchers. Migration Pages. https://example.org/peer"
    )


def test_what_has_no_date_says_so() -> None:
    """n.d. in APA and Chicago, "no date" in Harvard; when it was looked up only where that is known."""
    assert cite(PAGE) == "Terre du Nord. (n.d.). Peer researchers. Migration Pages. https://example.org/peer"
    assert in_text(PAGE) == "(Terre du Nord, n.d.)"
    assert in_text(PAGE, style="harvard-cite-them-right") == "(Terre du Nord, no date)"
    seen = date(2026, 11, 21)
    assert cite(PAGE, accessed=seen).endswith("Retrieved November 21, 2026, from https://example.org/peer")
    assert cite(PAGE, accessed=seen, style="harvard-cite-them-right").endswith("(Accessed: 21 November 2026).")
    assert "[cited 2026 Nov 21]" in cite(PAGE, accessed=seen, style="nlm-citation-sequence")


def test_an_unsigned_work_begins_with_its_title_once() -> None:
    """APA 7, section 9.12: the title takes the author's place."""
    card = Bibliography(id="x", title="Notes on harbours", date="2016", document_type="guidance")
    assert cite(card) == "Notes on harbours. (2016)."
    assert in_text(card, span=PAGE_44) == "(Notes on harbours, 2016, p. 44)"
    page = changed(card, document_type="practice-page")
    assert cite(page, style=CHICAGO_NOTES).splitlines()[0] == "“Notes on Harbours.” 2016."
    for style in STYLES:
        assert all(line.lower().count("notes on harbours") == 1 for line in cite(card, style=style).splitlines())


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Clea Kant", "Kant, C."),
        ("Kant, Clea", "Kant, C."),
        ("Ludwig van Beethoven", "van Beethoven, L."),
        ("García López, María", "García López, M."),
        ("Universalia", "Universalia"),
        ("Coast Guard Institute", "Coast Guard Institute"),
        ("Ministry of the Interior, Department of Children", "Ministry of the Interior, Department of Children"),
        ("UNHCR", "UNHCR"),
    ],
)
def test_persons_are_told_from_bodies(written: str, shown: str) -> None:
    """A person's family name comes first; a body's name is never turned round."""
    assert cite(changed(REPORT, authors=(written,))).startswith(f"{shown.rstrip('.')}. (2018)")


def test_a_mirror_is_called_a_mirror() -> None:
    """A note on the address follows the reference."""
    assert cite(changed(BODY, url_note="A mirror.")).endswith("https://example.org/synthesis.pdf [A mirror.]")


def test_an_unknown_style_or_format_names_the_known_ones() -> None:
    """The message tells what to write instead."""
    with pytest.raises(UsageError, match="apa, chicago-author-date"):
        cite(REPORT, style="mla")
    with pytest.raises(UsageError, match="text, html, bibtex"):
        cite(REPORT, format="docx")  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------------------ places in a work


@pytest.mark.parametrize(
    ("style", "span", "pointer"),
    [
        ("apa", PAGE_44, "(Berg & Okafor, 2018, p. 44)"),
        ("apa", PAGES_4_5, "(Berg & Okafor, 2018, pp. 4–5)"),
        ("apa", PAGES_IV_V, "(Berg & Okafor, 2018, pp. iv–v)"),
        ("apa", Span(page=9, page_end=9, page_label="A-1", page_end_label="A-1"), "(Berg & Okafor, 2018, p. A-1)"),
        ("apa", Span(page=7, page_end=7), "(Berg & Okafor, 2018, p. 7)"),
        ("chicago-author-date", PAGE_44, "(Berg and Okafor 2018, 44)"),
        ("chicago-author-date", PAGES_IV_V, "(Berg and Okafor 2018, iv–v)"),
        ("harvard-cite-them-right", PAGES_4_5, "(Berg and Okafor, 2018, pp. 4–5)"),
        ("nlm-citation-sequence", PAGE_44, "(1, p. 44)"),
        ("ieee", PAGES_4_5, "[1, pp. 4–5]"),
    ],
)
def test_the_in_text_citation_carries_the_printed_page(style: str, span: Span, pointer: str) -> None:
    """p. and pp. as the style has them; the printed label first, the physical number where none is printed."""
    assert in_text(REPORT, span=span, style=style) == pointer
    assert cite(REPORT, span=span, style=style).splitlines()[1] == pointer


def test_a_format_without_pages_is_located_by_its_heading() -> None:
    """APA 7, section 8.28: the name of the section; a heading with pages is not told twice."""
    assert in_text(PAGE, span=Span(), section="How it works") == "(Terre du Nord, n.d., How it works section)"
    assert in_text(PAGE, section="How it works", style="chicago-author-date") == (
        "(Terre du Nord, n.d., under “How it works”)"
    )
    assert in_text(REPORT, span=PAGE_44, section="Findings") == "(Berg & Okafor, 2018, p. 44)"


def test_a_quotation_comes_with_its_source() -> None:
    """Short ones in marks with the stop behind the source, marks inside turned single; long ones as a block."""
    short = cite(REPORT, span=PAGE_44, quotation="Work with the “harbour master” was essential.")
    assert short.splitlines()[0] == "“Work with the ‘harbour master’ was essential” (Berg & Okafor, 2018, p. 44)."
    assert short.splitlines()[1].startswith("Berg, A. M.")
    long = cite(REPORT, span=PAGE_44, quotation="word " * 39 + "end.")
    assert long.splitlines()[0].endswith("word end. (Berg & Okafor, 2018, p. 44)")
    assert not long.startswith("“")


def test_html_has_the_title_in_italics_and_nothing_unescaped() -> None:
    """Titles, names, headings, notes and quotations come from documents: none of their tags gets through."""
    evil = "<script>x</script> & “co” \ue000y"
    card = changed(REPORT, title=evil, authors=(), organisations=(evil,), url=f"https://e.org/{evil}", url_note=evil)
    for style in STYLES:
        for place in ({"section": evil}, {"span": Span(page=1, page_end=1, page_label="<b>")}):
            made = cite(card, style=style, format="html", quotation=evil, public_url=f"https://us/{evil}", **place)
            assert set(re.findall(r"<[^>]*>", made)) <= {"<i>", "</i>", "<br>"}
            assert made.count("<i>") == made.count("</i>")
            assert not re.search(r"&(?!amp;|lt;|gt;|quot;|#x27;)", made)
    assert "<i>Safe harbour: Final evaluation</i>" in cite(REPORT, format="html")


# ------------------------------------------------------------------------------------------------ files


def test_bibtex_escapes_what_tex_would_read() -> None:
    """Special characters are escaped in texts and left alone in addresses; titles and bodies keep their capitals."""
    card = changed(REPORT, title="50 % of {all} R&D_costs #1", organisations=("A & B Fund",), authors=())
    made = cite(card, format="bibtex", span=PAGES_4_5, accessed=date(2026, 11, 21))
    assert made.startswith("@techreport{fund2018dcosts,\n")
    assert r"  title = {{50 \% of \{all\} R\&D\_costs \#1}}," in made
    assert r"  author = {{A \& B Fund}}," in made
    assert "  url = {https://example.org/safe_harbour?a=1&b=2}," in made
    assert "  pages = {4--5}," in made
    assert "  urldate = {2026-11-21}," in made
    unescaped = re.sub(r"\\[{}]", "", made)
    assert unescaped.count("{") == unescaped.count("}")


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ("IOM Office of the Inspector General", "iom"),
        ("International Organization for Migration (IOM)", "iom"),
        ("The Harbour Society, Department of Lanterns", "harbour"),
        ("HARBOUR SOCIETY", "harbour"),
    ],
)
def test_a_bodys_key_is_its_short_form_or_first_word(body: str, key: str) -> None:
    """Never the last word of one of its units."""
    made = cite(changed(REPORT, title="An evaluation", date="2017", authors=(), organisations=(body,)), format="bibtex")
    assert made.startswith(f"@techreport{{{key}2017evaluation,\n")


def test_bibtex_names_persons_by_family() -> None:
    """Persons are joined by "and", family name first."""
    assert "  author = {Berg, Anna Maria and Okafor, John}," in cite(REPORT, format="bibtex")


def test_ris_is_a_record_of_lines_with_tags() -> None:
    """Every line is a tag, two spaces, a dash, a space and a value; TY first, ER last, CRLF between."""
    made = cite(changed(REPORT, title="Two\nlines"), format="ris", span=PAGES_4_5, public_url="https://us.org/p")
    lines = made.split("\r\n")
    assert lines[0] == "TY  - RPRT"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
    for line in ("AU  - Berg, Anna Maria", "AU  - Okafor, John", "TI  - Two lines", "PY  - 2018", "DA  - 2018/06//"):
        assert line in lines
    for line in ("SP  - 4", "EP  - 5", f"UR  - {REPORT.url}", "N1  - https://us.org/p"):
        assert line in lines


def test_csl_json_is_one_item_of_the_schema() -> None:
    """Names in parts or literal, dates in parts, no blank field, characters as they are."""
    item = json.loads(cite(REPORT, format="csl-json", span=PAGE_44))[0]
    assert item["type"] == "report"
    assert item["author"] == [{"family": "Berg", "given": "Anna Maria"}, {"family": "Okafor", "given": "John"}]
    assert item["issued"] == {"date-parts": [[2018, 6]]}
    assert (item["page"], item["publisher"]) == ("44", "Save the Coast")
    assert all(item.values())
    page = json.loads(cite(PAGE, format="csl-json", section="Results — résumé"))[0]
    assert (page["type"], page["container-title"]) == ("webpage", "Migration Pages")
    assert page["section"] == "Results — résumé"
    assert page["author"] == [{"literal": "Terre du Nord"}]


# ----------------------------------------------------------------------------------------------- items of the catalogue


PRACTICE = Practice(
    id="peer-research",
    title="Children as peer researchers",
    told={"summary": (Claim(text="Children ask children."),)},
    organisations=("Terre du Nord",),
    last_checked="2026-11-21",
)


def catalogue() -> Any:
    """Four items: a document with a passage and a statement, and a practice; one more was withdrawn."""
    where = Passage(
        id="harbour.p0a1b2c3d4e5f", doc="harbour", ordinal=0, section=0, path=("Findings",), text="x", language="en"
    )
    said = Statement(
        id="harbour.s0a1b2c3d4e5f", doc="harbour", passage=where.id, text="x", kind=StatementKind.LESSON, span=PAGE_44
    )
    items: dict[str, Any] = {"harbour": REPORT, where.id: where, said.id: said, PRACTICE.id: PRACTICE}

    def kept(kind: type) -> Any:
        def find(identifier: str) -> Any:
            if identifier == "gone":
                raise Withdrawn("It was withdrawn.")
            if not isinstance(items.get(identifier), kind):
                raise NotInCatalogue("There is none.")
            return items[identifier]

        return find

    return SimpleNamespace(
        card=kept(Bibliography),
        passage=kept(Passage),
        statement=kept(Statement),
        practice=kept(Practice),
        practice_ids=lambda: (PRACTICE.id,),
    )


def test_every_kind_of_item_is_cited_by_its_id() -> None:
    """A document whole, a passage and a statement with their place, a practice; with our address where it is public."""
    here = catalogue()
    assert cite_item(here, "harbour") == cite(REPORT)
    assert cite_item(here, "harbour.p0a1b2c3d4e5f").splitlines()[1] == "(Berg & Okafor, 2018, Findings section)"
    public = cite_item(here, "harbour.s0a1b2c3d4e5f", public_url="https://us.org/").splitlines()
    assert public[1:] == ["(Berg & Okafor, 2018, p. 44)", "https://us.org/statements/harbour.s0a1b2c3d4e5f"]
    assert cite_item(here, PRACTICE.id, public_url="https://us.org") == (
        "Fingerpost. (2026, November 21). Children as peer researchers. https://us.org/practices/peer-research"
    )


def test_what_is_gone_or_never_was_is_told_apart() -> None:
    """A withdrawn item stays withdrawn; an unknown id is told as one."""
    with pytest.raises(Withdrawn):
        cite_item(catalogue(), "gone")
    with pytest.raises(NotInCatalogue, match="never-was"):
        cite_item(catalogue(), "never-was")


def test_the_card_of_a_practice_says_what_the_record_says() -> None:
    """Its organisations and summary go with it; the words are the record's writers'."""
    card = card_of_practice(PRACTICE)
    assert (card.organisations, card.summary) == (("Terre du Nord",), "Children ask children.")
    assert card.authors == ("Fingerpost",)


def test_importing_loads_no_citation_processor() -> None:
    """Files for reference managers and the command line's start need no citeproc-py."""
    code = "import sys, corpus.citation; print('citeproc' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


# ------------------------------------------------------------------------------------------------ forty references

FORTY = tomllib.loads(Path(__file__).with_name("forty_references.toml").read_text("utf-8"))


@pytest.mark.parametrize("style", forty.STYLES)
@pytest.mark.parametrize("name", list(forty.RECORDS))
def test_a_record_reads_as_the_manual_prints_it(style: str, name: str) -> None:
    """Eight sorts of record in every style, each with the place in it: page as printed, else the section's heading."""
    card, span, section = forty.RECORDS[name]
    made = cite(card, span=span, section=section, style=style, accessed=forty.SEEN).splitlines()
    assert made == FORTY[style][name]
    place = span.page_label if span else section
    assert place
    assert place in made[-1]


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("3", "10", "3–10"), ("71", "72", "71–72"), ("100", "104", "100–104"), ("600", "613", "600–613"),
        ("107", "108", "107–8"), ("505", "517", "505–17"), ("321", "325", "321–25"), ("415", "532", "415–532"),
        ("1087", "1089", "1087–89"), ("xii", "xvi", "xii–xvi"), ("98", "104", "98–104"),
    ],
)  # fmt: skip
def test_chicago_tells_the_changed_part_of_a_range(first: str, last: str, told: str) -> None:
    """Chicago Manual of Style 9.61; page labels that are no numbers stay whole."""
    span = Span(page=1, page_end=2, page_label=first, page_end_label=last)
    card = Bibliography(id="x", title="Tides", authors=("Ana Berg",), date="2019")
    assert in_text(card, span=span, style="chicago-author-date") == f"(Berg 2019, {told})"
