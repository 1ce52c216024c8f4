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
from collections.abc import Callable, Collection, Iterator
from functools import cache, partial
from importlib import resources
from itertools import pairwise
from typing import Any

import msgspec
import yaml

from corpus import sources
from corpus.concepts import Vocabulary
from corpus.concepts import vocabulary as shipped_vocabulary
from corpus.errors import RecordError
from corpus.fields import check_concepts, check_countries, check_date, check_id, complaint, convert
from corpus.model import PRACTICE_FIELDS, Claim, Place, Practice, ShownToWork, SourceRef, Standing, Value

_FIELD_OF = {heading: field for field, heading in PRACTICE_FIELDS.items()}
FENCED = re.compile(r"\ufeff?---[ \t]*\n(?P<front>.*?)^---[ \t]*(?:\n|\Z)(?P<body>.*)", re.DOTALL | re.MULTILINE)
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


class Located(Value, frozen=True):
    """A claim as it stands in a file: the key of its field, its heading, and the line it begins on (from 1)."""

    field: str
    heading: str
    claim: Claim
    line: int


class Draft(Value, frozen=True):
    """A file read as far as it can be; ``front`` is None where the front matter is no record's."""

    front: FrontMatter | None = None
    claims: tuple[Located, ...] = ()
    problems: tuple[RecordError, ...] = ()

    @property
    def told(self) -> dict[str, tuple[Claim, ...]]:
        found: dict[str, list[Claim]] = {}
        for located in self.claims:
            found.setdefault(located.field, []).append(located.claim)
        return {field: tuple(claims) for field, claims in found.items()}


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
    if draft.problems:
        raise draft.problems[0]
    front = draft.front
    assert front is not None, "a record without front matter is a problem"
    fields = {field: getattr(front, field) for field in FrontMatter.__struct_fields__ if field != "id"}
    return Practice(id=front.id or name.removesuffix(".md"), told=draft.told, **fields)


def examine(
    text: str,
    name: str,
    vocabulary: Vocabulary | None = None,
    documents: Collection[str] | None = None,
) -> Draft:
    """Everything in a record that can be read, and everything that breaks the template, in the order of the file."""
    found = FENCED.match(text.replace("\r\n", "\n"))
    if not found:
        wanted = "is missing; begin the file with --- and close the fields with ---"
        return Draft(problems=(complaint(name, "front matter", wanted, 1),))
    citable = frozenset(documents) if documents is not None else frozenset(card.id for card in sources.known())
    problems: list[RecordError] = []
    front = _front(found["front"], name, problems)
    first = found.string[: found.start("body")].count("\n") + 1
    claims = tuple(_claims(found["body"], first, name, citable, problems))
    headings = {located.field for located in claims}
    if "summary" not in headings and not any(problem.field == PRACTICE_FIELDS["summary"] for problem in problems):
        wanted = "is missing; every practice says in short what it is"
        problems.append(complaint(name, PRACTICE_FIELDS["summary"], wanted, first))
    if front:
        for problem in _wrong(front, name, vocabulary):
            problem.line = problem.line or _line_of(problem.field, found["front"])
            problems.append(problem)
    return Draft(front=front, claims=claims, problems=tuple(sorted(problems, key=lambda problem: problem.line)))


def _front(text: str, name: str, problems: list[RecordError]) -> FrontMatter | None:
    try:
        return convert(plain_yaml(text, name), FrontMatter, name)
    except RecordError as error:
        error.line = error.line or _line_of(error.field, text)
        problems.append(error)
        return None


def _line_of(field: str, front: str) -> int:
    """The line on which a field of the front matter begins, else the first."""
    named = re.split(r"[\[.]", field)[0]
    lines = front.split("\n")
    # The front matter begins on the file's second line.
    return next((n for n, line in enumerate(lines, 2) if named and line.startswith(f"{named}:")), 1)


