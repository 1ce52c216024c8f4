"""Withdrawing and other decisions: gone from everywhere at once, for good, and told to nobody but the keeper."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from click.testing import Result
from flask.testing import FlaskClient

from corpus.catalogue import Catalogue, CatalogueWriter, Published
from corpus.catalogue.decisions import decide
from corpus.errors import NotInCatalogue, UsageError, Withdrawn
from corpus.home import Home
from corpus.ids import Ids
from corpus.model import (
    Bibliography,
    Block,
    BlockKind,
    Claim,
    Document,
    IngestRecord,
    Page,
    PageTurn,
    Passage,
    Practice,
    Section,
    SourceRef,
    Span,
    Statement,
    StatementKind,
)
from corpus.privacy import WITHHELD
from corpus.sensitivity import ORGANISATION, Organisations, decision, read_batch
from index import library
from webapp import create_app

pytestmark = pytest.mark.slow

DOC = "lantern"
SECRET = "The boy whom everybody in the village calls the lantern lighter told the evaluators how he had crossed."
LESSON = "Guardians who were appointed within five days of arrival stayed with the children until the very end."
OTHER = "Staff of the Quiet Shore shelter keep a register of beds that every police station can read at any hour."
LAST = "At the end of its third year the programme handed the houses over to the municipalities with their staff."

Cli = Callable[..., Result]


def document(*texts: str, doc: str = DOC) -> Document:
    """A report of one page: each text is a paragraph, a passage and (the second) a statement."""
    ids, turns = Ids(doc), (PageTurn(offset=0, page=1, label="1"),)
    passages = tuple(
        Passage(
            id=ids.make("p", text), doc=doc, ordinal=n, section=0, path=("Findings",), text=text, language="en",
            turns=turns,
        )
        for n, text in enumerate(texts)
    )  # fmt: skip
    statements = tuple(
        Statement(
            id=ids.make("s", p.text), doc=doc, passage=p.id, text=p.text, kind=StatementKind.LESSON, path=p.path,
            span=Span(page=1, page_end=1),
        )
        for p in passages
    )  # fmt: skip
    blocks = tuple(Block(kind=BlockKind.PARAGRAPH, text=text) for text in texts)
    card = Bibliography(
        id=doc, title="Lantern: final evaluation", language="en", organisations=("Quiet Shore", "Harbour Society"),
        summary="An evaluation.",
    )  # fmt: skip
    return Document(
        card=card, media="pdf", content_hash="0" * 64, pages=(Page(number=1, label="1", blocks=blocks),),
        sections=(Section(heading="Findings", level=1, path=("Findings",), page=1),), passages=passages,
        statements=statements,
    )  # fmt: skip


def keep(home: Home, made: Document) -> Document:
    with home.writing(), CatalogueWriter(home.catalogue_url) as writer:
        path = f"{made.id}.pdf"
        number = writer.begin(IngestRecord(input=path, status="failed"))
        writer.put_document(made, number, IngestRecord(input=path, status="ok", doc=made.id))
        told = {"steps": (Claim(text=OTHER),)}
        writer.put_practice(
            Practice(id="night-register", title="A register", told=told, organisations=("Quiet Shore",))
        )
        library.bring_up_to_date(home, writer)
    return made


@pytest.fixture
def kept(fresh_home: Home) -> Document:
    """The report, kept and indexed in the test's home."""
    return keep(fresh_home, document(SECRET, LESSON, OTHER))


@pytest.fixture
def run(fresh_home: Home, fingerpost: Cli) -> Cli:
    """The command line on the test's home; the command must end well."""

    def words(*told: str) -> Result:
        result = fingerpost(*told, home=fresh_home.path)
        assert result.exit_code == 0, result.output
        return result

    return words


@pytest.fixture
def client(fresh_home: Home, kept: Document) -> FlaskClient:
    """The web over the test's home, opened before anything is withdrawn."""
    client = create_app(fresh_home).test_client()
    assert "lantern lighter" in client.get("/documents/lantern/pages/1").get_data(as_text=True)
    return client


