"""Files from the web: as robots.txt allows, redirects followed so far, asked for anew only where they changed."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from email.message import Message
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from protego import Protego

from corpus.catalogue import CatalogueWriter
from corpus.catalogue.fetched import Fetched, last_fetch, remember
from corpus.errors import UnreadableInput, UsageError
from corpus.home import Home
from ingest.clean import one_line
from ingest.limits import MEGABYTE
from ingest.plan import hash_of
from ingest.source import Source
from ingest.web import PRODUCT, STAGE, Response, Web, failed, normal

REDIRECTS_MAX = 5
"""As many as RFC 9309 asks for robots.txt; a page that is further away is a loop."""

ROBOTS_BYTES = 512_000
"""RFC 9309 asks that at least 500 kibibytes are read; what comes after is not."""

ROBOTS_SECONDS = 15

DELAY_MAX = 30
"""A site that wants longer pauses (seconds) is not fetched from in one go anyway."""

_MOVED = frozenset({301, 302, 303, 307, 308})
_FORBIDDEN = "The site's robots.txt does not allow this address to be fetched: save the page by hand if you may."

_NO_RULES = (
    "The site's robots.txt, which says what may be fetched, cannot be had (the server answers {}): try again later."
)


class Fetcher:
    """Fetches addresses into the home's workspace, politely: one after the other, a pause between two of one site."""

    def __init__(self, home: Home, writer: CatalogueWriter, *, allow_private: bool = False) -> None:
        self.home = home
        self.writer = writer
        self.web = Web(allow_private=allow_private)
        self.folder = home.workspace()
        self._robots: dict[str, Protego | str] = {}
        """By site; where a robots.txt cannot be had, why not."""
        self._asked: dict[str, float] = {}

    def sources(self, urls: Iterable[str]) -> Iterator[Source]:
        """Each address as a source: its file, its unchanged original, or the reason why there is none."""
        for number, url in enumerate(urls):
            try:
                yield self._fetched(url, self.folder / f"{number:06}")
            except UnreadableInput as error:
                yield Source(input=url, path="", name=_name(url), url=url, reason=error.reason, stage=STAGE)

    def _fetched(self, url: str, target: Path) -> Source:
        known = last_fetch(self.writer, url)
        if known and not self.home.original(known.content_hash).is_file():
            known = None
        final, answer = self._followed(url, known)
        if answer.status == 304 and known:
            remember(self.writer, known)
            return Source(input=url, path=str(self.home.original(known.content_hash)), name=known.name, url=final)
        if answer.status != 200:
            raise failed(f"The server answers {answer.status}{_told(answer.status)}: check the address.")
        target.write_bytes(answer.data)
        name = _given_name(answer) or _name(final)
        marks = {"etag": answer.headers.get("etag", ""), "last_modified": answer.headers.get("last-modified", "")}
        remember(self.writer, Fetched(url=url, content_hash=hash_of(target), name=name, **marks))
        return Source(input=url, path=str(target), name=name, url=final)

    def _followed(self, url: str, known: Fetched | None) -> tuple[str, Response]:
        """The answer of the address that redirects lead to, with that address."""
        deadline = time.monotonic() + self.home.settings.fetch_seconds
        asked = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified} if known else {}
        headers = {key: value for key, value in asked.items() if value}
        for _ in range(REDIRECTS_MAX + 1):
            if not self._allowed(url):
                raise failed(_FORBIDDEN)
            self._pause(url)
            most = self.home.settings.max_file_mb * MEGABYTE
            left = max(deadline - time.monotonic(), 0.1)
            answer = self.web.get(url, seconds=left, max_bytes=most, headers=headers)
            if answer.status not in _MOVED or not answer.headers.get("location"):
                return url, answer
            url = _led_to(url, answer)
        raise failed(f"The address leads on to others more than {REDIRECTS_MAX} times: check it in a browser.")

    # ------------------------------------------------------------------------------------------ manners

    def _allowed(self, url: str) -> bool:
        return self._robots_of(url).can_fetch(url, PRODUCT)

    def _robots_of(self, url: str) -> Protego:
        """A site's robots.txt.

        Raises UnreadableInput where it cannot be had: then nothing may be fetched (RFC 9309, 2.3.1.4).
        """
        site = urljoin(url, "/")
        if site not in self._robots:
            self._robots[site] = self._read_robots(urljoin(site, "/robots.txt"))
        robots = self._robots[site]
        if isinstance(robots, str):
            raise failed(robots)
        return robots

    def _read_robots(self, url: str) -> Protego | str:
        for _ in range(REDIRECTS_MAX + 1):
            answer = self.web.get(url, seconds=ROBOTS_SECONDS, max_bytes=ROBOTS_BYTES)
            if answer.status in _MOVED and answer.headers.get("location"):
                url = _led_to(url, answer)
            elif answer.status == 200:
                return Protego.parse(answer.data.decode("utf-8", "replace"))
            elif 400 <= answer.status < 500:
                return Protego.parse("")
            else:
                return _NO_RULES.format(answer.status)
        return Protego.parse("")

    def _pause(self, url: str) -> None:
        """Wait until the site may be asked again."""
        site = urlsplit(url).netloc
        wanted = self._robots_of(url).crawl_delay(PRODUCT)
        pause = max(min(wanted or 0.0, DELAY_MAX), self.home.settings.fetch_pause_seconds)
        if site in self._asked:
            time.sleep(max(0.0, self._asked[site] + pause - time.monotonic()))
        self._asked[site] = time.monotonic()


def addresses(urls: Iterable[str]) -> list[str]:
    """The addresses as they are written down, each once; raises UsageError for what is none."""
    return list(dict.fromkeys(normal(url) for url in urls))


def _led_to(url: str, answer: Response) -> str:
    try:
        return normal(urljoin(url, answer.headers["location"]))
    except UsageError as error:
        raise failed("The address leads on to one that is none on the web: check it in a browser.") from error


def _given_name(answer: Response) -> str:
    """The file name that the server gives, without any folder; blank where it gives none."""
    message = Message()
    message["Content-Disposition"] = answer.headers.get("content-disposition", "")
    return _bare(message.get_filename() or "")


def _name(url: str) -> str:
    """The file name in an address, else its site's; escapes that were escaped again are undone too."""
    parts = urlsplit(url)
    name = parts.path
    while (plain := unquote(name)) != name:
        name = plain
    return _bare(name.rstrip("/")) or parts.hostname or "page"


def _bare(name: str) -> str:
    return PurePosixPath(one_line(name).replace("\\", "/")).name


def _told(status: int) -> str:
    return {401: " (a password is wanted)", 403: " (forbidden)", 404: " (not found)", 410: " (gone)"}.get(status, "")
