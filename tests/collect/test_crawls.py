"""What was collected, as a table, and forgotten again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from booru_nb import errors
from tests.support.collecting import Board, collect

if TYPE_CHECKING:
    import booru_nb as bn


def test_a_crawl_is_shown_and_forgotten(own: bn.Library, board: Board) -> None:
    collect(own, "sky", limit=5, min_score=1)
    found = collect(own, after="2000-01-01")
    shown = own.crawls()

    own.forget_crawl(shown["crawl"])

    assert shown["query"].tolist()[1] == "score:>=1 sky"
    assert "after=2000-01-01" in shown["query"].tolist()[0]
    assert shown["posts"].tolist() == [len(found), shown["posts"].iloc[1]]
    assert shown["complete"].tolist() == [True, False]
    assert own.crawls().empty
    assert own.crawls().dtypes.equals(shown.dtypes)
    assert len(own.posts()) == len(found)
    assert board.asked() > 0


@pytest.mark.parametrize("wrong", [77, [1, 77], "1", 1.5, None])
def test_a_crawl_that_there_is_not_cannot_be_forgotten(
    own: bn.Library, wrong: object
) -> None:
    collect(own, limit=5)

    with pytest.raises(errors.ArgumentError):
        own.forget_crawl(wrong)  # type: ignore[arg-type]

    assert len(own.crawls()) == 1
