"""The database of what people leave, and the guard of every form."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask, request
from sqlalchemy import insert, select, text

from corpus.errors import CatalogueMismatch
from corpus.home import Home
from corpus.people import People, jobs, restoring
from corpus.people.tables import audit, collections, contributions, curators, metadata
from corpus.people.tables import jobs as table
from webapp import forms


def entry(who: str) -> dict[str, str]:
    return {"at": "2026-01-02T03:04:05+00:00", "who": who, "action": "tried", "item": "x", "detail": ""}


def test_migrations_make_the_tables_that_the_code_names(tmp_path: Path) -> None:
    """Alembic finds no difference between the migrated database and the metadata."""
    people = People(Home(tmp_path))
    assert not people.exists
    with people.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    assert people.exists


def test_a_transaction_that_breaks_keeps_nothing(tmp_path: Path) -> None:
    """What was written before the fault is gone with it."""
    people = People(Home(tmp_path))

    def write() -> None:
        with people.writing() as connection:
            connection.execute(insert(audit), entry("Ada"))
            raise RuntimeError("midway")

    with pytest.raises(RuntimeError, match="midway"):
        write()
    with people.reading() as connection:
        assert connection.execute(select(audit)).all() == []


def test_writers_wait_for_each_other(tmp_path: Path) -> None:
    """Eight threads, each with a database of its own opening at once: every line is kept."""
    home = Home(tmp_path)

    def write(number: int) -> None:
        people = People(home)
        for _ in range(5):
            with people.writing() as connection:
                connection.execute(insert(audit), entry(f"writer {number}"))
        people.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with People(home).reading() as connection:
        assert len(connection.execute(select(audit)).all()) == 40


def test_a_database_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    """The sentence says which file and what to do."""
    home = Home(tmp_path)
    people = People(home)
    with people.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    people.close()
    with pytest.raises(CatalogueMismatch, match=r"people\.db was written by a newer Fingerpost; install that version"):
        People(home).writing().__enter__()


def test_what_was_taken_back_since_a_backup_stays_so(tmp_path: Path) -> None:
    """Of tokens, collections and contributions; what the backup does not have is passed over."""
    old, new = People(Home(tmp_path / "old")), People(Home(tmp_path / "new"))
    sent = {"kind": "practice", "content": {}, "sender": {}, "at": "2026-01-02"}
    for people, state, revoked, content in ((old, "received", None, {"x": 1}), (new, "withdrawn", "2026-02-03", {})):
        with people.writing() as connection:
            connection.execute(insert(contributions), {"key": "k", "state": state, **sent})
            connection.execute(insert(contributions), {"key": "other", "state": "accepted", **sent})
            told = {"name": "Ada", "token_hash": "h", "made": "2026-01-02", "revoked": revoked}
            connection.execute(insert(curators), told)
            kept = {"read_key": "r", "edit_hash": "e", "made": "x", "changed": "x", "revision": 1, "content": content}
            connection.execute(insert(collections), kept)
    with new.writing() as connection:
        connection.execute(insert(curators), {"name": "Bo", "token_hash": "g", "made": "x", "revoked": "y"})
    again = restoring.keep_taken_back(old.path, new.path)
    assert again == restoring.TakenBack(tokens=("Ada",), collections=1, contributions=1)
    with old.reading() as connection:
        states = {row.key: row.state for row in connection.execute(select(contributions))}
        assert states == {"k": "withdrawn", "other": "accepted"}
        assert connection.execute(select(curators.c.revoked)).scalars().all() == ["2026-02-03"]
        assert connection.execute(select(collections.c.content)).scalars().all() == [{}]
    assert restoring.keep_taken_back(old.path, new.path) == restoring.TakenBack()


def test_what_was_done_since_a_backup_is_not_done_again(tmp_path: Path) -> None:
    """A decision that waited when the backup was made could undo a later one; what waits still, and another job that
    has its number by now, wait on."""
    old, new = People(Home(tmp_path / "old")), People(Home(tmp_path / "new"))
    row = {"kind": "decide", "given": {"item": "harbour", "level": "public"}, "who": "Ada", "at": "2026-01-02"}
    began = {"state": "running", "started": "2026-01-03"}
    end = {"started": "2026-01-03", "ended": "2026-01-04", "outcome": "harbour: public."}
    with old.writing() as connection:
        for told in ({"state": "waiting"}, began, {"state": "waiting"}, {"state": "waiting"}):
            connection.execute(insert(table), {**row, **told})
    with new.writing() as connection:
        for told in ({"state": "done", **end}, {"state": "failed", **end}, {"state": "waiting"}):
            connection.execute(insert(table), {**row, **told})
        connection.execute(insert(table), {**row, "at": "2026-02-05", "state": "done", **end})
    restoring.keep_taken_back(old.path, new.path)
    assert [(job.state, job.outcome) for job in reversed(jobs.latest(old)[0])] == [
        ("done", "harbour: public."), ("failed", "harbour: public."), ("waiting", ""), ("waiting", ""),
    ]  # fmt: skip


def test_what_was_deleted_of_a_sender_since_a_backup_stays_deleted(tmp_path: Path) -> None:
    """The backup was made while a contribution waited; it was decided since, or withdrawn with all its words."""
    old, new = People(Home(tmp_path / "old")), People(Home(tmp_path / "new"))
    for people, states in ((old, ("received", "received")), (new, ("declined", "withdrawn"))):
        for key, state in zip("ab", states, strict=True):
            sender = {"mail": "jo@example.org"} if state == "received" else {}
            row = {"key": key, "kind": "practice", "at": "2026-01-02", "sender": sender, "state": state}
            with people.writing() as connection:
                connection.execute(insert(contributions), {**row, "content": {} if state == "withdrawn" else {"x": 1}})
    assert restoring.keep_taken_back(old.path, new.path).contributions == 1
    with old.reading() as connection:
        rows = connection.execute(select(contributions).order_by(contributions.c.key)).all()
    assert [(row.state, row.content, row.sender) for row in rows] == [("declined", {"x": 1}, {}), ("withdrawn", {}, {})]


@pytest.fixture
def form() -> Flask:
    app = Flask(__name__)
    forms.install(app)

    @app.post("/keep")
    def keep() -> object:
        assert request.form is not None  # reading it is what finds it too large
        return forms.see("keep")

    return app


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://localhost"}, 303),
        ({"Origin": "http://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 303),
    ],
)
def test_forms_of_other_sites_are_turned_away(form: Flask, headers: dict[str, str], status: int) -> None:
    """By what the browser says of where they come from."""
    answer = form.test_client().post("/keep", headers=headers)
    assert answer.status_code == status
    if status == 303:
        assert answer.headers["Location"] == "/keep"


def test_a_form_beyond_all_measure_is_refused(form: Flask) -> None:
    """More than a megabyte is no form of ours."""
    assert form.test_client().post("/keep", data={"a": "x" * 2_000_000}).status_code == 413
