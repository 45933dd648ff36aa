"""Answers that take too long, or are too large."""

import asyncio
import gzip
import threading
from dataclasses import replace

import pytest
from starlette.responses import Response

from booru_nb.drawn.serving import serve
from booru_nb.errors import (
    BadAnswerError,
    NoAnswerInTimeError,
)
from tests.support.web import (
    LOCAL,
    Site,
    ask,
    saying,
    talking,
)

HASTY = replace(LOCAL, timeout=0.2)


def test_a_site_that_says_nothing_is_given_up() -> None:
    silent = threading.Event()

    async def talk(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.read()
        silent.set()

    with talking(talk) as base, pytest.raises(NoAnswerInTimeError, match="in time"):
        ask(base, HASTY)


def test_a_site_that_stops_in_the_middle_is_given_up() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
        await reader.read()

    with talking(talk) as base, pytest.raises(NoAnswerInTimeError, match="in time"):
        ask(base, HASTY)


def test_a_site_that_trickles_for_ever_is_given_up() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        reading = asyncio.ensure_future(reader.read())
        while not reading.done():
            writer.write(b"x")
            await asyncio.wait([reading], timeout=0.01)
            if writer.is_closing():
                break
        reading.cancel()

    with talking(talk) as base, pytest.raises(NoAnswerInTimeError, match="in time"):
        ask(base, HASTY)


def test_an_answer_that_is_too_large_is_refused() -> None:
    large = Site(Response(b"x" * 2000))
    with serve(large) as base, pytest.raises(BadAnswerError, match="than 1,000 bytes"):
        ask(base, replace(LOCAL, max_bytes=1000))


def test_an_answer_that_does_not_say_how_large_it_is_is_refused_too() -> None:
    endless = b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 5000
    with saying(endless) as base, pytest.raises(BadAnswerError, match="1,000 bytes"):
        ask(base, replace(LOCAL, max_bytes=1000))


def test_compressed_answers_are_read() -> None:
    packed = gzip.compress(b'{"a": 1}')
    answer = Response(packed, headers={"content-encoding": "gzip"})
    with serve(Site(answer)) as base:
        assert ask(base).json() == {"a": 1}


def test_bytes_count_after_decompression() -> None:
    bomb = gzip.compress(bytes(2**22))
    answer = Response(bomb, headers={"content-encoding": "gzip"})
    with serve(Site(answer)) as base, pytest.raises(BadAnswerError, match="too much"):
        ask(base, replace(LOCAL, max_bytes=2**20))


def test_an_answer_compressed_twice_is_refused() -> None:
    bomb = gzip.compress(gzip.compress(bytes(2**22)))
    answer = Response(bomb, headers={"content-encoding": "gzip, gzip"})
    with serve(Site(answer)) as base, pytest.raises(BadAnswerError, match="unasked"):
        ask(base)


def test_broken_compression_is_a_bad_answer() -> None:
    answer = Response(b"no gzip", headers={"content-encoding": "gzip"})
    with serve(Site(answer)) as base, pytest.raises(BadAnswerError, match="is broken"):
        ask(base)
