"""Many threads that read their first answers at the same moment: the process lives."""

from __future__ import annotations

import subprocess
import sys

import pytest

FIRST_USE = """
import sys, threading
import msgspec
sys.setswitchinterval(1e-6)
from corpus.catalogue import tables
from corpus.model import Statement
from ingest import nursery
from ingest.job import Job, Outcome
answer = msgspec.msgpack.encode(Outcome(stage="read", reason="a reason"))
statement = msgspec.json.encode(Statement(id="a", doc="b", passage="c", text="d", kind="lesson")).decode()
job = Job(path="", doc="", content_hash="", max_pages=1, seconds=1, memory_mb=1)
start = threading.Barrier(8)

class Child:
    def poll(self, seconds): return True
    def recv_bytes(self, most): return answer

def first():
    start.wait()
    assert nursery._answer(Child(), job).reason == "a reason"
    tables.documents.c.record_card.type.process_result_value('{"id":"a","title":"b"}', None)
    tables.statements.c.statement.type.process_result_value(statement, None)
    tables.practices.c.practice.type.process_result_value('{"id":"a","title":"b","told":{}}', None)

threads = [threading.Thread(target=first) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""


@pytest.mark.slow
def test_first_answers_in_many_threads_end_no_process() -> None:
    """A run of files that failed fast ended without a word: two threads built msgspec's view of a class at once."""
    runs = [subprocess.run([sys.executable, "-c", FIRST_USE], capture_output=True, check=False) for _ in range(12)]
    assert [run.returncode for run in runs] == [0] * len(runs), runs[0].stderr
