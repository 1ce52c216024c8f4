"""The curators' pages over a real home: uploading, correcting, deciding, and looking at what was done."""

from __future__ import annotations

import io
import json
import re
import shutil
import threading
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from web_samples import EVIL, keep_evil
from werkzeug.test import TestResponse

from cli.working import Worker
from corpus.catalogue import Catalogue, CatalogueWriter
from corpus.home import Home
from corpus.model import IngestRecord
from corpus.people import People, audit, curators, jobs
from webapp import create_app

DOC = "harbour-evaluation"
NOTE = b"# Lantern houses\n\nA guardian should be appointed for every child within five days of arrival.\n"
PAGES = (
    "/curator", "/curator/upload", "/curator/ingest", "/curator/ingest?status=failed", "/curator/items",
    f"/curator/items/{DOC}", f"/curator/items/{DOC}?field=title", f"/curator/items/{DOC}?field=kind",
    f"/curator/items/{DOC}?inside=passages", "/curator/corrections", "/curator/log", "/curator/jobs",
)  # fmt: skip


@pytest.fixture
def mine(home: Home, tmp_path: Path) -> Home:
    """The small home, for this test alone."""
    shutil.copytree(home.path, tmp_path / "mine")
    return Home(tmp_path / "mine")


@pytest.fixture
def ada(mine: Home) -> FlaskClient:
    return signed_in(mine)


def signed_in(home: Home, **settings: Any) -> FlaskClient:
    client = create_app({"home": home, **settings}).test_client()
    client.post("/curator/sign-in", data={"token": curators.add(People(home), "Ada Bee", "tester")})
    return client


def work(home: Home) -> None:
    Worker(home, threading.Event()).run(once=True)


def upload(client: FlaskClient, *files: tuple[str, bytes], **told: str) -> TestResponse:
    sent = [(io.BytesIO(data), name) for name, data in files]
    return client.post("/curator/upload", data={"file": sent, **told}, content_type="multipart/form-data")


