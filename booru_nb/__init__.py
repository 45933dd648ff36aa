"""Explore imageboards ("boorus") inside Jupyter.

>>> import booru_nb as bn
>>> lib = bn.demo()
>>> posts = lib.search("lighthouse", limit=5, progress=False)
>>> lib.bookmark(posts, folder="sea")["folder"].unique().tolist()
['sea']
>>> lib.close()
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from booru_nb import accessor as _accessor  # registers df.booru
from booru_nb.errors import BooruError
from booru_nb.post import Category, Post, Rating

if TYPE_CHECKING:
    from os import PathLike

    import altair as alt
    import pandas as pd

    from booru_nb.library import Library
    from booru_nb.widgets.chart import PickChart
    from booru_nb.widgets.grid import Grid

__all__ = [
    "BooruError",
    "Category",
    "Library",
    "Post",
    "Rating",
    "__version__",
    "demo",
    "link",
    "open",
    "posts",
    "read_posts",
]

_ = _accessor


def open(  # noqa: A001
    path: str | PathLike[str] | None = None,
    *,
    loop: str | None = None,
    proxy: str | None = None,
) -> Library:
    """Open a library: a file of what is kept, and the sites that it asks.

    A file that is open already gives the same library again.

    Parameters
    ----------
    path : str or path, optional
        The file, made where it does not exist (default: your own library, in the
        folder where this system keeps a user's data).
    loop : {"kernel", "background"}, optional
        Where downloads run: on the kernel's own loop, so that they pause while a cell
        computes, or on a thread beside it (default: the kernel's loop in a kernel,
        the thread elsewhere).
    proxy : str, optional
        The address of an HTTP proxy, through which everything goes from now on, for
        all open libraries. It is never taken from the environment. Behind a proxy,
        what a site's name is bound to is the proxy's to check.

    Returns
    -------
    Library
        The library. ``with`` closes it, or `Library.close`, or the end of the process.

    Raises
    ------
    StoreError
        If the file cannot be used; the classes and the message tell why. The file is
        left as it was.
    LoopError
        If another library is open on another kind of loop.

    Examples
    --------
    >>> with bn.open(path) as own:
    ...     len(own.bookmarks())
    0
    """
    return import_module("booru_nb.library").open_library(path, loop=loop, proxy=proxy)  # type: ignore[no-any-return]


def demo(
    path: str | PathLike[str] | None = None, *, loop: str | None = None
) -> Library:
    """Open a library on a built-in booru of drawn pictures, usually a temporary one.

    It needs no network, and is gone when it is closed, unless a file is named.

    Parameters
    ----------
    path : str or path, optional
        The library's file, made where it does not exist. It stays, and no site but the
        demo is asked.
    loop : {"kernel", "background"}, optional
        As for `open`.

    Returns
    -------
    Library
        The library; its one site is called ``demo``.

    Examples
    --------
    >>> with bn.demo() as lib:
    ...     len(lib.search("lighthouse", limit=3, progress=False))
    3
    """
    return import_module("booru_nb.library").demo(path, loop=loop)  # type: ignore[no-any-return]


def posts(frame: pd.DataFrame, *, site: str | None = None) -> pd.DataFrame:
    """Return any DataFrame of posts with the columns and dtypes of `Library.search`.

    Parameters
    ----------
    frame : DataFrame
        With a column ``id``, and ``site`` unless it is given here; what a CSV or
        Parquet file, a merge or a concatenation has made of the others is put right.
    site : str, optional
        The site of all rows.

    Returns
    -------
    DataFrame
        The columns of `Library.search`, then the frame's further ones, with ``folder``,
        ``note`` and ``bookmarked_at`` as `Library.bookmarks` has them; its index. An
        md5, an extension or an address that is none is missing. Posts that join a
        sexual rating with tags that code minors are left out.

    Raises
    ------
    FrameError
        If a column is missing or holds what it may not; the message names it.

    Examples
    --------
    >>> import pandas as pd
    >>> bn.posts(pd.DataFrame({"id": [7.0]}), site="danbooru")["id"].tolist()
    [7]
    """
    return import_module("booru_nb.frames").conform(frame, site=site)  # type: ignore[no-any-return]


def link(chart: alt.TopLevelMixin, grid: Grid) -> PickChart:
    """Show a chart of statistics whose marks show their posts in a grid.

    A click on a bar, a cell or a dot shows the posts that it counts; with Shift, those
    without the tag, or of a pair, those with the first and without the second. A click
    beside the marks shows again what the grid has shown before. So do, by the keyboard,
    the arrows with Enter, Shift+Enter and Escape.

    Parameters
    ----------
    chart : Altair chart
        As ``.booru.plot()`` of a frame of `Library.tag_stats` returns.
    grid : Grid
        As `Library.grid` returns. It shows other posts from then on.

    Returns
    -------
    PickChart
        A widget, to be shown beside or above the grid.

    Raises
    ------
    ArgumentError
        If it is no such chart, or its statistics are gone.

    Examples
    --------
    >>> with bn.demo() as lib:
    ...     posts = lib.search("sky", limit=50, progress=False)
    ...     stats = lib.tag_stats(posts)
    ...     bn.link(stats.counts().booru.plot(limit=5), lib.grid(posts))
    Chart of 5 marks, linked with a grid
    """
    return import_module("booru_nb.library.linking").link(chart, grid)  # type: ignore[no-any-return]


def read_posts(path: str | PathLike[str]) -> pd.DataFrame:
    """Return the posts of a CSV, Parquet or JSON file, as `Library.search` would.

    Parameters
    ----------
    path : path-like
        A file that ``df.booru.to_csv``, ``to_parquet`` or ``to_json``, or pandas has
        written; its name ends in ``.csv``, ``.parquet`` or ``.json``.

    Returns
    -------
    DataFrame
        The columns of `Library.search`, then `folder`, `note` and `bookmarked_at` as
        in `Library.bookmarks` where they are there, then any further ones; in the
        file's order, with a default index. Addresses and md5 that are none are
        missing. Posts that join a sexual rating with tags that code minors are left
        out.

    Raises
    ------
    FormatError
        If it cannot be read.
    FrameError
        If a column is missing or holds what it may not; the message names it.
    ArgumentError
        If its name ends in something else.

    Examples
    --------
    >>> posts = lib.search("lighthouse", limit=3, progress=False)
    >>> posts.to_csv(path.with_suffix(".csv"), index=False)
    >>> bn.read_posts(path.with_suffix(".csv")).equals(posts)
    True
    """
    return import_module("booru_nb.library.carrying").read_posts(path)  # type: ignore[no-any-return]


def __getattr__(name: str) -> object:
    """Import what is heavy, and ask for the version, at first use."""
    if name == "Library":
        return import_module("booru_nb.library").Library
    if name == "__version__":
        return import_module("importlib.metadata").version("booru-nb")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
