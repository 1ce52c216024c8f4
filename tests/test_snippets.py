"""Snippets: safe HTML that shows the words that were found, in a window that reads well."""

from __future__ import annotations

import random
import re
from html import unescape

from index.analysis import stem, tokens
from index.snippets import LENGTH, snippet


def plain(shown: str) -> str:
    return unescape(re.sub(r"</?mark>", "", shown)).removeprefix("… ").removesuffix(" …")


def marked(shown: str) -> list[str]:
    return [unescape(m) for m in re.findall(r"<mark>(.*?)</mark>", shown)]


def test_any_text_gives_safe_html_with_the_right_words_marked() -> None:
    """Whatever the text holds, the snippet is a piece of it, escaped, and exactly the wanted words are marked."""
    chance = random.Random(6)
    pieces = ["guardian", "guardians", "Guardian's", "<b>", "&amp;", "court.", "l’enfant", "ﬁnance", "漢字", "\n",
              "é\u0301", '"', "<script>alert(1)</script>", "…", "İstanbul", "🎉", "x" * 40, "\u202e"]  # fmt: skip
    for _ in range(400):
        text = " ".join(chance.choices(pieces, k=chance.randint(0, 160)))
        shown = snippet(text, "en", [("guardian",), ("finance",)])
        assert not re.search(r"<(?!/?mark>)", shown)
        assert plain(shown) in " ".join(text.split())
        for mark in marked(shown):
            assert stem(tokens(mark)[0].word, "en") in ("guardian", "financ")
        unmarked = re.sub(r"<mark>.*?</mark>", " ", shown)
        assert not {"guardian", "guardians"} & {t.word for t in tokens(unescape(unmarked))}


def test_the_window_holds_the_words_wherever_they_stand() -> None:
    before = "Nothing of interest is said here at all. " * 40
    shown = snippet(before + "Courts appoint guardians late. " + before, "en", [("guardian",), ("court",)])
    assert marked(shown) == ["Courts", "guardians"]
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(tokens(plain(shown))) <= LENGTH


def test_a_window_inside_one_endless_sentence() -> None:
    words = [f"word{n}" for n in range(400)]
    words[250] = "guardian"
    shown = snippet(" ".join(words), "en", [("guardian",)])
    assert marked(shown) == ["guardian"]
    assert len(tokens(plain(shown))) <= LENGTH


def test_a_phrase_is_one_mark_and_its_parts_alone_are_none() -> None:
    shown = snippet("A safe house is not a house that is safe.", "en", [("safe", "house")])
    assert marked(shown) == ["safe house"]


def test_words_are_marked_by_their_stems_in_the_texts_language() -> None:
    assert marked(snippet("Les tuteurs formés", "fr", [("tuteur",), ("former",)])) == ["tuteurs", "formés"]


def test_a_text_without_the_words_begins_at_its_beginning() -> None:
    assert snippet("First words. Second words.", "en", [("zeppelin",)]) == "First words. Second words."
    assert snippet("", "en", [("zeppelin",)]) == ""
