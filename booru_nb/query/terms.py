"""Single terms of a query: a tag, or a keyword and what stands after it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from booru_nb.query import values
from booru_nb.query.facts import FACTS, NONE, Limit, chosen
from booru_nb.query.faults import Fault, guess
from booru_nb.query.fields import (
    ALIASES,
    CATEGORIES,
    CHOICES,
    EXAMPLES,
    NUMBERS,
    OF_SITES_ONLY,
    TAKEN_WHOLE,
)
from booru_nb.query.text import fold
from booru_nb.query.tree import (
    Has,
    Order,
    Tag,
    Text,
    Wildcard,
    Within,
    either,
    opposite,
)

if TYPE_CHECKING:
    from booru_nb.query.tree import Node

LONGEST_GUESSED = 4
"""Letters from which on a word before a colon may be a keyword that is mistyped."""

_KEY = re.compile(r"([a-z][a-z_]*):(.*)", re.IGNORECASE | re.DOTALL | re.ASCII)
_UNCOLONED = re.compile(r"([a-z]+)([<>]=?|=)(.+)", re.IGNORECASE | re.ASCII)
_COMPARED = re.compile(r"[<>]=?\d|\d+\.\.|\.\.\d")


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
    if not (words := _plain(text).split()):
        raise Fault("There is no tag in the quotes.")
    return "_".join(words)


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
    if key in FACTS:
        return FACTS[key](plain)
    if plain.lower() in NONE:
        return opposite(Has(key))
    if plain.lower() == "any":
        return Has(key)
    if key in NUMBERS:
        return Within(key, values.spans(key, plain))
    if key in CHOICES:
        return chosen(key, plain)
    return _texts(key, plain, split=not _is_quoted(text) and key not in TAKEN_WHOLE)


def _texts(key: str, text: str, *, split: bool) -> Node:
    parts = text.split(",") if split else [text]
    if not all(parts):
        raise Fault(f"A word is missing beside a comma. Example: {EXAMPLES[key]}")
    return either([Text(key, fold(part)) for part in parts])
