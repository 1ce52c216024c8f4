"""Lesson or challenge by trained weights: what they say, what they may hold, and how they are learned."""

from __future__ import annotations

import json
import random
import shutil
import tomllib
from pathlib import Path

import numpy as np
import pytest

from bench.excerpts import SEEDS, Excerpts, fingerprint, weighed
from bench.learning import Rows, folds, held_out, learn
from corpus.errors import FingerpostError
from corpus.model import StatementKind
from ingest.statements import weighing
from ingest.statements.kinds import Setting, judge
from ingest.statements.matching import words_of
from ingest.statements.weighing import BITS, CARD, WEIGHTS, features, probability

TO_DO = [
    "Border staff should be trained before the season begins.",
    "Involving the elders early was essential and made families trust the shelter.",
    "Keep a list of interpreters who can be called at night.",
    "It is important to agree on roles with the ministry in advance.",
]
WENT_WRONG = [
    "The guardians were not appointed in time because the court had no budget.",
    "Poor roads and heavy rain delayed the transport of the children for two weeks.",
    "There was no interpreter at the station, and several interviews were cancelled.",
    "The shelter was overcrowded and volunteers were unable to reach the families.",
]


def kind(text: str, path: tuple[str, ...] = (), language: str = "en") -> StatementKind | None:
    return judge(words_of(text), text, Setting(path, language=language)).kind


# ------------------------------------------------------------------------------------------------ what they say


@pytest.mark.parametrize("text", TO_DO)
def test_what_to_do_is_told_from(text: str) -> None:
    """Advice, and what was found to matter, lie on the one side …"""
    assert probability(text) > 0.6


@pytest.mark.parametrize("text", WENT_WRONG)
def test_what_went_wrong(text: str) -> None:
    """… and what stood in the way on the other."""
    assert probability(text) < 0.4


@pytest.mark.parametrize("text", ["", "…", "15 %", "مرحبا", "x" * 100_000, "don’t " * 5_000, "\ud800"])
def test_any_text_has_a_probability(text: str) -> None:
    """Nothing that stands in a document stops the weighing."""
    assert 0 <= probability(text) <= 1


def test_features_are_few_numbers_of_length_one() -> None:
    """Each feature once, below 2^BITS, and a long text weighs no more than a short one."""
    for text in (*TO_DO, " ".join(WENT_WRONG) * 20):
        found = features(text)
        assert len(set(found.numbers.tolist())) == len(found.numbers) > 20
        assert 0 <= found.numbers.min() <= found.numbers.max() < 1 << BITS
        assert float(found.values @ found.values) == pytest.approx(1)


def test_apostrophes_and_capitals_change_nothing() -> None:
    """A typographic apostrophe and a headline's capitals are the same words."""
    assert probability("They didn't come.") == probability("They didn’t come.") == probability("THEY DIDN'T COME.")


def test_the_odds_tip_what_the_cues_leave_open() -> None:
    """The cue of a challenge ("delays") does not make one of an advice, nor "must have" an advice of a mishap."""
    advice = "Plan interpreters ahead for future operations to avoid delays at the border."
    mishap = "The team must have lost two weeks, as roads were closed and the trucks were late and damaged."
    assert (kind(advice), kind(mishap)) == (StatementKind.LESSON, StatementKind.CHALLENGE)


def test_a_chapter_s_word_is_not_overruled() -> None:
    """Under "Recommendations" an advice stays one however gloomy its words."""
    text = "Poor, late and unreliable transport, which delayed reunions and was never paid, must be replaced."
    assert kind(text, ("Recommendations",)) is StatementKind.RECOMMENDATION


def test_other_languages_are_not_weighed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The weights know English words only."""
    monkeypatch.setattr("ingest.statements.kinds.margin", lambda text: pytest.fail("weighed"))
    assert kind("Les tuteurs devraient être formés avant la saison.", language="fr") is StatementKind.RECOMMENDATION


# ------------------------------------------------------------------------------------------------ what they hold


def test_the_weights_are_small_numbers_and_nothing_else() -> None:
    """Under a megabyte, one byte a feature, no object in the file that could hold a text."""
    assert WEIGHTS.stat().st_size < 1_000_000
    with np.load(WEIGHTS, allow_pickle=False) as file:
        assert {name: (file[name].dtype.name, file[name].shape) for name in file.files} == {
            "weights": ("int8", (1 << BITS,)),
            "step": ("float64", ()),
            "bias": ("float64", ()),
        }


def test_the_weights_were_trained_with_these_features() -> None:
    """A changed word class or hash asks for new weights: run tools/train_kinds.py."""
    assert tomllib.loads(CARD.read_text("utf-8"))["features"] == fingerprint()


def test_other_weights_than_the_shipped_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A damaged file says so instead of judging at random."""
    damaged = Path(shutil.copy(WEIGHTS, tmp_path))
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"?")
    monkeypatch.setattr(weighing, "WEIGHTS", damaged)
    weighing.shipped.cache_clear()
    try:
        with pytest.raises(FingerpostError, match="install Fingerpost again"):
            probability("The guardians came late.")
    finally:
        monkeypatch.undo()
        weighing.shipped.cache_clear()
    assert probability("The guardians came late.") < 0.5


