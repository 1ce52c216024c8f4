"""What a process that handles a foreign file may take."""

from __future__ import annotations

import contextlib
from pathlib import Path

MEGABYTE = 1024 * 1024


def limit_memory(megabytes: int) -> None:
    """Bound what this process may take beyond what it has now (where the system has such limits); it leaves no core."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        bound = taken + megabytes * MEGABYTE
        resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
