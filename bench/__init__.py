"""Benchmarks, run from a checkout: ``python -m bench NAME``.  Each compares in one run and prints a ratio."""
