"""Searching by meaning: what words do not find, what is told of it, and how the vectors follow the catalogue."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from shelf import IndexPlace, Shelf, passages_of

import corpus.meaning
from corpus.model import Bibliography, Statement, StatementKind, Voice
from index.answer import Request
from index.dense import MEANING, open_dense
from index.fusion import standardised
from index.library import Library, bring_up_to_date, rebuild
from index.query import parse
from index.sense import NOT_YET, WORDS_ONLY
from index.understanding import understand
from index.vectors import Vectors, keys_of
from index.windows import windows
from index.wording import spelled, taken_over

FUNDS = "The grant ended in June and no ministry had a budget line; the centre closed within a month."
SCHOOL = "Pupils who arrived late in the year were given lessons in the afternoon and a mentor of their own class."
BOATS = "Fishing crews took on boys who mended nets at night and slept on deck."
FAMILY = "Caseworkers traced the mother and the children went home after two visits."
TRUCKS = "Two trucks were bought and repaired at the depot."
PAPERS = "Clerks keep the ledgers in a locked cabinet and count the stamps every Friday."
SHOES = "Shoes in twelve sizes lay ready in the store."
RAIN = "Rain fell for nine days and the road to the port was cut."

pytestmark = pytest.mark.skipif(corpus.meaning.encoder() is None, reason="the model of meaning is not installed")


class Everything:
    """An index that has every word."""

    def frequency(self, words: tuple[str, ...], title: bool = False, exact: bool = False) -> int:
        return 1

    def near_words(self, word: str) -> tuple[str, ...]:
        return ()


def shelf_of(*texts: str) -> Shelf:
    shelf = Shelf()
    shelf.put(Bibliography(id="report", title="A report", language="en"), passages_of("report", *texts))
    return shelf


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    place, shelf = (
        IndexPlace(tmp_path_factory.mktemp("home")),
        shelf_of(FUNDS, SCHOOL, BOATS, FAMILY, TRUCKS, PAPERS, SHOES, RAIN),
    )
    bring_up_to_date(place, shelf)
    return Library(place, shelf)


def texts(library: Library, query: str, **options: object) -> list[str]:
    return [hit.text for hit in library.search(Request(text=query, **options)).hits]  # type: ignore[arg-type]


def test_other_words_and_other_languages_find_what_is_meant(library: Library) -> None:
    assert texts(library, "young males employed aboard vessels")[0] == BOATS
    assert texts(library, "enfants qui retrouvent leurs parents")[0] == FAMILY
    assert texts(library, "apoyo a los alumnos que llegan tarde")[0] == SCHOOL


def test_what_is_found_by_meaning_is_in_total_and_facets(library: Library) -> None:
    answer = library.search(Request(text="vessels aboard", limit=1))
    everything = library.search(Request(text="vessels aboard", limit=100))
    assert answer.total == len(everything.hits) == answer.totals["passages"] > 0
    assert answer.facets["doc"][0].count == answer.total
    assert [*texts(library, "vessels aboard", limit=1), *texts(library, "vessels aboard", offset=1)] == [
        hit.text for hit in everything.hits
    ]


def test_kindred_words_are_told_and_can_be_left_out(library: Library) -> None:
    told = library.search(Request(text="vehicles")).also
    assert "trucks" in told
    assert "trucks" not in library.search(Request(text="vehicles", without=("trucks",))).also
    assert library.search(Request(text="vehicles", exact=True)).total == 0


def test_kindred_words_are_written_as_in_the_documents_and_neither_names_nor_small_words(tmp_path: Path) -> None:
    place = IndexPlace(tmp_path)
    passages = (
        "Les véhicules du district sont restés au garage avec les autres véhicules.",
        "Cars of the Board, the Cars, were sold. The cars, and every car, found a buyer.",
        "Nobody told Vehicular the Great about the meeting of Vehicular.",
    )
    shelf = shelf_of(*passages, SHOES, RAIN)
    bring_up_to_date(place, shelf)
    told = Library(place, shelf).search(Request(text="vehicle garage sold")).also
    assert {"véhicules", "cars"} <= set(told)
    assert not {"vehicules", "Vehicular", "vehicular", "car", "Cars", "the"} & set(told)
    left = Library(place, shelf).search(Request(text="vehicle garage sold", without=("véhicules",))).also
    assert "véhicules" not in left
    assert "cars" in left


def test_a_word_is_written_in_small_letters_where_it_ever_is() -> None:
    assert spelled(["Cars and carts", "cars, the car of THE WHO", "Écoles: écoles"]) == {
        "cars": "cars", "and": "and", "carts": "carts", "the": "the", "car": "car", "of": "of", "who": "WHO",
        "ecoles": "écoles",
    }  # fmt: skip
    assert taken_over({"board": "Board", "car": "car"}, {"board": "board", "car": "Car", "who": "WHO"}) == {
        "board": "board",
        "car": "car",
        "who": "WHO",
    }


def test_only_kindred_words_that_helped_are_told(library: Library) -> None:
    assert "trucks" in library.search(Request(text="vehicles")).also
    assert "trucks" not in library.search(Request(text="vehicles trucks")).also


def test_what_speaks_of_a_part_of_a_short_question_only_is_weak(library: Library) -> None:
    for query in ("price of bananas", "closed loop recycling", "volcano on the road", "chess class"):
        answer = library.search(Request(text=query))
        assert (answer.weak, [hit.weak for hit in answer.hits]) == (True, [True] * len(answer.hits)), query
    for query in ("late pupils", "vehicles", "road cut by rain", "mothers traced by caseworkers", "grant ended"):
        answer = library.search(Request(text=query))
        assert (answer.weak, answer.hits[0].weak) == (False, False), query
    assert not library.search(Request(text="fishing boys", limit=0)).weak


def test_the_parts_of_a_name_are_not_searched_by_their_likes(tmp_path: Path) -> None:
    place = IndexPlace(tmp_path)
    shelf = shelf_of(
        "Boys came with accompanied groups.", "Unaccompanied children came to the port.", TRUCKS, SHOES, RAIN
    )
    bring_up_to_date(place, shelf)
    answer = Library(place, shelf).search(Request(text="enfants non accompagnés"))
    assert answer.hits[0].text == "Unaccompanied children came to the port."
    assert not {"accompanied", "groups"} & set(answer.also)


def test_forced_and_voluntary_return_are_not_names_of_one_another() -> None:
    forced = set(understand(parse("deportation"), Everything()).also)
    assert {"forced return", "expulsion"} & forced
    assisted = set(understand(parse("AVRR"), Everything()).also)
    assert "assisted return" in assisted
    assert not [name for name in forced if "assist" in name or "volunt" in name or name.startswith("AVR")]
    assert not [name for name in assisted if "deport" in name or "forc" in name or name == "expulsion"]


class Misspelling(Everything):
    """An index that has no word with a capital and no Paris, and takes every such word for a slip."""

    def frequency(self, words: tuple[str, ...], title: bool = False, exact: bool = False) -> int:
        return words[0] not in ("paris", "obrador", "wether")

    def near_words(self, word: str) -> tuple[str, ...]:
        return {"paris": ("pais",), "obrador": ("labrador",), "wether": ("weather",)}.get(word, ())


def test_a_name_is_no_slip_and_a_slip_is_told_once() -> None:
    for query in ("weather in Paris tomorrow", "paris", "shelters of Obrador this year"):
        understood = understand(parse(query), Misspelling())
        assert (understood.suggestion, understood.notes, len(understood.unknown)) == (None, (), 1), query
    understood = understand(parse("Wether in towns"), Misspelling())
    assert (understood.suggestion, understood.unknown) == ("weather in towns", ())
    assert understand(parse("wether in towns"), Misspelling(), exact=True).unknown == ("wether",)


def test_what_is_marked_is_listed(library: Library) -> None:
    for query in ("vehicles", "vehicles repaired at the depot", "kids and vessels", "pupils lessons", "rain"):
        answer = library.search(Request(text=query))
        named = {name for hit in answer.hits for name in hit.also}
        assert named <= set(answer.also), query


def test_words_of_empty_stems_stand_in_for_nothing(tmp_path: Path) -> None:
    place = IndexPlace(tmp_path)
    shelf = shelf_of("It is going well, and the goings on.", "Going away took the departing crew a day.", TRUCKS, RAIN)
    bring_up_to_date(place, shelf)
    assert "going" not in Library(place, shelf).search(Request(text="leaving")).also


def test_boys_are_not_called_girls(library: Library) -> None:
    assert not {"girls", "niñas"} & set(understand(parse("niños"), Everything()).also)
    assert "girls" in understand(parse("niñas"), Everything()).also


def test_a_home_that_is_mostly_in_one_language_answers_in_it_first(tmp_path: Path) -> None:
    place, shelf = IndexPlace(tmp_path), Shelf()
    english = "Two ferries were bought for the crossing in spring."
    spanish = "Two ferries were bought for the crossing in autumn."
    filling = (FUNDS, SCHOOL, BOATS, TRUCKS, PAPERS, SHOES, RAIN)
    shelf.put(Bibliography(id="report", title="A report", language="en"), passages_of("report", english, *filling))
    shelf.put(
        Bibliography(id="informe", title="Un informe", language="es"), passages_of("informe", spanish, language="es")
    )
    bring_up_to_date(place, shelf)
    assert texts(Library(place, shelf), "ferries crossing")[:2] == [english, spanish]
    dense = open_dense(place.index_dir)
    assert dense is not None
    twins = dense.views["passages"].twins
    assert int(dense.in_main_language("passages", twins).sum()) == 8


def test_required_and_excluded_words_hold_for_what_is_near(library: Library) -> None:
    assert texts(library, 'vessels "mended nets"') == [BOATS]
    assert BOATS not in texts(library, "vessels aboard -nets")
    assert texts(library, "vessels aboard doc:nowhere") == []


def test_a_filter_alone_asks_for_no_meaning(library: Library) -> None:
    answer = library.search(Request(text="doc:report"))
    assert answer.total == 8
    assert answer.notes == ()


def test_a_passage_is_found_by_what_it_states(tmp_path: Path) -> None:
    place, shelf = IndexPlace(tmp_path), Shelf()
    passages = passages_of("report", f"{TRUCKS} {SHOES}", f"{TRUCKS} {RAIN}", *(FUNDS, SCHOOL, BOATS, PAPERS))
    said = Statement(
        id="report.s0000000000aa", doc="report", passage=passages[1].id, text=RAIN,
        kind=StatementKind.RESULT, voice=Voice.EVALUATOR, themes=(),
    )  # fmt: skip
    shelf.put(Bibliography(id="report", title="A report", language="en"), passages, [said])
    bring_up_to_date(place, shelf)
    assert texts(Library(place, shelf), "trucks stuck in wet weather")[0] == f"{TRUCKS} {RAIN}"


def test_without_the_model_words_are_searched_and_a_note_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, shelf = IndexPlace(tmp_path), shelf_of(FUNDS, TRUCKS)
    monkeypatch.setattr(corpus.meaning, "_found", lambda: (None, "gone"))
    bring_up_to_date(place, shelf)
    answer = Library(place, shelf).search(Request(text="trucks"))
    assert ([hit.text for hit in answer.hits], answer.notes) == ([TRUCKS], (WORDS_ONLY % {"why": "gone"},))
    monkeypatch.undo()
    library = Library(place, shelf)
    assert library.search(Request(text="trucks")).notes == (NOT_YET,)
    assert bring_up_to_date(place, shelf).done == "nothing"
    assert library.search(Request(text="trucks")).notes == ()


def test_vectors_follow_changes_and_are_not_worked_out_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place, shelf = IndexPlace(tmp_path), shelf_of(FUNDS, TRUCKS)
    bring_up_to_date(place, shelf)
    real = corpus.meaning.encoder()
    assert real is not None
    asked: list[str] = []

    class Counting:
        model = real.model

        def encode(self, texts: list[str]) -> object:
            asked.extend(texts)
            return real.encode(texts)

    monkeypatch.setattr(corpus.meaning, "_found", lambda: (Counting(), ""))
    shelf.put(Bibliography(id="more", title="More", language="en"), passages_of("more", SHOES, TRUCKS))
    bring_up_to_date(place, shelf)
    assert SHOES in asked
    assert TRUCKS not in asked
    asked.clear()
    rebuild(place, shelf)
    shelf.remove("report")
    bring_up_to_date(place, shelf)
    assert asked == []
    dense = open_dense(place.index_dir)
    assert dense is not None
    assert (len(dense.views["passages"].twins), dense.outline.owners) == (2, ("more",))


def test_damaged_vectors_are_worked_out_anew(tmp_path: Path) -> None:
    place, shelf = IndexPlace(tmp_path), shelf_of(FUNDS, TRUCKS)
    bring_up_to_date(place, shelf)
    folder = place.index_dir / MEANING / (place.index_dir / MEANING / "current").read_text()
    (folder / "passages_codes.npy").write_bytes(b"half")
    assert Library(place, shelf).search(Request(text="trucks")).notes == (NOT_YET,)
    bring_up_to_date(place, shelf)
    assert Library(place, shelf).search(Request(text="trucks")).notes == ()


def test_the_signs_choose_nearly_all_of_the_nearest() -> None:
    chance = np.random.default_rng(5)
    centres = chance.normal(size=(300, 512))
    matrix = (centres[chance.integers(0, 300, 6000)] + chance.normal(size=(6000, 512))).astype(np.float32)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    vectors = Vectors.of(matrix, keys_of([str(n) for n in range(6000)]))
    query = matrix[17]
    rows, cosines = vectors.nearest(query, 20)
    exact = np.argsort(-(matrix @ query))[:20]
    assert rows[0] == 17
    assert len(set(rows.tolist()) & set(exact.tolist())) >= 19
    assert np.abs(cosines - (matrix @ query)[rows]).max() < 0.005


def test_windows_keep_sentences_whole_and_carry_their_heading() -> None:
    sentences = [f"Sentence {n} of the chapter has some nine words here." for n in range(30)]
    found = windows(" ".join(sentences), "Chapter two")
    assert all(window.startswith("Chapter two. Sentence") and window.endswith("here.") for window in found)
    assert [s for window in found for s in sentences if s in window] == sentences
    assert all(len(window.split()) <= 127 for window in found)
    assert windows("") == ()


def test_a_signal_that_does_not_differ_or_is_missing_weighs_nothing() -> None:
    assert standardised(np.array([2.0, 2.0, 2.0])).tolist() == [0, 0, 0]
    assert standardised(np.array([np.nan, np.nan])).tolist() == [0, 0]
    assert standardised(np.array([1.0, 3.0, np.nan])).tolist() == [-1, 1, 0]


def test_what_lacks_the_topic_of_a_short_question_comes_last_and_is_weak(tmp_path: Path) -> None:
    """Delays of something else hold the rarer word; what speaks of the guardians is part of an answer."""
    delays = "Delays: the trucks came late. Delays followed delays, and the depot reported more delays at the port."
    naming = "It took the court eleven weeks to appoint a guardian for a boy."
    place, shelf = IndexPlace(tmp_path), shelf_of(delays, naming, FUNDS, BOATS, SHOES, RAIN)
    bring_up_to_date(place, shelf)
    library = Library(place, shelf)
    for query in ("guardianship delays", "what do evaluations say about guardianship delays"):
        answer = library.search(Request(text=query))
        texts = [hit.text for hit in answer.hits]
        assert texts[0] == naming, query
        assert answer.hits[texts.index(delays)].weak, query
        assert answer.partly is answer.weak, query
    assert library.search(Request(text="delays")).hits[0].text == delays
    assert not library.search(Request(text="volcano delays")).partly


def test_a_topic_is_marked_where_it_is_half_of_what_is_asked() -> None:
    """Alone it is the whole question, in a long one a part among others."""

    def topics(text: str) -> list[str]:
        return [want.words[0] for want in understand(parse(text), Everything()).wanted if want.topic]

    assert topics("guardianship delays") == ["guardianship"]
    assert topics("the costs of foster care") == ["foster", "care"]
    assert topics("retards tutelle") == ["tutelle"]
    assert topics("guardianship") == []
    assert topics("what courts paid lawyers for guardianship hearings") == []


def test_what_does_not_hold_the_name_that_is_asked_for_is_weak(library: Library) -> None:
    for query in ("fishing crews in Samoa", "UNXA fishing crews", "boys who mended nets near Port Vila"):
        answer = library.search(Request(text=query))
        assert (answer.weak, [hit.weak for hit in answer.hits]) == (True, [True] * len(answer.hits)), query
    for query in ("fishing crews", "Fishing crews and boys", "FISHING CREWS", "Where did the trucks go?"):
        assert not library.search(Request(text=query)).weak, query


def test_a_query_in_another_language_is_not_weak_for_having_none_of_the_words(library: Library) -> None:
    answer = library.search(Request(text="enfants retrouvent leur mère"))
    assert (answer.hits[0].text, answer.hits[0].weak, answer.weak) == (FAMILY, False, False)


def test_a_query_that_stands_word_for_word_is_taken_at_its_word(library: Library) -> None:
    answer = library.search(Request(text="nine days"))
    assert (answer.hits[0].text, answer.also) == (RAIN, ())
    assert "days" in library.search(Request(text="nine weeks")).also


def test_the_sense_of_a_question_is_worked_out_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of results asks the same of several views; an index that has changed since is asked anew."""
    place, shelf = IndexPlace(tmp_path), shelf_of(FUNDS, SCHOOL)
    bring_up_to_date(place, shelf)
    encoded: list[str] = []
    by = corpus.meaning.encoder()
    assert by is not None
    encode = type(by).encode
    monkeypatch.setattr(type(by), "encode", lambda self, told: [encoded.extend(told), encode(self, told)][1])
    library = Library(place, shelf)
    first = library.search(Request(text="money ran out"))
    assert encoded
    encoded.clear()
    again = library.search(Request(text="money ran out"))
    assert (again, encoded) == (first, [])
    assert not library.search(Request(text="money ran out", totals=False)).totals
    shelf.put(Bibliography(id="other", title="Other", language="en"), passages_of("other", TRUCKS))
    bring_up_to_date(place, shelf)
    encoded.clear()
    assert library.search(Request(text="money ran out")).totals["documents"] >= first.totals["documents"]
    assert encoded
