"""Statistics made of posts: of a frame, of a Parquet file, or of tag numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from booru_nb.errors import FrameError
from booru_nb.stats import reading
from booru_nb.stats.caveats import unrelated
from booru_nb.stats.memory import Memory
from booru_nb.stats.relations import Known
from booru_nb.stats.source import Given
from booru_nb.stats.tagstats import TagStats
from booru_nb.stats.vocabulary import checked, spoken
from booru_nb.stats.withholding import allowed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from booru_nb.stats.reading import Read
    from booru_nb.stats.source import Source


def of_frame(
    frame: pd.DataFrame,
    *,
    vocabulary: str = "raw",
    known: Known | None = None,
    caveats: Iterable[str] = (),
) -> TagStats:
    """Return the statistics of any frame of posts.

    Parameters
    ----------
    frame : DataFrame
        As for `booru_nb.posts`. A post that stands there twice counts once, by its
        first row; posts that the guard withholds do not count.
    vocabulary : str
        One of `vocabulary.VOCABULARIES`.
    known : Known, optional
        The aliases and implications that it needs.
    caveats : iterable of str
        What keeps the posts from standing for others.

    Raises
    ------
    ArgumentError
        If there is no such vocabulary.
    FrameError
        If it is no frame of posts.
    """
    # Under copy-on-write this costs nothing, and later changes do not come through.
    given = frame.copy(deep=False) if isinstance(frame, pd.DataFrame) else frame
    return of_codes(
        reading.read(given),
        Given(given),
        vocabulary=vocabulary,
        known=known,
        caveats=caveats,
    )


def of_parquet(
    path: Path, *, vocabulary: str = "raw", known: Known | None = None
) -> TagStats:
    """Return the statistics of a Parquet file of posts; as `of_frame`."""
    try:
        frame = pd.read_parquet(path)
    except FileNotFoundError as error:
        raise FrameError(f"There is no file {str(path)!r}.") from error
    except (OSError, ValueError) as error:
        raise FrameError(f"{str(path)!r} is no Parquet file: {error}") from error
    return of_frame(frame, vocabulary=vocabulary, known=known)


def of_codes(
    read: Read,
    source: Source,
    *,
    vocabulary: str = "raw",
    known: Known | None = None,
    caveats: Iterable[str] = (),
) -> TagStats:
    """Return the statistics of posts that are a matrix already; as `of_frame`.

    Parameters
    ----------
    read : Read
        The posts as numbers.
    source : Source
        The posts as they were given, in which ``read.places`` are.
    vocabulary, known, caveats
        As for `of_frame`.
    """
    how, relations = checked(vocabulary), Known() if known is None else known
    meanings = relations.meanings(read.matrix.names.tolist())
    rows = allowed(read.matrix, meanings, read.sexual)
    matrix = read.matrix if rows is None else read.matrix.take(rows)
    sites = read.sites if rows is None else read.sites[rows]
    places = read.places if rows is None else read.places[rows]
    words = spoken(matrix, sites, relations, how)
    backend = Memory(words, source, places, relations)
    return TagStats(
        backend,
        vocabulary=how,
        caveats=[*caveats, *unrelated(sites, relations, how)],
        beside=lambda other: of_frame(other, vocabulary=how, known=relations).backend,
    )
