"""Where our own judged sets are."""

from pathlib import Path

QUERIES = Path(__file__).with_name("queries.jsonl")
PASSAGES = Path(__file__).with_name("passages.jsonl")
PAIRS = Path(__file__).with_name("pairs.jsonl")
