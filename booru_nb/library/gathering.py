"""Posts gathered of one site or of several, as they come."""

from __future__ import annotations

import asyncio
import warnings
from typing import TYPE_CHECKING, Any

from booru_nb import search
from booru_nb.errors import BooruError, SiteWarning, SparseError
from booru_nb.library.categories import PATIENCE
from booru_nb.library.progress import Silence, bar
from booru_nb.library.records import remember

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Sequence

    import pandas as pd

    from booru_nb.library.hiding import Hiding
    from booru_nb.library.state import State
    from booru_nb.post import Post
    from booru_nb.sites import Site


def _warn(said: str) -> None:
    """Warn of a site, each time anew."""
    # Python remembers what it has said of a line in the registry that is handed over.
    warnings.warn_explicit(said, SiteWarning, "booru_nb", 1, registry={})


def _still_looking(error: SparseError) -> None:
    _warn(f"{error} The search goes on until it is stopped.")


def listing(  # noqa: PLR0913 - each is a part of the search
    state: State,
    targets: Sequence[Site],
    question: search.Question,
    *,
    hiding: Hiding | None = None,
    size: int | None = None,
    on_failure: Callable[[str], object] = _warn,
) -> search.Pages | search.Merged:
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
    sparse = {"on_sparse": _still_looking} if goes_on else {}
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
    if len(each) == 1:
        return each[targets[0].name]
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
    found = listing(state, targets, question, hiding=hiding)
    part = state.slices.begin(question, targets)
    with bar(question.limit, doing=_names(targets), show=show) as shown:
        try:
            if question.limit is None and not isinstance(shown, Silence):
                shown.total = await _count_if_it_can(state, targets, question)
                shown.refresh()
            await _fill(found, arrived, shown)
            arrived[:] = await with_categories(
                state, targets, arrived, patience=PATIENCE
            )
        except asyncio.CancelledError as stopped:
            said = f"Stopped: {came(len(arrived), question.limit)}"
            shown.write(said)
            # Who is stopped without a bar hears it from the error.
            raise asyncio.CancelledError(said) from stopped
        finally:
            part.came(arrived)
        if hiding is not None and hiding.hidden:
            shown.write(f"{hiding.count} hidden by the blacklist; see lib.hidden.")
    part.ended()
    await remember(state, targets, question)


async def _fill(
    found: search.Pages | search.Merged,
    arrived: list[Post],
    shown: Any,  # noqa: ANN401 - tqdm has no types
) -> None:
    """Put the posts of a listing into a list as they come, and show how many."""
    try:
        async for posts in found:
            arrived += posts
            shown.update(len(posts))
            if found.looked_at > len(arrived):
                shown.set_postfix_str(f"{found.looked_at} looked at")
    finally:
        if isinstance(found, search.Merged):
            arrived[:] = found.posts
    # A bar that is not full looks like a failure, and stays.
    shown.total = len(arrived)
    shown.refresh()


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


def tell_what_came(error: BooruError, posts: pd.DataFrame, limit: int | None) -> None:
    """Add to an error what had arrived before it."""
    error.posts = posts
    if isinstance(error, SparseError):
        error.args = (f"{error} To look through all that it has: limit=None.",)
    if len(posts):
        error.args = (f"{error} {came(len(posts), limit)}",)


def came(count: int, limit: int | None) -> str:
    """Return the sentence that says how much has arrived."""
    return f"{count}{'' if limit is None else f' of {limit}'} arrived; see lib.last."
