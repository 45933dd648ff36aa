"""Trees and flowers: each stands on (0, 0) and is about one unit high."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from booru_nb.drawn.pictures.colours import NAMED, SNOW, WHITE, WOOD, mix, rgb
from booru_nb.drawn.pictures.pen import shape

if TYPE_CHECKING:
    from collections.abc import Callable

    from booru_nb.drawn.chance import Chance
    from booru_nb.drawn.pictures.colours import RGB, Light
    from booru_nb.drawn.pictures.pen import Pen

LEAVES: dict[str, tuple[str, ...]] = {
    "spring": ("f6b7cb", "fbd3de", "ee9db8"),
    "summer": ("4c9455", "5fa862", "3d8052"),
    "autumn": ("d9692f", "e8963a", "b8452f", "efb548"),
    "winter": ("dfe8f2", "f3f6fb"),
    "": ("4c9455", "6aa564", "3f8657"),
}


def pine(pen: Pen, light: Light, chance: Chance, season: str) -> None:
    """Draw a fir tree; in winter it carries snow."""
    green = light.tint(rgb(chance.pick(("2f6b55", "3a7a58", "28604f"))))
    pen.box(-0.035, -0.15, 0.035, 0, light.tint(WOOD))
    dark, snow = light.dark(green, 0.16), light.tint(SNOW)
    for row in range(3):
        y, wide, tall = -0.10 - row * 0.26, 0.30 - row * 0.07, 0.40 - row * 0.02
        pen.polygon(((-wide, y), (wide, y), (0, y - tall)), green)
        pen.polygon(((wide * 0.15, y), (wide, y), (0, y - tall)), dark)
        if season == "winter":
            low = y - tall * 0.45
            tip = (
                (-wide * 0.55, low),
                (0, low + 0.05),
                (wide * 0.55, low),
                (0, y - tall),
            )
            pen.polygon(tip, snow)


def round_tree(pen: Pen, light: Light, chance: Chance, season: str) -> None:
    """Draw a leafy tree in the colours of its season."""
    leaf = light.tint(rgb(chance.pick(LEAVES[season])))
    trunk = light.tint(WOOD)
    pen.polygon(shape("-0.05,0 0.05,0 0.028,-0.5 -0.028,-0.5"), trunk)
    pen.line(((0, -0.32), (0.13, -0.48)), trunk, 0.028)
    for x, y, r in (
        (-0.17, -0.53, 0.17),
        (0.18, -0.55, 0.17),
        (0.0, -0.74, 0.23),
        (0.0, -0.55, 0.2),
    ):
        pen.disc(x, y, r, light.dark(leaf, 0.12))
    for x, y, r in ((-0.15, -0.60, 0.13), (0.12, -0.62, 0.12), (-0.04, -0.78, 0.16)):
        pen.disc(x, y, r, leaf)
    pen.disc(-0.08, -0.82, 0.07, mix(leaf, WHITE, 0.18))


def bare_tree(pen: Pen, light: Light, chance: Chance, season: str) -> None:
    """Draw a tree without leaves."""
    bark = light.tint(rgb("5a4640"))
    pen.line(((0, 0), (0, -0.55)), bark, 0.05)
    for turn in range(6):
        side = 1 if turn % 2 else -1
        y = -0.28 - turn * 0.055
        x = side * (0.30 - turn * 0.02) * chance.number(0.8, 1.1)
        pen.line(((0, y), (x * 0.6, y - 0.16), (x, y - 0.32)), bark, 0.025)
        pen.line(((x * 0.6, y - 0.16), (x * 0.55, y - 0.34)), bark, 0.016)
        if season == "winter":
            pen.line(((0, y - 0.02), (x * 0.6, y - 0.18)), light.tint(SNOW), 0.012)
    pen.line(((0, -0.5), (0.03, -0.95)), bark, 0.022)


FRONDS = (
    (-0.20, -0.10, -0.22),
    (0.22, -0.10, -0.20),
    (-0.44, -0.02, 0.22),
    (0.44, -0.02, 0.22),
    (-0.50, -0.08, 0.02),
    (0.50, -0.08, 0.02),
    (-0.24, 0.02, 0.34),
    (0.26, 0.02, 0.34),
)
"""Where each frond of a palm ends, how high it arches, and how deep its tip hangs."""


def palm(pen: Pen, light: Light, chance: Chance, _: str) -> None:
    """Draw a palm."""
    lean = chance.number(-0.16, 0.16)
    trunk = (
        (-0.04, 0),
        (0.04, 0),
        (lean * 0.6 + 0.03, -0.45),
        (lean + 0.022, -0.80),
        (lean - 0.022, -0.80),
        (lean * 0.6 - 0.03, -0.45),
    )
    pen.polygon(trunk, light.tint(rgb("9c7550")))
    leaf = light.tint(rgb("3d8a57"))
    for turn, (x, y, drop) in enumerate(FRONDS):
        fill = light.dark(leaf, 0.18) if turn % 2 else leaf
        frond = (
            (lean, -0.82),
            (lean + x * 0.5, -0.90 + y),
            (lean + x, -0.80 + drop),
            (lean + x * 0.5, -0.82 + y),
        )
        pen.blob((frond[0], frond[1], frond[2], frond[2], frond[3]), fill)
    for x in (-0.03, 0.03):
        pen.disc(lean + x, -0.77, 0.03, light.tint(rgb("6d4630")))


def cactus(pen: Pen, light: Light, chance: Chance, _: str) -> None:
    """Draw a cactus with two arms."""
    green = light.tint(rgb("4d8f62"))
    pen.blob(shape("-0.11,0.02 -0.12,-1 0.12,-1 0.11,0.02"), green)
    for side, y in ((-1, chance.number(-0.5, -0.35)), (1, chance.number(-0.65, -0.45))):
        pen.line(((0, y), (0.28 * side, y), (0.28 * side, y - 0.28)), green, 0.13)
        pen.disc(0.28 * side, y - 0.28, 0.063, green)
    for x in (-0.05, 0.0, 0.05):
        pen.line(((x, -0.06), (x, -0.88)), light.dark(green, 0.25), 0.012)
    pen.disc(0.02, -0.98, 0.05, light.tint(NAMED["pink"]))


TREES: dict[str, Callable[[Pen, Light, Chance, str], None]] = {
    "pine_tree": pine,
    "tree": round_tree,
    "cherry_blossoms": round_tree,
    "autumn_leaves": round_tree,
    "bare_tree": bare_tree,
    "palm_tree": palm,
    "cactus": cactus,
}


def blossom(pen: Pen, petal: RGB, heart: RGB) -> None:
    """Draw a flower seen from above: five petals around a heart, a unit wide."""
    for turn in range(5):
        angle = turn * 2 * math.pi / 5 - math.pi / 2
        pen.disc(math.cos(angle) * 0.6, math.sin(angle) * 0.6, 0.45, petal)
    pen.disc(0, 0, 0.36, heart)


FLOWERS: dict[str, tuple[str, ...]] = {
    "tulip": ("d8433f", "f0a43c", "ee92b0", "f4d35e"),
    "sunflower": ("f4bd2f",),
    "daisy": ("fbf8f0",),
    "lavender": ("8a6fc0",),
    "poppy": ("dd4a3a",),
    "cornflower": ("4a6fd0",),
}
"""The colours that each flower comes in."""


TULIP = shape(
    "-0.2,-0.72 -0.26,-1.08 -0.08,-0.92 0,-1.1 0.08,-0.92 0.26,-1.08 0.2,-0.72 0,-0.62"
)


def flower(pen: Pen, kind: str, light: Light, chance: Chance) -> None:
    """Draw one flower with its stalk."""
    petal = light.tint(rgb(chance.pick(FLOWERS[kind])))
    green = light.tint(rgb("4f8f50"))
    pen.line(((0, 0), (0, -0.75)), green, 0.06)
    pen.blob(shape("0,-0.15 0.22,-0.42 0.28,-0.5 0.06,-0.3"), green)
    if kind == "tulip":
        pen.blob(TULIP, petal, rounds=1)
    elif kind == "lavender":
        _ear(pen, petal)
    elif kind == "sunflower":
        _wheel(pen.at(0, -0.85, 1.0), petal, light.tint(rgb("5f3d28")))
    else:
        heart = light.tint(rgb("2e2a33" if kind == "poppy" else "f0b93a"))
        blossom(pen.at(0, -0.85, 0.26), petal, heart)


def _ear(pen: Pen, petal: RGB) -> None:
    for row in range(6):
        x = 0.05 if row % 2 else -0.05
        pen.oval(x, -0.6 - row * 0.09, 0.09, 0.06, mix(petal, WHITE, 0.06 * row))


def _wheel(pen: Pen, petal: RGB, heart: RGB) -> None:
    for turn in range(10):
        angle = turn * math.pi / 5
        pen.disc(math.cos(angle) * 0.22, math.sin(angle) * 0.22, 0.1, petal)
    pen.disc(0, 0, 0.17, heart)
