"""What an engine's search can evaluate, as a table: the words of every adapter."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The words for what is asked of every site alike; "" where it has none.

    Parameters
    ----------
    score : str
        For a score of ``{}`` or more.
    after, before : str
        For the day ``{}`` (as 2024-12-31) and later, and for days before it.
    orders : Mapping of str to str
        For an order by its name here; newest first is everybody's own order.
    media : Mapping of str to str
        For a kind of media by its name here.
    free : frozenset of str, or None
        The names before a colon that do not count as tags; None if none counts.
    lacks : frozenset of str
        What its posts do not have at all: ``"score"``, ``"favorites"``.
    """

    score: str = ""
    after: str = ""
    before: str = ""
    orders: Mapping[str, str] = field(default_factory=lambda: _NONE)
    media: Mapping[str, str] = field(default_factory=lambda: _NONE)
    free: frozenset[str] | None = None
    lacks: frozenset[str] = frozenset()
