"""Building, updating and switching the index: wholly old or wholly new, and readers go on undisturbed."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import whoosh.index
from shelf import IndexPlace, Shelf, passages_of

from corpus.errors import IndexMissing, WriterBusy
from corpus.model import Bibliography
from index.answer import WHATS, Request
from index.dense import MEANING
from index.generations import CURRENT, STAMP
from index.library import Library, bring_up_to_date, generations_of, rebuild
from index.whoosh_engine import arrays, writer

pytestmark = pytest.mark.slow

WORDS = "anchor basin cable dock engine ferry gangway hull island jetty keel lamp".split()  # noqa: SIM905


def report(doc: str, seed: int, count: int = 6) -> tuple[Bibliography, tuple[object, ...]]:
    chance = random.Random(f"{doc} {seed}")
    texts = dict.fromkeys(" ".join(chance.choices(WORDS, k=chance.randint(5, 30))) for _ in range(count))
    card = Bibliography(id=doc, title=f"Report {doc}", date=str(2000 + seed), language=chance.choice(["en", "fr"]))
    return card, passages_of(doc, *texts, language=card.language)


def put(shelf: Shelf, doc: str, seed: int, count: int = 6) -> None:
    card, passages = report(doc, seed, count)
    shelf.put(card, passages)  # type: ignore[arg-type]


def answers(place: IndexPlace, shelf: Shelf) -> list[object]:
    library = Library(place, shelf)
    queries = ["anchor", "basin cable", '"dock engine"', "ferry -hull", "", "year:2003 keel", "title:report island"]
    return [library.search(Request(text=q, what=what, limit=100)) for q in queries for what in WHATS]


def test_an_updated_index_answers_exactly_as_a_rebuilt_one(tmp_path: Path) -> None:
    """After adds, changes and removals in many commits: the same hits, scores, order and counts as from scratch."""
    chance = random.Random(4)
    shelf = Shelf()
    updated, rebuilt = IndexPlace(tmp_path / "updated"), IndexPlace(tmp_path / "rebuilt")
    rebuild(updated, shelf)
    for step in range(25):
        doc = f"d{chance.randint(0, 9)}"
        if chance.random() < 0.25:
            shelf.remove(doc)
        else:
            put(shelf, doc, step)
        assert bring_up_to_date(updated, shelf).done == "updated"
    rebuild(rebuilt, shelf)
    assert answers(updated, shelf) == answers(rebuilt, shelf)


def test_nothing_is_done_when_nothing_changed(tmp_path: Path) -> None:
    shelf, place = Shelf(), IndexPlace(tmp_path)
    put(shelf, "one", 1)
    assert bring_up_to_date(place, shelf).done == "rebuilt"
    again = bring_up_to_date(place, shelf)
    assert (again.done, again.revision, again.things["documents"]) == ("nothing", shelf.revision(), 1)


def test_an_open_library_sees_updates_and_new_generations(tmp_path: Path) -> None:
    shelf, place = Shelf(), IndexPlace(tmp_path)
    put(shelf, "one", 1)
    bring_up_to_date(place, shelf)
    library = Library(place, shelf)
    assert library.search(Request(what="documents")).total == 1
    put(shelf, "two", 2)
    bring_up_to_date(place, shelf)
    assert library.search(Request(what="documents")).total == 2
    put(shelf, "three", 3)
    rebuild(place, shelf)
    assert library.search(Request(what="documents")).total == 3


def test_a_reader_goes_on_undisturbed(tmp_path: Path) -> None:
    """A snapshot that is open answers the same after ten commits and three new generations."""
    shelf, place = Shelf(), IndexPlace(tmp_path)
    for number in range(5):
        put(shelf, f"d{number}", number)
    bring_up_to_date(place, shelf)
    snapshot = generations_of(place).open()
    from index.engine import Question, Wanted

    before = snapshot.search(Question(wanted=(Wanted(words=("anchor",)),), limit=50))
    for step in range(10):
        put(shelf, f"d{step % 5}", 100 + step)
        bring_up_to_date(place, shelf)
        if step % 3 == 0:
            rebuild(place, shelf)
    assert snapshot.search(Question(wanted=(Wanted(words=("anchor",)),), limit=50)) == before
    fresh = Question(wanted=(Wanted(words=("basin",)),), limit=50, facets=True)
    assert snapshot.search(fresh).total > 0  # lists that it had not read before the switches are still there


@pytest.mark.slow
@pytest.mark.parametrize("harm", ["fingerprint", "no stamp", "broken segment", "no toc", "odd name"])
def test_an_index_that_cannot_be_read_is_rebuilt(tmp_path: Path, harm: str) -> None:
    """Another version's schema, a damaged file or a lost one: searching names the fix, and the next writer heals it."""
    shelf, place = Shelf(), IndexPlace(tmp_path)
    put(shelf, "one", 1)
    bring_up_to_date(place, shelf)
    generation = generations_of(place).current()
    assert generation is not None
    if harm == "fingerprint":
        (generation / STAMP).write_text(json.dumps({"fingerprint": "older"}))
    elif harm == "no stamp":
        (generation / STAMP).unlink()
    elif harm == "broken segment":
        for path in generation.glob("*.seg"):
            path.write_bytes(b"not a segment")
    elif harm == "no toc":
        for path in generation.glob("*.toc"):
            path.unlink()
    else:
        (place.index_dir / CURRENT).write_text("../../elsewhere")
    with pytest.raises(IndexMissing, match="rebuild"):
        Library(place, shelf).search(Request(text="anchor"))
    assert bring_up_to_date(place, shelf).done == "rebuilt"
    assert Library(place, shelf).search(Request(what="documents")).total == 1


