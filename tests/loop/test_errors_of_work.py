import asyncio
import gc
import logging
from collections.abc import Callable
from typing import Any, NoReturn

import pytest

from booru_nb import loop
from tests.loop.conftest import Cell
from tests.support.cells import CAP


async def answer() -> int:
    return 42


async def failing() -> NoReturn:
    raise LookupError("no such thing")


def test_an_error_arrives_as_what_it_is(cell: Cell) -> None:
    with pytest.raises(LookupError, match="no such thing"):
        cell(lambda: loop.run(failing(), CAP))


def test_the_error_can_be_asked_for(cell: Cell) -> None:
    error = cell(lambda: loop.run_on_app_loop(failing()).exception(CAP))

    assert isinstance(error, LookupError)


def test_the_end_of_an_async_iterator_arrives_as_such(cell: Cell) -> None:
    async def over() -> NoReturn:
        raise StopAsyncIteration

    with pytest.raises(StopAsyncIteration):
        cell(lambda: loop.run(over(), CAP))


def test_a_stray_stop_iteration_arrives_as_an_error(cell: Cell) -> None:
    async def stray() -> NoReturn:
        raise StopIteration

    with pytest.raises(RuntimeError, match="coroutine raised StopIteration"):
        cell(lambda: loop.run(stray(), CAP))


def test_work_that_exits_ends_its_caller_and_not_the_loop(cell: Cell) -> None:
    async def leave() -> NoReturn:
        raise SystemExit(3)

    def survived() -> int:
        with pytest.raises(SystemExit):
            loop.run(leave(), CAP)
        return loop.run(answer(), CAP)

    assert cell(survived) == 42


def log_of(
    cell: Cell, caplog: pytest.LogCaptureFixture, use: Callable[[Any], object]
) -> list[str]:
    """Return what is logged about work that failed, when used so."""

    def fail() -> None:
        future = loop.run_on_app_loop(failing())
        use(future)
        loop.run(asyncio.sleep(0.01), CAP)

    with caplog.at_level(logging.ERROR):
        cell(fail)
        gc.collect()
    ours = [each for each in caplog.records if each.name.startswith("booru_nb")]
    return [record.getMessage() for record in ours]


def test_an_error_that_nobody_asked_for_is_logged_once(
    cell: Cell, caplog: pytest.LogCaptureFixture
) -> None:
    assert log_of(cell, caplog, lambda _: None) == [
        "Work in the background failed: no such thing"
    ]


def test_an_error_that_was_asked_for_is_not_logged(
    cell: Cell, caplog: pytest.LogCaptureFixture
) -> None:
    assert log_of(cell, caplog, lambda future: future.exception(CAP)) == []


def test_work_that_fails_while_it_is_cancelled_is_not_logged(
    cell: Cell, caplog: pytest.LogCaptureFixture
) -> None:
    async def wind_up_badly(begun: asyncio.Event) -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            await failing()

    def cancel() -> None:
        begun, ended = asyncio.Event(), asyncio.Event()
        future = loop.run_on_app_loop(wind_up_badly(begun), lambda _: ended.set())
        loop.run(begun.wait(), CAP)
        future.cancel()
        loop.run(ended.wait(), CAP)

    cell(cancel)
    gc.collect()

    assert caplog.messages == []
