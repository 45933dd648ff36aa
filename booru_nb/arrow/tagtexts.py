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
    names, kinds = pairs.meanings.names, pairs.meanings.kinds
    codes = [code for code, kind in enumerate(kinds) if kind not in CATEGORIES]
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
    return join(counts, words.take(pa.array(found)))
