import numpy as np
import pandas as pd
import pytest

from booru_nb import schemas, stats
from booru_nb.errors import ArgumentError
from booru_nb.stats import TagStats
from tests.stats.samples import frame, of, times

DATES = ("2024-01-31T23:59:59Z", "2024-03-01T00:00:00Z", "2024-03-15T12:00:00Z", None)


def dated(dates: tuple[str | None, ...] = DATES) -> TagStats:
    """Return the statistics of posts of these dates: all with a cat, odd with a dog."""
    tags = [{"cat", "dog"} if n % 2 else {"cat"} for n, _ in enumerate(dates)]
    return stats.of_frame(frame(tags, created_at=times(*dates)))


def test_every_period_is_there_with_its_posts() -> None:
    course = dated().over_time(["dog", "cat"])

    assert course["period"].dt.strftime("%m-%d").tolist() == [
        *("01-01", "01-01", "02-01", "02-01", "03-01", "03-01"),
    ]
    assert course["tag"].tolist() == ["dog", "cat"] * 3
    assert course["count"].tolist() == [0, 1, 0, 0, 1, 2]
    assert course["posts"].tolist() == [1, 1, 0, 0, 2, 2]
    np.testing.assert_array_equal(course["share"], [0.0, 1.0, np.nan, np.nan, 0.5, 1.0])


def test_a_course_has_its_schema() -> None:
    dtypes = dict(dated().over_time("cat").dtypes)

    assert schemas.describe(dtypes) == schemas.describe(schemas.OVER_TIME)


def test_posts_without_a_date_are_told_of() -> None:
    assert dated().over_time("cat").attrs["caveats"] == ["1 post has no date."]


def test_a_query_has_a_course_too() -> None:
    course = dated().over_time(["cat -dog"], freq="YS")

    assert course[["tag", "count", "posts"]].to_numpy().tolist() == [["cat -dog", 2, 3]]


def test_an_unknown_tag_is_on_no_post_of_any_period() -> None:
    course = dated().over_time(["dogg"], freq="YS")

    assert course["count"].tolist() == [0]
    assert course["high"].item() < 1
    assert "Did you mean 'dog'?" in course.attrs["caveats"][0]


@pytest.mark.parametrize(
    ("freq", "advice"),
    [
        ("M", "'MS' .* or 'ME'"),
        ("2M", "'MS' .* or 'ME'"),
        ("Q", "'QS' .* or 'QE'"),
        ("Y", "'YS' .* or 'YE'"),
        ("A", "'YS' .* or 'YE'"),
        ("H", "'h'"),
    ],
)
def test_an_offset_of_old_is_answered_with_today_s(freq: str, advice: str) -> None:
    with pytest.raises(ArgumentError, match=advice):
        dated().over_time("cat", freq=freq)


@pytest.mark.parametrize("freq", ["monthly", "", 5, None])
def test_what_is_no_offset_is_refused(freq: object) -> None:
    with pytest.raises(ArgumentError, match="is no offset of pandas"):
        dated().over_time("cat", freq=freq)  # type: ignore[arg-type]


def test_far_too_many_periods_are_refused() -> None:
    with pytest.raises(ArgumentError, match="more than 100,000 periods"):
        dated().over_time("cat", freq="s")


@pytest.mark.parametrize("freq", ["D", "B", "24h"])
def test_far_too_many_days_are_refused(freq: str) -> None:
    ages = dated(("1066-01-01T00:00:00Z", "2024-01-01T00:00:00Z"))

    with pytest.raises(ArgumentError, match="more than 100,000 periods"):
        ages.over_time("cat", freq=freq)


@pytest.mark.parametrize("freq", ["0D", "-1D", "-2MS", "-1h"])
def test_periods_that_do_not_go_on_are_refused(freq: str) -> None:
    with pytest.raises(ArgumentError, match="go on in time"):
        dated().over_time("cat", freq=freq)


@pytest.mark.parametrize("freq", ["D", "W", "MS", "ME", "QS", "YS", "7D", "2MS"])
def test_the_posts_of_the_periods_add_up(freq: str) -> None:
    course = dated().over_time("cat", freq=freq)

    assert course["count"].sum() == course["posts"].sum() == 3


@pytest.mark.parametrize("made", [of([]), of([{"cat"}]), dated((None,))])
def test_no_dated_posts_have_no_course(made: TagStats) -> None:
    course = made.over_time("cat")

    assert course.empty
    assert course.dtypes.equals(dated().over_time("cat").dtypes)


def test_dates_may_come_from_a_csv_file() -> None:
    posts = frame([{"cat"}] * 2, created_at=["2024-05-01 10:00:00+00:00", None])

    assert stats.of_frame(posts).over_time("cat")["count"].tolist() == [1]


def risen() -> TagStats:
    """Return posts of forty days: a fox on each, then an elk on the last ten."""
    days = pd.date_range("2024-01-01", periods=40, tz="UTC")
    tags = [{"sky", "elk" if n >= 30 else "fox"} for n in range(40)]
    return stats.of_frame(frame(tags, created_at=days))


@pytest.mark.parametrize("since", [None, "2024-01-31", pd.Timestamp("2024-01-31")])
def test_what_is_on_more_of_the_later_posts_is_on_the_rise(since: object) -> None:
    rising = risen().emerging(since=since)  # type: ignore[arg-type]

    assert rising["tag"].tolist() == ["elk"]
    assert rising[["count", "share", "count_before", "share_before"]].to_numpy()[
        0
    ].tolist() == [10, 1.0, 0, 0.0]
    assert (rising[["log_odds", "z"]] > 0).all(axis=None)


def test_a_rise_has_its_schema() -> None:
    dtypes = dict(risen().emerging().dtypes)

    assert schemas.describe(dtypes) == schemas.describe(schemas.EMERGING)


def test_a_rise_of_few_posts_is_left_out() -> None:
    assert risen().emerging(min_count=11).empty


@pytest.mark.parametrize("since", ["1999-01-01", "2030-01-01"])
def test_nothing_rises_without_posts_before_and_after(since: str) -> None:
    assert risen().emerging(since=since).empty


def test_nothing_rises_where_no_post_has_a_date() -> None:
    empty = of([{"cat"}] * 9).emerging()

    assert empty.empty
    assert empty.dtypes.equals(risen().emerging().dtypes)


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(ArgumentError, match="since is a date"):
        risen().emerging(since="last spring")
