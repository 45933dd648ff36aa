"""Indoors and plain backgrounds: a table, a window, a coloured sheet."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from booru_nb.drawn.pictures.colours import WHITE, clear, mix
from booru_nb.drawn.pictures.stage import Ridge, gradient

if TYPE_CHECKING:
    from booru_nb.drawn.pictures.stage import Stage

PATTERNS = ("polka_dot", "striped", "sunburst", "plain")
"""What a plain background can look like; the scene's `plants` names it."""


TABLE = 0.64
"""Where the edge of a table lies, from the top down."""


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


def soft_sheet(stage: Stage, _: float) -> None:
    """Fill the whole picture with one colour."""
    stage.pen.box(0, 0, stage.width, stage.height, stage.palette.sky[0])


def _on_the_wall(stage: Stage, line: float) -> None:
    chance = stage.chance("on the wall")
    pen, x = stage.pen, stage.width * chance.pick((0.26, 0.5, 0.74))
    y = line * 0.40
    if "picture_frame" in stage.scene.behind:
        _framed(stage, x, y)
    if "clock" in stage.scene.behind:
        pen.disc(x, y, 11, stage.palette.near)
        pen.disc(x, y, 9.4, mix(stage.palette.far, WHITE, 0.6))
        for hour in range(12):
            angle = hour * math.pi / 6
            pen.disc(
                x + 7.8 * math.cos(angle),
                y + 7.8 * math.sin(angle),
                0.5,
                stage.palette.near,
            )
        for long in (4.6, 6.8):
            angle = chance.number(0, 2 * math.pi)
            tip = (x + long * math.cos(angle), y + long * math.sin(angle))
            pen.line(((x, y), tip), stage.palette.water, 0.8)
    if "pennant" in stage.scene.behind:
        _pennants(stage, line)


def _framed(stage: Stage, x: float, y: float) -> None:
    pen, chance = stage.pen, stage.chance("framed")
    pen.box(x - 14, y - 11, x + 14, y + 11, stage.palette.near)
    pen.box(x - 12.6, y - 9.6, x + 12.6, y + 9.6, mix(stage.palette.far, WHITE, 0.7))
    pen.box(
        x - 10.5,
        y - 7.5,
        x + 10.5,
        y + 7.5,
        mix(stage.palette.light, stage.palette.sky[-1], 0.45),
    )
    pen.disc(x + chance.number(-6, 6), y - 2, 2.6, WHITE)
    for step, fill in enumerate((stage.palette.sky[0], stage.palette.near)):
        shift = chance.number(-3, 3)
        hill = (
            (-10.5, 7.5),
            (-10.5, 1.5 + 2 * step),
            (-4 + shift, -2.5 + 3.5 * step),
            (2 + shift, 3 + step),
            (6, 0.5 + 3 * step),
            (10.5, 3 + step),
            (10.5, 7.5),
        )
        pen.polygon([(x + px, y + py) for px, py in hill], fill)


def _pennants(stage: Stage, line: float) -> None:
    colours = (
        (216, 67, 63),
        (244, 197, 69),
        (73, 179, 177),
        (238, 146, 176),
        (63, 120, 196),
    )
    count = int(stage.width / 8)
    sag = [
        (stage.width * n / count, line * 0.10 + 9 * math.sin(math.pi * n / count))
        for n in range(count + 1)
    ]
    stage.pen.line(sag, stage.palette.water, 0.35)
    for nth, (x, y) in enumerate(sag[:-1]):
        fill = colours[nth % len(colours)]
        stage.pen.polygon(
            ((x + 0.8, y), (x + 7, (y + sag[nth + 1][1]) / 2), (x + 4, y + 8)), fill
        )


def table(stage: Stage, _: float) -> Ridge:
    """Draw a table before a wall; the line is that of the table's far half."""
    pen, palette = stage.pen, stage.palette
    chance = stage.chance("wall")
    line = stage.height * TABLE
    if not _striped(stage):
        for row in range(int(line / 9) + 1):
            for nth in range(int(stage.width / 9) + 2):
                pen.disc(
                    nth * 9 + (row % 2) * 4.5,
                    row * 9,
                    0.8,
                    mix(palette.sky[-1], WHITE, 0.25),
                )
    _on_the_wall(stage, line)
    top = stage.light.tint(palette.near)
    pen.box(0, line, stage.width, stage.height, top)
    pen.box(0, line, stage.width, line + 1.4, mix(top, WHITE, 0.22))
    for row in range(5):
        y = line + 4 + row * 7
        pen.line(
            ((0, y), (stage.width, y + chance.number(-1, 1))),
            mix(top, palette.water, 0.6),
            0.3,
        )
    cloth = mix(palette.far, WHITE, 0.15)
    left, right = stage.width * 0.14, stage.width * 0.86
    pen.polygon(
        (
            (left + 8, line + 4),
            (right - 8, line + 4),
            (right, line + 28),
            (left, line + 28),
        ),
        cloth,
    )
    for step in range(1, 8):
        part = step / 8
        start, end = left + 8 + (right - left - 16) * part, left + (right - left) * part
        pen.line(
            ((start, line + 4), (end, line + 28)), mix(cloth, palette.sky[0], 0.30), 0.7
        )
    for step in range(1, 4):
        y = line + 4 + 6 * step
        pen.line(
            ((left + 8 - 2 * step, y), (right - 8 + 2 * step, y)),
            mix(cloth, palette.sky[0], 0.30),
            0.7,
        )
    return Ridge(chance, line + 13, 0.0, 90)


