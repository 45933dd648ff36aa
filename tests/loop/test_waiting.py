import asyncio
from typing import NoReturn

import pytest

from booru_nb import loop
from tests.loop.conftest import Cell
from tests.support.cells import CAP, in_thread


async def answer() -> int:
    return 42


async def forever() -> NoReturn:
    await asyncio.Event().wait()
    raise AssertionError("unreachable")


class Background:
    """Work that counts until it is told to end."""

    def __init__(self) -> None:
        self.ticks = 0
        self.running = True
        self.future = loop.run_on_app_loop(self._tick())

    async def _tick(self) -> int:
        while self.running:
            self.ticks += 1
            await asyncio.sleep(0)
        return self.ticks

    def end(self) -> int:
        self.running = False
        return self.future.result(CAP)


async def begun_and_cancelled(begun: asyncio.Event, ended: list[str]) -> None:
    begun.set()
    try:
        await forever()
    except asyncio.CancelledError:
        ended.append("cancelled")
        raise


def test_other_work_goes_on_while_a_cell_blocks(cell: Cell) -> None:
    def blocked() -> bool:
        work = Background()
        before = work.ticks
        loop.run(asyncio.sleep(0.01), CAP)
        return before < work.ticks <= work.end()

    assert cell(blocked)


def test_a_time_out_cancels_the_work(cell: Cell) -> None:
    def timed_out() -> list[str]:
        begun, ended = asyncio.Event(), list[str]()
        with pytest.raises(TimeoutError, match=r"longer than 0\.05 seconds"):
            loop.run(begun_and_cancelled(begun, ended), timeout=0.05)
        return ended

    assert cell(timed_out) == ["cancelled"]


def test_a_time_out_cancels_no_other_work(cell: Cell) -> None:
    def timed_out() -> int:
        work = Background()
        with pytest.raises(TimeoutError):
            loop.run(forever(), timeout=0.01)
        return work.end()

    assert cell(timed_out) > 0


def test_work_that_makes_an_error_of_a_time_out_is_heard(cell: Cell) -> None:
    async def partial() -> NoReturn:
        try:
            await forever()
        except asyncio.CancelledError:
            raise LookupError("412 of 500 arrived") from None

    with pytest.raises(LookupError, match="412 of 500"):
        cell(lambda: loop.run(partial(), timeout=0.01))


def test_the_works_own_time_out_is_no_time_out_of_the_wait(cell: Cell) -> None:
    async def slow() -> NoReturn:
        raise TimeoutError("the site is slow")

    with pytest.raises(TimeoutError, match="the site is slow"):
        cell(lambda: loop.run(slow(), CAP))


def test_waiting_too_short_for_a_result_leaves_the_work_running(cell: Cell) -> None:
    def impatient() -> int:
        gate = asyncio.Event()

        async def gated() -> int:
            await gate.wait()
            return 42

        future = loop.run_on_app_loop(gated())
        with pytest.raises(TimeoutError):
            future.result(0.01)
        loop.call_on_app_loop(gate.set)
        return future.result(CAP)

    assert cell(impatient) == 42


def test_cancelling_a_future_cancels_its_work(cell: Cell) -> None:
    def cancelled() -> list[str]:
        begun, ended = asyncio.Event(), list[str]()
        future = loop.run_on_app_loop(begun_and_cancelled(begun, ended))
        loop.run(begun.wait(), CAP)
        future.cancel()
        while not ended:
            loop.run(asyncio.sleep(0), CAP)
        return ended

    assert cell(cancelled) == ["cancelled"]


def test_a_cell_of_another_loop_may_block(cell: Cell) -> None:
    async def elsewhere() -> int:
        return loop.run(answer(), CAP)

    assert cell(lambda: in_thread(lambda: asyncio.run(elsewhere()))) == 42


def test_a_loop_that_runs_only_while_waited_for_runs_then() -> None:
    own = asyncio.new_event_loop()
    loop.set_app_loop(own)

    assert loop.run(answer(), CAP) == 42
    own.close()
