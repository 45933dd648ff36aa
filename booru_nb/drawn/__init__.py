"""A booru of pictures that code draws, for trying things without a network.

It has three parts that know little of each other: `posts` makes up what there is and
says in tags what it shows, `pictures` draws it, and `danbooru` puts both into the words
of Danbooru's API. `DemoApp` is all of it as one ASGI application, which can be told to
misbehave.

Importing this is cheap; what is heavy is imported when the application is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from booru_nb.drawn.app import DemoApp

HOST = "demo.booru-nb.invalid"
"""The host that the demo booru has when it is called in process; it is nowhere."""

URL = f"http://{HOST}"


def create_app(
    *,
    cache: Path | None = None,
    tag_limit: int | None = 2,
    published: int | None = None,
    accounts: Mapping[str, str] | None = None,
) -> DemoApp:
    """Return the demo booru as an ASGI application; nothing is drawn yet.

    Parameters
    ----------
    cache : Path, optional
        Where pictures are remembered (default: ``demo`` in the package's cache folder).
    tag_limit : int or None
        How many tags a query may have; None for any number. Danbooru's is 2.
    published : int, optional
        How many of the posts, the oldest, can be seen at the start (default: all).
        ``app.booru.publish(n)`` shows the next ones.
    accounts : mapping of str to str, optional
        The API key of each login (default: ``demo`` has ``demo-key``).
    """
    from booru_nb.drawn.app import DemoApp  # noqa: PLC0415  # needs Pillow and a server

    return DemoApp(
        cache=cache, tag_limit=tag_limit, published=published, accounts=accounts
    )
