"""Contributing in the browser: the form of a practice, corrections, the receipt, and the curators' queue."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask.testing import FlaskClient

from corpus import records
from corpus.catalogue import database
from corpus.drafting import NEEDED
from corpus.home import Home
from corpus.people import People, contributions, curators, jobs
from corpus.practice import PRACTICE_FIELDS
from corpus.records import SCHEMES, FrontMatter
from webapp import create_app
from webapp.knowledge import EXTENSION, Knowledge
from webapp.questions import CHOICES, QUESTIONS

Cli = Callable[..., Result]
REPORT = "harbour-evaluation"
ANSWERS: dict[str, Any] = {
    "title": "Guardians by telephone",
    "summary": "A guardian calls each child twice a week.",
    "steps": "- Ask the child when to call.\n- Call then.",
    "places": "Honduras: return",
    "themes": ["guardianship"],
    "target_groups": ["unaccompanied-separated-children"],
    "standing": "external-evaluation",
    "shown_to_work": "evaluated",
    "source": REPORT,
    "page": "3",
}


def desk(home: Home, tmp_path: Path, *, curator: bool = False, **settings: object) -> tuple[FlaskClient, Knowledge]:
    """The small home with people of this test's own; ``curator``: somebody is signed in."""
    app = create_app({"home": home, **settings})
    known: Knowledge = app.extensions[EXTENSION]
    known.people = People(Home(tmp_path / "mine"))
    client = app.test_client()
    if curator:
        sign_in(client, known)
    return client, known


def sign_in(client: FlaskClient, known: Knowledge) -> None:
    client.set_cookie("curator", curators.add(known.people, "Ada", "tests"))


@pytest.fixture
def anybody(home: Home, tmp_path: Path) -> tuple[FlaskClient, Knowledge]:
    """A library where anybody may send."""
    return desk(home, tmp_path, contributions=True)


def sent(client: FlaskClient, path: str = "/contribute", **answers: object) -> str:
    """Send answers that are whole; the path of the receipt."""
    answer = client.post(path, data={**(ANSWERS if path == "/contribute" else {}), "do": "send", **answers})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def test_every_field_of_a_record_is_asked_for() -> None:
    """With what is to choose from, and a mark on what no record can do without."""
    assert {*FrontMatter.__struct_fields__, *PRACTICE_FIELDS} - {"id"} <= {*QUESTIONS}
    assert {*SCHEMES.values(), *CHOICES} <= {question.scheme for question in QUESTIONS.values()}
    assert {question.name for question in QUESTIONS.values() if question.needed} == {*NEEDED, "summary"}


