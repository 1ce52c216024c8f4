"""Files from the web: as robots.txt allows, redirects followed so far, asked for anew only where they changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from email.message import Message
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from corpus.catalogue import CatalogueWriter
from corpus.catalogue.fetched import Fetched, last_fetch, remember
from corpus.errors import UnreadableInput
from corpus.home import Home
from ingest.clean import one_line
from ingest.limits import MEGABYTE
from ingest.manners import Manners
from ingest.plan import hash_of
from ingest.source import Source
from ingest.web import STAGE, Response, Web, failed, normal


class Fetcher:
    """Fetches addresses into the home's workspace, politely: one after the other, a pause between two of one site."""

    def __init__(self, home: Home, writer: CatalogueWriter, *, allow_private: bool = False) -> None:
        self.home = home
        self.writer = writer
        self.manners = Manners(Web(allow_private=allow_private), home.settings)
        self.folder = home.workspace()

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
        asked = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified} if known else {}
        headers = {key: value for key, value in asked.items() if value}
        most = self.home.settings.max_file_mb * MEGABYTE

        def get(place: str, left: float) -> Response:
            return self.manners.web.get(place, seconds=left, max_bytes=most, headers=headers)

        return self.manners.follow(url, get)


def addresses(urls: Iterable[str]) -> list[str]:
    """The addresses as they are written down, each once; raises UsageError for what is none."""
    return list(dict.fromkeys(normal(url) for url in urls))


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
