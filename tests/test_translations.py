"""Translations: read strictly, shown while their original is as it was, marked, found by a search in their words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from corpus import translations
from corpus.catalogue import CatalogueWriter
from corpus.catalogue.decisions import decide
from corpus.home import Home
from corpus.lint import lint
from corpus.model import Claim, Place, Practice
from corpus.notes import Note
from corpus.sensitivity import decision
from corpus.translations import PracticeText, TermText, Translation, digest, doubts, examine, original, translated
from index import library
from index.answer import Request
from index.library import Library
from tools.translations import merge, stamped_text, state, todo
from webapp import create_app

PRACTICE = Practice(
    id="small-houses",
    title="Small houses for returned adolescents",
    told={
        "summary": (Claim(text="Twelve young people live together with 2 adults."), Claim(text="A nurse comes.")),
        "cost": (Claim(text="Not told."),),
    },
    places=(Place(country="GT"),),
    themes=("alternative-care-shelter",),
)
FRENCH = PracticeText(
    of=digest(original(PRACTICE)),
    title="De petites maisons pour les adolescents de retour",
    summary=("Douze jeunes vivent sous le même toit avec 2 adultes.", "Une infirmière passe."),
)
ARABIC = PracticeText(
    of=FRENCH.of,
    title="بيوت صغيرة لليافعين العائدين",
    summary=("يعيش اثنا عشر يافعا معا مع ٢ من البالغين.", "تأتي ممرضة."),
    reviewed="Layla, 2026-11-30",
)


@pytest.fixture
def samples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two translations of one practice, as if they shipped."""
    known: dict[tuple[str, str], Mapping[str, Translation]] = {
        ("fr", "practices"): {"small-houses": FRENCH},
        ("ar", "practices"): {"small-houses": ARABIC},
    }
    monkeypatch.setattr(translations, "shipped", lambda language, kind: known.get((language, kind), {}))


@pytest.fixture
def kept(samples: None, words_only: None, fresh_home: Home) -> Home:
    """A home with the practice, indexed."""
    keep(fresh_home, PRACTICE)
    return fresh_home


def keep(home: Home, practice: Practice) -> None:
    with home.writing(), CatalogueWriter(home.catalogue_url) as writer:
        writer.put_practice(practice)
        library.bring_up_to_date(home, writer)


def found(home: Home, text: str) -> list[str]:
    return [hit.id for hit in Library(home).search(Request(text=text, what="practices")).hits]


def test_a_translation_is_shown_while_its_original_is_as_it_was(samples: None) -> None:
    """A changed word of title or summary makes it stale; a change elsewhere does not."""
    assert list(translated(PRACTICE)) == ["fr", "ar"]
    assert list(translated(msgspec.structs.replace(PRACTICE, donors=("A fund",)))) == ["fr", "ar"]
    assert not translated(msgspec.structs.replace(PRACTICE, title="Small houses"))
    told = PRACTICE.told | {"summary": PRACTICE.told["summary"][:1]}
    assert not translated(msgspec.structs.replace(PRACTICE, told=told))
    assert not translated(msgspec.structs.replace(PRACTICE, id="others"))


def test_the_page_offers_the_languages_with_their_marks(kept: Home) -> None:
    """Each language opens in place, in its direction; what nobody has read yet says so in both languages."""
    page = create_app(kept).test_client().get("/practices/small-houses").text
    assert '<div lang="fr">' in page
    assert '<div lang="ar" dir="rtl">' in page
    assert "Douze jeunes vivent sous le même toit" in page
    assert "French: machine translation, not yet reviewed." in page
    assert "Traduction automatique, pas encore relue" in page
    assert "Arabic: machine translation, reviewed by Layla, 2026-11-30." in page
    assert "ترجمة آلية لم" not in page


