"""The demo booru on a real socket."""

import socket

import httpx
import pytest

from booru_nb.drawn.app import DemoApp
from booru_nb.drawn.serving import serve


def test_addresses_are_those_of_the_socket(address: str) -> None:
    row = httpx.get(f"{address}/posts/1010.json").json()

    assert row["preview_file_url"].startswith(address)
    assert len(httpx.get(row["file_url"]).content) == row["file_size"]


def test_the_port_is_free_again_afterwards(app: DemoApp) -> None:
    with serve(app) as url:
        port = httpx.URL(url).port
    assert port

    with serve(app, port=port) as again:
        assert httpx.get(f"{again}/tags.json").status_code == 200


def test_a_port_that_is_taken_is_an_error(app: DemoApp) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(OSError, match="in use"),
        serve(app, port=taken.getsockname()[1]),
    ):
        pass


def test_two_can_be_served_at_once(app: DemoApp) -> None:
    with serve(app) as one, serve(app) as other:
        assert one != other
        assert httpx.get(f"{one}/tags.json").json()
        assert httpx.get(f"{other}/tags.json").json()


def test_many_requests_on_one_connection(address: str) -> None:
    with httpx.Client() as client:
        for _ in range(5):
            assert client.get(f"{address}/tags.json").status_code == 200
