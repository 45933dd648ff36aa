"""The grid: any DataFrame of posts as thumbnails. Its other half is ``static/grid.js``.

A post is meant by its ordinal in the frame shown; sets of posts are lists of half-open
ranges of ordinals. What crosses the wire, besides the traits with ``sync``, which hold
nothing that grows with the posts, are custom messages, each with a ``kind`` and the
``epoch``; what belongs to another epoch is dropped on both sides.

To Python:

- ``need``: ``view``, ``ids`` (the whole list of ordinals that this view wants, most
  urgent first; it replaces the view's last one), ``got`` (the number of the last batch
  received, or null);
- ``select``: ``view``, ``how`` ("add", "remove" or "set") and ``ranges``;
- ``active`` and ``open``: ``id``; ``bookmark``: ``ranges``, or null for the selection;
- ``shut``, when Escape is pressed while a post is open; ``reveal``: ``on``, whether a
  blurred post is shown now, and its ``id``, or null for all of them;
- ``size``: ``size``, in pixels; ``more``, when the end comes near, and ``again``, true
  when a person asks once more.

To the browser:

- ``thumbs``: ``n``, the number of the batch, and ``items``, at most 16 or 512 kB; each
  is a post's ``id`` and caption, and ``mime`` and ``at``, the place of its thumbnail
  among the buffers, or ``why`` there is none, which may be ``final``;
- ``selected``: what a view's ``select`` said, to all views, or with ``view`` null the
  whole selection; that is also the first answer to a ``need`` of a new view;
- ``bookmarked``: the ranges that are ``on`` and ``off`` now.

Messages may reach Python on any thread, so each hops to the app loop first.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from booru_nb import loop
from booru_nb.errors import LoopError
from booru_nb.widgets import modules, sheet
from booru_nb.widgets.caption import BLUR
from booru_nb.widgets.choice import chosen
from booru_nb.widgets.ordinals import NONE, added
from booru_nb.widgets.shown import Shown, extended, shown
from booru_nb.widgets.supply import Supply
from booru_nb.widgets.threads import at_once
from booru_nb.widgets.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    import pandas as pd
    from IPython.display import HTML

    from booru_nb.widgets.choice import Choice
    from booru_nb.widgets.ordinals import Ordinals
    from booru_nb.widgets.supply import Keys, Thumbnails

_IN_TABLE = 5  # posts in the table that stands for a grid without a kernel


class Grid(Wire):
    """Any DataFrame of posts as thumbnails that can be looked at and selected.

    What is set from a cell acts at once; from another thread than the app loop's, the
    call hops to that loop and returns when it is done.

    Parameters
    ----------
    posts : DataFrame
        With the columns ``site`` and ``id``, and others of the schema where it has
        them. Its labels, further columns and dtypes are kept. Posts that the guard
        withholds are left out.
    thumbnails : callable
        An async function that is given an `Item` and returns a `Picture`.
    height : int, optional
        Of the grid, in pixels.
    size : int, optional
        About how wide and high a cell is, in pixels.
    can_more : bool, optional
        Whether more posts come when the end is near.
    bookmarked : container of (site, id), optional
        Which posts are bookmarked.
    blur : collection of str, optional
        Ratings that are blurred until asked for; an unknown rating is, too, unless
        this is empty.
    on_bookmark : callable, optional
        Called with the rows, a DataFrame, whose bookmark the user toggles. It says
        what came of it by `set_bookmarked`.
    on_open : callable, optional
        Called with a DataFrame of the one row that the user opens.
    on_more : callable, optional
        Called when the end is near and `can_more` is true.
    on_shut : callable, optional
        Called when the post that is open is to be closed.
    on_reveal : callable, optional
        Called when a blurred post is shown or blurred again, with its ordinal (None for
        all) and whether it is shown.

    Raises
    ------
    FrameError
        If `posts` is no frame of posts; the message names the column.
    """

    _esm = modules.joined("grid.js")
    _css = modules.styles("grid.css")

    def __init__(  # noqa: PLR0913 (each is a setting of its own)
        self,
        posts: pd.DataFrame,
        *,
        thumbnails: Thumbnails,
        height: int = 600,
        size: int = 190,
        can_more: bool = False,
        bookmarked: Keys = (),
        blur: Collection[str] = BLUR,
        on_bookmark: Callable[[pd.DataFrame], object] | None = None,
        on_open: Callable[[pd.DataFrame], object] | None = None,
        on_more: Callable[[], object] | None = None,
        on_shut: Callable[[], object] | None = None,
        on_reveal: Callable[[int | None, bool], object] | None = None,
    ) -> None:
        now = shown(posts)
        loop.choose_app_loop()
        super().__init__(
            Supply(now, thumbnails, bookmarked, blur),
            total=len(now),
            height=height,
            size=size,
            can_more=can_more,
            can_bookmark=on_bookmark is not None,
            can_open=on_open is not None,
        )
        self.on_bookmark, self.on_open, self.on_more = on_bookmark, on_open, on_more
        self.on_shut, self.on_reveal = on_shut, on_reveal

    @property
    def posts(self) -> pd.DataFrame:
        """The frame shown: labels, columns and dtypes as they were given."""
        return self._supply.shown.frame

    def select(self, what: Choice, *, add: bool = False) -> None:
        """Select posts.

        Parameters
        ----------
        what : Series, DataFrame, array or iterable of (site, id)
            A boolean Series is aligned by its index, and a missing value means no. A
            boolean array has the grid's length. A frame is compared by ``site`` and
            ``id``, and those of its posts that the grid does not show are left out.
            Pairs must all be shown.
        add : bool, optional
            Whether what is selected stays so.

        Raises
        ------
        ArgumentError
            If it is none of these, has another length, or is not shown.
        """
        ordinals = chosen(what, self._supply.shown)
        at_once(self._choose, added(self.chosen, ordinals) if add else ordinals)

    def _choose(self, ordinals: Ordinals) -> None:
        self.chosen = ordinals
        self._send_selection()
        self._notice.give()

    def show(self, posts: pd.DataFrame, *, can_more: bool = False) -> None:
        """Show another frame. What was selected or is on its way for the last is gone.

        Raises
        ------
        FrameError
            If it is no frame of posts; then the last one stays.
        """
        at_once(self._replace, shown(posts), can_more)

    def _replace(self, now: Shown, can_more: bool) -> None:  # noqa: FBT001
        self._delivery.restart()
        self._supply.replace(now)
        self._views.clear()
        had, self.chosen = len(self.chosen), NONE
        with self.hold_sync():
            self.total, self.can_more = len(now), can_more
            self.epoch += 1
        self.active = -1
        if had:
            self._notice.give()

    def extend(self, posts: pd.DataFrame, *, can_more: bool | None = None) -> None:
        """Show further posts after those that are there, which stay as they are.

        Two default indexes become one; other labels are kept.

        Parameters
        ----------
        posts : DataFrame
            The further posts.
        can_more : bool, optional
            Whether there are more still (default: as before).

        Raises
        ------
        FrameError
            If it is no frame of posts; then nothing changes.
        """
        now = extended(self._supply.shown, posts)
        at_once(self._lengthen, now, self.can_more if can_more is None else can_more)

    def _lengthen(self, now: Shown, can_more: bool) -> None:  # noqa: FBT001
        self._supply.shown = now
        with self.hold_sync():
            self.total, self.can_more = len(now), can_more

    def amend(self, posts: pd.DataFrame) -> None:
        """Take what else is known by now of the posts shown: the same rows, in order.

        Called on the app loop. What the grid displays of them stays, and what is
        selected.
        """
        self._supply.shown = replace(self._supply.shown, frame=posts)

    def say(self, text: str, *, tone: str = "") -> None:
        """Say what goes on, in the status line.

        Parameters
        ----------
        text : str
            The words; empty for none.
        tone : {"", "busy", "error"}, optional
            How they are meant.
        """
        at_once(self._tell_status, text, tone)

    def set_bookmarked(self, keys: Keys) -> None:
        """Say which posts are bookmarked now, as a container of ``(site, id)``."""
        at_once(self._tell_bookmarked, keys)

    def snapshot(self, n: int = 24) -> HTML:
        """Return the first posts as a contact sheet, which stays in a saved notebook.

        Thumbnails that are not here yet are fetched. Those with a rating that is
        blurred are left out, since not every reader of a notebook would blur them.

        Parameters
        ----------
        n : int, optional
            How many posts at most.
        """
        # Display is Jupyter's business, and only this method needs it.
        from IPython.display import HTML  # noqa: PLC0415

        return HTML(  # type: ignore[no-untyped-call]  # IPython has no types here
            sheet.contact_sheet(loop.run(self._supply.tiles(n)))
        )

    def close(self) -> None:
        """Close the grid, and cancel what is on its way to it."""
        # On a loop that has ended nothing is on its way any more. Nobody waits, since
        # this is also called while the interpreter ends, when no thread goes on.
        # One that could not be made has nothing yet.
        delivery = getattr(self, "_delivery", None)
        if delivery is None:
            return
        with suppress(LoopError):
            loop.call_on_app_loop(delivery.restart)
        super().close()

    def __repr__(self) -> str:
        selected = f", {len(self.chosen):,} selected" if len(self.chosen) else ""
        return f"Grid of {self.total:,} posts{selected}"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:  # noqa: ANN401
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is not None:
            bundle[0]["text/html"] = sheet.table(
                repr(self), self._supply.shown.first(_IN_TABLE)
            )
        return bundle
