"""A dataset: an immutable recipe of steps over posts."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from booru_nb.errors import ArgumentError
from booru_nb.export import recipes, reporting, results
from booru_nb.export.exports import Exports
from booru_nb.export.given import key_of
from booru_nb.export.outcome import shortened

if TYPE_CHECKING:
    from os import PathLike

    import pandas as pd

    from booru_nb.export.results import Line


class Dataset(Exports):
    """Posts, and what is done with them, step by step.

    ``lib.dataset(posts)`` makes one. Each step returns a new dataset and checks what it
    is told at once; the work is done at the first `report`, `posts`, `dropped`, `grid`,
    `explain` or `export`, and once only, also for datasets that go on from this one.
    """

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

        Examples
        --------
        >>> ds = lib.dataset(lib.search("sky", limit=20, progress=False))
        >>> ds.sample(5).report()[["step", "removed", "kept"]].values.tolist()
        [['posts', 0, 20], ['sample', 15, 5]]
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

        Examples
        --------
        >>> ds = lib.dataset(lib.search("sky", limit=20, progress=False))
        >>> gone = ds.sample(5).dropped.iloc[0]
        >>> ds.sample(5).explain(gone)["outcome"].tolist()
        ['passed', 'removed']
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

        Examples
        --------
        >>> ds = lib.dataset(lib.search("sky", limit=20, progress=False))
        >>> grid = ds.sample(5).grid("dropped")
        >>> len(grid.posts)
        15
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

        Examples
        --------
        >>> posts = lib.bookmark(lib.search("sky", limit=20, progress=False))
        >>> lib.dataset(posts).sample(5).save(path)
        >>> len(lib.load_dataset(path))
        5
        """
        self._host.check_file(path)
        recipes.write(path, self._recipe())

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
