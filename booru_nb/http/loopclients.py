"""What belongs to one event loop: its clients, and who waits for which host."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Literal, TypeAlias
from weakref import WeakValueDictionary

if TYPE_CHECKING:
    import httpx

    from booru_nb.http.setup import Setup

Kind: TypeAlias = Literal["site", "media"]


class SharedClient:
    """A client, and how many requests are under way on it.

    Parameters
    ----------
    client : httpx.AsyncClient
        The client.
    setup : Setup
        What it was built with.
    """

    def __init__(self, client: httpx.AsyncClient, setup: Setup) -> None:
        self.client = client
        self.setup = setup
        self.users = 0
        self.closed = False

    async def aclose(self) -> None:
        """Close the client; what is under way on it fails."""
        self.closed = True
        await self.client.aclose()


class LoopClients:
    """What belongs to one event loop: its clients, and who waits for which host."""

    def __init__(self) -> None:
        self.clients: dict[Kind, SharedClient] = {}
        self.retired: list[SharedClient] = []
        # These live as long as somebody waits for them or holds them.
        self._gates: WeakValueDictionary[tuple[str, int], asyncio.Semaphore] = (
            WeakValueDictionary()
        )
        self._queues: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def gate(self, host: str, connections: int) -> asyncio.Semaphore:
        """Return what lets so many requests to a host through at once.

        The pool below is slow where more requests wait than it has connections.
        """
        key = host, connections
        gate = self._gates.get(key)
        if gate is None:
            gate = self._gates[key] = asyncio.Semaphore(connections)
        return gate

    def queue(self, host: str) -> asyncio.Lock:
        """Return the queue of those who wait for a host's clock."""
        queue = self._queues.get(host)
        if queue is None:
            queue = self._queues[host] = asyncio.Lock()
        return queue

    async def close_idle(self) -> None:
        """Close the clients that were replaced and that no request uses any more."""
        idle = [shared for shared in self.retired if not shared.users]
        self.retired = [shared for shared in self.retired if shared.users]
        for shared in idle:
            await shared.aclose()

    async def aclose(self) -> None:
        """Close the client of files, then that of sites, then those replaced."""
        kinds: tuple[Kind, ...] = ("media", "site")
        current = [self.clients.pop(kind, None) for kind in kinds]
        replaced, self.retired = self.retired, []
        await _close_each([shared for shared in current if shared] + replaced)


async def _close_each(clients: list[SharedClient]) -> None:
    """Close every client, also where closing one of them fails."""
    if not clients:
        return
    first, *rest = clients
    try:
        await first.aclose()
    finally:
        await _close_each(rest)
