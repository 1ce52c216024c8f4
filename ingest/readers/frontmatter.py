"""Front matter: what a Markdown file says of itself before its text, read without trusting it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import yaml

from ingest.clean import one_line
from ingest.dates import iso_date
from ingest.language import code
from ingest.readers.webcard import Card, is_private

FRONT_MATTER_MAX = 20_000
"""Longer front matter (characters) is not what a document says of itself."""

DEPTH_MAX = 6

_FENCED = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)

_KEYS: dict[str, str] = {
    "title": "title",
    "author": "authors", "authors": "authors", "by": "authors",
    "organisation": "organisations", "organisations": "organisations",
    "organization": "organisations", "organizations": "organisations", "source": "organisations",
    "publisher": "publisher",
    "date": "date", "published": "date", "publication date": "date", "year": "date",
    "url": "url", "link": "url", "canonical": "url", "canonical_url": "url",
    "summary": "summary", "abstract": "summary", "description": "summary",
    "language": "language", "lang": "language",
}  # fmt: skip
"""What authors call the fields of a card."""


class FrontMatter(NamedTuple):
    """The fields before a text (each with one or several values), the text, and what is wrong with the fields."""

    fields: dict[str, tuple[str, ...]]
    body: str
    warning: str = ""


def split(text: str) -> FrontMatter:
    """Part a file's front matter from its text; fields that cannot be trusted are left out with a warning."""
    found = _FENCED.match(text)
    if found is None:
        return FrontMatter({}, text)
    body = text[found.end() :]
    try:
        return FrontMatter(_load(found.group(1)), body)
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        reason = str(error) if isinstance(error, _UntrustedYaml) else "it is not well-formed YAML"
        return FrontMatter({}, body, f"The front matter was left out: {reason}.")


class _UntrustedYaml(ValueError):
    """Front matter that asks for more than plain values."""


def _load(source: str) -> dict[str, tuple[str, ...]]:
    """Plain keys with plain values or lists of them; everything stays a string."""
    if len(source) > FRONT_MATTER_MAX:
        raise _UntrustedYaml("it is too long")
    depth = 0
    for event in yaml.parse(source, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _UntrustedYaml("it uses anchors or aliases")
        if getattr(event, "tag", None):
            raise _UntrustedYaml("it uses tags that ask for program objects")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEPTH_MAX:
            raise _UntrustedYaml("it is nested too deep")
    told = yaml.load(source, Loader=yaml.BaseLoader)  # BaseLoader: strings, lists and mappings only
    if not isinstance(told, dict):
        raise _UntrustedYaml("it holds no fields")
    fields = {one_line(str(key)).lower(): tuple(_strings(value)) for key, value in told.items()}
    return {key: values for key, values in fields.items() if key and values}


def _strings(value: object) -> Iterable[str]:
    """The strings in a value; of an entry with parts ("name: …") its parts in one."""
    if isinstance(value, str):
        if text := one_line(value):
            yield text
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
    elif isinstance(value, dict):
        yield from _strings(" ".join(part for inner in value.values() for part in _strings(inner)))


def card_from(fields: Mapping[str, tuple[str, ...]]) -> Card:
    """The card that plain fields tell; what has no place on it is kept as metadata."""
    told: dict[str, tuple[str, ...]] = {}
    for key, values in fields.items():
        if name := _KEYS.get(key):
            told[name] = (*told.get(name, ()), *values)
    url = next((u for u in told.get("url", ()) if u.startswith(("http://", "https://"))), "")
    return Card(
        title=" ".join(told.get("title", ())),
        authors=told.get("authors", ()),
        organisations=told.get("organisations", ()),
        publisher=" ".join(told.get("publisher", ())[:1]),
        date=next((d for d in map(iso_date, told.get("date", ())) if d), ""),
        url=url,
        summary=" ".join(told.get("summary", ())),
        language=next((c for c in map(code, told.get("language", ())) if c), ""),
        metadata={key: "; ".join(values) for key, values in fields.items() if not is_private(key)},
    )


def is_card_field(label: str) -> bool:
    """Whether a label names a field of a card."""
    return label.strip().lower() in _KEYS
