"""The wire between a widget and its browser: what crosses it is recorded and sent."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from comm.base_comm import BaseComm

from booru_nb.errors import LoopError
from booru_nb.loop import call_on_app_loop, run

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipywidgets import Widget

HANG = 20.0  # seconds after which a wait is a failure


class Pulse:
    """Lets a test wait until something holds, looked at whenever something crosses."""

    def __init__(self) -> None:
        self._waiting: list[asyncio.Event] = []

    def beat(self) -> None:
        """Have every wait look again; without a loop there is none."""
        with suppress(LoopError):
            call_on_app_loop(self._beat)

    def until(self, holds: Callable[[], object]) -> None:
        """Return when it holds, whichever thread the loop runs on."""
        run(self._until(holds), HANG)

    def settle(self) -> None:
        """Return when the loop has done what is scheduled on it now."""
        run(self._turns(20), HANG)

    async def _turns(self, count: int) -> None:
        for _ in range(count):
            await asyncio.sleep(0)

    async def _until(self, holds: Callable[[], object]) -> None:
        while not holds():
            event = asyncio.Event()
            self._waiting.append(event)
            await event.wait()

    def _beat(self) -> None:
        events, self._waiting = self._waiting, []
        for event in events:
            event.set()


class Wire(BaseComm):
    """A widget's comm, which ends in a list.

    Attributes
    ----------
    sent : list of (content, buffers)
        The custom messages to the browser, in their order.
    states : list of dict
        The changes of state to the browser, in their order.
    """

    def __init__(self, widget: Widget, pulse: Pulse | None = None) -> None:
        self.sent: list[tuple[dict[str, Any], list[bytes]]] = []
        self.states: list[dict[str, Any]] = []
        self.pulse = pulse or Pulse()
        super().__init__(target_name="jupyter.widget")
        widget.comm = self

    def publish_msg(
        self,
        msg_type: str,
        data: dict[str, Any] | None = None,
        metadata: dict[str, Any] | None = None,
        buffers: list[bytes] | None = None,
        **_: Any,
    ) -> None:
        del metadata
        if msg_type != "comm_msg" or data is None:
            return
        if data["method"] == "custom":
            self.sent.append((data["content"], buffers or []))
        else:
            self.states.append(data["state"])
        self.pulse.beat()

    def say(self, **content: Any) -> None:
        """Send a message as the browser does."""
        data = {"method": "custom", "content": content}
        self.handle_msg({"content": {"data": data}, "buffers": []})

    def say_on_a_thread(self, **content: Any) -> None:
        """Send a message that reaches Python on another thread, as a subshell's do."""
        run(asyncio.to_thread(self.say, **content), HANG)

    def heard(self, kind: str) -> list[dict[str, Any]]:
        """Return the messages of a kind that were sent to the browser."""
        return [content for content, _ in self.sent if content["kind"] == kind]
