from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from booru_nb.loop import choose_app_loop, forget_app_loop, set_app_loop
from tests.support.nesting import nesting_undone

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _like_new() -> Iterator[None]:
    """Take back what blocking on a loop has done to asyncio."""
    with nesting_undone():
        yield


@pytest.fixture(params=["own thread", "background"])
def app_loop(request: pytest.FixtureRequest) -> Iterator[asyncio.AbstractEventLoop]:
    """Register a loop: one of this thread, as in a kernel, and one of another."""
    if request.param == "background":
        yield choose_app_loop("background")
        forget_app_loop()
        return
    loop = asyncio.new_event_loop()
    set_app_loop(loop)
    yield loop
    for _ in range(20):  # what was cancelled ends before its loop does
        loop.run_until_complete(asyncio.sleep(0))
    forget_app_loop()
    loop.close()
