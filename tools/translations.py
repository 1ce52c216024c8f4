"""What is translated and what is not, and the work for translators.

    python tools/translations.py status             how much of each kind is there, missing or stale, by language
    python tools/translations.py todo fr practices  what is missing or stale, to be filled in: TOML with the English
    python tools/translations.py merge fr practices FILE   takes filled-in entries over into the file of translations
    python tools/translations.py stamp              writes "of" into entries that have none

The files are corpus/translations/<language>/<kind>.toml; docs/records.md explains their fields.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from corpus.translations import (
    FOLDER,
    KINDS,
    LANGUAGES,
    MACHINE,
    Translation,
    digest,
    doubts,
    examine,
    lines_of,
    originals,
)

ROOT = Path(__file__).resolve().parent.parent / "corpus" / FOLDER
_OF = re.compile(r"of\s*=")


def file_of(language: str, kind: str, root: Path = ROOT) -> Path:
    return root / language / f"{kind}.toml"


def state(language: str, kind: str, root: Path = ROOT) -> tuple[set[str], set[str], set[str]]:
    """The ids that are translated, missing and stale."""
    file = file_of(language, kind, root)
    entries, _ = examine(file.read_text("utf-8"), file.name, kind) if file.is_file() else ({}, ())
    texts = originals(kind)
    stale = {one for one in texts if one in entries and entries[one].of != digest(texts[one])}
    missing = set(texts) - set(entries)
    return set(texts) - missing - stale, missing, stale


def status(root: Path = ROOT) -> Iterator[str]:
    """One line for each language and kind."""
    for language in LANGUAGES:
        for kind in KINDS:
            done, missing, stale = state(language, kind, root)
            yield f"{language} {kind}: {len(done)} translated, {len(missing)} missing, {len(stale)} stale"


def todo(language: str, kind: str, root: Path = ROOT) -> Iterator[str]:
    """An entry to fill in for everything that is missing or stale, the English text in comments above it."""
    _, missing, stale = state(language, kind, root)
    for identifier, texts in originals(kind).items():
        if identifier in missing | stale:
            yield _entry(
                identifier, texts, kind, "stale: replace the entry that is there" if identifier in stale else ""
            )


def _entry(identifier: str, texts: tuple[str, ...], kind: str, remark: str) -> str:
    told = [f"# {text}" for text in (*([remark] if remark else ()), *texts)]
    mark = [f"[{identifier}]", f'of = "{digest(texts)}"', f'by = "{MACHINE}"', 'reviewed = ""']
    if kind == "glossary":
        body = ['term = ""', 'definition = ""', "other_names = []"]
    else:
        field = "summary" if kind == "practices" else "key_points"
        body = ['title = ""', f"{field} = [", *('  "",' for _ in texts[1:]), "]"]
    return "\n".join([*told, *mark, *body, ""])


def merge(language: str, kind: str, text: str, root: Path = ROOT) -> tuple[int, list[str]]:
    """Take a file's entries over, in place of those of the same id; how many, and what is wrong with those left out."""
    given, problems = examine(text, f"{language}/{kind}.toml", kind)
    texts = originals(kind)
    wrong = [str(problem) for problem in problems]
    for identifier, entry in given.items():
        found = list(doubts(entry, texts[identifier], language, kind)) if identifier in texts else []
        wrong += [f"[{identifier}] {field}: {told}" for field, is_error, told in found if is_error or field == "of"]
        wrong += [f"[{identifier}]: no such id ships"] if identifier not in texts else []
    bad = {found[1] for told in wrong if (found := re.search(r"\[([^\]]+)\]", told))}
    good = {identifier: entry for identifier, entry in given.items() if identifier not in bad}
    file = file_of(language, kind, root)
    there = examine(file.read_text("utf-8"), file.name, kind)[0] if file.is_file() else {}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(written(language, kind, there | good), "utf-8")
    return len(good), wrong


def written(language: str, kind: str, entries: Mapping[str, Translation]) -> str:
    """A file of translations, by id."""
    pieces = [f"# {LANGUAGES[language].name}: {kind}.  docs/records.md explains the fields.\n"]
    for identifier in sorted(entries):
        told = msgspec.structs.asdict(entries[identifier])
        lines = [f"{field} = {_as_toml(value)}" for field, value in told.items()]
        pieces.append("\n".join([f"[{identifier}]", *lines, ""]))
    return "\n".join(pieces)


def _as_toml(value: str | tuple[str, ...]) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return "[\n" + "".join(f"  {json.dumps(part, ensure_ascii=False)},\n" for part in value) + "]" if value else "[]"


def stamp(root: Path = ROOT) -> int:
    """Write the digest of the English text into the entries whose ``of`` is blank or missing; how many there were."""
    count = 0
    for language in LANGUAGES:
        for kind in KINDS:
            file = file_of(language, kind, root)
            if file.is_file():
                text, stamped = stamped_text(file.read_text("utf-8"), kind)
                count += stamped
                if stamped:
                    file.write_text(text, "utf-8")
    return count


def stamped_text(text: str, kind: str) -> tuple[str, int]:
    """A file's text with every blank or missing ``of`` filled in, and how many were."""
    texts, lines, count = originals(kind), text.splitlines(), 0
    end = len(lines)
    for head, identifier in sorted(((line - 1, one) for one, line in lines_of(text).items()), reverse=True):
        places = [number for number in range(head + 1, end) if _OF.match(lines[number])]
        blank = [number for number in places if lines[number].endswith('""')]
        if identifier in texts and (blank or not places):
            lines[head + 1 : head + 1] = [f'of = "{digest(texts[identifier])}"']
            if blank:
                del lines[blank[0] + 1]
            count += 1
        end = head
    return "\n".join(lines) + "\n", count


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("status")
    work = verbs.add_parser("todo")
    work.add_argument("language", choices=LANGUAGES)
    work.add_argument("kind", choices=KINDS)
    take = verbs.add_parser("merge")
    take.add_argument("language", choices=LANGUAGES)
    take.add_argument("kind", choices=KINDS)
    take.add_argument("file", type=Path)
    verbs.add_parser("stamp")
    asked = parser.parse_args(words)
    if asked.verb == "status":
        print("\n".join(status()))
    elif asked.verb == "todo":
        print("\n".join(todo(asked.language, asked.kind)))
    elif asked.verb == "merge":
        count, wrong = merge(asked.language, asked.kind, asked.file.read_text("utf-8"))
        print("\n".join([*wrong, f"{count} entries were taken over, {len(wrong)} things are to be mended."]))
        return 1 if wrong else 0
    else:
        print(f"{stamp()} entries were stamped.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
