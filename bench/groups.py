"""What it costs to put statements into groups of one meaning: all for the first time, then one document more.

Statements are made of the halves of a home's own, drawn at random, so that they have its words and its repetitions.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.catalogue import Catalogue, CatalogueWriter
from corpus.catalogue.groups import regroup
from corpus.home import Home
from corpus.ids import Ids
from corpus.meaning import Meanings, encoder
from corpus.model import Bibliography, Document, IngestRecord, Passage, Statement, StatementKind

OF_ONE_DOCUMENT = 50
REPEATED = 0.05
"""Share of the statements that are another's with a word left out: what is to be found."""


def main(argv: Sequence[str]) -> int:
    """Print texts encoded a second, seconds to group, memory and disk; 1 where there is no model."""
    parser = argparse.ArgumentParser(prog="python -m bench groups", description=__doc__)
    parser.add_argument("--home", help="a home with statements (default: as for fingerpost)")
    parser.add_argument("--statements", type=int, default=20_000)
    options = parser.parse_args(argv)
    by = encoder()
    with Catalogue(Home.find(options.home).catalogue_url) as catalogue:
        given = [(statement.kind, statement.text) for statement in catalogue.all_statements()]
    if by is None or not given:
        print("No model, or no statements in this home.")
        return 1
    made = _made(given, options.statements + OF_ONE_DOCUMENT)
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        with CatalogueWriter(home.catalogue_url) as writer:
            for number, start in enumerate(range(0, options.statements, OF_ONE_DOCUMENT)):
                _put(writer, f"made-{number}", made[start : start + OF_ONE_DOCUMENT])
            started = time.perf_counter(), time.process_time()
            with Meanings(home.meanings_file) as meanings:
                meanings.vectors([text for _, text in made[: options.statements]], by)
            wall, cpu = time.perf_counter() - started[0], time.process_time() - started[1]
            print(
                f"{options.statements} texts encoded in {wall:.1f} s ({options.statements / cpu:.0f} a second of CPU)"
            )
            _timed("grouped for the first time", writer, home)
            _put(writer, "one-more", made[options.statements :])
            _timed("one document more", writer, home)
            _timed("nothing new", writer, home)
            groups = [statement.group for statement in writer.all_statements()]
            disk = home.meanings_file.stat().st_size >> 20
        print(f"{len(set(groups))} groups of {len(groups)} statements; {disk} MB on disk")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB of memory at most")
    return 0


def _made(given: Sequence[tuple[StatementKind, str]], number: int) -> list[tuple[StatementKind, str]]:
    drawn = random.Random(4)
    found: list[tuple[StatementKind, str]] = []
    while len(found) < number:
        if found and drawn.random() < REPEATED:
            kind, text = drawn.choice(found)
            words = text.split()
            words.pop(drawn.randrange(len(words)))
        else:
            (kind, one), (_, other) = drawn.choices(given, k=2)
            words = one.split()[: len(one.split()) // 2] + other.split()[len(other.split()) // 2 :]
        if words:
            found.append((kind, " ".join(words)))
    return found


def _put(writer: CatalogueWriter, doc: str, said: Sequence[tuple[StatementKind, str]]) -> None:
    ids = Ids(doc)
    passage = Passage(id=ids.make("p", doc), doc=doc, ordinal=0, section=0, path=(), text="", language="en")
    statements = tuple(_statements(ids, passage, said))
    card = Bibliography(id=doc, title=doc)
    record = IngestRecord(input=doc, status="ok", doc=doc)
    document = Document(card=card, media="text", content_hash=doc, passages=(passage,), statements=statements)
    writer.put_document(document, writer.begin(record), record)


def _statements(ids: Ids, passage: Passage, said: Sequence[tuple[StatementKind, str]]) -> Iterator[Statement]:
    for kind, text in said:
        yield Statement(id=ids.make("s", text), doc=passage.doc, passage=passage.id, text=text, kind=kind)


def _timed(what: str, writer: CatalogueWriter, home: Home) -> None:
    started = time.perf_counter(), time.process_time()
    moved = regroup(writer, home.meanings_file)
    wall, cpu = time.perf_counter() - started[0], time.process_time() - started[1]
    print(f"{what}: {moved} statements moved, {wall:.2f} s ({cpu:.2f} s of CPU)")
