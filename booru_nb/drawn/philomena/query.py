"""Philomena's query language: terms with brackets, commas, ``||`` and ``-``.

Blanks belong to tags. ``,``, ``&&`` and ``AND`` mean and; ``||`` and ``OR`` mean or;
``-``, ``!`` and ``NOT`` negate. A tag with a comma of its own stands in quotes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from booru_nb.drawn.philomena.terms import term
from booru_nb.drawn.queries.traits import all_of, any_of, negated

if TYPE_CHECKING:
    from booru_nb.drawn.queries.traits import Test

TOKEN = re.compile(
    r"""\s*(?:
    (?P<and>,|&&|AND(?=\s))|
    (?P<or>\|\||OR(?=\s))|
    (?P<not>-|!|NOT(?=\s))|
    (?P<open>\()|
    (?P<close>\))|
    "(?P<quoted>(?:[^"\\]|\\.)*)"|
    (?P<term>(?:(?!\s(?:AND|OR)\s)(?:\\.|\((?:\\.|[^()\\])*\)|[^,()|&\\]|\|(?!\|)|&(?!&)))+)
    )\s*""",
    re.VERBOSE,
)


class QueryError(ValueError):
    """A query that cannot be understood."""


def read(text: str) -> Test:
    """Return the test that a query stands for.

    Raises
    ------
    QueryError
        If it cannot be understood.
    """
    reader = _Reader(_tokens(text))
    try:
        test = reader.either()
    except ValueError as error:
        raise QueryError(str(error)) from error
    if reader.left:
        raise QueryError("Imbalanced parentheses.")
    return test


def _tokens(text: str) -> list[tuple[str, str]]:
    found, place = [], 0
    while place < len(text):
        token = TOKEN.match(text, place)
        if token is None or token.end() == place or token.lastgroup is None:
            raise QueryError("Failed to parse expression.")
        found.append((token.lastgroup, token[token.lastgroup].strip()))
        place = token.end()
    return found


class _Reader:
    """Reads tokens from the left: or binds weaker than and, and that than not."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.left = tokens

    def _takes(self, kind: str) -> bool:
        if self.left and self.left[0][0] == kind:
            self.left = self.left[1:]
            return True
        return False

    def either(self) -> Test:
        tests = [self._both()]
        while self._takes("or"):
            tests.append(self._both())
        return tests[0] if len(tests) == 1 else any_of(tests)

    def _both(self) -> Test:
        tests = [self._one()]
        while self._takes("and"):
            tests.append(self._one())
        return tests[0] if len(tests) == 1 else all_of(tests)

    def _one(self) -> Test:
        if self._takes("not"):
            return negated(self._one())
        if self._takes("open"):
            inside = self.either()
            if not self._takes("close"):
                raise QueryError("Imbalanced parentheses.")
            return inside
        if not self.left or self.left[0][0] not in {"term", "quoted"}:
            raise QueryError("Unexpected token.")
        _, text = self.left[0]
        self.left = self.left[1:]
        return term(text.lower())