def words(answer: TestResponse) -> str:
    """What a page says, without its marks."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.text.split("<main", 1)[1])))


def waiting(home: Home) -> list[jobs.Asked]:
    return [job.asked for job in jobs.open_jobs(People(home))]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_in_every_language(ada: FlaskClient, path: str) -> None:
    """And none of them is to be kept."""
    for prefix in ("", "/fr", "/ar"):
        answer = ada.get(prefix + path)
        assert answer.status_code == 200, prefix + path
        assert answer.headers["Cache-Control"] == "no-store"
        assert "style=" not in answer.text


def test_an_upload_that_cannot_be_asked_for_leaves_nothing(ada: FlaskClient, mine: Home) -> None:
    """Its files are gone at once, not after a day."""
    with People(mine).writing() as connection:
        connection.exec_driver_sql("CREATE TRIGGER full BEFORE INSERT ON jobs BEGIN SELECT RAISE(ABORT, 'full'); END")
    assert upload(ada, ("a.md", NOTE), ("b.md", NOTE)).status_code == 500
    assert list(mine.inbox_dir.iterdir()) == []


@pytest.mark.slow
def test_an_upload_goes_its_whole_way(ada: FlaskClient, mine: Home) -> None:
    """From the form to a page that readers can open, with what was told of it; the log has it."""
    sent = upload(ada, ("Lantern Houses.md", NOTE), title="The lantern houses", date="2020", organisations="Quay; Pier")
    assert (sent.status_code, sent.headers["Location"]) == (303, "/curator#job-1")
    assert "waiting Read 1 uploaded file: Lantern Houses.md" in words(ada.get("/curator"))
    work(mine)
    assert "done Read 1 uploaded file: Lantern Houses.md" in words(ada.get("/curator"))
    assert "The lantern houses" in create_app(mine).test_client().get("/documents/lantern-houses").text
    assert "Ada Bee uploaded lantern-houses" in words(ada.get("/curator/log?who=Ada+Bee"))
    assert "upload:1.1/Lantern Houses.md" in words(ada.get("/curator/ingest?q=lantern"))
    assert list(mine.inbox_dir.iterdir()) == []


@pytest.mark.slow
def test_each_file_of_an_upload_tells_what_became_of_it(ada: FlaskClient, mine: Home) -> None:
    """Its document, its reason, or that it was here already; the log names of a document only its own file."""
    upload(ada, ("Lantern Houses.md", NOTE), ("empty.pdf", b""), ("Copy.md", NOTE))
    work(mine)
    for page in ("/curator", "/curator/jobs"):
        told = words(ada.get(page))
        assert "partly Read 3 uploaded files" in told
        assert "read Lantern Houses.md → lantern-houses" in told
        assert "already here Copy.md → lantern-houses" in told
        assert re.search(r"failed empty.pdf : \w", told)
    assert "already here upload:1.3/Copy.md" in words(ada.get("/curator/ingest"))
    (last, first, *_), _total = audit.entries(People(mine))
    assert (first.item, first.detail) == ("lantern-houses", "Lantern Houses.md")
    assert (last.item, last.detail) == ("lantern-houses", "Copy.md; the same bytes as lantern-houses")
    upload(ada, ("broken.pdf", b""))
    work(mine)
    assert "failed Read 1 uploaded file: broken.pdf" in words(ada.get("/curator"))


@pytest.mark.parametrize(
    ("files", "told", "sentence"),
    [
        ((), {}, "Choose at least one file."),
        ((("", b""),), {}, "Choose at least one file."),
        ((("a.md", NOTE), ("b.md", NOTE)), {"as_id": "both"}, "choose one file"),
        ((("a.md", NOTE),), {"as_id": "../up"}, "lower-case letters"),
        ((("a.md", NOTE),), {"date": "yesterday"}, "is no date"),
        ((("a.md", NOTE),), {"url": "javascript:alert(1)"}, "url"),
    ],
)
def test_what_does_not_fit_is_said_at_once(
    ada: FlaskClient, mine: Home, files: tuple[tuple[str, bytes], ...], told: dict[str, str], sentence: str
) -> None:
    """Nothing waits then and nothing is left in the inbox; what was typed is still there."""
    answer = upload(ada, *files, **told)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert all(f'value="{value}"' in answer.text for value in told.values() if ":" not in value)
    assert not waiting(mine)
    assert not (mine.inbox_dir.is_dir() and list(mine.inbox_dir.iterdir()))


def test_a_file_that_is_too_large_is_refused_while_it_comes(mine: Home) -> None:
    """With those that came before it; the largest that is allowed passes."""
    client = signed_in(mine, max_file_mb=1)
    answer = upload(client, ("a.md", NOTE), ("big.txt", b"x" * (1024 * 1024 + 1)))
    assert answer.status_code == 413
    assert "larger than 1 MB" in words(answer)
    assert list(mine.inbox_dir.iterdir()) == []
    assert upload(client, ("just.txt", b"x" * (1024 * 1024))).status_code == 303


def test_too_many_files_come_as_an_archive(ada: FlaskClient, mine: Home) -> None:
    """A hundred are enough for a form."""
    answer = upload(ada, *((f"{n}.md", NOTE) for n in range(101)))
    assert answer.status_code == 422
    assert "ZIP" in words(answer)
    assert list(mine.inbox_dir.iterdir()) == []


def test_hostile_names_are_shown_as_words(shared: Path, ada: FlaskClient, mine: Home) -> None:
    """All of them in one form: the inbox holds only names of ours, the page no markup of theirs."""
    names = json.loads((shared / "library/hostile/upload-names.json").read_text())["names"]
    sent = [name.replace("\x00", "").replace("\n", " ") for name in names]  # what a form can hold at all
    assert upload(ada, *((name, NOTE) for name in sent)).status_code == 303
    assert all(re.fullmatch("[0-9a-f]{32}", path.name) for path in mine.inbox_dir.iterdir())
    (asked,) = waiting(mine)
    assert isinstance(asked, jobs.Ingest)
    kept = [file.name for file in asked.files]
    assert len(kept) == len(names)
    assert not any("/" in name or "\\" in name or not name.isprintable() or len(name) > 200 for name in kept)
    assert "<img src=x" not in ada.get("/curator/jobs").text


@pytest.mark.slow
def test_an_archive_s_members_come_in(ada: FlaskClient, mine: Home) -> None:
    """Each with a record of its own."""
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("one.md", NOTE)
        archive.writestr("deep/two.md", NOTE + b"\nMore.\n")
    upload(ada, ("both.zip", packed.getvalue()))
    work(mine)
    with Catalogue(mine.catalogue_url) as catalogue:
        assert {"one", "two"} <= set(catalogue.document_ids())


@pytest.mark.slow
def test_a_field_is_corrected_and_its_history_told(ada: FlaskClient, mine: Home) -> None:
    """Who, when, from what to what, why; then taken back."""
    place = f"/curator/items/{DOC}"
    for title in ("Harbour, once", "Harbour, twice"):
        sent = ada.post(place, data={"field": "title", "value": title, "note": "from the cover"})
        assert (sent.status_code, sent.headers["Location"]) == (303, f"{place}#jobs")
    before = words(ada.get(place))
    assert "waiting Correct harbour-evaluation" in before
    assert "Look again" in before
    work(mine)
    page = words(ada.get(place))
    assert "Look again" not in page
    assert "Harbour, twice corrected by Ada Bee on" in page
    assert "Harbour, once → Harbour, twice" in page
    listed = words(ada.get("/curator/corrections?who=Ada+Bee"))
    assert "Harbour Programme: Final Evaluation Harbour, once (replaced since) from the cover" in listed
    ada.post(place, data={"field": "title", "value": "", "do": "undo"})
    work(mine)
    assert "Harbour, twice → Harbour Programme: Final Evaluation (taken back)" in words(ada.get(place))
    assert "Harbour Programme: Final Evaluation" in ada.get(f"/documents/{DOC}").text


@pytest.mark.slow
def test_passages_and_statements_are_corrected(ada: FlaskClient, mine: Home) -> None:
    """A theme is added, a voice put right, a statement that was missed told by its words."""
    with Catalogue(mine.catalogue_url) as catalogue:
        passage, statement = catalogue.passages(DOC)[1], catalogue.statements(DOC)[0]
        count = len(catalogue.statements(DOC))
    missed = next(s for s in re.split(r"(?<=[.]) ", passage.text) if 60 < len(s) < 200 and s != statement.text)
    ada.post(f"/curator/items/{passage.id}", data={"field": "tag:", "concept": "child-labour", "value": "yes"})
    ada.post(f"/curator/items/{statement.id}", data={"field": "voice", "value": "partner-authority"})
    ada.post(f"/curator/items/{DOC}", data={"field": "kind", "value": "lesson", "quote": missed})
    work(mine)
    with Catalogue(mine.catalogue_url) as catalogue:
        assert "child-labour" in catalogue.passage(passage.id).concepts()
        assert catalogue.statement(statement.id).voice == "partner-authority"
        texts = {one.text: one.kind for one in catalogue.statements(DOC)}
    assert texts.get(missed) == "lesson", (missed, count)
    assert "Child labour" in words(ada.get(f"/curator/items/{passage.id}"))


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [("date", "no day", "is no date"), ("nothing", "x", "has no field"), ("title", "[withheld] x", "withheld"),
     ("kind", "lesson", "Quote the words")],
)  # fmt: skip
def test_a_wrong_value_is_said_at_once(ada: FlaskClient, mine: Home, field: str, value: str, sentence: str) -> None:
    """On the page, with what was typed."""
    answer = ada.post(f"/curator/items/{DOC}", data={"field": field, "value": value})
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not waiting(mine)


@pytest.mark.slow
def test_what_is_withdrawn_is_gone_and_can_be_given_back(ada: FlaskClient, mine: Home) -> None:
    """A reason is needed; the curators' page then shows the decision and not the words."""
    with Catalogue(mine.catalogue_url) as catalogue:
        passage = catalogue.passages(DOC)[1]
    place = f"/curator/items/{passage.id}"
    assert ada.post(f"{place}/shown", data={"level": "withdrawn", "reason": " "}).status_code == 422
    assert ada.post(f"{place}/shown", data={"level": "secret", "reason": "x"}).status_code == 422
    ada.post(f"{place}/shown", data={"level": "withdrawn", "reason": "names a child"})
    work(mine)
    assert ada.get(f"/passages/{passage.id}").status_code == 410
    page = words(ada.get(place))
    assert "Withdrawn" in page
    assert "names a child" in page
    assert passage.text[:60] not in page
    ada.post(f"{place}/shown", data={"level": "public", "reason": ""})
    work(mine)
    assert ada.get(f"/passages/{passage.id}").status_code == 200
    assert passage.text[:60] in words(ada.get(place))


