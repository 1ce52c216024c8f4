"""The drawing process's whole life: one job in, one picture out."""

from __future__ import annotations

import sys

import msgspec

from corpus.errors import UnreadableInput
from corpus.picture import REFUSED, PictureJob
from ingest.limits import limit_memory


def main() -> int:
    """Draw the page that standard input asks for; 0 and the picture, or REFUSED and a sentence."""
    job = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=PictureJob)
    limit_memory(job.memory_mb)
    from ingest.pictures.drawing import draw

    try:
        answer, code = draw(job), 0
    except UnreadableInput as error:
        answer, code = error.reason.encode(), REFUSED
    except MemoryError:
        answer, code = b"This page is too large to be drawn.", REFUSED
    sys.stdout.buffer.write(answer)
    return code


if __name__ == "__main__":
    sys.exit(main())
