"""Where a knowledge base lives on disk, and the lock that lets one process write to it.

HOME/
  catalogue.db      the truth (SQLite)
  originals/ab/…    the files as they came, by SHA-256
  index/            disposable: rebuilt from the catalogue
  meanings.db       disposable: texts as vectors, worked out anew where it is gone
  pictures/         disposable: pages as they are printed, drawn when somebody asks
  people.db         what people leave: curators, jobs, reviews, collections, contributions
  inbox/            uploads that wait for the writer
  settings.toml     optional
  writer.lock       held while a process writes
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import filelock
import platformdirs

from corpus import settings
from corpus.errors import UsageError, WriterBusy

HOME_VARIABLE = "FINGERPOST_HOME"

UNFINISHED = ".part-"
"""How the names of what is only for the time being begin; a killed process leaves such files and folders behind."""


class Home:
    """One knowledge base's folder; made on first use."""

    def __init__(self, path: Path) -> None:
        self.path = path.expanduser().resolve()
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(
                f"The home {self.path} cannot be made ({error.strerror}); name another folder with --home."
            ) from error
        self.settings = settings.load(self.path)

    @classmethod
    def find(cls, given: str | Path | None = None) -> Home:
        """The home that was given, else ``FINGERPOST_HOME``, else the platform's data folder."""
        return cls(_chosen(given))

    @classmethod
    def existing(cls, given: str | Path | None = None) -> Home:
        """The home as `find` finds it, for who only reads: a mistyped folder is refused, not made.

        Raises:
            UsageError: there is no such folder.
        """
        path = _chosen(given).expanduser()
        if not path.is_dir():
            raise UsageError(
                f"There is no knowledge base in {path}; name its folder with --home, or make one there with "
                "'fingerpost init'."
            )
        return cls(path)

    @property
    def catalogue_url(self) -> str:
        """The catalogue's database as a URL: the setting's, else SQLite in the home."""
        return self.settings.catalogue_url or _sqlite(self.path / "catalogue.db")

    @property
    def people_url(self) -> str:
        """The database of what people leave, as a URL; SQLite in the home wherever the catalogue is."""
        return _sqlite(self.people_file)

    @property
    def people_file(self) -> Path:
        return self.path / "people.db"

    @property
    def inbox_dir(self) -> Path:
        return self.path / "inbox"

    @property
    def index_dir(self) -> Path:
        return self.path / "index"

    @property
    def meanings_file(self) -> Path:
        return self.path / "meanings.db"

    @property
    def pictures_dir(self) -> Path:
        return self.path / "pictures"

    @property
    def originals_dir(self) -> Path:
        return self.path / "originals"

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the writer's lock.

        Raises:
            WriterBusy: another process holds it.  The system frees it when that process ends, however it ends.
            UsageError: nobody may write in this folder.
        """
        file = self.path / "writer.lock"
        lock = filelock.FileLock(file, timeout=0)
        try:
            file.touch()  # the lock would take a folder that cannot be written for one that is in use
            lock.acquire()
        except filelock.Timeout as error:
            raise WriterBusy(
                f"Another process is writing to {self.path}; wait until it has ended, then run the command again."
            ) from error
        except OSError as error:
            raise UsageError(
                f"Nothing can be written in the home {self.path} ({error.strerror}); name another with --home."
            ) from error
        try:
            self._tidy()
            yield
        finally:
            self._tidy()
            lock.release()

    def is_being_written(self) -> bool:
        """Whether a process holds the writer's lock now."""
        lock = filelock.FileLock(self.path / "writer.lock", timeout=0)
        try:
            with lock:
                return False
        except filelock.Timeout:
            return True
        except OSError:  # nobody may write here at all
            return False

    def _tidy(self) -> None:
        """Take away what was only for the time being, also what a killed process had not finished writing."""
        for part in self.originals_dir.glob(f"{UNFINISHED}*"):
            part.unlink()
        for folder in self.path.glob(f"{UNFINISHED}*"):
            shutil.rmtree(folder, ignore_errors=True)

    def workspace(self) -> Path:
        """A new, empty folder for unpacked and fetched files; it goes when the writer's lock is freed."""
        return Path(tempfile.mkdtemp(dir=self.path, prefix=UNFINISHED))

    def original(self, content_hash: str) -> Path:
        """Where the original with this SHA-256 is kept."""
        return self.originals_dir / content_hash[:2] / content_hash

    def keep_original(self, data: bytes) -> str:
        """Keep a file's bytes under their SHA-256, whole or not at all, and return the hash."""
        content_hash = hashlib.sha256(data).hexdigest()
        target = self.original(content_hash)
        if target.is_file():
            return content_hash
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self.originals_dir, prefix=UNFINISHED, delete=False) as part:
            part.write(data)
            part.flush()
            os.fsync(part.fileno())
        Path(part.name).replace(target)
        settle(target.parent)
        return content_hash


def _chosen(given: str | Path | None) -> Path:
    return Path(given or os.environ.get(HOME_VARIABLE) or platformdirs.user_data_dir("fingerpost"))


def _sqlite(file: Path) -> str:
    return f"sqlite:///{quote(str(file))}"


def settle(folder: Path) -> None:
    """Bring a folder's names to the disk, so that the catalogue never outlives a power cut that its original did not.

    Systems that cannot open a folder (Windows) keep their names in a journal of their own.
    """
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
