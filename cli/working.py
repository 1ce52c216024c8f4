"""The verb that does what curators ask for in the browser, one thing after the other: work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Self

import click

from cli.options import home_option
from corpus.errors import CatalogueUnwritable, FingerpostError, WriterBusy
from corpus.home import Home
from corpus.people import People, contributions, inbox, jobs

LOOK_SECONDS = 1.0
"""How often the row of jobs is looked at, and a lock that another process holds is tried again."""
TIDY_SECONDS = 86_400.0
RESTART_SECONDS = 5.0
"""How long a worker that ended by itself is let be before another is started: it may end over the same thing again."""
STOP_SECONDS = 20.0
"""How long a worker may take to stop: it ends the file that it reads.  Being killed then harms nothing."""
NICENESS = 5
"""Readers' requests go before what curators wait for."""


@click.command()
@click.option("--once", is_flag=True, help="End when nothing waits any more.")
@click.option("--until-eof", is_flag=True, help="End when standard input does: with the process that started this one.")
@home_option
def work(once: bool, until_eof: bool, home: Path | None) -> None:
    """Do what curators asked for in the browser, one thing after the other, and wait for more.

    'fingerpost serve' starts this beside itself.
    """
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    if until_eof:
        threading.Thread(target=_await_end, args=(stop,), name="parent", daemon=True).start()
    with suppress(AttributeError, OSError):  # not every system has it
        os.nice(NICENESS)
    Worker(Home.find(home), stop).run(once=once)


def _await_end(stop: threading.Event) -> None:
    while os.read(sys.stdin.fileno(), 1):  # not by sys.stdin, whose lock would be held when this process ends
        pass
    stop.set()


class Worker:
    """Takes jobs under the home's lock; ``stop`` ends it after the input that is being read.

    ``clock`` gives seconds that never go back.
    """

    def __init__(
        self,
        home: Home,
        stop: threading.Event,
        say: Callable[[str], object] = click.echo,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._home = home
        self._stop = stop
        self._say = say
        self._clock = clock
        self._people = People(home)
        self._tidied: float | None = None

    def run(self, *, once: bool = False) -> None:
        """Work until stopped; with ``once`` until nothing waits."""
        while not self._stop.is_set():
            try:
                self._tidy()
                if self._next():
                    continue
                if once:
                    return
            except WriterBusy:
                pass  # another process writes; the job waits in its row
            except CatalogueUnwritable as error:
                self._say(str(error))
            self._stop.wait(LOOK_SECONDS)

    def _tidy(self) -> None:
        """Delete, at the start and then once a day, what is kept no longer."""
        now = self._clock()
        if self._tidied is None or now - self._tidied >= TIDY_SECONDS:
            inbox.tidy(self._home.inbox_dir, self._people)
            contributions.tidy(self._people)
            self._tidied = now

    def _next(self) -> bool:
        """Do the next job; whether there was one."""
        if not jobs.open_jobs(self._people):  # asked without the lock, which others may want
            return False
        with self._home.writing():
            job = jobs.take(self._people)
            if job is None:
                return False
            self._do(job)
        return True

    def _do(self, job: jobs.Job) -> None:
        from cli.deeds import Stopped, carry_out  # what reads documents is loaded for the first job

        try:
            done = carry_out(self._home, job, self._stop.is_set)
            jobs.finish(self._people, job, done.state, done.outcome, done.deeds)
        except Stopped:
            jobs.put_back(self._people, job.number)
            return
        except CatalogueUnwritable:
            jobs.put_back(self._people, job.number)
            raise
        except (FingerpostError, OSError) as error:
            jobs.finish(self._people, job, "failed", str(error))
        except Exception:
            traceback.print_exc()
            jobs.finish(self._people, job, "failed", "A fault of ours; the log of 'fingerpost work' has it.")
        inbox.clear(self._home.inbox_dir, job.asked)


class Beside:
    """A worker's process beside a serving one: started anew where it ends by itself, stopped with it."""

    def __init__(self, home: Home, say: Callable[[str], object] = click.echo) -> None:
        self._command = [sys.executable, "-m", "cli.main", "work", "--until-eof", "--home", str(home.path)]
        self._say = say
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._keep, name="worker", daemon=True)
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:  # from here on none is started
            self._stopping.set()
            process = self.process
        if process is not None and process.stdin is not None:
            process.stdin.close()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
        self._thread.join(STOP_SECONDS)

    def _keep(self) -> None:
        while not self._stopping.is_set():
            with self._lock:
                if self._stopping.is_set():
                    return
                # In a session of its own: Ctrl-C ends the server, whose end then ends the worker, in that order.
                self.process = subprocess.Popen(self._command, stdin=subprocess.PIPE, start_new_session=True)
            code = self.process.wait()
            if not self._stopping.is_set():
                self._say(f"The worker ended with {code}; another is started.")
                self._stopping.wait(RESTART_SECONDS)
