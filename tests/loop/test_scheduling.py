import asyncio
import concurrent.futures
import gc
import threading
from typing import Any

import pytest

from booru_nb import loop
from tests.loop.conftest import Cell
from tests.support.cells import CAP, in_thread


async def answer() -> int:
    return 42


async def thread_of_work() -> int:
    return threading.get_ident()


def app_thread() -> int:
    return loop.run(thread_of_work(), timeout=CAP)


def test_a_coroutine_makes_the_round_trip_from_a_cell(cell: Cell) -> None:
    assert cell(lambda: loop.run_on_app_loop(answer()).result(CAP)) == 42


def test_a_coroutine_makes_the_round_trip_from_a_thread(cell: Cell) -> None:
    def from_thread() -> int:
        return loop.run_on_app_loop(answer()).result(CAP)

    assert cell(lambda: in_thread(from_thread)) == 42


def test_run_blocks_for_a_result_in_a_cell_and_in_a_thread(cell: Cell) -> None:
    def both() -> list[int]:
        return [loop.run(answer(), CAP), in_thread(lambda: loop.run(answer(), CAP))]

    assert cell(both) == [42, 42]


def test_what_is_scheduled_is_a_plain_future_to_others(cell: Cell) -> None:
    def wait() -> set[Any]:
        futures = {loop.run_on_app_loop(answer()) for _ in range(3)}
        return in_thread(lambda: concurrent.futures.wait(futures, CAP).not_done)

    assert cell(wait) == set()


def test_the_callback_runs_on_the_loops_thread_with_the_ended_future(
    cell: Cell,
) -> None:
    def told() -> tuple[int, int, int]:
        seen: asyncio.Queue[tuple[int, int]] = asyncio.Queue()
        loop.run_on_app_loop(
            answer(),
            lambda done: seen.put_nowait((threading.get_ident(), done.result(0))),
        )
        return (app_thread(), *loop.run(seen.get(), CAP))

    here, there, result = cell(told)

    assert (here, result) == (there, 42)


def test_the_callback_is_called_for_work_cancelled_before_it_began(
    cell: Cell,
) -> None:
    def cancelled() -> bool:
        seen: asyncio.Queue[bool] = asyncio.Queue()
        gate = threading.Event()
        loop.call_on_app_loop(gate.wait, CAP)
        future = loop.run_on_app_loop(
            answer(), lambda done: seen.put_nowait(done.cancelled())
        )
        future.cancel()
        gate.set()
        return loop.run(seen.get(), CAP)

    assert cell(cancelled)


def test_a_plain_function_is_called_on_the_loops_thread(cell: Cell) -> None:
    def called() -> bool:
        seen: asyncio.Queue[tuple[int, str]] = asyncio.Queue()

        def note(text: str) -> None:
            seen.put_nowait((threading.get_ident(), text))

        in_thread(lambda: loop.call_on_app_loop(note, "hop"))
        return loop.run(seen.get(), CAP) == (app_thread(), "hop")

    assert cell(called)


def test_work_that_nobody_holds_is_kept_alive(cell: Cell) -> None:
    def collected() -> int:
        begun: asyncio.Queue[asyncio.Event] = asyncio.Queue()

        async def held_by_none() -> int:
            gate = asyncio.Event()
            begun.put_nowait(gate)
            await gate.wait()
            return 42

        futures = [loop.run_on_app_loop(held_by_none())]
        gate = loop.run(begun.get(), CAP)
        gc.collect()
        loop.call_on_app_loop(gate.set)
        return futures.pop().result(CAP)

    assert cell(collected) == 42


def test_only_a_coroutine_can_be_scheduled(cell: Cell) -> None:
    with pytest.raises(TypeError, match=r"A coroutine is needed.*'function'"):
        cell(lambda: loop.run(answer))  # type: ignore[arg-type]  # that is the mistake