def window(stage: Stage, _: float) -> Ridge:
    """Draw a room around a window through which the rest is seen."""
    pen, palette = stage.pen, stage.palette
    wall = mix(palette.near, palette.sky[0], 0.35)
    if not stage.light.lit:
        wall = mix(wall, WHITE, 0.72)
    wide, tall = stage.width, stage.height
    left, right, top, sill = wide * 0.16, wide * 0.84, tall * 0.09, tall * 0.76
    for box in (
        (0, 0, left, tall),
        (right, 0, wide, tall),
        (0, 0, wide, top),
        (0, sill, wide, tall),
    ):
        pen.box(*box, wall)
    frame = stage.light.tint((247, 242, 232))
    middle = (left + right) / 2
    for box in (
        (left - 2.2, top - 2.2, left, sill),
        (right, top - 2.2, right + 2.2, sill),
        (left - 2.2, top - 2.2, right + 2.2, top),
        (middle - 0.9, top, middle + 0.9, sill),
        (left, top + (sill - top) * 0.36, right, top + (sill - top) * 0.36 + 1.5),
    ):
        pen.box(*box, frame)
    pen.box(left - 6, sill, right + 6, sill + 4.5, frame)
    pen.box(left - 6, sill + 4.5, right + 6, sill + 6, mix(frame, palette.near, 0.4))
    _curtains(stage, left, right, top, sill)
    return Ridge(stage.chance("sill"), sill + 2.6, 0.0, 90)


def _curtains(stage: Stage, left: float, right: float, top: float, sill: float) -> None:
    cloth = stage.light.tint(
        stage.chance("curtain").pick(
            (
                (214, 96, 86),
                (236, 196, 110),
                (122, 164, 150),
                (232, 226, 214),
                (138, 126, 180),
            )
        )
    )
    foot = min(stage.height, sill + 14)
    for side, x in ((1, left), (-1, right)):
        edge = [
            (
                x + side * (5.5 - 4 * math.sin(t * math.pi / 10)),
                top - 4 + (foot - top + 4) * t / 10,
            )
            for t in range(11)
        ]
        stage.pen.polygon(
            [(x - side * 11, top - 4), *edge, (x - side * 11, foot)], cloth
        )
        for fold in range(3):
            fx = x - side * (8 - 4 * fold)
            stage.pen.line(
                ((fx, top - 3), (fx - side * 0.8, foot)),
                stage.light.dark(cloth, 0.2),
                0.5,
            )
    stage.pen.box(
        left - 13, top - 6, right + 13, top - 4, stage.light.tint((110, 78, 58))
    )


def backdrop(stage: Stage, _: float) -> Ridge:
    """Draw a plain sheet, perhaps with a pattern, and a disc behind the subject."""
    pen, palette = stage.pen, stage.palette
    second = palette.sky[-1]
    pattern = stage.scene.plants
    middle = stage.width / 2, stage.height * 0.52
    if pattern == "polka_dot":
        for row in range(int(stage.height / 8) + 2):
            for nth in range(int(stage.width / 12) + 2):
                pen.disc(nth * 12 + (row % 2) * 6, row * 8, 1.9, second)
    elif pattern == "striped":
        for nth in range(-int(stage.height / 12) - 1, int(stage.width / 12) + 2):
            x = nth * 12
            pen.polygon(
                (
                    (x, stage.height),
                    (x + 6, stage.height),
                    (x + 6 + stage.height * 0.6, 0),
                    (x + stage.height * 0.6, 0),
                ),
                second,
            )
    elif pattern == "sunburst":
        far = stage.width + stage.height
        for turn in range(16):
            angles = math.pi * turn / 8, math.pi * (turn + 0.5) / 8
            rim = [
                (middle[0] + far * math.cos(a), middle[1] + far * math.sin(a))
                for a in angles
            ]
            pen.polygon((middle, *rim), second)
    pen.disc(*middle, 37, mix(second, WHITE, 0.55))
    pen.oval(middle[0], stage.height * 0.855, 27, 3.2, clear(palette.near, 0.35))
    return Ridge(stage.chance("sheet"), stage.height * 0.86, 0.0, 90)