def test_a_catalogue_put_back_from_a_backup_makes_a_new_index(tmp_path: Path) -> None:
    """An index that is ahead of its catalogue shows what is gone; it is not to be trusted."""
    place, shelf = IndexPlace(tmp_path), Shelf()
    put(shelf, "one", 1)
    put(shelf, "two", 2)
    bring_up_to_date(place, shelf)
    older = Shelf()
    put(older, "one", 1)
    assert bring_up_to_date(place, older).done == "rebuilt"
    assert Library(place, older).search(Request(what="documents")).total == 1


def test_old_generations_go_and_the_one_before_stays(tmp_path: Path) -> None:
    shelf, place = Shelf(), IndexPlace(tmp_path)
    put(shelf, "one", 1)
    for _ in range(4):
        rebuild(place, shelf)
    names = sorted(p.name for p in place.index_dir.iterdir())
    assert names == [CURRENT, "gen-000003", "gen-000004", MEANING]


def test_what_killed_builds_left_is_cleaned_up(tmp_path: Path) -> None:
    """A build beside, and a generation that never became current, are taken away by the next writer."""
    shelf, place = Shelf(), IndexPlace(tmp_path)
    put(shelf, "one", 1)
    rebuild(place, shelf)
    for name in (".building-abc", "gen-000009"):
        (place.index_dir / name).mkdir()
        (place.index_dir / name / "half.seg").write_bytes(b"half")
    put(shelf, "two", 2)
    assert bring_up_to_date(place, shelf).done == "updated"
    assert sorted(p.name for p in place.index_dir.iterdir()) == [CURRENT, "gen-000001", MEANING]


