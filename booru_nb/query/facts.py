"""Keywords whose values are words: ratings, statuses, facts, orders and limits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from booru_nb.post import Rating, Status
from booru_nb.query.faults import Fault, guess
from booru_nb.query.fields import ALIASES, CHOICES, NUMBERS, ORDERS, TEXTS
from booru_nb.query.tree import Has, OneOf, Order, Within, either, opposite

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from booru_nb.query.tree import Node

NONE = frozenset({"none", "unknown", ""})
"""What stands for a value that is missing."""

_ORDER = re.compile(r"(.*?)(?:[_:](asc|desc|\d{1,18}))?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limit:
    """How many posts at the most."""

    number: int


_RATINGS = [str(rating) for rating in Rating]
_WORDS: Mapping[str, Mapping[str, str]] = {
    "rating": {
        **{name: name for name in _RATINGS},
        **{name[0]: name for name in _RATINGS},
        # What e621, Moebooru and szurubooru call it.
        "safe": str(Rating.GENERAL),
    },
    "status": {str(status): str(status) for status in Status},
}


def chosen(key: str, text: str) -> Node:
    """Return which ratings or statuses are meant.

    Parameters
    ----------
    key : str
        One of `CHOICES`.
    text : str
        Words with commas between; of ratings also comparisons and ranges.

    Raises
    ------
    Fault
        If there is no such word.
    """
    parts: list[Node] = []
    for part in text.lower().split(","):
        if part in NONE:
            parts.append(opposite(Has(key)))
        elif key == "rating":
            parts.append(OneOf(key, _ratings(part)))
        else:
            parts.append(OneOf(key, frozenset([_word(key, part)])))
    return either(parts)


def _word(key: str, text: str) -> str:
    if text in _WORDS[key]:
        return _WORDS[key][text]
    meant = guess(text, _WORDS[key])
    hint = f" Did you mean {key}:{meant}?" if meant else ""
    names = ", ".join(dict.fromkeys(_WORDS[key].values()))
    raise Fault(f"There is no {key} {text!r}.{hint} There are: {names}, unknown.")


def _ratings(text: str) -> frozenset[str]:
    if ".." in text:
        first, last = text.split("..", 1)
        low = _RATINGS.index(_word("rating", first)) if first else 0
        high = _RATINGS.index(_word("rating", last)) if last else len(_RATINGS)
        return frozenset(_RATINGS[low : high + 1])
    sign = text[: len(text) - len(text.lstrip("<>="))]
    at = _RATINGS.index(_word("rating", text[len(sign) :]))
    chosen = {
        "": _RATINGS[at : at + 1],
        "=": _RATINGS[at : at + 1],
        ">": _RATINGS[at + 1 :],
        ">=": _RATINGS[at:],
        "<": _RATINGS[:at],
        "<=": _RATINGS[: at + 1],
    }
    if sign not in chosen:
        raise Fault(f"There is no comparison {sign}. There are: > >= < <=")
    return frozenset(chosen[sign])


def _is(text: str) -> Node:
    """Read what a post is: bookmarked, mild or not, or in a state."""
    name = text.lower()
    if name == "bookmarked":
        return Has("bookmarked")
    if name in {"sfw", "nsfw"}:
        mild = frozenset(_RATINGS[:2])
        return OneOf("rating", mild if name == "sfw" else frozenset(_RATINGS) - mild)
    for key in ("status", "rating"):
        if name in _WORDS[key] and len(name) > 1:
            return OneOf(key, frozenset([_WORDS[key][name]]))
    raise Fault(
        f"Nothing is {text!r} here. There are: is:bookmarked, is:sfw, is:nsfw, a "
        "status or a rating."
    )


def _has(text: str) -> Node:
    name = ALIASES.get(text.lower(), text.lower())
    if name in {"bookmark", "bookmarks"}:
        return Has("bookmarked")
    if name == "tags":
        return Within("tagcount", ((1, None),))
    if name in {*NUMBERS, *CHOICES, *TEXTS} - {"age"}:
        return Has(name)
    known = ", ".join(f"has:{n}" for n in ("parent", "source", "folder", "note"))
    raise Fault(f"A post cannot have {text!r} here. There are: {known} and others.")


_ORDER_WORDS: Mapping[str, str] = {
    "created_at": "date",
    "created": "date",
    "favcount": "favorites",
    "filetype": "ext",
}


def _order(text: str) -> Order:
    match = _ORDER.fullmatch(text)
    name, way = (match[1].lower(), match[2]) if match else (text, None)
    by = _ORDER_WORDS.get(name, name)
    if by not in ORDERS:
        meant = guess(name, ORDERS)
        hint = f" Did you mean order:{meant}?" if meant else ""
        known = ", ".join(ORDERS)
        raise Fault(
            f"There is no order {text!r}.{hint} There are: {known}; each with _asc or "
            "_desc behind it."
        )
    if by == "random":
        if way and not way.isdigit():
            raise Fault("A random order has no direction. Example: order:random")
        return Order(by, seed=int(way) if way else None)
    if way and way.isdigit():
        raise Fault(f"Only order:random has a number behind it, not order:{by}.")
    return Order(by, ORDERS[by] if way is None else way.lower() == "desc")


def _limit(text: str) -> Limit:
    if not re.fullmatch(r"\d{1,18}", text, re.ASCII):
        raise Fault("After limit: comes a whole number. Example: limit:100")
    return Limit(int(text))


FACTS: Mapping[str, Callable[[str], Node | Order | Limit]] = {
    "is": _is,
    "has": _has,
    "order": _order,
    "limit": _limit,
}
