"""One proxy, where a person names one."""

import asyncio
from collections.abc import Iterator

import httpx
import pytest

from booru_nb import http
from booru_nb.drawn.serving import serve
from booru_nb.errors import ArgumentError
from tests.support.web import LOCAL, Site, on_a_loop, talking


@pytest.fixture
def _usual_setup() -> Iterator[None]:
    yield
    http.configure(proxy=None, user_agent=None)


@pytest.mark.usefixtures("_usual_setup")
def test_everything_goes_through_the_proxy() -> None:
    lines: list[bytes] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        lines.append(head.splitlines()[0])
        writer.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        await writer.drain()

    with talking(talk) as proxy:
        http.configure(proxy=proxy)
        request = httpx.Request("GET", "http://booru.example.com/posts.json")
        answer = on_a_loop(lambda: http.send(request, http.Policy(rate=None)))

    assert answer.status_code == 204
    assert lines == [b"GET http://booru.example.com/posts.json HTTP/1.1"]


def test_no_proxy_is_taken_from_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    with serve(Site()) as base:
        answer = on_a_loop(lambda: http.send(httpx.Request("GET", base), LOCAL))

    assert answer.status_code == 200


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1", "127.0.0.1:8080", ""])
def test_what_is_no_http_proxy_is_refused(proxy: str) -> None:
    with pytest.raises(ArgumentError, match="Give the address of an HTTP proxy"):
        http.configure(proxy=proxy)
