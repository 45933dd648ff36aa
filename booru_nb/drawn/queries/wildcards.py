"""Patterns in which a backslash takes the meaning from what stands behind it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MEANS = {"*": ".*", "?": "."}


def wildcard(text: str, *, means: str = "*?") -> Callable[[str], bool]:
    r"""Return a test whether a name fits.

    Parameters
    ----------
    text : str
        ``*`` stands for any letters, ``?`` for one, ``\*`` for itself.
    means : str
        Which of the two have a meaning.
    """
    pieces = re.findall(r"\\.|.", text, re.DOTALL)
    made = [
        MEANS[piece]
        if piece in MEANS and piece in means
        else re.escape(piece[-1] if len(piece) > 1 else piece)
        for piece in pieces
    ]
    fits = re.compile("".join(made), re.DOTALL).fullmatch
    return lambda name: fits(name) is not None
