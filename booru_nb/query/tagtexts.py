"""The tags of many posts at once: texts for single tags, numbers for patterns."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from booru_nb.query.text import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    Bools = npt.NDArray[np.bool_]

_FIRST_PRINTED = 0x20
_FIRST_BEYOND_ASCII = 0x80


class TagTexts:
    """Texts of tags, one a post.

    Parameters
    ----------
    columns : iterable of sequence of str
        Texts of tags separated by blanks; a post's tags are those of all columns.
    size : int
        How many posts.
    """

    def __init__(self, columns: Iterable[Any], size: int) -> None:
        self._columns = [_whole(column) for column in columns]
        self._size = size

    @cached_property
    def _padded(self) -> Any:  # noqa: ANN401 - pyarrow publishes no types
        """Each post's tags with one blank before and behind each."""
        parts = [self._single_spaced(column) for column in self._columns]
        edge = pa.array([""] * self._size, pa.large_string())
        blank = pa.scalar(" ", pa.large_string())
        return pc.binary_join_element_wise(edge, *parts, edge, blank)

    def _single_spaced(self, texts: Any) -> Any:  # noqa: ANN401 - likewise
        """Return texts in which one plain blank stands between two tags."""
        codes = np.frombuffer(texts.buffers()[2] or b"", dtype=np.uint8)
        if not len(codes) or (
            codes.min() >= _FIRST_PRINTED and codes.max() < _FIRST_BEYOND_ASCII
        ):
            return texts
        words = [" ".join(text.split()) for text in texts.to_pylist()]
        return pa.array(words, pa.large_string())

    def texts(self, places: npt.NDArray[np.int64]) -> list[str]:
        """Return the tags of some posts, as texts."""
        taken: list[str] = self._padded.take(pa.array(places)).to_pylist()
        return taken

    def having(self, names: Iterable[str]) -> Bools:
        """Tell which posts have one of some tags."""
        found = np.zeros(self._size, dtype=bool)
        for name in names:
            if name and not any(c.isspace() for c in name):
                hits = pc.match_substring(self._padded, f" {name} ")
                found |= hits.to_numpy(zero_copy_only=False)
        return found

    def fitting(self, patterns: Sequence[str]) -> Bools:
        """Tell which posts have a tag that fits one of some patterns."""
        wanted = [regex(pattern).fullmatch for pattern in patterns]
        words, posts, codes = self._index
        fits = np.array([any(f(w) for f in wanted) for w in words], dtype=bool)
        found = np.zeros(self._size, dtype=bool)
        if len(words):
            found[posts[fits[codes]]] = True
        return found

    @cached_property
    def counts(self) -> npt.NDArray[np.int64]:
        """How many tags each post has; a tag that stands there twice counts once."""
        words, posts, codes = self._index
        pairs = np.unique(posts * max(len(words), 1) + codes)
        return np.bincount(pairs // max(len(words), 1), minlength=self._size)

    @cached_property
    def _index(self) -> tuple[list[str], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """The vocabulary, and the post and the word of each tag that stands there."""
        lists = pc.split_pattern(self._padded, " ")
        words = lists.flatten()
        posts = pc.list_parent_indices(lists).to_numpy()
        encoded = words.dictionary_encode()
        vocabulary = encoded.dictionary.to_pylist()
        codes = encoded.indices.to_numpy().astype(np.int64)
        # Blanks at the edges, and two together, have nothing between them.
        if "" in vocabulary:
            there = codes != vocabulary.index("")
            posts, codes = posts[there], codes[there]
        return vocabulary, posts.astype(np.int64), codes


def _whole(column: Any) -> Any:  # noqa: ANN401 - pyarrow publishes no types
    """Return a column as one array; pandas may keep it in several pieces."""
    found = pa.array(column, pa.large_string())
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
