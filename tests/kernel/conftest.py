from collections.abc import Iterator

import pytest

from tests.support.kernel import Kernel

SETUP = """
import asyncio, os, threading, time
from booru_nb import loop

loop.choose_app_loop({kind!r})

class Busy:
    '''Eight pieces of work in the background, none of which should ever end.'''

    def __init__(self):
        self.ticks = [0] * 8
        self.work = [loop.run_on_app_loop(self.tick(n)) for n in range(8)]

    async def tick(self, number):
        while True:
            self.ticks[number] += 1
            sum(range(20000))  # so that a signal is likely to meet one of them
            await asyncio.sleep(0.002)

    def alive(self):
        before = self.ticks.copy()
        loop.run(asyncio.sleep(0.05))
        return sum(new > old for new, old in zip(self.ticks, before))

async def announce_and_wait():
    print("begun", flush=True)
    await asyncio.Event().wait()
"""


@pytest.fixture(scope="module", params=["kernel", "background"])
def kernel(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Kernel]:
    """Have a kernel whose app loop is its own, or one in the background."""
    with Kernel(tmp_path_factory.mktemp("kernel")) as kernel:
        kernel.execute(SETUP.format(kind=request.param))
        yield kernel