def test_the_form_gives_a_record_file(home: Home, tmp_path: Path) -> None:
    """As it comes nothing can be sent, but everybody may take the file; nothing is kept."""
    client, known = desk(home, tmp_path)
    page = client.get("/contribute").text
    assert "Take the file" in page
    assert "Send it" not in page
    assert 'name="mail"' not in page
    answer = client.post("/contribute", data={**ANSWERS, "do": "file"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="guardians-by-telephone.md"'
    practice = records.load(answer.text, "guardians-by-telephone.md", documents={REPORT})
    assert practice.title == "Guardians by telephone"
    assert [claim.sources[0].locator for claim in practice.told["steps"]] == ["p. 3", "p. 3"]
    refused = client.post("/contribute", data={**ANSWERS, "do": "send"})
    assert refused.status_code == 503
    assert "Nothing can be sent here" in refused.text
    assert not known.people.exists


def test_nothing_that_was_typed_is_lost_on_a_mistake(anybody: tuple[FlaskClient, Knowledge]) -> None:
    """What is wrong is told above and at its field; the part that it stands in is unfolded."""
    client, _known = anybody
    typed = {**ANSWERS, "title": "<b>“A”</b>", "cost": "Much. [sic]\n\n</textarea>", "start": "soon", "do": "send"}
    answer = client.post("/contribute", data=typed)
    assert answer.status_code == 422
    page = answer.text
    assert 'value="&lt;b&gt;“A”&lt;/b&gt;"' in page
    assert "Much. [sic]\n\n&lt;/textarea&gt;</textarea>" in page
    assert re.search(r'value="guardianship" checked', page)
    assert re.search(r'value="evaluated" selected', page)
    assert '<a href="#cost">Cost</a>' in page
    assert re.search(r'id="start"[^>]*aria-describedby="start-help start-wrong1"[^>]*aria-invalid="true"', page)
    assert 'id="start-wrong1"' in page
    for part, is_open in (("What it takes", True), ("For the children", False)):
        opened = re.search(rf'<details class="fold"( open)?>\s*<summary><h2>{part}', page)
        assert opened
        assert bool(opened[1]) == is_open


def test_private_data_is_pointed_out_before_it_is_sent(anybody: tuple[FlaskClient, Knowledge]) -> None:
    """It can be sent only by who says that it was looked at; the sender's own address is no reason."""
    client, known = anybody
    typed = {**ANSWERS, "tools": "Write to jo.doe@example.org.", "mail": "me@example.org"}
    for do in ("look", "file", "send"):
        page = client.post("/contribute", data={**typed, "do": do}).text
        assert "This looks like private data of somebody" in page
    assert '<bdi class="said">jo.doe@example.org</bdi>' in page
    assert "me@example.org</bdi>" not in page
    assert not known.people.exists
    assert "looked" not in sent(client, **{**typed, "looked": "1"})
    assert contributions.queue(known.people, "received")[1] == 1


@pytest.mark.parametrize("signed_in", [False, True])
def test_curators_read_which_of_them_sent_something(anybody: tuple[FlaskClient, Knowledge], *, signed_in: bool) -> None:
    """A reader who sends stays unnamed."""
    client, known = anybody
    if signed_in:
        sign_in(client, known)
    sent(client)
    found = contributions.contribution(known.people, 1)
    assert found is not None
    assert (found.events[0].who == contributions.SENDER) is not signed_in


def test_a_curator_sees_what_stands_there_beside_what_is_proposed(anybody: tuple[FlaskClient, Knowledge]) -> None:
    """As long as nobody has decided; a reader who sends stays unnamed."""
    client, known = anybody
    sent(client, "/contribute/correction", item=REPORT, field="title", value="Harbours, looked at", remark="The cover")
    sign_in(client, known)
    page = client.get("/curator/contributions/1").text
    assert 'What stands there now</dt><dd dir="auto">Harbour Programme: Final Evaluation</dd>' in page
    assert "Harbours, looked at" in page
    assert "the sender" in page
    client.post("/curator/contributions/1", data={"do": "decline"})
    assert "What stands there now" not in client.get("/curator/contributions/1").text


def test_the_card_of_a_new_source_is_a_file_too(home: Home, tmp_path: Path) -> None:
    """For the curator who reads the source in; where no source is new there is none."""
    client, known = desk(home, tmp_path, contributions=True)
    new = {**ANSWERS, "source": "", "new_title": "A diary", "new_url": "https://example.org/diary", "do": "card"}
    answer = client.post("/contribute", data=new)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="a-diary.toml"'
    assert tomllib.loads(answer.text) == {"a-diary": {"title": "A diary", "url": "https://example.org/diary"}}
    refused = client.post("/contribute", data={**new, "new_title": ANSWERS["title"], "do": "send"})
    assert refused.status_code == 422
    assert "Something here is called so already" in refused.text
    assert "This can be kept" in client.post("/contribute", data={**ANSWERS, "do": "card"}).text
    assert not known.people.exists


def test_the_receipt_shows_what_became_of_it_and_withdraws(anybody: tuple[FlaskClient, Knowledge]) -> None:
    """For whoever has its address; it is nobody's to keep or to list."""
    client, known = anybody
    receipt = sent(client, name="Jo Doe", mail="jo@example.org")
    answer = client.get(receipt)
    assert answer.headers["Referrer-Policy"] == "strict-origin"
    assert "It waits for a curator." in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "jo@example.org" not in answer.text
    assert client.get(f"{receipt}x").status_code == 404
    assert client.post(receipt, data={"do": "withdraw"}).headers["Location"] == receipt
    page = client.get(receipt).text
    assert "what you sent is deleted" in page
    assert "Guardians" not in page
    assert contributions.queue(known.people, "withdrawn")[0][0].content is None


def test_a_curator_accepts_a_practice(anybody: tuple[FlaskClient, Knowledge]) -> None:
    """Mended before, checked by the records' rules; the writer is asked, the sender told, his mail deleted."""
    client, known = anybody
    receipt = sent(client, name="Jo Doe", mail="jo@example.org", remark="<i>Ours</i>")
    assert client.get("/curator/contributions").headers["Location"] == "/curator/sign-in"
    assert client.get("/curator/contributions/1").status_code == 303
    sign_in(client, known)
    assert "Guardians by telephone" in client.get("/curator/contributions").text
    page = client.get("/curator/contributions/1").text
    assert "jo@example.org" in page
    assert "&lt;i&gt;Ours&lt;/i&gt;" in page
    text = client.get("/curator/contributions/1/record.md").text
    refused = client.post("/curator/contributions/1", data={"do": "accept", "text": text.replace("p. 3", "page 3")})
    assert refused.status_code == 422
    assert "is no citation" in refused.text
    mended = text.replace("twice a week", "three times a week")
    client.post("/curator/contributions/1", data={"do": "accept", "text": mended, "note": "Thank you"})
    (job,) = jobs.open_jobs(known.people)
    assert isinstance(job.asked, jobs.Record)
    assert (job.asked.item, job.who) == ("guardians-by-telephone", "Ada")
    assert "three times a week" in job.asked.text
    page = client.get(receipt).text
    assert "A curator accepted it." in page
    assert "Thank you" in page
    assert "Ada" not in page
    assert "jo@example.org" not in client.get("/curator/contributions/1").text


def test_a_curator_declines_with_a_word(anybody: tuple[FlaskClient, Knowledge]) -> None:
    """The sender reads it; nothing is asked of the writer."""
    client, known = anybody
    receipt = sent(client)
    sign_in(client, known)
    client.post("/curator/contributions/1", data={"do": "decline", "note": "<script>It is here already.</script>"})
    page = client.get(receipt).text
    assert "A curator declined it." in page
    assert "&lt;script&gt;It is here already." in page
    assert jobs.open_jobs(known.people) == ()
    assert "Guardians by telephone" in client.get("/curator/contributions?state=declined").text


def test_a_correction_is_suggested_and_becomes_a_job(anybody: tuple[FlaskClient, Knowledge]) -> None:
    """From the link on the document's page to the writer's row."""
    client, known = anybody
    assert f'href="/contribute/correction?item={REPORT}"' in client.get(f"/documents/{REPORT}").text
    page = client.get(f"/contribute/correction?item={REPORT}").text
    assert "Harbour Programme: Final Evaluation" in page
    typed = {"item": REPORT, "field": "publisher", "value": "Harbour Press", "remark": "Printed on the cover"}
    receipt = sent(client, "/contribute/correction", **typed)
    assert "Harbour Programme" in client.get(receipt).text
    sign_in(client, known)
    assert "Printed on the cover" in client.get("/curator/contributions/1").text
    client.post("/curator/contributions/1", data={"do": "accept", "value": "Harbour Press Ltd"})
    (job,) = jobs.open_jobs(known.people)
    assert job.asked == jobs.Correct(
        item=REPORT, field="publisher", value="Harbour Press Ltd", note="Printed on the cover"
    )


def test_a_correction_does_not_take_the_place_of_what_is_withheld(anybody: tuple[FlaskClient, Knowledge]) -> None:
    """Readers see a mark where somebody's address stands; sent back as a value it would be kept instead of the address,
    whether they leave it in or the curator does."""
    client, known = anybody
    typed = {"item": REPORT, "field": "summary", "value": "Ask [withheld] for it.", "remark": "A typing error"}
    refused = client.post("/contribute/correction", data={**typed, "do": "send"})
    assert refused.status_code == 422
    assert "Write it without what is withheld there." in refused.text
    sent(client, "/contribute/correction", **{**typed, "value": "Ask for it."})
    sign_in(client, known)
    refused = client.post("/curator/contributions/1", data={"do": "accept", "value": typed["value"]})
    assert refused.status_code == 422
    assert jobs.open_jobs(known.people) == ()


def test_a_correction_names_its_item_as_readers_may_see_it_now(
    fresh_home: Home, fingerpost: Cli, tmp_path: Path
) -> None:
    """Nobody reads the title of what was withdrawn since: neither on the receipt nor in the curators' list."""
    (tmp_path / "lantern.md").write_text("# Lantern houses\n\nA lantern was hung at the gate.\n", "utf-8")
    assert fingerpost("ingest", str(tmp_path / "lantern.md"), home=fresh_home.path).exit_code == 0
    client, known = desk(fresh_home, tmp_path, contributions=True)
    receipt = sent(client, "/contribute/correction", item="lantern", remark="Another title is printed on it")
    earlier = json.dumps({"kind": "correction", "item": "lantern", "title": "Lantern houses", "field": "", "value": ""})
    with known.people.writing() as connection:  # as versions before kept it
        connection.exec_driver_sql("UPDATE contributions SET content = ?", (earlier,))
    sign_in(client, known)
    pages = (receipt, "/curator/contributions", "/curator/contributions/1")
    for page in pages:
        assert "Lantern houses" in client.get(page).text
    assert fingerpost("withdraw", "lantern", "--reason", "a test", home=fresh_home.path).exit_code == 0
    for page in pages:
        shown = client.get(page).text
        assert "Lantern houses" not in shown
        assert "This item was withdrawn and is no longer shown." in shown


def test_a_correction_as_a_file(home: Home, tmp_path: Path) -> None:
    """One that ``fingerpost edit --apply`` takes."""
    client, known = desk(home, tmp_path)
    typed = {"item": REPORT, "field": "date", "value": "2021-03", "remark": "The cover", "do": "file"}
    answer = client.post("/contribute/correction", data=typed)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="correction-{REPORT}.toml"'
    (told,) = tomllib.loads(answer.text)["correction"]
    assert (told["item"], told["field"], told["value"], told["note"]) == (REPORT, "date", "2021-03", "The cover")
    assert not known.people.exists


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"field": "date", "value": "soon", "remark": "x"}, "is no date"),
        ({"field": "standing", "value": "fine", "remark": "x"}, "use one of"),
        ({"field": "colour", "value": "blue", "remark": "x"}, "Choose one of these"),
        ({"field": "date", "value": "2021"}, "Say how you know"),
        ({"field": "date", "value": "2021", "remark": "x", "page": "-1"}, "A page is a number"),
        ({"field": "date", "value": "2021", "remark": "x", "page": "9" * 5000}, "A page is a number"),
        ({"field": "summary", "value": "x" * 30_000, "remark": "x"}, "too long"),
    ],
)
def test_what_is_wrong_with_a_correction_is_told_at_its_field(
    anybody: tuple[FlaskClient, Knowledge], typed: dict[str, str], told: str
) -> None:
    """By the corrections' own rules; what was typed stays."""
    client, known = anybody
    answer = client.post("/contribute/correction", data={"item": REPORT, "quote": "<kept>", "do": "send", **typed})
    assert answer.status_code == 422
    assert told in answer.text
    assert "&lt;kept&gt;" in answer.text
    assert not known.people.exists


