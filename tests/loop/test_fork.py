import subprocess
import sys

import pytest

from tests.support.cells import CAP

# Run as a script, since a fork of the process that runs the tests would run on as them.
SCRIPT = """
import asyncio, os, sys, threading
from booru_nb import loop
from booru_nb.errors import LoopError
from booru_nb.registry import now

async def answer():
    return 42

def refused(function):
    try:
        function()
    except LoopError as error:
        return str(error)
    return "not refused"

parents = loop.choose_app_loop()
work = loop.run_on_app_loop(asyncio.Event().wait())
loop.run(answer(), 30)

{before}

sys.stdout.flush()
if not (child := os.fork()):
    {child}
    sys.stdout.flush()
    os._exit(0)
os.waitpid(child, 0)
print(loop.get_app_loop() is parents, loop.run(answer(), 30))
loop.forget_app_loop()
"""


def lines(child: str, before: str = "") -> list[str]:
    """Return what a child prints, and then its parent, whose loop must still serve."""
    code = SCRIPT.format(child=child, before=before)
    # Newer releases of Python warn of any fork beside threads, which is the case here.
    script = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", code]
    result = subprocess.run(
        script, check=True, capture_output=True, text=True, timeout=CAP
    )
    assert result.stderr == ""
    return result.stdout.splitlines()


PARENT = "True 42"


def test_a_child_process_has_no_loop() -> None:
    child, parent = lines("print(refused(loop.get_app_loop))")

    assert (
        child == "No event loop is set. Open a library first: bn.open() or bn.demo()."
    )
    assert parent == PARENT


def test_a_child_process_gets_a_loop_of_its_own() -> None:
    own = "print(loop.choose_app_loop() is parents, loop.run(answer(), 30))"

    assert lines(own) == ["False 42", PARENT]


@pytest.mark.parametrize("ask", ["result", "exception", "wait"])
def test_a_child_process_cannot_wait_for_its_parents_work(ask: str) -> None:
    child, parent = lines(f"print(refused(work.{ask}))")

    assert child == "This work runs in the parent process. Start it again in this one."
    assert parent == PARENT


def test_a_lock_that_was_held_in_the_parent_is_free_in_the_child() -> None:
    hold = """
held, gate = threading.Event(), threading.Event()

def hold():
    with now.lock:
        held.set()
        gate.wait(30)

threading.Thread(target=hold).start()
held.wait(30)
threading.Timer(0.1, gate.set).start()
"""

    assert lines("print(loop.choose_app_loop() is parents)", hold) == ["False", PARENT]
