"""How much one client may ask in a minute, so that nobody's program takes the library from its readers.

The rule is the generic cell rate algorithm (ITU-T I.371, annex A): of each client one number is kept, the time at which
all that it asked would have been asked at an even pace.  A minute's requests may come at once; then they are answered
as fast as the minute allows.  What is refused counts nothing.

Of a client nothing is written down.  In memory it is a number under a keyed hash of its network address (of IPv6 the
network of 64 bits, of which a single client has every address); the key is made anew at each start, what is idle for a
minute is dropped by the requests after it, and at most `CLIENTS_KEPT` are held.
"""

from __future__ import annotations

import math
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any, TypeVar

from flask import Flask, current_app, request
from werkzeug.exceptions import TooManyRequests
from werkzeug.middleware.proxy_fix import ProxyFix

from corpus.settings import Settings
from webapp.languages import ngettext

MINUTE = 60.0
CLIENTS_KEPT = 20_000
"""About 4 MB; a server of two cores answers fewer clients in a minute."""
FREE = "static"
"""The endpoint that counts nothing: a page loads its own files."""
IPV6_NETWORK = 64
"""Bits of an IPv6 address that a client cannot choose by itself (RFC 6177, RFC 4291)."""
_COSTLY = "_fingerpost_costly"
_KEY = secrets.token_bytes(16)
View = TypeVar("View", bound=Callable[..., Any])


class Limit:
    """So many requests a minute for each client; ``clock`` gives seconds that never go back."""

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic, most: int = CLIENTS_KEPT) -> None:
        self._interval = MINUTE / a_minute
        self._clock = clock
        self._most = most
        self._lock = threading.Lock()
        self._even: OrderedDict[bytes, float] = OrderedDict()

    def wait(self, client: bytes) -> float:
        """Take one request of a client; 0 where it is answered, else the seconds after which it would be."""
        with self._lock:
            now = self._clock()
            even = max(self._even.get(client, now), now) + self._interval
            early = even - now - MINUTE
            if early > 1e-9:  # what adding fractions of a second leaves
                return early
            self._even[client] = even
            self._even.move_to_end(client)
            self._tidy(now)
        return 0.0

    @property
    def clients(self) -> int:
        """How many clients are held."""
        return len(self._even)

    def _tidy(self, now: float) -> None:
        """Drop the clients that asked longest ago: idle ones, and as many as are too many."""
        while self._even:
            client, even = next(iter(self._even.items()))
            if even > now and len(self._even) <= self._most:
                return
            del self._even[client]


class Limits:
    """The limits of one application: on all requests, and on the costly ones among them."""

    def __init__(self, settings: Settings) -> None:
        told = (settings.requests_per_minute, settings.costly_requests_per_minute)
        self._all, self._costly = (Limit(a_minute) if a_minute else None for a_minute in told)

    def check(self) -> None:
        """Let the running request through.

        Raises:
            TooManyRequests: its client asked too much, with the seconds to wait.
        """
        if request.endpoint == FREE:
            return
        client = asking()
        limits = [self._all, self._costly if is_costly(request.endpoint) else None]
        for limit in limits:
            seconds = math.ceil(limit.wait(client)) if limit else 0
            if seconds:
                raise TooManyRequests(
                    ngettext(
                        "More was asked from your network than this library answers in a minute. "
                        "Wait %(n)s second, then load this page again.",
                        "More was asked from your network than this library answers in a minute. "
                        "Wait %(n)s seconds, then load this page again.",
                        seconds,
                    ),
                    retry_after=seconds,
                )


def install(app: Flask, settings: Settings) -> None:
    """Count the requests of each client; who that is, the proxies say that the settings trust, and nobody else."""
    if settings.trusted_proxies:
        fixed = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies, x_proto=0, x_host=0)
        app.wsgi_app = fixed  # type: ignore[method-assign]
    if settings.requests_per_minute or settings.costly_requests_per_minute:
        app.before_request(Limits(settings).check)


def costly(view: View) -> View:
    """Mark a view whose answer takes much more work than a page: a picture, a file of hundreds of hits."""
    setattr(view, _COSTLY, True)
    return view


def is_costly(endpoint: str | None) -> bool:
    """Whether an endpoint's view is marked as costly."""
    return bool(getattr(current_app.view_functions.get(endpoint or ""), _COSTLY, False))


def asking() -> bytes:
    """The client of the running request, as it is counted: nothing that leads back to its address."""
    return blake2b(network(request.remote_addr or "").encode(), digest_size=16, key=_KEY).digest()


def network(address: str) -> str:
    """What of a client's address tells it from others: an IPv4 address, an IPv6 network; a port is left off."""
    found = _parsed(address)
    if isinstance(found, IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped or ip_network((found, IPV6_NETWORK), strict=False))
    return str(found) if found else address


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    """The address as some proxies write it too: "192.0.2.1:4711", "[2001:db8::1]:4711"."""
    bare = address.rpartition(":")[0].strip("[]")
    for text in (address.strip("[]"), bare):
        try:
            return ip_address(text)
        except ValueError:
            continue
    return None
