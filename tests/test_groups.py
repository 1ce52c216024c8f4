"""Statements of the same meaning: the model, the rule for two, the groups, and the catalogue that holds them."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from bench.gold.sets import PAIRS
from cli.evaluation.folders import read
from cli.evaluation.pairs import JudgedPair, Said, read_pairs
from cli.evaluation.passages import PARTS
from cli.evaluation.running import evaluate
from corpus import kin, meaning
from corpus.catalogue import CatalogueWriter, Published
from corpus.catalogue.edits import Edits
from corpus.catalogue.groups import kin_of, regroup
from corpus.corrections import Correction
from corpus.errors import CatalogueUnwritable
from corpus.home import Home
from corpus.ids import Ids
from corpus.kin import by_meaning, by_words, groups, same, traits
from corpus.meaning import DIMENSIONS, Meanings, Vectors, encoder
from corpus.model import Bibliography, Document, IngestRecord, Passage, Statement, StatementKind
from index import library
from webapp import create_app

pytestmark = pytest.mark.slow

LATE = "Guardians were appointed too late, so that many children had nobody who spoke for them over many months."
LATE_TOO = "Because the appointment of guardians took too long, many children had nobody to speak for them for months."
PAID = "Interpreters at the harbour were paid by the hour and left for better work before the second winter came."
ROAD = "The road to the hill villages was closed each spring, and the mobile team could not reach the families there."
FRENCH = "Les tuteurs ont été nommés trop tard, et personne n'a parlé pour de nombreux enfants pendant des mois."


class Lettered:
    """A stand-in for the model: how often each run of three letters stands in a text."""

    def __init__(self, model: str = "letters") -> None:
        self.model = model
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        found = np.zeros((len(texts), DIMENSIONS), np.float32)
        for row, text in zip(found, texts, strict=True):
            for start in range(len(text) - 2):
                row[sum(map(ord, text[start : start + 3].lower())) * 31 % DIMENSIONS] += 1
        return found / np.linalg.norm(found, axis=1, keepdims=True)


# ------------------------------------------------------------------------------------------------ the model


def test_what_means_the_same_lies_near_in_other_words_and_languages() -> None:
    model = encoder()
    assert model is not None, meaning.absence()
    said, again, french, other = model.encode([LATE, LATE_TOO, FRENCH, PAID])
    assert np.linalg.norm(said) == pytest.approx(1, abs=1e-3)
    assert said @ again > kin.NEAR
    assert said @ french > said @ other + 0.2


def test_a_vector_does_not_hang_on_what_is_encoded_beside_it() -> None:
    model = encoder()
    assert model is not None
    together = model.encode([LATE, PAID, ROAD])
    assert model.encode([]).shape == (0, DIMENSIONS)
    np.testing.assert_allclose(together[1], model.encode([PAID])[0], atol=1e-4)


def test_a_model_of_other_files_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """Someone put another file in the package's place: the program goes on without it and tells the curator."""
    meaning._found.cache_clear()
    monkeypatch.setitem(meaning.MODEL, "sp.model", "0" * 64)
    try:
        assert encoder() is None
        assert "by their words only" in meaning.absence()
        assert "--force-reinstall" in meaning.absence()
        monkeypatch.setattr(meaning, "find_spec", lambda name: None)
        meaning._found.cache_clear()
        assert "is not installed" in meaning.absence()
    finally:
        meaning._found.cache_clear()


def test_vectors_are_worked_out_once_for_each_text_and_model(tmp_path: Path) -> None:
    letters = Lettered()
    with Meanings(tmp_path / "m.db") as kept:
        first = kept.vectors([LATE, PAID, LATE], letters)
    assert letters.asked == [LATE, PAID]
    with Meanings(tmp_path / "m.db") as kept:
        np.testing.assert_array_equal(kept.vectors([PAID, ROAD, LATE], letters)[[2, 0, 2]], first)
        assert letters.asked == [LATE, PAID, ROAD]
        other = Lettered("another")
        kept.vectors([LATE], other)
        assert other.asked == [LATE]


