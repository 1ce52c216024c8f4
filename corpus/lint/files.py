"""Which files the linter looks at, and what each of them is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import resources
from pathlib import Path

from corpus import sources
from corpus.catalogue import Catalogue
from corpus.concepts import vocabulary
from corpus.errors import UsageError
from corpus.glossary import GLOSSARY
from corpus.lint.claims import Judge
from corpus.lint.finding import Finding, Pen, Report
from corpus.lint.originals import Originals
from corpus.lint.records import check_cards, check_glossary, check_note, check_record, check_translations
from corpus.lint.wording import Names
from corpus.records import examine
from corpus.translations import FOLDER, KINDS, LANGUAGES

_CITED = re.compile(r"\[(\S+) (?:p\.|§) ")

_QUESTION = re.compile(r"\A\ufeff?---[ \t]*\n(?:(?!---).*\n)*?question:")
"""Every note answers a question, no record does."""

CHECKS: dict[str, Callable[[Pen, str, str, Judge], int]] = {
    "records": check_record,
    "notes": check_note,
    "terms": check_glossary,
    "cards": check_cards,
    "translations": check_translations,
}
"""What is in a file, with what looks at it and tells how many of these it found."""

BY_NAME = {GLOSSARY: "terms", sources.SOURCES: "cards"}


class File:
    """A file to look at: its path as it is told, and its text."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.name = Path(path).name
        self.text = text

    @property
    def kind(self) -> str:
        """What is in it: a key of CHECKS."""
        if _is_translation(self.path):
            return "translations"
        return BY_NAME.get(self.name) or ("notes" if _QUESTION.match(self.text) else "records")


def _is_translation(path: str | Path) -> bool:
    """Whether a file's folder is a language's, and its name that of a kind of translations."""
    file = Path(path)
    return file.parent.name in LANGUAGES and file.stem in KINDS and file.suffix == ".toml"


def lint(paths: Sequence[Path], catalogue: Catalogue | None) -> Report:
    """Look at the shipped files, or at the given ones; hold them against the originals that the catalogue holds.

    Raises:
        UsageError: a path that is not there, or no file that can be looked at.
    """
    files = list(_given(paths) if paths else _shipped())
    known = {card.id: card for card in sources.known()}
    own = {card.id for card in known.values() if card.programme == sources.OURS}
    citable = (set(known) | set(catalogue.document_ids() if catalogue else ())) - own
    compared = ({doc for file in files for doc in _CITED.findall(file.text)} | set(known)) & citable
    judge = Judge(Originals(catalogue), sorted(compared), Names(_names(files, catalogue)), vocabulary(), citable)
    findings: list[Finding] = []
    read: Counter[str] = Counter()
    for file in files:
        pen = Pen(file.path)
        read[file.kind] += CHECKS[file.kind](pen, file.name, file.text, judge)
        findings += pen
    return Report(findings=tuple(findings), read=dict(read), unchecked=tuple(sorted(judge.missing)))


def _names(files: Iterable[File], catalogue: Catalogue | None) -> Iterator[str]:
    """Names and titles that may be written as they stand: those of the cards, and of organisations in records."""
    for card in (*sources.known(), *(catalogue.cards() if catalogue else ())):
        yield from (card.title, card.publisher, *card.organisations, *card.authors)
    for file in files:
        front = examine(file.text, file.name).front if file.kind == "records" else None
        if front:
            yield from (*front.organisations, *front.donors)


def _shipped() -> Iterator[File]:
    """Everything of ours that ships."""
    corpus = resources.files("corpus")
    for name in BY_NAME:
        yield File(f"corpus/{name}", (corpus / name).read_text("utf-8"))
    for folder in ("records", "notes"):
        for file in sorted((corpus / folder).iterdir(), key=lambda found: found.name):
            if file.name.endswith(".md"):
                yield File(f"corpus/{folder}/{file.name}", file.read_text("utf-8"))
    for language in LANGUAGES:
        for kind in KINDS:
            file = corpus / FOLDER / language / f"{kind}.toml"
            if file.is_file():
                yield File(f"corpus/{FOLDER}/{language}/{kind}.toml", file.read_text("utf-8"))


def _given(paths: Iterable[Path]) -> Iterator[File]:
    for path in paths:
        if not path.exists():
            raise UsageError(f"There is no file or folder '{path}'; check the spelling.")
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and (file.suffix == ".md" or file.name in BY_NAME or _is_translation(file)):
                yield File(str(file), _text(file))
            elif not path.is_dir():
                raise UsageError(f"'{path}' is no file that is looked at: records and notes end in .md.")


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"'{file}' is no text in UTF-8; save it again as UTF-8.") from error
