"""Synthesis notes: what the sources together say on one subject, a page or two of Markdown each.

Front matter and headings, read into `Note`; every paragraph and every list item is a claim (see `corpus.claims`).
docs/records.md shows the whole template.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache, partial
from importlib import resources

import msgspec

from corpus import claims, sources
from corpus.claims import Draft, Template
from corpus.concepts import Vocabulary
from corpus.concepts import vocabulary as shipped_vocabulary
from corpus.fields import check_concepts, check_date, check_id, complaint
from corpus.messages import N_
from corpus.model import Bibliography, Claim, SourceRef, Standing, Value

NOTE_FIELDS: dict[str, str] = {
    "key_points": N_("Key points"),
    "agree": N_("Where the sources agree"),
    "differ": N_("Where they disagree or differ"),
    "who_says": N_("Who says it"),
    "failed": N_("What failed"),
    "gaps": N_("Gaps"),
    "practice": N_("For practice"),
}
"""The told fields of a note in the order they are shown, with their headings (the same in note files)."""

KEY_POINTS = range(4, 7)
"""How many key points a note has: they are translated, and read where nothing else is."""


class FrontMatter(Value, frozen=True):
    """The typed part of a note; the fields are those of `Note`, which says what they hold."""

    title: str
    question: str
    themes: tuple[str, ...]
    last_checked: str
    target_groups: tuple[str, ...] = ()
    language: str = "en"
    rights: str = "CC BY 4.0"


class Note(Value, frozen=True):
    """What the sources together say on a subject, in our own words, claim by claim.

    ``question`` is what it answers, ``last_checked`` the day on which it was last held against its sources (ISO 8601).
    ``told`` maps every key of NOTE_FIELDS to its claims.
    """

    id: str
    title: str
    question: str
    told: dict[str, tuple[Claim, ...]]
    themes: tuple[str, ...]
    last_checked: str
    target_groups: tuple[str, ...] = ()
    language: str = "en"
    rights: str = "CC BY 4.0"

    @property
    def card(self) -> Bibliography:
        """The note as a document of the library."""
        return Bibliography(
            id=self.id,
            title=self.title,
            authors=("Fingerpost",),
            organisations=("Fingerpost",),
            publisher="Fingerpost",
            date=self.last_checked,
            language=self.language,
            document_type="synthesis",
            standing=Standing.RESEARCH,
            programme=sources.OURS,
            rights=self.rights,
            summary=self.question,
            themes=self.themes,
            target_groups=self.target_groups,
        )

    def sources(self) -> tuple[SourceRef, ...]:
        """Every place that the note cites, once, in order of first use."""
        refs = (ref for some in self.told.values() for claim in some for ref in claim.sources)
        return tuple(dict.fromkeys(refs))


def load(
    text: str,
    name: str,
    vocabulary: Vocabulary | None = None,
    documents: Collection[str] | None = None,
) -> Note:
    """One note; ``name`` is its file's name, whose stem is the note's id.

    Concepts are checked where a ``vocabulary`` is given.  ``documents`` are the ids that may be cited, those of the
    shipped sources by default.  Raises `RecordError`, which names the file and the field.
    """
    draft = examine(text, name, vocabulary, documents)
    front = draft.whole()
    fields = {field: getattr(front, field) for field in FrontMatter.__struct_fields__}
    return Note(id=name.removesuffix(".md"), told=draft.told, **fields)


def examine(
    text: str,
    name: str,
    vocabulary: Vocabulary | None = None,
    documents: Collection[str] | None = None,
) -> Draft[FrontMatter]:
    """Everything in a note that can be read, and everything that breaks the template; parameters as for `load`."""
    template = Template(
        form=FrontMatter,
        headings=NOTE_FIELDS,
        needed=dict.fromkeys(NOTE_FIELDS, "every note has all of its headings"),
        checks=partial(_checks, words=vocabulary),
    )
    draft = claims.examine(text, name, template, documents)
    points = [one for one in draft.claims if one.field == "key_points"]
    if points and (len(points) not in KEY_POINTS or not all(one.claim.item for one in points)):
        wanted = f"has {len(points)} points; make a list of {KEY_POINTS[0]} to {KEY_POINTS[-1]} of them"
        problem = complaint(name, NOTE_FIELDS["key_points"], wanted, points[0].line)
        problems = sorted((*draft.problems, problem), key=lambda one: one.line)
        draft = msgspec.structs.replace(draft, problems=tuple(problems))
    return draft


def _checks(front: FrontMatter, name: str, words: Vocabulary | None) -> Iterator[Callable[[], None]]:
    yield lambda: check_id(name.removesuffix(".md"), name)
    for field in ("title", "question"):
        yield partial(_check_told, front, field, name)
    yield lambda: check_date(front.last_checked, name, "last_checked")
    if words:
        yield lambda: check_concepts(front.themes, "themes", name, "themes", words)
        yield lambda: check_concepts(front.target_groups, "target-groups", name, "target_groups", words)


def _check_told(front: FrontMatter, field: str, name: str) -> None:
    if not getattr(front, field).strip():
        raise complaint(name, field, f"is blank; every note has a {field}")


@cache
def shipped() -> tuple[Note, ...]:
    """The notes that ship with Fingerpost, checked against the vocabulary, sorted by id."""
    folder = resources.files("corpus") / "notes"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".md")), key=lambda file: file.name)
    return tuple(load(file.read_text("utf-8"), file.name, shipped_vocabulary(), citable()) for file in files)


@cache
def citable() -> frozenset[str]:
    """The ids of the documents that notes rest on: the shipped sources, never what we wrote ourselves."""
    return frozenset(card.id for card in sources.known() if card.programme != sources.OURS)


def readable(note: Note, titles: Mapping[str, str]) -> str:
    """A note as Markdown for readers: what each claim cites is a numbered note with its source's title.

    ``titles`` are those of the documents, by id.  The places stand beside the sentences and not in them, so that a
    search finds what a note says and not what it cites.
    """
    lines = ["---", f"title: {json.dumps(note.title)}", f"language: {note.language}", "---", "", f"# {note.title}"]
    places: list[str] = []
    for field, heading in NOTE_FIELDS.items():
        lines += ["", f"## {heading}"]
        for claim in note.told[field]:
            places.append("; ".join(f"{titles.get(ref.doc, ref.doc)}, {ref.locator}" for ref in claim.sources))
            lines += ["", f"{'- ' if claim.item else ''}{claim.text}[^{len(places)}]"]
    lines += [""] + [f"[^{number}]: {place}." for number, place in enumerate(places, 1)]
    return "\n".join(lines) + "\n"


@cache
def retold() -> frozenset[str]:
    """The documents that we wrote ourselves from others: notes and briefs."""
    return frozenset(card.id for card in sources.known() if card.programme == sources.OURS) | {n.id for n in shipped()}


def address(doc: str) -> str:
    """The path at which a document is read first: a note has a page of its own."""
    return f"/notes/{doc}" if is_note(doc) else f"/documents/{doc}"


def is_note(doc: str) -> bool:
    """Whether a document is one of the notes that ship."""
    return any(note.id == doc for note in shipped())