def everything(client: FlaskClient) -> str:
    """All that the web tells without knowing an id."""
    addresses = ["/", "/documents", "/practices", "/themes", *(f"{a}{w}" for a in ("/search?in=", "/api/v1/search?in=")
                 for w in ("passages", "statements", "practices", "documents"))]  # fmt: skip
    return "\n".join(client.get(address).get_data(as_text=True) for address in addresses)


def test_a_withdrawn_passage_is_gone_everywhere(kept: Document, client: FlaskClient, run: Cli) -> None:
    """Its address says only "withdrawn"; its words are on no page, in no answer, statement or citation, at once."""
    passage, statement = kept.passages[0], kept.statements[0]
    run("withdraw", passage.id, "--reason", "names a child")
    for address in (f"/passages/{passage.id}", f"/statements/{statement.id}", f"/cite/{passage.id}"):
        response = client.get(address)
        assert response.status_code == 410
        assert "lantern lighter" not in response.get_data(as_text=True)
        assert "names a child" not in response.get_data(as_text=True)
    page = client.get(f"/documents/lantern/pages/1?passage={passage.id}").get_data(as_text=True)
    assert WITHHELD in page
    assert "five days" in page
    assert "lantern lighter" not in page + everything(client)
    assert not json.loads(run("search", '"lantern lighter"', "--json").stdout)["hits"]
    assert "lantern lighter" not in run("statements", "--json").stdout + run("show", DOC, "--json").stdout


def test_a_withdrawn_statement_leaves_the_rest_of_its_passage(kept: Document, client: FlaskClient, run: Cli) -> None:
    """Its sentence is withheld in the passage around it, in which nothing else is touched."""
    both = keep_again(client, document(f"{SECRET} {LESSON}", doc="twofold"))
    quoted = Statement(
        id="twofold.s0123456789ab", doc="twofold", passage=both.passages[0].id, text=SECRET, kind=StatementKind.RESULT
    )
    keep_again(client, msgspec.structs.replace(both, statements=(quoted,)))
    run("withdraw", quoted.id)
    assert client.get(f"/statements/{quoted.id}").status_code == 410
    shown = client.get(f"/passages/{both.passages[0].id}")
    assert shown.status_code == 200
    assert "five days" in shown.get_data(as_text=True)
    assert "lantern lighter" not in shown.get_data(as_text=True)


def home_of(client: FlaskClient) -> str:
    url: str = client.application.extensions["fingerpost"].catalogue.url
    return url


def keep_again(client: FlaskClient, made: Document) -> Document:
    return keep(Home(Path(home_of(client).removeprefix("sqlite:///")).parent), made)


def test_a_withdrawn_document_is_gone_everywhere(kept: Document, client: FlaskClient, run: Cli) -> None:
    """Document, pages, passages, statements and citations answer 410; lists, search and API do not have it."""
    run("withdraw", DOC)
    places = ["", "/pages/1", "/pages/9", "/text"]
    addresses = [f"/documents/{DOC}{place}" for place in places]
    addresses += [f"/passages/{kept.passages[1].id}", f"/statements/{kept.statements[1].id}", f"/cite/{DOC}/bibtex"]
    assert {client.get(address).status_code for address in addresses} == {410}
    assert "Lantern" not in everything(client)
    assert not json.loads(run("search", "guardians", "--json").stdout)["hits"]


def test_a_practice_says_that_its_source_was_withdrawn(kept: Document, client: FlaskClient, run: Cli) -> None:
    """The claim stays, with its page; of the document nothing is said but that, not even its id."""
    claim = Claim(text="The register is kept at night.", sources=(SourceRef(doc=DOC, page_label="1"),))
    home = Home(Path(home_of(client).removeprefix("sqlite:///")).parent)
    with home.writing(), CatalogueWriter(home.catalogue_url) as writer:
        writer.put_practice(Practice(id="cites-it", title="A night desk", told={"steps": (claim,)}))
    assert "Lantern" in client.get("/practices/cites-it").text
    run("withdraw", DOC)
    text = client.get("/practices/cites-it").text
    assert claim.text in text
    assert "withdrawn from this library" in text
    assert DOC not in text


