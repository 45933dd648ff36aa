"""Animals on land and in the air: each stands on (0, 0) and is one unit high."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.drawn.pictures.colours import NAMED, WHITE, is_dark, mix, rgb
from booru_nb.drawn.pictures.faces import face
from booru_nb.drawn.pictures.pen import mirrored, shape

if TYPE_CHECKING:
    from booru_nb.drawn.chance import Chance
    from booru_nb.drawn.pictures.colours import RGB, Light
    from booru_nb.drawn.pictures.pen import Pen
    from booru_nb.drawn.scene import Thing

COATS: dict[str, tuple[str, str, str]] = {
    # body, patches, tips
    "black": ("34313f", "34313f", "34313f"),
    "white": ("f4f0e8", "f4f0e8", "f4f0e8"),
    "grey": ("8d93a0", "8d93a0", "a9afba"),
    "orange": ("ec9a4c", "cf7a31", "fbe3c4"),
    "siamese": ("eadfca", "5e4a42", "5e4a42"),
    "calico": ("f6f0e4", "e0913f", "3a3440"),
}
"""The body, the patches and the tips of each cat's fur."""

_BODY = shape("-0.3,0 -0.33,-0.22 -0.2,-0.62 0.2,-0.62 0.33,-0.22 0.3,0")
_TAIL = shape("0.22,-0.05 0.42,-0.06 0.52,-0.2 0.47,-0.38 0.53,-0.47")


def cat(pen: Pen, thing: Thing, light: Light, chance: Chance) -> None:
    """Draw a sitting cat that looks at the viewer."""
    body, patch, tip = (light.tint(rgb(c)) for c in COATS[thing.look])
    pen.curve(_TAIL, patch, 0.085, rounds=3)
    pen.disc(0.53, -0.47, 0.045, tip)
    pen.blob(_BODY, body)
    _coat(pen, thing.look, patch, tip)
    for side in (-1, 1):
        pen.oval(0.12 * side, -0.02, 0.10, 0.05, _paw(thing.look, body, tip))
        pen.line(
            ((0.05 * side, -0.28), (0.06 * side, -0.06)), light.dark(body, 0.2), 0.01
        )
        _ear(pen, side, patch if thing.look != "orange" else body, light)
    pen.oval(0, -0.72, 0.27, 0.22, body)
    if thing.look == "siamese":
        pen.oval(0, -0.67, 0.15, 0.13, mix(body, patch, 0.8))
    if thing.look == "calico":
        pen.oval(-0.13, -0.83, 0.11, 0.08, patch)
        pen.oval(0.15, -0.82, 0.09, 0.07, tip)
    if thing.look == "orange":
        for x in (-0.06, 0.0, 0.06):
            pen.line(((x, -0.93), (x * 0.8, -0.85)), patch, 0.022)
        pen.oval(0, -0.64, 0.11, 0.08, tip)
    face(pen.at(0, -0.70, 0.27), thing.mood, dark=is_dark(body), whiskers=True)
    if chance.happens(0.5):
        pen.line(((-0.15, -0.54), (0, -0.50), (0.15, -0.54)), NAMED["red"], 0.035)
        pen.disc(0, -0.485, 0.032, NAMED["yellow"])


def _paw(look: str, body: RGB, tip: RGB) -> RGB:
    return tip if look in {"siamese", "orange"} else mix(body, WHITE, 0.12)


def _ear(pen: Pen, side: int, fur: RGB, light: Light) -> None:
    outer = ((0.05, -0.88), (0.26, -0.80), (0.23, -1.03))
    inner = ((0.11, -0.88), (0.22, -0.84), (0.205, -0.97))
    pen.polygon(mirrored(outer, side), fur)
    pen.polygon(mirrored(inner, side), mix(fur, light.tint(NAMED["pink"]), 0.55))


def _coat(pen: Pen, look: str, patch: RGB, tip: RGB) -> None:
    if look == "calico":
        pen.blob(shape("-0.29,-0.1 -0.24,-0.45 -0.08,-0.4 -0.12,-0.15"), patch)
        pen.blob(shape("0.1,-0.5 0.24,-0.48 0.28,-0.2 0.15,-0.25"), tip)
    if look == "orange":
        for y in (-0.20, -0.30, -0.40):
            pen.line(((-0.30 - y * 0.12, y), (-0.16, y + 0.02)), patch, 0.03)
            pen.line(((0.30 + y * 0.12, y), (0.16, y + 0.02)), patch, 0.03)
        pen.oval(0, -0.38, 0.09, 0.15, tip)


