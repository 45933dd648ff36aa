import asyncio
import inspect
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import booru_nb as bn
from booru_nb import errors, schemas
from booru_nb.library.aio import Aio


def test_a_search_gives_a_frame_of_the_schema(lib: bn.Library) -> None:
    posts = lib.search(limit=7, progress=False)

    dtypes = {name: schemas.dtype_name(t) for name, t in posts.dtypes.items()}
    assert len(posts) == 7
    assert dtypes == schemas.describe(schemas.POSTS)


def test_nothing_found_gives_an_empty_frame_of_the_schema(lib: bn.Library) -> None:
    none = lib.search("no_such_tag_anywhere", progress=False)
    some = lib.search(limit=1, progress=False)

    assert none.empty
    assert none.dtypes.equals(some.dtypes)


def test_only_general_posts_come_unless_asked(lib: bn.Library) -> None:
    assert set(lib.search(limit=200, progress=False)["rating"]) == {"general"}


def test_any_rating_comes_when_asked(lib: bn.Library) -> None:
    found = lib.search(limit=None, rating="any", progress=False)

    assert set(found["rating"]) == {"general", "sensitive", "questionable", "explicit"}


def test_a_list_of_ratings_widens_the_search(lib: bn.Library) -> None:
    found = lib.search(limit=None, rating=["general", "explicit"], progress=False)

    assert set(found["rating"]) == {"general", "explicit"}


def test_a_rating_in_the_query_replaces_the_filter(lib: bn.Library) -> None:
    assert set(lib.search("rating:q", progress=False)["rating"]) == {"questionable"}


def test_the_library_remembers_its_ratings(lib: bn.Library) -> None:
    lib.rating = "explicit"

    assert lib.rating == "explicit"
    assert set(lib.search(limit=3, progress=False)["rating"]) == {"explicit"}


@pytest.mark.parametrize("wrong", ["safe", ["general", "mild"], [], 5])
def test_an_unknown_rating_is_refused(lib: bn.Library, wrong: str | list[str]) -> None:
    with pytest.raises(errors.ArgumentError, match="Known: 'general'"):
        lib.search(rating=wrong)


@pytest.mark.parametrize("limit", [-1, 2.5, "many", True])
def test_a_limit_is_a_whole_number(lib: bn.Library, limit: object) -> None:
    with pytest.raises(errors.ArgumentError, match="limit"):
        lib.search(limit=limit)  # type: ignore[arg-type]


def test_all_posts_come_once_page_after_page(lib: bn.Library) -> None:
    found = lib.search(limit=None, rating="any", progress=False)

    assert found["id"].is_unique
    assert len(found) == lib.count(rating="any")
    assert found["id"].is_monotonic_decreasing


def test_an_order_of_the_site_is_kept(lib: bn.Library) -> None:
    found = lib.search("order:score", limit=300, progress=False)

    assert found["score"].is_monotonic_decreasing
    assert found["id"].is_unique


def test_the_last_search_is_remembered(lib: bn.Library) -> None:
    found = lib.search(limit=3, progress=False)

    pd.testing.assert_frame_equal(lib.last, found)


def test_pages_are_remembered_as_a_search_is(lib: bn.Library) -> None:
    pages = lib.pages(limit=250)
    first = next(pages)

    pd.testing.assert_frame_equal(lib.last, first)

    whole = pd.concat([first, *pages])

    pd.testing.assert_frame_equal(lib.last, whole)


def test_pages_go_on_in_one_index(lib: bn.Library) -> None:
    pages = list(lib.pages(limit=250))

    assert len(pages) > 1
    assert list(pd.concat(pages).index) == list(range(250))


def test_leaving_pages_early_is_fine(lib: bn.Library) -> None:
    for page in lib.pages():
        assert len(page)
        break

    assert len(lib.search(limit=1, progress=False)) == 1


def test_searches_can_be_awaited_on_any_loop(lib: bn.Library) -> None:
    async def both() -> tuple[int, int]:
        found = await lib.aio.search(limit=5, progress=False)
        pages = [page async for page in lib.aio.pages(limit=5)]
        return len(found), sum(map(len, pages))

    assert asyncio.run(both()) == (5, 5)


def test_one_post(lib: bn.Library) -> None:
    some = lib.search(limit=1, progress=False)

    pd.testing.assert_frame_equal(lib.post(int(some["id"].item())), some)


def test_a_post_that_does_not_exist(lib: bn.Library) -> None:
    with pytest.raises(errors.NotFoundError, match="demo"):
        lib.post(99_999_999)


@pytest.mark.parametrize("wrong", ["12", -1, 1.5, None, True])
def test_a_post_has_a_whole_number(lib: bn.Library, wrong: object) -> None:
    with pytest.raises(errors.ArgumentError):
        lib.post(wrong)  # type: ignore[arg-type]


def test_an_unknown_site_of_a_demo_points_to_open(lib: bn.Library) -> None:
    with pytest.raises(errors.LibraryError, match=r"bn\.open\(\)"):
        lib.search(site="danbooru")


def test_an_unknown_site_names_the_known_ones(library_file: object) -> None:
    with (
        bn.open(library_file) as own,  # type: ignore[arg-type]
        pytest.raises(errors.UnknownSiteError, match="Did you mean 'danbooru'"),
    ):
        own.search(site="danboru")


@pytest.mark.parametrize("name", ["search", "post", "suggest", "count", "pages"])
def test_a_plain_verb_has_the_signature_of_the_awaited_one(name: str) -> None:
    plain, awaited = getattr(bn.Library, name), getattr(Aio, name)

    assert inspect.signature(plain) == inspect.signature(awaited)
    assert plain.__doc__ == awaited.__doc__


def test_a_closed_library_says_so() -> None:
    library = bn.demo()
    library.close()

    with pytest.raises(errors.LibraryError, match=r"demo library is closed.*bn\.demo"):
        library.search()


def test_a_closed_library_names_its_file(library_file: Path) -> None:
    with bn.open(library_file) as library:
        pass

    with pytest.raises(errors.LibraryError, match=rf"{library_file} is closed"):
        library.search()
    assert str(library_file) in repr(library)


def test_numbers_of_numpy_are_numbers(lib: bn.Library) -> None:
    found = lib.search(limit=np.int64(3), progress=False)  # type: ignore[arg-type]

    assert len(found) == 3
    assert len(lib.post(found["id"].iloc[0])) == 1


@pytest.mark.parametrize("query", [5, None, ["sky", "sea"]])
def test_a_query_is_text(lib: bn.Library, query: object) -> None:
    with pytest.raises(errors.ArgumentError, match="is text"):
        lib.search(query, progress=False)  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "limit"), [(None, 5), ("s", -1), ("s", 2.5)])
def test_a_completion_has_a_beginning_and_a_limit(
    lib: bn.Library, text: object, limit: object
) -> None:
    with pytest.raises(errors.ArgumentError):
        lib.suggest(text, limit=limit)  # type: ignore[arg-type]
