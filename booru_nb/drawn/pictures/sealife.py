"""What lives in the sea: each is around (0, 0) and about one unit high."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.drawn.pictures.colours import INK, NAMED, WHITE, clear, mix, rgb
from booru_nb.drawn.pictures.pen import shape

if TYPE_CHECKING:
    from booru_nb.drawn.chance import Chance
    from booru_nb.drawn.pictures.colours import Light
    from booru_nb.drawn.pictures.pen import Pen
    from booru_nb.drawn.scene import Thing


def fish(pen: Pen, thing: Thing, light: Light, chance: Chance) -> None:
    """Draw a fish that swims to the right."""
    body = light.tint(NAMED[thing.look])
    fin = light.dark(body, 0.3)
    pen.blob(shape("-0.5,0 -1.1,-0.5 -0.98,0 -1.1,0.5"), fin)
    pen.blob(shape("-0.3,-0.3 -0.05,-0.72 0.3,-0.6 0.35,-0.3"), fin)
    pen.blob(
        shape("-0.8,0 -0.3,-0.45 0.35,-0.45 0.85,0 0.35,0.45 -0.3,0.45"),
        body,
    )
    pen.blob(shape("-0.6,0.1 -0.2,0.38 0.3,0.4 0.7,0.1"), mix(body, WHITE, 0.4))
    if chance.happens(0.6):
        for x in (-0.25, 0.1):
            pen.blob(
                ((x, -0.36), (x + 0.14, -0.38), (x + 0.16, 0.36), (x + 0.02, 0.36)),
                mix(body, WHITE, 0.7),
            )
    pen.blob(((0.0, 0.05), (-0.3, 0.35), (-0.05, 0.3)), fin)
    pen.disc(0.5, -0.1, 0.09, WHITE)
    pen.disc(0.52, -0.1, 0.055, INK)


def jellyfish(pen: Pen, thing: Thing, light: Light, chance: Chance) -> None:
    """Draw a jellyfish that glows."""
    bell = light.tint(mix(NAMED[thing.look], WHITE, 0.3))
    pen.glow(0, -0.2, 0.7, bell, 0.5)
    for arm in range(6):
        x = -0.28 + arm * 0.112
        sway = chance.number(-0.08, 0.08)
        points = ((x, 0.0), (x + sway, 0.3), (x - sway, 0.55), (x + sway, 0.85))
        pen.line(points, clear(mix(bell, WHITE, 0.25), 0.75), 0.035)
    pen.blob(shape("-0.42,0.06 -0.42,-0.5 0.42,-0.5 0.42,0.06"), clear(bell, 0.92))
    pen.blob(
        shape("-0.25,-0.08 -0.25,-0.36 0.25,-0.36 0.25,-0.08"),
        clear(WHITE, 0.30),
    )
    for arm in range(5):
        pen.disc(-0.3 + arm * 0.15, 0.02, 0.075, bell)


def whale(pen: Pen, _: Thing, light: Light, __: Chance) -> None:
    """Draw a whale that swims to the right."""
    back, belly = (light.tint(rgb(c)) for c in ("3f6390", "dfe8ee"))
    pen.blob(
        shape(
            "-1,-0.05 -1.55,-0.62 -1.3,-0.62 -1.12,-0.35 -1,-0.66 -0.8,-0.62 -0.8,0.05"
        ),
        back,
    )
    pen.blob(
        shape("-1.15,-0.15 -0.4,-0.45 0.5,-0.55 1.15,-0.3 1.2,0.15 0.5,0.45 -0.3,0.35"),
        back,
    )
    pen.blob(
        shape("-0.5,0.22 0.4,0.12 1.19,0 1.15,0.22 0.5,0.46 -0.2,0.38"),
        belly,
    )
    for x in (0.3, 0.5, 0.7):
        pen.line(((x, 0.34), (x + 0.3, 0.18)), mix(belly, back, 0.4), 0.02)
    pen.blob(shape("0.1,0.2 -0.25,0.65 -0.05,0.62 0.35,0.28"), light.dark(back, 0.3))
    pen.disc(0.82, -0.06, 0.05, INK)
    pen.disc(0.835, -0.075, 0.016, WHITE)


def turtle(pen: Pen, _: Thing, light: Light, __: Chance) -> None:
    """Draw a turtle that swims to the right."""
    skin, shell = (light.tint(rgb(c)) for c in ("7fae6a", "4f7a4a"))
    for root, tip in (
        ((0.3, 0.1), (0.55, 0.75)),
        ((-0.35, 0.1), (-0.75, 0.5)),
        ((0.3, -0.2), (0.5, -0.7)),
        ((-0.35, -0.2), (-0.7, -0.5)),
    ):
        (x, y), (tx, ty) = root, tip
        pen.blob(((x - 0.14, y), (x + 0.18, y), (tx + 0.05, ty), (tx - 0.16, ty)), skin)
    pen.oval(0.72, -0.1, 0.24, 0.19, skin)
    pen.oval(0, -0.05, 0.58, 0.44, shell)
    for x, y in shape(
        "0,-0.05 -0.3,-0.1 0.3,-0.1 -0.14,0.2 0.16,0.2 -0.14,-0.3 0.16,-0.3"
    ):
        pen.oval(x, y, 0.12, 0.1, mix(shell, WHITE, 0.2))
    pen.disc(0.80, -0.15, 0.035, INK)


def starfish(pen: Pen, thing: Thing, light: Light, _: Chance) -> None:
    """Draw a starfish that lies on the ground."""
    skin = light.tint(NAMED[thing.look])
    star = shape("0,-1 0.16,-0.62 0.55,-0.62 0.26,-0.38 0.36,0 0,-0.22")
    left = tuple((-x, y) for x, y in star[1:-1][::-1])
    pen.blob((*star, *left), skin, rounds=1)
    for x, y in shape("0,-0.7 0,-0.45 0.2,-0.5 -0.2,-0.5 0.15,-0.22 -0.15,-0.22"):
        pen.disc(x, y, 0.045, mix(skin, WHITE, 0.5))
