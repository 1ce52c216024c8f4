"""How sites are asked: as their robots.txt allows, one request after the other, a pause between two of one site."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

from protego import Protego

from corpus.errors import UsageError
from corpus.settings import Settings
from ingest.web import PRODUCT, Response, Web, failed, normal

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


class Manners:
    """Asks sites politely and keeps in mind, for one run, what they allow and when they were last asked."""

    def __init__(self, web: Web, settings: Settings) -> None:
        self.web = web
        self._settings = settings
        self._robots: dict[str, Protego | str] = {}
        """By site; where a robots.txt cannot be had, why not."""
        self._asked: dict[str, float] = {}

    def follow(self, url: str, ask: Callable[[str, float], Response]) -> tuple[str, Response]:
        """The answer of the address that redirects lead to, with that address; every step as its site allows.

        ``ask`` is given an address and the seconds that are left.
        Raises UnreadableInput (stage ``fetch``) where robots.txt forbids it or no answer can be had.
        """
        deadline = time.monotonic() + self._settings.fetch_seconds
        for _ in range(REDIRECTS_MAX + 1):
            if not self.allows(url):
                raise failed(_FORBIDDEN)
            self._pause(url)
            answer = ask(url, max(deadline - time.monotonic(), 0.1))
            if answer.status not in _MOVED or not answer.headers.get("location"):
                return url, answer
            url = _led_to(url, answer)
        raise failed(f"The address leads on to others more than {REDIRECTS_MAX} times: check it in a browser.")

    def allows(self, url: str) -> bool:
        """Whether the address's site lets programs fetch it.

        Raises UnreadableInput where its robots.txt cannot be had: then nothing may be fetched (RFC 9309, 2.3.1.4).
        """
        return self._robots_of(url).can_fetch(url, PRODUCT)

    def _robots_of(self, url: str) -> Protego:
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
        pause = max(min(wanted or 0.0, DELAY_MAX), self._settings.fetch_pause_seconds)
        if site in self._asked:
            time.sleep(max(0.0, self._asked[site] + pause - time.monotonic()))
        self._asked[site] = time.monotonic()


def _led_to(url: str, answer: Response) -> str:
    try:
        return normal(urljoin(url, answer.headers["location"]))
    except UsageError as error:
        raise failed("The address leads on to one that is none on the web: check it in a browser.") from error
