"""Whatever is asked of whatever posts: an answer, without noise."""

import numpy as np
import pandas as pd
import pytest

from booru_nb import stats
from booru_nb.errors import ArgumentError, BooruError, FrameError
from booru_nb.stats import TagStats
from booru_nb.stats.measures import MEASURES
from tests.stats.samples import frame, of

NOW = pd.Timestamp("2024-05-05", tz="UTC")


def dated(posts: list[set[str]]) -> TagStats:
    return stats.of_frame(frame(posts, created_at=[NOW] * len(posts)))


CASES = {
    "no posts": of([]),
    "one post": dated([{"cat", "dog"}]),
    "one post of one tag": dated([{"cat"}]),
    "posts without tags": dated([set(), set()]),
    "a tag on every post": dated([{"cat", "dog"}, {"cat"}, {"cat", "elk"}]),
    "only a tag on every post": dated([{"cat"}] * 3),
}


@pytest.mark.parametrize("measure", ["count", *MEASURES])
@pytest.mark.parametrize("case", CASES)
def test_every_measure_of_every_edge_is_an_answer(case: str, measure: str) -> None:
    made = CASES[case]
    square = made.cooccurrence(measure=measure)
    made.cooccurrence(tags=["cat", "nothing"], measure=measure)
    made.cooccurrence(tidy=True, measure=measure)

    assert not np.isinf(square.to_numpy()).any() or measure == "pmi"
    if measure != "count":
        assert not made.related("cat", measure=measure)[measure].isna().any()
        assert made.related("nothing", measure=measure).empty


@pytest.mark.parametrize("case", CASES)
def test_every_question_of_every_edge_is_an_answer(case: str) -> None:
    made = CASES[case]
    course = made.over_time(["cat", "nothing"])

    assert made.counts()["share"].between(0, 1).all()
    assert made.counts(by="rating")["share"].between(0, 1).all()
    assert course["share"].dropna().between(0, 1).all()
    assert made.emerging(min_count=1).empty
    assert not made.compare("cat").isna()[["log_odds", "z", "g2"]].any(axis=None)
    assert made.posts("nothing").empty
    assert len(made.posts()) == len(made)
    assert repr(made)
    assert made._repr_html_()


def test_a_tag_on_every_post_has_a_share_of_one() -> None:
    counts = CASES["a tag on every post"].counts()

    assert counts.iloc[0][["tag", "share", "high"]].tolist() == ["cat", 1.0, 1.0]


def test_a_tag_on_every_post_tells_nothing_of_others() -> None:
    made = CASES["a tag on every post"]

    assert made.related("dog", measure="npmi")["npmi"].tolist() == [0.0]
    assert made.related("cat", measure="lift")["lift"].tolist() == [1.0, 1.0]
    assert made.related("cat", measure="g2")["g2"].tolist() == [0.0, 0.0]


@pytest.mark.parametrize("what", [None, 5, 1.5, {"cat"}, object()])
def test_what_chooses_no_posts_is_refused(what: object) -> None:
    with pytest.raises(ArgumentError, match="a tag, a query or a mask"):
        of([{"cat"}]).related(what)  # type: ignore[arg-type]


def test_a_mask_of_other_posts_is_refused() -> None:
    with pytest.raises(ArgumentError, match="of 3 posts; these are 1"):
        of([{"cat"}]).posts(np.array([True, False, True]))


def test_a_mask_of_numbers_is_refused() -> None:
    with pytest.raises(ArgumentError, match="True and False only"):
        of([{"cat"}]).posts([1.5])


def test_a_mask_is_aligned_by_its_labels_and_missing_is_false() -> None:
    posts = frame([{"cat"}, {"dog"}, {"elk"}])
    posts.index = pd.Index(["a", "b", "c"])
    mask = pd.Series({"c": True, "b": pd.NA, "z": True}, dtype="boolean")

    assert stats.of_frame(posts).posts(mask)["tags"].tolist() == ["elk"]


def test_a_mask_is_of_the_posts_given_doubles_included() -> None:
    posts = pd.concat([frame([{"cat"}, {"dog"}]), frame([{"cat"}])])
    found = stats.of_frame(posts).posts(np.array([False, True, True]))

    assert found["tags"].tolist() == ["dog"]


def test_whole_float_ids_and_object_columns_are_read() -> None:
    posts = frame([{"cat"}, {"cat"}]).astype(object)
    posts["id"] = [1.0, 2.0]

    assert len(stats.of_frame(posts)) == 2


def test_tags_as_lists_are_read() -> None:
    posts = frame([{"cat"}])
    posts["tags"] = [["cat", "dog"]]

    assert stats.of_frame(posts).counts()["tag"].tolist() == ["cat", "dog"]


@pytest.mark.parametrize(
    "column", [{"id": ["seven"]}, {"site": [None]}, {"rating": ["nice"]}]
)
def test_a_column_that_holds_what_it_may_not_is_named(
    column: dict[str, list[object]],
) -> None:
    with pytest.raises(FrameError, match=next(iter(column))):
        stats.of_frame(frame([{"cat"}], **column))


@pytest.mark.parametrize("posts", [None, [], {"id": 1}, "sky"])
def test_what_is_no_frame_is_refused(posts: object) -> None:
    with pytest.raises(BooruError, match="A DataFrame of posts is needed"):
        stats.of_frame(posts)  # type: ignore[arg-type]


def test_names_with_markup_are_shown_as_text() -> None:
    assert "<b>bad" not in of([{"<b>bad"}])._repr_html_()


@pytest.mark.parametrize("wrong", [5, [5], None, [["cat"]]])
def test_tags_that_are_no_texts_are_refused(wrong: object) -> None:
    made = dated([{"cat"}])

    with pytest.raises(ArgumentError, match="tags is a text or a list of texts"):
        made.over_time(wrong)  # type: ignore[arg-type]
    if wrong is not None:
        with pytest.raises(ArgumentError, match="tags is a text or a list of texts"):
            made.cooccurrence(tags=wrong)  # type: ignore[arg-type]
        with pytest.raises(ArgumentError, match="category is a text or a list"):
            made.counts(category=wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", ["x", None, 1.5, True])
def test_a_least_number_that_is_none_is_refused(wrong: object) -> None:
    made = dated([{"cat", "dog"}])

    for ask in (made.cooccurrence, made.emerging):
        with pytest.raises(ArgumentError, match="min_count is a whole number"):
            ask(min_count=wrong)  # type: ignore[arg-type]
    for about in (made.related, made.compare):
        with pytest.raises(ArgumentError, match="min_count is a whole number"):
            about("cat", min_count=wrong)  # type: ignore[arg-type]
