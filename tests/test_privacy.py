"""Private data: recognised by their form, masked on every way out, kept in the catalogue for its keeper."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask.testing import FlaskClient

from corpus.catalogue import Catalogue, Published
from corpus.home import Home
from corpus.model import Block, BlockKind, Page
from corpus.privacy import WITHHELD, find, mask, withhold
from ingest import privacy
from ingest.reading import Reading
from webapp import create_app

OPEN_BY_DESIGN = {
    "close", "revision", "witnesses", "cards", "card", "ingest_records", "documents_read", "locations", "tombstones",
    "content_hashes", "counts", "likenesses", "acronyms", "parties",
    "witness_of",
}  # fmt: skip
"""What `Published` takes over from `Catalogue` as it is: numbers, hashes and records, or built on what it overrides."""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("jane.doe@example.org", "[withheld]"),
        ("write to jane.doe(at)example.org or j_doe[at]example[dot]org.", "write to [withheld] or [withheld]."),
        ("Courriel : j.exemple@example.org / info@example.org", "Courriel : [withheld] / [withheld]"),
        ("mailto:office@example.org", "mailto:[withheld]"),
        ("Tel : (000) 674 01 69 27 / 699 98 79 19", "Tel : [withheld] / [withheld]"),
        ("Mobile: +00 782 446 6233 Skype: jane.doe", "Mobile: [withheld] Skype: [withheld]"),
        ("Tél. 01 23 45 67 89 – Fax 01 23 45 67 88", "Tél. [withheld] – Fax [withheld]"),
        ("Teléfono: (502) 2222-3333, móvil 5555 4444", "Teléfono: [withheld], móvil [withheld]"),
        ("Reach her at +00 (0)20 7946 0958 or 00 381 11 222 3333.", "Reach her at [withheld] or [withheld]."),
        ("Call (202) 555-0123 or 202-555-0123", "Call [withheld] or [withheld]"),
        ("06 12 34 56 78", "[withheld]"),
        ("тел. +00 495 123 45 67", "тел. [withheld]"),
        ("هاتف: 0123 456 789", "هاتف: [withheld]"),
        ("T: +00 22 717 9111 | M: +00 79 000 00 00", "T: [withheld] | M: [withheld]"),
        ("WhatsApp: +00 111 222 333", "WhatsApp: [withheld]"),
        ("Skype ID janedoe_77, live:jane.doe_2", "Skype ID [withheld], [withheld]"),
        ("Skype: janedoe", "Skype: [withheld]"),
        ("Contact person: Jane Doe, Programme Manager", "Contact person: [withheld]"),
        ("Body: Harbour\nContact person\tMs Jane Doe\nYear\t9", "Body: Harbour\nContact person\t[withheld]\nYear\t9"),
        ("Body Harbour\nContact person Ms Jane Doe\nYear 2019", "Body Harbour\nContact person [withheld]\nYear 2019"),
        ("Personne de contact : M. Jean Exemple", "Personne de contact : [withheld]"),
        ("Persona de contacto (proyecto): Juana Ejemplo", "Persona de contacto (proyecto): [withheld]"),
        ("Ansprechpartnerin: Erika Beispiel", "Ansprechpartnerin: [withheld]"),
        ("Jane Doe, 07700 900123; 0661234567", "Jane Doe, [withheld]; [withheld]"),
        ("jane doe at example dot org, juana arroba ejemplo punto org", "jane [withheld], [withheld]"),
        ("Jane.Doe＠example.org, Telegram @janedoe", "[withheld], Telegram [withheld]"),
        ("Skype – jane.doe.7", "Skype – [withheld]"),
        ("Handphone 081 234 567 890, https://wa.me/00123456789", "Handphone [withheld], https://wa.me/[withheld]"),
        ("The helpline's coordinator, mobile +00 700 123 456", "The helpline's coordinator, mobile [withheld]"),
    ],
)  # fmt: skip
def test_contact_data_are_masked(text: str, shown: str) -> None:
    """Addresses, numbers, account names and contact persons are replaced, and nothing around them."""
    assert mask(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "In 2009-2012 and 2013 – 2015 the project reached 1 250 000 children (38,000,000 in all).",
        "Budget: EUR 12 500 000, between 100 000 000 and 00 500 000; +12 500 000 USD more than in 2017",
        "ISBN 978-92-9068-000-1, ISBN 0-306-40615-2, doi 10.1000/0021-9010.85, A/RES/71/1, pp. 12-15",
        "The Child Helpline answers at 116 111 or +00 800 123 4567, free of charge.",
        "Numéro vert : 0800 11 22 33; línea gratuita 0800 555 1234",
        "See https://example.org/0123-456-7890/x and https://example.org/@harbour/page-2017-01-02.",
        "Interviews by Skype: the team met partners. Skype interviews were held with Ministry staff.",
        "Mobile teams reached 450 000 people; mobile 450 000 users; telephone interviews (12) in 2018 2019 2020",
        "From 01.02.2017-03.04.2018, goal 10.7, 1782 persons, 372 participants, 9,900 / 11,000, 0.012 345 678",
        "The contact persons were trained: 15 officers. Signal: Ministry of Interior",
        "04 05 2017 to 03 06 2018; axis 05 10 15 20 25 30 and 000 001 002 003; +12 000 000 since 2010",
        "https://example.org/a?id=0712-345-678; we arrived at entry point one; interviews by Skype – online, at noon",
        "Projects IB.0053, CV10P0002, DP.1234/2020-01, CT.0983.2017, DCI-MIGR/2012/283-145, contract 2014/346-806",
        "Contact persons in the shelters speak three languages and are called when a child arrives.",
    ],
)
def test_what_is_no_contact_data_stays(text: str) -> None:
    """Years, figures, budgets, book numbers, web addresses, helplines and plain sentences are left alone."""
    assert mask(text) == text


def test_a_masked_text_says_where_its_characters_went() -> None:
    """Offsets into the text (where a page turns, where an item begins) are carried over the masks."""
    text = "Ask jane@example.org or j@example.org.\nSecond page"
    told = withhold(text, find(text))
    assert told.text == "Ask [withheld] or [withheld].\nSecond page"
    assert told.text[told.offset(text.index("Second")) :] == "Second page"
    assert told.offset(text.index("@")) == told.text.index(WITHHELD)


@pytest.mark.slow
def test_masking_is_linear_in_the_length_of_a_text() -> None:
    """A text made to be matched over and over (a file of one line) is masked without its square being paid."""
    for piece in ("a.", "0 ", "+1", "tel ", "skype ", "contact person", "a@", "(0)", "live:."):
        assert mask(piece * (200_000 // len(piece))) is not None


def blocks(*told: tuple[str, str] | tuple[str, str, int], rows: tuple[tuple[str, ...], ...] = ()) -> Reading:
    made = [Block(kind=BlockKind(t[0]), text=t[1], level=t[2] if len(t) > 2 else 0) for t in told]
    if rows:
        made.append(Block(kind=BlockKind.TABLE, text="\n".join("\t".join(row) for row in rows), rows=rows))
    return Reading(media="pdf", pages=(Page(number=1, blocks=tuple(made)),))


def private(reading: Reading) -> list[str]:
    return [b.text for page in privacy.marked(reading).pages for b in page.blocks if b.private]


@pytest.mark.parametrize(
    "heading",
    [
        "Annex 2: Interviews and Field Visit", "Interviews Conducted", "List of people interviewed", "People met",
        "Annexe 3. Liste des personnes rencontrées", "Personnes interviewées", "Anexo IV: Lista de entrevistados",
        "Annex 2. List of the Evaluation Key-Informants", "Appendix B List of Informants", "Informants",
    ],
)  # fmt: skip
def test_a_list_of_interviewees_is_private(heading: str) -> None:
    """Under such a heading lines and tables are private, whatever sub-headings part them; prose is not."""
    lead_in = "The following interviews were undertaken by telephone and in person in the course of this evaluation:"
    reading = blocks(
        ("heading", heading, 1), ("paragraph", lead_in), ("heading", "Harbour Society", 3),
        ("list-item", "1) Jane Doe, Director, Harbour Society"), ("paragraph", "Juan Ejemplo Coordinator, Quiet Shore"),
        ("heading", "Bibliography", 3), ("list-item", "Harbour Society, Annual Report, 2019"),
        ("heading", "Annex 4: Budget", 1), ("paragraph", "Staff, travel and rent."),
    )  # fmt: skip
    assert private(reading) == ["1) Jane Doe, Director, Harbour Society", "Juan Ejemplo Coordinator, Quiet Shore"]


def test_a_line_of_the_contents_opens_no_list() -> None:
    """The contents name the annex of interviews; what follows them is the list of acronyms."""
    for line in ("Annex 2 Interviews and Field Visit 59", "List of people interviewed ..... 61"):
        assert not private(
            blocks(("paragraph", line), ("paragraph", "ACM Afrique Centre Martin"), ("paragraph", "VOT"))
        )


def test_a_sentence_leads_to_a_list_of_persons() -> None:
    """In a text without typography the heading only hints; the sentence below it says that persons follow."""
    lead_in = "The following interviews were undertaken in the course of this evaluation:"
    people = ("Juana Ejemplarez Policy Adviser, Quiet Shore", "Erik Beispielmann Quiet Shore Society")
    reading = blocks(
        ("heading", "Interviews and Field Visit", 1), ("paragraph", lead_in), ("paragraph", people[0]),
        ("paragraph", people[1]), ("paragraph", "A group of young people who take part in a language course there"),
        ("paragraph", "Staff of a school that benefits from the activities of the centre"), ("paragraph", people[0]),
        ("heading", "Quiet Shore", 1), ("paragraph", "Two houses"),
    )  # fmt: skip
    assert private(reading) == [*people, people[0]]
    groups = ("list-item", "guardians and social workers"), ("list-item", "Juana Ejemplarez, Director")
    method = blocks(
        ("heading", "Methodology", 1), ("paragraph", "Interviews were held with the following groups:"), *groups
    )
    assert private(method) == ["Juana Ejemplarez, Director"]


def test_a_caption_or_a_head_row_tells_a_table_of_persons() -> None:
    """A table is private by the caption over it, or by a head row of name and role over a column of names."""
    people = (("Name", "Role"), ("Jane DOE", "Officer, Harbour"), ("Dr. Juan Ejemplo", "Analyst"))
    assert len(private(blocks(("caption", "Table 1: List of persons met"), rows=people[1:]))) == 1
    assert len(private(blocks(("heading", "Annex", 1), rows=people))) == 1


@pytest.mark.parametrize(
    ("heading", "rows"),
    [
        ("Annex 5: Interview guide", (("Question", "For whom"), ("How long did it take?", "Staff of shelters"))),
        ("Number of people interviewed", (("Country", "Women"), ("Guatemala", "12"), ("Honduras", "9"))),
        ("Annex 3: Partners", (("Name", "Role"), ("Harbour Society", "Shelter"), ("Ministry of Labour", "Permits"))),
        ("Participants", (("Country", "Programmes"), ("Guatemala", "Shelter"), ("Honduras", "Return"))),
        ("Interviews", (("Group", "Number"), ("Families", "14"), ("Guardians", "7"))),
    ],
)
def test_tables_that_name_nobody_stay(heading: str, rows: tuple[tuple[str, ...], ...]) -> None:
    """Questions, counts, organisations and countries are no list of persons."""
    assert not private(blocks(("heading", heading, 1), rows=rows))


def test_prose_about_interviews_stays() -> None:
    """How interviews were made is a method, to be read and found."""
    prose = (
        "The evaluators held interviews with 24 guardians and asked each of them about the first days after arrival."
    )
    assert not private(blocks(("heading", "Interviews", 2), ("paragraph", prose)))
    assert not private(blocks(("heading", "Interviews conducted", 2), ("paragraph", prose)))


def test_who_stands_below_a_contact_label_is_private() -> None:
    """A label on a line of its own tells what the next line holds."""
    reading = blocks(("list-item", "Contact person"), ("list-item", "Ms Jane Doe"), ("list-item", "Position"))
    assert private(reading) == ["Ms Jane Doe"]


REPORT = """# Harbour shelters: final evaluation

