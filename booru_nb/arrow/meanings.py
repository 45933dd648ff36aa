"""What tag ids mean, as arrays: their names, and what each site says of them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from booru_nb.store.words import nameless

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from booru_nb.store.words import Lines, Vocabulary

    Numbers: TypeAlias = NDArray[np.integer[Any]]


class Meanings:
    """What some tags mean. A tag is known by its place among their names.

    Parameters
    ----------
    vocabulary : Vocabulary
        What is known of them and of others.
    sites : array of int
        The `site_id` of all posts that are asked about.
    tags : array of int
        The ids of the tags, each any number of times.

    Attributes
    ----------
    names : pyarrow.LargeStringArray
        The names, sorted by code point.
    kinds : list of str
        The categories that sites speak of, sorted.

    Raises
    ------
    DamagedFileError
        If a tag has no name.
    """

    def __init__(self, vocabulary: Vocabulary, sites: Numbers, tags: Numbers) -> None:
        wanted = np.zeros(int(tags.max(initial=0)) + 1, np.bool_)
        wanted[tags] = True
        ids, names = _sorted(vocabulary.names)
        known = ids < len(wanted)
        known[known] = wanted[ids[known]]
        ids, self.names = ids[known], names.filter(pa.array(known))
        self._places = np.full(len(wanted), -1, np.int32)
        self._places[ids] = np.arange(len(ids))
        if len(ids) < np.count_nonzero(wanted):
            raise nameless(np.flatnonzero(wanted & (self._places < 0))[0])
        self._site_ids = np.unique(sites)
        said = {site: strings(lines) for site, lines in vocabulary.kinds.items()}
        every = pa.chunked_array(said.values(), pa.large_string()).unique()
        self.kinds: list[str] = sorted(every.to_pylist())
        self._said = self._cells(vocabulary, said)

    def places(self, tags: Numbers) -> Numbers:
        """Return the place of each tag."""
        places: Numbers = self._places[tags]
        return places

    def categories(self, sites: Numbers, tags: Numbers) -> Numbers:
        """Return the place in `kinds` of what a site says of a tag; -1 for nothing.

        Parameters
        ----------
        sites : array of int
            The `site_id`.
        tags : array of int
            The place of the tag among the names.
        """
        alike = len(self._said) == 1
        rows = 0 if alike else np.searchsorted(self._site_ids, sites)
        said: Numbers = self._said[rows, tags]
        return said

    def texts(self, many: Numbers, tags: Numbers) -> pa.LargeStringArray:
        """Return names with blanks between them.

        Parameters
        ----------
        many : array of int
            How many names each text has.
        tags : array of int
            The places of the names, one text after the other.
        """
        bounds = np.concatenate(([0], np.cumsum(many)))
        places = tags.copy()
        places[bounds[1:][many > 0] - 1] += len(self.names)
        words = self._words.take(pa.array(places))
        _, starts, data = words.buffers()
        # The names lie in memory as the texts are to be: these only begin elsewhere.
        offsets = np.frombuffer(starts, np.int64, len(words) + 1)[bounds]
        return pa.LargeStringArray.from_buffers(len(many), pa.py_buffer(offsets), data)

    @cached_property
    def _words(self) -> pa.LargeStringArray:
        """The names with a blank behind them, then the names."""
        blank = pa.scalar("", pa.large_string()), pa.scalar(" ", pa.large_string())
        followed = pc.binary_join_element_wise(self.names, *blank)
        return pa.concat_arrays([followed, self.names])

    def _cells(
        self, vocabulary: Vocabulary, said: dict[int, pa.LargeStringArray]
    ) -> Numbers:
        """Return the category of each tag: a row a site, a column a tag."""
        small = np.int8 if len(self.kinds) <= np.iinfo(np.int8).max else np.int16
        cells = np.full((len(self._site_ids), len(self.names)), -1, small)
        kinds = pa.array(self.kinds, pa.large_string())
        for row, site in enumerate(self._site_ids.tolist()):
            if site in said:
                codes = pc.index_in(said[site], kinds).to_numpy()
                tags = vocabulary.kinds[site].tags
                known = tags < len(self._places)
                places = self._places[tags[known]]
                wanted = places >= 0
                cells[row, places[wanted]] = codes[known][wanted]
        return cells


def strings(lines: Lines) -> pa.LargeStringArray:
    """Return the texts of some tags."""
    if not len(lines.tags):
        return pa.array([], pa.large_string())
    whole = pa.array([lines.text], pa.large_string())
    return pc.split_pattern(whole, lines.joint).values


def _sorted(lines: Lines) -> tuple[Numbers, pa.LargeStringArray]:
    """Return ids and names, sorted by name; they mostly are."""
    names = strings(lines)
    if pc.all(pc.less(names[:-1], names[1:])).as_py() is not False:
        return lines.tags, names
    order = pc.sort_indices(names)
    return lines.tags[order.to_numpy()], names.take(order)
