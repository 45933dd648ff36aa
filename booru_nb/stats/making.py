"""Statistics made of posts: of a frame, of a Parquet file, or of tag numbers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

import pandas as pd

from booru_nb import guard
from booru_nb.stats import reading
from booru_nb.stats.caveats import unrelated
from booru_nb.stats.memory import Memory
from booru_nb.stats.relations import Known
from booru_nb.stats.source import Given
from booru_nb.stats.tagstats import TagStats
from booru_nb.stats.vocabulary import checked, spoken
from booru_nb.stats.withholding import allowed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from booru_nb.stats.reading import Read
    from booru_nb.stats.source import Source


Told: TypeAlias = "Callable[[pd.DataFrame], Iterable[str]]"


def untold(_frame: pd.DataFrame) -> Iterable[str]:
    """Return that nothing is known against posts."""
    return ()


def of_frame(
    frame: pd.DataFrame,
    *,
    vocabulary: str = "raw",
    known: Known | None = None,
    told: Told = untold,
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
    told : callable
        Returns for a frame of posts what keeps these from standing for others.

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
        caveats=told(given),
        told=told,
    )


def of_codes(  # noqa: PLR0913 - each is a part of what is told of the posts
    read: Read,
    source: Source,
    *,
    vocabulary: str = "raw",
    known: Known | None = None,
    caveats: Iterable[str] = (),
    told: Told = untold,
) -> TagStats:
    """Return the statistics of posts that are a matrix already; as `of_frame`.

    Parameters
    ----------
    read : Read
        The posts as numbers.
    source : Source
        The posts as they were given, in which ``read.places`` are.
    vocabulary, known
        As for `of_frame`.
    caveats : iterable of str
        What keeps the posts from standing for others.
    told : callable
        As for `of_frame`, for frames of other posts that they are compared with.
    """
    how, relations = checked(vocabulary), Known() if known is None else known
    meant = meanings(read.matrix.names.tolist(), read.sites, relations)
    rows = allowed(read.matrix, meant, read.sexual)
    matrix = read.matrix if rows is None else read.matrix.take(rows)
    sites = read.sites if rows is None else read.sites[rows]
    places = read.places if rows is None else read.places[rows]
    words = spoken(matrix, sites, relations, how)
    backend = Memory(words, source, places, relations)
    return TagStats(
        backend,
        vocabulary=how,
        caveats=[*caveats, *unrelated(sites, relations, how)],
        beside=partial(of_frame, vocabulary=how, known=relations, told=told),
    )


def meanings(
    tags: Sequence[str], sites: pd.Categorical[Any], known: Known
) -> dict[int, set[str]]:
    """Return what tags of some sites mean beside themselves, by their places."""
    found = known.meanings(tags)
    for site in sites.categories:
        if learnt := guard.meanings(site):
            for place, tag in enumerate(tags):
                if tag in learnt:
                    found.setdefault(place, set()).update(learnt[tag])
    return found