def test_a_failed_build_leaves_the_old_index(tmp_path: Path) -> None:
    """A catalogue that breaks in the middle of a build or an update changes nothing that is searched."""

    class Breaking(Shelf):
        def passages(self, doc: str) -> tuple[object, ...]:  # type: ignore[override]
            if doc == "two":
                raise RuntimeError("the disk is gone")
            return super().passages(doc)

    place, shelf = IndexPlace(tmp_path), Breaking()
    put(shelf, "one", 1)
    rebuild(place, shelf)
    put(shelf, "two", 2)
    for write in (rebuild, bring_up_to_date):
        with pytest.raises(RuntimeError):
            write(place, shelf)
        assert Library(place, shelf).search(Request(what="documents")).total == 1
    shelf.remove("two")
    assert bring_up_to_date(place, shelf).done == "updated"


WRITER = """
import sys
from pathlib import Path
from shelf import IndexPlace
from test_generations import shelf_at
from index.library import bring_up_to_date, rebuild
place = IndexPlace(Path(sys.argv[1]))
print("ready", flush=True)
for revision in range(int(sys.argv[2]), 10_000):
    shelf = shelf_at(revision)
    (rebuild if revision % 3 == 0 else bring_up_to_date)(place, shelf)
"""


def shelf_at(revision: int) -> Shelf:
    """A shelf whose state is told by its revision: every document holds a word that names it."""
    shelf = Shelf()
    for number in range(revision):
        doc = f"d{number % 5}"
        passages = passages_of(doc, *(f"written {number} anchor basin {place}" for place in range(8 + number % 4)))
        shelf.put(Bibliography(id=doc, title=f"Report {doc}", language="en"), passages)
    return shelf


@pytest.mark.slow
def test_killed_at_any_moment_the_index_is_wholly_old_or_new(tmp_path: Path) -> None:
    """SIGKILL inside builds, commits and switches: what is open afterwards is exactly one revision of the catalogue."""
    place = IndexPlace(tmp_path)
    chance = random.Random(9)
    revision = 5
    rebuild(place, shelf_at(revision))
    path = os.pathsep.join(p for p in sys.path if p)
    for _ in range(8):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), str(revision + 1)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0.0, 0.25))
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        snapshot = generations_of(place).open()
        revision = snapshot.revision
        shelf = shelf_at(revision)
        held = sum(len(shelf.passages(doc)) for doc in shelf.document_ids())
        assert snapshot.counts()["passages"] == held
        library = Library(place, shelf)
        assert library.search(Request(text="anchor", limit=0)).total == held
        assert len(library.search(Request(text="anchor", limit=100)).hits) == held
        assert bring_up_to_date(place, shelf_at(revision + 1)).revision == revision + 1
        revision += 1
    assert revision > 5


def test_a_build_that_was_cut_off_is_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was written before the kill is not read again, and the index is that of a build in one go."""

    class CutOff(BaseException):
        """Ends the build as a signal does."""

    class Counting(Shelf):
        asked: list[str]
        cut_at = "d4"

        def passages(self, doc: str) -> tuple[object, ...]:  # type: ignore[override]
            if doc == self.cut_at:
                raise CutOff
            self.asked.append(doc)
            return super().passages(doc)

    monkeypatch.setattr("index.upkeep.follow", lambda *_: 0)  # it reads the passages too
    monkeypatch.setattr(writer, "TOKENS_MAX", 100)  # some batch is full, and written, before the cut
    shelf, place, whole = Counting(), IndexPlace(tmp_path / "cut"), IndexPlace(tmp_path / "whole")
    shelf.asked = []
    for number in range(8):
        put(shelf, f"d{number}", number)
    with pytest.raises(CutOff):
        rebuild(place, shelf)
    with pytest.raises(IndexMissing):
        Library(place, shelf).search(Request(text="anchor"))
    first, shelf.asked, shelf.cut_at = set(shelf.asked), [], ""
    rebuild(place, shelf)
    assert first - set(shelf.asked), "nothing was kept"
    assert set(shelf.asked) | first == {f"d{number}" for number in range(8)}
    rebuild(whole, shelf)
    assert answers(place, shelf) == answers(whole, shelf)
    assert sorted(p.name for p in place.index_dir.iterdir()) == [CURRENT, "gen-000001"]


def test_arrays_that_are_gone_are_worked_out_from_whoosh(tmp_path: Path) -> None:
    """The files beside Whoosh's segments can be deleted or cut short: what is in them is in the segments too."""
    shelf, place = Shelf(), IndexPlace(tmp_path)
    for number in range(6):
        put(shelf, f"d{number}", number)
    rebuild(place, shelf)
    put(shelf, "d2", 9)
    shelf.remove("d3")
    bring_up_to_date(place, shelf)
    before = answers(place, shelf)
    files = sorted(place.index_dir.glob(f"gen-*/*{arrays.SUFFIX}"))
    assert len(files) == 2
    files[0].unlink()
    files[1].write_bytes(files[1].read_bytes()[:40])
    assert answers(place, shelf) == before


