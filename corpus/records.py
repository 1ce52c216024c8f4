"""Practice records: Markdown files with YAML front matter, read into `Practice`.

The front matter holds what is short and typed, the body what is told: one ``##`` heading for each field of
`PRACTICE_FIELDS`, and under it paragraphs and list items.  Each is one claim and ends with its sources::

    ## What failed
    - The team had no woman in it. [romia-final-evaluation p. 34]

The page is the printed label; a source without pages is cited by its heading (``[mario-project § How it works]``).
docs/records.md shows the whole template.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

import yaml

from corpus import sources
from corpus.concepts import Vocabulary
from corpus.concepts import vocabulary as shipped_vocabulary
from corpus.errors import RecordError
from corpus.fields import check_concepts, check_countries, check_date, check_id, complaint, convert
from corpus.model import PRACTICE_FIELDS, Claim, Place, Practice, ShownToWork, SourceRef, Standing, Value

_FIELD_OF = {heading: field for field, heading in PRACTICE_FIELDS.items()}
_FENCED = re.compile(r"\ufeff?---[ \t]*\n(?P<front>.*?)^---[ \t]*(?:\n|\Z)(?P<body>.*)", re.DOTALL | re.MULTILINE)
_CLAIM = re.compile(r"(?P<text>.*?)\s*(?P<cited>(?:\[[^\[\]]*\]\s*)+)", re.DOTALL)
_CITED = re.compile(r"\[([^\[\]]*)\]")
_CITATION = re.compile(r"(?P<doc>\S+) (?:p\. (?P<page>\S+)|§ (?P<section>\S.*))")
_CITED_INSIDE = re.compile(r"\[\S+ (?:p\.|§) ")
_ITEM = re.compile(r"(?:[-*]|\d+\.)\s+(?P<text>.*)")


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


class _Plain(yaml.BaseLoader):
    """YAML whose scalars are strings, whatever they look like: Norway's code stays ``NO``, a year keeps its digits.

    Anchors, aliases, tags and repeated keys are refused: nobody needs them here, and an alias can unfold without end.
    """

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: yaml.Event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise yaml.composer.ComposerError(
                None,
                None,
                "anchors (&), aliases (*) and tags (!) are not allowed",
                event.start_mark,  # type: ignore[arg-type]
            )
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(None, None, f"“{key}” is there twice", node.start_mark)
        return super().construct_mapping(node, deep)


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
    found = _FENCED.match(text.replace("\r\n", "\n"))
    if not found:
        raise complaint(name, "front matter", "is missing; begin the file with --- and close the fields with ---")
    front = convert(_yaml(found["front"], name), FrontMatter, name)
    citable = frozenset(documents) if documents is not None else frozenset(card.id for card in sources.known())
    told = _told(found["body"], name, citable)
    _check(front, told, name, vocabulary)
    fields = {field: getattr(front, field) for field in FrontMatter.__struct_fields__ if field != "id"}
    practice = Practice(id=front.id or name.removesuffix(".md"), told=told, **fields)
    check_id(practice.id, name)
    return practice


def _yaml(text: str, name: str) -> object:
    try:
        return yaml.load(text, _Plain)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        # The front matter begins on the file's second line, and marks count from 0.
        line = f"line {mark.line + 2}: " if mark else ""
        problem = getattr(error, "problem", None) or "cannot be read"
        raise complaint(name, "front matter", f"{line}{problem}; correct that line") from error
    except RecursionError as error:
        raise complaint(name, "front matter", "is nested too deep; keep to the template") from error


def _told(body: str, name: str, citable: frozenset[str]) -> dict[str, tuple[Claim, ...]]:
    told: dict[str, tuple[Claim, ...]] = {}
    before, *sections = re.split(r"^(?=#)", body, flags=re.MULTILINE)
    if before.strip():
        raise complaint(name, "body", f"“{_short(before)}” stands before the first heading; put it under one")
    for section in sections:
        line, _, content = section.partition("\n")
        heading = line.removeprefix("## ").strip()
        field = _FIELD_OF.get(heading) if line.startswith("## ") else None
        if field is None:
            raise complaint(name, line.strip(), "is no heading of the template; see docs/records.md for them")
        if field in told:
            raise complaint(name, heading, "is there twice; put both under one heading")
        told[field] = tuple(_claim(block, item, name, heading, citable) for block, item in _blocks(content))
        if not told[field]:
            raise complaint(name, heading, "is empty; leave the heading out where the source does not say")
    return told


def _blocks(content: str) -> list[tuple[str, bool]]:
    """Paragraphs and list items with their lines joined; True for an item."""
    blocks: list[tuple[str, bool]] = []
    fresh = True
    for line in map(str.strip, content.splitlines()):
        item = _ITEM.match(line)
        if item:
            blocks.append((item["text"], True))
        elif line and fresh:
            blocks.append((line, False))
        elif line:
            text, was_item = blocks[-1]
            blocks[-1] = (f"{text} {line}", was_item)
        fresh = not line
    return blocks


def _claim(block: str, item: bool, name: str, heading: str, citable: frozenset[str]) -> Claim:
    found = _CLAIM.fullmatch(block)
    if not found or not found["text"]:
        raise complaint(name, heading, f"“{_short(block)}” names no source; end it with [source p. 12]")
    if _CITED_INSIDE.search(found["text"]):
        raise complaint(name, heading, f"“{_short(block)}” goes on after a citation; begin a new paragraph there")
    refs = tuple(_reference(cited, name, heading, citable) for cited in _CITED.findall(found["cited"]))
    return Claim(text=found["text"], sources=refs, item=item)


def _reference(cited: str, name: str, heading: str, citable: frozenset[str]) -> SourceRef:
    found = _CITATION.fullmatch(cited)
    if not found:
        raise complaint(name, heading, f"[{cited}] is no citation; write [source p. 12] or [source § Heading]")
    if found["doc"] not in citable:
        raise complaint(name, heading, f"[{cited}] cites “{found['doc']}”, which {sources.SOURCES} does not have")
    return SourceRef(doc=found["doc"], page_label=found["page"] or "", section=found["section"] or "")


def _check(front: FrontMatter, told: dict[str, tuple[Claim, ...]], name: str, words: Vocabulary | None) -> None:
    if not front.title.strip():
        raise complaint(name, "title", "is blank; every practice has a title")
    if "summary" not in told:
        raise complaint(name, PRACTICE_FIELDS["summary"], "is missing; every practice says in short what it is")
    for field in ("start", "end", "last_checked"):
        check_date(getattr(front, field), name, field)
    if front.start and front.end and front.end < front.start[: len(front.end)]:
        raise complaint(name, "end", f"{front.end} is before the start, {front.start}; exchange or correct them")
    if front.scope and front.scope not in SCOPES:
        raise complaint(name, "scope", f"“{front.scope}” is none; write one of {', '.join(SCOPES)}")
    check_countries((place.country for place in front.places), name, "places")
    if not words:
        return
    for field, scheme in SCHEMES.items():
        check_concepts(getattr(front, field), scheme, name, field, words)
    if front.practice_type:
        check_concepts((front.practice_type,), "practice-types", name, "practice_type", words)


def _short(text: str) -> str:
    """The beginning of a text, enough to find it."""
    return " ".join(text.split())[:60]


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
