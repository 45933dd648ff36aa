import asyncio
import threading
from collections.abc import AsyncGenerator, Coroutine
from contextlib import aclosing
from typing import Any, TypeVar

import pytest

from booru_nb import loop
from booru_nb.errors import LoopError
from tests.loop.conftest import Cell
from tests.support.cells import CAP, in_thread

T = TypeVar("T")


async def thread_of_work() -> int:
    return threading.get_ident()


def elsewhere(main: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine on another loop, in a thread of its own."""
    return in_thread(lambda: asyncio.run(main))


class Pages:
    """An async generator of three, which tells what becomes of it."""

    def __init__(self) -> None:
        self.threads: list[int] = []
        self.closed = threading.Event()
        self.waiting = threading.Event()

    async def all(self, *, stuck_at: int = 99) -> AsyncGenerator[int, None]:
        """Yield 0, 1 and 2, or wait for ever at one of them."""
        try:
            for number in range(3):
                self.threads.append(threading.get_ident())
                if number == stuck_at:
                    self.waiting.set()
                    await asyncio.Event().wait()
                yield number
        finally:
            await asyncio.sleep(0)
            self.closed.set()


def test_a_coroutine_awaited_on_another_loop_runs_on_the_app_loop(cell: Cell) -> None:
    def both() -> list[int]:
        return [
            elsewhere(loop.on_app_loop(thread_of_work())),
            loop.run(thread_of_work(), CAP),
        ]

    hopped, direct = cell(both)

    assert hopped == direct


def test_a_coroutine_awaited_on_the_app_loop_needs_no_hop(cell: Cell) -> None:
    async def same_task() -> bool:
        async def task() -> object:
            return asyncio.current_task()

        return await loop.on_app_loop(task()) is asyncio.current_task()

    assert cell(lambda: loop.run(same_task(), CAP))


def test_cancelling_the_await_cancels_the_work(cell: Cell) -> None:
    begun, cancelled = threading.Event(), threading.Event()

    async def work() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    async def cancel() -> None:
        task = asyncio.create_task(loop.on_app_loop(work()))
        await asyncio.to_thread(begun.wait, CAP)
        task.cancel()
        await asyncio.wait([task])
        assert await asyncio.to_thread(cancelled.wait, CAP)

    cell(lambda: elsewhere(cancel()))

    assert cancelled.is_set()


def test_an_await_ends_with_the_app_loop() -> None:
    own = asyncio.new_event_loop()
    thread = threading.Thread(target=own.run_forever)
    thread.start()
    loop.set_app_loop(own)

    async def main() -> None:
        waiting = asyncio.create_task(loop.on_app_loop(asyncio.Event().wait()))
        await loop.on_app_loop(asyncio.sleep(0))
        own.call_soon_threadsafe(own.stop)
        with pytest.raises(LoopError, match="ended before the work on it did"):
            await asyncio.wait_for(waiting, CAP)

    asyncio.run(main())
    thread.join(CAP)
    own.run_until_complete(asyncio.sleep(0))
    own.close()


def test_a_generators_items_come_in_order_from_the_app_loop(cell: Cell) -> None:
    pages = Pages()

    async def collect() -> list[int]:
        return [page async for page in loop.each_on_app_loop(pages.all())]

    def both() -> tuple[list[int], int]:
        return elsewhere(collect()), loop.run(thread_of_work(), CAP)

    items, thread = cell(both)

    assert items == [0, 1, 2]
    assert pages.threads == [thread] * 3
    assert pages.closed.is_set()


def test_a_generator_works_on_the_app_loop_itself(cell: Cell) -> None:
    async def collect() -> list[int]:
        return [page async for page in loop.each_on_app_loop(Pages().all())]

    assert cell(lambda: loop.run(collect(), CAP)) == [0, 1, 2]


def test_leaving_a_generator_early_closes_it(cell: Cell) -> None:
    pages = Pages()

    async def first() -> int:
        async with aclosing(loop.each_on_app_loop(pages.all())) as each:
            async for page in each:
                return page
        raise AssertionError("unreachable")

    assert cell(lambda: elsewhere(first())) == 0
    assert pages.closed.is_set()


def test_breaking_out_of_a_generator_closes_it(cell: Cell) -> None:
    pages = Pages()

    async def first() -> bool:
        async for _ in loop.each_on_app_loop(pages.all()):
            break
        return await asyncio.to_thread(pages.closed.wait, CAP)

    assert cell(lambda: elsewhere(first()))


def test_cancelling_a_generators_step_cancels_its_work(cell: Cell) -> None:
    pages = Pages()

    async def collect() -> None:
        async for _ in loop.each_on_app_loop(pages.all(stuck_at=1)):
            pass

    async def cancel() -> None:
        task = asyncio.create_task(collect())
        await asyncio.to_thread(pages.waiting.wait, CAP)
        task.cancel()
        await asyncio.wait([task])

    cell(lambda: elsewhere(cancel()))

    assert pages.closed.is_set()


def test_a_generators_error_arrives(cell: Cell) -> None:
    async def failing() -> AsyncGenerator[int, None]:
        yield 0
        raise LookupError("no such page")

    async def collect() -> None:
        async for _ in loop.each_on_app_loop(failing()):
            pass

    with pytest.raises(LookupError, match="no such page"):
        cell(lambda: elsewhere(collect()))


def test_a_generator_without_a_loop_is_refused() -> None:
    async def collect() -> None:
        async for _ in loop.each_on_app_loop(Pages().all()):
            pass

    with pytest.raises(LoopError, match="No event loop is set"):
        asyncio.run(collect())
