"""The glossary: what its file may say, how a name finds its term, and what search does with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from shelf import IndexPlace, Shelf, passages_of

import index.terms
from corpus import translations
from corpus.concepts import vocabulary
from corpus.errors import NotInCatalogue, RecordError
from corpus.glossary import check, examine, glossary, load, name_key
from corpus.model import Acronym, Bibliography
from corpus.translations import TermText, digest, original
from index.acronyms import Acronyms
from index.answer import Request
from index.library import Library, rebuild
from index.naming import named_in
from index.suggest import targets
from index.terms import term_asked_for

LANTERN = """
[[term]]
id = "lantern-walk"
term = "lantern walk"
acronyms = ["LW"]
also = ["evening round"]
definition = "A round through the harbour after dark. Two workers look who sleeps there."
source = "Harbour Handbook (2015)"
"""


def with_field(line: str) -> str:
    """The sample with one more term that has a field of this value."""
    fields = {"id": '"other"', "term": '"other"', "definition": '"Something else."', "source": '"Nobody"'}
    name, _, value = line.partition(" = ")
    return LANTERN + "\n[[term]]\n" + "".join(f"{k} = {v}\n" for k, v in {**fields, name: value}.items())


# ---------------------------------------------------------------------------------------------- what ships


def test_the_shipped_glossary_keeps_its_rules() -> None:
    """Nothing to mend, at least eighty-five terms, every acronym of one meaning."""
    assert not check()
    assert len(glossary().terms) >= 85
    for term in glossary().terms:
        assert term.see or term.source


def test_terms_that_are_easily_mixed_up_point_to_each_other() -> None:
    """Assessment and determination, smuggling and trafficking, consent and assent, the two kafalas."""
    for one, other in (
        ("best-interests-assessment", "best-interests-determination"),
        ("smuggling-of-migrants", "trafficking-in-persons"),
        ("informed-consent", "informed-assent"),
        ("kafala", "kafala-system"),
        ("unaccompanied-child", "separated-child"),
    ):
        assert other in glossary().term(one).see
        assert one in glossary().term(other).see


# ---------------------------------------------------------------------------------------------- the file


@pytest.mark.parametrize(
    ("line", "field", "says"),
    [
        ('id = "lantern-walk"', "id", "there twice"),
        ('id = "Lantern Walk"', "id", "lantern-walk"),
        ('term = "Evening rounds"', "also", "lantern-walk"),
        ('acronyms = ["lw"]', "also", "lantern-walk"),
        ('also = ["others"]', "also", "twice"),
        ('also = [" "]', "also", "blank"),
        ('term = " "', "term", "blank"),
        ('source = ""', "source", "blank"),
        ('concept = "no-such-thing"', "concept", "no-such-thing"),
        ('see = ["no-such-thing"]', "see", "no-such-thing"),
        ('see = ["other"]', "see", "itself"),
        ('definition = "One. Two. Three."', "definition", "3 sentences"),
        (f'definition = "{"word " * 35}word."', "definition", "36 words"),
        ("see = 3", "see", "array"),
        ('colour = "red"', "colour", "unknown"),
    ],
)
def test_mistakes_name_file_and_field(line: str, field: str, says: str) -> None:
    """What breaks a rule is refused with the file, the term, the field and what is wrong."""
    with pytest.raises(RecordError) as refused:
        load(with_field(line), "words.toml", vocabulary())
    told = str(refused.value)
    assert told.startswith("words.toml [")
    assert f"{field}: " in told
    assert says in told


def test_every_mistake_is_told_with_its_line() -> None:
    """The linter hears of all of them at once, each with the line where its term begins."""
    problems = examine(with_field('see = ["nowhere", "other"]'), "words.toml").problems
    assert [p.field for p in problems] == ["see", "see"]
    assert {p.line for p in problems} == {11}
    assert "not TOML" in str(examine("[[term", "words.toml").problems[0])
    assert examine("colour = 1", "words.toml").problems[0].field == "colour"
    for text in ("term = 1", "[term]\nid = 'lantern'", "term = [1, 2]"):
        assert "words.toml" in str(examine(text, "words.toml").problems[0])


@pytest.mark.parametrize("name", ["lantern walk", "Lantern Walks", "LANTERN  WALK", "lw", "LWs", "evening rounds"])
def test_a_name_finds_its_term_in_any_case_and_number(name: str) -> None:
    assert [term.id for term in load(LANTERN).named(name)] == ["lantern-walk"]


def test_what_is_no_term_is_told_so() -> None:
    """An unknown id is an error with a sentence, an unknown name simply finds nothing."""
    with pytest.raises(NotInCatalogue, match="lists all terms"):
        load(LANTERN).term("nothing")
    assert not load(LANTERN).named("nothing")


@pytest.mark.parametrize(
    ("plural", "one"), [("children", "child"), ("agencies", "agency"), ("bus", "bus"), ("process", "process")]
)
def test_plurals_are_one_name_with_their_singular(plural: str, one: str) -> None:
    assert name_key(plural) == name_key(one)


# ---------------------------------------------------------------------------------------------- in a query


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("BID", "best-interests-determination"),
        ("bia", "best-interests-assessment"),
        ("Safe houses", "safe-house"),
        ("What is kafala?", "kafala"),
        ("what does NRM stand for?", "national-referral-mechanism"),
        ("the meaning of refoulement", "non-refoulement"),
        ("CP", "child-protection"),
        ("cp", None),
        ("safe houses in Ghana", None),
        ("ما هي الكفالة؟", "kafala"),
        ("-kafala", None),
        ("", None),
        ("what is", None),
    ],
)
def test_a_whole_query_may_be_a_term(typed: str, term: str | None) -> None:
    """Only a query that is nothing but the term, or asks what it means, is explained."""
    found = term_asked_for(typed)
    assert (found.id if found else None) == term


def test_a_documents_own_explanation_wins() -> None:
    """Where the home's documents say what a short form means, the glossary's meaning is neither shown nor searched."""
    told = Acronyms({"one": (Acronym(short="BIP", long="Boat Inspection Post"),)})
    assert term_asked_for("BIP", told) is None
    assert named_in(["bip"], ["BIP"], told)[0].spelled == (("boat", "inspection", "post"),)
    assert named_in(["bip"], ["BIP"])[0].spelled == (("best", "interests", "procedure"),)
    disagreeing = Acronyms(
        {
            "one": (Acronym(short="BIP", long="boat inspection post"),),
            "two": (Acronym(short="BIP", long="bread in pots"),),
        }
    )
    assert not named_in(["bip"], ["BIP"], disagreeing)


def test_words_of_the_vocabularies_keep_their_names() -> None:
    """What the vocabularies name is searched as before; the glossary is asked for what is left."""
    (found,) = named_in(["unaccompanied", "minors"])
    assert (found.start, found.end) == (0, 1)


@pytest.mark.slow
def test_search_finds_by_the_glossary(tmp_path: Path) -> None:
    """An acronym that no document explains finds what it stands for, and is told; a term finds its other names."""
    shelf = Shelf()
    shelf.put(
        Bibliography(id="one", title="One"),
        passages_of("one", "Every supervised independent living place had a visiting worker.", "A logframe was drawn."),
    )
    rebuild(IndexPlace(tmp_path), shelf)
    library = Library(IndexPlace(tmp_path), shelf)
    answer = library.search(Request(text="SIL"))
    assert "visiting worker" in answer.hits[0].text
    assert "supervised independent living" in answer.interpreted
    assert "logframe" in library.search(Request(text="logical framework")).hits[0].text


def test_a_name_in_another_language_finds_the_term(monkeypatch: pytest.MonkeyPatch) -> None:
    """A translated name is searched by its English names, asks for the term, and is suggested."""
    term = glossary().term("guardian")
    also = ("veilleuse du quai",)
    text = TermText(of=digest(original(term)), term="tutrice du port", definition="Une personne.", other_names=also)
    monkeypatch.setattr(translations, "shipped", lambda code, kind: {term.id: text} if code == "fr" else {})
    index.terms._by_translated_name.cache_clear()
    index.terms.longest.cache_clear()
    try:
        asked = term_asked_for("Qu'est-ce que la tutrice du port ?")
        assert asked is term
        named = named_in(["veilleuse", "du", "quai"])
        assert ("guardian",) in named[0].spelled
        found = [target for target in targets({}, Acronyms({}), ()) if target.path == "/glossary/guardian"]
        assert "veilleuse du quai" in found[0].names
    finally:
        monkeypatch.undo()
        index.terms._by_translated_name.cache_clear()
        index.terms.longest.cache_clear()
