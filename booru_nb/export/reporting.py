"""What became of the posts of a dataset, as DataFrames."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pandas as pd

from booru_nb import frames
from booru_nb.errors import ArgumentError
from booru_nb.export.checks import text
from booru_nb.export.links import values_of
from booru_nb.schemas import DATASET_EXPLANATION, DATASET_REASONS, DATASET_REPORT, LEFT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from booru_nb.export.results import Line, Result

BY = {"tag": "tags"}
"""Columns that are asked for by another name."""


def steps(lines: Sequence[Line]) -> pd.DataFrame:
    """Return what each step removed, and why; in the order of the steps."""
    columns: dict[str, list[Any]] = {
        name: [getattr(line, name) for line in lines]
        for name in DATASET_REPORT
        if name != "reasons"
    }
    said = ("; ".join(f"{n} {r}" for r, n in line.reasons.items()) for line in lines)
    return frames.from_columns({**columns, "reasons": list(said)}, DATASET_REPORT)


def reasons(lines: Sequence[Line]) -> pd.DataFrame:
    """Return how many posts were removed for each reason of each step."""
    rows = [(ln.step, reason, n) for ln in lines for reason, n in ln.reasons.items()]
    return _table(rows, DATASET_REASONS)


def left(begun: pd.DataFrame, kept: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return how many posts of each value were there, and are left.

    Raises
    ------
    ArgumentError
        If there is no such column.
    """
    column = BY.get(text(by, "by"), by)
    now = Counter(v for each in values_of(kept, column) for v in set(each))
    # What the dataset itself says of posts nobody knew when it began.
    known = column in begun.columns
    then = Counter(
        v for each in (values_of(begun, column) if known else []) for v in set(each)
    )
    order = sorted({*now, *then}, key=lambda v: (-now[v], -then[v], v))
    total = len(kept)
    rows = [
        (value, then[value] if known else None, now[value], now[value] / max(total, 1))
        for value in order
    ]
    found = _table(rows, {"value": "str", **LEFT})
    return found.rename(columns={"value": by})


def explained(
    result: Sequence[Result], key: tuple[str, int], options: Sequence[str]
) -> pd.DataFrame:
    """Return what each step did to a post, to where it fell out.

    Parameters
    ----------
    result : sequence of Result
        After each step, the beginning first.
    key : (str, int)
        The site and id of the post.
    options : sequence of str
        How each step was asked for.

    Raises
    ------
    ArgumentError
        If the dataset did not begin with this post.
    """
    rows: list[tuple[Any, ...]] = []
    before: pd.Series[Any] | None = None
    for number, each in enumerate(result):
        label = each.lines[-1].step
        found = _row(each.posts, key)
        if found is None:
            gone = _row(each.dropped[-1], key) if before is not None else None
            if gone is None and before is None:
                raise ArgumentError(
                    f"The dataset does not begin with the post {key[0]}:{key[1]}."
                )
            why = "" if gone is None else _why(gone)
            rows.append((label, options[number], "removed", why))
            break
        change = "" if before is None else _change(before, found)
        outcome = "changed" if change else "passed"
        rows.append((label, options[number], outcome, change))
        before = found
    return _table(rows, DATASET_EXPLANATION)


def _row(posts: pd.DataFrame, key: tuple[str, int]) -> pd.Series[Any] | None:
    found = posts[(posts["id"] == key[1]) & (posts["site"] == key[0])]
    return None if found.empty else found.iloc[0]


def _why(row: pd.Series[Any]) -> str:
    return (
        f"{row['reason']}: {row['instead']} is kept"
        if row["instead"]
        else str(row["reason"])
    )


def _change(before: pd.Series[Any], now: pd.Series[Any]) -> str:
    """Say what a step made of a post."""
    old, new = set(before["tags"].split()), set(now["tags"].split())
    said = [f"-{tag}" for tag in sorted(old - new)]
    said += [f"+{tag}" for tag in sorted(new - old)]
    for name in ("caption", "split", "cluster"):
        value, was = now.get(name), before.get(name)
        if value is not None and not pd.isna(value) and not _same(value, was):
            said.append(f"{name}: {value}")
    return " ".join(said)


def _same(one: object, two: object) -> bool:
    return two is not None and not pd.isna(two) and one == two  # type: ignore[call-overload]


def _table(rows: Sequence[tuple[Any, ...]], schema: dict[str, object]) -> pd.DataFrame:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return frames.from_columns(dict(zip(schema, columns, strict=True)), schema)
