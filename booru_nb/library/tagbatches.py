"""Which tags of posts one request is about."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from booru_nb.post import Post

PAGES = 10
"""Pages of posts that are read for one search, where a site has no batches."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Tags that one request is about.

    Parameters
    ----------
    names : sequence of str
        The tags, most frequent first.
    page : int or None
        The post whose page says what they are; None for the site's list of tags.
    """

    names: Sequence[str]
    page: int | None = None

    def without(self, asked: Container[str]) -> Batch:
        """Return what is left of it besides tags that are being asked about."""
        return replace(self, names=[name for name in self.names if name not in asked])


def unsaid(posts: Iterable[Post]) -> list[str]:
    """Return the tags whose category a post does not say, most frequent first."""
    partly = (post for post in posts if len(post.categories) < len(post.tags))
    counts = Counter(
        tag for post in partly for tag in post.tags if tag not in post.categories
    )
    return [tag for tag, _ in counts.most_common()]


def pages(posts: Sequence[Post], names: Iterable[str]) -> list[Batch]:
    """Return the pages to be read: each of the post with most tags that are left."""
    left = set(names)
    tags = {post.id: set(post.tags) & left for post in posts}
    batches: list[Batch] = []
    while left and len(batches) < PAGES:
        best = max(tags, key=lambda number: len(tags[number] & left))
        batches.append(Batch(sorted(tags[best] & left), best))
        left -= tags[best]
    return batches
