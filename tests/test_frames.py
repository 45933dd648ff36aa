import io
from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest

from booru_nb import frames, schemas
from booru_nb.errors import FrameError
from booru_nb.post import Post, Rating, Status


def some_posts(count: int = 4) -> list[Post]:
    return [
        Post(
            site="meadow",
            id=10 - number,
            also_on=("pond:7",) if number == 0 else (),
            rating=Rating.GENERAL if number else None,
            score=number,
            tags=("artist_a", "canon:x", f"cloud_{number}", "sky"),
            categories={"artist_a": "artist", "sky": "general", "canon:x": "lore"},
            width=800,
            height=600,
            ext="jpg",
            md5="a" * 31 + str(number),
            source="drawn" if number else None,
            created_at=datetime(2024, 5, number + 1, 12, tzinfo=UTC),
            status=Status.ACTIVE,
        )
        for number in range(count)
    ]


@pytest.fixture
def frame() -> pd.DataFrame:
    return frames.from_posts(some_posts())


def test_a_frame_has_the_schema(frame: pd.DataFrame) -> None:
    dtypes = {name: schemas.dtype_name(t) for name, t in frame.dtypes.items()}

    assert dtypes == schemas.describe(schemas.POSTS)


def test_no_posts_give_the_same_columns_and_dtypes(frame: pd.DataFrame) -> None:
    empty = frames.from_posts([])

    assert len(empty) == 0
    assert empty.dtypes.equals(frame.dtypes)


def test_tags_stand_by_category_and_unknown_ones_in_tags_only(
    frame: pd.DataFrame,
) -> None:
    row = frame.iloc[0]

    assert row["tags"] == "artist_a canon:x cloud_0 sky"
    assert row["artist"] == "artist_a"
    assert row["general"] == "sky"
    assert row["other"] == "lore:canon:x"


def test_ratings_are_ordered(frame: pd.DataFrame) -> None:
    assert list(frame["rating"] < "sensitive") == [False, True, True, True]


def csv(df: pd.DataFrame) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(df.to_csv(index=False)))


def parquet(df: pd.DataFrame) -> pd.DataFrame:
    file = io.BytesIO()
    df.to_parquet(file)
    return pd.read_parquet(file)


def merged(df: pd.DataFrame) -> pd.DataFrame:
    return df.merge(df[["site", "id"]], on=["site", "id"], how="outer", sort=False)


@pytest.mark.parametrize(
    "change",
    [
        csv,
        parquet,
        lambda df: df.astype(object),
        lambda df: df.convert_dtypes(),
        lambda df: pd.concat([df.iloc[:2], df.iloc[2:]]),
        lambda df: df.astype({"id": float}),
        lambda df: df.assign(tags=df["tags"].str.split()),
        lambda df: df.assign(created_at=df["created_at"].dt.tz_convert("Asia/Tokyo")),
        lambda df: frames.from_posts(frames.to_posts(df)),
    ],
    ids=[
        "csv",
        "parquet",
        "object",
        "convert",
        "concat",
        "float",
        "lists",
        "zone",
        "posts",
    ],
)
def test_what_pandas_makes_of_a_frame_conforms_again(
    frame: pd.DataFrame, change: Callable[[pd.DataFrame], pd.DataFrame]
) -> None:
    back = frames.conform(change(frame))

    pd.testing.assert_frame_equal(back, frame)


def test_a_merge_conforms_again(frame: pd.DataFrame) -> None:
    back = frames.conform(merged(frame)).sort_values("id", ascending=False)

    pd.testing.assert_frame_equal(back.reset_index(drop=True), frame)


def test_index_and_further_columns_are_kept(frame: pd.DataFrame) -> None:
    mine = frame.assign(keep=True).set_axis(list("abcd"))

    back = frames.conform(mine)

    assert list(back.index) == list("abcd")
    assert list(back.columns) == [*schemas.POSTS, "keep"]


def test_a_frame_of_ids_is_filled_up() -> None:
    back = frames.conform(pd.DataFrame({"id": [3, 1]}), site="pond")

    assert list(back["site"]) == ["pond", "pond"]
    assert list(back["tags"]) == ["", ""]
    assert back["md5"].isna().all()
    assert back["status"].isna().all()