Jane Author, jane.author@example.org, Mobile: +00 782 446 6233, Skype: jane.author

## Findings

Guardians should be appointed within five days; questions about this go to jane.author@example.org at the office.
The helpline is called at +00 800 123 4567 by two hundred children a month.

| Field | Value |
|---|---|
| Organisation | Harbour Society |
| Contact person | Ms Jane Exampleton |

## Annex 2: Interviews

- Juana Ejemplarez, Director, Quiet Shore
- Erik Beispielmann, Guardian, Harbour Society
"""
SECRETS = ("jane.author@", "782 446", "Skype: jane", "Exampleton", "Ejemplarez", "Beispielmann")


@pytest.fixture(scope="module")
def report_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home that holds the report above, read like any other file."""
    from corpus.catalogue import CatalogueWriter
    from index import library
    from ingest import pipeline

    folder = tmp_path_factory.mktemp("private")
    (folder / "harbour.md").write_text(REPORT, "utf-8")
    place = Home(folder / "home")
    with place.writing(), CatalogueWriter(place.catalogue_url) as writer:
        run = pipeline.prepare(place, writer, [folder / "harbour.md"])
        steps = list(pipeline.ingest(place, writer, run, publish=lambda: library.bring_up_to_date(place, writer)))
    assert [step.record.status for step in steps] == ["ok"], steps
    return place


