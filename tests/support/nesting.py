"""Taking back what nest-asyncio2 does to asyncio, so that each test starts alike."""

import asyncio
import asyncio.events
import asyncio.futures
import asyncio.tasks
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


def _patched() -> list[Any]:
    """Return the modules and classes that nest-asyncio2 writes to."""
    with warnings.catch_warnings():
        # Policies go with Python 3.16, which needs no patch of them.
        warnings.simplefilter("ignore", DeprecationWarning)
        policy = type(asyncio.get_event_loop_policy())
    return [
        asyncio,
        asyncio.events,
        asyncio.futures,
        asyncio.tasks,
        asyncio.SelectorEventLoop,
        *policy.__mro__[:-1],
    ]


@contextmanager
def nesting_undone() -> Iterator[None]:
    """Put asyncio back, after the block, to what it was before.

    A process that has blocked on its own loop keeps the patches of nest-asyncio2. They
    make `asyncio.run` use one loop again and again, and leave it open.
    """
    before = [(owner, dict(vars(owner))) for owner in _patched()]
    try:
        yield
    finally:
        for owner, names in before:
            for name in set(vars(owner)) - set(names):
                delattr(owner, name)
            for name, value in names.items():
                if vars(owner)[name] is not value:
                    setattr(owner, name, value)
