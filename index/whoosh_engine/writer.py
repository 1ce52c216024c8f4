"""Writing the Whoosh index: every build and every update is one commit, and the stamp is part of it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import whoosh.index

from corpus.home import settle
from index.analysis import intern_terms, language_of, tokens
from index.answer import WHATS
from index.engine import Thing
from index.whoosh_engine.schema import PARTS, SEPARATOR, STAMP, facet_field, schema, text_field

whoosh_index: Any = whoosh.index  # Whoosh is typed in part only

BUILD_MEMORY_MB = 256
"""Postings kept in memory before they are sorted to disk while a whole index is built."""

SPELLING_WORD_MIN = 4
"""Words shorter than this are not offered as corrections: among three letters everything is near everything."""


class Stamp(msgspec.Struct):
    """What a commit knows of itself: the catalogue's revision, and exact counts and lengths of what is in it.

    Whoosh's own totals still count deleted things until their segments are merged; these do not, so that an updated
    index scores exactly as a rebuilt one.  ``lengths`` are terms per text field, ``things`` per view, ``languages``
    things per language.
    """

    revision: int
    things: dict[str, int]
    lengths: dict[str, int]
    languages: dict[str, int]


def build(folder: Path, things: Iterable[Thing], revision: int) -> None:
    """A new index in ``folder``; see `index.engine.Engine.build`."""
    index = whoosh_index.create_in(str(folder), schema())
    with _one_commit(index, limitmb=BUILD_MEMORY_MB) as writer:
        _write(writer, things, Stamp(revision, dict.fromkeys(WHATS, 0), {}, {}))
    index.close()
    sync(folder)


def update(folder: Path, owners: Iterable[str], things: Iterable[Thing], revision: int) -> None:
    """Change an index in one commit; see `index.engine.Engine.update`."""
    index = whoosh_index.open_dir(str(folder))
    with _one_commit(index) as writer, index.searcher() as searcher:
        stamp = msgspec.convert(next(searcher.documents(what=STAMP))["stamp"], Stamp)
        stamp.revision = revision
        for owner in owners:
            for stored in searcher.documents(owner=owner):
                _account(stamp, stored["lengths"], -1)
            writer.delete_by_term("owner", owner, searcher=searcher)
        writer.delete_by_term("what", STAMP, searcher=searcher)
        _write(writer, things, stamp)
    index.close()
    sync(folder)


@contextmanager
def _one_commit(index: Any, **options: Any) -> Iterator[Any]:
    """A writer whose work is committed at the end of the block, or wholly dropped when the block raises."""
    writer = index.writer(**options)
    try:
        yield writer
    except BaseException:
        writer.cancel()
        raise
    writer.commit()


def _write(writer: Any, things: Iterable[Thing], stamp: Stamp) -> None:
    for thing in things:
        entry = _fields(thing)
        _account(stamp, entry["lengths"], +1)
        writer.add_document(**entry)
    writer.add_document(what=STAMP, stamp=msgspec.to_builtins(stamp))


def _account(stamp: Stamp, lengths: tuple[str, str, tuple[int, ...]], sign: int) -> None:
    what, language, counted = lengths
    stamp.things[what] += sign
    stamp.languages[language] = stamp.languages.get(language, 0) + sign
    for part, length in zip(PARTS, counted, strict=True):
        name = f"{what}_{part}"
        stamp.lengths[name] = stamp.lengths.get(name, 0) + sign * length


def _fields(thing: Thing) -> dict[str, Any]:
    texts = {part: intern_terms(getattr(thing, part), thing.language) for part in PARTS}
    lengths = tuple(text.count(" ") + 1 if text else 0 for text in texts.values())
    entry: dict[str, Any] = {
        "what": thing.what,
        "key": thing.id,
        "owner": thing.owner,
        "lengths": (thing.what, language_of(thing.language), lengths),
        "ordinal": thing.ordinal,
        "date": thing.date,
        "twin": thing.twin,
    }
    entry.update({text_field(thing.what, part): text for part, text in texts.items() if text})
    for name, values in thing.facets.items():
        named = [value.replace(SEPARATOR, " ") for value in values if value.strip()]
        if named:
            entry[facet_field(name)] = SEPARATOR.join(dict.fromkeys(named))
    words = _spelling_words(thing)
    if words:
        entry["words"] = words
    return entry


def _spelling_words(thing: Thing) -> str:
    """The folded words of a passage or practice for the spelling list; the other views repeat theirs."""
    if thing.what in ("statements", "documents"):
        return ""
    found = Counter(t.word for t in tokens(f"{thing.title} {thing.head} {thing.body}"))
    return " ".join(w for w in found if len(w) >= SPELLING_WORD_MIN and w.isalpha())


def sync(folder: Path) -> None:
    """Make the folder's files safe against a power cut; Whoosh itself leaves that to the system."""
    for path in sorted(folder.iterdir()):
        if path.is_file():
            with path.open("rb") as handle:
                os.fsync(handle.fileno())
    settle(folder)
