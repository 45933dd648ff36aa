"""Posts gathered of one site or of several, as they come."""

from __future__ import annotations

import asyncio
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from booru_nb import search
from booru_nb.errors import BooruError, SiteWarning
from booru_nb.library.categories import PATIENCE
from booru_nb.library.progress import bar

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Mapping, Sequence

    import pandas as pd

    from booru_nb.library.state import State
    from booru_nb.post import Post
    from booru_nb.sites import Site


SEE_LAST = "see lib.last."
"""What to do where a search has ended early."""


def listing(
    state: State, targets: Sequence[Site], question: search.Question
) -> search.Listing:
    """Return the posts that one site finds, or several together."""
    each = {
        site.name: search.Pages(site, question, learnt=state.learnt(site))
        for site in targets
    }
    return joined(each, question)


def joined(
    each: Mapping[str, search.Listing], question: search.Question
) -> search.Listing:
    """Return the listings of several sites as one."""
    if len(each) == 1:
        return next(iter(each.values()))
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
    state: State, targets: Sequence[Site], question: search.Question
) -> AsyncGenerator[list[Post], None]:
    """Yield posts, page after page."""
    async for posts in listing(state, targets, question):
        yield await _with_categories(state, targets, posts)


@dataclass(frozen=True, slots=True)
class Gathering:
    """Posts that are put into a list as they come, under a progress bar.

    Parameters
    ----------
    state : State
        Of the library.
    targets : sequence of Site
        Who is asked.
    question : Question
        What for.
    found : Listing
        Where the posts come from.
    said : callable, optional
        What the bar says beside the number of posts (default: how many were looked at,
        where that is more).
    advice : str
        What to do where this has ended early.
    """

    state: State
    targets: Sequence[Site]
    question: search.Question
    found: search.Listing
    said: Callable[[], str] | None = None
    advice: str = SEE_LAST

    async def fill(self, arrived: list[Post], *, show: bool) -> None:
        """Put what comes into a list; whether a bar is shown is for the user to say."""
        limit = self.question.limit
        with bar(limit, doing=_names(self.targets), show=show) as shown:
            if limit is None and show:
                shown.total = await _count_if_it_can(
                    self.state, self.targets, self.question
                )
                shown.refresh()
            try:
                async for posts in self.found:
                    arrived += posts
                    shown.update(len(posts))
                    shown.set_postfix_str(self._beside(arrived))
            except asyncio.CancelledError:
                shown.write(f"Stopped: {came(len(arrived), limit, self.advice)}")
                raise
            finally:
                if isinstance(self.found, search.Merged):
                    arrived[:] = self.found.posts
            # A bar that is not full looks like a failure, and stays.
            shown.total = len(arrived)
            shown.refresh()
        arrived[:] = await _with_categories(
            self.state, self.targets, arrived, patience=PATIENCE
        )

    def tell(self, error: BooruError, posts: pd.DataFrame) -> None:
        """Add to an error what had arrived before it."""
        error.posts = posts
        if len(posts):
            said = came(len(posts), self.question.limit, self.advice)
            error.args = (f"{error} {said}",)

    def _beside(self, arrived: Sequence[Post]) -> str:
        if self.said is not None:
            return self.said()
        looked_at = self.found.looked_at
        return f"{looked_at} looked at" if looked_at > len(arrived) else ""


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


def _names(targets: Sequence[Site]) -> str:
    return ", ".join(site.name for site in targets)


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


def came(count: int, limit: int | None, advice: str) -> str:
    """Return the sentence that says how much has arrived, and what to do."""
    return f"{count}{'' if limit is None else f' of {limit}'} arrived; {advice}"
