"""From what the parser has found, bottom up, to a tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from booru_nb.query import terms
from booru_nb.query.facts import Limit
from booru_nb.query.faults import Fault
from booru_nb.query.tree import And, Order, both, either, opposite

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lark import Token

    from booru_nb.query.tree import Node


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a query, and what it says of the whole.

    Attributes
    ----------
    node : Node or None
        Which posts; None where nothing is said of that.
    order : Order or None
        What comes first.
    limit : int or None
        How many at the most.
    optional : bool
        Whether it is one of those that ``~`` joins.
    place : (int, int)
        Where it stands in the query.
    """

    node: Node | None
    order: Order | None = None
    limit: int | None = None
    optional: bool = False
    place: tuple[int, int] = (0, 0)


class Builder:
    """A method for each rule of the grammar."""

    def start(self, found: Sequence[Piece | None]) -> Piece:
        """Return the whole query; an empty one finds everything."""
        piece = found[0] if found else None
        return piece or Piece(And())

    def either(self, pieces: Sequence[Piece]) -> Piece:
        """Join what stands beside ``or``."""
        if len(pieces) == 1:
            return pieces[0]
        for piece in pieces:
            if piece.node is None:
                raise Fault("Beside 'or' stands a tag.", *piece.place)
        return _joined(pieces, either(p.node for p in pieces if p.node is not None))

    def every(self, pieces: Sequence[Piece]) -> Piece:
        """Join what stands side by side; of those with a ``~`` one is enough."""
        nodes = [p.node for p in pieces if p.node is not None and not p.optional]
        choice = [p.node for p in pieces if p.node is not None and p.optional]
        if choice:
            nodes.append(either(choice))
        return _joined(pieces, both(nodes) if nodes else None)

    def negated(self, found: tuple[Token, Piece]) -> Piece:
        """Turn a part round."""
        sign, piece = found
        return Piece(opposite(_alone(sign, piece)), place=_from(sign, piece))

    def optional(self, found: tuple[Token, Piece]) -> Piece:
        """Mark a part as one of several of which one is enough."""
        sign, piece = found
        node = _alone(sign, piece)
        return Piece(node, optional=True, place=_from(sign, piece))

    def group(self, found: tuple[Token, Piece, Token]) -> Piece:
        """Return what stands in brackets."""
        opening, piece, _ = found
        return Piece(_alone(opening, piece), place=_from(opening, piece))

    def term(self, found: tuple[Token]) -> Piece:
        """Read one word."""
        token = found[0]
        start = token.start_pos or 0
        place = start, start + len(token)
        read = terms.quoted if token.type == "QUOTED" else terms.word
        try:
            said = read(str(token))
        except Fault as fault:
            raise fault.at(*place) from None
        if isinstance(said, Order):
            return Piece(None, order=said, place=place)
        if isinstance(said, Limit):
            return Piece(None, limit=said.number, place=place)
        return Piece(said, place=place)


def _from(sign: Token, piece: Piece) -> tuple[int, int]:
    return sign.start_pos or 0, piece.place[1]


def _alone(sign: Token, piece: Piece) -> Node:
    """Return which posts are meant, where nothing may be said of the whole."""
    if piece.node is None or piece.order or piece.limit is not None:
        where = "in brackets" if sign == "(" else f"behind {str(sign)!r}"
        raise Fault(
            f"order: and limit: are of the whole query, and cannot stand {where}.",
            *piece.place,
        )
    return piece.node


def _joined(pieces: Sequence[Piece], node: Node | None) -> Piece:
    orders = [p for p in pieces if p.order]
    limits = [p for p in pieces if p.limit is not None]
    for name, said in (("order", orders), ("limit", limits)):
        if len(said) > 1:
            raise Fault(f"A query has one {name}: only.", *said[-1].place)
    place = pieces[0].place[0], pieces[-1].place[1]
    order = orders[0].order if orders else None
    limit = limits[0].limit if limits else None
    return Piece(node, order, limit, place=place)
