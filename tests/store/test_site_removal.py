"""Removing a site: all that hangs on it goes, and nothing else does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from booru_nb.errors import StoreError
from booru_nb.store import Search, Store
from tests.store.samples import entries, post, rows, whole

if TYPE_CHECKING:
    from pathlib import Path

    from booru_nb.store.connections import Db

OTHER = "e621"


@pytest.fixture
def full(store: Store) -> Store:
    """A library with something in every table that refers to sites, of two each."""
    for site in ("quay", OTHER):
        store.bookmarks.add(entries(1, 2, site=site, folder="a"))
        store.posts.put([post(3, site=site)])
        store.tags.learn(site, {"sky": "general", "sea": None})
        store.blacklist.add(posts=[(site, 7)])
        store.history.add(Search("sky", (site,)))
        store.saved_searches.add(site, Search("sky", (site,)))
    store.history.add(Search("both", ("quay", OTHER)))
    store.saved_searches.add("both", Search("both", ("quay", OTHER)))
    store.settings.set("default_site", "quay")
    store.file.write(crawled)
    return store


def crawled(db: Db) -> None:
    for statement in (
        "insert into crawl select null, site_id, '{}', 0, 0 from site",
        "insert into crawled select crawl_id, 1, 2 from crawl",
        "insert into crawl_post select crawl_id, 1 from crawl",
        "insert into tag_alias select site_id, 'a', 'b' from site",
        "insert into tag_implication select site_id, 'a', 'b' from site",
    ):
        db.execute(statement)


def counts(path: Path) -> dict[str, int]:
    tables = rows(path, "select name from sqlite_schema where type = 'table'")
    return {
        name: rows(path, f"select count(*) from {name}")[0][0]  # noqa: S608
        for (name,) in tables
        if not name.startswith("sqlite_")
    }


HALVED = {
    *("site", "post", "bookmark", "tag_post", "tag_category", "blacklist_post"),
    *("crawl", "crawled", "crawl_post", "tag_alias", "tag_implication"),
}


def test_all_that_hangs_on_a_site_goes_with_it(full: Store, path: Path) -> None:
    before = counts(path)

    assert full.sites.remove("quay", posts=True) == 3

    after = counts(path)
    assert {t for t in before if after[t] * 2 == before[t] > 0} == HALVED
    assert after["search_history"] == before["search_history"] - 1
    assert after["saved_search"] == before["saved_search"] - 1
    assert after["setting"] == 0
    assert whole(path)


def test_the_other_site_is_as_it_was(full: Store) -> None:
    before = full.bookmarks.columns(site=OTHER)

    full.sites.remove("quay", posts=True)

    assert full.bookmarks.columns() == before
    assert full.posts.keys() == {(OTHER, 1), (OTHER, 2), (OTHER, 3)}
    assert full.blacklist.listed([(OTHER, 7), ("quay", 7)]) == {(OTHER, 7)}
    assert [s.sites for s, _ in full.history.all()] == [(OTHER,), (OTHER,)]
    assert full.saved_searches.get("both") == Search("both", (OTHER,))


def test_a_removal_that_fails_changes_nothing(full: Store, path: Path) -> None:
    before = counts(path)

    with pytest.raises(StoreError, match=r"3 of its posts are kept.*posts=True"):
        full.sites.remove("quay")

    assert counts(path) == before


def test_files_are_not_left_without_their_posts(full: Store, path: Path) -> None:
    def add_file(db: Db) -> None:
        db.execute("insert into file_root values (1, '/x')")
        db.execute(
            """
            insert into file (root_id, path, post, sha256, md5, size, added_at)
            select 1, 'a', max(id), hex(zeroblob(32)), hex(zeroblob(16)), 1, 0
            from post
            join site using (site_id) where name = 'quay'
            """
        )

    full.file.write(add_file)
    before = counts(path)

    with pytest.raises(StoreError):
        full.sites.remove("quay", posts=True)

    assert counts(path) == before
