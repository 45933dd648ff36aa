"""The one rule that is not an option, as the last line before the file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from booru_nb.post import Rating
from booru_nb.store import Entry, Report, Store
from tests.store.samples import SITE, post, whole

if TYPE_CHECKING:
    from pathlib import Path

MINOR = {"tags": ("child", "sky")}


def test_a_withheld_post_is_not_bookmarked(store: Store) -> None:
    withheld = post(1, rating=Rating.EXPLICIT, **MINOR)

    report = store.bookmarks.add([Entry(withheld), Entry(post(2))])

    assert report == Report(added=1, withheld=1)
    assert store.posts.keys() == {(SITE, 2)}


def test_a_withheld_post_is_not_collected(store: Store) -> None:
    assert store.posts.put([post(1, rating=None, **MINOR)]) == Report(withheld=1)
    assert store.posts.count() == 0


def test_its_tags_are_not_counted(store: Store) -> None:
    store.posts.put([post(1, rating=None, **MINOR)])

    assert store.tags.counts(every_post=True)["tag"] == []


def test_a_rating_learnt_later_takes_a_kept_post_away(store: Store, path: Path) -> None:
    store.bookmarks.add([Entry(post(1, **MINOR)), Entry(post(2))])

    report = store.bookmarks.add([Entry(post(1, rating=Rating.EXPLICIT, tags=()))])

    assert report == Report(withheld=1)
    assert store.bookmarks.keys() == store.posts.keys() == {(SITE, 2)}
    assert whole(path)


def test_a_known_mild_rating_holds_where_a_new_one_is_missing(store: Store) -> None:
    store.bookmarks.add([Entry(post(1, **MINOR))])

    assert store.bookmarks.add([Entry(post(1, rating=None, **MINOR))]).updated == 1


def test_of_two_entries_the_withheld_one_holds(store: Store) -> None:
    mild, explicit = post(1, **MINOR), post(1, rating=Rating.EXPLICIT, **MINOR)

    report = store.bookmarks.add([Entry(mild), Entry(explicit)])

    assert report.withheld == 1
    assert store.bookmarks.count() == store.posts.count() == 0


def test_what_came_into_the_file_some_other_way_is_gone_when_it_is_opened(
    path: Path,
) -> None:
    with Store.open(path) as store:
        store.bookmarks.add([Entry(post(1, **MINOR)), Entry(post(2))])
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("update post set rating = 3 where post_id = 1")

    with Store.open(path) as store:
        assert store.bookmarks.keys() == {(SITE, 2)}
        assert "child" not in store.tags.counts(every_post=True)["tag"]
    assert whole(path)
