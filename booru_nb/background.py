"""A loop on a daemon thread of its own, for where no kernel runs one."""

from __future__ import annotations

import asyncio
import threading

PATIENCE = 5.0
"""Seconds that cancelled work may take to end before the thread is left to itself."""


class BackgroundLoop:
    """An event loop that runs on its own thread from now until `stop`.

    Attributes
    ----------
    loop : asyncio.AbstractEventLoop
        The loop; it runs when the constructor returns.
    thread_id : int
        The thread that runs it.
    """

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
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
        self.loop.run_forever()

    def stop(self) -> None:
        """Cancel what runs, stop the loop, end the thread and close the loop."""
        if self.loop.is_closed():
            return
        ending = asyncio.run_coroutine_threadsafe(self._cancel_all(), self.loop)
        try:
            ending.result(PATIENCE)
        finally:
            self.loop.call_soon_threadsafe(self.loop.stop)
            self._thread.join(PATIENCE)
            if not self.loop.is_running():
                self.loop.close()

    async def _cancel_all(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self.loop.shutdown_asyncgens()
        await self.loop.shutdown_default_executor()
