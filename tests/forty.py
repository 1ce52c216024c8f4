"""Eight records, every sort of source that the library holds, and the place in each that is cited; all made up."""

from __future__ import annotations

from datetime import date

from corpus.citation import card_of_practice
from corpus.model import Bibliography, Practice, Span

SEEN = date(2026, 11, 22)
STYLES = (
    "apa", "chicago-author-date", "chicago-notes-bibliography", "harvard-cite-them-right", "nlm-citation-sequence",
    "un-editorial-manual",
)  # fmt: skip


def page(first: int, last: int = 0, label: str = "", last_label: str = "") -> Span:
    return Span(
        page=first, page_end=last or first, page_label=label or None, page_end_label=last_label or label or None
    )


RECORDS: dict[str, tuple[Bibliography, Span | None, str]] = {
    "one-person-undated": (
        Bibliography(
            id="a", title="Rights at the harbour: Final evaluation", authors=("Clara Dunn",),
            organisations=("Harbour Federation (HF)",), publisher="Harbour Federation (HF)",
            url="https://example.org/a", document_type="evaluation-report",
        ),
        page(45, label="44"),
        "Findings",
    ),
    "body-is-publisher": (
        Bibliography(
            id="b", title="Children on the quay: synthesis of four projects",
            organisations=("Harbour Federation (HF)",), publisher="Harbour Federation (HF)", date="2018-06-07",
            url="https://example.org/b.pdf", document_type="synthesis",
        ),
        page(4, 5, "iv", "v"),
        "",
    ),
    "two-bodies": (
        Bibliography(
            id="c", title="Evaluation of the night desks", organisations=("Harbour Federation (HF)", "HF Audit Office"),
            publisher="Harbour Federation (HF)", date="2017-12", url="https://example.org/c.pdf",
            document_type="evaluation-report",
        ),
        page(17, 18, "12", "13"),
        "",
    ),
    "five-bodies-page-undated": (
        Bibliography(
            id="d", title="Project Lantern: Walking with children",
            organisations=("Lantern Trust", "Quay Watch", "Save the Coast", "Tide Foundation", "Union of Ports"),
            publisher="Coast Commission", url="https://example.org/d", document_type="practice-page",
        ),
        None,
        "Key lessons",
    ),
    "page-dated": (
        Bibliography(
            id="e", title="A regional desk along the coast", organisations=("Lantern Trust",),
            publisher="Coast Network", date="2024-07-11", url="https://example.org/e", document_type="practice-page",
        ),
        None,
        "Benefit",
    ),
    "united-nations-symbol": (
        Bibliography(
            id="f", title="Children at sea: report of the Secretary-General", organisations=("United Nations",),
            publisher="United Nations", date="2015-07-24", symbol="A/70/999", url="https://example.org/f",
            document_type="research",
        ),
        page(11, label="11"),
        "",
    ),
    "four-persons": (
        Bibliography(
            id="g", title="Voices from the quay: What children told us",
            authors=("Berg, Anna Maria", "John Okafor", "Mei Lin", "Sofia van der Meer"),
            organisations=("Save the Coast (SC)",), publisher="Save the Coast (SC)", date="2019-03",
            url="https://example.org/g.pdf", document_type="research",
        ),
        page(101, 103, "101", "103"),
        "",
    ),
    "record-of-ours": (
        card_of_practice(
            Practice(
                id="h", title="One month of street work, then a protocol", told={}, last_checked="2026-11-02",
                organisations=("Lantern Trust",),
            )
        ),
        None,
        "Steps",
    ),
}  # fmt: skip
