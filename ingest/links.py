"""Whether sources' addresses still answer: asked as politely as files are fetched, of which nothing is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from corpus.catalogue import Catalogue
from corpus.errors import UnreadableInput, UsageError
from corpus.people.links import Answered
from ingest.manners import Manners
from ingest.web import Response, failed, normal

CLOSED = {
    401: "a password is wanted",
    402: "money is wanted",
    403: "programs are not let in",
    407: "a password is wanted",
    429: "programs may not ask so often",
    451: "it may not be shown for reasons of law",
}
"""What a server answers that is there and lets no program in: a reader may still get the page."""
RANGE_NOT_KEPT = 416
GONE = {404: "not found", 410: "gone for good"}
OFF_LINE = "Nothing is kept of this: see whether this machine is on line, and ask again."
LEADS_HOME = "It leads to its site's front page: look whether the document is still there."


def of(catalogue: Catalogue) -> list[str]:
    """The addresses on the web that the documents' cards give, each once."""
    urls = []
    for card in catalogue.cards():
        try:
            normal(card.url)
        except UsageError:
            continue
        urls.append(card.url)
    return list(dict.fromkeys(urls))


def check(urls: Iterable[str], manners: Manners) -> Iterator[Answered]:
    """Ask each address and say what it did."""
    for url in urls:
        yield _asked(url, manners)


def believable(answers: Iterable[Answered]) -> Iterator[Answered]:
    """The same answers; what could not be reached at all is held back until anything was reached.

    Raises:
        UnreadableInput: nothing was, so that rather our own line is down than every address.
    """
    held: list[Answered] = []
    reached = False
    for one in answers:
        reached = reached or one.verdict != "fails" or one.status is not None
        held.append(one)
        if reached:
            yield from held
            held.clear()
    if held:
        raise failed(f"None of {len(held)} addresses could be reached ({held[0].reason.rstrip('.')}). {OFF_LINE}")


def _asked(url: str, manners: Manners) -> Answered:
    try:
        place = normal(url)
        if not manners.allows(place):
            return Answered(url=url, verdict="refuses", reason="robots.txt lets no program look.")
        final, answer = _answer(place, manners)
    except UnreadableInput as error:
        return Answered(url=url, verdict="fails", reason=error.reason)
    status = answer.status
    if status >= 400 and status != RANGE_NOT_KEPT:
        told = CLOSED.get(status) or GONE.get(status)
        reason = f"The server answers {status}{f' ({told})' if told else ''}."
        return Answered(url=url, verdict="refuses" if status in CLOSED else "fails", status=status, reason=reason)
    moved_home = urlsplit(final).path in ("", "/") and urlsplit(place).path not in ("", "/")
    return Answered(url=url, verdict="answers", status=200, reason=LEADS_HOME if moved_home else "")


def _answer(url: str, manners: Manners) -> tuple[str, Response]:
    """The answer to HEAD; where that is none that counts, to GET of one byte: many servers know only the latter."""
    final, answer = manners.follow(url, lambda place, left: manners.web.look(place, seconds=left, method="HEAD"))
    if answer.status < 400:
        return final, answer
    one = {"Range": "bytes=0-0"}
    return manners.follow(url, lambda place, left: manners.web.look(place, seconds=left, method="GET", headers=one))
