"""Requests to sites: what goes out, what is tried again, and what is refused."""

import asyncio
import threading
from dataclasses import replace

import httpx
import pytest
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Scope

from booru_nb import http
from booru_nb.drawn.serving import ABORT, serve
from booru_nb.errors import (
    AddressError,
    BadAnswerError,
    UnreachableError,
)
from tests.support.web import (
    FINE,
    HANG_UP,
    LOCAL,
    Doing,
    Redirect,
    Site,
    ask,
    on_a_loop,
    saying,
    talking,
)

HASTY = replace(LOCAL, timeout=0.2)


def status(code: int, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return PlainTextResponse("no", code, named)


def test_an_answer_is_read_in_full() -> None:
    with serve(Site(JSONResponse({"id": 7}, 201))) as base:
        answer = ask(f"{base}/posts.json?tags=a+b%2Bc")

    assert (answer.status_code, answer.json()) == (201, {"id": 7})
    assert answer.request.url.query == b"tags=a+b%2Bc"


def test_the_site_sees_the_address_as_it_was_built() -> None:
    site = Site()
    with serve(site) as base:
        ask(f"{base}/tags%2Fx?tags=a+b%2Bc%26%23&q=%E2%9C%93")

    scope = site.asked[0].scope
    assert scope["raw_path"] == b"/tags%2Fx"
    assert scope["query_string"] == b"tags=a+b%2Bc%26%23&q=%E2%9C%93"


def test_a_request_says_honestly_who_asks() -> None:
    site = Site()
    policy = replace(LOCAL, user="anna", referer="https://booru.example.com/")
    with serve(site) as base:
        ask(base, policy)

    headers = site.asked[0].headers
    assert headers["user-agent"].startswith("booru-nb/")
    assert headers["user-agent"].endswith(" (by anna)")
    assert headers["referer"] == "https://booru.example.com/"
    assert "mozilla" not in headers["user-agent"].lower()


def test_a_header_of_the_adapter_is_kept() -> None:
    site = Site()
    with serve(site) as base:
        ask(base, accept="application/xml")

    assert site.asked[0].headers.getlist("accept") == ["application/xml"]


def test_a_form_is_sent_as_it_is() -> None:
    bodies: list[bytes] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        assert b"content-length: 5\r\n" in head.lower()
        bodies.append(await reader.readexactly(5))
        writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        await writer.drain()

    with talking(talk) as base:
        request = httpx.Request("POST", base, data={"a": "b c"})
        on_a_loop(lambda: http.send(request, LOCAL))

    assert bodies == [b"a=b+c"]


def test_cookies_are_not_kept() -> None:
    site = Site(JSONResponse({}, headers={"set-cookie": "a=b"}))

    async def twice() -> None:
        for _ in range(2):
            await http.send(httpx.Request("GET", base), LOCAL)

    with serve(site) as base:
        on_a_loop(twice)

    assert "cookie" not in site.asked[1].headers


def test_a_redirected_request_is_sent_without_a_body() -> None:
    site = Site(Redirect("/there"), FINE)
    with serve(site) as base:
        ask(base)

    assert "transfer-encoding" not in site.asked[1].headers
    assert "content-length" not in site.asked[1].headers


def test_a_redirects_body_is_not_read() -> None:
    endless = (
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.2/\r\n"
        b"Content-Encoding: gzip\r\nContent-Length: 99999999999\r\n\r\nnonsense"
    )
    with saying(endless) as base, pytest.raises(ConnectionError, match=r"127\.0\.0\.2"):
        ask(base)


def test_a_circle_of_redirects_is_left() -> None:
    site = Site(Redirect("/"))
    with serve(site) as base, pytest.raises(BadAnswerError, match="in a circle"):
        ask(base)

    assert len(site.asked) == 6


def test_a_redirect_to_nonsense_is_refused() -> None:
    site = Site(Redirect("http://[::1"))
    with serve(site) as base, pytest.raises(AddressError, match="cannot be used"):
        ask(base)


@pytest.mark.parametrize("code", [408, 425, 429, 500, 502, 503, 504])
def test_what_may_be_better_next_time_is_asked_again(code: int) -> None:
    site = Site(status(code), status(code), FINE)
    with serve(site) as base:
        answer = ask(base)

    assert answer.status_code == 200
    assert len(site.asked) == 3


@pytest.mark.parametrize("code", [400, 401, 403, 404, 410, 422])
def test_a_refusal_is_not_asked_again(code: int) -> None:
    site = Site(status(code))
    with serve(site) as base:
        answer = ask(base)

    assert answer.status_code == code
    assert len(site.asked) == 1


def test_the_attempts_are_limited_and_the_last_answer_is_returned() -> None:
    site = Site(status(503))
    with serve(site) as base:
        answer = ask(base, replace(LOCAL, retries=2))

    assert answer.status_code == 503
    assert len(site.asked) == 3


def test_retry_after_is_waited_for() -> None:
    site = Site(status(429, retry_after="1"), FINE)
    with serve(site) as base:
        answer = ask(base, replace(LOCAL, backoff=3600.0))

    assert answer.status_code == 200


def test_a_dropped_connection_is_tried_again() -> None:
    site = Site(HANG_UP, HANG_UP, FINE)
    with serve(site) as base:
        answer = ask(base)

    assert answer.status_code == 200


def test_a_form_is_not_sent_twice_where_the_connection_broke() -> None:
    site = Site(HANG_UP)
    with serve(site) as base, pytest.raises(UnreachableError, match="broke off"):
        on_a_loop(lambda: http.send(httpx.Request("POST", base), LOCAL))

    assert len(site.asked) == 1


def test_a_body_that_is_cut_short_is_no_answer() -> None:
    short = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[1, 2"
    with saying(short) as base, pytest.raises(UnreachableError, match="broke off"):
        ask(base)


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
        b"HTTP/1.1 two hundred\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
    ],
)
def test_what_is_no_http_is_a_bad_answer(answer: bytes) -> None:
    with saying(answer) as base, pytest.raises((BadAnswerError, UnreachableError)):
        ask(base, replace(LOCAL, retries=0))


