"""Which statistics a frame comes from, for who asks for the posts behind a number.

A frame says it by a token in its ``attrs``, never by an object. Statistics live as long
as somebody holds them; those that were asked last are held here, so that a question
in one line finds them, too.
"""

from __future__ import annotations

import secrets
import threading
import weakref
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from booru_nb.stats.backend import Backend

KEY = "stats"
"""The key of ``frame.attrs`` under which a frame of statistics has its token."""

MOST = 256
"""Answers that are remembered; the oldest is forgotten first."""


class Asked(Protocol):
    """Statistics that were asked."""

    @property
    def backend(self) -> Backend[Any]:
        """Who counts the posts."""


@dataclass(frozen=True, eq=False)
class Answer:
    """What a frame is the answer to.

    Attributes
    ----------
    stats : Asked
        Who answered.
    about : Mapping of str to object
        What of the question is needed to find the posts behind a number.
    """

    stats: Asked
    about: Mapping[str, Any]


@dataclass(eq=False)
class _Memory:
    lock: threading.Lock = field(default_factory=threading.Lock)
    known: OrderedDict[str, tuple[weakref.ref[Asked], Mapping[str, Any]]] = field(
        default_factory=OrderedDict
    )
    last: Asked | None = None


_memory = _Memory()


def stamped(
    frame: pd.DataFrame, stats: Asked, about: Mapping[str, Any]
) -> pd.DataFrame:
    """Let a frame of statistics say whose answer it is, and return it."""
    token = secrets.token_hex(8)
    with _memory.lock:
        _memory.last = stats
        _memory.known[token] = weakref.ref(stats), about
        while len(_memory.known) > MOST:
            _memory.known.popitem(last=False)
    frame.attrs[KEY] = token
    return frame


def found(token: object) -> Answer | None:
    """Return what a token stands for; None where nothing is known of it any more."""
    with _memory.lock:
        ref, about = _memory.known.get(str(token), (None, {}))
    stats = ref() if ref is not None else None
    return None if stats is None else Answer(stats, about)
