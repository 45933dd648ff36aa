"""Aliases and implications as they are asked for, those that do not hold among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from booru_nb.drawn.posts.history import START
from booru_nb.drawn.queries.words import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from booru_nb.drawn.posts.booru import Booru


@dataclass(frozen=True, slots=True)
class Relation:
    """An alias or an implication.

    Parameters
    ----------
    id : int
        Newer ones have higher ones.
    one, other : str
        The alias and its tag, or a tag and what it implies.
    status : str
        ``active``, ``pending`` or ``deleted``.
    changed_at : datetime
        When that was last changed.
    """

    id: int
    one: str
    other: str
    status: str
    changed_at: datetime


def relations(booru: Booru, kind: str) -> list[Relation]:
    """Return all ``aliases`` or ``implications``, oldest first."""
    every = booru.implications if kind == "implications" else booru.aliases.items()
    rows = [(one, other, "active") for one, other in sorted(every)]
    rows += [(one, other, why) for k, one, other, why in booru.unsettled if k == kind]
    return [
        Relation(number, one, other, status, booru.changed_at.get((one, other), START))
        for number, (one, other, status) in enumerate(rows, 1)
    ]


def find(booru: Booru, kind: str, search: Mapping[str, str]) -> list[Relation]:
    """Return what is looked for, newest first.

    Parameters
    ----------
    booru : Booru
        Has the relations.
    kind : str
        ``aliases`` or ``implications``.
    search : mapping of str to str
        What stands in ``search[…]``; words that are not known are ignored.
    """
    fits = pattern(search.get("name_matches", "*"))
    day = search.get("updated_at", "").removeprefix(">=")
    return [
        row
        for row in reversed(relations(booru, kind))
        if search.get("antecedent_name", row.one) == row.one
        and search.get("consequent_name", row.other) == row.other
        and (fits(row.one) or fits(row.other))
        and search.get("status", row.status).lower() == row.status
        and f"{row.changed_at:%Y-%m-%d}" >= day
    ]
