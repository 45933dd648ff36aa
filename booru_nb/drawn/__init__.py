"""A booru of pictures that code draws, for trying things without a network.

It has three parts that know little of each other: `posts` makes up what there is and
says in tags what it shows, `pictures` draws it, and `dialects` put both into the words
of one engine or another, a package each. `DemoApp` is all of it as one ASGI
application, which can be told to misbehave.

Importing this is cheap; what is heavy is imported when the application is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from booru_nb.drawn.app import DemoApp
    from booru_nb.drawn.options import Form, Limit

HOST = "demo.booru-nb.invalid"
"""The host that the demo booru has when it is called in process; it is nowhere."""

URL = f"http://{HOST}"


def create_app(  # noqa: PLR0913  # each is one trait of a site
    *,
    dialect: str = "danbooru",
    cache: Path | None = None,
    tag_limit: Limit = "usual",
    published: int | None = None,
    accounts: Mapping[str, str] | None = None,
    login_needed: bool = False,
    deepest: int | None = None,
    form: Form | None = None,
) -> DemoApp:
    """Return the demo booru as an ASGI application; nothing is drawn yet.

    Parameters
    ----------
    dialect : str
        The engine that it speaks like: ``danbooru``, ``e621``, ``gelbooru`` (0.2.5),
        ``gelbooru02``, ``moebooru``, ``philomena``, ``szurubooru`` or ``shimmie2``.
    cache : Path, optional
        Where pictures are remembered (default: ``demo`` in the package's cache folder).
    tag_limit : int, "usual" or None
        How many tags a query may have; None for any number. Danbooru's is 2, e621's
        40, Moebooru's 6, and the others have none.
    published : int, optional
        How many of the posts, the oldest, can be seen at the start (default: all).
        ``app.booru.publish(n)`` shows the next ones.
    accounts : mapping of str to str, optional
        The API key of each login (default: ``demo`` has ``demo-key``).
    login_needed : bool
        Whether nobody is answered without a login, as on gelbooru.com. Philomena has
        no such sites.
    deepest : int, optional
        How far numbered pages reach, where that engine has an end: in pages for
        Danbooru (1000) and e621 (750), in posts for Gelbooru (20,000; 200,000 in
        0.2). Shimmie2 has one only if this is given, in posts; the others never.
    form : "json" or "xml", optional
        What Gelbooru's dialects send whatever was asked for.

    Raises
    ------
    ValueError
        If no dialect is called so.
    """
    from booru_nb.drawn.app import DemoApp  # noqa: PLC0415  # needs Pillow and a server
    from booru_nb.drawn.dialects import DIALECTS  # noqa: PLC0415  # likewise
    from booru_nb.drawn.options import ACCOUNTS, Options  # noqa: PLC0415  # likewise

    if dialect not in DIALECTS:
        known = ", ".join(sorted(DIALECTS))
        raise ValueError(f"The demo booru does not speak {dialect!r}. Known: {known}.")
    options = Options(
        tag_limit=tag_limit,
        deepest=deepest,
        accounts=ACCOUNTS if accounts is None else accounts,
        login_needed=login_needed,
        form=form,
    )
    return DemoApp(dialect, cache=cache, published=published, options=options)
