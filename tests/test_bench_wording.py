"""How the benchmark of reading compares words: a measure that flatters is worse than none."""

from __future__ import annotations

import pytest

from bench.reading import Score, score_furniture
from bench.verdicts import Verdicts
from bench.wording import common_length, joined, known_running, known_words, ordered_recall, shares, stretch, words
from corpus.model import Block, BlockKind, Page
from ingest.reading import Reading


def paragraph(text: str, **more: bool) -> Block:
    return Block(kind=BlockKind.PARAGRAPH, text=text, **more)


@pytest.mark.parametrize(
    ("left", "right", "length"),
    [
        ("abcd", "abcd", 4),
        ("abcd", "dcba", 1),
        ("abcbdab", "bdcaba", 4),
        ("", "abc", 0),
        ("abc", "", 0),
        ("aab", "aaab", 3),
    ],
)
def test_the_longest_common_subsequence(left: str, right: str, length: int) -> None:
    """Known lengths, whichever side they are asked from."""
    assert common_length(list(left), list(right)) == length
    assert common_length(list(right), list(left)) == length


def test_two_columns_read_across_lose_order_but_no_word() -> None:
    """Recall cannot tell columns read line by line, ordered recall does."""
    left, right = ([f"{side}{n}" for n in range(50)] for side in "lr")
    across = [word for pair in zip(left, right, strict=True) for word in pair]
    assert shares(across, left + right) == (1.0, 1.0)
    assert ordered_recall(left + right, left + right) == 1.0
    assert ordered_recall(across, left + right) < 0.6


def test_the_running_text_of_a_known_text_has_no_notes_marks_or_side_boxes() -> None:
    """A note's paragraph and its mark go; a box goes by its ends; what is not found stays."""
    text = "The boat came late.¹ Ask the crew\nwhy it did so.\n¹ By two days.\nThen all went home."
    boxes = [("Ask the", "did so"), ("No such box", "anywhere")]
    assert known_words(text) == words("The boat came late Ask the crew why it did so By two days Then all went home")
    assert known_running(text) == words("The boat came late Ask the crew why it did so Then all went home")
    assert known_running(text, boxes) == words("The boat came late Then all went home")


def test_a_file_that_holds_a_part_is_held_against_that_part() -> None:
    """The stretch runs from the first words of the first page to the last words of the last one."""
    known = [f"w{n}x" for n in range(100)]
    assert stretch(known, "head" + "".join(known[20:50]), "".join(known[50:80]) + "foot") == known[20:80]


def test_a_word_cut_by_a_pages_end_is_one_word() -> None:
    """Side boxes stand where pages give them, or nowhere."""
    pages = [
        Page(number=1, blocks=(paragraph("A fisher-"), paragraph("aside", side=True))),
        Page(number=2, blocks=(paragraph("man came", continues=True),)),
    ]
    assert joined(pages, sides=False) == ["a", "fisherman", "came"]
    assert joined(pages, sides=True) == ["a", "fisher", "aside", "man", "came"]


def test_a_header_that_was_kept_is_counted() -> None:
    """A line at the head of most pages must neither begin nor end a block."""
    drawn = [f"Harbour report\nText {n} of\nthe page\nmore of {n}\npage {n}" for n in "abc"]
    clean = [Page(number=1, blocks=(paragraph(f"Text {n} of the page more of {n}"),)) for n in "ab"]
    spoilt = Page(number=3, blocks=(paragraph("Harbour report Text c of the page more of c"),))
    score = Score()
    score_furniture(Reading(media="pdf", pages=(*clean, spoilt)), drawn, score)
    assert (score.right["header and footer left out"], score.total["header and footer left out"]) == (2, 3)


def test_a_figure_below_what_is_wanted_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    """Each figure is printed with what is wanted, and what cannot be had is missed."""
    verdicts = Verdicts()
    verdicts.share("recall", 0.99, 0.98)
    verdicts.share("order", 0.97, 0.98)
    verdicts.left_out("scan", "no OCR")
    assert verdicts.missed == ["order", "scan"]
    assert capsys.readouterr().out.count("MISSED") == 2
    assert verdicts.summary().startswith("1 of 3")
