"""Both judged sets held against a home that has the judged documents: what is found, and what is understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cli.evaluation import pairs, retrieval
from cli.evaluation.locating import locate, share_of
from cli.evaluation.passages import JudgedPassage, words
from cli.evaluation.shingles import shingles
from cli.evaluation.understanding import Said
from corpus.catalogue import Catalogue, Published
from corpus.concepts import vocabulary
from corpus.home import Home
from corpus.model import Bibliography, Statement

READABLE = 0.6
"""Share of a judged statement's words that must stand in common runs of the document for the product to have it."""
HITS = 20


@dataclass
class Understood:
    """What the product made of the judged passages that the home has."""

    passages: list[JudgedPassage] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    labels: dict[str, dict[str, frozenset[str]]] = field(default_factory=dict)
    """By passage id, then by facet."""
    shares: dict[str, float] = field(default_factory=dict)
    """By the id of a passage that was found in its pages, how much of it (0 to 1)."""
    readable: int = 0
    """Judged statements whose words the documents' passages hold: no extractor could find more."""
    absent: list[str] = field(default_factory=list)
    """Passages whose document is not in the home, or has been read from other bytes."""


def understand(home: Home, judged: Sequence[JudgedPassage], *, anew: bool = True) -> Understood:
    """Tag every judged passage as the product reads it, as ``fingerpost tag`` does, and take the documents' statements:
    extracted ``anew``, else those that the home shows.

    A document is known by its bytes, by its id where nothing is said of them.  A passage that is not found in its
    document's pages has no labels.
    """
    out = Understood()
    with (Catalogue if anew else Published)(home.catalogue_url) as catalogue:
        read = [entry for entry in catalogue.entries() if entry.version]
        known = {entry.card.id: entry for entry in read} | {entry.content_hash: entry for entry in read}
        for key in dict.fromkeys(p.content or p.doc for p in judged):
            passages = [p for p in judged if (p.content or p.doc) == key]
            if key in known:
                _understand(catalogue, known[key].card, passages, out, anew)
            else:
                out.absent += [p.id for p in passages]
    return out


def _understand(
    catalogue: Catalogue, card: Bibliography, judged: Sequence[JudgedPassage], out: Understood, anew: bool
) -> None:
    """Add what the product makes of one document to ``out``."""
    from ingest import statements

    passages = catalogue.passages(card.id)
    there = frozenset(s for p in passages for s in shingles(words(p.text)))
    out.passages += judged
    out.readable += sum(share_of(s.shingles, s.words, there) >= READABLE for p in judged for s in p.statements)
    said = statements.extract(passages, card.standing, card.id) if anew else catalogue.statements(card.id)
    out.said += [_said(s, judged[0].doc) for s in said]
    if not any(p.content for p in judged):  # what is judged by itself, not where it stands
        return
    pages = {page.number: page.text for page in catalogue.pages(card.id)}
    for passage in judged:
        place = locate(passage, [pages[passage.page]] if passage.page in pages else pages.values())
        out.labels[passage.id] = labels(place.text) if place else {}
        out.shares |= {passage.id: place.share} if place else {}


def _said(statement: Statement, doc: str) -> Said:
    first, last = statement.span.page, statement.span.page_end
    return Said(
        doc,
        statement.text,
        kind=statement.kind,
        voice=statement.voice,
        achieved=statement.achieved,
        addressed_to=statement.addressed_to,
        figure=statement.figure,
        pages=None if first is None else (first, last or first),
        themes=frozenset(statement.themes),
    )


def find(home: Home, queries: Sequence[retrieval.JudgedQuery]) -> dict[str, list[retrieval.Hit]]:
    """The first hits of every query, as ``fingerpost search --batch`` gives them."""
    from index.answer import Request
    from index.library import Library

    library = Library(home)
    answers = {q.id: library.search(Request(text=q.query, limit=HITS, facets=False)) for q in queries}
    return {id: [retrieval.Hit(h.doc, h.text, h.weak) for h in answer.hits] for id, answer in answers.items()}


def grouped(home: Home, judged: Sequence[pairs.JudgedPair]) -> dict[pairs.Said, frozenset[str]]:
    """The groups in which a home shows each judged statement; a document is known as for `understand`."""
    found: dict[pairs.Said, set[str]] = {said: set() for pair in judged for said in (pair.one, pair.other)}
    wanted: dict[tuple[str, str], list[pairs.Said]] = {}
    for said in found:
        wanted.setdefault((said.content or said.doc, said.words), []).append(said)
    with Published(home.catalogue_url) as catalogue:
        for entry in catalogue.entries():
            for statement in catalogue.statements(entry.card.id):
                words = statement.id.removeprefix(f"{statement.doc}.").partition(".")[0]
                for key in (entry.content_hash, entry.card.id):
                    for said in wanted.get((key, words), ()):
                        found[said].add(statement.group)
    return {said: frozenset(groups) for said, groups in found.items()}


def labels(text: str) -> dict[str, frozenset[str]]:
    from ingest.tagging import summary, tagger

    told = summary(tagger().tag(text))
    return {
        "themes": frozenset(told.themes),
        "target_groups": frozenset(told.target_groups),
        "countries": frozenset(told.countries),
        "criteria": _of_scheme("evaluation-criteria", told.concepts),
        "situation": _of_scheme("situation", told.concepts),
    }


def _of_scheme(scheme: str, concepts: Sequence[str]) -> frozenset[str]:
    return frozenset(c.id for c in vocabulary().scheme(scheme)) & frozenset(concepts)
