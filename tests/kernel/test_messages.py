import pytest

from tests.support.kernel import Kernel

TARGET = """
order = []

def opened(comm, message):
    @comm.on_msg
    def received(message):
        where = threading.current_thread() is threading.main_thread()
        order.append(message["content"]["data"]["word"])
        comm.send({"main": where, "answer": answer_here()})

def answer_here():
    async def answer():
        return 42
    return loop.run(answer(), 60)

get_ipython().kernel.comm_manager.register_target("echo", opened)

# Opened from outside the cells, like a button that nobody needs the kernel to press.
def open_gate_when(path):
    while not os.path.exists(path):
        time.sleep(0.01)
    loop.call_on_app_loop(gate.set)
"""

BLOCKED = """
gate = asyncio.Event()
threading.Thread(target=open_gate_when, args=({path!r},)).start()
print("begun", flush=True)
loop.run(gate.wait(), 60)
order.append("A")
"""


@pytest.fixture
def talking(kernel: Kernel) -> Kernel:
    kernel.execute(TARGET)
    return kernel


def test_run_all_behind_a_blocking_cell_runs_every_cell(talking: Kernel) -> None:
    gate = talking.folder / "run-all"
    first = talking.submit(BLOCKED.format(path=str(gate)))
    rest = [talking.submit(f"order.append({word!r})") for word in "BCD"]
    talking.hear(first, "begun")
    gate.touch()

    assert [talking.outcome(each).status for each in [first, *rest]] == ["ok"] * 4
    assert talking.execute("order").value == "['A', 'B', 'C', 'D']"


def test_a_message_that_comes_while_a_cell_blocks_is_not_lost(talking: Kernel) -> None:
    gate = talking.folder / "message"
    comm = talking.open_comm("echo")
    first = talking.submit(BLOCKED.format(path=str(gate)))
    talking.hear(first, "begun")
    talking.send_comm(comm, word="message")
    gate.touch()

    assert talking.outcome(first).status == "ok"
    assert talking.answers(comm) == [{"main": True, "answer": 42}]


def test_completions_asked_for_while_a_cell_blocks_are_given(talking: Kernel) -> None:
    gate = talking.folder / "completions"
    first = talking.submit(BLOCKED.format(path=str(gate)))
    talking.hear(first, "begun")
    request = talking.ask_completions("loop.run_on_a")
    gate.touch()

    [completion] = talking.completions(request)
    # Older releases of IPython repeat what stands before the dot.
    assert completion.removeprefix("loop.") == "run_on_app_loop"


def test_a_callback_on_a_subshell_may_block_while_a_cell_does(talking: Kernel) -> None:
    if not talking.has_subshells:
        pytest.skip("This ipykernel has no subshells.")
    gate = talking.folder / "subshell"
    comm = talking.open_comm("echo")
    first = talking.submit(BLOCKED.format(path=str(gate)))
    talking.hear(first, "begun")
    with talking.subshell() as subshell:
        talking.send_comm(comm, subshell=subshell, word="message")
        answers = talking.answers(comm)
    gate.touch()
    talking.outcome(first)

    assert answers == [{"main": False, "answer": 42}]
    assert talking.execute("order").value == "['message', 'A']"
