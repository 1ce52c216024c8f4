"""Searching a home: what matches, in which order, with which counts, and what is said about it."""

from __future__ import annotations

import random
import threading
from collections import Counter
from pathlib import Path

import msgspec
import pytest
import whoosh.fields
import whoosh.index
import whoosh.query
import whoosh.scoring
import whoosh.sorting
from shelf import IndexPlace, Shelf, passages_of

from corpus.errors import IndexMissing, UsageError
from corpus.model import (
    Bibliography,
    Claim,
    Place,
    Practice,
    SourceRef,
    Standing,
    Statement,
    StatementKind,
    Voice,
)
from index.analysis import intern_terms
from index.answer import WHATS, Request
from index.engine import Question, Thing, Wanted
from index.library import Library, bring_up_to_date, disagreements
from index.whoosh_engine import WhooshEngine, schema
from index.whoosh_engine.scorer import BOOSTS

pytestmark = pytest.mark.usefixtures("words_only")

DELAYS = "Guardians are appointed late: in two regions the courts took months, and children waited without one."
SHELTER = "The shelter keeps twelve beds for girls. Staff sleep in the house & nobody shares an <address> outside."
TRAINING = "Training of trainers spread the skills. Police and teachers were trained by colleagues they knew."
RETURN = "Returned adolescents said that the visit in the third month helped them more than the grant."
FRENCH = "La formation des tuteurs a été renforcée ; les enfants non accompagnés ont été entendus."


def small_shelf() -> Shelf:
    """Two reports of different standing, one in French, and a practice that cites the first."""
    shelf = Shelf()
    north = passages_of(
        "north", DELAYS, SHELTER, TRAINING, path=("Findings", "Protection"), tags=("guardianship", "place:ET")
    )
    said = Statement(
        id="north.s000000000001",
        doc="north",
        passage=north[0].id,
        text="Guardians are appointed late",
        kind=StatementKind.CHALLENGE,
        voice=Voice.EVALUATOR,
        themes=("guardianship",),
    )
    shelf.put(
        Bibliography(
            id="north",
            title="Harbour programme: final evaluation",
            date="2017-05",
            language="en",
            organisations=("Harbour Aid",),
            standing=Standing.EXTERNAL,
            document_type="evaluation-report",
        ),
        north,
        [said],
    )
    shelf.put(
        Bibliography(
            id="south",
            title="Une synthèse",
            date="2020",
            language="fr",
            organisations=("Maison des Ponts",),
            standing=Standing.IMPLEMENTER,
            document_type="synthesis",
        ),
        (
            *passages_of("south", FRENCH, language="fr", tags=("capacity-building",)),
            *passages_of("south", RETURN, tags=("return-reintegration", "place:MA")),
        ),
    )
    shelf.put_practice(
        Practice(
            id="harbour-shelter",
            title="A small shelter for returned girls",
            told={
                "summary": (
                    Claim(text="Twelve beds, one house, no sign at the door.", sources=(SourceRef(doc="north"),)),
                )
            },
            places=(Place(country="ET"),),
            themes=("alternative-care-shelter",),
            start="2015",
        )
    )
    return shelf


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return opened(small_shelf(), tmp_path_factory.mktemp("home"))


def opened(shelf: Shelf, folder: Path) -> Library:
    place = IndexPlace(folder)
    bring_up_to_date(place, shelf)
    return Library(place, shelf)


def texts(library: Library, text: str, **options: object) -> list[str]:
    return [hit.text for hit in library.search(Request(text=text, **options)).hits]  # type: ignore[arg-type]


# ---------------------------------------------------------------------------------------------- what matches


def test_a_word_is_found_in_all_its_forms(library: Library) -> None:
    assert texts(library, "guardian appointment")[0] == DELAYS
    assert texts(library, "trainer")[0] == TRAINING


def test_french_words_find_french_passages_by_their_stems(library: Library) -> None:
    """Each passage is stemmed in its own language; the query tries them all."""
    assert texts(library, "tuteur renforcer")[0] == FRENCH
    assert FRENCH in texts(library, "RENFORCEE")


def test_a_spanish_name_of_a_concept_finds_english_passages(library: Library) -> None:
    """What is searched beside the typed words is said."""
    answer = library.search(Request(text="tutela"))
    assert {hit.text for hit in answer.hits} == {DELAYS, FRENCH}  # and the French one, which is shorter, stands first
    assert "also searched" in answer.interpreted
    assert "guardian" in answer.interpreted


