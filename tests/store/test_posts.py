"""Posts that are kept for their own sake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.post import Post
from booru_nb.store import Report, Store
from tests.store.samples import SITE, entries, post, whole

if TYPE_CHECKING:
    from pathlib import Path


def test_posts_are_kept_without_a_bookmark(store: Store) -> None:
    assert store.posts.put([post(1), post(2)]) == Report(added=2)
    assert store.posts.count() == 2
    assert store.bookmarks.count() == 0


def test_those_kept_last_come_first(store: Store) -> None:
    store.posts.put([post(1), post(2)])
    store.bookmarks.add(entries(3))
    store.posts.put([post(1), post(4)])

    assert store.posts.columns()["id"] == [4, 3, 1, 2]


def test_putting_again_refreshes(store: Store) -> None:
    store.posts.put([post(1, score=1)])

    assert store.posts.put([post(1, score=2)]) == Report(updated=1)
    assert store.posts.columns(columns=["score"]) == {"score": [2]}


def test_a_bookmarked_post_can_be_collected_by_its_key(store: Store) -> None:
    store.bookmarks.add(entries(1))
    store.posts.put([Post(site=SITE, id=1)])

    store.bookmarks.remove([(SITE, 1)])

    assert store.posts.columns()["tags"] == ["cloud sky"]


def test_dropped_posts_go_away_and_bookmarked_ones_stay(
    store: Store, path: Path
) -> None:
    store.posts.put([post(1), post(2), post(3)])
    store.bookmarks.add(entries(2))

    store.posts.drop([(SITE, 1), (SITE, 2), (SITE, 99)])

    assert store.posts.keys() == {(SITE, 2), (SITE, 3)}
    store.bookmarks.remove([(SITE, 2)])
    assert store.posts.keys() == {(SITE, 3)}
    assert whole(path)
