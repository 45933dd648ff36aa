"""Sites: names, addresses, and what hangs on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from booru_nb.errors import ArgumentError, StoreError, UnknownSiteError
from tests.store.samples import SITE, entries, rows

if TYPE_CHECKING:
    from booru_nb.store import Store

URL = "https://danbooru.example.org"


def test_keeping_a_post_makes_a_site_without_an_address(store: Store) -> None:
    store.bookmarks.add(entries(1))

    [site] = store.sites.all()
    assert (site.name, site.url, site.engine, site.options) == (SITE, None, None, {})


def test_adding_says_where_a_site_is(store: Store) -> None:
    store.bookmarks.add(entries(1))

    store.sites.add(SITE, url=URL, engine="danbooru", options={"rate": 2.0})

    site = store.sites.get(SITE)
    assert (site.url, site.engine, site.options) == (URL, "danbooru", {"rate": 2.0})
    assert store.bookmarks.count() == 1


def test_a_name_has_one_address(store: Store) -> None:
    store.sites.add(SITE, url=URL)
    store.sites.add(SITE, url=URL)

    with pytest.raises(ArgumentError, match="already, with another address"):
        store.sites.add(SITE, url="https://other.example.org")


def test_two_names_may_have_the_same_address(store: Store) -> None:
    store.sites.add("one", url=URL)
    store.sites.add("two", url=URL)

    assert [site.name for site in store.sites.all()] == ["one", "two"]


def test_updating_changes_what_is_named(store: Store) -> None:
    store.sites.add(SITE, url=URL, engine="danbooru", options={"rate": 2, "x": 1})

    store.sites.update(SITE, options={"x": None, "allow_private": True})

    site = store.sites.get(SITE)
    assert (site.url, site.engine) == (URL, "danbooru")
    assert site.options == {"rate": 2, "allow_private": True}


def test_an_unknown_site_is_said_with_those_there_are(store: Store) -> None:
    store.sites.ensure(["e621", SITE])

    with pytest.raises(UnknownSiteError, match=r"'danboru'. It has: danbooru, e621"):
        store.sites.update("danboru", url=URL)
    with pytest.raises(UnknownSiteError, match="danboru"):
        store.sites.get("danboru")
    with pytest.raises(UnknownSiteError, match="danboru"):
        store.sites.remove("danboru")


def test_a_site_with_posts_is_not_removed(store: Store) -> None:
    store.bookmarks.add(entries(1, 2))

    with pytest.raises(StoreError, match="2 of its posts are kept"):
        store.sites.remove(SITE)
    assert store.bookmarks.count() == 2


def test_what_a_site_said_of_tags_goes_with_it(store: Store) -> None:
    store.bookmarks.add(entries(1))
    store.bookmarks.remove([(SITE, 1)])

    store.sites.remove(SITE)

    assert store.sites.all() == []
    assert rows(store.file.path, "select count(*) from tag_category") == [(0,)]


@pytest.mark.parametrize("name", ["", " a", "a\n", "a\0b"])
def test_a_name_must_be_one(store: Store, name: str) -> None:
    with pytest.raises(ArgumentError, match="cannot be called"):
        store.sites.add(name)
