"""The posts of a library, or of a frame, as statistics."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from booru_nb import stats
from booru_nb.library import known
from booru_nb.library.state import TOKEN
from booru_nb.query.frames import select
from booru_nb.schemas import BOOKMARKS, POSTS
from booru_nb.stats.blobs import of_blobs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from booru_nb.library.state import State
    from booru_nb.stats import Known, TagStats
    from booru_nb.store.tagsets import TagSets


def bookmarks(state: State, vocabulary: str) -> TagStats:
    """Return the statistics of the bookmarks."""
    sets = state.store.tags.sets()
    kinds = sets.words.categories
    read = of_blobs(
        sets.blobs,
        sites=sets.sites,
        ratings=sets.ratings,
        name=sets.words.name,
        categories={site: kinds.get(n, {}) for site, n in sets.site_ids.items()},
    )
    return stats.of_codes(
        read,
        lambda: _as_counted(state, sets),
        vocabulary=vocabulary,
        known=relations(state),
    )


def frame(state: State, posts: pd.DataFrame, vocabulary: str) -> TagStats:
    """Return the statistics of a frame of posts."""
    return stats.of_frame(
        posts,
        vocabulary=vocabulary,
        known=relations(state),
        caveats=caveats(state, posts),
    )


def anyhow(
    posts: pd.DataFrame,
    vocabulary: str,
    aliases: pd.DataFrame | None,
    implications: pd.DataFrame | None,
) -> TagStats:
    """Return the statistics of a frame of posts, of a library or of none."""
    token = posts.attrs.get(TOKEN)
    owner = next((s for s in known.all_open() if token and s.token == token), None)
    given = aliases is not None or implications is not None
    means = stats.of_frames(aliases, implications) if given or not owner else None
    return stats.of_frame(
        posts,
        vocabulary=vocabulary,
        known=relations(owner) if owner and means is None else means,
        caveats=caveats(owner, posts) if owner else (),
    )


def parquet(state: State, path: Path, vocabulary: str) -> TagStats:
    """Return the statistics of a Parquet file of posts."""
    return stats.of_parquet(path, vocabulary=vocabulary, known=relations(state))


def found(state: State, query: str) -> pd.DataFrame:
    """Return the posts kept here that a query finds."""
    return select(state.table(state.store.posts.columns(), POSTS), query)


def relations(state: State) -> Known:
    """Return the aliases and implications that are known here."""
    kept = state.store.relations
    return stats.of_frames(
        pd.DataFrame(kept.aliases(), dtype="str"),
        pd.DataFrame(kept.implications(), dtype="str"),
    )


def caveats(state: State, posts: pd.DataFrame) -> Iterator[str]:
    """Yield what is known here against taking posts, which can be read, for others."""
    keys = zip(posts["site"].tolist(), posts["id"].tolist(), strict=True)
    yield from state.slices.caveats(keys)


def _as_counted(state: State, sets: TagSets) -> pd.DataFrame:
    """Return the bookmarks that were counted, as they are now.

    What was unbookmarked since has a row of its site and id only.
    """
    state.check_open()
    now = state.table(state.store.bookmarks.columns(), BOOKMARKS)
    if now["id"].tolist() == sets.ids and now["site"].tolist() == sets.sites:
        return now
    keys = pd.MultiIndex.from_arrays([sets.sites, sets.ids], names=["site", "id"])
    then = now.set_index(["site", "id"]).reindex(keys).reset_index()
    return state.ours(then[list(now.columns)])
