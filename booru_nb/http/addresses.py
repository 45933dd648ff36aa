"""Which addresses may be contacted: those of the public internet.

A site's answer names further addresses (pictures, redirects), and a name may be bound
to any address. So what is private is refused twice: names and literal addresses before
a request, on every hop; and the address itself when its socket is made, after which no
name can be bound anew. Only for the host of a site that was added with
``allow_private=True`` both are left out.

Behind a proxy the second check is the proxy's: it resolves the names.
"""

from __future__ import annotations

import functools
import ipaddress
import socket
from typing import TypeAlias

from booru_nb.errors import AddressError

PRIVATE_HOST = "booru_nb.private_host"
"""The extension of a request that names the one host that may be private."""

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
AddressInfo: TypeAlias = tuple[int, int, int, str, tuple[str | int, ...]]

# The registries of special addresses of IANA, as of 2025.
_REFUSED_V4 = tuple(
    map(
        ipaddress.IPv4Network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # behind a carrier's NAT
            "127.0.0.0/8",  # loopback
            "169.254.0.0/16",  # link-local, and the metadata of cloud machines
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # protocol assignments
            "192.0.2.0/24",  # documentation
            "192.88.99.0/24",  # relays of 6to4
            "192.168.0.0/16",  # private
            "198.18.0.0/15",  # benchmarks
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, and broadcast
        ),
    )
)
# Everything else is no address of a host: loopback, link-local, site-local, unique
# local, multicast, and the ways to write an IPv4 address (mapped, compatible, NAT64).
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
_REFUSED_V6 = tuple(
    map(
        ipaddress.IPv6Network,
        (
            "2001::/23",  # protocol assignments, among them Teredo
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4, which holds an IPv4 address
            "3fff::/20",  # documentation
        ),
    )
)
_LOCAL_ENDINGS = (
    ".localhost",
    ".localdomain",
    ".local",
    ".internal",
    ".intranet",
    ".lan",
    ".home.arpa",
)


def is_public(address: Address) -> bool:
    """Tell whether an address is one of a host on the public internet."""
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _REFUSED_V4)
    return address in _GLOBAL_V6 and not any(
        address in network for network in _REFUSED_V6
    )


def literal(host: str) -> Address | None:
    """Return the address that a host is, in any spelling; None where it is a name.

    ``127.1``, ``0x7f.1``, ``017700000001`` and ``2130706433`` are all loopback to the
    operating system, so they are here.
    """
    name = host.strip("[]").rstrip(".").partition("%")[0]
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(name))
    except (OSError, ValueError):
        return None


def check_host(host: str) -> None:
    """Refuse a host that is private or local by its very name.

    Parameters
    ----------
    host : str
        A name or a literal address, as it stands in a URL.

    Raises
    ------
    AddressError
        If it is.
    """
    if not _may_be_public(host):
        raise AddressError(refusal(host))


@functools.lru_cache(maxsize=1024)
def _may_be_public(host: str) -> bool:
    address = literal(host)
    if address is not None:
        return is_public(address)
    name = host.rstrip(".").lower()
    # A name without a dot is looked up in the network that this machine is in.
    return "." in name and not name.endswith(_LOCAL_ENDINGS)


def refusal(host: str) -> str:
    """Return the sentence that says why a host is not contacted."""
    return (
        f"{host!r} is a private or local address, so it was not contacted. If this "
        "is a site of your own, add it with allow_private=True."
    )


def public_socket(info: AddressInfo) -> socket.socket:
    """Make the socket of a connection that is about to be opened, if it may be.

    Parameters
    ----------
    info : tuple
        One entry of what ``socket.getaddrinfo`` returns.

    Raises
    ------
    AddressError
        If the address is not public.
    """
    family, kind, protocol, _, place = info
    address = literal(str(place[0]))
    if address is None or not is_public(address):
        # The address itself is left out: several that are refused make one error.
        raise AddressError(refusal("this host"))
    return socket.socket(family, kind, protocol)
