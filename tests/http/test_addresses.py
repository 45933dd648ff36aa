"""Which addresses may be contacted."""

import socket

import pytest

from booru_nb.errors import AddressError
from booru_nb.http.addresses import check_host, public_socket

LOOPBACK = [
    "127.0.0.1",
    "127.0.0.1.",
    "127.1",
    "0x7f.1",
    "0x7f000001",
    "017700000001",
    "2130706433",
    "0177.0.0.1",
    "::1",
    "[::1]",
    "::",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "::127.0.0.1",
]
SPECIAL = [
    "0.0.0.0",  # noqa: S104  refused, not bound to
    "10.1.2.3",
    "100.64.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "203.0.113.9",
    "224.0.0.1",
    "255.255.255.255",
    "64:ff9b::8.8.8.8",
    "64:ff9b:1::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "fd00:ec2::254",
]
NAMES = [
    "localhost",
    "LOCALHOST.",
    "booru.localhost",
    "nas.local",
    "metadata.google.internal",
    "router.lan",
    "nas",
    "box.home.arpa",
]
PUBLIC = [
    "danbooru.donmai.us",
    "localhost.example.com",
    "8.8.8.8",
    "134744072",
    "172.32.0.1",
    "100.128.0.1",
    "2606:4700::1111",
    "[2a00:1450:4001::1]",
]


@pytest.mark.parametrize("host", LOOPBACK + SPECIAL + NAMES)
def test_a_private_host_is_refused_in_every_spelling(host: str) -> None:
    with pytest.raises(AddressError, match=r"allow_private=True"):
        check_host(host)


@pytest.mark.parametrize("host", PUBLIC)
def test_a_public_host_is_not_refused(host: str) -> None:
    check_host(host)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254"])
def test_no_socket_is_made_for_a_private_address(address: str) -> None:
    info = (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80))

    with pytest.raises(AddressError, match="was not contacted"):
        public_socket(info)


def test_no_socket_is_made_for_a_mapped_address() -> None:
    info = (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("::ffff:10.0.0.1", 80, 0, 0))

    with pytest.raises(AddressError, match="was not contacted"):
        public_socket(info)


def test_a_socket_is_made_for_a_public_address() -> None:
    info = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 80))

    with public_socket(info) as made:
        assert made.family == socket.AF_INET
