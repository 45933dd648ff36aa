"""Bookmarking: what is new, what stays, what moves."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from booru_nb.errors import ArgumentError, FolderNameError
from booru_nb.post import Post, Rating, Status
from booru_nb.store import Entry, Report, Store
from booru_nb.store.times import now
from tests.store.samples import SITE, entries, post, whole

if TYPE_CHECKING:
    from pathlib import Path

FULL = Post(
    site=SITE,
    id=7,
    also_on=("gelbooru:70", "yandere:700"),
    rating=Rating.SENSITIVE,
    score=-3,
    favorites=12,
    tags=("blue_sky", "cloud", "some_artist", "wide"),
    categories={"some_artist": "artist", "cloud": "general", "wide": "lore"},
    width=1200,
    height=800,
    ext="png",
    md5="0123456789abcdef0123456789abcdef",
    file_size=2**33,
    source="https://example.org/7",
    parent_id=6,
    uploader="somebody",
    created_at=datetime(2024, 2, 29, 12, 30, 1, 999_999, tzinfo=UTC),
    preview_url="https://example.org/p.jpg",
    sample_url="https://example.org/s.jpg",
    file_url="https://example.org/o.png",
    post_url="https://example.org/posts/7",
    status=Status.FLAGGED,
)

FULL_ROW = {
    "site": SITE,
    "id": 7,
    "also_on": "gelbooru:70 yandere:700",
    "rating": "sensitive",
    "score": -3,
    "favorites": 12,
    "tags": "blue_sky cloud some_artist wide",
    "artist": "some_artist",
    "character": "",
    "copyright": "",
    "species": "",
    "general": "cloud",
    "meta": "",
    "other": "lore:wide",
    "width": 1200,
    "height": 800,
    "ext": "png",
    "md5": "0123456789abcdef0123456789abcdef",
    "file_size": 2**33,
    "source": "https://example.org/7",
    "parent_id": 6,
    "uploader": "somebody",
    "created_at": 1_709_209_801_999_999,
    "preview_url": "https://example.org/p.jpg",
    "sample_url": "https://example.org/s.jpg",
    "file_url": "https://example.org/o.png",
    "post_url": "https://example.org/posts/7",
    "status": "flagged",
    "folder": "skies",
    "note": "the best",
    "bookmarked_at": 1_000_000,
}


def row(store: Store, number: int = 1) -> dict[str, object]:
    columns = store.bookmarks.by_keys([(SITE, number)])
    return {name: values[0] for name, values in columns.items()}


def test_everything_about_a_post_comes_back(store: Store) -> None:
    store.bookmarks.add([Entry(FULL, "skies", "the best", 1_000_000)])

    assert row(store, 7) == FULL_ROW
    assert list(row(store, 7)) == list(FULL_ROW)


def test_what_is_missing_comes_back_as_none(store: Store) -> None:
    store.bookmarks.add([Entry(Post(site=SITE, id=1))])

    told = {name: value for name, value in row(store).items() if value}
    assert told.keys() == {"site", "id", "bookmarked_at"}
    assert row(store)["score"] is None
    assert row(store)["tags"] == row(store)["also_on"] == row(store)["folder"] == ""


def test_a_new_bookmark_is_of_now_without_folder_or_note(store: Store) -> None:
    before = now()

    store.bookmarks.add(entries(1))

    at = row(store)["bookmarked_at"]
    assert isinstance(at, int)
    assert before <= at <= now()
    assert (row(store)["folder"], row(store)["note"]) == ("", "")


def test_the_report_counts_new_and_known_ones(store: Store) -> None:
    store.bookmarks.add(entries(1))

    assert store.bookmarks.add(entries(1, 2, 3)) == Report(added=2, updated=1)


def test_bookmarking_again_changes_nothing(store: Store) -> None:
    store.bookmarks.add([Entry(FULL, "skies", "the best", 1_000_000)])

    store.bookmarks.add([Entry(FULL)])
    store.bookmarks.add([Entry(FULL, bookmarked_at=5)])

    assert row(store, 7) == FULL_ROW
    assert store.bookmarks.count() == 1


@pytest.mark.parametrize("again", [Post(site=SITE, id=7), post(7, tags=())])
def test_missing_values_leave_what_is_known(store: Store, again: Post) -> None:
    store.bookmarks.add([Entry(FULL)])
    before = store.posts.columns()

    store.bookmarks.add([Entry(again)])

    after = store.posts.columns()
    assert {n for n in after if after[n] != before[n]} <= {"rating", "status"}
    assert after["status"] == before["status"]


def test_new_values_replace_old_ones(store: Store) -> None:
    store.bookmarks.add(entries(1))

    store.bookmarks.add([Entry(post(1, score=5, tags=("sea", "sky")))])

    assert (row(store)["score"], row(store)["tags"]) == (5, "sea sky")


def test_the_inverted_tags_follow(store: Store, path: Path) -> None:
    store.bookmarks.add(entries(1, 2))
    store.bookmarks.add([Entry(post(1, tags=("sea", "sky")))])
    store.bookmarks.remove([(SITE, 2)])

    assert whole(path)


def test_a_new_category_replaces_the_old_one_on_that_site(store: Store) -> None:
    store.bookmarks.add(entries(1))
    store.bookmarks.add([Entry(post(1, site="e621", categories={"sky": "species"}))])

    store.bookmarks.add([Entry(post(2, categories={"sky": "meta"}))])

    assert (row(store)["general"], row(store)["meta"]) == ("", "sky")
    assert store.bookmarks.columns(site="e621")["species"] == ["sky"]


def test_a_name_moves_and_an_empty_one_unfiles(store: Store) -> None:
    store.bookmarks.add(entries(1, folder="a"))
    store.bookmarks.add(entries(1, folder="b"))
    moved = row(store)["folder"]

    store.bookmarks.add(entries(1, folder=""))

    assert (moved, row(store)["folder"]) == ("b", "")
    assert store.folders.all() == ["a", "b"]


def test_a_note_is_kept_until_another_is_given(store: Store) -> None:
    store.bookmarks.add([Entry(post(), note="first")])
    store.bookmarks.add(entries(1, folder="a"))
    kept = row(store)["note"]

    store.bookmarks.add([Entry(post(), note="")])

    assert (kept, row(store)["note"]) == ("first", "")


def test_a_table_is_shown_as_it_was_kept(store: Store) -> None:
    store.bookmarks.add(entries(3, 1, 2))
    store.bookmarks.add(entries(9, 1, 8))

    assert store.bookmarks.columns()["id"] == [9, 8, 3, 1, 2]


def test_of_two_entries_for_one_post_the_later_holds(store: Store) -> None:
    first = Entry(post(1, score=1, source="a"), folder="a")
    second = Entry(post(1, score=2), folder="b")

    report = store.bookmarks.add([first, *entries(5), second])

    assert (row(store)["score"], row(store)["source"]) == (2, "a")
    assert row(store)["folder"] == "b"
    assert report == Report(added=2, updated=1)


def test_one_wrong_entry_leaves_the_library_as_it_was(store: Store) -> None:
    with pytest.raises(FolderNameError, match=r"mean other folders"):
        store.bookmarks.add([*entries(1, 2), *entries(3, folder="../x")])

    assert store.bookmarks.count() == store.posts.count() == 0
    assert store.folders.all() == []


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    naive = datetime(2024, 1, 1)  # noqa: DTZ001 - that is what is tested

    with pytest.raises(ArgumentError, match="no time zone"):
        store.bookmarks.add([Entry(post(created_at=naive))])


def test_the_same_number_on_two_sites_is_two_posts(store: Store) -> None:
    store.bookmarks.add([Entry(post(1)), Entry(post(1, site="e621"))])

    assert store.bookmarks.keys() == {(SITE, 1), ("e621", 1)}


def test_no_entries_are_nothing(store: Store) -> None:
    before = store.file.generation()

    assert store.bookmarks.add([]) == Report()
    assert store.file.generation() == before


def test_many_posts_in_one_go(store: Store, path: Path) -> None:
    numbers = range(2_500)

    store.bookmarks.add(
        Entry(post(n, tags=(f"t{n % 7}", f"t{n % 600}x"))) for n in numbers
    )

    assert store.bookmarks.columns(columns=["id"])["id"] == list(numbers)
    assert whole(path)
