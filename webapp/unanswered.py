"""Searches that found nothing or little, counted beside the request: nobody waits for it, and no search fails by it."""

from __future__ import annotations

import logging
from queue import Empty, Full, Queue
from threading import Lock, Thread

from sqlalchemy.exc import SQLAlchemyError

from corpus.errors import FingerpostError
from corpus.people import People, gaps
from index.answer import Answer, Request

LOG = logging.getLogger(__name__)
WAITING_MOST = 200
"""Questions that wait to be counted; while the database cannot keep up, further ones are left out."""
IDLE_SECONDS = 5.0
"""After so long without a question the thread that counts them ends; the next one begins another."""


class Unanswered:
    """Counts the questions of one application that were asked in vain."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._waiting: Queue[tuple[str, gaps.Found]] = Queue(WAITING_MOST)
        self._lock = Lock()
        self._works = False

    def note(self, request: Request, answer: Answer) -> None:
        """Count a question that was put to the whole library and found nothing, or nothing but weak matches.

        Filters, later pages and the narrower views say little of what is missing: they are left out.
        """
        plain = request.what == "passages" and not (request.filters or request.like or request.offset)
        if not (plain and request.limit and request.text.strip() and answer.weak):
            return
        try:
            self._waiting.put_nowait((request.text, "little" if answer.total else "nothing"))
        except Full:
            return
        with self._lock:
            if not self._works:
                self._works = True
                Thread(target=self._count, name="unanswered", daemon=True).start()

    def settle(self) -> None:
        """Wait until everything is counted."""
        self._waiting.join()

    def _count(self) -> None:
        while True:
            try:
                question, found = self._waiting.get(timeout=IDLE_SECONDS)
            except Empty:
                with self._lock:
                    if self._waiting.empty():
                        self._works = False
                        return
                continue
            try:
                gaps.note(self._people, question, found)
            except (FingerpostError, SQLAlchemyError, OSError) as error:
                # Never the question itself: a log has times.
                LOG.warning("A search that found nothing could not be counted: %s", type(error).__name__)
            finally:
                self._waiting.task_done()
