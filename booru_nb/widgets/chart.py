"""A chart whose marks can be picked. Its other half is ``static/chart.js``.

What crosses the wire, and when:

- to Python, ``{"kind": "ready"}`` once a browser page, which is answered with
  ``{"kind": "drawing", "svg", "names"}``: the drawing, whose marks say the number of
  their row in ``aria-label``, and what each row is called. It is no trait, so that a
  saved notebook stays small;
- to Python, ``{"kind": "pick", "row", "without"}`` at a click or Enter (`without` with
  Shift), and ``{"kind": "all"}`` at a click on empty ground or Escape;
- to the browser, the traits ``row``, ``without``, ``said`` and ``tone``: what is
  picked, and what came of it, for all views.

Messages may reach Python on any thread, so each hops to the app loop first.
"""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from booru_nb import loop
from booru_nb.errors import BooruError
from booru_nb.widgets.modules import joined, styles

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HINT = (
    "Click a mark to see its posts; with Shift, those without the tag; beside the "
    "marks, all. Keys: arrows, Enter, Escape."
)


class PickChart(anywidget.AnyWidget):
    """A chart whose marks can be picked with the mouse or the keyboard.

    Parameters
    ----------
    svg : str
        The drawing; a mark that can be picked has the number of its row as its
        ``aria-label``.
    names : sequence of str
        What each row is called.
    on_pick : callable
        Called with the number of a row, and whether what is without it is meant; or
        with None and False for all. It returns what came of it, in words.

    picture : callable
        Returns the drawing as a PNG, for where no kernel answers.

    Notes
    -----
    `on_pick` is called on the registered loop, from a plain callback. An error of ours
    is shown below the chart.
    """

    _esm = joined("chart.js")
    _css = styles("theme.css", "chart.css")

    row = traitlets.Int(-1).tag(sync=True)
    """The number of the row that is picked; -1 for none."""

    without = traitlets.Bool(default_value=False).tag(sync=True)
    """Whether the posts without it are meant."""

    said = traitlets.Unicode(HINT).tag(sync=True)
    """What came of it, in words; read out to who cannot see it."""

    tone = traitlets.Enum(["", "error"], "").tag(sync=True)
    """How it is meant."""

    def __init__(
        self,
        svg: str,
        names: Sequence[str],
        *,
        on_pick: Callable[[int | None, bool], str],
        picture: Callable[[], bytes],
    ) -> None:
        loop.choose_app_loop()
        super().__init__()
        self._svg = svg
        self._names = list(names)
        self._on_pick = on_pick
        self._picture = picture
        self.on_msg(self._heard)

    def pick(self, row: int | None, *, without: bool = False) -> None:
        """Pick a row, or all with None. Called on the registered loop."""
        try:
            said, tone = self._on_pick(row, without), ""
        except BooruError as error:
            row, without, said, tone = None, False, str(error), "error"
        with self.hold_sync():
            self.row = -1 if row is None else row
            self.without = without
            self.said, self.tone = said, tone

    def _heard(
        self, _widget: object, content: dict[str, Any], _buffers: object
    ) -> None:
        loop.call_on_app_loop(self._handle, content)

    def _handle(self, content: dict[str, Any]) -> None:
        kind = content["kind"]
        if kind == "ready":
            drawing = {"svg": self._svg, "names": self._names}
            self.send({"kind": "drawing", **drawing})
        elif kind == "all":
            self.pick(None)
        elif kind == "pick" and 0 <= content["row"] < len(self._names):
            self.pick(content["row"], without=content["without"])

    def __repr__(self) -> str:
        return f"Chart of {len(self._names):,} marks, linked with a grid"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:  # noqa: ANN401
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is not None:
            bundle[0]["image/png"] = b64encode(self._picture()).decode()
        return bundle
