"""An order by chance that is the same in a file and in a DataFrame."""

from __future__ import annotations

import secrets
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SEED_BITS = 32


def ranking(seed: int | None) -> Callable[[str], int]:
    """Return what gives a post its place, by its key written as ``site:id``.

    Parameters
    ----------
    seed : int or None
        The same seed gives the same places; None gives others each time.
    """
    salt = secrets.randbits(SEED_BITS) if seed is None else seed
    start = blake2b(str(salt).encode(), digest_size=7)

    def rank(key: str) -> int:
        drawn = start.copy()
        drawn.update(f" {key}".encode())
        return int.from_bytes(drawn.digest(), "big")

    return rank
