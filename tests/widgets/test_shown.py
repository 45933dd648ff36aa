import pandas as pd
import pytest

from booru_nb.errors import FrameError
from booru_nb.widgets.shown import extended, shown
from tests.support.drawn import frame


def test_labels_columns_and_dtypes_are_the_users() -> None:
    posts = frame(3, mine=pd.array([1, None, 3], dtype="Int8")).set_index(
        pd.Index(["a", "b", "c"])
    )

    pd.testing.assert_frame_equal(shown(posts).frame, posts)


def test_a_later_change_of_the_frame_changes_nothing() -> None:
    posts = frame(3)
    now = shown(posts)
    posts.loc[0, "id"] = 99

    assert now.frame["id"].tolist() == [1, 2, 3]


def test_a_withheld_post_is_not_shown() -> None:
    posts = frame(3, rating=["general", "explicit", "general"])
    posts.loc[1, "tags"] = "child sky"

    assert shown(posts).frame["id"].tolist() == [1, 3]


def test_a_tag_that_stands_in_a_category_only_withholds() -> None:
    posts = frame(2, rating="explicit", character=["", "name_(child)"])

    assert shown(posts).frame["id"].tolist() == [1]


def test_an_item_is_plain_values() -> None:
    posts = pd.DataFrame({"site": ["demo"], "id": [7.0], "score": [pd.NA]})

    item = shown(posts).item(0)

    assert item is not None
    assert (item.key, item.score, item.preview_url) == (("demo", 7), None, None)
    assert type(item.id) is int


@pytest.mark.parametrize("wrong", [None, [1, 2], frame(2).drop(columns="id")])
def test_what_is_no_frame_of_posts_is_refused(wrong: pd.DataFrame) -> None:
    with pytest.raises(FrameError):
        shown(wrong)


def test_default_indexes_go_on_counting() -> None:
    both = extended(shown(frame(2)), frame(3))

    assert both.frame.index.tolist() == [0, 1, 2, 3, 4]


def test_other_labels_stay() -> None:
    both = extended(shown(frame(1)), frame(2).set_index(pd.Index(["x", "y"])))

    assert both.frame.index.tolist() == [0, "x", "y"]
    assert len(both) == 3
