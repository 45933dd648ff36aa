"""Posts gathered of one site or of several, as they come."""

from __future__ import annotations

import asyncio
import warnings
from typing import TYPE_CHECKING

from booru_nb import search
from booru_nb.errors import BooruError, SiteWarning
from booru_nb.library.categories import PATIENCE
from booru_nb.library.progress import bar
from booru_nb.library.records import remember

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence

    import pandas as pd

    from booru_nb.library.hiding import Hiding
    from booru_nb.library.state import State
    from booru_nb.post import Post
    from booru_nb.sites import Site


def listing(
    state: State,
    targets: Sequence[Site],
    question: search.Question,
    hiding: Hiding | None = None,
) -> search.Pages | search.Merged:
    """Return the posts that one site finds, or several together."""
    each = {
        site.name: search.Pages(site, question, learnt=state.learnt(site), hide=hiding)
        for site in targets
    }
    if len(each) == 1:
        return each[targets[0].name]
    return search.Merged(
        each,
        limit=question.limit,
        order=question.wishes.order,
        on_failure=_report,
    )


def _report(site: str, error: BooruError) -> None:
    """Tell of a site that is left out, each time anew."""
    said = f"{site} is left out from here on. {error}"
    # Python remembers what it has said of a line in the registry that is handed over.
    warnings.warn_explicit(said, SiteWarning, "booru_nb", 1, registry={})


async def each(
    state: State,
    targets: Sequence[Site],
    question: search.Question,
    hiding: Hiding | None,
) -> AsyncGenerator[list[Post], None]:
    """Yield posts, page after page."""
    async for posts in listing(state, targets, question, hiding):
        yield await _with_categories(state, targets, posts)
    await remember(state, _sites(targets), question)


async def gather(  # noqa: PLR0913 - each is a part of the search
    state: State,
    targets: Sequence[Site],
    question: search.Question,
    arrived: list[Post],
    hiding: Hiding | None,
    *,
    show: bool,
) -> None:
    """Put the posts of a listing into a list as they come, under a progress bar."""
    with bar(question.limit, doing=", ".join(_sites(targets)), show=show) as shown:
        if question.limit is None and show:
            shown.total = await _count_if_it_can(state, targets, question)
            shown.refresh()
        found = listing(state, targets, question, hiding)
        try:
            async for posts in found:
                arrived += posts
                shown.update(len(posts))
                if found.looked_at > len(arrived):
                    shown.set_postfix_str(f"{found.looked_at} looked at")
        except asyncio.CancelledError:
            shown.write(f"Stopped: {came(len(arrived), question.limit)}")
            raise
        finally:
            if isinstance(found, search.Merged):
                arrived[:] = found.posts
        # A bar that is not full looks like a failure, and stays.
        shown.total = len(arrived)
        shown.refresh()
        if hiding is not None and hiding.hidden:
            count = len(hiding.hidden)
            shown.write(f"{count} hidden by the blacklist; see lib.hidden.")
    arrived[:] = await _with_categories(state, targets, arrived, patience=PATIENCE)
    await remember(state, _sites(targets), question)


async def _with_categories(
    state: State,
    targets: Sequence[Site],
    posts: Sequence[Post],
    *,
    patience: float = 0.0,
) -> list[Post]:
    """Return posts of several sites with what is known of their tags."""
    places = {site.name: [p for p in posts if p.site == site.name] for site in targets}
    works = (
        state.categories.filled(site, places[site.name], patience=patience)
        for site in targets
    )
    filled = await asyncio.gather(*works)
    by_key = {post.key: post for found in filled for post in found}
    return [by_key[post.key] for post in posts]


def _sites(targets: Sequence[Site]) -> list[str]:
    return [site.name for site in targets]


async def count(
    state: State, targets: Sequence[Site], question: search.Question
) -> int | None:
    """Return how many posts several sites find together; None if one will not say."""
    asked = (search.count(s, question, tag_limit=_limit(state, s)) for s in targets)
    return _sum(await asyncio.gather(*asked))


async def _count_if_it_can(
    state: State, targets: Sequence[Site], question: search.Question
) -> int | None:
    tried = (
        search.count_if_it_can(site, question, tag_limit=_limit(state, site))
        for site in targets
    )
    return _sum(await asyncio.gather(*tried))


def _limit(state: State, site: Site) -> int | None:
    return search.tag_limit(site, state.learnt(site))


def _sum(numbers: Sequence[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def tell_what_came(error: BooruError, posts: pd.DataFrame, limit: int | None) -> None:
    """Add to an error what had arrived before it."""
    error.posts = posts
    if len(posts):
        error.args = (f"{error} {came(len(posts), limit)}",)


def came(count: int, limit: int | None) -> str:
    """Return the sentence that says how much has arrived."""
    return f"{count}{'' if limit is None else f' of {limit}'} arrived; see lib.last."
