"""The demo booru as one ASGI application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.drawn.calls import Calls, read_call
from booru_nb.drawn.dialects import DIALECTS
from booru_nb.drawn.faults import Faults
from booru_nb.drawn.options import Options
from booru_nb.drawn.pictures.gallery import Gallery
from booru_nb.drawn.posts.booru import Booru

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.types import Message, Receive, Scope, Send


class DemoApp:
    """The demo booru; called as any ASGI application is.

    Parameters
    ----------
    dialect : str
        One of `booru_nb.drawn.dialects.DIALECTS`.
    cache : Path, optional
        Where pictures are remembered.
    published : int, optional
        How many posts can be seen at the start.
    options : Options, optional
        How strict it is, and to whom.

    Attributes
    ----------
    booru : Booru
        Its posts and tags; ``booru.publish(n)`` and ``booru.add(like=id)`` let new
        ones come.
    gallery : Gallery
        Its pictures.
    faults : Faults
        What goes wrong; see `booru_nb.drawn.faults`.
    calls : Calls
        What it was asked.
    """

    def __init__(
        self,
        dialect: str = "danbooru",
        *,
        cache: Path | None = None,
        published: int | None = None,
        options: Options | None = None,
    ) -> None:
        self.booru = Booru(published=published)
        self.gallery = Gallery(cache)
        self.faults = Faults()
        self.calls = Calls()
        kind = DIALECTS[dialect]
        self._site = kind(self.booru, self.gallery, options or Options()).app()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or do to it what a fault says."""
        if scope["type"] != "http":
            await self._site(scope, receive, send)
            return
        call = read_call(scope)

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                call.status = message["status"]
            await send(message)

        self.calls.begin(call)
        try:
            action = self.faults.take(call)
            if action is None:
                await self._site(scope, receive, noted)
            else:
                await action(self._site, scope, receive, noted)
        finally:
            self.calls.end(call)
