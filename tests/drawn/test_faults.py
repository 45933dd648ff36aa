"""The demo booru on a bad day, on a real socket and in process."""

import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from booru_nb.drawn import mishaps
from booru_nb.drawn.app import DemoApp
from tests.drawn.asking import ask

POST = "/posts/1010.json"


def test_a_throttle_says_when_to_come_back(app: DemoApp, address: str) -> None:
    app.faults.add(mishaps.refuse(429, retry_after=3))

    answer = httpx.get(address + POST)

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "3"
    assert answer.json()["error"] == "RateLimiter::RateLimitError"


def test_a_throttle_may_say_nothing(app: DemoApp, address: str) -> None:
    app.faults.add(mishaps.refuse(429))

    assert "Retry-After" not in httpx.get(address + POST).headers


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_gateway_answers_with_a_page(app: DemoApp, address: str, status: int) -> None:
    app.faults.add(mishaps.refuse(status, html=True))

    answer = httpx.get(address + POST)

    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("status", [200, 403])
def test_a_challenge(app: DemoApp, address: str, status: int) -> None:
    app.faults.add(mishaps.challenge(status=status))

    answer = httpx.get(address + POST)

    assert answer.status_code == status
    assert answer.headers["cf-mitigated"] == "challenge"
    assert "Just a moment" in answer.text


def test_broken_json_looks_whole(app: DemoApp, address: str) -> None:
    app.faults.add(mishaps.broken_json())

    answer = httpx.get(address + POST)

    assert answer.headers["Content-Type"] == "application/json"
    assert len(answer.content) == int(answer.headers["Content-Length"])
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        answer.json()


def test_a_body_that_is_cut(app: DemoApp, address: str) -> None:
    app.faults.add(mishaps.cut())

    with pytest.raises(httpx.RemoteProtocolError, match="complete message body"):
        httpx.get(address + POST)


def test_what_was_sent_before_the_cut_arrives(app: DemoApp, address: str) -> None:
    whole = httpx.get(address + POST).content
    app.faults.add(mishaps.cut(share=0.25))
    with httpx.Client() as client, client.stream("GET", address + POST) as answer:
        arrived = next(answer.iter_raw(len(whole) // 4))

    assert arrived == whole[: len(whole) // 4]


def test_an_answer_can_stall_in_the_middle(app: DemoApp, address: str) -> None:
    whole = httpx.get(address + POST).content
    gate = threading.Event()
    app.faults.add(mishaps.stall(gate))
    with httpx.Client() as client, client.stream("GET", address + POST) as answer:
        pieces = answer.iter_raw(len(whole) // 2)
        first = next(pieces)
        gate.set()

        assert first + b"".join(pieces) == whole


def test_a_connection_that_is_dropped(app: DemoApp, address: str) -> None:
    app.faults.add(mishaps.drop())

    with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
        httpx.get(address + POST)


def test_after_a_drop_all_is_well_again(app: DemoApp, address: str) -> None:
    app.faults.add(mishaps.drop())
    with httpx.Client() as client:
        with pytest.raises(httpx.TransportError):
            client.get(address + POST)

        assert client.get(address + POST).status_code == 200


def test_a_slow_answer_is_the_right_one(app: DemoApp, address: str) -> None:
    app.faults.add(mishaps.slow(0.01))

    assert httpx.get(address + POST).json()["id"] == 1010


def test_an_answer_can_be_held_back(app: DemoApp, address: str) -> None:
    gate = threading.Event()
    app.faults.add(mishaps.hold(gate), path=POST)

    with ThreadPoolExecutor() as pool:
        held = pool.submit(httpx.get, address + POST)
        other = httpx.get(address + "/tags.json")
        was_done = held.done()
        gate.set()

    assert other.status_code == 200
    assert not was_done
    assert held.result().status_code == 200


def test_a_picture_with_a_wrong_byte(app: DemoApp, address: str) -> None:
    url = httpx.get(address + POST).json()["preview_file_url"]
    whole = httpx.get(url).content
    app.faults.add(mishaps.spoil())

    spoilt = httpx.get(url).content

    assert len(spoilt) == len(whole)
    assert spoilt != whole


def test_a_short_page_and_an_empty_one(app: DemoApp, address: str) -> None:
    whole = httpx.get(address + "/posts.json").json()
    app.faults.add(mishaps.short_page(keep=3))
    app.faults.add(mishaps.empty_page())

    assert httpx.get(address + "/posts.json").json() == whole[:3]
    assert httpx.get(address + "/posts.json").json() == []
    assert httpx.get(address + "/posts.json").json() == whole


def test_a_fault_ends_after_its_count(app: DemoApp) -> None:
    fault = app.faults.add(mishaps.refuse(503), count=2)

    statuses = [ask(app, POST).status_code for _ in range(4)]

    assert statuses == [503, 503, 200, 200]
    assert fault.taken == 2


def test_a_fault_is_of_some_paths_only(app: DemoApp) -> None:
    app.faults.add(mishaps.refuse(503), path="/tags*", count=None)

    assert ask(app, POST).status_code == 200
    assert ask(app, "/tags.json").status_code == 503


def test_a_fault_is_of_some_requests_only(app: DemoApp) -> None:
    app.faults.add(mishaps.refuse(503), when=lambda call: call.query["page"] == "2")

    assert ask(app, "/tags.json", {"page": "1"}).status_code == 200
    assert ask(app, "/tags.json", {"page": "2"}).status_code == 503


def test_a_probability_hits_the_same_calls_each_time(app: DemoApp) -> None:
    def statuses() -> list[int]:
        app.faults.clear()
        app.faults.add(mishaps.refuse(503), probability=0.4, count=None, seed=5)
        return [ask(app, "/tags.json").status_code for _ in range(20)]

    first = statuses()

    assert set(first) == {200, 503}
    assert statuses() == first


def test_in_process_a_drop_is_httpx_own_error(app: DemoApp) -> None:
    app.faults.add(mishaps.drop())
    app.faults.add(mishaps.cut())

    with pytest.raises(httpx.ReadError):
        ask(app, POST)
    with pytest.raises(httpx.RemoteProtocolError):
        ask(app, POST)


def test_in_process_the_others_are_the_same(app: DemoApp) -> None:
    app.faults.add(mishaps.challenge())
    app.faults.add(mishaps.empty_page())

    assert ask(app, POST).status_code == 403
    assert ask(app, "/posts.json").json() == []
