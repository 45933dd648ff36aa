"""Bars to both sides: tags that tell two sets of posts apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from booru_nb.plots import look, values
from booru_nb.plots.drawing import STEP, WIDTH, Drawing, tag_axis, tips
from booru_nb.stats.intervals import Z

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def compared(frame: pd.DataFrame, limit: int, about: Mapping[str, Any]) -> Drawing:
    """Return bars of the tags that two sets differ in, from both ends of the frame."""
    half = (limit + 1) // 2
    top = frame
    if len(frame) > limit:
        top = pd.concat([frame.head(half), frame.tail(limit - half)])
    said = {"a": ("a", "count_a", "share_a"), "b": ("b", "count_b", "share_b")}
    return _drawing(
        "compare",
        top,
        said,
        title=_against(about),
        axis="log-odds: more in b  ←  →  more in a",
        notes=[
            f"The first {half:,} and the last {limit - half:,} of {len(frame):,} tags."
        ]
        if len(top) < len(frame)
        else [],
    )


def _against(about: Mapping[str, Any]) -> str:
    """Return what was compared, where words say it."""
    one, two = about.get("a"), about.get("b")
    if isinstance(one, str) and isinstance(two, str | None):
        return f"Tags of a: {one}, against b: {two or 'all others'}"
    return "Tags that tell a from b"


def emerging(frame: pd.DataFrame, limit: int, _about: Mapping[str, Any]) -> Drawing:
    """Return bars of the tags that are on the rise."""
    top = frame.head(limit)
    said = {
        "a": ("later", "count", "share"),
        "b": ("before", "count_before", "share_before"),
    }
    return _drawing(
        "emerging",
        top,
        said,
        title="Tags on the rise",
        axis="log-odds, later posts against those before",
        notes=[f"The first {len(top):,} of {len(frame):,} tags."]
        if len(top) < len(frame)
        else [],
    )


def _drawing(  # noqa: PLR0913 - each is a part of the drawing
    kind: str,
    frame: pd.DataFrame,
    said: dict[str, tuple[str, str, str]],
    *,
    title: str,
    axis: str,
    notes: list[str],
) -> Drawing:
    columns = _columns(frame) | {
        side: _counted(frame, count, share) for side, (_, count, share) in said.items()
    }
    fields = {"tag": "tag"} | (
        {"category": "category"} if "category" in columns else {}
    )
    titles = {side: name for side, (name, _, _) in said.items()}
    told = tips(**fields, **titles, odds_text="log-odds", z_text="z")
    colour = alt.Color("side:N", legend=None, scale=_COLOURS)
    bar = alt.Chart().mark_bar(height={"band": 0.7})
    rule = alt.Chart().mark_bar(color=look.INK, height=2)
    scale = alt.Axis(title=axis, tickCount=7)
    return Drawing(
        kind=kind,
        rows=values.rows(columns),
        layers=[
            bar.encode(
                y=tag_axis(), x=alt.X("odds:Q", axis=scale, stack=None), color=colour
            ).encode(tooltip=told),
            rule.encode(
                y=tag_axis(), x=alt.X("low:Q", axis=scale, stack=None), x2="high:Q"
            ).encode(tooltip=told),
        ],
        title=title,
        notes=["Log-odds ratio, with its 95 % interval.", *notes],
        sizes={"width": WIDTH, "height": alt.Step(STEP)},
    )


_COLOURS = alt.Scale(domain=["a", "b"], range=[look.BLUE, look.ORANGE])


def _columns(frame: pd.DataFrame) -> dict[str, Sequence[Any]]:
    odds, z = values.numbers(frame, "log_odds"), values.numbers(frame, "z")
    # The z-score is the log-odds in standard errors.
    errors = [
        abs(one / by) if one is not None and by else None
        for one, by in zip(odds, z, strict=True)
    ]
    pairs = list(zip(odds, errors, strict=True))
    columns: dict[str, Sequence[Any]] = {
        "tag": values.texts(frame, "tag"),
        "odds": odds,
        "low": [None if o is None or e is None else o - Z * e for o, e in pairs],
        "high": [None if o is None or e is None else o + Z * e for o, e in pairs],
        "side": ["b" if one is not None and one < 0 else "a" for one in odds],
        "odds_text": [values.figure(one) for one in odds],
        "z_text": [values.figure(one) for one in z],
    }
    if "category" in frame:
        columns["category"] = values.texts(frame, "category")
    return columns


def _counted(frame: pd.DataFrame, count: str, share: str) -> list[str]:
    both = zip(values.numbers(frame, count), values.numbers(frame, share), strict=True)
    return [f"{values.figure(c)} posts, {values.percent(s)}" for c, s in both]
