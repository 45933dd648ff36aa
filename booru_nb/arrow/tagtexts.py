"""The columns that are made of the tags: all of them, and those of each category."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from booru_nb.post import Category

if TYPE_CHECKING:
    from collections.abc import Sequence

    from booru_nb.arrow.pairs import Numbers, Pairs

CATEGORIES = tuple(str(category) for category in Category)

TEXTS = ("tags", *CATEGORIES, "other")
"""Their names."""


def texts(pairs: Pairs, names: Sequence[str]) -> list[pa.LargeStringArray]:
    """Return some of the columns `TEXTS`."""
    made: dict[str, pa.LargeStringArray] = {}
    if "tags" in names:
        made["tags"] = pairs.texts()
    if not set(CATEGORIES).isdisjoint(names):
        kinds = pairs.meanings.kinds
        made |= zip(kinds, pairs.texts_by_category()[1:], strict=True)
    if "other" in names:
        made["other"] = _other(pairs)
    return [made[name] if name in made else _none(pairs) for name in names]


def _none(pairs: Pairs) -> pa.LargeStringArray:
    """Return an empty text for each post."""
    return pairs.meanings.texts(np.zeros_like(pairs.many), pairs.tags[:0])


def _other(pairs: Pairs) -> pa.LargeStringArray:
    """Return the tags of further categories as ``category:tag``, sorted as such."""
    names, kinds = pairs.meanings.names, pairs.meanings.kinds
    codes = [code for code, kind in enumerate(kinds) if kind not in CATEGORIES]
    if not codes:
        return _none(pairs)
    wanted = np.isin(pairs.categories, codes)
    many = len(names) + 1
    keys = pairs.categories[wanted].astype(np.int64) * many + pairs.tags[wanted]
    unique = sorted(set(keys.tolist()))
    tokens = [f"{kinds[key // many]}:{names[key % many]}" for key in unique]
    order = sorted(range(len(tokens)), key=tokens.__getitem__)
    rank = np.empty(len(tokens), np.int64)
    rank[order] = np.arange(len(tokens))
    posts = pairs.posts[wanted]
    found = rank[np.searchsorted(unique, keys)]
    found = found[np.lexsort((found, posts))]
    words = pa.array([tokens[place] for place in order], pa.large_string())
    counts = np.bincount(posts, minlength=len(pairs.many))
    return _join(counts, words.take(pa.array(found)))


def _join(many: Numbers, words: pa.LargeStringArray) -> pa.LargeStringArray:
    """Return texts of so many words each, with blanks between them."""
    bounds = pa.array(np.concatenate(([0], np.cumsum(many))), pa.int64())
    lists = pa.LargeListArray.from_arrays(bounds, words)
    return pc.binary_join(lists, pa.scalar(" ", pa.large_string()))