def test_a_phrase_must_stand_as_it_is(library: Library) -> None:
    assert texts(library, '"training of trainers"') == [TRAINING]
    assert texts(library, '"trainers of training"') == []


def test_an_excluded_word_leaves_out(library: Library) -> None:
    found = texts(library, "guardians skills -courts")
    assert found == [TRAINING, FRENCH]  # the latter by the French name of guardians
    assert DELAYS in texts(library, "guardians skills")
    assert len(texts(library, "-courts", limit=50)) == 4


def test_title_words_are_looked_for_in_titles(library: Library) -> None:
    assert {h.doc for h in library.search(Request(text="title:harbour")).hits} == {"north"}
    assert library.search(Request(text="title:guardians")).total == 0


def test_small_words_do_not_match_beside_others(library: Library) -> None:
    assert set(texts(library, "the trainers of the")) == {TRAINING}
    assert texts(library, "the")  # alone they are searched like any word


def test_no_words_and_filters_list_everything_that_passes(library: Library) -> None:
    answer = library.search(Request(filters={"doc": ("north",)}))
    assert [h.text for h in answer.hits] == [DELAYS, SHELTER, TRAINING]
    assert not answer.weak


def test_each_view_answers(library: Library) -> None:
    """One query, four views: their totals are told beside the answer, and a document is found by its passages."""
    answer = library.search(Request(text="guardians late"))
    assert answer.totals == {what: library.search(Request(text="guardians late", what=what)).total for what in WHATS}
    statement = library.search(Request(text="guardians late", what="statements")).hits[0]
    assert (statement.kind, statement.voice, statement.url) == (
        "challenge",
        "evaluator",
        "/statements/north.s000000000001",
    )
    document = library.search(Request(text="guardians late", what="documents")).hits[0]
    assert (document.id, document.url) == ("north", "/documents/north")
    practice = library.search(Request(text="shelter beds", what="practices")).hits[0]
    assert (practice.id, practice.url, practice.year) == ("harbour-shelter", "/practices/harbour-shelter", 2015)


def test_a_hit_carries_what_a_citation_needs(library: Library) -> None:
    hit = library.search(Request(text="guardians appointed late")).hits[0]
    assert hit.title == "Harbour programme: final evaluation"
    assert hit.section == "Findings › Protection"
    assert hit.url == f"/passages/{hit.id}"
    assert hit.themes == ("guardianship",)
    assert (hit.standing, hit.year, hit.organisations) == ("external-evaluation", 2017, ("Harbour Aid",))
    assert set(hit.matched) == {"guardians", "appointed", "late"}
    assert "<mark>Guardians</mark> are <mark>appointed</mark> <mark>late</mark>" in hit.snippet


def test_a_document_shows_the_passage_that_answers(library: Library) -> None:
    """A document without a summary, or whose summary says nothing of it, was once an empty hit."""
    hit = next(hit for hit in library.search(Request(text="courts", what="documents")).hits if hit.doc == "north")
    assert "<mark>courts</mark>" in hit.snippet
    assert (hit.section, hit.url) == ("Findings › Protection", "/documents/north")
    assert hit.passage == library.search(Request(text="courts")).hits[0].id
    assert library.search(Request(text="", what="documents")).hits[0].passage == ""


def test_snippets_escape_the_text_of_documents(library: Library) -> None:
    snippet = library.search(Request(text="address shelter")).hits[0].snippet
    assert "&lt;<mark>address</mark>&gt;" in snippet
    assert "&amp;" in snippet


# ---------------------------------------------------------------------------------------------- what is said


def test_a_word_that_no_document_has_is_told(library: Library) -> None:
    answer = library.search(Request(text="guardians zeppelin"))
    assert answer.unknown == ("zeppelin",)
    assert answer.hits[0].text == DELAYS


def test_a_mistyped_word_is_corrected_and_said(library: Library) -> None:
    answer = library.search(Request(text="gaurdians courts"))
    assert answer.suggestion == "guardians courts"
    assert answer.hits[0].text == DELAYS
    assert any("No document has gaurdians" in note for note in answer.notes)


def test_a_known_word_is_never_corrected(library: Library) -> None:
    assert library.search(Request(text="shelter")).suggestion is None


def test_a_query_that_nothing_answers_is_weak(library: Library) -> None:
    answer = library.search(Request(text="zeppelin xylophone"))
    assert (answer.total, answer.weak, answer.hits) == (0, True, ())
    assert not library.search(Request(text="shelter beds")).weak


