"""What the demo booru was asked, for tests to read."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import Scope

MOST_KEPT = 10_000


@dataclass(slots=True)
class Call:
    """One request.

    Parameters
    ----------
    method, path : str
        As asked for; the path without its query.
    query : mapping of str to str
        The parameters; of a doubled one the last.
    headers : mapping of str to str
        By names in lower case.
    started : float
        When it came, in seconds of `time.monotonic`.
    status : int or None
        What was answered; None as long as nothing was, or where nothing ever is.
    done : bool
        Whether it has ended.
    """

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    started: float = field(default_factory=time.monotonic)
    status: int | None = None
    done: bool = False

    def fits(self, path: str) -> bool:
        """Say whether its path fits a pattern such as ``/posts*``."""
        return fnmatchcase(self.path, path)


def read_call(scope: Scope) -> Call:
    """Return the request that an ASGI scope stands for."""
    query = dict(
        parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    )
    headers = {k.decode("latin-1"): v.decode("latin-1") for k, v in scope["headers"]}
    return Call(scope["method"], scope["path"], query, headers)


class Calls:
    """The requests so far, newest last; may be read from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls: deque[Call] = deque(maxlen=MOST_KEPT)
        self._open = 0
        self.most_at_once = 0
        """How many requests were open at the same time, at most."""

    def begin(self, call: Call) -> None:
        """Note a request that came."""
        with self._lock:
            self._calls.append(call)
            self._open += 1
            self.most_at_once = max(self.most_at_once, self._open)

    def end(self, call: Call) -> None:
        """Note that a request has ended."""
        with self._lock:
            call.done = True
            self._open -= 1

    def of(self, path: str = "*") -> list[Call]:
        """Return the requests whose path fits a pattern such as ``/posts*``."""
        with self._lock:
            return [call for call in self._calls if call.fits(path)]

    def count(self, path: str = "*") -> int:
        """Return how many requests had a path that fits a pattern."""
        return len(self.of(path))

    def clear(self) -> None:
        """Forget the requests so far."""
        with self._lock:
            self._calls.clear()
            self.most_at_once = self._open
