"""Queries made of words: Danbooru's language, and those that descend from it.

- Tags are joined by "and"; ``-`` negates one, ``~`` makes one of several enough, and
  ``*`` stands for any letters. An alias means the tag that it stands for.
- Metatags are ``name:value``. A word with a colon whose first half is no metatag is a
  tag, for tags may have colons.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from booru_nb.drawn.queries.traits import all_of, any_of, negated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from booru_nb.drawn.posts.booru import Booru, Shelf
    from booru_nb.drawn.posts.history import DemoPost
    from booru_nb.drawn.queries.traits import Context, Test, Trait


@dataclass(frozen=True, slots=True)
class Language:
    """The words that an engine has besides tags.

    Parameters
    ----------
    metatags : mapping of str to Trait
        How the value of each is read.
    once : frozenset of str
        Those that are no tests and may stand but once, such as ``order``.
    free : frozenset of str
        Those that do not count towards the limit of tags.
    """

    metatags: Mapping[str, Trait]
    once: frozenset[str] = frozenset()
    free: frozenset[str] = frozenset()


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
        The metatags that may stand but once, and their values: the last ones.
    misused : list of str
        Those of them that stood twice, or with a sign.
    """

    tests: list[Test] = field(default_factory=list)
    any_of: list[Test] = field(default_factory=list)
    counted: int = 0
    once: dict[str, str] = field(default_factory=dict)
    misused: list[str] = field(default_factory=list)

    def matches(self, post: DemoPost, shelf: Shelf) -> bool:
        """Say whether a post is wanted."""
        either = not self.any_of or any_of(self.any_of)(post, shelf)
        return either and all_of(self.tests)(post, shelf)


def read(
    words: Iterable[str], booru: Booru, context: Context, language: Language
) -> Query:
    """Return a query that can be put to posts.

    Parameters
    ----------
    words : iterable of str
        As people type them.
    booru : Booru
        Knows the aliases.
    context : Context
        Knows what only the pictures tell.
    language : Language
        Says which words are no tags.
    """
    query = Query()
    for word in words:
        _read_word(word, query, booru, context, language)
    return query


def _read_word(
    word: str, query: Query, booru: Booru, context: Context, language: Language
) -> None:
    signed = word[0] in "-~" and len(word) > 1
    sign, term = (word[0], word[1:]) if signed else ("", word)
    name, colon, value = term.partition(":")
    name = name.lower()
    if colon and name in language.once:
        if sign or name in query.once:
            query.misused.append(name)
        query.once[name] = value.lower()
        query.counted += name not in language.free
        return
    if colon and name in language.metatags:
        test = language.metatags[name](value.strip('"').lower(), context)
        query.counted += name not in language.free
    else:
        test = tag_test(term.lower(), booru)
        query.counted += 1
    if sign == "~":
        query.any_of.append(test)
    else:
        query.tests.append(negated(test) if sign == "-" else test)


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
