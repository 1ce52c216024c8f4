"""Train the weights that tell a lesson from a challenge: ``python tools/train_kinds.py EXCERPTS.csv``.

EXCERPTS.csv is IFRC's operational learning, with the columns ``appeal``, ``learning`` and ``excerpt``; it stays outside
the project.  The weights, one byte each, and their card are written beside ``ingest/statements/weighing.py``.
The same rows give the same weights.  ``python -m bench understanding --excerpts EXCERPTS.csv`` measures how good the
features are on appeals that were not trained on; these weights themselves have seen every row.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.excerpts import COST, SUCCESS_SHARE, Excerpts, fingerprint, trained
from bench.learning import Model
from ingest.statements.weighing import BITS, CARD, WEIGHTS, features, unpacked

CARD_TEXT = """\
# What the weights beside this file are.  Written by tools/train_kinds.py.
sha256 = "{sha256}"
features = "{features}"  # of the features they were trained with: bench.excerpts.fingerprint
trained_on = "IFRC operational learning: {lessons} lessons, {challenges} challenges, of {appeals} appeals"
labelled_by = "International Federation of Red Cross and Red Crescent Societies"
licence = "The file we had states none.  No word or excerpt of it is here, only what weights hashed features got."
how = "logistic regression, {bits} bits, cost {cost}; rows labelled success are lessons of weight {success}"
"""


def packed(model: Model) -> bytes:
    """The model as the bytes of an .npz file, each weight rounded to a 127th of the largest."""
    step = float(np.abs(model.weights).max()) / 127
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        weights=np.rint(model.weights / step).astype(np.int8),
        step=np.float64(step),
        bias=np.float64(model.bias),
    )
    return buffer.getvalue()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("excerpts", type=Path)
    excerpts = Excerpts.read(parser.parse_args().excerpts)
    data = packed(trained(excerpts))
    WEIGHTS.write_bytes(data)
    challenges = int((excerpts.truth == 0).sum())
    CARD.write_text(
        CARD_TEXT.format(
            sha256=hashlib.sha256(data).hexdigest(),
            features=fingerprint(),
            lessons=int(excerpts.judged.sum()) - challenges,
            challenges=challenges,
            appeals=len(set(excerpts.appeals)),
            bits=BITS,
            cost=COST,
            success=SUCCESS_SHARE,
        ),
        "utf-8",
    )
    weights = unpacked(data)
    margins = np.array([weights.margin(features(text)) for text in excerpts.texts])
    right = np.mean((margins > 0) == (excerpts.truth > 0))
    print(f"{WEIGHTS.name}: {len(data):,} bytes; tells {right:.3f} of the rows it has seen")
    return 0


if __name__ == "__main__":
    sys.exit(main())
