"""Statistics of Parquet files: in memory, or streamed through DuckDB."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from booru_nb.errors import ArgumentError
from booru_nb.stats import database, filling, making, reading
from booru_nb.stats.caveats import unrelated
from booru_nb.stats.making import untold
from booru_nb.stats.parquet import Parquet
from booru_nb.stats.relations import Known
from booru_nb.stats.tagstats import TagStats
from booru_nb.stats.vocabulary import checked

if TYPE_CHECKING:
    from pathlib import Path

    from booru_nb.stats.making import Told

ENGINES = ("auto", "memory", "duckdb")

MOST_IN_MEMORY = 2_000_000
"""From more posts on, files are streamed where nothing else is said.

Three millions of 28 tags each took 7.9 GB in memory at their peak, most of it texts,
and 1.8 GB streamed.
"""


def of_parquet(  # noqa: PLR0913 - each is a choice of its own
    path: Path,
    *,
    vocabulary: str = "raw",
    known: Known | None = None,
    engine: str = "auto",
    memory: str | None = None,
    told: Told = untold,
) -> TagStats:
    """Return the statistics of Parquet files of posts; as `making.of_frame`.

    The files are read again for what is asked beside tags, so they must stay as they
    are.

    Parameters
    ----------
    path : Path
        A file, a folder or a pattern, as for `Parquet`.
    vocabulary, known, told
        As for `making.of_frame`; it is asked about a part of the posts at a time.
    engine : str
        One of `ENGINES`: ``"auto"`` streams more than `MOST_IN_MEMORY` posts.
    memory : str, optional
        How much DuckDB may use, such as ``"4GB"`` (default: most of what there is).

    Raises
    ------
    ArgumentError
        If there is no such vocabulary or engine, or DuckDB is needed and not there.
    FrameError
        If there are no such files, or they are none of posts.
    """
    checked(vocabulary)
    if engine not in ENGINES:
        there_are = ", ".join(ENGINES)
        raise ArgumentError(f"There is no engine {engine!r}. There are: {there_are}.")
    files = Parquet(path)
    if engine == "duckdb" or (engine == "auto" and len(files) > MOST_IN_MEMORY):
        relations = Known() if known is None else known
        return _streamed(files, vocabulary, relations, memory, told)
    frame = files.read([name for name in files.columns if name in filling.NEEDED])
    return making.of_codes(
        reading.read(frame),
        files,
        vocabulary=vocabulary,
        known=known,
        caveats=_caveats(files, told),
        told=told,
    )


def _caveats(files: Parquet, told: Told) -> list[str]:
    if told is untold:
        return []
    parts = (frame for _, frame in files.parts(("site", "id")))
    return list(dict.fromkeys(said for frame in parts for said in told(frame)))


def _streamed(
    files: Parquet, how: str, relations: Known, memory: str | None, told: Told
) -> TagStats:
    from booru_nb.stats.streamed import Streamed  # noqa: PLC0415 - it needs scipy

    with database.opened(memory) as db:
        filled = filling.fill(db, files)
        meanings = making.meanings(filled.names, filled.sites, relations)
        bad = filling.withheld(db, filled, meanings)
        posts = np.flatnonzero(~bad)
        filling.leave_out(db, np.flatnonzero(bad))
        backend = Streamed(
            db,
            "raw",
            names=filled.names,
            categories=filled.categories,
            numbers=posts,
            files=files,
            places=filled.places[posts],
            known=relations,
        )
        sites = filled.sites[posts]
        if how != "raw" and len(posts):
            backend = backend.spoken(sites, how)
        database.ends_with(db, backend)
    return TagStats(
        backend,
        vocabulary=how,
        caveats=[*_caveats(files, told), *unrelated(sites, relations, how)],
        beside=partial(making.of_frame, vocabulary=how, known=relations, told=told),
    )
