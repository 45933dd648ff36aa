"""Any DataFrame of posts as a matrix: its texts become numbers without Python strings.

What pandas makes of a frame of posts is read as `booru_nb.frames.conform` reads it, but
only the columns that statistics need.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from booru_nb import frames
from booru_nb.columns import cast
from booru_nb.errors import FrameError
from booru_nb.schemas import POSTS
from booru_nb.stats.matrix import Matrix
from booru_nb.stats.votes import CATEGORIES, Votes
from booru_nb.stats.withholding import sexual

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from booru_nb.stats.sparse import Codes, Ints


@dataclass(frozen=True, eq=False)
class Read:
    """What was read of a frame.

    Attributes
    ----------
    matrix : Matrix
        Which post has which tag, in the raw vocabulary.
    places : array of int64
        Where in the frame each post stands; one that stands there twice only first.
    sites : Categorical
        The site of each post.
    sexual : array of bool
        Whether the guard takes the rating of each post for a sexual one.
    """

    matrix: Matrix
    places: Ints
    sites: pd.Categorical[Any]
    sexual: NDArray[np.bool_]


def read(frame: pd.DataFrame) -> Read:
    """Return any frame of posts as a matrix. No post is withheld yet.

    Raises
    ------
    FrameError
        As `frames.conform` does.
    """
    frames.check(frame)
    sites = cast("site", frame["site"], "str")
    ids = cast("id", frame["id"], "int64")
    if (sites.isna() | (sites.str.strip() == "")).any():
        raise FrameError("The column 'site' has missing values; each row needs one.")
    keys = pd.DataFrame({"site": sites.to_numpy(), "id": ids.to_numpy()})
    places = np.flatnonzero(~keys.duplicated().to_numpy())
    posts = frame if len(places) == len(frame) else frame.iloc[places]
    return Read(
        _matrix(posts),
        places,
        pd.Categorical(sites.to_numpy(dtype=object)[places]),
        sexual(_ratings(posts)),
    )


def _ratings(posts: pd.DataFrame) -> list[str | None]:
    if "rating" not in posts:
        return [None] * len(posts)
    ratings = cast("rating", posts["rating"], POSTS["rating"]).astype(object)
    return ratings.where(ratings.notna(), None).tolist()


def _matrix(posts: pd.DataFrame) -> Matrix:
    words = [
        _Words(posts[name], name)
        for name in ("tags", *CATEGORIES, "other")
        if name in posts
    ]
    every = [name for column in words for name in column.names]
    names = pd.Index(pd.unique(np.array(every, dtype=object)), dtype="str")
    votes = Votes(len(names))
    rows: list[Ints] = [np.empty(0, np.int64)]
    codes: list[Codes] = [np.empty(0, np.int32)]
    for column in words:
        numbers = names.get_indexer(column.names).astype(np.int32)
        rows.append(column.rows)
        codes.append(numbers[column.codes])
        said = np.bincount(column.codes, minlength=len(column.names))
        votes.add(numbers, column.kinds, said)
    return from_pairs(
        np.concatenate(rows), np.concatenate(codes), len(posts), names, votes.best()
    )


def from_pairs(
    rows: Ints,
    codes: Codes,
    posts: int,
    names: pd.Index[Any],
    categories: NDArray[np.object_],
) -> Matrix:
    """Return the matrix of pairs of post and tag number, in any order, also twice."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - it is slow to import

    ones = np.ones(len(codes), dtype=np.int8)
    found = csr_array((ones, (rows, codes)), shape=(posts, len(names)))
    found.sum_duplicates()
    return Matrix.from_codes(found.indptr, found.indices, names, categories)


class _Words:
    """The words of a column of text, as numbers.

    Attributes
    ----------
    names : array of object
        Its words, each once.
    rows, codes : array of int64, array of int32
        Which row has which of them.
    kinds : array of object
        The category of each word, as far as the column says one.
    """

    def __init__(self, column: pd.Series[Any], name: str) -> None:
        texts = pa.array(cast(name, column, "str"), type=pa.large_string())
        # pandas may keep a column in several pieces.
        whole = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
        split = pc.utf8_split_whitespace(whole)
        words = pc.list_flatten(split).dictionary_encode()
        sizes = pc.list_value_length(split).to_numpy()
        raw = np.array(words.dictionary.to_pylist(), dtype=object)
        found = words.indices.to_numpy()
        # Blanks at an end, and texts of nothing else, leave an empty word.
        said = (raw != "")[found] if len(raw) else np.empty(0, dtype=bool)
        self.rows = np.repeat(np.arange(len(sizes)), sizes)[said]
        self.codes = found[said]
        self.names, self.kinds = _named(raw, name)


def _named(
    words: NDArray[np.object_], column: str
) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """Return the names of words, and their categories."""
    kinds = np.full(len(words), column if column in CATEGORIES else None, dtype=object)
    if column != "other":
        return words, kinds
    parts = [word.partition(":") for word in words]
    names = [tag if colon else kind for kind, colon, tag in parts]
    kinds[:] = [kind if colon else None for kind, colon, _ in parts]
    return np.array(names, dtype=object), kinds
