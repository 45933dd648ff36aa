"""A library in a real kernel, on a booru that is really served."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from booru_nb import drawn
from booru_nb.drawn import mishaps
from booru_nb.drawn.app import DemoApp
from booru_nb.drawn.serving import serve
from tests.support.kernel import Kernel

SETUP = """
import threading
import booru_nb as bn
from booru_nb import http, loop

lib = bn.open({file!r}, loop={kind!r})
if "quay" not in set(lib.sites()["site"]):
    lib.add_site({url!r}, name="quay", engine="danbooru", rate=None, allow_private=True)

def find(limit=5):
    return len(lib.search(site="quay", limit=limit, progress=False))

async def of_the_loop():
    return id(http.site_client()), id(http.media_client())

def opened(comm, message):
    @comm.on_msg
    def received(message):
        comm.send({{"found": find()}})

get_ipython().kernel.comm_manager.register_target("find", opened)
"""


KEEP = """
import atexit
from booru_nb.library import opening

async def those():
    return http.site_client(), http.media_client()

pair = loop.run(those())

def note():
    open({mark!r}, "w").write(str([client.is_closed for client in pair]))

# Hooks run in the reverse order, so this one comes behind the library's own.
atexit.unregister(opening._close_all)
atexit.register(note)
atexit.register(opening._close_all)

posts = lib.search(site="quay", limit=3, progress=False)
kept = lib.bookmark(posts, folder="kept")
file = str(lib.path)
"""


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[DemoApp, str]]:
    app = drawn.create_app()
    with serve(app) as url:
        yield app, url


@pytest.fixture(scope="module", params=["kernel", "background"])
def searching(
    request: pytest.FixtureRequest,
    served: tuple[DemoApp, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Kernel]:
    """A kernel with a library whose one site is on a socket."""
    folder = tmp_path_factory.mktemp("searching")
    with Kernel(folder) as kernel:
        file = str(folder / "mine.booru")
        setup = SETUP.format(file=file, kind=request.param, url=served[1])
        assert kernel.execute(setup).status == "ok"
        yield kernel


def test_cell_thread_callback_and_await_use_the_same_clients(searching: Kernel) -> None:
    assert searching.execute("find()").value == "5"
    before = searching.execute("loop.run(of_the_loop())").value
    thread = """
    found = []
    worker = threading.Thread(target=lambda: found.append(find()))
    worker.start()
    await __import__("asyncio").to_thread(worker.join, 60)
    found
    """
    assert searching.execute(thread).value == "[5]"
    comm = searching.open_comm("find")
    searching.send_comm(comm)
    assert searching.answers(comm) == [{"found": 5}]
    with searching.subshell() as subshell:
        searching.send_comm(comm, subshell=subshell)
        assert searching.answers(comm, 2)[1] == {"found": 5}
    awaited = "len(await lib.aio.search(site='quay', limit=5, progress=False))"
    assert searching.execute(awaited).value == "5"
    each = "sum([len(p) async for p in lib.aio.pages(site='quay', limit=5)])"
    assert searching.execute(each).value == "5"
    assert searching.execute("find()").value == "5"
    assert searching.execute("loop.run(of_the_loop())").value == before


def test_the_stop_button_keeps_the_pages_that_came(
    searching: Kernel, served: tuple[DemoApp, str]
) -> None:
    app, _ = served
    gate = threading.Event()
    app.faults.add(
        mishaps.hold(gate), path="/posts.json", when=lambda call: "page" in call.query
    )
    app.calls.clear()
    request = searching.submit("lib.search(site='quay', limit=300)")
    while app.calls.count("/posts.json") < 2:
        threading.Event().wait(0.01)
    searching.interrupt()

    stopped = searching.outcome(request)

    gate.set()
    app.faults.clear()
    assert stopped.error == "KeyboardInterrupt"
    assert stopped.message == "Stopped: 200 of 300 arrived; see lib.last."
    assert searching.execute("len(lib.last)").value == "200"
    assert searching.execute("find()").value == "5"


def test_a_stopped_collect_goes_on_where_it_was(
    searching: Kernel, served: tuple[DemoApp, str]
) -> None:
    app, _ = served
    gate = threading.Event()
    app.faults.add(
        mishaps.hold(gate), path="/posts.json", when=lambda call: "page" in call.query
    )
    app.calls.clear()
    request = searching.submit("lib.collect(site='quay', limit=300)")
    while app.calls.count("/posts.json") < 2:
        threading.Event().wait(0.01)
    searching.interrupt()
    stopped = searching.outcome(request)
    gate.set()
    app.faults.clear()
    kept = searching.execute("len(lib.last), len(lib.posts())").value

    went_on = "len(lib.collect(site='quay', limit=300, progress=False))"
    found = searching.execute(went_on).value
    app.calls.clear()
    again = "len(await lib.aio.collect(site='quay', limit=300, progress=False))"

    said = "200 of 300 arrived; run it again to go on"
    assert said in stopped.stdout + stopped.stderr
    assert kept == "(200, 200)"
    assert found == searching.execute(again).value == "300"
    assert app.calls.count("/posts.json") == 1


def test_an_error_is_shown_as_one_sentence(searching: Kernel) -> None:
    outcome = searching.outcome(searching.submit("lib.search(site='quya')"))

    [shown] = [o for o in outcome.outputs if "traceback" in o]
    text = "\n".join(shown["traceback"])
    assert "Did you mean 'quay'" in text
    assert "lib.search(site='quya')" in text
    assert len(shown["traceback"]) < 5


def test_a_restart_closes_the_library_and_bookmarks_stay(
    searching: Kernel, tmp_path: Path
) -> None:
    mark = tmp_path / "closed"
    keep = KEEP.format(mark=str(mark))
    assert searching.execute(keep).status == "ok"
    file = searching.execute("file").value
    searching.restart()

    assert mark.read_text() == "[True, True]"
    again = f"import booru_nb as bn; lib = bn.open({file}); len(lib.bookmarks())"
    assert searching.execute(again).value == "3"
