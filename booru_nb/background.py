"""A loop on a daemon thread of its own, for where no kernel runs one."""

from __future__ import annotations

import asyncio
import logging
import threading
from contextlib import suppress

from booru_nb.errors import LoopError

_log = logging.getLogger(__name__)

PATIENCE = 2.0
"""Seconds that cancelled work may take to end; JupyterLab kills a kernel after five."""


class BackgroundLoop:
    """An event loop that runs on its own thread from now until `stop`.

    Parameters
    ----------
    patience : float
        Seconds that cancelled work may take to end.

    Attributes
    ----------
    loop : asyncio.AbstractEventLoop
        The loop; it runs when the constructor returns.
    thread_id : int
        The thread that runs it.
    """

    def __init__(self, *, patience: float = PATIENCE) -> None:
        self.loop = asyncio.new_event_loop()
        self._patience = patience
        started = threading.Event()
        self.loop.call_soon(started.set)
        self._thread = threading.Thread(
            target=self._forever, name="booru_nb loop", daemon=True
        )
        self._thread.start()
        started.wait()
        self.thread_id = self._thread.ident or 0

    def _forever(self) -> None:
        asyncio.set_event_loop(self.loop)
        try:
            self._serve()
            self.loop.run_until_complete(self._cancel_all())
        finally:
            self.loop.close()

    def _serve(self) -> None:
        while True:
            try:
                self.loop.run_forever()
            except (KeyboardInterrupt, SystemExit):
                # Raised by one piece of work, and its caller's affair: the loop serves
                # the others, too.
                continue
            return

    def stop(self) -> None:
        """Cancel what runs, stop the loop, close it and end the thread.

        Work that does not end in time is left behind, with a warning in the log. So
        are calls in worker threads, which finish by themselves.

        Raises
        ------
        LoopError
            If this is called on the loop's own thread.
        """
        if threading.get_ident() == self.thread_id:
            raise LoopError(
                "The background loop cannot be stopped from its own thread."
            )
        with suppress(RuntimeError):  # somebody else has closed it
            self.loop.call_soon_threadsafe(self.loop.stop)
        # Time for the work, for the async generators, and a little for the loop.
        self._thread.join(2 * self._patience + 1)
        if self._thread.is_alive():
            _log.warning("The background loop is stuck, and is left to itself.")

    async def _cancel_all(self) -> None:
        until = self.loop.time() + self._patience
        while others := asyncio.all_tasks() - {asyncio.current_task()}:
            left = until - self.loop.time()
            if left <= 0:
                _log.warning(
                    "Work did not end when it was cancelled, and is left behind: %s",
                    ", ".join(sorted(task.get_name() for task in others)),
                )
                break
            for task in others:
                # A second cancellation would break off what the first has it wind up.
                if not task.cancelling():
                    task.cancel()
            await asyncio.wait(others, timeout=left)
        with suppress(TimeoutError):
            await asyncio.wait_for(self.loop.shutdown_asyncgens(), self._patience)
