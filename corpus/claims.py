"""Claims in Markdown: what practice records and synthesis notes are written in.

A file is front matter and ``##`` headings; under a heading stand paragraphs and list items.  Each of them is one claim
and ends with where it comes from::

    ## What failed
    - The team had no woman in it. [romia-final-evaluation p. 34]

The page is the printed label; a source without pages is cited by its heading (``[mario-project § How it works]``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, Generic, TypeVar

import msgspec
import yaml

from corpus import sources
from corpus.errors import RecordError
from corpus.fields import complaint, convert
from corpus.model import Claim, SourceRef, Value

FENCED = re.compile(r"\ufeff?---[ \t]*\n(?P<front>.*?)^---[ \t]*(?:\n|\Z)(?P<body>.*)", re.DOTALL | re.MULTILINE)
_CLAIM = re.compile(r"(?P<text>.*?)\s*(?P<cited>(?:\[[^\[\]]*\]\s*)+)", re.DOTALL)
_CITED = re.compile(r"\[([^\[\]]*)\]")
_CITATION = re.compile(r"(?P<doc>\S+) (?:p\. (?P<page>\S+)|§ (?P<section>\S.*))")
_CITED_INSIDE = re.compile(r"\[\S+ (?:p\.|§) ")
_ITEM = re.compile(r"(?:[-*]|\d+\.)\s+(?P<text>.*)")

Front = TypeVar("Front")


class Template(Value, Generic[Front], frozen=True):
    """What a kind of file is made of: the form of its front matter, its headings by field, those it cannot do without.

    ``needed`` maps such a field to why it is needed.  ``checks`` are what is asked of the front matter's values, given
    the file's name; each raises `RecordError` or does nothing.
    """

    form: type[Front]
    headings: Mapping[str, str]
    needed: Mapping[str, str]
    checks: Callable[[Front, str], Iterable[Callable[[], None]]]


class Located(Value, frozen=True):
    """A claim as it stands in a file: the key of its field, its heading, and the line it begins on (from 1)."""

    field: str
    heading: str
    claim: Claim
    line: int


class Draft(Value, Generic[Front], frozen=True):
    """A file read as far as it can be; ``front`` is None where the front matter does not fit its form."""

    front: Front | None = None
    claims: tuple[Located, ...] = ()
    problems: tuple[RecordError, ...] = ()

    @property
    def told(self) -> dict[str, tuple[Claim, ...]]:
        found: dict[str, list[Claim]] = {}
        for located in self.claims:
            found.setdefault(located.field, []).append(located.claim)
        return {field: tuple(claims) for field, claims in found.items()}

    def whole(self) -> Front:
        """The front matter of a file without a problem; raises the first `RecordError` of any other."""
        if self.problems:
            raise self.problems[0]
        assert self.front is not None, "a file without front matter is a problem"
        return self.front


class Block(Value, frozen=True):
    """A paragraph or list item of Markdown with its lines joined, and the line it begins on."""

    text: str
    item: bool
    line: int


def examine(text: str, name: str, template: Template[Front], documents: Collection[str] | None = None) -> Draft[Front]:
    """Everything in a file that can be read, and everything that breaks its template, in the order of the file.

    ``documents`` are the ids that may be cited, those of the shipped sources by default.
    """
    found = FENCED.match(text.replace("\r\n", "\n"))
    if not found:
        wanted = "is missing; begin the file with --- and close the fields with ---"
        return Draft(problems=(complaint(name, "front matter", wanted, 1),))
    citable = frozenset(documents) if documents is not None else frozenset(card.id for card in sources.known())
    problems: list[RecordError] = []
    front = _front(found["front"], name, template.form, problems)
    first = found.string[: found.start("body")].count("\n") + 1
    claims = tuple(_claims(found["body"], first, name, template.headings, citable, problems))
    there = {located.heading for located in claims} | {problem.field for problem in problems}
    for field, why in template.needed.items():
        if template.headings[field] not in there:
            problems.append(complaint(name, template.headings[field], f"is missing; {why}", first))
    if front is not None:
        for problem in _wrong(template.checks(front, name)):
            problem.line = problem.line or line_of(problem.field, found["front"])
            problems.append(problem)
    return Draft(front=front, claims=claims, problems=tuple(sorted(problems, key=lambda problem: problem.line)))


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


def line_of(field: str, front: str) -> int:
    """The line on which a field of the front matter begins, else the first."""
    named = re.split(r"[\[.]", field)[0]
    lines = front.split("\n")
    # The front matter begins on the file's second line.
    return next((n for n, line in enumerate(lines, 2) if named and line.startswith(f"{named}:")), 1)


def _front(text: str, name: str, form: type[Front], problems: list[RecordError]) -> Front | None:
    try:
        return convert(plain_yaml(text, name), form, name)
    except RecordError as error:
        error.line = error.line or line_of(error.field, text)
        problems.append(error)
        return None


def _wrong(checks: Iterable[Callable[[], None]]) -> Iterator[RecordError]:
    """What is wrong with the front matter's values, one complaint a check."""
    for check in checks:
        try:
            check()
        except RecordError as error:
            yield error


def _claims(
    body: str, first: int, name: str, headings: Mapping[str, str], citable: frozenset[str], problems: list[RecordError]
) -> Iterator[Located]:
    """The claims under the template's headings; ``first`` is the number of the body's first line."""
    field_of = {heading: field for field, heading in headings.items()}
    before, *sections = re.split(r"^(?=#)", body, flags=re.MULTILINE)
    if before.strip():
        wanted = f"“{_short(before)}” stands before the first heading; put it under one"
        problems.append(complaint(name, "body", wanted, first))
    seen: set[str] = set()
    at = first + before.count("\n")
    for section in sections:
        line, _, content = section.partition("\n")
        heading = line.removeprefix("## ").strip()
        field = field_of.get(heading) if line.startswith("## ") else None
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


def _short(text: str) -> str:
    """The beginning of a text, enough to find it."""
    return " ".join(text.split())[:60]
