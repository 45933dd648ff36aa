"""Datasets of a library's posts, and of any others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from booru_nb.errors import ArgumentError
from booru_nb.export import recipes
from booru_nb.export.chain import Link
from booru_nb.export.dataset import Dataset
from booru_nb.export.source import Source, of_frame
from booru_nb.library import checks
from booru_nb.library.carrying import not_open_here
from booru_nb.library.hosting import LibraryHost
from booru_nb.schemas import POSTS

if TYPE_CHECKING:
    from os import PathLike

    from booru_nb.export.recipes import Recipe
    from booru_nb.library.state import State


def begun(
    state: State, posts: pd.DataFrame | str, *, name: str, progress: bool
) -> Dataset:
    """Return a dataset without steps."""
    state.check_open()
    name = checks.text(name, what="A dataset's name")
    return Dataset(
        _source(state, posts), LibraryHost(state), name=name, progress=progress
    )


def loaded(
    state: State,
    path: str | PathLike[str],
    *,
    posts: pd.DataFrame | str | None,
    progress: bool,
) -> Dataset:
    """Return the dataset of a recipe, with the posts that it names or with others."""
    state.check_open()
    recipe = recipes.read(not_open_here(path))
    source = _named(state, recipe) if posts is None else _source(state, posts)
    link = Link()
    for step in recipe.steps:
        link = Link(step, link)
    host = LibraryHost(state)
    return Dataset(source, host, name=recipe.name, link=link, progress=progress)


def _source(state: State, posts: object) -> Source:
    if isinstance(posts, str):
        found = state.store.posts.find(posts, columns=list(POSTS))
        return of_frame(state.table(found), query=posts)
    if isinstance(posts, pd.DataFrame):
        return of_frame(posts)
    raise ArgumentError(
        f"posts is a DataFrame of posts, or a query, not {type(posts).__name__}."
    )


def _named(state: State, recipe: Recipe) -> Source:
    """Return the posts that a recipe names, as they are kept here."""
    if recipe.query is not None:
        return _source(state, recipe.query)
    columns = state.store.posts.by_keys(recipe.keys, columns=list(POSTS))
    there = state.table(columns).set_index(["site", "id"], drop=False)
    wanted = pd.MultiIndex.from_tuples(recipe.keys, names=["site", "id"])
    known = frozenset(there.index)
    missing = [key for key in recipe.keys if key not in known]
    if missing:
        site, number = missing[0]
        raise ArgumentError(
            f"{len(missing)} of the recipe's {len(recipe.keys)} posts are not kept "
            f"here, such as {site}:{number}. Bookmark or collect them, or give a frame "
            "of posts: lib.load_dataset(path, posts=frame)."
        )
    found = there.loc[~there.index.duplicated()].loc[wanted].reset_index(drop=True)
    for name in recipe.brought:
        found[name] = recipe.brought[name]
    return of_frame(found)
