"""The engines that are measured side by side; each runs in a process of its own.

All are asked the same: the ten best passages with their stored fields, by BM25 over title, headings and text; the same
with the counts of four facets, with snippets, or with other names of every word at less weight.  Fingerpost keeps
texts in its catalogue: here a plain SQLite table.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

from bench.search_texts import FACETS, Asked
from index.engine import Expansion, Question, Thing, Wanted
from index.snippets import snippet
from index.whoosh_engine import WhooshEngine
from index.whoosh_engine.scorer import BOOSTS

FIELDS = ("title", "head", "body")
MODES = ("top10", "facets", "any", "snippets", "expanded")
LIMIT = 10

OTHER_WEIGHT = 0.4
"""What another name counts, as of a word that was typed alone (docs/search.md)."""


class Searching(Protocol):
    """One engine over one folder."""

    def build(self, folder: Path, documents: Iterable[list[Thing]]) -> None: ...

    def open(self, folder: Path) -> None: ...

    def warm_up(self) -> None:
        """What the engine does by itself beside its first answers."""

    def search(self, asked: Asked, mode: str) -> tuple[int, int]:
        """Number of hits shown and of facet values counted."""


def passages(documents: Iterable[list[Thing]]) -> Iterator[Thing]:
    return (thing for things in documents for thing in things if thing.what == "passages")


def _names(asked: Asked) -> list[str]:
    """The other names of all words."""
    return [name for names in asked.others for name in names]


class Fingerpost(Searching):
    """Our own engine: by its own rule of what matches, or ("any") everything that holds one of the words."""

    def build(self, folder: Path, documents: Iterable[list[Thing]]) -> None:
        (folder / "index").mkdir()

        def kept() -> Iterator[Thing]:
            with sqlite3.connect(folder / "texts.db") as store:
                columns = "id TEXT PRIMARY KEY, title TEXT, head TEXT, body TEXT"
                store.execute(f"CREATE TABLE texts ({columns})")
                for things in documents:
                    rows = [(t.id, t.title, t.head, t.body) for t in things]
                    store.executemany("INSERT OR REPLACE INTO texts VALUES (?, ?, ?, ?)", rows)
                    yield from things

        WhooshEngine().build(folder / "index", kept(), 1)

    def open(self, folder: Path) -> None:
        self.snapshot = WhooshEngine().open(folder / "index")
        self.store = sqlite3.connect(f"file:{folder / 'texts.db'}?mode=ro", uri=True)

    def warm_up(self) -> None:
        self.snapshot.warm_up()

    def question(self, asked: Asked, mode: str) -> Question:
        wanted = (Wanted(asked.words, required=True),) if asked.phrase else tuple(Wanted((w,)) for w in asked.words)
        others = asked.others if mode == "expanded" else ()
        return Question(
            wanted=wanted,
            expansions=tuple(Expansion((o,), (at,), OTHER_WEIGHT) for at, names in enumerate(others) for o in names),
            filters={name: (value,) for name, value in asked.filters},
            facets=mode in ("facets", "any"),
            counted=FACETS,
            least=0.0 if mode == "any" else 0.5,
        )

    def search(self, asked: Asked, mode: str) -> tuple[int, int]:
        question = self.question(asked, mode)
        found = self.snapshot.search(question)
        ids = [row.id for row in found.rows]
        marks = ",".join("?" * len(ids))
        stored = dict.fromkeys(ids, ("", "", ""))
        for key, *fields in self.store.execute(f"SELECT * FROM texts WHERE id IN ({marks})", ids):
            stored[key] = tuple(fields)
        if mode == "snippets":
            words = [wanted.words for wanted in question.wanted]
            _ = [snippet(stored[key][2], "en", words) for key in ids]
        return len(stored), sum(map(len, found.facets.values()))


class Tantivy(Searching):
    """tantivy (Rust) by its own Python binding."""

    def build(self, folder: Path, documents: Iterable[list[Thing]]) -> None:
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        for name in FIELDS:
            schema.add_text_field(name, stored=True, tokenizer_name="en_stem")
        for name in FACETS:
            schema.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        index = tantivy.Index(schema.build(), path=str(folder))
        writer = index.writer(heap_size=256_000_000, num_threads=2)
        for thing in passages(documents):
            document = tantivy.Document(id=thing.id, title=thing.title, head=thing.head, body=thing.body)
            for name in FACETS:
                for value in thing.facets[name]:
                    document.add_text(name, value)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        import tantivy

        self.tantivy = tantivy
        self.index = tantivy.Index.open(str(folder))
        self.index.reload()
        self.searcher = self.index.searcher()
        self.counts = {name: {"terms": {"field": name, "size": 1000}} for name in FACETS}

    def search(self, asked: Asked, mode: str) -> tuple[int, int]:
        text = " ".join(asked.words)
        if mode == "expanded":
            text += "".join(f" {name}^{OTHER_WEIGHT}" for name in _names(asked))
        query = self.index.parse_query(f'"{text}"' if asked.phrase else text, list(FIELDS), BOOSTS)
        for name, value in asked.filters:
            must = self.tantivy.Occur.Must
            kept = self.tantivy.Query.term_query(self.index.schema, name, value, "basic")
            query = self.tantivy.Query.boolean_query([(must, query), (must, kept)])
        found = self.searcher.search(query, LIMIT, count=True)
        stored = [self.searcher.doc(address).to_dict() for _, address in found.hits]
        if mode == "snippets":
            cutter = self.tantivy.SnippetGenerator.create(self.searcher, query, self.index.schema, "body")
            _ = [cutter.snippet_from_doc(self.searcher.doc(address)).to_html() for _, address in found.hits]
        counted = 0
        if mode in ("facets", "any"):
            made = self.searcher.aggregate(query, self.counts)
            counted = sum(len(made[name]["buckets"]) for name in FACETS)
        return len(stored), counted


class Fts5(Searching):
    """SQLite's own full-text index."""

    def build(self, folder: Path, documents: Iterable[list[Thing]]) -> None:
        with sqlite3.connect(folder / "fts.db") as store:
            store.execute("CREATE VIRTUAL TABLE texts USING fts5(title, head, body, tokenize='porter unicode61')")
            for name in FACETS:
                store.execute(f"CREATE TABLE {name} (passage INTEGER, value TEXT)")
            for number, thing in enumerate(passages(documents), start=1):
                store.execute(
                    "INSERT INTO texts (rowid, title, head, body) VALUES (?, ?, ?, ?)",
                    (number, thing.title, thing.head, thing.body),
                )
                for name in FACETS:
                    rows = [(number, value) for value in thing.facets[name]]
                    store.executemany(f"INSERT INTO {name} VALUES (?, ?)", rows)
            for name in FACETS:
                store.execute(f"CREATE INDEX of_{name} ON {name} (passage, value)")
                store.execute(f"CREATE INDEX having_{name} ON {name} (value, passage)")
            store.execute("INSERT INTO texts (texts) VALUES ('optimize')")

    def open(self, folder: Path) -> None:
        self.store = sqlite3.connect(f"file:{folder / 'fts.db'}?mode=ro", uri=True)
        self.store.execute("PRAGMA temp_store = memory")
        self.store.execute("CREATE TEMP TABLE hits (passage INTEGER PRIMARY KEY)")

    def search(self, asked: Asked, mode: str) -> tuple[int, int]:
        words = [*asked.words, *(_names(asked) if mode == "expanded" else ())]
        matching = '"' + " ".join(words) + '"' if asked.phrase else " OR ".join(f'"{word}"' for word in words)
        shown = "snippet(texts, 2, '<mark>', '</mark>', '…', 50)" if mode == "snippets" else "body"
        weights = ", ".join(str(BOOSTS[name]) for name in FIELDS)
        kept = "".join(f" AND +rowid IN (SELECT passage FROM {name} WHERE value = ?)" for name, _ in asked.filters)
        values = [matching, *(value for _, value in asked.filters)]
        stored = self.store.execute(
            f"SELECT rowid, title, head, {shown} FROM texts WHERE texts MATCH ?{kept} "
            f"ORDER BY bm25(texts, {weights}) LIMIT {LIMIT}",
            values,
        ).fetchall()
        counted = 0
        if mode in ("facets", "any"):
            self.store.execute("DELETE FROM hits")
            self.store.execute(f"INSERT INTO hits SELECT rowid FROM texts WHERE texts MATCH ?{kept}", values)
            for name in FACETS:
                query = f"SELECT value, count(*) FROM hits JOIN {name} USING (passage) GROUP BY value"
                counted += len(self.store.execute(query).fetchall())
        return len(stored), counted


