"""All that the demo booru knows: its posts, its tags and how they hang together."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from booru_nb.drawn.posts.history import COUNT, SEED, DemoPost, posts, renumbered
from booru_nb.drawn.posts.lexicon import ALIASES, UNSETTLED, implications

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of the demo booru.

    Parameters
    ----------
    id : int
        Older ones have lower ones.
    name, category : str
        The category as a word: ``general``, ``artist`` …
    count : int
        How many posts have it.
    created_at : datetime
        When the first post that has it was uploaded, in UTC.
    """

    id: int
    name: str
    category: str
    count: int
    created_at: datetime


class Shelf:
    """Posts as they are at one moment, and what can be looked up about them.

    Parameters
    ----------
    published : iterable of DemoPost
        Those that can be seen, oldest first.
    """

    def __init__(self, published: Iterable[DemoPost]) -> None:
        self.posts = tuple(published)
        self.by_id = {post.id: post for post in self.posts}
        self.children: dict[int, list[DemoPost]] = {}
        self.with_tag: dict[str, set[int]] = {}
        for post in self.posts:
            if post.parent_id is not None:
                self.children.setdefault(post.parent_id, []).append(post)
            for name in post.tags:
                self.with_tag.setdefault(name, set()).add(post.id)
        self.tags = self._tags()

    def _tags(self) -> Mapping[str, Tag]:
        tags: dict[str, Tag] = {}
        for post in self.posts:
            for name, category in post.tags.items():
                if name not in tags:
                    count = len(self.with_tag[name])
                    number = 101 + len(tags)
                    tags[name] = Tag(number, name, category, count, post.created_at)
        return tags


class Booru:
    """The demo booru; posts can be added to it while it is being read.

    Parameters
    ----------
    count : int
        How many posts there are.
    seed : int
        Another one gives another booru.
    published : int, optional
        How many of them, the oldest, can be seen at the start (default: all).
    """

    def __init__(
        self, *, count: int = COUNT, seed: int = SEED, published: int | None = None
    ) -> None:
        self._asked = (count, seed, count if published is None else published)
        self._lock = threading.RLock()
        self._waiting: list[DemoPost] = []
        self._shelf: Shelf | None = None
        self.aliases = ALIASES
        self.implications = implications()
        self.unsettled = UNSETTLED
        self.changed_at: dict[tuple[str, str], datetime] = {}

    @property
    def shelf(self) -> Shelf:
        """What can be seen now; it never changes, a new one takes its place."""
        with self._lock:
            if self._shelf is None:
                count, seed, shown = self._asked
                known = posts(count, seed)
                self._waiting = list(known[shown:])
                self._shelf = Shelf(known[:shown])
            return self._shelf

    def publish(self, count: int = 1) -> list[DemoPost]:
        """Show the next posts, as if they had just been uploaded.

        Parameters
        ----------
        count : int
            How many; fewer where fewer are left.

        Returns
        -------
        list of DemoPost
            Those that can be seen now and could not before, oldest first.
        """
        with self._lock:
            shown = self.shelf.posts
            new, self._waiting = self._waiting[:count], self._waiting[count:]
            self._shelf = Shelf((*shown, *new))
        return new

    def add(self, like: int, **changes: object) -> DemoPost:
        """Add a post, newer than all others, with a picture of its own.

        Parameters
        ----------
        like : int
            The id of the post that it is like.
        **changes
            What is different: the fields of `DemoPost`, such as ``tags``.

        Returns
        -------
        DemoPost
            As it was added.

        Raises
        ------
        KeyError
            If no post has that id.
        """
        with self._lock:
            shown = self.shelf.posts
            number = max(post.id for post in (*shown, *self._waiting)) + 1
            model = self.shelf.by_id[like]
            changes.setdefault("scene", replace(model.scene, seed=number))
            post = renumbered(model, number, **changes)
            self._shelf = Shelf((*shown, post))
        return post

    def change(self, number: int, **changes: object) -> DemoPost:
        """Change a post, as editors do.

        Parameters
        ----------
        number : int
            Its id.
        **changes
            What is different from now on: the fields of `DemoPost`.

        Returns
        -------
        DemoPost
            As it is now.

        Raises
        ------
        KeyError
            If no post has that id.
        """
        with self._lock:
            changed = renumbered(self.shelf.by_id[number], number, **changes)
            shown = self.shelf.posts
            self._shelf = Shelf(changed if p.id == number else p for p in shown)
        return changed