# ------------------------------------------------------------------------------------------------ how they are learned


def rows(texts: list[str]) -> Rows:
    return Rows.of([features(text) for text in texts])


def test_learning_finds_the_weights_of_least_loss() -> None:
    """At the weights found the loss is lower than at any step aside, and the rows are told apart."""
    some, truth = rows([*TO_DO, *WENT_WRONG]), np.repeat([1.0, 0.0], 4)
    model = learn(some, truth, np.ones(8), cost=1.0)
    assert (model.margins(some) > 0).tolist() == (truth > 0).tolist()
    rarity = some.rarity()

    def loss(weights: np.ndarray, bias: float) -> float:
        z = some.times(weights) + bias
        return float(0.5 * np.sum((weights / rarity) ** 2) + np.sum(np.logaddexp(0, z) - truth * z))

    least = loss(model.weights, model.bias)
    chance = np.random.default_rng(1)
    for _ in range(20):
        aside = np.zeros(some.width)
        aside[some.column] = chance.normal(scale=0.2, size=len(some.column))
        assert loss(model.weights + aside, model.bias + chance.normal(scale=0.2)) > least


def test_rows_that_count_nothing_teach_nothing() -> None:
    """A row of share 0 is as good as absent."""
    texts = [*TO_DO, *WENT_WRONG, "Keep a list of broken roads."]
    truth = np.array([1.0] * 4 + [0.0] * 5)
    share = np.array([1.0] * 8 + [0.0])
    with_it = learn(rows(texts), truth, share, 1.0).margins(rows(texts))
    turned = learn(rows(texts), 1 - np.abs(truth - share), share, 1.0).margins(rows(texts))
    assert with_it[:8] == pytest.approx(turned[:8], abs=1e-6)


def test_no_appeal_is_on_both_sides() -> None:
    """Whole groups are held out, every row once."""
    groups = [f"appeal {n % 17}" for n in range(200)]
    fold = folds(groups, 5, seed=3)
    assert all(len({fold[n] for n in range(200) if groups[n] == group}) == 1 for group in groups)
    assert set(fold.tolist()) == set(range(5))


def test_what_only_one_s_own_appeal_could_teach_is_not_known() -> None:
    """Truth by group with words that no other group has: by heart it would be all right, held out it is chance."""
    chance = random.Random(5)
    letters = "abcdefghijklmnop"
    words = ["".join(chance.choices(letters, k=9)) for _ in range(40)]
    groups = [str(n % 40) for n in range(200)]
    truth = np.array([float(int(g) % 2) for g in groups])
    some = rows([words[int(g)] for g in groups])
    by_heart = learn(some, truth, np.ones(200), 5.0).margins(some)

    def train(chosen: np.ndarray) -> object:
        return learn(some.only(chosen), truth[chosen], np.ones(int(chosen.sum())), 5.0)

    unseen = held_out(folds(groups, 10, seed=1), train, some)  # type: ignore[arg-type]
    assert np.mean((by_heart > 0) == (truth > 0)) == 1
    assert np.mean((unseen > 0) == (truth > 0)) < 0.75


@pytest.mark.slow
def test_labelled_excerpts_of_unseen_appeals_are_told_apart(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On excerpts labelled by others: 0.88 over five splits; one split here, with room for chance."""
    monkeypatch.setattr("bench.excerpts.SEEDS", SEEDS[:1])
    assert weighed(Excerpts.read(shared / "eval" / "ifrc-operational-learning.csv")).mean > 0.87


def test_a_training_file_is_read_as_it_comes(tmp_path: Path) -> None:
    """Three labels, quoted texts over several lines; rows of any other label are left out."""
    file = tmp_path / "excerpts.csv"
    quoted = json.dumps("Two\nlines, with a comma").replace("\\n", "\n")
    file.write_text(
        "appeal,learning,excerpt\n"
        f"A1,Lessons Learnt,{quoted}\nA1,Challenges,It came late.\nA2,Success,It came.\nA2,Other,None.\n",
        "utf-8",
    )
    read = Excerpts.read(file)
    assert (len(read.texts), read.texts[0]) == (3, "Two\nlines, with a comma")
    assert (read.truth.tolist(), read.share.tolist(), read.judged.tolist()) == (
        [1, 0, 1],
        [1, 1, 0.5],
        [True, True, False],
    )
