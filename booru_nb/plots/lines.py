"""Lines over time, with bands for how sure they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from booru_nb.columns import cast
from booru_nb.plots import look, values
from booru_nb.plots.drawing import Drawing, tips, top_of
from booru_nb.schemas import TIME

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

_SIZES = {"width": 560, "height": 280}
_FEW = 60
"""Periods up to which each is a dot; more would hide the line."""

_DAY_NAME = "%d %B %Y"


def over_time(frame: pd.DataFrame, limit: int, _about: Mapping[str, Any]) -> Drawing:
    """Return a line a tag of its share of each period's posts, with a band."""
    every = values.texts(frame, "tag")
    tags = list(dict.fromkeys(every))
    drawn = tags[:limit]
    wanted = set(drawn)
    top = frame.iloc[[n for n, tag in enumerate(every) if tag in wanted]]
    times = cast("period", top["period"], TIME)
    few = times.nunique() <= _FEW
    return Drawing(
        kind="over_time",
        rows=values.rows(_columns(top, times)),
        layers=_layers(drawn, few=few),
        title=f"{drawn[0]} over time" if len(drawn) == 1 else "Tags over time",
        notes=[
            "Share of each period's posts, with its 95 % interval.",
            *top_of(len(drawn), len(tags), "tags"),
        ],
        sizes=dict(_SIZES),
    )


def _columns(frame: pd.DataFrame, times: pd.Series[Any]) -> dict[str, Sequence[Any]]:
    share, low, high = (values.numbers(frame, c) for c in ("share", "low", "high"))
    count = values.numbers(frame, "count")
    posts = values.numbers(frame, "posts")
    clock = bool((times != times.dt.normalize()).any())
    form = f"{_DAY_NAME}, %H:%M" if clock else _DAY_NAME
    return {
        "tag": values.texts(frame, "tag"),
        # Milliseconds, so that no browser reads it in its own zone.
        "period": [int(time.timestamp() * 1000) for time in times],
        "share": share,
        "low": low,
        "high": high,
        "when": [time.strftime(form) for time in times],
        "share_text": [values.percent(one) for one in share],
        "count_text": [
            f"{values.figure(c)} of {values.figure(p)}"
            for c, p in zip(count, posts, strict=True)
        ],
        "spread": [values.between(*ends) for ends in zip(low, high, strict=True)],
    }


def _layers(tags: list[str], *, few: bool) -> list[alt.Chart]:
    x = alt.X("period:T", scale=alt.Scale(type="utc"), axis=alt.Axis(title=None))
    colours = alt.Scale(domain=tags, range=list(look.SERIES))
    legend = alt.Legend(title=None) if len(tags) > 1 else None
    colour = alt.Color("tag:N", scale=colours, legend=legend)
    axis = alt.Axis(title="share of posts", format=".2~%", tickCount=5)
    told = tips(
        tag="tag", when="from", count_text="posts", share_text="share", spread="95 %"
    )
    base = alt.Chart().encode(x=x, color=colour)
    y = alt.Y("share:Q", axis=axis)
    return [
        base.mark_area(opacity=0.18).encode(
            y=alt.Y("low:Q", axis=axis, stack=None), y2="high:Q"
        ),
        base.mark_line(strokeWidth=2).encode(y=y),
        # Dots that are not seen still answer to the pointer.
        base.mark_point(size=36, filled=True, opacity=1 if few else 0).encode(
            y=y, tooltip=told
        ),
    ]
