"""A dataset: an immutable recipe of steps over posts."""

from __future__ import annotations

from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from booru_nb.errors import ArgumentError
from booru_nb.export import finished, recipes, reporting, results
from booru_nb.export.given import key_of
from booru_nb.export.outcome import shortened
from booru_nb.export.parts import About
from booru_nb.export.wording import Wording

if TYPE_CHECKING:
    from os import PathLike

    import pandas as pd

    from booru_nb.export.results import Line


class Dataset(Wording):
    """Posts, and what is done with them, step by step.

    ``lib.dataset(posts)`` makes one. Each step returns a new dataset and checks what it
    is told at once; the work is done at the first `report`, `posts`, `dropped`, `grid`,
    `explain` or `export`, and once only, also for datasets that go on from this one.
    """

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

    def report(self, by: str | None = None) -> pd.DataFrame:
        """Return what each step removed, or what is left.

        Parameters
        ----------
        by : str, optional
            ``"reason"``: how many posts each step removed for which reason. ``"tag"``,
            ``"artist"``, ``"rating"``, ``"split"`` or any other column: how many posts
            of each value are left.

        Returns
        -------
        DataFrame
            One row a step, the posts that it begins with first.

            =======  =====  ==========================================================
            column   dtype  meaning
            =======  =====  ==========================================================
            step     str    what it is called; a second of its kind has a number
            options  str    how it was asked for
            removed  int64  how many posts it removed
            kept     int64  how many it left
            changed  int64  of how many it changed tags, caption, split or cluster
            reasons  str    why posts were removed, and how many, the most first
            =======  =====  ==========================================================

            With a column: `step`, `reason` and `removed`; or the column itself (str),
            `before` (Int64, how many posts the dataset began with; missing where the
            steps brought the column), `kept` (int64) and `share` (float64, of all posts
            that are left), the most frequent first. Missing values are not counted.

        Raises
        ------
        ArgumentError
            If there is no such column.
        """
        found = self._results()
        if by is None:
            return reporting.steps(found[-1].lines)
        if by == "reason":
            return reporting.reasons(found[-1].lines)
        return reporting.left(found[0].posts, self._posts, by)

    def explain(self, post: Any) -> pd.DataFrame:  # noqa: ANN401 - as its docstring says
        """Return every step that a post has passed, or where it fell out.

        Parameters
        ----------
        post : (str, int), Series, DataFrame or Post
            A site and id, a row of a frame, or a frame of one row.

        Returns
        -------
        DataFrame
            One row a step, up to the one that removed the post: `step`, `options`,
            `outcome` (``passed``, ``changed`` or ``removed``) and `why` (what was
            changed, or the reason), all str.

        Raises
        ------
        ArgumentError
            If the dataset does not begin with this post.
        """
        key = key_of(post)
        options = ["", *(str(step) for step in self._link.steps())]
        return reporting.explained(self._results(), key, options)

    def grid(self, which: str = "posts", **options: Any) -> Any:  # noqa: ANN401 - a grid
        """Show the dataset as thumbnails.

        Parameters
        ----------
        which : {"posts", "dropped", "clusters"}
            What is shown.
        **options
            As for `Library.grid`.

        Returns
        -------
        Grid
            A widget. ``ds.drop(grid.selected)`` removes what is selected in it.
        """
        if which not in ("posts", "dropped", "clusters"):
            raise ArgumentError(
                f"which is one of posts, dropped, clusters, not {which!r}."
            )
        return self._host.grid(getattr(self, which), **options)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the recipe to a file, as JSON; `Library.load_dataset` runs it again.

        It holds the steps, and the site and id of each post (or the query that found
        them), with the captions and splits that the frame brought; no further columns.

        Parameters
        ----------
        path : str or path
            The file; an earlier recipe is replaced.

        Raises
        ------
        ArgumentError
            If it cannot be written, or the file is something else.
        """
        self._host.check_file(path)
        recipes.write(path, self._recipe())

    @property
    def about(self) -> About:
        """What an export's card tells of the dataset."""
        return About(
            name=self._name,
            steps=self.report(),
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

    def __repr__(self) -> str:
        head, rows = self._head(), self._rows()
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = (
            "  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True))
            for row in rows
        )
        whole = [*(line.rstrip() for line in lines), *self._said()]
        return "\n".join([head, *(f"  {line}" for line in whole)])

    def _repr_html_(self) -> str:
        first, *rest = self._rows()
        heads = "".join(f"<th>{escape(cell)}</th>" for cell in first)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
            for row in rest
        )
        notes = "".join(f"<p>{escape(note)}</p>" for note in self._said())
        return (
            f"<b>{escape(self._head())}</b><table><thead><tr>{heads}</tr></thead>"
            f"<tbody>{body}</tbody></table>{notes}"
        )

    def _said(self) -> tuple[str, ...]:
        """Return the notes, as far as they are known."""
        found = self._link.found
        return () if found is None else found.notes

    def _head(self) -> str:
        found = self._link.found
        state = "not run yet" if found is None else f"{len(found.posts)} posts"
        return f"Dataset {self._name!r}: {state}" if self._name else f"Dataset: {state}"

    def _rows(self) -> list[tuple[str, ...]]:
        """Return a line for each step, with what is known of it so far."""
        links = self._link.links()
        names = [results.START, *results.labels(self._link.steps())]
        rows: list[tuple[str, ...]] = [("step", "options", "removed", "kept")]
        for link, name in zip(links, names, strict=True):
            options = "" if link.step is None else shortened(str(link.step))
            if link.found is None:
                count = str(len(self._source.posts)) if link.step is None else ""
                rows.append((name, options, "", count))
            else:
                line: Line = link.found.lines[-1]
                rows.append((name, options, str(line.removed), str(line.kept)))
        return rows
