"""The real server on a socket: broken requests are answered with a sentence, helpers share the work and end with it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
import pytest

from corpus.home import Home
from corpus.people import People, curators
from webapp.server import BODY_BYTES

ROOT = Path(__file__).resolve().parent.parent
SERVE = "import sys; from corpus.home import Home; from webapp.server import serve; "
SERVE += "serve(Home.find(sys.argv[1]), port=0, say=lambda said: print(said, flush=True), processes=2)"
BROKEN = {
    "no method": b"\r\n\r\n",
    "no address": b"GET\r\n\r\n",
    "bytes of no request": bytes(range(256)) * 4 + b"\r\n\r\n",
    "a method of letters only": b"BREW /search HTTP/1.1\r\nHost: a\r\n\r\n",
    "an old version": b"GET /about HTTP/0.9\r\n\r\n",
    "a version to come": b"GET /about HTTP/9.9\r\nHost: a\r\n\r\n",
    "NUL in the address": b"GET /documents/\x00 HTTP/1.1\r\nHost: a\r\n\r\n",
    "bytes that are no UTF-8": b"GET /documents/\xff\xfe?q=\xff HTTP/1.1\r\nHost: a\r\n\r\n",
    "a broken escape": b"GET /documents/%zz%f?q=%%% HTTP/1.1\r\nHost: a\r\n\r\n",
    "no host": b"GET /search?q=a HTTP/1.1\r\n\r\n",
    "a host that is none": b"GET / HTTP/1.1\r\nHost: " + b"a" * 300 + b"..\r\n\r\n",
    "a host twice": b"GET / HTTP/1.1\r\nHost: a\r\nHost: evil.example\r\n\r\n",
    "the whole address of another": b"GET http://evil.example/search HTTP/1.1\r\nHost: a\r\n\r\n",
    "a header without a name": b"GET / HTTP/1.1\r\n: a\r\n\r\n",
    "a header that goes on": b"GET / HTTP/1.1\r\nHost: a\r\nA: b\r\n c\r\n\r\n",
    "NUL in a header": b"GET / HTTP/1.1\r\nHost: a\r\nAccept-Language: \x00\xff\r\n\r\n",
    "headers too large": b"GET / HTTP/1.1\r\nHost: a\r\nA: " + b"x" * 300_000 + b"\r\n\r\n",
    "an address too long": b"GET /search?q=" + b"x" * 300_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    "very many headers": b"GET / HTTP/1.1\r\nHost: a\r\n" + b"".join(b"A%d: b\r\n" % n for n in range(5000)) + b"\r\n",
    "a length that is none": b"POST /search HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
    "a length below nothing": b"POST /search HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n",
    "a length out of reach": b"POST /search HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na",
    "pieces that are none": b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
    "an unknown packing": b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: zip\r\n\r\n",
    "a strange range": b"GET /static/fingerpost.css HTTP/1.1\r\nHost: a\r\nRange: bytes=9-1,,-,x\r\n\r\n",
    "a range past the end": b"GET /static/fingerpost.css HTTP/1.1\r\nHost: a\r\nRange: bytes=99999999-\r\n\r\n",
    "strange conditions": b"GET / HTTP/1.1\r\nHost: a\r\nIf-None-Match: \"\xff\r\nIf-Modified-Since: never\r\n\r\n",
    "a cookie of any bytes": b"GET / HTTP/1.1\r\nHost: a\r\nCookie: =;;\xff=\x01; a=\"\r\n\r\n",
}  # fmt: skip
pytestmark = pytest.mark.slow


@contextmanager
def started(folder: Path) -> Iterator[tuple[psutil.Process, tuple[str, int]]]:
    """The server as it is started over a home, answering by two processes, and where it listens."""
    command = [sys.executable, "-c", SERVE, str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    told = process.stdout.readline().strip().rstrip("/")
    yield psutil.Process(process.pid), ("127.0.0.1", int(told.rpartition(":")[2]))
    process.terminate()
    process.wait(10)


@pytest.fixture(scope="module")
def server(home: Home) -> Iterator[tuple[psutil.Process, tuple[str, int]]]:
    """The server over the small home."""
    with started(home.path) as found:
        yield found


def exchange(place: tuple[str, int], sent: bytes) -> bytes:
    """What comes back for some bytes until the server closes or says no more."""
    with socket.create_connection(place, timeout=10) as connection:
        connection.settimeout(3)
        answer = b""
        try:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            while more := connection.recv(65536):
                answer += more
        except OSError:  # it closed while we were still sending
            pass
        return answer


@pytest.mark.parametrize("name", BROKEN)
def test_broken_requests_are_answered(server: tuple[psutil.Process, tuple[str, int]], name: str) -> None:
    """No bytes make a fault of ours: they are answered with a sentence, or the connection ends; the next is served."""
    _, place = server
    answer = exchange(place, BROKEN[name])
    if answer:
        status = int(answer.split(b" ", 2)[1])
        body = answer.partition(b"\r\n\r\n")[2]
        assert status < 500 or (name == "an unknown packing" and status == 501), answer[:300]
        assert len(body) > 20 or status == 304
        assert b"Traceback" not in body
        assert b"Location: http://evil" not in answer
    after = exchange(place, b"GET /about HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert after.startswith(b"HTTP/1.1 200")


def test_only_a_curators_upload_may_be_large(tmp_path: Path) -> None:
    """Nobody else's large body is taken at all: it would lie on the disk before anything asks whose it is."""
    token = curators.add(People(Home(tmp_path)), "Ada", "tester")
    most = BODY_BYTES + 100_000

    def sent(path: str, cookie: str) -> bytes:
        return f"POST {path} HTTP/1.1\r\nHost: a\r\nCookie: curator={cookie}\r\nContent-Length: {most}\r\n\r\n".encode()

    with started(tmp_path) as (_, place):
        for path in ("/curator/upload", "/fr/curator/upload"):
            assert exchange(place, sent(path, token) + b"x" * most).startswith(b"HTTP/1.1 422"), path
        for path, cookie in (("/search", token), ("/curator/upload", "fpc_made-up"), ("/curator/upload", "")):
            assert exchange(place, sent(path, cookie)).startswith(b"HTTP/1.1 413"), path


def test_idle_connections_keep_nobody_out(server: tuple[psutil.Process, tuple[str, int]]) -> None:
    """Browsers keep connections open: three hundred that say nothing would once have kept the next reader out."""
    _, place = server
    with ExitStack() as stack:
        for _ in range(300):
            stack.enter_context(socket.create_connection(place, timeout=10))
        answer = exchange(place, b"GET /about HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 200")


def test_helpers_share_the_work_and_end_with_the_first(home: Home) -> None:
    """Two processes answer on one port; where the first is killed without warning the other ends by itself."""
    command = [sys.executable, "-c", SERVE, str(home.path)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        place = ("127.0.0.1", int(process.stdout.readline().strip().rstrip("/").rpartition(":")[2]))
        (helper,) = psutil.Process(process.pid).children()
        os.kill(process.pid, signal.SIGSTOP)  # only the helper can answer now
        page = b""
        for _ in range(20):  # the first may have taken a connection before it was stopped
            page = exchange(place, b"GET /about HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            if page:
                break
        assert page.startswith(b"HTTP/1.1 200")
        os.kill(process.pid, signal.SIGKILL)
        process.wait(10)
        ended = psutil.wait_procs([helper], timeout=20)[0]
        assert ended
    finally:
        process.kill()
        process.wait(10)
