"""What goes wrong on the way to a site, said in a sentence of ours.

The HTTP libraries' exceptions carry the request, and with it the key in its address.
So none of them leaves this package: each is read here, once, and what is raised has
no cause and no context.
"""

from __future__ import annotations

import errno
import socket
import ssl
from typing import TYPE_CHECKING, NoReturn

from booru_nb.errors import (
    AddressError,
    BadAnswerError,
    BooruError,
    NoAnswerInTimeError,
    UnreachableError,
)
from booru_nb.http.addresses import refusal
from booru_nb.http.redaction import redact

if TYPE_CHECKING:
    from collections.abc import Iterator

ALWAYS = 1_000
"""More retries than any policy allows."""

_NONSENSE = {
    "ClientResponseError",
    "DecodingError",
    "RemoteProtocolError",
    "TooManyRedirects",
}
_NAMELESS = {
    code
    for name in ("EAI_NONAME", "EAI_NODATA", "EAI_FAIL")
    if (code := getattr(socket, name, None)) is not None
}


class FailedError(Exception):
    """An attempt that failed; never seen outside of this package.

    Attributes
    ----------
    error : BooruError
        What a caller gets to see.
    retries : int
        How many further attempts it is worth at most.
    """

    def __init__(self, error: BooruError, *, retries: int = 0) -> None:
        super().__init__(str(error))
        self.error = error
        self.retries = retries


def read_failure(failure: BaseException, host: str) -> FailedError:
    """Return what a foreign exception means.

    Parameters
    ----------
    failure : BaseException
        As the HTTP libraries raised it.
    host : str
        Whom the request was for.
    """
    chain = list(_causes(failure))
    if any(isinstance(link, AddressError) for link in chain):
        return FailedError(AddressError(refusal(host)))
    if any(isinstance(link, TimeoutError) for link in chain):
        return FailedError(no_answer(host))
    for link in chain:
        if isinstance(link, ssl.SSLCertVerificationError):
            return FailedError(UnreachableError(_untrusted(host, link)))
        if isinstance(link, socket.gaierror):
            return _unresolved(host, link)
    return _by_name(chain, host)


def _by_name(chain: list[BaseException], host: str) -> FailedError:
    """Tell by the names of the libraries' classes, which are imported only later."""
    names = {kind.__name__ for link in chain for kind in type(link).__mro__}
    if names & {"InvalidURL", "UnsupportedProtocol"}:
        return FailedError(AddressError(f"An address at {host!r} cannot be used."))
    if "ClientConnectorError" in names:
        return FailedError(UnreachableError(_not_connected(host, chain)), retries=1)
    if names & _NONSENSE:
        return FailedError(BadAnswerError(_nonsense(host, names)))
    msg = f"The connection to {host!r} broke off. Try again in a while."
    return FailedError(UnreachableError(msg), retries=ALWAYS)


def no_answer(host: str) -> NoAnswerInTimeError:
    """Return the error of an answer that does not come."""
    return NoAnswerInTimeError(
        f"{host!r} did not answer in time. Try again, or give the site a longer "
        "time-out."
    )


def cut_off() -> UnreachableError:
    """Return the error of a request during which the clients were closed."""
    return UnreachableError(
        "The connections were closed while this was under way. Open the library again: "
        "bn.open()."
    )


def _causes(failure: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while failure is not None and id(failure) not in seen:
        seen.add(id(failure))
        yield failure
        failure = failure.__cause__ or failure.__context__


def _untrusted(host: str, link: ssl.SSLCertVerificationError) -> str:
    return (
        f"The certificate of {host!r} cannot be trusted "
        f"({redact(link.verify_message)}). Check the address."
    )


def _unresolved(host: str, link: socket.gaierror) -> FailedError:
    if link.errno in _NAMELESS:
        msg = f"There is no host named {host!r}. Check the address, and the network."
        return FailedError(UnreachableError(msg))
    msg = f"The name {host!r} could not be looked up. Check the network."
    return FailedError(UnreachableError(msg), retries=1)


def _not_connected(host: str, chain: list[BaseException]) -> str:
    codes = [link.errno for link in chain if isinstance(link, OSError) and link.errno]
    reason = "refused" if errno.ECONNREFUSED in codes else "not made"
    return f"The connection to {host!r} was {reason}. Check the address and the port."


def _nonsense(host: str, names: set[str]) -> str:
    if "TooManyRedirects" in names:
        return f"{host!r} redirects in a circle. Check its address."
    if "DecodingError" in names:
        return f"{host!r} sent an answer whose compression is broken."
    return f"{host!r} answered something that is not HTTP. Check its address."


def raise_alone(error: BooruError) -> NoReturn:
    """Raise an error to which no other is attached.

    What went wrong underneath knows the request, and the key in it. asyncio's tasks in
    Python, which nest-asyncio2 puts in place, run a step inside the handler of what it
    waited for, so leaving every handler here is not enough.
    """
    try:
        raise error
    except BooruError:
        error.__context__ = None
        raise
