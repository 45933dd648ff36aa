"""Which posts came as a slice of what a site has, and so stand for that slice only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from booru_nb.post import Post
    from booru_nb.search import Question
    from booru_nb.sites import Site

Key = tuple[str, int]

MOST = 1_000_000
"""Posts that are remembered by their keys; then all are forgotten."""

_FIRST = {
    "newest": "newest",
    "oldest": "oldest",
    "score": "highest scored",
    "favorites": "most favorited",
}
"""What the first posts of a search are, by the order that was wished for."""


@dataclass(eq=False, slots=True)
class Slice:
    """What came of one search.

    Parameters
    ----------
    question : Question
        What was asked.
    sites : sequence of Site
        Who was asked, each with the login that it was asked with.
    of : dict
        The slice of each post, to which its own are added.
    """

    question: Question
    sites: Sequence[Site]
    of: dict[Key, Slice] = field(repr=False)
    count: int = 0
    """How many posts came."""
    whole: bool = False
    """Whether that was all there is."""

    def came(self, posts: Sequence[Post]) -> None:
        """Add posts; those that came in another way before are of this slice now."""
        if len(self.of) + len(posts) > MOST:
            self.of.clear()
        self.count += len(posts)
        self.of.update((post.key, self) for post in posts)

    def ended(self) -> None:
        """Note that the search is over: all came, unless its limit was reached."""
        self.whole = self.question.limit is None or self.count < self.question.limit

    def caveats(self) -> list[str]:
        """Say what keeps these posts from standing for others."""
        names = ", ".join(site.name for site in self.sites)
        query = self.question.query.strip()
        of = f"for {query!r}" if query else "for no tag in particular"
        said = []
        if not self.whole:
            said.append(
                f"A slice: the {self._first(query)} {self.count:,} posts that {names} "
                f"showed {of}, not all that there are."
            )
        visited = [site.name for site in self.sites if site.login is None]
        if visited:
            said.append(
                f"Seen without a login: what {', '.join(visited)} hides from visitors "
                "is missing."
            )
        return said

    def _first(self, query: str) -> str:
        order = self.question.wishes.order
        if order is None:
            # The site's own words for an order are known to the site only.
            named = any(word in query for word in ("order:", "sort:", "sf:"))
            return "first" if named else "newest"
        return _FIRST.get(order, "first")


class Slices:
    """The slice of each post that came since the library was opened."""

    def __init__(self) -> None:
        self._of: dict[Key, Slice] = {}

    def __bool__(self) -> bool:
        """Tell whether any post came."""
        return bool(self._of)

    def begin(self, question: Question, sites: Sequence[Site]) -> Slice:
        """Return the slice of a search that begins."""
        return Slice(question, sites, self._of)

    def caveats(self, keys: Iterable[Key]) -> list[str]:
        """Say what keeps posts from standing for others; once each."""
        if not self._of:
            return []
        found = dict.fromkeys(self._of[key] for key in keys if key in self._of)
        return list(dict.fromkeys(said for part in found for said in part.caveats()))
