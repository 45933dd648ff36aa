"""The rules of a blacklist, applied to frames of posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from booru_nb.errors import QueryError
from booru_nb.query import Query, parse
from booru_nb.query.fields import OF_BOOKMARKS
from booru_nb.query.frames import mask as matching
from booru_nb.query.tree import either

if TYPE_CHECKING:
    from collections.abc import Sequence


def check(rule: str) -> None:
    """Raise a `QueryError` if a rule cannot be read, or has what no rule can have."""
    said = parse(rule)
    if said.order is not None or said.limit is not None:
        raise QueryError(f"The rule {rule!r} cannot have order: or limit: in it.")
    if own := sorted(said.fields() & OF_BOOKMARKS):
        raise QueryError(
            f"The rule {rule!r} asks for {own[0]}:, which posts of a site do not have."
        )


def mask(frame: pd.DataFrame, rules: Sequence[str]) -> pd.Series[bool]:
    """Tell of each row whether a rule holds for it."""
    parts = either(parse(rule).where for rule in rules)
    return matching(frame, Query(" or ".join(rules), parts))


def reasons(frame: pd.DataFrame, rules: Sequence[str]) -> pd.Series[str]:
    """Return the first rule that holds for each row; missing where none does."""
    found = pd.Series(None, index=frame.index, dtype="str")
    for rule in reversed(rules):
        found = found.mask(mask(frame, [rule]), rule)
    return found
