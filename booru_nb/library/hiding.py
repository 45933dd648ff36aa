"""What the blacklist hides of what sites find. Nothing that is kept here is hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from booru_nb import frames
from booru_nb.guard import withholds
from booru_nb.library import rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from booru_nb.post import Post
    from booru_nb.store import Store


class Hiding:
    """Leaves out of a search what is on the blacklist, as it is at that moment.

    Parameters
    ----------
    store : Store
        Where the blacklist is.

    Attributes
    ----------
    hidden : list of Post
        What was left out, in its order.
    """

    def __init__(self, store: Store) -> None:
        self._blacklist = store.blacklist
        self._listed: set[tuple[str, int]] = set()
        self._rules: list[str] = []
        self.hidden: list[Post] = []

    def __call__(self, posts: Sequence[Post], most: int | None) -> list[Post]:
        """Return the first posts that are not hidden, so many at the most."""
        hidden = self._keys(posts)
        shown: list[Post] = []
        for post in posts:
            if withholds(post):
                continue
            if len(shown) == most:
                break
            (self.hidden if post.key in hidden else shown).append(post)
        return shown

    @property
    def count(self) -> int:
        """How many posts were left out."""
        return len(self.hidden)

    def _keys(self, posts: Sequence[Post]) -> set[tuple[str, int]]:
        listed = self._blacklist.listed(post.key for post in posts)
        self._listed |= listed
        texts = self._blacklist.rules()
        if not texts or not posts:
            return listed
        self._rules = list(dict.fromkeys([*self._rules, *texts]))
        frame = frames.from_posts(posts)
        found = frame.loc[rules.mask(frame, texts), ["site", "id"]]
        return listed | set(found.itertuples(index=False, name=None))

    def frame(self) -> pd.DataFrame:
        """Return what was left out, and the first rule that holds for each.

        Returns
        -------
        DataFrame
            Of the schema `HIDDEN`.
        """
        frame = frames.from_posts(self.hidden)
        keys = zip(frame["site"], frame["id"], strict=True)
        listed = pd.Series([key in self._listed for key in keys], dtype=bool)
        reasons = rules.reasons(frame, self._rules)
        frame["rule"] = reasons.mask(listed).astype("str")
        return frame
