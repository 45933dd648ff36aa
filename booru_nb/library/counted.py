"""The posts of a library, or of a frame, as statistics."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from booru_nb import stats
from booru_nb.errors import ArgumentError
from booru_nb.guard import MILD
from booru_nb.library import known
from booru_nb.library.state import TOKEN
from booru_nb.schemas import BOOKMARKS
from booru_nb.stats import Read
from booru_nb.stats.blobs import of_blobs
from booru_nb.stats.making import untold
from booru_nb.stats.reading import keys_of
from booru_nb.store.columns import RATINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from booru_nb.library.state import State
    from booru_nb.stats import Known, TagStats
    from booru_nb.stats.sparse import Ints
    from booru_nb.store.columns import Columns
    from booru_nb.store.tagsets import TagSets

MOST_BY_KEY = 50_000
"""Of more posts it is faster to read all."""


def bookmarks(state: State, vocabulary: str) -> TagStats:
    """Return the statistics of the bookmarks."""
    sets = state.store.tags.sets()
    sites = np.array(sets.sites, dtype=np.int64)
    matrix = of_blobs(
        sets.blob,
        sizes=sets.sizes,
        sites=sites,
        tags=sets.tags,
        names=sets.names,
        kinds=sets.kinds,
    )
    where = _named(sets)
    read = Read(matrix, np.arange(len(matrix)), where, _sexual(sets))
    return stats.of_codes(
        read,
        _Bookmarks(state, sets),
        vocabulary=vocabulary,
        known=relations(state),
        told=partial(caveats, state),
    )


def frame(state: State, posts: pd.DataFrame, vocabulary: str) -> TagStats:
    """Return the statistics of a frame of posts."""
    return stats.of_frame(
        posts,
        vocabulary=vocabulary,
        known=relations(state),
        told=partial(caveats, state),
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
        told=partial(caveats, owner) if owner else untold,
    )


def parquet(
    state: State, path: Path, vocabulary: str, engine: str, memory: str | None
) -> TagStats:
    """Return the statistics of Parquet files of posts."""
    return stats.of_parquet(
        path,
        vocabulary=vocabulary,
        known=relations(state),
        engine=engine,
        memory=memory,
        # Files are read once more to ask about their posts.
        told=partial(caveats, state) if state.slices else untold,
    )


def found(state: State, query: str) -> pd.DataFrame:
    """Return the posts kept here that a query finds.

    Raises
    ------
    ArgumentError
        If there are none, and the query looks like the name of a file.
    """
    kept = state.store.posts.find(query, columns=list(BOOKMARKS))
    if not kept["id"] and query.strip().lower().endswith(".parquet"):
        raise ArgumentError(
            f"No post kept here is found by the query {query!r}. If it is a file: "
            f"lib.tag_stats(Path({query!r}))."
        )
    return state.table(kept, BOOKMARKS)


def relations(state: State) -> Known:
    """Return the aliases and implications that are known here."""
    kept = state.store.relations
    return stats.of_frames(
        pd.DataFrame(kept.aliases(), dtype="str"),
        pd.DataFrame(kept.implications(), dtype="str"),
    )


def caveats(state: State, posts: pd.DataFrame) -> Iterator[str]:
    """Yield what is known here against taking posts, which can be read, for others."""
    keys = zip(*(column.tolist() for column in keys_of(posts)), strict=True)
    yield from state.slices.caveats(keys)


def _named(sets: TagSets) -> pd.Categorical[Any]:
    """Return the site of each post by its name."""
    numbers = pd.Index(sets.site_names)
    codes = numbers.get_indexer(pd.Index(sets.sites, dtype=numbers.dtype))
    names: list[str] = list(sets.site_names.values())
    return pd.Categorical.from_codes(codes, pd.Index(names, dtype=object))


def _sexual(sets: TagSets) -> NDArray[np.bool_]:
    """Tell of each post whether the guard takes its rating for a sexual one."""
    # An unknown rating becomes NaN, which is none of them.
    numbers = np.array(sets.ratings, dtype=np.float64)
    mild: NDArray[np.bool_] = np.isin(numbers, [RATINGS.index(r) for r in MILD])
    return ~mild


@dataclass(frozen=True, eq=False)
class _Bookmarks:
    """The bookmarks that were counted, as they are now.

    What was unbookmarked since has its site and id only.

    Parameters
    ----------
    state : State
        The library.
    sets : TagSets
        What was counted.
    """

    state: State
    sets: TagSets
    columns = tuple(BOOKMARKS)

    @property
    def index(self) -> pd.Index[Any]:
        """The labels of the posts."""
        return pd.RangeIndex(len(self.sets.ids))

    def read(self, columns: Sequence[str]) -> pd.DataFrame:
        """Return some columns of all posts."""
        self.state.check_open()
        names = ["site", "id", *(c for c in columns if c not in {"site", "id"})]
        now = self.state.store.bookmarks.columns(columns=names)
        return self._aligned(now, self.index)[list(columns)]

    def rows(self, places: Ints) -> pd.DataFrame:
        """Return the posts at some places."""
        if len(places) > MOST_BY_KEY:
            return self.read(self.columns).iloc[places]
        self.state.check_open()
        now = self.state.store.bookmarks.by_keys(zip(*self._keys(places), strict=True))
        return self._aligned(now, pd.Index(places))

    def _aligned(self, now: Columns, places: pd.Index[Any]) -> pd.DataFrame:
        """Return bookmarks as the rows of some places."""
        frame = self.state.table(now, BOOKMARKS)
        sites, ids = self._keys(places)
        if now["id"] != ids or now["site"] != sites:
            keys = pd.MultiIndex.from_arrays([sites, ids])
            frame = frame.set_index(["site", "id"], drop=False).reindex(keys)
            frame = frame.assign(site=sites, id=ids)
        return self.state.ours(frame.set_axis(places))

    def _keys(self, places: Iterable[int]) -> tuple[list[str], list[int]]:
        """Return the sites and the ids of the posts at some places."""
        sets, names = self.sets, self.sets.site_names
        wanted = list(places)
        return [names[sets.sites[p]] for p in wanted], [sets.ids[p] for p in wanted]
