"""Imported once by the server that the children are forked from: loads everything, so that each child starts warm."""

from ingest.child import warm

warm()
