"""The plain side of an awaited method: the same call, blocking."""

from __future__ import annotations

import functools
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar

from booru_nb import loop
from booru_nb.errors import LoopError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator

    from booru_nb.library.aio import Aio

    class HasAio(Protocol):
        """A library, as far as its plain methods need it."""

        @property
        def aio(self) -> Aio:
            """The methods to be awaited."""


P = ParamSpec("P")
T = TypeVar("T")


def blocking(
    method: Callable[Concatenate[Aio, P], Coroutine[Any, Any, T]],
) -> Callable[Concatenate[HasAio, P], T]:
    """Return the method of a library that waits for this one of its `aio`."""

    @functools.wraps(method)
    def plain(self: HasAio, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return loop.run(method(self.aio, *args, **kwargs))

    return plain


def blocking_each(
    method: Callable[Concatenate[Aio, P], AsyncGenerator[T, None]],
) -> Callable[Concatenate[HasAio, P], Iterator[T]]:
    """Return the method of a library that waits for each item of this one."""

    @functools.wraps(method)
    def plain(self: HasAio, /, *args: P.args, **kwargs: P.kwargs) -> Iterator[T]:
        items = method(self.aio, *args, **kwargs)
        try:
            while True:
                try:
                    item = loop.run(_next(items))
                except StopAsyncIteration:
                    return
                yield item
        finally:
            # A generator that nobody goes on with may outlive its loop.
            with suppress(LoopError):
                loop.run(_close(items))

    return plain


async def _next(items: AsyncGenerator[T, None]) -> T:
    return await anext(items)


async def _close(items: AsyncGenerator[Any, None]) -> None:
    await items.aclose()