@pytest.mark.slow
def test_a_document_is_removed_with_a_reason(ada: FlaskClient, mine: Home) -> None:
    """Its address says so, the curators' page too, and the log says why."""
    assert ada.post(f"/curator/items/{DOC}/remove", data={"reason": ""}).status_code == 422
    ada.post(f"/curator/items/{DOC}/remove", data={"reason": "a double"})
    work(mine)
    assert ada.get(f"/documents/{DOC}").status_code == 410
    assert "It was removed" in words(ada.get(f"/curator/items/{DOC}"))
    assert "removed harbour-evaluation a double" in words(ada.get(f"/curator/log?item={DOC}"))


@pytest.mark.parametrize(
    "given",
    [DOC, f"/documents/{DOC}", f"https://x.example/fr/documents/{DOC}/pages/3?passage=a#quoted", f" {DOC} "],
)
def test_an_item_is_found_by_its_address(ada: FlaskClient, given: str) -> None:
    """As it stands in the browser; what is none is said."""
    answer = ada.get("/curator/items", query_string={"id": given})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/curator/items/{DOC}")
    assert "Nothing here has this id" in words(ada.get("/curator/items?id=//elsewhere.example/x"))


@pytest.mark.slow
def test_a_failure_is_listed_with_its_reason_and_tried_again(ada: FlaskClient, mine: Home, tmp_path: Path) -> None:
    """Only what failed, by the name in its record; a path that a browser sends is never opened."""

    late = tmp_path / "late.md"
    late.write_bytes(NOTE)
    record = IngestRecord(input=str(late), status="failed", stage="open", reason="It was empty.", doc="late")
    with CatalogueWriter(mine.catalogue_url) as writer:
        writer.finish(writer.begin(record), record)
    page = ada.get("/curator/ingest?status=failed")
    assert "open: It was empty." in words(page)
    assert "1 file could not be read" in words(ada.get("/curator"))
    assert ada.post("/curator/ingest", data={"input": "/etc/passwd"}).status_code == 400
    assert ada.post("/curator/ingest", data={"input": str(late)}).status_code == 303
    assert "Waits to be read again." in words(ada.get("/curator/ingest?status=failed"))
    work(mine)
    assert "There is none." in words(ada.get("/curator/ingest?status=failed"))
    assert ada.get("/documents/late").status_code == 200


