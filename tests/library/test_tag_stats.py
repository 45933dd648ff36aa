from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import booru_nb as bn
from booru_nb.errors import ArgumentError, FrameError, LibraryError
from booru_nb.library import known
from booru_nb.stats import TagStats
from booru_nb.store import tagsets
from booru_nb.store.connections import Db
from tests.stats.samples import frame

Ask = Callable[[TagStats], pd.DataFrame]


def test_the_bookmarks_are_counted_without_an_argument(lib: bn.Library) -> None:
    posts = lib.search("sky", limit=40, progress=False)
    lib.bookmark(posts)

    expected = lib.tag_stats(posts).counts()
    pd.testing.assert_frame_equal(lib.tag_stats().counts(), expected, check_like=True)


def test_bookmarks_answer_as_their_frame_does(lib: bn.Library) -> None:
    lib.bookmark(lib.search("", limit=60, progress=False), folder="a")
    ours, theirs = lib.tag_stats(), lib.tag_stats(lib.bookmarks())

    asks: list[Ask] = [
        lambda s: s.related("sky", measure="npmi"),
        lambda s: s.related("sky score:>3"),
        lambda s: s.cooccurrence(top=8, tidy=True),
        lambda s: s.over_time(["sky"], freq="YS"),
        lambda s: s.counts(by="folder"),
        lambda s: s.posts("sky"),
    ]
    for ask in asks:
        one, two = ask(ours), ask(theirs)
        one.attrs, two.attrs = {}, {}
        pd.testing.assert_frame_equal(
            one.reset_index(drop=True), two.reset_index(drop=True)
        )


@pytest.mark.parametrize("some_are_not_bookmarked", [False, True])
def test_bookmarks_are_the_same_in_parts(
    lib: bn.Library,
    monkeypatch: pytest.MonkeyPatch,
    some_are_not_bookmarked: bool,  # noqa: FBT001 - a case of the test
) -> None:
    posts = lib.search("", limit=23, progress=False)
    lib.bookmark(posts)
    if some_are_not_bookmarked:
        lib.collect("", limit=40, progress=False)
        lib.unbookmark(posts.iloc[[0, 5, 6, 22]])
    whole = lib.tag_stats()

    monkeypatch.setattr(tagsets, "PART", 5)
    parts = lib.tag_stats()

    pd.testing.assert_frame_equal(whole.posts(), parts.posts())
    for by in (None, "rating"):
        one, two = whole.counts(by=by), parts.counts(by=by)
        one.attrs, two.attrs = {}, {}
        pd.testing.assert_frame_equal(one, two)


def test_no_bookmarks_are_no_posts(lib: bn.Library) -> None:
    stats = lib.tag_stats()

    assert len(stats) == 0
    assert stats.counts(by="folder").empty
    assert stats.posts().empty


def test_two_sites_that_differ_in_a_category_have_one_row(lib: bn.Library) -> None:
    posts = frame(
        [{"anna"}] * 3,
        site=["meadow", "pond", "pond"],
        id=[1, 1, 2],
        artist=["anna", "", ""],
        character=["", "anna", "anna"],
    )
    lib.bookmark(posts)

    counts = lib.tag_stats().counts()
    assert counts[["tag", "category", "count"]].to_numpy().tolist() == [
        ["anna", "character", 3]
    ]


def test_statistics_stay_when_bookmarks_go(lib: bn.Library) -> None:
    posts = lib.bookmark(lib.search("sky", limit=5, progress=False))
    stats = lib.tag_stats()
    lib.unbookmark(posts.head(2))

    assert stats.counts()["count"].max() == 5
    assert stats.posts()["id"].tolist() == posts["id"].tolist()
    assert stats.posts()["tags"].isna().sum() == 2


def test_a_query_is_of_every_post_kept_here(lib: bn.Library) -> None:
    lib.bookmark(lib.search("", limit=60, progress=False))
    stats = lib.tag_stats("sky -tree")

    tags = stats.counts()["tag"].tolist()
    assert "sky" in tags
    assert "tree" not in tags


def test_a_parquet_file_is_read_by_its_path(lib: bn.Library, tmp_path: Path) -> None:
    posts = lib.search("sky", limit=20, progress=False)
    posts.to_parquet(tmp_path / "sky.parquet")
    stats = lib.tag_stats(tmp_path / "sky.parquet")

    assert stats.counts().equals(lib.tag_stats(posts).counts())


def test_the_name_of_a_file_that_is_taken_for_a_query_is_told(lib: bn.Library) -> None:
    with pytest.raises(
        ArgumentError, match=r"lib\.tag_stats\(Path\('sky\.parquet'\)\)"
    ):
        lib.tag_stats("sky.parquet")


def test_a_file_that_is_not_there_or_no_parquet_is_named(
    lib: bn.Library, tmp_path: Path
) -> None:
    (tmp_path / "text.parquet").write_text("no")
    with pytest.raises(FrameError, match="no Parquet file"):
        lib.tag_stats(tmp_path / "text.parquet")
    with pytest.raises(FrameError, match="There is no file"):
        lib.tag_stats(tmp_path / "nothing.parquet")


@pytest.mark.parametrize("posts", [5, ["sky"], {"id": 1}])
def test_posts_given_in_another_way_are_refused(lib: bn.Library, posts: object) -> None:
    with pytest.raises(ArgumentError, match="a query, or the Path"):
        lib.tag_stats(posts)  # type: ignore[arg-type]


def test_an_unknown_vocabulary_names_those_that_there_are(lib: bn.Library) -> None:
    with pytest.raises(ArgumentError, match="raw, canonical, expanded, minimal"):
        lib.tag_stats(vocabulary="full")


def test_a_closed_library_counts_nothing(lib: bn.Library) -> None:
    lib.close()

    with pytest.raises(LibraryError, match="closed"):
        lib.tag_stats()


def relate(lib: bn.Library, implications: list[tuple[str, str]]) -> None:
    def work(db: Db) -> None:
        db.executemany(
            """
            insert into tag_implication (site_id, tag, implies)
            select site_id, ?, ? from site where name = 'demo'
            """,
            implications,
        )

    known.meant(lib.token).store.file.write(work)


def test_a_vocabulary_is_made_of_what_the_library_knows(lib: bn.Library) -> None:
    posts = lib.bookmark(lib.search("sky", limit=10, progress=False))
    relate(lib, [("sky", "everything")])

    for stats in (
        lib.tag_stats(vocabulary="expanded"),
        lib.tag_stats(posts, vocabulary="expanded"),
        posts.booru.tag_stats(vocabulary="expanded"),
    ):
        assert len(stats.posts("everything")) == 10


def test_a_frame_needs_no_library() -> None:
    stats = frame([{"cat", "dog"}, {"cat"}]).booru.tag_stats()

    assert stats.counts()["tag"].tolist() == ["cat", "dog"]
    assert stats.caveats == ()


def test_a_query_may_group_by_folder(lib: bn.Library) -> None:
    lib.bookmark(lib.search("sky", limit=4, progress=False), folder="a")

    assert set(lib.tag_stats("sky").counts(by="folder")["folder"]) == {"a"}
