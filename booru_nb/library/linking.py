"""A chart of statistics linked with a grid of posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from booru_nb import plots
from booru_nb.errors import ArgumentError
from booru_nb.plots.chart import marked, png
from booru_nb.stats import answers, behind
from booru_nb.widgets.chart import PickChart
from booru_nb.widgets.grid import Grid

if TYPE_CHECKING:
    from collections.abc import Callable

    import altair as alt
    import pandas as pd

    from booru_nb.stats.answers import Answer

    Row = dict[str, Any]

_GONE = (
    "The statistics behind this chart are gone. Keep them in a variable and draw it "
    "again: stats = lib.tag_stats(posts); chart = stats.counts().booru.plot()."
)


def link(chart: alt.TopLevelMixin, grid: Grid) -> PickChart:
    """Link a chart with a grid; see `booru_nb.link`."""
    shown: object = grid
    if not isinstance(shown, Grid):
        msg = f"A chart is linked with a grid of posts, not {type(shown).__name__}."
        raise ArgumentError(msg)
    said = plots.said_by(chart)
    if said is None:
        raise ArgumentError(
            "Only charts that `.booru.plot()` makes of a frame of `tag_stats()` can be "
            "linked: bn.link(stats.counts().booru.plot(), grid)."
        )
    kind, token, rows = said
    answer = answers.found(token)
    if answer is None:
        raise ArgumentError(_GONE)
    names = [name(kind, row) for row in rows]
    return PickChart(
        marked(chart),
        names,
        on_pick=_picker(answer, kind, rows, grid),
        picture=lambda: png(chart.to_dict()),
    )


def _picker(
    answer: Answer, kind: str, rows: list[Row], grid: Grid
) -> Callable[[int | None, bool], str]:
    """Return what shows the posts of a row in a grid, and says how many they are."""
    every = grid.posts

    def pick(number: int | None, without: bool) -> str:  # noqa: FBT001 - as the widget says it
        if number is None:
            grid.show(every)
            return f"{_posts(every)}: all"
        row = rows[number]
        found = behind.posts(answer, kind, row, without=without)
        grid.show(found)
        return f"{_posts(found)}: {meant(kind, row, without=without)}"

    return pick


def name(kind: str, row: Row) -> str:
    """Return what a mark is called, with the numbers that it shows."""
    parts = [meant(kind, row, without=False)]
    fields = ("count_text", "share_text", "value_text", "odds_text")
    parts += [f"{_NAMES[field]} {row[field]}" for field in fields if field in row]
    return ", ".join(parts)


_NAMES = {
    "count_text": "posts:",
    "share_text": "share:",
    "value_text": "value:",
    "odds_text": "log-odds:",
}


def meant(kind: str, row: Row, *, without: bool) -> str:
    """Return in words which posts are meant by a row."""
    if kind == "pairs":
        return f"{row['tag_a']} {'without' if without else 'and'} {row['tag_b']}"
    tag = f"without {row['tag']}" if without else str(row["tag"])
    place = row.get("when") or row.get("group")
    if kind in {"compare", "emerging"}:
        place = {"compare": row["side"], "emerging": "later posts"}[kind]
    return f"{tag} ({place})" if place else tag


def _posts(frame: pd.DataFrame) -> str:
    return f"{len(frame):,} post{'' if len(frame) == 1 else 's'}"