@pytest.mark.parametrize(
    "typed", ["W-2", "R&D", "year:abc", "title:200[1-9]", "foo:bar", 'an "open', "*", "((", "word " * 2000,
              "a" * 10_000, "🎉", "الأطفال", "AND OR NOT", "-", "\x00", "\ud800", "", "-x", "theme:none", "漢字", "'"],
)  # fmt: skip
def test_no_query_fails(library: Library, typed: str) -> None:
    """Whatever is typed, every view answers and says what it searched for."""
    for what in WHATS:
        answer = library.search(Request(text=typed, what=what))
        assert answer.interpreted
        assert answer.interpreted.encode()


def test_wrong_requests_are_refused_with_a_sentence(library: Library) -> None:
    for wrong in (Request(filters={"colour": ("red",)}), Request(limit=-1), Request(offset=-5)):
        with pytest.raises(UsageError):
            library.search(wrong)


# ---------------------------------------------------------------------------------------------- filters and facets


@pytest.mark.parametrize(
    ("typed", "docs"),
    [
        ("country:ET", {"north"}),
        ("country:ethiopia", {"north"}),
        ("country:Moroccan", {"south"}),
        ("theme:Guardianship", {"north"}),
        ("org:harbour", {"north"}),
        ("year:2015..2018", {"north"}),
        ("year:2018..", {"south"}),
        ("language:French", {"south"}),
        ("standing:external-evaluation", {"north"}),
        ("kind:challenge", {"north"}),
        ('doc:"Une synthèse"', {"south"}),
        ("-doc:north", {"south"}),
        ("doc:north doc:south", {"north", "south"}),
        ("doc:north year:2020", set()),
    ],
)
def test_filters_are_understood_by_value_and_name(library: Library, typed: str, docs: set[str]) -> None:
    assert {h.doc for h in library.search(Request(text=typed, limit=50)).hits} == docs


def test_a_filter_value_that_nothing_has_finds_nothing_and_says_so(library: Library) -> None:
    answer = library.search(Request(text="guardians theme:zeppelins"))
    assert answer.total == 0
    assert any("zeppelins" in note for note in answer.notes)


def test_situation_and_criteria_are_filters(tmp_path: Path) -> None:
    """Passages are narrowed by the child's situation and by the criterion that they assess, by id or by label."""
    shelf = Shelf()
    told = passages_of("told", SHELTER, tags=("unaccompanied", "age-15-17", "effectiveness", "shelters"))
    shelf.put(Bibliography(id="told", title="Told", language="en"), [*told, *passages_of("told", TRAINING)])
    library = opened(shelf, tmp_path)
    for chosen in (
        "situation:unaccompanied",
        "situation:age-15-17",
        "criteria:effectiveness",
        "criteria:Effectiveness",
    ):
        assert [hit.id for hit in library.search(Request(text=chosen)).hits] == [told[0].id], chosen
    assert library.search(Request(text="situation:separated")).total == 0
    counted = library.search(Request(text="")).facets
    assert {(v.value, v.label) for v in counted["situation"]} == {
        ("unaccompanied", "Unaccompanied"),
        ("age-15-17", "15–17"),
    }


def test_facet_counts_are_what_choosing_them_gives(tmp_path: Path) -> None:
    """The count beside a value is the total after choosing it, also within a chosen facet."""
    chance = random.Random(5)
    shelf = Shelf()
    themes = ["guardianship", "child-labour", "legal-aid-documentation"]
    for number in range(30):
        doc = f"doc-{number}"
        passages = [
            passage
            for theme in themes
            for passage in passages_of(doc, *(sentence(chance) for _ in range(chance.randint(3, 20))), tags=(theme,))
        ]
        shelf.put(Bibliography(id=doc, title=f"Report {number}", date=str(2010 + number % 9), language="en"), passages)
    library = opened(shelf, tmp_path)
    for typed in ("", "anchor", "anchor basin", '"anchor basin"', "-anchor"):
        for chosen in ({}, {"theme": ("guardianship",)}, {"theme": ("guardianship",), "year": ("2012", "2013")}):
            answer = library.search(Request(text=typed, filters=chosen))
            for name in ("theme", "year", "doc"):
                counted = {v.value: v.count for v in answer.facets[name]}
                for value in list(counted)[:4]:
                    narrowed = {**chosen, name: (value,)}
                    assert counted[value] == library.search(Request(text=typed, filters=narrowed)).total, (
                        typed,
                        name,
                        value,
                    )
                    flag = next(v.chosen for v in answer.facets[name] if v.value == value)
                    assert flag == (value in chosen.get(name, ()))


