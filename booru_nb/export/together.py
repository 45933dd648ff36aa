"""Several works at once, of which the first error is the error of all."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable

T = TypeVar("T")


async def all_of(works: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """Return what all works give; the first error ends the others, and is raised."""
    error: BaseException | None = None
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(work) for work in works]
    except BaseExceptionGroup as failed:
        error = failed.exceptions[0]
    # Raised in the block above, it would bear the group, which bears it in turn: what
    # goes round cannot be sent by a worker.
    if error is not None:
        raise error
    return [task.result() for task in tasks]
