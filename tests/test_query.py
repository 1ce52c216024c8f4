"""The query grammar: nothing that a person types raises, and nothing is lost silently."""

from __future__ import annotations

import random

import pytest

from index.query import GRAMMAR_VERSION, MAX_WORDS, Query, parse

AWKWARD = [
    "W-2", "R&D", "year:abc", "title:200[1-9]", "foo:bar", 'child "unclosed', "*", "((", "word " * 2000,
    "🎉 👩‍👧 shelter", "الأطفال غير المصحوبين", "child AND OR NOT", "-", "a - b", "nul\x00in\x00side", "\ud800broken",
    "a" * 10_000, '""', "::", "theme:", "year:..", "-theme:x", "http://example.org/a?b=c", "漢字テスト", "a-" * 5000,
    '"' + "b " * 900,
]  # fmt: skip


def same_search(one: Query, other: Query) -> bool:
    return (one.clauses, one.filters, one.without) == (other.clauses, other.filters, other.without)


@pytest.mark.parametrize("typed", AWKWARD)
def test_awkward_queries_are_searched_or_told(typed: str) -> None:
    """Every awkward query ends as something searched or as a note that says why not, and can be stored as text."""
    query = parse(typed)
    assert query.clauses or query.filters or query.without or query.notes
    assert query.interpreted.encode()
    assert same_search(parse(query.to_text()), query)


def test_any_typing_round_trips() -> None:
    """Whatever is typed, the tidied text parses into the same search: saved searches keep their meaning."""
    chance = random.Random(7)
    letters = "ab -\":=()[]*é.&/'،漢٣2\ud800\0"
    whole = ["theme:", "title:", "year:2018", " ", '"', '-"', " -", '="', " =", "2015..2019", "org:", "don't "]
    for _ in range(3000):
        pieces = (chance.choice(letters) if chance.random() < 0.6 else chance.choice(whole) for _ in range(12))
        query = parse("".join(pieces))
        assert same_search(parse(query.to_text()), query), query


def test_words_phrases_exclusions_and_filters() -> None:
    """The grammar's pieces are told apart and shown as they are searched."""
    query = parse(
        'shelter "best interests" -detention -theme:child-labour org:"Terre des Hommes" year:2015..2019 title:Mario'
    )
    assert [(c.text, c.kind, c.excluded, c.title) for c in query.clauses] == [
        ("shelter", "word", False, False),
        ("best interests", "phrase", False, False),
        ("detention", "word", True, False),
        ("Mario", "word", False, True),
    ]
    assert query.filters == {"org": ("Terre des Hommes",), "year": ("2015..2019",)}
    assert query.without == {"theme": ("child-labour",)}
    assert query.interpreted == (
        'shelter "best interests" -detention title:Mario org:"Terre des Hommes" year:2015..2019 -theme:child-labour'
    )


@pytest.mark.parametrize(("typed", "parts"), [("W-2", ("w", "2")), ("R&D", ("r", "d")), ("C/SEE", ("c", "see"))])
def test_a_compound_with_a_short_part_is_one_thing(typed: str, parts: tuple[str, ...]) -> None:
    """W-2 once became the empty query in a search engine; here it is the phrase of its parts."""
    (clause,) = parse(typed).clauses
    assert clause.kind == "compound"
    assert clause.words == parts
    assert parse(typed).interpreted == typed


def test_a_compound_of_long_parts_is_its_words() -> None:
    assert [c.text for c in parse("cross-border anti-trafficking").clauses] == [
        "cross",
        "border",
        "anti",
        "trafficking",
    ]


def test_an_unknown_field_is_searched_as_words_and_says_so() -> None:
    query = parse("foo:bar shelter")
    assert [c.text for c in query.clauses] == ["foo", "bar", "shelter"]
    assert "no field called foo" in query.notes[0]


