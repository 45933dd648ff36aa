"""The grid's end of the wire: the traits, and what is done with each message."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import anywidget
import pandas as pd
import traitlets

from booru_nb import loop
from booru_nb.errors import BooruError
from booru_nb.widgets.delivery import Delivery
from booru_nb.widgets.ordinals import NONE, changed, from_ranges, to_ranges
from booru_nb.widgets.supply import NO_PREVIEW
from booru_nb.widgets.threads import Notice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from booru_nb.widgets.delivery import Outcome
    from booru_nb.widgets.ordinals import Ordinals
    from booru_nb.widgets.supply import Keys, Supply

    Message = dict[str, Any]


class SelectedRows(traitlets.TraitType[pd.DataFrame, pd.DataFrame]):
    """The rows selected: made when asked for, and not to be assigned."""

    def get(self, obj: Any, cls: Any = None) -> pd.DataFrame:  # noqa: ANN401, ARG002
        """Return the rows of the frame shown, in the order of selection."""
        return obj.rows(obj.chosen)  # type: ignore[no-any-return]

    def set(self, obj: Any, value: Any) -> None:  # noqa: ANN401, ARG002
        """Refuse."""
        raise traitlets.TraitError("Use `grid.select(…)` to select posts.")


class Wire(anywidget.AnyWidget):
    """What a grid says to its views in the browser, and does with what they say.

    Everything here but `_heard` happens on the app loop.

    Parameters
    ----------
    supply : Supply
        What there is to show.
    **traits : Any
        Values of the traits.
    """

    total = traitlets.Int(0).tag(sync=True)
    """How many posts are shown."""

    epoch = traitlets.Int(0).tag(sync=True)
    """Which frame is shown: it grows by one when the frame is replaced."""

    size = traitlets.Int(190, min=60, max=400).tag(sync=True)
    """About how wide and high a cell is, in pixels; the columns fill the width."""

    height = traitlets.Int(600, min=120).tag(sync=True)
    """How high the grid is, in pixels."""

    status = traitlets.Unicode("").tag(sync=True)
    """What goes on, in words; read out to who cannot see it."""

    tone = traitlets.Enum(["", "busy", "error"], "").tag(sync=True)
    """How the status is meant."""

    can_more = traitlets.Bool(default_value=False).tag(sync=True)
    """Whether more posts come when the end is near."""

    can_bookmark = traitlets.Bool(default_value=False).tag(sync=True)
    """Whether there are stars to click."""

    can_open = traitlets.Bool(default_value=False).tag(sync=True)
    """Whether something opens a post."""

    opened = traitlets.Bool(default_value=False).tag(sync=True)
    """Whether a post is open, so that Escape closes it first."""

    active = traitlets.Int(-1)
    """The ordinal of the post that the keyboard acts on; -1 before there is one."""

    selected = SelectedRows()
    """The rows selected, in the order of selection; it can be observed."""

    def __init__(self, supply: Supply, **traits: Any) -> None:  # noqa: ANN401
        self._supply = supply
        self.chosen: Ordinals = NONE
        self._told_rows: pd.DataFrame | None = None
        self._views: set[str] = set()
        self._asked_at = (-1, -1)
        self.on_open: Callable[[pd.DataFrame], object] | None = None
        self.on_bookmark: Callable[[pd.DataFrame], object] | None = None
        self.on_more: Callable[[], object] | None = None
        self.on_shut: Callable[[], object] | None = None
        self.on_reveal: Callable[[int | None, bool], object] | None = None
        super().__init__(**traits)
        self._delivery = Delivery(supply.thumbnail, self._send_thumbs)
        self._notice = Notice(self._tell_selected)
        self.on_msg(self._heard)

    def rows(self, ordinals: Ordinals) -> pd.DataFrame:
        """Return rows of the frame shown, in the order of the ordinals."""
        frame = self._supply.shown.frame
        return frame.iloc[ordinals[ordinals < len(frame)]]

    def _heard(self, _widget: object, content: Message, _buffers: object) -> None:
        loop.call_on_app_loop(self._handle, content)

    def _handle(self, content: Message) -> None:
        if content["epoch"] != self.epoch:
            return
        handlers: dict[str, Callable[[Message], None]] = {
            "need": self._need,
            "select": self._select,
            "active": self._activate,
            "open": self._open,
            "bookmark": self._bookmark,
            "size": self._resize,
            "more": self._more,
            "shut": self._shut,
            "reveal": self._reveal,
        }
        with self.errors_shown():
            handlers[content["kind"]](content)

    @contextmanager
    def errors_shown(self) -> Iterator[None]:
        """Show an error of ours in the status line, where the user looks."""
        try:
            yield
        except BooruError as error:
            self._tell_status(str(error), "error")

    def _need(self, content: Message) -> None:
        view = content["view"]
        if view not in self._views:
            self._views.add(view)
            self._send_selection()
        self._delivery.want(view, content["ids"], got=content["got"])

    def _select(self, content: Message) -> None:
        given = from_ranges(content["ranges"], self.total)
        self.chosen = changed(self.chosen, content["how"], given)
        self.send({**content, "kind": "selected"})
        self._notice.give()

    def _activate(self, content: Message) -> None:
        self.active = content["id"]

    def _open(self, content: Message) -> None:
        self.active = content["id"]
        if self.on_open is not None:
            self.on_open(self._rows_of([(content["id"], content["id"] + 1)]))

    def _shut(self, _content: Message) -> None:
        if self.on_shut is not None:
            self.on_shut()

    def _reveal(self, content: Message) -> None:
        if self.on_reveal is not None:
            self.on_reveal(content["id"], content["on"])

    def _bookmark(self, content: Message) -> None:
        ranges = content["ranges"]
        if self.on_bookmark is not None:
            rows = self.selected if ranges is None else self._rows_of(ranges)
            self.on_bookmark(rows)

    def _rows_of(self, ranges: list[tuple[int, int]]) -> pd.DataFrame:
        return self.rows(from_ranges(ranges, self.total))

    def _resize(self, content: Message) -> None:
        self.size = content["size"]

    def _more(self, content: Message) -> None:
        # Two views may ask; only a person asks again.
        asked_at = (self.epoch, self.total)
        again = asked_at != self._asked_at or content["again"]
        if self.on_more is not None and self.can_more and again:
            self._asked_at = asked_at
            self.on_more()

    def _tell_status(self, text: str, tone: str) -> None:
        with self.hold_sync():
            self.status, self.tone = text, tone

    def _tell_bookmarked(self, keys: Keys) -> None:
        on, off = map(to_ranges, self._supply.mark(keys))
        if on or off:
            message = {"kind": "bookmarked", "epoch": self.epoch}
            self.send({**message, "on": on, "off": off})

    def _send_selection(self) -> None:
        ranges = to_ranges(self.chosen)
        message = {"kind": "selected", "how": "set", "view": None, "ranges": ranges}
        self.send({**message, "epoch": self.epoch})

    def _send_thumbs(self, number: int, batch: list[tuple[int, Outcome]]) -> None:
        items: list[Message] = []
        buffers: list[bytes] = []
        for ordinal, outcome in batch:
            item = {"id": ordinal, **self._supply.caption(ordinal)}
            if isinstance(outcome, str):
                item |= {"why": outcome, "final": outcome == NO_PREVIEW}
            else:
                item |= {"mime": outcome.mime, "at": len(buffers)}
                buffers.append(outcome.data)
            items.append(item)
        message = {"kind": "thumbs", "epoch": self.epoch, "n": number, "items": items}
        self.send(message, buffers)

    def _tell_selected(self) -> None:
        old, new = self._told_rows, self.selected
        self._told_rows = new
        change = {"name": "selected", "old": old, "new": new, "owner": self}
        with self.errors_shown():
            self.notify_change(traitlets.Bunch(type="change", **change))
