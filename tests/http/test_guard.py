"""The address guard on the way: redirects, names bound anew, shared connections."""

import socket
from dataclasses import replace
from typing import Any

import httpx
import pytest

from booru_nb import http
from booru_nb.drawn.serving import serve
from booru_nb.errors import AddressError
from tests.support.web import FINE, LOCAL, Redirect, Site, ask, on_a_loop

NAME = "booru.example.com"
STRANGER = replace(LOCAL, allow_private=False)


@pytest.fixture
def bound_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bind a public name to this machine, as its owner's name server could."""
    real = socket.getaddrinfo

    def getaddrinfo(host: Any, *rest: Any, **more: Any) -> Any:
        return real("127.0.0.1" if host == NAME else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.1", "2130706433", "0x7f.1", "localhost", "[::1]"]
)
def test_a_private_site_is_not_contacted_unasked(host: str) -> None:
    site = Site()
    with serve(site) as base, pytest.raises(AddressError):
        ask(base.replace("127.0.0.1", host), STRANGER)

    assert site.asked == []


@pytest.mark.usefixtures("bound_here")
def test_a_public_name_bound_to_a_private_address_is_refused() -> None:
    site = Site()
    with serve(site) as base, pytest.raises(AddressError, match=NAME):
        ask(base.replace("127.0.0.1", NAME), STRANGER)

    assert site.asked == []


@pytest.mark.usefixtures("bound_here")
def test_an_open_connection_is_not_lent_to_who_may_not_connect() -> None:
    site = Site()

    async def both(url: str) -> None:
        await http.send(httpx.Request("GET", url), LOCAL)
        with pytest.raises(AddressError):
            await http.send(httpx.Request("GET", url), STRANGER)

    with serve(site) as base:
        on_a_loop(lambda: both(base.replace("127.0.0.1", NAME)))

    assert len(site.asked) == 1


@pytest.mark.parametrize(
    "to", ["http://127.0.0.2/", "http://169.254.169.254/latest", "http://[::1]/"]
)
def test_a_redirect_to_another_private_host_is_refused(to: str) -> None:
    with serve(Site(Redirect(to))) as base, pytest.raises(AddressError):
        ask(base)


def test_a_file_is_not_fetched_from_where_a_redirect_may_not_lead() -> None:
    site = Site(Redirect("http://127.0.0.2/"))
    with serve(site) as base, pytest.raises(AddressError):
        on_a_loop(lambda: http.fetch(base, LOCAL, max_bytes=100))


def test_a_redirect_on_the_same_private_host_is_followed() -> None:
    site = Site(Redirect("/there"), FINE)
    with serve(site) as base:
        ask(f"{base}/here")

    assert site.paths == ["/here", "/there"]


def test_a_redirect_to_something_else_than_http_is_refused() -> None:
    site = Site(Redirect("file:///etc/hostname"))
    with serve(site) as base, pytest.raises(AddressError, match="http and https"):
        ask(base)


@pytest.mark.parametrize(
    "url", ["", "no address", "ftp://a.example/b", "http://", "//x"]
)
def test_a_file_without_an_address_is_refused(url: str) -> None:
    with pytest.raises(AddressError):
        on_a_loop(lambda: http.fetch(url, STRANGER, max_bytes=100))
