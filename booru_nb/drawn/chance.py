"""Chance that comes out the same on every machine and every Python.

Of `random.Random` only ``random()`` is promised to stay the same for a seed, so
everything here is made of that.
"""

from __future__ import annotations

import hashlib
import random
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Item = TypeVar("Item")


class Chance:
    """A repeatable stream of numbers and choices.

    Parameters
    ----------
    *seed : str or int
        What the stream depends on; the same seed gives the same stream.
    """

    def __init__(self, *seed: str | int) -> None:
        text = "/".join(str(part) for part in seed)
        number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
        self._random = random.Random(number).random  # noqa: S311  # pictures, no secrets

    @staticmethod
    def anyhow() -> float:
        """Return a number between 0 and 1 that is another one each time."""
        return random.random()  # noqa: S311  # no secret either

    def number(self, low: float = 0.0, high: float = 1.0) -> float:
        """Return a number between `low` and `high`, all equally likely."""
        return low + (high - low) * self._random()

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + int(self._random() * (high - low + 1))

    def happens(self, probability: float) -> bool:
        """Return True as often as `probability` says."""
        return self._random() < probability

    def pick(self, items: Sequence[Item]) -> Item:
        """Return one of the items, all equally likely."""
        return items[int(self._random() * len(items))]

    def weighted(self, weights: Mapping[Item, float]) -> Item:
        """Return one of the keys, as likely as its weight says."""
        left = self._random() * sum(weights.values())
        for item, weight in weights.items():
            left -= weight
            if left < 0:
                return item
        return next(reversed(list(weights)))

    def sample(self, items: Sequence[Item], count: int) -> list[Item]:
        """Return up to `count` different items, in a random order."""
        left = list(items)
        drawn: list[Item] = []
        while left and len(drawn) < count:
            drawn.append(left.pop(int(self._random() * len(left))))
        return drawn

    def bell(self) -> float:
        """Return a number around 0, seldom beyond 2.5: nearly a normal one."""
        return sum(self._random() for _ in range(12)) - 6.0