def test_a_refused_connection_is_told_with_its_host() -> None:
    with pytest.raises(UnreachableError, match=r"'127\.0\.0\.1' was refused"):
        ask("http://127.0.0.1:1/", replace(LOCAL, retries=0))


def test_no_more_requests_are_under_way_than_connections() -> None:
    under_way: list[int] = [0]

    async def count(scope: Scope) -> None:
        under_way.append(under_way[-1] + 1)
        await asyncio.sleep(0.001)
        under_way.append(under_way[-1] - 1)
        scope["extensions"][ABORT]()

    async def many(base: str) -> None:
        policy = replace(LOCAL, connections=3, retries=0)
        sending = [http.send(httpx.Request("GET", base), policy) for _ in range(30)]
        await asyncio.gather(*sending, return_exceptions=True)

    with serve(Site(Doing(count))) as base:
        on_a_loop(lambda: many(base))

    assert max(under_way) == 3


def test_a_cancelled_request_gives_its_place_back() -> None:
    asked = threading.Semaphore(0)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = await reader.readuntil(b"\r\n\r\n")
        if b"/slow" in first:
            asked.release()
            await reader.read()
        else:
            writer.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
            await writer.drain()

    async def cancel_and_ask(base: str) -> int:
        policy = replace(LOCAL, connections=1)
        slow = httpx.Request("GET", f"{base}/slow")
        task = asyncio.create_task(http.send(slow, policy))
        await asyncio.to_thread(asked.acquire)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return (await http.send(httpx.Request("GET", base), policy)).status_code

    with talking(talk) as base:
        assert on_a_loop(lambda: cancel_and_ask(base)) == 204
