"""How many failures in a row a host may have before it is given up."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from booru_nb.errors import MediaError, NotFoundError, SiteError, UnreachableError

if TYPE_CHECKING:
    from booru_nb.errors import BooruError

MOST = 40
"""Attempts in a row that may fail at one host, of however many files."""


class Patience:
    """What a run thinks of the hosts that it asks.

    Parameters
    ----------
    most : int
        Attempts in a row that may fail.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._failures: dict[str, int] = {}
        self._given_up: dict[str, str] = {}

    @staticmethod
    def host_of(url: str) -> str:
        """Return the host of an address, with its port where it names one."""
        try:
            return urlsplit(url).netloc.rpartition("@")[2] or "?"
        except ValueError:
            return "?"

    def worked(self, url: str) -> None:
        """Note that a file came."""
        self._failures.pop(self.host_of(url), None)

    def failed(self, url: str, error: BooruError) -> bool:
        """Note that an attempt failed, and tell whether its host may be asked again."""
        host = self.host_of(url)
        counts = isinstance(error, UnreachableError | SiteError | MediaError)
        # A post without a file says nothing about its host.
        if counts and not isinstance(error, NotFoundError):
            self._failures[host] = self._failures.get(host, 0) + 1
            if self._failures[host] >= self._most:
                self._given_up.setdefault(host, str(error))
        return host not in self._given_up

    def refusal(self, url: str) -> str | None:
        """Return why an address is not asked any more; None where it may be."""
        host = self.host_of(url)
        if host not in self._given_up:
            return None
        return (
            f"{host!r} was given up after {self._most} failures in a row, the last "
            f"being: {self._given_up[host]}"
        )