@pytest.mark.slow
def test_a_job_is_taken_back_from_the_page(ada: FlaskClient, mine: Home) -> None:
    """While it waits."""
    ada.post(f"/curator/items/{DOC}", data={"field": "date", "value": "1999"})
    assert ada.post("/curator/jobs/1").headers["Location"] == "/curator#job-1"
    work(mine)
    assert "1999" not in words(ada.get(f"/documents/{DOC}"))
    assert "Taken back by Ada Bee" in words(ada.get("/curator/jobs"))


def test_lists_have_pages(ada: FlaskClient, mine: Home) -> None:
    """Fifty entries on each; beyond the end is the last."""
    people = People(mine)
    for n in range(60):
        audit.told(people, "Cy Dee", "corrected", DOC, f"number {n}")
    first, last = (words(ada.get(f"/curator/log?who=Cy+Dee&page={page}")) for page in (1, 9))
    assert "number 59" in first
    assert "number 9 " not in first
    assert "number 0 " in last
    assert "Page 2 of 2" in last


def test_who_tries_tokens_is_slowed_down(mine: Home) -> None:
    """After ten tries in a minute with 429 and how long to wait; another client is not."""
    client = create_app(mine).test_client()
    token = curators.add(People(mine), "Cy Dee", "tester")
    tried = [client.post("/curator/sign-in", data={"token": f"fpc_{n}"}).status_code for n in range(11)]
    assert tried == [403] * 10 + [429]
    right = client.post("/curator/sign-in", data={"token": token})
    assert right.status_code == 429
    assert int(right.headers["Retry-After"]) > 0
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.post("/curator/sign-in", data={"token": token}, environ_base=elsewhere).status_code == 303


