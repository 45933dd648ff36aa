import asyncio
import subprocess
import sys
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from booru_nb import loop
from booru_nb.blocking import make_nestable
from booru_nb.errors import LoopError
from tests.loop.conftest import Cell
from tests.support.cells import CAP, own_loop_cell


async def answer() -> int:
    return 42


BLOCKING: dict[str, Callable[[Coroutine[Any, Any, int]], object]] = {
    "run": loop.run,
    "run with a time-out": lambda coro: loop.run(coro, CAP),
    "result": lambda coro: loop.run_on_app_loop(coro).result(CAP),
    "exception": lambda coro: loop.run_on_app_loop(coro).exception(CAP),
}


@pytest.mark.parametrize("block", BLOCKING.values(), ids=BLOCKING)
def test_blocking_inside_work_on_the_loop_is_refused(
    cell: Cell, block: Callable[[Coroutine[Any, Any, int]], object]
) -> None:
    async def work() -> None:
        block(answer())

    with pytest.raises(LoopError, match=r"blocks the event loop from inside work"):
        cell(lambda: loop.run(work(), CAP))


def test_blocking_inside_a_task_that_work_started_is_refused(cell: Cell) -> None:
    async def child() -> int:
        return loop.run(answer(), CAP)

    async def work() -> int:
        return await asyncio.create_task(child())

    with pytest.raises(LoopError, match="blocks the event loop"):
        cell(lambda: loop.run(work(), CAP))


def test_work_knows_that_it_is_work(cell: Cell) -> None:
    async def work() -> list[bool]:
        callback: asyncio.Queue[bool] = asyncio.Queue()
        loop.call_on_app_loop(lambda: callback.put_nowait(loop.inside_app_work()))
        return [
            loop.inside_app_work(),
            await asyncio.create_task(asyncio.to_thread(loop.inside_app_work)),
            await callback.get(),
        ]

    assert cell(lambda: [loop.inside_app_work(), *loop.run(work(), CAP)]) == [
        False,
        True,
        False,
        False,
    ]


def test_a_plain_callback_of_work_may_block(cell: Cell) -> None:
    async def work() -> int:
        seen: asyncio.Queue[int] = asyncio.Queue()
        loop.call_on_app_loop(lambda: seen.put_nowait(loop.run(answer(), CAP)))
        return await seen.get()

    assert cell(lambda: loop.run(work(), CAP)) == 42


def test_a_thread_that_work_started_may_block(cell: Cell) -> None:
    async def work() -> int:
        return await asyncio.to_thread(loop.run, answer(), CAP)

    assert cell(lambda: loop.run(work(), CAP)) == 42


def test_a_callback_that_blocks_does_not_disturb_a_blocking_cell(cell: Cell) -> None:
    def both() -> list[str]:
        order: list[str] = []
        inner, outer = asyncio.Event(), asyncio.Event()

        def callback() -> None:
            loop.run_on_app_loop(asyncio.sleep(0), lambda _: inner.set())
            loop.run(inner.wait(), CAP)
            order.append("callback")
            outer.set()

        loop.call_on_app_loop(callback)
        loop.run(outer.wait(), CAP)
        return [*order, "cell"]

    assert cell(both) == ["callback", "cell"]


def test_what_was_ready_beside_a_blocking_callback_is_called_once() -> None:
    calls: list[int] = []
    blocked = asyncio.Event()

    def block() -> None:
        calls.append(loop.run(answer(), CAP))
        blocked.set()

    async def main() -> None:
        own = asyncio.get_running_loop()
        loop.set_app_loop(own)
        # All of these are ready in the same step of asyncio's own, unpatched loop.
        own.call_soon(block)
        for number in range(5):
            own.call_soon(calls.append, number)
        await blocked.wait()

    asyncio.run(main())

    assert sorted(calls) == [0, 1, 2, 3, 4, 42]


def test_waiting_in_a_cell_leaves_asyncio_run_as_it_was() -> None:
    stock = asyncio.run

    own_loop_cell(lambda: loop.run(answer(), CAP))

    assert asyncio.run is stock


def test_a_loop_that_cannot_be_nested_is_refused_with_a_way_out() -> None:
    class Foreign(asyncio.AbstractEventLoop):
        """A loop that is not asyncio's own, as uvloop's is."""

    async def main() -> None:
        make_nestable(Foreign())  # type: ignore[abstract]  # a stand-in for its type

    with pytest.raises(LoopError, match=r"await lib\.aio.*loop='background'"):
        asyncio.run(main())


def test_asyncio_is_patched_at_the_first_wait_and_not_before() -> None:
    code = """
import asyncio, sys
from booru_nb import loop
loop.choose_app_loop()
loop.run(asyncio.sleep(0))
assert "nest_asyncio2" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=CAP)