@pytest.mark.parametrize("typed", ["year:abc", "year:20x8", "year:2015..x"])
def test_a_year_that_is_none_is_searched_as_words(typed: str) -> None:
    query = parse(typed)
    assert not query.filters
    assert "year" in [c.text for c in query.clauses]
    assert "no year" in query.notes[0]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("2018", "2018"), ("2019..2015", "2015..2019"), ("2015-2019", "2015..2019"), ("2018..", "2018.."),
     ("..2018", "..2018"), ("2018..2018", "2018")],
)  # fmt: skip
def test_years_have_one_form(typed: str, meant: str) -> None:
    assert parse(f"year:{typed}").filters == {"year": (meant,)}


def test_an_unclosed_quotation_is_a_phrase_to_the_end() -> None:
    query = parse('guardians "safe house for girls')
    assert query.clauses[1].words == ("safe", "house", "for", "girls")
    assert "not closed" in query.notes[0]


@pytest.mark.parametrize(
    ("typed", "text", "words"),
    [('="returned girls"', "returned girls", ("returned", "girls")), ("=returned", "returned", ("returned",)),
     ("=W-2", "W-2", ("w", "2")), ("=“Returned”", "Returned", ("returned",))],
)  # fmt: skip
def test_after_an_equals_sign_words_are_meant_in_this_form(typed: str, text: str, words: tuple[str, ...]) -> None:
    (clause,) = parse(typed).clauses
    assert (clause.exact, clause.required, clause.text, clause.words) == (True, True, text, words)
    assert parse(typed).interpreted == f'="{text}"'


def test_exact_forms_are_excluded_and_not_looked_for_in_titles() -> None:
    query = parse('-=returned title:="a review"')
    assert query.to_text() == '-="returned" title:"a review"'
    assert "titles" in query.notes[0]


@pytest.mark.parametrize("typed", ["= returned", "a=b", "==", "=", "http://example.org/?a=b"])
def test_an_equals_sign_elsewhere_means_nothing(typed: str) -> None:
    assert not any(clause.exact for clause in parse(typed).clauses)


def test_a_search_that_was_saved_in_an_older_grammar_keeps_its_meaning() -> None:
    """Version 1 had no "=": it was a sign that nothing was searched for."""
    assert parse("=returned girls", version=1).clauses == parse("returned girls").clauses


def test_typographic_quotes_quote() -> None:
    assert [c.kind for c in parse("“safe house” «foyer»").clauses] == ["phrase", "phrase"]


def test_a_pasted_page_is_cut_with_a_note() -> None:
    query = parse("word " * 2000)
    assert sum(len(c.words) for c in query.clauses) == MAX_WORDS
    assert f"first {MAX_WORDS} of 2000" in query.notes[0]
    assert f"first {MAX_WORDS} of 2000" in query.interpreted


def test_punctuation_alone_says_that_nothing_was_typed() -> None:
    query = parse("((")
    assert query.empty_handed
    assert query.interpreted.startswith("nothing")
    assert "((" in query.notes[0]


def test_nothing_typed_is_everything() -> None:
    assert parse("  ").interpreted == "everything"
    assert not parse("  ").empty_handed


def test_operators_of_other_engines_are_plain_words() -> None:
    query = parse("child AND labour")
    assert [c.text for c in query.clauses] == ["child", "AND", "labour"]
    assert any("plain words" in note for note in query.notes)


def test_chosen_filters_join_typed_ones() -> None:
    query = parse("theme:guardianship").narrowed({"theme": ("legal-aid-documentation",), "year": ("2018",)})
    assert query.filters == {"theme": ("guardianship", "legal-aid-documentation"), "year": ("2018",)}


def test_the_grammar_is_versioned_and_documented() -> None:
    """Saved searches outlive the engine: its documentation names the version that is parsed."""
    from pathlib import Path

    text = (Path(__file__).parent.parent / "docs" / "search.md").read_text("utf-8")
    assert f"grammar, version {GRAMMAR_VERSION}" in text
