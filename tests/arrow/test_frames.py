"""Frames from arrays are those that would be made value by value."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booru_nb import arrow, frames
from booru_nb.errors import DamagedFileError
from booru_nb.post import Post, Rating, Status
from booru_nb.schemas import BOOKMARKS, POST_TAGS, POSTS, TAGS
from booru_nb.store import Entry, Store, tagblobs
from booru_nb.store.columns import BOOKMARK_COLUMNS, POST_COLUMNS
from tests.store.samples import entries, post

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Z", "C"]), min_size=1, max_size=4
)
TAGS_OF_POST = st.lists(
    st.sampled_from(["sky", "Sky", "a", "é", "\U0001f600", "_", "x:y", "zz", "a\nb"])
    | WORDS,
    max_size=6,
    unique=True,
)
KINDS = st.sampled_from(["artist", "general", "meta", "lore", "deity", "a:b"])
WHOLE = st.none() | st.integers(-5, 1 << 40)
TEXT = st.none() | st.text(st.characters(codec="utf-8"), max_size=5)


@st.composite
def a_post(draw: st.DrawFn, number: int) -> Post:
    tags = sorted(draw(TAGS_OF_POST))
    return Post(
        site=draw(st.sampled_from(["danbooru", "e621"])),
        id=number,
        rating=draw(st.sampled_from([None, *Rating])),
        score=draw(WHOLE),
        tags=tuple(tags),
        categories={tag: draw(KINDS) for tag in tags if draw(st.booleans())},
        width=draw(WHOLE),
        md5=draw(TEXT),
        source=draw(TEXT),
        created_at=draw(st.none() | st.just(datetime(2024, 2, 29, 1, 2, 3, 4, UTC))),
        status=draw(st.sampled_from([None, *Status])),
    )


SEVERAL = st.integers(0, 6).flatmap(lambda n: st.tuples(*(a_post(i) for i in range(n))))


def slow(store: Store) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    return (
        frames.from_columns(store.bookmarks.columns(), BOOKMARKS),
        frames.from_columns(store.tags.post_tags(), POST_TAGS),
        frames.from_columns(store.tags.counts(), TAGS),
    )


def fast(store: Store) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    rows = store.bookmarks.rows
    return (
        arrow.frame(arrow.table(rows(BOOKMARK_COLUMNS, arrow.part))),
        arrow.frame(arrow.post_tags(store.tags.blobs()), POST_TAGS),
        arrow.frame(arrow.tag_counts(store.tags.blobs()), TAGS),
    )


def agree(store: Store) -> None:
    for one, other in zip(fast(store), slow(store), strict=True):
        pd.testing.assert_frame_equal(one, other)


@settings(max_examples=40, deadline=None)
@given(SEVERAL)
def test_any_posts_make_the_same_frames(posts: Sequence[Post]) -> None:
    with (
        tempfile.TemporaryDirectory() as name,
        Store.open(Path(name) / "library.booru") as store,
    ):
        store.bookmarks.add(Entry(p, note="\U0001f408", folder="a") for p in posts)

        agree(store)


def test_many_posts_make_the_same_frames(store: Store) -> None:
    store.bookmarks.add(
        Entry(
            post(
                number,
                site=("danbooru", "e621")[number % 2],
                tags=tuple(sorted({f"t{number % 97}", f"u{number % 7}", "sky"})),
                categories={"sky": "general", "u3": "lore", "t5": "artist"},
            )
        )
        for number in range(2_345)
    )

    agree(store)


def test_no_posts_make_empty_frames_of_the_same_dtypes(store: Store) -> None:
    none = fast(store)
    store.bookmarks.add(entries(1))

    for empty, some in zip(none, fast(store), strict=True):
        assert empty.empty
        assert (empty.dtypes.map(str) == some.dtypes.map(str)).all()
    agree(store)


def test_posts_make_the_same_frame(store: Store) -> None:
    store.posts.put([post(1), post(2, rating=None, tags=())])

    table = arrow.table(store.posts.rows(POST_COLUMNS, arrow.part))

    slowly = frames.from_columns(store.posts.columns(), POSTS)
    pd.testing.assert_frame_equal(arrow.frame(table), slowly)


def test_columns_may_be_written_to(store: Store) -> None:
    store.bookmarks.add(entries(1, 2))
    frame, *_ = fast(store)

    for name in frame.columns:
        frame.loc[frame.index == 1, name] = frame[name].iloc[0]

    pd.testing.assert_series_equal(frame.iloc[0], frame.iloc[1], check_names=False)


def test_bookmarks_with_times_of_their_own_make_the_same_frames(store: Store) -> None:
    times = [5, 9, 2, 9, 7, 1]
    store.bookmarks.add(
        Entry(post(at, tags=tuple(f"t{n}" for n in range(at))), bookmarked_at=time)
        for at, time in enumerate(times, start=1)
    )

    agree(store)


def test_what_is_read_in_chunks_is_the_same(store: Store) -> None:
    store.bookmarks.add(
        Entry(post(n, tags=("a", f"t{n}")[: n % 3]), bookmarked_at=n % 4)
        for n in range(1, 12)
    )

    chunked = store.file.read(lambda db: tagblobs.read(db, chunk=3))

    one, other = (arrow.post_tags(read) for read in (chunked, store.tags.blobs()))
    assert one.equals(other)
    agree(store)


def test_numbers_that_no_tag_has_are_damage(store: Store) -> None:
    store.bookmarks.add(entries(1, 2))
    store.file.write(lambda db: db.execute("update post set tag_ids = x'00000000'"))

    with pytest.raises(DamagedFileError, match="no numbers of tags"):
        store.tags.blobs()


@pytest.mark.parametrize("number", ["63000000", "ffffffff"])
def test_a_tag_without_a_name_is_damage(store: Store, number: str) -> None:
    store.bookmarks.add(entries(1))
    store.file.write(lambda db: db.execute(f"update post set tag_ids = x'{number}'"))  # noqa: S608

    with pytest.raises(DamagedFileError, match="no name for the tag number"):
        fast(store)
