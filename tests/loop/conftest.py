from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pytest

from booru_nb import loop
from tests.support.cells import background_cell, own_loop_cell
from tests.support.nesting import nesting_undone

Cell: TypeAlias = Callable[[Callable[[], Any]], Any]


@pytest.fixture(autouse=True)
def _alone() -> Iterator[None]:
    """Let no test inherit a loop, or asyncio's patches, from another."""
    loop.forget_app_loop()
    with nesting_undone():
        yield
        loop.forget_app_loop()


@pytest.fixture(params=[own_loop_cell, background_cell], ids=["own", "background"])
def cell(request: pytest.FixtureRequest) -> Cell:
    """Run a function as a cell, on a loop of this thread or of another."""
    run: Cell = request.param
    return run