def test_every_sort_of_item_can_be_corrected(anybody: tuple[FlaskClient, Knowledge]) -> None:
    """Passages by theme, statements by kind, practices by field; what is not there has no form."""
    client, known = anybody
    statement = known.catalogue.statements(REPORT)[0].id
    passage = known.catalogue.passages(REPORT)[0].id
    practice = known.catalogue.practices()[0].id
    for item, field, value in (
        (statement, "kind", "lesson"),
        (passage, "tag:guardianship", "yes"),
        (practice, "practice.scope", "local"),
    ):
        page = client.get(f"/contribute/correction?item={item}").text
        assert f'<option value="{field}"' in page
        sent(client, "/contribute/correction", item=item, field=field, value=value, remark="I was there")
    for path in (f"/statements/{statement}", f"/passages/{passage}", f"/practices/{practice}"):
        assert "Suggest a correction" in client.get(path).text
    assert client.get("/contribute/correction?item=nowhere").status_code == 404
    assert client.get("/contribute/correction").status_code == 404


def test_too_much_is_not_taken_and_nothing_is_lost(
    anybody: tuple[FlaskClient, Knowledge], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond the hour's measure the form comes back filled; texts beyond all measure are refused."""
    client, known = anybody
    monkeypatch.setattr(contributions, "AN_HOUR", 1)
    sent(client)
    answer = client.post("/contribute", data={**ANSWERS, "do": "send"})
    assert answer.status_code == 503
    assert "within this hour" in answer.text
    assert "Guardians by telephone" in answer.text
    long = client.post("/contribute", data={**ANSWERS, "cost": "word " * 20_000, "do": "file"})
    assert long.status_code == 422
    assert "This is too long" in long.text
    line = client.post("/contribute", data={**ANSWERS, "title": "word " * 200, "do": "send"})
    assert "This is too long: 1000 characters" in line.text
    sign_in(client, known)
    sent(client)


def test_a_curator_may_send_where_nobody_else_may(home: Home, tmp_path: Path) -> None:
    """Signed in by a token."""
    client, known = desk(home, tmp_path, curator=True)
    assert "Send it to the curators" in client.get("/contribute").text
    sent(client)
    assert contributions.queue(known.people, "received")[1] == 1


def test_only_who_ticked_it_is_named(home: Home, tmp_path: Path) -> None:
    """On the practice's page, once it is accepted; the name can be taken away again."""
    client, known = desk(home, tmp_path, contributions=True)
    practice = known.catalogue.practices()[0].id
    content = contributions.Practice(id=practice, title="x", text="")
    named = contributions.Sender(name="Jo <Doe>", mail="jo@example.org", named=True)
    key = contributions.send(known.people, content, named)
    assert "Contributed by" not in client.get(f"/practices/{practice}").text
    contributions.accept(known.people, 1, None, "Ada")
    page = client.get(f"/practices/{practice}").text
    assert re.search(r"Contributed by (<bdi>)?Jo &lt;Doe&gt;", page)
    assert "jo@example.org" not in page
    client.post(f"/contribute/receipt/{key}", data={"do": "unname"})
    assert "Contributed by" not in client.get(f"/practices/{practice}").text


def test_forms_of_other_sites_are_turned_away(anybody: tuple[FlaskClient, Knowledge]) -> None:
    """Nobody sends in a reader's name."""
    client, known = anybody
    answer = client.post("/contribute", data={**ANSWERS, "do": "send"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert not known.people.exists


def test_what_cannot_be_kept_now_is_told(
    anybody: tuple[FlaskClient, Knowledge], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a backup is put back nobody may write."""
    client, known = anybody
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    with People(Home(tmp_path / "mine")).writing():
        answer = client.post("/contribute", data={**ANSWERS, "do": "send"})
    assert answer.status_code == 503
    assert "nothing was changed. Try again in a few minutes." in answer.text
    assert answer.headers["Retry-After"]
    assert contributions.queue(known.people, "received")[1] == 0


@pytest.mark.parametrize(
    ("public", "origin", "status"),
    [
        ("https://Library.example", "https://library.example", 303),
        ("https://library.example", "https://other.example", 403),
        ("https://library.example", "null", 403),
        ("", "https://library.example", 403),
        ("", "null", 403),
        ("", "http://localhost", 303),
    ],
)
def test_a_proxy_may_ask_by_another_name(home: Home, tmp_path: Path, public: str, origin: str, status: int) -> None:
    """Of browsers that tell only their origin: it may be the name by which the settings say that others come."""
    client, _known = desk(home, tmp_path, contributions=True, public_url=public)
    answer = client.post("/contribute", data={**ANSWERS, "do": "send"}, headers={"Origin": origin})
    assert answer.status_code == status
