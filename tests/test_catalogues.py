"""The catalogues of the interface: every message is there in every language, with its placeholders and its forms."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message

from tools import catalogues
from webapp import languages

EXAMPLES = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}
"""A number for each form of the Unicode CLDR, in the order of the forms of an Arabic catalogue."""
_HOLDER = re.compile(r"%\((\w+)\)s")
_TAG = re.compile(r"</?(\w+)[^>]*>")
_CODE = re.compile(r"%\(\w+\)s|<[^>]*>|&\w+;")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_WORD = re.compile(r"[A-Za-z]{3,}")
in_every_language = pytest.mark.parametrize("code", catalogues.LANGUAGES)


@pytest.fixture(scope="module")
def template() -> Catalog:
    """What stands in the templates, the code and the vocabulary now."""
    return catalogues.messages()


@pytest.fixture(scope="module")
def kept() -> dict[str, Catalog]:
    return {code: catalogues.read(code) for code in catalogues.LANGUAGES}


def ids(message: Message) -> tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, (tuple, list)) else (message.id,)


def texts(message: Message) -> tuple[str, ...]:
    told = message.string or ""
    return (told,) if isinstance(told, str) else tuple(told)


def names(catalogue: Catalog) -> set[tuple[str, tuple[str, ...]]]:
    return {(message.context or "", ids(message)) for message in catalogue if message.id}


def translated(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id and all(texts(message))]


@in_every_language
def test_catalogue_has_the_messages_of_the_interface(template: Catalog, kept: dict[str, Catalog], code: str) -> None:
    """Those and no others; ``python tools/catalogues.py update`` brings a catalogue up to date."""
    missing, gone = names(template) - names(kept[code]), names(kept[code]) - names(template)
    assert not missing, missing
    assert not gone, gone


@in_every_language
def test_every_message_is_translated(kept: dict[str, Catalog], code: str) -> None:
    """And none is marked as doubtful."""
    waiting = [message.id for message in catalogues.waiting(kept[code])]
    assert not waiting, waiting


@in_every_language
def test_placeholders_and_marks_are_those_of_the_message(kept: dict[str, Catalog], code: str) -> None:
    """A form for a fixed number may leave the number out; each can be filled."""
    faults = []
    for message in translated(kept[code]):
        wanted, marks = set(_HOLDER.findall("".join(ids(message)))), Counter(_TAG.findall(ids(message)[-1]))
        for text in texts(message):
            found = set(_HOLDER.findall(text))
            is_whole = wanted - {"n"} <= found <= wanted if message.pluralizable else found == wanted
            if not is_whole or Counter(_TAG.findall(text)) != marks:
                faults.append(text)
            text % dict.fromkeys(wanted, "7")
    assert not faults, faults


@in_every_language
def test_numbers_choose_their_form(kept: dict[str, Catalog], code: str) -> None:
    """Every message with a number has each form of its language, and the forms stand in the order of the CLDR."""
    forms = {category: EXAMPLES[category] for category in EXAMPLES if category in {*_categories(code)}}
    for message in kept[code]:
        if message.pluralizable:
            assert len(texts(message)) == len(forms), message.id
    whole = languages.catalogue(code)
    numbers = [whole.plural(n) for n in forms.values()]  # type: ignore[attr-defined]
    assert numbers == [*range(len(forms))]
    shared = [m for m in translated(kept[code]) if m.pluralizable]
    for message in shared:
        assert "%(n)s" in texts(message)[-1], message.id


def _categories(code: str) -> tuple[str, ...]:
    """The forms that whole numbers take; a French million and a Spanish one are written out nowhere here."""
    rules = Locale.parse(code).plural_form
    return tuple(dict.fromkeys(rules(n) for n in range(200)))


@in_every_language
def test_translations_are_in_their_language(kept: dict[str, Catalog], code: str) -> None:
    """Arabic is written in Arabic letters, and no sentence stayed as it was."""
    same = []
    for message in translated(kept[code]):
        words = _WORD.findall(_CODE.sub(" ", ids(message)[0]))
        for text in texts(message):
            is_left = text in ids(message) and len(words) >= 4
            if is_left or (code == "ar" and words and not _ARABIC.search(text) and not _is_name(words)):
                same.append(text)
    assert not same, same


def _is_name(words: list[str]) -> bool:
    """Whether words are names only: of programs, formats, people."""
    return all(word[0].isupper() and len(words) <= 3 for word in words)


def test_update_keeps_what_is_translated(tmp_path: Path) -> None:
    """New messages come in empty, old translations stay, what is gone goes, and writing twice changes nothing."""
    shutil.copytree(catalogues.FOLDER, tmp_path / "po")
    folder = tmp_path / "po"
    first, second = Catalog(), Catalog()
    first.add("Search")
    first.add(("%(n)s tree", "%(n)s trees"))
    catalogues.write("ar", catalogues.updated("ar", first, folder), folder)
    there = catalogues.read("ar", folder)
    there["Search"].string = "بحث"
    catalogues.write("ar", there, folder)
    second.add("Search")
    second.add("New")
    catalogues.write("ar", catalogues.updated("ar", second, folder), folder)
    after = catalogues.read("ar", folder)
    assert {message.id: message.string for message in after if message.id} == {"Search": "بحث", "New": ""}
    assert [message.id for message in catalogues.waiting(after)] == ["New"]
    written = (folder / "ar.po").read_bytes()
    catalogues.write("ar", catalogues.updated("ar", second, folder), folder)
    assert (folder / "ar.po").read_bytes() == written


def test_every_form_of_marking_is_found(template: Catalog) -> None:
    """Templates, code, tables of labels, sentences of other rooms, words with a context, definitions."""
    found = {message.id if isinstance(message.id, str) else message.id[0] for message in template}
    assert {"Search", "Way of working", "%(n)s document"} <= found
    assert template.get(", ", "between two names")
    assert any(path.startswith("corpus/vocabulary") for m in template for path, _ in m.locations)
