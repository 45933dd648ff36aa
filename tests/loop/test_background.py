import asyncio
import gc
import logging
import subprocess
import sys
import threading
from concurrent.futures import CancelledError

import pytest

from booru_nb import background, loop
from tests.support.cells import CAP


async def answer() -> int:
    return 42


def test_stopping_cancels_what_runs() -> None:
    begun, ended = threading.Event(), list[str]()

    async def work() -> None:
        try:
            begun.set()
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            ended.append("wound up")

    loop.choose_app_loop("background")
    loop.run_on_app_loop(work())
    assert begun.wait(CAP)
    loop.forget_app_loop()

    assert ended == ["wound up"]


def test_stopping_leaves_behind_work_that_refuses_to_end(
    caplog: pytest.LogCaptureFixture,
) -> None:
    begun, gate = threading.Event(), threading.Event()

    async def refuse() -> None:
        begun.set()
        while not gate.is_set():
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                continue

    stubborn = background.BackgroundLoop(patience=0.05)
    task = asyncio.run_coroutine_threadsafe(refuse(), stubborn.loop)
    assert begun.wait(CAP)
    with caplog.at_level(logging.WARNING):
        stubborn.stop()

    assert "Work did not end when it was cancelled" in caplog.text
    assert stubborn.loop.is_closed()
    assert not task.done()
    # asyncio logs what is left behind when it is collected: here, not in another test.
    del task
    gc.collect()


def test_stopping_a_stuck_loop_comes_back(caplog: pytest.LogCaptureFixture) -> None:
    begun, gate = threading.Event(), threading.Event()

    async def stick() -> None:
        begun.set()
        gate.wait(CAP)

    stuck = background.BackgroundLoop(patience=0.01)
    asyncio.run_coroutine_threadsafe(stick(), stuck.loop)
    assert begun.wait(CAP)
    with caplog.at_level(logging.WARNING):
        stuck.stop()
    gate.set()
    stuck.stop()

    assert "stuck, and is left to itself" in caplog.text
    assert stuck.loop.is_closed()


def test_a_loop_that_somebody_stopped_winds_up_and_can_be_replaced() -> None:
    stopped = loop.choose_app_loop("background")
    future = loop.run_on_app_loop(asyncio.Event().wait())
    stopped.call_soon_threadsafe(stopped.stop)

    with pytest.raises(CancelledError):
        future.result(CAP)
    while not stopped.is_closed():
        threading.Event().wait(0.01)
    loop.choose_app_loop("background")
    assert loop.run(answer(), CAP) == 42


def test_hooks_at_the_end_of_a_script_can_still_run_work() -> None:
    code = """
import asyncio, atexit
from booru_nb import loop

def at_exit():
    print(loop.run(asyncio.sleep(0, 42), 5))
    loop.forget_app_loop()

loop.choose_app_loop()
atexit.register(at_exit)
"""
    script = [sys.executable, "-W", "error", "-c", code]
    result = subprocess.run(script, check=True, capture_output=True, timeout=CAP)

    assert (result.stdout, result.stderr) == (b"42\n", b"")


def test_a_script_that_forgets_the_loop_ends_all_the_same() -> None:
    code = """
import asyncio
from booru_nb import loop

loop.choose_app_loop()
loop.run_on_app_loop(asyncio.Event().wait())
loop.run(asyncio.sleep(0))
"""
    script = [sys.executable, "-c", code]
    result = subprocess.run(script, check=True, capture_output=True, timeout=CAP)

    assert result.stderr == b""
