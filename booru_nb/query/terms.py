"""Single terms of a query: a tag, or a keyword and what stands after it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from booru_nb.post import Rating, Status
from booru_nb.query import values
from booru_nb.query.faults import Fault, guess
from booru_nb.query.fields import (
    ALIASES,
    CATEGORIES,
    CHOICES,
    EXAMPLES,
    NUMBERS,
    OF_SITES_ONLY,
    ORDERS,
    TAKEN_WHOLE,
    TEXTS,
)
from booru_nb.query.text import fold
from booru_nb.query.tree import (
    Has,
    OneOf,
    Order,
    Tag,
    Text,
    Wildcard,
    Within,
    either,
    opposite,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from booru_nb.query.tree import Node

LONGEST_GUESSED = 4
"""Letters from which on a word before a colon may be a keyword that is mistyped."""

_KEY = re.compile(r"([a-z][a-z_]*):(.*)", re.IGNORECASE | re.DOTALL | re.ASCII)
_UNCOLONED = re.compile(r"([a-z]+)([<>]=?|=)(.+)", re.IGNORECASE | re.ASCII)
_COMPARED = re.compile(r"[<>]=?\d|\d+\.\.|\.\.\d")
_ORDER = re.compile(r"(.*?)(?:[_:](asc|desc|\d{1,18}))?", re.ASCII | re.IGNORECASE)

_NONE = frozenset({"none", "unknown", ""})


@dataclass(frozen=True, slots=True)
class Limit:
    """How many posts at the most."""

    number: int


Term = "Node | Order | Limit"


def quoted(text: str) -> Node:
    """Return what a word in quotes means: a tag, whatever it looks like."""
    return Tag(_unquoted(text))


def word(text: str) -> Node | Order | Limit:
    """Return what a word without quotes around it means.

    Raises
    ------
    Fault
        If it looks like a keyword, and cannot be read as one.
    """
    match = _KEY.fullmatch(text)
    if match is None:
        _refuse_without_colon(text)
        return _tag(text)
    key = match[1].lower()
    key = ALIASES.get(key, key)
    if key in EXAMPLES:
        return _said(key, match[2])
    if key in CATEGORIES:
        return _categorised(CATEGORIES[key], key, match[2])
    _refuse_unknown(key, match[2])
    if not match[2]:
        return _tag(text)
    # Sites have categories of their own, and tags have colons: either may be meant.
    return either([_tag(text), _tag(match[2], match[1])])


def _tag(name: str, category: str | None = None) -> Node:
    return Wildcard(name, category) if "*" in name else Tag(name, category)


def _unquoted(text: str) -> str:
    """Return what stands in quotes, as a tag: blanks are written as underscores."""
    return "_".join(_plain(text).split())


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL)


def _is_quoted(text: str) -> bool:
    return text.startswith('"')


def _categorised(category: str, key: str, text: str) -> Node:
    if not text:
        raise Fault(f"After {key}: comes a tag. Example: {key}:sky")
    if _is_quoted(text):
        return Tag(_unquoted(text), category)
    return _tag(text, category)


def _refuse_without_colon(text: str) -> None:
    match = _UNCOLONED.fullmatch(text)
    if match and (key := ALIASES.get(match[1].lower(), match[1].lower())) in NUMBERS:
        sign = "" if match[2] == "=" else match[2]
        raise Fault(
            f"A colon is missing: {key}:{sign}{match[3]} compares; in quotes it is a "
            "tag."
        )


def _refuse_unknown(key: str, text: str) -> None:
    if key in OF_SITES_ONLY:
        raise Fault(
            f"{key}: is for sites, which know it; what is kept here has no such thing. "
            "In quotes it is a tag."
        )
    known = [*EXAMPLES, *ALIASES, *CATEGORIES]
    meant = guess(key, known) if len(key) >= LONGEST_GUESSED else None
    if meant:
        example = EXAMPLES.get(ALIASES.get(meant, meant), f"{meant}:sky")
        raise Fault(
            f"There is no keyword {key}: here. Did you mean {meant}:? Example: "
            f"{example}. In quotes it is a tag."
        )
    if _COMPARED.match(text) or _is_quoted(text):
        raise Fault(
            f"There is no keyword {key}: here. There are: {', '.join(EXAMPLES)}. In "
            "quotes it is a tag."
        )


def _said(key: str, text: str) -> Node | Order | Limit:
    """Return what a known keyword says."""
    plain = _plain(text) if _is_quoted(text) else text
    if not text:
        raise Fault(
            f"After {key}: comes a value, without a blank. Example: {EXAMPLES[key]}"
        )
    if key in _FACTS:
        return _FACTS[key](plain)
    if plain.lower() in _NONE:
        return opposite(Has(key))
    if plain.lower() == "any":
        return Has(key)
    if key in NUMBERS:
        return Within(key, values.spans(key, plain))
    if key in CHOICES:
        return _chosen(key, plain)
    return _texts(key, plain, split=not _is_quoted(text) and key not in TAKEN_WHOLE)


def _texts(key: str, text: str, *, split: bool) -> Node:
    parts = text.split(",") if split else [text]
    if not all(parts):
        raise Fault(f"A word is missing beside a comma. Example: {EXAMPLES[key]}")
    return either([Text(key, fold(part)) for part in parts])


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


def _chosen(key: str, text: str) -> Node:
    parts: list[Node] = []
    for part in text.lower().split(","):
        if part in _NONE:
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


_FACTS: Mapping[str, Callable[[str], Node | Order | Limit]] = {
    "is": _is,
    "has": _has,
    "order": _order,
    "limit": _limit,
}
