"""The page that says how often it is wrong: figures as sentences, worst first, never on a handful of cases."""

from __future__ import annotations

from corpus.home import Home
from corpus.quality import Figure, Measured, Measurement, What, save
from webapp import create_app
from webapp.pages.quality import FEWEST, faults


def run(what: What, *figures: tuple[str, float, int], folder: str = "set") -> Measurement:
    """A measurement of one judged set."""
    measured = Measured(
        what=what,
        judged="judged.jsonl",
        n=100,
        unit="passages",
        figures=tuple(Figure(name=name, value=value, n=n) for name, value, n in figures),
    )
    return Measurement(folder=folder, at="2026-01-02T03:04:05Z", version="1", documents=3, sets=(measured,))


def test_a_share_of_what_is_right_is_told_as_what_is_wrong() -> None:
    """Precision 0.9 reads as ten wrong of a hundred, with the cases beside it, the worst first."""
    told = faults([run("tags", ("themes: precision", 0.9, 120), ("themes: recall", 0.4, 120))])
    assert [(one.wrong, one.cases) for one in told] == [(60, 120), (10, 120)]


def test_few_cases_say_nothing_and_of_two_sets_the_worse_speaks() -> None:
    """A perfect figure on a handful of cases is not told; nothing is flattered by a second, easier set."""
    told = faults(
        [
            run("tags", ("themes: precision", 1.0, FEWEST - 1), ("themes: recall", 0.9, 50)),
            run("tags", ("themes: recall", 0.7, FEWEST)),
        ]
    )
    assert [(one.wrong, one.cases) for one in told] == [(30, FEWEST)]


def test_a_library_that_was_measured_speaks_for_itself(fresh_home: Home) -> None:
    """The home's own figures stand in place of those that ship."""
    page = create_app(fresh_home).test_client().get("/quality").text
    assert "Nobody has measured this library yet" in page
    save(fresh_home.path, run("tags", ("countries: precision", 0.87, 40)))
    page = create_app(fresh_home).test_client().get("/quality").text
    assert "Of 100 countries given to passages, 13 do not fit." in page
    assert "Nobody has measured this library yet" not in page
    assert "questions that nothing here answers" not in page.partition("<details")[0]
