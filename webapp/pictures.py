"""Printed pages as pictures: drawn on request by a process of their own, and kept for the next reader."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from threading import BoundedSemaphore, Lock

import msgspec

from corpus.catalogue import Published
from corpus.home import UNFINISHED, Home
from corpus.messages import Message
from corpus.model import Passage, Statement
from corpus.picture import REFUSED, WIDTHS, PictureJob
from webapp.problems import NotHere, TooBusy
from webapp.reading import words_on

PDF = "pdf"
AT_ONCE = 2
"""Pages that are drawn at the same time; each takes a third of a second of one core."""
PATIENCE_SECONDS = 15
"""How long a reader waits for others' pages."""
MEGABYTE = 1024 * 1024


class Pictures:
    """The pictures of one home; shared by all threads of the web process."""

    def __init__(self, home: Home, catalogue: Published) -> None:
        self._home = home
        self._catalogue = catalogue
        self._turns = BoundedSemaphore(AT_ONCE)
        self._tidying = Lock()

    def are_there(self, doc: str) -> bool:
        """Whether a document's pages can be drawn at all."""
        entry = self._catalogue.entry(doc)
        return entry.media == PDF and self._home.original(entry.content_hash).is_file()

    def job(
        self, doc: str, number: int, quotation: Passage | Statement | None = None, width: int = WIDTHS[1]
    ) -> PictureJob | None:
        """What is asked of the drawing process; None where the page cannot, or may not, be drawn."""
        withheld = self._catalogue.withheld_on(doc, number) if self.are_there(doc) else None
        if withheld is None:
            return None
        entry = self._catalogue.entry(doc)
        return PictureJob(
            path=str(self._home.original(entry.content_hash)),
            content_hash=entry.content_hash,
            number=number,
            width=width,
            marked=words_on(self._catalogue.page(doc, number), quotation) if quotation else (),
            withheld=withheld,
            organisations=self._catalogue.rules().organisations.folded(),
            memory_mb=self._home.settings.child_memory_mb,
        )

    def kept(self, job: PictureJob) -> bytes | None:
        """The picture if it was drawn before."""
        file = self._file(job)
        try:
            data = file.read_bytes()
        except OSError:
            return None
        with contextlib.suppress(OSError):  # what is asked for stays longest
            os.utime(file)
        return data

    def picture(self, job: PictureJob) -> bytes:
        """The picture, drawn if need be.

        Raises:
            NotHere: the page may not be shown or cannot be drawn, with the reason.
            TooBusy: others' pages took too long.
        """
        found = self.kept(job)
        if found is not None:
            return found
        if not self._turns.acquire(timeout=PATIENCE_SECONDS):
            raise TooBusy(
                Message("Many pages are being drawn just now; load this one again in a minute, or read its text.")
            )
        try:
            data = self.kept(job) or self._draw(job)
        finally:
            self._turns.release()
        self._keep(job, data)
        return data

    def _draw(self, job: PictureJob) -> bytes:
        command = [sys.executable, "-m", "ingest.pictures"]
        try:
            done = subprocess.run(
                command,
                input=msgspec.msgpack.encode(job),
                capture_output=True,
                timeout=self._home.settings.picture_seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise NotHere(Message("Drawing this page took too long; read its text instead.")) from error
        if done.returncode == REFUSED:
            raise NotHere(done.stdout.decode())
        if done.returncode:
            raise NotHere(Message("This page cannot be drawn; read its text instead."))
        return done.stdout

    def _file(self, job: PictureJob) -> Path:
        return self._home.pictures_dir / job.key[:2] / f"{job.key}.webp"

    def _keep(self, job: PictureJob, data: bytes) -> None:
        """Keep a picture, whole or not at all; where nothing can be written it is drawn again next time."""
        file = self._file(job)
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=file.parent, prefix=UNFINISHED, delete=False) as part:
                part.write(data)
            Path(part.name).replace(file)
            self._tidy()

    def _tidy(self) -> None:
        """Take away the pictures that were not asked for longest, once all take more than the setting allows."""
        if not self._tidying.acquire(blocking=False):
            return
        try:
            files = [(file, file.stat()) for file in self._home.pictures_dir.glob("*/*") if file.is_file()]
            room = self._home.settings.pictures_mb * MEGABYTE
            for file, stat in sorted(files, key=lambda told: -told[1].st_mtime):
                room -= stat.st_size
                if room < 0:
                    file.unlink(missing_ok=True)
        finally:
            self._tidying.release()
