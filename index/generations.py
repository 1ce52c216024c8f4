"""Generations of the index: built beside, switched at once, read undisturbed.

INDEX/
  current           the name of the generation that is read
  gen-000007/       a whole index; its stamp.json says what it was made with
  gen-000006/       the one before, kept for readers that have just opened it
  .building-…       a build in progress, or what a killed one left behind: the next build goes on with it

An update commits inside the current generation (Whoosh makes a commit visible with one rename).  A changed schema,
analyser or version makes a new generation.  Only the holder of the home's writer's lock may call `build` or `update`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from corpus.errors import IndexMissing
from corpus.home import settle
from index.engine import Engine, Snapshot, Thing

CURRENT = "current"
STAMP = "stamp.json"
_GENERATION = re.compile(r"gen-(\d{6,})")
_UNFINISHED = ".building-"


class Generations:
    """The generations in one folder, made by one engine under one fingerprint."""

    def __init__(self, folder: Path, engine: Engine, fingerprint: str) -> None:
        self.folder = folder
        self.engine = engine
        self.fingerprint = fingerprint

    def current(self) -> Path | None:
        """The generation that is read now, None where there is none."""
        try:
            name = (self.folder / CURRENT).read_text("utf-8").strip()
        except FileNotFoundError:
            return None
        return self.folder / name if _GENERATION.fullmatch(name) else None

    def fits(self, generation: Path) -> bool:
        """Whether a generation was made by this version's schema and analyser."""
        try:
            return bool(json.loads((generation / STAMP).read_text("utf-8"))["fingerprint"] == self.fingerprint)
        except (OSError, ValueError, KeyError, TypeError):
            return False

    def mark(self) -> tuple[str, str] | None:
        """Changes whenever a new `open` would show something else; None where there is no index."""
        generation = self.current()
        return (generation.name, self.engine.commit_mark(generation)) if generation else None

    def open(self) -> Snapshot:
        """The newest commit of the current generation.

        Raises:
            IndexMissing: there is none, or it was made by another version.
        """
        generation = self.current()
        if generation is None:
            raise IndexMissing("There is no index yet; run 'fingerpost rebuild'.")
        if not self.fits(generation):
            raise IndexMissing("The index was made by another version of Fingerpost; run 'fingerpost rebuild'.")
        return self.engine.open(generation)

    def build(
        self, owners: Iterable[str], things_of: Callable[[Iterable[str]], Iterable[Thing]], revision: int
    ) -> Path:
        """A new generation of the owners' things, which becomes the current one when it is whole.

        One of the same revision that was cut off is gone on with: owners whose things it has are not asked for again.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        made_of = json.dumps({"fingerprint": self.fingerprint, "revision": revision})
        unfinished = self._cut_off(made_of)
        self._clean_up(but=unfinished)
        if unfinished is None:
            unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=self.folder))
            unfinished.chmod(0o755)
            write_whole(unfinished / STAMP, made_of)
        there = self.engine.owners_in(unfinished)
        try:
            self.engine.build(unfinished, things_of([o for o in owners if o not in there]), revision)
            generation = self.folder / f"gen-{self._newest() + 1:06d}"
            unfinished.rename(generation)
        except Exception:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        write_whole(self.folder / CURRENT, generation.name)
        self._clean_up()
        return generation

    def give_up(self) -> None:
        """Let the current generation be opened by nobody else: the catalogue that it was made of is no more.

        Who has it open reads on; the next writer makes a new one.
        """
        generation = self.current()
        if generation is not None:
            write_whole(generation / STAMP, "{}")

    def update(self, owners: Iterable[str], things: Iterable[Thing], revision: int) -> None:
        """Change the current generation in one commit."""
        generation = self.current()
        assert generation is not None, "the caller has opened it"
        self._clean_up()
        self.engine.update(generation, owners, things, revision)

    def _numbered(self) -> dict[int, Path]:
        matches = ((_GENERATION.fullmatch(path.name), path) for path in self.folder.iterdir())
        return {int(match[1]): path for match, path in matches if match}

    def _newest(self) -> int:
        return max(self._numbered(), default=0)

    def _cut_off(self, made_of: str) -> Path | None:
        """A build that was cut off, of the same catalogue and by the same version; None where there is none."""
        for path in self.folder.glob(_UNFINISHED + "*"):
            with suppress(OSError):
                if (path / STAMP).read_text("utf-8") == made_of:
                    return path
        return None

    def _clean_up(self, but: Path | None = None) -> None:
        """Take away what killed builds left, and generations that are neither the current one nor the one before it."""
        for path in self.folder.glob(_UNFINISHED + "*"):
            if path != but:
                shutil.rmtree(path, ignore_errors=True)
        current = self.current()
        numbered = self._numbered()
        read = next((number for number, path in numbered.items() if path == current), None)
        before = max((number for number in numbered if read is not None and number < read), default=None)
        for number, path in numbered.items():
            if number not in (read, before):
                shutil.rmtree(path, ignore_errors=True)


def write_whole(path: Path, text: str) -> None:
    """Write a small file so that it is there wholly or not at all, even after a power cut."""
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    part.replace(path)
    settle(path.parent)