def plain_yaml(text: str, name: str) -> object:
    """The front matter's fields, every scalar a string; `RecordError` names the line."""
    try:
        return yaml.load(text, _Plain)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        # The front matter begins on the file's second line, and marks count from 0.
        number = mark.line + 2 if mark else 0
        line = f"line {number}: " if mark else ""
        problem = getattr(error, "problem", None) or "cannot be read"
        raise complaint(name, "front matter", f"{line}{problem}; correct that line", number) from error
    except RecursionError as error:
        raise complaint(name, "front matter", "is nested too deep; keep to the template") from error


def _claims(
    body: str, first: int, name: str, citable: frozenset[str], problems: list[RecordError]
) -> Iterator[Located]:
    """The claims under the template's headings; ``first`` is the number of the body's first line."""
    before, *sections = re.split(r"^(?=#)", body, flags=re.MULTILINE)
    if before.strip():
        wanted = f"“{_short(before)}” stands before the first heading; put it under one"
        problems.append(complaint(name, "body", wanted, first))
    seen: set[str] = set()
    at = first + before.count("\n")
    for section in sections:
        line, _, content = section.partition("\n")
        heading = line.removeprefix("## ").strip()
        field = _FIELD_OF.get(heading) if line.startswith("## ") else None
        if field is None:
            wanted = "is no heading of the template; see docs/records.md for them"
            problems.append(complaint(name, line.strip(), wanted, at))
        elif field in seen:
            problems.append(complaint(name, heading, "is there twice; put both under one heading", at))
        found = list(blocks(content, at + 1))
        if field is not None and not found:
            problems.append(
                complaint(name, heading, "is empty; leave the heading out where the source does not say", at)
            )
        seen.add(field or "")
        for block in found:
            try:
                claim = _claim(block, name, heading, citable)
            except RecordError as error:
                error.line = block.line
                problems.append(error)
            else:
                yield Located(field=field or "", heading=heading, claim=claim, line=block.line)
        at += section.count("\n")


class Block(Value, frozen=True):
    """A paragraph or list item of Markdown with its lines joined, and the line it begins on."""

    text: str
    item: bool
    line: int


def blocks(content: str, first: int = 1) -> Iterator[Block]:
    """Paragraphs and list items in their order; ``first`` is the number of the content's first line."""
    block: Block | None = None
    for number, line in enumerate(map(str.strip, content.splitlines()), first):
        item = _ITEM.match(line)
        if block and line and not item:
            block = msgspec.structs.replace(block, text=f"{block.text} {line}")
            continue
        if block:
            yield block
        block = Block(text=item["text"] if item else line, item=bool(item), line=number) if line else None
    if block:
        yield block


def _claim(block: Block, name: str, heading: str, citable: frozenset[str]) -> Claim:
    found = _CLAIM.fullmatch(block.text)
    if not found or not found["text"]:
        raise complaint(name, heading, f"“{_short(block.text)}” names no source; end it with [source p. 12]")
    if _CITED_INSIDE.search(found["text"]):
        raise complaint(name, heading, f"“{_short(block.text)}” goes on after a citation; begin a new paragraph there")
    refs = tuple(reference(cited, name, heading, citable) for cited in _CITED.findall(found["cited"]))
    return Claim(text=found["text"], sources=refs, item=block.item)


def reference(cited: str, name: str, heading: str, citable: frozenset[str]) -> SourceRef:
    """What stands inside a citation's brackets; `RecordError` where it is none, or of no known document."""
    found = _CITATION.fullmatch(cited)
    if not found:
        raise complaint(name, heading, f"[{cited}] is no citation; write [source p. 12] or [source § Heading]")
    if found["doc"] not in citable:
        raise complaint(name, heading, f"[{cited}] cites “{found['doc']}”, which {sources.SOURCES} does not have")
    return SourceRef(doc=found["doc"], page_label=found["page"] or "", section=found["section"] or "")


def _wrong(front: FrontMatter, name: str, words: Vocabulary | None) -> Iterator[RecordError]:
    """What is wrong with the front matter's values, one complaint a field."""
    for check in _checks(front, name, words):
        try:
            check()
        except RecordError as error:
            yield error


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
