"""What the demo booru was asked can be read."""

import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from booru_nb.drawn import mishaps
from booru_nb.drawn.app import DemoApp
from booru_nb.drawn.calls import Call
from tests.drawn.asking import ask


def test_a_call_has_what_was_asked_and_answered(app: DemoApp) -> None:
    ask(app, "/tags.json", {"limit": "3"}, headers={"User-Agent": "booru-nb/0.1"})

    [call] = app.calls.of()

    assert (call.method, call.path, call.query) == ("GET", "/tags.json", {"limit": "3"})
    assert call.headers["user-agent"] == "booru-nb/0.1"
    assert call.status == 200
    assert call.done


def test_calls_are_counted_by_path(app: DemoApp) -> None:
    for path in ("/tags.json", "/posts/1010.json", "/posts/5.json"):
        ask(app, path)

    assert app.calls.count() == 3
    assert app.calls.count("/posts*") == 2


def test_calls_can_be_forgotten(app: DemoApp) -> None:
    ask(app, "/tags.json")

    app.calls.clear()

    assert app.calls.count() == 0


def test_a_dropped_call_has_no_status(app: DemoApp, address: str) -> None:
    app.faults.add(mishaps.drop())
    with pytest.raises(httpx.TransportError):
        httpx.get(address + "/tags.json")

    assert [call.status for call in app.calls.of()] == [None]


def test_how_many_were_open_at_once(app: DemoApp, address: str) -> None:
    gate = threading.Event()
    arrived = threading.Semaphore(0)

    def noted(_: Call) -> bool:
        arrived.release()
        return True

    app.faults.add(mishaps.hold(gate), when=noted, count=None)
    with ThreadPoolExecutor(3) as pool:
        waiting = [pool.submit(httpx.get, address + "/tags.json") for _ in range(3)]
        for _ in waiting:
            arrived.acquire()
        gate.set()

    assert [answer.result().status_code for answer in waiting] == [200] * 3
    assert app.calls.most_at_once == 3
