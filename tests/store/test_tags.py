"""Tags: how many, and of which posts."""

from __future__ import annotations

from booru_nb.store import Entry, Store
from tests.store.samples import SITE, post


def tagged(number: int, *tags: str, site: str = SITE, **categories: str) -> Entry:
    return Entry(post(number, site=site, tags=tags, categories=categories))


def test_the_most_frequent_come_first_then_by_name(store: Store) -> None:
    store.bookmarks.add([tagged(1, "b", "a", "sky"), tagged(2, "sky", sky="general")])

    assert store.tags.counts() == {
        "tag": ["sky", "a", "b"],
        "category": ["general", None, None],
        "count": [2, 1, 1],
    }


def test_a_tag_of_two_categories_has_a_row_for_each(store: Store) -> None:
    store.bookmarks.add(
        [
            tagged(1, "fox", fox="species", site="e621"),
            tagged(2, "fox", fox="general"),
            tagged(3, "fox", site="gelbooru"),
            tagged(4, "fox", fox="general"),
        ]
    )

    assert store.tags.counts() == {
        "tag": ["fox", "fox", "fox"],
        "category": ["general", None, "species"],
        "count": [2, 1, 1],
    }


def test_counts_are_of_the_bookmarks_unless_told(store: Store) -> None:
    store.bookmarks.add([tagged(1, "sky")])
    store.posts.put([post(2, tags=("sky", "sea"))])

    assert store.tags.counts()["count"] == [1]
    assert store.tags.counts(every_post=True)["count"] == [2, 1]


def test_each_pair_of_post_and_tag_is_a_row(store: Store) -> None:
    store.bookmarks.add([tagged(2, "b", "a", a="artist"), tagged(1), tagged(3, "c")])

    assert store.tags.post_tags() == {
        "site": [SITE] * 3,
        "id": [2, 2, 3],
        "tag": ["a", "b", "c"],
        "category": ["artist", None, None],
    }


def test_pairs_of_every_post(store: Store) -> None:
    store.posts.put([post(1)])

    assert store.tags.post_tags()["id"] == []
    assert store.tags.post_tags(every_post=True)["tag"] == ["cloud", "sky"]


def test_an_empty_library_has_all_columns(store: Store) -> None:
    assert store.tags.counts() == {"tag": [], "category": [], "count": []}
    assert list(store.tags.post_tags()) == ["site", "id", "tag", "category"]
