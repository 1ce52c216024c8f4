"""What is kept of a secret: of a curator's token, of a key to edit a collection, of the key of a receipt."""

from __future__ import annotations

import hashlib


def hashed(key: str) -> str:
    """The SHA-256 of a key, in hexadecimal digits.

    Keys are drawn at random, so that they need no salt and no slow hash: there is nothing to guess.  What somebody
    typed in a key's place may be no text that could be encoded, and then is nobody's key.
    """
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
