"""The meanings of an index are worked out after its words, a slice of documents at a time.

Every slice is written as a whole and switched to at once: readers see more and more of it, and a run that is cut off
has lost one slice at most.  A text whose vector is there already is not worked out again, whatever it belongs to.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from corpus.concepts import vocabulary
from corpus.home import settle
from corpus.meaning import Encoder, encoder
from corpus.model import Bibliography, Passage, Practice, Statement
from index.analysis import language_of
from index.answer import WHATS, What
from index.dense import (
    CURRENT,
    FORM,
    Dense,
    Outline,
    Runs,
    View,
    current_name,
    meaning_dir,
    open_dense,
    spread,
)
from index.generations import write_whole
from index.source import Source
from index.things import twin_number, twin_of_id
from index.vectors import Rows, Vectors, keys_of
from index.windows import windows
from index.wording import spelled, taken_over

SLICE = 4000
"""Texts that are worked out before they are written: under a minute of work."""

WORDS_MAX = 50_000
"""Words of the collection that are known by their meaning, the most frequent ones: 30 MB."""

_UNFINISHED = ".building-"


class Entry(NamedTuple):
    """One thing: view, twin number, owner, language, the pieces of its text, its themes, and what it states."""

    what: What
    twin: int
    owner: str
    language: str
    texts: tuple[str, ...]
    themes: tuple[str, ...] = ()
    stated: tuple[int, ...] = ()


class Places(NamedTuple):
    """Where owners, languages and themes stand in the outline's lists."""

    owners: dict[str, int]
    languages: dict[str, int]
    themes: dict[str, int]


def follow(index_dir: Path, source: Source, words: Iterable[tuple[str, int]]) -> int:
    """Bring the meanings up to the catalogue; ``words`` are those of the index with how many things hold each.

    Returns how many things have vectors now; 0 where there is no model.  The caller holds the home's writer's lock.
    """
    by = encoder()
    if by is None:
        return 0
    held = open_dense(index_dir) or Dense.empty(by.model)
    there, gone, pending = _due(held.outline, source)
    if current_name(index_dir) and not (there or gone or pending) and held.outline.revision == source.revision():
        return _size(held)
    pending = list(dict.fromkeys([*there, *(owner for owner in pending if owner not in gone)]))
    changed = {*gone, *pending}
    known, writings = _known(words), dict(zip(held.outline.words, held.outline.written, strict=True))
    while True:
        entries, pending = _slice(source, pending)
        last = not pending
        writings = taken_over(writings, spelled(t for e in entries if e.what != "statements" for t in e.texts))
        written = {word: writings.get(word, word) for word in known if last or word in writings}
        held = _with(held, changed, entries, by, written)
        outline = msgspec.structs.replace(held.outline, revision=source.revision(), pending=tuple(pending))
        held = Dense(outline, held.views, held.words, held.themes)
        write(index_dir, held)
        changed = set()
        if last:
            return _size(held)


def forget(index_dir: Path) -> None:
    """Let the next `follow` begin anew; who has the meanings open reads on."""
    (meaning_dir(index_dir) / CURRENT).unlink(missing_ok=True)


def _size(held: Dense) -> int:
    return sum(len(view.twins) for view in held.views.values())


def _due(outline: Outline, source: Source) -> tuple[list[str], list[str], list[str]]:
    """The owners that changed since, those that are gone, and those that were not reached yet."""
    if not outline.owners or outline.revision > source.revision():
        everyone = dict.fromkeys([*source.document_ids(), *source.practice_ids()])
        return list(everyone), [owner for owner in outline.owners if owner not in everyone], []
    there, gone = source.changed_since(outline.revision)
    return list(there), list(gone), list(outline.pending)


