import asyncio
import importlib
import threading
from collections.abc import Iterator

import pytest

from booru_nb import loop, registry
from booru_nb.errors import ArgumentError, LoopError
from tests.loop.conftest import Cell
from tests.support.cells import CAP


@pytest.fixture
def dropped() -> Iterator[list[asyncio.AbstractEventLoop]]:
    """Collect the loops that are no longer registered."""
    loops: list[asyncio.AbstractEventLoop] = []
    loop.on_change(loops.append)
    yield loops
    registry._listeners.remove(loops.append)


def loop_threads() -> list[threading.Thread]:
    return [each for each in threading.enumerate() if each.name == "booru_nb loop"]


def test_there_is_no_loop_before_one_is_set() -> None:
    with pytest.raises(RuntimeError, match=r"No event loop is set.*bn\.open\(\)"):
        loop.get_app_loop()


def test_the_loop_that_was_set_is_returned() -> None:
    async def main() -> None:
        loop.set_app_loop(asyncio.get_running_loop())

        assert loop.get_app_loop() is asyncio.get_running_loop()

    asyncio.run(main())


def test_registering_the_same_loop_twice_is_nothing(
    cell: Cell, dropped: list[asyncio.AbstractEventLoop]
) -> None:
    def register_again() -> list[asyncio.AbstractEventLoop]:
        loop.set_app_loop(loop.get_app_loop())
        return dropped.copy()

    assert cell(register_again) == []


def test_another_loop_cannot_replace_a_live_one(cell: Cell) -> None:
    other = asyncio.new_event_loop()

    with pytest.raises(LoopError, match="registered and alive"):
        cell(lambda: loop.set_app_loop(other))
    other.close()


def test_a_closed_loop_is_noticed() -> None:
    dead = asyncio.new_event_loop()
    loop.set_app_loop(dead)
    dead.close()

    with pytest.raises(RuntimeError, match="is closed"):
        loop.get_app_loop()


def test_a_closed_loop_cannot_be_registered() -> None:
    dead = asyncio.new_event_loop()
    dead.close()

    with pytest.raises(LoopError, match="This event loop is closed"):
        loop.set_app_loop(dead)


def test_replacing_a_dead_loop_drops_what_was_bound_to_it(
    dropped: list[asyncio.AbstractEventLoop],
) -> None:
    dead, new = asyncio.new_event_loop(), asyncio.new_event_loop()
    loop.set_app_loop(dead)
    dead.close()
    loop.set_app_loop(new)

    assert dropped == [dead]
    new.close()


def test_a_stopped_loop_whose_thread_has_ended_is_dead() -> None:
    stopped = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.set_app_loop, args=(stopped,))
    thread.start()
    thread.join()

    assert loop.choose_app_loop() is not stopped
    stopped.close()


def test_outside_a_kernel_the_loop_is_one_on_a_daemon_thread() -> None:
    chosen = loop.choose_app_loop()

    assert chosen.is_running()
    assert not loop.on_app_thread()
    assert [thread.daemon for thread in loop_threads()] == [True]


def test_a_loop_that_is_chosen_again_is_the_same() -> None:
    chosen = loop.choose_app_loop()

    assert loop.choose_app_loop() is chosen
    assert loop.choose_app_loop("background") is chosen


def test_threads_that_race_to_choose_a_loop_get_one() -> None:
    together = threading.Barrier(10)
    chosen: list[asyncio.AbstractEventLoop] = []

    def choose() -> None:
        together.wait(CAP)
        chosen.append(loop.choose_app_loop())

    threads = [threading.Thread(target=choose) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(CAP)

    assert chosen == [loop.get_app_loop()] * 10
    assert len(loop_threads()) == 1


def test_an_unknown_kind_of_loop_is_refused() -> None:
    with pytest.raises(ArgumentError, match=r"no loop 'foreground'.*loop='kernel'"):
        loop.choose_app_loop("foreground")


def test_there_is_no_kernels_loop_outside_a_kernel() -> None:
    with pytest.raises(LoopError, match="No Jupyter kernel runs here"):
        loop.choose_app_loop("kernel")


def test_a_background_loop_is_refused_while_another_is_in_use() -> None:
    async def main() -> None:
        loop.set_app_loop(asyncio.get_running_loop())
        with pytest.raises(LoopError, match="registered and alive"):
            loop.choose_app_loop("background")

    asyncio.run(main())

    assert loop_threads() == []


def test_a_forgotten_background_loop_is_closed_and_its_thread_ended(
    dropped: list[asyncio.AbstractEventLoop],
) -> None:
    chosen = loop.choose_app_loop()
    loop.forget_app_loop()

    assert chosen.is_closed()
    assert loop_threads() == []
    assert dropped == [chosen]


def test_the_background_loop_is_not_forgotten_on_its_own_thread() -> None:
    loop.choose_app_loop("background")
    told: list[str] = []
    ended = threading.Event()

    def forget() -> None:
        with pytest.raises(LoopError) as caught:
            loop.forget_app_loop()
        told.append(str(caught.value))
        ended.set()

    loop.call_on_app_loop(forget)
    assert ended.wait(CAP)

    assert told == ["The background loop cannot be stopped from its own thread."]


def test_a_module_that_is_loaded_again_keeps_the_loop() -> None:
    chosen = loop.choose_app_loop()

    assert importlib.reload(loop).get_app_loop() is chosen