def test_tags_of_category_columns_belong_to_tags() -> None:
    mine = pd.DataFrame({"id": [1], "tags": ["b"], "artist": ["a"]})

    assert frames.conform(mine, site="pond")["tags"].item() == "a b"


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("id", 1.5, "'id' must hold a whole number, not 1.5"),
        ("rating", "spicy", "'rating' must hold one of"),
        ("score", "many", "'score' must hold a whole number, not 'many'"),
        ("created_at", "soon", "'created_at' must hold a date and time, not 'soon'"),
    ],
)
def test_a_wrong_value_is_named(
    frame: pd.DataFrame, column: str, value: str | float, says: str
) -> None:
    bad = frame.astype({column: object})
    bad.loc[2, column] = value

    with pytest.raises(FrameError, match=says):
        frames.conform(bad)


@pytest.mark.parametrize("column", ["site", "id"])
def test_a_missing_key_is_named(frame: pd.DataFrame, column: str) -> None:
    with pytest.raises(FrameError, match=f"no column '{column}'"):
        frames.conform(frame.drop(columns=column))


@pytest.mark.parametrize("column", ["site", "id"])
def test_a_key_that_is_missing_in_a_row_is_named(
    frame: pd.DataFrame, column: str
) -> None:
    bad = frame.astype({column: object})
    bad.loc[1, column] = None

    with pytest.raises(FrameError, match=f"'{column}' has missing values"):
        frames.conform(bad)


def test_what_is_no_frame_is_refused() -> None:
    with pytest.raises(FrameError, match="not list"):
        frames.conform([1])  # type: ignore[arg-type]


def test_withheld_posts_do_not_enter_a_frame() -> None:
    posts = [
        Post(site="pond", id=1, rating=Rating.EXPLICIT, tags=("child",)),
        Post(site="pond", id=2, rating=Rating.GENERAL, tags=("child",)),
    ]

    assert list(frames.from_posts(posts)["id"]) == [2]


def test_withheld_rows_are_dropped_from_any_frame() -> None:
    mine = pd.DataFrame({"id": [1, 2], "tags": ["child", "sky"], "rating": "explicit"})

    assert list(frames.conform(mine, site="pond")["id"]) == [2]


def test_posts_come_back_whole() -> None:
    posts = some_posts()

    assert frames.to_posts(frames.from_posts(posts)) == posts


def test_a_large_id_is_exact() -> None:
    mine = pd.DataFrame({"id": np.array([2**62 + 1], dtype="int64")})

    assert frames.conform(mine, site="pond")["id"].item() == 2**62 + 1


@pytest.mark.parametrize(
    ("column", "bad"),
    [
        ("md5", "../../etc/passwd"),
        ("md5", "z" * 32),
        ("ext", "j/pg"),
        ("ext", "toolong"),
        ("preview_url", "javascript:alert(1)"),
        ("sample_url", "file:///etc/passwd"),
        ("file_url", "//host/a.jpg"),
        ("post_url", "https://"),
        ("post_url", "https://a.test/ b"),
    ],
)
def test_what_is_not_of_its_form_is_missing(
    frame: pd.DataFrame, column: str, bad: str
) -> None:
    good = frame[column].fillna("https://a.test/1.jpg").astype(object)
    frame[column] = good.where(frame.index != 1, bad)

    found = frames.conform(frame)

    assert found[column].isna().tolist() == [False, True, False, False]


def test_forms_are_written_in_lower_case(frame: pd.DataFrame) -> None:
    loud = frame.assign(md5=frame["md5"].str.upper(), ext="JPG")

    assert frames.conform(loud)[["md5", "ext"]].equals(frame[["md5", "ext"]])


def test_what_a_user_says_of_a_post_has_its_dtypes(frame: pd.DataFrame) -> None:
    frame["folder"] = pd.Series(["sea", None] * 2)
    frame["note"] = pd.Series([1.0, None] * 2)
    frame["bookmarked_at"] = pd.Series(["2024-05-01T12:00:00+02:00", None] * 2)
    found = frames.conform(csv(frame))

    names = ["folder", "note", "bookmarked_at"]
    assert found[names].dtypes.map(schemas.dtype_name).tolist() == [
        schemas.dtype_name(schemas.BOOKMARKS[name]) for name in names
    ]
    assert found["folder"].isna().tolist() == [False, True] * 2
