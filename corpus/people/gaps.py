"""Searches that found nothing or little: the gaps to fill next, kept without any trace of who asked.

Kept are the question's words (folded, at most QUESTION_MAX characters), the day, whether nothing or little was found,
and how many times.  A question that could hold somebody's data (an address, a telephone number, a long number) is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from sqlalchemy import delete, func, select, true
from sqlalchemy.dialects.sqlite import insert

from corpus import privacy
from corpus.ids import fold
from corpus.model import Value
from corpus.people import audit
from corpus.people.curators import check_name
from corpus.people.database import People
from corpus.people.tables import unanswered

Found = Literal["nothing", "little"]

QUESTION_MAX = 300
"""Characters of a question that are kept."""
KEPT_DAYS = 365
"""An entry goes after a year: a gap that nobody asked for since is none any more."""
MOST = 20_000
"""Entries at most, so that nobody fills the disk with made-up questions; new ones are left out until old ones go."""

_TELLING = re.compile(r"@|\d{6}|\d(?:[\W_]{0,2}\d){8}")
"""What may be an address, an account or somebody's number: six digits together, or nine with signs between them."""


class Gap(Value, frozen=True):
    """A question that was asked in vain: how often nothing and how often little was found, and on which days."""

    question: str
    nothing: int
    little: int
    first: str
    last: str

    @property
    def times(self) -> int:
        return self.nothing + self.little


def keepable(question: str) -> str:
    """A question as it is kept; blank where it must not be, or holds no word."""
    if _TELLING.search(question) or privacy.find(question):
        return ""
    return fold(question)[:QUESTION_MAX].strip()


def note(people: People, question: str, found: Found, today: date | None = None) -> bool:
    """Count a question that found nothing or little; returns whether it is kept.

    Raises as `People` does.
    """
    kept = keepable(question)
    if not kept:
        return False
    day = today or datetime.now(UTC).date()
    with people.writing() as connection:
        if connection.execute(select(func.count()).select_from(unanswered)).scalar_one() >= MOST:
            connection.execute(delete(unanswered).where(unanswered.c.day < _oldest(day)))
            if connection.execute(select(func.count()).select_from(unanswered)).scalar_one() >= MOST:
                return False
        new = insert(unanswered).values(question=kept, day=day.isoformat(), found=found, times=1)
        connection.execute(
            new.on_conflict_do_update(
                index_elements=["question", "day", "found"], set_={"times": unanswered.c.times + 1}
            )
        )
    return True


def gaps(people: People, today: date | None = None) -> tuple[Gap, ...]:
    """The questions of the last year, those asked most often first; what is older is forgotten here."""
    if not people.exists:
        return ()
    day = today or datetime.now(UTC).date()
    with people.writing() as connection:
        connection.execute(delete(unanswered).where(unanswered.c.day < _oldest(day)))
        rows = connection.execute(select(unanswered).order_by(unanswered.c.question)).all()
    gathered: dict[str, Gap] = {}
    for row in rows:
        so_far = gathered.get(row.question)
        counts = {"nothing": so_far.nothing if so_far else 0, "little": so_far.little if so_far else 0}
        counts[row.found] += row.times
        days = [row.day, *([so_far.first, so_far.last] if so_far else [])]
        gathered[row.question] = Gap(question=row.question, first=min(days), last=max(days), **counts)
    return tuple(sorted(gathered.values(), key=lambda gap: (-gap.times, gap.question)))


def forget(people: People, who: str, questions: Iterable[str] | None = None) -> int:
    """Forget these questions, or all of them; returns how many went.  Asked in vain again, one comes back.

    The audit log is told how many they were, never which.
    """
    if not people.exists:
        return 0
    name = check_name(who)
    chosen = true() if questions is None else unanswered.c.question.in_(list(questions))
    with people.writing() as connection:
        count = select(func.count(unanswered.c.question.distinct())).where(chosen)
        number: int = connection.execute(count).scalar_one()
        connection.execute(delete(unanswered).where(chosen))
        audit.note(connection, name, "gaps forgotten", detail=str(number))
    return number


def _oldest(day: date) -> str:
    return (day - timedelta(days=KEPT_DAYS)).isoformat()
