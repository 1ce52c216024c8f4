"""What people send in: the queue, its history, and what is deleted when."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import msgspec
import pytest

from corpus.home import Home
from corpus.people import People, contributions, jobs
from corpus.people.contributions import Correction, NotTaken, Practice, Sender

PRACTICE = Practice(id="night-ferry", title="A night ferry", text="---\n…", remark="Our first one")
CORRECTION = Correction(item="harbour", field="publisher", value="Harbour Press", remark="As printed")
SENDER = Sender(name="Jo Doe", mail="jo@example.org")


@pytest.fixture
def people(tmp_path: Path) -> People:
    return People(Home(tmp_path))


def stored(people: People) -> str:
    """Everything that the database's file holds for contributions."""
    with sqlite3.connect(people.path) as connection:
        return str(connection.execute("SELECT * FROM contributions").fetchall())


def test_the_key_opens_what_was_sent_and_is_kept_nowhere(people: People) -> None:
    """Only its hash is."""
    key = contributions.send(people, PRACTICE, SENDER)
    found = contributions.of_key(people, key)
    assert found is not None
    assert (found.content, found.sender, found.state) == (PRACTICE, SENDER, "received")
    assert [event.action for event in found.events] == ["received"]
    assert key not in stored(people)
    assert contributions.of_key(people, f"{key}x") is None


def test_a_sender_withdraws_everything(people: People) -> None:
    """While nobody has decided; only that something was withdrawn stays."""
    key = contributions.send(people, PRACTICE, SENDER)
    assert contributions.withdraw(people, key)
    found = contributions.of_key(people, key)
    assert found is not None
    assert (found.content, found.sender, found.state) == (None, Sender(), "withdrawn")
    assert "Jo Doe" not in stored(people)
    assert "night ferry" not in stored(people)
    assert not contributions.withdraw(people, key)


def test_what_is_deleted_is_gone_from_the_file(people: People) -> None:
    """Not only from the tables: the pages that held it are overwritten."""
    key = contributions.send(people, msgspec.structs.replace(PRACTICE, text="lighthouse " * 4000), SENDER)
    people.close()
    assert people.path.read_bytes().count(b"lighthouse") > 3000
    contributions.withdraw(people, key)
    people.close()
    left = b"".join(file.read_bytes() for file in people.path.parent.glob("people.db*"))
    assert b"lighthouse" not in left
    assert b"jo@example.org" not in left


@pytest.mark.parametrize("accepted", [True, False])
@pytest.mark.parametrize("named", [True, False])
def test_a_decision_deletes_what_a_sender_said_of_himself(people: People, accepted: bool, named: bool) -> None:
    """But the name, where it was ticked and the thing accepted; the address goes in any case."""
    content = msgspec.structs.replace(PRACTICE, remark="Ask me: jo@example.org")
    key = contributions.send(people, content, Sender(name="Jo Doe", mail="jo@example.org", named=named))
    number = contributions.queue(people, "received")[0][0].number
    if accepted:
        assert contributions.accept(people, number, None, "Ada")
    else:
        assert contributions.decline(people, number, "Ada")
    assert "jo@example.org" not in stored(people)
    assert contributions.credit(people, PRACTICE.id) == (("Jo Doe",) if accepted and named else ())
    assert ("Jo Doe" in stored(people)) == (accepted and named)
    contributions.unname(people, key)
    assert contributions.credit(people, PRACTICE.id) == ()


def test_what_follows_is_asked_for_with_the_decision(people: People) -> None:
    """Once, whoever decides first; the history and the job name the curator."""
    contributions.send(people, CORRECTION, Sender())
    number = contributions.queue(people, "received")[0][0].number
    asked = jobs.Correct(item="harbour", field="publisher", value="Harbour Press")
    assert contributions.accept(people, number, asked, "Ada", "Thank you")
    assert not contributions.accept(people, number, asked, "Ben")
    assert not contributions.decline(people, number, "Ben")
    assert [(job.asked, job.who) for job in jobs.open_jobs(people)] == [(asked, "Ada")]
    (found,), total = contributions.queue(people, "accepted")
    assert total == 1
    assert [(event.action, event.who, event.note) for event in found.events] == [
        ("received", contributions.SENDER, ""),
        ("accepted", "Ada", "Thank you"),
    ]


def test_the_queue_is_bounded(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the hour, and by what waits; a curator may still add."""
    monkeypatch.setattr(contributions, "AN_HOUR", 2)
    keys = [contributions.send(people, CORRECTION, Sender()) for _ in range(2)]
    with pytest.raises(NotTaken, match="hour"):
        contributions.send(people, CORRECTION, Sender())
    contributions.send(people, CORRECTION, Sender(), bounded=False)
    monkeypatch.setattr(contributions, "AN_HOUR", 99)
    monkeypatch.setattr(contributions, "WAITING_MOST", 3)
    with pytest.raises(NotTaken, match="waits"):
        contributions.send(people, CORRECTION, Sender())
    contributions.withdraw(people, keys[0])
    contributions.send(people, CORRECTION, Sender())


def test_what_was_declined_goes_after_a_year(people: People) -> None:
    """With its history; what was accepted stays."""
    for _ in range(2):
        contributions.send(people, CORRECTION, Sender())
    contributions.accept(people, 1, None, "Ada")
    contributions.decline(people, 2, "Ada")
    with people.writing() as connection:
        connection.exec_driver_sql("UPDATE contributions SET at = '2020-01-01T00:00:00+00:00'")
    contributions.send(people, CORRECTION, Sender())
    assert contributions.queue(people, "declined")[1] == 0
    assert contributions.queue(people, "accepted")[1] == 1
    with people.reading() as connection:
        actions = connection.exec_driver_sql("SELECT action FROM contribution_events").scalars().all()
    assert sorted(actions) == ["accepted", "received", "received"]