def test_a_practice_is_found_in_other_languages_and_counted_once(kept: Home) -> None:
    """A French question finds it, inflected too, an Arabic one as well; total and facets know one practice."""
    assert found(kept, "petite maison") == ["small-houses"]
    assert found(kept, "ممرضة") == ["small-houses"]
    answer = Library(kept).search(Request(text="2", what="practices"))
    assert (answer.total, [hit.title for hit in answer.hits]) == (1, [PRACTICE.title])
    assert [(value.value, value.count) for value in answer.facets["country"]] == [("GT", 1)]
    with CatalogueWriter(kept.catalogue_url) as catalogue:
        assert library.disagreements(kept, catalogue) == []


def test_a_stale_translation_is_not_found(kept: Home) -> None:
    """The words of a translation go with its original's."""
    keep(kept, msgspec.structs.replace(PRACTICE, title="Large houses"))
    assert found(kept, "petite maison") == []
    assert found(kept, "large houses") == ["small-houses"]


def test_what_is_masked_is_not_told_in_another_language(kept: Home) -> None:
    """Who masks a practice masks its translations."""
    with kept.writing(), CatalogueWriter(kept.catalogue_url) as writer:
        decide(writer, (decision("small-houses", "mask"),))
        library.bring_up_to_date(kept, writer)
    assert "Douze jeunes" not in create_app(kept).test_client().get("/practices/small-houses").text
    assert found(kept, "infirmière") == []


GOOD = f"""\
[small-houses]
of = "{FRENCH.of}"
by = "machine"
reviewed = ""
title = "De petites maisons"
summary = ["Douze jeunes vivent ensemble avec 2 adultes.", "Une infirmière passe."]
"""


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ('title = "De petites maisons"\n', "", "title"),
        ('title = "De petites maisons"', 'title = " "', "text"),
        ("title", "titel", "titel"),
        (FRENCH.of, "xyz", "of"),
        ('by = "machine"', 'by = ""', "by"),
        ('reviewed = ""', 'reviewed = "soon"', "reviewed"),
        ("[small-houses]", "[small-houses", "file"),
    ],
)
def test_what_is_wrong_with_an_entry_is_named(before: str, after: str, named: str) -> None:
    """The entry and its field are named; a good one has no problem."""
    assert examine(GOOD, "fr/practices.toml", "practices")[1] == ()
    _, problems = examine(GOOD.replace(before, after), "fr/practices.toml", "practices")
    assert problems
    assert f"{named}" in str(problems[0])


@pytest.mark.parametrize(
    ("entry", "language", "is_error", "word"),
    [
        (msgspec.structs.replace(FRENCH, of="0" * 12), "fr", False, "translate it anew"),
        (msgspec.structs.replace(FRENCH, summary=FRENCH.summary[:1]), "fr", True, "make it as many"),
        (msgspec.structs.replace(FRENCH, summary=("Avec 3 adultes.", "Une infirmière.")), "fr", False, "2 of the"),
        (FRENCH, "ar", True, "script"),
        (ARABIC, "fr", True, "script"),
        (msgspec.structs.replace(FRENCH, summary=original(PRACTICE)[1:]), "fr", True, "is the English text"),
    ],
)
def test_a_translation_is_held_against_its_original(
    entry: PracticeText, language: str, is_error: bool, word: str
) -> None:
    """Parts, numbers (in any digits), script and staleness."""
    assert not list(doubts(FRENCH, original(PRACTICE), "fr", "practices"))
    assert not list(doubts(ARABIC, original(PRACTICE), "ar", "practices"))
    told = list(doubts(entry, original(PRACTICE), language, "practices"))
    assert any((error, word in problem) == (is_error, True) for _, error, problem in told), told


def test_the_linter_reads_translations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file in a language's folder is a translation; what does not ship and what is stale are told."""
    monkeypatch.setattr(translations, "originals", lambda kind: {"small-houses": original(PRACTICE)})
    file = tmp_path / "fr" / "practices.toml"
    file.parent.mkdir()
    file.write_text(GOOD + GOOD.replace("small-houses", "others") + "", "utf-8")
    report = lint([tmp_path], None)
    assert report.read == {"translations": 2}
    assert [(f.line, f.severity, f.field) for f in report.findings] == [(7, "error", "[others]")]
    file.write_text(GOOD.replace(FRENCH.of, "0" * 12), "utf-8")
    assert [f.severity for f in lint([file], None).findings] == ["warning"]


