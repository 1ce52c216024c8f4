"""Which files the linter looks at, and what each of them is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from pathlib import Path

from corpus import sources
from corpus.catalogue import Catalogue
from corpus.concepts import vocabulary
from corpus.errors import UsageError
from corpus.lint.claims import Judge
from corpus.lint.finding import Finding, Pen, Report
from corpus.lint.originals import Originals
from corpus.lint.records import check_cards, check_record
from corpus.lint.wording import Names
from corpus.records import examine

_CITED = re.compile(r"\[(\S+) (?:p\.|§) ")

RECORD, NOTE, CARDS = "records", "notes", "cards"


class File:
    """A file to look at: its path as it is told, its text, and which kind it is."""

    def __init__(self, path: str, text: str, kind: str) -> None:
        self.path = path
        self.name = Path(path).name
        self.text = text
        self.kind = kind


def lint(paths: Sequence[Path], catalogue: Catalogue | None) -> Report:
    """Look at the shipped files, or at the given ones; hold them against the originals that the catalogue holds.

    Raises:
        UsageError: a path that is not there, or no file that can be looked at.
    """
    files = list(_given(paths) if paths else _shipped())
    documents = {card.id for card in sources.known()} | set(catalogue.document_ids() if catalogue else ())
    citable = documents - {brief.card.id for brief in sources.shipped_briefs()}
    cited = {doc for file in files for doc in _CITED.findall(file.text)} | {card.id for card in sources.known()}
    judge = Judge(Originals(catalogue), sorted(cited & citable), Names(_names(files, catalogue)))
    findings: list[Finding] = []
    for file in files:
        pen = Pen(file.path)
        if file.kind == CARDS:
            check_cards(pen, file.name, file.text, vocabulary(), judge)
        else:
            check_record(pen, file.name, file.text, vocabulary(), citable, judge)
        findings += pen
    return Report(
        findings=tuple(findings),
        read=dict(Counter(file.kind for file in files)),
        unchecked=tuple(sorted(judge.missing)),
    )


def _names(files: Iterable[File], catalogue: Catalogue | None) -> Iterator[str]:
    """Names and titles that may be written as they stand: those of the cards, and of organisations in records."""
    for card in (*sources.known(), *(catalogue.cards() if catalogue else ())):
        yield from (card.title, card.publisher, *card.organisations, *card.authors)
    for file in files:
        front = examine(file.text, file.name).front if file.kind == RECORD else None
        if front:
            yield from (*front.organisations, *front.donors)


def _shipped() -> Iterator[File]:
    """Everything of ours that ships."""
    corpus = resources.files("corpus")
    yield File(f"corpus/{sources.SOURCES}", (corpus / sources.SOURCES).read_text("utf-8"), CARDS)
    for file in sorted((corpus / "records").iterdir(), key=lambda found: found.name):
        if file.name.endswith(".md"):
            yield File(f"corpus/records/{file.name}", file.read_text("utf-8"), RECORD)


def _given(paths: Iterable[Path]) -> Iterator[File]:
    for path in paths:
        if not path.exists():
            raise UsageError(f"There is no file or folder '{path}'; check the spelling.")
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            kind = _kind(file)
            if kind and file.is_file():
                yield File(str(file), _text(file), kind)
            elif not path.is_dir():
                raise UsageError(
                    f"'{path}' is none of the files that are looked at: records and notes end in .md, cards in .toml."
                )


def _kind(file: Path) -> str:
    if file.suffix == ".md":
        return RECORD
    return CARDS if file.name == sources.SOURCES else ""


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"'{file}' is no text in UTF-8; save it again as UTF-8.") from error