def _known(words: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """The words whose meaning is kept, sorted."""
    frequent = sorted(words, key=lambda told: (-told[1], told[0]))[:WORDS_MAX]
    return tuple(sorted(word for word, _ in frequent))


def _slice(source: Source, owners: Sequence[str]) -> tuple[list[Entry], list[str]]:
    """The entries of the first owners, about SLICE texts together, and the owners that remain."""
    entries: list[Entry] = []
    documents, practices = set(source.document_ids()), set(source.practice_ids())
    for at, owner in enumerate(owners):
        if sum(len(entry.texts) for entry in entries) >= SLICE:
            return entries, list(owners[at:])
        if owner in documents:
            card = source.card(owner)
            entries += _of_document(card, source.passages(owner), source.statements(owner))
            entries += [_of_practice(practice, owner) for practice in source.practices_of(owner)]
        if owner in practices and not (practice := source.practice(owner)).doc:
            entries.append(_of_practice(practice, owner))
    return entries, []


def _of_document(card: Bibliography, passages: Sequence[Passage], statements: Sequence[Statement]) -> Iterator[Entry]:
    said: dict[str, list[int]] = {}
    spoken = {passage.id: language_of(passage.language) for passage in passages}
    own = language_of(card.language)
    for statement in statements:
        twin, language = twin_number(statement.id), spoken.get(statement.passage, own)
        said.setdefault(statement.passage, []).append(twin)
        yield Entry("statements", twin, card.id, language, (statement.text,), statement.themes)
    for passage in passages:
        pieces = windows(passage.text, passage.path[-1] if passage.path else "")
        stated = tuple(said.get(passage.id, ()))
        twin, language = twin_number(passage.id), spoken[passage.id]
        yield Entry("passages", twin, card.id, language, pieces, passage.concepts(), stated)
    pieces = windows(card.summary, card.title) or (card.title,)
    yield Entry("documents", twin_of_id(card.id), card.id, own, pieces, card.themes)


def _of_practice(practice: Practice, owner: str) -> Entry:
    pieces = windows(practice.summary, practice.title) or (practice.title,)
    return Entry("practices", twin_of_id(practice.id), owner, language_of(practice.language), pieces, practice.themes)


def _with(held: Dense, changed: set[str], entries: Sequence[Entry], by: Encoder, words: Mapping[str, str]) -> Dense:
    """The meanings without what some owners had, with the entries, and with these words as they are written."""
    schemes = tuple(concept.id for concept in vocabulary().scheme("themes"))
    numbers = {theme: number for number, theme in enumerate(schemes)}
    owners = tuple(dict.fromkeys([*(o for o in held.outline.owners if o not in changed), *(e.owner for e in entries)]))
    languages = tuple(dict.fromkeys([*held.outline.languages, *(e.language for e in entries)]))
    places = Places({o: n for n, o in enumerate(owners)}, {s: n for n, s in enumerate(languages)}, numbers)
    views = {}
    for what in WHATS:
        old = _kept(held, what, changed, places)
        views[what] = _merged(old, held.views[what], [e for e in entries if e.what == what], places, by)
    written = tuple(words.values())
    outline = Outline(FORM, by.model, 0, owners, (), schemes, languages, tuple(words), written)
    texts = [text for theme in vocabulary().scheme("themes") for text in (theme.label, theme.definition)]
    return Dense(outline, views, _encoded(written, held.words, by, together=True), _encoded(texts, held.themes, by))


def _kept(held: Dense, what: What, changed: set[str], places: Places) -> View:
    """A view without the things of some owners, its owners and themes renumbered."""
    view = held.views[what]
    renumbered = np.array(
        [-1 if owner in changed else places.owners[owner] for owner in held.outline.owners] or [-1], np.int64
    )
    chosen = np.flatnonzero(renumbered[view.owners] >= 0)
    rows, _ = spread(view.pieces, chosen)
    sizes = (view.pieces[1:] - view.pieces[:-1])[chosen]
    themes = np.array([places.themes.get(theme, -1) for theme in held.outline.themes] or [-1], np.int64)
    return View(
        view.twins[chosen],
        renumbered[view.owners[chosen]],
        view.languages[chosen],
        np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]),
        _chosen(view.themes, chosen, themes),
        _chosen(view.stated, chosen),
        view.vectors.rows(rows),
    )


def _chosen(runs: Runs, chosen: Rows, renumbered: Rows | None = None) -> Runs:
    numbers, whose = runs.of_things(chosen)
    numbers = numbers if renumbered is None else renumbered[numbers]
    there = numbers >= 0
    sizes = np.bincount(whose[there], minlength=len(chosen))
    return Runs(np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]), numbers[there])


