"""Which posts look the same, by their thumbnails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from booru_nb.errors import MediaError
from booru_nb.export.clusters import near
from booru_nb.export.perceptual import hashes as hashes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from booru_nb.export.outcome import Bench


def lookalikes(
    posts: pd.DataFrame, bench: Bench, *, distance: int
) -> tuple[pd.Series[Any], tuple[str, ...]]:
    """Return a number for each post, the same for those that look the same, and notes.

    A post whose thumbnail cannot be had looks like no other.

    Parameters
    ----------
    posts : DataFrame
        The posts.
    bench : Bench
        Where thumbnails come from.
    distance : int
        In how many bits their perceptual hashes may differ.

    Raises
    ------
    MediaError
        If no thumbnail at all can be had.
    """
    if len(posts) < 2:  # noqa: PLR2004 - a post alone looks like no other
        return pd.Series(0, index=posts.index), ()
    hashes: list[Any] = []
    failed: list[Exception] = []
    for batch in bench.host.thumbnails(posts, progress=bench.progress):
        failed += [item for item in batch if isinstance(item, Exception)]
        hashes.append(_hashes(batch))
    unknown = np.concatenate([np.ma.getmaskarray(each) for each in hashes])
    whole = np.concatenate([np.ma.getdata(each) for each in hashes])
    if unknown.all():
        why = f" The first: {failed[0]}" if failed else ""
        raise MediaError(
            f"None of {len(posts)} thumbnails could be had, so nothing can be said of "
            f"what looks the same. Try dedup(perceptual=False).{why}"
        )
    numbers = -1 - np.arange(len(posts))
    numbers[~unknown] = near(whole[~unknown], distance=distance)
    return pd.Series(numbers, index=posts.index), _notes(int(unknown.sum()), failed)


def _hashes(batch: Sequence[bytes | Exception]) -> Any:  # noqa: ANN401 - a masked array
    """Return the hash of each thumbnail, masked where there is none."""
    if all(isinstance(item, Exception) for item in batch):
        return np.ma.array(np.zeros(len(batch), dtype=np.uint64), mask=True)
    plain = [b"" if isinstance(item, Exception) else item for item in batch]
    return hashes_of(plain)


def _notes(count: int, failed: list[Exception]) -> tuple[str, ...]:
    if not count:
        return ()
    why = f" The first: {failed[0]}" if failed else ""
    return (
        f"{count} posts were not compared, having no thumbnail that can be read.{why}",
    )
