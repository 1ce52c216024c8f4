"""Finds words of pages that no catalogue translates and that nothing marks as another language's.

The pages are made with translations that are only marks: every message in brackets, its placeholders outside of them.
What stands outside of brackets then is a number, a name by the Unicode CLDR or our vocabularies, words whose element
tells another language or none (``lang``, ``dir="auto"``), or a mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from gettext import NullTranslations

import msgspec
import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser, LexborNode

from corpus.concepts import Concept
from corpus.translations import LANGUAGES as UNREVIEWED
from corpus.translations import Translation, translated
from webapp import languages, tongues

OPEN, CLOSE = "\ue000", "\ue001"
"""The brackets: characters that stand in no document."""
UNSEEN = {"script", "style", "code", "kbd", "pre", "template", "math"}
"""Elements whose words are no sentences: data, addresses, what is typed."""
FORMATS = {"BibTeX", "CSL-JSON", "CSV", "Excel", "JSON", "PNG", "RIS", "SVG", "Word", "EPUB", "HTML", "Markdown"}
"""Names of file formats, the same in every language."""
ATTRIBUTES = ("aria-label", "alt", "placeholder", "title", "data-label")
_HOLDER = re.compile(r"(<[^>]*>)|(%\(\w+\)s)")
_WORD = re.compile(r"[^\W\d_]{2,}")


def marked(message: str) -> str:
    """A message in brackets, what fills its placeholders outside of them."""
    told = _HOLDER.sub(lambda m: m[1] or f"{CLOSE}{m[2]}{OPEN}", message)
    return f"{OPEN}{told}{CLOSE}"


class Marks(NullTranslations):
    """A catalogue whose translations are the messages in brackets."""

    def gettext(self, message: str) -> str:
        return marked(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return marked(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return marked(message)


def install(patch: pytest.MonkeyPatch) -> None:
    """Have the pages in every language but English made of marks."""
    label_in = Concept.label_in
    patch.setattr(languages, "catalogue", lambda code: NullTranslations() if code == "en" else Marks())
    patch.setattr(Concept, "label_in", lambda self, code: marked(label_in(self, code)))
    patch.setattr(
        tongues, "translated", lambda thing: {code: _wordless(text) for code, text in translated(thing).items()}
    )


def _wordless(text: Translation) -> Translation:
    """A translation of which only a cipher is left, so that nothing is said of it however it is cut."""
    told = {name: getattr(text, name) for name in text.__struct_fields__ if name not in Translation.__struct_fields__}
    ciphers = {name: "0" if isinstance(words, str) else ("0",) * len(words) for name, words in told.items()}
    return msgspec.structs.replace(text, **ciphers)


def untold(html: str, code: str) -> list[str]:
    """The words of a page in ``code`` that are neither translated nor marked, attributes as ``name=words``."""
    tree = LexborHTMLParser(html)
    body = tree.body
    assert body is not None
    known = _names(code)
    found: list[str] = []
    depth = 0
    for words, is_ours, place, attribute in _pieces(body, code, True):
        outside, depth_after = _outside(words, 0 if attribute else depth)
        if not attribute:
            depth = depth_after
        assert depth_after >= 0, words
        said = attribute and OPEN in words  # an attribute cannot tell the language of a part of it
        if is_ours and not said and outside.strip() not in FORMATS and _WORD.search(known.sub(" ", outside)):
            found.append(f"{place}{attribute and '/' + attribute}: {' '.join(outside.split())}")
    assert depth == 0, "a translation was cut"
    return found


def _pieces(node: LexborNode, code: str, is_ours: bool) -> Iterator[tuple[str, bool, str, str]]:
    """The texts below a node in their order: whether they should be in the page's language, element, attribute."""
    here = f"{node.tag}.{node.attributes.get('class') or ''}"
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield child.text(deep=True), is_ours, here, ""
            continue
        if child.tag in UNSEEN:
            continue
        told = child.attributes
        ours = is_ours
        if "lang" in told:
            # A page's own words tell their language inside others' only, where they must.
            ours = told["lang"] == code and not is_ours
        elif told.get("dir") == "auto" or "translate" in told:
            ours = False
        if ours:
            for name in ATTRIBUTES:
                if told.get(name):
                    yield told[name] or "", ours, f"{here} {child.tag}.{told.get('class')}", name
            if child.tag == "input" and told.get("type") in ("submit", "button"):
                yield told.get("value") or "", ours, here, "value"
        yield from _pieces(child, code, ours and child.tag != "bdi")


def _outside(words: str, depth: int) -> tuple[str, int]:
    """What of some words stands outside of brackets, and how deep the brackets are after them."""
    kept = []
    for letter in words:
        if letter == OPEN:
            depth += 1
        elif letter == CLOSE:
            depth -= 1
            kept.append(" ")
        elif depth <= 0:
            kept.append(letter)
    return "".join(kept), depth


def _names(code: str) -> re.Pattern[str]:
    """Names that the Unicode CLDR gives in a language: countries, languages, months; and our own name."""
    locale = languages.LANGUAGES[code].locale
    months = [
        name for kind in locale.months.values() for width in ("wide", "abbreviated") for name in kind[width].values()
    ]
    names = {
        *locale.territories.values(),
        *locale.languages.values(),
        *months,
        UNREVIEWED[code].unreviewed,
        "Fingerpost",
    }
    dates = "|".join(map(re.escape, sorted(map(str, months), key=len, reverse=True)))
    longest = sorted(map(str, names), key=len, reverse=True)
    date = rf"(?:\d+ (?:de )?)?(?:{dates})(?: de)? \d{{4}}"
    return re.compile(rf"(?<!\w)(?:{date}|{'|'.join(map(re.escape, longest))})(?!\w)|\u2068[^\u2069]*\u2069")


def words_of(client: FlaskClient, address: str, code: str) -> list[str]:
    """The untold words of the page at an address in a language."""
    answer = client.get(f"/{code}{address}")
    assert answer.mimetype == "text/html", (address, answer.status_code)
    return untold(answer.text, code)
