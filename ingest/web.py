"""A careful client for the web: one request at a time, within bounds of time and size, to public addresses only."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
import typing
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal
from urllib.parse import quote, urlsplit, urlunsplit

import httpcore

from corpus import VERSION
from corpus.errors import UnreadableInput, UsageError
from corpus.model import Value

USER_AGENT = f"Fingerpost/{VERSION} (knowledge base of good practice; obeys robots.txt)"
PRODUCT = "Fingerpost"
"""The name by which robots.txt may address this program."""

WAIT_SECONDS = 10
"""A server that says nothing for so long is not waited for."""

STAGE = "fetch"
_DAMAGED = "The server's answer is damaged: try again later."
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_UNICAST = ipaddress.ip_network("2000::/3")
"""All of IPv6 that is given out for the public internet (IANA); the rest is local, retired or wraps other addresses."""

_SAFE = "%/:=&?~#+!$,;'@()*[]"


class Response(Value, frozen=True):
    """What a server answered; header names in lower case, ``data`` unpacked."""

    status: int
    headers: dict[str, str]
    data: bytes


def failed(reason: str) -> UnreadableInput:
    return UnreadableInput(reason, STAGE)


def normal(url: str) -> str:
    """An address as it is requested and written down: without fragment, in ASCII.

    Raises UsageError for what is no address on the web, or holds a password.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port
    except (ValueError, UnicodeError) as error:
        raise UsageError(f"'{url}' is no address on the web; begin it with https://.") from error
    if parts.scheme not in ("http", "https") or not host:
        raise UsageError(f"'{url}' is no address on the web; begin it with https://.")
    if parts.username or parts.password:
        raise UsageError(f"The address of {host} holds a name or password; leave them out, for addresses are shown.")
    place = f"[{host}]" if ":" in host else host
    place += f":{port}" if port else ""
    return urlunsplit((parts.scheme, place, quote(parts.path, safe=_SAFE) or "/", quote(parts.query, safe=_SAFE), ""))


class Web:
    """Fetches one address after the other; private networks only with ``allow_private``.

    The address that a name stands for is looked up once, judged, and connected to, so that a name cannot stand for
    another one a moment later.
    """

    def __init__(self, *, allow_private: bool = False) -> None:
        self.allow_private = allow_private

    def get(self, url: str, *, seconds: float, max_bytes: int, headers: Mapping[str, str] | None = None) -> Response:
        """One request, no redirect followed.

        Raises UnreadableInput (stage ``fetch``) where there is no whole answer within the bounds.
        """
        with self._answer("GET", url, seconds, headers or {}) as answer:
            told = _headers(answer)
            data = _body(answer.iter_stream(), told.get("content-encoding", ""), max_bytes)
            return Response(status=answer.status, headers=told, data=data)

    def look(
        self, url: str, *, seconds: float, method: Literal["HEAD", "GET"], headers: Mapping[str, str] | None = None
    ) -> Response:
        """Whether something is there: status and headers of the answer, of which nothing more is read.

        Raises UnreadableInput (stage ``fetch``) where no answer begins within the bounds.
        """
        with self._answer(method, url, seconds, headers or {}) as answer:
            return Response(status=answer.status, headers=_headers(answer), data=b"")

    @contextmanager
    def _answer(self, method: str, url: str, seconds: float, headers: Mapping[str, str]) -> Iterator[httpcore.Response]:
        """The answer to one request while it comes; what goes wrong with it, as a sentence."""
        deadline = time.monotonic() + seconds
        sent: dict[bytes | str, bytes | str] = {
            "User-Agent": USER_AGENT,
            "Accept": "*/*",
            "Accept-Encoding": "gzip, identity",
        }
        sent.update(headers)
        waits = {"connect": WAIT_SECONDS, "read": WAIT_SECONDS, "write": WAIT_SECONDS, "pool": WAIT_SECONDS}
        backend = _Guarded(deadline, self.allow_private)
        try:
            with (
                httpcore.ConnectionPool(network_backend=backend) as pool,
                pool.stream(method, url, headers=sent, extensions={"timeout": waits}) as answer,
            ):
                yield answer
        except httpcore.TimeoutException as error:
            raise failed(f"The server did not answer within {seconds:.0f} seconds: try again later.") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError, OSError) as error:
            told_by = str(error)[:120] or type(error).__name__
            raise failed(f"The server cannot be reached or breaks off ({told_by}): check the address.") from error


def _headers(answer: httpcore.Response) -> dict[str, str]:
    return {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in answer.headers}


def _body(pieces: Iterable[bytes], encoding: str, max_bytes: int) -> bytes:
    """An answer's bytes, unpacked as they come, no more than are allowed."""
    packed = encoding.strip().lower()
    if packed not in ("", "identity", "gzip", "x-gzip"):
        raise failed(f"The server packs its answer in a way that is not read ({packed[:20]}): save the page by hand.")
    unpack = zlib.decompressobj(wbits=31) if "gzip" in packed else None
    data = bytearray()
    try:
        for piece in pieces:
            data += unpack.decompress(piece, max_bytes + 1 - len(data)) if unpack else piece
            if len(data) > max_bytes:
                raise failed(f"It is larger than {max_bytes // 1_048_576} MB: raise max_file_mb if you trust it.")
    except zlib.error as error:
        raise failed(_DAMAGED) from error
    if unpack and data and not unpack.eof:  # cut off, though the server says that this is all
        raise failed(_DAMAGED)
    return bytes(data)


class _Guarded(httpcore.NetworkBackend):
    """Connects to allowed addresses only, and never reads past the deadline."""

    def __init__(self, deadline: float, allow_private: bool) -> None:
        self.deadline = deadline
        self.allow_private = allow_private
        self.backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: typing.Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise failed(f"There is no server called {host}: check the address.") from error
        addresses = list(dict.fromkeys(str(row[4][0]) for row in found))
        if not self.allow_private and not all(is_public(address) for address in addresses):
            raise failed(f"{host} is an address of a private network: only public ones are fetched.")
        for address in addresses[:-1]:
            try:
                return self._connect(address, port, timeout)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connect(addresses[-1], port, timeout)

    def _connect(self, address: str, port: int, timeout: float | None) -> httpcore.NetworkStream:
        return _Timed(self.backend.connect_tcp(address, port, _left(self.deadline, timeout)), self.deadline)


class _Timed(httpcore.NetworkStream):
    """A connection that ends at its deadline, however slowly its bytes trickle in."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self.stream = stream
        self.deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, _left(self.deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, _left(self.deadline, timeout))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self.stream.start_tls(ssl_context, server_hostname, _left(self.deadline, timeout))
        return _Timed(secured, self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time is up")
    return min(left, timeout) if timeout is not None else left


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet; one that wraps another is as public as that."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        wrapped = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if wrapped is None and found in _NAT64:
            wrapped = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_public(str(wrapped))
        if found not in _UNICAST:
            return False
    return found.is_global and not found.is_multicast
