from collections.abc import Iterator

import pytest

from tests.support.kernel import Kernel, Outcome

OBSERVED = """
def opened(comm, message):
    def observer():
        try:
            loop.run(announce(comm))
        except KeyboardInterrupt:
            comm.send({"word": "stopped"})
            raise

    loop.call_on_app_loop(observer)

async def announce(comm):
    comm.send({"word": "begun"})
    await asyncio.Event().wait()

get_ipython().kernel.comm_manager.register_target("observed", opened)
"""


@pytest.fixture
def busy(kernel: Kernel) -> Iterator[Kernel]:
    kernel.execute("busy = Busy()")
    yield kernel
    kernel.execute("for work in busy.work: work.cancel()")


def stopped(kernel: Kernel, code: str) -> Outcome:
    """Press the stop button once a cell says that it has begun."""
    request = kernel.submit(code)
    kernel.hear(request, "begun")
    kernel.interrupt()
    return kernel.outcome(request)


def test_it_ends_a_blocking_cell_and_kills_no_background_task(busy: Kernel) -> None:
    for _ in range(10):
        outcome = stopped(busy, "loop.run(announce_and_wait())")

        assert outcome.error == "KeyboardInterrupt"
        assert busy.execute("busy.alive()").value == "8"


def test_it_ends_an_awaiting_cell_and_kills_no_background_task(busy: Kernel) -> None:
    outcome = stopped(busy, "await loop.on_app_loop(announce_and_wait())")

    assert outcome.error in {"CancelledError", "KeyboardInterrupt"}
    assert busy.execute("busy.alive()").value == "8"


def test_it_ends_a_sleeping_cell_and_kills_no_background_task(busy: Kernel) -> None:
    outcome = stopped(busy, "print('begun', flush=True); time.sleep(60)")

    assert outcome.error == "KeyboardInterrupt"
    assert busy.execute("busy.alive()").value == "8"


def test_it_ends_a_wait_for_a_future(busy: Kernel) -> None:
    outcome = stopped(busy, "loop.run_on_app_loop(announce_and_wait()).result()")

    assert outcome.error == "KeyboardInterrupt"
    assert busy.execute("busy.alive()").value == "8"


def test_a_second_press_leaves_work_that_refuses_to_end(busy: Kernel) -> None:
    request = busy.submit(
        """
gate = asyncio.Event()

async def stubborn():
    try:
        await announce_and_wait()
    finally:
        print("winding up", flush=True)
        await gate.wait()

loop.run(stubborn())
"""
    )
    busy.hear(request, "begun")
    busy.interrupt()
    busy.hear(request, "winding up")
    busy.interrupt()

    assert busy.outcome(request).error == "KeyboardInterrupt"
    assert busy.execute("loop.call_on_app_loop(gate.set); busy.alive()").value == "8"


def test_cells_that_were_queued_behind_a_stopped_one_run(kernel: Kernel) -> None:
    first = kernel.submit("loop.run(announce_and_wait())")
    rest = [kernel.submit(f"print({number})") for number in range(3)]
    kernel.hear(first, "begun")
    kernel.interrupt()

    assert kernel.outcome(first).error == "KeyboardInterrupt"
    assert [kernel.outcome(each).stdout for each in rest] == ["0\n", "1\n", "2\n"]


# What runs on the background loop's thread does not hear the stop button.
@pytest.mark.parametrize("kernel", ["kernel"], indirect=True)
def test_it_ends_a_blocked_callback_of_an_idle_kernel(kernel: Kernel) -> None:
    kernel.execute(OBSERVED)
    comm = kernel.open_comm("observed")
    kernel.answers(comm, 1)
    kernel.interrupt()

    assert kernel.answers(comm, 2)[1] == {"word": "stopped"}
    assert kernel.execute("1 + 1").value == "2"