def sentence(chance: random.Random, length: int = 12) -> str:
    words = [
        "anchor",
        "basin",
        "cable",
        "dock",
        "engine",
        "ferry",
        "gangway",
        "hull",
        "island",
        "jetty",
        "keel",
        "lamp",
    ]
    return " ".join(chance.choice(words) for _ in range(length))


def test_the_same_words_in_two_places_are_one_hit(tmp_path: Path) -> None:
    """A page that was published twice fills one place of the ranking, and both documents can still be chosen."""
    shelf = Shelf()
    for doc in ("first", "second"):
        shelf.put(
            Bibliography(id=doc, title=doc, language="en"), passages_of(doc, DELAYS, f"Something else about {doc}.")
        )
    library = opened(shelf, tmp_path)
    answer = library.search(Request(text="courts"))
    assert (answer.total, len(answer.hits)) == (1, 1)
    assert {v.value: v.count for v in answer.facets["doc"]} == {"first": 1, "second": 1}
    assert library.search(Request(text="courts", filters={"doc": ("second",)})).hits[0].doc == "second"


# ---------------------------------------------------------------------------------------------- order


def test_orders_and_pages(library: Library) -> None:
    """Newest, oldest and most independent first; pages follow one another without gap or repeat."""
    everything = Request(limit=50)
    by = {
        sort: [h.doc for h in library.search(Request(sort=sort, limit=50)).hits]
        for sort in ("newest", "oldest", "independence")
    }
    assert by["newest"][0] == "south"
    assert by["oldest"][0] == "north"
    assert by["independence"][0] == "north"
    whole = [h.id for h in library.search(everything).hits]
    paged = [h.id for start in range(0, 6, 2) for h in library.search(Request(limit=2, offset=start)).hits]
    assert paged == whole


def test_diverse_spreads_hits_over_documents(tmp_path: Path) -> None:
    """One long report no longer fills the first page when hits are to be spread."""
    shelf = Shelf()
    shelf.put(
        Bibliography(id="long", title="Long", language="en"),
        passages_of("long", *(f"anchor anchor {n}" for n in range(9))),
    )
    shelf.put(
        Bibliography(id="short", title="Short", language="en"), passages_of("short", "anchor in a longer sentence here")
    )
    library = opened(shelf, tmp_path)
    plain = [h.doc for h in library.search(Request(text="anchor", limit=10)).hits]
    spread = [h.doc for h in library.search(Request(text="anchor", limit=10, diverse=True)).hits]
    assert plain == ["long"] * 9 + ["short"]
    assert spread == ["long", "long", "short", *["long"] * 7]


