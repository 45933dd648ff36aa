import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.kernel import Kernel

SETUP = """
import asyncio, atexit, json
from pathlib import Path
from booru_nb import loop

loop.choose_app_loop({kind!r})
ended = []

async def until_cancelled():
    print("begun", flush=True)
    try:
        await asyncio.Event().wait()
    finally:
        ended.append("cancelled")

async def answer():
    return 42

work = loop.run_on_app_loop(until_cancelled())

def at_exit():
    running = loop.get_app_loop().is_running()
    work.stop()
    told = {{"running": running, "answer": loop.run(answer(), 2)}}
    loop.forget_app_loop()
    Path("told.json").write_text(json.dumps(told | {{"work": ended}}))

atexit.register(at_exit)
"""


def shut_down(kernel: Kernel) -> None:
    kernel.shutdown()


def restart(kernel: Kernel) -> None:
    kernel.restart()


@pytest.mark.parametrize("end", [shut_down, restart])
@pytest.mark.parametrize("kind", ["kernel", "background"])
def test_hooks_at_the_end_of_a_kernel_can_still_run_work(
    tmp_path: Path, kind: str, end: Callable[[Kernel], None]
) -> None:
    with Kernel(tmp_path) as kernel:
        request = kernel.submit(SETUP.format(kind=kind))
        kernel.hear(request, "begun")
        kernel.outcome(request)
        end(kernel)

    assert told(tmp_path) == {
        "running": kind == "background",
        "answer": 42,
        "work": ["cancelled"],
    }


@pytest.mark.parametrize("kind", ["kernel", "background"])
def test_a_kernel_whose_cell_blocks_ends_in_order(tmp_path: Path, kind: str) -> None:
    with Kernel(tmp_path) as kernel:
        kernel.execute(SETUP.format(kind=kind))
        request = kernel.submit("print('blocked', flush=True); work.result()")
        kernel.hear(request, "blocked")

    assert told(tmp_path)["answer"] == 42


def told(folder: Path) -> dict[str, Any]:
    """Return what the hook wrote down."""
    content: dict[str, Any] = json.loads((folder / "told.json").read_text())
    return content
