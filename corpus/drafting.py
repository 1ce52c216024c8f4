"""A practice record from what somebody typed into fields: written as a record file, and examined by its rules.

What is typed is kept as it is: a paragraph or list item is a claim, as in the file.  Claims that name no source get the
one that is given for all of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from typing import get_args, get_type_hints

import msgspec

from corpus import claims, records, sources
from corpus.concepts import vocabulary
from corpus.errors import RecordError
from corpus.ids import fold, slug
from corpus.messages import Message
from corpus.model import PRACTICE_FIELDS, Bibliography, Place, Standing, Value
from corpus.places import countries
from corpus.records import FrontMatter

LISTS = ("organisations", "donors", "themes", "target_groups", "gcm_objectives", "gcm_principles", "sdgs")
"""The fields of the front matter that hold several values."""
NEEDED = {
    "title": Message("Every practice has a title."),
    "themes": Message("Choose one at least: it is found by them."),
    "standing": Message("Say whose word it rests on."),
    "shown_to_work": Message("Say how far it is shown to work."),
}
"""The fields that no record can do without, and what to do where one is blank."""
ASSUMED = {"standing": Standing.UNKNOWN.value, "shown_to_work": "described"}
"""What stands in a blank field that must hold something, so that everything else can still be examined."""
NEW_SOURCE = ("title", "organisations", "date", "url", "language")
"""The fields of the library card of a source that is not there yet."""

ROLES: tuple[str, ...] = get_args(get_type_hints(Place)["role"])

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_ENDS_CITED = re.compile(r"\]\s*$")


class Filled(Value, frozen=True):
    """What was typed: fields of the front matter and of PRACTICE_FIELDS by their names, each with its lines or choices.

    ``source`` with a page's label or a section's heading is cited where a claim cites nothing.  ``new_source`` holds
    fields of NEW_SOURCE for a source that the library does not have; its id is then cited.
    """

    front: dict[str, tuple[str, ...]]
    told: dict[str, str]
    source: str = ""
    page: str = ""
    section: str = ""
    new_source: dict[str, str] = msgspec.field(default_factory=dict)

    @property
    def id(self) -> str:
        return slug(_one(self.front.get("title", ())))

    @property
    def card(self) -> Bibliography | None:
        """The library card of the new source; None where none is given."""
        told = {name: plain(value).strip() for name, value in self.new_source.items()}
        if not any(told.values()):
            return None
        title = told.get("title", "")
        return Bibliography(
            id=slug(title),
            title=title,
            organisations=_values((told.get("organisations", ""),)),
            date=told.get("date", ""),
            url=told.get("url", ""),
            language=told.get("language", ""),
        )

    @property
    def cited(self) -> str:
        """What is put behind a claim that cites nothing; blank where no source is given for all."""
        card = self.card
        doc = self.source.strip() or (card.id if card else "")
        place = f"p. {self.page.strip()}" if self.page.strip() else f"§ {self.section.strip()}"
        return f"[{doc} {place}]" if doc and (self.page.strip() or self.section.strip()) else ""


def plain(text: str) -> str:
    """Text without what no file should hold: control characters, halves of characters, other systems' line ends."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def write(filled: Filled) -> str:
    """The record as a file: front matter, and a heading for each field that says something."""
    lines = ["---"]
    for name in FrontMatter.__struct_fields__:
        values = _values(filled.front.get(name, ()))
        if name == "places":
            lines += ["places:", *(_place(value) for value in values)] if values else []
        elif name in LISTS:
            lines += [f"{name}: [{', '.join(map(_quoted, values))}]"] if values or name == "themes" else []
        else:
            value = _one(filled.front.get(name, ())) or ASSUMED.get(name, "")
            lines += [f"{name}: {_quoted(value)}"] if value or name == "title" else []
    lines.append("---")
    for field, heading in PRACTICE_FIELDS.items():
        claimed = [_claim(block, filled.cited) for block in claims.blocks(plain(filled.told.get(field, "")))]
        if claimed:
            lines += ["", f"## {heading}", *_apart(claimed)]
    return "\n".join([*lines, ""])


