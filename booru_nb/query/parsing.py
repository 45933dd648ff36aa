"""From the text of a query to its tree.

The grammar is read at the first query, since most sessions begin without one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from booru_nb.errors import QueryError
from booru_nb.query.building import Builder
from booru_nb.query.faults import Fault, error
from booru_nb.query.tree import And, Query

if TYPE_CHECKING:
    from lark import Lark, Token

    from booru_nb.query.building import Piece

LONGEST = 20_000
"""Characters of a query."""

MOST_TERMS = 400
"""Terms of a query. SQLite's expressions are at most 1,000 deep."""

DEEPEST = 20
"""Brackets within brackets. SQLite's parser takes no more than 100 of its own."""

# A bracket that stands in a tag belongs to it, as in ``name_(series)``, up to three
# deep. Characters are never given back ("++"): a word is read in one pass. Groups may
# not be repeated so: Python 3.11.2 then finds brackets that are not closed.
_BRACKETS = r"\((?:[^\s()]++|\((?:[^\s()]++|\([^\s()]*+\))*\))*\)"
_SMILEY = r"[<>]?[:;=]['^-]?[()](?=[\s)]|$)"

GRAMMAR = rf"""
start: [either]
either: every (_OR every)*
every: _factor (_AND? _factor)*
_factor: _atom | negated | optional
negated: MINUS _atom
optional: TILDE (_atom | negated)
_atom: term | group
term: WORD | FIELD | QUOTED
group: LPAR either RPAR

_OR.3: /(?:or|\|)(?=[\s()]|$)/i
_AND.3: /and(?=[\s()]|$)/i
QUOTED.2: /"(?:[^"\\]|\\.)*"/s
FIELD.2: /[a-z_]+:"(?:[^"\\]|\\.)*"/is
WORD: /{_SMILEY}|(?![-~"])[^\s()](?:[^\s()]++|{_BRACKETS})*/
MINUS: "-"
TILDE: "~"
LPAR: "("
RPAR: ")"
%ignore /\s+/
"""

_TERMS = frozenset({"WORD", "FIELD", "QUOTED"})
_JOINTS = frozenset({"_OR", "_AND"})
_QUOTE = "If it belongs to a tag, put the tag into quotes."


def parse(text: str) -> Query:
    """Return what a query says.

    Parameters
    ----------
    text : str
        In the language that `booru_nb.Library.query` describes.

    Raises
    ------
    QueryError
        If it cannot be read; the message shows where, and says what was expected.
    """
    if not isinstance(text, str):
        raise QueryError(f"A query is a text such as 'sky -cloud', not {text!r}.")
    if len(text) > LONGEST:
        raise QueryError(
            f"The query has {len(text):,} characters, and at most {LONGEST:,} can be "
            "read. Ask in several queries."
        )
    return _parse(text)


def _check_characters(text: str) -> None:
    """Refuse what no text of a file or a site can have."""
    for at, character in enumerate(text):
        if character == "\0" or "\ud800" <= character <= "\udfff":
            raise Fault(f"The character {character!r} cannot be in a tag.", at, at + 1)


@lru_cache(maxsize=256)
def _parse(text: str) -> Query:
    try:
        _check_characters(text)
        piece = _read(text)
    except Fault as fault:
        raise error(text, fault) from None
    return Query(text, piece.node or And(), piece.order, piece.limit)


@lru_cache(maxsize=1)
def _parser() -> Lark:
    from lark import Lark  # noqa: PLC0415 - see above

    return Lark(GRAMMAR, parser="lalr", lexer="basic", transformer=Builder())


def _read(text: str) -> Piece:
    from lark import UnexpectedCharacters, UnexpectedToken  # noqa: PLC0415 - likewise

    session = _parser().parse_interactive(text)
    reading = _Reading()
    try:
        for token in session.iter_parse():
            reading.meet(token)
        piece: Piece = session.feed_eof(reading.last)  # type: ignore[no-untyped-call]
    except UnexpectedCharacters as wrong:
        raise Fault(
            'The quotes are not closed. A quote within them is written \\".',
            wrong.pos_in_stream,
            len(text),
        ) from None
    except UnexpectedToken as wrong:
        raise reading.fault(wrong.token) from None
    return piece


@dataclass(slots=True)
class _Reading:
    """How far a query was read.

    Attributes
    ----------
    last, before : Token or None
        The last word, and the one before it.
    brackets : list of Token
        Those that are not closed.
    terms : int
        How many came by.
    """

    last: Token | None = None
    before: Token | None = None
    brackets: list[Token] = field(default_factory=list)
    terms: int = 0

    def meet(self, token: Token) -> None:
        """Take a word, and refuse what the grammar alone would let pass."""
        self.before, self.last = self.last, token
        if token.type == "LPAR":
            self.brackets.append(token)
        elif token.type == "RPAR" and self.brackets:
            self.brackets.pop()
        self.terms += token.type in _TERMS
        if self.before is not None and token.type in {*_TERMS, "LPAR"}:
            _check_gap(self.before, token)
        if len(self.brackets) > DEEPEST:
            raise Fault(f"More than {DEEPEST} brackets in one another.", *_place(token))
        if self.terms > MOST_TERMS:
            raise Fault(
                f"A query has at most {MOST_TERMS} terms. Ask in several queries.",
                *_place(token),
            )

    def fault(self, token: Token) -> Fault:
        """Return what is wrong with a word that cannot stand where it does."""
        ended = token.type == "$END"
        before = self.last if ended else self.before
        kind = before.type if before is not None else ""
        if before is not None and kind in {"MINUS", "TILDE"}:
            return Fault(
                f"Behind {str(before)!r} stands a tag. {_QUOTE}", *_place(before)
            )
        if token.type in _JOINTS:
            return _one_sided(token)
        if before is not None and kind in _JOINTS:
            return _one_sided(before)
        if ended and self.brackets:
            place = _place(self.brackets[-1])
            return Fault(f"This bracket is not closed. {_QUOTE}", *place)
        if token.type == "RPAR" and before is not None and kind == "LPAR":
            return Fault(f"Nothing is in the brackets. {_QUOTE}", *_place(before))
        return Fault(f"This bracket closes none. {_QUOTE}", *_place(token))


def _one_sided(word: Token) -> Fault:
    return Fault(
        f"On both sides of {str(word)!r} stands a tag. {_QUOTE}", *_place(word)
    )


def _check_gap(before: Token, token: Token) -> None:
    apart = before.end_pos != token.start_pos
    if before.type in {"MINUS", "TILDE"} and apart:
        raise Fault(
            f"A {str(before)!r} stands directly before its tag. {_QUOTE}",
            *_place(before),
        )
    if before.type in _TERMS and not apart:
        raise Fault(f"A blank is missing here. {_QUOTE}", *_place(token))


def _place(token: Token) -> tuple[int, int]:
    start = token.start_pos or 0
    return start, start + len(token)