def _merged(kept: View, before: View, entries: Sequence[Entry], places: Places, by: Encoder) -> View:
    """A view with more things; a vector that it had before, for whatever thing, is taken over."""
    texts = [text for entry in entries for text in entry.texts]
    more = View(
        np.array([entry.twin for entry in entries], np.int64),
        np.array([places.owners[entry.owner] for entry in entries], np.int64),
        np.array([places.languages[entry.language] for entry in entries], np.int64),
        np.concatenate([[0], np.cumsum([len(entry.texts) for entry in entries], dtype=np.int64)]),
        Runs.of([places.themes[theme] for theme in e.themes if theme in places.themes] for e in entries),
        Runs.of(entry.stated for entry in entries),
        _encoded(texts, before.vectors, by),
    )
    both = View(
        np.concatenate([kept.twins, more.twins]),
        np.concatenate([kept.owners, more.owners]),
        np.concatenate([kept.languages, more.languages]),
        _joined(kept.pieces, more.pieces),
        Runs(
            _joined(kept.themes.starts, more.themes.starts), np.concatenate([kept.themes.numbers, more.themes.numbers])
        ),
        Runs(
            _joined(kept.stated.starts, more.stated.starts), np.concatenate([kept.stated.numbers, more.stated.numbers])
        ),
        kept.vectors.beside(more.vectors),
    )
    # The same words in two documents are one twin: the first of them stands for both.
    order = np.lexsort([both.owners, both.twins])
    rows, _ = spread(both.pieces, order)
    sizes = (both.pieces[1:] - both.pieces[:-1])[order]
    return View(
        both.twins[order],
        both.owners[order],
        both.languages[order],
        np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]),
        _chosen(both.themes, order),
        _chosen(both.stated, order),
        both.vectors.rows(rows),
    )


def _joined(starts: Rows, more: Rows) -> Rows:
    return np.concatenate([starts, more[1:] + starts[-1]])


def _encoded(texts: Sequence[str], before: Vectors, by: Encoder, together: bool = False) -> Vectors:
    """The vectors of texts; those that are there already are taken over."""
    keys = keys_of(texts)
    order = np.argsort(before.keys, kind="stable")
    sorted_keys = np.asarray(before.keys)[order]
    places = np.minimum(np.searchsorted(sorted_keys, keys), max(len(order) - 1, 0))
    there = sorted_keys[places] == keys if len(order) else np.zeros(len(keys), np.bool_)
    # A text that stands in several places is worked out once.
    new, first, where = np.unique(keys[~there], return_index=True, return_inverse=True)
    missing = np.flatnonzero(~there)[first]
    made = Vectors.of(_worked_out([texts[at] for at in missing.tolist()], by, together), new)
    rows = np.empty(len(keys), np.int64)
    rows[there] = order[places[there]] if len(order) else 0
    rows[~there] = before.size + where
    return before.beside(made).rows(rows) if len(missing) else before.rows(rows)


def _worked_out(texts: Sequence[str], by: Encoder, together: bool) -> NDArray[np.float32]:
    """The vectors of texts, a row each.

    In company a text's vector differs in the seventh digit, and an updated index would rank otherwise than a rebuilt
    one where two things are all but equal.  Single words are eight times faster together; their weights are rounded.
    """
    if together or not texts:
        return by.encode(texts)
    return np.concatenate([by.encode([text]) for text in texts])


def write(index_dir: Path, held: Dense) -> None:
    """Write the meanings beside those that are read, and switch to them."""
    folder = meaning_dir(index_dir)
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(_UNFINISHED + "*"):
        shutil.rmtree(left, ignore_errors=True)
    unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=folder))
    unfinished.chmod(0o755)
    held.save(unfinished)
    name = current_name(index_dir)
    newest = max((int(path.name) for path in folder.iterdir() if path.name.isdigit()), default=0)
    unfinished.rename(folder / f"{newest + 1:06d}")
    settle(folder)
    write_whole(folder / CURRENT, f"{newest + 1:06d}")
    for path in folder.iterdir():
        if path.name.isdigit() and path.name not in (name, f"{newest + 1:06d}"):
            shutil.rmtree(path, ignore_errors=True)
