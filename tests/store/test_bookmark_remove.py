"""Removing bookmarks, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.store import Entry, Store
from booru_nb.store.columns import BOOKMARK_COLUMNS
from tests.store.samples import SITE, entries, post, rows, whole

if TYPE_CHECKING:
    from pathlib import Path

    from booru_nb.store.columns import Columns


def restored(removed: Columns) -> list[Entry]:
    """Return the entries that bring back what was removed."""
    return [
        Entry(post(number), folder, note, at)
        for number, folder, note, at in zip(
            removed["id"],
            removed["folder"],
            removed["note"],
            removed["bookmarked_at"],
            strict=True,
        )
    ]


def test_what_is_removed_is_returned(store: Store) -> None:
    store.bookmarks.add(entries(1, 2, 3, folder="a"))
    before = store.bookmarks.by_keys([(SITE, 2), (SITE, 1)])

    removed = store.bookmarks.remove([(SITE, 2), (SITE, 1), (SITE, 2), (SITE, 9)])

    assert removed == before
    assert store.bookmarks.keys() == {(SITE, 3)}


def test_removing_can_be_taken_back(store: Store) -> None:
    store.bookmarks.add([Entry(post(1), "a", "note", 5), *entries(2, 3, 4)])
    before = store.bookmarks.columns()

    removed = store.bookmarks.remove([(SITE, 1), (SITE, 2), (SITE, 3)])
    store.bookmarks.add(restored(removed))

    after = store.bookmarks.columns()
    last = [after["id"].index(1), before["id"].index(1)]
    assert last == [3, 3]
    by_id = sorted(zip(*before.values(), strict=True), key=lambda r: r[1])
    assert sorted(zip(*after.values(), strict=True), key=lambda r: r[1]) == by_id


def test_a_whole_table_is_taken_back_in_its_order(store: Store) -> None:
    store.bookmarks.add(entries(3, 1, 2))
    before = store.bookmarks.columns()

    store.bookmarks.add(
        restored(store.bookmarks.remove([(SITE, n) for n in (3, 1, 2)]))
    )

    assert store.bookmarks.columns() == before


def test_a_post_goes_away_with_its_bookmark(store: Store, path: Path) -> None:
    store.bookmarks.add(entries(1, 2))

    store.bookmarks.remove([(SITE, 1)])

    assert store.posts.keys() == {(SITE, 2)}
    assert rows(path, "select n from tag order by name") == [(1,), (1,)]
    assert whole(path)


def test_a_collected_post_stays_without_its_bookmark(store: Store) -> None:
    store.posts.put([post(1)])
    store.bookmarks.add(entries(1))

    store.bookmarks.remove([(SITE, 1)])

    assert store.posts.keys() == {(SITE, 1)}


def test_removing_what_is_not_there_gives_empty_columns(store: Store) -> None:
    removed = store.bookmarks.remove([("nowhere", 1), (SITE, 1)])

    assert removed == {name: [] for name in BOOKMARK_COLUMNS}
