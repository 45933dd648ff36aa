"""In which order posts come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.drawn.chance import Chance

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from booru_nb.drawn.posts.history import DemoPost

KEYS: dict[str, Callable[[DemoPost], float]] = {
    "id": lambda post: post.id,
    "score": lambda post: post.score,
    "favorites": lambda post: post.favorites,
    "upvotes": lambda post: post.up_score,
    "downvotes": lambda post: post.down_score,
    "created": lambda post: post.created_at.timestamp(),
    "changed": lambda post: post.updated_at.timestamp(),
    "tags": lambda post: len(post.tags),
    "width": lambda post: post.scene.width,
    "height": lambda post: post.scene.height,
    "pixels": lambda post: post.scene.width * post.scene.height,
    "ratio": lambda post: post.scene.width / post.scene.height,
}
"""What posts may be sorted by."""


def ordered(
    posts: Sequence[DemoPost], key: str = "id", *, rising: bool = False
) -> list[DemoPost]:
    """Return posts in an order; of equal ones the newer comes first.

    Parameters
    ----------
    posts : sequence of DemoPost
        In any order.
    key : str
        One of `KEYS`, or ``random`` for another order each time.
    rising : bool
        Whether the smallest comes first.
    """
    if key == "random":
        return sorted(posts, key=lambda _: Chance.anyhow())
    get, sign = KEYS[key], 1 if rising else -1
    return sorted(posts, key=lambda post: (sign * get(post), -post.id))
