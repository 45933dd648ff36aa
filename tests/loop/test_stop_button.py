import asyncio
import signal
from collections.abc import Callable
from concurrent.futures import CancelledError
from typing import NoReturn

import pytest

from booru_nb import loop
from booru_nb.blocking import StopButton
from tests.loop.conftest import Cell
from tests.support.cells import CAP, in_thread, own_loop_cell, press_stop


def is_waited_for() -> bool:
    handler = signal.getsignal(signal.SIGINT)
    return isinstance(getattr(handler, "__self__", None), StopButton)


async def press_and_wait() -> NoReturn:
    """Press the button as soon as this is waited for, and then wait for ever."""
    while not is_waited_for():  # noqa: ASYNC110  a handler tells nobody of itself
        await asyncio.sleep(0.001)
    press_stop()
    await asyncio.Event().wait()
    raise AssertionError("unreachable")


async def refuse_to_end(gate: asyncio.Event) -> None:
    try:
        await press_and_wait()
    finally:
        press_stop()
        await gate.wait()


WAITS: dict[str, Callable[[], object]] = {
    "run": lambda: loop.run(press_and_wait(), CAP),
    "result": lambda: loop.run_on_app_loop(press_and_wait()).result(CAP),
    "exception": lambda: loop.run_on_app_loop(press_and_wait()).exception(CAP),
}


@pytest.mark.parametrize("wait", WAITS.values(), ids=WAITS)
def test_it_ends_the_wait(cell: Cell, wait: Callable[[], object]) -> None:
    with pytest.raises(KeyboardInterrupt):
        cell(wait)


def test_it_cancels_what_is_waited_for_and_nothing_else(cell: Cell) -> None:
    async def tick(running: list[bool]) -> int:
        ticks = 0
        while running:
            ticks += sum(range(5000)) > 0
            await asyncio.sleep(0.002)
        return ticks

    def stopped_ten_times() -> int:
        running = [True]
        work = [loop.run_on_app_loop(tick(running)) for _ in range(8)]
        for _ in range(10):
            with pytest.raises(KeyboardInterrupt):
                loop.run(press_and_wait(), CAP)
        running.clear()
        return sum(future.result(CAP) > 0 for future in work)

    assert cell(stopped_ten_times) == 8


def test_it_ends_the_work_before_the_cell_goes_on(cell: Cell) -> None:
    ended: list[str] = []

    async def wind_up() -> None:
        try:
            await press_and_wait()
        finally:
            await asyncio.sleep(0.01)
            ended.append("wound up")

    with pytest.raises(KeyboardInterrupt):
        cell(lambda: loop.run(wind_up(), CAP))
    assert ended == ["wound up"]


def test_the_handler_from_before_is_put_back(cell: Cell) -> None:
    before = signal.getsignal(signal.SIGINT)

    def handler() -> object:
        inside = signal.getsignal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            loop.run(press_and_wait(), CAP)
        return inside is signal.getsignal(signal.SIGINT)

    assert cell(handler)
    assert signal.getsignal(signal.SIGINT) is before


def test_a_wait_on_another_thread_leaves_the_handler_alone(cell: Cell) -> None:
    async def handler() -> object:
        return signal.getsignal(signal.SIGINT)

    def during() -> bool:
        outer = loop.run(handler(), CAP)  # of the wait itself
        return in_thread(lambda: loop.run(handler(), CAP)) is not outer

    before = signal.getsignal(signal.SIGINT)
    assert cell(during)
    assert signal.getsignal(signal.SIGINT) is before


def test_an_error_that_work_makes_of_it_is_raised_instead(cell: Cell) -> None:
    async def partial() -> NoReturn:
        try:
            await press_and_wait()
        except asyncio.CancelledError:
            raise LookupError("412 of 500 arrived") from None

    with pytest.raises(LookupError, match="412 of 500"):
        cell(lambda: loop.run(partial(), CAP))


def test_work_that_ends_well_all_the_same_does_not_hide_it(cell: Cell) -> None:
    async def indifferent() -> int:
        try:
            await press_and_wait()
        except asyncio.CancelledError:
            return 42

    with pytest.raises(KeyboardInterrupt):
        cell(lambda: loop.run(indifferent(), CAP))


def test_a_second_press_leaves_work_that_refuses_to_end(cell: Cell) -> None:
    def leave() -> bool:
        gate = asyncio.Event()
        future = loop.run_on_app_loop(refuse_to_end(gate))
        with pytest.raises(KeyboardInterrupt):
            future.result(CAP)
        refused = not future.done()
        loop.call_on_app_loop(gate.set)
        with pytest.raises(CancelledError):
            future.result(CAP)
        return refused

    assert cell(leave)


def test_it_ends_every_wait_that_is_under_way() -> None:
    """A callback blocks while a cell does: the press is meant for both."""
    ended: list[str] = []

    def callback() -> None:
        try:
            loop.run(press_and_wait(), CAP)
        finally:
            ended.append("callback")

    def blocked() -> None:
        loop.call_on_app_loop(callback)
        try:
            loop.run(asyncio.Event().wait(), CAP)
        finally:
            ended.append("cell")

    with pytest.raises(KeyboardInterrupt):
        own_loop_cell(blocked)
    assert ended == ["callback", "cell"]


def test_a_stopped_callback_does_not_end_the_loop() -> None:
    def stopped() -> int:
        ended = asyncio.Event()

        def callback() -> None:
            try:
                loop.run(press_and_wait(), CAP)
            finally:
                ended.set()

        loop.call_on_app_loop(callback)
        # Not a wait of the registry's, which the press would end, too.
        asyncio.get_running_loop().run_until_complete(ended.wait())
        return loop.run(asyncio.sleep(0, 42), CAP)

    def nestable() -> int:
        loop.run(asyncio.sleep(0), CAP)
        return stopped()

    assert own_loop_cell(nestable) == 42
