"""Runs one child process a file, at most so many at once, and never outlives its patience."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext

import msgspec

from ingest.child import work
from ingest.job import Job, MoreTime, Outcome
from ingest.limits import MEGABYTE

OUTCOME_BYTES = 512 * MEGABYTE
"""A larger answer than this from a child is refused; the longest report measured gives about 5 MB."""

_ANSWERS = msgspec.msgpack.Decoder(Outcome | MoreTime)
"""Made before there are threads: see `corpus.catalogue.tables.Json`."""

PRELOAD = "ingest.preload"


def _context() -> BaseContext:
    """Fork from a warm server where the system can (6 ms a file instead of 48), else start afresh each time."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the children do no linear algebra; its buffers cost memory
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([PRELOAD])
    return context


def read_one(context: BaseContext, job: Job) -> Outcome:
    """Read one file in a child process, no longer than the job's seconds, and say how long it took."""
    started = time.monotonic()
    outcome = _outcome_of_child(context, job)
    return msgspec.structs.replace(outcome, seconds=time.monotonic() - started)


def _outcome_of_child(context: BaseContext, job: Job) -> Outcome:
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(sender, job), daemon=True)  # type: ignore[attr-defined]
    process.start()
    sender.close()
    try:
        return _answer(receiver, job)
    except (EOFError, OSError):
        process.join(1)
        return Outcome(stage="read", reason=_crash(process.exitcode, job))
    finally:
        process.kill()
        process.join()
        receiver.close()


def _answer(receiver: Connection, job: Job) -> Outcome:
    """What the child sends within its time, which grows once by what it asks for OCR."""
    longest = job.ocr.longest if job.ocr else 0
    started = time.monotonic()
    deadline = started + job.seconds
    while receiver.poll(max(deadline - time.monotonic(), 0)):
        answer = _ANSWERS.decode(receiver.recv_bytes(OUTCOME_BYTES))
        if isinstance(answer, Outcome):
            return answer
        deadline, longest = deadline + min(answer.seconds, longest), 0
    settings = "child_seconds or ocr_seconds_per_page" if job.ocr and not longest else "child_seconds"
    told = f"Reading it took more than {deadline - started:.0f} seconds; if the file is sound, raise {settings}."
    return Outcome(stage="read", reason=told)


def _crash(exit_code: int | None, job: Job) -> str:
    how = f"signal {-exit_code}" if exit_code and exit_code < 0 else f"exit code {exit_code}"
    return (
        f"The reader broke down on this file ({how}), most often because it wanted more than {job.memory_mb} MB of "
        "memory or the file is damaged; save it again from its program, or raise child_memory_mb."
    )


def read_all(jobs: Sequence[Job], workers: int) -> Iterator[tuple[int, Outcome]]:
    """Read files side by side; yields (position in ``jobs``, outcome) as they end.

    At most ``workers`` children run and at most twice as many outcomes wait, so that memory stays flat.
    """
    context = _context()
    pending: dict[Future[Outcome], int] = {}
    queue = iter(enumerate(jobs))
    with ThreadPoolExecutor(max_workers=workers) as pool:
        try:
            for position, job in queue:
                pending[pool.submit(read_one, context, job)] = position
                if len(pending) >= 2 * workers:
                    yield from _ended(pending)
            while pending:
                yield from _ended(pending)
        finally:
            for future in pending:
                future.cancel()


def _ended(pending: dict[Future[Outcome], int]) -> Iterator[tuple[int, Outcome]]:
    done, _ = wait(pending, return_when=FIRST_COMPLETED)
    for future in done:
        yield pending.pop(future), future.result()
