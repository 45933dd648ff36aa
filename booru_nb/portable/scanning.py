"""JSON read piece by piece, so that a file may be larger than the memory.

The standard library's parser does the work, on one value at a time. What JSON cannot
say (``NaN``), what no table can hold (numbers of many digits) and what only serves to
exhaust the reader (values without end, nested without end) is refused with its line.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, NoReturn

from booru_nb.errors import FormatError

if TYPE_CHECKING:
    from typing import TextIO

CHUNK = 1 << 18
"""Characters that are read at once."""

LARGEST = 1 << 26
"""Characters of one value; no row of a library comes near it."""

DIGITS = 19
"""Of a whole number; SQLite keeps 64 bits."""

BLANKS = " \t\n\r"


class Scanner:
    """A JSON text, and how far it was read.

    Parameters
    ----------
    stream : TextIO
        Where it comes from.
    name : str
        What to call it in errors.
    """

    def __init__(self, stream: TextIO, name: str) -> None:
        self._stream = stream
        self._name = name
        self._text = ""
        self._at = 0
        self._line = 1
        self._counted = 0
        self._ended = False
        self._decoder = json.JSONDecoder(
            parse_constant=self._no_number, parse_int=self._whole, parse_float=_real
        )

    @property
    def line(self) -> int:
        """The line that comes next, from 1."""
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def wrong(self, why: str) -> NoReturn:
        """Raise `FormatError` for what comes next."""
        raise FormatError(f"{self._name}, line {self.line}: {why}.")

    def peek(self) -> str:
        """Return the next character that is no blank; none at the end."""
        while True:
            rest = len(self._text)
            while self._at < rest and self._text[self._at] in BLANKS:
                self._at += 1
            if self._at < rest:
                return self._text[self._at]
            if not self._more(CHUNK):
                return ""

    def take(self, wanted: str) -> str:
        """Return the next character, and go on behind it; it must be one of these."""
        found = self.peek()
        if not found:
            self.wrong("the file ends here, and is not whole")
        if found not in wanted:
            named = " or ".join(repr(c) for c in wanted)
            self.wrong(f"{named} is expected here, not {found!r}")
        self._at += 1
        return found

    def value(self) -> Any:  # noqa: ANN401 - any JSON value
        """Return the next value, and go on behind it."""
        self.peek()
        size = CHUNK
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                # It may just not have come as a whole yet.
                if not self._more(size):
                    self._at = min(error.pos, len(self._text))
                    self.wrong(f"this is no JSON: {error.msg}")
            except RecursionError:
                self.wrong("it is nested too deep")
            except ValueError as error:
                self.wrong(str(error))
            else:
                # A number may go on in what has not come yet.
                if end < len(self._text) or not self._more(size):
                    self._at = end
                    return value
            size *= 2

    def _more(self, size: int) -> bool:
        """Read on, and tell whether something came."""
        if self._ended:
            return False
        if len(self._text) - self._at > LARGEST:
            self.wrong(f"a value is longer than {LARGEST} characters")
        try:
            chunk = self._stream.read(size)
        except UnicodeDecodeError:
            self.wrong("this is no text in UTF-8")
        _ = self.line  # which is counted before the text goes
        self._text = self._text[self._at :] + chunk
        self._at = self._counted = 0
        self._ended = not chunk
        return bool(chunk)

    @staticmethod
    def _no_number(word: str) -> NoReturn:
        raise ValueError(f"{word} is no number of JSON")

    @staticmethod
    def _whole(digits: str) -> int:
        if len(digits) > DIGITS + digits.startswith("-"):
            raise ValueError(f"a number has more than {DIGITS} digits")
        return int(digits)


def _real(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"{digits[:40]} is larger than any number here")
    return number
