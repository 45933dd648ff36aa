"""Tag numbers as a store keeps them: no tag becomes text, but for its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from booru_nb.stats.matrix import Matrix
from booru_nb.stats.reading import Read
from booru_nb.stats.votes import Votes
from booru_nb.stats.withholding import sexual

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray


def of_blobs(
    blobs: Sequence[bytes],
    *,
    sites: Sequence[str],
    ratings: Sequence[str | None],
    name: Callable[[int], str],
    categories: Mapping[str, Mapping[int, str]],
) -> Read:
    """Return posts whose tags are numbers already. No post is withheld yet.

    Parameters
    ----------
    blobs : sequence of bytes
        The tags of each post: sorted, unique, little-endian 32-bit numbers. No post
        is there twice.
    sites : sequence of str
        The site of each post.
    ratings : sequence of str or None
        The rating of each; None where it is not known.
    name : callable
        Returns the name of a tag number.
    categories : Mapping of str to Mapping of int to str
        By site, then by tag number; without those that are not known.
    """
    indptr = np.zeros(len(blobs) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(map(len, blobs), np.int64, len(blobs)) // 4, out=indptr[1:])
    numbers = np.frombuffer(b"".join(blobs), dtype="<u4")
    used = np.flatnonzero(np.bincount(numbers))
    renumbered = np.zeros(used[-1] + 1 if len(used) else 1, dtype=np.int32)
    renumbered[used] = np.arange(len(used), dtype=np.int32)
    codes, tags = renumbered[numbers], used.tolist()
    where = np.array(sites, dtype=object)
    places, each = pd.factorize(where)
    kinds = [_kinds(tags, categories.get(site, {})) for site in each]
    if len(each) > 1:
        votes, place = Votes(len(tags)), np.repeat(places, np.diff(indptr))
        for number, said in enumerate(kinds):
            counts = np.bincount(codes[place == number], minlength=len(tags))
            votes.add(np.arange(len(tags)), said, counts)
        kinds = [votes.best()]
    best = kinds[0] if kinds else np.empty(0, dtype=object)
    matrix = Matrix.from_codes(indptr, codes, [name(tag) for tag in tags], best)
    return Read(matrix, np.arange(len(blobs)), where, sexual(ratings))


def _kinds(tags: Sequence[int], known: Mapping[int, str]) -> NDArray[np.object_]:
    kinds = np.empty(len(tags), dtype=object)
    kinds[:] = [known.get(tag) for tag in tags]
    return kinds