@pytest.mark.parametrize("damage", [b"no database at all" * 100, b""])
def test_a_damaged_file_of_vectors_is_begun_anew(tmp_path: Path, damage: bytes) -> None:
    file = tmp_path / "m.db"
    file.write_bytes(damage)
    with Meanings(file) as kept:
        assert kept.vectors([LATE], Lettered()).shape == (1, DIMENSIONS)


def test_what_stands_against_the_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    """Somebody else holds it, or there is no room: nothing is deleted, and the next run has what was kept."""
    file = tmp_path / "m.db"
    with Meanings(file) as kept:
        kept.vectors([LATE], letters := Lettered())
        kept._db.execute("PRAGMA max_page_count = 1")
        with pytest.raises(CatalogueUnwritable, match="make room"):
            kept.vectors([f"{PAID} {n}" for n in range(100)], letters)
    letters.asked.clear()
    with Meanings(file) as kept:
        kept.vectors([LATE], letters)
    assert letters.asked == []


# ------------------------------------------------------------------------------------------------ the rule for two


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (LATE, LATE_TOO, True),
        ("In all 45 villages children went to school.", "In all 54 villages children went to school.", False),
        ("Children went to the harbour school in 2016.", "Children went to the harbour school in 2017.", False),
        ("1.1 Children of every village went to school.", "2. Children of every village went to school.", True),
        (PAID, PAID.replace("were paid", "were never paid"), False),
        (LATE, LATE.replace("Guardians", "Interpreters"), False),
        ("Shelters for girls", "Shelters for girls and boys", False),
    ],
)
def test_what_a_vector_does_not_see(one: str, other: str, expected: bool) -> None:
    """Figures, years, a "not", an exchanged word and few words part what lies near; a list's number does not."""
    assert same(traits(one), traits(other), 0.9) is expected
    assert same(traits(other), traits(one), 0.9) is expected


def test_far_apart_is_never_the_same() -> None:
    assert not same(traits(LATE), traits(LATE_TOO), kin.NEAR - 0.01)
    assert not same(traits(LATE), traits(PAID), None)
    assert same(traits(LATE), traits(LATE + " Again."), None)


