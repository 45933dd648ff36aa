"""The rows of the desktop app's tables, as they are kept here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from booru_nb.errors import FolderNameError, QueryError
from booru_nb.kept import (
    KeptBlock,
    KeptBookmark,
    KeptFolder,
    KeptRule,
    KeptSavedSearch,
    KeptSearch,
    KeptTag,
)
from booru_nb.portable import checks
from booru_nb.portable.desktop_posts import is_id, posts, site_of, time_of
from booru_nb.portable.records import Read
from booru_nb.query import parse
from booru_nb.sites import values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from booru_nb.portable.desktop_posts import Tables

PROBE = "__batch_api_probe__"
"""What the app keeps among the tags, and is none."""

WHICH_POST = "no post of the app has this address"
NO_NAME = "it has no name that can be kept"
NO_FOLDER = "its folder's name cannot be kept, so it is unfiled"


def sites(app: Tables) -> Iterator[Read]:
    """Yield the sites."""
    for site in app.sites.values():
        yield Read(site)


def tags(app: Tables) -> Iterator[Read]:
    """Yield what was fetched of tags."""
    columns = ("site_id", "name", "label", "fetched_at")
    for number, name, label, at in app.select("tag_types", *columns):
        tag, category = values.tag(name), values.category(label)
        if number in app.sites and tag and category and tag != PROBE:
            site = app.sites[number].name
            yield Read(
                KeptTag(site=site, tag=tag, category=category, fetched_at=time_of(at))
            )


def folders(app: Tables) -> Iterator[Read]:
    """Yield the folders."""
    for (name,) in app.select("favorite_folders", "name"):
        folder = _folder(app, name)
        if folder:
            yield Read(KeptFolder(name=folder))
        else:
            app.skip("folders", NO_NAME)


def _folder(app: Tables, name: object) -> str | None:
    try:
        return app.check_folder(name.strip()) if isinstance(name, str) else None
    except FolderNameError:
        return None


def bookmarks(app: Tables) -> Iterator[Read]:
    """Yield the bookmarks."""
    columns = ("site_id", "post_id", "tags", "folder", "favorited_at")
    for number, post, tags_, name, at in app.select("favorites", *columns):
        site = site_of(app, "bookmarks", number, post, tags_)
        if site is None:
            continue
        folder = _folder(app, name) if name else ""
        if folder is None:
            app.skip("folders", NO_FOLDER)
        yield Read(
            KeptBookmark(
                site=site.name, id=post, folder=folder or "", bookmarked_at=time_of(at)
            )
        )


def rules(app: Tables) -> Iterator[Read]:
    """Yield the tags of the blacklist as rules."""
    for (name,) in app.select("blacklisted_tags", "tag"):
        tag = values.tag(name)
        if tag:
            yield Read(KeptRule(rule=_rule(tag)))
        else:
            app.skip("blacklist", NO_NAME)


def blocks(app: Tables) -> Iterator[Read]:
    """Yield the posts of the blacklist, which the app knows by their address only."""
    wanted = {url for (url,) in app.select("blacklisted_posts", "url")}
    if not wanted:
        return
    for number, post, url in app.select("favorites", "site_id", "post_id", "file_url"):
        if url in wanted and number in app.sites and is_id(post):
            wanted.discard(url)
            yield Read(KeptBlock(site=app.sites[number].name, id=post))
    for _ in wanted:
        app.skip("blacklisted_posts", WHICH_POST)


def saved_searches(app: Tables) -> Iterator[Read]:
    """Yield the saved searches; of several with one name, the later have a number."""
    taken: set[str] = set()
    for name, query, number in app.select("saved_searches", "name", "query", "site_id"):
        if not isinstance(query, str) or not (plain := _line(name)):
            app.skip("saved_searches", NO_NAME)
            continue
        free, again = plain[: checks.LONGEST_NAME], 1
        while free in taken:
            again += 1
            free = f"{plain} ({again})"
        taken.add(free)
        sites_ = (app.sites[number].name,) if number in app.sites else ()
        yield Read(KeptSavedSearch(name=free, query=query, sites=sites_))


def history(app: Tables) -> Iterator[Read]:
    """Yield the searches that were made."""
    columns = ("query", "site_id", "searched_at")
    for query, number, at in app.select("search_history", *columns):
        if isinstance(query, str):
            sites_ = (app.sites[number].name,) if number in app.sites else ()
            yield Read(KeptSearch(query=query, sites=sites_, searched_at=time_of(at)))
        else:
            app.skip("history", NO_NAME)


def _line(name: object) -> str | None:
    """Return a name on one line; None where there is none."""
    return " ".join((values.text(name) or "").split()) or None


def _rule(tag: str) -> str:
    """Return the rule that holds for a tag, which may look like something else."""
    quoted = '"{}"'.format(re.sub(r'(["\\])', r"\\\1", tag))
    try:
        return tag if parse(tag).where == parse(quoted).where else quoted
    except QueryError:
        return quoted


READERS: tuple[tuple[str, Callable[[Tables], Iterator[Read]]], ...] = (
    ("sites", sites),
    ("tags", tags),
    ("posts", posts),
    ("folders", folders),
    ("bookmarks", bookmarks),
    ("blacklist", rules),
    ("blacklisted_posts", blocks),
    ("saved_searches", saved_searches),
    ("history", history),
)
"""What yields the rows of each subject."""
