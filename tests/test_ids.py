"""Identity: slugs, and ids that survive a better reader."""

from __future__ import annotations

from corpus.ids import Ids, fold, kind_of, slug


def test_slug_is_made_of_letters_digits_and_hyphens() -> None:
    """Any name gives a slug, never an empty one."""
    assert slug("RoMiA – Final Évaluation (v3)") == "romia-final-evaluation-v3"
    assert slug("تقرير").startswith("document-")
    assert slug("a/../../etc/passwd") == "a-etc-passwd"
    assert len(slug("x" * 500)) <= 80


def test_fold_ignores_what_typesetting_changes() -> None:
    """Ligatures, accents, case, quotes and white space do not change a folded text."""
    assert fold("The “ﬁnal” Évaluation:\n  cross-cutting") == fold("the 'final' evaluation cross cutting")


def test_ids_count_repeats_and_ignore_layout() -> None:
    """The same words give the same id whatever their layout; a repeat in a document gets an ordinal."""
    ids = Ids("report")
    first = ids.make("p", "A guardian was\nappointed.")
    assert first == Ids("report").make("p", "A  guardian was appointed")
    assert ids.make("p", "A guardian was appointed.") == first + ".2"
    assert ids.make("s", "A guardian was appointed.") == first.replace(".p", ".s")


def test_kind_of_reads_the_form() -> None:
    """An id tells what it names."""
    assert [kind_of(i) for i in ("report", "report.p0123456789ab.2", "report.s0123456789ab")] == [
        "whole",
        "passage",
        "statement",
    ]
