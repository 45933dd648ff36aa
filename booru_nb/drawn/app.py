"""The demo booru as one ASGI application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.drawn.calls import Calls, read_call
from booru_nb.drawn.danbooru.site import DanbooruSite
from booru_nb.drawn.faults import Faults
from booru_nb.drawn.pictures.gallery import Gallery
from booru_nb.drawn.posts.booru import Booru

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from starlette.types import Message, Receive, Scope, Send

ACCOUNTS = {"demo": "demo-key"}


class DemoApp:
    """The demo booru; called as any ASGI application is.

    Parameters
    ----------
    cache, tag_limit, published, accounts
        As for `booru_nb.drawn.create_app`.

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
        *,
        cache: Path | None = None,
        tag_limit: int | None = 2,
        published: int | None = None,
        accounts: Mapping[str, str] | None = None,
    ) -> None:
        self.booru = Booru(published=published)
        self.gallery = Gallery(cache)
        self.faults = Faults()
        self.calls = Calls()
        site = DanbooruSite(
            self.booru,
            self.gallery,
            tag_limit=tag_limit,
            accounts=ACCOUNTS if accounts is None else accounts,
        )
        self._site = site.app()

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
