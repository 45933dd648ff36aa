"""The posts of several sites in one listing.

The sites are asked at the same time, each for as many pages as the listing needs. What
comes next is the best of what each site has next, so that no site is crawled further
than the listing goes; posts without a date come last. The same work, told by its md5,
comes once.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from booru_nb.errors import BooruError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Self

    from booru_nb.post import Post

_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
_FAR_AHEAD = datetime(9999, 1, 1, tzinfo=UTC)
_SIZE = 100


def _number(value: int | None) -> tuple[bool, int]:
    return value is None, -(value or 0)


def _newest(post: Post) -> tuple[bool, float]:
    at = post.created_at
    return at is None, -(at or _LONG_AGO).timestamp()


def _oldest(post: Post) -> tuple[bool, float]:
    at = post.created_at
    return at is None, (at or _FAR_AHEAD).timestamp()


_KEYS: dict[str, Callable[[Post], tuple[bool, float]]] = {
    "newest": _newest,
    "oldest": _oldest,
    "score": lambda post: _number(post.score),
    "favorites": lambda post: _number(post.favorites),
    "random": lambda _: (False, 0.0),
}
"""What comes first, by the order asked for; what it is missing for comes last."""


class Listing(Protocol):
    """The posts that are found, page after page."""

    @property
    def looked_at(self) -> int:
        """How many posts the sites have sent."""

    def __aiter__(self) -> Self: ...

    async def __anext__(self) -> list[Post]: ...


@dataclass(slots=True)
class _Source:
    """A site's listing, and what of it has come and is not shown yet."""

    name: str
    rank: int
    pages: Listing
    waiting: list[Post] = field(default_factory=list)
    over: bool = False
    error: BooruError | None = None

    async def fill(self) -> None:
        """Fetch a page, unless there is something to show or nothing to fetch."""
        if self.waiting or self.over:
            return
        try:
            self.waiting = await anext(self.pages)
        except StopAsyncIteration:
            self.over = True
        except BooruError as error:
            self.over, self.error = True, error


class Merged:
    """The posts that several sites find, page after page.

    A site that fails is left out from there on, and told by `on_failure`; if all fail,
    the first one's error is raised, and asking again asks all of them again.

    Parameters
    ----------
    listings : Mapping of str to Listing
        The listing of each site; the order of the names decides which site's row of a
        work is shown.
    limit : int or None
        How many posts at the most, of all sites together.
    order : str, optional
        How they are merged, as in `wishes` (default: newest first).
    on_failure : callable
        Is given the site's name and its error.

    Attributes
    ----------
    posts : list of Post
        All that came, in order, with what was learnt of them since.
    """

    def __init__(
        self,
        listings: Mapping[str, Listing],
        *,
        limit: int | None,
        order: str | None = None,
        on_failure: Callable[[str, BooruError], object],
    ) -> None:
        self._sources = [
            _Source(name, rank, pages)
            for rank, (name, pages) in enumerate(listings.items())
        ]
        self._ranks = {source.name: source.rank for source in self._sources}
        self._key = _KEYS[order or "newest"]
        self._on_failure = on_failure
        self._limit = limit
        self._shown: dict[object, Post] = {}
        self._told: set[str] = set()

    @property
    def looked_at(self) -> int:
        """How many posts the sites have sent."""
        return sum(source.pages.looked_at for source in self._sources)

    @property
    def posts(self) -> list[Post]:
        """All that came, in order, with what was learnt of them since."""
        return sorted(self._shown.values(), key=self._key)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> list[Post]:
        """Return the next posts; never none.

        Raises
        ------
        BooruError
            If every site has failed, or the library has.
        """
        page: list[object] = []
        while len(page) < _SIZE and len(self._shown) != self._limit:
            if not page:
                await self._fill()
            elif not all(source.waiting or source.over for source in self._sources):
                # A page that has begun is not held up by what must be fetched.
                break
            source = self._next()
            if source is None:
                break
            added = self._show(source.waiting.pop(0))
            page += [added] if added is not None else []
        if not page:
            self._raise_if_all_failed()
            raise StopAsyncIteration
        # A row may have been replaced by that of a site named before.
        return sorted((self._shown[work] for work in page), key=self._key)

    async def _fill(self) -> None:
        """Have something to show of every site that has more."""
        await asyncio.gather(*(source.fill() for source in self._sources))
        for source in self._sources:
            if isinstance(source.error, StoreError):
                # What cannot be kept is no site's fault.
                error, source.over, source.error = source.error, False, None
                raise error
            if source.error is not None and source.name not in self._told:
                self._told.add(source.name)
                if len(self._told) < len(self._sources):
                    self._on_failure(source.name, source.error)

    def _next(self) -> _Source | None:
        ready = [source for source in self._sources if source.waiting]
        key = self._key
        return min(ready, key=lambda s: (key(s.waiting[0]), s.rank), default=None)

    def _show(self, post: Post) -> object | None:
        """Add a post; return what it is known by, or None if it is shown already."""
        work = post.md5 or post.key
        other = self._shown.get(work)
        if other is not None:
            self._shown[work] = self._joined(other, post)
            return None
        self._shown[work] = post
        for source in self._sources:
            for same in [p for p in source.waiting if p.md5 and p.md5 == work]:
                source.waiting.remove(same)
                self._shown[work] = self._joined(self._shown[work], same)
        return work

    def _joined(self, one: Post, other: Post) -> Post:
        """Return the row of the site named first, which says where else the work is."""
        first, second = sorted((one, other), key=lambda post: self._ranks[post.site])
        return replace(first, also_on=_tokens(first, second))

    def _raise_if_all_failed(self) -> None:
        errors = [source.error for source in self._sources]
        if not all(errors):
            return
        self._told.clear()
        for source in self._sources:
            source.over, source.error = False, None
        first, *others = (error for error in errors if error is not None)
        if others:
            said = " ".join(map(str, others))
            first.args = (f"{first} No other site answered either: {said}",)
        raise first


def _tokens(first: Post, second: Post) -> tuple[str, ...]:
    """Return where else a work is, by what two of its posts say."""
    found = [*first.also_on, f"{second.site}:{second.id}", *second.also_on]
    return tuple(t for t in _unique(found) if t != f"{first.site}:{first.id}")


def _unique(tokens: Iterable[str]) -> Sequence[str]:
    return list(dict.fromkeys(tokens))
