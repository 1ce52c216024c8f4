"""Text into terms: folding, stemming in the text's language, offsets."""

from __future__ import annotations

import itertools
import random
import threading

import pytest

from index.analysis import compounds, intern_terms, language_of, stem, terms, tokens
from index.orthography import one_spelling, spellings


def stems(text: str, language: str = "en") -> list[str]:
    return [t.stem for t in terms(text, language)]


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("evaluated", "evaluation", "en"),
        ("children’s rights", "CHILDREN rights", "en"),
        ("l’accès aux services", "ACCES AUX SERVICES", "fr"),
        ("réunifications", "reunification", "fr"),
        ("niños migrantes", "nino migrante", "es"),
        ("ﬁnancing", "finance", "en"),
        ("ＵＡＳＣ", "uasc", "en"),
        ("أطفال", "اطفال", "ar"),
        ("mi\u00adgrants", "migrant", "en"),
    ],
)
def test_forms_of_a_word_are_one_term(one: str, other: str, language: str) -> None:
    assert stems(one, language) == stems(other, language)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("W-2", ["w", "2"]),
        ("R&D", ["r", "d"]),
        ("C/SEE", ["c", "see"]),
        ("cross-border", ["cross", "border"]),
        ("jusqu'à l'école d’été", ["a", "ecole", "ete"]),
        ("the child's", ["the", "child"]),
        ("snake_case", ["snake", "case"]),
        ("漢字", ["漢", "字"]),
        ("🎉 * ((", []),
    ],
)
def test_what_a_token_is(text: str, parts: list[str]) -> None:
    assert [t.word for t in tokens(text)] == parts


def test_numbers_with_a_separator_stay_together_in_a_query() -> None:
    """1,000 is one thing to look for; a list without spaces is two."""
    assert [len(part) for part in compounds("1,000 10:30 boys,girls")] == [2, 2, 1, 1]


def test_offsets_point_at_the_words_in_any_script() -> None:
    """Every token's characters fold to its word, whatever stands around: snippets mark exactly these."""
    chance = random.Random(3)
    alphabet = "abé ñﬁß'’-.\u0301\u200d\u00ad漢字ضعيف İıĀ🎉\n½Ⅳ"
    for _ in range(2000):
        text = "".join(chance.choice(alphabet) for _ in range(chance.randint(0, 25)))
        found = tokens(text)
        assert all([t.word for t in tokens(text[f.start : f.end])] == [f.word] for f in found), repr(text)
        assert all(a.end <= b.start for a, b in itertools.pairwise(found))


def test_languages_keep_their_stems_apart() -> None:
    """French "formation" and English "form" share a stem; in the index they are two terms."""
    assert set(intern_terms("formation", "fr").split()).isdisjoint(intern_terms("form", "en").split())


def test_a_language_without_a_stemmer_is_left_unstemmed() -> None:
    assert language_of("xx-YY") == "und"
    assert language_of("pt-BR") == "pt"
    assert stems("evaluations", "xx") == ["evaluations"]


def test_stemming_from_many_threads() -> None:
    """Snowball's stemmers share a buffer; stems must not get mixed up between requests."""
    words = [f"{w}{n}ations" for w in ("form", "educ", "migr", "loc") for n in range(200)]
    expected = [stem(w, "en") for w in words]
    stem.cache_clear()
    wrong: list[str] = []

    def work() -> None:
        wrong.extend(w for w, s in zip(words, expected, strict=True) if stem(w, "en") != s)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@pytest.mark.parametrize(
    ("one", "other"),
    [("organisation", "organization"), ("programme", "programs"), ("labour", "labor"), ("centres", "center"),
     ("centred", "centered"), ("counselling", "counseling"), ("counsellors", "counselor"),
     ("behavioural", "behavioral"),
     ("neighbourhood", "neighborhoods"), ("enrolment", "enrollment"), ("fulfilled", "fulfil"), ("defence", "defense"),
     ("licence", "licensed"), ("practise", "practice"), ("travellers", "traveler"), ("judgement", "judgment"),
     ("analysed", "analyze"), ("learnt", "learned"), ("paediatric", "pediatric"), ("ageing", "aging"),
     ("dialogue", "dialog"), ("kilometre", "kilometers"), ("enquiry", "inquiry"), ("skilful", "skillful")],
)  # fmt: skip
def test_two_spellings_are_one_term_in_english_only(one: str, other: str) -> None:
    """British and American texts find one another; in other languages the same letters are other words."""
    assert terms(one, "en")[0].stem == terms(other, "en")[0].stem
    assert stem("labor", "es") != stem("labour", "es")


@pytest.mark.parametrize("word", ["laboratory", "honorary", "later", "prize", "tutor", "our"])
def test_words_of_one_spelling_stay_as_they_are(word: str) -> None:
    assert (one_spelling(word), list(spellings(word))) == (word, [])


def test_the_other_spelling_of_a_word_is_known_for_completing_it() -> None:
    assert list(spellings("organisation")) == ["organization"]
    assert list(spellings("counseling")) == ["counselling"]


def test_irregular_plurals_meet_their_singular() -> None:
    """A search for "child" finds "children": a stemmer of endings alone would keep them apart."""
    plural = [t.stem for t in terms("women men children people", "en")]
    assert plural == [t.stem for t in terms("woman man child person", "en")]
