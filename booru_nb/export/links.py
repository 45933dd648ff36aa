"""Which posts belong together: the same file, a parent and its children, an artist's.

Things that belong together are nodes of a graph: a post is ``(1, site, id)``, a value
that posts share is ``(0, column, value)`` or ``(2, kind, value)``. A group has the name
of its first node in their order, so that it stays what it is when younger posts join.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from booru_nb.errors import ArgumentError
from booru_nb.post import Category

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pandas as pd

    Node = tuple[int, str, Any]

NOBODY = frozenset(
    {
        *("artist_request", "artist_unknown", "anonymous_artist", "banned_artist"),
        *("conditional_dnp", "unknown_artist", "various_artists", "third-party_edit"),
        *("sound_warning", "epilepsy_warning", "avoid_posting"),
    }
)
"""Tags that stand among the artists and are none."""

_TAGS = frozenset({"tags", "other", *(str(category) for category in Category)})


class Groups:
    """Nodes, of which some belong together."""

    def __init__(self) -> None:
        self._up: dict[Node, Node] = {}

    def first(self, node: Node) -> Node:
        """Return the first node of the group that a node is in."""
        up = self._up
        root = node
        while (above := up.setdefault(root, root)) != root:
            root = above
        while up[node] != root:
            up[node], node = root, up[node]
        return root

    def join(self, one: Node, two: Node) -> None:
        """Let two nodes belong together, and all that belongs to either."""
        first, second = sorted((self.first(one), self.first(two)))
        self._up[second] = first


def post_nodes(posts: pd.DataFrame) -> list[Node]:
    """Return the node of each post."""
    sites, ids = posts["site"].tolist(), posts["id"].tolist()
    return [(1, site, number) for site, number in zip(sites, ids, strict=True)]


def same_file(posts: pd.DataFrame) -> Iterator[tuple[Node, Node]]:
    """Yield what belongs together since it is the same file, here or elsewhere."""
    nodes = post_nodes(posts)
    for node, md5, others in zip(nodes, posts["md5"], posts["also_on"], strict=True):
        if isinstance(md5, str):
            yield node, (2, "md5", md5)
        for token in others.split():
            site, _, number = token.rpartition(":")
            if site and number.isdecimal():
                yield node, (1, site, int(number))


def families(posts: pd.DataFrame) -> Iterator[tuple[Node, Node]]:
    """Yield each post that has a parent, and its parent, which may be absent."""
    # Boorus that have no word for "none" say 0.
    there = posts[(posts["parent_id"] > 0).fillna(value=False).astype(bool)]
    for node, parent in zip(post_nodes(there), there["parent_id"], strict=True):
        yield node, (1, node[1], int(parent))


def clusters(posts: pd.DataFrame) -> Iterator[tuple[Node, Node]]:
    """Yield each post that is in a cluster, and the cluster."""
    if "cluster" in posts:
        there = posts[posts["cluster"].notna()]
        for node, number in zip(post_nodes(there), there["cluster"], strict=True):
            yield node, (2, "cluster", int(number))


def stand_ins(posts: pd.DataFrame) -> Iterator[tuple[Node, Node]]:
    """Yield each removed post in whose place another was kept, and this one."""
    there = posts[posts["instead"] != ""]
    for node, token in zip(post_nodes(there), there["instead"], strict=True):
        site, _, number = token.rpartition(":")
        yield node, (1, site, int(number))


def sharing(posts: pd.DataFrame, column: str) -> Iterator[tuple[Node, Node]]:
    """Yield each post and every value that it has in a column.

    Of a column of tags each tag is a value; no group comes of `NOBODY`.

    Raises
    ------
    ArgumentError
        If there is no such column.
    """
    for node, values in zip(post_nodes(posts), values_of(posts, column), strict=True):
        for value in values:
            if value not in NOBODY:
                yield node, (0, column, value)


def values_of(posts: pd.DataFrame, column: str) -> list[list[str]]:
    """Return what each post has in a column, as texts; none where it is missing.

    Raises
    ------
    ArgumentError
        If there is no such column.
    """
    if column not in posts:
        has = ", ".join(map(str, posts.columns))
        raise ArgumentError(f"The posts have no column {column!r}, only: {has}.")
    texts = posts[column].astype(object).where(posts[column].notna(), "").map(str)
    if column in _TAGS:
        return [text.split() for text in texts]
    return [[text] if text.strip() else [] for text in texts]


def groups(
    kept: pd.DataFrame, dropped: Sequence[pd.DataFrame], *, by: Iterable[str]
) -> list[Node]:
    """Return the group of each post that is kept, by the name of its first node.

    Parameters
    ----------
    kept : DataFrame
        The posts that are kept.
    dropped : sequence of DataFrame
        Those that were removed, which may link others.
    by : iterable of str
        Columns whose values are not parted either.
    """
    found = Groups()
    columns = tuple(by)
    pairs = [stand_ins(posts) for posts in dropped]
    for posts in (kept, *dropped):
        pairs += [same_file(posts), families(posts), clusters(posts)]
        pairs += [sharing(posts, column) for column in columns]
    for one, two in itertools.chain(*pairs):
        found.join(one, two)
    return [found.first(node) for node in post_nodes(kept)]
