import pytest

from booru_nb.errors import ArgumentError
from booru_nb.widgets.choice import chosen
from booru_nb.widgets.shown import shown
from tests.support.drawn import frame


def test_a_row_is_a_post() -> None:
    posts = frame(5)

    assert list(chosen(posts.iloc[2], shown(posts))) == [2]


@pytest.mark.parametrize("wrong", [None, 0, "demo", [3], len])
def test_what_is_no_post_is_refused(wrong: object) -> None:
    with pytest.raises(ArgumentError, match="is no post"):
        chosen(wrong, shown(frame(5)))  # type: ignore[arg-type]
