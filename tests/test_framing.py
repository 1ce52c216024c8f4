"""The frame of a question is not what is asked for."""

from __future__ import annotations

import pytest

from index.framing import framing_words


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("what do evaluations say about guardianship delays", "guardianship delays"),
        ("how do others run a shelter", "a shelter"),
        ("how do you manage cases", "manage cases"),
        ("lessons on reintegration with cases", "reintegration"),
        ("what are the recommendations about shelters", "shelters"),
        ("lessons learned and good practices sections", "lessons learned and good practices sections"),
        ("lecciones aprendidas sobre tutela", "tutela"),
        ("recommandations sur la tutelle", "la tutelle"),
        ("how to train guardians", "train guardians"),
        ("que dicen las evaluaciones sobre tutela", "tutela"),
        ("que disent les evaluations sur la tutelle", "la tutelle"),
    ],
)
def test_frames_are_taken_off(question: str, asked: str) -> None:
    """What is left is what the person wants to know."""
    words = question.split()
    framing = framing_words(words)
    assert [w for n, w in enumerate(words) if n not in framing] == asked.split()


@pytest.mark.parametrize("words", ["what works", "evaluations of shelters", "monitoring and evaluation", ""])
def test_words_that_could_be_meant_stay(words: str) -> None:
    """A frame with nothing after it, and its words outside of a frame, are searched."""
    assert framing_words(words.split()) == frozenset()
