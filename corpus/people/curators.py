"""Curators and their tokens.  A token is told once, when it is made; what is kept is its SHA-256.

A token is 256 random bits, so that a plain hash cannot be turned around by guessing, and nobody's guess can be right.
"""

from __future__ import annotations

import hmac
import secrets

from sqlalchemy import insert, select, update

from corpus.errors import UsageError
from corpus.model import Value
from corpus.people import audit
from corpus.people import tables as t
from corpus.people.database import People, now
from corpus.people.keys import hashed

PREFIX = "fpc_"
"""How every token begins, so that programs which look for secrets in files recognise one."""
NAME_MAX = 80
TOKEN_BYTES = 32


class Curator(Value, frozen=True):
    """A named token: when it was made, the last day that it was used, when it was revoked (blank while it holds)."""

    number: int
    name: str
    made: str
    used: str = ""
    revoked: str = ""


def check_name(given: str) -> str:
    """A curator's name in one line.

    Raises:
        UsageError: it is blank, too long or holds what cannot be printed.
    """
    name = " ".join(given.split())
    if not name or len(name) > NAME_MAX or not name.isprintable():
        raise UsageError(f"A curator's name is 1 to {NAME_MAX} printable characters; give one.")
    return name


def add(people: People, name: str, by: str) -> str:
    """Make a token for a curator and return it: it is kept nowhere.  A name may have several."""
    known = check_name(name)
    token = PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
    with people.writing() as connection:
        connection.execute(insert(t.curators), {"name": known, "token_hash": hashed(token), "made": now()})
        audit.note(connection, by, "curator added", known)
    return token


def revoke(people: People, name: str, by: str) -> int:
    """Take every token of a curator back; returns how many held.

    Raises:
        UsageError: nobody of this name has a token that holds.
    """
    known, columns = check_name(name), t.curators.c
    with people.writing() as connection:
        holding = update(t.curators).where(columns.name == known, columns.revoked.is_(None))
        number = connection.execute(holding.values(revoked=now())).rowcount
        if not number:
            raise UsageError(f"No token of {known!r} holds; 'fingerpost curators list' shows the names.")
        audit.note(connection, by, "curator revoked", known)
    return number


def every(people: People) -> tuple[Curator, ...]:
    """Every token that was ever made, the oldest first."""
    with people.reading() as connection:
        rows = connection.execute(select(t.curators).order_by(t.curators.c.id))
        return tuple(
            Curator(number=r.id, name=r.name, made=r.made, used=r.used or "", revoked=r.revoked or "") for r in rows
        )


def name_of(people: People, token: str) -> str | None:
    """The curator whose token this is; None where it is nobody's, or was revoked.  Notes the day of its use."""
    if not people.exists:
        return None
    given, columns = hashed(token), t.curators.c
    with people.reading() as connection:
        rows = connection.execute(select(t.curators).where(columns.revoked.is_(None))).all()
    # All are compared, each in constant time: how long it takes tells nothing of how near a guess was.
    found = [row for row in rows if hmac.compare_digest(row.token_hash, given)]
    if not found:
        return None
    row, today = found[0], now()[:10]
    if row.used != today:
        with people.writing() as connection:
            connection.execute(update(t.curators).where(columns.id == row.id).values(used=today))
    return str(row.name)
