"""The columns that are made of the tags: all of them, and those of each category."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from booru_nb.arrow.pairs import join
from booru_nb.post import Category

if TYPE_CHECKING:
    from booru_nb.arrow.pairs import Pairs

CATEGORIES = tuple(str(category) for category in Category)

TEXTS = ("tags", *CATEGORIES, "other")
"""Their names."""


def text(pairs: Pairs, name: str) -> pa.LargeStringArray:
    """Return one of the columns `TEXTS`."""
    if name == "tags":
        return pairs.texts()
    return _other(pairs) if name == "other" else pairs.texts_of(name)


def _other(pairs: Pairs) -> pa.LargeStringArray:
    """Return the tags of further categories as ``category:tag``, sorted as such."""
    codes = [n for n, kind in enumerate(pairs.kinds) if kind not in CATEGORIES]
    if not codes:
        return pa.array([""] * (len(pairs.bounds) - 1), pa.large_string())
    wanted = np.isin(pairs.categories, codes)
    many = len(pairs.names) + 1
    keys = pairs.categories[wanted].astype(np.int64) * many + pairs.tags[wanted]
    unique = np.unique(keys)
    tokens = [
        f"{pairs.kinds[key // many]}:{pairs.names[key % many]}"
        for key in unique.tolist()
    ]
    order = sorted(range(len(tokens)), key=tokens.__getitem__)
    rank = np.empty(len(tokens), np.int64)
    rank[order] = np.arange(len(tokens))
    posts = pairs.posts[wanted]
    found = rank[np.searchsorted(unique, keys)]
    found = found[np.lexsort((found, posts))]
    bounds = np.concatenate(([0], np.cumsum(wanted)))[pairs.bounds]
    words = pa.array([tokens[n] for n in order], pa.large_string())
    return join(bounds, words.take(pa.array(found)))
