"""Text that a spreadsheet would run as a formula, and how it is kept from that.

An apostrophe in front makes a cell text. One that stands there already gets another, so
that what was written can be told from what was put in front.
"""

from __future__ import annotations

import re

FORMULA = r"'*[=+\-@\t\r\n＝＋－＠]"  # noqa: RUF001 - these are formulas in Japan
"""How text begins that a spreadsheet may run, behind any apostrophes."""

_FORMULA = re.compile(FORMULA)


def cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text
