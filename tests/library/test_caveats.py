import asyncio
from pathlib import Path

import pandas as pd
import pytest

import booru_nb as bn
from tests.stats.samples import frame


def test_a_search_that_was_cut_short_says_so_everywhere(lib: bn.Library) -> None:
    stats = lib.tag_stats(lib.search("sky", limit=20, progress=False))

    [sliced, visitor] = stats.caveats
    assert "the newest 20 posts that demo showed for 'sky'" in sliced
    assert "Seen without a login" in visitor
    assert sliced in repr(stats)
    assert visitor in stats._repr_html_()
    for answer in (
        stats.counts(),
        stats.related("sky"),
        stats.cooccurrence(),
        stats.over_time("sky"),
        stats.emerging(),
        stats.compare("sky"),
    ):
        assert answer.attrs["caveats"][:2] == [sliced, visitor]


def test_a_search_that_found_all_there_is_is_no_slice(lib: bn.Library) -> None:
    posts = lib.search("lighthouse", limit=None, progress=False)

    [said] = lib.tag_stats(posts).caveats
    assert "Seen without a login" in said


def test_the_best_are_not_called_the_newest(lib: bn.Library) -> None:
    posts = lib.search("sky", limit=5, order="score", progress=False)

    assert "the highest scored 5 posts" in lib.tag_stats(posts).caveats[0]


def test_a_part_of_a_slice_and_a_copy_of_it_are_as_biased(lib: bn.Library) -> None:
    posts = lib.search("sky", limit=20, progress=False)
    said = lib.tag_stats(posts).caveats

    assert lib.tag_stats(posts.head(3)).caveats == said
    assert lib.tag_stats(pd.DataFrame(posts.to_dict("list"))).caveats == said
    assert posts.booru.tag_stats().caveats == said


def test_several_slices_all_say_so(lib: bn.Library) -> None:
    one = lib.search("sky", limit=5, progress=False)
    two = lib.search("lighthouse", limit=5, progress=False)
    caveats = lib.tag_stats(pd.concat([one, two])).caveats

    assert sum("A slice" in said for said in caveats) == 2


def test_pages_that_were_left_early_are_a_slice(lib: bn.Library) -> None:
    async def first() -> pd.DataFrame:
        pages = lib.aio.pages("sky")
        try:
            return await anext(pages)
        finally:
            await pages.aclose()

    page = asyncio.run(first())

    assert "A slice: the newest" in lib.tag_stats(page).caveats[0]


def test_pages_to_the_end_are_none(lib: bn.Library) -> None:
    pages = pd.concat(list(lib.pages("lighthouse")))

    assert not any("A slice" in said for said in lib.tag_stats(pages).caveats)


@pytest.mark.parametrize("engine", ["memory", "duckdb"])
def test_files_of_a_slice_are_as_biased(
    lib: bn.Library, tmp_path: Path, engine: str
) -> None:
    posts = lib.search("sky", limit=5, progress=False)
    posts.booru.to_parquet(tmp_path / "sky.parquet")

    stats = lib.tag_stats(tmp_path / "sky.parquet", engine=engine)

    assert stats.caveats == lib.tag_stats(posts).caveats


def test_what_is_compared_with_a_slice_says_so(lib: bn.Library) -> None:
    posts = lib.search("sky", limit=5, progress=False)
    compared = lib.tag_stats(frame([{"cat"}])).compare("cat", posts)

    assert compared.attrs["caveats"] == list(lib.tag_stats(posts).caveats)


def test_the_posts_of_a_slice_say_so(lib: bn.Library) -> None:
    stats = lib.tag_stats(lib.search("sky", limit=5, progress=False))

    assert stats.posts().attrs["caveats"] == list(stats.caveats)


def test_numbers_that_are_written_as_text_are_the_same_posts(lib: bn.Library) -> None:
    posts = lib.search("sky", limit=5, progress=False)

    written = posts.astype({"id": "str"})
    assert lib.tag_stats(written).caveats == lib.tag_stats(posts).caveats


def test_bookmarks_and_posts_of_nowhere_have_no_caveats(lib: bn.Library) -> None:
    lib.bookmark(lib.search("sky", limit=5, progress=False))

    assert lib.tag_stats().caveats == ()
    assert lib.tag_stats(frame([{"cat"}])).caveats == ()
    assert "caveats" not in lib.tag_stats().counts().attrs
