"""A heat map of pairs of tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np
import pandas as pd

from booru_nb.errors import FrameError
from booru_nb.plots import values
from booru_nb.plots.drawing import Drawing, tag_axis, tips, top_of
from booru_nb.stats.measures import DIRECTED, MEASURES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_CELL = 18
_MIDDLES = {"pmi": 0.0, "npmi": 0.0}
"""The value of a measure that means chance, where it has two sides."""


def square(frame: pd.DataFrame, limit: int, about: Mapping[str, Any]) -> Drawing:
    """Return cells of a square whose index and columns are the same tags."""
    part = frame.iloc[:limit, :limit]
    try:
        numbers = part.to_numpy(dtype=np.float64, na_value=np.nan)
    except (TypeError, ValueError) as error:
        raise FrameError("The square does not hold numbers only.") from error
    names = list(map(str, part.index))
    pairs = [
        (names[i], names[j], float(numbers[i, j]))
        for i in range(len(names))
        for j in range(len(names))
        if i != j
    ]
    whole = all(pd.api.types.is_integer_dtype(one) for one in frame.dtypes)
    measure = "count" if whole else about.get("measure", "")
    notes = top_of(len(part), len(frame), "tags")
    return _drawing(names, pairs, measure=str(measure), notes=notes)


def pairs(frame: pd.DataFrame, limit: int, _about: Mapping[str, Any]) -> Drawing:
    """Return cells of pairs of tags, one row a pair, as a square."""
    measure = next((name for name in MEASURES if name in frame), "count")
    a, b = values.texts(frame, "tag_a"), values.texts(frame, "tag_b")
    both = [name for pair in zip(a, b, strict=True) for name in pair]
    most = set(values.most_frequent(both, limit))
    names = [name for name in dict.fromkeys(both) if name in most]
    known = {
        (one, two): np.nan if number is None else number
        for one, two, number in zip(a, b, values.numbers(frame, measure), strict=True)
        if one in most and two in most
    }
    if measure not in DIRECTED:
        known |= {(two, one): number for (one, two), number in known.items()}
    cells = [(one, two, number) for (one, two), number in known.items()]
    notes = top_of(len(names), len(dict.fromkeys(both)), "tags")
    return _drawing(names, cells, measure=measure, notes=notes)


def _drawing(
    names: list[str],
    cells: list[tuple[str, str, float]],
    *,
    measure: str,
    notes: list[str],
) -> Drawing:
    place = {name: number for number, name in enumerate(names)}
    cells = sorted(cells, key=lambda cell: (place[cell[0]], place[cell[1]]))
    shown = [None if np.isnan(number) else number for _, _, number in cells]
    columns: dict[str, Sequence[Any]] = {
        "tag_a": [one for one, _, _ in cells],
        "tag_b": [two for _, two, _ in cells],
        "value": [
            number or None if measure in {"", "count"} else number for number in shown
        ],
        "value_text": [values.figure(number) for number in shown],
    }
    title = {"": "together", "count": "posts with both"}.get(measure, measure)
    colour = alt.Color("value:Q", scale=_scale(measure), legend=_legend(title))
    axis = alt.Axis(
        title=None, ticks=False, domain=False, grid=False, orient="top", labelAngle=-60
    )
    told = tips(tag_a="tag", tag_b="and", value_text=title)
    layer = (
        alt.Chart()
        .mark_rect()
        .encode(
            y=_all(tag_axis("tag_a"), names),
            x=_all(alt.X("tag_b:N", sort=None, axis=axis), names),
            color=colour,
            tooltip=told,
        )
    )
    return Drawing(
        kind="pairs",
        rows=values.rows(columns),
        layers=[layer],
        title="Tags that are together",
        notes=notes,
        sizes={"width": alt.Step(_CELL), "height": alt.Step(_CELL)},
    )


def _all(channel: Any, names: list[str]) -> Any:  # noqa: ANN401 - X or Y
    """Return a channel on which all tags have their place, in order."""
    return channel.scale(domain=names) if names else channel


def _legend(title: str) -> alt.Legend:
    return alt.Legend(title=title, gradientLength=160, orient="right")


def _scale(measure: str) -> alt.Scale:
    middle = _MIDDLES.get(measure)
    if middle is not None:
        return alt.Scale(scheme="blueorange", domainMid=middle, reverse=True)
    if measure == "count":  # a few pairs have nearly all
        return alt.Scale(scheme="viridis", type="sqrt", zero=True)
    return alt.Scale(scheme="viridis", zero=True)