def test_translators_get_what_is_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is missing or stale comes as TOML with the English above it; filled in, it is a translation of it."""
    monkeypatch.setattr("tools.translations.originals", lambda kind: {"small-houses": original(PRACTICE)})
    (entry,) = todo("fr", "practices", tmp_path)
    assert "# Twelve young people live together with 2 adults." in entry
    filled = entry.replace('title = ""', 'title = "Des maisons"').replace('  "",', '  "Des mots.",')
    file = tmp_path / "fr" / "practices.toml"
    file.parent.mkdir()
    file.write_text(filled, "utf-8")
    assert examine(filled, "practices.toml", "practices")[1] == ()
    assert state("fr", "practices", tmp_path) == ({"small-houses"}, set(), set())
    file.write_text(filled.replace(FRENCH.of, "0" * 12), "utf-8")
    assert state("fr", "practices", tmp_path) == (set(), set(), {"small-houses"})
    assert "stale" in next(iter(todo("fr", "practices", tmp_path)))
    for text in (filled.replace(FRENCH.of, ""), filled.replace(f'of = "{FRENCH.of}"\n', "")):
        stamped, count = stamped_text(text, "practices")
        assert count == 1
        assert tomllib.loads(stamped)["small-houses"]["of"] == FRENCH.of
    assert stamped_text(filled.replace(FRENCH.of, "0" * 12), "practices")[1] == 0, "a stale one is for a translator"


def test_what_translators_hand_in_is_merged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Good entries take the place of those that were there; others are named and left out; nothing else is lost."""
    known = {name: original(PRACTICE) for name in ("small-houses", "large-houses", "old-houses")}
    monkeypatch.setattr("tools.translations.originals", lambda kind: known)
    file = tmp_path / "fr" / "practices.toml"
    old = GOOD.replace("small-houses", "old-houses") + GOOD.replace("De petites", 'Vieilles \\"petites\\"')
    assert merge("fr", "practices", old, tmp_path) == (2, [])
    english = GOOD.replace("small-houses", "large-houses").replace("Douze jeunes vivent ensemble avec", "Avec")
    count, wrong = merge("fr", "practices", GOOD + english.replace('"Avec 2 adultes.", ', ""), tmp_path)
    assert count == 1
    assert len(wrong) == 1
    assert "[large-houses] text" in wrong[0]
    entries, problems = examine(file.read_text("utf-8"), "practices.toml", "practices")
    assert not problems
    assert {name: entry.name for name, entry in entries.items()} == {
        "old-houses": "De petites maisons", "small-houses": "De petites maisons",
    }  # fmt: skip
    assert state("fr", "practices", tmp_path) == ({"small-houses", "old-houses"}, {"large-houses"}, set())


def test_terms_and_notes_have_their_own_form() -> None:
    """A term has a definition and other names, a note its key points."""
    text = '[bia]\nof = "0123456789ab"\nterm = "évaluation"\ndefinition = "Une évaluation."\nother_names = ["EIS"]\n'
    entries, problems = examine(text, "fr/glossary.toml", "glossary")
    assert not problems
    term = entries["bia"]
    assert isinstance(term, TermText)
    assert (term.name, term.lines, term.also, term.is_unreviewed) == (
        "évaluation", ("Une évaluation.",), ("EIS",), True,
    )  # fmt: skip
    claims = (Claim(text="One."), Claim(text="Two."))
    note = Note(
        id="a-note",
        title="A note",
        question="?",
        told={"key_points": claims, "gaps": claims},
        themes=(),
        last_checked="",
    )
    assert original(note) == ("A note", "One.", "Two.")


def test_the_shipped_translations_can_be_read() -> None:
    """Every file that ships keeps to its form."""
    for language in translations.LANGUAGES:
        for kind in translations.KINDS:
            assert translations.shipped(language, kind) is not None
