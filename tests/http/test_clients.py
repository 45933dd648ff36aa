"""The shared clients: built once, closed in order, one pair for each loop."""

import asyncio
import gc
import importlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator

import httpx
import pytest

from booru_nb import http, loop
from booru_nb.drawn.serving import serve
from booru_nb.errors import LoopError, UnreachableError
from booru_nb.http import clients
from tests.support.web import LOCAL, Site, on_a_loop, talking

Client = Callable[[], httpx.AsyncClient]
EACH = pytest.mark.parametrize("client", [http.site_client, http.media_client])


@pytest.fixture
def _usual_setup() -> Iterator[None]:
    yield
    http.configure(proxy=None, user_agent=None)


@EACH
def test_ten_racing_first_callers_build_one_client(client: Client) -> None:
    barrier = threading.Barrier(10)
    got: list[httpx.AsyncClient] = []

    def first_caller() -> None:
        barrier.wait()
        got.append(client())

    loop.choose_app_loop("background")
    threads = [threading.Thread(target=first_caller) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    loop.run(http.aclose())

    assert len(got) == 10
    assert len(set(map(id, got))) == 1


@EACH
def test_racing_requests_share_one_client(client: Client) -> None:
    async def first_callers() -> set[int]:
        async def one() -> int:
            await asyncio.sleep(0)
            return id(client())

        return set(await asyncio.gather(*(one() for _ in range(10))))

    assert len(on_a_loop(first_callers)) == 1


def test_there_is_a_client_for_sites_and_one_for_files() -> None:
    async def both() -> bool:
        return http.site_client() is not http.media_client()

    assert on_a_loop(both)


@EACH
def test_closing_closes_and_the_next_use_builds_anew(client: Client) -> None:
    async def close_and_use() -> tuple[bool, bool, bool]:
        first = client()
        await http.aclose()
        await http.aclose()
        second = client()
        return first.is_closed, second is first, second.is_closed

    assert on_a_loop(close_and_use) == (True, False, False)


@pytest.mark.usefixtures("_usual_setup")
def test_a_changed_user_agent_leaves_no_client_unclosed() -> None:
    site = Site()

    async def change_and_ask(base: str) -> list[bool]:
        used = []
        for number in range(5):
            http.configure(user_agent=f"mine/{number}")
            used += [http.site_client(), http.media_client()]
            await http.send(httpx.Request("GET", base), LOCAL)
        assert sum(not each.is_closed for each in used) == 2
        await http.aclose()
        return [each.is_closed for each in used]

    with serve(site) as base:
        assert all(on_a_loop(lambda: change_and_ask(base)))
    assert site.asked[-1].headers["user-agent"] == "mine/4"


@pytest.mark.usefixtures("_usual_setup")
def test_a_replaced_client_finishes_what_is_under_way() -> None:
    asked, told = threading.Event(), threading.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        asked.set()
        await asyncio.to_thread(told.wait)
        writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        await writer.drain()

    async def change_meanwhile(base: str) -> tuple[int, bool]:
        old = http.site_client()
        sending = asyncio.create_task(http.send(httpx.Request("GET", base), LOCAL))
        await asyncio.to_thread(asked.wait)
        http.configure(user_agent="mine/2")
        http.site_client()
        told.set()
        return (await sending).status_code, old.is_closed

    with talking(talk) as base:
        assert on_a_loop(lambda: change_meanwhile(base)) == (204, True)


def test_two_users_of_one_site_need_no_second_client() -> None:
    site = Site()

    async def both(base: str) -> set[int]:
        used = set()
        for user in ("anna", "ben"):
            policy = http.Policy(rate=None, allow_private=True, user=user)
            await http.send(httpx.Request("GET", base), policy)
            used.add(id(http.site_client()))
        return used

    with serve(site) as base:
        assert len(on_a_loop(lambda: both(base))) == 1
    agents = [request.headers["user-agent"] for request in site.asked]
    assert [agent.rpartition("(")[2] for agent in agents] == ["by anna)", "by ben)"]


def test_closing_cuts_off_what_is_under_way_with_a_sentence() -> None:
    asked = threading.Event()

    async def talk(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        asked.set()
        await reader.read()

    async def close_meanwhile(base: str) -> None:
        sending = asyncio.create_task(http.send(httpx.Request("GET", base), LOCAL))
        await asyncio.to_thread(asked.wait)
        await http.aclose()
        with pytest.raises(UnreachableError, match="connections were closed"):
            await sending

    with talking(talk) as base:
        on_a_loop(lambda: close_meanwhile(base))


def test_each_loop_has_clients_of_its_own() -> None:
    async def mine() -> httpx.AsyncClient:
        return http.site_client()

    assert on_a_loop(mine) is not on_a_loop(mine)


def test_a_client_is_refused_on_another_loop() -> None:
    async def build() -> httpx.AsyncClient:
        return http.site_client()

    async def use_foreign() -> None:
        with pytest.raises(LoopError, match="another event loop"):
            await foreign.get("http://booru.example.com/")

    loop.choose_app_loop("background")
    foreign = loop.run(build())
    asyncio.run(use_foreign())
    loop.run(http.aclose())


def test_requests_from_loop_after_loop_work() -> None:
    site = Site()
    with serve(site) as base:
        for _ in range(3):
            on_a_loop(lambda: http.send(httpx.Request("GET", base), LOCAL))

    assert len(site.asked) == 3


def test_a_loop_that_was_closed_is_forgotten() -> None:
    async def build() -> httpx.AsyncClient:
        return http.site_client()

    with asyncio.Runner() as runner:
        left = runner.run(build())
    on_a_loop(build)

    assert left.is_closed
    assert not any(known.is_closed() for known in clients._loops)


def test_replacing_a_dead_app_loop_drops_its_clients() -> None:
    async def build() -> httpx.AsyncClient:
        return http.media_client()

    loop.choose_app_loop("background")
    left = loop.run(build())
    loop.forget_app_loop()

    assert left.is_closed


def test_nothing_is_left_for_the_garbage_collector() -> None:
    with serve(Site()) as base:
        on_a_loop(lambda: http.send(httpx.Request("GET", base), LOCAL))

    gc.collect()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_fork_forgets_clients_and_locks() -> None:
    program = """
import asyncio, os
from booru_nb import http
from booru_nb.http import clients

async def parent():
    mine = http.site_client()
    with clients._lock:
        child = os.fork()
        if not child:
            free = clients._lock.acquire(blocking=False)
            os._exit(0 if free and not clients._loops else 1)
    _, status = os.waitpid(child, 0)
    assert mine is http.site_client()
    await http.aclose()
    return os.waitstatus_to_exitcode(status)

raise SystemExit(asyncio.run(parent()))
"""
    ended = subprocess.run([sys.executable, "-c", program], check=False, timeout=60)

    assert ended.returncode == 0


def test_importing_the_package_imports_no_http_library() -> None:
    program = """
import sys
import booru_nb.http, booru_nb.media
raise SystemExit(bool({"httpx", "aiohttp", "httpx_aiohttp"} & set(sys.modules)))
"""
    ended = subprocess.run([sys.executable, "-c", program], check=False, timeout=60)

    assert ended.returncode == 0


def test_every_public_name_is_there() -> None:
    module = importlib.import_module("booru_nb.http")

    assert [name for name in module.__all__ if not hasattr(module, name)] == []
    with pytest.raises(AttributeError, match="no attribute 'missing'"):
        _ = module.missing
