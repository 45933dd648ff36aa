"""Faces, by the tags that boorus have for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.drawn.pictures.colours import INK, WHITE, rgb
from booru_nb.drawn.pictures.pen import shape

if TYPE_CHECKING:
    from booru_nb.drawn.pictures.colours import RGB
    from booru_nb.drawn.pictures.pen import Pen

MOODS = (":3", ":d", "^_^", "=_=", ":o", ";)")
"""The faces that there are."""


def face(
    pen: Pen, mood: str, *, dark: bool, whiskers: bool = False, nose: bool = True
) -> None:
    """Draw eyes, nose and mouth around (0, 0); the head's half width is one unit.

    Parameters
    ----------
    pen : Pen
        With its origin between the eyes and the mouth.
    mood : str
        One of `MOODS`.
    dark : bool
        Whether the fur is dark, so that the lines must be light.
    whiskers : bool
        Whether there are some.
    nose : bool
        Whether there is one.
    """
    line = rgb("e9e2d4") if dark else INK
    _eyes(pen, mood, line, dark=dark)
    if nose:
        pen.polygon(((-0.09, 0.10), (0.09, 0.10), (0, 0.20)), rgb("d8707f"))
    _mouth(pen, mood, line)
    if whiskers:
        for side in (-1, 1):
            for lift in (-0.08, 0.08):
                start, end = (0.50 * side, 0.22), (1.12 * side, 0.20 + lift * 1.6)
                pen.line((start, end), line, 0.03)


def _eyes(pen: Pen, mood: str, line: RGB, *, dark: bool) -> None:
    for side in (-1, 1):
        x = 0.42 * side
        if mood == "^_^" or (mood == ";)" and side > 0):
            pen.arc((x, 0.04), 0.17, (200, 340), line, 0.07)
        elif mood == "=_=":
            pen.line(((x - 0.17, -0.02), (x + 0.17, -0.02)), line, 0.07)
        else:
            pen.oval(x, -0.04, 0.16, 0.19, rgb("f2cf5b") if dark else INK)
            if dark:
                pen.oval(x, -0.04, 0.06, 0.17, INK)
            pen.disc(x + 0.05, -0.11, 0.05, WHITE)


def _mouth(pen: Pen, mood: str, line: RGB) -> None:
    if mood == ":d":
        pen.blob(shape("-0.22,0.26 0.22,0.26 0.14,0.56 -0.14,0.56"), rgb("a83a4c"))
        pen.oval(0, 0.45, 0.09, 0.06, rgb("f08a94"))
    elif mood == ":o":
        pen.oval(0, 0.36, 0.09, 0.11, rgb("a83a4c"))
    elif mood == ";)":
        pen.arc((0, 0.16), 0.24, (25, 155), line, 0.055)
    else:
        pen.arc((-0.13, 0.22), 0.13, (0, 170), line, 0.05)
        pen.arc((0.13, 0.22), 0.13, (10, 180), line, 0.05)
