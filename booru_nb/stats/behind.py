"""The posts behind a number of a frame of statistics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from booru_nb.columns import cast
from booru_nb.schemas import TIME
from booru_nb.stats import dates

if TYPE_CHECKING:
    from collections.abc import Mapping

    from booru_nb.stats.answers import Answer
    from booru_nb.stats.sparse import Ints

MISSING = "(none)"
"""How a row says that it is of the posts which lack what they are grouped by."""


def posts(
    answer: Answer, kind: str, row: Mapping[str, Any], *, without: bool = False
) -> pd.DataFrame:
    """Return the posts that a row of a frame counts.

    Parameters
    ----------
    answer : Answer
        What the frame is the answer to.
    kind : str
        ``"counts"``, ``"groups"``, ``"related"``, ``"pairs"``, ``"over_time"``,
        ``"compare"`` or ``"emerging"``.
    row : Mapping
        What tells the row: ``tag``, or ``tag_a`` and ``tag_b``; ``group``, as a text;
        ``period``, in milliseconds since 1970; ``side``, ``"a"`` or ``"b"``.
    without : bool, optional
        The posts without the tag instead, among those that were asked about; of a
        pair, those with the first tag and without the second.

    Returns
    -------
    DataFrame
        One row a post, as `TagStats.posts` returns.
    """
    among = _AMONG[kind](answer, row)
    if kind == "pairs":
        among = _with(answer, among, row["tag_a"], without=False)
        return _with(answer, among, row["tag_b"], without=without)
    return _with(answer, among, row["tag"], without=without)


def _with(
    answer: Answer, among: pd.DataFrame, tag: str, *, without: bool
) -> pd.DataFrame:
    """Return the posts that have a tag, or those that do not."""
    has = _keys(among).isin(_keys(_selected(answer, tag)))
    return among[~has if without else has]


def _selected(answer: Answer, what: object) -> pd.DataFrame:
    backend = answer.stats.backend
    return backend.posts(None if what is None else backend.select(what))


def _keys(frame: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(frame[["site", "id"]])


def _all(answer: Answer, _row: Mapping[str, Any]) -> pd.DataFrame:
    return _selected(answer, None)


def _asked(answer: Answer, _row: Mapping[str, Any]) -> pd.DataFrame:
    return _selected(answer, answer.about.get("what"))


def _group(answer: Answer, row: Mapping[str, Any]) -> pd.DataFrame:
    frame, by = _selected(answer, None), answer.about["by"]
    column = frame[by] if by in frame else dates.floors(_dates(frame), by)
    if row["group"] == MISSING:
        return frame[column.isna().to_numpy()]
    same = column.astype(object).map(str) == row["group"]
    return frame.iloc[np.flatnonzero(same)]


def _period(answer: Answer, row: Mapping[str, Any]) -> pd.DataFrame:
    frame = _selected(answer, None)
    times = _dates(frame)
    dated = times.notna().to_numpy()
    labels, numbers = dates.periods(times[dated], answer.about["freq"])
    wanted = pd.Timestamp(row["period"], unit="ms", tz="UTC").floor("ms")
    inside = (labels.dt.floor("ms") == wanted).to_numpy()[numbers]
    rows: Ints = np.flatnonzero(dated)[inside]
    return frame.iloc[rows]


def _dates(frame: pd.DataFrame) -> pd.Series[Any]:
    if "created_at" not in frame:
        return pd.Series(None, index=frame.index, dtype=TIME)
    return cast("created_at", frame["created_at"], TIME)


def _side(answer: Answer, row: Mapping[str, Any]) -> pd.DataFrame:
    one, two = answer.about["a"], answer.about["b"]
    what = one if row["side"] == "a" else two
    if isinstance(what, pd.DataFrame):
        return what[~_keys(what).duplicated()]
    if what is None:  # all others
        every = _selected(answer, None)
        return every[~_keys(every).isin(_keys(_selected(answer, one)))]
    return _selected(answer, what)


def _later(answer: Answer, _row: Mapping[str, Any]) -> pd.DataFrame:
    moment = answer.about["moment"]
    frame = _selected(answer, None)
    times = _dates(frame)
    later = times.notna() if moment is None else times >= moment
    return frame[later.to_numpy()]


_AMONG = {
    "counts": _all,
    "groups": _group,
    "related": _asked,
    "pairs": _all,
    "over_time": _period,
    "compare": _side,
    "emerging": _later,
}
"""The posts among which a kind of frame counts."""