def test_what_documents_and_people_wrote_is_never_markup(mine: Home) -> None:
    """A document that tries to break out, a job, a record, a log and a curator that do."""
    keep_evil(mine)
    people = People(mine)
    jobs.ask(people, jobs.Correct(item="evil", field="title", value=EVIL, note=EVIL), EVIL)
    audit.told(people, EVIL, EVIL, EVIL, EVIL)
    record = IngestRecord(input=EVIL, status="failed", stage=EVIL, reason=EVIL, warnings=(EVIL,), tools=EVIL)
    with CatalogueWriter(mine.catalogue_url) as writer:
        writer.finish(writer.begin(record), record)
    client = signed_in(mine)
    items = ("evil", "evil.p0123456789ab", "evil.s0123456789ab")
    asked = {
        "/curator/items": {"id": EVIL},
        "/curator/log": {"who": EVIL, "item": EVIL},
        "/curator/ingest": {"q": EVIL},
    }
    for path in (*PAGES, *(f"/curator/items/{item}?field=summary" for item in items), *asked):
        page = client.get(path, query_string=asked.get(path)).text
        assert "<script>alert" not in page, path
        assert "<img" not in page, path
        assert 'href="javascript:' not in page, path
    assert "&lt;script&gt;" in client.get("/curator/items/evil").text


def test_a_curator_is_led_from_what_is_read_to_where_it_is_corrected(ada: FlaskClient, mine: Home) -> None:
    """From every page of an item; such a page is theirs alone; readers get the same bytes as ever."""
    with Catalogue(mine.catalogue_url) as catalogue:
        passage, statement = catalogue.passages(DOC)[0].id, catalogue.statements(DOC)[0]
        practice = catalogue.practice_ids()[0]
    read = {
        f"/documents/{DOC}": DOC,
        f"/documents/{DOC}/pages/1": DOC,
        f"/documents/{DOC}/pages/1?passage={passage}": passage,
        f"/documents/{DOC}/text": DOC,
        f"/passages/{passage}": passage,
        f"/statements/{statement.id}": statement.id,
        f"/practices/{practice}": practice,
    }
    reader, false = create_app(mine).test_client(), create_app(mine).test_client()
    false.set_cookie("curator", "fpc_nobody")
    for address, item in read.items():
        told, plain, other = ada.get(address), reader.get(address), false.get(address)
        assert f'href="/curator/items/{item}"' in told.text, address
        assert told.headers["Cache-Control"] == "private, no-cache"
        assert "Cookie" in told.headers["Vary"]
        assert told.headers["ETag"] != plain.headers["ETag"]
        assert "/curator/items" not in plain.text
        assert plain.headers["Cache-Control"] == "no-cache"
        assert "Cookie" not in plain.headers.get("Vary", "")
        assert (other.data, other.headers["ETag"]) == (plain.data, plain.headers["ETag"])
        kept = {"If-None-Match": plain.headers["ETag"]}
        assert (reader.get(address, headers=kept).status_code, ada.get(address, headers=kept).status_code) == (304, 200)
    where = f"/documents/{DOC}/pages/{statement.span.page}?passage={statement.id}"
    assert where in ada.get(f"/curator/items/{statement.id}").text