def test_a_withdrawn_practice_is_gone(kept: Document, client: FlaskClient, run: Cli) -> None:
    """Its page and citation answer 410, the list and the search do not have it; loading it again changes nothing."""
    assert client.get("/practices/night-register").status_code == 200
    run("withdraw", "night-register")
    keep_again(client, document(SECRET, LESSON, OTHER))
    assert client.get("/practices/night-register").status_code == 410
    assert client.get("/cite/night-register").status_code == 410
    assert "night-register" not in everything(client)


def test_a_withdrawal_outlives_new_readings(kept: Document, client: FlaskClient, run: Cli) -> None:
    """The same words in a new version stay withdrawn, and so does the passage that took a withdrawn one's place."""
    run("withdraw", kept.passages[0].id)
    keep_again(client, document(SECRET, LESSON, LAST))
    assert client.get(f"/passages/{kept.passages[0].id}").status_code == 410
    changed = SECRET.replace("how he had crossed", "how he crossed the river")
    new = keep_again(client, document(changed, LESSON, LAST))
    assert client.get(f"/passages/{kept.passages[0].id}").status_code == 410
    assert client.get(f"/passages/{new.passages[0].id}").status_code == 410
    again = keep_again(client, document(changed.replace("told", "said to"), LESSON, LAST))
    assert client.get(f"/passages/{again.passages[0].id}").status_code == 410
    assert "lantern lighter" not in everything(client) + client.get("/documents/lantern/pages/1").get_data(as_text=True)


def test_withdrawn_words_stay_out_of_passages_cut_otherwise(kept: Document, client: FlaskClient, run: Cli) -> None:
    """A later reading may put the withdrawn paragraph into a long passage that is nobody's successor."""
    run("withdraw", kept.passages[0].id)
    keep_again(client, document(f"{LESSON} {LAST}\n{SECRET}\n{OTHER} {LAST}"))
    told = everything(client)
    assert "third year" in told
    assert "lantern lighter" not in told


def test_levels(kept: Document, client: FlaskClient, run: Cli, tmp_path: Path) -> None:
    """Masked: the address stays, the words go; for curators: hidden but from 'show'; public takes it back."""
    batch = tmp_path / "batch.csv"

    def level(name: str) -> str:
        batch.write_text(f"item,level,reason\n{kept.passages[0].id},{name},\n", "utf-8")
        run("sensitivity", "--batch", str(batch))
        return client.get(f"/passages/{kept.passages[0].id}").get_data(as_text=True)

    masked = level("mask")
    assert WITHHELD in masked
    assert "Lantern: final evaluation" in masked
    assert "lantern lighter" not in masked + everything(client)
    assert "lantern lighter" not in level("curators")
    assert client.get(f"/passages/{kept.passages[0].id}").status_code == 410
    assert "lantern lighter" in run("show", DOC, "--json").stdout
    assert "lantern lighter" in level("public")
    assert json.loads(run("search", '"lantern lighter"', "--json").stdout)["hits"]


def test_what_is_decided_is_named_nowhere_before_the_index_follows(
    kept: Document, client: FlaskClient, fresh_home: Home
) -> None:
    """A writer may be killed between the two: facets and suggestions come from the index, which still has the names."""

    def named() -> str:
        asked = (
            "/search?q=register",
            "/api/v1/search?q=register",
            "/api/v1/suggest?q=lantern",
            "/api/v1/suggest?q=quiet",
        )
        return "".join(client.get(address).get_data(as_text=True) for address in asked)

    assert "Lantern: final evaluation" in named()
    assert "Quiet Shore" in named()
    with fresh_home.writing(), CatalogueWriter(fresh_home.catalogue_url) as writer:
        decide(writer, [decision(DOC, "curators", "a test", "us"), decision("org:Quiet Shore", "mask", "a test", "us")])
    assert "Lantern: final" not in named()
    assert "Quiet Shore" not in named()


