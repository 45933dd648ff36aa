import asyncio
import inspect
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, NoReturn

import pytest

from booru_nb import loop
from booru_nb.errors import LoopError
from tests.loop.conftest import Cell
from tests.support.cells import CAP, in_thread


async def answer() -> int:
    return 42


async def forever() -> NoReturn:
    await asyncio.Event().wait()
    raise AssertionError("unreachable")


def unset() -> None:
    """Leave no loop registered."""


def closed() -> None:
    """Leave a closed loop registered."""
    dead = asyncio.new_event_loop()
    loop.set_app_loop(dead)
    dead.close()


Schedule = Callable[[Coroutine[Any, Any, int]], object]
SCHEDULERS: dict[str, Schedule] = {
    "run_on_app_loop": loop.run_on_app_loop,
    "run": loop.run,
    "run with a time-out": lambda coro: loop.run(coro, 1),
    "on_app_loop": lambda coro: asyncio.run(loop.on_app_loop(coro)),
}


@pytest.mark.parametrize("state", [unset, closed], ids=["unset", "closed"])
@pytest.mark.parametrize("schedule", SCHEDULERS.values(), ids=SCHEDULERS)
def test_a_coroutine_that_cannot_be_scheduled_is_closed(
    schedule: Schedule, state: Callable[[], None]
) -> None:
    state()
    coro = answer()

    with pytest.raises(LoopError, match=r"bn\.open\(\)"):
        schedule(coro)
    assert inspect.getcoroutinestate(coro) == inspect.CORO_CLOSED


@pytest.mark.parametrize("schedule", SCHEDULERS.values(), ids=SCHEDULERS)
def test_a_stopped_loop_takes_no_work_from_another_thread(schedule: Schedule) -> None:
    stopped = asyncio.new_event_loop()
    loop.set_app_loop(stopped)
    coro = answer()

    def attempt() -> None:
        with pytest.raises(LoopError, match="is stopped"):
            schedule(coro)

    asyncio.run(asyncio.to_thread(attempt))
    assert inspect.getcoroutinestate(coro) == inspect.CORO_CLOSED
    stopped.close()


@pytest.mark.parametrize("state", [unset, closed], ids=["unset", "closed"])
def test_a_function_cannot_be_called_on_a_loop_that_is_not_there(
    state: Callable[[], None],
) -> None:
    state()

    with pytest.raises(LoopError, match=r"bn\.open\(\)"):
        loop.call_on_app_loop(print)


def test_a_wait_ends_with_the_loop_that_is_waited_for() -> None:
    own = asyncio.new_event_loop()
    thread = threading.Thread(target=own.run_forever)
    thread.start()
    own.call_soon_threadsafe(loop.set_app_loop, own)
    future = asyncio.run_coroutine_threadsafe(elsewhere_forever(), own).result(CAP)
    own.call_soon_threadsafe(own.stop)

    with pytest.raises(LoopError, match="ended before the work on it did"):
        future.result(CAP)
    thread.join(CAP)
    own.run_until_complete(asyncio.sleep(0))
    own.close()


async def elsewhere_forever() -> Future[NoReturn]:
    return loop.run_on_app_loop(forever())


def test_work_that_never_began_is_closed_with_its_loop() -> None:
    own = asyncio.new_event_loop()
    loop.set_app_loop(own)
    future = loop.run_on_app_loop(answer())
    own.close()
    loop.set_app_loop(new := asyncio.new_event_loop())

    with pytest.raises(LoopError, match="ended before the work on it did"):
        future.result(CAP)
    new.close()


def test_who_waits_hears_that_the_loop_was_forgotten(cell: Cell) -> None:
    heard: list[str] = []
    waiting = threading.Event()

    def wait() -> None:
        future = loop.run_on_app_loop(forever())
        waiting.set()
        with pytest.raises(LoopError) as caught:
            future.result(CAP)
        heard.append(str(caught.value))

    thread = threading.Thread(target=wait)

    def leave() -> None:
        thread.start()
        in_thread(lambda: waiting.wait(CAP))

    cell(leave)
    thread.join(CAP)

    assert heard == ["The event loop ended before the work on it did."]
