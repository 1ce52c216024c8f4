"""Imported once by the server that the children are forked from: loads everything, so that each child starts warm."""

import contextlib

from ingest.child import warm

with contextlib.suppress(Exception):  # what cannot be loaded now, each child tells as the reason of its own file
    warm()