def fox(pen: Pen, thing: Thing, light: Light, _: Chance) -> None:
    """Draw a sitting fox with its tail around it."""
    fur, pale, dark = (light.tint(rgb(c)) for c in ("e27b36", "fbeedd", "4a3440"))
    pen.blob(shape("0.1,0 0.55,0.02 0.72,-0.22 0.6,-0.46 0.46,-0.25"), fur)
    pen.blob(shape("0.62,-0.2 0.72,-0.24 0.62,-0.5 0.52,-0.32"), pale)
    pen.blob(_BODY, fur)
    pen.oval(0, -0.40, 0.13, 0.18, pale)
    for side in (-1, 1):
        pen.oval(0.12 * side, -0.02, 0.09, 0.045, dark)
        ear = ((0.06, -0.84), (0.25, -0.78), (0.24, -1.08))
        pen.polygon(mirrored(ear, side), dark)
        pen.polygon([(x * side * 0.93, y + 0.045) for x, y in ear], fur)
    pen.polygon(shape("-0.3,-0.74 0,-0.96 0.3,-0.74 0,-0.5"), fur)
    pen.oval(0, -0.78, 0.24, 0.14, fur)
    for side in (-1, 1):
        cheek = shape("0.3,-0.74 0,-0.5 0.04,-0.66 0.14,-0.72")
        pen.polygon(mirrored(cheek, side), pale)
    face(pen.at(0, -0.71, 0.26), thing.mood, dark=False)


def rabbit(pen: Pen, thing: Thing, light: Light, _: Chance) -> None:
    """Draw a sitting rabbit."""
    fur = light.tint(mix(NAMED[thing.look], WHITE, 0.25))
    inner = mix(fur, light.tint(NAMED["pink"]), 0.6)
    pen.disc(0.27, -0.10, 0.09, mix(fur, WHITE, 0.5))
    pen.blob(_BODY, fur)
    for side in (-1, 1):
        pen.oval(0.14 * side, -0.025, 0.12, 0.05, mix(fur, WHITE, 0.2))
        ear = shape("0.03,-0.7 0.03,-1.02 0.12,-1.12 0.18,-1 0.15,-0.7")
        pen.blob(tuple((x * side, y) for x, y in ear), fur)
        pen.oval(0.10 * side, -0.92, 0.028, 0.12, inner)
    pen.oval(0, -0.62, 0.23, 0.19, fur)
    face(pen.at(0, -0.60, 0.23), thing.mood, dark=is_dark(fur))


def owl(pen: Pen, _: Thing, light: Light, __: Chance) -> None:
    """Draw an owl with big eyes."""
    fur, pale, beak = (light.tint(rgb(c)) for c in ("8c6f5a", "e9d8bd", "eda63c"))
    pen.blob(
        shape("-0.3,0 -0.36,-0.5 -0.26,-0.98 0.26,-0.98 0.36,-0.5 0.3,0"),
        fur,
    )
    for side in (-1, 1):
        pen.polygon(
            ((0.08 * side, -0.88), (0.27 * side, -0.84), (0.27 * side, -1.06)), fur
        )
        pen.blob(
            mirrored(shape("0.22,-0.62 0.36,-0.45 0.3,-0.08 0.2,-0.2"), side),
            light.dark(fur, 0.35),
        )
    pen.oval(0, -0.32, 0.19, 0.26, pale)
    for row in range(3):
        for x in (-0.09, 0.0, 0.09):
            pen.oval(x + 0.02 * (row % 2), -0.46 + row * 0.12, 0.025, 0.03, fur)
    for side in (-1, 1):
        pen.disc(0.12 * side, -0.72, 0.14, pale)
        pen.disc(0.12 * side, -0.72, 0.085, light.tint(rgb("f6c344")))
        pen.disc(0.12 * side, -0.72, 0.05, rgb("1d1b2e"))
        pen.disc(0.135 * side, -0.74, 0.015, WHITE)
        pen.oval(0.1 * side, 0, 0.07, 0.03, beak)
    pen.polygon(((-0.045, -0.66), (0.045, -0.66), (0, -0.56)), beak)


def duck(pen: Pen, _: Thing, light: Light, __: Chance) -> None:
    """Draw a swimming duck; the water line is at 0."""
    body, head, beak = (light.tint(rgb(c)) for c in ("f0ead8", "2f7a5b", "f0a53a"))
    pen.blob(
        shape("-0.55,-0.02 -0.72,-0.38 -0.42,-0.3 0.1,-0.4 0.42,-0.3 0.45,-0.02"),
        body,
    )
    pen.blob(
        shape("-0.4,-0.08 -0.42,-0.3 0.12,-0.32 0.16,-0.12"),
        light.dark(body, 0.25),
    )
    pen.blob(shape("0.2,-0.2 0.2,-0.8 0.45,-0.8 0.47,-0.2"), head)
    pen.disc(0.34, -0.80, 0.18, head)
    pen.box(0.2, -0.44, 0.45, -0.40, body)
    pen.blob(shape("0.46,-0.86 0.72,-0.78 0.72,-0.72 0.46,-0.7"), beak)
    pen.disc(0.40, -0.84, 0.03, rgb("1d1b2e"))