def problems(filled: Filled, documents: Collection[str]) -> dict[str, list[str]]:
    """What is wrong, by the field's name ("" where it is none); ``documents`` are the ids that may be cited.

    Fields of the new source are named ``new_`` and their name.
    """
    found: dict[str, list[str]] = {}
    for name, needed in NEEDED.items():
        if not _values(filled.front.get(name, ())):
            found[name] = [needed]
    for line in _values(filled.front.get("places", ())):
        role = line.partition(":")[2].strip().lower()
        if role not in ROLES:
            known = ", ".join(filter(None, ROLES))
            found["places"] = [
                Message("“%(role)s” is no role of a country; write one of %(roles)s.", role=role, roles=known)
            ]
    card = filled.card
    if card:
        for field, told in _wrong_with(card, documents):
            found.setdefault(f"new_{field}", []).append(told)
    citable = {*documents, *([card.id] if card else [])}
    own = frozenset(found)
    for error in records.examine(write(filled), f"{filled.id}.md", vocabulary(), citable).problems:
        field = _field_of(error)
        if field not in own:
            found.setdefault(field, []).append(error.problem)
    return found


def toml_of(card: Bibliography) -> str:
    """A library card as its table in a file of cards."""
    told = {name: getattr(card, name) for name in NEW_SOURCE}
    rows = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in told.items() if value]
    return "\n".join([f"[{card.id}]", *rows, ""])


def _wrong_with(card: Bibliography, documents: Collection[str]) -> Iterable[tuple[str, str]]:
    if not card.title:
        yield "title", Message("Every source has a title.")
    elif card.id in documents:
        yield "title", Message("The library has “%(id)s” already; name it as the source instead.", id=card.id)
    try:
        sources.check(card, "source", vocabulary())
    except RecordError as error:
        yield error.field, error.problem


def _field_of(error: RecordError) -> str:
    """The name of the field that a complaint is about; blank where it is about none that can be filled in."""
    headings: Mapping[str, str] = {heading: field for field, heading in PRACTICE_FIELDS.items()}
    name = re.split(r"[\[.]", error.field)[0]
    return headings.get(error.field) or (name if name in FrontMatter.__struct_fields__ else "")


def _claim(block: claims.Block, cited: str) -> str:
    text = block.text if _ENDS_CITED.search(block.text) or not cited else f"{block.text} {cited}"
    # A line that begins with the sign of a heading would be read as one.
    text = f" {text}" if text.startswith("#") else text
    return f"- {text}" if block.item else text


def _apart(claimed: Iterable[str]) -> list[str]:
    """Claims as lines: paragraphs stand apart, the items of a list together."""
    lines: list[str] = []
    for claim in claimed:
        if lines and not (claim.startswith("- ") and lines[-1].startswith("- ")):
            lines.append("")
        lines.append(claim)
    return lines


def _place(typed: str) -> str:
    name, _, role = typed.partition(":")
    code = _codes().get(fold(name), name.strip())
    return f"  - {{country: {_quoted(code)}{f', role: {_quoted(role.strip().lower())}' if role.strip() else ''}}}"


def _codes() -> dict[str, str]:
    """The code of every country by its folded names and codes."""
    found = {fold(name): country.alpha2 for country in countries().values() for name in country.names}
    return {**found, **{code.casefold(): code for code in countries()}}


def _values(typed: Iterable[str]) -> tuple[str, ...]:
    """Values as they were typed, one a line, each once."""
    lines = (" ".join(line.split()) for text in typed for line in plain(text).split("\n"))
    return tuple(dict.fromkeys(line for line in lines if line))


def _one(typed: Iterable[str]) -> str:
    return " ".join(plain(" ".join(typed)).split())


def _quoted(value: str) -> str:
    """A YAML string in double quotes; JSON's escapes are among YAML's."""
    return json.dumps(value, ensure_ascii=False)