def test_a_masked_document_shows_its_card_only(kept: Document, client: FlaskClient, run: Cli, tmp_path: Path) -> None:
    """Title and reference stay, every page reads "[withheld]", nothing of it is found among passages."""
    batch = tmp_path / "batch.toml"
    batch.write_text(f'[[decision]]\nitem = "{DOC}"\nlevel = "mask"\n', "utf-8")
    run("sensitivity", "--batch", str(batch))
    assert "Lantern: final evaluation" in client.get(f"/documents/{DOC}").get_data(as_text=True)
    page = client.get(f"/documents/{DOC}/pages/1").get_data(as_text=True)
    assert WITHHELD in page
    assert "five days" not in page + everything(client)


def test_a_sensitive_organisation_is_masked(kept: Document, client: FlaskClient, run: Cli, tmp_path: Path) -> None:
    """Its name is read nowhere, whatever its case, and is no value of the organisation filter."""
    assert "Quiet Shore" in everything(client)
    batch = tmp_path / "batch.csv"
    batch.write_text("item,level,reason\norg:QUIET shore,mask,its staff are at risk\n", "utf-8")
    run("sensitivity", "--batch", str(batch))
    page = client.get("/documents/lantern/pages/1").get_data(as_text=True)
    told = everything(client) + page + client.get("/practices/night-register").get_data(as_text=True)
    assert "quiet shore" not in told.casefold()
    assert f"Staff of the {WITHHELD} shelter" in page
    facet = json.loads(run("search", "", "--json").stdout)["facets"]["org"]
    assert [value["value"] for value in facet] == ["Harbour Society"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("name", ["Médecins du Rivage", "منظمة مُضيئة"])
def test_an_organisation_is_known_however_its_accents_are_written(name: str, form: str) -> None:
    """Many PDFs write accents and vowel signs as letters of their own."""
    item = decision(f"org:{name}", "mask").item
    text = unicodedata.normalize(form, f"met {name}, twice")
    (found,) = Organisations([item.removeprefix(ORGANISATION)]).find(text)
    assert text[: found.start] + text[found.end :] == "met , twice"


def test_status_lists_what_is_withdrawn(fresh_home: Home, kept: Document, run: Cli) -> None:
    """The keeper sees what is withdrawn, why, by whom and when; the index agrees with what may be shown."""
    run("withdraw", DOC, "--reason", "the publisher asked", "--by", "curator")
    (told,) = json.loads(run("status", "--json").stdout)["withdrawn"]
    assert {**told, "at": ""} == {
        "item": DOC, "level": "withdrawn", "reason": "the publisher asked", "by": "curator", "at": "",
    }  # fmt: skip
    assert "the publisher asked" in run("status").stdout
    assert "the publisher asked" in run("sensitivity").stdout
    with Catalogue(fresh_home.catalogue_url) as catalogue:
        assert not library.disagreements(fresh_home, catalogue)


def test_status_tells_what_is_shown_from_what_is_withheld(kept: Document, run: Cli) -> None:
    """What readers see and what they do not adds up to what is held, and the two are told in one line."""

    def told() -> tuple[dict[str, int], dict[str, int]]:
        status = json.loads(run("status", "--json").stdout)
        assert (status["counts"]["documents"], status["counts"]["passages"]) == (1, 3)
        return status["shown"], status["withheld"]

    nothing = dict.fromkeys(("documents", "passages", "statements", "practices"), 0)
    shown, withheld = told()
    assert ((shown["documents"], shown["passages"], shown["statements"]), withheld) == ((1, 3, 3), nothing)
    assert "withheld" not in run("status").stdout
    run("withdraw", kept.passages[0].id)
    assert told() == (shown | {"passages": 2, "statements": 2}, nothing | {"passages": 1, "statements": 1})
    assert "withheld: 1 passages, 1 statements (withdrawn" in run("status").stdout
    run("withdraw", DOC)
    assert told() == (
        nothing | {"practices": shown["practices"]},
        nothing | {"documents": 1, "passages": 3, "statements": 3},
    )


def test_a_second_withdrawal_keeps_what_was_told(kept: Document, run: Cli, tmp_path: Path) -> None:
    """A blank reason or name at the same level erases nothing; a new one replaces it, and another level is another."""

    def told() -> dict[str, str]:
        (one,) = json.loads(run("sensitivity", "--json").stdout)
        return dict(one)

    run("withdraw", DOC, "--reason", "the publisher asked", "--by", "curator")
    first = told()
    assert "was withdrawn already" in (again := run("withdraw", DOC).stdout)
    assert "the publisher asked" in again
    assert told() == first
    run("withdraw", DOC, "--reason", "a court asked")
    assert {**told(), "at": ""} == {**first, "reason": "a court asked", "at": ""}
    batch = tmp_path / "batch.csv"
    batch.write_text(f"item,level\n{DOC},public\n", "utf-8")
    run("sensitivity", "--batch", str(batch))
    assert (told()["level"], told()["reason"], told()["by"]) == ("public", "", "")


def test_an_unknown_item_changes_nothing(fresh_home: Home, kept: Document, fingerpost: Cli, tmp_path: Path) -> None:
    """A batch with one wrong id is refused as a whole; so are a wrong level and a missing column."""
    batch = tmp_path / "batch.csv"
    batch.write_text(f"item,level\n{DOC},withdrawn\nno-such,withdrawn\n", "utf-8")
    result = fingerpost("sensitivity", "--batch", str(batch), home=fresh_home.path)
    assert result.exit_code == 1
    assert fingerpost("withdraw", "no-such", home=fresh_home.path).exit_code == 1
    assert Published(fresh_home.catalogue_url).entry(DOC).card.id == DOC
    for wrong in ("item,level\nx,secret\n", "item,level\n,mask\n", "thing\nx\n"):
        batch.write_text(wrong, "utf-8")
        with pytest.raises(UsageError):
            read_batch(batch)


def test_decisions_survive_on_the_same_view(fresh_home: Home, kept: Document) -> None:
    """A view that is open sees a decision with its next question; nothing is remembered past a revision."""
    view = Published(fresh_home.catalogue_url)
    assert len(view.passages(DOC)) == 3
    with fresh_home.writing(), CatalogueWriter(fresh_home.catalogue_url) as writer:
        before = writer.revision()
        decide(writer, [decision(kept.passages[1].id, "withdrawn")])
        assert view.changed_since(before) == ((DOC,), ())
        assert len(view.passages(DOC)) == 2
        decide(writer, [decision(DOC, "curators")])
        assert view.changed_since(before) == ((), (DOC,))
        with pytest.raises(Withdrawn):
            view.page(DOC, 1)
        with pytest.raises(NotInCatalogue):
            decide(writer, [decision("lantern.p000000000000", "mask")])


@pytest.mark.parametrize(
    "text",
    [
        "item,level,reason\norg:Quiet Shore,mask,risk\n",
        "item;level;reason\r\norg:Quiet Shore;mask;risk\r\n;;\r\n",
        "\ufeffsep=;\r\nItem;Level;Reason\r\norg:Quiet Shore;mask;risk\r\n",
        "item\tlevel\treason\norg:Quiet Shore\tmask\trisk\n",
    ],
)
def test_a_batch_as_spreadsheets_save_it(tmp_path: Path, text: str) -> None:
    """Commas, semicolons or tabs, with Excel's own line or without: the decision is the same."""
    batch = tmp_path / "batch.csv"
    batch.write_bytes(text.encode())
    (told,) = read_batch(batch)
    assert (told.item, told.level, told.reason) == (f"{ORGANISATION}quiet shore", "mask", "risk")
