"""Trying out what works on a site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from booru_nb.errors import BooruError, LoginNeededError
from booru_nb.search import lookups
from booru_nb.search.pages import Pages
from booru_nb.search.question import Question

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from booru_nb.post import Post
    from booru_nb.sites import Site


@dataclass(frozen=True, slots=True)
class Check:
    """What came of trying something.

    Attributes
    ----------
    name : str
        What was tried.
    ok : bool or None
        Whether it works; None where it was not tried.
    message : str
        What came, or what to do.
    """

    name: str
    ok: bool | None
    message: str


async def check(site: Site) -> list[Check]:
    """Try out a site: search, autocompletion, tags, count and login, one by one."""
    posts: list[Post] = []
    searched, refused = await _tried("search", _search(site, posts))
    tag = max((tag for post in posts for tag in post.tags[:20]), key=len, default=None)
    made = [searched]
    if tag is None:
        why = "Not tried, since the search brought no post with a tag."
        made += [Check(name, None, why) for name in ("autocompletion", "tags")]
    else:
        made.append((await _tried("autocompletion", _suggest(site, tag)))[0])
        made.append((await _tried("tags", _tags(site, tag)))[0])
    made.append((await _tried("count", _count(site)))[0])
    return [*made, _login(site, searched, refused)]


async def _tried(name: str, work: Awaitable[Check]) -> tuple[Check, BooruError | None]:
    try:
        return await work, None
    except BooruError as error:
        return Check(name, ok=False, message=str(error)), error


async def _search(site: Site, posts: list[Post]) -> Check:
    async for page in Pages(site, Question("", ratings=None, limit=5)):
        posts += page
    if not posts:
        return Check("search", ok=True, message="It answers, and has no posts.")
    return Check("search", ok=True, message=f"The newest post is {posts[0].id}.")


async def _suggest(site: Site, tag: str) -> Check:
    found = await lookups.suggest(site, tag[:4])
    if not found:
        return Check(
            "autocompletion", ok=False, message=f"Nothing begins with {tag[:4]!r}."
        )
    names = ", ".join(suggestion.tag for suggestion in found[:3])
    return Check("autocompletion", ok=True, message=f"{tag[:4]!r}: {names}.")


async def _tags(site: Site, tag: str) -> Check:
    [*found] = await lookups.tags(site, [tag])
    if not found:
        return Check("tags", ok=False, message=f"It does not know its tag {tag!r}.")
    if not site.knows_categories:
        return Check("tags", ok=True, message="Its tags have no categories.")
    return Check(
        "tags", ok=True, message=f"{tag} is of the category {found[0].category}."
    )


async def _count(site: Site) -> Check:
    number = await lookups.count(site, Question("", ratings=None))
    if number is None:
        return Check("count", ok=True, message="It does not count all of its posts.")
    return Check("count", ok=True, message=f"It has {number:,} posts.")


def _login(site: Site, searched: Check, refused: BooruError | None) -> Check:
    if isinstance(refused, LoginNeededError):
        return Check("login", ok=False, message=site.how_to_log_in())
    if site.login is None:
        optional = "No login is set, and none is needed for a search."
        return Check("login", None, optional)
    who = f" of {site.login.user!r}" if site.login.user else ""
    if not searched.ok:
        return Check("login", None, f"Not tried, since the search failed{who}.")
    return Check("login", ok=True, message=f"The site has taken the login{who}.")
