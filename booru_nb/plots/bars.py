"""Bars of tags: how frequent they are, or how much they belong to something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from booru_nb.plots import look, values
from booru_nb.plots.drawing import STEP, WIDTH, Drawing, tag_axis, tips, top_of
from booru_nb.stats.measures import MEASURES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_GROUPS = 8
_GROUP_STEP = 9  # pixels of a bar in a group, with the gap after it


def counts(frame: pd.DataFrame, limit: int, _about: Mapping[str, Any]) -> Drawing:
    """Return bars of how many posts have each tag, with intervals where there are."""
    if "share" not in frame:
        return _plain(frame, limit)
    first = str(frame.columns[0])
    if first not in {"tag", "category", "count"}:
        return _grouped(frame, first, limit)
    top = frame.head(limit)
    columns = {"tag": values.texts(top, "tag"), **_shares(top)}
    columns |= _category(top)
    kind = _tips(columns, counted="posts", spread="95 % interval")
    return Drawing(
        kind="counts",
        rows=values.rows(columns),
        layers=_bars(alt.value(look.BLUE), kind),
        title="The most frequent tags",
        notes=[
            "Share of the posts, with its 95 % interval.",
            *top_of(len(top), len(frame), "tags"),
        ],
        sizes={"width": WIDTH, "height": alt.Step(STEP)},
    )


def related(frame: pd.DataFrame, limit: int, about: Mapping[str, Any]) -> Drawing:
    """Return bars of a measure of tags."""
    measure = next(name for name in MEASURES if name in frame)
    what = about.get("what")
    top = frame.head(limit)
    value = values.numbers(top, measure)
    columns: dict[str, Sequence[Any]] = {
        "tag": values.texts(top, "tag"),
        "value": value,
        "value_text": [values.figure(one) for one in value],
        "count_text": [values.figure(one) for one in values.numbers(top, "count")],
        **_category(top),
    }
    said = _tips(columns, counted="posts", value_text=measure)
    bar = alt.Chart().mark_bar(color=look.BLUE, height={"band": 0.7})
    axis = alt.X("value:Q", stack=None, axis=alt.Axis(title=measure, tickCount=5))
    return Drawing(
        kind="related",
        rows=values.rows(columns),
        layers=[bar.encode(y=tag_axis(), x=axis, tooltip=said)],
        title=f"Tags that go with {what}" if isinstance(what, str) else "Related tags",
        notes=top_of(len(top), len(frame), "tags"),
        sizes={"width": WIDTH, "height": alt.Step(STEP)},
    )


def _plain(frame: pd.DataFrame, limit: int) -> Drawing:
    top = frame.head(limit)
    count = values.numbers(top, "count")
    columns: dict[str, Sequence[Any]] = {
        "tag": values.texts(top, "tag"),
        "count": count,
        "count_text": [values.figure(one) for one in count],
        **_category(top),
    }
    said = _tips(columns, counted="posts")
    bar = alt.Chart().mark_bar(color=look.BLUE, height={"band": 0.7})
    axis = alt.X("count:Q", stack=None, axis=alt.Axis(title="posts", tickCount=5))
    return Drawing(
        kind="counts",
        rows=values.rows(columns),
        layers=[bar.encode(y=tag_axis(), x=axis, tooltip=said)],
        title="The most frequent tags",
        notes=top_of(len(top), len(frame), "tags"),
        sizes={"width": WIDTH, "height": alt.Step(STEP)},
    )


def _grouped(frame: pd.DataFrame, by: str, limit: int) -> Drawing:
    """Return bars of each tag in each group, those of a tag together."""
    groups, tags, top = _most(frame, by, limit)
    labels = values.texts(top, by)
    columns: dict[str, Sequence[Any]] = {
        "tag": values.texts(top, "tag"),
        "group": labels,
        "place": [groups.index(label) for label in labels],
        **_shares(top),
        **_category(top),
    }
    said = _tips(columns, counted="posts", group=by, spread="95 % interval")
    # By a field: a list of names here breaks Vega where one is "constructor".
    order = alt.EncodingSortField(field="place", op="min")
    colour = alt.Color("group:N", sort=order, legend=alt.Legend(title=by))
    offset = alt.YOffset("group:N", sort=order)
    height = alt.Step(max(len(groups) * _GROUP_STEP + 6, STEP), **{"for": "position"})
    return Drawing(
        kind="groups",
        rows=values.rows(columns),
        layers=[
            layer.encode(yOffset=offset)
            for layer in _bars(colour, said, thick=_GROUP_STEP - 2)
        ],
        title=f"The most frequent tags, by {by}",
        notes=[
            "Share of the posts of each group, with its 95 % interval.",
            *top_of(len(tags), frame["tag"].nunique(), "tags"),
            *top_of(len(groups), frame[by].nunique(dropna=False), "groups"),
        ],
        sizes={"width": WIDTH, "height": height},
    )


def _most(
    frame: pd.DataFrame, by: str, limit: int
) -> tuple[list[str], list[str], pd.DataFrame]:
    """Return the largest groups, their most frequent tags, and the rows of both."""
    every = pd.DataFrame(
        {
            "count": pd.array(values.numbers(frame, "count"), dtype="Float64"),
            "group": values.texts(frame, by),
            "tag": values.texts(frame, "tag"),
        }
    )
    sizes = every.groupby("group", sort=False)["count"].sum()
    most = set(sizes.nlargest(MOST_GROUPS).index)
    groups = [str(name) for name in sizes.index if name in most]
    every = every[every["group"].isin(groups)]
    totals = every.groupby("tag", sort=False)["count"].sum()
    tags = list(totals.sort_values(ascending=False, kind="stable").index[:limit])
    every = every[every["tag"].isin(tags)]
    place = every["tag"].map({tag: number for number, tag in enumerate(tags)})
    return groups, tags, frame.iloc[place.sort_values(kind="stable").index]


def _bars(
    colour: Any,  # noqa: ANN401 - a channel or a value
    said: list[alt.Tooltip],
    *,
    thick: int = 14,
) -> list[alt.Chart]:
    """Return bars, and their intervals as thin bars."""
    # In pixels: where bars are grouped, Vega-Lite puts parts of a band off the middle.
    axis = alt.Axis(title="share of posts", format=".2~%", tickCount=5)
    ends = alt.X("low:Q", axis=axis, stack=None)
    bar = alt.Chart().mark_bar(height=thick, clip=True)
    rule = alt.Chart().mark_bar(color=look.INK, height=2, clip=True)
    return [
        bar.encode(
            y=tag_axis(), x=alt.X("share:Q", axis=axis, stack=None), color=colour
        ).encode(tooltip=said),
        rule.encode(y=tag_axis(), x=ends, x2="high:Q", tooltip=said),
    ]


def _shares(frame: pd.DataFrame) -> dict[str, Sequence[Any]]:
    """Return the columns of shares, of their intervals, and of these as texts."""
    share, low, high = (values.numbers(frame, c) for c in ("share", "low", "high"))
    return {
        "share": share,
        "low": low,
        "high": high,
        "count_text": [values.figure(one) for one in values.numbers(frame, "count")],
        "share_text": [values.percent(one) for one in share],
        "spread": [values.between(*ends) for ends in zip(low, high, strict=True)],
    }


def _category(frame: pd.DataFrame) -> dict[str, Sequence[Any]]:
    return {"category": values.texts(frame, "category")} if "category" in frame else {}


def _tips(
    columns: dict[str, Sequence[Any]], *, counted: str, **further: str
) -> list[alt.Tooltip]:
    """Return tooltips for what there is of tag, category, count and share."""
    fields = {"tag": "tag", "category": "category", "count_text": counted}
    fields |= {"share_text": "share", **further}
    return tips(**{name: title for name, title in fields.items() if name in columns})