def penguin(pen: Pen, thing: Thing, light: Light, _: Chance) -> None:
    """Draw a penguin."""
    coat, pale, beak = (light.tint(rgb(c)) for c in ("2f3a55", "f7f4ec", "f0a53a"))
    for side in (-1, 1):
        pen.blob(
            mirrored(shape("0.2,-0.62 0.42,-0.25 0.34,-0.2 0.2,-0.35"), side),
            coat,
        )
        pen.oval(0.12 * side, -0.01, 0.11, 0.035, beak)
    pen.blob(
        shape("-0.26,-0.02 -0.34,-0.45 -0.26,-1.02 0.26,-1.02 0.34,-0.45 0.26,-0.02"),
        coat,
    )
    pen.blob(
        shape("-0.19,-0.04 -0.26,-0.4 -0.16,-0.66 0.16,-0.66 0.26,-0.4 0.19,-0.04"),
        pale,
    )
    pen.oval(-0.09, -0.74, 0.11, 0.11, pale)
    pen.oval(0.09, -0.74, 0.11, 0.11, pale)
    face(pen.at(0, -0.73, 0.24), thing.mood, dark=False)
    pen.polygon(((-0.05, -0.72), (0.05, -0.72), (0, -0.65)), beak)


def bird(pen: Pen, thing: Thing, light: Light, _: Chance) -> None:
    """Draw a small round bird, perched."""
    coat = light.tint(NAMED[thing.look])
    belly = mix(coat, WHITE, 0.65)
    for x in (-0.05, 0.08):
        pen.line(((x, -0.2), (x, 0)), light.tint(rgb("8a5a3c")), 0.035)
    pen.polygon(
        shape("-0.3,-0.5 -0.78,-0.34 -0.72,-0.2 -0.2,-0.25"),
        light.dark(coat, 0.3),
    )
    pen.oval(0, -0.46, 0.42, 0.36, coat)
    pen.oval(0.10, -0.36, 0.28, 0.24, belly)
    pen.disc(0.22, -0.76, 0.24, coat)
    pen.blob(
        shape("-0.36,-0.5 0.1,-0.58 0.05,-0.3 -0.25,-0.28"),
        light.dark(coat, 0.25),
    )
    pen.polygon(
        ((0.43, -0.82), (0.62, -0.74), (0.43, -0.69)), light.tint(NAMED["orange"])
    )
    pen.disc(0.29, -0.80, 0.04, rgb("1d1b2e"))
    pen.disc(0.30, -0.815, 0.012, WHITE)


def hedgehog(pen: Pen, thing: Thing, light: Light, _: Chance) -> None:
    """Draw a hedgehog."""
    spines, pale = (light.tint(rgb(c)) for c in ("6b5346", "ead2b0"))
    pen.polygon(
        shape(
            "-0.85,0 -0.98,-0.12 -0.86,-0.22 -0.96,-0.4 -0.78,-0.46 -0.8,-0.66 "
            "-0.6,-0.68 -0.55,-0.88 -0.36,-0.82 -0.22,-0.98 -0.08,-0.86 0.1,-0.96 "
            "0.18,-0.78 0.38,-0.78 0.38,-0.55 0.5,0"
        ),
        spines,
    )
    pen.blob(shape("0.2,-0.02 0.18,-0.6 0.5,-0.62 0.9,-0.22 0.86,-0.06"), pale)
    pen.oval(0, -0.06, 0.75, 0.1, mix(pale, spines, 0.3))
    pen.disc(0.88, -0.17, 0.06, rgb("1d1b2e"))
    pen.disc(0.55, -0.36, 0.045, rgb("1d1b2e"))
    pen.disc(0.565, -0.375, 0.013, WHITE)
    if thing.mood:
        pen.arc((0.66, -0.16), 0.08, (20, 150), rgb("1d1b2e"), 0.025)


def butterfly(pen: Pen, thing: Thing, light: Light, _: Chance) -> None:
    """Draw a butterfly with open wings."""
    wing = light.tint(NAMED[thing.look])
    for side in (-1, 1):
        upper = shape("0.04,-0.5 0.2,-1 0.62,-1 0.6,-0.55 0.1,-0.42")
        lower = shape("0.04,-0.45 0.45,-0.42 0.45,-0.08 0.2,-0.05")
        pen.blob(tuple((x * side, y) for x, y in upper), wing)
        pen.blob(tuple((x * side, y) for x, y in lower), mix(wing, WHITE, 0.25))
        pen.disc(0.38 * side, -0.76, 0.09, mix(wing, WHITE, 0.6))
        pen.line(((0, -0.72), (0.12 * side, -0.95)), rgb("2a2833"), 0.025)
    pen.oval(0, -0.46, 0.045, 0.30, rgb("2a2833"))
