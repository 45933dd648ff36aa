"""A single question sent to a site, and its answer read."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from booru_nb import http
from booru_nb.errors import BooruError
from booru_nb.search.plan import plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from booru_nb.post import Post
    from booru_nb.search.question import Question
    from booru_nb.sites import Site, Suggestion, TagInfo


def policy(site: Site, *, media: bool = False) -> http.Policy:
    """Return how a site wants to be asked, for its API or for its pictures."""
    return http.Policy(
        rate=_media_rate(site) if media else site.rate,
        allow_private=site.allow_private,
        # What the site sends may name other hosts, which nobody has allowed.
        private_host=site.host,
        referer=site.referer,
        user=site.login.user if site.login and site.names_user else None,
    )


def _media_rate(site: Site) -> float | None:
    """Return how many files a second a site gives: as many as answers, or more."""
    if site.rate is None or site.media_rate is None:
        return None
    return max(site.rate, site.media_rate)


async def post(site: Site, post_id: int) -> Post:
    """Return one post.

    Raises
    ------
    NotFoundError
        If the site does not have it.
    """
    answer = await http.send(site.post(post_id), policy(site))
    return site.read_post(answer)


async def post_by_md5(site: Site, md5: str) -> Post:
    """Return the post of a file.

    Raises
    ------
    NotFoundError
        If the site does not have it.
    ArgumentError
        If the site cannot find posts by their md5.
    """
    answer = await http.send(site.post_by_md5(md5), policy(site))
    return site.read_post(answer)


async def suggest(site: Site, text: str, *, limit: int = 10) -> list[Suggestion]:
    """Return how a word may go on, in the site's order."""
    answer = await http.send(site.suggest(text, limit=limit), policy(site))
    return site.read_suggestions(answer)[:limit]


async def tags(site: Site, names: Iterable[str]) -> list[TagInfo]:
    """Return what tags are; names that do not exist are not there."""
    wanted = dict.fromkeys(names)
    left = list(wanted)
    found: list[TagInfo] = []
    while left:
        batch, left = left[: site.tag_batch], left[site.tag_batch :]
        # Some sites can only be asked for more than these.
        said = await tag_batch(site, batch)
        found += [info for info in said if info.tag in wanted]
    return found


async def tag_batch(site: Site, names: Sequence[str]) -> list[TagInfo]:
    """Return all that one request for some tags brings, others than these included."""
    answer = await http.send(site.tags(names), policy(site))
    return site.read_tags(answer)


async def page_tags(site: Site, post_id: int) -> list[TagInfo]:
    """Return what the page of a post says of its tags, where a site's pages do."""
    answer = await http.send(site.post_page(post_id), policy(site))
    return site.read_post_page(answer)


async def tag_counts(site: Site, names: Iterable[str]) -> dict[str, int]:
    """Return how many posts have a tag, as far as one request tells; none if it fails.

    Counts only serve to ask better, so they must not take a search down.
    """
    wanted = list(dict.fromkeys(names))[: site.tag_batch]
    try:
        found = await tag_batch(site, wanted)
    except BooruError:
        return {}
    return {info.tag.lower(): info.count for info in found if info.count is not None}


async def count(
    site: Site, question: Question, *, tag_limit: int | None = None
) -> int | None:
    """Return how many posts a site finds.

    None where it will not count, or where something would be filtered here, since the
    site does not take so many tags.
    """
    # Dates are the site's own days here, for what it counts is not filtered.
    asked = plan(site, question, tag_limit=tag_limit, slack=timedelta())
    if asked.narrows:
        return None
    answer = await http.send(site.count(asked.words), policy(site))
    return site.read_count(answer)


async def count_if_it_can(
    site: Site, question: Question, *, tag_limit: int | None = None
) -> int | None:
    """Return how many posts a site finds; None where that fails for any reason.

    A count only serves the progress bar, so it must not take a search down.
    """
    try:
        return await count(site, question, tag_limit=tag_limit)
    except BooruError:
        return None