class PlainWhoosh(Searching):
    """Whoosh's own searcher over the very index that Fingerpost made."""

    def build(self, folder: Path, documents: Iterable[list[Thing]]) -> None:
        raise NotImplementedError("it reads the index that Fingerpost has built")

    def open(self, folder: Path) -> None:
        import whoosh.index
        import whoosh.query
        import whoosh.scoring
        import whoosh.sorting

        whoosh_index: Any = whoosh.index
        self.query: Any = whoosh.query
        self.facet: Any = whoosh.sorting.FieldFacet
        self.searcher = whoosh_index.open_dir(str(folder / "index"), readonly=True).searcher(
            weighting=whoosh.scoring.BM25F()
        )
        self.store = sqlite3.connect(f"file:{folder / 'texts.db'}?mode=ro", uri=True)

    def search(self, asked: Asked, mode: str) -> tuple[int, int]:
        from index.analysis import marked, stem

        terms = [marked(stem(word, "en"), "en") for word in asked.words]
        if asked.phrase:
            parts = [self.query.Phrase(f"passages_{f}", terms, boost=BOOSTS[f]) for f in FIELDS]
        else:
            parts = [self.query.Term(f"passages_{f}", term, boost=BOOSTS[f]) for term in terms for f in FIELDS]
            if mode == "expanded":
                others = [marked(stem(word, "en"), "en") for word in _names(asked)]
                weights = {field: OTHER_WEIGHT * BOOSTS[field] for field in FIELDS}
                parts += [self.query.Term(f"passages_{f}", term, boost=weights[f]) for term in others for f in FIELDS]
        kept = self.query.And([self.query.Term(f"facet_{n}", v) for n, v in asked.filters]) if asked.filters else None
        options = {}
        if mode in ("facets", "any"):
            options["groupedby"] = {name: self.facet(f"facet_{name}", allow_overlap=True) for name in FACETS}
        found = self.searcher.search(self.query.Or(parts), limit=LIMIT, filter=kept, **options)
        ids = [hit["key"] for hit in found]
        marks = ",".join("?" * len(ids))
        stored = self.store.execute(f"SELECT * FROM texts WHERE id IN ({marks})", ids).fetchall()
        if mode == "snippets":
            words = [(word,) for word in asked.words]
            _ = [snippet(row[3], "en", words) for row in stored]
        counted = sum(len(found.groups(name)) for name in FACETS) if options else 0
        return len(stored), counted


ENGINES: dict[str, Callable[[], Searching]] = {
    "fingerpost": Fingerpost,
    "tantivy": Tantivy,
    "fts5": Fts5,
    "whoosh": PlainWhoosh,
}


def folder_of(base: Path, name: str) -> Path:
    """Where an engine's index stands."""
    return base / ("fingerpost" if name == "whoosh" else name)


def disk_mb(folder: Path) -> float:
    """Megabytes of an index; of Fingerpost's without the texts, which its catalogue holds anyway."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "texts.db"]
    return sum(path.stat().st_size for path in files) / 1e6


__all__ = ["ENGINES", "MODES", "Searching", "disk_mb", "folder_of"]
