"""A loop on a daemon thread of its own, for where no kernel runs one."""

from __future__ import annotations

import asyncio
import logging
import threading

from booru_nb.errors import LoopError

_log = logging.getLogger(__name__)

PATIENCE = 5.0
"""Seconds that cancelled work may take to end before the thread is left to itself."""


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
        while True:
            try:
                self.loop.run_forever()
            except (KeyboardInterrupt, SystemExit):
                # Raised by one piece of work, and its caller's affair: the loop serves
                # the others, too.
                continue
            return

    def stop(self) -> None:
        """Cancel what runs, stop the loop, end the thread and close the loop.

        Work that does not end in time is left behind, with a warning in the log. So
        are calls in worker threads, which finish by themselves.

        Raises
        ------
        LoopError
            If this is called on the loop's own thread.
        """
        if self.loop.is_closed():
            return
        if threading.get_ident() == self.thread_id:
            raise LoopError(
                "The background loop cannot be stopped from its own thread."
            )
        ending = asyncio.run_coroutine_threadsafe(self._cancel_all(), self.loop)
        try:
            # The work's patience, and a little for the loop itself.
            ending.result(self._patience + 1)
        except TimeoutError:
            _log.warning("The background loop is stuck, and is left to itself.")
        finally:
            self.loop.call_soon_threadsafe(self.loop.stop)
            self._thread.join(self._patience)
            if not self.loop.is_running():
                self.loop.close()

    async def _cancel_all(self) -> None:
        until = self.loop.time() + self._patience
        mine = asyncio.current_task()
        while others := asyncio.all_tasks() - {mine}:
            left = until - self.loop.time()
            if left <= 0:
                _log.warning(
                    "%d pieces of work did not end when cancelled.", len(others)
                )
                return
            for task in others:
                task.cancel()
            await asyncio.wait(others, timeout=left)
        await self.loop.shutdown_asyncgens()
