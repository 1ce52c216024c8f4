"""Practice records: Markdown files with YAML front matter, read into `Practice`.

The front matter holds what is short and typed, the body what is told in claims (see `corpus.claims`): one ``##``
heading for each field of `PRACTICE_FIELDS`, and under it paragraphs and list items.
docs/records.md shows the whole template.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import cache, partial
from importlib import resources
from itertools import pairwise

from corpus import claims
from corpus.claims import Draft, Template
from corpus.concepts import Vocabulary
from corpus.concepts import vocabulary as shipped_vocabulary
from corpus.errors import RecordError
from corpus.fields import check_concepts, check_countries, check_date, check_id, complaint
from corpus.model import PRACTICE_FIELDS, Place, Practice, ShownToWork, Standing, Value


class FrontMatter(Value, frozen=True):
    """The typed part of a record; the fields are those of `Practice`, which says what they hold.

    ``id`` is only written where it is not the file's stem.
    """

    title: str
    themes: tuple[str, ...]
    standing: Standing
    shown_to_work: ShownToWork
    id: str = ""
    organisations: tuple[str, ...] = ()
    donors: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    start: str = ""
    end: str = ""
    practice_type: str = ""
    scope: str = ""
    target_groups: tuple[str, ...] = ()
    gcm_objectives: tuple[str, ...] = ()
    gcm_principles: tuple[str, ...] = ()
    sdgs: tuple[str, ...] = ()
    still_running: str = ""
    last_checked: str = ""
    programme: str = ""
    language: str = "en"
    rights: str = "CC BY 4.0"


SCHEMES = {
    "themes": "themes",
    "target_groups": "target-groups",
    "gcm_objectives": "gcm-objectives",
    "gcm_principles": "gcm-principles",
    "sdgs": "sdgs",
}
"""The fields that hold ids of concepts, with the scheme each one draws on."""


SCOPES = ("local", "national", "bilateral", "regional", "cross-regional", "global")
"""How far a practice reaches, in the words of the Global Compact's repository."""


def load(
    text: str,
    name: str,
    vocabulary: Vocabulary | None = None,
    documents: Collection[str] | None = None,
) -> Practice:
    """One record; ``name`` is its file's name, whose stem is the practice's id.

    Concepts are checked where a ``vocabulary`` is given.  ``documents`` are the ids that may be cited, those of the
    shipped sources by default.  Raises `RecordError`, which names the file and the field.
    """
    draft = examine(text, name, vocabulary, documents)
    front = draft.whole()
    fields = {field: getattr(front, field) for field in FrontMatter.__struct_fields__ if field != "id"}
    return Practice(id=front.id or name.removesuffix(".md"), told=draft.told, **fields)


def examine(
    text: str,
    name: str,
    vocabulary: Vocabulary | None = None,
    documents: Collection[str] | None = None,
) -> Draft[FrontMatter]:
    """Everything in a record that can be read, and everything that breaks the template; parameters as for `load`."""
    template = Template(
        form=FrontMatter,
        headings=PRACTICE_FIELDS,
        needed={"summary": "every practice says in short what it is"},
        checks=partial(_checks, words=vocabulary),
    )
    return claims.examine(text, name, template, documents)


def _checks(front: FrontMatter, name: str, words: Vocabulary | None) -> Iterator[Callable[[], None]]:
    yield lambda: check_id(front.id or name.removesuffix(".md"), name)
    yield lambda: _check_title(front, name)
    for field in ("start", "end", "last_checked"):
        yield partial(check_date, getattr(front, field), name, field)
    yield lambda: _check_order(front, name)
    yield lambda: _check_scope(front, name)
    yield lambda: check_countries((place.country for place in front.places), name, "places")
    if not words:
        return
    for field, scheme in SCHEMES.items():
        yield partial(check_concepts, getattr(front, field), scheme, name, field, words)
    if front.practice_type:
        yield lambda: check_concepts((front.practice_type,), "practice-types", name, "practice_type", words)


def _check_title(front: FrontMatter, name: str) -> None:
    if not front.title.strip():
        raise complaint(name, "title", "is blank; every practice has a title")


def _check_order(front: FrontMatter, name: str) -> None:
    if front.start and front.end and front.end < front.start[: len(front.end)]:
        raise complaint(name, "end", f"{front.end} is before the start, {front.start}; exchange or correct them")


def _check_scope(front: FrontMatter, name: str) -> None:
    if front.scope and front.scope not in SCOPES:
        raise complaint(name, "scope", f"“{front.scope}” is none; write one of {', '.join(SCOPES)}")


@cache
def shipped() -> tuple[Practice, ...]:
    """The records that ship with Fingerpost, checked against the vocabulary, sorted by id."""
    folder = resources.files("corpus") / "records"
    texts = {file.name: file.read_text("utf-8") for file in folder.iterdir() if file.name.endswith(".md")}
    practices = sorted((load(text, name, shipped_vocabulary()) for name, text in texts.items()), key=lambda p: p.id)
    for one, two in pairwise(practices):
        if one.id == two.id:
            raise RecordError(f"records: id: two files are “{one.id}”; give one of them another id")
    return tuple(practices)