@pytest.mark.parametrize("queries", [50, pytest.param(500, marks=pytest.mark.slow)])
def test_scores_order_and_counts_are_those_of_whoosh(tmp_path: Path, queries: int) -> None:
    """On random queries, loose words and phrases: the best ten, the scores, the total and the counts of facets equal
    those of Whoosh's own BM25F and grouping over an index that Whoosh itself has made."""
    chance = random.Random(11)
    syllables = ["".join(chance.choices("bdfgklmnprt", k=2)) + chance.choice("aeiou") for _ in range(120)]
    vocabulary = [f"{syllable}{number}" for number, syllable in enumerate(syllables)]

    def words(count: int) -> str:
        return " ".join(vocabulary[min(int(chance.paretovariate(0.7)) - 1, 119)] for _ in range(count))

    things = [
        Thing(
            what="passages",
            id=f"t{n}",
            owner=f"d{n // 20}",
            ordinal=n,
            language="en",
            title=words(5),
            head=words(3),
            body=words(chance.randint(20, 90)),
            facets={"theme": tuple(chance.sample("abcde", chance.randint(0, 2))), "year": (str(2000 + n // 40),)},
        )
        for n in range(400)
    ]
    WhooshEngine().build(tmp_path, things, 1)
    snapshot = WhooshEngine().open(tmp_path)
    searcher = whoosh_searcher(tmp_path / "reference", things)
    groups = {name: whoosh.sorting.FieldFacet(name, allow_overlap=True) for name in ("theme", "year")}
    for number in range(queries):
        typed = list(dict.fromkeys(chance.choice(vocabulary) for _ in range(chance.randint(1, 5))))
        if number % 5 == 4:
            run = chance.choice(things).body.split()
            start = chance.randrange(len(run) - 3)
            typed = run[start : start + chance.randint(2, 3)]
            wanted: tuple[Wanted, ...] = (Wanted(words=tuple(typed), required=True),)
            terms = [intern_terms(word, "en") for word in typed]
            parts = [whoosh.query.Phrase(part, terms) for part in BOOSTS]
        else:
            wanted = tuple(Wanted(words=(word,)) for word in typed)
            parts = [
                whoosh.query.Term(part, intern_terms(word, "en"), boost=boost)
                for word in typed
                for part, boost in BOOSTS.items()
            ]
        question = Question(wanted=wanted, limit=400, counted=("theme", "year"), least=0.0)
        found = snapshot.search(question)
        theirs = searcher.search(whoosh.query.Or(parts), limit=None, groupedby=groups)
        ours = {row.id: row.score for row in found.rows}
        assert found.total == len(theirs) == len(ours)
        for name in groups:
            counted = {value: len(ids) for value, ids in theirs.groups(name).items() if value}
            assert found.facets[name] == counted
        if number % 5 == 4:  # Whoosh scores a phrase by the words in it, we as a word of its own
            assert set(ours) == {hit["key"] for hit in theirs}
            continue
        assert ours == pytest.approx({hit["key"]: hit.score for hit in theirs})
        best = snapshot.search(msgspec.structs.replace(question, limit=10))
        assert best.rows == found.rows[:10]
        assert [row.score for row in best.rows] == pytest.approx([hit.score for hit in theirs][:10])


def whoosh_searcher(folder: Path, things: list[Thing]) -> whoosh.searching.Searcher:
    folder.mkdir()
    tokenizer = schema.analysis.RegexTokenizer(r"\S+")
    fields = {part: whoosh.fields.TEXT(analyzer=tokenizer) for part in BOOSTS}
    facets = {name: whoosh.fields.KEYWORD(lowercase=False) for name in ("theme", "year")}
    made = whoosh.fields.Schema(key=whoosh.fields.ID(stored=True), **fields, **facets)
    writer = whoosh.index.create_in(str(folder), made).writer()
    for thing in things:
        texts = {part: intern_terms(getattr(thing, part), "en") for part in BOOSTS}
        writer.add_document(key=thing.id, **texts, **{name: " ".join(held) for name, held in thing.facets.items()})
    writer.commit()
    return whoosh.index.open_dir(str(folder)).searcher(weighting=whoosh.scoring.BM25F())


# ---------------------------------------------------------------------------------------------- the index itself


def test_an_empty_home_answers_that_it_is_empty(tmp_path: Path) -> None:
    answer = Library(IndexPlace(tmp_path), Shelf()).search(Request(text="shelter"))
    assert (answer.total, answer.weak) == (0, True)
    assert any("empty" in note for note in answer.notes)


def test_a_missing_index_names_the_fix(tmp_path: Path) -> None:
    library = Library(IndexPlace(tmp_path), small_shelf())
    with pytest.raises(IndexMissing, match="fingerpost rebuild"):
        library.search(Request(text="shelter"))
    assert not library.ready
    library.warm_up()  # a server opens what there is in the background, and starts all the same
    bring_up_to_date(IndexPlace(tmp_path), small_shelf())
    assert library.ready


def test_index_and_catalogue_agree_or_the_difference_is_told(tmp_path: Path) -> None:
    shelf = small_shelf()
    place = IndexPlace(tmp_path)
    bring_up_to_date(place, shelf)
    assert disagreements(place, shelf) == []
    shelf.remove("south")
    assert any("passages" in sentence for sentence in disagreements(place, shelf))


def test_many_threads_get_the_same_answers(tmp_path: Path) -> None:
    """Posting lists are decoded from one shared file; requests in parallel must not read each other's lists."""
    chance = random.Random(2)
    shelf = Shelf()
    for number in range(8):
        passages = passages_of(f"d{number}", *dict.fromkeys(sentence(chance, 20) for _ in range(40)))
        shelf.put(Bibliography(id=f"d{number}", title=f"Report {number}", language="en"), passages)
    place = IndexPlace(tmp_path)
    bring_up_to_date(place, shelf)
    queries = [sentence(chance, 2) for _ in range(20)]
    expected = [Library(place, shelf).search(Request(text=q)) for q in queries]
    library = Library(place, shelf)
    wrong: Counter[str] = Counter()

    def work(order: list[int]) -> None:
        for at in order:
            if library.search(Request(text=queries[at])) != expected[at]:
                wrong[queries[at]] += 1

    threads = [threading.Thread(target=work, args=(chance.sample(range(20), 20),)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
