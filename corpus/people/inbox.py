"""Uploads on their way to the writer: files in the home's ``inbox/`` under random names, gone when their job ends."""

from __future__ import annotations

import secrets
import time
from pathlib import Path
from typing import IO, NoReturn

from corpus.errors import UsageError
from corpus.people import jobs
from corpus.people.database import People

MEGABYTE = 1024 * 1024
ABANDONED_SECONDS = 86_400
"""A file that no job speaks of after a day was left by a process that was killed while it took an upload in."""


class TooLarge(UsageError):
    """An upload is larger than a file may be."""


class Incoming:
    """A file that is being taken in: written under a random name, refused beyond ``most`` bytes."""

    def __init__(self, folder: Path, most: int) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        self.stored = secrets.token_hex(16)
        self.size = 0
        self._path = folder / self.stored
        self._most = most
        self._file: IO[bytes] = self._path.open("xb")

    def write(self, data: bytes) -> int:
        self.size += len(data)
        if self.size > self._most:
            self.refuse()
        return self._file.write(data)

    def refuse(self) -> NoReturn:
        self.drop()
        raise TooLarge(f"A file is larger than {self._most // MEGABYTE} MB; split it.")

    def seek(self, offset: int, whence: int = 0) -> int:
        """Called by the parser of the form at the file's end; what was written is then there for others."""
        self._file.flush()
        return self._file.seek(offset, whence)

    def close(self) -> None:
        self._file.close()

    def drop(self) -> None:
        """Take the file away again."""
        self._file.close()
        self._path.unlink(missing_ok=True)


def clear(folder: Path, asked: jobs.Asked) -> None:
    """Take away the files of a job that has ended, whatever became of them."""
    for file in asked.files if isinstance(asked, jobs.Ingest) else ():
        (folder / file.stored).unlink(missing_ok=True)


def tidy(folder: Path, people: People) -> None:
    """Take away what no waiting job speaks of, once it is old enough not to be on its way in."""
    if not folder.is_dir():
        return
    wanted = {
        file.stored for job in jobs.open_jobs(people) if isinstance(job.asked, jobs.Ingest) for file in job.asked.files
    }
    for path in folder.iterdir():
        if path.name not in wanted and path.is_file() and time.time() - path.stat().st_mtime > ABANDONED_SECONDS:
            path.unlink(missing_ok=True)
