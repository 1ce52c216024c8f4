"""The interface's words and their translations: gathers the messages, brings the catalogues up to date.

    python tools/catalogues.py update          takes new messages into webapp/translations/*.po, drops what is gone
    python tools/catalogues.py status          how many messages each language has, and how many wait for a translation
    python tools/catalogues.py todo fr         the messages that wait, one JSON object a line
    python tools/catalogues.py merge fr FILE   takes lines of {"id", "plural"?, "context"?, "text"} over

Messages stand in the templates, in the Python of webapp, index and corpus, and as definitions in the vocabulary;
CONTRIBUTING.md says how they are marked.
Nothing is compiled: the application reads the catalogues themselves when it starts.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from corpus.concepts import vocabulary
from webapp.words import DEFINED

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "webapp" / "translations"
LANGUAGES = ("fr", "es", "ar")
ROOMS = ("webapp", "index", "corpus")
METHODS = [("**/templates/**.html", "jinja2.ext.babel_extract"), ("**.py", "python")]
OPTIONS = {
    "**/templates/**.html": {
        "extensions": "jinja2.ext.i18n",
        "trimmed": "true",
        "trim_blocks": "true",
        "lstrip_blocks": "true",
        "newstyle_gettext": "true",
        "silent": "false",
    }
}
KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None, "Message": None}
ARABIC = "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
"""The forms in the order of the Unicode CLDR: none, one, two, few (3–10), many (11–99), other."""
HEAD = (
    "# Words of Fingerpost's pages.  Machine translation, not yet reviewed by native readers: corrections are welcome."
)


def messages(root: Path = ROOT) -> Catalog:
    """Every message of the interface, with the files that it stands in."""
    found = Catalog(project="Fingerpost", charset="utf-8")
    for room in ROOMS:
        for name, _, message, _, context in extract_from_dir(
            root / room, METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=()
        ):
            found.add(message, None, [(f"{room}/{Path(name).as_posix()}", 0)], context=context)
    for scheme in DEFINED:
        for concept in vocabulary().scheme(scheme):
            if concept.definition:
                found.add(concept.definition.replace("%", "%%"), None, [(f"corpus/vocabulary/{scheme}", 0)])
    return found


def read(language: str, folder: Path = FOLDER) -> Catalog:
    """A language's catalogue as it is kept."""
    with (folder / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def updated(language: str, template: Catalog, folder: Path = FOLDER) -> Catalog:
    """A language's catalogue with exactly the messages of the template; translations are kept, none is guessed."""
    kept = read(language, folder)
    kept.update(template, no_fuzzy_matching=True)
    kept.obsolete.clear()
    return kept


def write(language: str, catalogue: Catalog, folder: Path = FOLDER) -> None:
    """Write a catalogue in an order and form that only changes where a message does."""
    catalogue.header_comment = HEAD
    out = BytesIO()
    write_po(out, catalogue, width=120, sort_output=True, include_lineno=False, omit_header=True)
    head = [f'"Language: {language}\\n"', '"MIME-Version: 1.0\\n"', '"Content-Type: text/plain; charset=utf-8\\n"']
    head += ['"Content-Transfer-Encoding: 8bit\\n"', f'"Plural-Forms: {plural_forms(language)}\\n"']
    text = "\n".join([HEAD, 'msgid ""', 'msgstr ""', *head, ""]) + "\n" + out.getvalue().decode("utf-8")
    (folder / f"{language}.po").write_text(text.rstrip() + "\n", "utf-8")


def plural_forms(language: str) -> str:
    """The rule by which a number chooses its form."""
    return (
        ARABIC
        if language == "ar"
        else "nplurals=2; plural=(n > 1);"
        if language == "fr"
        else ("nplurals=2; plural=(n != 1);")
    )


def waiting(catalogue: Catalog) -> Iterator[Message]:
    """The messages without a translation, or with one that somebody marked as doubtful."""
    for message in catalogue:
        if message.id and (message.fuzzy or not all(_texts(message))):
            yield message


def _texts(message: Message) -> tuple[str, ...]:
    told = message.string or ""
    return (told,) if isinstance(told, str) else tuple(told)


def _told(message: Message) -> str:
    one, *many = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
    told = {"id": one, **({"plural": many[0]} if many else {})}
    return json.dumps(
        {**told, **({"context": message.context} if message.context else {}), "text": ""}, ensure_ascii=False
    )


def merge(language: str, lines: Iterator[str]) -> int:
    """Take translations over into a catalogue; how many there were.

    Raises:
        SystemExit: a line names a message that the catalogue has not.
    """
    catalogue, number = read(language), 0
    for line in filter(str.strip, lines):
        told = json.loads(line)
        message = catalogue.get(told["id"], told.get("context"))
        if message is None:
            sys.exit(f"The catalogue has no message {told['id']!r}; run 'python tools/catalogues.py update' first.")
        message.string = tuple(told["text"]) if isinstance(told["text"], list) else told["text"]
        message.flags.discard("fuzzy")
        number += 1
    write(language, catalogue)
    return number


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("update")
    verbs.add_parser("status")
    verbs.add_parser("todo").add_argument("language", choices=LANGUAGES)
    merging = verbs.add_parser("merge")
    merging.add_argument("language", choices=LANGUAGES)
    merging.add_argument("file", type=Path)
    asked = parser.parse_args()
    if asked.verb == "update":
        template = messages()
        for language in LANGUAGES:
            write(language, updated(language, template))
    if asked.verb in ("update", "status"):
        for language in LANGUAGES:
            there = read(language)
            print(f"{language}: {len(there)} messages, {len(list(waiting(there)))} wait for a translation")
    if asked.verb == "todo":
        print("\n".join(map(_told, waiting(read(asked.language)))))
    if asked.verb == "merge":
        with asked.file.open(encoding="utf-8") as file:
            print(f"{merge(asked.language, file)} taken over")


if __name__ == "__main__":
    main()