def _made_up(n: int) -> list[str]:
    """Sentences of a few words, so that many are nearly the same."""
    drawn = random.Random(4)
    parts = [f"{a}{b}" for a in ("har", "vil", "shel", "guar", "win", "tea") for b in ("bour", "lage", "ter", "dian")]
    base = [drawn.sample(parts, 14) for _ in range(n // 4)]
    return [" ".join([*words[: 14 - extra], *drawn.sample(parts, extra)]) for words in base for extra in (0, 1, 2, 3)]


def test_blocks_and_batches_find_what_comparing_all_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    """In small blocks, and in two goes of which the second holds only what is new against all."""
    texts = _made_up(60)
    vectors = Lettered().encode(texts).astype(np.float16)
    told = [traits(text) for text in texts]
    cosines = vectors.astype(np.float32) @ vectors.astype(np.float32).T
    everything = [True] * len(texts)
    expected = {(a, b) for b in range(60) for a in range(b) if same(told[a], told[b], float(cosines[a, b]))}
    assert len(expected) > 20
    monkeypatch.setattr(kin, "BLOCK", 7)
    assert sorted(by_meaning(texts, vectors, everything)) == sorted(expected)
    first = by_meaning(texts[:40], vectors[:40], everything[:40])
    then = by_meaning(texts, vectors, [n >= 40 for n in range(60)])
    assert sorted([*first, *then]) == sorted(expected)


def test_the_filter_by_rare_words_loses_no_pair() -> None:
    texts = _made_up(60)
    told = [traits(text) for text in texts]
    expected = {(a, b) for b in range(60) for a in range(b) if same(told[a], told[b], None)}
    assert len(expected) > 10
    assert sorted(by_words(texts, [True] * 60)) == sorted(expected)
    new = [n % 3 == 0 for n in range(60)]
    assert sorted(by_words(texts, new)) == sorted((a, b) for a, b in expected if new[a] or new[b])


def test_a_group_is_no_chain() -> None:
    """a–b–c–d–e, each kin to the next only: no group holds two that are not both kin to its first."""
    things = [b"a", b"b", b"c", b"d", b"e"]
    pairs = list(pairwise(things))
    found = groups(things, pairs)
    assert sorted(thing for group in found for thing in group) == things
    assert all((first, other) in pairs or (other, first) in pairs for first, *others in found for other in others)
    backwards = groups(things[::-1], [(b, a) for a, b in pairs[::-1]])
    assert found == backwards


# ------------------------------------------------------------------------------------------------ the catalogue


def keep(writer: CatalogueWriter, doc: str, *said: str, body: str = "", kind: str = "challenge") -> None:
    ids = Ids(doc)
    passage = Passage(id=ids.make("p", doc), doc=doc, ordinal=0, section=0, path=(), text=" ".join(said), language="en")
    statements = tuple(
        Statement(id=ids.make("s", text), doc=doc, passage=passage.id, text=text, kind=StatementKind(kind))
        for text in said
    )
    card = Bibliography(id=doc, title=doc.title(), organisations=(body or doc,))
    record = IngestRecord(input=f"/{doc}.txt", status="ok", doc=doc)
    document = Document(card=card, media="text", content_hash=doc, passages=(passage,), statements=statements)
    writer.put_document(document, writer.begin(record), record)


def together(writer: CatalogueWriter) -> set[frozenset[str]]:
    """The texts of each group, whatever its name; a group's name is the id of one of its statements."""
    found: dict[str, dict[str, str]] = {}
    for one in writer.all_statements():
        found.setdefault(one.group, {})[one.id] = one.text
    assert all(name in members for name, members in found.items())
    return {frozenset(members.values()) for members in found.values()}


@pytest.fixture
def writer(fresh_home: Home) -> CatalogueWriter:
    return CatalogueWriter(fresh_home.catalogue_url)


def test_the_same_in_other_words_is_one_group_with_its_witnesses(writer: CatalogueWriter, fresh_home: Home) -> None:
    """Two bodies say it in three documents; what was said of another kind stands by itself."""
    keep(writer, "first", LATE, PAID, body="Harbour Aid")
    keep(writer, "second", LATE_TOO, body="Hill Watch")
    keep(writer, "third", LATE, body="Hill Watch")
    keep(writer, "wish", LATE, kind="recommendation")
    assert regroup(writer, fresh_home.meanings_file) == 2
    assert together(writer) == {frozenset({LATE, LATE_TOO}), frozenset({PAID}), frozenset({LATE})}
    one = writer.statements("third")[0]
    assert one.group == writer.statements("first")[0].id
    assert writer.witnesses()[one.group] == 2
    assert [s.doc for s in kin_of(writer, one)] == ["first", "second"]
    assert regroup(writer, fresh_home.meanings_file) == 0


@pytest.mark.slow
def test_statements_are_grouped_in_postgresql_too(postgres_database: str, tmp_path: Path) -> None:
    with CatalogueWriter(postgres_database) as writer:
        keep(writer, "first", LATE, PAID)
        keep(writer, "second", LATE_TOO)
        assert regroup(writer, tmp_path / "m.db") == 1
        assert together(writer) == {frozenset({LATE, LATE_TOO}), frozenset({PAID})}
        assert regroup(writer, tmp_path / "m.db") == 0


def test_groups_are_the_same_whatever_came_first(tmp_path: Path) -> None:
    """One after the other, all at once, and with a removal and a return between: the same groups."""
    texts = _made_up(48)
    docs = {f"d{n}": texts[n * 6 : n * 6 + 6] for n in range(8)}
    by = Lettered()
    found = []
    for name in ("steps", "once", "back"):
        home = Home(tmp_path / name)
        with CatalogueWriter(home.catalogue_url) as writer:
            for doc in docs if name != "once" else reversed(docs):
                keep(writer, doc, *docs[doc])
                if name != "once":
                    regroup(writer, home.meanings_file, by=by)
            if name == "back":
                writer.remove("d2")
                keep(writer, "d8", *docs["d2"])
                regroup(writer, home.meanings_file, by=by)
                writer.remove("d8")
                regroup(writer, home.meanings_file, by=by)
                keep(writer, "d2", *docs["d2"])
            regroup(writer, home.meanings_file, by=by)
            found.append(together(writer))
    assert found[0] == found[1] == found[2]
    assert any(len(group) > 1 for group in found[0])


def test_a_group_keeps_its_name_and_only_what_is_new_is_worked_on(writer: CatalogueWriter, fresh_home: Home) -> None:
    """A document that comes before the others by its id, and one that is read again, change no name."""
    by = Lettered()
    keep(writer, "m", LATE, PAID)
    keep(writer, "n", LATE + " ")
    regroup(writer, fresh_home.meanings_file, by=by)
    name = writer.statements("m")[0].id
    by.asked.clear()
    keep(writer, "a", LATE + "  ", ROAD)
    regroup(writer, fresh_home.meanings_file, by=by)
    assert {writer.statements(doc)[0].group for doc in "amn"} == {name}
    assert by.asked == [LATE + "  ", ROAD]
    keep(writer, "n", LATE + " ")
    assert writer.statements("n")[0].group == name  # before anything is grouped anew
    assert regroup(writer, fresh_home.meanings_file, by=by) == 0


def test_what_is_lost_of_the_file_changes_nothing(writer: CatalogueWriter, fresh_home: Home) -> None:
    by = Lettered()
    for n, text in enumerate(_made_up(24)):
        keep(writer, f"d{n}", text)
    regroup(writer, fresh_home.meanings_file, by=by)
    before = together(writer)
    fresh_home.meanings_file.unlink()
    keep(writer, "more", PAID)
    regroup(writer, fresh_home.meanings_file, by=by)
    assert together(writer) == before | {frozenset({PAID})}


def test_another_model_groups_everything_anew(
    writer: CatalogueWriter, fresh_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the model nearly equal words are one group; with it, later, other words of one meaning are too."""
    keep(writer, "first", LATE, PAID)
    keep(writer, "second", LATE + " Again.")
    keep(writer, "third", LATE_TOO)
    monkeypatch.setattr("corpus.catalogue.groups.encoder", lambda: None)
    regroup(writer, fresh_home.meanings_file)
    assert together(writer) == {frozenset({LATE, LATE + " Again."}), frozenset({PAID}), frozenset({LATE_TOO})}
    monkeypatch.undo()
    regroup(writer, fresh_home.meanings_file)
    assert together(writer) == {frozenset({LATE, LATE + " Again.", LATE_TOO}), frozenset({PAID})}


def test_what_a_person_gives_another_kind_leaves_its_group(writer: CatalogueWriter, fresh_home: Home) -> None:
    keep(writer, "first", LATE)
    keep(writer, "second", LATE)
    keep(writer, "third", LATE)
    regroup(writer, fresh_home.meanings_file)
    first = writer.statements("first")[0]
    edits = Edits(writer)
    edits.add(Correction(item=first.id, field="kind", value="lesson", by="Ada"))
    edits.keep()
    regroup(writer, fresh_home.meanings_file)
    assert writer.statements("first")[0].group == first.id
    assert {s.group for doc in ("second", "third") for s in writer.statements(doc)} == {
        writer.statements("second")[0].id
    }


def test_what_is_hidden_is_no_kin(writer: CatalogueWriter, fresh_home: Home) -> None:
    """A removed document's statement is neither shown beside the others nor counted as a witness."""
    keep(writer, "first", LATE)
    keep(writer, "second", LATE)
    regroup(writer, fresh_home.meanings_file)
    one = writer.statements("second")[0]
    writer.remove("first")
    with Published(fresh_home.catalogue_url) as shown:
        assert kin_of(shown, one) == ()
        assert shown.witnesses()[one.group] == 1


def test_a_statements_page_shows_where_else_it_is_said(writer: CatalogueWriter, fresh_home: Home) -> None:
    """The others' words with their documents, another body's first, and how many independent programmes say so."""
    keep(writer, "first", LATE, LATE + " ", body="Harbour Aid")
    keep(writer, "second", LATE_TOO, body="Hill Watch")
    keep(writer, "third", PAID)
    regroup(writer, fresh_home.meanings_file)
    library.bring_up_to_date(fresh_home, writer)
    client = create_app(fresh_home).test_client()
    one, again = writer.statements("first")
    text = client.get(f"/statements/{one.id}").text
    assert "2 independent programmes, in 2 documents" in text
    same_elsewhere = text[text.index('id="same"') :]
    assert same_elsewhere.index(LATE_TOO) < same_elsewhere.index(f"/statements/{again.id}")
    assert 'href="/documents/second"' in same_elsewhere
    alone = client.get(f"/statements/{writer.statements('third')[0].id}").text
    assert "1 independent programme, in 1 document" in alone  # a reader should not have to guess the number
    assert 'id="same"' not in alone


def test_pairs_are_measured_by_the_groups_they_are_in(
    writer: CatalogueWriter, fresh_home: Home, tmp_path: Path
) -> None:
    """One pair rightly together, one wrongly, one missed, and one of which the home does not have both."""
    keep(writer, "first", LATE, PAID, ROAD)
    keep(writer, "second", LATE_TOO, PAID + " ")
    regroup(writer, fresh_home.meanings_file)

    def said(doc: str, text: str) -> Said:
        return Said("", doc, Ids(doc).make("s", text).partition(".")[2])

    first, paid, road = (said("first", text) for text in (LATE, PAID, ROAD))
    judged = [
        JudgedPair("a", "tune", first, said("second", LATE_TOO), same=True),
        JudgedPair("b", "tune", paid, said("second", PAID), same=False),
        JudgedPair("c", "held", first, road, same=True),
        JudgedPair("d", "held", first, said("second", "Nobody ever said this in any document."), same=True),
    ]
    folder = tmp_path / "judged"
    folder.mkdir()
    (folder / "pairs.jsonl").write_text("".join(json.dumps(pair.to_json()) + "\n" for pair in judged), "utf-8")
    assert read_pairs(folder / "pairs.jsonl") == judged
    (told,) = evaluate(fresh_home, read(folder), "judged").sets
    found = {figure.name: (figure.value, figure.n) for figure in told.figures}
    assert found["all: precision"] == found["tune: precision"] == (0.5, 2)
    assert found["all: recall"] == (0.5, 2)
    assert found["held: recall"] == (0.0, 1)
    assert told.remarks == ("1 of 4 pairs have a statement that this home does not show.",)


def test_the_judged_pairs_are_whole_and_share_no_statement_between_halves() -> None:
    """Two hundred, half of which are tuned on; a statement that stands in several pairs is in one half only."""
    pairs = read_pairs(PAIRS)
    halves = {part: {said.words for p in pairs if p.part == part for said in (p.one, p.other)} for part in PARTS}
    assert len(pairs) == len({(p.one, p.other) for p in pairs}) == 200
    assert [sum(p.part == part for p in pairs) for part in PARTS] == [101, 99]
    assert not halves["tune"] & halves["held"]
    assert all(re.fullmatch("s[0-9a-f]{12}", said.words) for p in pairs for said in (p.one, p.other))
