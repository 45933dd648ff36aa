"""Posts that the guard withholds are not counted, whichever way they come in."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from booru_nb import stats
from booru_nb.stats import of_frames
from booru_nb.stats.blobs import of_blobs
from booru_nb.stats.source import Given
from booru_nb.stats.withholding import sexual
from tests.stats.samples import frame

POSTS = [{"kite", "child"}, {"kite", "child"}, {"kite"}, {"kite"}, {"kite", "loli"}]
RATINGS = ["general", "explicit", "explicit", None, "general"]


def test_of_a_frame_only_the_others_count() -> None:
    made = stats.of_frame(frame(POSTS, rating=RATINGS))

    assert len(made) == 3
    assert made.counts().set_index("tag")["count"].to_dict() == {"kite": 3, "child": 1}


def test_no_answer_has_them() -> None:
    made = stats.of_frame(frame(POSTS, rating=RATINGS, created_at=["2024-01-01"] * 5))

    assert made.posts().index.tolist() == [0, 2, 3]
    assert made.posts("kite")["id"].tolist() == [1, 3, 4]
    assert made.related("kite")["count"].tolist() == [1]
    assert made.cooccurrence().loc["kite", "child"] == 1
    assert made.over_time("kite")["posts"].sum() == 3
    assert made.counts(by="rating")["count"].sum() == 4
    assert "loli" not in made.counts()["tag"].tolist()


def test_a_mask_does_not_bring_them_back() -> None:
    posts = frame(POSTS, rating=RATINGS)

    assert len(stats.of_frame(posts).posts(posts["id"] > 0)) == 3


def test_a_frame_to_compare_with_is_without_them() -> None:
    made = stats.of_frame(frame([{"sky"}]))
    compared = made.compare("sky", frame(POSTS, rating=RATINGS))

    assert "loli" not in compared["tag"].tolist()
    assert compared.set_index("tag")["count_b"]["kite"] == 3


def test_posts_without_a_rating_column_count_as_sexual() -> None:
    posts = frame(POSTS).drop(columns="rating")

    assert stats.of_frame(posts).counts()["tag"].tolist() == ["kite"]


@pytest.mark.parametrize("vocabulary", ["raw", "canonical", "expanded", "minimal"])
@pytest.mark.parametrize(
    "relations",
    [
        of_frames(pd.DataFrame({"alias": ["kiddo"], "tag": ["child"]})),
        of_frames(None, pd.DataFrame({"tag": ["kiddo"], "implies": ["child"]})),
    ],
)
def test_they_are_told_by_aliases_and_implications_too(
    vocabulary: str, relations: stats.Known
) -> None:
    posts = frame([{"kiddo"}, {"kiddo"}], rating=["general", "explicit"])
    made = stats.of_frame(posts, vocabulary=vocabulary, known=relations)

    assert len(made) == 1


def test_of_tag_numbers_only_the_others_count() -> None:
    names = ["kite", "child", "loli"]
    blobs = [
        b"".join(
            n.to_bytes(4, "little") for n, name in enumerate(names) if name in post
        )
        for post in POSTS
    ]
    matrix = of_blobs(
        b"".join(blobs),
        sizes=list(map(len, blobs)),
        sites=np.zeros(5),
        tags=[1, 0, 2],
        names=["child", "kite", "loli"],
        kinds={0: ([0], ["general"])},
    )
    read = stats.Read(
        matrix, np.arange(5), pd.Categorical(["meadow"] * 5), sexual(RATINGS)
    )
    made = stats.of_codes(read, Given(frame(POSTS, rating=RATINGS)))

    assert made.counts().set_index("tag")["count"].to_dict() == {"kite": 3, "child": 1}
    assert made.posts()["id"].tolist() == [1, 3, 4]


def test_a_parquet_file_is_counted_without_them(tmp_path: Path) -> None:
    path = tmp_path / "posts.parquet"
    frame(POSTS, rating=RATINGS).to_parquet(path)

    assert len(stats.of_parquet(path)) == 3