def test_merged_segments_answer_as_before(tmp_path: Path) -> None:
    """Thirty small updates leave few segments, and what they hold is what a build in one go gives."""
    shelf, place, whole = Shelf(), IndexPlace(tmp_path / "updated"), IndexPlace(tmp_path / "whole")
    put(shelf, "d0", 0)
    rebuild(place, shelf)
    for number in range(30):
        put(shelf, f"d{number % 20}", number)
        bring_up_to_date(place, shelf)
    generation = generations_of(place).current()
    assert generation is not None
    assert len(list(generation.glob(f"*{arrays.SUFFIX}"))) <= 2 * writer.TIER
    rebuild(whole, shelf)
    assert answers(place, shelf) == answers(whole, shelf)


def test_a_merge_never_holds_more_than_a_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where segments are too large together they stay as they are: memory is bounded, and answers are the same."""
    monkeypatch.setattr(writer, "LARGEST_MERGED", 40)
    shelf, place, whole = Shelf(), IndexPlace(tmp_path / "updated"), IndexPlace(tmp_path / "whole")
    put(shelf, "d0", 0)
    rebuild(place, shelf)
    for number in range(1, 25):
        put(shelf, f"d{number}", number)
        bring_up_to_date(place, shelf)
    generation = generations_of(place).current()
    assert generation is not None
    sizes = [arrays.load(path).count for path in generation.glob(f"*{arrays.SUFFIX}")]
    assert 40 >= max(sizes) > min(sizes)
    rebuild(whole, shelf)
    assert answers(place, shelf) == answers(whole, shelf)


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="only Linux tells of each mapped file")
def test_what_searches_read_is_mapped_for_all_processes(tmp_path: Path) -> None:
    """Reader processes share the memory of an index: its files are mapped to be read only, and read where they are."""
    shelf, place = Shelf(), IndexPlace(tmp_path)
    for number in range(40):
        put(shelf, f"d{number}", number, count=30)
    rebuild(place, shelf)
    library = Library(place, shelf)
    for text in ("anchor", '"dock engine"', "basin cable year:2003"):
        assert library.search(Request(text=text)).hits
    mapped = re.findall(
        rf"^\S+ (\S+) \S+ \S+ \S+ +{re.escape(str(tmp_path))}\S*{re.escape(arrays.SUFFIX)}\n.*?^Rss: +(\d+) kB",
        Path("/proc/self/smaps").read_text("utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    assert {permissions for permissions, _ in mapped} == {"r--s"}
    assert all(int(resident) > 0 for _, resident in mapped)


def test_a_second_writer_is_told_so(tmp_path: Path) -> None:
    shelf, place = Shelf(), IndexPlace(tmp_path)
    put(shelf, "one", 1)
    rebuild(place, shelf)
    put(shelf, "two", 2)
    generation = generations_of(place).current()
    assert generation is not None
    held = whoosh.index.open_dir(str(generation)).writer()
    with pytest.raises(WriterBusy, match="Another process"):
        bring_up_to_date(place, shelf)
    held.cancel()
    assert bring_up_to_date(place, shelf).done == "updated"
