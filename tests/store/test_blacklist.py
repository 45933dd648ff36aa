"""The blacklist: rules and posts, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.store.samples import SITE, at_once, entries, rows

if TYPE_CHECKING:
    from booru_nb.store import Store


def test_rules_and_posts_are_listed_the_latest_first(store: Store) -> None:
    store.blacklist.add(rules=["spider"])
    store.blacklist.add(posts=[(SITE, 5)])

    columns = store.blacklist.columns()
    assert columns["kind"] == ["post", "rule"]
    assert columns["rule"] == [None, "spider"]
    assert columns["site"] == [SITE, None]
    assert columns["id"] == [5, None]


def test_an_empty_blacklist_has_its_columns(store: Store) -> None:
    assert store.blacklist.columns() == {
        "kind": [],
        "rule": [],
        "site": [],
        "id": [],
        "added_at": [],
    }


def test_listing_twice_is_nothing(store: Store) -> None:
    store.blacklist.add(rules=["a", "a"], posts=[(SITE, 5), (SITE, 5)])
    before = store.blacklist.columns()

    store.blacklist.add(rules=["a"], posts=[(SITE, 5)])

    assert store.blacklist.columns() == before


def test_what_is_taken_off_is_gone_and_the_rest_stays(store: Store) -> None:
    store.blacklist.add(rules=["a", "b"], posts=[(SITE, 5), ("e621", 5)])

    store.blacklist.remove(rules=["a", "x"], posts=[(SITE, 5), ("nowhere", 1)])

    assert store.blacklist.rules() == ["b"]
    assert store.blacklist.listed([(SITE, 5), ("e621", 5)]) == {("e621", 5)}


def test_two_threads_list_a_rule_once(store: Store) -> None:
    at_once(lambda: store.blacklist.add(rules=["a"], posts=[(SITE, 5)]))

    assert store.blacklist.columns()["kind"] == ["post", "rule"]


def test_what_is_kept_is_not_touched(store: Store) -> None:
    store.bookmarks.add(entries(1))
    before = store.file.generation()

    store.blacklist.add(rules=["sky"], posts=[(SITE, 1)])

    assert store.bookmarks.count() == 1
    assert store.file.generation() == before
    assert rows(store.file.path, "select count(*) from blacklist_post") == [(1,)]
