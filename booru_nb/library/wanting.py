"""Posts whose files are wanted, with all that is known of them here."""

from __future__ import annotations

import asyncio
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from booru_nb import frames
from booru_nb.guard import withheld
from booru_nb.library import given
from booru_nb.library.categories import PATIENCE
from booru_nb.post import Category, Post

if TYPE_CHECKING:
    from collections.abc import Sequence

    from booru_nb.library.state import State

_FIELDS = tuple(field.name for field in fields(Post))


def posts(state: State, wanted: object) -> list[Post]:
    """Return posts, each once, in the order given; this blocks.

    What was not said of a post is taken from what was seen and kept of it. Posts that
    the guard withholds are left out.

    Raises
    ------
    ArgumentError
        If no posts were given.
    """
    said: dict[tuple[str, int], Post] = {}
    for item in given.entries(wanted, state.seen.get):
        said.setdefault(item.post.key, item.post)
    kept = state.store.posts.by_keys(said)
    known = {post.key: post for post in frames.to_posts(state.table(kept))}
    whole = []
    for key, post in said.items():
        others = [other[key] for other in (state.seen, known) if key in other]
        whole_post = filled(post, *others)
        tags = {tag for one in (post, *others) for tag in one.tags}
        if not withheld(whole_post.rating, tags, site=whole_post.site):
            whole.append(whole_post)
    return whole


def filled(post: Post, *known: Post) -> Post:
    """Return a post with what others say where it says nothing."""
    for other in known:
        lacking: dict[str, Any] = {
            name: getattr(other, name)
            for name in _FIELDS
            if getattr(post, name) in (None, (), {}) and getattr(other, name)
        }
        post = replace(post, **lacking)
    return post


async def with_categories(
    state: State, wanted: Sequence[Post], template: str
) -> list[Post]:
    """Return posts with the categories of their tags, if a template names some."""
    sites = state.sites()
    if not any(f"%{category}%" in template for category in Category):
        return list(wanted)
    places: dict[str, list[Post]] = {}
    for post in wanted:
        places.setdefault(post.site, []).append(post)
    works = (
        state.categories.filled(state.logged_in(sites[name]), some, patience=PATIENCE)
        for name, some in places.items()
        if name in sites
    )
    filled = {p.key: p for found in await asyncio.gather(*works) for p in found}
    return [filled.get(post.key, post) for post in wanted]
