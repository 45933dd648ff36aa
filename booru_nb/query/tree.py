"""What a query says, as a tree of small frozen parts.

Each part is true or false of a post; nothing is "unknown". A comparison with a value
that is missing is false, so that ``-score:>50`` also finds posts without a score.
"""

from __future__ import annotations

import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from booru_nb.errors import ArgumentError
from booru_nb.query.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Number = int | float

Span = tuple[Number | None, Number | None]
"""The lowest and the highest value, both included; None where there is no end."""


@dataclass(frozen=True, slots=True)
class Tag:
    """Whether a post has a tag.

    Attributes
    ----------
    name : str
        As it is written in the query.
    category : str or None
        The category that the tag must have on the post's site.
    """

    name: str
    category: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names that are meant: as written, and folded."""
        return tuple(dict.fromkeys((self.name, fold(self.name))))


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Whether a post has a tag of which ``*`` stands for any characters, or none.

    Attributes
    ----------
    pattern : str
        As it is written in the query.
    category : str or None
        The category that the tag must have on the post's site.
    """

    pattern: str
    category: str | None = None

    @property
    def patterns(self) -> tuple[str, ...]:
        """The patterns that are meant: as written, and folded."""
        return tuple(dict.fromkeys((self.pattern, fold(self.pattern))))


@dataclass(frozen=True, slots=True)
class Within:
    """Whether a number lies in one of some spans.

    Attributes
    ----------
    field : str
        One of `fields.NUMBERS`.
    spans : tuple of Span
        Dates as microseconds since 1970, UTC; ages as microseconds; `mpixels` as
        pixels.
    """

    field: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class OneOf:
    """Whether a rating or a status is one of some.

    Attributes
    ----------
    field : str
        One of `fields.CHOICES`.
    values : frozenset of str
        By the names of `booru_nb.post`.
    """

    field: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Text:
    """Whether a text fits a pattern, as `text.matcher` says.

    Attributes
    ----------
    field : str
        One of `fields.TEXTS`.
    pattern : str
        Folded, with ``*`` for any characters, or none.
    """

    field: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Has:
    """Whether a value is there at all.

    Attributes
    ----------
    field : str
        One of `fields.NUMBERS`, `fields.CHOICES` or `fields.TEXTS`.
    """

    field: str


@dataclass(frozen=True, slots=True)
class Not:
    """Whether a part is false."""

    part: Node


@dataclass(frozen=True, slots=True)
class And:
    """Whether all parts are true; without parts, always."""

    parts: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    """Whether a part is true; without parts, never."""

    parts: tuple[Node, ...] = ()


Leaf = Tag | Wildcard | Within | OneOf | Text | Has
Node = Leaf | Not | And | Or


@dataclass(frozen=True, slots=True)
class Order:
    """What comes first. Posts without the value come last, whichever way.

    Attributes
    ----------
    by : str
        One of `fields.ORDERS`.
    descending : bool
        Whether the largest comes first.
    seed : int or None
        Of ``random``: the same seed gives the same order; None for another each time.
    """

    by: str
    descending: bool = True
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was read.

    Attributes
    ----------
    text : str
        As it was written.
    where : Node
        Which posts.
    order : Order or None
        What comes first; None for the order in which posts are shown otherwise.
    limit : int or None
        How many at the most.
    """

    text: str
    where: Node
    order: Order | None = None
    limit: int | None = None

    def leaves(self) -> Iterator[Leaf]:
        """Yield everything that is asked of a post, from left to right."""
        return leaves(self.where)

    def most(self, limit: int | None = None) -> int | None:
        """Return how many posts at the most: the smaller of this limit and its own.

        Raises
        ------
        ArgumentError
            If the limit is no whole number from 0 on.
        """
        if limit is not None and (isinstance(limit, bool) or _index(limit) < 0):
            raise ArgumentError(
                f"A limit, unless it is None, is a whole number from 0 on, "
                f"not {limit!r}."
            )
        said = [_index(n) for n in (limit, self.limit) if n is not None]
        return min(said, default=None)

    def fields(self) -> set[str]:
        """Return the names of the fields that are asked for, or ordered by."""
        asked = {
            leaf.field
            for leaf in self.leaves()
            if not isinstance(leaf, (Tag, Wildcard))
        }
        return asked | ({self.order.by} if self.order else set())


def _index(number: object) -> int:
    """Return a whole number of whatever type; -1 where it is none."""
    try:
        return operator.index(number)  # type: ignore[arg-type]
    except TypeError:
        return -1


def leaves(node: Node) -> Iterator[Leaf]:
    """Yield the leaves of a part, from left to right."""
    todo = [node]
    while todo:
        part = todo.pop()
        if isinstance(part, Not):
            todo.append(part.part)
        elif isinstance(part, (And, Or)):
            todo += reversed(part.parts)
        else:
            yield part


def both(parts: Iterable[Node]) -> Node:
    """Return what is true if all parts are, in its shortest form."""
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, And) else [part]
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def either(parts: Iterable[Node]) -> Node:
    """Return what is true if a part is, in its shortest form."""
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, Or) else [part]
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


def opposite(part: Node) -> Node:
    """Return what is true if a part is false."""
    return part.part if isinstance(part, Not) else Not(part)
