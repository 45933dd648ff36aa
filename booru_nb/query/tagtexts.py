"""The tags of many posts at once, looked for in their texts."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from booru_nb.query.text import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    Bools = npt.NDArray[np.bool_]
    Numbers = npt.NDArray[np.int64]

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
        """Each post's tags with a blank before and behind each."""
        parts = [_single_spaced(column) for column in self._columns]
        edge = pa.array([""] * self._size, pa.large_string())
        blank = pa.scalar(" ", pa.large_string())
        return pc.binary_join_element_wise(edge, *parts, edge, blank)

    def having(self, names: Iterable[str]) -> Bools:
        """Tell which posts have one of some tags."""
        found = np.zeros(self._size, dtype=bool)
        for name in names:
            if name and not _has_blank(name):
                found |= self._containing(f" {name} ")
        return found

    def fitting(self, patterns: Iterable[str]) -> Bools:
        """Tell which posts have a tag that fits one of some patterns with ``*``."""
        found = np.zeros(self._size, dtype=bool)
        for pattern in patterns:
            if not _has_blank(pattern):
                found |= self._fitting(pattern)
        return found

    def _fitting(self, pattern: str) -> Bools:
        first, *middle, last = pattern.split("*")
        inner = [part for part in middle if part]
        if not inner and not (first and last):
            # Only one piece of text: it stands at the edge of a tag, or anywhere.
            piece = f" {first}" if first else f"{last} "
            return self._any if piece == " " else self._containing(piece)
        if len(inner) == 1 and not first and not last:
            return self._containing(inner[0])
        found = self._containing(max((first, *inner, last), key=len))
        fits = regex(pattern).fullmatch
        places = np.flatnonzero(found)
        found[places] = [
            any(fits(tag) for tag in text.split(" ") if tag)
            for text in self.texts(places)
        ]
        return found

    def _containing(self, piece: str) -> Bools:
        """Tell in which texts a piece stands.

        Python's search skips over what cannot fit; pyarrow's own took five times as
        long for a rare tag.
        """
        data, bounds = self._bytes
        needle = piece.encode()
        found = np.zeros(self._size, dtype=bool)
        at = data.find(needle)
        while at >= 0:
            post = bisect_right(bounds, at) - 1
            found[post] = True
            at = data.find(needle, bounds[post + 1])
        return found

    @cached_property
    def _bytes(self) -> tuple[bytes, list[int]]:
        """All texts, one behind the other, and where each begins."""
        _, bounds, data = self._padded.buffers()
        starts = np.frombuffer(bounds, dtype=np.int64)[: self._size + 1]
        return (data.to_pybytes() if data else b""), starts.tolist()

    @cached_property
    def _any(self) -> Bools:
        """Which posts have a tag at all."""
        hits = pc.match_substring_regex(self._padded, "[^ ]")
        found: Bools = hits.to_numpy(zero_copy_only=False)
        return found

    @cached_property
    def counts(self) -> Numbers:
        """How many tags each post has; a tag that stands there twice counts once."""
        many = [len(set(text.split())) for text in self._padded.to_pylist()]
        return np.array(many, dtype=np.int64)

    def texts(self, places: Numbers) -> list[str]:
        """Return the tags of some posts, as texts."""
        taken: list[str] = self._padded.take(pa.array(places)).to_pylist()
        return taken

    def vocabulary(self, places: Numbers) -> set[str]:
        """Return the tags that some posts have."""
        found: set[str] = set()
        for column in self._columns:
            chosen = _single_spaced(column.take(pa.array(places)))
            words = pc.split_pattern(chosen, " ").flatten()
            found.update(pc.unique(words).to_pylist())
        return found - {""}


def _whole(column: Any) -> Any:  # noqa: ANN401 - pyarrow publishes no types
    """Return a column as one array; pandas may keep it in several pieces."""
    found = pa.array(column, pa.large_string())
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found


def _single_spaced(texts: Any) -> Any:  # noqa: ANN401 - likewise
    """Return texts in which nothing but a plain blank parts tags."""
    codes = np.frombuffer(texts.buffers()[2] or b"", dtype=np.uint8)
    if not len(codes) or (
        codes.min() >= _FIRST_PRINTED and codes.max() < _FIRST_BEYOND_ASCII
    ):
        return texts
    words = [" ".join(text.split()) for text in texts.to_pylist()]
    return pa.array(words, pa.large_string())


def _has_blank(text: str) -> bool:
    return any(character.isspace() for character in text)
