"""One post, large: its picture, its facts, its tags. Other half: ``static/details.js``.

What crosses the wire, and when:

- to the browser, ``{"kind": "post", "number", "post"}`` when a post is shown, with
  what `describe` returns (or null for none). Numbers count the posts shown;
- to the browser, ``{"kind": "picture", "number", "mime"}`` and one binary buffer, or
  ``{"kind": "problem", "number", "problem"}``, when its picture is there, or cannot
  be had. Only the post that was shown last gets one: a later post cancels the fetch;
- to the browser, ``{"kind": "kept", "number", "kept", "folders"}`` when that changes
  (`kept` is ``{"folder", "note"}`` of the bookmark, or null where there is none),
  ``{"kind": "groups", "number", "groups"}`` when more is known of its tags, and
  ``{"kind": "blurred", "number", "blurred"}``;
- to Python, ``{"kind": "ready"}`` once a browser page, which is answered with all of
  the above, so that no picture has to be kept in the widget's state;
- to Python, ``{"kind": "tag", "tag", "how"}`` (`how` is ``"search"``, ``"add"`` or
  ``"exclude"``), ``{"kind": "bookmark", "number", "on", "folder", "note"}``,
  ``{"kind": "step", "by"}``, ``{"kind": "again"}`` and ``{"kind": "close"}`` at a click
  or a key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anywidget
import traitlets as t

from booru_nb.errors import BooruError
from booru_nb.guard import withholds
from booru_nb.loop import call_on_app_loop, run_on_app_loop
from booru_nb.widgets.backend import Kept
from booru_nb.widgets.description import describe, groups, has_picture
from booru_nb.widgets.modules import joined, styles

if TYPE_CHECKING:
    import concurrent.futures
    from collections.abc import Awaitable, Callable, Sequence

    from booru_nb.post import Post
    from booru_nb.widgets.item import Picture

NO_PICTURE = "The site shows no picture of this post to this account."


class Details(anywidget.AnyWidget):
    """A panel that shows one post.

    Parameters
    ----------
    preview : callable
        Given a post, it is awaited for a larger picture of it.
    on_tag : callable
        Called with a tag and what to do with it: ``"search"`` for it, ``"add"`` it to
        the query, or ``"exclude"`` it.
    on_bookmark : callable
        Called with the post and what to keep of it, or with None to drop it.
    on_step : callable
        Called with 1 for the next post, -1 for the one before.
    on_close : callable
        Called when the panel is to go away.
    height : int, default 600
        Pixels that the panel is high at the most.

    Attributes
    ----------
    post : Post or None
        What is shown.

    Notes
    -----
    All of them are called on the registered loop. What goes wrong with the picture is
    shown in its place.
    """

    _esm = joined("details.js")
    _css = styles("theme.css", "details.css")

    height = t.Int(600).tag(sync=True)
    """Pixels that the panel is high at the most."""

    def __init__(  # noqa: PLR0913 - a view with this many ways out
        self,
        *,
        preview: Callable[[Post], Awaitable[Picture]],
        on_tag: Callable[[str, str], object],
        on_bookmark: Callable[[Post, Kept | None], object],
        on_step: Callable[[int], object],
        on_close: Callable[[], object],
        height: int = 600,
    ) -> None:
        super().__init__(height=height)
        self.post: Post | None = None
        self._preview = preview
        self._on_tag = on_tag
        self._on_bookmark = on_bookmark
        self._on_step = on_step
        self._on_close = on_close
        self._number = 0
        self._description: dict[str, Any] | None = None
        self._picture: tuple[dict[str, Any], list[bytes]] | None = None
        self._fetching: concurrent.futures.Future[None] | None = None
        self.on_msg(self._receive)

    def show(
        self,
        post: Post | None,
        *,
        kept: Kept | None = None,
        folders: Sequence[str] = (),
        blurred: bool = False,
        place: str = "",
    ) -> None:
        """Show a post, and fetch its picture. Called on the registered loop.

        Parameters
        ----------
        post : Post or None
            The post; None empties the panel, and so does one that the guard withholds.
        kept : Kept, optional
            Its bookmark (default: it has none).
        folders : sequence of str, optional
            The folders to choose from.
        blurred : bool, default False
            Whether the picture is blurred until somebody asks to see it.
        place : str, optional
            Where it stands among the others, such as ``"3"``.
        """
        self._cancel()
        self._number += 1
        self._picture = None
        self.post = None if post is None or withholds(post) else post
        self._description = None
        if self.post is not None:
            self._description = describe(self.post) | {
                "kept": _said(kept),
                "folders": list(folders),
                "blurred": blurred,
                "place": place,
            }
        self._tell_post()
        self._fetch()

    def mark(self, kept: Kept | None, *, folders: Sequence[str] = ()) -> None:
        """Show whether the post is kept, and how. Called on the registered loop."""
        now = {"kept": _said(kept), "folders": list(folders)}
        if self._description is None or self._description == self._description | now:
            return
        self._description |= now
        self._tell("kept", **now)

    def amend(self, post: Post) -> None:
        """Show the same post's tags as they are known now. Called on the loop."""
        if self._description is None or self.post is None or self.post.key != post.key:
            return
        self.post = post
        known = groups(post)
        if known != self._description["groups"]:
            self._description["groups"] = known
            self._tell("groups", groups=known)

    def blur(self, *, on: bool) -> None:
        """Blur the picture, or show it. Called on the registered loop."""
        if self._description is not None and self._description["blurred"] != on:
            self._description["blurred"] = on
            self._tell("blurred", blurred=on)

    def close(self) -> None:
        """Cancel the fetch of the picture, and take the panel off the page."""
        self._cancel()
        super().close()

    def _cancel(self) -> None:
        if self._fetching is not None:
            self._fetching.cancel()
            self._fetching = None

    def _receive(self, _widget: object, content: dict[str, Any], _: object) -> None:
        """Take a message of the browser, on whatever thread it comes."""
        call_on_app_loop(self._handle, content)

    def _handle(self, content: dict[str, Any]) -> None:
        match content:
            case {"kind": "ready"}:
                self._tell_post()
                if self._picture is not None:
                    self.send(*self._picture)
            case {"kind": "again"}:
                self._picture = None
                self._fetch()
            case {"kind": "tag", "tag": tag, "how": how}:
                self._on_tag(tag, how)
            case {"kind": "bookmark", "number": number, "on": on}:
                if self.post is not None and number == self._number:
                    said = Kept(content.get("folder"), content.get("note"))
                    self._on_bookmark(self.post, said if on else None)
            case {"kind": "step", "by": by}:
                self._on_step(by)
            case {"kind": "close"}:
                self._on_close()

    def _fetch(self) -> None:
        self._cancel()
        if self.post is None:
            return
        if has_picture(self.post):
            self._fetching = run_on_app_loop(self._bring(self.post, self._number))
        else:
            self._keep({"kind": "problem", "problem": NO_PICTURE, "final": True})

    async def _bring(self, post: Post, number: int) -> None:
        """Fetch a post's picture and send it, or say why it cannot be had."""
        try:
            picture = await self._preview(post)
        except BooruError as error:
            outcome = {"kind": "problem", "problem": str(error), "final": False}
            buffers = []
        else:
            outcome = {"kind": "picture", "mime": picture.mime}
            buffers = [picture.data]
        if number == self._number:
            self._keep(outcome, buffers)

    def _keep(
        self, outcome: dict[str, Any], buffers: list[bytes] | None = None
    ) -> None:
        """Send what became of the picture, and keep it for who asks later."""
        self._picture = ({**outcome, "number": self._number}, buffers or [])
        self.send(*self._picture)

    def _tell_post(self) -> None:
        self._tell("post", post=self._description)

    def _tell(self, kind: str, **content: object) -> None:
        self.send({"kind": kind, "number": self._number, **content})


def _said(kept: Kept | None) -> dict[str, str] | None:
    """Return what is said of a bookmark as it crosses to the browser."""
    if kept is None:
        return None
    return {"folder": kept.folder or "", "note": kept.note or ""}
