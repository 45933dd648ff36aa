"""Calls of a `distributed` client that block no loop."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from distributed.client import ClosedClientError

from booru_nb.errors import ClusterError

if TYPE_CHECKING:
    from collections.abc import Callable

    from distributed import Client


class Calls:
    """Calls of a client, whichever loop it belongs to.

    Parameters
    ----------
    client : distributed.Client
        The client.
    """

    def __init__(self, client: Client) -> None:
        self.client: Any = client

    def check(self) -> None:
        """Refuse a client that does not work (any more).

        Raises
        ------
        ClusterError
            If it is closed.
        """
        if self.client.status not in {"running", "connecting"}:
            raise ClusterError(
                f"This client of a cluster is {self.client.status}. What is committed "
                "stays; go on with a new client."
            )

    async def __call__(self, method: Callable[..., Any], *arguments: object) -> Any:  # noqa: ANN401 - whatever that returns
        """Return what a method returns, without blocking this loop.

        Raises
        ------
        ClusterError
            If the cluster does not answer, or the client is closed meanwhile.
        """
        try:
            if self.client.loop.asyncio_loop is asyncio.get_running_loop():
                return await method(*arguments)
            return await asyncio.to_thread(method, *arguments)
        except (OSError, ClosedClientError) as error:
            raise ClusterError(
                "The cluster does not answer. What is committed stays; run the export "
                f"again. ({type(error).__name__}: {error})"
            ) from error
        except RuntimeError:
            # What a client's loop says that has ended.
            self.check()
            raise
