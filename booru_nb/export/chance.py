"""Chance that is the same each time, and for a post whatever stands beside it."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from numpy.typing import NDArray

# As many bits as a float has, so that none of them is lost.
_BITS = 53


def drawn(salt: str, names: Iterable[str]) -> NDArray[np.float64]:
    """Return a number from 0 up to 1 for each name, which depends on nothing else.

    It is the beginning of the SHA-256 of ``salt:name``, as a fraction.
    """
    return np.array(chances(salt, names), dtype=np.float64)


def chances(salt: str, names: Iterable[str]) -> list[float]:
    """Return what `drawn` does, as a list."""
    start = sha256(f"{salt}:".encode("utf-8", "surrogatepass"))
    found = []
    for name in names:
        state = start.copy()
        state.update(name.encode("utf-8", "surrogatepass"))
        bits = int.from_bytes(state.digest()[:8], "big") >> (64 - _BITS)
        found.append(bits / 2.0**_BITS)
    return found


def names(posts: pd.DataFrame) -> list[str]:
    """Return what posts are called here: ``site:id``."""
    sites, ids = posts["site"].tolist(), posts["id"].tolist()
    return [f"{site}:{number}" for site, number in zip(sites, ids, strict=True)]
