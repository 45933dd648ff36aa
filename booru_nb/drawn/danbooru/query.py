"""Danbooru's query language, as far as the demo booru speaks it.

- Tags are joined by "and"; ``-`` negates one, ``~`` makes one of several enough, and
  ``*`` stands for any letters. An alias means the tag that it stands for.
- Metatags are ``name:value``. A word with a colon whose first half is no metatag is a
  tag, for tags may have colons.
- There are no brackets and there is no ``or``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from booru_nb.drawn.danbooru import metatags
from booru_nb.drawn.danbooru.errors import bad_query, too_many_tags

if TYPE_CHECKING:
    from collections.abc import Callable

    from booru_nb.drawn.danbooru.metatags import Context, Test
    from booru_nb.drawn.posts.booru import Booru, Shelf
    from booru_nb.drawn.posts.history import DemoPost

ONCE = {"order", "limit"}


@dataclass(slots=True)
class Query:
    """A query, read.

    Parameters
    ----------
    tests : list of callable
        A post must pass all of them.
    any_of : list of callable
        And one of these, if there are any.
    counted : int
        How many terms count towards the limit of tags.
    once : dict of str to str
        The metatags that may stand but once: ``order`` and ``limit``.
    """

    tests: list[Test] = field(default_factory=list)
    any_of: list[Test] = field(default_factory=list)
    counted: int = 0
    once: dict[str, str] = field(default_factory=dict)

    def matches(self, post: DemoPost, shelf: Shelf) -> bool:
        """Say whether a post is wanted."""
        return all(test(post, shelf) for test in self.tests) and (
            not self.any_of or any(test(post, shelf) for test in self.any_of)
        )


def read(text: str, booru: Booru, context: Context, limit: int | None) -> Query:
    """Return a query that can be put to posts.

    Parameters
    ----------
    text : str
        As people type it.
    booru : Booru
        Knows the aliases.
    context : Context
        Knows what only the pictures tell.
    limit : int or None
        How many tags may be searched for.

    Raises
    ------
    Refusal
        If there are more, or it cannot be understood.
    """
    query = Query()
    for word in text.split():
        _read_word(word, query, booru, context)
    if limit is not None and query.counted > limit:
        raise too_many_tags(limit)
    return query


def _read_word(word: str, query: Query, booru: Booru, context: Context) -> None:
    sign, term = (
        (word[0], word[1:]) if word[0] in "-~" and len(word) > 1 else ("", word)
    )
    name, colon, value = term.partition(":")
    name = name.lower()
    if colon and name in ONCE:
        if sign or name in query.once:
            raise bad_query(f"'{name}:' can only be used once in a search.")
        query.once[name] = value.lower()
        query.counted += name == "order"
        return
    if colon and name in metatags.TESTS:
        test = metatags.TESTS[name](value.strip('"').lower(), context)
        query.counted += name not in metatags.FREE
    else:
        test = tag_test(term.lower(), booru)
        query.counted += 1
    if sign == "~":
        query.any_of.append(test)
    elif sign == "-":
        query.tests.append(lambda post, shelf: not test(post, shelf))
    else:
        query.tests.append(test)


def tag_test(term: str, booru: Booru) -> Test:
    """Return a test whether a post has a tag, or one that fits a pattern with ``*``."""
    if "*" in term:
        fits = pattern(term)
        return lambda post, _: any(fits(name) for name in post.tags)
    name = booru.aliases.get(term, term)
    return lambda post, _: name in post.tags


def pattern(term: str) -> Callable[[str], bool]:
    """Return a test whether a name fits; only ``*`` has a meaning of its own."""
    parts = [re.escape(part) for part in term.lower().split("*")]
    fits = re.compile(".*".join(parts), re.DOTALL).fullmatch
    return lambda name: fits(name.lower()) is not None
