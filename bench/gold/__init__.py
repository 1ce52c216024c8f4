"""Judged sets of our own, kept without their text: queries as they are, passages as hashes of word shingles."""
