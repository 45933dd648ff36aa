import pytest
from hypothesis import given
from hypothesis import strategies as st

from booru_nb import guard
from booru_nb.guard import withheld


@pytest.mark.parametrize("rating", ["questionable", "explicit", None])
@pytest.mark.parametrize(
    "tag",
    [
        "child",
        "Child",
        "young_girl",
        "young girl",
        "young-girl",
        "name_(child)",
        "name_(series)_(toddler)",
        "\uff43\uff48\uff49\uff4c\uff44",
        "chi\u200bld",
        "chi\xadld",
        "child,",
        "sky,child",
        '"child"',
        "(child)",
    ],
)
def test_a_sexual_rating_with_a_tag_that_codes_minors_is_withheld(
    rating: str | None, tag: str
) -> None:
    assert withheld(rating, ["sky", tag])


@pytest.mark.parametrize("rating", ["general", "sensitive"])
def test_a_mild_rating_with_such_a_tag_is_not(rating: str) -> None:
    assert not withheld(rating, ["child", "kite"])


@pytest.mark.parametrize("rating", ["general", "sensitive", "explicit", None])
@pytest.mark.parametrize("tag", ["loli", "SHOTACON", "name_(lolicon)"])
def test_some_tags_withhold_at_any_rating(rating: str | None, tag: str) -> None:
    assert withheld(rating, [tag])


@pytest.mark.parametrize("tag", ["childhood_home", "kidney_bean", "cubism", "lolita"])
def test_tags_are_compared_whole(tag: str) -> None:
    assert not withheld("explicit", [tag])


def test_no_tags_are_not_withheld() -> None:
    assert not withheld(None, [])


@given(st.text("abcxyz019_-,(", min_size=1, max_size=12))
def test_a_plain_tag_is_read_as_any_other(tag: str) -> None:
    assert guard._names(tag) == guard._names_within(tag)
