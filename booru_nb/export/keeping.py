"""What is left of a dataset when its steps have run."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from booru_nb.export import finished, recipes, reporting
from booru_nb.export.parts import About
from booru_nb.export.wording import Wording

if TYPE_CHECKING:
    import pandas as pd


class Keeping(Wording):
    """What the steps of a dataset have kept, and what they have removed."""

    @property
    def name(self) -> str:
        """What the dataset is called."""
        return self._name

    @property
    def posts(self) -> pd.DataFrame:
        """The posts that are left, in the order of the frame that was given.

        They have its index labels and all its columns, and `caption` (str), `split`
        (str) and `cluster` (Int64; missing where a post has no twin). Without
        `captions` the caption is every tag by category, or the dataset's name for a
        post without tags; without `split` all are ``train``. A `caption` and a `split`
        of the frame itself stay.
        """
        return self._posts.copy()

    @property
    def dropped(self) -> pd.DataFrame:
        """The posts that were removed, in the order of the steps.

        With the columns of the frame that was given, and `cluster` (Int64), `step` and
        `reason` (str), and `instead` (str): the ``site:id`` of the post that was kept
        in its place, or empty. With `posts` it is all that the dataset began with.
        """
        return self._dropped.copy()

    @property
    def clusters(self) -> pd.DataFrame:
        """The posts that `dedup` found to be the same picture, cluster by cluster.

        With `cluster` (Int64) and `kept` (bool); of each cluster the post that was
        kept comes first. Shown in a grid, one sees what was taken for the same.
        """
        return finished.clusters(self._posts, self._dropped)

    @property
    def notes(self) -> list[str]:
        """What a reader of the dataset must know of the steps, in sentences."""
        return list(self._results()[-1].notes)

    @property
    def about(self) -> About:
        """What an export's card tells of the dataset."""
        return About(
            name=self._name,
            steps=reporting.steps(self._results()[-1].lines),
            recipe=self._recipe(),
            caveats=tuple(self.notes),
        )

    def _recipe(self) -> dict[str, Any]:
        return recipes.described(self._name, self._source, self._link.steps())

    @cached_property
    def _posts(self) -> pd.DataFrame:
        last = self._results()[-1]
        return finished.posts(last, self._source, self._host, name=self._name)

    @cached_property
    def _dropped(self) -> pd.DataFrame:
        return finished.dropped(self._results()[-1], self._source, self._host)

    def __len__(self) -> int:
        return len(self._posts)