def addresses(home: Home) -> list[str]:
    with Catalogue(home.catalogue_url) as catalogue:
        quoted = [f"/passages/{p.id}" for p in catalogue.passages("harbour")]
        quoted += [f"/statements/{s.id}" for s in catalogue.statements("harbour")]
        cited = [f"/cite/{address.rpartition('/')[2]}" for address in quoted]
    return [
        *quoted, *cited, "/", "/documents", "/documents/harbour", "/documents/harbour/text", "/search", "/cite/harbour",
        "/search?q=guardians", "/api/v1/search", "/api/v1/search?q=office", "/api/v1/search?in=statements",
    ]  # fmt: skip


@pytest.mark.slow
def test_nothing_private_is_on_any_page(report_home: Home) -> None:
    """No page, API answer or citation holds an address, number, account, contact person or interviewee."""
    client: FlaskClient = create_app(report_home).test_client()
    for address in addresses(report_home):
        response = client.get(address)
        assert response.status_code == 200, address
        assert not [secret for secret in SECRETS if secret in response.get_data(as_text=True)], address
    page = client.get("/documents/harbour/text").get_data(as_text=True)
    assert not [told for told in ("Jane Author", "+00 800 123 4567", WITHHELD) if told not in page]


def test_nothing_private_is_found(report_home: Home, fingerpost: Callable[..., Result]) -> None:
    """A search for a name or an address of the lists finds no passage that holds it; neither do the statements."""
    for secret in ("Ejemplarez", "Beispielmann", "Exampleton", "6233"):
        told = json.loads(fingerpost("search", secret, "--json", home=report_home.path).stdout)
        assert not told["hits"], secret
    everything = fingerpost("search", "", "--json", home=report_home.path).stdout
    everything += fingerpost("statements", "--json", home=report_home.path).stdout
    assert "Guardians should be appointed" in everything
    assert not [secret for secret in SECRETS if secret in everything]


def test_the_keeper_sees_the_source_as_it_is(report_home: Home, fingerpost: Callable[..., Result]) -> None:
    """The catalogue keeps every word, and 'fingerpost show' prints it."""
    told = fingerpost("show", "harbour", "--json", home=report_home.path).stdout
    assert not [secret for secret in SECRETS if secret not in told]


def test_index_and_catalogue_agree_on_what_is_shown(report_home: Home, fingerpost: Callable[..., Result]) -> None:
    """'fingerpost check' counts what may be shown, not what is kept."""
    assert fingerpost("check", home=report_home.path).exit_code == 0


def test_the_published_view_answers_for_everything(tmp_path: Path) -> None:
    """What the catalogue can be asked is overridden by the view that withholds, or known to tell nothing private."""
    asked = {name for name in vars(Catalogue) if not name.startswith("_") and callable(getattr(Catalogue, name))}
    assert not asked - set(vars(Published)) - OPEN_BY_DESIGN
