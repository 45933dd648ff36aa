"""Which chart a frame gets: by its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from booru_nb.errors import ArgumentError, FrameError
from booru_nb.plots import bars, cells, diverging, lines
from booru_nb.stats import answers, caveats
from booru_nb.stats.measures import MEASURES
from booru_nb.stats.ranking import number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from booru_nb.plots.chart import Drawn
    from booru_nb.plots.drawing import Drawing

    Draw = Callable[[pd.DataFrame, int, Mapping[str, Any]], Drawing]

MOST = 200
"""More bars, cells a side or lines than this nobody can read."""

_KINDS: list[tuple[frozenset[str], Draw, int]] = [
    (frozenset({"tag_a", "tag_b", "count"}), cells.pairs, 30),
    (
        frozenset({"period", "tag", "count", "posts", "share", "low", "high"}),
        lines.over_time,
        10,
    ),
    (
        frozenset({"tag", "log_odds", "z", "count_a", "share_a", "count_b", "share_b"}),
        diverging.compared,
        30,
    ),
    (
        frozenset(
            {"tag", "log_odds", "z", "count", "share", "count_before", "share_before"}
        ),
        diverging.emerging,
        30,
    ),
    *((frozenset({"tag", "count", measure}), bars.related, 30) for measure in MEASURES),
    (frozenset({"tag", "count", "share", "low", "high"}), bars.counts, 30),
    (frozenset({"tag", "category", "count"}), bars.counts, 30),
]
"""The columns that tell a kind of frame, what draws it, and how many are drawn."""


def plot(
    frame: pd.DataFrame, *, limit: int | None = None, title: str | None = None
) -> Drawn:
    """Return a chart of a frame of statistics; see `BooruAccessor.plot`.

    Raises
    ------
    FrameError
        If there is no chart for such a frame.
    ArgumentError
        If the limit is none.
    """
    draw, usual = _chosen(frame)
    most = number(usual if limit is None else limit)
    if not most or most > MOST:
        raise ArgumentError(f"limit is from 1 to {MOST}, not {limit!r}.")
    token = str(frame.attrs.get(answers.KEY, ""))
    answer = answers.found(token)
    drawing = draw(frame, most, {} if answer is None else answer.about)
    told = [str(one) for one in frame.attrs.get(caveats.KEY, ())]
    return drawing.chart(token=token, title=title, caveats=told)


def _chosen(frame: pd.DataFrame) -> tuple[Draw, int]:
    names = set(frame.columns)
    if frame.columns.is_unique:
        for columns, draw, limit in _KINDS:
            if columns <= names:
                return draw, limit
        if _is_square(frame):
            return cells.square, 30
    raise FrameError(
        "There is no chart for this frame. What can be drawn are the frames of "
        "`tag_stats()`: counts, related, cooccurrence (square or tidy), over_time, "
        "emerging and compare. This one has the columns: "
        f"{', '.join(map(str, list(frame.columns)[:8]))}."
    )


def _is_square(frame: pd.DataFrame) -> bool:
    same = frame.index.is_unique and list(frame.index) == list(frame.columns)
    tags = all(isinstance(name, str) for name in frame.columns)
    return same and tags and frame.ndim == 2 and (len(frame) > 0 or _was_asked(frame))  # noqa: PLR2004


def _was_asked(frame: pd.DataFrame) -> bool:
    return answers.KEY in frame.attrs
