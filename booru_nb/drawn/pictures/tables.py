"""Indoors: a table before a wall."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from booru_nb.drawn.pictures.colours import WHITE, clear, mix, rgb
from booru_nb.drawn.pictures.pen import shape
from booru_nb.drawn.pictures.stage import Ridge, gradient

if TYPE_CHECKING:
    from booru_nb.drawn.pictures.stage import Stage

TABLE = 0.64
"""Where the edge of a table lies, from the top down."""

FLAGS = tuple(rgb(name) for name in ["d8433f", "f4c545", "49b3b1", "ee92b0", "3f78c4"])


def _striped(stage: Stage) -> bool:
    return stage.chance("paper").happens(0.5)


def soft_wall(stage: Stage, _: float) -> None:
    """Draw a wall with light on it."""
    wall, other = stage.palette.sky[0], stage.palette.sky[-1]
    gradient(stage.pen, (wall, other), 0, stage.height)
    if _striped(stage):
        fill = clear(mix(other, WHITE, 0.2), 0.30)
        for nth in range(int(stage.width / 9) + 1):
            stage.pen.box(nth * 9, 0, nth * 9 + 4.5, stage.height, fill)
    x = stage.width * stage.chance("lamp").number(0.2, 0.8)
    stage.pen.glow(x, 18, 70, stage.palette.light, 0.5)


def table(stage: Stage, _: float) -> Ridge:
    """Draw a table; the line to stand on is in the middle of its cloth."""
    line = stage.height * TABLE
    if not _striped(stage):
        _dots(stage, line)
    _on_the_wall(stage, line)
    pen, palette, chance = stage.pen, stage.palette, stage.chance("wood")
    top = stage.light.tint(palette.near)
    pen.box(0, line, stage.width, stage.height, top)
    pen.box(0, line, stage.width, line + 1.4, mix(top, WHITE, 0.22))
    grain = mix(top, palette.water, 0.6)
    for row in range(5):
        y = line + 4 + row * 7
        pen.line(((0, y), (stage.width, y + chance.number(-1, 1))), grain, 0.3)
    _cloth(stage, line)
    return Ridge(chance, line + 13, 0.0, 90)


def _dots(stage: Stage, line: float) -> None:
    fill = mix(stage.palette.sky[-1], WHITE, 0.25)
    for row in range(int(line / 9) + 1):
        for nth in range(int(stage.width / 9) + 2):
            stage.pen.disc(nth * 9 + (row % 2) * 4.5, row * 9, 0.8, fill)


def _cloth(stage: Stage, line: float) -> None:
    """Draw a chequered cloth that becomes wider towards us."""
    fill = mix(stage.palette.far, WHITE, 0.15)
    thread = mix(fill, stage.palette.sky[0], 0.30)
    left, right = stage.width * 0.14, stage.width * 0.86

    def across(part: float, depth: float) -> tuple[float, float]:
        inset = 8 * (1 - depth)
        x = left + inset + (right - left - 2 * inset) * part
        return x, line + 4 + 24 * depth

    corners = (across(0, 0), across(1, 0), across(1, 1), across(0, 1))
    stage.pen.polygon(corners, fill)
    for step in range(1, 8):
        stage.pen.line((across(step / 8, 0), across(step / 8, 1)), thread, 0.7)
    for step in range(1, 4):
        stage.pen.line((across(0, step / 4), across(1, step / 4)), thread, 0.7)


def _on_the_wall(stage: Stage, line: float) -> None:
    x = stage.width * stage.chance("on the wall").pick((0.26, 0.5, 0.74))
    if "picture_frame" in stage.scene.behind:
        _framed(stage, x, line * 0.40)
    if "clock" in stage.scene.behind:
        _clock(stage, x, line * 0.40)
    if "pennant" in stage.scene.behind:
        _pennants(stage, line)


def _clock(stage: Stage, x: float, y: float) -> None:
    pen, chance, palette = stage.pen.at(x, y, 1.0), stage.chance("clock"), stage.palette
    pen.disc(0, 0, 11, palette.near)
    pen.disc(0, 0, 9.4, mix(palette.far, WHITE, 0.6))
    for hour in range(12):
        angle = hour * math.pi / 6
        pen.disc(7.8 * math.cos(angle), 7.8 * math.sin(angle), 0.5, palette.near)
    for long in (4.6, 6.8):
        angle = chance.number(0, 2 * math.pi)
        tip = (long * math.cos(angle), long * math.sin(angle))
        pen.line(((0.0, 0.0), tip), palette.water, 0.8)


def _framed(stage: Stage, x: float, y: float) -> None:
    pen, chance, palette = (
        stage.pen.at(x, y, 1.0),
        stage.chance("framed"),
        stage.palette,
    )
    pen.box(-14, -11, 14, 11, palette.near)
    pen.box(-12.6, -9.6, 12.6, 9.6, mix(palette.far, WHITE, 0.7))
    pen.box(-10.5, -7.5, 10.5, 7.5, mix(palette.light, palette.sky[-1], 0.45))
    pen.disc(chance.number(-6, 6), -2, 2.6, WHITE)
    far = shape("-10.5,7.5 -10.5,1.5 -4,-2.5 2,3 6,0.5 10.5,3 10.5,7.5")
    near = shape("-10.5,7.5 -10.5,3.5 -3,1 2,4 6,3.5 10.5,4 10.5,7.5")
    pen.polygon(far, palette.sky[0])
    pen.polygon(near, palette.near)


def _pennants(stage: Stage, line: float) -> None:
    count = int(stage.width / 8)
    wide = stage.width / count
    sag = [
        (wide * n, line * 0.10 + 9 * math.sin(math.pi * n / count))
        for n in range(count + 1)
    ]
    stage.pen.line(sag, stage.palette.water, 0.35)
    for nth, (x, y) in enumerate(sag[:-1]):
        middle = (y + sag[nth + 1][1]) / 2
        flag = ((x + 0.8, y), (x + wide - 0.8, middle), (x + wide / 2, y + 8))
        stage.pen.polygon(flag, FLAGS[nth % len(FLAGS)])
