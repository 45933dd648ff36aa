"""The same clients from everywhere: cells, threads, callbacks, awaited; both loops."""

import asyncio
import threading
from collections.abc import Callable

import httpx
import pytest

from booru_nb import http, loop
from booru_nb.drawn.serving import serve
from tests.support.cells import background_cell, in_thread, own_loop_cell
from tests.support.nesting import nesting_undone
from tests.support.web import LOCAL, Site

Cell = Callable[[Callable[[], None]], None]


@pytest.mark.parametrize("cell", [own_loop_cell, background_cell])
def test_a_client_serves_cells_threads_and_callbacks_alike(cell: Cell) -> None:
    used: list[int] = []
    site = Site()

    async def search(base: str) -> None:
        await http.send(httpx.Request("GET", base), LOCAL)
        used.append(id(http.site_client()))

    def one_cell_after_another(base: str) -> None:
        loop.run(search(base))
        in_thread(lambda: loop.run(search(base)))
        called = threading.Event()
        loop.call_on_app_loop(
            lambda: loop.run_on_app_loop(search(base), lambda _: called.set())
        )
        loop.run(asyncio.to_thread(called.wait))
        loop.run(loop.on_app_loop(search(base)))
        loop.run(http.aclose())

    with nesting_undone(), serve(site) as base:
        cell(lambda: one_cell_after_another(base))

    assert len(site.asked) == 4
    assert len(set(used)) == 1
