"""Posts gathered of one site or of several, as they come."""

from __future__ import annotations

import asyncio
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from booru_nb import search
from booru_nb.errors import BooruError, SiteWarning, SparseError
from booru_nb.library.categories import PATIENCE
from booru_nb.library.progress import Silence, bar
from booru_nb.library.records import remember

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Mapping, Sequence

    import pandas as pd

    from booru_nb.library.hiding import Hiding
    from booru_nb.library.state import State
    from booru_nb.post import Post
    from booru_nb.sites import Site


SEE_LAST = "see lib.last."
"""What to do where a search has ended early."""


def warn(said: str) -> None:
    """Warn of a site, each time anew."""
    # Python remembers what it has said of a line in the registry that is handed over.
    warnings.warn_explicit(said, SiteWarning, "booru_nb", 1, registry={})


def still_looking(error: SparseError) -> None:
    """Warn of a search that goes on although it finds nothing."""
    warn(f"{error} The search goes on until it is stopped.")


def listing(  # noqa: PLR0913 - each is a part of the search
    state: State,
    targets: Sequence[Site],
    question: search.Question,
    *,
    hiding: Hiding | None = None,
    size: int | None = None,
    on_failure: Callable[[str], object] = warn,
) -> search.Listing:
    """Return the posts that one site finds, or several together.

    Parameters
    ----------
    state : State
        What the library holds.
    targets : sequence of Site
        The sites.
    question : Question
        What for. One without a limit is gone on with, however few posts pass.
    hiding : Hiding, optional
        What leaves posts out.
    size : int, optional
        Posts a page.
    on_failure : callable
        Called with a sentence when one of several sites is left out.
    """
    goes_on = question.limit is None and size is None
    sparse = {"on_sparse": still_looking} if goes_on else {}
    each = {
        site.name: search.Pages(
            site,
            question,
            size=size,
            learnt=state.learnt(site),
            hide=hiding,
            **sparse,
        )
        for site in targets
    }
    return joined(each, question, on_failure=on_failure)


def joined(
    each: Mapping[str, search.Listing],
    question: search.Question,
    *,
    on_failure: Callable[[str], object] = warn,
) -> search.Listing:
    """Return the listings of several sites, by their names, as one."""
    if len(each) == 1:
        return next(iter(each.values()))
    return search.Merged(
        each,
        limit=question.limit,
        order=question.wishes.order,
        on_failure=lambda name, error: on_failure(
            f"{name} is left out from here on. {error}"
        ),
    )


async def each(
    state: State,
    targets: Sequence[Site],
    question: search.Question,
    hiding: Hiding | None = None,
) -> AsyncGenerator[list[Post], None]:
    """Yield posts, page after page; ``lib.last`` is what has come of them."""
    found = listing(state, targets, question, hiding=hiding)
    arrived = state.start_search(hiding)
    part = state.slices.begin(question, targets)
    while True:
        state.check_open()
        try:
            posts = await state.held(anext(found))
        except StopAsyncIteration:
            part.ended()
            await remember(state, targets, question)
            return
        except asyncio.CancelledError as stopped:
            said = f"Stopped: {came(len(arrived), question.limit)}"
            raise asyncio.CancelledError(said) from stopped
        except BooruError as error:
            tell_what_came(error, state.frame(arrived), question.limit)
            raise
        arrived += posts
        part.came(posts)
        if isinstance(found, search.Merged):
            arrived[:] = found.posts
        yield await with_categories(state, targets, posts)


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
    hiding : Hiding, optional
        What leaves posts out of it.
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
    hiding: Hiding | None = None
    said: Callable[[], str] | None = None
    advice: str = SEE_LAST

    async def fill(self, arrived: list[Post], *, show: bool) -> None:
        """Put what comes into a list, with the categories of its tags."""
        limit, hiding = self.question.limit, self.hiding
        with bar(limit, doing=_names(self.targets), show=show) as shown:
            try:
                if limit is None and not isinstance(shown, Silence):
                    shown.total = await _count_if_it_can(
                        self.state, self.targets, self.question
                    )
                    shown.refresh()
                await self._fetch(arrived, shown)
                arrived[:] = await with_categories(
                    self.state, self.targets, arrived, patience=PATIENCE
                )
            except asyncio.CancelledError as stopped:
                said = f"Stopped: {came(len(arrived), limit, self.advice)}"
                shown.write(said)
                # Who is stopped without a bar hears it from the error.
                raise asyncio.CancelledError(said) from stopped
            if hiding is not None and hiding.hidden:
                shown.write(f"{hiding.count} hidden by the blacklist; see lib.hidden.")

    async def _fetch(
        self,
        arrived: list[Post],
        shown: Any,  # noqa: ANN401 - tqdm has no types
    ) -> None:
        try:
            async for posts in self.found:
                arrived += posts
                shown.update(len(posts))
                shown.set_postfix_str(self._beside(len(arrived)))
        finally:
            if isinstance(self.found, search.Merged):
                arrived[:] = self.found.posts
        # A bar that is not full looks like a failure, and stays.
        shown.total = len(arrived)
        shown.refresh()

    def _beside(self, came: int) -> str:
        if self.said is not None:
            return self.said()
        looked_at = self.found.looked_at
        return f"{looked_at} looked at" if looked_at > came else ""


async def gather(  # noqa: PLR0913 - each is a part of the search
    state: State,
    targets: Sequence[Site],
    question: search.Question,
    arrived: list[Post],
    hiding: Hiding | None,
    *,
    show: bool,
) -> None:
    """Put what sites find into a list as it comes, and remember the search."""
    found = listing(state, targets, question, hiding=hiding)
    part = state.slices.begin(question, targets)
    work = Gathering(state, targets, question, found, hiding)
    try:
        await work.fill(arrived, show=show)
    finally:
        part.came(arrived)
    part.ended()
    await remember(state, targets, question)


async def with_categories(
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


def tell_what_came(
    error: BooruError, posts: pd.DataFrame, limit: int | None, advice: str = SEE_LAST
) -> None:
    """Add to an error what had arrived before it."""
    error.posts = posts
    if isinstance(error, SparseError):
        error.args = (f"{error} To look through all that it has: limit=None.",)
    if len(posts):
        error.args = (f"{error} {came(len(posts), limit, advice)}",)


def came(count: int, limit: int | None, advice: str = SEE_LAST) -> str:
    """Return the sentence that says how much has arrived, and what to do."""
    return f"{count}{'' if limit is None else f' of {limit}'} arrived; {advice}"
