import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.kernel import Kernel

SETUP = """
import asyncio, json, os, threading
from booru_nb import loop

kernels = get_ipython().kernel.io_loop.asyncio_loop
main = threading.main_thread().ident

async def answer():
    return 42, threading.get_ident()
"""


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kernel]:
    with Kernel(tmp_path_factory.mktemp("kernel")) as kernel:
        kernel.execute(SETUP)
        yield kernel


@pytest.fixture(autouse=True)
def _unset(kernel: Kernel) -> None:
    kernel.execute("loop.forget_app_loop()")


def test_from_a_cell_it_is_the_kernels(kernel: Kernel) -> None:
    found = kernel.execute("loop.choose_app_loop() is kernels")

    assert found.value == "True"


def test_from_an_awaiting_cell_it_is_the_kernels(kernel: Kernel) -> None:
    found = kernel.execute("await asyncio.sleep(0); loop.choose_app_loop() is kernels")

    assert found.value == "True"


def test_from_a_thread_it_is_the_kernels(kernel: Kernel) -> None:
    found = kernel.execute("await asyncio.to_thread(loop.choose_app_loop) is kernels")

    assert found.value == "True"


def test_from_a_callback_on_a_subshell_it_is_the_kernels(kernel: Kernel) -> None:
    if not kernel.has_subshells:
        pytest.skip("This ipykernel has no subshells.")
    kernel.execute(
        """
def opened(comm, message):
    @comm.on_msg
    def received(message):
        here = asyncio.get_running_loop()
        chosen = loop.choose_app_loop()
        thread = loop.run(answer(), 60)[1]
        comm.send({"own": here is kernels, "found": chosen is kernels,
                   "worked on main": thread == main})

get_ipython().kernel.comm_manager.register_target("choose", opened)
"""
    )
    comm = kernel.open_comm("choose")
    with kernel.subshell() as subshell:
        kernel.send_comm(comm, subshell=subshell)

        assert kernel.answers(comm) == [
            {"own": False, "found": True, "worked on main": True}
        ]


def test_a_module_that_is_imported_anew_finds_the_same_loop(kernel: Kernel) -> None:
    found = kernel.execute(
        """
import sys
loop.choose_app_loop()
old = {name: sys.modules.pop(name) for name in list(sys.modules) if "booru_nb" in name}
import booru_nb.loop as anew
chosen = anew.choose_app_loop(), anew.run(answer(), 60)[0]
sys.modules.update(old)
chosen == (kernels, 42) and anew is not loop
"""
    )

    assert found.value == "True"


def test_the_background_loop_is_refused_while_the_kernels_is_in_use(
    kernel: Kernel,
) -> None:
    kernel.execute("loop.choose_app_loop()")
    outcome = kernel.outcome(kernel.submit("loop.choose_app_loop('background')"))

    assert outcome.error == "LoopError"


def test_a_forked_process_does_not_take_its_parents_loop(kernel: Kernel) -> None:
    outcome = kernel.execute(
        """
loop.choose_app_loop()
read, write = os.pipe()
if not (child := os.fork()):
    found = loop.kernel_loop() is None, loop.choose_app_loop() is not kernels
    os.write(write, json.dumps([*found, loop.run(answer(), 60)[0]]).encode())
    os._exit(0)
os.waitpid(child, 0)
told = os.read(read, 100).decode()
os.close(read); os.close(write)
told
"""
    )

    assert json.loads(outcome.value.strip("'")) == [True, True, 42]
    assert kernel.execute("loop.run(answer(), 60)[0]").value == "42"


def test_the_first_wait_of_a_kernel_is_good_beside_work_that_is_ready(
    tmp_path: Path,
) -> None:
    with Kernel(tmp_path) as fresh:
        fresh.execute(SETUP + "loop.choose_app_loop()")
        fresh.execute(
            """
for _ in range(50):
    kernels.call_soon(int)
loop.run(answer(), 60)
"""
        )

        assert fresh.execute("loop.run(answer(), 60)[0]").value == "42"
