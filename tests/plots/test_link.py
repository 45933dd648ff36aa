"""Charts linked with a grid: the posts behind every mark."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest

import booru_nb as bn
from booru_nb import loop, plots
from booru_nb.errors import ArgumentError
from booru_nb.plots.chart import marked
from booru_nb.stats import TagStats
from booru_nb.widgets.chart import PickChart
from booru_nb.widgets.grid import Grid
from tests.stats.samples import frame, of, times

POSTS = [{"ant", "bee"}, {"ant", "cat"}, {"ant", "bee", "cat"}, {"dog"}, {"bee"}]


async def no_picture(_item: object) -> Any:
    raise AssertionError


def made() -> pd.DataFrame:
    dates = times(*(f"202{n}-01-05" for n in range(4)), None)
    return frame(POSTS, created_at=dates)


@pytest.fixture
def posts() -> pd.DataFrame:
    return made()


@pytest.fixture
def stats(posts: pd.DataFrame) -> TagStats:
    answered: TagStats = posts.booru.tag_stats()
    return answered


@pytest.fixture
def grid(posts: pd.DataFrame) -> Iterator[Grid]:
    grid = Grid(posts, thumbnails=no_picture)
    yield grid
    grid.close()


def picked(
    answer: pd.DataFrame, grid: Grid, *, without: bool = False, **where: object
) -> list[int]:
    """Return the posts that a grid shows after a mark was picked by a browser."""
    chart = answer.booru.plot()
    said = plots.said_by(chart)
    assert said is not None
    [row, *_] = [r["row"] for r in said[2] if where.items() <= r.items()]
    linked = bn.link(chart, grid)
    heard(linked, kind="pick", row=row, without=without)
    return shown(grid)


def heard(linked: PickChart, **message: object) -> None:
    linked._heard(linked, message, [])
    loop.run(asyncio.sleep(0))


def shown(grid: Grid) -> list[int]:
    ids: list[int] = grid.posts["id"].tolist()
    return ids


def test_a_bar_is_the_posts_with_the_tag(stats: TagStats, grid: Grid) -> None:
    assert picked(stats.counts(), grid, tag="bee") == [1, 3, 5]


def test_a_bar_with_shift_is_all_others(stats: TagStats, grid: Grid) -> None:
    assert picked(stats.counts(), grid, tag="bee", without=True) == [2, 4]


def test_a_bar_of_a_group_is_of_its_posts(posts: pd.DataFrame, grid: Grid) -> None:
    posts["rating"] = ["general", "sensitive", "general", None, None]
    counts = posts.booru.tag_stats().counts(by="rating")

    assert picked(counts, grid, tag="ant", group="general") == [1, 3]
    assert picked(counts, grid, tag="dog", group="(none)") == [4]
    assert picked(counts, grid, tag="dog", group="(none)", without=True) == [5]


def test_a_group_may_be_a_year(stats: TagStats, grid: Grid) -> None:
    counts = stats.counts(by="year")
    year = str(counts["year"].iloc[0])

    assert picked(counts, grid, tag="ant", group=year) == [1]


def test_a_related_tag_is_among_what_was_asked(stats: TagStats, grid: Grid) -> None:
    related = stats.related("ant", measure="lift")

    assert picked(related, grid, tag="bee") == [1, 3]
    assert picked(related, grid, tag="bee", without=True) == [2]


def test_what_was_asked_may_be_a_mask(stats: TagStats, grid: Grid) -> None:
    related = stats.related([False, True, True, False, True])

    assert picked(related, grid, tag="bee") == [3, 5]


@pytest.mark.parametrize("tidy", [True, False])
def test_a_cell_is_both_and_with_shift_one_without_the_other(
    stats: TagStats, grid: Grid, *, tidy: bool
) -> None:
    pairs = stats.cooccurrence(tidy=tidy)

    assert picked(pairs, grid, tag_a="ant", tag_b="bee") == [1, 3]
    assert picked(pairs, grid, tag_a="ant", tag_b="bee", without=True) == [2]
    assert picked(pairs, grid, tag_a="bee", tag_b="ant", without=True) == [5]


@pytest.mark.parametrize("freq", ["YS", "YE", "365D"])
def test_a_dot_is_the_posts_of_its_period(
    stats: TagStats, grid: Grid, freq: str
) -> None:
    course = stats.over_time(["ant", "bee"], freq=freq)
    period = int(course["period"].unique()[1].timestamp() * 1000)

    assert picked(course, grid, tag="ant", period=period) == [2]
    assert picked(course, grid, tag="bee", period=period, without=True) == [2]


def test_a_bar_of_a_comparison_is_of_the_side_it_points_to(
    stats: TagStats, grid: Grid
) -> None:
    assert picked(stats.compare("ant"), grid, tag="cat", side="a") == [2, 3]
    assert picked(stats.compare("ant"), grid, tag="dog", side="b") == [4]
    assert picked(stats.compare("dog", "ant"), grid, tag="bee", side="b") == [1, 3]


def test_a_side_may_be_a_frame(
    stats: TagStats, posts: pd.DataFrame, grid: Grid
) -> None:
    compared = stats.compare(posts.head(2), posts.tail(2))

    assert picked(compared, grid, tag="cat", side="a") == [2]


def test_a_rising_tag_is_of_the_later_posts(stats: TagStats, grid: Grid) -> None:
    rising = stats.emerging(since="2022-01-01", min_count=1)

    assert picked(rising, grid, tag="dog") == [4]
    assert picked(rising, grid, tag="dog", without=True) == [3]


def test_beside_the_marks_is_what_the_grid_has_shown(
    stats: TagStats, grid: Grid
) -> None:
    linked = bn.link(stats.counts().booru.plot(), grid)
    heard(linked, kind="pick", row=0, without=False)
    assert (linked.row, linked.said) == (0, "3 posts: ant")

    heard(linked, kind="all")
    assert (linked.row, linked.said) == (-1, "5 posts: all")
    assert shown(grid) == [1, 2, 3, 4, 5]


def test_a_row_that_is_not_there_is_passed_over(stats: TagStats, grid: Grid) -> None:
    linked = bn.link(stats.counts().booru.plot(), grid)
    heard(linked, kind="pick", row=99, without=False)

    assert linked.row == -1


def test_marks_say_the_number_of_their_row(stats: TagStats) -> None:
    drawn = marked(stats.cooccurrence().booru.plot())

    assert 'aria-label="0" role="graphics-symbol"' in drawn
    assert 'aria-label="3"' in drawn


def test_the_state_of_the_widget_holds_no_drawing(stats: TagStats, grid: Grid) -> None:
    linked = bn.link(stats.cooccurrence().booru.plot(), grid)
    state = linked.get_state()

    assert "<svg" not in str(state.values()).replace(str(state["_esm"]), "")
    assert len(str(state)) < 30_000


def test_a_changed_chart_is_linked_too(stats: TagStats, grid: Grid) -> None:
    chart = stats.counts().booru.plot().properties(width=200)

    assert repr(bn.link(chart, grid)) == "Chart of 4 marks, linked with a grid"


def test_another_chart_and_another_grid_are_refused(
    stats: TagStats, posts: pd.DataFrame, grid: Grid
) -> None:
    import altair as alt  # noqa: PLC0415 - one test needs it

    with pytest.raises(ArgumentError, match="Only charts that"):
        bn.link(alt.Chart(posts).mark_bar(), grid)
    with pytest.raises(ArgumentError, match="not DataFrame"):
        bn.link(stats.counts().booru.plot(), posts)  # type: ignore[arg-type]


def test_statistics_that_were_asked_last_need_no_variable(grid: Grid) -> None:
    counts = made().booru.tag_stats().counts()

    assert picked(counts, grid, tag="dog") == [4]


def test_statistics_that_are_gone_are_missed(grid: Grid) -> None:
    chart = made().booru.tag_stats().counts().booru.plot()
    of(POSTS).counts()

    with pytest.raises(ArgumentError, match="Keep them in a variable"):
        bn.link(chart, grid)


def test_a_withheld_post_is_behind_no_number(grid: Grid) -> None:
    posts = frame([{"ant"}, {"ant", "loli"}], rating=["general", "explicit"])
    counts = posts.booru.tag_stats().counts()

    assert picked(counts, grid, tag="ant") == [1]
