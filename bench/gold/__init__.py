"""Judged sets of our own, kept without their text: queries as they are, passages as hashes of word shingles."""

from bench.gold.tables import main

__all__ = ["main"]
